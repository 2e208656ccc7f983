"""The command ``train``: updates of a model's weights, written as weights or as a study."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from rnnstudio.engine.losses import CROSS_ENTROPY
from rnnstudio.engine.network import Network
from rnnstudio.engine.optimisers import OPTIMISERS
from rnnstudio.engine.status import Kind
from rnnstudio.engine.training import Settings, Update
from rnnstudio.engine.training import train as updates_of
from rnnstudio.files.commands.data import opened_model
from rnnstudio.files.commands.parsing import (
    add_files,
    add_loss_options,
    add_model_options,
    check_ending,
    new_parser,
    number,
    whole,
)
from rnnstudio.files.fitting import MOST_UPDATES, check_settings
from rnnstudio.files.opening import STUDY, WEIGHTS
from rnnstudio.files.progress import Progress
from rnnstudio.files.storage import check_writable, write_atomic
from rnnstudio.files.study import write_study
from rnnstudio.files.weights.writer import weights_bytes
from rnnstudio.state.model import Document
from rnnstudio.state.training_data import training_data

_HEADER = "update,loss,gradient norm"
#: Option → setting.
_SETTINGS = {
    "optimizer": "optimizer", "lr": "rate", "momentum": "momentum", "clip": "clip", "updates": "updates",
    "update_every": "update_every",
}  # fmt: skip


def _every(text: str) -> int | str:
    return text if text == "sequence" else whole(1, MOST_UPDATES + 1)(text)


def _parser() -> argparse.ArgumentParser:
    parser = new_parser("train", "Update a model's weights so that its outputs come closer to targets.")
    add_files(parser, "ends in .safetensors or .rnnstudio")
    add_loss_options(parser)
    group = parser.add_argument_group("training (default: as the study says)")
    group.add_argument("--optimizer", choices=OPTIMISERS, help="default: sgd")
    group.add_argument("--lr", type=number(), metavar="X", help="learning rate; default: 0.1")
    group.add_argument("--momentum", type=number(0.0, 1.0), metavar="X", help="of sgd; default: 0")
    group.add_argument("--clip", type=number(least_too=False), metavar="X", help="longest gradient; default: any")
    group.add_argument("--updates", type=whole(0, MOST_UPDATES + 1), metavar="N", help="default: 100")
    group.add_argument(
        "--update-every", type=_every, metavar="sequence|K", help="after whole sequences, or after every K steps with "
        "the state carried over; default: sequence",
    )  # fmt: skip
    group.add_argument("--log", metavar="FILE.csv", help="loss and gradient norm of every update")
    add_model_options(parser)
    return parser


def train(arguments: Sequence[str]) -> None:
    """Train as the command line asks, and write what came of it.

    Raises
    ------
    InputError
        A file cannot be opened or written, or something does not fit.
    """
    parser = _parser()
    found = parser.parse_args(arguments)
    check_ending(parser, found.output, (WEIGHTS, STUDY))
    if found.log is not None:
        check_ending(parser, found.log, (".csv",), "--log")
    for path in filter(None, (found.output, found.log)):
        check_writable(path)
    document = opened_model(found, targets=True)
    document = replace(document, settings=_settings(found, document))
    progress = Progress("training")
    try:
        network, rows, fault = _trained(document, progress)
        trained = replace(document, network=network, about=_about(document, rows))
        written = weights_bytes(network) if found.output.lower().endswith(WEIGHTS) else write_study(trained)
    finally:
        progress.close()
    if found.log is not None:
        write_atomic(found.log, ("\n".join((_HEADER, *rows)) + "\n").encode())
    write_atomic(found.output, written)
    print(f"note: {_outcome(rows)}", file=sys.stderr)
    if fault:
        print(f"note: {fault}; the weights before that, the last finite ones, are written", file=sys.stderr)


def _settings(found: argparse.Namespace, document: Document) -> Settings:
    """The study's settings with those that are given in their place."""
    given = {setting: getattr(found, option) for option, setting in _SETTINGS.items()}
    settings = document.settings
    if found.optimizer is not None and found.optimizer != settings.optimizer:
        settings = replace(settings, momentum=0.0)  # the study's is that of the other one
    settings = replace(settings, **{name: value for name, value in given.items() if value is not None})
    check_settings(settings)
    return settings


def _trained(document: Document, progress: Callable[[int, int], None]) -> tuple[Network, list[str], str]:
    """The network after the last update that is finite, the rows of the log, and what was not finite."""
    data, settings = training_data(document), document.settings
    rows: list[str] = []
    last: Update | None = None
    for update in updates_of(data.network, data.x, data.targets, settings, data.first, data.lengths):
        rows.append(f"{update.number},{update.loss!r},{'' if update.norm is None else repr(update.norm)}")
        progress(update.number, settings.updates)
        last = update
    assert last is not None
    bad = last.status.kind is Kind.NONFINITE
    return last.network, rows, f"at update {last.number + 1}, {last.status.sentence}" if bad else ""


def _outcome(rows: list[str]) -> str:
    """The losses before and after, in words."""
    first, last = (float(row.split(",")[1]) for row in (rows[0], rows[-1]))
    return f"loss {first:.6g} before, {last:.6g} after {len(rows) - 1:,} update{'' if len(rows) == 2 else 's'}"


def _about(document: Document, rows: list[str]) -> str:
    """What a study that was trained says of itself."""
    settings = document.settings
    how = [f"{settings.optimizer}, rate {settings.rate:g}"]
    how += [f"momentum {settings.momentum:g}"] if settings.momentum else []
    how += [] if settings.clip is None else [f"gradients clipped at {settings.clip:g}"]
    every = settings.update_every
    how += [] if every == "sequence" else [f"an update every {'step' if every == 1 else f'{every} steps'}"]
    loss = "cross-entropy" if settings.loss == CROSS_ENTROPY else "mean squared error"
    return f"{document.about} Trained ({', '.join(how)}): {_outcome(rows)} ({loss}).".strip()
