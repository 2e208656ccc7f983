"""The formula bar: symbols, numbers, result, side by side, at the sizes of DESIGN §9."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from rnnstudio.diagram.formula import Page, Piece, Zone
from rnnstudio.diagram.formula_sizes import (
    BRACKETS,
    GHOST_GAP,
    GHOST_SIZE,
    cell_width,
    ghost_texts,
    ghost_width,
    texts_of,
)
from rnnstudio.diagram.keys import Key
from rnnstudio.files.theme import Theme
from rnnstudio.paint import fonts, mathtext
from rnnstudio.paint.colours import argb, ink, pack, value_colours
from rnnstudio.paint.qtsafe import f, rgb
from rnnstudio.sentence import joined

#: Margin at both sides of the bar, room between two zones, the chevron's distance from the next zone.
MARGIN, BETWEEN, CHEVRON = 24.0, 44.0, 26.0
#: The result's band begins this far left of it.
BAND = 14.0
DOT, DOT_GAP = 3.0, 11.0
Areas = list[tuple[QRectF, Key]]


@dataclass(frozen=True)
class Sizes:
    """Text sizes in px: numbers, mathematics, captions, the note; a row in sizes of its number; the least number."""

    number: float
    math: float
    caption: float
    note: float
    rows: float
    least: float


NORMAL = Sizes(15.0, 24.0, 12.5, 12.5, 1.45, 12.0)
COMPACT = Sizes(12.0, 18.5, 10.0, 10.0, 1.45, 10.0)
WIDE = Sizes(28.0, 36.0, 22.0, 28.0, 1.26, 28.0)


def paint_formula_bar(
    painter: QPainter,
    rect: QRectF,
    page: Page,
    theme: Theme,
    *,
    compact: bool = False,
    page_index: int = 0,
    page_count: int = 1,
    labels: bool = True,
) -> Areas:
    """Paint a page of the formula bar.

    Parameters
    ----------
    painter : QPainter
        In px of the bar.
    rect : QRectF
        The bar.
    page : Page
        What it says.
    theme : Theme
        A wide one has the sizes for a lecture hall.
    compact : bool
        The sizes of a small window.
    page_index, page_count : int
        Which dot is full, of how many.
    labels : bool
        Whether the zones are named; a room is told their notes alone.

    Returns
    -------
    list of (QRectF, Key)
        Where the things of the diagram stand in the bar, for pointing at them.
    """
    sizes = WIDE if theme.wide else COMPACT if compact else NORMAL
    bar = _Bar(painter, rect, theme, sizes, labels, any(zone.note for zone in page.zones))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, bar.colour("panel"))
    painter.setPen(QPen(bar.colour("border"), 1.0))
    painter.drawLine(QLineF(rect.left(), rect.top() + 0.5, rect.right(), rect.top() + 0.5))
    bar.zones(page)
    if page_count > 1:
        bar.dots(page_index, page_count)
    painter.restore()
    return bar.areas


class _Bar:
    def __init__(
        self, painter: QPainter, rect: QRectF, theme: Theme, sizes: Sizes, labels: bool, noted: bool
    ) -> None:  # fmt: skip
        self.painter, self.rect, self.theme, self.sizes, self.labels = painter, rect, theme, sizes, labels
        self.top = rect.top() + (sizes.caption * 1.6 if labels or noted else 0.0) + 16
        self.room = rect.bottom() - self.top - 8
        self.middle = self.top + self.room / 2
        self.scale = 1.0
        self.areas: Areas = []

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """A token of the theme."""
        return rgb(argb(self.theme, token, 1.0, alpha, "panel"))

    @property
    def number(self) -> float:
        """Size of the numbers, at the scale that the page needs."""
        return max(self.sizes.number * self.scale, self.sizes.least)

    def _caption(self, zone: Zone) -> str:
        if not self.labels:
            return zone.note
        return joined("   ", (zone.caption, zone.note)) if zone.note else zone.caption

    def zones(self, page: Page) -> None:
        """The three zones, each as wide as its content, what is left shared out by width."""
        available = self.rect.width() - 2 * MARGIN - 2 * BETWEEN
        widths = [self._zone_width(zone) for zone in page.zones]
        if sum(widths) > available:
            self.scale = max(available / sum(widths), self.sizes.least / self.sizes.number, 0.5)
            widths = [self._zone_width(zone) for zone in page.zones]
        spare = max(available - sum(widths), 0.0)
        total = sum(widths) or 1.0
        x = self.rect.left() + MARGIN
        for k, (zone, natural) in enumerate(zip(page.zones, widths, strict=True)):
            last = k == len(page.zones) - 1
            width = natural + spare * natural / total + (0.0 if last else BETWEEN)
            if last and zone.lit:
                self._band(x, self.rect.right() - MARGIN - x)
            self._zone(zone, x)
            if not last:
                self._chevron(x + width - CHEVRON)
            x += width

    def _band(self, x: float, width: float) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.colour("activeglow", max(self.theme.band, 0.42)))
        area = QRectF(x - BAND, self.top - 4, width + BAND, self.rect.bottom() - self.top)
        self.painter.drawRoundedRect(area, 10, 10)

    def _chevron(self, x: float) -> None:
        k = self.sizes.math / 24
        pen = QPen(self.colour("text3"), 2 * k)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        y = self.middle
        self.painter.drawPolyline(QPolygonF([QPointF(x - 4 * k, y - 8 * k), QPointF(x + 4 * k, y),
                                             QPointF(x - 4 * k, y + 8 * k)]))  # fmt: skip

    def dots(self, index: int, count: int) -> None:
        """A dot a page, the current one full; many pages as ``3 / 14``."""
        y = self.rect.top() + (self.top - self.rect.top()) / 2 + 4
        right = self.rect.right() - MARGIN
        if count > 8:
            fonts.write(self.painter, right, y, f"{index + 1} / {count}", self.sizes.caption, self.colour("text3"),
                        align="r", kind="number", weight=600)  # fmt: skip
            return
        k = self.sizes.caption / 12.5
        for page in range(count):
            x = right - (count - 1 - page) * DOT_GAP * k - DOT * k
            self.painter.setPen(QPen(self.colour("text3"), 1.2 * k))
            self.painter.setBrush(self.colour("text2") if page == index else Qt.BrushStyle.NoBrush)
            self.painter.drawEllipse(QPointF(x, y), DOT * k, DOT * k)

    def _zone(self, zone: Zone, x: float) -> None:
        caption = self._caption(zone)
        y = self.rect.top() + (self.top - self.rect.top()) / 2 + 4
        fonts.write(self.painter, x, y, caption, self.sizes.caption, self.colour("text3"), weight=600)
        pitch = self._pitch(zone)
        first = self.middle - (len(zone.lines) - 1) * pitch / 2
        for k, line in enumerate(zone.lines):
            middle = first + k * pitch
            if k == zone.current_line:
                self.painter.setPen(Qt.PenStyle.NoPen)
                self.painter.setBrush(self.colour("activeglow", 0.8))
                wide = self._line_width(line) + 26
                self.painter.drawRoundedRect(QRectF(x - 10, middle - pitch / 2, wide, pitch), 7, 7)
            self._line(line, x, middle, zone.rounded and k == len(zone.lines) - 1)

    def _pitch(self, zone: Zone) -> float:
        """Distance of two lines: as in a formula, less where many share the height."""
        if len(zone.lines) < 2:
            return self.room
        return min(self.sizes.math * (1.18 if len(zone.lines) > 2 else 1.3), self.room / len(zone.lines))

    def _line(self, line: Iterable[Piece], x: float, y: float, rounded: bool) -> None:
        pieces = list(line)
        notes = rounded
        for k, piece in enumerate(pieces):
            if piece.kind == "math":
                px = self._math_px(piece)
                width = mathtext.draw(self.painter, x, y, piece.text, px, self.theme, level=piece.level, ground="panel")
                x += width + 3
                notes = notes or piece.rounded
                continue
            here = piece.rounded or (rounded and k == len(pieces) - 1)
            if here and k == len(pieces) - 1:
                notes = False
            width = self._block(piece, x, y)
            x += width
            if here:
                x += self._note_at(piece, x - width, width, y)
            x += self._gap(pieces[k + 1 : k + 2])
        if notes:
            self._note(x + self.number * 0.7, y)

    def _gap(self, following: list[Piece]) -> float:
        """The room after a vector: little before what closes or parts."""
        closes = bool(following) and following[0].text[:1] in (")", ",")
        return 3.0 if closes else self.number * 0.45

    def _note_at(self, piece: Piece, x: float, width: float, y: float) -> float:
        """The note under a vector, where there is room under it, else right of it; the width that it takes."""
        height = piece.lines * self._row(piece.lines)
        below = y + height / 2 + self.sizes.note * 0.95
        if self.theme.wide or below + self.sizes.note * 0.55 > self.rect.bottom():
            self._note(x + width + 6, y)
            return self._note_width() + 6
        self._note(x + width / 2, below, "c")
        return 0.0

    def _note_width(self) -> float:
        return fonts.text_width("rounded", self.sizes.note, 450)

    def _note(self, x: float, y: float, align: str = "l") -> None:
        fonts.write(self.painter, x, y, "rounded", self.sizes.note, self.colour("text3"), align=align, weight=450)

    def _math_px(self, piece: Piece) -> float:
        return self.sizes.math * (0.88 if piece.small else 1.04) * self.scale

    def _row(self, rows: int) -> float:
        """Height of a row: less where many share the height of the bar."""
        return min(self.number * self.sizes.rows, self.room / max(rows, 1))

    def _block(self, piece: Piece, x: float, y: float) -> float:
        """A vector or matrix in brackets, its left edge at x; the width that it takes."""
        texts = texts_of(piece)
        rows, columns = piece.lines, max(len(texts) // max(piece.lines, 1), 1)
        cell, height = cell_width(texts, self.number, piece.kind == "matrix"), self._row(rows)
        px = min(self.number, height / 1.15)
        left, top = x + BRACKETS / 2, y - rows * height / 2
        if piece.known and piece.values is not None:
            self._values(piece, texts, columns, QRectF(left, top, cell, height), px)
        else:
            self._unknown(piece, QRectF(left, top, columns * cell, rows * height), px)
        self._brackets(x, y, columns * cell, rows * height, piece.role)
        if piece.key is not None:
            area = QRectF(x, top - 3, columns * cell + BRACKETS, rows * height + 6)
            self.areas.append((area, piece.key))
        self._ghost(piece, x + columns * cell + BRACKETS, y, self._row(piece.rows))
        return columns * cell + BRACKETS + ghost_width(piece, self.number)

    def _ghost(self, piece: Piece, x: float, y: float, height: float) -> None:
        """The numbers of a second run right of the brackets: in a thin frame, or behind the bar of an edit."""
        texts = ghost_texts(piece)
        if not texts:
            return
        px, whole = min(self.number * GHOST_SIZE, height / 1.15), len(texts) * height
        cell = ghost_width(piece, self.number) - GHOST_GAP
        box = QRectF(x + GHOST_GAP, y - whole / 2, cell, whole)
        if piece.old:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.colour("accent"))
            self.painter.drawRoundedRect(QRectF(box.left(), box.top(), 3, whole), 1.5, 1.5)
        else:
            self.painter.setPen(QPen(self.colour(piece.role, 0.6), 1.5 * self.theme.stroke))
            self.painter.setBrush(self.colour("canvas"))
            self.painter.drawRoundedRect(box, 5, 5)
        for row, text in enumerate(texts):
            middle = box.top() + (row + 0.5) * height
            if row and not piece.old:
                self.painter.setPen(QPen(self.colour(piece.role, 0.25), 1.0))
                edge = box.top() + row * height
                self.painter.drawLine(QLineF(box.left() + 3, edge, box.right() - 3, edge))
            fonts.write(self.painter, box.center().x() + (2 if piece.old else 0), middle, text, px,
                        self.colour("text3"), align="c", kind="number", weight=450)  # fmt: skip

    def _values(self, piece: Piece, texts: list[str], columns: int, first: QRectF, px: float) -> None:
        values = np.asarray(piece.values, dtype=np.float64).ravel()
        colours = value_colours(self.theme, values, piece.vmax)
        fills, inks = pack(colours), ink(colours)
        seam = QPen(self.colour("canvas"), 1.0)
        for k, text in enumerate(texts):
            row, column = divmod(k, columns)
            cell = first.translated(column * first.width(), row * first.height())
            self.painter.setBrush(rgb(fills[k]))
            self.painter.setPen(seam)
            self.painter.drawRect(cell)
            colour = QColor("#000000" if bool(inks[k]) else "#FFFFFF")
            if not np.isfinite(values[k]):
                colour = self.colour("error")
            size = min(px, px * f(first.width() - 4) / max(fonts.text_width(text, px, 500, "number"), 1e-6))
            fonts.write(self.painter, cell.center().x(), cell.center().y(), text, size, colour, align="c",
                        kind="number", weight=500)  # fmt: skip

    def _unknown(self, piece: Piece, area: QRectF, px: float) -> None:
        pen = QPen(rgb(argb(self.theme, piece.role, 0.75, 1.0, "panel")), 1.6 * self.theme.stroke)
        pen.setDashPattern([5 / 1.6, 4 / 1.6])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.painter.setPen(pen)
        self.painter.setBrush(self.colour("canvas", 0.6))
        self.painter.drawRoundedRect(area, 5, 5)
        count = max(piece.rows, 1)
        width, height = (area.width() / count, 0.0) if piece.across else (0.0, area.height() / count)
        first = area.center() - QPointF(width, height) * ((count - 1) / 2)
        for k in range(piece.rows):
            middle = first + QPointF(width, height) * k
            if k:
                self.painter.setPen(QPen(rgb(argb(self.theme, piece.role, 1.0, 0.25)), 1.0))
                between = middle - QPointF(width, height) / 2
                half = QPointF(0.0, area.height() / 2 - 4) if piece.across else QPointF(area.width() / 2 - 4, 0.0)
                self.painter.drawLine(QLineF(between - half, between + half))
            fonts.write(self.painter, middle.x(), middle.y(), "?", px, self.colour("text2"), align="c", weight=600)

    def _brackets(self, x: float, y: float, width: float, height: float, role: str) -> None:
        pen = QPen(self.colour(role), 1.8 * self.theme.stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        top, bottom = y - height / 2 - 3, y + height / 2 + 3
        for at, inwards in ((x, 5.0), (x + width + BRACKETS, -5.0)):
            self.painter.drawPolyline(QPolygonF([QPointF(at + inwards, top), QPointF(at, top), QPointF(at, bottom),
                                                 QPointF(at + inwards, bottom)]))  # fmt: skip

    def _line_width(self, line: Iterable[Piece]) -> float:
        width = 0.0
        for piece in line:
            if piece.kind == "math":
                width += mathtext.measure(piece.text, self._math_px(piece)) + 3
                note = piece.rounded
            else:
                texts = texts_of(piece)
                columns = max(len(texts) // max(piece.lines, 1), 1)
                width += columns * cell_width(texts, self.number, piece.kind == "matrix") + BRACKETS
                width += self.number * 0.45 + ghost_width(piece, self.number)
                note = piece.rounded and (self.theme.wide or piece.lines > 3)
            width += self._note_width() + 6 if note else 0.0
        return width

    def _zone_width(self, zone: Zone) -> float:
        width = max((self._line_width(line) for line in zone.lines), default=0.0)
        if zone.rounded:
            width += self._note_width() + 10 if self.theme.wide else 0.0
            last = zone.lines[-1][-1] if zone.lines and zone.lines[-1] else None
            beside = last is None or last.kind == "math" or last.lines > 3
            width += self._note_width() + 10 if beside and not self.theme.wide else 0.0
        caption = self._caption(zone)
        return max(width, fonts.text_width(caption, self.sizes.caption, 600))
