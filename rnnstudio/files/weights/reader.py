"""Weights files: ``.safetensors``, and ``.npz`` that hold parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network
from rnnstudio.files.sequences import DATA_NAMES, array_sequence
from rnnstudio.files.weights.named import named_network
from rnnstudio.files.weights.pytorch import pytorch_network, recurrent_names
from rnnstudio.state.model import Sequence

#: What a trace holds besides parameters and values.
_DERIVED = re.compile(r"(?:d|versions|delta)\.|loss\Z")
_VALUE = re.compile(r"(?:layer\d+\.)?(?!weight\Z|bias\Z)[A-Za-z_]\w*\Z")


@dataclass(frozen=True, eq=False)
class Weights:
    """What a weights file holds.

    Attributes
    ----------
    network : Network
        With the file's parameters.
    sequence : Sequence or None
        The `x` that lies beside them.
    note : str
        A sentence: how the file was understood.
    """

    network: Network
    sequence: Sequence | None
    note: str


def holds_parameters(arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Whether an ``.npz`` is weights: it has an array that is none of data."""
    return not set(arrays) <= DATA_NAMES


def read_weights(
    arrays: Mapping[str, NDArray[Any]], where: str, cell: Cell | None = None, activation: str | None = None
) -> Weights:
    """The network of a file's arrays.

    Parameters
    ----------
    arrays : mapping
        Everything in the file.
    where : str
        The file, for sentences.
    cell, activation : Cell, str or None
        What the user says where the file leaves it open.

    Raises
    ------
    InputError
        The arrays are those of no network that is known, or of more than one.
    """
    arrays = {name: array for name, array in arrays.items() if not _DERIVED.match(name)}
    names = recurrent_names(arrays)
    try:
        if names:
            kept = {name: array for name, array in arrays.items() if name in names or not _VALUE.match(name)}
            network, note = pytorch_network(kept, where, cell, activation)
        else:
            network, note = named_network(arrays, where, cell, activation)
    except InputError as error:
        sentence = str(error)
        raise InputError(sentence if sentence.startswith(where) else f"{where}: {sentence}") from None
    return Weights(network, _sequence(arrays, network, where), note)


def _sequence(arrays: Mapping[str, NDArray[Any]], network: Network, where: str) -> Sequence | None:
    if "x" not in arrays:
        return None
    # y is here the output of a run, not a target
    sequence = array_sequence({"x": np.asarray(arrays["x"])}, where)
    if sequence.inputs != network.inputs:
        raise InputError(
            f"{where}: its x has {sequence.inputs} inputs, its weights take {network.inputs}; equal ones fit"
        )
    return sequence
