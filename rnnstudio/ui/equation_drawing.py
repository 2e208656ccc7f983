"""The drawing of the cell that is written: painted as the canvas paints the Cell view, with what is at fault."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.layout import Frame
from rnnstudio.files.theme import Theme
from rnnstudio.paint import display
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.raster import Raster
from rnnstudio.sentence import sentence
from rnnstudio.state.draft_picture import Drawing, Mark, drawn, readable
from rnnstudio.state.equation_draft import Reading
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

_MARGIN = 14.0
#: The logical frames of the Cell view: the ordinary one, and that of a lecture hall.
_FRAME, _WIDE = Frame(1280.0, 760.0), Frame(1920.0, 698.0, wide=True)


class EquationDrawing(QWidget):
    """Shows the last cell that could be read; what hangs on a line at fault is hollow in it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self._raster = Raster()
        self._readings: tuple[Reading, Reading, int] | None = None
        self._drawing: Drawing | None = None
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Drawing of the cell")

    @property
    def drawing(self) -> Drawing | None:
        """What is shown; None where nothing could be read yet."""
        return self._drawing

    def set_form(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        wide = theme.wide != self.theme.wide
        self.theme, self.unit = theme, unit
        if wide and self._readings is not None:
            self.show_reading(*self._readings)
        self.update()

    def show_reading(self, good: Reading, now: Reading, decimals: int) -> None:
        """Draw `good`, the last that was whole, with the faults of `now`."""
        self._readings = (good, now, decimals)
        self._drawing = drawn(good, now, _WIDE if self.theme.wide else _FRAME, decimals)
        faults = ", ".join(sentence("line {line}", line=mark.line) for mark in self._drawing.marks)
        self.setAccessibleDescription(f"{good.draft.title}{f', wrong: {faults}' if faults else ''}")
        self.update()

    def show_nothing(self, words: str) -> None:
        """There is nothing to draw; the words say why."""
        self._readings, self._drawing, self._words = None, None, words
        self.setAccessibleDescription(words)
        self.update()

    def place(self) -> tuple[float, float, float]:
        """Scale and offset with which the drawing fills the widget."""
        assert self._drawing is not None
        left, top, right, bottom = self._drawing.box
        margin = _MARGIN * self.unit
        scale = min((self.width() - 2 * margin) / (right - left), (self.height() - 2 * margin) / (bottom - top))
        dx = (self.width() - scale * (left + right)) / 2
        dy = (self.height() - scale * (top + bottom)) / 2
        return scale, dx, dy

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour(self.theme, "canvas"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._drawing is None:
                middle = self.rect().center()
                write(painter, middle.x(), middle.y(), self._words, max(16 * self.unit, 12),
                      colour(self.theme, "text3"), align="c", weight=450)  # fmt: skip
                return
            scale, dx, dy = self.place()
            made = display.compile(readable(self._drawing.scene, scale), self.theme, scale)
            self._raster.paint(painter, made, scale, dx, dy, dpr=self.devicePixelRatioF())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for mark in self._drawing.marks:
                self._mark(painter, mark, scale, dx, dy)

    def _mark(self, painter: QPainter, mark: Mark, scale: float, dx: float, dy: float) -> None:
        """The outline in the colour of errors, and a chip with the line's number."""
        cx, cy, w, h = mark.rect
        box = QRectF(dx + scale * (cx - w / 2), dy + scale * (cy - h / 2), scale * w, scale * h)
        error = colour(self.theme, "error")
        painter.setPen(QPen(error, 2.6 * max(self.unit, 0.8)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, scale * mark.radius, scale * mark.radius)
        px = max(13.5 * self.unit, 11)
        words = sentence("line {line}", line=mark.line)
        wide, tall = text_width(words, px, 650) + 1.3 * px, 1.65 * px
        chip = QRectF(box.right() - 0.55 * wide, box.top() - 0.62 * tall, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(error)
        painter.drawRoundedRect(chip, tall / 2, tall / 2)
        write(painter, chip.center().x(), chip.center().y(), words, px, colour(self.theme, "canvas"), align="c",
              weight=650)  # fmt: skip
