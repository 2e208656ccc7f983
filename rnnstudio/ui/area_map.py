"""Where the numbers of the inspector's matrices stand: which one is under a point, and where an area is drawn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from rnnstudio.state.areas import Area, fits, matrix_of
from rnnstudio.state.model import State
from rnnstudio.state.places import Place, given
from rnnstudio.ui.inspector_weights import HEADS, WeightsPart, matrix_boxes

#: A matrix, and in it a row and a column; of a row's head no column, of a column's head no row, of the corner neither.
Hit = tuple[str, int | None, int | None]


def hit(part: WeightsPart, x: float, y: float, width: float, at: QPointF, held: str = "") -> Hit | None:
    """What is at a point of the panel; while matrix ``held`` is dragged over, its nearest number."""
    for name, (rows, columns), box in matrix_boxes(part, x, y, width):
        i = int((at.y() - box.top()) // (box.height() / rows))
        j = int((at.x() - box.left()) // (box.width() / columns))
        if held:
            if name == held:
                return name, min(max(i, 0), rows - 1), min(max(j, 0), columns - 1)
            continue
        beside = part.heads and -HEADS <= at.x() - box.left() < 0
        over = part.heads and -HEADS <= at.y() - box.top() < 0
        inside = 0 <= i < rows, 0 <= j < columns
        if all(inside):
            return name, i, j
        if beside and (inside[0] or over):
            return name, i if inside[0] else None, None
        if over and inside[1]:
            return name, None, j
    return None


def area_of(state: State, found: Hit, start: Area | None = None) -> Area | str:
    """The area that a hit selects, from the corner of another one on; or why its numbers cannot be changed."""
    name, i, j = found
    place = own(state, name)
    if isinstance(place, str):
        return place
    rows, columns = matrix_of(state.document, place.layer, place.name).shape
    at = 0 if i is None else i, 0 if j is None else j
    to = rows - 1 if i is None else i, columns - 1 if j is None else j
    if start is not None and (start.name, start.layer) == (place.name, place.layer):
        at = start.at
    return Area(place.name, at, to, place.layer)


def own(state: State, name: str) -> Place | str:
    """The parameter that a matrix of the panel is, of the direction that is shown; or why it cannot be changed."""
    selected = state.session.selection
    t = state.session.playhead.t if selected is None or selected.t is None else selected.t
    return given(state, name, max(t, 1), None, (0, 0))


def shown_area(state: State, part: WeightsPart) -> tuple[str, Area] | None:
    """The selected area where one of the panel's matrices has it, with that one's name."""
    area = state.session.area
    if area is None or not fits(state.document, area):
        return None
    for name in part.names:
        place = own(state, name)
        if isinstance(place, Place) and (place.name, place.layer) == (area.name, area.layer):
            return name, area
    return None


def area_box(part: WeightsPart, x: float, y: float, width: float, name: str, area: Area) -> QRectF:
    """Where an area of a matrix is drawn."""
    for other, (rows, columns), box in matrix_boxes(part, x, y, width):
        if other == name:
            w, h = box.width() / columns, box.height() / rows
            (top, bottom), (left, right) = area.rows, area.columns
            return QRectF(box.left() + left * w, box.top() + top * h, (right - left) * w, (bottom - top) * h)
    return QRectF()
