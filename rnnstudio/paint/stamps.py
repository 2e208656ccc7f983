"""Rounded boxes and their shadows as sprites: in a motion each size is put together from the corners of one sprite."""

from collections.abc import Callable

from PySide6.QtGui import QPainter

from rnnstudio.paint.primitives import Shape, Soft
from rnnstudio.paint.shapes import draw_shape
from rnnstudio.paint.sprites import SOFT_STEPS, Atlas, draw_soft

#: Sides that sprites are rendered with, device px; what is larger than the last is drawn as it is.
SIDES = (48, 96, 192, 320)
#: Up to this many device px a sprite is drawn faster than the shape itself.
AREA = 40_000
#: Radii and strokes are rounded to this many device px.
STEP = 0.5
_OPAQUE = 0xFF000000

class Stamps:
    """Sprites of boxes in an atlas, by what they look like; their size is chosen when they are placed."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def shape(self, item: Shape, box: tuple[int, int, int, int], scale: float, dpr: float,
              flush: Callable[[], None]) -> bool:  # fmt: skip
        """Let a shape wait at a box of device px (left, top, width, height); False where it has to be drawn.

        Its fill and its stroke have to be equally opaque: the sprite is opaque, and placed with their opacity.
        """
        left, top, w, h = box
        fill, stroke = item.fill, item.stroke if item.width > 0 else 0
        alpha = (fill or stroke) >> 24
        width = round(item.width * scale / STEP) * STEP if stroke else 0.0
        radius = round(item.radius * scale / STEP) * STEP
        circle = radius >= min(w, h) / 2 - STEP
        if (fill and stroke and fill >> 24 != stroke >> 24) or item.dash or not alpha or w * h > AREA:
            return False
        if circle and abs(w - h) > 1:
            return False
        margin = int(width / 2) + 2
        fill, stroke = (fill | _OPAQUE) if fill else 0, (stroke | _OPAQUE) if stroke else 0
        sides = (w, h) if circle else _sides(w, h, 2 * (radius + margin))
        if sides is None:
            return False

        def paint(painter: QPainter, x: int, y: int) -> None:
            place = (x + margin, y + margin, sides[0], sides[1])
            draw_shape(painter, Shape(place, min(sides) / 2 if circle else radius, fill, stroke, width))

        key = (fill, stroke, width, circle or radius, sides)
        number = self._number(key, sides, margin, paint, flush)
        self._atlas.place_quarters(number, left - margin, top - margin, w + 2 * margin, h + 2 * margin, alpha / 255,
                                   dpr)  # fmt: skip
        return True

    def soft(self, item: Soft, box: tuple[int, int, int, int], scale: float, dpr: float,
             flush: Callable[[], None]) -> bool:  # fmt: skip
        """The same for a shadow or glow around a box."""
        left, top, w, h = box
        radius = min(round(item.radius * scale / STEP) * STEP, min(w, h) / 2)
        margin = int(item.spread * scale) + 3
        sides = _sides(w, h, 2 * radius + 2)
        if sides is None or w * h > AREA or item.strength <= 0:
            return False

        def paint(painter: QPainter, x: int, y: int) -> None:
            painter.translate(x + margin, y + margin)
            painter.scale(scale, scale)
            whole = (0.0, 0.0, sides[0] / scale, sides[1] / scale)
            draw_soft(painter, item._replace(rect=whole, radius=radius / scale, opacity=1.0, drop=0.0))

        key = (item.colour, item.spread, round(item.strength, 2), item.glow, radius, round(scale, 3), sides)
        number = self._number(key, sides, margin, paint, flush)
        self._atlas.place_quarters(number, left - margin, top - margin, w + 2 * margin, h + 2 * margin,
                                   _opacity(item.strength * item.opacity) / _opacity(item.strength), dpr)  # fmt: skip
        return True

    def _number(
        self, key: object, sides: tuple[int, int], margin: int, paint: Callable[[QPainter, int, int], None],
        flush: Callable[[], None],
    ) -> int:  # fmt: skip
        found = self._atlas.shelf("stamps").get(key)
        if found is None:
            w, h = sides[0] + 2 * margin, sides[1] + 2 * margin
            if not self._atlas.room_for(w, h):
                flush()
                self._atlas.clear()
            found = self._atlas.shelf("stamps")[key] = self._atlas.draw(w, h, paint)
        return found


def _sides(w: int, h: int, least: float) -> tuple[int, int] | None:
    """Width and height of the sprite for a box; None where there is none, or where its corners would meet."""
    if min(w, h) < least or max(w, h) > SIDES[-1]:
        return None
    across, down = (next(side for side in SIDES if side >= length) for length in (w, h))
    return across, down


def _opacity(strength: float) -> float:
    """How opaque a shadow of that strength is where all its steps lie on one another."""
    return 1.0 - (1.0 - min(1.0, strength / SOFT_STEPS)) ** SOFT_STEPS
