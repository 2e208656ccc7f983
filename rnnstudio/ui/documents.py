"""Files in and out of the window: what the File menu does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rnnstudio.engine.limits import InputError
from rnnstudio.files import recent
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.fresh import fresh_study
from rnnstudio.files.locks import OpenFile
from rnnstudio.files.opening import open_any
from rnnstudio.files.own_lessons import is_lesson_file, lesson_file
from rnnstudio.files.storage import UnflushedError, sweep
from rnnstudio.files.study_file import ChangedError, open_study_file, save_study_file
from rnnstudio.lessons.authoring import RunOwn
from rnnstudio.lessons.reading import parse_lesson
from rnnstudio.lessons.tour import LeaveLesson, StartLesson
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.files import ListRecent, OpenDocument, Revert, Saved, Unconfirmed
from rnnstudio.state.actions.training import EndTraining
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.lesson import at_home
from rnnstudio.state.store import Store
from rnnstudio.ui import document_questions as questions
from rnnstudio.ui.autosave import Autosave
from rnnstudio.ui.document_questions import OVERWRITE, SAVE, SAVE_AS, SUFFIX

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window
    from rnnstudio.ui.windows import Windows


class Documents(QObject):
    """What the File menu does. The questions that it may ask are attributes, so that a test can answer them."""

    def __init__(self, store: Store, window: Window) -> None:
        super().__init__(window)
        self._store = store
        self._window = window
        self._file = OpenFile()
        self._autosave: Autosave | None = None
        self.ask_open: Callable[[], str] = partial(questions.which_file, window)
        self.ask_save: Callable[[str], str] = partial(questions.where_to, window, "Save as")
        self.ask_copy: Callable[[str], str] = partial(questions.where_to, window, "Save a copy")
        self.ask_leave: Callable[[], str] = self._ask_leave
        self.ask_over: Callable[[str], str] = partial(questions.over_another, window)
        self._ended = False
        window.closing.connect(self._end)

    def begin(self) -> None:
        """The window is there: have its file open, keep its work, show the list of recent files."""
        if self._autosave is None and not self._ended:  # it may be closed before its first picture
            self._autosave = Autosave(self._store, self)
            self.follow()
            self._store.dispatch(ListRecent(self.windows.known_recent()))

    def _end(self) -> None:
        """The window closes: its work is saved, or it was agreed that it goes."""
        self._ended = True
        if self._autosave is not None:
            self._autosave.stop()
        self._file.release()

    @cached_property
    def windows(self) -> Windows:
        """All windows of the program; one that was made by itself is the first of them."""
        from rnnstudio.ui.windows import Windows

        windows = Windows(self._window.remember)
        windows.add(self._window)
        return windows

    @property
    def autosave(self) -> Autosave:
        """What keeps the work of this window."""
        self.begin()
        assert self._autosave is not None
        return self._autosave

    # ---------------------------------------------------------------- in

    def new(self) -> None:
        """A fresh study in place of this one."""
        self._open(lambda: OpenDocument(fresh_study(), built=True))

    def open(self) -> None:
        """Ask for a file and open it."""
        path = self.ask_open()
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a file; one that cannot be opened leaves everything as it is and says why."""
        if is_lesson_file(path):
            self._open_lesson(path)
        elif not self.windows.show_file(path, but=self._window):
            self._open(lambda: opening(path), str(path))

    def _open_lesson(self, path: Path) -> None:
        """Begin the lesson of a file; what is open comes back when it is left."""
        try:
            self._store.dispatch(StartLesson(parse_lesson(*lesson_file(path))))
        except (InputError, OSError) as error:
            self._say(_sentence(error))
            return
        self.listed(str(path))

    def open_dropped(self, paths: Sequence[str]) -> None:
        """Open files that were dropped: the first one here, the others in windows of their own."""
        first, *others = paths
        self.open_path(Path(first))
        self.open_beside(others)

    def open_beside(self, paths: Sequence[str]) -> None:
        """Open files in windows of their own; what is wrong with one is said here."""
        for path in paths:
            try:
                self.windows.open_file(Path(path), self._store.state)
            except (InputError, OSError) as error:
                self._say(_sentence(error))

    def open_bundled(self, name: str) -> None:
        """Open a study that came with the program."""
        self._open(lambda: OpenDocument(bundled_study(name)))

    def open_recent(self, number: str) -> None:
        """Open a file of the list, by its place in it."""
        files = self._store.state.session.recent
        if int(number) < len(files):
            self.open_path(Path(files[int(number)].path))

    def _open(self, read: Callable[[], OpenDocument], listed: str = "") -> None:
        try:
            action = read()
        except (InputError, OSError) as error:
            self._say(_sentence(error))
            return
        if not self.may_leave():
            return
        self._store.dispatch(action)
        if self._store.state.document is action.document:
            self.follow()
            self.listed(listed)
            if action.document.lesson is not None:
                self._store.dispatch(RunOwn(0))

    def follow(self) -> None:
        """Have the file open that the study comes from; where somebody else has it, say so."""
        session = self._store.state.session
        taken = self._file.take(session.path)
        if taken:
            self._file.release()
            self._say(sentence("{taken}; what you change here is saved under another name.", taken=taken))
        if session.path:
            sweep(Path(session.path).absolute().parent)

    # ---------------------------------------------------------------- out

    def save(self) -> bool:
        """Write the study where it came from, or ask where."""
        self._store.dispatch(EndTraining())
        session = self._store.state.session
        if not session.path:
            return self.save_as()
        taken = self._file.take(session.path)
        if taken:
            self._say(sentence("{taken}; another name is wanted.", taken=taken))
            return self.save_as()
        return self._write(Path(session.path), session.disk)

    def save_as(self) -> bool:
        """Ask where, and write the study there."""
        self._store.dispatch(EndTraining())
        path = self._asked(self.ask_save)
        if path is None:
            return False
        taken = self._file.take(str(path))
        if taken:
            self._say(sentence("{name} was not saved: {taken}; another name is wanted", name=path.name, taken=taken))
            return False
        saved = self._write(path)
        if not saved:
            self._file.take(self._store.state.session.path)
        return saved

    def save_copy(self) -> bool:
        """Ask where, and write the study there as well; the one that is open stays the one that is saved."""
        path = self._asked(self.ask_copy)
        if path is None:
            return False
        if str(path) == self._store.state.session.path:
            return self.save()
        other = OpenFile()
        taken = other.take(str(path))
        try:
            if taken:
                raise InputError(f"{taken}; another name is wanted")
            save_study_file(path, self._store.state.document)
        except (InputError, OSError) as error:
            self._say(sentence("{name} was not saved: {sentence}", name=path.name, sentence=_sentence(error)))
            return False
        finally:
            other.release()
        self.listed(str(path))
        return True

    def _asked(self, ask: Callable[[str], str]) -> Path | None:
        state = self._store.state
        path = ask(state.session.path or f"{state.document.name}{SUFFIX}")
        if not path:
            return None
        return Path(path) if path.endswith(SUFFIX) else Path(path + SUFFIX)

    def _write(self, path: Path, disk: str = "") -> bool:
        """Write the study; ``disk`` is what has to lie there still, empty where it may be anything."""
        try:
            written = save_study_file(path, self._store.state.document, disk)
        except ChangedError as error:
            answer = self.ask_over(sentence("{error}. Overwrite it, or save under another name?", error=error))
            if answer == SAVE_AS:
                return self.save_as()
            return self._write(path) if answer == OVERWRITE else False
        except (InputError, OSError) as error:
            if isinstance(error, UnflushedError):
                self._store.dispatch(Unconfirmed(str(path), error.written))
                self._say(_sentence(error))
            else:
                self._say(sentence("{name} was not saved: {sentence}", name=path.name, sentence=_sentence(error)))
            return False
        self._store.dispatch(Saved(str(path), written))
        self.listed(str(path))
        return True

    def revert(self) -> None:
        """The study as it lies on the disk, else as it was opened; undone like any other change."""
        session = self._store.state.session
        if not session.path:
            if session.saved is not None:
                self._store.dispatch(Revert(session.saved))
            return
        try:
            document, disk = open_study_file(session.path)
        except (InputError, OSError) as error:
            self._say(_sentence(error))
            return
        if session.saved is not None and disk == session.disk:
            document = session.saved  # undone and made again, it is still the one that is saved
        self._store.dispatch(Revert(document, disk))

    # ---------------------------------------------------------------- windows

    def new_window(self) -> None:
        """One more window, with a fresh study."""
        self.windows.open_fresh(self._store.state.session)

    def quit(self) -> None:
        """Close all windows; each asks, and one that stays keeps the program."""
        self.windows.close_all()

    def may_leave(self) -> bool:
        """Whether the study may be put away: it is as it was saved, or the answer is not "cancel"."""
        self._store.dispatch(EndTraining())
        home = at_home(self._store.state)
        if home.document is home.session.saved:
            return True
        if home is not self._store.state:
            self._store.dispatch(LeaveLesson())  # what is asked about is to be seen
        answer = self.ask_leave()
        return self.save() if answer == SAVE else answer == questions.DISCARD

    def _ask_leave(self) -> str:
        state = self._store.state
        return questions.may_leave(self._window, Path(state.session.path).name or state.document.name)

    # ---------------------------------------------------------------- the list

    def clear_recent(self) -> None:
        """Empty the list."""
        self.windows.show_recent(recent.forget_all())

    def listed(self, path: str) -> None:
        """Put a file on top of the list."""
        if path:
            self.windows.show_recent(recent.remember(path))

    def _say(self, sentence: str) -> None:
        self._store.dispatch(Message(sentence))


def opening(path: Path) -> OpenDocument:
    """Read a file; the result is what shows it.

    Raises
    ------
    InputError
        What is wrong with it.
    OSError
        What the system says of it.
    """
    if path.suffix.lower() == SUFFIX:
        document, disk = open_study_file(path)
        return OpenDocument(document, str(path), disk=disk)
    return OpenDocument(open_any(path), built=True)


def _sentence(error: Exception) -> str:
    """One sentence: what the error says, or what the system says of a file."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the file'}: {error.strerror.lower()}"
    return str(error)
