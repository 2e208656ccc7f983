"""The rows of the list of all commands: icon, name with the letters that were looked for, place, numbers, key."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rnnstudio.diagram.formula import Inspection
from rnnstudio.paint import mathtext
from rnnstudio.paint.colours import value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.ui.caps import draw_cap, draw_keys
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.inspector_values import draw_tile, draw_unknown
from rnnstudio.ui.palette_entries import Entry
from rnnstudio.ui.style import colour, draw_icon

if TYPE_CHECKING:
    from rnnstudio.ui.palette import Palette

#: DESIGN §16: heights of a row and of a group's name, places across, sizes of letters.
ROW, GROUP = 54.0, 40.0
EDGE, ICON, NAME, RIGHT = 12.0, 46.0, 80.0, 28.0
LETTERS, QUIET, SYMBOL, HEAD = 16.5, 14.0, 21.0, 12.5
#: A value's tile, and the tiles that fit into a row.
TILE, MOST_TILES = (50.0, 26.0), 4
#: The icon of a vector: so many cells.
CELLS = 3


class Rows(QStyledItemDelegate):
    """Draws the rows of the list; a row without an entry is the name of a group."""

    def __init__(self, panel: Palette) -> None:
        super().__init__(panel)
        self._panel = panel

    @guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height of a row, or of a group's name."""
        entry = self._panel.entry(index.row())
        return QSize(0, round((GROUP if entry is None else ROW) * self._panel.unit))

    @guarded()
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row in px of the drawing."""
        panel, entry, box = self._panel, self._panel.entry(index.row()), QRectF(option.rect)
        theme, unit = panel.theme, panel.unit
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        painter.scale(unit, unit)
        wide, high = box.width() / unit, box.height() / unit
        if entry is None:
            words = str(index.data()).upper()
            write(painter, RIGHT, high / 2 + 2, words, HEAD, colour(theme, "text3"), weight=600)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen or option.state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(QPen(colour(theme, "accent"), 1.6) if chosen else Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "accentfill", 1.0 if chosen else 0.5))
                painter.drawRoundedRect(QRectF(EDGE, 1, wide - 2 * EDGE, high - 2), 10, 10)
            self._row(painter, entry, wide, high / 2, chosen)
        painter.restore()

    def _row(self, painter: QPainter, entry: Entry, wide: float, y: float, chosen: bool) -> None:
        theme, right = self._panel.theme, wide - RIGHT
        if entry.said is None:
            ink = colour(theme, "dim" if entry.off else "accent" if entry.icon == "lesson" else "op")
            draw_icon(painter, entry.icon, ink, ICON, y, 24)
        else:
            self._mark(painter, entry.said, y)
        if entry.keys:
            right = draw_keys(painter, theme, right, y, entry.keys[0]) - 14
        elif chosen and not entry.off:
            right = draw_cap(painter, theme, right, y, "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}") - 14
        if entry.said is not None:
            right = self._tiles(painter, entry.said, right, y) - 14
        x = self._name(painter, entry, y)
        if entry.said is not None:
            x += 6 + mathtext.draw(painter, x + 6, y, entry.said.symbol, self._fitting(entry.said), theme,
                                   role=entry.said.role, ground="raised")  # fmt: skip
        words = entry.off or entry.context
        if x + 16 < right:
            write(painter, x + 16, y + 0.5, cut(words, right - x - 16, QUIET), QUIET, colour(theme, "text3"))

    def _fitting(self, said: Inspection) -> float:
        """The size of a symbol: a long one, a gate with all its terms, is set smaller."""
        return min(SYMBOL, SYMBOL * 150 / max(mathtext.measure(said.symbol, SYMBOL), 1.0))

    def _name(self, painter: QPainter, entry: Entry, y: float) -> float:
        """The name, its letters that were looked for in the accent; returns where it ends."""
        theme, x, marked = self._panel.theme, NAME, set(entry.letters)
        ink = colour(theme, "text3" if entry.off else "text")
        for hit, letters in groupby(enumerate(entry.name), key=lambda pair: pair[0] in marked):
            words = "".join(letter for _, letter in letters)
            x += write(painter, x, y, words, LETTERS, colour(theme, "accent") if hit else ink,
                       weight=700 if hit else 500)  # fmt: skip
        return x

    def _mark(self, painter: QPainter, said: Inspection, y: float) -> None:
        """A thing of the picture, small: R as its box, weights as a square, a vector as a column in its colours."""
        theme = self._panel.theme
        painter.setPen(QPen(colour(theme, said.role), 2.0))
        if said.key.what in ("cell", "layer") or said.role == "op":
            painter.setBrush(colour(theme, "boxfill"))
            painter.drawRoundedRect(QRectF(ICON - 11, y - 11, 22, 22), 5, 5)
        elif said.role in ("W", "U", "V"):
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(QRectF(ICON - 9, y - 9, 18, 18), 3, 3)
        else:
            self._column(painter, said, QRectF(ICON - 8, y - 14, 16, 28))

    def _column(self, painter: QPainter, said: Inspection, box: QRectF) -> None:
        theme = self._panel.theme
        painter.setBrush(colour(theme, "raised"))
        painter.drawRoundedRect(box, 4, 4)
        if said.values is None:
            return
        values = np.asarray(said.values, dtype=np.float64).ravel()[:CELLS]
        inner = box.adjusted(2, 2, -2, -2)
        high = inner.height() / len(values)
        for k, fill in enumerate(value_colours(theme, values)):
            ink = colour(theme, "text")
            ink.setRgb(*(round(float(part)) for part in fill))
            painter.fillRect(QRectF(inner.left(), inner.top() + k * high, inner.width(), high), ink)

    def _tiles(self, painter: QPainter, said: Inspection, right: float, y: float) -> float:
        """The first numbers of a thing, ending at ``right``; a vector that goes on says how many there are."""
        theme, decimals, (wide, high) = self._panel.theme, self._panel.decimals, TILE
        if not said.size or said.role in ("W", "U", "V"):
            return right
        shown = min(said.size, MOST_TILES)
        if said.size > shown:
            words = f"\N{HORIZONTAL ELLIPSIS} {said.size}"
            write(painter, right, y, words, QUIET, colour(theme, "text3"), align="r")
            right -= text_width(words, QUIET) + 8
        left = right - shown * wide
        values = None if said.values is None else np.asarray(said.values, dtype=np.float64).ravel()
        for k in range(shown):
            tile = QRectF(left + k * wide + 1, y - high / 2, wide - 2, high)
            if values is None:
                draw_unknown(painter, theme, tile, said.role)
            else:
                draw_tile(painter, theme, tile, float(values[k]), 1.0, said.role, decimals)
        return left


def cut(words: str, room: float, px: float, weight: int = 400) -> str:
    """The words as far as there is room for them."""
    words, end = str(tr(words)), "\N{HORIZONTAL ELLIPSIS}"
    if text_width(Verbatim(words), px, weight) <= room:
        return Verbatim(words)
    while words and text_width(Verbatim(words + end), px, weight) > room:
        words = words[:-1].rstrip()
    return Verbatim(words + end if words else "")
