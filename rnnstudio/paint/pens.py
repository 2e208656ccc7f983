"""What compiling needs at hand: the theme's colours, strokes and text floors, and the making of texts."""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.files.theme import Theme
from rnnstudio.paint import fonts, mathtext
from rnnstudio.paint.colours import argb, symbol_argb
from rnnstudio.paint.primitives import Glyphs, Shape, Soft, Text
from rnnstudio.paint.translation import tr

UNKNOWN_DASH = (5.0, 4.0)
#: No text is drawn smaller than this on the screen.
SCREEN_FLOOR = 10.0


@dataclass(frozen=True)
class Pens:
    """Theme and scale of one compilation.

    ``fit`` is the scale of the frame in its window, ``zoom`` the user's own on top of it.
    """

    theme: Theme
    fit: float = 1.0
    zoom: float = 1.0
    _mixed: dict[tuple[str, float, float], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_mixed", _mixed_in(self.theme))

    def colour(self, token: str, level: float = 1.0, alpha: float = 1.0) -> int:
        """A token mixed with the canvas, at an opacity."""
        key = (token, level, alpha)
        found = self._mixed.get(key)
        if found is None:
            if len(self._mixed) > 4096:
                self._mixed.clear()
            found = self._mixed[key] = argb(self.theme, token, round(level, 3), round(alpha, 3))
        return found

    def stroke(self, width: float) -> float:
        """A stroke in this theme."""
        return width * self.theme.stroke

    def size(self, px: float) -> float:
        """The size a text of ``px`` gets, 0 where it is dropped.

        When the frame shrinks with its window, a text stops at 10 px of the screen; the user's own zoom drops it
        instead. In the wide geometry what is a little under its floor of 28 is set at it, what is far under dropped.
        """
        if self.theme.wide:
            held = max(px, self.theme.text_floor)
            return held if px >= 0.75 * held and held * self.fit * self.zoom >= 4 else 0.0
        if px < SCREEN_FLOOR:
            return 0.0
        held = max(px, SCREEN_FLOOR / max(self.fit, 1e-6)) if self.fit < 1 else px
        return held if held * self.fit * self.zoom >= SCREEN_FLOOR - 0.01 else 0.0

    def sizes(self, px: Floats) -> Floats:
        """`size` of many texts at once."""
        whole = self.fit * self.zoom
        if self.theme.wide:
            held = np.maximum(px, self.theme.text_floor)
            return np.where((px >= 0.75 * held) & (held * whole >= 4), held, 0.0)
        held = np.maximum(px, SCREEN_FLOOR / max(self.fit, 1e-6)) if self.fit < 1 else px
        return np.where((px >= SCREEN_FLOOR) & (held * whole >= SCREEN_FLOOR - 0.01), held, 0.0)

    def shadow(
        self, rect: Floats, radius: float, spread: float, strength: float = 0.10, drop: float = 3.0, alpha: float = 1.0
    ) -> Soft:
        """A soft shadow under a rectangle given by centre and size, which is that opaque itself."""
        x, y, w, h = corner(rect)
        return Soft((x, y, w, h), radius, self.colour("shadow"), spread, strength * 1.1 * self.theme.shadow, drop,
                    glow=False, opacity=alpha)  # fmt: skip

    def glow(self, rect: Floats, radius: float, spread: float, strength: float, alpha: float = 1.0) -> Soft:
        """The lime glow of what is computed now, and is that opaque itself."""
        return Soft(corner(rect), radius, self.colour("glow"), spread, strength, 0.0, glow=True, opacity=alpha)

    def hollow(self, rect: Floats, radius: float, role: str, alpha: float = 1.0, width: float = 1.6) -> Shape:
        """The dashed, hollow outline of what is not known yet."""
        ground, edge = self.colour("canvas", 1.0, 0.6 * alpha), self.colour(role, 1.0, 0.75 * alpha)
        return Shape(corner(rect), radius, ground, edge, width, UNKNOWN_DASH)

    def words(
        self, text: str, x: float, y: float, px: float, *, role: str = "text", align: str = "l", weight: int = 400,
        level: float = 1.0, alpha: float = 1.0, kind: str = "ui", colour: int | None = None,
    ) -> Text | None:  # fmt: skip
        """Words with their capitals centred on y; None where they fall under the floor."""
        size = self.size(px)
        if not size or not text or alpha <= 0:
            return None
        ink = symbol_argb(self.theme, role, round(level, 3)) if colour is None else colour
        text = tr(text) if kind in fonts.WORDS else text
        width = fonts.advance(text, kind, weight) * size
        left = x - {"l": 0.0, "c": 0.5, "r": 1.0}[align] * width
        base = y + fonts.cap_height(kind, weight) * size / 2
        return Text((left, base), (Glyphs(text, 0.0, 0.0, size, ink),), kind, weight, width, size, alpha)

    def maths(
        self, markup: str, x: float, y: float, px: float, *, role: str = "text", align: str = "l", weight: int = 400,
        level: float = 1.0, alpha: float = 1.0,
    ) -> Text | None:  # fmt: skip
        """Mathematics with its middle at y; None where it falls under the floor."""
        size = self.size(px)
        if not size or not markup or alpha <= 0:
            return None
        line = mathtext.typeset(markup, weight >= 600)
        width = line.width * size
        left = x - {"l": 0.0, "c": 0.5, "r": 1.0}[align] * width
        glyphs = _glyphs(self.theme, markup, weight >= 600, role, round(level, 3), round(size, 3))
        return Text((left, y + mathtext.baseline(size)), glyphs, "math", weight, width, size, alpha)


@lru_cache(maxsize=16)
def _mixed_in(theme: Theme) -> dict[tuple[str, float, float], int]:
    """The colours that a theme's pens have mixed already."""
    return {}


@lru_cache(maxsize=2048)
def _glyphs(theme: Theme, markup: str, bold: bool, role: str, level: float, px: float) -> tuple[Glyphs, ...]:
    return tuple(
        Glyphs(run.text, run.x * px, run.y * px, run.size * px, symbol_argb(theme, run.role or role, level))
        for run in mathtext.typeset(markup, bold).runs
    )


def corner(rect: Floats) -> tuple[float, float, float, float]:
    """Left, top, width and height of a rectangle given by centre and size."""
    cx, cy, w, h = rect.tolist()
    return cx - w / 2, cy - h / 2, w, h
