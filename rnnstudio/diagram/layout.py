"""Where things are: a layout is a few groups of marks held as arrays, with keys. It knows no values and no colours."""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.keys import Key

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Every wire is a polyline of this many points, so that any two of them can be blended.
WIRE_POINTS = 48
#: When a label is shown: once all of its numbers are known.
FILLED = "filled"


@dataclass(frozen=True)
class Frame:
    """The logical drawing area, scaled as a whole to the canvas.

    ``wide``: the projector's geometry; ``bar``: the width of its formula bar, in px of 1080 lines.
    """

    width: float = 1280.0
    height: float = 760.0
    wide: bool = False
    bar: float = 1920.0


@dataclass(frozen=True, eq=False)
class Shown:
    """What a block has shown, once the run that its numbers are of is over: these, in colours of ±``range``.

    ``fresh`` is whether they were computed in the sub-step at hand, ``result`` whether what an activation makes of them
    was known too.
    """

    numbers: Floats | None
    range: float
    fresh: bool
    result: bool


@dataclass(frozen=True)
class Block:
    """Which numbers a vector or matrix of tiles shows.

    ``name`` is a value of the layer's program (``x``, ``a``, ``y``, ``s``, ``s_prev``, …), a parameter (``W``,
    ``Uf``) or a quantity that `dress` derives (``product``: W[i,j]·x[j] of row ``row``; ``likely``: the output as
    probabilities). ``layer`` None is the chosen layer, ``t`` None the sample of the playhead. ``scale`` is
    ``signal`` (±1), ``weight`` (±the largest weight of the study; sums before f use it too) or ``change`` (±the largest
    change of a weight). A parameter's ``t`` is the sample that uses it, with ``Δ`` before its name the one that changes
    it. ``shown`` is what it shows whatever the moment is (see `stilled`), None elsewhere.
    """

    name: str
    shape: tuple[int, int]
    t: int | None = None
    layer: int | None = None
    scale: str = "signal"
    row: int | None = None
    shown: Shown | None = None


class Anchor(NamedTuple):
    """Where a wire's end sits: on a plate's or tile's rim, ``(fx, fy)`` in half sizes from its centre, plus a gap."""

    key: Key
    fx: float
    fy: float
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True, eq=False)
class Plates:
    """Boxes, frames, bands, operators, curves: everything with a rectangle and a kind."""

    keys: tuple[Key, ...]
    kind: tuple[str, ...]
    role: tuple[str, ...]
    fill: tuple[str, ...]
    rect: Floats  # (n, 4): centre x, centre y, width, height
    radius: Floats
    stroke: Floats
    alpha: Floats
    z: Ints
    block: Ints  # index into Layout.blocks, −1 for none


@dataclass(frozen=True, eq=False)
class Tiles:
    """One value each: a cell of a column, a cell of a matrix, a node, a pill."""

    keys: tuple[Key, ...]
    role: tuple[str, ...]
    rect: Floats
    radius: Floats
    stroke: Floats  # own outline (nodes, pills); 0 inside a framed column
    alpha: Floats
    z: Ints
    px: Floats  # size of the number; 0: colour only
    ink: Floats  # opacity of the number, apart from the tile's
    block: Ints
    cell: Ints  # flat index into the block


@dataclass(frozen=True, eq=False)
class Edges:
    """Weights drawn as straight lines from node to node (through the weight's tile, where it has one)."""

    keys: tuple[Key, ...]
    ends: Ints  # (n, 3): tile index of source, weight (−1: none), target
    width: Floats  # (n, 2): px = width[0] + width[1]·|w|/vmax
    alpha: Floats
    z: Ints
    block: Ints
    cell: Ints


@dataclass(frozen=True, eq=False)
class Wires:
    """Paths of vectors. ``phase`` is the sub-step in which a token travels along (0: none)."""

    keys: tuple[Key, ...]
    role: tuple[str, ...]
    style: tuple[str, ...]  # "wire", "rail", "leader", "axis", "tie"
    points: Floats  # (n, WIRE_POINTS, 2)
    width: Floats
    head: Floats  # length of the arrow head, 0 for none
    alpha: Floats
    z: Ints
    block: Ints  # the vector it carries
    phase: Ints
    token: tuple[str, ...]  # "", "dot", "pill"
    park: Floats  # (n, 3): fraction of the path where a token rests, and the pill's centre
    start: tuple[Anchor | None, ...]
    end: tuple[Anchor | None, ...]
    fade: tuple[str, ...]  # "", "left", "right": the side on which it fades into the canvas
    halo: tuple[bool, ...]  # bridges over what it crosses


