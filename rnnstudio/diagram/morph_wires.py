"""Wires on their way: the shape is blended, the ends stay on the ports they belong to."""

from collections.abc import Sequence

import numpy as np

from rnnstudio.diagram.join import at_sample, join
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import WIRE_POINTS, Anchor, Floats, Ints, Layout, Plates, Tiles, Wires
from rnnstudio.diagram.timing import BEHIND, Script, spans, timings_of

_ALONG = np.linspace(0.0, 1.0, WIRE_POINTS)[:, None]


class WireMorph:
    """All wires of a turn; ``plates`` and ``tiles`` are the keys of the blended layout, which they hang on."""

    def __init__(
        self, a: Layout, b: Layout, script: Script, plates: tuple[Key, ...], tiles: tuple[Key, ...]
    ) -> None:
        joined = join(a.wires.keys, b.wires.keys, a.now, b.now, dict.fromkeys(a.wires.keys))
        timings, which = timings_of(script, "wires", joined.keys, joined.status)
        self._move, self._fade = spans(timings, which, lambda t: t.move), spans(timings, which, lambda t: t.fade)
        self._grow = spans(timings, which, lambda t: t.grow)
        grows = np.asarray([t.grow is not None for t in timings], dtype=bool)[which]
        self._growing = np.flatnonzero(grows & ((joined.in_a < 0) != (joined.in_b < 0)))
        self._gone = np.asarray([t.gone or (2.0, 0.0) for t in timings], dtype=np.float64).reshape(-1, 2)[which]
        self._away = np.asarray([t.gone is not None for t in timings], dtype=bool)[which]
        behind = np.asarray([BEHIND if t.apart is not None or t.under else 0 for t in timings], dtype=np.int64)[which]

        sides = list(zip(joined.in_a.tolist(), joined.in_b.tolist(), strict=True))
        first = [(a.wires, ia) if ia >= 0 else (b.wires, ib) for ia, ib in sides]
        last = [(b.wires, ib) if ib >= 0 else (a.wires, ia) for ia, ib in sides]
        self._points = tuple(
            np.asarray([w.points[i] for w, i in side]).reshape(-1, WIRE_POINTS, 2) for side in (first, last)
        )
        self._width = tuple(np.asarray([w.width[i] for w, i in side], dtype=np.float64) for side in (first, last))
        self._head = tuple(np.asarray([w.head[i] for w, i in side], dtype=np.float64) for side in (first, last))
        self._alpha = (
            np.asarray([a.wires.alpha[ia] if ia >= 0 else 0.0 for ia, _ in sides], dtype=np.float64),
            np.asarray([b.wires.alpha[ib] if ib >= 0 else 0.0 for _, ib in sides], dtype=np.float64),
        )
        twins = {at_sample(k, None): k for k in (*a.plates.keys, *b.plates.keys) if k.t in (a.now, b.now)}
        places = {key: k for k, key in enumerate((*tiles, *plates))}
        self._ports = tuple(
            _Ports([getattr(w, end)[i] for w, i in first], [getattr(w, end)[i] for w, i in last], places, twins)
            for end in ("start", "end")
        )
        self._still = _still(joined.keys, last, behind, b.wires, len(a.blocks))

    def at(self, u: float, plates: Plates, tiles: Tiles) -> Wires:
        """The wires at ``u``, hung on the plates and tiles of the blended layout."""
        e, fade = self._move.at(u), self._fade.at(u)
        points = _mixed(self._points, e[:, None, None])
        width, head, alpha = _mixed(self._width, e), _mixed(self._head, e), _mixed(self._alpha, fade)
        rects = np.concatenate([tiles.rect, plates.rect])
        there = np.concatenate([tiles.alpha, plates.alpha])
        off = [port.at(e, rects, there) - points[port.who, end] for port, end in zip(self._ports, (0, -1), strict=True)]
        # The ends move onto their ports; what lies between follows in proportion.
        points[self._ports[0].who] += (1 - _ALONG) * off[0][:, None]
        points[self._ports[1].who] += _ALONG * off[1][:, None]
        grown = self._grow.at(u)
        for k in self._growing.tolist():
            points[k], alpha[k] = _grown(points[k], float(grown[k])), float(grown[k] > 0)
            head[k] = min(head[k], 0.8 * _length(points[k]))
        coming = (u - self._gone[:, 1]) / (1 - self._gone[:, 1])
        out = np.maximum(np.maximum(0.0, 1 - u / self._gone[:, 0]), coming)
        alpha = np.where(self._away, alpha * out, alpha)
        keys, role, style, z, block, phase, token, park, start, end, fades, halo = self._still
        return Wires(keys, role, style, points, width, head, alpha, z, block, phase, token, park, start, end, fades,
                     halo)  # fmt: skip


#: What is the same on the whole way: keys, roles, styles, depths, blocks, phases, tokens, rests, anchors, fades, halos.
_Still = tuple[
    tuple[Key, ...], tuple[str, ...], tuple[str, ...], Ints, Ints, Ints, tuple[str, ...], Floats,
    tuple[Anchor | None, ...], tuple[Anchor | None, ...], tuple[str, ...], tuple[bool, ...],
]  # fmt: skip


