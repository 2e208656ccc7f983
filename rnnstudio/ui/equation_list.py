"""What a cell can be started from: the study's own, those that come along, nothing, and one's own files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from rnnstudio.engine.cells import Cell, library_cell
from rnnstudio.files.own_cells import OwnCell, own_cells
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.sentence import sentence
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

ROW = 60.0
#: The cells that come along, in the order in which they are taught, with a word on what is in them.
OFFERED = (
    ("simple", "Simple", "s = tanh(W x + U s + b)"),
    ("jordan", "Jordan", "the output comes back"),
    ("lstm", "LSTM", "gates f, i, o and a conveyor"),
    ("lstm-peephole", "LSTM, peepholes", "gates also see c"),
    ("lstm-coupled", "LSTM, coupled", "i is 1 − f"),
    ("gru", "GRU", "gates z and r"),
    ("gru-v1", "GRU, first version", "r before the product"),
    ("mgu", "Minimal gated", "one gate f"),
    ("dense", "Traditional layer", "no state"),
)


@dataclass(frozen=True)
class Start:
    """One thing to start from; ``cell`` None writes every line."""

    key: str
    title: str
    words: str
    cell: Cell | None
    reason: str = ""


def starts() -> tuple[Start, ...]:
    """Everything to start from but the study's cell and one's own."""
    shipped = tuple(Start(name, title, words, library_cell(name)) for name, title, words in OFFERED)
    return (*shipped, Start("empty", "Empty", "write every line", None))


def own_start(found: OwnCell) -> Start:
    """A cell file of one's own."""
    if found.cell is None:
        return Start(str(found.path), found.path.stem, "cannot be read", None, found.reason)
    count = len(found.cell.equations)
    lines = "1 line" if count == 1 else sentence("{count} lines", count=count)
    return Start(str(found.path), found.cell.title, lines, found.cell)


class _Row(Control):
    """One start: a title, and a word under it."""

    def __init__(self, start: Start, parent: QWidget, theme: Theme) -> None:
        super().__init__(f"{start.title}, {start.words}", parent, theme)
        self.start, self.unit = start, 1.0
        self.setCheckable(True)
        self.setEnabled(not start.reason)
        self.setToolTip(start.reason)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the neighbours, Enter takes it."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row; what was chosen has a frame."""
        theme, unit, on = self.theme, self.unit, self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if self.isChecked() or (self.underMouse() and on):
                painter.setPen(QPen(colour(theme, "accent"), 1.6) if self.isChecked() else Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "accentfill"))
                painter.drawRoundedRect(box, 9, 9)
            left, room = 16 * unit, self.width() - 24 * unit
            px, small = max(15.5 * unit, 12), max(12.5 * unit, 10.5)
            middle = self.height() / 2
            title, words = _cut(self.start.title, room, px, 650), _cut(self.start.words, room, small, 450)
            write(painter, left, middle - 0.62 * px, title, px, colour(theme, "text" if on else "dim"), weight=650)
            ink = colour(theme, "text2" if on else "error")
            write(painter, left, middle + 0.68 * px, words, small, ink, weight=450)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 9)


def _cut(text: str, room: float, px: float, weight: int) -> str:
    """The text as far as there is room for it."""
    text = str(tr(text))
    if text_width(Verbatim(text), px, weight) <= room:
        return Verbatim(text)
    while text and text_width(Verbatim(f"{text}…"), px, weight) > room:
        text = text[:-1].rstrip()
    return Verbatim(f"{text}…")


class _Heading(QWidget):
    """Small capitals over a group."""

    def __init__(self, words: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.words, self.theme, self.unit = words, theme, 1.0
        self.note = ""

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and a note under them."""
        with QPainter(self) as painter:
            px = max(12.5 * self.unit, 10.5)
            quiet = colour(self.theme, "text2")
            write(painter, 8 * self.unit, self.height() / 2 - (0.9 * px if self.note else 0), self.words, px, quiet,
                  weight=650)  # fmt: skip
            if self.note:
                write(painter, 16 * self.unit, self.height() / 2 + 1.3 * px, self.note, 1.1 * px, quiet, weight=450)


class StartList(QScrollArea):
    """The list on the left."""

    picked = Signal(object)
    asked = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget(self)
        body.setObjectName("starts")
        self.setWidget(body)
        self._column = QVBoxLayout(body)
        self._column.setSpacing(0)
        self._from, self._own = _Heading("START FROM…", body, theme), _Heading("YOUR CELLS", body, theme)
        self.save, self.open = WordButton("Save as a cell file…", body, theme), WordButton("Open a cell file…", body,
                                                                                           theme)  # fmt: skip
        self.save.clicked.connect(partial(self._ask, "save"))
        self.open.clicked.connect(partial(self._ask, "open"))
        self.rows: list[_Row] = []
        self.fill(None)

    def _ask(self, what: str, *_: bool) -> None:
        self.asked.emit(what)

    def _pick(self, start: Start, *_: bool) -> None:
        self.picked.emit(start)

    def fill(self, study: Start | None) -> None:
        """Make the rows anew: the study's cell, those that come along, those in the folder."""
        while self._column.count():
            self._column.takeAt(0)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        body: QWidget = self.widget() or self
        mine = [own_start(found) for found in own_cells()]
        first = [_Row(start, body, self.theme) for start in (*([study] if study else []), *starts())]
        second = [_Row(start, body, self.theme) for start in mine]
        self._own.note = "" if mine else "None saved yet"
        self.rows = [*first, *second]
        for widget in (self._from, *first, self._own, *second, self.save, self.open):
            if isinstance(widget, WordButton):
                self._column.addSpacing(8)
            self._column.addWidget(widget)
        self._column.addStretch(1)
        for row in self.rows:
            row.clicked.connect(partial(self._pick, row.start))
            row.show()
        self.set_form(self.theme, self.unit)

    def show_start(self, key: str) -> None:
        """Frame the row that the draft was started from."""
        for row in self.rows:
            row.setChecked(row.start.key == key)

    def set_form(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        margin = round(12 * unit)
        self._column.setContentsMargins(margin, round(10 * unit), margin, margin)
        self.setStyleSheet(f"QScrollArea, #starts {{ background: {theme.colour('panel')}; }}")
        for heading in (self._from, self._own):
            heading.theme, heading.unit = theme, unit
            heading.setFixedHeight(round((76 if heading.note else 40) * unit))
            heading.update()
        for row in self.rows:
            row.unit = unit
            row.setFixedHeight(round(max(ROW * unit, 36)))
            row.set_theme(theme)
        for button in (self.save, self.open):
            button.px = max(13.5 * unit, 11)
            button.setFixedHeight(round(max(38 * unit, 28)))
            button.set_theme(theme)

    def focus_rows(self) -> None:
        """The keyboard to the row that is framed, else the first."""
        chosen = next((row for row in self.rows if row.isChecked()), self.rows[0])
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(chosen)

    def has_focus(self) -> bool:
        """Whether the keyboard is in the list."""
        return any(widget.hasFocus() for widget in (*self.rows, self.save, self.open))
