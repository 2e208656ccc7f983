"""Which window is on which screen; screens come and go, and the lecture stays where it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rnnstudio.ui.window import Window


def shared_out(count: int, primary: int, now: int | None, presenter: bool) -> tuple[int, int]:
    """The screens of the audience's window and of the presenter's.

    Parameters
    ----------
    count, primary : int
        Number of screens, and which of them is the primary one.
    now : int or None
        Where the audience's window is; None where that screen is gone.
    presenter : bool
        Whether there is a presenter's window: that one is on the primary screen, and the audience's on another one, if
        there is another.
    """
    if not presenter:
        return (primary if now is None else now), primary
    others = [k for k in range(count) if k != primary]
    if not others:
        return primary, primary
    return (now if now in others else others[0]), primary


class Screens(QObject):
    """Puts the windows of a lecture in their places, again whenever a screen comes or goes.

    Parameters
    ----------
    window : Window
        The audience's.
    screens, primary : callable, optional
        The screens, and the primary one; tests put in their own.
    """

    def __init__(
        self, window: Window, screens: Callable[[], list[QScreen]] = QGuiApplication.screens,
        primary: Callable[[], QScreen] = QGuiApplication.primaryScreen,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window = window
        self.screens, self.primary = screens, primary
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.place)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        for signal in (application.screenAdded, application.screenRemoved, application.primaryScreenChanged):
            signal.connect(self._changed)

    def _changed(self, screen: QScreen | None) -> None:
        """Qt moves windows off a screen that goes by itself; afterwards they are put where they belong."""
        self._later.start(0)

    def place(self) -> None:
        """Put the windows where they belong; nothing where neither is presented nor prepared."""
        window, presenter = self._window, self._window.presentation.presenter
        session = window.store.state.session
        if not session.presenting and presenter is None:
            return
        there, primary = self.screens(), self.primary()
        if not there:
            return  # between two screens; the next one tells of itself
        now = there.index(window.screen()) if window.screen() in there else None
        first = there.index(primary) if primary in there else 0
        of_audience, of_presenter = shared_out(len(there), first, now, presenter is not None)
        if session.presenting:
            _move(window, there[of_audience])
        if presenter is not None:
            _move(presenter, there[of_presenter])

    def stop(self) -> None:
        """The window closes."""
        self._later.stop()


def _move(widget: QWidget, screen: QScreen) -> None:
    """Put a window on a screen as it was on the other one: full, maximized or neither; it is shown in any case."""
    if widget.screen() is not screen or not screen.geometry().intersects(widget.geometry()):
        state, shown = widget.windowState(), widget.isVisible()
        covering = Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMaximized
        # a window that covers a screen is moved by most systems only when it does not
        widget.setWindowState(state & ~covering)
        widget.setScreen(screen)
        room = screen.availableGeometry()
        widget.setGeometry(room if state & covering else widget.geometry().translated(
            room.center() - widget.geometry().center()))  # fmt: skip
        widget.setWindowState(state)
        if shown:
            widget.show()
    if widget.isMinimized():
        widget.setWindowState(widget.windowState() & ~Qt.WindowState.WindowMinimized)
