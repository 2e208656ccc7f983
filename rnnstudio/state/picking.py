"""From a point or a key press to the thing that is meant: picking, the order of things, things in time."""

from functools import lru_cache

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Layout, Plates

#: How near (logical px) the pointer must come to a line.
REACH = 7.0
#: Marks that are ground or ornament, never picked.
_NOT_PICKED = frozenset({"band", "tint", "none", "dots-h", "dots-v", "tick", "tie", "branch", "ring", "bar"})
#: Things that exist once for every sample, whatever the view draws.
_SIGNALS = frozenset({"x", "y", "s", "c"})


def pick(layout: Layout, x: float, y: float) -> Key | None:
    """The mark at a point of the logical frame: the one on top, of several the smallest; else the nearest line."""
    found: list[tuple[int, float, Key]] = []
    plates, tiles = layout.plates, layout.tiles
    for index in _inside(plates.rect, x, y):
        if plates.alpha[index] > 0.05 and plates.kind[index] not in _NOT_PICKED:
            found.append((-int(plates.z[index]), float(np.prod(plates.rect[index, 2:])), plates.keys[index]))
    for index in _inside(tiles.rect, x, y):
        if tiles.alpha[index] > 0.05:
            found.append((-int(tiles.z[index]), float(np.prod(tiles.rect[index, 2:])), tiles.keys[index]))
    boxes = [entry for entry in found if entry[2].what not in ("cell", "layer")]
    if boxes:
        return min(boxes, key=lambda entry: entry[:2])[2]
    return _line_at(layout, x, y) or (min(found, key=lambda entry: entry[:2])[2] if found else None)


def _inside(rect: np.ndarray, x: float, y: float) -> list[int]:
    if not len(rect):
        return []
    hit = (np.abs(rect[:, 0] - x) <= rect[:, 2] / 2) & (np.abs(rect[:, 1] - y) <= rect[:, 3] / 2)
    return [int(index) for index in np.flatnonzero(hit)]


def _line_at(layout: Layout, x: float, y: float) -> Key | None:
    """The nearest wire or weight edge within reach."""
    best: tuple[float, Key] | None = None
    point = np.array([x, y])
    wires = layout.wires
    for index, key in enumerate(wires.keys):
        if wires.alpha[index] > 0.05 and wires.style[index] not in ("axis", "tie"):
            near = _distance(wires.points[index, :-1], wires.points[index, 1:], point)
            if near <= REACH and (best is None or near < best[0]):
                best = (near, key)
    edges, centres = layout.edges, layout.tiles.rect
    if len(edges.keys):
        source, target = centres[edges.ends[:, 0], :2], centres[edges.ends[:, 2], :2]
        distances = _distances(source, target, point)
        distances[edges.alpha <= 0.05] = np.inf
        index = int(np.argmin(distances))
        if distances[index] <= REACH and (best is None or distances[index] < best[0]):
            return edges.keys[index]
    return None if best is None else best[1]


