"""What the toolbar of the sequence and the keys of its table do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from rnnstudio.engine.limits import InputError
from rnnstudio.sentence import sentence
from rnnstudio.state.pasted_block import pasted_cells
from rnnstudio.state.sequence_cells import Paste, PasteNew
from rnnstudio.state.sequence_changes import Delete, Insert, Move, Repeat, Reverse, RowChange, Shuffle
from rnnstudio.ui.question_box import leave_the_room

if TYPE_CHECKING:
    from rnnstudio.ui.sequence_editor import SequenceEditor

_FILES = "Tables, arrays and texts (*.csv *.tsv *.npy *.npz *.txt);;All files (*)"


def told(error: Exception) -> str:
    """One sentence: what the error says, or what the system says of a file."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the file'}: {error.strerror.lower()}"
    said = str(error)
    return said[:1].upper() + said[1:]


class SequenceCommands:
    """Changes the rows of the editor; the question for a file is an attribute, so that a test can answer it."""

    def __init__(self, editor: SequenceEditor) -> None:
        self._e = editor
        self.ask_file: Callable[[], str] = self._dialog_file

    def edit_sequence(self) -> None:
        """The sequence as a table; playback pauses."""
        self._e.open()

    def make_sequence(self, source: str) -> None:
        """The table with a sequence that a generator makes."""
        self.edit_sequence()
        self._e.choices.source(source)

    def import_sequence(self) -> None:
        """The table with a file's sequence."""
        self.edit_sequence()
        self.run("import")

    def run(self, name: str, *_: bool) -> None:
        """A button of the toolbar, or its key."""
        first, last = self._e.grid.rows()
        count = len(self._e.draft.rows)
        some = (first, last) if last > first else (0, count - 1)
        if name in ("reorder", "repeat"):
            self._menu(name, first, last, count)
        elif name in ("insert", "delete", "earlier", "later", "duplicate"):
            changes: dict[str, tuple[RowChange, int]] = {
                "insert": (Insert(last + 1 if count else 0), last + 1),
                "delete": (Delete(first, last), first),
                "earlier": (Move(first, last, first - 1), first - 1),
                "later": (Move(first, last, first + 1), first + 1),
                "duplicate": (Repeat(first, last), last + 1),
            }
            self._e.do(*changes[name])
        elif name == "shuffle":
            seed = int(self._e.seed.value())
            self._e.do(Shuffle(*some, seed), first)
            self._e.seed.show_value(seed + 1)
        elif name in ("paste", "paste_new"):
            self.paste(name == "paste_new")
        elif name == "copy":
            QGuiApplication.clipboard().setText(self._e.grid.copied())
        elif name == "import":
            path = self.ask_file()
            if path:
                self._e.open_file(path)
        elif self._e.work is not None:
            self._e.work = self._e.work.back() if name == "undo" else self._e.work.forth()
            self._e.show_work(self._e.grid.currentIndex().row())

    def _menu(self, name: str, first: int, last: int, count: int) -> None:
        """What Reorder and Repeat offer."""
        menu = QMenu(self._e.tools[name])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        steps, height = (
            sentence("step {first}", first=first + 1)
            if first == last
            else sentence("steps {first} to {last}", first=first + 1, last=last + 1),
            last - first,
        )
        some = (first, last) if last > first else (0, count - 1)
        rows: tuple[tuple[str, RowChange, int], ...] = (
            (f"Put {steps} earlier\tAlt+↑", Move(first, last, first - 1), first - 1),
            (f"Put {steps} later\tAlt+↓", Move(first, last, first + 1), first + 1),
            (sentence("Put {steps} first", steps=steps), Move(first, last, 0), 0),
            (sentence("Put {steps} last", steps=steps), Move(first, last, count - 1 - height), count - 1 - height),
            ("From behind: " + ("the chosen steps" if last > first else "all steps"), Reverse(*some), first),
        ) if name == "reorder" else (
            (f"Repeat {steps} once\tCtrl+D", Repeat(first, last), last + 1),
            *((sentence("The whole sequence {n} times", n=n), Repeat(0, count - 1, n), first) for n in (2, 3, 4, 10)),
        )  # fmt: skip
        for words, change, row in rows:
            menu.addAction(words).triggered.connect(partial(self._chosen, change, row))
        menu.popup(self._e.tools[name].mapToGlobal(QPoint(0, self._e.tools[name].height() + 4)))

    def _chosen(self, change: RowChange, row: int, *_: bool) -> None:
        self._e.do(change, row)

    def paste(self, new: bool) -> None:
        """Cells of the clipboard: from the cell at hand on, or as a new sequence."""
        at = self._e.grid.table.value_column(self._e.grid.currentIndex().column()) or 0
        text = self._e.draft.sequence.tokens is not None and not new
        try:
            cells = pasted_cells(QGuiApplication.clipboard().text(), text)
            row = max(self._e.grid.currentIndex().row(), 0)
            self._e.do(PasteNew(cells) if new else Paste(row, at, cells), 0 if new else row)
        except InputError as error:
            self._e.say(told(error), wrong=True)

    def _dialog_file(self) -> str:
        leave_the_room(self._e)
        return QFileDialog.getOpenFileName(self._e, "Import", "", _FILES)[0]
