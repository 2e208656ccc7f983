"""Where the given numbers of the inspector stand: the rows of values, and the tiles of the weights."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from rnnstudio.diagram.inspect import named
from rnnstudio.diagram.keys import Key
from rnnstudio.state.derived import subject, trace
from rnnstudio.state.model import State
from rnnstudio.state.picture import inspection, knowledge
from rnnstudio.state.places import CHOSEN, Place, given
from rnnstudio.ui.inspector_parts import PAD
from rnnstudio.ui.inspector_values import MOST_ROWS, ROW, TILE, TOP, rows_of
from rnnstudio.ui.inspector_weights import WeightsPart, weight_boxes

Places = dict[Place, QRectF]


def row_places(state: State) -> Places:
    """The given values of the selected thing that are written out, and their tiles (px without zoom)."""
    said, found = inspection(state), Places()
    if _whole(said.key) or said.values is None:
        return found
    shown = rows_of(said) - (1 if said.size > MOST_ROWS else 0)
    for i in range(min(shown, said.size)):
        place = _place(state, said.key, i)
        if isinstance(place, Place) and place.kind not in CHOSEN:
            found.setdefault(place, TILE.translated(PAD, TOP + i * ROW))
    return found


def why_computed(state: State) -> str:
    """The sentence that says why the selected thing cannot be edited; empty where it can."""
    said = inspection(state)
    if _whole(said.key):
        return "R has no values of its own. Its inputs, weights, biases and the first state are given."
    found = _place(state, said.key, 0)
    return found if isinstance(found, str) else ""


def _whole(key: Key) -> bool:
    return key.what in ("cell", "f", "layer", "network")


def _place(state: State, key: Key, row: int) -> Place | str:
    name, layer, t = named(key, subject(state), trace(state), knowledge(state))
    index = (row,) if key.i is None else (key.i,) if key.j is None else (key.i, key.j)
    return given(state, name, t, layer, index)


def weight_places(state: State, part: WeightsPart, y: float, width: float) -> Places:
    """The given weights whose numbers are drawn, the matrices side by side from line ``y`` on."""
    found, selected = Places(), state.session.selection
    t = state.session.playhead.t if selected is None or selected.t is None else selected.t
    for name, index, box in weight_boxes(part, PAD, y, width - 2 * PAD):
        place = given(state, name, max(t, 1), None, index)
        if isinstance(place, Place):
            found.setdefault(place, box)
    return found
