"""The lines of a cell as text: names in the colours of their roles, numbers beside, a fault under its line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTextBlock,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import mono_font, text_width, write
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.state.equation_draft import Reading
from rnnstudio.ui.equation_text import NAME, RoleColours, SpacedLines
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

#: px at the size of the design (DESIGN §16), where ``unit`` is 1.
CODE, PITCH, GUTTER, SENTENCE, BUTTON, PAD = 21.0, 46.0, 48.0, 15.0, 30.0, 12.0
_CAP = "Alt+Enter"


@dataclass(frozen=True)
class Note:
    """A fault as it is shown under its line: place, length, sentence, the words of the button (empty for none)."""

    column: int
    length: int
    sentence: str
    button: str = ""


class EquationCode(QPlainTextEdit):
    """The text of the draft.

    ``fixed`` carries the number of the line whose button was pressed.
    """

    fixed = Signal(int)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self._notes: dict[int, Note] = {}
        self._buttons: dict[int, WordButton] = {}
        self._spaced = SpacedLines(self.document())
        self.document().setDocumentLayout(self._spaced)
        self._colours = RoleColours(self.document(), theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setAccessibleName("Equations, one line per symbol")
        self._gutter = Gutter(self)
        self.set_form(theme, 1.0)

    def set_form(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        self.setFont(mono_font(CODE * unit))
        self._spaced.pitch = PITCH * unit
        shades = self.palette()
        for role, token in ((QPalette.ColorRole.Base, "raised"), (QPalette.ColorRole.Text, "text")):
            shades.setColor(role, colour(theme, token))
        shades.setColor(QPalette.ColorRole.Highlight, colour(theme, "accent", 0.28))
        shades.setColor(QPalette.ColorRole.HighlightedText, colour(theme, "text"))
        self.setPalette(shades)
        self.setViewportMargins(round(GUTTER * unit), round(self._lift()), 0, 0)
        self.document().setDocumentMargin(PAD * unit)
        self._colours.theme = theme
        self._colours.rehighlight()
        self._arrange()

    def show_reading(self, reading: Reading) -> None:
        """Colours and notes of what was read last."""
        read, cell = reading.read, reading.cell
        # in a line at fault a matrix is known by its letter alone
        roles = {name: name[0] for name in NAME.findall(reading.draft.text) if name[0] in "WUV"}
        for name, shape in read.parameters.items():
            if len(shape) == 2 and cell is not None and name in cell.parameters:
                roles[name] = cell.role(name)
            else:
                roles.pop(name, None)
        bold = {"x", "y", *read.states, *roles}
        roles |= {"x": "x"} | {row.name: row.role for row in reading.rows}
        thick = frozenset(bold)
        if (roles, thick) != (self._colours.roles, self._colours.bold):
            self._colours.roles, self._colours.bold = roles, thick
            before = self.blockSignals(True)  # other colours are no other text
            self._colours.rehighlight()
            self.blockSignals(before)
        notes: dict[int, Note] = {}
        for fault in reading.faults:
            if fault.line not in notes:
                fix = reading.fixes.get(fault.line)
                notes[fault.line] = Note(fault.column, fault.length, fault.sentence, fix.words if fix else "")
        self.show_notes(notes)

    def show_notes(self, notes: dict[int, Note]) -> None:
        """Show faults under their lines."""
        if notes == self._notes:
            return
        self._notes = notes
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for line, note in notes.items():
            if note.button:
                button = self._buttons[line] = WordButton(note.button, self.viewport(), self.theme)
                button.clicked.connect(partial(self._press, line))
                button.setToolTip(_CAP)
                button.show()
        self._arrange()

    def _press(self, line: int, *_: bool) -> None:
        self.fixed.emit(line)

    def first_note(self) -> int:
        """The line whose note Alt+Enter mends: the caret's, else the first that can be; 0 where none can."""
        here = self.textCursor().blockNumber() + 1
        able = [line for line, note in self._notes.items() if note.button]
        return here if here in able else min(able, default=0)

    # ---------------------------------------------------------------- geometry

    def _sentence_lines(self, note: Note) -> list[str]:
        """The sentence cut to the width."""
        px, wide = SENTENCE * self.unit, max(self.viewport().width() - 2.5 * PAD * self.unit, 80)
        lines: list[str] = []
        for word in tr(note.sentence).split(" "):
            longer = Verbatim(f"{lines[-1]} {word}" if lines else word)
            if lines and text_width(longer, px, 600) <= wide:
                lines[-1] = longer
            else:
                lines.append(Verbatim(word))
        return lines

    def _room(self, note: Note) -> float:
        lines = len(self._sentence_lines(note)) * 1.4 * SENTENCE * self.unit
        return lines + ((BUTTON + 14) * self.unit if note.button else 8 * self.unit)

    def _arrange(self) -> None:
        """Room under the lines, buttons in it."""
        room = {line - 1: self._room(note) for line, note in self._notes.items()}
        if room != self._spaced.room:
            self._spaced.room = room
            self._spaced.documentSizeChanged.emit(self._spaced.documentSize())
        self.viewport().update()
        self.update()
        self._place_buttons()

    def _top(self, block: QTextBlock) -> float:
        """The upper edge of a line's ground: the text stands in the middle of its pitch."""
        return self.blockBoundingGeometry(block).translated(self.contentOffset()).top() - self._lift()

    def _lift(self) -> float:
        return max(self._spaced.pitch - self.fontMetrics().height(), 0.0) / 2

    def _place_buttons(self) -> None:
        for line, button in self._buttons.items():
            block = self.document().findBlockByNumber(line - 1)
            note = self._notes.get(line)
            if note is None or not block.isValid():
                button.hide()
                continue
            button.px = max(13.5 * self.unit, 11)
            button.set_theme(self.theme)
            height = max(BUTTON * self.unit, 22)
            wide = max(150 * self.unit, text_width(note.button, button.px, 600) + 2.2 * button.px)
            bottom = self._top(block) + self._spaced.pitch + self._room(note)
            button.setGeometry(
                round(PAD * self.unit), round(bottom - height - 10 * self.unit), round(wide), round(height)
            )

    # ---------------------------------------------------------------- Qt

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The grounds of lines with a note, the text, the wavy lines and sentences."""
        with QPainter(self.viewport()) as painter:
            for line in self._notes:
                block = self.document().findBlockByNumber(line - 1)
                if block.isValid() and block.isVisible():
                    painter.fillRect(self._ground(block), colour(self.theme, "error", 0.07))
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line, note in self._notes.items():
                block = self.document().findBlockByNumber(line - 1)
                if block.isValid():
                    self._note(painter, block, note)
        self._place_buttons()

    def _ground(self, block: QTextBlock) -> QRectF:
        height = self.blockBoundingGeometry(block).height()
        return QRectF(0, self._top(block), self.viewport().width(), height)

    def _note(self, painter: QPainter, block: QTextBlock, note: Note) -> None:
        top, unit, error = self._top(block), self.unit, colour(self.theme, "error")
        advance = QFontMetricsF(self.font()).horizontalAdvance("0" * 100) / 100
        left = self.contentOffset().x() + self.document().documentMargin() + (note.column - 1) * advance
        wide = max(note.length, 1) * advance
        base = top + self._lift() + self.fontMetrics().ascent() + 5 * unit
        points = [QPointF(left + k * 2.0 * unit, base + (1.6 if k % 2 else -0.6) * unit)
                  for k in range(round(wide / (2.0 * unit)) + 1)]  # fmt: skip
        painter.setPen(QPen(error, max(2.0 * unit, 1.4)))
        painter.drawPolyline(QPolygonF(points))
        px = max(SENTENCE * unit, 11.5)
        for k, text in enumerate(self._sentence_lines(note)):
            write(painter, self.document().documentMargin(), top + self._spaced.pitch + (0.45 + 1.4 * k) * px, text, px,
                  error, weight=600)  # fmt: skip
        if note.button:
            self._cap(painter, QRectF(self._buttons[block.blockNumber() + 1].geometry()), px)

    def _cap(self, painter: QPainter, button: QRectF, px: float) -> None:
        """The key that presses the button."""
        wide = text_width(_CAP, 0.85 * px, 600) + px
        box = QRectF(button.right() + 0.8 * px, button.center().y() - 0.8 * px, wide, 1.6 * px)
        painter.setPen(QPen(colour(self.theme, "border"), 1.2))
        painter.setBrush(colour(self.theme, "raised"))
        painter.drawRoundedRect(box, 5, 5)
        write(painter, box.center().x(), box.center().y(), _CAP, 0.85 * px, colour(self.theme, "text2"), align="c",
              weight=600)  # fmt: skip

    def paint_gutter(self, painter: QPainter) -> None:
        """The numbers of the lines, in the margin on the left."""
        wide, unit = round(GUTTER * self.unit), self.unit
        painter.fillRect(QRect(0, 0, wide, self.height()), colour(self.theme, "raised"))
        block = self.firstVisibleBlock()
        while block.isValid():
            top = self._top(block)
            if top > self.height():
                break
            noted = (block.blockNumber() + 1) in self._notes
            if noted:
                ground = self._ground(block)
                painter.fillRect(QRectF(0, ground.top(), wide, ground.height()), colour(self.theme, "error", 0.07))
            ink = colour(self.theme, "error" if noted else "text3")
            write(painter, wide - 12 * unit, top + self._spaced.pitch / 2, str(block.blockNumber() + 1),
                  max(15 * unit, 11), ink, align="r", kind="number", weight=700 if noted else 500)  # fmt: skip
            block = block.next()
        painter.setPen(QPen(colour(self.theme, "divider"), 1))
        painter.drawLine(wide - 1, 0, wide - 1, self.height())

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences are cut to another width."""
        super().resizeEvent(event)
        self._gutter.setGeometry(0, round(self._lift()), round(GUTTER * self.unit), self.viewport().height())
        self._arrange()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """The lines, and a little room."""
        return QSize(300, 200)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The editor's own keys stay the overlay's."""
        modifiers = event.modifiers()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F6) or (
            enter and modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Gutter(QWidget):
    """The strip of numbers beside the text."""

    def __init__(self, code: EquationCode) -> None:
        super().__init__(code)
        self._code = code
        code.updateRequest.connect(self._follow)
        code.blockCountChanged.connect(self._again)

    def _follow(self, rect: QRect, dy: int) -> None:
        self.update()

    def _again(self, count: int) -> None:
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._code.paint_gutter(painter)
