"""A surface over the window: while it is open all keys are its own, and afterwards the focus is where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.guarded import guarded


class Cover(QWidget):
    """The ground of all surfaces that cover the window: lists, sheets, editors."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = None

    def remember_focus(self) -> None:
        """It is about to open: what has the focus gets it back."""
        self._before = self.window().focusWidget()

    def uncover(self) -> None:
        """Hide; the focus goes back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """While it is open no key reaches the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))
