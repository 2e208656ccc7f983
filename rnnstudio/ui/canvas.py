"""The canvas: one widget that paints a display list. A static layer is kept; what travels is painted over it."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from rnnstudio.state.actions.stepping import SampleBack, SampleForward
from rnnstudio.state.actions.viewing import Hover, MoveSelection, Pan, Resize, Select, SetView, Zoom
from rnnstudio.state.derived import grasped
from rnnstudio.state.picking import pick
from rnnstudio.state.picture import tooltip
from rnnstudio.state.question_room import narrowed
from rnnstudio.ui.afterwards import dispatch_afterwards
from rnnstudio.ui.canvas_picture import CanvasPicture, Place, Surface, fitted
from rnnstudio.ui.canvas_words import picture_in_words, spoken_of
from rnnstudio.ui.drops import accept_files
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.style import colour
from rnnstudio.ui.value_drag import DRAG, ValueDrag, given_mark

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDropEvent,
        QFocusEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from rnnstudio.diagram.keys import Key
    from rnnstudio.files.theme import Theme
    from rnnstudio.state.model import State
    from rnnstudio.state.store import Store

#: A tooltip goes when the pointer has moved so far (px) from where it asked.
TIP = 12
WHEEL_ZOOM = 1.0015
ANGLE_A_NOTCH = 120
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Canvas(QWidget):
    """Shows the scene; click selects, drag pans, the wheel zooms, Shift and the wheel move in time."""

    painted = Signal()
    dropped = Signal(list)
    resized = Signal()
    asked_edit = Signal(object)  # the key of the mark whose value is to be edited

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._picture = CanvasPicture()
        self._pressed: QPointF | None = None
        self._panning = False
        self._turned = 0
        self._drag = ValueDrag(store)
        self._by_key = False
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Picture")
        self.show_state(store.state, store.state)

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes; the caller need not be told when the frame changes with them."""
        changed = (theme.wide, sizes.transport) != (self._theme.wide, self._sizes.transport)
        self._theme, self._sizes = theme, sizes
        if changed:
            self._report_size()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Paint the new state, and say it in words where they have changed."""
        if spoken_of(new) != spoken_of(old) or old is new:
            self.setAccessibleDescription(picture_in_words(new))
        self.begin(old, new)
        self.update()

    def show_edit(self, old: State, new: State) -> None:
        """As `show_state`, of other numbers: only where the picture becomes another one is it painted."""
        self.begin(old, new)
        stale = self._picture.renew(self._surface(), new)
        self.update(QRegion(self.rect()) if stale is None else stale)

    def begin(self, old: State, new: State) -> None:
        """What has to be done before the new state is painted: keep what fades, tell how large the picture becomes."""
        turn = new.session.turn
        if turn is not None and turn.kind == "fade" and turn is not old.session.turn and turn.elapsed_s == 0:
            self._picture.keep_for_fade()
        if narrowed(new.session) != narrowed(old.session):
            self._report_size()

    # ---------------------------------------------------------------- geometry

    def place(self) -> Place:
        """Where the logical frame lies on the widget, with zoom and pan."""
        session = self._store.state.session
        _, scale, dx, dy = fitted(self, self._store.state.session, self._theme.wide, self._sizes)
        px, py = session.pan
        return Place(scale, session.zoom, dx * session.zoom + px, dy * session.zoom + py)

    def key_at(self, x: float, y: float) -> Key | None:
        """The mark at a point of the widget."""
        return pick(grasped(self._store.state), *self.place().logical(x, y))

    def pointer(self) -> tuple[float, float]:
        """Where the pointer is; the middle where it is elsewhere."""
        at = self.mapFromGlobal(self.cursor().pos())
        at = at if self.rect().contains(at) else self.rect().center()
        return float(at.x()), float(at.y())

    def _report_size(self) -> None:
        if self._store.telling:
            # a theme that changes the frame is being shown: the new size is told when everyone has seen the theme
            QTimer.singleShot(0, self, self._report_size)
            return
        session = self._store.state.session
        frame, *_ = fitted(self, session, self._theme.wide, self._sizes)
        was, now = (*session.canvas, session.formula_width), (frame.width, frame.height, frame.bar)
        if not all(map(isclose, was, now)):
            self._store.dispatch(Resize(*now))

    # ---------------------------------------------------------------- painting

    def _surface(self) -> Surface:
        return Surface(self.size(), self.devicePixelRatioF(), self.place(), self._theme, self._sizes, self.hasFocus())

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer when it has rested there."""
        if event.type() == QEvent.Type.ToolTip:
            from PySide6.QtGui import QHelpEvent
            from PySide6.QtWidgets import QToolTip

            assert isinstance(event, QHelpEvent)
            key = self.key_at(event.pos().x(), event.pos().y())
            near = QRect(event.pos(), QSize()).adjusted(-TIP, -TIP, TIP, TIP)  # elsewhere it no longer holds
            QToolTip.showText(event.globalPos(), tooltip(self._store.state, key) if key else "", self, near)
            return True
        return bool(super().event(event))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the static layer and what travels over it."""
        state = self._store.state
        with QPainter(self) as painter:
            self._picture.paint(painter, self._surface(), state)
            if self.hasFocus() and self._by_key and state.session.selection is None:
                painter.setPen(QPen(colour(self._theme, "accent"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        self.painted.emit()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the state how large the logical frame has become."""
        self._report_size()
        self.resized.emit()

    # ---------------------------------------------------------------- gestures

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: it may become a click or a drag."""
        self._pressed, self._panning = event.position(), False
        at = event.position()
        self._drag.press(given_mark(self._store, self.key_at(at.x(), at.y())), at)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the button is down, else light what is under the pointer."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._store.dispatch(Hover(self.key_at(event.position().x(), event.position().y())))
            return
        if self._drag.move(event.position(), event.modifiers(), DRAG):
            return
        way = event.position() - self._pressed
        if self._panning or way.manhattanLength() > DRAG:
            self._panning = True
            self._pressed = event.position()
            self._store.dispatch(Pan(way.x(), way.y()))

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click selects, or selects nothing."""
        if self._pressed is not None and not self._drag.release() and not self._panning:
            self._store.dispatch(Select(self.key_at(event.position().x(), event.position().y())))
        self._pressed = None

    @guarded()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """R opens; a given value is edited where it stands."""
        key = self.key_at(event.position().x(), event.position().y())
        if key is not None and key.what == "cell":
            self._store.dispatch(SetView("cell"))
        elif key is not None:
            self.asked_edit.emit(key)

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        dispatch_afterwards(self._store, self, Hover(None))

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, one sample a notch."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._turned += turned
            if abs(self._turned) >= ANGLE_A_NOTCH:
                self._store.dispatch(SampleBack() if self._turned > 0 else SampleForward())
                self._turned = 0
        else:
            self._store.dispatch(Zoom(WHEEL_ZOOM**turned, (event.position().x(), event.position().y())))

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is only to those who use it."""
        self._by_key = event.reason() in _BY_KEY
        super().focusInEvent(event)

    @guarded(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves the selection, and leaves the canvas after the last thing in it."""
        before = self._store.state.session.selection
        self._store.dispatch(MoveSelection(1 if forward else -1, "all"))
        return self._store.state.session.selection != before or bool(super().focusNextPrevChild(forward))

    @guarded()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        accept_files(event)

    @guarded()
    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped."""
        paths = accept_files(event)
        if paths:
            self.dropped.emit(paths)
