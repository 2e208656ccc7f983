"""What a sequence can be made of: the list at the left, and under it what the chosen one may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rnnstudio.engine.tasks import TASKS
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, ui_font, write
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.state.sequence_generators import Option
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_fields import NumberRows
from rnnstudio.ui.setting_controls import Choices, WordButton
from rnnstudio.ui.style import colour

ROW = 24.0
#: The sources that are no tasks: the study's own rows, and texts by letters and by words.
STUDY, LETTERS, WORDS = "study", "chars", "words"
SOURCES = (
    (STUDY, "Your own rows"), *((task.name, task.title) for task in TASKS.values()),
    (LETTERS, "Text by letters"), (WORDS, "Text by words"),
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """What stands under the list: a title, a note, numbers, and for a text how a word is shown and its target."""

    source: str
    title: str
    note: str = ""
    options: tuple[Option, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    text: str | None = None
    tile: str = ""
    target: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    again: bool = False
    long: bool = False  # the text is longer than what is shown of it, so it is not edited there


class _Row(Control):
    """One source."""

    def __init__(self, key: str, title: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(title, parent, theme)
        self.key, self.px = key, 14.0
        self.setCheckable(True)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the neighbours, Enter takes it."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row; the chosen one has a frame."""
        theme, on = self.theme, self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if on or self.underMouse():
                painter.setPen(QPen(colour(theme, "accent"), 1.6) if on else Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "accentfill"))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            write(painter, 0.9 * self.px, self.height() / 2, self.accessibleName(), self.px, colour(theme, "text"),
                  weight=650 if on else 450)  # fmt: skip
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 8)


