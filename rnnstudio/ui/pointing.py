"""Over picture and formula: the laser's dot, the drawing, the ring; nothing to the mouse while no tool is on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.state.actions.presenting import AddStroke, EraseStrokes
from rnnstudio.state.desk import DRAW, ERASE, LASER, Stroke
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from rnnstudio.ui.window import Window

#: Of 1080 lines: the dot's diameter and its least one (px), the ring's radius, the pen, the rubber's radius.
DOT, LEAST_DOT, RING, PEN, RUBBER = 28.0, 24.0, 44.0, 5.0, 22.0
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
        self._at: QPointF | None = None
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
            self._at = None
        elif self.isHidden() or self._at is None:
            here = self.mapFromGlobal(self.cursor().pos())
            self._at = QPointF(here) if self.rect().contains(here) else None
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

    @property
    def at(self) -> QPointF | None:
        """Where the pointer is, in px of this widget; None where it is elsewhere."""
        return self._at

    # ---------------------------------------------------------------- the pointer

    def point(self, at: QPointF | None) -> None:
        """The pointer is here now, in px of the body, or away."""
        here = None if at is None else at - QPointF(self.pos())
        for place in (self._at, here):
            if place is not None:
                self.update(self._around(place))
        self._at = here
        if here is not None and self._open and (here - self._open[-1]).manhattanLength() >= NEAR:
            self._open.append(here)
        self.changed.emit()

    def press(self, at: QPointF) -> None:
        """The pen goes down."""
        self.point(at)
        if self._store.state.session.desk.tool == DRAW and self._at is not None:
            self._open = [self._at]
        self.rub()

    def rub(self) -> None:
        """What lies under the rubber goes, if that is the tool."""
        desk, at = self._store.state.session.desk, self._at
        if desk.tool != ERASE or at is None:
            return
        near = RUBBER * self._unit
        hit = frozenset(k for k, stroke in enumerate(desk.strokes) if _touches(self._placed(stroke), at, near))
        if hit:
            self._store.dispatch(EraseStrokes(hit))

    def lift(self) -> None:
        """The pen goes up: what it has drawn is a stroke."""
        drawn, self._open = self._open, []
        if drawn:
            self._store.dispatch(AddStroke(self._stroke(drawn)))

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See `press`."""
        self.press(event.position() + QPointF(self.pos()))

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self.point(event.position() + QPointF(self.pos()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.rub()

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `lift`."""
        self.lift()

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self.point(None)

    # ---------------------------------------------------------------- places

    @property
    def _unit(self) -> float:
        return self._window.height() / PROJECTOR_LINES

    def _around(self, place: QPointF) -> QRect:
        far = RING * self._unit * AROUND + 8
        return QRectF(place.x() - far, place.y() - far, 2 * far, 2 * far).toAlignedRect()

    def _areas(self) -> tuple[QRectF, QRectF]:
        """Picture and formula, in px of this widget."""
        window, off = self._window, -self.pos()
        return QRectF(window.canvas.geometry().translated(off)), QRectF(window.formula.geometry().translated(off))

    def _stroke(self, drawn: list[QPointF]) -> Stroke:
        """A line of px in the coordinates of what it was drawn on."""
        picture, formula = self._areas()
        if formula.contains(drawn[0]):
            parts = ((p - formula.topLeft()) for p in drawn)
            return Stroke("formula", tuple((p.x() / formula.width(), p.y() / formula.height()) for p in parts))
        place, (wide, high) = self._window.canvas.place(), self._store.state.session.canvas
        logical = (place.logical(p.x() - picture.x(), p.y() - picture.y()) for p in drawn)
        return Stroke("picture", tuple((x - wide / 2, y - high / 2) for x, y in logical))

    def _placed(self, stroke: Stroke) -> list[QPointF]:
        """A stroke in px of this widget."""
        picture, formula = self._areas()
        if stroke.ground == "formula":
            wide, high = formula.width(), formula.height()
            return [formula.topLeft() + QPointF(x * wide, y * high) for x, y in stroke.points]
        place, (wide, high) = self._window.canvas.place(), self._store.state.session.canvas
        whole, corner = place.scale * place.zoom, picture.topLeft() + QPointF(place.dx, place.dy)
        return [corner + QPointF((x + wide / 2) * whole, (y + high / 2) * whole) for x, y in stroke.points]

    # ---------------------------------------------------------------- painting

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing and the tool."""
        if self.silent:
            return
        with QPainter(self) as painter:
            self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Paint them on anything that has the places of this widget."""
        desk, theme, u = self._store.state.session.desk, self._theme, self._unit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = [self._placed(stroke) for stroke in desk.strokes] + ([self._open] if self._open else [])
        for token, wide in (("canvas", PEN + 4.0), ("error", PEN)):
            painter.setPen(QPen(colour(theme, token), wide * u, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                                Qt.PenJoinStyle.RoundJoin))  # fmt: skip
            for line in lines:
                painter.drawPath(_path(line))
        if self._at is None:
            return
        if desk.ring:
            _circle(painter, self._at, RING * u, colour(theme, "canvas"), 9 * u)
            _circle(painter, self._at, RING * u, colour(theme, "active"), 5 * u)
        elif desk.tool == ERASE:
            _circle(painter, self._at, RUBBER * u, colour(theme, "canvas"), 5 * u)
            _circle(painter, self._at, RUBBER * u, colour(theme, "text"), 2.4 * u)
        if desk.tool == LASER:
            self._dot(painter, self._at, max(LEAST_DOT, DOT * u) / 2)

    def _dot(self, painter: QPainter, at: QPointF, radius: float) -> None:
        """The laser's: red in a white ring in a dark one, to be seen on anything."""
        painter.setPen(Qt.PenStyle.NoPen)
        red = QColor("#FF3B30")
        halo = QColor(red)
        halo.setAlphaF(0.28)
        painter.setBrush(halo)
        painter.drawEllipse(at, radius * 1.8, radius * 1.8)
        for ink, part in ((QColor("#10151C"), 1.12), (QColor("#FFFFFF"), 1.0), (red, 0.76)):
            painter.setBrush(ink)
            painter.drawEllipse(at, radius * part, radius * part)


def _circle(painter: QPainter, at: QPointF, radius: float, ink: QColor, wide: float) -> None:
    painter.setPen(QPen(ink, wide))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)


def _path(line: list[QPointF]) -> QPainterPath:
    """A line through its points, a dot where there is one alone."""
    path = QPainterPath(line[0])
    for point in line[1:] or [line[0] + QPointF(0.1, 0)]:
        path.lineTo(point)
    return path


def _touches(line: list[QPointF], at: QPointF, near: float) -> bool:
    """Whether a line comes as near as that to a point."""
    if len(line) == 1:
        return (line[0] - at).manhattanLength() <= near
    return any(_distance(a, b, at) <= near for a, b in pairwise(line))


def _distance(a: QPointF, b: QPointF, at: QPointF) -> float:
    """Of a point from the stretch between two others."""
    along, away = b - a, at - a
    length2 = QPointF.dotProduct(along, along)
    share = min(1.0, max(0.0, QPointF.dotProduct(away, along) / length2)) if length2 > 0 else 0.0
    gap = away - along * share
    return float(QPointF.dotProduct(gap, gap) ** 0.5)
