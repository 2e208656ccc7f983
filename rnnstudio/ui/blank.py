"""The blank screen: black or white over everything, until a key brings the picture back."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.state.actions.presenting import WHITE
from rnnstudio.state.model import State
from rnnstudio.ui.guarded import guarded


class BlankScreen(QWidget):
    """Covers the window while the session is blank; it takes no focus, so that all keys stay the window's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._white = False
        self.setAccessibleName("Blank screen")
        self.hide()

    def show_state(self, old: State, new: State) -> None:
        """Cover the window or uncover it."""
        self._white = new.session.blank == WHITE
        self.cover()
        self.setVisible(bool(new.session.blank))
        if new.session.blank:
            self.raise_()
            self.update()

    def cover(self) -> None:
        """Take the size of the window."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """All of one colour."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor("#FFFFFF" if self._white else "#000000"))
