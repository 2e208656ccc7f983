"""Networks of all sizes for the layer views, and the boxes of what is drawn of them."""

from itertools import combinations

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Frame, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer, new_network

FRAMES = (Frame(), Frame(1920.0, 698.0, True))
#: Inputs, state, outputs of the readout (None: no readout).
SIZES = (
    (1, 1, None), (1, 1, 1), (4, 3, None), (4, 4, 2), (5, 5, 2), (8, 8, 8), (9, 9, 9), (12, 12, 5), (13, 13, 3),
    (32, 20, 2), (33, 64, 40), (100, 65, 3), (257, 300, 12), (4096, 1024, 30),
)  # fmt: skip

Box = tuple[float, float, float, float]


def tutorial(chosen: int = 1) -> Network:
    """A 3-4-3-2 network without biases, hidden layer 2 chosen."""
    layers = (
        new_layer(library_cell("dense"), 3, 4, activation="sigmoid", bias=False, seed=1),
        new_layer(library_cell("simple"), 4, 3, activation="sigmoid", bias=False, seed=2),
        new_layer(library_cell("dense"), 3, 2, activation="sigmoid", bias=False, seed=3),
    )
    return Network(layers, chosen)


def one(inputs: int, size: int, outputs: int | None = None, cell: str = "simple", bias: bool = True) -> Network:
    """A network of one layer, as a user's own sequence makes it."""
    return new_network(library_cell(cell), inputs, size, outputs, bias=bias)


def deep(count: int) -> Network:
    """A network of many small layers with a readout at the end."""
    layers = [new_layer(library_cell("dense"), 4 if k == 0 else 3, 3, bias=bool(k % 2)) for k in range(count - 1)]
    return Network((*layers, new_layer(library_cell("simple"), 3, 3, outputs=2)), count // 2)


def subject(network: Network, t: int = 4, frame: Frame = FRAMES[0], steps: int = 8, **more: object) -> Subject:
    """The network at sample ``t`` of ``steps``, with targets."""
    values = np.zeros((steps, network.outputs))
    return Subject(network, steps, t, frame, vmax=1.0,
                   **{"targets": True, "target_values": values, **more})  # type: ignore[arg-type]  # fmt: skip


def words(t: int = 4, frame: Frame = FRAMES[0], **more: object) -> Subject:
    """A text of 8 words out of 40, the input one-hot."""
    tokens = (0, 39, 17, 20, 1, 38, 5, 2)
    vocabulary = tuple(f"word{k}" for k in range(40))
    return Subject(one(40, 24, 40), 8, t, frame, vocabulary=vocabulary, tokens=tokens, targets=True,
                   **more)  # type: ignore[arg-type]  # fmt: skip


def rect(layout: Layout, key: Key) -> tuple[float, float, float, float]:
    """Centre and size of a tile or plate."""
    for group in (layout.tiles, layout.plates):
        if key in group.keys:
            return tuple(float(v) for v in group.rect[group.keys.index(key)])  # type: ignore[return-value]
    raise AssertionError(f"{key} is not drawn")


def at(layout: Layout, key: Key) -> tuple[float, float]:
    """Where a label stands."""
    x, y = layout.labels.at[layout.labels.keys.index(key)]
    return float(x), float(y)


def text(layout: Layout, key: Key) -> str:
    """What a label says."""
    return layout.labels.text[layout.labels.keys.index(key)]


def _box(row: np.ndarray) -> Box:
    x, y, w, h = (float(v) for v in row)
    return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def tiles(layout: Layout) -> list[tuple[Key, Box]]:
    """The visible values."""
    group = layout.tiles
    return [(key, _box(row)) for key, row, a in zip(group.keys, group.rect, group.alpha, strict=True) if a > 0]


def solid(layout: Layout) -> list[tuple[Key, Box]]:
    """The visible plates that no text may run into."""
    kinds = {"frame", "histogram", "heat", "onehot", "dots-h", "dots-v", "tick", "tie", "op:+"}
    group = layout.plates
    return [
        (key, _box(row))
        for key, kind, row, a in zip(group.keys, group.kind, group.rect, group.alpha, strict=True)
        if a > 0 and kind in kinds
    ]


def overlap(a: Box, b: Box, by: float = 1.0) -> bool:
    """Whether two boxes share more than a seam."""
    return min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by


def check(layout: Layout) -> None:
    """The laws of every drawing: no key twice, nothing outside, no value or solid plate on another, wires on ports."""
    for group in (layout.plates, layout.tiles, layout.edges, layout.wires, layout.labels):
        assert len(set(group.keys)) == len(group.keys)
    values, plates = tiles(layout), solid(layout)
    for key, box in values + plates:
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= layout.frame.width and box[3] <= layout.frame.height, key
    if len(values) <= 400:
        for (one_key, a), (other, b) in combinations(values, 2):
            assert not overlap(a, b), (one_key, other)
    for (one_key, a), (other, b) in combinations(plates, 2):
        assert not overlap(a, b), (one_key, other)
    for x, y in layout.labels.at:
        assert 0 < x < layout.frame.width and 0 < y < layout.frame.height
    wire_ends(layout)


def wire_ends(layout: Layout) -> None:
    """Each wire begins and ends on what its anchors name, within 2 px."""
    wires = layout.wires
    for k, key in enumerate(wires.keys):
        for anchor, point in ((wires.start[k], wires.points[k, 0]), (wires.end[k], wires.points[k, -1])):
            if anchor is None:
                assert key.what == "axis"
                continue
            x, y, w, h = rect(layout, anchor.key)
            port = (x + anchor.fx * w / 2 + anchor.dx, y + anchor.fy * h / 2 + anchor.dy)
            assert abs(port[0] - point[0]) <= 2 and abs(port[1] - point[1]) <= 2, (key, anchor, point)


def smallest_text(layout: Layout) -> float:
    """Size of the smallest word or symbol."""
    return min(float(px) for px, words_ in zip(layout.labels.px, layout.labels.text, strict=True) if words_)
