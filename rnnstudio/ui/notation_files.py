"""A notation from a file. The question is an attribute, so that a test can answer it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFileDialog, QWidget

from rnnstudio.engine.limits import InputError
from rnnstudio.files.own_notations import notation_file, notations_folder
from rnnstudio.state.actions.notation import SetNotation
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.store import Store
from rnnstudio.ui.question_box import leave_the_room


class NotationFiles:
    """Asks which, reads it and writes everything in it."""

    def __init__(self, parent: QWidget, store: Store) -> None:
        self._store = store
        self.ask: Callable[[], str] = partial(_which, parent)

    def open_notation(self) -> None:
        """A notation of one's own; what is wrong with a file is said in the banner."""
        path = self.ask()
        if not path:
            return
        try:
            self._store.dispatch(SetNotation(notation_file(path)))
        except InputError as error:
            self._store.dispatch(Message(str(error)))


def _which(parent: QWidget) -> str:
    folder = notations_folder()
    leave_the_room(parent)
    return QFileDialog.getOpenFileName(parent, "Open a notation", str(folder) if folder.is_dir() else "",
                                       "Notations (*.toml);;All files (*)")[0]  # fmt: skip
