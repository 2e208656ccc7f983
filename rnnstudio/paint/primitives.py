"""The display list: what is painted, with every colour and position resolved. Two painters execute it."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.layout import Floats, Ints
from rnnstudio.paint.colours import Colours
from rnnstudio.paint.lexicon import LEXICON


class Soft(NamedTuple):
    """A soft shadow or glow around a rounded rectangle: stacked, ever larger shapes of one colour.

    ``rect`` is left, top, width, height; ``spread`` how far it reaches, ``strength`` the opacity of all steps
    together, ``drop`` how far it is moved down; ``glow`` grows evenly on all sides. ``opacity`` is that of what casts
    it, apart from the strength, so that one sprite serves a thing that fades.
    """

    rect: tuple[float, float, float, float]
    radius: float
    colour: int
    spread: float
    strength: float
    drop: float
    glow: bool
    opacity: float = 1.0


class Shape(NamedTuple):
    """A rounded rectangle (a circle where the radius is half its size); colours 0xAARRGGBB, 0 for none."""

    rect: tuple[float, float, float, float]
    radius: float
    fill: int
    stroke: int = 0
    width: float = 0.0
    dash: tuple[float, float] | None = None


class Path(NamedTuple):
    """A polyline or polygon. ``fade``: x from which (transparent) to which (full) the stroke fades in."""

    points: Floats
    stroke: int
    width: float
    fill: int = 0
    closed: bool = False
    dash: tuple[float, float] | None = None
    round_caps: bool = True
    fade: tuple[float, float] | None = None


class Rects(NamedTuple):
    """Flat rectangles (left, top, width, height), one colour each."""

    rect: Floats
    colour: Colours


class Lines(NamedTuple):
    """Straight lines (x0, y0, x1, y1) with flat ends, one width and colour each."""

    ends: Floats
    width: Floats
    colour: Colours


class Numbers(NamedTuple):
    """Numbers centred on points; ``codes`` are their texts' in the `LEXICON`."""

    codes: Ints
    at: Floats
    px: Floats
    colour: Colours
    weight: int

    @property
    def texts(self) -> tuple[str, ...]:
        """What they say."""
        return LEXICON.texts(self.codes)


class Glyphs(NamedTuple):
    """Letters of one look: position relative to the text's origin, sizes in px."""

    text: str
    x: float
    y: float
    px: float
    colour: int


class Text(NamedTuple):
    """A typeset text: glyphs from a baseline origin; ``opacity`` apart from the colours, so that it can be cached."""

    at: tuple[float, float]
    glyphs: tuple[Glyphs, ...]
    kind: str
    weight: int
    width: float
    px: float
    opacity: float = 1.0


class Picture(NamedTuple):
    """An image of 0xAARRGGBB pixels, stretched over a rectangle without smoothing."""

    rect: tuple[float, float, float, float]
    pixels: NDArray[np.uint32]


Primitive = Soft | Shape | Path | Rects | Lines | Numbers | Text | Picture


@dataclass(frozen=True, eq=False)
class Display:
    """Primitives in the order of painting; ``tokens`` come on top and may be painted alone.

    ``marks``: the selection, hover and focus outlines, painted last.
    """

    items: tuple[Primitive, ...]
    tokens: tuple[Primitive, ...] = ()
    marks: tuple[Primitive, ...] = ()
    ground: int = 0xFFFFFFFF
    width: float = 1280.0
    height: float = 760.0
    token_area: tuple[tuple[float, float, float, float], ...] = field(default=())
