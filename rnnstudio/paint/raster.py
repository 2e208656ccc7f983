"""Executes a display list on pixels, fast: batches for what is many, sprites for texts, cached shadows."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QTransform

from rnnstudio.diagram.layout import Floats, Ints
from rnnstudio.paint import fonts
from rnnstudio.paint.lexicon import LEXICON
from rnnstudio.paint.primitives import (
    Display,
    Glyphs,
    Lines,
    Numbers,
    Path,
    Picture,
    Primitive,
    Rects,
    Shape,
    Soft,
    Text,
)
from rnnstudio.paint.qtsafe import pointers
from rnnstudio.paint.shapes import brush, draw_path, draw_picture, draw_shape, pen
from rnnstudio.paint.sprites import Atlas, Softs, Swatches
from rnnstudio.paint.stamps import Stamps
from rnnstudio.paint.vector import draw_one

#: Sizes of texts are rounded to this many device px while things move, so that the sprites of a blend repeat.
MOVING_STEP, STILL_STEP = 0.5, 0.125
#: Numbers looked up together: few enough that all of them fit into an empty atlas.
_CHUNK = 256


class Quality(Enum):
    """STILL: everything antialiased. MOVING: edges and tiles are not, boxes and shadows stand on whole px."""

    STILL = "still"
    MOVING = "moving"


class Raster:
    """A painter with its caches; keep one for each surface that is painted again and again."""

    def __init__(self) -> None:
        self._atlas = Atlas()
        self._stamps = Stamps(self._atlas)
        self._softs = Softs()
        self._swatches = Swatches()

    def paint(
        self, painter: QPainter, display: Display, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0, *,
        quality: Quality = Quality.STILL, dpr: float = 1.0, tokens: bool = True, items: bool = True,
    ) -> None:  # fmt: skip
        """Paint a display list; a logical point (x, y) comes to (scale·x + dx, scale·y + dy).

        Parameters
        ----------
        painter : QPainter
            On a widget, pixmap or image. Its ground is not filled.
        display : Display
            What to paint.
        scale, dx, dy : float
            Place on the surface, in its device independent px.
        quality : Quality
            MOVING for frames of a motion.
        dpr : float
            Device pixels per px of the surface.
        tokens, items : bool
            The tokens and outlines on top, or the scene under them, may be left out.
        """
        painter.save()
        base = painter.transform()
        drawing = _Drawing(self, painter, base, scale, dx, dy, quality, dpr)
        if items:
            for item in display.items:
                drawing.one(item)
        if tokens:
            for item in display.tokens:
                drawing.one(item)
            for item in display.marks:
                drawing.one(item)
        drawing.flush()
        painter.restore()


class _Drawing:
    """One execution: the state of the painter, and the sprites that wait to be drawn together."""

    def __init__(
        self, owner: Raster, painter: QPainter, base: QTransform, scale: float, dx: float, dy: float, quality: Quality,
        dpr: float,
    ) -> None:  # fmt: skip
        self._atlas, self._softs, self._swatches = owner._atlas, owner._softs, owner._swatches
        self._stamps = owner._stamps
        self._labels: list[tuple[int, float, float, float]] = []
        self._painter, self._base, self._scale, self._dx, self._dy = painter, base, scale, dx, dy
        self._moving, self._dpr = quality is Quality.MOVING, dpr
        self._logical = QTransform(scale, 0, 0, scale, dx, dy) * base
        self._pixel = 1.0 / dpr
        self._is_logical = False
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def one(self, item: Primitive) -> None:
        """Execute one primitive; texts wait until something else has to go over them."""
        if isinstance(item, Numbers):
            self._numbers(item)
            return
        if isinstance(item, Text):
            self._text(item)
            return
        if self._moving and isinstance(item, Shape | Soft) and self._stamp(item):
            return
        self.flush()
        if isinstance(item, Shape):
            self._to_logical()
            draw_shape(self._painter, item)
        elif isinstance(item, Path):
            self._to_logical()
            draw_path(self._painter, item)
        elif isinstance(item, Rects):
            self._rects(item)
        elif isinstance(item, Lines):
            self._lines(item)
        elif isinstance(item, Soft):
            self._soft(item)
        elif isinstance(item, Picture):
            self._to_logical()
            draw_picture(self._painter, item)

    def _stamp(self, item: Shape | Soft) -> bool:
        """Let the sprite of a box or shadow wait, on whole device px; False where there is none for it."""
        x, y, w, h = item.rect
        drop = item.drop if isinstance(item, Soft) else 0.0
        scale, dpr = self._scale, self._dpr
        left, top = round((x * scale + self._dx) * dpr), round(((y + drop) * scale + self._dy) * dpr)
        right = round(((x + w) * scale + self._dx) * dpr)
        bottom = round(((y + drop + h) * scale + self._dy) * dpr)
        box = (left, top, max(right - left, 1), max(bottom - top, 1))
        self._place_labels()
        if isinstance(item, Shape):
            return self._stamps.shape(item, box, scale * dpr, dpr, self.flush)
        return self._stamps.soft(item, box, scale * dpr, dpr, self.flush)

    def _place_labels(self) -> None:
        if self._labels:
            rows = np.array(self._labels)
            self._labels.clear()
            self._atlas.place(rows[:, 0].astype(np.intp), rows[:, 1], rows[:, 2], rows[:, 3], self._dpr)

    def flush(self) -> None:
        """Draw the waiting sprites."""
        self._place_labels()
        if not self._atlas.waiting:
            return
        self._to_device()
        # Whole pixels on whole pixels: with antialiasing Qt would still compute coverage for each.
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._atlas.flush(self._painter)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _to_logical(self) -> None:
        if not self._is_logical:
            self._painter.setTransform(self._logical)
            self._is_logical = True

    def _to_device(self) -> None:
        if self._is_logical:
            self._painter.setTransform(self._base)
            self._is_logical = False

    def _rects(self, item: Rects) -> None:
        self._to_device()
        painter, dpr = self._painter, self._dpr
        rect = item.rect * self._scale
        rect[:, 0] += self._dx
        rect[:, 1] += self._dy
        if self._moving:
            ends = np.rint((rect[:, :2] + rect[:, 2:]) * dpr)
            rect[:, :2] = np.rint(rect[:, :2] * dpr)
            rect[:, 2:] = np.maximum(ends - rect[:, :2], 1.0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._swatches.draw(painter, rect / dpr, item.colour)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        look, rows, starts = _grouped(item.colour, rect)
        at = pointers(rows, QRectF)
        for a, z in zip(starts, [*starts[1:], len(rows)], strict=True):
            painter.setBrush(brush(int(look[a])))
            painter.drawRects(at(a), z - a)

    def _lines(self, item: Lines) -> None:
        self._to_logical()
        painter = self._painter
        width = item.width
        if self._moving:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            # Lines that are not antialiased are whole px wide: few pens, each for many of them.
            device = self._scale * self._dpr
            width = np.maximum(np.rint(width * device), 1.0) / device
        look = (item.colour.astype(np.uint64) << np.uint64(16)) | np.rint(width * 64).astype(np.uint64)
        kinds, rows, starts = _grouped(look, item.ends)
        at = pointers(rows, QLineF)
        for a, z in zip(starts, [*starts[1:], len(rows)], strict=True):
            kind = int(kinds[a])
            painter.setPen(pen(kind >> 16, (kind & 0xFFFF) / 64))
            painter.drawLines(at(a), z - a)
        if self._moving:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _soft(self, item: Soft) -> None:
        device = self._scale * self._dpr
        pixmap, margin = self._softs.get(item, device)
        self._to_device()
        x, y, _, _ = item.rect
        left = round((x * self._scale + self._dx) * self._dpr - margin)
        top = round(((y + item.drop) * self._scale + self._dy) * self._dpr - margin)
        pixel = self._pixel
        self._painter.drawPixmap(
            QRectF(left * pixel, top * pixel, pixmap.width() * pixel, pixmap.height() * pixel), pixmap,
            QRectF(pixmap.rect()),
        )  # fmt: skip

    def _size(self, px: float) -> float:
        """Device size of a text, rounded so that sprites repeat."""
        device = px * self._scale * self._dpr
        step = MOVING_STEP if self._moving else STILL_STEP
        return max(step, round(device / step) * step)

    def _numbers(self, item: Numbers) -> None:
        self._place_labels()
        weight, opaque = item.weight, item.colour & np.uint32(0x00FFFFFF)
        opacity = (item.colour >> np.uint32(24)) / 255.0
        x = item.at[:, 0] * self._scale + self._dx
        y = item.at[:, 1] * self._scale + self._dy
        rise = fonts.cap_height("number", weight) / 2
        step = MOVING_STEP if self._moving else STILL_STEP
        size = np.maximum(np.rint(item.px * (self._scale * self._dpr / step)) * step, step)
        for px in sorted(set(size.tolist())):
            for ink in sorted(set(opaque[size == px].tolist())):
                here = np.flatnonzero((size == px) & (opaque == ink))
                numbers = self._atlas.written((px, weight, ink))[item.codes[here]]
                if (numbers < 0).any():
                    self._new_numbers(item, here, (px, weight, ink), x, y, opacity)
                else:
                    self._atlas.place(numbers, x[here], y[here], opacity[here], self._dpr, rise * px)

    def _new_numbers(self, item: Numbers, here: Ints, kind: tuple[float, int, int], x: Floats, y: Floats,
                     opacity: Floats) -> None:  # fmt: skip
        """Place numbers of which some have to be rendered first; no more together than an empty atlas holds."""
        px, weight, _ = kind
        widest = float(LEXICON.advances(item.codes[here], weight).max()) * px
        together = min(self._atlas.holds(px, widest), _CHUNK)
        if not together:
            self._large(item._replace(codes=item.codes[here], at=item.at[here], px=item.px[here],
                                      colour=item.colour[here]))  # fmt: skip
            return
        rise = fonts.cap_height("number", weight) / 2
        for chunk in range(0, len(here), together):
            some = here[chunk : chunk + together]
            numbers = self._sprites(kind, item.codes[some])
            self._atlas.place(numbers, x[some], y[some], opacity[some], self._dpr, rise * px)

    def _large(self, item: Numbers | Text) -> None:
        """Texts that are larger than the atlas are drawn as they are."""
        self.flush()
        self._to_logical()
        draw_one(self._painter, item)

    def _sprites(self, kind: tuple[float, int, int], codes: Ints) -> NDArray[np.intp]:
        """The atlas numbers of texts of one size, weight and colour, rendering those it does not have."""
        px, weight, ink = kind
        table = self._atlas.written(kind)
        for code in dict.fromkeys(codes[table[codes] < 0].tolist()):
            text = LEXICON.text(code)
            width = fonts.advance(text, "number", weight) * px
            if not self._atlas.room(px, width):
                # The numbers found so far are void now.
                self.flush()
                self._atlas.clear()
                return self._sprites(kind, codes)
            table[code] = self._atlas.add(kind, text, (Glyphs(text, 0.0, 0.0, px, ink),), "number", weight, width, 1.0)
        return np.asarray(table[codes])

    def _text(self, item: Text) -> None:
        atlas = self._atlas
        ratio = self._size(item.px) / item.px
        kind, key = (item.kind, item.weight, ratio), item.glyphs
        number = atlas.shelf(kind).get(key)
        if number is None:
            tallest, width = max(g.px for g in item.glyphs) * ratio, item.width * ratio
            if not atlas.holds(tallest, width):
                self._large(item)
                return
            if not atlas.room(tallest, width):
                self.flush()
                atlas.clear()
            number = atlas.add(kind, key, item.glyphs, item.kind, item.weight, item.width, ratio)
        x, y = item.at[0] * self._scale + self._dx, item.at[1] * self._scale + self._dy
        self._labels.append((number, x, y, item.opacity))


def _grouped(
    look: NDArray[np.unsignedinteger], rows: Floats
) -> tuple[NDArray[np.unsignedinteger], Floats, list[int]]:
    """Looks and rows sorted by look, and where each look starts."""
    order = np.argsort(look, kind="stable")
    look, rows = look[order], np.ascontiguousarray(rows[order])
    starts = np.flatnonzero(np.concatenate([[True], look[1:] != look[:-1]]))
    return look, rows, starts.tolist()
