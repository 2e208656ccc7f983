"""The command ``trace``: a model is run over a sequence, and every value of every step is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rnnstudio.engine.diagnosis import diagnosis
from rnnstudio.engine.gradients import Gradients, backpropagate, gradient_arrays
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import LAST, Loss
from rnnstudio.engine.trace import FirstState, Trace, run
from rnnstudio.engine.versions import run_updating, version_arrays
from rnnstudio.files.commands.data import opened_model
from rnnstudio.files.commands.parsing import add_files, add_loss_options, add_model_options, check_ending, new_parser
from rnnstudio.files.first_state import read_first
from rnnstudio.files.progress import Progress
from rnnstudio.files.storage import check_writable, write_atomic
from rnnstudio.files.trace_file import ENDINGS, check_size, trace_bytes
from rnnstudio.state.model import FROZEN, SAMPLE, Document
from rnnstudio.state.runs import mode
from rnnstudio.state.training_data import training_data


def _parser() -> argparse.ArgumentParser:
    parser = new_parser("trace", "Run a model over a sequence and write every value of every step.")
    add_files(parser, "ends in .npz, .csv or .json")
    parser.add_argument("--stateless", action="store_true", help="the traditional layer instead of the cell")
    parser.add_argument("--state", metavar="FILE.npz", help="first state: arrays s0, for an LSTM also c0")
    add_loss_options(parser)
    parser.add_argument(
        "--updating", action="store_true", help="the values under the weights that each sample meets, where the study "
        "updates them on the way; default: under the study's weights",
    )  # fmt: skip
    add_model_options(parser)
    return parser


def trace(arguments: Sequence[str]) -> None:
    """Write the trace that the command line asks for.

    Raises
    ------
    InputError
        A file cannot be opened or written, or something does not fit.
    """
    parser = _parser()
    found = parser.parse_args(arguments)
    check_ending(parser, found.output, ENDINGS)
    with_loss = any(option is not None for option in (found.target, found.loss, found.loss_at))
    if found.updating and with_loss:
        parser.error("--updating and --target, --loss, --loss-at exclude each other")
    check_writable(found.output)
    document = opened_model(found, targets=False)
    sequence, network = document.sequence, document.network
    first = read_first(found.state, network, sequence.sequences) if found.state else document.first
    check_size(network, sequence.most_steps * (sequence.sequences or 1), found.stateless, with_loss)
    progress = Progress("running")
    try:
        updating = _updating(document, first, found.stateless)
        if found.updating:
            if updating is None:
                raise InputError(f"{found.model or 'this model'}: its weights are frozen, nothing updates them; a "
                                 "study with updates after every sample or after the sequence is wanted")  # fmt: skip
            made = updating
        else:
            made = run(network, sequence.samples, first, found.stateless, progress, sequence.lengths)
        bad = made.nonfinite()
        gradients = _gradients(document, made) if with_loss else None
        with np.errstate(all="ignore"):  # what is not finite is written, and said once
            more = {} if gradients is None else gradient_arrays(gradients)
        if updating is not None:
            more |= version_arrays(updating)
        written = trace_bytes(made, Path(found.output).suffix.lower(), more)
    finally:
        progress.close()
    write_atomic(found.output, written)
    if bad:
        k, op, t = bad
        print(f"note: layer {k}, {op}, sample {t} is the first value that is not finite", file=sys.stderr)
        return
    at_last = with_loss and training_data(document).settings.at == LAST
    for place, status in diagnosis(made, gradients if at_last else None):
        print(f"note: {place}{': ' if place else ''}{status.sentence}", file=sys.stderr)


def _updating(document: Document, first: FirstState, stateless: bool) -> Trace | None:
    """The run with updates on the way, as the study's mode says; None where the weights are frozen."""
    way = mode(document)
    if way == FROZEN:
        return None
    data = training_data(document)
    settings = replace(data.settings, update_every=1 if way == SAMPLE else "sequence")
    return run_updating(data.network, data.x, data.targets, settings, first, stateless, data.lengths)


def _gradients(document: Document, made: Trace) -> Gradients:
    data = training_data(document)
    loss = Loss(data.settings.loss, data.targets, data.settings.at, data.lengths)
    return backpropagate(made, loss)
