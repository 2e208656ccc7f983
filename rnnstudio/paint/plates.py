"""How each kind of plate is drawn: boxes, tabs, frames, bands, operators, ticks."""

from collections.abc import Callable

import numpy as np

from rnnstudio.paint import plots
from rnnstudio.paint.pens import Pens, corner
from rnnstudio.paint.plate import Plate
from rnnstudio.paint.primitives import Lines, Path, Primitive, Shape

Drawn = list[Primitive]
#: Shadow (spread, opacity, drop) and glow (spread, opacity, rounder by) under the kinds that have one.
_SHADOW = {"box": (12, 0.10, 3), "card": (12, 0.10, 3), "shell": (18, 0.07, 3), "gate": (7, 0.08, 3)}
_GLOW = {"box": (18, 0.55, 2), "card": (13, 0.55, 2), "gate": (10, 0.55, 0), "tab": (8, 0.6, 1), "shell": (18, 0.4, 2)}


def under(plate: Plate, pens: Pens) -> Drawn:
    """What lies below the tiles at the plate's height."""
    if plate.kind == "none" or plate.alpha <= 0:
        return []
    if plate.kind.startswith("op:"):
        return _operator(plate, pens)
    if plate.kind.startswith("curve:"):
        return plots.curve(plate, pens)
    return _KINDS[plate.kind](plate, pens)


def over(plate: Plate, pens: Pens) -> Drawn:
    """What lies above the tiles: the outline of a frame."""
    if plate.kind not in ("frame", "histogram", "heat") or plate.alpha <= 0 or plate.stroke <= 0 or not plate.known:
        return []
    extra = 1.0 if plate.lit else 0.0
    return [
        Shape(corner(plate.rect), plate.radius, 0, pens.colour(plate.role, plate.level, plate.alpha),
              pens.stroke(plate.stroke) ** (1.0 if not pens.theme.wide else 0.96) + extra)
    ]  # fmt: skip


def _soft(plate: Plate, pens: Pens) -> Drawn:
    if plate.alpha < 0.5:
        return []
    if plate.lit:
        spread, strength, rounder = _GLOW.get(plate.kind, (13, 0.6, 2))
        return [pens.glow(plate.rect, plate.radius + rounder, spread, strength, plate.alpha)]
    if plate.level <= 0.9 or plate.kind not in _SHADOW:
        return []
    cast, dark, drop = _SHADOW[plate.kind]
    return [pens.shadow(plate.rect, plate.radius, cast, dark, drop, plate.alpha)]


def _box(plate: Plate, pens: Pens) -> Drawn:
    outline = plate.level * (0.8 if plate.kind == "shell" else 1.0)
    body = Shape(corner(plate.rect), plate.radius, pens.colour(plate.fill, plate.level, plate.alpha),
                 pens.colour(plate.role, outline, plate.alpha) if plate.stroke > 0 else 0,
                 pens.stroke(plate.stroke))  # fmt: skip
    return [*_soft(plate, pens), body]


def _flat(plate: Plate, pens: Pens) -> Drawn:
    return [
        Shape(corner(plate.rect), plate.radius, pens.colour(plate.fill, plate.level, plate.alpha),
              pens.colour(plate.role, plate.level, plate.alpha) if plate.stroke > 0 else 0, pens.stroke(plate.stroke))
    ]  # fmt: skip


def _tab(plate: Plate, pens: Pens) -> Drawn:
    width = plate.stroke * pens.theme.stroke**0.5
    if not plate.known:
        ground = pens.colour("raised", plate.level, plate.alpha)
        return [Shape(corner(plate.rect), plate.radius, ground), *_unknown(plate._replace(shape=(1, 1)), pens)]
    return [
        *_soft(plate, pens),
        Shape(corner(plate.rect), plate.radius, pens.colour(plate.fill if plate.fill != "boxfill" else "raised",
              plate.level, plate.alpha), pens.colour(plate.role, plate.level, plate.alpha), width),
    ]  # fmt: skip


def _chip(plate: Plate, pens: Pens) -> Drawn:
    radius = plate.radius or float(plate.rect[3]) / 2
    if plate.kind == "chip-accent":
        return _flat(plate._replace(radius=radius, role="accent", fill="accentfill", stroke=plate.stroke or 1.0), pens)
    return _flat(plate._replace(radius=radius), pens)


