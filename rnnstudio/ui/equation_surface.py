"""The surface on which a cell is written: its parts, where they stand, head and headings."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.equation_draft import Reading
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.equation_code import EquationCode
from rnnstudio.ui.equation_drawing import EquationDrawing
from rnnstudio.ui.equation_list import StartList
from rnnstudio.ui.equation_sizes import Grammar, Sizes
from rnnstudio.ui.equation_tables import FirstValues, ShapesTable
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

#: In front of a room the text is larger.
HALL = 1.12


class EquationSurface(Cover):
    """Everything under the title bar: list, text, sizes, drawing, tables. It shows; `EquationEditor` does.

    Attributes
    ----------
    reading : Reading or None
        What was read last.
    said : str
        A sentence in the head, in place of the usual one.
    """

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.theme, self.unit = theme, 1.0
        self.reading: Reading | None = None
        self.said = ""
        self._rules = (0.0, 0.0)
        self._low = self._split = 0.0
        self._make(theme)

    def _make(self, theme: Theme) -> None:
        self.back = IconButton("Back without using the cell", "chevron-left", self, theme)
        self.name = QLineEdit(self)
        self.name.setAccessibleName("Name of the cell")
        self.name.setMaxLength(40)
        self.cancel, self.use = WordButton("Cancel", self, theme), WordButton("Use this cell", self, theme, True)
        self.cancel.setToolTip("Esc; what is written is kept")
        self.use.setToolTip("Ctrl+Enter")
        self.list = StartList(self, theme)
        self.code = EquationCode(self, theme)
        self.sizes, self.grammar = Sizes(self, theme), Grammar(self, theme)
        self.drawing = EquationDrawing(self, theme)
        self.shapes, self.values = ShapesTable(self, theme), FirstValues(self, theme)
        order = (self.list, self.code, self.sizes, self.name, self.cancel, self.use)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def set_form(self, theme: Theme) -> None:
        """Other colours or sizes; it covers what is under the menu bar."""
        bar = self._window.menuBar()
        top = bar.height() if bar.isVisibleTo(self._window) else 0
        self.setGeometry(0, top, self._window.width(), self._window.height() - top)
        self.theme = theme
        unit = min(self.width() / 1920, (self.height() + 32) / 1080)
        self.unit = min(max(unit, 0.6), 2.0)
        for part in (self.list, self.sizes, self.grammar, self.drawing, self.shapes, self.values):
            part.set_form(theme, self.unit)
        self.code.set_form(theme, self.unit * (HALL if theme.wide else 1.0))
        for button in (self.cancel, self.use):
            button.px = max(14.5 * self.unit, 12)
        for control in (self.back, self.cancel, self.use):
            control.set_theme(theme)
        c, px = theme.colours, max(14 * self.unit, 12)
        self.name.setStyleSheet(
            f"QLineEdit {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 8px; padding: 2px 8px; font-size: {px}px; }}"
            f"QLineEdit:focus {{ border: 2px solid {c['accent']}; }}"
        )
        self._arrange()
        self.update()

    def next_part(self) -> None:
        """The keyboard to the next part: list, text, sizes, name."""
        parts = (self.list.has_focus(), self.code.hasFocus(), any(f.hasFocus() for f in self.sizes.fields),
                 self.name.hasFocus())  # fmt: skip
        at = parts.index(True) if True in parts else len(parts) - 1
        reason = Qt.FocusReason.TabFocusReason
        if at == 0:
            self.code.setFocus(reason)
        elif at == 1:
            next((f for f in self.sizes.fields if f.isVisible() and f.isEnabled()), self.name).setFocus(reason)
        elif at == 2:
            self.name.setFocus(reason)
        else:
            self.list.focus_rows()

    def columns(self) -> tuple[float, float, float]:
        """Where the list ends, where the text ends, and how high the head is."""
        unit, wide = self.unit, self.width()
        left = max(240 * unit, 176.0)
        return left, left + max(720 * unit, 0.375 * (wide - left + 240 * unit)), max(56 * unit, 44.0)

    def _arrange(self) -> None:
        unit = self.unit
        left, middle, head = self.columns()
        wide, tall = self.width(), self.height()
        side = round(min(0.64 * head, 36))
        self.back.setFixedSize(side, side)
        self.back.move(round(12 * unit), round((head - side) / 2))
        button = round(max(38 * unit, 30))
        top = round((head - button) / 2)
        use, cancel = round(max(152 * unit, 120)), round(max(98 * unit, 78))
        self.use.setGeometry(wide - use - round(16 * unit), top, use, button)
        self.cancel.setGeometry(self.use.x() - cancel - round(12 * unit), top, cancel, button)
        name = round(max(240 * unit, 176))
        self.name.setGeometry(round(middle - name), top, name, button)
        self.list.setGeometry(0, round(head + 1), round(left), round(tall - head - 1))
        inner, right = left + 24 * unit, middle - 24 * unit
        grammar = tall - self.grammar.height() - 18 * unit
        sizes = grammar - 66 * unit - self.sizes.height()
        self._rules = (sizes - 56 * unit, grammar - 46 * unit)
        code = head + 50 * unit
        self.code.setGeometry(round(left), round(code), round(middle - left), round(self._rules[0] - code - 6 * unit))
        self.sizes.setGeometry(round(inner), round(sizes), round(right - inner), self.sizes.height())
        self.grammar.setGeometry(round(inner), round(grammar), round(right - inner), self.grammar.height())
        low = head + 0.565 * (tall - head)
        self._low = low
        self.drawing.setGeometry(round(middle + 1), round(head + 1), round(wide - middle - 1), round(low - head - 1))
        under, foot = round(low + 8 * unit), round(tall - low - 18 * unit)
        split = middle + 0.575 * (wide - middle)
        self._split = split
        pad = 24 * unit
        self.shapes.setGeometry(round(middle + pad), under, round(split - middle - 2 * pad), foot)
        self.values.setGeometry(round(split + pad), under, round(wide - split - 2 * pad), foot)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The grounds, the head and the headings."""
        theme, unit = self.theme, self.unit
        left, middle, head = self.columns()
        wide, tall = self.width(), self.height()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "panel"))
            painter.fillRect(QRectF(left, head, middle - left, tall - head), colour(theme, "raised"))
            painter.setPen(QPen(colour(theme, "border"), 1))
            for x, top, bottom in ((left, head, tall), (middle, head, tall), (self._split, self._low + 16, tall - 16)):
                painter.drawLine(round(x), round(top), round(x), round(bottom))
            painter.drawLine(0, round(head), wide, round(head))
            painter.drawLine(round(middle), round(self._low), wide, round(self._low))
            painter.setPen(QPen(colour(theme, "divider"), 1))
            for y in self._rules:
                painter.drawLine(round(left + 24 * unit), round(y), round(middle - 24 * unit), round(y))
            self._head(painter, head, middle)
            self._headings(painter, left, middle, head)

    def _head(self, painter: QPainter, head: float, middle: float) -> None:
        theme, unit = self.theme, self.unit
        px, small = max(20 * unit, 15), max(13.5 * unit, 11)
        x = self.back.geometry().right() + 12 * unit
        x += write(painter, x, head / 2, "Cell equations", px, colour(theme, "text"), weight=650) + 20 * unit
        said = self.said or "The cell is redrawn while you type."
        room = self.name.x() - x - 12
        shown = said if text_width(said, small, 450) <= room else ""
        write(painter, x, head / 2, shown, small, colour(theme, "text2"), weight=450)
        count = len(self.reading.faults) if self.reading is not None else 0
        where = self.cancel.x() - 28 * unit
        if count:
            words = "1 error" if count == 1 else sentence("{count} errors", count=count)
            wide = write(painter, where, head / 2, words, max(14.5 * unit, 12), colour(theme, "error"), align="r",
                         weight=600)  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "error"))
            side = max(10 * unit, 7)
            painter.drawEllipse(QRectF(where - wide - 1.8 * side, head / 2 - side / 2, side, side))
        if not shown:
            room = where - middle - 130 * unit
            text = said if text_width(said, small, 450) <= room else ""
            write(painter, middle + 24 * unit, head / 2, text, small, colour(theme, "text2"), weight=450)

    def _headings(self, painter: QPainter, left: float, middle: float, head: float) -> None:
        theme, unit = self.theme, self.unit
        px, quiet = max(12.5 * unit, 10.5), colour(theme, "text2")
        inner = left + 24 * unit
        write(painter, left + 64 * unit, head + 28 * unit, "EQUATIONS", px, quiet, weight=650)
        write(painter, middle - 24 * unit, head + 28 * unit, "one line per symbol, top to bottom", 1.06 * px, quiet,
              align="r", weight=450)  # fmt: skip
        write(painter, inner, self._rules[0] + 28 * unit, "SIZES", px, quiet, weight=650)
        write(painter, inner, self._rules[1] + 24 * unit, "YOU MAY WRITE", px, quiet, weight=650)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything in its place again."""
        super().resizeEvent(event)
        self._arrange()
