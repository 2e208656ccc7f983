"""Pictures of any number of marks: tiles with numbers and weight edges grow, boxes, wires and labels stay few."""

from dataclasses import replace

import numpy as np

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Frame, Layout
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.scene import Scene

#: What there is beside tiles and edges, at most; of the rest one third are edges, two thirds tiles with a number each.
LABELS, PLATES, WIRES = 24, 10, 10
WIDTH, HEIGHT = 1562.0, 766.0


def mix(marks: int, bare: bool = False) -> tuple[int, int, int, int, int]:
    """How many tiles, edges, labels, boxes and wires a picture of that many marks has."""
    labels, plates, wires = (0, 0, 0) if bare else (min(marks // 12, most) for most in (LABELS, PLATES, WIRES))
    edges = (marks - labels - plates - wires) // 3
    return marks - edges - labels - plates - wires, edges, labels, plates, wires


def layout(marks: int, seed: int = 1, bare: bool = False) -> Layout:
    """A layout of that many marks, strewn over the frame of a 1920 × 942 canvas; ``bare``: tiles and edges alone."""
    rng = np.random.default_rng(seed)
    b = Builder("unrolled", Frame(WIDTH, HEIGHT))
    tiles, edges, labels, plates, wires = mix(marks, bare)
    block = b.block("x", tiles)
    side, px = (28.0, 14.0) if marks < 2000 else (17.0, 10.0)
    places = np.column_stack([rng.uniform(40, WIDTH - 60, tiles), rng.uniform(60, HEIGHT - 40, tiles)])
    for k, (x, y) in enumerate(places.tolist()):
        b.tile(Key("x", 1, k), x, y, 1.6 * side, side, block, k, px=px)
    for k in range(edges):
        source = int(rng.integers(tiles))
        some = rng.choice(tiles, 40)
        far = np.hypot(*(places[some] - places[source]).T)
        target = int(some[np.argmin(np.where(far > 0, far, np.inf))])
        b.edge(Key("W", 1, k, part="edge"), Key("x", 1, source), None, Key("x", 1, target), block, k % tiles)
    for k in range(plates):
        b.plate(Key("p", i=k), "box", rng.uniform(40, 1500), rng.uniform(60, 720), 60, 46, radius=8)
    for k in range(wires):
        x, y = rng.uniform(40, 1400), rng.uniform(60, 700)
        b.wire(Key("w", i=k), [(x, y), (x + 60, y), (x + 60, y + 40)], role="s", width=3.2, head=13)
    for k in range(labels):
        b.label(Key("l", i=k), "<x|x_{t-1}>", rng.uniform(40, 1500), rng.uniform(60, 720), 20)
    return b.layout()


def scene(of: Layout, seed: int = 2) -> Scene:
    """The layout with random numbers on it."""
    rng = np.random.default_rng(seed)
    plates, tiles, edges, wires, labels = (
        len(group.keys) for group in (of.plates, of.tiles, of.edges, of.wires, of.labels)
    )
    values = rng.uniform(-1, 1, tiles)
    yes, one = lambda n: np.ones(n, dtype=bool), np.ones
    return Scene(
        layout=of, tile_value=values, tile_vmax=one(tiles), tile_text=tuple(fmt(v) for v in values),
        tile_known=yes(tiles), tile_level=one(tiles), tile_lit=~yes(tiles), plate_known=yes(plates),
        plate_level=one(plates), plate_lit=~yes(plates), plate_data={}, edge_value=rng.uniform(-1, 1, edges),
        edge_vmax=one(edges), edge_level=one(edges), wire_known=yes(wires), wire_level=one(wires),
        label_text=of.labels.text, label_shown=yes(labels), label_level=one(labels),
    )  # fmt: skip


def moved(of: Scene, k: int) -> Scene:
    """The scene with every mark a little elsewhere."""
    a = of.layout
    shift = np.array([5 * np.sin(k), 5 * np.cos(1.7 * k)])
    wide = np.array([*shift, 0.0, 0.0])
    there = replace(
        a,
        plates=replace(a.plates, rect=a.plates.rect + wide),
        tiles=replace(a.tiles, rect=a.tiles.rect + wide),
        wires=replace(a.wires, points=a.wires.points + shift),
        labels=replace(a.labels, at=a.labels.at + shift),
    )
    return replace(of, layout=there)
