"""Writing a lesson in the window: the panel at the left, made when it is first wanted, and what its commands do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from rnnstudio.engine.limits import InputError
from rnnstudio.files.theme import Theme
from rnnstudio.lessons.at_hand import stop_at_hand, tours_own
from rnnstudio.state.actions.stepping import Pause
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.model import State
from rnnstudio.ui.measures import Measures
from rnnstudio.ui.question_box import leave_the_room

if TYPE_CHECKING:
    from rnnstudio.state.store import Action
    from rnnstudio.ui.author_panel import AuthorPanel
    from rnnstudio.ui.window import Window

WIDTH, COMPACT_WIDTH = 340, 304
_FILTER = "Lessons (*.toml);;All files (*)"


def is_written(state: State) -> bool:
    """Whether the panel of the lesson that is being written is shown."""
    session = state.session
    return session.authoring is not None and session.tour is None and not session.presenting


class LessonWriting:
    """Belongs to one window. The question that it may ask is an attribute, so that a test can answer it."""

    def __init__(self, window: Window, row: QHBoxLayout) -> None:
        self._window, self._row = window, row
        self._form: tuple[Theme, Measures] | None = None
        self.ask_save: Callable[[str], str] = partial(_where, window)

    @cached_property
    def panel(self) -> AuthorPanel:
        """The panel."""
        from rnnstudio.ui.author_panel import AuthorPanel

        window = self._window
        made = AuthorPanel(window.store, window.lesson.parentWidget() or window, window.theme)
        made.asked.connect(window.run_command)
        made.left.connect(partial(window.canvas.setFocus, Qt.FocusReason.OtherFocusReason))
        self._row.insertWidget(0, made)
        return made

    @property
    def shown(self) -> AuthorPanel | None:
        """The panel while it is there to be seen."""
        panel: AuthorPanel | None = self.__dict__.get("panel")
        return None if panel is None or panel.isHidden() else panel

    @property
    def taken(self) -> int:
        """Px of the window's width that it takes."""
        return 0 if self.shown is None else self.shown.width()

    def regions(self) -> tuple[QWidget, ...]:
        """Where F6 stops in it."""
        return () if self.shown is None else (self.shown.first,)

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._form = (theme, sizes)
        if "panel" in self.__dict__:
            self.panel.setFixedWidth(COMPACT_WIDTH if sizes.compact else WIDTH)
            self.panel.set_form(theme, sizes.compact)

    def show_state(self, old: State, new: State) -> None:
        """Show the lesson while it is being written."""
        if is_written(new):
            fresh = "panel" not in self.__dict__
            self.panel.show_state(new)
            if fresh and self._form is not None:
                self.set_form(*self._form)
        if "panel" in self.__dict__:
            self.panel.setVisible(is_written(new))

    # ---------------------------------------------------------------- commands

    def write_lesson(self) -> None:
        """Write the lesson of the study, a new one where it has none; or end. A lesson that comes along is copied."""
        from rnnstudio.lessons.authoring import Write

        store = self._window.store
        session = store.state.session
        if session.tour is not None and not tours_own(store.state):
            self._copy()
            return
        store.dispatch(Pause())
        store.dispatch(Write(session.authoring is None or session.tour is not None))
        panel = self.shown
        if panel is None:
            self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif store.state.document.lesson is not None and not store.state.document.lesson.stops:
            panel.title.setFocus(Qt.FocusReason.OtherFocusReason)
            panel.title.selectAll()

    def _copy(self) -> None:
        """A lesson of somebody else as one's own: each stop with its whole picture, in a study without a file."""
        from rnnstudio.lessons.authoring import ShowStop, Write
        from rnnstudio.lessons.written import copied
        from rnnstudio.state.actions.files import OpenDocument

        window, tour = self._window, self._window.store.state.session.tour
        if tour is None or not window.documents.may_leave():
            return
        window.store.dispatch(OpenDocument(copied(tour.lesson)))
        window.documents.follow()
        window.store.dispatch(Write())
        window.store.dispatch(ShowStop(min(tour.at, len(tour.lesson.stops) - 1)))

    def record_stop(self) -> None:
        """The picture as a stop; its title is written next."""
        from rnnstudio.lessons.authoring import RecordStop

        store = self._window.store
        store.dispatch(Pause())
        before = store.state.document.lesson
        store.dispatch(RecordStop())
        if store.state.document.lesson is not before and self.shown is not None:
            self.shown.focus_stop(stop_at_hand(store.state))

    def edit_stop(self, what: str) -> None:
        """Take another picture for the stop at hand, put it elsewhere, double or delete it."""
        from rnnstudio.lessons.authoring import DeleteStop, DuplicateStop, MoveStop, TakePicture

        ways: dict[str, Action] = {
            "take": TakePicture(), "up": MoveStop(-1), "down": MoveStop(1), "copy": DuplicateStop(),
            "delete": DeleteStop(),
        }  # fmt: skip
        self._window.store.dispatch(ways[what])

    def run_lesson(self, where: str = "here") -> None:
        """Go through the lesson that the study carries, from its beginning or from the stop at hand."""
        from rnnstudio.lessons.authoring import RunOwn

        store = self._window.store
        store.dispatch(RunOwn(0 if where == "start" else None))
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self, way: str) -> None:
        """The stop after the one at hand, or before it."""
        from rnnstudio.lessons.authoring import ShowStop

        store, panel = self._window.store, self.shown
        by = 1 if way == "on" else -1
        in_field = panel is not None and panel.isAncestorOf(self._window.focusWidget() or self._window.canvas)
        store.dispatch(ShowStop(stop_at_hand(store.state) + by))
        if panel is not None and in_field:
            panel.focus_stop(stop_at_hand(store.state))

    def save_lesson(self) -> None:
        """Ask where, and write the lesson there as a file, the studies that it shows beside it."""
        from rnnstudio.files.own_lessons import proposed_lesson, save_lesson_file
        from rnnstudio.lessons.reading import parse_lesson
        from rnnstudio.lessons.writing import lesson_text

        store = self._window.store
        lesson = store.state.document.lesson
        if lesson is None:
            return
        try:
            path = self.ask_save(str(proposed_lesson(lesson.title)))
            if path:
                written = save_lesson_file(Path(path), partial(lesson_text, lesson), parse_lesson)
                names = ", ".join(one.name for one in written)
                store.dispatch(Message(f"Saved as {names} in {written[0].parent}."))
        except (InputError, OSError) as error:
            store.dispatch(Message(f"The lesson was not saved: {error}"))


def _where(window: QWidget, proposed: str) -> str:
    leave_the_room(window)
    return QFileDialog.getSaveFileName(window, "Save as a lesson file", proposed, _FILTER)[0]
