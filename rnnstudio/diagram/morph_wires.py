"""Wires on their way: the shape is blended, the ends stay on the ports they belong to."""

import numpy as np

from rnnstudio.diagram.join import join
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import WIRE_POINTS, Anchor, Floats, Ints, Layout, Plates, Tiles, Wires
from rnnstudio.diagram.timing import BEHIND, Script, Span, eased


class WireMorph:
    """All wires of a turn."""

    def __init__(self, a: Layout, b: Layout, script: Script, blocks_before: int) -> None:
        self.a, self.b = a, b
        self._offset = blocks_before
        self.join = join(a.wires.keys, b.wires.keys, a.now, b.now, dict.fromkeys(a.wires.keys))
        pairs = zip(self.join.keys, self.join.status, strict=True)
        self.timing = [script.timing("wires", key, status) for key, status in pairs]
        self._twins = {k._replace(t=None): k for k in (*a.plates.keys, *b.plates.keys) if k.t in (a.now, b.now)}

    def at(self, u: float, plates: Plates, tiles: Tiles) -> Wires:
        """The wires at ``u``, hung on the plates and tiles of the blended layout."""
        a, b = self.a.wires, self.b.wires
        where: dict[Key, Floats] = dict(zip(tiles.keys, tiles.rect, strict=True))
        where.update(zip(plates.keys, plates.rect, strict=True))
        there = dict(zip(tiles.keys, tiles.alpha, strict=True))
        there.update(zip(plates.keys, plates.alpha, strict=True))
        n = len(self.join.keys)
        points = np.empty((n, WIRE_POINTS, 2))
        width, head, alpha = np.zeros(n), np.zeros(n), np.zeros(n)
        start: list[Anchor | None] = []
        end: list[Anchor | None] = []
        for k, (ia, ib, timing) in enumerate(zip(self.join.in_a, self.join.in_b, self.timing, strict=True)):
            e, fade = _progress(u, timing.move), _progress(u, timing.fade)
            if ia >= 0 and ib >= 0:
                path = a.points[ia] + (b.points[ib] - a.points[ia]) * e
                head_ = a.head[ia] + (b.head[ib] - a.head[ia]) * e
                width_ = a.width[ia] + (b.width[ib] - a.width[ia]) * e
                alpha[k] = a.alpha[ia] + (b.alpha[ib] - a.alpha[ia]) * fade
                ends = [(a.start[ia], b.start[ib]), (a.end[ia], b.end[ib])]
            else:
                side, i = (a, ia) if ia >= 0 else (b, ib)
                path, head_, width_ = side.points[i], side.head[i], side.width[i]
                alpha[k] = side.alpha[i] * ((1 - fade) if ia >= 0 else fade)
                ends = [(side.start[i],) * 2, (side.end[i],) * 2]
            path = _hang(path, [self._port(x, y, e, where, there) for x, y in ends])
            if timing.grow is not None and (ia < 0) != (ib < 0):
                grown = _progress(u, timing.grow)
                path, alpha[k] = _grown(path, grown), float(grown > 0)
                head_ = min(head_, 0.8 * _length(path))
            if timing.gone is not None:
                alpha[k] *= max(0.0, 1 - u / timing.gone[0], (u - timing.gone[1]) / (1 - timing.gone[1]))
            points[k], width[k], head[k] = path, width_, head_
            start.append(ends[0][1])
            end.append(ends[1][1])
        pick = [(self.b.wires, ib) if ib >= 0 else (self.a.wires, ia)
                for ia, ib in zip(self.join.in_a, self.join.in_b, strict=True)]  # fmt: skip
        blocks = [w.block[i] + (self._offset if w is b and w.block[i] >= 0 else 0) for w, i in pick]
        return Wires(self.join.keys, tuple(w.role[i] for w, i in pick), tuple(w.style[i] for w, i in pick), points,
                     width, head, alpha, self._depth(pick),
                     np.asarray(blocks, dtype=np.int64), np.zeros(n, dtype=np.int64), ("",) * n, np.zeros((n, 3)),
                     tuple(start), tuple(end), tuple(w.fade[i] for w, i in pick),
                     tuple(w.halo[i] for w, i in pick))  # fmt: skip

    def _depth(self, pick: list[tuple[Wires, int]]) -> Ints:
        behind = [BEHIND if t.apart is not None or t.under else 0 for t in self.timing]
        return np.asarray([w.z[i] - less for (w, i), less in zip(pick, behind, strict=True)], dtype=np.int64)

    def _port(
        self, a: Anchor | None, b: Anchor | None, e: float, where: dict[Key, Floats], there: dict[Key, float]
    ) -> Floats | None:
        if a is None or b is None:
            return None
        at_a, at_b = self._find(a.key, where), self._find(b.key, where)
        if at_a is None or at_b is None:
            return None
        if at_a is at_b or a.key._replace(t=None) == b.key._replace(t=None):
            # The port slides along the rim.
            rect = at_a + (at_b - at_a) * e
            fx, fy = _rim((a.fx, a.fy), (b.fx, b.fy), e)
            gap = np.array([a.dx + (b.dx - a.dx) * e, a.dy + (b.dy - a.dy) * e])
            return np.asarray(rect[:2] + np.array([fx, fy]) * rect[2:] / 2 + gap)
        pa = at_a[:2] + np.array([a.fx, a.fy]) * at_a[2:] / 2 + np.array([a.dx, a.dy])
        pb = at_b[:2] + np.array([b.fx, b.fy]) * at_b[2:] / 2 + np.array([b.dx, b.dy])
        # From one thing to another: as the first goes, or as the second comes.
        alpha_a, alpha_b = there.get(a.key, 1.0), there.get(b.key, 1.0)
        if min(alpha_a, alpha_b) < 1:
            e = 1 - alpha_a if alpha_a < 1 else alpha_b
        return np.asarray(pa + (pb - pa) * e)

    def _find(self, key: Key, where: dict[Key, Floats]) -> Floats | None:
        if key in where:
            return where[key]
        twin = self._twins.get(key._replace(t=None))
        return where.get(twin) if twin is not None else None


def _progress(u: float, span: Span) -> float:
    return float(eased(u, np.asarray([span.start]), np.asarray([span.end]), [span.ease])[0])


def _rim(a: tuple[float, float], b: tuple[float, float], e: float) -> tuple[float, float]:
    """A point on the unit square's rim between two others, the short way round."""
    if a == b:
        return a
    from_angle, to_angle = np.arctan2(a[1], a[0]), np.arctan2(b[1], b[0])
    way = (to_angle - from_angle + np.pi) % (2 * np.pi) - np.pi
    angle = from_angle + way * e
    x, y = np.cos(angle), np.sin(angle)
    size = max(abs(x), abs(y))
    edge_a, edge_b = max(abs(a[0]), abs(a[1])), max(abs(b[0]), abs(b[1]))
    scale = (edge_a + (edge_b - edge_a) * e) / size
    return float(x * scale), float(y * scale)


def _hang(path: Floats, ports: list[Floats | None]) -> Floats:
    """Move the ends onto their ports; what lies between follows in proportion."""
    along = np.linspace(0.0, 1.0, len(path))[:, None]
    out = path
    if ports[0] is not None:
        out = out + (1 - along) * (ports[0] - path[0])
    if ports[1] is not None:
        out = out + along * (ports[1] - path[-1])
    return np.asarray(out)


def _length(path: Floats) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def _grown(path: Floats, part: float) -> Floats:
    """The first part of a path."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.linspace(0.0, along[-1] * part, len(path))
    return np.column_stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])])
