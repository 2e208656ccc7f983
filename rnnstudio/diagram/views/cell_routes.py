"""The wires inside a cell: from thing to thing, orthogonal, with branches; the conveyor has the right of way."""

from __future__ import annotations

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.views.cell_concat import draw_joint, split
from rnnstudio.diagram.views.cell_graph import Link
from rnnstudio.diagram.views.cell_parts import Box
from rnnstudio.diagram.views.cell_plan import NORMAL, Point, concatenates
from rnnstudio.diagram.views.cell_rails import draw_bridges, draw_rail
from rnnstudio.diagram.views.cell_wiring import GAP, Wiring, anchor, conveyor, on_conveyor, passes, role_of, route, wire

#: Half the height at which y breaks off over and under the conveyor of a state.
BREAK = 19.0


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
            _link(w, link)
    if concatenates(w.subject, plan):
        taps, pairs = split(w, taps)
        if pairs:
            draw_joint(w, taps, pairs)
    for source in sorted(taps, key=lambda name: name == "x"):
        draw_rail(w, source, taps[source])
    for name, source in graph.outputs.items():
        _output(w, name, source)
    draw_bridges(w)


def _branches(w: Wiring) -> None:
    """The points where a vector goes two ways (``name:split`` of the cell file)."""
    graph = w.plan.graph
    for k, (source, at) in enumerate(w.plan.dots):
        role = role_of(w.plan, source)
        w.b.plate(Key(f"branch:{source}", i=k), "branch", *at, 10.0, 10.0, role=role, fill=role, stroke=0.0, radius=5.0,
                  z=4, block=w.block(source))  # fmt: skip
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
    points, start, end = route(item, column, 0.0)
    far = abs(points[-1][0] - points[0][0]) + abs(points[-1][1] - points[0][1]) > 34 and not on_conveyor(w, op_id)
    if far and not w.plan.wide and w.plan.graph.items[w.plan.graph.owner[op_id]].kind == "circle":
        points, start, end = route(item, column, GAP)
        wire(w, op_id, value, points, start, end, w.plan.graph.program.phase_of(op_id), 11.0)
        return
    wire(w, op_id, value, points, start, end, w.plan.graph.program.phase_of(op_id), 0.0)


def _leader(w: Wiring, op_id: str, item: Box, column: Box) -> None:
    x = column.cx - column.w / 2 if column.cx > item.cx else column.cx + column.w / 2
    side = -1 if column.cx > item.cx else 1
    w.b.wire(Key(f"leader:{op_id}"), [(item.cx, column.cy), (x, column.cy)], role="op", width=1.4, style="leader",
             alpha=0.6, block=w.block(op_id), start=Anchor(item.key, 0, 0, dy=column.cy - item.cy),
             end=Anchor(column.key, side, 0))  # fmt: skip


def _needs_rail(w: Wiring, link: Link) -> bool:
    if link.source not in w.plan.rails:
        return False
    if w.plan.automatic:
        return link.source == "x" or (link.source, link.target, link.tap) not in w.plan.lines
    if link.tap:
        return True
    source, target = w.exits[link.source], w.boxes[link.target]
    block = w.plan.graph.items[link.target].kind == "block"
    return block and abs(source.cx - target.cx) >= 1 and abs(source.cy - target.cy) >= 1


def _link(w: Wiring, link: Link) -> None:
    """One wire from where a source leaves, or from its branch, into an item."""
    source, part, tap, phase = link.source, link.target, link.tap, link.phase
    target = w.boxes[tap or part]
    ready = w.plan.lines.get((source, part, tap))
    conveyed = on_conveyor(w, source) and abs(w.exits[source].cy - target.cy) < 1
    gap, head = (0.0, 0.0) if conveyed else (GAP, 11.0)
    if ready is not None:
        ready = [*ready[:-1], target.side("left")[0]] if conveyed else ready
        head *= min(1.0, w.plan.sizes.circle / NORMAL.circle)
        wire(w, source, tap or part, ready, anchor(w.exits[source], ready[0]), anchor(w.boxes[tap or part], ready[-1]),
              phase, head)  # fmt: skip
        return
    item = w.plan.graph.items.get(w.plan.graph.owner.get(source, ""))
    across_first = (item is not None and item.kind == "pill") or _left_taken(w, link)
    if _drops(w, link, target):
        _drop(w, link, target)
        return
    points, start, end = route(w.exits[source], target, gap, across_first)
    branch = w.branches.get(source)
    width = 0.0
    if branch is not None and len(points) > 2 and not passes(points, (branch.cx, branch.cy)):
        points, start, end = route(branch, target, GAP)
        width, head = (3.4, 13.0) if on_conveyor(w, source) else (0.0, 11.0)
    if len(points) == 2 and abs(points[0][0] - points[1][0]) + abs(points[0][1] - points[1][1]) < 2 * head:
        head = 0.0
        points, start, end = route(w.exits[source], target, 0.0) if width == 0.0 else (points, start, end)
    wire(w, source, part, points, start, end, phase, head, width=width)


