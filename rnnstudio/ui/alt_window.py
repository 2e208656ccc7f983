"""A main window that knows when Alt is pressed alone (the sign for a hidden menu bar), and takes files anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow

from rnnstudio.ui.drops import accept_files
from rnnstudio.ui.guarded import guarded

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent


class AltWindow(QMainWindow):
    """Tells when Alt goes down and up with nothing between, and which files are dropped on it."""

    alt_alone = Signal()
    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._alt_down = False
        self.setAcceptDrops(True)

    @guarded()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        accept_files(event)

    @guarded()
    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the files that were dropped."""
        paths = accept_files(event)
        if paths:
            self.dropped.emit(paths)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember whether Alt goes down alone."""
        self._alt_down = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    @guarded()
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt has come up again."""
        alone = event.key() == Qt.Key.Key_Alt and self._alt_down
        super().keyReleaseEvent(event)
        self._alt_down = False
        if alone:
            self.alt_alone.emit()

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        """Alt that belongs to the window manager is not ours."""
        self._alt_down = False
        super().changeEvent(event)
