"""Cell files in and out of the equation editor. The two questions are attributes, so that a test can answer them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.limits import InputError
from rnnstudio.files.opening import cell_file
from rnnstudio.files.own_cells import proposed_path, save_cell
from rnnstudio.sentence import sentence
from rnnstudio.ui.equation_list import Start
from rnnstudio.ui.question_box import leave_the_room

_FILTER = "Cells (*.toml);;All files (*)"


class CellFiles:
    """Asks where, and reads or writes; every answer is a sentence where it goes wrong."""

    def __init__(self, parent: QWidget) -> None:
        self.ask_open: Callable[[], str] = partial(_which, parent)
        self.ask_save: Callable[[str], str] = partial(_where, parent)

    def open(self, path: str) -> tuple[Start | None, str]:
        """What a file is to start from, or None and why it is nothing."""
        try:
            cell = cell_file(path)
        except InputError as error:
            return None, str(error)
        return Start(path, cell.title, Path(path).name, cell), ""

    def save(self, cell: Cell) -> str:
        """Ask where, write the cell there; the result says what became of it, nothing where nothing was asked for."""
        try:
            path = self.ask_save(str(proposed_path(cell)))
            return sentence("Saved as {name}.", name=save_cell(path, cell).name) if path else ""
        except InputError as error:
            return str(error)


def _which(parent: QWidget) -> str:
    leave_the_room(parent)
    return QFileDialog.getOpenFileName(parent, "Open a cell file", "", _FILTER)[0]


def _where(parent: QWidget, proposed: str) -> str:
    leave_the_room(parent)
    return QFileDialog.getSaveFileName(parent, "Save as a cell file", proposed, _FILTER)[0]
