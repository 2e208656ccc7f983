"""The pointer of one who presents: it goes when it rests, and comes back when it moves."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

#: It is looked at so often, and goes after so many looks at which it has not moved: two seconds.
LOOK_MS, LOOKS = 250, 8


class PointerRest(QObject):
    """Hides the pointer over a window while it rests."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._at, self._rested = QCursor.pos(), 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def watch(self, on: bool) -> None:
        """Begin, or let it be seen again."""
        if on == self._timer.isActive():
            return
        self._rested = 0
        if on:
            self._at = QCursor.pos()
            self._timer.start()
        else:
            self._timer.stop()
            self._window.unsetCursor()

    def _look(self) -> None:
        here = QCursor.pos()
        self._rested = self._rested + 1 if here == self._at else 0
        self._at = here
        if self._rested == LOOKS:
            self._window.setCursor(Qt.CursorShape.BlankCursor)
        elif not self._rested:
            self._window.unsetCursor()
