"""The field for a sample's number: G, number, Enter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded


class GoToField(QLineEdit):
    """Stands over the transport bar while it is open; Esc or a click elsewhere closes it."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._before: QWidget | None = None
        self.setAccessibleName("Go to sample")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.returnPressed.connect(self._go)
        self.hide()

    def open(self, over: QWidget) -> None:
        """Ask, above the given bar."""
        steps = self._store.state.document.sequence.steps
        self.setValidator(QIntValidator(0, steps, self))
        self.setPlaceholderText(f"sample 0 to {steps}, Enter")
        self.clear()
        self.setFixedSize(230, 40)
        self.move((over.width() - self.width()) // 2, over.y() - self.height() - 12)
        self._before = self.window().focusWidget()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self) -> None:
        if self.text():
            self._store.dispatch(GoTo(int(self.text())))
        self._close()

    def _close(self) -> None:
        """Hide, and give the focus back to where it was."""
        if self.hasFocus() and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes without going anywhere."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def event(self, event: object) -> bool:
        """Keep Esc and Enter from the window's shortcuts while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when something else is used."""
        super().focusOutEvent(event)
        self._close()
