"""The beginning of a table's file, column by column: what each is taken as, its name, its first cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from rnnstudio.files.table import TableForm
from rnnstudio.paint.fonts import ui_font
from rnnstudio.sentence import sentence
from rnnstudio.ui.guarded import guarded

#: What a column is taken as, in the order in which Enter goes through them.
INPUT, TARGET, LEFT_OUT = "input", "target", "left out"
ROLES = (INPUT, TARGET, LEFT_OUT)
_Index = QModelIndex | QPersistentModelIndex


class FileCells(QAbstractTableModel):
    """The first row says what each column is taken as, the second is its name, the others are the file's."""

    def __init__(self) -> None:
        super().__init__()
        self.form: TableForm | None = None
        self.px = 15.0
        self.roles: list[str] = []

    def show_form(self, form: TableForm, roles: list[str]) -> None:
        """Another reading of the file."""
        self.beginResetModel()
        self.form, self.roles = form, roles
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """The two heads, and the rows that were looked at."""
        return 0 if parent.isValid() or self.form is None else len(self.form.rows) + 2

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """As many as the first row has."""
        return 0 if parent.isValid() or self.form is None else len(self.form.names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.FontRole:
            return ui_font(self.px, 650 if row < 2 else 450, tabular=True)
        if self.form is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if row == 0:
            said = self.roles[column]
            return (
                sentence("column {column}, {said}", column=column + 1, said=said)
                if role == Qt.ItemDataRole.AccessibleTextRole
                else said
            )
        if row == 1:
            return self.form.names[column] if self.form.header else sentence("column {column}", column=column + 1)
        cells = self.form.rows[row - 2]
        return cells[column] if column < len(cells) else ""


class FileTable(QTableView):
    """The beginning of the file; Enter, Space or a click on the first row change what a column is taken as."""

    turned = Signal(int)

    def __init__(self, parent: QWidget, cells: FileCells) -> None:
        super().__init__(parent)
        self._cells = cells
        self.setModel(cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("The first rows of the file")
        self.clicked.connect(self._clicked)

    def _clicked(self, index: QModelIndex) -> None:
        if index.row() == 0:
            self.turned.emit(index.column())

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space turn the column at hand."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and plain:
            self.turned.emit(max(self.currentIndex().column(), 0))
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F6, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
