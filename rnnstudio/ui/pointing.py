"""Over picture and formula: the laser's dot, the drawing, the ring; nothing to the mouse while no tool is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.state.actions.presenting import AddStroke, EraseStrokes
from rnnstudio.state.desk import DRAW, ERASE
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.pointing_marks import RING, RUBBER, DrawnPlaces, paint_tools, touches

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

#: Points of a stroke that are nearer to each other than this (px) are one.
NEAR = 1.5
#: So far around the pointer something of it may be painted, in radii of the ring.
AROUND = 1.4


class Pointing(QWidget):
    """Belongs to a window; its places are px of the window's body. Other windows may move its pointer."""

    changed = Signal()  # where the pointer is, or what is drawn

    def __init__(self, window: Window, body: QWidget) -> None:
        super().__init__(body)
        self._window, self._theme = window, window.theme
        self._store: Store = window.store
        self.places = DrawnPlaces(window, self)
        self.at: QPointF | None = None  # where the pointer is, in px of this widget; None where it is elsewhere
        self._open: list[QPointF] = []  # the stroke that is being drawn, in px of this widget
        self.silent = False  # while a copy of the window is made that paints the tools by itself
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Drawing")
        self.hide()

    # ---------------------------------------------------------------- showing

    def set_form(self, theme: Theme) -> None:
        """Other colours, another size."""
        self._theme = theme
        self.place()

    def place(self) -> None:
        """Cover picture and formula."""
        self.setGeometry(self._window.canvas.geometry().united(self._window.formula.geometry()))
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Another tool, another drawing."""
        desk = new.session.desk
        taking = bool(desk.tool or desk.ring)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not taking)
        if desk.tool != DRAW:
            self._open = []
        if not taking:
            self.at = None
        elif self.isHidden() or self.at is None:
            here = self.mapFromGlobal(self.cursor().pos())
            self.at = QPointF(here) if self.rect().contains(here) else None
        cross = Qt.CursorShape.CrossCursor
        self.setCursor(cross if desk.tool == DRAW and not desk.ring else Qt.CursorShape.BlankCursor)
        if taking or desk.strokes:
            if self.isHidden():
                self.show()
            self.raise_()
        else:
            self.hide()
        self.update()
        self.changed.emit()

    @property
    def busy(self) -> bool:
        """Whether the pointer is a tool, and nothing else."""
        desk = self._store.state.session.desk
        return bool(desk.tool or desk.ring)

    # ---------------------------------------------------------------- the pointer

    def point(self, at: QPointF | None) -> None:
        """The pointer is here now, in px of the body, or away."""
        here = None if at is None else at - QPointF(self.pos())
        for place in (self.at, here):
            if place is not None:
                self.update(self._around(place))
        self.at = here
        if here is not None and self._open and (here - self._open[-1]).manhattanLength() >= NEAR:
            self._open.append(here)
        self.changed.emit()

    def press(self, at: QPointF) -> None:
        """The pen goes down."""
        self.point(at)
        if self._store.state.session.desk.tool == DRAW and self.at is not None:
            self._open = [self.at]
        self.rub()

    def rub(self) -> None:
        """What lies under the rubber goes, if that is the tool."""
        desk, at = self._store.state.session.desk, self.at
        if desk.tool != ERASE or at is None:
            return
        near = RUBBER * self._unit
        hit = frozenset(k for k, stroke in enumerate(desk.strokes) if touches(self.places.placed(stroke), at, near))
        if hit:
            self._store.dispatch(EraseStrokes(hit))

    def lift(self) -> None:
        """The pen goes up: what it has drawn is a stroke."""
        drawn, self._open = self._open, []
        if drawn:
            self._store.dispatch(AddStroke(self.places.stroke(drawn)))

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen goes down; a laser and the ring only show, what lies under them is clicked."""
        self.press(event.position() + QPointF(self.pos()))
        self._send(event)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self.point(event.position() + QPointF(self.pos()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.rub()

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen goes up."""
        self.lift()
        self._send(event)

    @guarded()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks under a laser are two clicks; a pen that goes down twice goes down."""
        self.press(event.position() + QPointF(self.pos()))
        self._send(event)

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is always that of what lies under the tool."""
        self._send(event)

    def _send(self, event: QMouseEvent | QWheelEvent) -> None:
        """Give an event to what lies under this widget; what the pen and the rubber do is nothing to it."""
        if isinstance(event, QMouseEvent) and self._store.state.session.desk.tool in (DRAW, ERASE):
            return
        body = self.parentWidget()
        at = event.position() + QPointF(self.pos())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)  # so that it is not found itself
        below = None if body is None else body.childAt(at.toPoint())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self.busy)
        if below is None or body is None:
            return
        there, event_type = QPointF(below.mapFrom(body, at.toPoint())), event.type()
        copy: QEvent
        if isinstance(event, QWheelEvent):
            copy = QWheelEvent(
                there, event.globalPosition(), event.pixelDelta(), event.angleDelta(), event.buttons(),
                event.modifiers(), event.phase(), event.inverted(),
            )  # fmt: skip
        else:
            copy = QMouseEvent(
                event_type, there, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
            )
        QCoreApplication.sendEvent(below, copy)

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self.point(None)

    # ---------------------------------------------------------------- painting

    @property
    def _unit(self) -> float:
        return self._window.height() / PROJECTOR_LINES

    def _around(self, place: QPointF) -> QRect:
        far = RING * self._unit * AROUND + 8
        return QRectF(place.x() - far, place.y() - far, 2 * far, 2 * far).toAlignedRect()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing and the tool."""
        if self.silent:
            return
        with QPainter(self) as painter:
            self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Paint them on anything that has the places of this widget."""
        desk = self._store.state.session.desk
        lines = [self.places.placed(stroke) for stroke in desk.strokes] + ([self._open] if self._open else [])
        paint_tools(painter, self._theme, self._unit, desk, lines, self.at)