def _distances(a: np.ndarray, b: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Distance of a point from each of the stretches a–b."""
    along = b - a
    length = np.maximum(np.sum(along * along, axis=1), 1e-12)
    u = np.clip(np.sum((point - a) * along, axis=1) / length, 0.0, 1.0)
    return np.asarray(np.hypot(*(a + along * u[:, None] - point).T))


def _distance(a: np.ndarray, b: np.ndarray, point: np.ndarray) -> float:
    return float(np.min(_distances(a, b, point)))


def thing(key: Key, layout: Layout, t: int) -> Key:
    """The thing that a mark stands for, with the absolute sample where it is a signal.

    A tile of a framed column or matrix stands for the whole of it; a node, a pill and an edge for one value.
    """
    what, when = key.what.removeprefix("wire:"), key.t
    if what == "f":
        return Key("f", when, layer=key.layer)
    if what.endswith("_prev") and what.removesuffix("_prev") in _SIGNALS:
        what, when = what.removesuffix("_prev"), max(t - layout.way, 0)
    elif what in _SIGNALS and when is None and t > 0:
        when = t
    framed = key.i is not None and key._replace(i=None, j=None, part="frame") in _plate_keys(layout.plates)
    i, j = (None, None) if framed else (key.i, key.j)
    return Key(what, when, i, j, layer=key.layer)


@lru_cache(maxsize=4)
def _plate_keys(plates: Plates) -> frozenset[Key]:
    return frozenset(plates.keys)


def marks_of(selected: Key | None, layout: Layout, t: int) -> frozenset[Key]:
    """The marks of this layout that stand for a thing: its frame, tab, box or node."""
    return frozenset() if selected is None else _marks(layout, t)[0].get(selected, frozenset())


@lru_cache(maxsize=4)
def _marks(layout: Layout, t: int) -> tuple[dict[Key, frozenset[Key]], dict[Key, frozenset[Key]]]:
    """Thing → its marks, and whole thing → the marks of its parts; so that pointing looks through no picture."""
    things: dict[Key, list[Key]] = {}
    wholes: dict[Key, list[Key]] = {}
    for mark in (*layout.plates.keys, *layout.tiles.keys, *layout.edges.keys):
        if mark.part in ("", "frame", "tab", "edge", "node"):
            of = thing(mark, layout, t)
            things.setdefault(of, []).append(mark)
            if of.i is not None or of.j is not None:
                wholes.setdefault(of._replace(i=None, j=None), []).append(mark)
    # where a thing has a frame, its tiles need no outline of their own
    framed = {of: [mark for mark in marks if mark.part in ("frame", "tab")] or marks for of, marks in things.items()}
    return {of: frozenset(marks) for of, marks in framed.items()}, {
        of: frozenset(marks) for of, marks in wholes.items()
    }


@lru_cache(maxsize=64)
def related(key: Key, layout: Layout, t: int, chosen: int) -> frozenset[Key]:
    """The marks that light up where one points at a mark or at a term of the formula.

    Those of its thing; where the picture draws that in parts (nodes, edges), all of them; where it draws it under
    another name (a gate's W as W, a neighbour's output as x), that; what is inside R, R.
    """
    things, wholes = _marks(layout, t)
    for wanted in _readings(thing(key, layout, t), t, chosen):
        found = things.get(wanted) or wholes.get(wanted)
        if found:
            wires = layout.wires.keys
            return found | {wire for wire in wires if wire.what[:5] == "wire:" and thing(wire, layout, t) == wanted}
    when = (None, t if key.t is None else key.t)
    boxes = zip(layout.plates.keys, layout.plates.kind, layout.plates.alpha, strict=True)
    return frozenset(
        box for box, kind, alpha in boxes
        if box.what == "cell" and not box.part and kind != "none" and alpha > 0 and key.layer is None and box.t in when
    )  # fmt: skip


def _readings(asked: Key, t: int, chosen: int) -> list[Key]:
    """A thing, and the names under which other views draw it."""
    what, layer = asked.what, asked.layer
    if layer is not None and what in ("x", "y"):
        of = layer if what == "y" else layer - 1  # the layer that hands it out
        if of == chosen:
            return [asked._replace(what="y", layer=None, t=t or None), asked._replace(what="y", layer=None, t=None)]
        below = asked._replace(what="x", layer=None, t=t or None)
        return [below] if of == chosen - 1 else [asked._replace(what="node", layer=of, t=None)]
    readings = [asked, asked._replace(t=None)]
    if layer is None and what == "x" and chosen == 0:
        readings.append(Key("node", layer=-1))
    if len(what) == 2 and what[0] in "WUVb":
        readings += [asked._replace(what=what[0]), asked._replace(what=what[0], t=None)]
    return readings


def selectable(layout: Layout, t: int, everything: bool = False) -> tuple[Key, ...]:
    """The things one can move the selection to: x, R and y, or where they are drawn in parts these, upwards.

    With ``everything`` all that there is, column by column, the units of a layer from the first on.
    """
    places: dict[Key, tuple[float, float]] = {}
    plates, tiles = layout.plates, layout.tiles
    for index, key in enumerate(plates.keys):
        if plates.alpha[index] > 0.05 and plates.kind[index] in ("frame", "box", "card", "tab", "gate", "shell"):
            places.setdefault(thing(key, layout, t), (float(plates.rect[index, 0]), float(plates.rect[index, 1])))
    for index, key in enumerate(tiles.keys):
        if tiles.alpha[index] > 0.05 and tiles.stroke[index] > 0:
            places.setdefault(thing(key, layout, t), (float(tiles.rect[index, 0]), float(tiles.rect[index, 1])))
    if everything:
        # units stand one under the other, vectors on their way upwards
        way = 1 if layout.view in ("network", "layer") else -1
        return tuple(sorted(places, key=lambda key: (round(places[key][0]), way * places[key][1])))
    here = [key for key in places if key.t in (None, t) or (key.what in ("s", "c") and key.t == t - layout.way)]
    whole = [key for key in here if key.i is None and key.layer is None]
    if {"x", "cell", "y"} <= {key.what for key in whole}:
        here = [key for key in whole if key.what in ("x", "cell", "y")]
    return tuple(sorted(here, key=lambda key: (-places[key][1], places[key][0])))


def beside(layout: Layout, selected: Key | None, t: int, by: int, everything: bool = False) -> Key | None:
    """The thing ``by`` places on from the selected one; None past either end of Tab's order."""
    if selected is not None and selected.t is not None and any(key.t == selected.t for key in layout.plates.keys):
        t = selected.t  # the column that the selection is in
    order = selectable(layout, t, everything)
    if not order:
        return None
    if selected not in order:
        # from beside the row one comes to its middle, from nothing to its end
        return order[len(order) // 2] if selected is not None and not everything else order[0 if by > 0 else -1]
    at = order.index(selected) + by
    if everything:
        return order[at] if 0 <= at < len(order) else None
    return order[min(max(at, 0), len(order) - 1)]


def in_time(selected: Key | None, t: int, by: int, steps: int) -> Key:
    """The same thing ``by`` samples on; from nothing, the state that the playhead has reached."""
    if selected is None:
        return Key("s", t)
    if selected.t is None:
        return selected
    least = 0 if selected.what in ("s", "c") else 1
    return selected._replace(t=min(max(selected.t + by, least), steps))
