"""The page of a table's file: what stands between cells, whether names come first, which columns are taken as what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from rnnstudio.engine.limits import InputError
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.sequences import read_sequence
from rnnstudio.files.table import TableForm, table_form, table_sequence
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import write
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_rows import Draft, draft_of
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_tiles import cut_to
from rnnstudio.ui.setting_controls import Choices, WordButton
from rnnstudio.ui.style import colour

#: What a column is taken as, in the order in which Enter goes through them.
INPUT, TARGET, LEFT_OUT = "input", "target", "left out"
_ROLES = (INPUT, TARGET, LEFT_OUT)
_NAMES = {"\t": "tab", ";": "semicolon", ",": "comma"}
_TABLES = (".csv", ".tsv")
#: A longer text is read only when it is taken: then the sentence under the table is about its first rows.
LIVE_LETTERS = 1_000_000
_Index = QModelIndex | QPersistentModelIndex


def read_file(path: str) -> Sequence | str:
    """The sequence in a file, or the text of a table that is to be looked at first.

    Raises
    ------
    InputError
        It cannot be read, in one sentence.
    """
    if Path(path).suffix.lower() in _TABLES:
        return decoded(read_bytes(path), path)
    return read_sequence(path)


class _Cells(QAbstractTableModel):
    """The first row says what each column is taken as, the second is its name, the others are the file's."""

    def __init__(self) -> None:
        super().__init__()
        self.form: TableForm | None = None
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
        if self.form is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row, column = index.row(), index.column()
        if row == 0:
            said = self.roles[column]
            return f"column {column + 1}, {said}" if role == Qt.ItemDataRole.AccessibleTextRole else said
        if row == 1:
            return self.form.names[column] if self.form.header else f"column {column + 1}"
        cells = self.form.rows[row - 2]
        return cells[column] if column < len(cells) else ""


class _Table(QTableView):
    """The beginning of the file; Enter, Space or a click on the first row change what a column is taken as."""

    turned = Signal(int)

    def __init__(self, parent: QWidget, cells: _Cells) -> None:
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


