"""Where a drawing lies, and how it and the pointing tools are painted."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.state.desk import ERASE, LASER, Desk, Stroke
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.ui.window import Window

#: Of 1080 lines: the dot's diameter and its least one (px), the ring's radius, the pen, the rubber's radius.
DOT, LEAST_DOT, RING, PEN, RUBBER = 28.0, 24.0, 44.0, 5.0, 22.0


class DrawnPlaces:
    """Between px of a widget over picture and formula, and the coordinates of what lies under it."""

    def __init__(self, window: Window, over: QWidget) -> None:
        self._window, self._over = window, over

    def _areas(self) -> tuple[QRectF, QRectF]:
        """Picture and formula, in px of this widget."""
        window, off = self._window, -self._over.pos()
        return QRectF(window.canvas.geometry().translated(off)), QRectF(window.formula.geometry().translated(off))

    def stroke(self, drawn: list[QPointF]) -> Stroke:
        """A line of px in the coordinates of what it was drawn on."""
        picture, formula = self._areas()
        if formula.contains(drawn[0]):
            parts = ((p - formula.topLeft()) for p in drawn)
            return Stroke("formula", tuple((p.x() / formula.width(), p.y() / formula.height()) for p in parts))
        place, (wide, high) = self._window.canvas.place(), self._window.store.state.session.canvas
        logical = (place.logical(p.x() - picture.x(), p.y() - picture.y()) for p in drawn)
        return Stroke("picture", tuple((x - wide / 2, y - high / 2) for x, y in logical))

    def placed(self, stroke: Stroke) -> list[QPointF]:
        """A stroke in px of this widget."""
        picture, formula = self._areas()
        if stroke.ground == "formula":
            wide, high = formula.width(), formula.height()
            return [formula.topLeft() + QPointF(x * wide, y * high) for x, y in stroke.points]
        place, (wide, high) = self._window.canvas.place(), self._window.store.state.session.canvas
        whole, corner = place.scale * place.zoom, picture.topLeft() + QPointF(place.dx, place.dy)
        return [corner + QPointF((x + wide / 2) * whole, (y + high / 2) * whole) for x, y in stroke.points]


def paint_tools(
    painter: QPainter, theme: Theme, u: float, desk: Desk, lines: list[list[QPointF]], at: QPointF | None
) -> None:
    """Paint the drawing and the tool.

    Parameters
    ----------
    painter : QPainter
        In the places of the lines.
    theme : Theme
        Its colours.
    u : float
        Px of one of 1080 lines.
    desk : Desk
        Which tool it is.
    lines : list of list of QPointF
        The strokes.
    at : QPointF or None
        Where the pointer is.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for token, wide in (("canvas", PEN + 4.0), ("error", PEN)):
        painter.setPen(QPen(colour(theme, token), wide * u, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                            Qt.PenJoinStyle.RoundJoin))  # fmt: skip
        for line in lines:
            painter.drawPath(_path(line))
    if at is None:
        return
    if desk.ring:
        _circle(painter, at, RING * u, colour(theme, "canvas"), 9 * u)
        _circle(painter, at, RING * u, colour(theme, "active"), 5 * u)
    elif desk.tool == ERASE:
        _circle(painter, at, RUBBER * u, colour(theme, "canvas"), 5 * u)
        _circle(painter, at, RUBBER * u, colour(theme, "text"), 2.4 * u)
    if desk.tool == LASER:
        _dot(painter, at, max(LEAST_DOT, DOT * u) / 2)


def _dot(painter: QPainter, at: QPointF, radius: float) -> None:
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


def touches(line: list[QPointF], at: QPointF, near: float) -> bool:
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
