"""A field over the transport bar for one whole number: typed, then Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from rnnstudio.paint.fonts import ui_font
from rnnstudio.ui.guarded import guarded

#: Its size, and how far above the bar it stands.
LEAST, HEIGHT, ABOVE = 230, 40, 12


class NumberField(QLineEdit):
    """Stands over a bar while it is open; Enter takes the number, Esc or a click elsewhere closes it.

    Parameters
    ----------
    name : str
        What is asked for, to who hears it.
    parent : QWidget
        What it stands in.
    """

    taken = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        self.setFont(ui_font(16, 450))
        self.returnPressed.connect(self._take)
        self.hide()

    def ask(self, over: QWidget, words: str, allowed: QValidator) -> None:
        """Ask, above the given bar; ``words`` stand in the empty field and say what may be typed."""
        self.setValidator(allowed)
        self.setPlaceholderText(words)
        self.clear()
        self.ensurePolished()
        self.setFixedSize(max(LEAST, self.fontMetrics().horizontalAdvance(words) + 40), HEIGHT)
        self.move((over.width() - self.width()) // 2, over.y() - self.height() - ABOVE)
        self._before = self.window().focusWidget()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self) -> None:
        typed = self.text()
        self._close()
        if typed:
            self.taken.emit(typed)

    def _close(self) -> None:
        """Hide, and give the focus back to where it was."""
        if self.hasFocus() and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes without taking anything."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep Esc, Enter and all that is typed from the window's shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when something else is used."""
        super().focusOutEvent(event)
        self._close()
