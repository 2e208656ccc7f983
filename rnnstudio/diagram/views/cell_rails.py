"""Rails under the gates with their drops, and bridges where wires cross."""

from __future__ import annotations

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.views.cell_graph import Link
from rnnstudio.diagram.views.cell_parts import Box
from rnnstudio.diagram.views.cell_plan import Point
from rnnstudio.diagram.views.cell_wiring import GAP, Line, Wiring, anchor, role_of, straightened, wire

#: Inside the shell, the state goes down to its rail this far from the left edge.
TURN = 22.0
_BRIDGE = 11.0


def draw_rail(w: Wiring, source: str, links: list[Link]) -> None:
    """A source runs along under the gates; from its rail a drop goes up into each tab."""
    box, level = w.exits[source], w.plan.rails[source]
    state = source.endswith("_prev")
    ready = w.plan.leads.get(source)
    lead, start = (ready, anchor(box, ready[0])) if ready else _lead(w, source, box, level, state)
    role, width = role_of(w.plan, source), 4.0 if state else 3.4
    last: tuple[float, str] | None = None
    for link in links:
        target, part = w.boxes[link.tap or link.target], link.tap or link.target
        q, end = target.side("bottom" if level > target.cy else "top", GAP)
        beside = w.plan.lines.get((source, link.target, link.tap))
        if beside:
            q, end = beside[-1], anchor(target, beside[-1])
        # the point just before the turn keeps the drop upright: at a branch a corner is not rounded
        points = [*straightened([*lead, (q[0], level)]), q]
        points.insert(-2, (q[0] - 0.4, level))
        wire(w, source, part, points, start, end, link.phase, 10.0, width=2.4)
        key = Key(f"branch:{source}", part=part)
        w.b.plate(key, "branch", q[0], level, 10.0, 10.0, role=role, fill=role, stroke=0.0, radius=5.0, z=4,
                  block=w.block(source))  # fmt: skip
        last = max(last, (q[0], part)) if last else (q[0], part)
    if last is not None:
        points = straightened([*lead, (last[0], level)])
        end = Anchor(Key(f"branch:{source}", part=last[1]), 0, 0)
        w.b.wire(Key(f"wire:{source.removesuffix('_prev')}"), points, role=role, width=width, block=w.block(source),
                 phase=1, start=start, end=end)  # fmt: skip
        w.lines.append(Line(source, points, start, role, width))


def _lead(w: Wiring, source: str, box: Box, level: float, state: bool) -> tuple[list[Point], Anchor]:
    """From a column to the beginning of its rail."""
    if not state and abs(box.cy - level) > box.h / 2:
        p, start = box.side("top")
        return [p, (box.cx, level)], start
    p, start = box.side("right")
    if abs(box.cy - level) < 1:
        return [p, (p[0] + 1, level)], start
    x = w.plan.shell[0] + TURN
    if source.removesuffix("_prev") in w.conveyors:
        key = Key(f"branch:{source}")
        role = role_of(w.plan, source)
        w.b.plate(key, "branch", x, box.cy, 13.0, 13.0, role=role, fill="boxfill", stroke=2.1, radius=6.5, z=4,
                  block=w.block(source))  # fmt: skip
    return [p, (x, box.cy), (x, level)], start


def draw_bridges(w: Wiring) -> None:
    """Where an upright wire crosses a level one that it has nothing to do with, it passes over on a bridge."""
    flat = [
        (line, min(a[0], c[0]), max(a[0], c[0]), a[1])
        for line in w.lines
        for a, c in zip(line.points, line.points[1:], strict=False)
        if abs(a[1] - c[1]) < 0.5
    ]
    done: set[tuple[str, int, int]] = set()
    for line in list(w.lines):
        for a, c in zip(line.points, line.points[1:], strict=False):
            if abs(a[0] - c[0]) >= 0.5:
                continue
            x, top, bottom = a[0], min(a[1], c[1]), max(a[1], c[1])
            for other, left, right, y in flat:
                if not (left + 4 < x < right - 4 and top + 4 < y < bottom - 4):
                    continue
                place = (line.source, round(x), round(y))
                if other.source != line.source and not other.conveyor and place not in done:
                    done.add(place)
                    ends = (min(y + _BRIDGE, bottom), max(y - _BRIDGE, top))
                    key = Key(f"bridge:{line.source}", i=round(x), j=round(y))
                    w.b.wire(key, [(x, ends[0]), (x, ends[1])], role=line.role, width=line.width,
                             block=w.block(line.source), halo=True, start=_off(line, x, ends[0]),
                             end=_off(line, x, ends[1]))  # fmt: skip


def _off(line: Line, x: float, y: float) -> Anchor:
    """The anchor of a point on a line, as seen from where the line starts."""
    start, (x0, y0) = line.start, line.points[0]
    return start._replace(dx=start.dx + x - x0, dy=start.dy + y - y0)
