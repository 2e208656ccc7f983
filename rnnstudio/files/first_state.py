"""First states from ``.npz`` files: arrays ``s0``, for an LSTM also ``c0``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network
from rnnstudio.files.arrays import read_npz
from rnnstudio.files.reading import read_bytes

States = dict[int, dict[str, NDArray[np.float64]]]


def read_first(path: str | Path, network: Network) -> States:
    """Layer → state → its value before the first step.

    Parameters
    ----------
    path : str or Path
        Arrays of shape ([N,] H), or (layers, [N,] H) in PyTorch's order, with N = 1.
    network : Network
        Whose recurrent layers take them.

    Raises
    ------
    InputError
        A state of the network is missing in the file, is of another shape, or the network has none of this name.
    """
    where = str(path)
    arrays = read_npz(read_bytes(path), where)
    recurrent = [k for k, layer in enumerate(network.layers) if layer.recurrent]
    if not recurrent:
        raise InputError(f"{where}: no layer of the network has a state; a recurrent cell is wanted for --state")
    known = {state for k in recurrent for state in network.layers[k].program.states}
    for name in ("s0", "c0"):
        if name in arrays and name.removesuffix("0") not in known:
            raise InputError(f"{where}: the network has no state {name[0]}; its states are {', '.join(sorted(known))}")
    first: States = {}
    for place, k in enumerate(recurrent):
        layer = network.layers[k]
        first[k] = {
            state: _state(arrays, f"{state}0", place, len(recurrent), layer.size, where)
            for state in layer.program.states
        }
    return first


def _state(
    arrays: dict[str, NDArray[Any]], name: str, place: int, layers: int, size: int, where: str
) -> NDArray[np.float64]:
    if name not in arrays:
        listed = ", ".join(sorted(arrays)[:8])
        raise InputError(f"{where}: the array {name} is missing, {listed} are there; every state of the cell is wanted")
    array = np.asarray(arrays[name], dtype=np.float64)
    if array.ndim == 3 and array.shape[1] == 1:
        array = array[:, 0]
    if layers == 1 and array.ndim == 1:
        array = array[np.newaxis]
    if array.shape != (layers, size):
        wanted = f"({size},)" if layers == 1 else f"({layers}, {size})"
        raise InputError(f"{where}: {name} has the shape {arrays[name].shape}; {wanted} is wanted")
    state: NDArray[np.float64] = array[place]
    return state
