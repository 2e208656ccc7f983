"""The view bar: the seven views as segments; what is off says why. In the projector a button for the panels."""

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.state.actions.viewing import SetView, ToggleInspector
from rnnstudio.state.derived import off_reason
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.controls import Control, TextButton, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
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


class ViewBar(QWidget):
    """Seven segments; the chosen one is filled."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._ground = QRectF()
        self.segments = [Segment(view, n, self, theme) for n, view in enumerate(VIEW_NAMES, start=1)]
        for segment in self.segments:
            segment.clicked.connect(partial(self._turn, segment.view))
        self.panels = TextButton("Panels", "chevron-left", self, theme, 22)
        self.panels.setCheckable(True)
        self.panels.clicked.connect(self._panels)
        self.show_state(store.state, store.state)

    def _turn(self, view: str) -> None:
        self._store.dispatch(SetView(view))
        # a view that is off was refused: the press has checked its segment all the same
        self.show_state(self._store.state, self._store.state)

    def _panels(self) -> None:
        self._store.dispatch(ToggleInspector())

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.setFixedHeight(round(sizes.view_bar))
        for segment in self.segments:
            segment.sizes = sizes
            segment.set_theme(theme)
        self.panels.px = sizes.segment_px
        self.panels.set_theme(theme)
        self.panels.setVisible(sizes.projector)
        self._place()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show which view it is, and which are off."""
        for segment in self.segments:
            reason = off_reason(segment.view, new.document)
            segment.off = bool(reason)
            segment.setChecked(segment.view == new.session.view)
            segment.setToolTip(reason)
            segment.setAccessibleDescription(reason)
            segment.update()
        self.panels.setChecked(new.session.inspector)

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put the segments in their places."""
        self._place()

    def _place(self) -> None:
        sizes, middle = self._sizes, self.height() / 2
        widths = [segment.wanted_width() for segment in self.segments]
        if sizes.projector:
            k = sizes.segment_px / 22
            x = 24 * k
            for segment, width in zip(self.segments, widths, strict=True):
                segment.setGeometry(round(x), round(middle - sizes.segment / 2), round(width), round(sizes.segment))
                x += width + 10 * k
            wide = 142 * k
            self.panels.setGeometry(
                round(self.width() - 24 * k - wide),
                round(middle - sizes.segment / 2),
                round(wide),
                round(sizes.segment),
            )
            return
        total = sum(widths) + 4
        left = (self.width() - total) / 2
        self._ground = QRectF(left, middle - sizes.segment / 2, total, sizes.segment)
        x = left + 2
        for segment, width in zip(self.segments, widths, strict=True):
            segment.setGeometry(round(x), round(middle - sizes.segment / 2 + 2), round(width), round(sizes.segment - 4))
            x += width

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground under the segments."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(self._theme, "chrome" if self._sizes.projector else "panel"))
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour(self._theme, "border"))
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
