"""Parameters under the names of the equations: ``layerK.NAME``, or plain names for a single layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS, Cell, library_cell, library_cells
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError, check_layers
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program, lower
from rnnstudio.engine.shapes import length, parts_of

Arrays = Mapping[str, NDArray[Any]]
Group = Mapping[str, NDArray[np.float64]]
_NAME = re.compile(r"layer(?P<layer>\d{1,4})\.(?P<rest>reverse\.)?(?P<name>[A-Za-z_]\w*)\Z")
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z")


def named_network(
    arrays: Arrays, where: str, cell: Cell | None, activation: str | None, said_activations: Mapping[int, str]
) -> tuple[Network, str]:
    """The network whose cells, of the library, have just these parameters, and a sentence about what was assumed.

    Parameters
    ----------
    arrays : mapping
        Parameters; values of a trace may lie among them.
    where : str
        The file, for sentences.
    cell, activation : Cell, str or None
        What the user says: the cell of every layer that has its names, and the function that the cell leaves open.
    said_activations : mapping
        Layer → the function that the file says.

    Raises
    ------
    InputError
        A layer's names and shapes are those of no cell, or of more than one.
    """
    groups = _grouped(arrays, where)
    layers = tuple(_layer(k, groups[k], where, cell, activation or said_activations.get(k)) for k in range(len(groups)))
    recurrent = [k for k, layer in enumerate(layers) if layer.recurrent]
    try:
        network = Network(layers, chosen=recurrent[-1] if recurrent else 0)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    said = "Cells found by the names of their parameters: " + ", ".join(layer.cell.name for layer in layers)
    assumed = [
        layer.activation for k, layer in enumerate(layers) if layer.cell.activations and k not in said_activations
    ]
    if activation is None and assumed:
        said += f"; the file does not say the activation, {assumed[0]} is assumed (--activation says another)"
    return network, f"{said}."


def _grouped(arrays: Arrays, where: str) -> Mapping[int, Group]:
    """Layer → name → array; what a reversed direction has begins with ``reverse.``."""
    groups: dict[int, dict[str, NDArray[np.float64]]] = {}
    for name, array in arrays.items():
        match = _NAME.match(name)
        if match:
            own = (match["rest"] or "") + match["name"]
            groups.setdefault(int(match["layer"]), {})[own] = np.asarray(array, dtype=np.float64)
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


@dataclass(frozen=True)
class _Form:
    """A way to read the parameters of a layer."""

    cell: Cell
    program: Program
    sizes: Mapping[str, int]
    direction: str


def _forms(cells: tuple[Cell, ...], found: Group) -> Iterator[_Form]:
    """The ways in which cells have just these parameters."""
    backward = {name.removeprefix(REVERSE): array for name, array in found.items() if name.startswith(REVERSE)}
    forward = {name: array for name, array in found.items() if not name.startswith(REVERSE)}
    both = bool(backward) and bool(forward)
    for cell, program in _programs(cells):
        one_way = forward or backward
        sizes = _sizes_of_both(cell, program, forward, backward) if both else _sizes(program, one_way)
        if sizes is not None:
            yield _Form(cell, program, sizes, "both" if both else "reverse" if backward else "forward")


def _sizes_of_both(cell: Cell, program: Program, forward: Group, backward: Group) -> Mapping[str, int] | None:
    """As `_sizes`, of two directions; a readout reads both, so that its V is (O, 2·H)."""
    one = lower(cell, None, program.bias, False) if program.readout else program
    last = {name: forward[name] for name in (READOUT, READOUT_BIAS) if program.readout and name in forward}
    sizes = _sizes(one, {name: array for name, array in forward.items() if name not in last})
    if sizes is None or sizes != _sizes(one, backward):
        return None
    if not program.readout:
        return sizes
    wanted = {READOUT, READOUT_BIAS} if program.bias else {READOUT}
    if set(last) != wanted or last[READOUT].ndim != 2 or last[READOUT].shape[1] != 2 * sizes["H"]:
        return None
    outputs = len(last[READOUT])
    if program.bias and last[READOUT_BIAS].shape != (outputs,):
        return None
    return {**sizes, "O": outputs} if outputs else None


def _layer(k: int, found: Group, where: str, cell: Cell | None, activation: str | None) -> Layer:
    library = tuple(library_cell(name) for name in library_cells())
    fitting = list(_forms((cell,) if cell else library, found))
    if cell and not fitting:  # the cell that is named may be that of other layers
        fitting = list(_forms(library, found))
    listed = ", ".join(f"{name} {array.shape}" for name, array in list(found.items())[:8]) or "none"
    if not fitting:
        raise InputError(
            f"{where}: the parameters of layer {k}, {listed}, are those of no cell of the library "
            f"({', '.join(library_cells())}); --cell FILE.toml names the cell that has them"
        )
    if len(fitting) > 1:
        names = " or ".join(sorted({form.cell.name for form in fitting}))
        raise InputError(f"{where}: the parameters of layer {k}, {listed}, could be {names}: --cell says which")
    form = fitting[0]
    program, sizes = form.program, form.sizes
    offered = next(iter(form.cell.activations.values()), ())
    own = REVERSE if form.direction == "reverse" else ""
    parameters = {name: found[own + name] for name in program.parameters}
    if form.direction == "both":
        parameters |= {name: array for name, array in found.items() if name.removeprefix(REVERSE) in program.parameters}
    size = sizes.get("H", sizes.get("O", 0))
    outputs = sizes.get("O") if program.readout or form.cell.own_outputs else None
    return Layer(
        form.cell, sizes["I"], size, (activation or offered[0]) if offered else None, program.bias, form.direction,
        outputs, parameters,
    )  # fmt: skip


def _sizes(program: Program, found: Group) -> dict[str, int] | None:
    """Letter → size where the names are exactly the program's (values of a trace aside) and the shapes agree."""
    states = {f"{state}0" for state in program.states}
    names = set(found) - {"x", "y", *program.values, *states}
    if names != set(program.parameters):
        return None
    sums: list[tuple[str, int]] = []
    sizes: dict[str, int] = {}
    for name, letters in program.parameters.items():
        if found[name].ndim != len(letters):
            return None
        for letter, size in zip(letters, found[name].shape, strict=True):
            if len(letter) > 1:
                sums.append((letter, size))
            elif sizes.setdefault(letter, size) != size:
                return None
    for letter, size in sums:
        parts = parts_of(letter)
        open_letters = [own for own in parts if own not in sizes]
        if len(open_letters) == 1:  # what is left over is of that letter
            left = size - sum(count * sizes[own] for own, count in parts.items() if own in sizes)
            sizes[open_letters[0]] = max(0, left // parts[open_letters[0]])
        if any(own not in sizes for own in parts) or length(letter, sizes) != size:
            return None
    return sizes if sizes.get("I") and all(sizes.values()) else None
