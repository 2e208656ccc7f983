"""First states from ``.npz`` files: arrays ``s0``, for an LSTM also ``c0``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network
from rnnstudio.files.arrays import read_npz
from rnnstudio.files.reading import read_bytes

States = dict[int, dict[str, NDArray[np.float64]]]


def read_first(path: str | Path, network: Network, sequences: int | None = None) -> States:
    """Layer → state → its value before the first step.

    Parameters
    ----------
    path : str or Path
        Arrays of shape (layers · directions, [N,] H) in PyTorch's order: layer by layer, each forward, then reversed.
        Of a single layer also ([N,] D · H), its directions side by side, as a trace has them.
    network : Network
        Whose recurrent layers take them.
    sequences : int, optional
        N; None for one sequence without that axis. An array without it is the same for all of them.

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
    places = [  # layer, and what its names begin with
        (k, before) for k in recurrent for before in (("", REVERSE) if network.layers[k].direction == "both" else ("",))
    ]
    sizes = {network.layers[k].size for k in recurrent}
    first: States = {k: {} for k in recurrent}
    for state in sorted({state for k in recurrent for state in network.layers[k].program.states}):
        mine = [(k, before) for k, before in places if state in network.layers[k].program.states]
        if len(sizes) > 1:
            raise InputError(
                f"{where}: the layers have states of {', '.join(map(str, sorted(sizes)))} units, which do not fit one "
                f"array {state}0; layers of one size are wanted for --state"
            )
        size = sizes.copy().pop()
        one_layer = len({k for k, _ in mine}) == 1
        parts = _parts(arrays, f"{state}0", (len(mine), sequences, size), one_layer, where)
        for (k, before), part in zip(mine, parts, strict=True):
            first[k][before + state] = part
    return first


def _parts(
    arrays: dict[str, NDArray[Any]], name: str, sizes: tuple[int, int | None, int], one_layer: bool, where: str
) -> list[NDArray[np.float64]]:
    """The array of a state, taken apart: one of ([N,] H) for each of the layers · directions."""
    if name not in arrays:
        listed = ", ".join(sorted(arrays)[:8])
        raise InputError(f"{where}: the array {name} is missing, {listed} are there; every state of the cell is wanted")
    array = np.asarray(arrays[name], dtype=np.float64)
    count, sequences, size = sizes
    middles: list[tuple[int, ...]] = [(), (1,)] if sequences is None else [(sequences,), ()]
    for middle in middles:
        if array.shape == (count, *middle, size):
            return [part.reshape((size,) if sequences is None else part.shape) for part in array]
        if one_layer and middle != (1,) and array.shape == (*middle, count * size):
            return np.split(array, count, axis=-1)
    several = "" if sequences is None else f"{sequences}, "
    wanted = f"({count}, {several}{size})"
    if one_layer:
        side_by_side = f"({several}{count * size}{'' if several else ','})"
        wanted = f"{side_by_side} or {wanted}" if count > 1 or several else side_by_side
    raise InputError(f"{where}: {name} has the shape {array.shape}; {wanted} is wanted")
