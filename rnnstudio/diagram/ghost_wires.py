"""The wires of a compared picture: cut ones, those that carry a change, and the rings around weights that are zeros."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.diagram.addition import WIDE_TEXT, Addition
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.versions import DELTA
from rnnstudio.engine.what_if import recurrent_weights

#: A cut wire: how long the gap is, how far apart the strokes stand, how strong the wire behind them is.
CUT, STROKES, BEHIND = 20.0, 12.0, 0.28
#: A stroke: its width, how far it leans, half its height.
STROKE, LEAN, HALF = 3.0, 3.5, 11.0
#: The ring around a tab whose weights are zeros; inside the cell tabs stand closer.
RING, RING_IN_CELL, RING_STROKE = 8.0, 3.5, 2.4
#: The wire that carries a change lies on a trail of this width.
TRAIL = 16.0


class GhostWires:
    """Adds them to a layout."""

    def __init__(self, to: Addition) -> None:
        self.to, self.b, self.subject, self.marking = to, to.b, to.subject, to.marking

    def trails(self) -> None:
        """Under every wire of a value that may have changed a broad, faint line."""
        wires = self.to.was.wires
        for k, key in enumerate(wires.keys):
            block = int(wires.block[k])
            if wires.style[k] == "wire" and block >= 0 and wires.alpha[k] > 0.5 and self._carries(block):
                trail = key._replace(part=f"{key.part}-trail")
                self.b.wire(trail, wires.points[k], role="accent", width=TRAIL, style="trail", z=1,
                            block=self.to.ghost(block))  # fmt: skip

    def _carries(self, block: int) -> bool:
        at = self.to.was.blocks[block]
        return at.shape[1] == 1 and "." not in at.name and at.row is None

    def cuts(self) -> None:
        """Where a state no longer enters the next sample its wire has a gap."""
        for k, key in enumerate(self.to.was.wires.keys):
            state = key.what.removeprefix("wire:")
            if state == key.what or state not in self.subject.program.states or self.to.was.wires.style[k] != "wire":
                continue
            if key.part not in ("", "loop") or self.to.was.view == "cell":
                continue
            t = self.subject.t - self.subject.way if key.t is None else key.t
            if self.marking.apart(state, t, self.subject.way):
                self._cut(k, key, state)

    def _cut(self, k: int, key: Key, state: str) -> None:
        w = self.to.was.wires
        points = w.points[k]
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        length = float(along[-1])
        middle = min(0.45 * length, 26.0) if not w.fade[k] and key.part != "loop" else 0.45 * length
        half = min(CUT / 2, 0.3 * length)
        before, after = _piece(points, along, 0.0, middle - half), _piece(points, along, middle + half, length)
        frozen = self.marking.frozen is not None and self.marking.apart(state, self._time(key), self.subject.way)
        stays = frozen and not (self.marking.cut and state in self.marking.severed)
        strength = float(w.alpha[k]) * (1.0 if stays else BEHIND)
        self.b.wire(key._replace(part=f"{key.part}-beyond"), after, role=w.role[k], width=float(w.width[k]),
                    head=min(float(w.head[k]), 0.8 * (length - middle - half)), alpha=strength, z=int(w.z[k]),
                    block=int(w.block[k]), end=w.end[k])  # fmt: skip
        ends, head, park = list(w.end), w.head.copy(), w.park.copy()
        ends[k], head[k], park[k, 0] = None, 0.0, 1.0
        pieces = w.points.copy()
        pieces[k] = before
        self.to.was = replace(self.to.was, wires=replace(w, points=pieces, head=head, end=tuple(ends), park=park))
        self._strokes(key, points, along, middle)
        if stays:
            self._stays(key, state, after)

    def _time(self, key: Key) -> int:
        return self.subject.t - self.subject.way if key.t is None else key.t

    def _strokes(self, key: Key, points: Floats, along: Floats, at: float) -> None:
        """Two slanting strokes across a wire."""
        x, y = (float(np.interp(at, along, points[:, axis])) for axis in (0, 1))
        dx, dy = (float(np.interp(at + 2, along, points[:, axis]) - np.interp(at - 2, along, points[:, axis])) / 4
                  for axis in (0, 1))  # fmt: skip
        for side in (-1, 1):
            cx, cy = x + side * STROKES / 2 * dx, y + side * STROKES / 2 * dy
            ends = [(cx - LEAN * dx + HALF * dy, cy - LEAN * dy + HALF * dx),
                    (cx + LEAN * dx - HALF * dy, cy + LEAN * dy - HALF * dx)]  # fmt: skip
            part = f"{key.part}-cut{'a' if side < 0 else 'b'}"
            self.b.wire(key._replace(part=part), ends, role="accent", width=STROKE, z=6)
            self.to.room.take(cx, cy, 12.0, 24.0)

    def _stays(self, key: Key, state: str, after: Floats) -> None:
        """What enters instead: the state that stays."""
        px = WIDE_TEXT if self.to.wide else 20.0
        x, y = float(after[:, 0].mean()), float(after[:, 1].min()) - px * 0.9
        role = self.subject.program.role(state)
        self.b.label(key._replace(part="stays"), f"<{role}|{state}_{{{self.marking.frozen}}}>", x, y, px)
        self.to.room.take(x, y, 1.4 * px, px)

    def renamed(self) -> None:
        """Inside the cell the states before the step are those that stay."""
        at, way, t = self.marking.frozen, self.subject.way, self.subject.t
        if self.to.was.view != "cell" or at is None or (t - at) * way <= 0:
            return
        labels = self.to.was.labels
        texts = list(labels.text)
        for state in self.subject.program.states:
            before = f"{state}_{{t{-way:+d}}}>"
            texts = [text.replace(before, f"{state}_{{{at}}}>") for text in texts]
        self.to.was = replace(self.to.was, labels=replace(labels, text=tuple(texts)))

    def rings(self) -> None:
        """Around the tabs whose weights are zeros."""
        if not self.marking.cut:
            return
        plates, out = self.to.was.plates, RING_IN_CELL if self.to.was.view == "cell" else RING
        names = recurrent_weights(self.subject.program)
        for k, key in enumerate(plates.keys):
            of_u = key.what in names or (plates.role[k] == "U" and not key.what.startswith(DELTA))
            if key.part == "tab" and plates.kind[k] in ("tab", "card") and of_u and plates.alpha[k] > 0.5:
                cx, cy, w, h = (float(v) for v in plates.rect[k])
                self.b.plate(key._replace(part="ring"), "ring", cx, cy, w + 2 * out, h + 2 * out * 0.8, role="accent",
                             fill="raised", stroke=RING_STROKE, radius=float(plates.radius[k]) + out * 0.7,
                             z=int(plates.z[k]) - 1)  # fmt: skip


def _piece(points: Floats, along: Floats, start: float, end: float) -> Floats:
    """A stretch of a path, with the usual number of points."""
    at = np.linspace(start, max(end, start + 0.5), len(points))
    return np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)])
