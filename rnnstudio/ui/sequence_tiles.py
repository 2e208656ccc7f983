"""How the cells of the sequence's table are drawn: tiles in the colours of values, the row at hand, the step's dots."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.colours import ink, value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.sentence import sentence
from rnnstudio.state.sequence_table import CLASS, TOKEN, WANTED, X, number_at, why_fixed
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_model import STEP, TILE, SequenceModel
from rnnstudio.ui.style import colour

#: Height of a tile in a row of 48 (DESIGN §16).
TILE_HEIGHT = 34.0
_Index = QModelIndex | QPersistentModelIndex


def value_fill(theme: Theme, value: float) -> tuple[QColor, QColor]:
    """The fill of a value and the ink on it."""
    rgb = value_colours(theme, [value])[0]
    black = bool(ink(rgb))
    return QColor(*(round(float(part)) for part in rgb)), QColor("#000000" if black else "#FFFFFF")


def cut_to(text: str, room: float, px: float, weight: int) -> str:
    """The text as far as there is room for it."""
    text = str(tr(text))
    if text_width(Verbatim(text), px, weight) <= room:
        return Verbatim(text)
    while text and text_width(Verbatim(f"{text}…"), px, weight) > room:
        text = text[:-1].rstrip()
    return Verbatim(f"{text}…")


class TileDelegate(QStyledItemDelegate):
    """Draws every cell by itself."""

    def __init__(self, table: QTableView, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self.theme, self.unit, self.px = theme, 1.0, 15.0

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell: ground, tile or words, and the frame of the one at hand."""
        model = index.model()
        if not isinstance(model, SequenceModel) or model.draft is None:
            return
        rect, here = QRect(option.rect), index.row() == self._table.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        if here:
            painter.fillRect(rect, colour(theme, "activeglow", 0.6))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen and not here:
            painter.fillRect(rect, colour(theme, "accentfill"))
        if index.row() < model.rowCount() - 1:
            painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), colour(theme, "divider"))
        shown, box = model.shown[index.column()], QRectF(rect)
        if shown.kind == STEP:
            self._step(painter, box, index.row(), here)
        elif shown.kind in (X, WANTED):
            self._tile(painter, box, model, index)
        elif shown.kind == TILE:
            self._one_hot(painter, box, model, index.row())
        else:
            self._words(painter, box, model, index)
        current = self._table.currentIndex()
        if (index.row(), index.column()) == (current.row(), current.column()) and shown.column is not None:
            painter.setPen(QPen(colour(theme, "accent"), max(3 * self.unit, 2) if self._table.hasFocus() else 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = self._inner(box, shown.kind in (TOKEN, CLASS)).adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(frame, 8 * self.unit, 8 * self.unit)
        painter.restore()

    def _inner(self, box: QRectF, words: bool = False) -> QRectF:
        """The place of a tile, or of words, in its cell: the last column is as wide as there is room."""
        high = min(TILE_HEIGHT * self.unit, box.height() - 6)
        wide = min(box.width(), column_width(TOKEN if words else X, self.unit))
        return QRectF(box.left() + 3, box.center().y() - high / 2, wide - 6, high)

    def _step(self, painter: QPainter, box: QRectF, row: int, here: bool) -> None:
        theme, y, unit = self.theme, box.center().y(), self.unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "text3"))
        for k in range(6):
            painter.drawEllipse(QPointF(box.left() + (21 + 6 * (k % 2)) * unit, y + 6 * unit * (k // 2 - 1)),
                                1.5 * unit, 1.5 * unit)  # fmt: skip
        wide = write(painter, box.right() - 12 * unit, y, str(row + 1), self.px,
                     colour(theme, "text" if here else "text2"), align="r", kind="number",
                     weight=700 if here else 500)  # fmt: skip
        if here and box.right() - 12 * unit - wide - 20 * unit > box.left() + 30 * unit:
            painter.setPen(QPen(colour(theme, "text"), 1.6))
            painter.setBrush(colour(theme, "active"))
            painter.drawEllipse(QPointF(box.right() - 24 * unit - wide, y), 6 * unit, 6 * unit)

    def _tile(self, painter: QPainter, box: QRectF, model: SequenceModel, index: _Index) -> None:
        draft, shown, row = model.draft, model.shown[index.column()], index.row()
        assert draft is not None and shown.column is not None
        inner, text, weight = self._inner(box), str(index.data()), 500
        value = number_at(draft, row, shown.column)
        on = colour(self.theme, "text2")
        if value is None:
            text, on = "none", colour(self.theme, "text3")
        elif not (shown.kind == WANTED and why_fixed(draft, row, shown.column)):
            fill, on = value_fill(self.theme, value)
            weight = 600
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(inner.adjusted(-2, 0, 2, 0), 5 * self.unit, 5 * self.unit)
        write(painter, inner.center().x(), inner.center().y(), text, self.px, on, align="c", kind="number",
              weight=weight)  # fmt: skip

    def _one_hot(self, painter: QPainter, box: QRectF, model: SequenceModel, row: int) -> None:
        """The one place of a word that is 1: a lit tile on the strip of the vocabulary, and which one it is."""
        draft, theme, unit = model.draft, self.theme, self.unit
        assert draft is not None
        count, at = max(len(draft.sequence.vocabulary), 1), int(draft.rows[row])
        strip = QRectF(box.left() + 12 * unit, box.center().y() - 7 * unit, box.width() - 96 * unit, 14 * unit)
        painter.setPen(QPen(colour(theme, "border"), 1))
        painter.setBrush(colour(theme, "zero"))
        painter.drawRoundedRect(strip, 3, 3)
        wide = max(strip.width() / count, 5 * unit)
        left = strip.left() + (strip.width() - wide) * (at / max(count - 1, 1))
        painter.setPen(QPen(colour(theme, "x"), 2))
        painter.setBrush(colour(theme, "pos"))
        painter.drawRoundedRect(QRectF(left, strip.top() - 2, wide, strip.height() + 4), 3, 3)
        write(painter, strip.right() + 12 * unit, box.center().y(),
              sentence("{at} of {count}", at=at + 1, count=count), 0.9 * self.px,
              colour(theme, "text2"), kind="number", weight=450)  # fmt: skip

    def _words(self, painter: QPainter, box: QRectF, model: SequenceModel, index: _Index) -> None:
        text, shown = str(index.data()), model.shown[index.column()]
        assert model.draft is not None
        fixed = shown.column is not None and why_fixed(model.draft, index.row(), shown.column)
        token = "text2" if fixed or not text else "text"
        left = box.left() + 12 * self.unit
        write(painter, left, box.center().y(), cut_to(text or "none", box.width() - 20 * self.unit, self.px, 500),
              self.px, colour(self.theme, token), weight=500)  # fmt: skip


class TableHead(QHeaderView):
    """The heads of the columns: inputs as mathematics in the colour of x."""

    def __init__(self, parent: QTableView, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme, self.unit, self.px = theme, 1.0, 15.0
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    @guarded()
    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one head."""
        model = self.model()
        if not isinstance(model, SequenceModel) or section >= len(model.shown):
            return
        shown, theme, unit = model.shown[section], self.theme, self.unit
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colour(theme, "raised"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), colour(theme, "divider"))
        y = rect.center().y() + 0.5
        middle = rect.left() + min(rect.width(), column_width(X, unit)) / 2
        if shown.kind == X and shown.column is not None:
            mathtext.draw(painter, middle, y, f"x_{{{shown.column.index + 1}}}", 1.45 * self.px, theme, align="c",
                          role="x", ground="raised")  # fmt: skip
        else:
            right = shown.kind == STEP
            at = rect.right() - 12 * unit if right else rect.left() + 12 * unit
            align = "r" if right else "l"
            if shown.kind == WANTED:
                at, align = middle, "c"
            write(painter, at, y, cut_to(shown.title, rect.width() - 10 * unit, 0.95 * self.px, 600), 0.95 * self.px,
                  colour(theme, "text2"), align=align, weight=600)  # fmt: skip
        painter.restore()


def column_width(kind: str, unit: float) -> int:
    """Pixels of a column (DESIGN §16: tiles of 132)."""
    wide = {STEP: 104.0, TOKEN: 200.0, "label": 200.0, TILE: 320.0, X: 132.0, WANTED: 132.0, CLASS: 240.0}[kind]
    return round(wide * unit)
