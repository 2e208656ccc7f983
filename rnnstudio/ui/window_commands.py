"""What the rows of the command table that are no actions do to a window."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from rnnstudio.lessons.tour import GoToStop, Retell, StartLesson
from rnnstudio.state.actions.presenting import Present, ShowPresenter
from rnnstudio.state.actions.stepping import First, Pause
from rnnstudio.state.actions.viewing import MoveSelection, SetView, ShowInspector, Zoom

if TYPE_CHECKING:
    from rnnstudio.ui.access_commands import AccessCommands
    from rnnstudio.ui.history_list import HistoryList
    from rnnstudio.ui.lesson_list import LessonList
    from rnnstudio.ui.notation_files import NotationFiles
    from rnnstudio.ui.preferences import PreferencesPanel
    from rnnstudio.ui.sequence_editor import SequenceEditor
    from rnnstudio.ui.window import Window
    from rnnstudio.ui.words_dock import WordsDock

ZOOM_STEP = 1.25
#: Commands of the sequence's table, of a block of a matrix, that find and explain, and those that the trainer runs.
SEQUENCE = ("edit_sequence", "make_sequence", "import_sequence")
AREA = ("copy_area", "paste_area", "area_number")
ACCESS = ("palette", "whats_this", "export_words")
NOTATION = "open_notation"
WRITING = ("write_lesson", "record_stop", "edit_stop", "run_lesson", "walk", "save_lesson")
TRAINING = ("train", "train_both", "update_forward")


class WindowCommands:
    """The window's own commands; those of files and of training are called where they belong."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def select(self, way: str) -> None:
        """Selection upwards or downwards; what has the focus may turn by itself: pages, words, a setting."""
        by = 1 if way == "up" else -1
        turn = getattr(self._window.focusWidget(), "turn", None)
        if turn is not None:
            turn(-by)
        else:
            self._window.store.dispatch(MoveSelection(by))

    def next_region(self) -> None:
        """The focus to the next part of the window."""
        there = [region for region in (*self._window.regions(), *self.access.regions) if region.isVisible()]
        at = next((k for k, region in enumerate(there) if region.hasFocus()), -1)
        there[(at + 1) % len(there)].setFocus(Qt.FocusReason.TabFocusReason)

    def zoom(self, way: str) -> None:
        """Zoom in or out at the middle, or in "here", at the pointer."""
        middle = self._window.canvas.rect().center()
        at = self._window.canvas.pointer() if way == "here" else (float(middle.x()), float(middle.y()))
        self._window.store.dispatch(Zoom(1 / ZOOM_STEP if way == "out" else ZOOM_STEP, at))

    def enter(self) -> None:
        """Edit the selected value where it stands; on R, or with nothing selected, open the cell."""
        selected = self._window.store.state.session.selection
        if selected is None or selected.what == "cell":
            self._window.store.dispatch(SetView("cell"))
        else:
            self._window.in_place.edit_selection()

    def edit(self) -> None:
        """Edit the selected value where it stands."""
        self._window.in_place.edit_selection()

    def go_to(self, what: str = "sample") -> None:
        """Ask for a sample's number, or for the seed to begin again from."""
        field = self._window.go_to_field if what == "sample" else self._window.go_to_field.seed
        field.open(self._window.transport)

    def keys(self) -> None:
        """The key sheet; playback pauses while it is open."""
        self._window.store.dispatch(Pause())
        self._window.sheet.open()

    @cached_property
    def lesson_list(self) -> LessonList:
        """The list of lessons, made when it is first asked for."""
        from rnnstudio.ui.lesson_list import LessonList

        made = LessonList(self._window, self._window.theme)
        made.chosen.connect(self.start_lesson)
        self._window.canvas.resized.connect(made.cover)
        return made

    def lessons(self) -> None:
        """The list of lessons; playback pauses while it is open."""
        self._window.store.dispatch(Pause())
        self.lesson_list.set_theme(self._window.theme)
        self.lesson_list.open()

    def start_lesson(self, name: str, at: int = 0) -> None:
        """The first stop of a lesson that comes along, or another; of one's own by the path of its file."""
        from rnnstudio.files.demonstration import bundled_study
        from rnnstudio.lessons.shelf import SHELF, shelf_lesson

        if name not in SHELF:
            self._window.documents.open_path(Path(name))
            return
        spoken = self._window.store.state.session.language
        self._window.store.dispatch(StartLesson(shelf_lesson(name, bundled_study, spoken), at))
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def retell_lesson(self) -> None:
        """Go on with the lesson in the language in which one reads now."""
        from rnnstudio.files.demonstration import bundled_study
        from rnnstudio.lessons.shelf import SHELF, shelf_lesson

        session = self._window.store.state.session
        if session.tour is not None and not session.tour.own and session.tour.lesson.name in SHELF:
            told = shelf_lesson(session.tour.lesson.name, bundled_study, session.language)
            self._window.store.dispatch(Retell(told))

    @cached_property
    def history_list(self) -> HistoryList:
        """The list of all changes, made when it is first asked for."""
        from rnnstudio.ui.history_list import HistoryList

        window = self._window
        made = HistoryList(window.store, window.canvas, window.theme)
        made.set_form(window.theme, window.sizes)
        window.canvas.resized.connect(made.place)
        return made

    @cached_property
    def access(self) -> AccessCommands:
        """What finds, explains and says in words."""
        from rnnstudio.ui.access_commands import AccessCommands

        return AccessCommands(self._window)

    @cached_property
    def preferences_panel(self) -> PreferencesPanel:
        """What one prefers, made when it is first asked for."""
        from rnnstudio.ui.preferences import PreferencesPanel

        made = PreferencesPanel(self._window)
        made.set_form(self._window.theme, self._window.sizes)
        return made

    def preferences(self) -> None:
        """Theme, text size and what else one prefers; playback pauses."""
        self._window.store.dispatch(Pause())
        self.preferences_panel.open()

    @property
    def made(self) -> list[HistoryList | PreferencesPanel | WordsDock]:
        """The panels of the commands that were asked for up to now."""
        asked = [self.__dict__[name] for name in ("history_list", "preferences_panel") if name in self.__dict__]
        return [*asked, *self.access.made]

    def history(self) -> None:
        """The list of all changes, or the list away."""
        self.history_list.toggle()

    def present(self, where: str) -> None:
        """All of the screen for the picture, from the first stop or sample, or from where one is."""
        store = self._window.store
        if where == "start":
            store.dispatch(GoToStop(0) if store.state.session.tour is not None else First())
        store.dispatch(Present())

    def presenter(self) -> None:
        """The private window; where it is open, the one of the two that is not in front."""
        store = self._window.store
        if store.state.session.desk.presenter:
            self._window.presentation.other_in_front()
        else:
            store.dispatch(Present())
            store.dispatch(ShowPresenter(True))

    def toggle_panel(self) -> None:
        """Show the panel at the right, or fold it."""
        self._window.store.dispatch(ShowInspector(not self._window.side.current.isVisible()))

    def write_cell(self) -> None:
        """The cell as equations, to write another one; playback pauses."""
        self._window.store.dispatch(Pause())
        self._window.equations.open()

    def open_cell_file(self) -> None:
        """A cell file as equations, to look at before it is used."""
        path = self._window.equations.files.ask_open()
        if path:
            self._window.store.dispatch(Pause())
            self._window.equations.open(path)

    @cached_property
    def sequence(self) -> SequenceEditor:
        """The surface on which the sequence is worked on, made when it is first asked for."""
        from rnnstudio.ui.sequence_editor import SequenceEditor

        return SequenceEditor(self._window.store, self._window, self._window.theme)

    @cached_property
    def notations(self) -> NotationFiles:
        """Notations from files, made when the first is asked for."""
        from rnnstudio.ui.notation_files import NotationFiles

        return NotationFiles(self._window, self._window.store)

    def full_screen(self) -> None:
        """All of the screen, and back."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def close(self) -> None:
        """Close the window; with the last one the program ends."""
        self._window.close()

    def call(self, name: str, *more: object) -> None:
        """Run the method that a row of the command table names, with what stands behind its colon, or ``more``."""
        method, _, argument = name.partition(":")
        window = self._window
        owner: object = self
        if method in SEQUENCE:
            owner = self.sequence.commands
        elif method in ACCESS:
            owner = self.access
        elif method == NOTATION:
            owner = self.notations
        elif method in WRITING:
            owner = window.writing
        elif method in AREA:
            owner = window.inspector.bar
        elif not hasattr(self, method):
            owner = window.trainer if method in TRAINING else window.documents
        action = getattr(owner, method)
        action(*((argument,) if argument else more))
