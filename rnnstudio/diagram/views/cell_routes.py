"""The wires inside a cell: orthogonal, with branches, rails under the gates, and bridges where they cross."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_graph import Link, phase_of
from rnnstudio.diagram.views.cell_parts import Box, value_block
from rnnstudio.diagram.views.cell_plan import Plan, Point

#: How near a head comes to what it points at, and to an outer column.
GAP = 3.0
#: Half the height at which y breaks off over and under the conveyor of a state.
BREAK = 19.0
#: Inside the shell, the state goes down to its rail this far from the left edge.
TURN = 22.0
_BRIDGE = 11.0


@dataclass(frozen=True)
class Line:
    """A wire as it was drawn: corners and what it carries."""

    source: str
    points: list[Point]
    role: str
    width: float
    conveyor: bool = False


@dataclass
class Wiring:
    """Everything the wires of one picture need, and the lines drawn so far."""

    b: Builder
    subject: Subject
    plan: Plan
    boxes: dict[str, Box]
    exits: dict[str, Box]  # source → where its wires leave
    lines: list[Line] = field(default_factory=list)
    blocks: dict[str, int] = field(default_factory=dict)
    branches: dict[str, Box] = field(default_factory=dict)
    conveyors: set[str] = field(default_factory=set)

    def block(self, source: str) -> int:
        """The numbers that a wire from this source carries."""
        if source not in self.blocks:
            program = self.subject.program
            if source in program.parameters:
                size = self.subject.layer.sizes[program.parameters[source][0]]
                self.blocks[source] = self.b.block(source, size, scale="weight")
            else:
                self.blocks[source] = value_block(self.b, self.subject, source)
        return self.blocks[source]


def role_of(plan: Plan, source: str) -> str:
    """Colour of the wires from a source: products keep the colour of the vector that was multiplied."""
    program = plan.graph.program
    if source in program.parameters:
        return "op"
    states = [state for state, at in plan.graph.outputs.items() if at == source and state in program.states]
    if states:
        return "c" if "c" in states else "s"
    if source == plan.graph.outputs["y"]:
        return "y"
    value = plan.graph.columns.get(source)
    if value is None and source != "x" and not source.endswith("_prev"):
        return "op"
    role = program.role(value or source)
    return {"W": "x", "U": "s", "V": "y"}.get(role, role)


def conveyor(plan: Plan, state: str) -> bool:
    """Whether a state goes straight through, changed only by operators on its line: it is drawn with a rail."""
    graph, at = plan.graph, plan.at
    source, goal = f"{state}_prev", graph.outputs[state]
    if plan.automatic or source not in at or at[source][1] != at[state][1]:
        return False
    level = at[source][1]
    for _ in range(len(graph.items)):
        onward = [link.target for link in graph.consumers(source) if at[link.target][1] == level]
        onward = [name for name in onward if graph.items[name].kind == "circle"]
        if not onward:
            return False
        op = graph.items[onward[0]].op
        assert op is not None
        source = op.id
        if source == goal:
            return True
    return False


def draw_wires(w: Wiring) -> None:
    """Add all wires of the cell."""
    graph, plan = w.plan.graph, w.plan
    w.conveyors = {state for state in graph.program.states if conveyor(plan, state)}
    for state in sorted(w.conveyors):
        start, end = w.boxes[f"{state}_prev"].side("right"), w.boxes[f"out:{state}"].side("left")
        w.b.wire(Key(f"rail:{state}"), [start[0], end[0]], role=state, width=15.0, style="rail", z=2,
                 start=start[1], end=end[1])  # fmt: skip
    _branches(w)
    for op_id, value in graph.columns.items():
        _to_column(w, op_id, value)
    taps: dict[str, list[Link]] = {}
    for link in graph.links:
        if _needs_rail(w, link):
            taps.setdefault(link.source, []).append(link)
        else:
            _link(w, link.source, w.boxes[link.target], link.phase, link.target, link.tap)
    for source in sorted(taps, key=lambda name: name == "x"):
        _rail(w, source, taps[source])
    for name, source in graph.outputs.items():
        _output(w, name, source)
    _bridges(w)


def _branches(w: Wiring) -> None:
    """The points where a vector goes two ways (``name:split`` of the cell file)."""
    graph = w.plan.graph
    for name, at in w.plan.at.items():
        value, _, word = name.partition(":")
        if word != "split" or value not in graph.program.values:
            continue
        producer = graph.program.producer(value)
        source = value if producer is None else graph.outputs.get(value) or producer.id
        if producer is not None and producer.kind == "copy":
            source = graph.outputs.get(value, source)
        key = Key(f"branch:{source}")
        w.branches[source] = Box(key, *at, 0.0, 0.0)
        w.b.plate(key, "branch", *at, 13.0, 13.0, role=role_of(w.plan, source), fill="boxfill", stroke=2.1, radius=6.5,
                  z=4, block=w.block(source))  # fmt: skip


def _to_column(w: Wiring, op_id: str, value: str) -> None:
    """From an item to the column of its result; a column off the wire is held by a leader."""
    column, item = w.boxes.get(f"column:{op_id}"), w.boxes[w.plan.graph.owner[op_id]]
    if column is None:
        return
    if w.exits[op_id] is not column:
        _leader(w, op_id, item, column)
        return
    points, start, end = _route(item, column, 0.0)
    far = abs(points[-1][0] - points[0][0]) + abs(points[-1][1] - points[0][1]) > 34 and not _on_conveyor(w, op_id)
    if far and not w.plan.wide and w.plan.graph.items[w.plan.graph.owner[op_id]].kind == "circle":
        points, start, end = _route(item, column, GAP)
        _wire(w, op_id, value, points, start, end, w.plan.graph.program.phase_of(op_id), 11.0)
        return
    _wire(w, op_id, value, points, start, end, w.plan.graph.program.phase_of(op_id), 0.0)


def _leader(w: Wiring, op_id: str, item: Box, column: Box) -> None:
    x = column.cx - column.w / 2 if column.cx > item.cx else column.cx + column.w / 2
    side = -1 if column.cx > item.cx else 1
    w.b.wire(Key(f"leader:{op_id}"), [(item.cx, column.cy), (x, column.cy)], role="op", width=1.4, style="leader",
             alpha=0.6, block=w.block(op_id), end=Anchor(column.key, side, 0))  # fmt: skip


def _on_conveyor(w: Wiring, source: str) -> bool:
    """Whether a source lies on the line of a state that is drawn as a conveyor."""
    at = w.exits.get(source)
    return at is not None and any(abs(w.plan.at[state][1] - at.cy) < 1 for state in w.conveyors)


def _needs_rail(w: Wiring, link: Link) -> bool:
    if w.plan.automatic or link.source not in w.plan.rails:
        return False
    if link.tap:
        return True
    source, target = w.exits[link.source], w.boxes[link.target]
    block = w.plan.graph.items[link.target].kind == "block"
    return block and abs(source.cx - target.cx) >= 1 and abs(source.cy - target.cy) >= 1


def _route(a: Box, b: Box, gap: float, across_first: bool = False) -> tuple[list[Point], Anchor, Anchor]:
    """A straight line where two things stand in a row, else one corner."""
    if abs(a.cx - b.cx) < 1:
        down = b.cy > a.cy
        p, start = a.side("bottom" if down else "top")
        q, end = b.side("top" if down else "bottom", gap)
        return [p, q], start, end
    if abs(a.cy - b.cy) < 1:
        right = b.cx > a.cx
        p, start = a.side("right" if right else "left")
        q, end = b.side("left" if right else "right", gap)
        return [p, q], start, end
    if across_first:
        p, start = a.side("right" if b.cx > a.cx else "left")
        q, end = b.side("top" if b.cy > a.cy else "bottom", gap)
        return [p, (q[0], p[1]), q], start, end
    p, start = a.side("bottom" if b.cy > a.cy else "top")
    q, end = b.side("left" if b.cx > a.cx else "right", gap)
    return [p, (p[0], q[1]), q], start, end


def _link(w: Wiring, source: str, target: Box, phase: int, part: str, tap: str = "") -> None:
    """One wire from where a source leaves, or from its branch, into an item."""
    ready = w.plan.lines.get((source, part, tap))
    conveyed = _on_conveyor(w, source) and abs(w.exits[source].cy - target.cy) < 1
    gap, head = (0.0, 0.0) if conveyed else (GAP, 11.0)
    if ready is not None:
        _wire(w, source, tap or part, ready, _anchor(w.exits[source], ready[0]), _anchor(w.boxes[tap or part], ready[-1]),
              phase, head)  # fmt: skip
        return
    item = w.plan.graph.items.get(w.plan.graph.owner.get(source, ""))
    across_first = item is not None and item.kind == "pill"
    points, start, end = _route(w.exits[source], target, gap, across_first)
    branch = w.branches.get(source)
    width = 0.0
    if branch is not None and not _passes(points, (branch.cx, branch.cy)):
        points, start, end = _route(branch, target, GAP)
        width, head = (3.4, 13.0) if w.plan.graph.program.phase_of(source) > 0 and _on_conveyor(w, source) else (0.0, 11.0)
    if len(points) == 2 and abs(points[0][0] - points[1][0]) + abs(points[0][1] - points[1][1]) < 2 * head:
        head = 0.0
        points, start, end = _route(w.exits[source], target, 0.0) if width == 0.0 else (points, start, end)
    _wire(w, source, part, points, start, end, phase, head, width=width)


def _anchor(box: Box, point: Point) -> Anchor:
    """The anchor of the end of a ready path on the thing it meets."""
    fx = (point[0] - box.cx) / (box.w / 2)
    fy = (point[1] - box.cy) / (box.h / 2)
    rim = min(max(fx, -1.0), 1.0)
    return Anchor(box.key, rim, fy, (fx - rim) * box.w / 2)


def _passes(points: list[Point], at: Point) -> bool:
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        if min(ax, bx) - 1 <= at[0] <= max(ax, bx) + 1 and min(ay, by) - 1 <= at[1] <= max(ay, by) + 1:
            return True
    return False


def _width(w: Wiring, source: str, outer: bool) -> float:
    role = role_of(w.plan, source)
    if role == "c" or _on_conveyor(w, source):
        return 4.6
    if outer or (source.endswith("_prev") and source not in w.plan.rails):
        return {"s": 4.4, "y": 3.8}.get(role, 3.4)
    if source == "x" or source.endswith("_prev"):
        return {"x": 3.4}.get(role, 4.4)
    return 2.6


def _wire(
    w: Wiring, source: str, part: str, points: list[Point], start: Anchor, end: Anchor, phase: int, head: float, *,
    width: float = 0.0, key: Key | None = None, role: str = "", token: str = "dot",
) -> None:  # fmt: skip
    program = w.plan.graph.program
    width = width or _width(w, source, outer=False)
    role = role or role_of(w.plan, source)
    if role in ("s", "c") and part in w.plan.graph.items and source in program.values:
        width = min(width, 4.4)
    name = source.removesuffix("_prev")
    key = key or Key(f"wire:{name}", part=part)
    conveyed = _on_conveyor(w, source) and abs(points[0][1] - points[-1][1]) < 1
    w.b.wire(key, points, role=role, width=width, head=head, block=w.block(source), phase=max(phase, 1), token=token,
             start=start, end=end)  # fmt: skip
    w.lines.append(Line(source, points, role, width, conveyed))


def _rail(w: Wiring, source: str, links: list[Link]) -> None:
    """A source runs along under the gates; from its rail a drop goes up into each tab."""
    box, level = w.exits[source], w.plan.rails[source]
    state = source.endswith("_prev")
    targets = [(link, w.boxes[link.tap or link.target]) for link in links]
    lead, start = _lead(w, source, box, level, state)
    role, width = role_of(w.plan, source), 4.0 if state else 3.4
    first = lead[-1][0]
    for link, target in targets:
        q, end = target.side("bottom", GAP)
        # the point just before the turn keeps the drop upright: at a branch a corner is not rounded
        points = [*_straightened([*lead, (target.cx, level)]), q]
        points.insert(-2, (target.cx - 0.4, level))
        _wire(w, source, link.tap or link.target, points, start, end, link.phase, 10.0, width=2.4)
        w.b.plate(Key(f"branch:{source}", part=link.tap or link.target), "branch", target.cx, level, 10.0, 10.0, role=role,
                  fill=role, stroke=0.0, radius=5.0, z=4, block=w.block(source))  # fmt: skip
    for far in {max(t.cx for _, t in targets), min(t.cx for _, t in targets)}:
        if far > first or far == max(t.cx for _, t in targets):
            if far < max(t.cx for _, t in targets):
                continue
            points = _straightened([*lead, (far, level)])
            last = next(link for link, target in targets if target.cx == far)
            end = Anchor(Key(f"branch:{source}", part=last.tap or last.target), 0, 0)
            w.b.wire(Key(f"wire:{source.removesuffix('_prev')}"), points, role=role, width=width, block=w.block(source),
                     phase=1, start=start, end=end)  # fmt: skip
            w.lines.append(Line(source, points, role, width))


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


def _straightened(points: list[Point]) -> list[Point]:
    """Without points in the middle of a straight line."""
    out = [points[0]]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        if not ((before[0] == at[0] == after[0]) or (before[1] == at[1] == after[1])):
            out.append(at)
    return [*out, points[-1]]


def _output(w: Wiring, name: str, source: str) -> None:
    """A state out of the shell to the right, y upwards (or to the right)."""
    program = w.plan.graph.program
    target = w.boxes[f"out:{name}"]
    role = name if name in ("s", "c", "y") else program.role(name)
    width = {"y": 3.8, "c": 4.6}.get(name, 4.6 if name in w.conveyors else 4.4)
    head = {"y": 15.0, "c": 19.0}.get(name, 17.0)
    ready = w.plan.lines.get((source, f"out:{name}", ""))
    phase = program.phase_of(name)
    if ready is not None:
        q, end = target.side("left" if w.plan.wide or name != "y" else "bottom", GAP)
        start = _anchor(w.exits[source], ready[0])
        _wire(w, source, "", [*ready[:-1], q], start, end, phase, head, width=width, key=_out_key(name), role=role)
        return
    points, start, end = _route(w.exits[source], target, GAP)
    branch = w.branches.get(source)
    if branch is not None and not _passes(points, (branch.cx, branch.cy)):
        points, start, end = _route(branch, target, GAP)
    if name == "y" and (level := _crossed(w, points)) is not None:
        (x, low), (_, high) = points
        _wire(w, source, "", [(x, low), (x, level + BREAK)], start, Anchor(start.key, start.fx, start.fy, 0.0,
              level + BREAK - low), phase, 0.0, width=width, key=Key("wire:y", part="lower"), role=role)  # fmt: skip
        above = Anchor(end.key, end.fx, end.fy, 0.0, level - BREAK - high + end.dy)
        _wire(w, source, "", [(x, level - BREAK), (x, high)], above, end, phase, head, width=width, key=Key("wire:y"),
              role=role, token="")  # fmt: skip
        return
    _wire(w, source, "", points, start, end, phase, head, width=width, key=_out_key(name), role=role)


def _out_key(name: str) -> Key:
    return Key("wire:y") if name == "y" else Key(f"wire:{name}", part="out")


def _crossed(w: Wiring, points: list[Point]) -> float | None:
    """The height of a conveyor that a vertical line crosses: the conveyor has the right of way."""
    if len(points) != 2 or points[0][0] != points[1][0]:
        return None
    low, high = max(points[0][1], points[1][1]), min(points[0][1], points[1][1])
    levels = [w.plan.at[state][1] for state in w.conveyors]
    return next((level for level in levels if high + BREAK < level < low - BREAK), None)


def _bridges(w: Wiring) -> None:
    """Where an upright wire crosses a level one that it has nothing to do with, it passes over on a bridge."""
    flat = [
        (line, min(a[0], c[0]), max(a[0], c[0]), a[1])
        for line in w.lines
        for a, c in zip(line.points, line.points[1:], strict=False)
        if abs(a[1] - c[1]) < 0.5
    ]
    done: set[tuple[str, float, float]] = set()
    for line in list(w.lines):
        for a, c in zip(line.points, line.points[1:], strict=False):
            if abs(a[0] - c[0]) >= 0.5:
                continue
            x, top, bottom = a[0], min(a[1], c[1]), max(a[1], c[1])
            for other, left, right, y in flat:
                crossed = left + 4 < x < right - 4 and top + 4 < y < bottom - 4
                if crossed and other.source != line.source and not other.conveyor and (line.source, x, y) not in done:
                    done.add((line.source, x, y))
                    ends = (min(y + _BRIDGE, bottom), max(y - _BRIDGE, top))
                    w.b.wire(Key(f"bridge:{line.source}", i=round(x), j=round(y)), [(x, ends[0]), (x, ends[1])], role=line.role,
                             width=line.width, block=w.block(line.source), halo=True)  # fmt: skip
