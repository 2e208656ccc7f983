"""What a window has for a room: the line of words, blank and frozen screens, all of the screen, pointing tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from rnnstudio.files.theme import Theme, for_a_room, load_theme
from rnnstudio.state.actions.presenting import Light
from rnnstudio.state.model import Session, State
from rnnstudio.ui.afterwards import dispatch_afterwards
from rnnstudio.ui.awake import Awake
from rnnstudio.ui.blank import BlankScreen
from rnnstudio.ui.caption_bar import CaptionBar
from rnnstudio.ui.frozen import FrozenPicture
from rnnstudio.ui.pointer_rest import PointerRest
from rnnstudio.ui.pointing import Pointing
from rnnstudio.ui.screens import Screens
from rnnstudio.ui.summary_card import SummaryCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rnnstudio.ui.presenter_window import PresenterWindow
    from rnnstudio.ui.quiz import Quiz
    from rnnstudio.ui.window import Window

#: Where there is no screen, none is kept on.
NO_SCREEN = ("offscreen", "minimal")


def theme_of(session: Session) -> Theme:
    """The theme as it is drawn now: while one presents, in the geometry of a room."""
    theme = load_theme(session.theme)
    return for_a_room(theme) if session.presenting else theme


class Presentation:
    """Belongs to one window; the picture that is presented is the window's own."""

    def __init__(self, window: Window, body: QWidget) -> None:
        self._window = window
        self.caption = CaptionBar(window.store, body, window.theme)
        self.summary = SummaryCard(window.store, window.canvas, window.theme)
        self.pointing = Pointing(window, body)
        self.frozen = FrozenPicture(window)
        self.blank = BlankScreen(window)
        window.canvas.resized.connect(self.summary.place)
        window.canvas.resized.connect(self.pointing.place)
        window.lit.connect(self._light)
        self.pointer = PointerRest(window)
        self.quiz: Quiz | None = None
        self.awake = Awake()
        self.screens = Screens(window)
        self.presenter: PresenterWindow | None = None
        self._was_full, self._open = False, True

    def set_form(self, theme: Theme) -> None:
        """Other colours, another size; bars that are no use to a room go."""
        window, on = self._window, self._window.store.state.session.presenting
        for bar in (window.view_bar, window.transport):
            bar.setVisible(not on)
        self.caption.set_form(theme, window.height())
        self.summary.set_form(theme, window.height())
        self.pointing.set_form(theme)
        self.frozen.cover()
        self.blank.cover()
        if self.quiz is not None:
            self.quiz.set_form(theme)

    def show_state(self, old: State, new: State) -> None:
        """Follow the session: full screen while one presents, and back to what it was."""
        window, on = self._window, new.session.presenting
        if on != old.session.presenting:
            full = Qt.WindowState.WindowFullScreen
            if on:
                self._was_full = bool(window.windowState() & full)
                window.setWindowState(window.windowState() | full)
                window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            elif not self._was_full:
                window.setWindowState(window.windowState() & ~full)
            self.pointer.watch(on)
            self._keep_awake(on)
        self.caption.show_state(old, new)
        self.summary.show_state(old, new)
        self.pointing.show_state(old, new)
        self.frozen.show_state(old, new)
        self._show_question(old, new)
        if old.session.blank != new.session.blank:
            self.blank.show_state(old, new)
        if self._open and (self.presenter is not None) != new.session.desk.presenter:
            self._open_presenter(new.session.desk.presenter)

    # ---------------------------------------------------------------- the private window

    def _open_presenter(self, on: bool) -> None:
        presenter, self.presenter = self.presenter, None
        if on:
            from rnnstudio.ui.presenter_window import PresenterWindow

            self.presenter = PresenterWindow(self._window)
            self.screens.place()
            self.presenter.showMaximized()
            self.presenter.raise_()
            self.presenter.activateWindow()
        elif presenter is not None:
            presenter.close()
            self.screens.place()

    def other_in_front(self) -> None:
        """Of the two windows, bring the one to the front that is not there."""
        if self.presenter is not None:
            there: QWidget = self._window if self.presenter.isActiveWindow() else self.presenter
            there.raise_()
            there.activateWindow()

    def _light(self, on: bool) -> None:
        if on != self._window.store.state.session.desk.ring:
            dispatch_afterwards(self._window.store, self._window, Light(on))

    def _keep_awake(self, on: bool) -> None:
        if not on:
            self.awake.stop()
        elif QGuiApplication.platformName() not in NO_SCREEN:
            self.awake.start(int(self._window.winId()))

    def _show_question(self, old: State, new: State) -> None:
        """Its surfaces are made with the first question."""
        if self.quiz is None and new.session.question is not None:
            from rnnstudio.ui.quiz import Quiz

            self.quiz = Quiz(self._window)
            self.quiz.set_form(self._window.theme)
        if self.quiz is not None:
            self.quiz.show_state(old, new)

    def stop(self) -> None:
        """The window closes."""
        self._open = False  # what is dispatched while the windows go opens none again
        if self.quiz is not None:
            self.quiz.stop()
        self.pointer.watch(False)
        self.awake.stop()
        self.screens.stop()
        presenter, self.presenter = self.presenter, None
        if presenter is not None:
            presenter.close()
