"""The surface of the sequence over the dimmed window: its parts and where they stand."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.state.sequence_generators import Option
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import Measures
from rnnstudio.ui.sequence_fields import NumberField
from rnnstudio.ui.sequence_grid import HEAD, ROW, SequenceGrid
from rnnstudio.ui.sequence_import import ImportPage
from rnnstudio.ui.sequence_preview import SequencePreview
from rnnstudio.ui.sequence_sources import SequenceSources
from rnnstudio.ui.sequence_tiles import column_width, cut_to
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

#: DESIGN §16, in pixels of 1920 × 1080.
PANEL = (1520.0, 960.0)
LEFT, HEADER = 248.0, 72.0
#: The toolbar: name, words, icon, tooltip.
TOOLS = (
    ("insert", "Insert", "plus", "A step below the one at hand (Insert)"),
    ("delete", "Delete", "minus", "The chosen steps (Delete)"),
    ("reorder", "Reorder", "reorder", "The chosen steps earlier or later (Alt+↑, Alt+↓), or all from behind"),
    ("repeat", "Repeat", "repeat", "The chosen steps once more (Ctrl+D), or the sequence several times"),
    ("shuffle", "Shuffle", "shuffle", "The chosen steps, else all, in an order drawn from the seed"),
    ("paste", "Paste", "paste", "Cells of a spreadsheet, from this one on (Ctrl+V); as a new sequence (Ctrl+Shift+V)"),
    ("import", "Import…", "import", "A table (.csv, .tsv), an array (.npy, .npz) or a text (.txt)"),
)  # fmt: skip


class SequenceSurface(Cover):
    """Dialog over the window. It shows; `SequenceEditor` does."""

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.theme, self.unit, self.px = theme, 1.0, 15.0
        self.title, self.said, self.wrong = "", "", False
        self.place = ""
        self._panel = QRectF()
        self.cancel, self.use = WordButton("Cancel", self, theme), WordButton("Use it", self, theme, True)
        self.cancel.setToolTip("Esc; what was changed is there again the next time")
        self.use.setToolTip("Ctrl+Enter")
        self.sources = SequenceSources(self, theme)
        self.tools = {name: WordButton(words, self, theme, icon=icon) for name, words, icon, _ in TOOLS}
        for name, _, _, tip in TOOLS:
            self.tools[name].setToolTip(tip)
        self.seed = NumberField(Option("seed", "Seed of the order", 0, 999_999, 1), self, theme)
        self.seed.show_value(1)
        self.seed.setPrefix("seed ")
        self.seed.setToolTip("Seed of the order that Shuffle draws; the next press takes the next seed")
        self.grid = SequenceGrid(self, theme)
        self.preview = SequencePreview(self, theme)
        self.page = ImportPage(self, theme)
        self.page.hide()
        tools = list(self.tools.values())
        order = [*self.sources.rows, self.sources.text, *self.sources.tile.choices.values(),
                 *self.sources.target.choices.values(), self.sources.make, *tools[:5], self.seed, *tools[5:], self.grid,
                 self.cancel, self.use]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def set_form(self, theme: Theme, _: Measures | None = None) -> None:
        """Other colours or sizes; it covers the window, and its own sizes follow from that alone."""
        self.setGeometry(self._window.rect())
        self.theme = theme
        room = (self.width() - 40.0, self.height() - 40.0)
        self.unit = unit = min(room[0] / PANEL[0], room[1] / PANEL[1], 1.0 if not theme.wide else 1.6)
        wide = min(room[0], PANEL[0] * unit * (1.2 if theme.wide else 1.0))
        high = min(PANEL[1] * unit, room[1])
        self._panel = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        self.px = max(15 * unit, 11.5) if not theme.wide else max(18 * unit, 13)
        for button in (self.cancel, self.use, *self.tools.values()):
            button.px = 0.96 * self.px
            button.set_theme(theme)
        self.seed.dress(theme, unit, self.px)
        self.sources.set_form(theme, unit, (0.925 if theme.wide else 0.96) * self.px)
        self.grid.set_form(theme, unit, self.px)
        self.preview.set_form(theme, unit, 0.96 * self.px)
        self.page.set_form(theme, unit, self.px)
        self.arrange()

    def arrange(self) -> None:
        """Put the parts in their places."""
        unit, panel, px = self.unit, self._panel, self.px
        head = HEADER * unit
        high = round(max(38 * unit, 1.75 * px))
        for k, button in enumerate((self.use, self.cancel)):
            wide = round(max(108 * unit, 6 * px))
            button.setGeometry(round(panel.right() - 24 * unit - (k + 1) * wide - k * 12 * unit),
                               round(panel.top() + (head - high) / 2), wide, high)  # fmt: skip
        left = panel.left() + max(LEFT * unit, 15.5 * px)
        self.sources.setGeometry(round(panel.left()), round(panel.top() + head), round(left - panel.left()),
                                 round(panel.height() - head))  # fmt: skip
        x, y = left + 24 * unit, panel.top() + 84 * unit
        for name, button in self.tools.items():
            wide = round(text_width(button.accessibleName(), button.px, 600) + 2.9 * button.px)
            button.setGeometry(round(x), round(y), wide, high)
            x += wide + 8 * unit
            if name == "shuffle":
                self.seed.setFixedSize(round(max(96 * unit, 1.5 * px + 44) + 1.4 * px), high)
                self.seed.move(round(x), round(y))
                x += self.seed.width() + 24 * unit
        self._body(left + 24 * unit, y + high + 14 * unit)
        self.update()

    def _body(self, left: float, top: float) -> None:
        """Table and preview share what is left: the table as high as its rows need, up to eight of them."""
        unit, panel = self.unit, self._panel
        wide, bottom = panel.right() - 24 * unit - left, panel.bottom() - 44 * unit
        rows = min(max(self.grid.table.rowCount(), 4), 8)
        across = sum(column_width(shown.kind, unit) for shown in self.grid.table.shown)
        bar = 12 if across > wide - 12 else 2
        table = min(round(HEAD * unit) + rows * round(ROW * unit) + bar, (bottom - top) * 0.62)
        self.grid.setGeometry(round(left), round(top) + 4, round(wide), round(table))
        y = top + table + 24 * unit
        self.preview.setGeometry(round(left), round(y), round(wide), round(bottom - y))
        self.page.setGeometry(round(left), round(panel.top() + 84 * unit), round(wide),
                              round(bottom - panel.top() - 84 * unit))  # fmt: skip

    def show_page(self, on: bool) -> None:
        """The page of a file in place of the table."""
        for part in (self.grid, self.preview, self.seed, *self.tools.values()):
            part.setVisible(not on)
        self.page.setVisible(on)
        for button in (self.use, self.cancel):
            button.setVisible(not on)
        self.said = ""
        self.update()

    def say(self, words: str, wrong: bool = False) -> None:
        """A sentence at the bottom: what went wrong, or what using the sequence does."""
        self.said, self.wrong = words, wrong
        self.setAccessibleDescription(words)
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The dimmed window, the panel, its head, the sentence at the bottom."""
        theme, unit, panel, px = self.theme, self.unit, self._panel, self.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(0, 0, 0, 117))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "panel"))
            painter.drawRoundedRect(panel, 16 * unit, 16 * unit)
            y, x = panel.top() + HEADER * unit / 2, panel.left() + 24 * unit
            x += write(painter, x, y, "Sequence", 1.55 * px, colour(theme, "text"), weight=650) + 12 * unit
            room = self.cancel.x() - x - 16
            write(painter, x, y + 0.15 * px, cut_to(self.title, room, px, 450), px, colour(theme, "text2"), weight=450)
            line = QRectF(panel.left(), panel.top() + HEADER * unit, panel.width(), 1)
            painter.fillRect(line, colour(theme, "divider"))
            if self.grid.isVisible():
                painter.setPen(QPen(colour(theme, "border"), 1.2))
                painter.setBrush(colour(theme, "raised"))
                painter.drawRoundedRect(QRectF(self.grid.geometry()).adjusted(-1, -5, 1, 5), 10 * unit, 10 * unit)
            left, foot = self.grid.x(), panel.bottom() - 22 * unit
            room = panel.right() - 24 * unit - left
            write(painter, left, foot, cut_to(self.said, room, 0.92 * px, 500), 0.92 * px,
                  colour(theme, "error" if self.wrong else "text2"), weight=500 if self.wrong else 450)  # fmt: skip
            if not self.page.isVisible():
                tool = self.tools["import"].geometry()
                if panel.right() - tool.right() > 130 * unit:
                    write(painter, panel.right() - 24 * unit, tool.center().y(), self.place, 0.96 * px,
                          colour(theme, "text2"), align="r", kind="number", weight=450)  # fmt: skip
