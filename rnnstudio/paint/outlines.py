"""Outlines of what is selected, pointed at or has the keyboard."""

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.scene import Scene
from rnnstudio.paint.pens import Pens, corner
from rnnstudio.paint.primitives import Path, Primitive, Shape

SELECTED_AT, HOVERED_AT = 8.0, 6.0
FOCUS_DASH = (5.0, 4.0)


def outlines(scene: Scene, pens: Pens) -> list[Primitive]:
    """Hover first, the selection over it; the keyboard's focus is the selection, dashed."""
    if not scene.selected and not scene.hovered:
        return []
    places = _places(scene)
    out: list[Primitive] = []
    for key in sorted(scene.hovered - scene.selected, key=repr):
        out += _around(scene, key, places, HOVERED_AT, pens.colour("text", 1.0, 0.55), 1.6, None, pens)
    for key in sorted(scene.selected, key=repr):
        dash = FOCUS_DASH if scene.keyboard else None
        out += _around(scene, key, places, SELECTED_AT, pens.colour("accent"), 2.4 if dash else 3.0, dash, pens)
    return out


def _places(scene: Scene) -> dict[Key, tuple[Floats, float]]:
    layout = scene.layout
    places: dict[Key, tuple[Floats, float]] = {}
    for k, key in enumerate(layout.tiles.keys):
        if layout.tiles.alpha[k] > 0:
            places[key] = (layout.tiles.rect[k], float(layout.tiles.radius[k]))
    for k, key in enumerate(layout.plates.keys):
        if layout.plates.alpha[k] > 0 and layout.plates.kind[k] != "none":
            places[key] = (layout.plates.rect[k], float(layout.plates.radius[k]))
    return places


def _around(
    scene: Scene, key: Key, places: dict[Key, tuple[Floats, float]], distance: float, colour: int, width: float,
    dash: tuple[float, float] | None, pens: Pens,
) -> list[Primitive]:  # fmt: skip
    for candidate in (key, key._replace(part="frame"), key._replace(part="tab")):
        if candidate in places:
            rect, radius = places[candidate]
            x, y, w, h = corner(rect)
            box = (x - distance, y - distance, w + 2 * distance, h + 2 * distance)
            return [Shape(box, min(radius + distance * 0.6, box[2] / 2, box[3] / 2), 0, colour, width, dash)]
    layout = scene.layout
    if key in layout.wires.keys:
        points = layout.wires.points[layout.wires.keys.index(key)]
        return [Path(points, pens.colour("accent", 1.0, 0.3), float(layout.wires.width.max()) + 10)]
    if key in layout.edges.keys:
        k = layout.edges.keys.index(key)
        source, _, target = layout.edges.ends[k]
        points = np.array([layout.tiles.rect[source, :2], layout.tiles.rect[target, :2]])
        return [Path(points, pens.colour("accent", 1.0, 0.3), 14.0)]
    return []
