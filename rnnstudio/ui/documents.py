"""Files in and out of the window: open, bundled studies, save, dropped files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.opening import open_any
from rnnstudio.files.storage import write_atomic
from rnnstudio.files.study import write_study
from rnnstudio.state.actions.files import OpenDocument, Saved
from rnnstudio.state.actions.training import EndTraining
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.model import Document
from rnnstudio.state.store import Store

SUFFIX = ".rnnstudio"
OPENED = (
    "Studies, sequences, weights and cells (*.rnnstudio *.csv *.npy *.npz *.txt *.safetensors *.toml);;All files (*)"
)


class Documents(QObject):
    """What the File menu does. The three questions it may ask are attributes, so that a test can answer them."""

    def __init__(self, store: Store, window: QMainWindow) -> None:
        super().__init__(window)
        self._store = store
        self._window = window
        self.ask_open: Callable[[], str] = self._dialog_open
        self.ask_save: Callable[[str], str] = self._dialog_save
        self.ask_leave: Callable[[], str] = self._dialog_leave

    def open(self) -> None:
        """Ask for a file and open it."""
        path = self.ask_open()
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a file; one that cannot be opened leaves everything as it is and says why."""
        study = path.suffix == SUFFIX
        self._open(lambda: open_any(path), str(path) if study else "", built=not study)

    def open_dropped(self, path: str) -> None:
        """Open a file that was dropped on the canvas."""
        self.open_path(Path(path))

    def open_bundled(self, name: str) -> None:
        """Open a study that came with the program."""
        self._open(lambda: bundled_study(name), "")

    def _open(self, read: Callable[[], Document], path: str, built: bool = False) -> None:
        try:
            document = read()
        except (InputError, OSError) as error:
            self._say(_sentence(error))
            return
        if self.may_leave():
            self._store.dispatch(OpenDocument(document, path, built))

    def _say(self, sentence: str) -> None:
        self._store.dispatch(Message(sentence))

    def save(self) -> bool:
        """Write the study where it came from, or ask where."""
        path = self._store.state.session.path
        return self._write(Path(path)) if path else self.save_as()

    def save_as(self) -> bool:
        """Ask where, and write the study there."""
        state = self._store.state
        path = self.ask_save(state.session.path or f"{state.document.name}{SUFFIX}")
        if not path:
            return False
        return self._write(Path(path) if path.endswith(SUFFIX) else Path(path + SUFFIX))

    def _write(self, path: Path) -> bool:
        try:
            write_atomic(path, write_study(self._store.state.document))
        except (InputError, OSError) as error:
            self._say(f"{path.name} was not saved: {_sentence(error)}")
            return False
        self._store.dispatch(Saved(str(path)))
        return True

    def may_leave(self) -> bool:
        """Whether the study may be put away: it is as it was saved, or the answer is not "cancel"."""
        self._store.dispatch(EndTraining())
        state = self._store.state
        if state.document is state.session.saved:
            return True
        answer = self.ask_leave()
        return self.save() if answer == "save" else answer == "discard"

    # ---------------------------------------------------------------- questions

    def _dialog_open(self) -> str:
        return QFileDialog.getOpenFileName(self._window, "Open", "", OPENED)[0]

    def _dialog_save(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(self._window, "Save as", proposed, f"Study (*{SUFFIX})")[0]

    def _dialog_leave(self) -> str:
        buttons = QMessageBox.StandardButton
        chosen = QMessageBox.question(
            self._window, "RNN Studio", "This study has changes that are not saved.",
            buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save,
        )  # fmt: skip
        return {buttons.Save: "save", buttons.Discard: "discard"}.get(chosen, "cancel")


def _sentence(error: Exception) -> str:
    """One sentence: what the error says, or what the system says of a file."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the file'}: {error.strerror.lower()}"
    return str(error)