@dataclass(frozen=True, eq=False)
class Labels:
    """Symbols and words. ``values`` fill the ``{0}``, ``{1}`` of the text with formatted numbers at dressing time."""

    keys: tuple[Key, ...]
    text: tuple[str, ...]
    font: tuple[str, ...]  # "math" (markup of paint/mathtext) or "ui"
    role: tuple[str, ...]
    align: tuple[str, ...]  # "c", "l", "r"
    at: Floats  # (n, 2): anchor, vertically the middle of the letters
    px: Floats
    weight: Ints
    alpha: Floats
    z: Ints
    values: tuple[tuple[tuple[int, int], ...], ...]  # (block, cell) of each placeholder
    #: "" always; `FILLED`; "rounded:NAME[:ROW]" only where the shown operands do not give the shown result
    when: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """One view of one network at one sample, as arrays."""

    view: str
    frame: Frame
    plates: Plates
    tiles: Tiles
    edges: Edges
    wires: Wires
    labels: Labels
    blocks: tuple[Block, ...]
    title: str = ""
    caption: str = ""  # the line under the title (math markup allowed)
    content: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0))  # x0, y0, x1, y1 of what is drawn
    now: int = 0  # the sample that keys without t stand for
    way: int = 1  # from a sample to the one that is computed next: 1, or −1

    @property
    def marks(self) -> int:
        """Number of marks in all groups."""
        return sum(len(g.keys) for g in (self.plates, self.tiles, self.edges, self.wires, self.labels))


_ALONG: Floats = np.linspace(0.0, 1.0, WIRE_POINTS)[:, None]


@lru_cache
def _bends(count: int) -> tuple[tuple[float, float, float], ...]:
    """The weights of a quadratic curve's three points at evenly spaced places."""
    places = [k / (count - 1) for k in range(count)]
    return tuple(((1 - u) ** 2, 2 * u * (1 - u), u * u) for u in places)


def rounded_path(points: list[tuple[float, float]], corner: float = 14.0) -> Floats:
    """The polyline with its corners rounded, resampled to `WIRE_POINTS` points (ends exact)."""
    if len(points) == 2:
        straight: Floats = np.asarray(points[0]) + _ALONG * np.subtract(points[1], points[0])
        return straight
    dense: list[tuple[float, float]] = [points[0]]
    weights = _bends(max(2, min(9, (WIRE_POINTS - 2) // max(1, len(points) - 2))))  # all corners' own points fit
    for (ax, ay), (bx, by), (cx, cy) in zip(points, points[1:], points[2:], strict=False):
        before, after = math.hypot(bx - ax, by - ay), math.hypot(cx - bx, cy - by)
        r = min(corner, before / 2, after / 2)
        if r <= 0:
            dense.append((bx, by))
            continue
        px, py = bx - (bx - ax) / before * r, by - (by - ay) / before * r
        qx, qy = bx + (cx - bx) / after * r, by + (cy - by) / after * r
        dense += [(a * px + b * bx + c * qx, a * py + b * by + c * qy) for a, b, c in weights]
    dense.append(points[-1])
    return resample(np.asarray(dense, dtype=np.float64))


def arc_path(cx: float, cy: float, r: float, start_deg: float, end_deg: float) -> Floats:
    """An arc of a circle, degrees counter-clockwise from the right (screen y grows down)."""
    angle = np.radians(np.linspace(start_deg, end_deg, WIRE_POINTS))
    return np.column_stack([cx + r * np.cos(angle), cy - r * np.sin(angle)])


def resample(path: Floats, n: int = WIRE_POINTS) -> Floats:
    """The same path with ``n`` points: its own corners kept first, the rest spread by length."""
    if len(path) == n:
        return path
    along = np.zeros(len(path))
    steps = path[1:] - path[:-1]
    np.cumsum(np.hypot(steps[:, 0], steps[:, 1]), out=along[1:])
    if along[-1] <= 0:
        return np.repeat(path[:1], n, axis=0)
    if n > len(path):
        more = n - len(path)
        at = np.sort(np.concatenate([along, np.arange(1, more + 1) * (along[-1] / (more + 1))]))
    else:
        at = np.linspace(0.0, along[-1], n)
    at[-1] = along[-1]
    return np.column_stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])])
