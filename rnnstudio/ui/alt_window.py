"""A main window that knows when Alt is pressed alone (the sign for a hidden menu bar), and takes files anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from rnnstudio.ui.drops import accept_files
from rnnstudio.ui.guarded import guarded

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent


class AltWindow(QMainWindow):
    """Tells when Alt goes down and up with nothing between, and which files are dropped on it."""

    alt_alone = Signal()
    lit = Signal(bool)  # S goes down, and up again
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
        if is_ring(event):
            self.lit.emit(True)
        super().keyPressEvent(event)

    @guarded()
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt has come up again."""
        alone = event.key() == Qt.Key.Key_Alt and self._alt_down
        if is_ring(event):
            self.lit.emit(False)
        super().keyReleaseEvent(event)
        self._alt_down = False
        if alone:
            self.alt_alone.emit()

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        """Alt that belongs to the window manager is not ours."""
        self._alt_down = False
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.lit.emit(False)  # a key that comes up in another window is not told


def is_ring(event: QKeyEvent) -> bool:
    """Whether S goes down or up by itself."""
    return event.key() == Qt.Key.Key_S and not event.isAutoRepeat() and not event.modifiers()
