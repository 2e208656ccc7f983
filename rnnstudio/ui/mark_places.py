"""Where the things of the picture stand on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from rnnstudio.diagram.keys import Key
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.state.picking import marks_of
from rnnstudio.ui.given_places import on_canvas

if TYPE_CHECKING:
    from rnnstudio.ui.canvas_picture import Place


def place_of(state: State, frame: Place, key: Key) -> QRectF:
    """The rectangle of a thing on the canvas, in the view that is turned to; an empty one where it has no marks.

    Parameters
    ----------
    state : State
        What is drawn.
    frame : Place
        How the logical frame lies on the canvas.
    key : Key
        The thing.
    """
    layout = target_layout(state)
    marks = marks_of(key, layout, state.session.playhead.t)
    found = QRectF()
    for group in (layout.plates, layout.tiles):
        for at, mark in enumerate(group.keys):
            if mark in marks and group.alpha[at] > 0.05:
                found = found.united(on_canvas(group.rect[at], frame))
    return found


def line_of(state: State, frame: Place, key: Key) -> QRectF:
    """The rectangle around an arrow or around a weight that is drawn as a line; empty where there is none."""
    layout = target_layout(state)
    whole, found = frame.scale * frame.zoom, QRectF()
    if key in layout.wires.keys:
        points = layout.wires.points[layout.wires.keys.index(key)]
        low, high = points.min(axis=0), points.max(axis=0)
    elif key in layout.edges.keys:
        ends = layout.edges.ends[layout.edges.keys.index(key)]
        places = layout.tiles.rect[[int(ends[0]), int(ends[2])], :2]
        low, high = places.min(axis=0), places.max(axis=0)
    else:
        return found
    found.setCoords(
        float(low[0]) * whole + frame.dx, float(low[1]) * whole + frame.dy,
        float(high[0]) * whole + frame.dx, float(high[1]) * whole + frame.dy,
    )  # fmt: skip
    return found.adjusted(-2, -2, 2, 2)
