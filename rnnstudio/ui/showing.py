"""Which panels show a change, and when: all of them, those that move, those that tell how training goes.

While a value is scrubbed, and after a run of updates, the picture is shown first; where one goes into the Training mode
or sets something in it, the panel at the right. Each of the others has a turn of the event loop of its own after it, so
that the next key press never waits for more than one of them.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from rnnstudio.paint.translation import language, speak
from rnnstudio.state.derived import same_but_motion
from rnnstudio.state.learning import same_but_updates
from rnnstudio.state.model import Document, State
from rnnstudio.state.written_lesson import same_study

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

#: After a run of updates the other panels come so much later than the picture.
LATER_MS = 20


class Panel(Protocol):
    """What shows a state."""

    def show_state(self, old: State, new: State) -> None:
        """Show the new one."""
        ...


class Showing(QObject):
    """Passes changes on to the panels of a window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[Panel] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._show_next)

    def show(self, old: State, new: State) -> None:
        """Show a change where it is seen."""
        window = self._window
        if old is not new and same_but_motion(old, new):
            self._show_motion(old, new)
        elif old is not new and same_but_updates(old, new):
            self._show_updates(old, new)
        elif _only_lesson(old, new):
            told: tuple[Panel, ...] = (window.writing, window.menus, *self._made_later())
            for panel in told:
                panel.show_state(old, new)
        elif _scrubbed(old, new):
            self._show_picture(old, new)
            self._let_wait(0, window.formula, window.side, window.transport)
        elif _form(old) == _form(new) and (_other_panel(old, new) or _set(old, new)):
            self._show_panel(old, new)
        elif _ended(old, new):
            self._show_picture(old, new)
            window.menus.show_state(old, new)  # keys that were off during the run are on for the next press
            self._let_wait(LATER_MS, window.side, window.formula, window.transport)
        else:
            self._show_all(old, new)

    def _show_all(self, old: State, new: State) -> None:
        window = self._window
        if language() != new.session.language:
            speak(new.session.language)
            window.menus.name_menus()
            for widget in window.findChildren(QWidget):
                widget.update()
        if _form(old) != _form(new):
            window.lesson.show_state(old, new)
            window.writing.show_state(old, new)
            window.dress()
        panels: tuple[Panel, ...] = (
            window.view_bar, window.canvas, window.side, window.modes, window.what_if, window.banner, window.menus,
            window.in_place, window.lesson, window.writing, window.presentation, *self._made_later(), window.formula,
            window.transport,
        )  # fmt: skip
        for panel in panels:
            panel.show_state(old, new)
        self.stop()
        window.place_modes()

    def _show_panel(self, old: State, new: State) -> None:
        """The panel at the right first, where one acts; then, each in a turn of its own, all the others."""
        window = self._window
        window.canvas.begin(old, new)
        for panel in (window.view_bar, window.side, window.menus):
            panel.show_state(old, new)
        window.place_modes()
        self._let_wait(0, window.canvas, window.in_place, window.banner, window.formula, window.transport)

    def _show_picture(self, old: State, new: State) -> None:
        """The picture, and what stands on it."""
        window = self._window
        window.canvas.show_edit(old, new)
        for panel in (window.in_place, window.banner):
            panel.show_state(old, new)

    def _made_later(self) -> list[Panel]:
        """Surfaces that are made when they are first asked for."""
        window = self._window
        found: list[Panel] = [window.equations] if "equations" in window.__dict__ else []
        return [*found, *window.commands.made]

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

    def _let_wait(self, ms: int, *first: Panel) -> None:
        """Let the others show what is then the state, one after the other; one that waits already keeps its place."""
        window = self._window
        panels: tuple[Panel, ...] = (
            *first, window.modes, window.what_if, window.view_bar, window.menus, window.lesson, window.presentation,
            *self._made_later(),
        )  # fmt: skip
        self._waiting += [panel for panel in panels if panel not in self._waiting]
        if not self._next.isActive():
            self._next.start(ms)

    def _show_next(self) -> None:
        state = self._window.store.state
        self._waiting.pop(0).show_state(state, state)
        if self._waiting:
            self._next.start(0)

    def stop(self) -> None:
        """Nothing has to be shown later: it is shown now, or the window closes."""
        self._waiting.clear()
        self._next.stop()


def _scrubbed(old: State, new: State) -> bool:
    """Whether the change is one of many of a value that is being edited."""
    before, edit = old.session.edit, new.session.edit
    return edit is not None and before is not None and before.place == edit.place and new.document is not old.document


def _other_panel(old: State, new: State) -> bool:
    """Whether one goes into the Training mode or out of it."""
    return old.session.training != new.session.training and new.document is old.document


#: What a study has beside the settings of its training.
_MATTER = tuple(field.name for field in fields(Document) if field.name != "settings")


def _set(old: State, new: State) -> bool:
    """Whether only settings of the training have changed."""
    if old.session is not new.session or old.document.settings == new.document.settings:
        return False
    return all(getattr(old.document, name) is getattr(new.document, name) for name in _MATTER)


def _only_lesson(old: State, new: State) -> bool:
    """Whether the change is one of the words of the lesson that the document carries, of which no picture is."""
    if old.session is not new.session or old.document is new.document:
        return False
    return same_study(old.document, new.document)


def _form(state: State) -> tuple[object, ...]:
    """What colours and sizes of the panels hang on."""
    session = state.session
    room = session.presenting, session.tour is None, session.lesson_folded, session.question is None
    return session.theme, session.text_size, session.language, session.authoring is None, *room


def _ended(old: State, new: State) -> bool:
    """Whether the change is what a run of updates has made."""
    run = old.session.run
    return run is not None and run.live and new.document is not old.document and new.session.run is not None
