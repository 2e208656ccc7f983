"""The formula bar as a panel: pages of the sub-step, turned by Up and Down, pointing at a symbol lights its mark."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.formula import Page as FormulaPage
from rnnstudio.diagram.keys import Key
from rnnstudio.files.theme import Theme
from rnnstudio.paint.formula_bar import paint_formula_bar
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.viewing import Hover, Page, Select
from rnnstudio.state.derived import layout
from rnnstudio.state.in_words import page_in_words
from rnnstudio.state.model import State
from rnnstudio.state.picking import related, thing
from rnnstudio.state.picture import page_at, pages
from rnnstudio.state.store import Store
from rnnstudio.ui.afterwards import dispatch_afterwards
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NARROWEST, NORMAL, NORMAL_WIDTH, PROJECTOR, Measures
from rnnstudio.ui.style import colour


class FormulaPanel(QWidget):
    """Formula, numbers, result; one page an equation."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._areas: list[tuple[QRectF, Key]] = []
        self._turned = 0
        self._shown: tuple[object, int] = ((), -1)
        self._outlined: frozenset[Key] = frozenset()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Formula")
        self.show_state(store.state, store.state)

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.setFixedHeight(round(sizes.formula))
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show the page that is turned to."""
        there = pages(new)
        lit = self._lit(new)
        if old is not new and there is self._shown[0] and page_at(new) == self._shown[1] and lit == self._outlined:
            return
        self._outlined = lit
        self._shown = (there, page_at(new))
        if there:
            at = page_at(new)
            words = page_in_words(new, there[at])
            self.setAccessibleDescription(
                sentence("page {page} of {count}: {words}", page=at + 1, count=len(there), words=words)
            )
        self.update()

    @property
    def lit(self) -> frozenset[Key]:
        """What is outlined: the terms that stand for what is pointed at."""
        return self._outlined

    def turn(self, by: int) -> None:
        """Another page, if there is one."""
        state = self._store.state
        wanted = min(max(page_at(state) + by, 0), max(len(pages(state)) - 1, 0))
        self._store.dispatch(Page(wanted))

    def _lit(self, state: State) -> frozenset[Key]:
        """The keys of this page's numbers that stand for what is pointed at."""
        pointed, t = state.session.hovered, state.session.playhead.t
        if pointed is None:
            return frozenset()
        where, chosen = layout(state), state.document.network.chosen
        here = thing(pointed, where, t)
        keys = {key for _, key in self._areas}
        return frozenset(
            key for key in keys
            if thing(key, where, t) == here or related(pointed, where, t, chosen) & related(key, where, t, chosen)
        )  # fmt: skip

    def _key_at(self, event: QMouseEvent) -> Key | None:
        return next((key for area, key in self._areas if area.contains(event.position())), None)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what the symbol stands for."""
        self._store.dispatch(Hover(self._key_at(event)))

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what the symbol stands for."""
        key = self._key_at(event)
        if key is not None:
            self._store.dispatch(Select(key))

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        dispatch_afterwards(self._store, self, Hover(None))

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the page, one a notch."""
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= 120:
            self.turn(-1 if self._turned > 0 else 1)
            self._turned = 0

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page."""
        state = self._store.state
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(self._theme, "panel"))
            there = pages(state)
            if there:
                self._areas = self._paint_page(painter, there[page_at(state)], page_at(state), len(there))
            painter.setPen(QPen(colour(self._theme, "text", 0.55), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for area, key in self._areas:
                if key in self._outlined:
                    painter.drawRoundedRect(area.adjusted(-3, -1, 3, 1), 6, 6)
            if self.hasFocus():
                painter.setPen(QPen(colour(self._theme, "accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, page: FormulaPage, index: int, count: int) -> list[tuple[QRectF, Key]]:
        """Draw in px of a 1080-line window, scaled with the projector's form; areas come back in px of the panel."""
        sizes = self._sizes
        room = self.width() / (NARROWEST if sizes.compact else NORMAL_WIDTH)
        k = sizes.formula / PROJECTOR.formula if sizes.projector else min(sizes.bars, max(room, 1.0))
        painter.save()
        painter.scale(k, k)
        areas = paint_formula_bar(
            painter, QRectF(0, 0, self.width() / k, self.height() / k), page, self._theme, compact=self._sizes.compact,
            page_index=index, page_count=count, labels=not self._store.state.session.presenting,
        )  # fmt: skip
        painter.restore()
        return [(QRectF(area.x() * k, area.y() * k, area.width() * k, area.height() * k), key) for area, key in areas]
