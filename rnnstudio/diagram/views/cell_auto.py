"""The inside of a cell without given positions: gates over the rails, lines of operators over them, from left to right.

What is needed stands left of what needs it, in a strip of its own, so that a wire can always go straight up or down;
what an operator hands on stays in its lane, what goes further turns in tracks between the lanes.
"""

from __future__ import annotations

import math
from dataclasses import replace

from rnnstudio.diagram.build import NUMBERS_UP_TO
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_corners import branches, clean, square
from rnnstudio.diagram.views.cell_lanes import VECTORS, Lanes
from rnnstudio.diagram.views.cell_order import Order, ordered
from rnnstudio.diagram.views.cell_plan import NORMAL, WIDE, Plan, Point, legible, scaled, unplaced
from rnnstudio.diagram.views.cell_strips import MARGIN, TURN, Room
from rnnstudio.diagram.views.cell_tracks import HEAD, Tracks
from rnnstudio.diagram.views.columns import column_height

_SHELL, _WIDE_SHELL = (176.0, 146.0, 1110.0, 642.0), (230.0, 52.0, 1580.0, 672.0)
_SIZES = replace(NORMAL, value=22, expression=17)
#: The drawing shrinks in steps, so that it keeps its size while one types.
_STEP, _LEAST = 0.04, 0.04
#: Down to this size boxes have room for the projector's letters; in smaller ones there are none.
_READABLE = 0.6
#: A px of the projector's drawing, in px of the ordinary one.
_WIDE_UNIT = 1.35
#: A wire meets an outer column as far from its middle as this part of half its height, before it turns instead.
_OFF_MIDDLE = 0.6


def laid_out(subject: Subject) -> Plan:
    """Find positions and wires for a cell whose file gives none."""
    wide = subject.frame.wide
    shell = _WIDE_SHELL if wide else _SHELL
    graph, factor = unplaced(subject), 1.0
    order = ordered(graph)
    while True:
        sizes = scaled(WIDE if wide else _SIZES, factor)
        sizes = legible(sizes) if wide and factor >= _READABLE else sizes
        draft = Plan(graph, sizes, {}, shell, wide=wide, automatic=True)
        sketch = _Sketch(subject, draft, order, factor * (_WIDE_UNIT if wide else 1.0))
        over = max(sketch.width / (sketch.right - sketch.left), sketch.tracks.needed / (shell[3] - shell[1] - 46))
        if over <= 1 or factor <= _LEAST:
            return sketch.plan().within(subject.frame)
        factor = max(_LEAST, min(factor - _STEP, _STEP * math.floor(factor / over / _STEP + 0.5)))