class SequenceSources(QWidget):
    """The left column; it tells what is wanted, and shows what `SequenceEditor` says."""

    picked = Signal(str)
    numbered = Signal(str, float)
    written = Signal()
    told = Signal(str, str)  # "tile" or "target", and which
    again = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit, self.px = theme, 1.0, 14.0
        self.panel = Panel(STUDY, "Your own rows")
        self.rows = [_Row(key, title, self, theme) for key, title in SOURCES]
        for row in self.rows:
            row.clicked.connect(partial(self._pick, row.key))
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName("Text")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self.written)
        self.tile = Choices("Each word is", (("tile", "one tile"), ("few", "few numbers")), self, theme)
        self.tile.picked.connect(partial(self._tell, "tile"))
        self.target = Choices("Target", (("next", "next"), ("own", "given"), ("none", "none")), self, theme)
        self.target.picked.connect(partial(self._tell, "target"))
        self.numbers = NumberRows(self, theme)
        self.numbers.chosen.connect(self.numbered)
        self.make = WordButton("Make again", self, theme)
        self.make.clicked.connect(self._again)
        self._captions: list[tuple[float, str]] = []

    def _pick(self, key: str, *_: bool) -> None:
        for row in self.rows:
            row.setChecked(row.key == self.panel.source)
        self.picked.emit(key)

    def _tell(self, what: str, which: str) -> None:
        self.told.emit(what, which)

    def _again(self, *_: bool) -> None:
        self.again.emit()

    def show_panel(self, panel: Panel) -> None:
        """Another source, or other values of it."""
        self.panel = panel
        for row in self.rows:
            row.setChecked(row.key == panel.source)
        if panel.text is not None and panel.text != self.text.toPlainText():
            before = self.text.blockSignals(True)
            self.text.setPlainText(panel.text)
            self.text.blockSignals(before)
        self.text.setReadOnly(panel.long)
        self.text.setVisible(panel.text is not None)
        self.tile.setVisible(bool(panel.tile))
        self.tile.show_choice(panel.tile)
        self.target.setVisible(bool(panel.target))
        known = dict(panel.targets)
        self.target.show_choice(panel.target, {key: known.get(key, "") for key in self.target.choices})
        self.numbers.show_options(panel.options, panel.values)
        chain = (list(self.target.choices.values())[-1], *self.numbers.fields.values(), self.make)
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)
        self.make.setVisible(panel.again)
        self._arrange()

    def set_form(self, theme: Theme, unit: float, px: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit, self.px = theme, unit, px
        for row in self.rows:
            row.px = px
            row.set_theme(theme)
        for choices in (self.tile, self.target):
            choices.dress(theme, max(32 * unit, 1.6 * px), 0.93 * px)
        self.make.px = px
        self.make.set_theme(theme)
        c = theme.colours
        self.text.setFont(ui_font(px))
        self.text.setStyleSheet(
            f"QPlainTextEdit {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 8px; font-size: {px:g}px; padding: 2px; selection-background-color: {c['accentfill']};"
            f" selection-color: {c['text']}; }} QPlainTextEdit:focus {{ border: 2px solid {c['accent']}; }}"
        )
        self._arrange()

    def focus_rows(self) -> None:
        """The keyboard to the source that is chosen."""
        next((row for row in self.rows if row.isChecked()), self.rows[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is in the list."""
        return any(row.hasFocus() for row in self.rows)

    # ---------------------------------------------------------------- places

    def _arrange(self) -> None:
        unit, px, left = self.unit, self.px, round(24 * self.unit)
        wide, y = self.width() - 2 * left, 48 * unit
        pitch = max(ROW * unit, 1.45 * px)
        for row in self.rows:
            row.setGeometry(round(12 * unit), round(y), self.width() - round(24 * unit), round(pitch))
            y += pitch
        y += 38 * unit
        y += 1.35 * px * len(self.note_lines()) + 6 * unit
        self._captions = []
        if self.panel.text is not None:
            high = round(max(62 * unit, 4.0 * px))
            self.text.setGeometry(left, round(y), wide, high)
            y += high + 6 * unit
        for choices, caption, shown in (
            (self.tile, "Each word is" if self.panel.source == WORDS else "Each letter is", self.panel.tile),
            (self.target, "Target", self.panel.target),
        ):
            if shown:
                self._captions.append((y + 0.7 * px, caption))
                choices.setGeometry(left, round(y + 1.4 * px), wide, choices.height())
                y += 1.4 * px + choices.height() + 6 * unit
        self.numbers.setGeometry(left, round(y), wide, self.numbers.wanted_height())
        self.numbers.set_form(self.theme, unit, px)
        high = round(max(36 * unit, 1.8 * px))
        self.make.setGeometry(left, self.height() - high - round(16 * unit), wide, high)
        self.update()

    def note_lines(self) -> list[str]:
        """The note in lines that fit."""
        lines: list[str] = []
        room, px = self.width() - 48 * self.unit, 0.88 * self.px
        for word in tr(self.panel.note).split():
            longer = Verbatim(f"{lines[-1]} {word}" if lines else word)
            if lines and text_width(longer, px, 450) <= room:
                lines[-1] = longer
            else:
                lines.append(Verbatim(word))
        return lines

    # ---------------------------------------------------------------- Qt

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts in their places."""
        super().resizeEvent(event)
        self._arrange()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Headings, note and captions."""
        theme, unit, px = self.theme, self.unit, self.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            quiet, left = colour(theme, "text2"), 24 * unit
            write(painter, left, 27 * unit, "GENERATORS", 0.88 * px, quiet, weight=650)
            end = self.rows[-1].geometry().bottom() + 1
            painter.fillRect(QRectF(left, end + 8 * unit, self.width() - 2 * left, 1), colour(theme, "divider"))
            write(painter, left, end + 24 * unit, self.panel.title.upper(), 0.88 * px, quiet, weight=650)
            for k, line in enumerate(self.note_lines()):
                write(painter, left, end + 38 * unit + 1.35 * px * (k + 0.5), line, 0.88 * px, colour(theme, "text3"),
                      weight=450)  # fmt: skip
            for y, caption in self._captions:
                write(painter, left, y, caption, px, quiet, weight=450)
            painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), colour(theme, "divider"))
