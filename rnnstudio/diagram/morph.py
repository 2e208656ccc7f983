"""A turn from one layout to another: layouts are blended, values never are.

What does not change on the way (keys, words, blocks, depths) is made once, and is the same object in every frame:
those who dress and paint a frame know by that what they need not make again.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnnstudio.diagram.join import Places, join
from rnnstudio.diagram.layout import Edges, Ints, Labels, Layout, Plates, Tiles
from rnnstudio.diagram.morph_groups import Group, Orphans
from rnnstudio.diagram.morph_wires import WireMorph
from rnnstudio.diagram.timing import Script


class Morph:
    """From layout ``a`` to layout ``b`` by a script. `at` blends; at 0 it is a, at 1 it is b, to the mark."""

    def __init__(self, a: Layout, b: Layout, script: Script) -> None:
        self.a, self.b, self.script = a, b, script
        places = (Places(a), Places(b))
        orphans = Orphans(a, b, places, script)

        def group(name: str) -> Group:
            keys = getattr(a, name).keys, getattr(b, name).keys
            return Group(name, join(*keys, a.now, b.now, places[0].rects), script, *places, orphans)

        self._plates = _PlateMorph(group("plates"), a, b, script.digits)
        self._tiles = _TileMorph(group("tiles"), a, b, script.digits)
        self._labels = _LabelMorph(group("labels"), a, b)
        self._edges = _EdgeMorph(group("edges"), self._tiles.group, a, b, script.digits)
        self._wires = WireMorph(a, b, script, self._plates.group.join.keys, self._tiles.group.join.keys)
        self._blocks = a.blocks + b.blocks

    def at(self, u: float) -> Layout:
        """The blended layout at ``u`` from 0 to 1."""
        if u <= 0:
            return self.a
        if u >= 1:
            return self.b
        plates, tiles = self._plates.at(u), self._tiles.at(u)
        edges, wires, labels = self._edges.at(u), self._wires.at(u, plates, tiles), self._labels.at(u)
        late = self.b if u >= 0.5 else self.a
        return Layout(self.b.view, self.b.frame, plates, tiles, edges, wires, labels, self._blocks, late.title,
                      late.caption, self.b.content, self.b.now, self.b.way)  # fmt: skip


class Backwards:
    """A turn played in reverse: from b to a."""

    def __init__(self, forward: Morph) -> None:
        self._forward = forward

    def at(self, u: float) -> Layout:
        """The blended layout; it is called after the view that it goes to."""
        blended = self._forward.at(1 - u)
        return blended if u <= 0 or u >= 1 else replace(blended, view=self._forward.a.view)


class _Numbers:
    """Which numbers the marks of a group show: until the script's ``digits`` those of a, where a has the mark."""

    def __init__(self, group: Group, a: tuple[Ints, Ints], b: tuple[Ints, Ints], before: int, until: float) -> None:
        (block, cell), of_b = a, (np.where(b[0] >= 0, b[0] + before, -1), b[1])
        self._until = until
        self._early = group.first_ints(block, of_b[0]), group.first_ints(cell, of_b[1])
        self._late = group.pick_ints(block, of_b[0]), group.pick_ints(cell, of_b[1])

    def at(self, u: float) -> tuple[Ints, Ints]:
        """Block and cell of each mark; the blocks of b come after those of a."""
        return self._early if u < self._until else self._late


class _PlateMorph:
    def __init__(self, group: Group, a: Layout, b: Layout, digits: float) -> None:
        self.group, g, p, q = group, group, a.plates, b.plates
        g.ends(p.rect, q.rect)
        self._radius, self._stroke = g.mix(p.radius, q.radius), g.mix(p.stroke, q.stroke)
        self._alpha = g.opacity(p.alpha, q.alpha)
        self._depth = g.depth(p.z, q.z)
        self._numbers = _Numbers(g, (p.block, p.block), (q.block, q.block), len(a.blocks), digits)
        pairs = list(zip(g.join.in_a.tolist(), g.join.in_b.tolist(), strict=True))

        def words(x: Sequence[str], y: Sequence[str], late: bool) -> tuple[str, ...]:
            return tuple(y[ib] if ib >= 0 and (late or ia < 0) else x[ia] for ia, ib in pairs)

        #: Kind, role and fill in the first half of the turn and in the second.
        self._words = [
            (words(p.kind, q.kind, late), words(p.role, q.role, late), words(p.fill, q.fill, late))
            for late in (False, True)
        ]

    def at(self, u: float) -> Plates:
        g, e = self.group, self.group.move.at(u)
        return Plates(g.join.keys, *self._words[u >= 0.5], g.rect(u, e), self._radius.at(e), self._stroke.at(e),
                      self._alpha.at(g.fade.at(u)) * g.there(u), self._depth, self._numbers.at(u)[0])  # fmt: skip


class _TileMorph:
    def __init__(self, group: Group, a: Layout, b: Layout, digits: float) -> None:
        self.group, g, p, q = group, group, a.tiles, b.tiles
        g.ends(p.rect, q.rect)
        self._radius, self._stroke = g.mix(p.radius, q.radius), g.mix(p.stroke, q.stroke)
        self._px, self._alpha = g.mix(p.px, q.px), g.opacity(p.alpha, q.alpha)
        self._ink = g.opacity(np.where(p.px > 0, p.ink, 0.0), np.where(q.px > 0, q.ink, 0.0))
        self._role, self._depth = g.pick(p.role, q.role), g.depth(p.z, q.z)
        self._numbers = _Numbers(g, (p.block, p.cell), (q.block, q.cell), len(a.blocks), digits)

    def at(self, u: float) -> Tiles:
        g, e, there = self.group, self.group.move.at(u), self.group.there(u)
        return Tiles(g.join.keys, self._role, g.rect(u, e), self._radius.at(e), self._stroke.at(e),
                     self._alpha.at(g.fade.at(u)) * there, self._depth, self._px.at(e),
                     self._ink.at(g.ink.at(u)) * there, *self._numbers.at(u))  # fmt: skip