class _Sketch:
    """One try, in one size."""

    def __init__(self, subject: Subject, draft: Plan, order: Order, unit: float) -> None:
        self.subject, self.draft, self.unit = subject, draft, unit
        self.order = order
        self.room = Room(subject, draft, self.order, unit)
        program, shell = draft.graph.program, draft.shell
        self.states = [f"{state}_prev" for state in program.states]
        self.outs = [*reversed(program.states), *(["y"] if draft.wide else [])]
        turn = TURN * unit
        tapped = {link.source for link in draft.graph.links if link.tap or self.order.is_low(link.target)}
        self.turning = [s for s in self.states if s in self.order.chain_of and s in tapped]
        leaving = draft.graph.outputs.values()
        self.beyond = [
            s for s in self.states if s in self.order.after and (len(draft.graph.consumers(s)) > 1 or s in leaving)
        ]
        self.left = shell[0] + MARGIN * unit + turn * (len(self.turning) + len(self.beyond))
        self.y_x = shell[2] - MARGIN * unit - turn * (len(self.outs) - 1) - 10 * unit
        self.right = self.y_x - (12 * unit if draft.wide else 16 * unit)
        self.width = self.room.spread(self.left, self.right)
        self.lanes = Lanes(self.room)
        self.tracks = Tracks(self.lanes, shell)

    def plan(self) -> Plan:
        """The finished positions and wires."""
        draft, tracks = self.draft, self.tracks
        at = self._items()
        starts = self._enter(at)
        turn, left = TURN * self.unit, draft.shell[0] + 0.6 * MARGIN * self.unit
        turns = {s: left + turn * k for k, s in enumerate(self.turning)}
        beyond = {s: left + turn * (len(turns) + k) for k, s in enumerate(self.beyond)}
        tracks.route(draft.shell[0], beyond)
        leads = dict(tracks.leads)
        for source, start in starts.items():
            if source in turns:
                leads[source] = [*start, (turns[source], start[-1][1]), (turns[source], tracks.rail_y[source])]
            elif source in tracks.rail_y:
                leads[source] = start
        tabs = tracks.tabs(at)
        if "x" in tracks.rail_y:
            leads["x"] = self._x(at, tabs)
        elif not draft.wide:
            at["x"] = (draft.shell[0] + 74, 702.0)
        lines = {
            wire: clean([*starts[wire[0]], *line]) if wire[0] in starts else line for wire, line in tracks.lines.items()
        }
        lines |= self._leave(at, starts, leads)
        nets: dict[str, list[list[Point]]] = {}
        for (source, _, _), line in lines.items():
            nets.setdefault(source, []).append(line)
        for source, lead in leads.items():
            if source != "x":
                nets.setdefault(source, []).append(lead)
        forks = {source: branches(parts) for source, parts in nets.items()}
        lines = {wire: square(line, forks[wire[0]]) for wire, line in lines.items()}
        leads = {source: square(lead, forks.get(source, [])) for source, lead in leads.items()}
        dots = tuple((source, point) for source, points in forks.items() for point in points)
        return replace(
            draft, at=at, lines=lines, leads=leads, dots=dots, rails=dict(tracks.rail_y), carried=self._carried()
        )

    def _carried(self) -> dict[str, str]:
        """What a state's line carries on the way, to be drawn in the state's colour."""
        found: dict[str, str] = {}
        for chain in self.order.chains:
            state = chain.start.removesuffix("_prev")
            if state and chain.items and self.order.delivers(chain.items[-1]) == self.draft.graph.outputs[state]:
                kinds = {self.draft.graph.items[name].kind for name in chain.items}
                sources = [self.order.delivers(name) for name in chain.items[:-1]]
                found |= {source: state for source in sources if kinds <= {"circle", "pill"}}
        return found

    def _items(self) -> dict[str, Point]:
        at: dict[str, Point] = {}
        for name in self.draft.graph.items:
            x, y = self.lanes.x(name), self.tracks.item_y(name)
            at[name] = (x, y)
            column = self.room.column(name)
            if column and self.order.is_low(name):
                at[column] = (x, self.tracks.lane_y[VECTORS])
            elif column:
                at[column] = (x + self.room.exit(name) - self.draft.sizes.inner.w / 2, y)
        return at

    def _apart(self, wanted: dict[str, float], heights: dict[str, tuple[float, float]]) -> dict[str, float]:
        """Heights of the columns at one side, as near to their wires as their heights allow."""
        names = sorted(wanted, key=lambda name: wanted[name])
        top = 26.0 if self.draft.wide else 96.0
        bottom = self.subject.frame.height - 10 if self.draft.wide else 730.0
        out, edge = dict(wanted), top
        for name in names:
            up, down = heights[name]
            out[name] = max(out[name], edge + up)
            edge = out[name] + down + 8
        edge = bottom
        for name in reversed(names):
            up, down = heights[name]
            out[name] = min(out[name], edge - down)
            edge = out[name] - up - 8
        return out

    def _outer(self, name: str) -> tuple[float, float]:
        half = self.tracks.outer_half(name)
        beside = self.draft.wide and name != "y"
        under = 1.3 * self.draft.sizes.y.small if name == "y" else 0.0  # what the target is called
        return half + (0.0 if beside else 1.3 * self.draft.sizes.outer.symbol), half + under

    def _enter(self, at: dict[str, Point]) -> dict[str, list[Point]]:
        """Place the states before the step, and x of the projector's form; the way of each to its lane or rail."""
        tracks, wide = self.tracks, self.draft.wide
        wanted, heights = {}, {}
        for k, state in enumerate(reversed(self.states)):
            chain = self.order.chain_of.get(state)
            level = tracks.lane_y[chain.lane] if chain else tracks.rail_y.get(state, 240.0 + 160 * k)
            wanted[state], heights[state] = level, self._outer(state.removesuffix("_prev"))
        if wide:
            n, style = self.subject.layer.sizes["I"], self.draft.sizes.x
            tall = column_height(n, style) / 2
            counted = 0.0 if n <= NUMBERS_UP_TO and style.tallest / n >= 15 else 1.5 * style.small
            wanted["x"], heights["x"] = tracks.rail_y.get("x", self.draft.shell[3]), (tall, tall + counted)
        starts = {}
        placed = self._apart(wanted, heights)
        x = 150.0 if wide else 82.0
        for k, (name, y) in enumerate(sorted(placed.items(), key=lambda each: each[1])):
            at[name] = (x, y)
            right = x + self.draft.sizes.outer.w / 2
            jog = right + (self.draft.shell[0] - right) * (k + 1) / (len(placed) + 1)
            level = wanted[name]
            if abs(level - y) <= _OFF_MIDDLE * self.tracks.outer_half(name.removesuffix("_prev")):
                starts[name] = [(right, level)]
            else:
                starts[name] = clean([(right, y), (jog, y), (jog, level), (jog + 1, level)])
        return starts

    def _x(self, at: dict[str, Point], tabs: dict[tuple[str, str], Point]) -> list[Point]:
        """From x to the beginning of its rail."""
        level = self.tracks.rail_y["x"]
        if self.draft.wide:
            x, y = at["x"]
            right = x + self.draft.sizes.x.w / 2
            return [(right, y), (right + 1, level)] if abs(y - level) < 0.5 else [
                (right, y), (right + 24, y), (right + 24, level),
            ]  # fmt: skip
        links = self.draft.graph.consumers("x")
        first = min((tabs.get((k.target, k.tap), (self.lanes.x(k.target), 0))[0] for k in links), default=self.right)
        x = max(self.draft.shell[0] + 34, min(first - 40 * self.unit, first - 20))
        at["x"] = (x, 702.0)
        half = column_height(self.subject.layer.sizes["I"], self.draft.sizes.x) / 2
        return [(x, 702.0 - half), (x, level)]

    def _leave(
        self, at: dict[str, Point], starts: dict[str, list[Point]], leads: dict[str, list[Point]]
    ) -> dict[tuple[str, str, str], list[Point]]:
        """Place the states after the step and y; their wires."""
        outputs, sizes, wide = self.draft.graph.outputs, self.draft.sizes, self.draft.wide
        ways: dict[str, list[Point]] = {}
        for name in (*self.draft.graph.program.states, "y"):
            source = outputs[name]
            way = leads["x"] if source == "x" else self.tracks.leaving(source)
            ways[name] = clean([*starts[source], *way]) if source in starts and source != "x" else way
        wanted = {name: ways[name][-1][1] for name in self.outs}
        for k, name in enumerate(self.outs):  # two that come from one source leave side by side
            wanted[name] += 0.01 * k
        placed = self._apart(wanted, {name: self._outer(name) for name in self.outs})
        names = sorted(self.outs, key=lambda name: placed[name])
        near = {
            name: ways[name][-1][1] for name in names
            if abs(placed[name] - wanted[name]) <= _OFF_MIDDLE * self.tracks.outer_half(name)
        }  # fmt: skip
        if len(near.keys()) > len({*near.values()}):  # two of one source are kept apart
            near = {name: level for name, level in near.items() if placed[name] == wanted[name]}
        falling = [name for name in reversed(names) if placed[name] > wanted[name] and name not in near]
        rising = [name for name in names if placed[name] < wanted[name] and name not in near]
        edge, turn = self.draft.shell[2] - 0.7 * MARGIN * self.unit, TURN * self.unit
        order = [*falling, *rising]
        lines: dict[tuple[str, str, str], list[Point]] = {}
        column = 1740.0 if wide else 1172.0
        for name in names:
            way, y = ways[name], placed[name]
            at[name] = (column, y)
            jog = edge - turn * (len(order) - 1 - order.index(name)) if name in order else edge
            y = near.get(name, y)
            end = (column - (sizes.y.w if name == "y" else sizes.outer.w) / 2 - HEAD, y)
            lines[(outputs[name], f"out:{name}", "")] = clean([*way, (jog, way[-1][1]), (jog, y), end])
        if not wide:
            at["y"] = (self.y_x, 81.0)
            half = column_height(self.subject.layer.width, sizes.y) / 2
            way = ways["y"]
            lines[(outputs["y"], "out:y", "")] = clean([
                *way, (self.y_x, way[-1][1]), (self.y_x, 81.0 + half + HEAD),
            ])  # fmt: skip
        return lines
