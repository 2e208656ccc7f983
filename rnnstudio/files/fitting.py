"""Whether the parts of a document fit each other, so that it can be saved and opened again."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError, check_steps, check_text_bytes, check_words
from rnnstudio.engine.losses import CROSS_ENTROPY, EVERY, LAST, MSE, PLACES
from rnnstudio.engine.losses import KINDS as LOSSES
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.optimisers import OPTIMISERS, new_optimiser
from rnnstudio.engine.training import Settings
from rnnstudio.files.targets import fitted_targets
from rnnstudio.state.model import MODES, Document, Sequence, Targets

Arrays = dict[str, NDArray[Any]]
_NAME = re.compile(r"[a-z_][\w-]*\Z", re.ASCII | re.IGNORECASE)
#: Updates of a training run, and steps between two of them.
MOST_UPDATES = 10**9


def document_arrays(document: Document) -> Arrays:
    """Every array of a document by its name in the file, in the order in which they are saved."""
    arrays: Arrays = {}
    for k, layer in enumerate(document.network.layers):
        for name, array in layer.parameters.items():
            arrays[f"layer{k}.{name}"] = array
        for name, (first, second) in layer.bias_parts.items():
            if second.any() or first.tobytes() != layer.parameters[name].tobytes():  # not as they begin
                arrays[f"layer{k}.bias_ih.{name}"], arrays[f"layer{k}.bias_hh.{name}"] = first, second
    sequence = document.sequence
    x = sequence.x if sequence.batch is None else sequence.batch
    named = (("x", x), ("tokens", sequence.tokens), ("lengths", sequence.lengths), ("targets", sequence.all_targets))
    for name, part in named:
        if part is not None:
            arrays[f"sequence.{name}"] = part
    for k in sorted(document.first):
        for name, array in document.first[k].items():
            arrays[f"first.layer{k}.{name}"] = array
    for cell, preset in document.presets.items():
        for name, array in preset.items():
            arrays[f"preset.{cell}.{name}"] = array
    return arrays


def check_document(document: Document) -> None:
    """Refuse a document whose parts do not fit each other.

    Raises
    ------
    InputError
        One sentence: which part, what it holds, what would fit.
    """
    network = document.network
    check_settings(document.settings)
    if document.mode not in MODES:
        raise InputError(f"the mode {ascii(document.mode)[:40]} is not known; {', '.join(MODES)} are")
    if not 0 <= document.seed < 2**63:
        raise InputError(f"the seed {document.seed}: a whole number from 0 is wanted")
    for what, text in (("name", document.name), ("about", document.about), ("note", document.sequence.note)):
        check_text_bytes(len(text.encode("utf-8", "replace")), f"the study's {what}")
    _check_sequence(document.sequence, network)
    _check_targets(document.sequence, document.settings, network)
    _check_first(document)
    for cell, preset in document.presets.items():
        if not _NAME.match(cell) or not all(name.isidentifier() for name in preset):
            raise InputError(f"the preset {cell[:40]!a}: names of a cell and of its parameters are wanted")
    for name, array in document_arrays(document).items():
        if not np.isfinite(array).all():
            raise InputError(f"{name} holds a number that is not finite; finite ones are saved")


def check_settings(settings: Settings) -> None:
    """Refuse settings of training that cannot be.

    Raises
    ------
    InputError
        Which setting, what it is, what would fit.
    """
    for what, value, known in (
        ("loss", settings.loss, LOSSES), ("at", settings.at, PLACES), ("optimizer", settings.optimizer, OPTIMISERS),
    ):  # fmt: skip
        if value not in known:
            raise InputError(f"the {what} {ascii(value)[:40]} is not known; {' and '.join(known)} are")
    new_optimiser(settings.optimizer, 1, settings.rate, settings.momentum)
    for what, count in (("updates", settings.updates), ("steps between updates", settings.update_every)):
        if count != "sequence" and int(count) > MOST_UPDATES:
            raise InputError(f"{count} {what}: up to {MOST_UPDATES:,} fit")


def _check_sequence(sequence: Sequence, network: Network) -> None:
    if (sequence.x is None) == (sequence.tokens is None):
        raise InputError("the sequence is numbers (x), or tokens with their vocabulary, one of the two")
    data = next(part for part in (sequence.batch, sequence.x, sequence.tokens) if part is not None)
    axes, wanted = 1, "(T,) indices"
    if sequence.x is not None:
        axes, wanted = (2, "(T, I) numbers") if sequence.batch is None else (3, "(T, N, I) numbers")
    if data.ndim != axes:
        raise InputError(f"the sequence has the shape {data.shape}; {wanted} are wanted")
    check_steps(len(data))
    if sequence.tokens is not None or sequence.vocabulary:
        check_words(len(sequence.vocabulary))
    if sequence.tokens is not None:
        _check_indices(sequence.tokens, len(sequence.vocabulary), "the sequence's tokens")
    if sequence.columns and len(sequence.columns) != sequence.inputs:
        raise InputError(f"{len(sequence.columns)} columns are named, the sequence has {sequence.inputs}")
    if sequence.inputs != network.inputs:
        raise InputError(
            f"the sequence has {sequence.inputs} inputs, the network takes {network.inputs}; equal ones fit"
        )


def _check_targets(sequence: Sequence, settings: Settings, network: Network) -> None:
    targets = sequence.all_targets
    if targets is None:
        return
    wanted, at = (CROSS_ENTROPY if sequence.classes else MSE), (LAST if sequence.at_last else EVERY)
    if wanted != settings.loss or (at == LAST and settings.at == EVERY):
        raise InputError(
            f"the targets, {targets.dtype} of shape {targets.shape}, are for {wanted} at {at} step, the study says "
            f"{settings.loss} at {settings.at}; class numbers go with cross-entropy, numbers with mse"
        )
    check_outputs(targets, network)
    if fitted_targets(targets, sequence, "the study", settings.loss, at).shape != targets.shape:
        raise InputError(f"the targets have the shape {targets.shape}, which does not fit the sequence")


def check_outputs(targets: Targets, network: Network) -> None:
    """Refuse targets that a network's outputs do not fit: O numbers a step, or classes 0 to O − 1."""
    if targets.dtype.kind in "iu":
        _check_indices(targets, network.outputs, "the targets")
    elif targets.shape[-1:] != (network.outputs,):
        found = targets.shape[-1] if targets.ndim else 0
        raise InputError(
            f"the targets are {found} numbers a step, the network has {network.outputs} outputs; equal "
            "ones fit"
        )


