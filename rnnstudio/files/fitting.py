"""Whether the parts of a document fit each other, so that it can be saved and opened again."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError, check_steps, check_text_bytes, check_words
from rnnstudio.engine.network import Network
from rnnstudio.state.model import Document, Sequence

LOSSES = ("mse", "cross-entropy")
Arrays = dict[str, NDArray[Any]]


def document_arrays(document: Document) -> Arrays:
    """Every array of a document by its name in the file, in the order in which they are saved."""
    arrays: Arrays = {}
    for k, layer in enumerate(document.network.layers):
        for name, array in layer.parameters.items():
            arrays[f"layer{k}.{name}"] = array
    sequence = document.sequence
    for name, part in (("x", sequence.x), ("tokens", sequence.tokens), ("targets", sequence.targets)):
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
    if document.loss not in LOSSES:
        raise InputError(f"the loss {ascii(document.loss)[:40]} is not known; {' and '.join(LOSSES)} are")
    if not math.isfinite(document.rate) or not -(2**63) <= document.seed < 2**63 or document.seed < 0:
        raise InputError("rate and seed: a finite number and a whole number from 0 are wanted")
    for what, text in (("name", document.name), ("about", document.about), ("note", document.sequence.note)):
        check_text_bytes(len(text.encode("utf-8", "replace")), f"the study's {what}")
    _check_sequence(document.sequence, network)
    for k, states in document.first.items():
        if not 0 <= k < len(network.layers):
            raise InputError(f"a first state is given for layer {k}; the layers go from 0 to {len(network.layers) - 1}")
        layer = network.layers[k]
        for name, array in states.items():
            if name not in layer.program.states or array.shape != (layer.size,):
                raise InputError(
                    f"the first state {name} of layer {k}, of shape {array.shape}, does not fit: the states are "
                    f"{', '.join(layer.program.states) or 'none'}, of shape ({layer.size},)"
                )
    for cell, preset in document.presets.items():
        if not cell.isidentifier() or not all(name.isidentifier() for name in preset):
            raise InputError(f"the preset {cell[:40]!a}: names of a cell and of its parameters are wanted")
    for name, array in document_arrays(document).items():
        if not np.isfinite(array).all():
            raise InputError(f"{name} holds a number that is not finite; finite ones are saved")


def _check_sequence(sequence: Sequence, network: Network) -> None:
    if (sequence.x is None) == (sequence.tokens is None):
        raise InputError("the sequence is numbers (x), or tokens with their vocabulary, one of the two")
    data = sequence.x if sequence.x is not None else sequence.tokens
    wanted = "(T, I) numbers" if sequence.x is not None else "(T,) indices"
    if data is None or data.ndim != (2 if sequence.x is not None else 1):
        raise InputError(f"the sequence has the shape {None if data is None else data.shape}; {wanted} are wanted")
    check_steps(len(data))
    if sequence.tokens is not None:
        check_words(len(sequence.vocabulary))
        _check_indices(sequence.tokens, len(sequence.vocabulary), "the sequence's tokens")
    if sequence.columns and len(sequence.columns) != sequence.inputs:
        raise InputError(f"{len(sequence.columns)} columns are named, the sequence has {sequence.inputs}")
    if sequence.inputs != network.inputs:
        raise InputError(
            f"the sequence has {sequence.inputs} inputs, the network takes {network.inputs}; equal ones fit"
        )
    targets = sequence.targets
    if targets is None:
        return
    if targets.dtype.kind in "iu" and targets.ndim == 1:
        _check_indices(targets, network.outputs, "the targets")
        fits = len(targets) == len(data)
    else:
        fits = targets.shape == (len(data), network.outputs)
    if not fits:
        raise InputError(
            f"the targets have the shape {targets.shape}; ({len(data)}, {network.outputs}) numbers or "
            f"({len(data)},) class numbers fit"
        )


def _check_indices(indices: NDArray[Any], size: int, what: str) -> None:
    if indices.dtype.kind not in "iu":
        raise InputError(f"{what} are {indices.dtype} values; whole numbers are wanted")
    if indices.size and not 0 <= int(indices.min()) <= int(indices.max()) < size:
        raise InputError(f"{what} go from {indices.min()} to {indices.max()}; 0 to {size - 1} fit")