def _still(
    keys: tuple[Key, ...], last: Sequence[tuple[Wires, int]], behind: Ints, of_b: Wires, before: int
) -> _Still:
    n = len(keys)
    blocks = [w.block[i] + (before if w is of_b and w.block[i] >= 0 else 0) for w, i in last]
    depth = np.asarray([w.z[i] for w, i in last], dtype=np.int64) - behind
    return (
        keys, tuple(w.role[i] for w, i in last), tuple(w.style[i] for w, i in last), depth,
        np.asarray(blocks, dtype=np.int64), np.zeros(n, dtype=np.int64), ("",) * n, np.zeros((n, 3)),
        tuple(w.start[i] for w, i in last), tuple(w.end[i] for w, i in last), tuple(w.fade[i] for w, i in last),
        tuple(w.halo[i] for w, i in last),
    )  # fmt: skip


class _Ports:
    """One end of each wire that hangs on something in both layouts: ``who`` they are, and where they hang."""

    def __init__(
        self, first: Sequence[Anchor | None], last: Sequence[Anchor | None], places: dict[Key, int],
        twins: dict[Key, Key],
    ) -> None:  # fmt: skip
        def find(key: Key) -> int:
            if key in places:
                return places[key]
            twin = twins.get(at_sample(key, None))
            return places.get(twin, -1) if twin is not None else -1

        hung = [
            (k, x, y, find(x.key), find(y.key))
            for k, (x, y) in enumerate(zip(first, last, strict=True)) if x is not None and y is not None
        ]  # fmt: skip
        hung = [each for each in hung if each[3] >= 0 and each[4] >= 0]
        self.who = np.asarray([k for k, *_ in hung], dtype=np.int64)
        self._a = np.asarray([at for *_, at, _ in hung], dtype=np.int64)
        self._b = np.asarray([at for *_, at in hung], dtype=np.int64)
        #: (fx, fy, dx, dy) of both anchors.
        self._at_a = np.asarray([tuple(x[1:]) for _, x, *_ in hung], dtype=np.float64).reshape(-1, 4)
        self._at_b = np.asarray([tuple(y[1:]) for _, _, y, *_ in hung], dtype=np.float64).reshape(-1, 4)
        self._same = np.asarray(
            [a == b or at_sample(x.key, None) == at_sample(y.key, None) for _, x, y, a, b in hung], dtype=bool
        )
        #: Whose opacity says how far a port has gone over: of a thing that is named by its twin it is always 1.
        self._seen_a = np.asarray([places.get(x.key, -1) for _, x, *_ in hung], dtype=np.int64)
        self._seen_b = np.asarray([places.get(y.key, -1) for _, _, y, *_ in hung], dtype=np.int64)

    def at(self, e: Floats, rects: Floats, there: Floats) -> Floats:
        """The ports (n, 2)."""
        e = e[self.who]
        a, b = rects[self._a], rects[self._b]
        # From one thing to another: as the first goes, or as the second comes.
        gone = np.where(self._seen_a >= 0, there[self._seen_a], 1.0)
        come = np.where(self._seen_b >= 0, there[self._seen_b], 1.0)
        over = np.where(np.minimum(gone, come) < 1, np.where(gone < 1, 1 - gone, come), e)[:, None]
        pa = a[:, :2] + self._at_a[:, :2] * a[:, 2:] / 2 + self._at_a[:, 2:]
        pb = b[:, :2] + self._at_b[:, :2] * b[:, 2:] / 2 + self._at_b[:, 2:]
        # On one and the same thing the port slides along the rim.
        e = e[:, None]
        rect = a + (b - a) * e
        rim = _rim(self._at_a[:, :2], self._at_b[:, :2], e)
        slid = rect[:, :2] + rim * rect[:, 2:] / 2 + self._at_a[:, 2:] + (self._at_b - self._at_a)[:, 2:] * e
        return np.where(self._same[:, None], slid, pa + (pb - pa) * over)


def _mixed(sides: tuple[Floats, ...], e: Floats) -> Floats:
    return np.asarray(sides[0] + (sides[1] - sides[0]) * e)


def _rim(a: Floats, b: Floats, e: Floats) -> Floats:
    """Points on the unit square's rim between two others each, the short way round."""
    from_angle, to_angle = np.arctan2(a[:, 1:], a[:, :1]), np.arctan2(b[:, 1:], b[:, :1])
    way = (to_angle - from_angle + np.pi) % (2 * np.pi) - np.pi
    angle = from_angle + way * e
    out = np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
    edge_a, edge_b = np.abs(a).max(axis=1, initial=0.0), np.abs(b).max(axis=1, initial=0.0)
    scale = (edge_a[:, None] + (edge_b - edge_a)[:, None] * e) / np.abs(out).max(axis=1, initial=1e-9)[:, None]
    return np.where((a == b).all(axis=1)[:, None], a, out * scale)


def _length(path: Floats) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def _grown(path: Floats, part: float) -> Floats:
    """The first part of a path."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.linspace(0.0, along[-1] * part, len(path))
    return np.column_stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])])
