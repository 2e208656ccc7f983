"""Which panels show a change, and when: all of them, those that move, those that tell how training goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rnnstudio.state.derived import same_but_motion
from rnnstudio.state.learning import same_but_updates
from rnnstudio.state.model import State

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

#: After a run of updates the picture is shown first, formula and scrubber so much later: each has a frame of its own.
LATER_MS = 20


class Showing(QObject):
    """Passes changes on to the panels of a window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATER_MS)
        self._late.timeout.connect(self._show_late)

    def show(self, old: State, new: State) -> None:
        """Show a change where it is seen."""
        window = self._window
        if old is not new and same_but_motion(old, new):
            self._show_motion(old, new)
        elif old is not new and same_but_updates(old, new):
            self._show_updates(old, new)
        else:
            if new.session.theme != window.theme.name or _lesson_room(old) != _lesson_room(new):
                window.lesson.show_state(old, new)
                window.dress()
            for panel in (
                window.view_bar, window.canvas, window.side, window.modes, window.what_if, window.banner, window.menus,
                window.in_place, window.lesson,
            ):  # fmt: skip
                panel.show_state(old, new)
            if "equations" in window.__dict__:
                window.equations.show_state(old, new)
            if "history_list" in window.commands.__dict__:
                window.commands.history_list.show_state(old, new)
            if _ended(old, new):
                self._late.start()
            else:
                self._late.stop()
                self._show_rest(old, new)
            window.place_modes()

    def _show_motion(self, old: State, new: State) -> None:
        window = self._window
        window.canvas.show_state(old, new)
        if new.session.progress != old.session.progress:
            window.transport.scrubber.show_motion()
        if new.session.hovered != old.session.hovered:
            window.formula.show_state(old, new)

    def _show_updates(self, old: State, new: State) -> None:
        window, before, after = self._window, old.session.run, new.session.run
        window.side.show_state(old, new)
        if before is None or after is None or before.stage != after.stage:
            window.view_bar.show_state(old, new)
            window.menus.show_state(old, new)

    def _show_rest(self, old: State, new: State) -> None:
        for panel in (self._window.formula, self._window.transport):
            panel.show_state(old, new)

    def _show_late(self) -> None:
        state = self._window.store.state
        self._show_rest(state, state)

    def stop(self) -> None:
        """The window closes."""
        self._late.stop()


def _lesson_room(state: State) -> tuple[bool, bool]:
    """What the width of the lesson's panel hangs on."""
    return state.session.tour is None, state.session.lesson_folded


def _ended(old: State, new: State) -> bool:
    """Whether the change is what a run of updates has made."""
    run = old.session.run
    return run is not None and run.live and new.document is not old.document and new.session.run is not None
