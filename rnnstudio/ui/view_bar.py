"""The view bar: forward or training, the seven views as segments, choosers. What is off says why.

In front of a room there is a button for the panels too.
"""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.state.actions.training import why_untrained
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import off_reason
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.choosers import QUESTIONS, Chooser
from rnnstudio.ui.controls import Control, TextButton, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.setting_controls import Choices
from rnnstudio.ui.style import colour, on_accent


class Segment(Control):
    """One view: its key, its name."""

    def __init__(self, view: str, number: int, parent: QWidget, theme: Theme) -> None:
        super().__init__(VIEW_NAMES[view], parent, theme)
        self.view, self.number = view, number
        self.sizes: Measures = NORMAL
        self.off = False
        self.setCheckable(True)

    def wanted_width(self) -> float:
        """Width that the name needs."""
        px = self.sizes.segment_px
        name = text_width(VIEW_NAMES[self.view], px, 600)
        return name + (62 * px / 22 if self.sizes.projector else 20 + self.sizes.segment_pad)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment, as the theme's window has it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = on_accent(self.theme) if self.isChecked() else colour(self.theme, "dim" if self.off else "text")
            if self.sizes.projector:
                self._paint_wide(painter, ink)
            else:
                self._paint(painter, ink)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 9)

    def _paint(self, painter: QPainter, ink: QColor) -> None:
        theme, px, middle = self.theme, self.sizes.segment_px, self.height() / 2
        if self.isChecked() or (self.underMouse() and not self.off):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "accent" if self.isChecked() else "raised"))
            painter.drawRoundedRect(QRectF(0, 0, self.width(), self.height()), 8, 8)
        name = text_width(VIEW_NAMES[self.view], px, 600)
        x = (self.width() - name - 22) / 2
        box = QRectF(x, middle - 9, 17, 18)
        painter.setPen(QPen(ink if self.isChecked() else colour(theme, "border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if self.isChecked() else colour(theme, "raised"))
        painter.drawRoundedRect(box, 4, 4)
        quiet = ink if self.isChecked() or self.off else colour(theme, "text2")
        write(painter, x + 8.5, middle, str(self.number), self.sizes.key_px, quiet, align="c", weight=600)
        write(painter, x + 23, middle, VIEW_NAMES[self.view], px, ink, weight=600 if self.isChecked() else 500)

    def _paint_wide(self, painter: QPainter, ink: QColor) -> None:
        theme, px = self.theme, self.sizes.segment_px
        k = px / 22
        painter.setPen(QPen(colour(theme, "accent" if self.isChecked() else "border"), 2))
        painter.setBrush(colour(theme, "accent" if self.isChecked() else "raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        quiet, middle = ink if self.isChecked() or self.off else colour(theme, "text3"), self.height() / 2
        write(painter, 16 * k, middle, str(self.number), self.sizes.key_px, quiet, weight=600)
        write(painter, 42 * k, middle, VIEW_NAMES[self.view], px, ink, weight=650)


#: Px between groups of the bar, at letters of 14 px.
GAP = 12.0


class ViewBar(QWidget):
    """Seven segments; the chosen one is filled."""

    asked = Signal(str)

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAccessibleName("Views")
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._ground = QRectF()
        self._shown = ("", False)  # the view, and whether updates are being made
        self.training = Choices("Forward or training", (("forward", "Forward"), ("training", "Training")), self, theme)
        self.training.picked.connect(self._switch)
        self.segments = [Segment(view, n, self, theme) for n, view in enumerate(VIEW_NAMES, start=1)]
        for segment in self.segments:
            segment.clicked.connect(partial(self._turn, segment.view))
        self.choosers = [Chooser(question, store, self, theme) for question in QUESTIONS]
        self.panels = TextButton("Panels", "chevron-left", self, theme, 22)
        self.panels.setCheckable(True)
        self.panels.clicked.connect(self._panels)
        self.show_state(store.state, store.state)

    def _turn(self, view: str) -> None:
        self._store.dispatch(SetView(view))
        # a view that is off was refused: the press has checked its segment all the same
        self.show_state(self._store.state, self._store.state)

    def _switch(self, wanted: str) -> None:
        if (wanted == "training") != self._store.state.session.training:
            self.asked.emit("training")

    def _panels(self) -> None:
        self.asked.emit("inspector")

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.setFixedHeight(round(sizes.view_bar))
        for segment in self.segments:
            segment.sizes = sizes
            segment.set_theme(theme)
        for chooser in self.choosers:
            chooser.px = sizes.segment_px
            chooser.set_theme(theme)
        self.training.dress(theme, sizes.segment, sizes.segment_px)
        self.panels.px = sizes.segment_px
        self.panels.set_theme(theme)
        self.panels.setVisible(sizes.projector)
        self._place()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show which view it is, which are off, and what else the picture is of."""
        for segment in self.segments:
            reason = off_reason(segment.view, new.document)
            if segment.off != bool(reason):
                segment.off = bool(reason)
                segment.update()
            segment.setChecked(segment.view == new.session.view)
            segment.setToolTip(reason)
            segment.setAccessibleDescription(reason)
        off = {} if new.session.training else {"training": why_untrained(new.document)}
        self.training.show_choice("training" if new.session.training else "forward", off)
        for chooser in self.choosers:
            chooser.show_state()
        self.panels.setChecked(new.session.inspector)
        shown = new.session.view, new.session.run is not None and new.session.run.live
        if old is new or old.document is not new.document or old.session.direction != new.session.direction:
            self._place()
        if shown != self._shown:
            self._shown = shown
            self.update()

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put everything in its place."""
        self._place()

    def _place(self) -> None:
        sizes = self._sizes
        k = sizes.segment_px / 22 if sizes.projector else sizes.segment_px / 14
        gap = GAP * k
        top, height = self.height() / 2 - sizes.segment / 2, sizes.segment
        widths = [segment.wanted_width() for segment in self.segments]
        # Of hidden choosers there is nothing to place; those that find no room stay in the menu Model.
        needed = [chooser for chooser in self.choosers if chooser.needed]
        switch = float(self.training.wanted_width())
        if sizes.projector:
            left = 24 * k
            self._put_segments(left, widths, 10 * k, 0.0)
            end = left + sum(widths) + 10 * k * 6
            wide = 142 * k
            right = self.width() - 24 * k - wide
            self.panels.setGeometry(round(right), round(top), round(wide), round(height))
            right -= gap + switch
            self.training.setVisible(right > end)
            self.training.setGeometry(round(right), round(top), round(switch), round(height))
            self._put_choosers(needed, right - gap, end, gap)
            return
        self.training.setGeometry(16, round(top), round(switch), round(height))
        total = sum(widths) + 4
        taken = sum(chooser.wanted_width() + gap for chooser in needed)
        left = min((self.width() - total) / 2, self.width() - 16 - taken - total)
        left = max(left, 16 + switch + gap)
        self._ground = QRectF(left, top, total, height)
        self._put_segments(left + 2, widths, 0.0, 2.0)
        self._put_choosers(needed, self.width() - 16, left + total, gap)

    def _put_segments(self, x: float, widths: list[float], gap: float, inset: float) -> None:
        top, height = self.height() / 2 - self._sizes.segment / 2 + inset, self._sizes.segment - 2 * inset
        for segment, width in zip(self.segments, widths, strict=True):
            segment.setGeometry(round(x), round(top), round(width), round(height))
            x += width + gap

    def _put_choosers(self, needed: list[Chooser], right: float, end: float, gap: float) -> None:
        """From the right, the first question leftmost; as many as there is room for."""
        room = right - end - gap
        fitting = list(needed)
        while fitting and sum(chooser.wanted_width() + gap for chooser in fitting) - gap > room:
            fitting.pop()
        x = right - sum(chooser.wanted_width() + gap for chooser in fitting) + gap
        for chooser in self.choosers:
            chooser.setVisible(chooser in fitting)
        for chooser in fitting:
            width = chooser.wanted_width()
            chooser.setGeometry(round(x), round(self.height() / 2 - self._sizes.segment / 2), round(width),
                                round(self._sizes.segment))  # fmt: skip
            x += width + gap

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground under the segments; while updates are made, a line of the gradient's colour under the bar."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(self._theme, "chrome" if self._sizes.projector else "panel"))
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour(self._theme, "border"))
            if self._shown[1]:
                painter.fillRect(QRectF(0, self.height() - 3, self.width(), 3), colour(self._theme, "grad"))
            if self._sizes.projector:
                return
            painter.setPen(QPen(colour(self._theme, "border"), 1))
            painter.setBrush(colour(self._theme, "chrome"))
            painter.drawRoundedRect(self._ground, 10, 10)
            middle = self.height() / 2
            chosen = [segment.isChecked() for segment in self.segments]
            for k, segment in enumerate(self.segments[:-1]):
                if not chosen[k] and not chosen[k + 1]:
                    painter.drawLine(segment.geometry().right() + 1, round(middle - 8),
                                     segment.geometry().right() + 1, round(middle + 8))  # fmt: skip
