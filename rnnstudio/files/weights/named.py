"""Parameters under the names of the equations: ``layerK.NAME``, or plain names for a single layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import Cell, library_cell, library_cells
from rnnstudio.engine.limits import InputError, check_layers
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program, lower

Arrays = Mapping[str, NDArray[Any]]
_NAME = re.compile(r"layer(?P<layer>\d{1,4})\.(?P<rest>reverse\.)?(?P<name>[A-Za-z_]\w*)\Z")
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z")


def named_network(arrays: Arrays, where: str, cell: Cell | None, activation: str | None) -> tuple[Network, str]:
    """The network whose cells, of the library, have just these parameters, and a sentence about what was assumed.

    Parameters
    ----------
    arrays : mapping
        Parameters; values of a trace may lie among them.
    where : str
        The file, for sentences.
    cell, activation : Cell, str or None
        What the user says: the cell of every layer that has its names, and the function that the cell leaves open.

    Raises
    ------
    InputError
        A layer's names and shapes are those of no cell, or of more than one.
    """
    groups = _grouped(arrays, where)
    layers = tuple(_layer(k, groups[k], where, cell, activation) for k in range(len(groups)))
    recurrent = [k for k, layer in enumerate(layers) if layer.recurrent]
    try:
        network = Network(layers, chosen=recurrent[-1] if recurrent else 0)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    said = "Cells found by the names of their parameters: " + ", ".join(layer.cell.name for layer in layers)
    if activation is None and any(layer.cell.activations for layer in layers):
        assumed = next(layer.activation for layer in layers if layer.cell.activations)
        said += f"; the file does not say the activation, {assumed} is assumed (--activation says another)"
    return network, f"{said}."


def _grouped(arrays: Arrays, where: str) -> dict[int, dict[str, NDArray[np.float64]]]:
    groups: dict[int, dict[str, NDArray[np.float64]]] = {}
    for name, array in arrays.items():
        match = _NAME.match(name)
        if match and match["rest"]:
            raise InputError(f"{where}: {name} is of a reversed direction, which is not in this version; forward is")
        if match:
            groups.setdefault(int(match["layer"]), {})[match["name"]] = np.asarray(array, dtype=np.float64)
    if not groups:
        plain = {name: np.asarray(array, dtype=np.float64) for name, array in arrays.items() if _PLAIN.match(name)}
        groups = {0: plain}
    check_layers(len(groups))
    if sorted(groups) != list(range(len(groups))):
        raise InputError(f"{where}: the layers are numbered {sorted(groups)}; 0 to {len(groups) - 1} are wanted")
    return groups


def _programs(cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, Program]]:
    """Every form of every cell; a cell with a readout stands for its plain form where both have the same names."""
    for cell in cells:
        for bias in (True, False):
            for readout in (False, True):
                if cell.readout and not readout:
                    continue
                if readout and not cell.readout and any(other.readout and _same(cell, other) for other in cells):
                    continue
                yield cell, lower(cell, None, bias, readout)


def _same(cell: Cell, other: Cell) -> bool:
    return [e.name for e in cell.equations] == [e.name for e in other.equations]


def _layer(
    k: int, found: Mapping[str, NDArray[np.float64]], where: str, cell: Cell | None, activation: str | None
) -> Layer:
    library = tuple(library_cell(name) for name in library_cells())
    fitting = [form for form in _programs((cell,) if cell else library) if _sizes(form[1], found) is not None]
    if cell and not fitting:  # the cell that is named may be that of other layers
        fitting = [form for form in _programs(library) if _sizes(form[1], found) is not None]
    listed = ", ".join(f"{name} {array.shape}" for name, array in list(found.items())[:8]) or "none"
    if not fitting:
        raise InputError(
            f"{where}: the parameters of layer {k}, {listed}, are those of no cell of the library "
            f"({', '.join(library_cells())}); --cell FILE.toml names the cell that has them"
        )
    if len(fitting) > 1:
        names = " or ".join(sorted({form[0].name for form in fitting}))
        raise InputError(f"{where}: the parameters of layer {k}, {listed}, could be {names}: --cell says which")
    chosen, program = fitting[0]
    sizes = _sizes(program, found) or {}
    offered = next(iter(chosen.activations.values()), ())
    parameters = {name: found[name] for name in program.parameters}
    size = sizes.get("H", sizes.get("O", 0))
    outputs = sizes.get("O") if program.readout or chosen.own_outputs else None
    return Layer(
        chosen, sizes["I"], size, (activation or offered[0]) if offered else None, program.bias, "forward",
        outputs, parameters,
    )  # fmt: skip


def _sizes(program: Program, found: Mapping[str, NDArray[np.float64]]) -> dict[str, int] | None:
    """Letter → size where the names are exactly the program's (values of a trace aside) and the shapes agree."""
    states = {f"{state}0" for state in program.states}
    names = set(found) - {"x", "y", *program.values, *states}
    if names != set(program.parameters):
        return None
    sizes: dict[str, int] = {}
    for name, letters in program.parameters.items():
        if found[name].ndim != len(letters):
            return None
        for letter, size in zip(letters, found[name].shape, strict=True):
            if sizes.setdefault(letter, size) != size:
                return None
    return sizes if sizes.get("I") and all(sizes.values()) else None
