"""A turn from one layout to another: layouts are blended, values never are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnstudio.diagram.join import Join, Places, join
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Edges, Floats, Ints, Labels, Layout, Plates, Tiles
from rnnstudio.diagram.morph_wires import WireMorph
from rnnstudio.diagram.timing import BEHIND, Script, Span, Timing, eased


@dataclass(frozen=True, eq=False)
class Spans:
    """One kind of span of every mark of a group, as arrays."""

    start: Floats
    end: Floats
    ease: list[str]

    def at(self, u: float) -> Floats:
        """Progress of each mark."""
        return eased(u, self.start, self.end, self.ease)


def spans(timings: Sequence[Timing], pick: Callable[[Timing], Span | None]) -> Spans:
    """Collect one kind of span; a mark without one is there from the start."""
    found = [pick(t) or Span(0.0, 0.0, "linear") for t in timings]
    return Spans(np.asarray([s.start for s in found]), np.asarray([s.end for s in found]), [s.ease for s in found])


class Group:
    """Rectangles (or points) of one group on their way from a to b."""

    def __init__(self, name: str, joined: Join, script: Script, a: Places, b: Places, orphan: "Orphans") -> None:
        self.join = joined
        self.timing = [script.timing(name, key, status) for key, status in zip(joined.keys, joined.status, strict=True)]
        self.move = spans(self.timing, lambda t: t.move)
        self.move_x = spans(self.timing, lambda t: t.move_x or t.move)
        self.gone = np.asarray([t.gone or (1.0, 0.0) for t in self.timing], dtype=np.float64).reshape(-1, 2)
        self.fade = spans(self.timing, lambda t: t.fade)
        self.ink = spans(self.timing, lambda t: t.ink)
        self.apart = spans(self.timing, lambda t: t.apart)
        self._places = (a, b)
        self._orphan = orphan

    def ends(self, at_a: Floats, at_b: Floats) -> None:
        """Fix where each mark starts and ends; ``at_a`` and ``at_b`` are the groups' own rectangles (n, 2 or 4)."""
        a, b = self._places
        n, width = len(self.join.keys), at_b.shape[1] if len(at_b) else at_a.shape[1]
        self.start, self.stop = np.zeros((n, width)), np.zeros((n, width))
        self.slide = np.zeros(n)  # how far a copy goes after it has parted from its element
        self.arc = np.asarray([t.arc for t in self.timing], dtype=bool)
        for k, (key, ia, ib) in enumerate(zip(self.join.keys, self.join.in_a, self.join.in_b, strict=True)):
            own_a = at_a[ia] if ia >= 0 else None
            own_b = at_b[ib] if ib >= 0 else None
            if own_a is None and own_b is not None:
                own_a = _fly(own_b, a.find(key)) if a.find(key) else self._orphan.before(own_b)
            if own_b is None and own_a is not None:
                own_b = _fly(own_a, b.find(key)) if b.find(key) else self._orphan.after(own_a)
            assert own_a is not None and own_b is not None
            self.start[k], self.stop[k] = own_a, own_b
            if self.timing[k].apart is not None:
                copies, where = (key, b) if ib >= 0 else (key, a)
                twin = where.rects.get(copies._replace(t=where.now))
                mine = own_b if ib >= 0 else own_a
                # What leaves comes back to its element by as much.
                way = 1.0 if ib >= 0 else -1.0
                self.slide[k] = way * (mine[0] - twin[0]) if twin is not None else 0.0
        self._centres()

    def _centres(self) -> None:
        """Centre of the thing each mark belongs to, for the quarter turn (columns stay columns)."""
        self.centre_a, self.centre_b = self.start[:, :2].copy(), self.stop[:, :2].copy()
        for what in {key.what for key, arc in zip(self.join.keys, self.arc, strict=True) if arc}:
            mask = np.asarray([key.what == what and arc for key, arc in zip(self.join.keys, self.arc, strict=True)])
            self.centre_a[mask] = self._orphan.centre(what, 0, self.start[mask, :2])
            self.centre_b[mask] = self._orphan.centre(what, 1, self.stop[mask, :2])

    def rect(self, u: float) -> Floats:
        """Where the marks are at ``u``."""
        e = self.move.at(u)[:, None]
        out = self.start + (self.stop - self.start) * e
        ex = self.move_x.at(u)
        out[:, 0] = self.start[:, 0] + (self.stop[:, 0] - self.start[:, 0]) * ex
        if np.any(self.slide):
            # A copy stays in its element until it parts: take the slide out of the way, and add it when it parts.
            out[:, 0] += self.slide * (self.apart.at(u) - ex)
        if np.any(self.arc):
            pa, pb = self._orphan.pivots
            turned = _quarter(self.centre_a - pa, self.centre_b - pb, e) + pa + (pb - pa) * e
            offset = (self.start[:, :2] - self.centre_a) * (1 - e) + (self.stop[:, :2] - self.centre_b) * e
            out[self.arc, :2] = (turned + offset)[self.arc]
            out[:, 0] += np.where(self.arc, self.slide * (self.apart.at(u) - e[:, 0]), 0.0)
        return out

    def mix(self, in_a: Floats, in_b: Floats, e: Floats) -> Floats:
        """A number of each mark, its own at both ends where it has one."""
        a = np.where(self.join.in_a >= 0, in_a[self.join.in_a] if len(in_a) else 0.0, 0.0)
        b = np.where(self.join.in_b >= 0, in_b[self.join.in_b] if len(in_b) else 0.0, 0.0)
        a = np.where(self.join.in_a >= 0, a, b)
        b = np.where(self.join.in_b >= 0, b, a)
        return np.asarray(a + (b - a) * e)

    def alpha(self, in_a: Floats, in_b: Floats, e: Floats, u: float) -> Floats:
        """Opacity: nothing where the mark is not there."""
        a = np.where(self.join.in_a >= 0, in_a[self.join.in_a] if len(in_a) else 0.0, 0.0)
        b = np.where(self.join.in_b >= 0, in_b[self.join.in_b] if len(in_b) else 0.0, 0.0)
        return np.asarray((a + (b - a) * e) * self.there(u))

    def there(self, u: float) -> Floats:
        """1, less for marks that are gone for a while, and not there at all in between."""
        away = self.gone[:, 0] < self.gone[:, 1]
        going = 1 - u / np.maximum(self.gone[:, 0], 1e-9)
        coming = (u - self.gone[:, 1]) / np.maximum(1 - self.gone[:, 1], 1e-9)
        return np.where(away, np.clip(np.maximum(going, coming), 0.0, 1.0), 1.0)

    def depth(self, in_a: Ints, in_b: Ints) -> Ints:
        """Drawing order: copies lie behind the element that they part from."""
        behind = np.asarray([-BEHIND if t.apart is not None or t.under else 0 for t in self.timing], dtype=np.int64)
        return self.pick_ints(in_a, in_b) + behind

    def pick(self, in_a: Any, in_b: Any) -> tuple[Any, ...]:
        """What is not a number: b's own where it is there, else a's."""
        pairs = zip(self.join.in_a, self.join.in_b, strict=True)
        return tuple(in_b[ib] if ib >= 0 else in_a[ia] for ia, ib in pairs)

    def pick_ints(self, in_a: Ints, in_b: Ints) -> Ints:
        """`pick` for integer arrays."""
        return np.asarray(self.pick(in_a, in_b), dtype=np.int64)