def _check_first(document: Document) -> None:
    network, several = document.network, document.sequence.sequences
    for k, states in document.first.items():
        if not 0 <= k < len(network.layers):
            raise InputError(f"a first state is given for layer {k}; the layers go from 0 to {len(network.layers) - 1}")
        layer = network.layers[k]
        known = state_names(layer)
        for name, array in states.items():
            if name not in known or array.shape not in {(layer.size,), (several, layer.size)}:
                raise InputError(
                    f"the first state {name} of layer {k}, of shape {array.shape}, does not fit: the states are "
                    f"{', '.join(known) or 'none'}, of shape ({layer.size},)"
                )


def state_names(layer: Layer) -> tuple[str, ...]:
    """The names of a layer's first states: those of the cell, then ``reverse.NAME`` where it has both directions."""
    states = layer.program.states
    return (*states, *(REVERSE + state for state in states)) if layer.direction == "both" else states


def _check_indices(indices: NDArray[Any], size: int, what: str) -> None:
    if indices.dtype.kind not in "iu":
        raise InputError(f"{what} are {indices.dtype} values; whole numbers are wanted")
    if indices.size and not 0 <= int(indices.min()) <= int(indices.max()) < size:
        raise InputError(f"{what} go from {indices.min()} to {indices.max()}; 0 to {size - 1} fit")
