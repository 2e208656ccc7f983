"""Sprites: texts rendered once into an atlas, shadows and glows rendered once into pixmaps."""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from rnnstudio.diagram.layout import Floats
from rnnstudio.paint import fonts
from rnnstudio.paint.colours import Colours
from rnnstudio.paint.lexicon import LEXICON
from rnnstudio.paint.primitives import Glyphs, Soft
from rnnstudio.paint.qtsafe import pointer, rgb

ATLAS_WIDTH, ATLAS_HEIGHT = 2048, 1536
#: Cached shadows and glows, in bytes.
SOFT_BYTES = 24 * 2**20
#: Shapes that a shadow is stacked of; a glow has one more.
SOFT_STEPS = 6
_MARGIN = 1


class Atlas:
    """A bounded cache of rendered texts; when it is full it starts anew.

    A text in it is known by a number; `place` turns numbers and positions into waiting fragments, `flush` draws them.
    """

    #: Columns of the table of sprites: left, top, width, height in the atlas, the baseline's origin in it, the
    #: text's width (device px).
    _COLUMNS = 7

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._found: dict[object, dict[object, int]] = {}
        self._written: dict[object, NDArray[np.intp]] = {}
        self._table = np.empty((512, self._COLUMNS))
        self._used = 0
        self._x = self._y = self._row = 0
        #: Fragments waiting to be drawn, ten floats each (the fields of QPainter.PixmapFragment).
        self._waiting = np.empty((1024, 10))
        self._count = 0

    def clear(self) -> None:
        """Start anew; draw what waits before."""
        pixmap = QPixmap(ATLAS_WIDTH, ATLAS_HEIGHT)
        pixmap.fill(Qt.GlobalColor.transparent)
        self._pixmap = pixmap
        self._found.clear()
        self._written.clear()
        self._used = self._x = self._y = self._row = 0

    def shelf(self, kind: object) -> dict[object, int]:
        """The numbers of all texts of a kind that are in the atlas (valid until `clear`)."""
        return self._found.setdefault(kind, {})

    def written(self, kind: object) -> NDArray[np.intp]:
        """The numbers of texts of a kind by their codes in the `LEXICON`, −1 for those that are not in the atlas."""
        table = self._written.get(kind)
        if table is None or len(table) < len(LEXICON):
            old = np.empty(0, dtype=np.intp) if table is None else table
            new = np.full(max(64, 2 * len(LEXICON) - len(old)), -1, dtype=np.intp)
            table = self._written[kind] = np.concatenate([old, new])
        return table

    def room(self, px: float, width: float) -> bool:
        """Whether there is room for one more text of that size and width in device px."""
        w, h, _, _ = _box(px, width, tight=False)
        return self.room_for(w, h)

    def room_for(self, w: int, h: int) -> bool:
        """Whether there is room for one more sprite of that many device px."""
        if self._x + w > ATLAS_WIDTH:
            return w <= ATLAS_WIDTH and self._y + self._row + h <= ATLAS_HEIGHT
        return self._y + h <= ATLAS_HEIGHT

    def holds(self, px: float, width: float) -> int:
        """How many texts of that size and width fit into an empty atlas."""
        w, h, _, _ = _box(px, width, tight=False)
        return (ATLAS_WIDTH // w) * (ATLAS_HEIGHT // h)

    def add(self, kind: object, key: object, glyphs: tuple[Glyphs, ...], face: str, weight: int, width: float,
            scale: float) -> int:  # fmt: skip
        """Render a text at a scale (see to it before that there is `room`); returns its number."""
        w, h, side, up = _box(max(g.px for g in glyphs) * scale, width * scale, tight=face == "number")

        def letters(painter: QPainter, left: int, top: int) -> None:
            for g in glyphs:
                fonts.draw(painter, left + side + g.x * scale, top + up + g.y * scale, g.text, g.px * scale,
                           rgb(g.colour | 0xFF000000), face, weight)  # fmt: skip

        number = self.draw(w, h, letters, (side, up), width * scale)
        self._found.setdefault(kind, {})[key] = number
        return number

    def draw(self, w: int, h: int, paint: Callable[[QPainter, int, int], None],
             origin: tuple[float, float] = (0.0, 0.0), width: float = 0.0) -> int:  # fmt: skip
        """Render a sprite of that many device px (see to it before that there is `room_for` it); returns its number.

        ``paint`` gets a painter and the sprite's left and top.
        """
        if self._pixmap is None:
            self.clear()
        assert self._pixmap is not None
        if self._x + w > ATLAS_WIDTH:
            self._x, self._y, self._row = 0, self._y + self._row, 0
        with QPainter(self._pixmap) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            painter.setClipRect(self._x, self._y, w, h)
            paint(painter, self._x, self._y)
        if self._used == len(self._table):
            self._table = np.concatenate([self._table, np.empty_like(self._table)])
        number = self._used
        self._table[number] = self._x, self._y, w, h, *origin, width
        self._used += 1
        self._x += w
        self._row = max(self._row, h)
        return number

    def place_box(
        self, number: int, box: tuple[int, int, int, int], corner: int, opacity: float, dpr: float
    ) -> None:
        """Let a sprite wait so that it fills a box of device px (left, top, width, height).

        Its corners, squares of ``corner`` px, stay as they are; its middle row and column are stretched between them.
        """
        left, top, w, h = box
        x, y, whole_w, whole_h = self._table[number, :4].tolist()
        across, down = w - 2 * corner, h - 2 * corner
        #: Of each column (row) of parts: middle on the surface, left (top) in the atlas, length there, stretched by.
        columns = (
            (left + corner / 2, x, corner, 1.0), (left + w / 2, x + whole_w // 2, 1.0, across),
            (left + w - corner / 2, x + whole_w - corner, corner, 1.0),
        )  # fmt: skip
        rows = (
            (top + corner / 2, y, corner, 1.0), (top + h / 2, y + whole_h // 2, 1.0, down),
            (top + h - corner / 2, y + whole_h - corner, corner, 1.0),
        )  # fmt: skip
        pixel = 1.0 / dpr
        parts = [
            (cx * pixel, cy * pixel, sx, sy, sw, sh, fx * pixel, fy * pixel, 0.0, opacity)
            for cy, sy, sh, fy in rows if fy > 0
            for cx, sx, sw, fx in columns if fx > 0
        ]  # fmt: skip
        while self._count + len(parts) > len(self._waiting):
            self._waiting = np.concatenate([self._waiting, np.empty_like(self._waiting)])
        self._waiting[self._count : self._count + len(parts)] = parts
        self._count += len(parts)

    def place(
        self, numbers: NDArray[np.intp], x: Floats, y: Floats, opacity: Floats | float, dpr: float,
        middle: float | None = None,
    ) -> None:  # fmt: skip
        """Let sprites wait, their baselines' origins at (x, y) in px of the surface, moved to whole device px.

        With ``middle`` (device px that the middle of the text lies above its baseline) x and y are its middle.
        """
        count = len(numbers)
        while self._count + count > len(self._waiting):
            self._waiting = np.concatenate([self._waiting, np.empty_like(self._waiting)])
        rows = self._waiting[self._count : self._count + count]
        self._count += count
        sprites = self._table[numbers]
        off_x, off_y = sprites[:, 4], sprites[:, 5]
        if middle is not None:
            off_x, off_y = off_x + sprites[:, 6] / 2, off_y - middle
        # A fragment is placed by its centre.
        rows[:, 0] = (np.rint(x * dpr - off_x) + sprites[:, 2] / 2) / dpr
        rows[:, 1] = (np.rint(y * dpr - off_y) + sprites[:, 3] / 2) / dpr
        rows[:, 2:6] = sprites[:, :4]
        rows[:, 6:8] = 1.0 / dpr
        rows[:, 8] = 0.0
        rows[:, 9] = opacity

    @property
    def waiting(self) -> bool:
        """Whether there is something to `flush`."""
        return self._count > 0

    def flush(self, painter: QPainter) -> None:
        """Draw what waits, in one call."""
        if self._count and self._pixmap is not None:
            painter.drawPixmapFragments(pointer(self._waiting, QPainter.PixmapFragment), self._count, self._pixmap)
        self._count = 0


def _box(px: float, width: float, *, tight: bool) -> tuple[int, int, int, int]:
    """Width and height that a text takes in the atlas, and its origin's distance from the left and from the top.

    ``tight``: figures, which stay between baseline and capitals but for the foot of a bracket or an e.
    """
    if tight:
        up = int(0.78 * px) + _MARGIN
        return int(width) + 2 * _MARGIN + 1, up + int(0.16 * px) + _MARGIN, _MARGIN, up
    side, up = int(0.15 * px) + _MARGIN, int(1.15 * px) + _MARGIN
    return int(width) + 2 * side + 1, up + int(0.55 * px) + _MARGIN, side, up


class Swatches:
    """Flat colours as pixels of one pixmap, so that rectangles of any colours are drawn in one call."""

    _SIDE, _PITCH = 96, 3

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._found: dict[int, int] = {}

    def draw(self, painter: QPainter, rect: Floats, colour: Colours) -> None:
        """Fill rectangles (left, top, width, height in whole device px of the painter) with their colours."""
        wanted = (colour & np.uint32(0x00FFFFFF)).tolist()
        looks = set(wanted)
        if self._pixmap is None or len(self._found) + len(looks) > self._SIDE**2:
            self._pixmap = QPixmap.fromImage(
                QImage(self._SIDE * self._PITCH, self._SIDE * self._PITCH, QImage.Format.Format_RGB32)
            )
            self._found.clear()
        for look in looks - self._found.keys():
            self._add(look)
        cells = np.asarray(list(map(self._found.__getitem__, wanted)), dtype=np.intp)
        rows = np.empty((len(rect), 10))
        rows[:, :2] = rect[:, :2] + rect[:, 2:] / 2
        rows[:, 2] = cells % self._SIDE * self._PITCH + 1
        rows[:, 3] = cells // self._SIDE * self._PITCH + 1
        rows[:, 4:6] = 1.0
        rows[:, 6:8] = rect[:, 2:]
        rows[:, 8] = 0.0
        rows[:, 9] = (colour >> np.uint32(24)) / 255.0
        painter.drawPixmapFragments(pointer(rows, QPainter.PixmapFragment), len(rows), self._pixmap)

    def _add(self, look: int) -> None:
        assert self._pixmap is not None
        cell = self._found[look] = len(self._found)
        x, y = cell % self._SIDE * self._PITCH, cell // self._SIDE * self._PITCH
        with QPainter(self._pixmap) as painter:
            painter.fillRect(x, y, self._PITCH, self._PITCH, rgb(look | 0xFF000000))


class Softs:
    """Rendered shadows and glows, the longest unused dropped first."""

    def __init__(self) -> None:
        self._found: OrderedDict[object, tuple[QPixmap, float]] = OrderedDict()
        self._bytes = 0

    def get(self, soft: Soft, scale: float) -> tuple[QPixmap, float]:
        """The pixmap of a shadow or glow at a scale and the margin around its rectangle, in device px."""
        _, _, w, h = soft.rect
        key = (round(w * scale), round(h * scale), soft.radius, soft.colour, soft.spread,
               round(soft.strength * soft.opacity, 2), soft.glow, round(scale, 3))  # fmt: skip
        found = self._found.get(key)
        if found is not None:
            self._found.move_to_end(key)
            return found
        margin = float(int(soft.spread * scale) + 3)
        pixmap = QPixmap(int(w * scale + 2 * margin) + 1, int(h * scale + 2 * margin) + 1)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        draw_soft(painter, soft._replace(rect=(margin / scale, margin / scale, w, h), drop=0.0))
        painter.end()
        self._found[key] = (pixmap, margin)
        self._bytes += 4 * pixmap.width() * pixmap.height()
        while self._bytes > SOFT_BYTES and len(self._found) > 1:
            _, (old, _) = self._found.popitem(last=False)
            self._bytes -= 4 * old.width() * old.height()
        return pixmap, margin


def draw_soft(painter: QPainter, soft: Soft) -> None:
    """A shadow or glow as stacked rounded rectangles, largest first."""
    x, y, w, h = soft.rect
    steps = SOFT_STEPS + soft.glow
    colour = rgb(soft.colour)
    colour.setAlphaF(min(1.0, soft.strength * soft.opacity / steps))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for k in range(steps, 0, -1):
        g = soft.spread * k / steps
        gx, gy, gr = (g, g, g) if soft.glow else (0.6 * g, 0.5 * g, 0.6 * g)
        below = gy if soft.glow else 0.6 * g
        r = soft.radius + gr
        painter.drawRoundedRect(QRectF(x - gx, y - gy + soft.drop, w + 2 * gx, h + gy + below), r, r)