def _frame(plate: Plate, pens: Pens) -> Drawn:
    if not plate.known:
        return _unknown(plate, pens)
    out: Drawn = []
    column = plate.shape[1] == 1 and min(plate.rect[2], plate.rect[3]) >= 16
    if plate.alpha >= 0.5:
        if plate.lit:
            out.append(pens.glow(plate.rect, plate.radius + 2, 13, 0.6, plate.alpha))
        elif plate.level > 0.9 and column and plate.stroke > 0:
            out.append(pens.shadow(plate.rect, plate.radius, 7, 0.10, 2, plate.alpha))
    out.append(Shape(corner(plate.rect), plate.radius, pens.colour(plate.fill, 1.0, plate.alpha)))
    return out


def _unknown(plate: Plate, pens: Pens) -> Drawn:
    fade = plate.alpha * (0.9 if plate.level < 1 else 1.0)
    out: Drawn = [pens.hollow(plate.rect, plate.radius, plate.role, fade)]
    n = plate.shape[0] * plate.shape[1]
    x, y, w, h = corner(plate.rect)
    if not 1 < n <= 12 or plate.shape[1] > 1:
        return out
    at = np.arange(1, n) / n
    if h / n >= 9:
        ends = np.column_stack([np.full(n - 1, x + 4), y + at * h, np.full(n - 1, x + w - 4), y + at * h])
    else:
        ends = np.column_stack([x + at * w, np.full(n - 1, y + 4), x + at * w, np.full(n - 1, y + h - 4)])
    faint = np.full(n - 1, pens.colour(plate.role, 0.25, fade), dtype=np.uint32)
    out.append(Lines(ends, np.ones(n - 1), faint))
    return out


def _band(plate: Plate, pens: Pens) -> Drawn:
    edge = (2.5, 0.7) if pens.theme.wide else (1.5, 0.55)
    return [
        Shape(corner(plate.rect), plate.radius, pens.colour("activeglow", 1.0, pens.theme.band * plate.alpha),
              pens.colour("active", 1.0, edge[1] * plate.alpha), edge[0])
    ]  # fmt: skip


def _chosen(plate: Plate, pens: Pens) -> Drawn:
    return [
        Shape(corner(plate.rect), plate.radius, pens.colour("accentfill", 1.0, 0.75 * plate.alpha),
              pens.colour("accent", 1.0, plate.alpha), plate.stroke or 2.0)
    ]  # fmt: skip


def _tint(plate: Plate, pens: Pens) -> Drawn:
    return [Shape(corner(plate.rect), plate.radius, pens.colour(plate.role, 1.0, 0.14 * plate.alpha))]


def _operator(plate: Plate, pens: Pens) -> Drawn:
    cx, cy, w, h = (float(v) for v in plate.rect)
    r = min(w, h) / 2
    plate = plate._replace(radius=r)
    glyph, ink = plate.kind[3:], pens.colour(plate.role, plate.level, plate.alpha)
    soft: Drawn = []
    if plate.lit and plate.alpha >= 0.5:
        soft = [pens.glow(plate.rect, r, 10, 0.6, plate.alpha)]
    elif plate.level > 0.9 and plate.alpha >= 0.5:
        soft = [pens.shadow(plate.rect, r, 6, 0.08, 3, plate.alpha)]
    body = Shape(corner(plate.rect), r, pens.colour("opfill", plate.level, plate.alpha), ink,
                 pens.stroke(plate.stroke))  # fmt: skip
    out = [*soft, body]
    k, width = r * 0.42, 2.8 * r / 23
    if glyph in ("+", "-"):
        out.append(_stroke(cx - k, cy, cx + k, cy, ink, width))
    if glyph == "+":
        out.append(_stroke(cx, cy - k, cx, cy + k, ink, width))
    if glyph == "*":
        k *= 0.78
        out.append(_stroke(cx - k, cy - k, cx + k, cy + k, ink, width))
        out.append(_stroke(cx - k, cy + k, cx + k, cy - k, ink, width))
    return out


def _stroke(x0: float, y0: float, x1: float, y1: float, colour: int, width: float) -> Path:
    return Path(np.array([[x0, y0], [x1, y1]]), colour, width)


