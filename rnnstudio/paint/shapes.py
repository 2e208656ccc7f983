"""Plain painter calls for single shapes, used by both painters."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QPolygonF

from rnnstudio.paint.primitives import Path, Picture, Shape
from rnnstudio.paint.qtsafe import rgb

_NO_PEN = QPen(Qt.PenStyle.NoPen)
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


@lru_cache(maxsize=1024)
def pen(colour: int, width: float, dash: tuple[float, float] | None = None, round_caps: bool = False) -> QPen:
    """A pen; dashes are given in px."""
    if not colour >> 24 or width <= 0:
        return _NO_PEN
    made = QPen(rgb(colour), width)
    # Corners of wires are arcs of short pieces: a mitre between them is as round as a round join, and cheaper.
    made.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    made.setCapStyle(Qt.PenCapStyle.RoundCap if round_caps and not dash else Qt.PenCapStyle.FlatCap)
    if dash:
        made.setDashPattern([length / max(width, 0.1) for length in dash])
    return made


@lru_cache(maxsize=2048)
def brush(colour: int) -> QBrush:
    """A brush of a colour, none where it is transparent."""
    return QBrush(rgb(colour)) if colour >> 24 else _NO_BRUSH


def draw_shape(painter: QPainter, shape: Shape) -> None:
    """A rounded rectangle, a rectangle or an ellipse."""
    x, y, w, h = shape.rect
    painter.setBrush(brush(shape.fill))
    painter.setPen(pen(shape.stroke, round(shape.width, 2), shape.dash))
    rect = QRectF(x, y, w, h)
    if shape.radius <= 0:
        painter.drawRect(rect)
    elif shape.radius >= min(w, h) / 2 - 0.01 and abs(w - h) < 0.01:
        painter.drawEllipse(rect)
    else:
        painter.drawRoundedRect(rect, shape.radius, shape.radius)


def draw_path(painter: QPainter, path: Path) -> None:
    """A polyline or a polygon."""
    points = path.points
    painter.setBrush(brush(path.fill))
    painter.setPen(_faded(path) if path.fade else pen(path.stroke, round(path.width, 2), path.dash, path.round_caps))
    if path.closed:
        painter.drawPolygon(polygon(points))
    elif len(points) == 2 and not path.fill:
        painter.drawLine(QPointF(*points[0].tolist()), QPointF(*points[1].tolist()))
    elif path.dash or path.fade:
        # A polyline drawn as such starts its dashes anew at every point.
        shape = QPainterPath()
        shape.addPolygon(polygon(points))
        painter.drawPath(shape)
    else:
        painter.drawPolyline(polygon(points))


def polygon(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> QPolygonF:
    """Points (n, 2) as Qt's polygon."""
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


def _faded(path: Path) -> QPen:
    assert path.fade is not None
    start, end = path.fade
    gradient = QLinearGradient(start, 0.0, end if end != start else start + 1.0, 0.0)
    clear = QColor(rgb(path.stroke))
    clear.setAlpha(0)
    gradient.setColorAt(0.0, clear)
    gradient.setColorAt(1.0, rgb(path.stroke))
    made = pen(path.stroke, round(path.width, 2), path.dash, path.round_caps and not path.fade)
    faded = QPen(made)
    faded.setBrush(QBrush(gradient))
    faded.setCapStyle(Qt.PenCapStyle.FlatCap)
    return faded


def draw_picture(painter: QPainter, picture: Picture) -> None:
    """An image of ARGB pixels over its rectangle, each pixel a flat tile."""
    pixels = np.ascontiguousarray(picture.pixels, dtype=np.uint32)
    h, w = pixels.shape
    image = QImage(pixels.data, w, h, 4 * w, QImage.Format.Format_ARGB32)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QRectF(*picture.rect), image, QRectF(0, 0, w, h))

