"""Rows, columns and blocks of a matrix: selected, filled, drawn, scaled, pasted; each change is one entry."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.layer import REVERSE, uniform
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.spectrum import scaled_to_radius
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.training import looked_at
from rnnstudio.state.area_text import pasted
from rnnstudio.state.areas import Area, bound_of, fits, matrix_of, numbers_of, recurrent, whole, with_numbers, words
from rnnstudio.state.model import Document, State

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SelectArea:
    """An area of a parameter is selected; None: none is.

    Raises
    ------
    InputError
        The study has no such area.
    """

    area: Area | None

    def apply(self, state: State) -> State:
        """See the class."""
        if self.area is not None:
            numbers_of(state.document, self.area)
        return state if self.area == state.session.area else state.see(area=self.area)


@dataclass(frozen=True)
class MoveArea:
    """By so many rows and columns on: another single number, or (``extend``) the corner across; at the rim it stays."""

    rows: int
    columns: int
    extend: bool = False

    def apply(self, state: State) -> State:
        """See the class."""
        area = state.session.area
        if area is None or not fits(state.document, area):
            return state
        height, width = matrix_of(state.document, area.layer, area.name).shape
        corner = min(max(area.to[0] + self.rows, 0), height - 1), min(max(area.to[1] + self.columns, 0), width - 1)
        return SelectArea(area._replace(at=area.at if self.extend else corner, to=corner)).apply(state)


@dataclass(frozen=True)
class SelectWhole:
    """All of the parameter in which something is selected."""

    def apply(self, state: State) -> State:
        """See the class."""
        area = state.session.area
        if area is None or not fits(state.document, area):
            return state
        return SelectArea(whole(state.document, area.layer, area.name)).apply(state)


def _with(state: State, name: str, area: Area, numbers: Floats, start: Document | None = None) -> State:
    """The numbers in the area as one entry of the history; a change that began with `start` goes on in its entry."""
    going_on = start is not None and bool(state.undo) and state.undo[-1].document is start and not state.redo
    if going_on and start is not None:
        state = replace(state, document=start, undo=state.undo[:-1])
    if np.array_equal(numbers, numbers_of(state.document, area)):
        return state
    return looked_at(state, name, with_numbers(state.document, area, numbers))


@dataclass(frozen=True)
class FillArea:
    """The same number everywhere in an area.

    Raises
    ------
    InputError
        The number is not finite.
    """

    area: Area
    value: float

    def apply(self, state: State) -> State:
        """See the class."""
        said = words(state.document, self.area)
        name = (
            sentence("Set {said} to zero", said=said)
            if self.value == 0
            else sentence("Fill {said} with {value:g}", said=said, value=self.value)
        )
        return _with(state, name, self.area, np.full(self.area.shape, self.value))


@dataclass(frozen=True)
class IdentityArea:
    """I in a square area: 1 on its diagonal, 0 beside it.

    Raises
    ------
    InputError
        The area is not square.
    """

    area: Area

    def apply(self, state: State) -> State:
        """See the class."""
        said, (rows, columns) = words(state.document, self.area), self.area.shape
        if rows != columns:
            raise InputError(f"an identity is square, and {said} is {rows} × {columns}; a square block is wanted")
        return _with(state, sentence("Set {said} to the identity", said=said), self.area, np.eye(rows))


@dataclass(frozen=True)
class DrawArea:
    """Numbers from U(−1/√H, 1/√H), as the first weights of a layer are drawn, with PCG64 from a seed.

    Raises
    ------
    InputError
        The seed is negative.
    """

    area: Area
    seed: int

    def apply(self, state: State) -> State:
        """See the class."""
        if self.seed < 0:
            raise InputError(f"{self.seed} is no seed; a whole number from 0 on is")
        random = np.random.Generator(np.random.PCG64(self.seed))
        numbers = uniform(random, self.area.shape, bound_of(state.document, self.area))
        name = sentence("Draw {words} at random, seed {seed}", words=words(state.document, self.area), seed=self.seed)
        return _with(state, name, self.area, numbers)


@dataclass(frozen=True)
class ScaleArea:
    """Every number of an area times a factor.

    Attributes
    ----------
    start : Document, optional
        Where a scrub began: what is scaled is the area as it was then, and the whole scrub is one entry.

    Raises
    ------
    InputError
        The factor, or a number of the result, is not finite.
    """

    area: Area
    factor: float
    start: Document | None = None

    def apply(self, state: State) -> State:
        """See the class."""
        if not np.isfinite(self.factor):
            raise InputError(f"{self.factor} is no finite factor; such as 0.5 is")
        with np.errstate(over="ignore"):
            numbers = numbers_of(self.start or state.document, self.area) * self.factor
        name = sentence("Scale {words} by {factor:g}", words=words(state.document, self.area), factor=self.factor)
        return _with(state, name, self.area, numbers, self.start)


@dataclass(frozen=True)
class ScaleToRadius:
    """A square matrix on the state times what makes its spectral radius the wanted one.

    Attributes
    ----------
    start : Document, optional
        As in `ScaleArea`.

    Raises
    ------
    InputError
        The area is not the whole of a square matrix on the state, the radius is no number from 0 on, or the matrix has
        none but 0.
    """

    area: Area
    radius: float
    start: Document | None = None

    def apply(self, state: State) -> State:
        """See the class."""
        document = self.start or state.document
        before = numbers_of(document, self.area)
        if not recurrent(document, self.area):
            said = words(document, self.area)
            raise InputError(f"{said} is no whole square matrix on the state; all of {_a_recurrent(document)} is")
        name = sentence(
            "Scale {words} to spectral radius {radius:g}", words=words(document, self.area), radius=self.radius
        )
        return _with(state, name, self.area, scaled_to_radius(before, self.radius), self.start)


def _a_recurrent(document: Document) -> str:
    """The name of a matrix that has a spectral radius; U where the study has none."""
    for k, layer in enumerate(document.network.layers):
        for name in layer.parameters:
            if recurrent(document, whole(document, k, name)):
                return name.removeprefix(REVERSE)
    return "U"


@dataclass(frozen=True)
class PasteArea:
    """The numbers of a text, from a spreadsheet or from here, in an area.

    Raises
    ------
    InputError
        The text is no block of numbers, or one of another shape: which is wanted.
    """

    area: Area
    text: str

    def apply(self, state: State) -> State:
        """See the class."""
        filled, numbers = pasted(state.document, self.area, self.text)
        after = _with(state, sentence("Paste into {words}", words=words(state.document, filled)), filled, numbers)
        return after if filled == self.area else SelectArea(filled).apply(after)
