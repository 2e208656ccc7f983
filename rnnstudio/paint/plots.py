"""Plates that draw many numbers: activation curves, histograms, heat images, one-hot strips, the likeliest tokens."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import fmt
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.paint.colours import mixed, pack, rgb, value_colours
from rnnstudio.paint.fonts import text_width
from rnnstudio.paint.pens import Pens, corner
from rnnstudio.paint.plate import Plate
from rnnstudio.paint.primitives import Lines, Path, Picture, Primitive, Rects, Shape, Text

Drawn = list[Primitive]
BINS = 21
#: A matrix with more rows or columns is averaged down to this many.
LARGEST_HEAT = 64
_POINTS = 61
#: Half the range of the horizontal axis, and the vertical range, of each activation.
_HALF = {"sigmoid": 4.0, "tanh": 3.0, "relu": 3.0, "identity": 3.0, "exp": 2.2}
_HEIGHT = {"sigmoid": (-0.12, 1.12), "tanh": (-1.15, 1.15), "relu": (-0.45, 3.2), "identity": (-3.2, 3.2)}
#: softmax is no curve of one variable: its sign is the shares of four values.
_SHARES = (0.14, 0.26, 1.0, 0.42)
#: The largest sum that the axis of e^a goes to, so that its height stays a number.
_EXP_HALF = 600.0


def curve(plate: Plate, pens: Pens) -> Drawn:
    """The activation f over its axes, with a point for every sum that has been computed."""
    name = plate.kind.partition(":")[2]
    function = FUNCTIONS[name]
    x, y, w, h = corner(plate.rect)
    if name == "softmax":
        return _shares(plate, pens)
    sums = np.asarray(plate.data, dtype=np.float64).reshape(-1) if plate.data is not None else np.empty(0)
    sums = sums[np.isfinite(sums)]
    half = max(_HALF.get(name, 4.0), 1.08 * float(np.abs(sums).max()) if len(sums) else 0.0)
    half = min(half, _EXP_HALF if name == "exp" else 1e6)
    at = np.linspace(-half, half, _POINTS)
    values = np.asarray(function(at), dtype=np.float64)
    low, high = _HEIGHT.get(name, (float(values.min()), float(values.max())))
    if name in ("relu", "identity"):
        low, high = low * half / 3, high * half / 3
    if name == "exp":
        low, high = -0.05 * high, 1.05 * high
    level, alpha = plate.level, plate.alpha

    def px(v: Floats) -> Floats:
        return x + (v + half) / (2 * half) * w

    def py(v: Floats) -> Floats:
        return y + h - (v - low) / (high - low) * h

    zero_x, zero_y = float(px(np.zeros(1))[0]), float(py(np.zeros(1))[0])
    axes = np.array([[x, zero_y, x + w, zero_y], [zero_x, y, zero_x, y + h]])
    out: Drawn = [
        Lines(axes, np.full(2, 1.1), np.full(2, pens.colour("border", level, alpha), dtype=np.uint32)),
        Path(np.column_stack([px(at), py(values)]), pens.colour(plate.role, level, alpha), pens.stroke(plate.stroke)),
    ]
    if not len(sums) or min(w, h) < 24:
        return out
    r = float(np.clip(0.075 * h, 3.5, 7.0)) * pens.theme.stroke**0.5
    results = np.asarray(function(sums), dtype=np.float64)
    vmax = 1.0 if name in ("sigmoid", "tanh") else max(1.0, float(np.abs(results).max()))
    fills = pack(value_colours(pens.theme, results, vmax), alpha)
    drop = pens.colour("text3", 0.8 * level, alpha)
    for sx, sy in zip(px(sums), py(results), strict=True):
        out.append(Path(np.array([[sx, zero_y], [sx, sy]]), drop, 1.2, dash=(3.0, 3.0)))
    for sx, sy, fill in zip(px(sums), py(results), fills, strict=True):
        out.append(Shape((float(sx) - r, float(sy) - r, 2 * r, 2 * r), r, int(fill),
                         pens.colour("text", level, alpha), 1.6))  # fmt: skip
    return out


def _shares(plate: Plate, pens: Pens) -> Drawn:
    """The sign of softmax: bars over a line, of which one leads."""
    x, y, w, h = corner(plate.rect)
    pitch = w / len(_SHARES)
    colour = pens.colour(plate.role, plate.level, plate.alpha)
    out: Drawn = [Lines(np.array([[x, y + h, x + w, y + h]]), np.array([pens.stroke(1.6)]),
                        np.array([colour], dtype=np.uint32))]  # fmt: skip
    for k, share in enumerate(_SHARES):
        out.append(Shape((x + (k + 0.2) * pitch, y + h - 0.9 * share * h, 0.6 * pitch, 0.9 * share * h), 1.0, colour))
    return out


def _ground(plate: Plate, pens: Pens) -> Drawn:
    """The card of a plot: hollow while nothing is known."""
    if not plate.known or plate.data is None:
        return [pens.hollow(plate.rect, plate.radius, plate.role, plate.alpha * (0.9 if plate.level < 1 else 1.0))]
    out: Drawn = []
    if plate.alpha >= 0.5:
        if plate.lit:
            out.append(pens.glow(plate.rect, plate.radius + 2, 13, 0.6, plate.alpha))
        elif plate.level > 0.9:
            out.append(pens.shadow(plate.rect, plate.radius, 7, 0.10, 2, plate.alpha))
    out.append(Shape(corner(plate.rect), plate.radius, pens.colour(plate.fill, 1.0, plate.alpha)))
    return out


def _outline(plate: Plate, pens: Pens) -> Shape:
    return Shape(corner(plate.rect), plate.radius, 0, pens.colour(plate.role, plate.level, plate.alpha),
                 pens.stroke(plate.stroke) + (1.0 if plate.lit else 0.0))  # fmt: skip


def _add(out: Drawn, *texts: Text | None) -> None:
    out.extend(text for text in texts if text is not None)


def histogram(plate: Plate, pens: Pens) -> Drawn:
    """How many values lie where, 21 bins from −vmax to vmax in the colours of the values; n is written on it."""
    out = _ground(plate, pens)
    x, y, w, h = corner(plate.rect)
    n = max(plate.shape[0] * plate.shape[1], 1)
    px = 13.0 if not pens.theme.wide else 28.0
    if not plate.known or plate.data is None:
        _add(out, pens.words(f"n = {n}", x + w / 2, y + h / 2, px, role="text3", align="c", alpha=plate.alpha))
        return out
    values = np.asarray(plate.data, dtype=np.float64).reshape(-1)
    values = values[np.isfinite(values)]
    counts = np.histogram(np.clip(values / plate.vmax, -1.0, 1.0), BINS, (-1.0, 1.0))[0].astype(np.float64)
    top, foot, side = y + px + 12, y + h - px - 6, 10.0
    pitch = (w - 2 * side) / BINS
    heights = counts / max(counts.max(), 1.0) * (foot - top)
    left = x + side + pitch * np.arange(BINS)
    rect = np.column_stack([left + 0.06 * pitch, foot - heights, np.full(BINS, 0.88 * pitch), heights])
    centres = np.linspace(-1.0, 1.0, BINS)
    colours = value_colours(pens.theme, centres)
    out.append(Rects(rect, pack(_dim(colours, plate, pens), plate.alpha)))
    base = np.array([[x + side - 2, foot, x + w - side + 2, foot]])
    out.append(Lines(base, np.ones(1), np.array([pens.colour("text3", plate.level, plate.alpha)], dtype=np.uint32)))
    _add(out, pens.words(f"n = {n}", x + w / 2, y + px * 0.75 + 2, px, role="text2", align="c", weight=500,
                         alpha=plate.alpha))  # fmt: skip
    for v in (-1, 0, 1):
        sign = "+" if v > 0 else ""
        written = fmt(v * plate.vmax, 0 if plate.vmax == 1 else 1)
        _add(out, pens.words(sign + written, x + w / 2 + v * 10 * pitch, foot + px * 0.75, px * 0.92, role="text3",
                             align="c", kind="number", alpha=plate.alpha))  # fmt: skip
    return out


def _dim(colours: Floats, plate: Plate, pens: Pens) -> Floats:
    return mixed(rgb(pens.theme, "canvas"), colours, plate.level)


def heat(plate: Plate, pens: Pens) -> Drawn:
    """A matrix as one image, averaged down to at most 64 × 64."""
    out = _ground(plate, pens) if not plate.known or plate.data is None or plate.lit else []
    if not plate.known or plate.data is None:
        return out
    values = pooled(np.atleast_2d(np.asarray(plate.data, dtype=np.float64)))
    colours = pack(_dim(value_colours(pens.theme, values, plate.vmax), plate, pens), plate.alpha)
    x, y, w, h = corner(plate.rect)
    inset = 1.5 if min(w, h) > 12 else 0.0
    out.append(Picture((x + inset, y + inset, w - 2 * inset, h - 2 * inset), colours))
    return out


def pooled(values: Floats) -> Floats:
    """The matrix with rows and columns averaged in groups, so that neither exceeds `LARGEST_HEAT`."""
    for axis in (0, 1):
        n = values.shape[axis]
        if n > LARGEST_HEAT:
            edges = np.linspace(0, n, LARGEST_HEAT + 1).astype(np.intp)
            sums = np.add.reduceat(values, edges[:-1], axis=axis)
            counts = np.diff(edges).reshape((-1, 1) if axis == 0 else (1, -1))
            values = sums / counts
    return np.asarray(values)


def onehot(plate: Plate, pens: Pens) -> Drawn:
    """A column of which one tile is lit."""
    out = _ground(plate._replace(fill="raised"), pens)
    if not plate.known or plate.data is None:
        return out
    index, n = cast(tuple[int, int], plate.data)
    x, y, w, h = corner(plate.rect)
    if n <= 24:
        at = y + np.arange(1, n) / n * h
        ends = np.column_stack([np.full(n - 1, x), at, np.full(n - 1, x + w), at])
        grey = pens.colour("divider", plate.level, plate.alpha)
        out.append(Lines(ends, np.ones(n - 1), np.full(n - 1, grey, dtype=np.uint32)))
    out.append(_outline(plate, pens))
    tall = max(h / n, 7.0)
    top = float(np.clip(y + (index + 0.5) / n * h - tall / 2, y, y + h - tall))
    colour = int(pack(_dim(value_colours(pens.theme, np.ones(1)), plate, pens), plate.alpha)[0])
    role = pens.colour(plate.role, plate.level, plate.alpha)
    out.append(Shape((x - 1, top, w + 2, tall), 1.5, colour, role, pens.stroke(2.2)))
    return out


def _short(token: str, width: float, px: float) -> str:
    """The token in quotes, cut where it is wider than that."""
    text, kept = f"“{token}”", len(token)
    while kept > 1 and text_width(text, px, 500) > width:
        kept -= 1
        text = f"“{token[:kept]}…”"
    return text


def likely(plate: Plate, pens: Pens) -> Drawn:
    """The likeliest tokens with their probabilities as bars; a dotted line marks what guessing evenly would give."""
    out = _ground(plate._replace(fill="raised"), pens)
    x, y, w, h = corner(plate.rect)
    px = 15.0 if not pens.theme.wide else 28.0
    if not plate.known or plate.data is None:
        _add(out, pens.words("not known yet", x + w / 2, y + h / 2, 13.0 if not pens.theme.wide else 28.0, role="text3",
                             align="c", alpha=plate.alpha))  # fmt: skip
        return out
    rows = cast(Sequence[tuple[str, float]], plate.data)
    even = 1.0 / max(plate.shape[0] * plate.shape[1], 1)
    pitch = (h - 14) / max(len(rows), 1)
    px = min(px, 0.6 * pitch)
    px = pens.size(px) or px  # words are measured at the size that a small window holds them at
    shown = [_short(token, 0.42 * w, px) for token, _ in rows]
    widest = max((text_width(text, px, 500) for text in shown), default=0.0)
    start, end = x + max(0.32 * w, widest + 18), x + min(0.67 * w, w - 22 - text_width("100.0 %", px, 500, "number"))
    end = max(end, start + 0.08 * w)
    full = max(max((p for _, p in rows), default=1.0), 1.6 * even)
    edge = pens.colour(plate.role, plate.level, plate.alpha)
    for k, (_, p) in enumerate(rows):
        cy = y + 7 + (k + 0.5) * pitch
        bar = max((end - start) * p / full, 1.0)
        strength = (0.6 if k == 0 else 0.34) * plate.level
        fill = pens.colour(plate.role, strength, plate.alpha)
        out.append(Shape((start, cy - 0.3 * pitch, bar, 0.6 * pitch), 2.0, fill, edge, 1.2))
        _add(out, pens.words(shown[k], start - 8, cy, px, align="r", level=plate.level, alpha=plate.alpha,
                             weight=500),
             pens.words(f"{100 * p:.1f} %", x + w - 14, cy, px, align="r", kind="number", level=plate.level,
                        alpha=plate.alpha, weight=500))  # fmt: skip
    chance = start + (end - start) * even / full
    dotted = np.array([[chance, y + 7], [chance, y + h - 7]])
    out.append(Path(dotted, pens.colour("text2", plate.level, plate.alpha), 1.2, dash=(2.0, 3.0), round_caps=False))
    out.append(_outline(plate, pens))
    return out