def _fly(own: Floats, found: tuple[Key, Floats] | None) -> Floats:
    """Where a mark starts inside its ancestor: its centre, no larger than it."""
    assert found is not None
    rect = found[1]
    out = own.copy()
    out[:2] = rect[:2]
    if len(out) == 4 and rect[2] > 0:
        out[2:] = np.minimum(out[2:], rect[2:])
    return out


def _quarter(a: Floats, b: Floats, e: Floats) -> Floats:
    """From offset a to offset b along a quarter circle, anticlockwise on the screen (y grows down)."""
    radius = np.hypot(a[:, :1], a[:, 1:]) * (1 - e) + np.hypot(b[:, :1], b[:, 1:]) * e
    from_angle = np.arctan2(-a[:, 1:], a[:, :1])
    way = np.mod(np.arctan2(-b[:, 1:], b[:, :1]) - from_angle + np.pi / 2, 2 * np.pi) - np.pi / 2
    angle = from_angle + way * e
    return np.concatenate([radius * np.cos(angle), -radius * np.sin(angle)], axis=1)


class Orphans:
    """What marks without an ancestor do, and the pivots of the quarter turn."""

    def __init__(self, a: Layout, b: Layout, places: tuple[Places, Places], script: Script) -> None:
        self._kind = script.orphans
        self._places = places
        tiles = join(a.tiles.keys, b.tiles.keys, a.now, b.now, {})
        both = [(ia, ib) for ia, ib in zip(tiles.in_a, tiles.in_b, strict=True) if ia >= 0 and ib >= 0]
        pa = a.tiles.rect[[p[0] for p in both], :2] if both else np.zeros((1, 2))
        pb = b.tiles.rect[[p[1] for p in both], :2] if both else np.zeros((1, 2))
        self._middle = (pa.mean(axis=0), pb.mean(axis=0))
        spread = pa.std(axis=0), pb.std(axis=0)
        self._scale = np.where(spread[0] > 1, spread[1] / np.maximum(spread[0], 1), 1.0)
        self._shift = np.median(pb - pa, axis=0) if both else np.zeros(2)
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

    def after(self, rect: Floats) -> Floats:
        """Where a leaver without ancestor goes."""
        out = rect.copy()
        if self._kind == "zoom":
            out[:2] = self._middle[1] + (rect[:2] - self._middle[0]) * self._scale
        elif self._kind == "shift":
            out[:2] += self._shift
        return out

    def before(self, rect: Floats) -> Floats:
        """Where an arrival without ancestor comes from."""
        out = rect.copy()
        if self._kind == "zoom":
            out[:2] = self._middle[0] + (rect[:2] - self._middle[1]) / np.where(self._scale == 0, 1.0, self._scale)
        elif self._kind == "shift":
            out[:2] -= self._shift
        return out


