"""Wires: solid with filled heads where their vector is known, dashed with hollow heads where it is not yet."""

import numpy as np

from rnnstudio.diagram.layout import Floats, Wires
from rnnstudio.diagram.scene import Bools, Scene
from rnnstudio.paint.pens import Pens
from rnnstudio.paint.primitives import Path, Primitive

#: Geometry of a head in lengths: half width, notch, where the shaft ends (DESIGN §5).
HALF, NOTCH, SHAFT = 0.46, 0.78, 0.7
HOLLOW_HALF, HOLLOW_STROKE = 0.44, 1.6
DASH = (7.0, 5.0)
THINNER, THINNEST = 0.62, 1.8
RAIL_WIDTH, RAIL_ALPHA = 15.0, 0.16
FADE_LEFT, FADE_RIGHT, WIDE_FADE = 56.0, 74.0, 1.45


class Strokes:
    """The wires of a scene: their geometry for all at once, then the strokes of one after the other."""

    def __init__(self, scene: Scene, pens: Pens) -> None:
        wires = scene.layout.wires
        self._scene, self._pens, self._wires = scene, pens, wires
        self._ground = "boxfill" if scene.layout.view == "cell" else "canvas"
        if not len(wires.keys):
            return
        self._drawn = (wires.alpha > 0.004) & np.isfinite(wires.points).all(axis=(1, 2))
        points = np.where(self._drawn[:, None, None], wires.points, 0.0)
        along = _along(points)
        known = np.asarray(scene.wire_known, dtype=bool)
        off = np.where(known, SHAFT, 1.0) * wires.head
        self._shaft = _cut(points, along, off)
        self._corner = _corners(self._shaft)
        self._tip, self._way = _heads(points, along, wires.head)
        self._heads = _head_shapes(self._tip, self._way, wires, known)

    def of(self, at: list[int]) -> list[Primitive]:
        """The strokes of these wires, each from below to above: rail or halo, shaft, head."""
        out: list[Primitive] = []
        for k in at:
            if self._drawn[k]:
                out += self._one(k)
        return out

    def _one(self, k: int) -> list[Primitive]:
        w, scene, pens = self._wires, self._scene, self._pens
        role, style, alpha = w.role[k], w.style[k], float(w.alpha[k])
        level, width, head = float(scene.wire_level[k]), float(w.width[k]), float(w.head[k])
        path = self._shaft[k][self._corner[k]]
        if style == "rail":
            colour = pens.colour(role, RAIL_ALPHA * level, alpha)
            return [Path(path, colour, max(width, RAIL_WIDTH), round_caps=False)]
        if style == "trail":
            known = scene.wire_known[k]
            return [Path(path, pens.colour(role, RAIL_ALPHA * level, alpha), width, round_caps=False)] if known else []
        if style == "leader":
            plain = role == "text3"
            colour = pens.colour(role, level if plain else 0.6 * level, alpha)
            return [Path(path, colour, width, dash=None if plain else (3.0, 3.0))]
        colour = pens.colour(role, 0.8 * level if style == "axis" else level, alpha)
        width = pens.stroke(width)
        out: list[Primitive] = []
        if not scene.wire_known[k]:
            thin = max(THINNEST, THINNER * width)
            out.append(Path(path, colour, thin, dash=DASH, round_caps=False, fade=self._fade(k)))
            if head > 0:
                out.append(Path(self._heads[k, :3], colour, HOLLOW_STROKE, closed=True))
            return out
        if w.halo[k]:
            out.append(Path(path, pens.colour(self._ground, 1.0, alpha), width + 8, round_caps=False))
        out.append(Path(path, colour, width, fade=self._fade(k)))
        if head > 0:
            out.append(Path(self._heads[k], 0, 0.0, colour, closed=True))
        return out

    def _fade(self, k: int) -> tuple[float, float] | None:
        side = self._wires.fade[k]
        if not side:
            return None
        x = self._wires.points[k, :, 0]
        low, high = float(x.min()), float(x.max())
        factor = WIDE_FADE if self._pens.theme.wide else 1.0
        if side == "left":
            return low, min(low + FADE_LEFT * factor, high)
        return high, max(high - FADE_RIGHT * factor, low)


def _along(points: Floats) -> Floats:
    """Length from the start to each point, (n, points)."""
    steps = np.hypot(*np.moveaxis(np.diff(points, axis=1), 2, 0))
    return np.concatenate([np.zeros((len(points), 1)), np.cumsum(steps, axis=1)], axis=1)


def _at(points: Floats, along: Floats, where: Floats) -> Floats:
    """The point of each path at a length from its start, (n, 2)."""
    index = np.clip((along < where[:, None]).sum(axis=1), 1, points.shape[1] - 1)
    rows = np.arange(len(points))
    a, z = along[rows, index - 1], along[rows, index]
    share = np.clip((where - a) / np.maximum(z - a, 1e-12), 0.0, 1.0)[:, None]
    return np.asarray(points[rows, index - 1] * (1 - share) + points[rows, index] * share)


def _cut(points: Floats, along: Floats, off: Floats) -> Floats:
    """The paths without their last ``off`` px: what lies beyond is moved to the new end."""
    end = np.maximum(along[:, -1] - off, 0.0)
    last = _at(points, along, end)
    return np.asarray(np.where((along >= end[:, None])[:, :, None], last[:, None, :], points))


def _corners(points: Floats) -> Bools:
    """Which points of each path matter: its ends, and where it turns."""
    before, after = points[:, 1:-1] - points[:, :-2], points[:, 2:] - points[:, 1:-1]
    bend = np.abs(before[..., 0] * after[..., 1] - before[..., 1] * after[..., 0])
    size = np.hypot(before[..., 0], before[..., 1]) * np.hypot(after[..., 0], after[..., 1])
    ends = np.ones((len(points), 1), dtype=bool)
    return np.concatenate([ends, bend > 1e-4 * np.maximum(size, 1e-9), ends], axis=1)


def _heads(points: Floats, along: Floats, head: Floats) -> tuple[Floats, Floats]:
    """Tips, and the directions in which heads of their lengths lie on the paths."""
    tip = points[:, -1]
    way = tip - _at(points, along, np.maximum(along[:, -1] - np.maximum(head, 1.0), 0.0))
    return tip, way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]


def _head_shapes(tip: Floats, way: Floats, wires: Wires, known: Bools) -> Floats:
    """The corners of all heads (n, 4, 2); of a hollow one the first three."""
    length = wires.head[:, None]
    side = np.column_stack([-way[:, 1], way[:, 0]]) * length
    back = tip - way * length
    half = np.where(known, HALF, HOLLOW_HALF)[:, None]
    # The stroke of a hollow head reaches 1 px further than its outline.
    first = np.where(known[:, None], tip, tip - way)
    second, third = back + side * half, np.where(known[:, None], tip - way * length * NOTCH, back - side * half)
    return np.stack([first, second, third, back - side * half], axis=1)