def _left_taken(w: Wiring, link: Link) -> bool:
    """Whether another wire enters the item from the left, so that this one has to come from below or above."""
    target = w.boxes[link.target]
    others = [each for each in w.plan.graph.links if each.target == link.target and each.source != link.source]
    exits = [w.exits[other.source] for other in others]
    return any(abs(each.cy - target.cy) < 1 and each.cx < target.cx for each in exits)


def _drops(w: Wiring, link: Link, target: Box) -> bool:
    """Whether what is wanted lies right under the conveyor that carries it: the wire goes straight down."""
    source = w.exits[link.source]
    branch = w.branches.get(link.source)
    right_under = target.cy - target.h / 2 > source.cy and target.cx > source.cx + source.w / 2
    return on_conveyor(w, link.source) and right_under and (branch is None or abs(branch.cx - target.cx) >= 1)


def _drop(w: Wiring, link: Link, target: Box) -> None:
    level, role = w.exits[link.source].cy, role_of(w.plan, link.source)
    key = Key(f"branch:{link.source}", part=link.tap or link.target)
    w.b.plate(key, "branch", target.cx, level, 10.0, 10.0, role=role, fill=role, stroke=0.0, radius=5.0, z=4,
              block=w.block(link.source))  # fmt: skip
    points, start, end = route(Box(key, target.cx, level, 0.0, 0.0), target, GAP)
    wire(w, link.source, link.tap or link.target, points, start, end, link.phase, 10.0, width=2.4)


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
        start, end = anchor(w.exits[source], ready[0]), anchor(target, ready[-1])
        if name == "y":
            ready, start = _broken(w, source, ready, start, phase, width, role)
        wire(w, source, "", ready, start, end, phase, head, width=width, key=_out_key(name), role=role)
        return
    points, start, end = route(w.exits[source], target, GAP)
    branch = w.branches.get(source)
    if branch is not None and not passes(points, (branch.cx, branch.cy)):
        points, start, end = route(branch, target, GAP)
    if name == "y" and (level := _crossed(w, points)) is not None:
        (x, low), (_, high) = points
        wire(w, source, "", [(x, low), (x, level + BREAK)], start, Anchor(start.key, start.fx, start.fy, 0.0,
              level + BREAK - low), phase, 0.0, width=width, key=Key("wire:y", part="lower"), role=role)  # fmt: skip
        above = Anchor(end.key, end.fx, end.fy, 0.0, level - BREAK - high + end.dy)
        wire(w, source, "", [(x, level - BREAK), (x, high)], above, end, phase, head, width=width, key=Key("wire:y"),
              role=role, token="")  # fmt: skip
        return
    wire(w, source, "", points, start, end, phase, head, width=width, key=_out_key(name), role=role)


def _broken(
    w: Wiring, source: str, points: list[Point], start: Anchor, phase: int, width: float, role: str
) -> tuple[list[Point], Anchor]:
    """Draw the pieces of y's way up before the last conveyor that it passes; the result is the piece that is left."""
    (x, low), (end, high) = points[-2:]
    levels = [w.plan.at[state][1] for state in w.conveyors]
    passed = sorted((y for y in levels if high + BREAK < y < low - BREAK), reverse=True) if abs(x - end) < 1 else []
    first, begin = points[0], start
    for k, level in enumerate(passed):
        piece = [*points[:-1], (x, level + BREAK)]
        end_anchor = begin._replace(dx=begin.dx + x - first[0], dy=begin.dy + level + BREAK - first[1])
        wire(w, source, "", piece, start, end_anchor, phase, 0.0, width=width,
             key=Key("wire:y", part="lower", i=k), role=role)  # fmt: skip
        points = [(x, level - BREAK), points[-1]]
        start = begin._replace(dx=begin.dx + x - first[0], dy=begin.dy + level - BREAK - first[1])
    return points, start


def _out_key(name: str) -> Key:
    return Key("wire:y") if name == "y" else Key(f"wire:{name}", part="out")


def _crossed(w: Wiring, points: list[Point]) -> float | None:
    """The height of a conveyor that a vertical line crosses: the conveyor has the right of way."""
    if len(points) != 2 or points[0][0] != points[1][0]:
        return None
    low, high = max(points[0][1], points[1][1]), min(points[0][1], points[1][1])
    levels = [w.plan.at[state][1] for state in w.conveyors]
    return next((level for level in levels if high + BREAK < level < low - BREAK), None)
