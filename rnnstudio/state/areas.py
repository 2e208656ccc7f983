"""Areas of a parameter: one number, rows, columns, a block or the whole; how they are named, read and set."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.layer import REVERSE, Layer
from rnnstudio.engine.limits import InputError
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Document

Floats = NDArray[np.float64]
TIMES, RANGE = "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"


class Area(NamedTuple):
    """A block of a parameter of a layer, from one corner to the one across; of a vector its column is 0."""

    name: str
    at: tuple[int, int]
    to: tuple[int, int]
    layer: int = 0

    @property
    def rows(self) -> tuple[int, int]:
        """First row, and the one behind the last."""
        return min(self.at[0], self.to[0]), max(self.at[0], self.to[0]) + 1

    @property
    def columns(self) -> tuple[int, int]:
        """First column, and the one behind the last."""
        return min(self.at[1], self.to[1]), max(self.at[1], self.to[1]) + 1

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return self.rows[1] - self.rows[0], self.columns[1] - self.columns[0]

    @property
    def block(self) -> tuple[slice, slice]:
        """It as an index of a matrix."""
        return slice(*self.rows), slice(*self.columns)

    @property
    def single(self) -> bool:
        """Whether it is one number."""
        return self.at == self.to


def whole(document: Document, layer: int, name: str) -> Area:
    """All of a parameter."""
    rows, columns = matrix_of(document, layer, name).shape
    return Area(name, (0, 0), (rows - 1, columns - 1), layer)


def matrix_of(document: Document, layer: int, name: str) -> Floats:
    """A parameter as a matrix, shape (rows, columns); a vector as one column.

    Raises
    ------
    InputError
        The study has no such parameter.
    """
    layers = document.network.layers
    found = layers[layer].parameters.get(name) if 0 <= layer < len(layers) else None
    if found is None:
        raise InputError(f"there is no {name} in layer {layer + 1} of this study; a parameter that is shown fits")
    return found if found.ndim == 2 else found.reshape(-1, 1)


def fits(document: Document, area: Area) -> bool:
    """Whether a document has such an area."""
    layers = document.network.layers
    if not 0 <= area.layer < len(layers) or area.name not in layers[area.layer].parameters:
        return False
    rows, columns = (int(n) for n in matrix_of(document, area.layer, area.name).shape)
    return min(*area.at, *area.to) >= 0 and area.rows[1] <= rows and area.columns[1] <= columns


def numbers_of(document: Document, area: Area) -> Floats:
    """The numbers of an area, of its shape.

    Raises
    ------
    InputError
        The study has no such area.
    """
    matrix = matrix_of(document, area.layer, area.name)
    if not fits(document, area):
        rows, columns = matrix.shape
        raise InputError(f"{area.name} is {rows} {TIMES} {columns}; a block within it is wanted")
    return matrix[area.block]


def with_numbers(document: Document, area: Area, numbers: Floats) -> Document:
    """The document with other numbers in an area; all other arrays are shared with the old one.

    Raises
    ------
    InputError
        The study has no such area, the numbers have another shape, or one of them is not finite.
    """
    before = numbers_of(document, area)
    if numbers.shape != before.shape:
        wanted, found = (f" {TIMES} ".join(map(str, shape)) for shape in (before.shape, numbers.shape))
        raise InputError(f"{found} numbers are there for {words(document, area)}; {wanted} are wanted")
    if not np.isfinite(numbers).all():
        raise InputError(f"a number for {words(document, area)} is not finite; finite ones are wanted")
    changed = np.array(matrix_of(document, area.layer, area.name))
    changed[area.block] = numbers + 0.0  # no −0, which nobody has typed
    layer = document.network.layers[area.layer]
    changed = changed.reshape(layer.parameters[area.name].shape)
    return replace(document, network=document.network.with_parameters(area.layer, {area.name: changed}))


def is_whole(document: Document, area: Area) -> bool:
    """Whether it is all of its parameter."""
    return area.shape == matrix_of(document, area.layer, area.name).shape


def words(document: Document, area: Area) -> str:
    """``W``, ``row 2 of W``, ``rows 1–2 of W``, ``W 1, 2``, ``rows 1–2, columns 2–3 of W``: the area in words."""
    rows, columns = matrix_of(document, area.layer, area.name).shape
    name = area.name.removeprefix(REVERSE)
    if area.shape == (rows, columns):
        return name
    if area.single:
        return f"{name} {area.at[0] + 1}" + (f", {area.at[1] + 1}" if columns > 1 else "")
    parts = []
    if area.shape[0] < rows:
        parts.append(_some("row" if columns > 1 else "value", area.rows))
    if area.shape[1] < columns:
        parts.append(_some("column", area.columns))
    return sentence("{names} of {name}", names=', '.join(parts), name=name)


def _some(word: str, stretch: tuple[int, int]) -> str:
    first, behind = stretch
    return f"{word} {first + 1}" if behind == first + 1 else f"{word}s {first + 1}{RANGE}{behind}"


def recurrent(document: Document, area: Area) -> bool:
    """Whether it is the whole of a square matrix on the state: one that has a spectral radius worth scaling."""
    layer = document.network.layers[area.layer]
    return role(layer, area.name) == "U" and is_whole(document, area) and area.shape[0] == area.shape[1]


def role(layer: Layer, name: str) -> str:
    """W, U, V or b: what a parameter of a layer multiplies or is."""
    plain = name.removeprefix(REVERSE)
    return layer.program.role(plain) if plain in layer.program.parameters else plain[:1]


def bound_of(document: Document, area: Area) -> float:
    """1/√H, the bound within which a layer's parameters are drawn."""
    return 1.0 / math.sqrt(document.network.layers[area.layer].size)
