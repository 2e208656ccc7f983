"""Weights files: ``.safetensors``, and ``.npz`` that hold parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network
from rnnstudio.files.sequences import DATA_NAMES, array_sequence
from rnnstudio.files.weights.named import named_network
from rnnstudio.files.weights.pytorch import pytorch_network, recurrent_names
from rnnstudio.state.model import Sequence

#: What a trace holds besides parameters and values.
_DERIVED = re.compile(r"(?:d|versions|delta)\.|loss\Z")
_VALUE = re.compile(r"(?:layer\d+\.(?:reverse\.)?)?(?!weight\Z|bias\Z)[A-Za-z_]\w*\Z")
#: What is said of a layer beside its numbers.
_ACTIVATION = re.compile(r"layer(?P<layer>\d{1,4})\.activation\Z")


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
    arrays: Mapping[str, NDArray[Any]],
    where: str,
    cell: Cell | None = None,
    activation: str | None = None,
    metadata: Mapping[str, str] | None = None,
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
    metadata : mapping, optional
        What the file says besides: ``layerK.activation``, as the program writes it.

    Raises
    ------
    InputError
        The arrays are those of no network that is known, or of more than one.
    """
    arrays = {name: array for name, array in arrays.items() if not _DERIVED.match(name)}
    names = recurrent_names(arrays)
    matches = ((_ACTIVATION.match(key), value) for key, value in (metadata or {}).items())
    said = {int(match["layer"]): value for match, value in matches if match and value in FUNCTIONS}
    try:
        if names:
            kept = {name: array for name, array in arrays.items() if name in names or not _VALUE.match(name)}
            network, note = pytorch_network(kept, where, cell, activation, said)
        else:
            network, note = named_network(arrays, where, cell, activation, said)
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