class Morph:
    """From layout ``a`` to layout ``b`` by a script. `at` blends; at 0 it is a, at 1 it is b, to the mark."""

    def __init__(self, a: Layout, b: Layout, script: Script) -> None:
        self.a, self.b, self.script = a, b, script
        places = (Places(a), Places(b))
        orphans = Orphans(a, b, places, script)

        def group(name: str) -> Group:
            keys = getattr(a, name).keys, getattr(b, name).keys
            return Group(name, join(*keys, a.now, b.now, places[0].rects), script, *places, orphans)

        self._plates, self._tiles, self._labels = group("plates"), group("tiles"), group("labels")
        self._edges = group("edges")
        self._plates.ends(a.plates.rect, b.plates.rect)
        self._tiles.ends(a.tiles.rect, b.tiles.rect)
        self._labels.ends(a.labels.at, b.labels.at)
        self._wires = WireMorph(a, b, script, len(a.blocks))
        self._edge_ends = self._ends_of_edges()
        self._blocks = a.blocks + b.blocks

    def at(self, u: float) -> Layout:
        """The blended layout at ``u`` from 0 to 1."""
        if u <= 0:
            return self.a
        if u >= 1:
            return self.b
        plates, tiles, labels = self._plates_at(u), self._tiles_at(u), self._labels_at(u)
        wires = self._wires.at(u, plates, tiles)
        late = self.b if u >= 0.5 else self.a
        return Layout(self.b.view, self.b.frame, plates, tiles, self._edges_at(u), wires, labels, self._blocks,
                      late.title, late.caption, self.b.content, self.b.now)  # fmt: skip

    def _block(self, g: Group, a: Ints, b: Ints) -> Ints:
        return g.pick_ints(a, np.where(b >= 0, b + len(self.a.blocks), -1))

    def _plates_at(self, u: float) -> Plates:
        g, a, b = self._plates, self.a.plates, self.b.plates
        e, fade = g.move.at(u), g.fade.at(u)
        late = u >= 0.5

        def word(x: Sequence[str], y: Sequence[str]) -> tuple[str, ...]:
            pairs = zip(g.join.in_a, g.join.in_b, strict=True)
            return tuple(y[ib] if ib >= 0 and (late or ia < 0) else x[ia] for ia, ib in pairs)

        return Plates(g.join.keys, word(a.kind, b.kind), word(a.role, b.role), word(a.fill, b.fill), g.rect(u),
                      g.mix(a.radius, b.radius, e), g.mix(a.stroke, b.stroke, e), g.alpha(a.alpha, b.alpha, fade, u),
                      g.depth(a.z, b.z), self._block(g, a.block, b.block))  # fmt: skip

    def _tiles_at(self, u: float) -> Tiles:
        g, a, b = self._tiles, self.a.tiles, self.b.tiles
        e, fade = g.move.at(u), g.fade.at(u)
        alpha = g.alpha(a.alpha, b.alpha, fade, u)
        return Tiles(g.join.keys, g.pick(a.role, b.role), g.rect(u), g.mix(a.radius, b.radius, e),
                     g.mix(a.stroke, b.stroke, e), alpha, g.depth(a.z, b.z), g.mix(a.px, b.px, e),
                     g.alpha(np.where(a.px > 0, a.ink, 0.0), np.where(b.px > 0, b.ink, 0.0), g.ink.at(u), u),
                     self._block(g, a.block, b.block), g.pick_ints(a.cell, b.cell))  # fmt: skip

    def _labels_at(self, u: float) -> Labels:
        g, a, b = self._labels, self.a.labels, self.b.labels
        e, fade = g.move.at(u), g.fade.at(u)
        alpha = g.alpha(a.alpha, b.alpha, fade, u)
        there = g.there(u)
        chosen: list[tuple[Labels, int, int]] = []
        for k, (ia, ib) in enumerate(zip(g.join.in_a, g.join.in_b, strict=True)):
            if ia >= 0 and ib >= 0 and (a.text[ia] != b.text[ib] or a.align[ia] != b.align[ib]):
                # Another wording: the old one goes, then the new one comes; never both.
                first = e[k] < 0.5
                alpha[k] = (a.alpha[ia] * (1 - 2 * e[k])) if first else (b.alpha[ib] * (2 * e[k] - 1))
                alpha[k] *= there[k]
                chosen.append((a, ia, 0) if first else (b, ib, len(self.a.blocks)))
            else:
                chosen.append((b, ib, len(self.a.blocks)) if ib >= 0 else (a, ia, 0))
        return Labels(g.join.keys, tuple(m.text[i] for m, i, _ in chosen), tuple(m.font[i] for m, i, _ in chosen),
                      tuple(m.role[i] for m, i, _ in chosen), tuple(m.align[i] for m, i, _ in chosen), g.rect(u),
                      g.mix(a.px, b.px, e), np.asarray([m.weight[i] for m, i, _ in chosen], dtype=np.int64), alpha,
                      g.depth(a.z, b.z),
                      tuple(tuple((blk + o, c) for blk, c in m.values[i]) for m, i, o in chosen),
                      tuple(m.when[i] for m, i, _ in chosen))  # fmt: skip

    def _ends_of_edges(self) -> Ints:
        index = {key: k for k, key in enumerate(self._tiles.join.keys)}
        for k, (ia, ib) in enumerate(zip(self._tiles.join.in_a, self._tiles.join.in_b, strict=True)):
            for side, i in ((self.a, ia), (self.b, ib)):
                if i >= 0:
                    index[side.tiles.keys[i]] = k
        rows = []
        for ia, ib in zip(self._edges.join.in_a, self._edges.join.in_b, strict=True):
            side, i = (self.b, ib) if ib >= 0 else (self.a, ia)
            rows.append([index[side.tiles.keys[j]] if j >= 0 else -1 for j in side.edges.ends[i]])
            if ia >= 0 and ib >= 0 and rows[-1][1] < 0 and self.a.edges.ends[ia][1] >= 0:
                rows[-1][1] = index[self.a.tiles.keys[self.a.edges.ends[ia][1]]]
        return np.asarray(rows, dtype=np.int64).reshape(-1, 3)

    def _edges_at(self, u: float) -> Edges:
        g, a, b = self._edges, self.a.edges, self.b.edges
        e = g.move.at(u)
        width = np.column_stack([g.mix(a.width[:, k], b.width[:, k], e) for k in (0, 1)])
        return Edges(g.join.keys, self._edge_ends, width, g.alpha(a.alpha, b.alpha, g.fade.at(u), u),
                     g.depth(a.z, b.z), self._block(g, a.block, b.block),
                     g.pick_ints(a.cell, b.cell))  # fmt: skip


class Backwards:
    """A turn played in reverse: from b to a."""

    def __init__(self, forward: Morph) -> None:
        self._forward = forward

    def at(self, u: float) -> Layout:
        """The blended layout; it is called after the view that it goes to."""
        blended = self._forward.at(1 - u)
        return blended if u <= 0 or u >= 1 else replace(blended, view=self._forward.a.view)
