"""Where on the canvas there is room for what lies over it: where it hides least of the picture and its head."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from rnnstudio.diagram.layout import Floats, Ints, Layout
from rnnstudio.paint.canvas_head import CAPTION, TITLE, WIDE_CAPTION
from rnnstudio.paint.fonts import text_width
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.ui.canvas_picture import Place

#: A mark, and what stands beside the head, counts as much as so many wires; the head as much as so many marks.
MARK, HEAD = 10, 4
#: The head's lines lie in the first so many px; in front of a room in fewer.
HEAD_HIGH, TITLE_AT = 64.0, 24.0
#: Free places are looked for in steps of so many px, so far from the rims.
STEP, RIM = 12, 12


def marks_under(layout: Layout, place: Place, box: QRectF) -> int:
    """How much of the picture lies under a box of the canvas: ten for each mark, one for each wire."""
    return int(_hidden(layout, _logical(place, np.array([[box.left(), box.top(), box.right(), box.bottom()]])))[0])


def labels_under(layout: Layout, place: Place, box: QRectF) -> int:
    """How many words and symbols of the picture stand under a box of the canvas."""
    return int(_labelled(layout, _logical(place, np.array([[box.left(), box.top(), box.right(), box.bottom()]])))[0])


def _logical(place: Place, boxes: Floats) -> Floats:
    """Boxes (left, top, right, bottom) of the canvas as boxes of the picture."""
    scale = place.scale * place.zoom
    return np.asarray((boxes - np.array([place.dx, place.dy, place.dx, place.dy])) / scale)


def _over(boxes: Floats, left: Floats, top: Floats, right: Floats, bottom: Floats) -> Floats:
    """How many rectangles lie under each box."""
    x0, y0, x1, y1 = (boxes[:, k, None] for k in range(4))
    return np.asarray(((left < x1) & (right > x0) & (top < y1) & (bottom > y0)).sum(axis=1), dtype=np.float64)


def _hidden(layout: Layout, boxes: Floats) -> Floats:
    plates = np.array([kind not in ("band", "none") for kind in layout.plates.kind], dtype=bool)
    found = np.zeros(len(boxes))
    for r in (layout.tiles.rect, layout.plates.rect[plates] if len(plates) else layout.plates.rect):
        if len(r):
            w, h = r[:, 2] / 2, r[:, 3] / 2
            found += MARK * _over(boxes, r[:, 0] - w, r[:, 1] - h, r[:, 0] + w, r[:, 1] + h)
    at = layout.wires.points
    if len(at):
        low = np.minimum(at[:, :-1], at[:, 1:]).reshape(-1, 2)
        most = np.maximum(at[:, :-1], at[:, 1:]).reshape(-1, 2)
        found += np.minimum(_over(boxes, low[:, 0], low[:, 1], most[:, 0], most[:, 1]), MARK - 1)
    return found


def _labelled(layout: Layout, boxes: Floats) -> Floats:
    at, reach = layout.labels.at, layout.labels.px
    return _over(boxes, at[:, 0] - reach, at[:, 1] - reach / 2, at[:, 0] + reach, at[:, 1] + reach / 2)


def head_of(layout: Layout, wide: bool, unit: float) -> QRectF:
    """About where title and caption stand."""
    if wide:
        return QRectF(0.0, 0.0, (36 + text_width(layout.caption or layout.title, WIDE_CAPTION, 550)) * unit, 48 * unit)
    title, caption = text_width(layout.title, TITLE, 650), text_width(layout.caption, CAPTION, 450)
    return QRectF(0.0, 0.0, TITLE_AT + max(title, caption), HEAD_HIGH)


def freest(
    state: State, place: Place, size: tuple[int, int], room: tuple[int, int], head: QRectF, *others: QRectF
) -> tuple[int, int]:
    """Left and top of the box of a size that hides least; of several the one nearest to the top of the middle.

    Parameters
    ----------
    state : State
        Its picture.
    place : Place
        How it lies on the canvas.
    size, room : tuple of int
        Width and height of the box, and of what is free of the canvas, px.
    head : QRectF
        Where title and caption stand, see `head_of`.
    *others : QRectF
        What else is not to be hidden.
    """
    layout, places = target_layout(state), _candidates(size, room)
    boxes = np.hstack([places, places + np.array(size)]).astype(np.float64)
    within = _logical(place, boxes)
    hidden = _hidden(layout, within) + MARK * _labelled(layout, within) + MARK * (boxes[:, 1] < head.bottom())
    for one in (head, *others):
        edges = (np.array([edge]) for edge in (one.left(), one.top(), one.right(), one.bottom()))
        hidden += HEAD * MARK * _over(boxes, *edges)
    order = np.lexsort((abs(2 * places[:, 0] + size[0] - room[0]), places[:, 1], hidden))
    return int(places[order[0], 0]), int(places[order[0], 1])


def _candidates(size: tuple[int, int], room: tuple[int, int]) -> Ints:
    right, bottom = max(room[0] - size[0] - RIM, 0), max(room[1] - size[1] - RIM, 0)
    xs = dict.fromkeys(((room[0] - size[0]) // 2, *range(min(RIM, right), right, 4 * STEP), right))
    ys = dict.fromkeys((*range(min(RIM, bottom), bottom, STEP), bottom))
    return np.array([(x, y) for y in ys for x in xs])
