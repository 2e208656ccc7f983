"""The windows of the program: another one, the one that has a file, all of them closed."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize

from rnnstudio.files.fresh import fresh_study
from rnnstudio.files.own_lessons import is_lesson_file
from rnnstudio.files.recent import recent_files
from rnnstudio.lessons.authoring import RunOwn
from rnnstudio.state.actions.files import ListRecent, opened
from rnnstudio.state.lesson import before_lesson
from rnnstudio.state.model import RecentFile, Session, State
from rnnstudio.state.store import Store
from rnnstudio.ui.documents import opening
from rnnstudio.ui.window import Window

#: The next window stands so much further down and to the right (px).
SHIFT = 32


class Windows(QObject):
    """Holds them as long as they are open.

    Parameters
    ----------
    remember : callable, optional
        Called with the state and the geometry of a window that closes.
    """

    def __init__(self, remember: Callable[[State, bytes], None] | None = None) -> None:
        super().__init__()
        self._remember = remember
        self._open: list[Window] = []
        self.recent: tuple[RecentFile, ...] | None = None

    @property
    def all(self) -> tuple[Window, ...]:
        """Those that are open, the oldest first."""
        return tuple(self._open)

    def add(self, window: Window) -> None:
        """One more, made elsewhere."""
        window.documents.windows = self
        self._open.append(window)
        window.closing.connect(partial(self._open.remove, window))

    def open(self, state: State, size: QSize | None = None) -> Window:
        """Show a window of this state beside the last one."""
        last = self._open[-1] if self._open else None
        window = Window(Store(state, last.store.witness if last else None), self._remember)
        self.add(window)
        if last is not None:
            window.resize(last.size())
            window.move(last.pos() + QPoint(SHIFT, SHIFT))
        elif size is not None:
            window.resize(size)
        window.show()
        return window

    def open_fresh(self, like: Session) -> Window:
        """Show a window with a study to begin with."""
        return self.open(opened(fresh_study(), like, built=True))

    def open_file(self, path: Path, like: State) -> Window | None:
        """Show a window with a file; None where it is open already, and is in front now.

        Raises
        ------
        InputError
            What is wrong with the file.
        OSError
            What the system says of it.
        """
        if self.show_file(path):
            return None
        if is_lesson_file(path):
            window = self.open_fresh(like.session)
            window.documents.open_path(path)
            return window
        window = self.open(opening(path).apply(like))
        window.documents.listed(str(path))
        window.store.dispatch(RunOwn(0))  # where the study carries a lesson
        return window

    def show_file(self, path: str | Path, but: Window | None = None) -> bool:
        """Bring the window that has this file to the front; whether there is one (another one than ``but``)."""
        wanted = _real(path)
        for window in self._open:
            held = before_lesson(window.store.state).session.path
            if window is not but and held and _real(held) == wanted:
                window.raise_()
                window.activateWindow()
                return True
        return False

    def show_recent(self, files: tuple[RecentFile, ...]) -> None:
        """The same list in all of them."""
        self.recent = files
        for window in self._open:
            window.store.dispatch(ListRecent(files))

    def known_recent(self) -> tuple[RecentFile, ...]:
        """The list as it was read last."""
        if self.recent is None:
            self.recent = recent_files()
        return self.recent

    def close_all(self) -> bool:
        """Close them, the newest first, as long as each agrees; whether all have."""
        return all(window.close() for window in reversed(self.all))


def _real(path: str | Path) -> str:
    return os.path.normcase(os.path.realpath(path))
