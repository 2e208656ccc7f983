"""The marks of one group in a turn: where each starts and ends, and its numbers on the way, all as arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnstudio.diagram.join import Join, Places, at_sample, join
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats, Ints, Layout
from rnnstudio.diagram.timing import BEHIND, Script, spans, timings_of


@dataclass(frozen=True, eq=False)
class Mix:
    """A number of each mark on its way from one layout to the other."""

    start: Floats
    way: Floats

    def at(self, progress: Floats) -> Floats:
        """The numbers at a progress of each mark."""
        return np.asarray(self.start + self.way * progress)


class Orphans:
    """What marks without an ancestor do, and the pivots of the quarter turn."""

    def __init__(self, a: Layout, b: Layout, places: tuple[Places, Places], script: Script) -> None:
        self._kind = script.orphans
        self._places = places
        tiles = join(a.tiles.keys, b.tiles.keys, a.now, b.now, {})
        both = (tiles.in_a >= 0) & (tiles.in_b >= 0)
        some = bool(both.any())
        pa = a.tiles.rect[tiles.in_a[both], :2] if some else np.zeros((1, 2))
        pb = b.tiles.rect[tiles.in_b[both], :2] if some else np.zeros((1, 2))
        self._middle = (pa.mean(axis=0), pb.mean(axis=0))
        spread = pa.std(axis=0), pb.std(axis=0)
        self._scale = np.where(spread[0] > 1, spread[1] / np.maximum(spread[0], 1), 1.0)
        self._shift = np.median(pb - pa, axis=0) if script.orphans == "shift" else np.zeros(2)
        self.pivots = (self._pivot(a.now, 0), self._pivot(b.now, 1))

    def _pivot(self, now: int, side: int) -> Floats:
        rects = self._places[side].rects
        for key in (Key("cell"), Key("cell", now)):
            if key in rects:
                return np.asarray(rects[key][:2])
        return np.asarray(self._middle[side])

    def centre(self, what: str, side: int, points: Floats) -> Floats:
        """Centre of a vector, matrix or card in the layout of the side, for the copy of the current sample."""
        rects = self._places[side].rects
        now = self._places[side].now
        for key in (
            Key(what, part="frame"), Key(what, now, part="frame"), Key(what), Key(what, now),
        ):  # fmt: skip
            if key in rects:
                return np.asarray(rects[key][:2])
        return np.asarray(points.mean(axis=0))

    def after(self, rects: Floats) -> Floats:
        """Where leavers without ancestors go."""
        out = rects.copy()
        if self._kind == "zoom":
            out[:, :2] = self._middle[1] + (rects[:, :2] - self._middle[0]) * self._scale
        elif self._kind == "shift":
            out[:, :2] += self._shift
        return out

    def before(self, rects: Floats) -> Floats:
        """Where arrivals without ancestors come from."""
        out = rects.copy()
        if self._kind == "zoom":
            scale = np.where(self._scale == 0, 1.0, self._scale)
            out[:, :2] = self._middle[0] + (rects[:, :2] - self._middle[1]) / scale
        elif self._kind == "shift":
            out[:, :2] -= self._shift
        return out


class Group:
    """Rectangles (or points) of one group on their way from a to b."""

    def __init__(self, name: str, joined: Join, script: Script, a: Places, b: Places, orphan: Orphans) -> None:
        self.join = joined
        timings, which = timings_of(script, name, joined.keys, joined.status)
        self.move = spans(timings, which, lambda t: t.move)
        self.move_x = spans(timings, which, lambda t: t.move_x or t.move)
        self.fade = spans(timings, which, lambda t: t.fade)
        self.ink = spans(timings, which, lambda t: t.ink)
        self.apart = spans(timings, which, lambda t: t.apart)
        self._gone = np.asarray([t.gone or (1.0, 0.0) for t in timings], dtype=np.float64).reshape(-1, 2)[which]
        self._away = self._gone[:, 0] < self._gone[:, 1]
        self._parts = np.asarray([t.apart is not None for t in timings], dtype=bool)[which]
        self._behind = np.asarray([t.apart is not None or t.under for t in timings], dtype=bool)[which]
        self._arc = np.asarray([t.arc for t in timings], dtype=bool)[which]
        self._places = (a, b)
        self._orphan = orphan

    def ends(self, at_a: Floats, at_b: Floats) -> None:
        """Fix where each mark starts and ends; ``at_a`` and ``at_b`` are the groups' own rectangles (n, 2 or 4)."""
        a, b = self._places
        in_a, in_b = self.join.in_a, self.join.in_b
        n, width = len(in_a), at_b.shape[1] if len(at_b) else at_a.shape[1]
        self.start, self.stop = np.zeros((n, width)), np.zeros((n, width))
        self.start[in_a >= 0] = at_a[in_a[in_a >= 0]]
        self.stop[in_b >= 0] = at_b[in_b[in_b >= 0]]
        self._fly(self.start, self.stop, np.flatnonzero(in_a < 0), a, self._orphan.before)
        self._fly(self.stop, self.start, np.flatnonzero(in_b < 0), b, self._orphan.after)
        self._slide = np.zeros(n)  # how far a copy goes after it has parted from its element
        for k in np.flatnonzero(self._parts).tolist():
            key, comes = self.join.keys[k], in_b[k] >= 0
            where, mine = (b, self.stop[k]) if comes else (a, self.start[k])
            twin = where.rects.get(at_sample(key, where.now))
            # What leaves comes back to its element by as much.
            self._slide[k] = (1.0 if comes else -1.0) * (mine[0] - twin[0]) if twin is not None else 0.0
        self._slides, self._turns = bool(np.any(self._slide)), bool(np.any(self._arc))
        self._centres()

    def _fly(
        self, ends: Floats, own: Floats, who: Ints, places: Places, orphan: Callable[[Floats], Floats]
    ) -> None:
        """Where marks that one layout lacks are in it: inside their ancestors, no larger than they are."""
        found = [places.find(self.join.keys[k]) for k in who.tolist()]
        has = np.asarray([each is not None for each in found], dtype=bool)
        ends[who[~has]] = orphan(own[who[~has]])
        rects = np.asarray([each[1] for each in found if each is not None]).reshape(-1, 4)
        flown = own[who[has]].copy()
        flown[:, :2] = rects[:, :2]
        if flown.shape[1] == 4:
            flown[:, 2:] = np.where(rects[:, 2:3] > 0, np.minimum(flown[:, 2:], rects[:, 2:]), flown[:, 2:])
        ends[who[has]] = flown

    def _centres(self) -> None:
        """Centre of the thing each mark belongs to, for the quarter turn (columns stay columns)."""
        self._centre_a, self._centre_b = self.start[:, :2].copy(), self.stop[:, :2].copy()
        if not self._turns:
            return
        names = np.asarray([key.what for key in self.join.keys])
        for what in sorted(set(names[self._arc].tolist())):
            mask = (names == what) & self._arc
            self._centre_a[mask] = self._orphan.centre(what, 0, self.start[mask, :2])
            self._centre_b[mask] = self._orphan.centre(what, 1, self.stop[mask, :2])

    def rect(self, u: float, e: Floats) -> Floats:
        """Where the marks are at ``u``; ``e`` is how far they have moved."""
        e = e[:, None]
        way = self.stop - self.start
        out = self.start + way * e
        ex = self.move_x.at(u)
        out[:, 0] = self.start[:, 0] + way[:, 0] * ex
        if self._slides:
            # A copy stays in its element until it parts: take the slide out of the way, and add it when it parts.
            out[:, 0] += self._slide * (self.apart.at(u) - ex)
        if self._turns:
            pa, pb = self._orphan.pivots
            turned = _quarter(self._centre_a - pa, self._centre_b - pb, e) + pa + (pb - pa) * e
            offset = (self.start[:, :2] - self._centre_a) * (1 - e) + (self.stop[:, :2] - self._centre_b) * e
            out[self._arc, :2] = (turned + offset)[self._arc]
            out[:, 0] += np.where(self._arc, self._slide * (self.apart.at(u) - e[:, 0]), 0.0)
        return out

    def mix(self, in_a: Floats, in_b: Floats) -> Mix:
        """A number of each mark (or a row of them), its own at both ends where it has one."""
        a, b = self._sides(in_a, in_b)
        no_a, no_b = self.join.in_a < 0, self.join.in_b < 0
        a[no_a] = b[no_a]
        b[no_b] = a[no_b]
        return Mix(a, b - a)

    def opacity(self, in_a: Floats, in_b: Floats) -> Mix:
        """Opacity: nothing where the mark is not there."""
        a, b = self._sides(in_a, in_b)
        return Mix(a, b - a)

    def _sides(self, in_a: Floats, in_b: Floats) -> tuple[Floats, Floats]:
        out = []
        for numbers, index in ((in_a, self.join.in_a), (in_b, self.join.in_b)):
            side = np.zeros((len(index), *numbers.shape[1:]))
            side[index >= 0] = numbers[index[index >= 0]]
            out.append(side)
        return out[0], out[1]

    def there(self, u: float) -> Floats:
        """1, less for marks that are gone for a while, and not there at all in between."""
        going = 1 - u / np.maximum(self._gone[:, 0], 1e-9)
        coming = (u - self._gone[:, 1]) / np.maximum(1 - self._gone[:, 1], 1e-9)
        return np.where(self._away, np.minimum(np.maximum(np.maximum(going, coming), 0.0), 1.0), 1.0)

    def depth(self, in_a: Ints, in_b: Ints) -> Ints:
        """Drawing order: copies lie behind the element that they part from."""
        return np.where(self._behind, -BEHIND, 0) + self.pick_ints(in_a, in_b)

    def pick(self, in_a: Any, in_b: Any) -> tuple[Any, ...]:
        """What is not a number: b's own where it is there, else a's."""
        pairs = zip(self.join.in_a.tolist(), self.join.in_b.tolist(), strict=True)
        return tuple(in_b[ib] if ib >= 0 else in_a[ia] for ia, ib in pairs)

    def first_ints(self, in_a: Ints, in_b: Ints) -> Ints:
        """What is not a number as it is at first: a's own where it is there, else b's."""
        out = np.empty(len(self.join.keys), dtype=np.int64)
        of_a = self.join.in_a >= 0
        out[of_a] = in_a[self.join.in_a[of_a]]
        out[~of_a] = in_b[self.join.in_b[~of_a]]
        return out

    def pick_ints(self, in_a: Ints, in_b: Ints) -> Ints:
        """`pick` for integer arrays."""
        out = np.empty(len(self.join.keys), dtype=np.int64)
        of_b = self.join.in_b >= 0
        out[of_b] = in_b[self.join.in_b[of_b]]
        out[~of_b] = in_a[self.join.in_a[~of_b]]
        return out


def _quarter(a: Floats, b: Floats, e: Floats) -> Floats:
    """From offset a to offset b along a quarter circle, anticlockwise on the screen (y grows down)."""
    radius = np.hypot(a[:, :1], a[:, 1:]) * (1 - e) + np.hypot(b[:, :1], b[:, 1:]) * e
    from_angle = np.arctan2(-a[:, 1:], a[:, :1])
    way = np.mod(np.arctan2(-b[:, 1:], b[:, :1]) - from_angle + np.pi / 2, 2 * np.pi) - np.pi / 2
    angle = from_angle + way * e
    return np.concatenate([radius * np.cos(angle), -radius * np.sin(angle)], axis=1)
