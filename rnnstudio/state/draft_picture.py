"""The drawing of a draft: the Cell view of what could last be read, and in it what hangs on a line at fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.diagram.dress import dress
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import knowledge_of
from rnnstudio.diagram.layout import Floats, Frame, Layout
from rnnstudio.diagram.moment import Moment
from rnnstudio.diagram.scene import Scene
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.view_table import lay_out
from rnnstudio.engine.network import Network
from rnnstudio.engine.rewriting import names_in
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.equation_draft import Reading
from rnnstudio.state.runs import vmax

#: How much of its colour what waits keeps (DESIGN §16).
WAITING = 0.4
#: px on the screen under which words of a drawing are left out.
SMALLEST_WORDS = 9.0


@dataclass(frozen=True)
class Mark:
    """A thing of the drawing that a line at fault is drawn as: centre and size, logical px, and the line."""

    rect: tuple[float, float, float, float]
    radius: float
    line: int


@dataclass(frozen=True, eq=False)
class Drawing:
    """A scene, the marks of faults over it, and the box (left, top, right, bottom) that everything lies in."""

    scene: Scene
    marks: tuple[Mark, ...]
    box: tuple[float, float, float, float]


def drawn(good: Reading, now: Reading, frame: Frame, decimals: int) -> Drawing:
    """The drawing of `good`, the last reading without a fault, with the faults of `now`.

    Parameters
    ----------
    good, now : Reading
        The same where nothing is wrong.
    frame : Frame
        What the view is laid out in.
    decimals : int
        Of the numbers.
    """
    assert good.layer is not None and good.trace is not None
    network = Network((good.layer,))
    head = Playhead(1, len(good.layer.program.phases))
    subject = Subject(network, 1, 1, frame, vmax=vmax(good.document or good.ground.document), decimals=decimals)
    layout = lay_out("cell", subject)
    moment = Moment(subject, good.trace, knowledge_of(network, head, False), None, None, head, head)
    scene = _resting(dress(layout, moment))
    if good is now:
        return Drawing(scene, (), _box(layout))
    spoilt = _spoilt(good, now)
    return Drawing(_dimmed(scene, spoilt), _marks(layout, now), _box(layout))


def readable(scene: Scene, scale: float) -> Scene:
    """The scene without the words that would be too small at a scale: those of gates, remarks, the title's chip."""
    labels, plates = scene.layout.labels, scene.layout.plates
    words = np.asarray([font == "ui" for font in labels.font], bool)
    small = words & (labels.px * scale < SMALLEST_WORDS)
    if not small.any():
        return scene
    title = {key.what for key, off in zip(labels.keys, small, strict=True) if off and key.part == "symbol"}
    chips = np.asarray([key.part == "chip" and key.what in title for key in plates.keys], bool)
    layout = replace(scene.layout, plates=replace(plates, alpha=np.where(chips, 0.0, plates.alpha)))
    return replace(scene, layout=layout, label_shown=scene.label_shown & ~small)


def _resting(scene: Scene) -> Scene:
    """Nothing is new in it: it is a drawing, no step."""
    return replace(
        scene, tokens=(), tile_lit=np.zeros_like(scene.tile_lit), plate_lit=np.zeros_like(scene.plate_lit)
    )  # fmt: skip


def _spoilt(good: Reading, now: Reading) -> frozenset[str]:
    """Values of the drawing that do not stand as they are drawn: at fault, waiting, gone, or written anew."""
    known = {row.name for row in now.rows if row.status == "known"}
    before = {e.name: e.expression for e in good.read.good}
    changed = {e.name for e in now.read.good if e.name in before and before[e.name] != e.expression}
    spoilt = {name for name in before if name not in known} | changed
    for equation in good.read.good:  # what is computed from it is spoilt with it
        from_it = {name.name for name in names_in(equation.expression)}
        if from_it & spoilt:
            spoilt.add(equation.name)
    return frozenset(spoilt)


def _value_of(name: str) -> str:
    return name.removeprefix("branch:").removeprefix("wire:").partition(":")[0]


def _dimmed(scene: Scene, spoilt: frozenset[str]) -> Scene:
    layout = scene.layout
    blocks = np.asarray([_value_of(block.name) in spoilt for block in layout.blocks] + [False])

    def of_keys(keys: tuple[Key, ...]) -> np.ndarray:
        return np.asarray([_value_of(key.what) in spoilt and not key.what.endswith("_prev") for key in keys], bool)

    tiles = blocks[layout.tiles.block] | of_keys(layout.tiles.keys)
    plates = blocks[layout.plates.block] | of_keys(layout.plates.keys)
    labels = of_keys(layout.labels.keys)
    wires = blocks[layout.wires.block]

    def mixed(level: Floats, where: np.ndarray) -> Floats:
        return np.asarray(np.where(where, WAITING * level, level))

    return replace(
        scene,
        tile_known=scene.tile_known & ~tiles,
        tile_level=mixed(scene.tile_level, tiles),
        tile_text=tuple("" if off else text for off, text in zip(tiles, scene.tile_text, strict=True)),
        plate_known=scene.plate_known & ~blocks[layout.plates.block],
        plate_level=mixed(scene.plate_level, plates),
        wire_known=scene.wire_known & ~wires,
        wire_level=mixed(scene.wire_level, wires),
        label_level=mixed(scene.label_level, labels),
        label_shown=scene.label_shown & ~np.asarray([bool(when) for when in layout.labels.when], bool),
    )


def _marks(layout: Layout, now: Reading) -> tuple[Mark, ...]:
    """The box or operator that a line at fault ends in; none where the drawing does not have it."""
    plates, found = layout.plates, []
    for row in now.rows:
        if row.status != "error":
            continue
        ranked = [
            (kind != "gate", k)
            for k, (key, kind) in enumerate(zip(plates.keys, plates.kind, strict=True))
            if _value_of(key.what) == row.name and not key.part and (kind == "gate" or kind.startswith(("op:", "card")))
        ]
        if ranked:
            k = min(ranked)[1]
            cx, cy, w, h = (float(v) for v in plates.rect[k])
            radius = min(w, h) / 2 if plates.kind[k].startswith("op:") else max(float(plates.radius[k]), 8.0)
            found.append(Mark((cx, cy, w, h), radius, row.line))
    return tuple(found)


def _box(layout: Layout) -> tuple[float, float, float, float]:
    """Around everything: boxes, labels beside them, wires."""
    left, top, right, bottom = layout.content
    points = layout.wires.points.reshape(-1, 2)
    if len(points):
        left, top = min(left, float(points[:, 0].min())), min(top, float(points[:, 1].min()))
        right, bottom = max(right, float(points[:, 0].max())), max(bottom, float(points[:, 1].max()))
    at, px = layout.labels.at, layout.labels.px
    if len(at):
        reach = 1.1 * px
        left, top = min(left, float((at[:, 0] - 2 * reach).min())), min(top, float((at[:, 1] - reach).min()))
        right, bottom = max(right, float((at[:, 0] + 2 * reach).max())), max(bottom, float((at[:, 1] + reach).max()))
    return left - 10, top - 6, right + 10, bottom + 6
