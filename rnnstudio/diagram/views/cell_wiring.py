"""What every wire inside a cell is made with: where it starts and ends, its way, its colour and width."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_graph import parameter_of
from rnnstudio.diagram.views.cell_parts import Box, value_block
from rnnstudio.diagram.views.cell_plan import Plan, Point
from rnnstudio.engine.shapes import length

#: How near a head comes to what it points at.
GAP = 3.0


@dataclass(frozen=True)
class Line:
    """A wire as it was drawn: corners, what it carries, and what its first point holds on to."""

    source: str
    points: list[Point]
    start: Anchor
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
            parameter = parameter_of(source)
            if parameter in program.parameters:
                size = length(program.parameters[parameter][0], self.subject.layer.sizes)
                self.blocks[source] = self.b.block(parameter, size, scale="weight")
            else:
                self.blocks[source] = value_block(self.b, self.subject, source)
        return self.blocks[source]


def role_of(plan: Plan, source: str) -> str:
    """Colour of the wires from a source: products keep the colour of the vector that was multiplied."""
    program = plan.graph.program
    if parameter_of(source) in program.parameters:
        return "op"
    states = [state for state, at in plan.graph.outputs.items() if at == source and state in program.states]
    if states:
        return "c" if "c" in states else "s"
    if source == plan.graph.outputs["y"]:
        return "y"
    if source in plan.carried:
        return program.role(plan.carried[source])
    value = plan.graph.columns.get(source)
    if value is None and source != "x" and not source.endswith("_prev"):
        return "op"
    role = program.role(value or source)
    return {"W": "x", "U": "s", "V": "y"}.get(role, role)


def conveyor(plan: Plan, state: str) -> bool:
    """Whether a state goes straight through, changed only by operators on its line: it is drawn with a rail."""
    graph, at = plan.graph, plan.at
    source, goal = f"{state}_prev", graph.outputs[state]
    if source not in at or abs(at[source][1] - at[state][1]) >= 0.5:
        return False
    level = at[source][1]
    for _ in range(len(graph.items)):
        onward = [link.target for link in graph.consumers(source) if abs(at[link.target][1] - level) < 0.5]
        onward = [name for name in onward if graph.items[name].kind in ("circle", "pill")]
        if not onward:
            return False
        op = graph.items[onward[0]].op
        assert op is not None
        source = op.id
        if source == goal:
            return True
    return False


def on_conveyor(w: Wiring, source: str) -> bool:
    """Whether a source lies on the line of a state that is drawn as a conveyor."""
    at = w.exits.get(source)
    return at is not None and any(abs(w.plan.at[state][1] - at.cy) < 1 for state in w.conveyors)


def route(a: Box, b: Box, gap: float, across_first: bool = False) -> tuple[list[Point], Anchor, Anchor]:
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


def anchor(box: Box, point: Point) -> Anchor:
    """The anchor of the end of a ready path on the thing it meets."""
    fx = (point[0] - box.cx) / (box.w / 2)
    fy = (point[1] - box.cy) / (box.h / 2)
    rim = min(max(fx, -1.0), 1.0)
    return Anchor(box.key, rim, fy, (fx - rim) * box.w / 2)


def passes(points: list[Point], at: Point) -> bool:
    """Whether a way of level and upright pieces comes through a point."""
    for (ax, ay), (bx, by) in pairwise(points):
        if min(ax, bx) - 1 <= at[0] <= max(ax, bx) + 1 and min(ay, by) - 1 <= at[1] <= max(ay, by) + 1:
            return True
    return False


def _width(w: Wiring, source: str, outer: bool) -> float:
    role = role_of(w.plan, source)
    if role == "c" or on_conveyor(w, source):
        return 4.6
    if outer or (source.endswith("_prev") and source not in w.plan.rails):
        return {"s": 4.4, "y": 3.8}.get(role, 3.4)
    if source == "x" or source.endswith("_prev"):
        return {"x": 3.4}.get(role, 4.4)
    return 2.6


def wire(
    w: Wiring, source: str, part: str, points: list[Point], start: Anchor, end: Anchor, phase: int, head: float, *,
    width: float = 0.0, key: Key | None = None, role: str = "", token: str = "dot",
) -> None:  # fmt: skip
    """Add one wire; width and colour are those of its source where they are not given."""
    program = w.plan.graph.program
    width = width or _width(w, source, outer=False)
    role = role or role_of(w.plan, source)
    if role in ("s", "c") and part in w.plan.graph.items and source in program.values:
        width = min(width, 4.4)
    name = source.removesuffix("_prev")
    key = key or Key(f"wire:{name}", part=part)
    conveyed = on_conveyor(w, source) and abs(points[0][1] - points[-1][1]) < 1
    w.b.wire(key, points, role=role, width=width, head=head, block=w.block(source), phase=max(phase, 1), token=token,
             start=start, end=end)  # fmt: skip
    w.lines.append(Line(source, points, start, role, width, conveyed))


def straightened(points: list[Point]) -> list[Point]:
    """Without points in the middle of a straight line."""
    out = [points[0]]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        if not ((before[0] == at[0] == after[0]) or (before[1] == at[1] == after[1])):
            out.append(at)
    return [*out, points[-1]]