def _dots(plate: Plate, pens: Pens) -> Drawn:
    cx, cy, w, h = (float(v) for v in plate.rect)
    across = plate.kind == "dots-h"
    r, gap = min(w, h) / 2, (max(w, h) - min(w, h)) / 2
    colour = pens.colour(plate.role, plate.level, plate.alpha)
    return [
        Shape((cx + (k * gap if across else 0) - r, cy + (0 if across else k * gap) - r, 2 * r, 2 * r), r, colour)
        for k in (-1, 0, 1)
    ]


def _disc(plate: Plate, pens: Pens) -> Drawn:
    radius = min(float(plate.rect[2]), float(plate.rect[3])) / 2
    fill, role = plate.fill, plate.role
    if plate.kind == "tick" and plate.lit:
        fill, role = "active", "text"
    return _flat(plate._replace(radius=radius, fill=fill, role=role), pens)


def _tie(plate: Plate, pens: Pens) -> Drawn:
    cx, cy, w, _ = (float(v) for v in plate.rect)
    k = w / 34
    ink = pens.colour(plate.role, plate.level, plate.alpha)
    return [
        *_disc(plate, pens),
        _stroke(cx - 7 * k, cy - 4 * k, cx + 7 * k, cy - 4 * k, ink, 2.6 * k),
        _stroke(cx - 7 * k, cy + 4 * k, cx + 7 * k, cy + 4 * k, ink, 2.6 * k),
    ]


def _branch(plate: Plate, pens: Pens) -> Drawn:
    radius = min(float(plate.rect[2]), float(plate.rect[3])) / 2
    role = pens.colour(plate.role, plate.level, plate.alpha)
    ground = pens.colour("boxfill" if plate.view == "cell" else "canvas", 1.0, plate.alpha)
    if plate.known:
        return [Shape(corner(plate.rect), radius, role, ground, plate.stroke or 2.0)]
    return [Shape(corner(plate.rect), radius, ground, role, 2.2)]


def _ghost(plate: Plate, pens: Pens) -> Drawn:
    """A column of the run that is compared with: hollow with a thin outline; nothing where that is not known."""
    if not plate.known:
        return []
    edge = pens.colour(plate.role, 0.6 * plate.level, plate.alpha)
    ground = pens.colour(plate.fill, 1.0, plate.alpha)
    out: Drawn = [Shape(corner(plate.rect), plate.radius, ground, edge, pens.stroke(plate.stroke))]
    x, y, w, h = corner(plate.rect)
    n = plate.shape[0]
    if n < 2:
        return out
    at, row = np.arange(1, n) / n, w > h * 1.2
    zeros = np.zeros(n - 1)
    if row:
        ends = np.column_stack([x + at * w, zeros + y + 3, x + at * w, zeros + y + h - 3])
    else:
        ends = np.column_stack([zeros + x + 3, y + at * h, zeros + x + w - 3, y + at * h])
    faint = pens.colour(plate.role, 0.3 * plate.level, plate.alpha)
    out.append(Lines(ends, np.ones(n - 1), np.full(n - 1, faint, dtype=np.uint32)))
    return out


def _bar(plate: Plate, pens: Pens) -> Drawn:
    """Marks what has changed; nothing where nothing has."""
    if not plate.known:
        return []
    return [Shape(corner(plate.rect), min(plate.rect[2], plate.rect[3]) / 2,
                  pens.colour(plate.role, plate.level, plate.alpha))]  # fmt: skip


_KINDS: dict[str, Callable[[Plate, Pens], Drawn]] = {
    "box": _box,
    "shell": _box,
    "card": _box,
    "gate": _box,
    "tab": _tab,
    "chip": _chip,
    "chip-accent": _chip,
    "pill": _chip,
    "frame": _frame,
    "band": _band,
    "chosen": _chosen,
    "tint": _tint,
    "dots-h": _dots,
    "dots-v": _dots,
    "tick": _disc,
    "tie": _tie,
    "branch": _branch,
    "ghost": _ghost,
    "bar": _bar,
    "ring": _flat,
    "histogram": plots.histogram,
    "heat": plots.heat,
    "onehot": plots.onehot,
    "likely": plots.likely,
}
KINDS = frozenset(_KINDS) | {"none"}