#: Words of labels: text, font, role, align, weight, values, when.
_Wording = tuple[
    tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], Ints,
    tuple[tuple[tuple[int, int], ...], ...], tuple[str, ...],
]  # fmt: skip


class _LabelMorph:
    def __init__(self, group: Group, a: Layout, b: Layout) -> None:
        self.group, g, self._a, self._b = group, group, a.labels, b.labels
        p, q = a.labels, b.labels
        self._before = len(a.blocks)
        g.ends(p.at, q.at)
        self._px, self._alpha, self._depth = g.mix(p.px, q.px), g.opacity(p.alpha, q.alpha), g.depth(p.z, q.z)
        in_a, in_b = g.join.in_a.tolist(), g.join.in_b.tolist()
        #: Labels that get another wording on the way.
        self._new = np.asarray(
            [k for k, (ia, ib) in enumerate(zip(in_a, in_b, strict=True))
             if ia >= 0 and ib >= 0 and (p.text[ia] != q.text[ib] or p.align[ia] != q.align[ib])],
            dtype=np.int64,
        )  # fmt: skip
        self._old_alpha, self._new_alpha = p.alpha[g.join.in_a[self._new]], q.alpha[g.join.in_b[self._new]]
        self._wordings: dict[bytes, _Wording] = {}

    def at(self, u: float) -> Labels:
        g, e, there = self.group, self.group.move.at(u), self.group.there(u)
        alpha = self._alpha.at(g.fade.at(u)) * there
        way = e[self._new]
        first = way < 0.5
        # Another wording: the old one goes, then the new one comes; never both.
        alpha[self._new] = np.where(first, self._old_alpha * (1 - 2 * way), self._new_alpha * (2 * way - 1))
        alpha[self._new] *= there[self._new]
        wording = self._wordings.get(first.tobytes())
        if wording is None:
            wording = self._wordings[first.tobytes()] = self._worded(set(self._new[first].tolist()))
        text, font, role, align, weight, values, when = wording
        return Labels(g.join.keys, text, font, role, align, g.rect(u, e), self._px.at(e), weight, alpha, self._depth,
                      values, when)  # fmt: skip

    def _worded(self, still_old: set[int]) -> _Wording:
        pairs = zip(self.group.join.in_a.tolist(), self.group.join.in_b.tolist(), strict=True)
        chosen = [
            (self._a, ia, 0) if ib < 0 or k in still_old else (self._b, ib, self._before)
            for k, (ia, ib) in enumerate(pairs)
        ]
        return (
            tuple(m.text[i] for m, i, _ in chosen), tuple(m.font[i] for m, i, _ in chosen),
            tuple(m.role[i] for m, i, _ in chosen), tuple(m.align[i] for m, i, _ in chosen),
            np.asarray([m.weight[i] for m, i, _ in chosen], dtype=np.int64),
            tuple(tuple((block + before, cell) for block, cell in m.values[i]) for m, i, before in chosen),
            tuple(m.when[i] for m, i, _ in chosen),
        )  # fmt: skip


class _EdgeMorph:
    def __init__(self, group: Group, tiles: Group, a: Layout, b: Layout, digits: float) -> None:
        self.group, g, p, q = group, group, a.edges, b.edges
        self._width, self._alpha = g.mix(p.width, q.width), g.opacity(p.alpha, q.alpha)
        self._depth = g.depth(p.z, q.z)
        self._numbers = _Numbers(g, (p.block, p.cell), (q.block, q.cell), len(a.blocks), digits)
        self._ends = self._joined_ends(p, q, tiles)
        if digits:
            # the weight of an edge may be drawn in one of two networks alone; in both it lies on the straight line
            both = np.append((tiles.join.in_a >= 0) & (tiles.join.in_b >= 0), False)
            self._ends[:, 1] = np.where(both[self._ends[:, 1]], self._ends[:, 1], -1)

    def _joined_ends(self, p: Edges, q: Edges, tiles: Group) -> Ints:
        """The tiles of the blended layout at the ends of each edge."""

        def place(index: Ints, ends: Ints) -> Ints:
            """Numbers of tiles in the blended layout; none (−1) stays none."""
            where = np.full(int(index.max(initial=-1)) + 2, -1, dtype=np.int64)
            where[index[index >= 0]] = np.flatnonzero(index >= 0)
            return np.asarray(where[ends])

        in_a, in_b = self.group.join.in_a, self.group.join.in_b
        out = np.full((len(in_a), 3), -1, dtype=np.int64)
        out[in_a >= 0] = place(tiles.join.in_a, p.ends[in_a[in_a >= 0]])
        through = out[:, 1].copy()
        out[in_b >= 0] = place(tiles.join.in_b, q.ends[in_b[in_b >= 0]])
        out[:, 1] = np.where(out[:, 1] < 0, through, out[:, 1])
        return out

    def at(self, u: float) -> Edges:
        g, e = self.group, self.group.move.at(u)
        return Edges(g.join.keys, self._ends, self._width.at(e[:, None]),
                     self._alpha.at(g.fade.at(u)) * g.there(u), self._depth, *self._numbers.at(u))  # fmt: skip
