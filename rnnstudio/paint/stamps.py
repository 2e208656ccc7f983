"""Rounded boxes and shadows as sprites: in a motion a box of any size is made of the nine parts of a small one."""

import math
from collections.abc import Callable

from PySide6.QtGui import QPainter

from rnnstudio.paint.primitives import Shape, Soft
from rnnstudio.paint.shapes import draw_shape
from rnnstudio.paint.sprites import SOFT_STEPS, Atlas, draw_soft

#: Up to this many device px the parts are drawn faster than the shape itself.
AREA = 40_000
#: Radii and strokes are rounded to this many device px.
STEP = 0.5
#: Px between the corners of a sprite, of which the middle one is stretched.
_BETWEEN = 3
_OPAQUE = 0xFF000000

Box = tuple[int, int, int, int]
Paint = Callable[[QPainter, int, int], None]


class Stamps:
    """Sprites of boxes in an atlas, by what they look like; their size is chosen when they are placed."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def shape(self, item: Shape, box: Box, scale: float, dpr: float, flush: Callable[[], None]) -> bool:
        """Let a shape wait at a box of device px (left, top, width, height); False where it has to be drawn.

        Its fill and its stroke have to be equally opaque: the sprite is opaque, and placed with their opacity.
        """
        _, _, w, h = box
        fill, stroke = item.fill, item.stroke if item.width > 0 else 0
        alpha = (fill or stroke) >> 24
        if item.dash or not alpha or w * h > AREA or (fill and stroke and fill >> 24 != stroke >> 24):
            return False
        width = round(item.width * scale / STEP) * STEP if stroke else 0.0
        radius = round(item.radius * scale / STEP) * STEP
        fill, stroke = (fill | _OPAQUE) if fill else 0, (stroke | _OPAQUE) if stroke else 0
        margin = int(width / 2) + 2
        if radius >= min(w, h) / 2 - STEP:
            if abs(w - h) > 1:
                return False
            side, inside, radius = min(w, h), 0, min(w, h) / 2  # a circle: a sprite of its own size
        else:
            inside = math.ceil(max(radius, width / 2)) + 1
            side = 2 * inside + _BETWEEN
            if min(w, h) < 2 * inside:
                return False

        def paint(painter: QPainter, x: int, y: int) -> None:
            draw_shape(painter, Shape((x + margin, y + margin, side, side), radius, fill, stroke, width))

        number = self._number((fill, stroke, width, radius, side), side + 2 * margin, paint, flush)
        corner = margin + inside if inside else side // 2 + margin
        self._place(number, (box[0], box[1], w, h) if inside else (box[0], box[1], side, side), margin, corner,
                    alpha / 255, dpr)  # fmt: skip
        return True

    def soft(self, item: Soft, box: Box, scale: float, dpr: float, flush: Callable[[], None]) -> bool:
        """The same for a shadow or glow around a box."""
        _, _, w, h = box
        radius = round(item.radius * scale / STEP) * STEP
        # A shadow reaches further down than up: its upper corners end a little lower than the box's.
        inside = math.ceil(radius + 0.1 * item.spread * scale) + 1
        if min(w, h) < 2 * inside or w * h > AREA or item.strength <= 0:
            return False
        margin, side = int(item.spread * scale) + 3, 2 * inside + _BETWEEN

        def paint(painter: QPainter, x: int, y: int) -> None:
            painter.translate(x + margin, y + margin)
            painter.scale(scale, scale)
            whole = (0.0, 0.0, side / scale, side / scale)
            draw_soft(painter, item._replace(rect=whole, radius=radius / scale, opacity=1.0, drop=0.0))

        key = (item.colour, item.spread, round(item.strength, 2), item.glow, radius, round(scale, 3))
        number = self._number(key, side + 2 * margin, paint, flush)
        opacity = _opacity(item.strength * item.opacity) / _opacity(item.strength)
        self._place(number, box, margin, margin + inside, opacity, dpr)
        return True

    def _number(self, key: object, side: int, paint: Paint, flush: Callable[[], None]) -> int:
        found = self._atlas.shelf("stamps").get(key)
        if found is None:
            if not self._atlas.room_for(side, side):
                flush()
                self._atlas.clear()
            found = self._atlas.draw(side, side, paint)
            self._atlas.shelf("stamps")[key] = found
        return found

    def _place(self, number: int, box: Box, margin: int, corner: int, opacity: float, dpr: float) -> None:
        left, top, w, h = box
        around = (left - margin, top - margin, w + 2 * margin, h + 2 * margin)
        self._atlas.place_box(number, around, corner, opacity, dpr)


def _opacity(strength: float) -> float:
    """How opaque a shadow of that strength is where all its steps lie on one another."""
    return 1.0 - (1.0 - min(1.0, strength / SOFT_STEPS)) ** SOFT_STEPS