class ImportPage(QWidget):
    """Stands in place of the table until the file is taken, or left."""

    taken = Signal(str, object)  # name, draft
    left = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit, self.px = theme, 1.0, 15.0
        self._text, self._path = "", ""
        self.said, self.wrong = "", False
        self.cells = _Cells()
        between = (*((name, name) for name in _NAMES.values()),)
        self.delimiter = Choices("Between cells", between, self, theme)
        self.header = Choices("First row", (("names", "names"), ("values", "values")), self, theme)
        self.table = _Table(self, self.cells)
        self.read, self.back = WordButton("Read it", self, theme, True), WordButton("Back", self, theme)
        self.delimiter.picked.connect(self._delimited)
        self.header.picked.connect(self._headed)
        self.table.turned.connect(self.turn)
        self.read.clicked.connect(self.take)
        self.back.clicked.connect(self._leave)

    def show_text(self, text: str, path: str) -> None:
        """Look at a file.

        Raises
        ------
        InputError
            There is nothing in it.
        """
        self._text, self._path = text, path
        self._form(None, None)
        self.table.setCurrentIndex(self.cells.index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self, delimiter: str | None, header: bool | None) -> None:
        form = table_form(self._text, self._path, delimiter, header)
        roles = [INPUT if numeric else LEFT_OUT for numeric in form.numeric]
        self.cells.show_form(form, roles if INPUT in roles else [INPUT] * len(roles))
        self.delimiter.show_choice(_NAMES[form.delimiter])
        self.header.show_choice("names" if form.header else "values")
        self._look()
        self._arrange()

    def _delimited(self, name: str) -> None:
        self._form(next(sign for sign, said in _NAMES.items() if said == name), None)

    def _headed(self, name: str) -> None:
        form = self.cells.form
        self._form(form.delimiter if form else None, name == "names")

    def turn(self, column: int) -> None:
        """A column is taken as something else: an input, a target, or not at all."""
        form, roles = self.cells.form, list(self.cells.roles)
        if form is None or not 0 <= column < len(roles):
            return
        at = self.table.currentIndex()
        roles[column] = _ROLES[(_ROLES.index(roles[column]) + 1) % len(_ROLES)]
        self.cells.show_form(form, roles)
        self.table.setCurrentIndex(self.cells.index(at.row(), column))
        self._look()
        self._arrange()

    def made(self) -> Draft:
        """The draft of the file, read as it is said.

        Raises
        ------
        InputError
            With row and column, what does not fit.
        """
        form = self.cells.form
        assert form is not None
        where = Path(self._path).name
        taken = tuple(k for k, role in enumerate(self.cells.roles) if role == INPUT)
        wanted = tuple(k for k, role in enumerate(self.cells.roles) if role == TARGET)
        if not taken:
            raise InputError(f"{where}: no column is an input; at least one is wanted")
        found = table_sequence(self._text, where, taken, form.delimiter, form.header)
        if wanted:
            targets = table_sequence(self._text, where, wanted, form.delimiter, form.header).x
            found = found.with_targets(targets)
        return draft_of(found)

    def _look(self) -> None:
        """Say what would be read, or what is wrong."""
        try:
            self.wrong = False
            if len(self._text) > LIVE_LETTERS:
                self.said = f"{len(self._text):,} letters; they are read when it is taken"
            else:
                sequence = self.made().sequence
                targets = 0 if sequence.targets is None else sequence.targets.shape[-1]
                self.said = f"{sequence.steps:,} steps, {sequence.inputs:,} inputs, " + (
                    f"{targets} target{'s' if targets > 1 else ''}" if targets else "no targets") + " will be read."
        except InputError as error:
            self.said, self.wrong = str(error), True
        self.read.setEnabled(not self.wrong)
        self.setAccessibleDescription(self.said)
        self.update()

    def take(self, *_: bool) -> None:
        """Read the file, and hand it on."""
        try:
            draft = self.made()
        except InputError as error:
            self.said, self.wrong = str(error), True
            self.update()
            return
        self.taken.emit(f"Read {Path(self._path).name}", draft)

    def _leave(self, *_: bool) -> None:
        self.left.emit()

    # ---------------------------------------------------------------- places

    def set_form(self, theme: Theme, unit: float, px: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit, self.px = theme, unit, px
        for choices in (self.delimiter, self.header):
            choices.dress(theme, max(38 * unit, 1.75 * px), 0.96 * px)
        for button in (self.read, self.back):
            button.px = px
            button.set_theme(theme)
        c = theme.colours
        self.table.setStyleSheet(
            f"QTableView {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 10px; gridline-color: {c['divider']}; font-size: {px:g}px;"
            f" selection-background-color: {c['accentfill']}; selection-color: {c['text']}; }}"
            f"QTableView:focus {{ border: 2px solid {c['accent']}; }}"
        )
        self.table.verticalHeader().setDefaultSectionSize(round(max(36 * unit, 1.7 * px)))
        self._arrange()

    def _arrange(self) -> None:
        unit, px, high = self.unit, self.px, self.delimiter.height()
        top = 56 * unit
        x = round(8.4 * px)
        self.delimiter.setGeometry(x, round(top), self.delimiter.wanted_width() + 24, high)
        x += self.delimiter.width() + round(6.8 * px)
        self.header.setGeometry(x, round(top), self.header.wanted_width() + 24, high)
        y = top + high + 16 * unit
        button = round(max(38 * unit, 1.75 * px))
        bottom = self.height() - button - 30 * unit
        rows = self.cells.rowCount() * self.table.verticalHeader().defaultSectionSize() + 4
        self.table.setGeometry(0, round(y), self.width(), round(min(bottom - y - 40 * unit, rows + 12)))
        wide = round(max(120 * unit, 7 * px))
        self.read.setGeometry(self.width() - wide, self.height() - button, wide, button)
        self.back.setGeometry(self.width() - 2 * wide - round(12 * unit), self.height() - button, wide, button)
        for k in range(self.cells.columnCount()):
            self.table.setColumnWidth(k, round(max(132 * unit, 7 * px)))
        self.update()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts in their places."""
        super().resizeEvent(event)
        self._arrange()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Name of the file, captions, what would be read."""
        px = self.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            quiet = colour(self.theme, "text2")
            write(painter, 0, 20 * self.unit, cut_to(Path(self._path).name, self.width() / 2, 1.2 * px, 650), 1.2 * px,
                  colour(self.theme, "text"), weight=650)  # fmt: skip
            y = self.delimiter.geometry().center().y()
            write(painter, 0, y, "Between cells", px, quiet, weight=450)
            write(painter, self.header.x() - 5.6 * px, y, "First row", px, quiet, weight=450)
            foot = self.table.geometry().bottom() + 24 * self.unit
            ink = QColor(colour(self.theme, "error")) if self.wrong else quiet
            said = self.said[:1].upper() + self.said[1:]
            write(painter, 0, foot, cut_to(said, self.width(), px, 500), px, ink,
                  weight=500)  # fmt: skip
            hint = "Enter on a column, or a click on the first row: input, target, left out"
            write(painter, 0, self.read.geometry().center().y(), hint, 0.92 * px, quiet, weight=450)
            painter.fillRect(QRectF(0, 40 * self.unit, self.width(), 1), colour(self.theme, "divider"))
