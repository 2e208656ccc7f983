"""Where on the canvas there is room for what lies over it: where it hides least of the picture and its head."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRectF

from rnnstudio.diagram.layout import Layout
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
    x0, y0 = place.logical(box.left(), box.top())
    x1, y1 = place.logical(box.right(), box.bottom())
    plates = np.array([kind not in ("band", "none") for kind in layout.plates.kind], dtype=bool)
    covered = 0
    for r in (layout.tiles.rect, layout.plates.rect[plates] if len(plates) else layout.plates.rect):
        if len(r):
            wide = abs(r[:, 0] - (x0 + x1) / 2) < (r[:, 2] + x1 - x0) / 2
            high = abs(r[:, 1] - (y0 + y1) / 2) < (r[:, 3] + y1 - y0) / 2
            covered += int((wide & high).sum())
    at = layout.wires.points
    if not len(at):
        return MARK * covered
    low, most = np.minimum(at[:, :-1], at[:, 1:]), np.maximum(at[:, :-1], at[:, 1:])
    on = (low[..., 0] < x1) & (most[..., 0] > x0) & (low[..., 1] < y1) & (most[..., 1] > y0)
    return MARK * covered + int(on.any(axis=1).sum())


def labels_under(layout: Layout, place: Place, box: QRectF) -> int:
    """How many words and symbols of the picture begin, stand or end under a box of the canvas."""
    x0, y0 = place.logical(box.left(), box.top())
    x1, y1 = place.logical(box.right(), box.bottom())
    at, reach = layout.labels.at, layout.labels.px
    near = (at[:, 0] > x0 - reach) & (at[:, 0] < x1 + reach) & (at[:, 1] > y0 - reach / 2) & (at[:, 1] < y1 + reach / 2)
    return int(near.sum())


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
    layout = target_layout(state)
    best: tuple[tuple[int, int, int], tuple[int, int]] | None = None
    for x, y in _candidates(size, room):
        box = QRectF(x, y, *size)
        hidden = marks_under(layout, place, box) + MARK * labels_under(layout, place, box)
        hidden += HEAD * MARK * sum(box.intersects(one) for one in (head, *others)) + MARK * int(y < head.bottom())
        cost = (hidden, y, abs(2 * x + size[0] - room[0]))
        if best is None or cost < best[0]:
            best = (cost, (x, y))
    return (0, 0) if best is None else best[1]


def _candidates(size: tuple[int, int], room: tuple[int, int]) -> Iterator[tuple[int, int]]:
    right, bottom = max(room[0] - size[0] - RIM, 0), max(room[1] - size[1] - RIM, 0)
    middle = (room[0] - size[0]) // 2
    for y in (*range(min(RIM, bottom), bottom, STEP), bottom):
        for x in dict.fromkeys((middle, *range(min(RIM, right), right, 4 * STEP), right)):
            yield x, y
