"""The fields of a lesson that is being written: a line, a text that grows, one word of several."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPlainTextEdit, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import ui_font, write
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour, draw_icon

#: Lines that a text has at least and at most before it is scrolled.
LEAST_LINES, MOST_LINES = 2, 9
_HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def _of_history(event: QEvent) -> bool:
    """Whether a key undoes or makes again: that is the window's, which knows all changes."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _HISTORY)
    )


def _look(kind: str, theme: Theme, px: float, bare: bool) -> str:
    c = theme.colours
    ground = "transparent" if bare else c["raised"]
    edge = "transparent" if bare else c["border"]
    return (
        f"{kind} {{ background: {ground}; color: {c['text']}; border: 1px solid {edge}; border-radius: 7px;"
        f" padding: 2px 6px; font-size: {px:g}px; selection-background-color: {c['accent']}; }}"
        f"{kind}:hover {{ border: 1px solid {c['border']}; }}"
        f"{kind}:focus {{ background: {c['raised']}; border: 2px solid {c['accent']}; padding: 1px 5px; }}"
    )


class WordLine(QLineEdit):
    """A line of words; ``bare`` ones look like words until they are pointed at."""

    written = Signal(str)
    left = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget, bare: bool = False) -> None:
        super().__init__(parent)
        self._bare = bare
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self.written)
        self.returnPressed.connect(self.left)

    def show_words(self, words: str) -> None:
        """Other words, where they are other ones."""
        if words != self.text():
            self.setText(words)
            if not self.hasFocus():
                self.setCursorPosition(0)  # long words are read from their beginning

    def dress(self, theme: Theme, px: float, weight: int = 450) -> None:
        """Other colours or sizes."""
        self.setFont(ui_font(px, weight))
        self.setStyleSheet(_look("QLineEdit", theme, px, self._bare) + f"QLineEdit {{ font-weight: {weight}; }}")

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Leave the history to the window."""
        if _of_history(event):
            event.ignore()
            return False
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the picture."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class WordArea(QPlainTextEdit):
    """A text of several lines, as high as it needs; Tab goes on to the next field."""

    written = Signal(str)
    left = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._px = 14.0
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._showing = False
        self.textChanged.connect(self._tell)

    def _tell(self) -> None:
        if not self._showing:
            self.written.emit(self.toPlainText())

    def show_words(self, words: str) -> None:
        """Other words, where they are other ones."""
        if words != self.toPlainText():
            self._showing = True
            self.setPlainText(words)
            self._showing = False

    def dress(self, theme: Theme, px: float) -> None:
        """Other colours or sizes."""
        self._px = px
        self.setFont(ui_font(px, 450))
        self.setStyleSheet(_look("QPlainTextEdit", theme, px, False))

    def height_for(self, width: int) -> int:
        """Height that its lines need at a width."""
        self.resize(width, self.height())
        lines = round(self.document().size().height())  # a plain text's is counted in lines
        return round(min(max(lines, LEAST_LINES), MOST_LINES) * self.fontMetrics().lineSpacing() + 16)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Leave the history to the window."""
        if _of_history(event):
            event.ignore()
            return False
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the picture."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Picker(Control):
    """One of several words: a press or Enter lists them, Up and Down take the next one."""

    picked = Signal(str)

    def __init__(self, name: str, options: tuple[tuple[str, str], ...], parent: QWidget, theme: Theme) -> None:
        super().__init__(name, parent, theme)
        self.options, self.chosen, self.px = options, options[0][0], 13.0
        self._menu: QMenu | None = None
        self.clicked.connect(self._open)

    def show_choice(self, chosen: str) -> None:
        """Show what is in force."""
        self.chosen = chosen
        self.setAccessibleDescription(self._words())
        self.update()

    def _words(self) -> str:
        return next((words for option, words in self.options if option == self.chosen), self.chosen)

    def turn(self, by: int) -> None:
        """The word after this one (by > 0), or before it."""
        at = next((k for k, (option, _) in enumerate(self.options) if option == self.chosen), 0)
        if 0 <= at + by < len(self.options):
            self.picked.emit(self.options[at + by][0])

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        for option, words in self.options:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(option == self.chosen)
            action.triggered.connect(partial(self._pick, option))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _pick(self, option: str, *_: bool) -> None:
        self.picked.emit(option)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word with the sign that there are others."""
        theme, px = self.theme, self.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1))
            painter.setBrush(colour(theme, "accentfill" if self.underMouse() else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
            middle = self.height() / 2
            write(painter, 8, middle, self._words(), px, colour(theme, "text"), weight=450)
            draw_icon(painter, "chevron-down", colour(theme, "text3"), self.width() - 14, middle, 13)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 7)
