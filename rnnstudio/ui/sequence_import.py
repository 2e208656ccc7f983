"""The page of a table's file: what stands between cells, whether names come first, which columns are taken as what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.engine.limits import InputError
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.sequences import read_sequence
from rnnstudio.files.table import table_form, table_sequence
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import write
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_rows import Draft, draft_of
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_file_table import INPUT, LEFT_OUT, ROLES, TARGET, FileCells, FileTable
from rnnstudio.ui.sequence_tiles import cut_to
from rnnstudio.ui.setting_controls import Choices, WordButton
from rnnstudio.ui.style import colour

_NAMES = {"\t": "tab", ";": "semicolon", ",": "comma"}
TABLES, TEXT = (".csv", ".tsv"), ".txt"
#: A longer text is read only when it is taken: then the sentence under the table is about its first rows.
LIVE_LETTERS = 1_000_000


def read_file(path: str) -> Sequence | str:
    """The sequence in a file, or the text of one that is to be looked at first: a table, or a text to be cut up.

    Raises
    ------
    InputError
        It cannot be read, in one sentence.
    """
    if Path(path).suffix.lower() in (*TABLES, TEXT):
        return decoded(read_bytes(path), path)
    return read_sequence(path)


class ImportPage(QWidget):
    """Stands in place of the table until the file is taken, or left."""

    taken = Signal(str, object)  # name, draft
    left = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit, self.px = theme, 1.0, 15.0
        self._text, self._path = "", ""
        self.said, self.wrong = "", False
        self.cells = FileCells()
        between = (*((name, name) for name in _NAMES.values()),)
        self.delimiter = Choices("Between cells", between, self, theme)
        self.header = Choices("First row", (("names", "names"), ("values", "values")), self, theme)
        self.table = FileTable(self, self.cells)
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
        roles[column] = ROLES[(ROLES.index(roles[column]) + 1) % len(ROLES)]
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
                self.said = sentence("{count:,} letters; they are read when it is taken", count=len(self._text))
            else:
                sequence = self.made().sequence
                targets = 0 if sequence.targets is None else sequence.targets.shape[-1]
                several = sentence("{count} targets", count=targets) if targets else "no targets"
                self.said = sentence(
                    "{steps:,} steps, {inputs:,} inputs, {targets} will be read.", steps=sequence.steps,
                    inputs=sequence.inputs, targets="1 target" if targets == 1 else several,
                )  # fmt: skip
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
        self.taken.emit(sentence("Read {name}", name=Path(self._path).name), draft)

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
        self.cells.px = px
        self.table.setStyleSheet(
            f"QTableView {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 4px; gridline-color: {c['divider']};"
            f" selection-background-color: {c['accentfill']}; selection-color: {c['text']}; }}"
            "QTableView::item { padding: 0 8px; }"
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
