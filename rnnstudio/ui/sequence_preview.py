"""The sequence as columns of tiles, one a step; a click goes to its row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.colours import pack, value_colours
from rnnstudio.paint.fonts import write
from rnnstudio.state.sequence_rows import Draft
from rnnstudio.state.sequence_table import labels
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_tiles import cut_to
from rnnstudio.ui.style import colour

#: Narrower than this a column has no frame and no words of its own (DESIGN §2).
NARROW = 34.0
#: So many rows of tiles at most: of more inputs every so-many-th stands for its neighbours.
MOST_ROWS = 64
#: So many columns of pixels at most: of more steps every so-many-th.
MOST_COLUMNS = 4_000
#: Rows of inputs that have their symbol beside them.
MOST_SYMBOLS = 8


class SequencePreview(QWidget):
    """Draws all steps at once, whatever the table shows of them."""

    picked = Signal(int)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit, self.px = theme, 1.0, 14.0
        self._draft: Draft | None = None
        self._labels: tuple[str, ...] | None = None
        self._row = 0
        self._image: QImage | None = None
        self._ground = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Preview of the sequence")

    def set_form(self, theme: Theme, unit: float, px: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit, self.px, self._image = theme, unit, px, None
        self.update()

    def show_draft(self, draft: Draft, row: int) -> None:
        """Another draft, another row at hand."""
        if draft is not self._draft:
            self._draft, self._image, self._labels = draft, None, labels(draft)
        self._row = row
        self.update()

    def values(self) -> NDArray[np.float64]:
        """What the tiles show: (rows, T), of many inputs those that stand for their neighbours."""
        draft = self._draft
        assert draft is not None
        sequence, rows = draft.sequence, draft.rows
        if sequence.tokens is None:
            x = np.asarray(rows, dtype=np.float64)
            every = max(-(-x.shape[1] // MOST_ROWS), 1)
            return x[:, ::every].T
        count = min(len(sequence.vocabulary), MOST_ROWS)
        at = np.asarray(rows) * count // max(len(sequence.vocabulary), 1)
        tiles = np.zeros((count, len(rows)))
        tiles[at, np.arange(len(rows))] = 1.0
        return tiles

    # ---------------------------------------------------------------- places

    def _frame(self) -> QRectF:
        """Where the tiles stand: words over them, the numbers of the steps under them."""
        left = 50 * self.unit
        top, bottom = (56 if self._labels else 34) * self.unit, self.height() - 44 * self.unit
        return QRectF(left, top, self.width() - left - 4, max(bottom - top, 10))

    def _pitch(self) -> float:
        steps = 1 if self._draft is None else max(len(self._draft.rows), 1)
        return min(self._frame().width() / steps, 190 * self.unit)

    def _column(self, t: int) -> QRectF:
        frame, pitch = self._frame(), self._pitch()
        gap = 6 * self.unit if pitch >= NARROW * self.unit else 0.0
        return QRectF(frame.left() + t * pitch + gap, frame.top(), max(pitch - 2 * gap, 0.5), frame.height())

    # ---------------------------------------------------------------- Qt

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the row of the column that was clicked."""
        if self._draft is None:
            return
        t = int((event.position().x() - self._frame().left()) // self._pitch())
        if 0 <= t < len(self._draft.rows):
            self.picked.emit(t)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heading, tiles, and the frame of the step at hand."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y, quiet = 10 * self.unit, colour(self.theme, "text2")
            write(painter, 0, y, "PREVIEW", 0.86 * self.px, quiet, weight=650)
            write(painter, self.width(), y, "click a tile to go to its row", 0.86 * self.px, quiet, align="r",
                  weight=450)  # fmt: skip
            if self._draft is None or not len(self._draft.rows):
                return
            tiles = self.values()
            narrow = self._pitch() < NARROW * self.unit
            self._band(painter)
            if narrow:
                self._strip(painter, tiles)
            else:
                self._columns(painter, tiles)
            self._symbols(painter, len(tiles))
            self._steps(painter, narrow)

    def _band(self, painter: QPainter) -> None:
        """The lime frame of the step at hand."""
        column, unit = self._column(self._row), self.unit
        top = column.top() - (34 if self._labels else 10) * unit
        wide = max(column.width() + 8 * unit, 3.6 * self.px)
        left = min(max(column.center().x() - wide / 2, 2.0), self.width() - wide - 2)
        box = QRectF(left, top, wide, column.bottom() + 40 * unit - top)
        painter.setPen(QPen(colour(self.theme, "active"), 2.4))
        painter.setBrush(colour(self.theme, "activeglow", 0.7))
        painter.drawRoundedRect(box, 8 * unit, 8 * unit)

    def _picture(self, tiles: NDArray[np.float64]) -> QImage:
        """The tiles as an image, a pixel each."""
        if self._image is None:
            tiles = tiles[:, :: -(-tiles.shape[1] // MOST_COLUMNS)]
            pixels = np.ascontiguousarray(pack(value_colours(self.theme, tiles)), dtype=np.uint32)
            image = QImage(pixels.data, tiles.shape[1], tiles.shape[0], 4 * tiles.shape[1], QImage.Format.Format_ARGB32)
            self._image = image.copy()  # the pixels are NumPy's
        return self._image

    def _strip(self, painter: QPainter, tiles: NDArray[np.float64]) -> None:
        frame = self._frame()
        box = QRectF(frame.left(), frame.top(), self._pitch() * tiles.shape[1], frame.height())
        painter.drawImage(box, self._picture(tiles))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(self.theme, "x"), 1.6))
        painter.drawRect(box)
        painter.setPen(QPen(colour(self.theme, "text"), 1.6))
        column = self._column(self._row)
        middle = column.center().x()
        painter.drawLine(QPointF(middle, column.top() - 5), QPointF(middle, column.bottom() + 5))

    def _columns(self, painter: QPainter, tiles: NDArray[np.float64]) -> None:
        image, theme = self._picture(tiles), self.theme
        gap = 1.0 if len(tiles) <= 24 else 0.0
        for t in range(tiles.shape[1]):
            column = self._column(t)
            painter.drawImage(column, image, QRectF(t, 0, 1, len(tiles)))
            if gap:
                painter.setPen(QPen(colour(theme, "canvas"), 1.5))
                for k in range(1, len(tiles)):
                    y = column.top() + column.height() * k / len(tiles)
                    painter.drawLine(QPointF(column.left(), y), QPointF(column.right(), y))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme, "x"), 2.0))
            painter.drawRoundedRect(column, 4, 4)
            if self._labels:
                here = t == self._row
                words = cut_to(f"“{self._labels[t]}”" if self._labels[t] else "", self._pitch() - 4, self.px, 600)
                write(painter, column.center().x(), column.top() - 18 * self.unit, words, self.px,
                      colour(theme, "text"), align="c", weight=650 if here else 550)  # fmt: skip

    def _symbols(self, painter: QPainter, rows: int) -> None:
        """x_1 and so on beside the rows, where they are inputs and few."""
        if rows > MOST_SYMBOLS or self._draft is None or self._draft.sequence.tokens is not None:
            return
        frame = self._frame()
        for k in range(rows):
            mathtext.draw(painter, 4, frame.top() + frame.height() * (k + 0.5) / rows, f"x_{{{k + 1}}}", 1.35 * self.px,
                          self.theme, role="x", ground="panel")  # fmt: skip

    def _steps(self, painter: QPainter, narrow: bool) -> None:
        """Numbers under the columns, as many as there is room for; the one at hand always."""
        assert self._draft is not None
        pitch, count = self._pitch(), len(self._draft.rows)
        every = next((n for n in (1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if n * pitch > 30 * self.unit),
                     10_000)  # fmt: skip
        y, here = self._frame().bottom() + 20 * self.unit, self._column(self._row).center().x()
        for t in sorted({1, *range(every, count + 1, every)}):
            x = self._column(t - 1).center().x()
            if abs(x - here) < 44 * self.unit * (narrow or t - 1 == self._row):
                continue
            write(painter, x, y, str(t), 0.9 * self.px, colour(self.theme, "text2"), align="c", kind="number",
                  weight=450)  # fmt: skip
        write(painter, min(max(here, 1.8 * self.px + 2), self.width() - 1.8 * self.px - 2), y, f"t = {self._row + 1}",
              0.9 * self.px, colour(self.theme, "text"), align="c", kind="number", weight=700)  # fmt: skip
