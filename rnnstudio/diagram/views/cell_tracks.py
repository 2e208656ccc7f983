"""The heights of a cell's lanes, and the corners of every wire: level in lanes and tracks, upright in its own strip."""

from __future__ import annotations

import math

from rnnstudio.diagram.views.cell_corners import clean
from rnnstudio.diagram.views.cell_lanes import VECTORS, Lanes
from rnnstudio.diagram.views.cell_plan import Point
from rnnstudio.diagram.views.cell_strips import TURN
from rnnstudio.diagram.views.cell_tabs import tab_places
from rnnstudio.diagram.views.columns import column_height

#: Between tracks, between rails, between a track and what it runs past, between a column and its gate, over a rail;
#: the most that a gap grows where there is room; before a head.
TRACK, RAIL, CLEAR, STEM, DROP, MOST, HEAD = 14.0, 26.0, 12.0, 10.0, 26.0, 60.0, 3.0
#: Distance of two wires that enter an item side by side.
_PORTS = 18.0
Wire = tuple[str, str, str]  # source, item or out:name, tab


class Tracks:
    """Heights and corners of one cell's drawing.

    Attributes
    ----------
    lane_y : dict of int to float
        Height of each lane, that of the gates' vectors too.
    rail_y : dict of str to float
        Source → height of its rail under the gates.
    lines : dict of tuple to list of points
        The corners of each wire; of one to a tab, those before its rail.
    """

    def __init__(self, lanes: Lanes, shell: tuple[float, float, float, float]) -> None:
        self.lanes, self.room, self.order = lanes, lanes.room, lanes.order
        self.graph, self.shell, self.unit = lanes.room.graph, shell, lanes.room.unit
        self.head = HEAD * min(1.0, self.unit)
        self.lane_y: dict[int, float] = {}
        self.rail_y: dict[str, float] = {}
        self.gate_y = 0.0
        self.lines: dict[Wire, list[Point]] = {}
        self.leads: dict[str, list[Point]] = {}
        self.needed = self._heights()

    # heights

    def rails(self) -> list[str]:
        """Sources that run along under the gates, the lowest first."""
        tapped = {link.source for link in self.graph.links if link.tap or self.order.is_low(link.target)}
        states = [f"{state}_prev" for state in self.graph.program.states]
        x = ["x"] if self.graph.consumers("x") or "x" in self.graph.outputs.values() else []
        return [*x, *(s for s in states if s in tapped), *(s.down for s in self.order.strips if s.down)]

    def _lane_extent(self, lane: int) -> tuple[float, float]:
        up = down = CLEAR * self.unit
        for chain in self.order.chains:
            for name in chain.items if chain.lane == lane else ():
                half = max(self.room.size[name][1] / 2, column := self.room.column_half(name))
                item = self.graph.items[name]
                tab = self.room.sizes.tab[1] / 2 if item.kind == "block" and len(item.params) > 1 else 0.0
                up = max(up, half, column + 1.25 * self.room.sizes.expression if column else 0.0)
                down = max(down, half + tab)
        return up, down

    def _heights(self) -> float:
        """Stack lanes, gates and rails; the result is the height that is needed at least."""
        u, room, lanes = self.unit, self.room, self.lanes
        lows = [strip.low for strip in self.order.strips if strip.low]
        columns = max((room.column_half(name) for name in lows), default=0.0)
        beside = self._lane_extent(VECTORS)
        beside = beside if any(chain.lane == VECTORS for chain in self.order.chains) else (0.0, 0.0)
        boxed = [name for name in lows if self.graph.items[name].kind != "bias"]
        gate = max((room.size[name][1] for name in boxed), default=0.0)
        hanging = room.sizes.tab[1] / 2 if any(self.graph.items[name].params for name in boxed) else 0.0
        rails = self.rails()
        rows: list[tuple[float, float]] = [self._lane_extent(lane) for lane in range(lanes.count)]
        rows.append((max(columns, beside[0]), max(columns, beside[1])))
        gaps = [CLEAR * u * (tracks > 0 or k > 0) + TRACK * u * tracks for k, tracks in enumerate(lanes.tracks)]
        foot = STEM * u + gate + hanging if boxed else 0.0
        under = DROP * u + RAIL * u * max(0, len(rails) - 1) if rails else 0.0
        needed = sum(up + down for up, down in rows) + sum(gaps) + foot + under
        top, bottom = self.shell[1] + 20 * u, self.shell[3] - 26 * u
        free = max(0.0, bottom - top - needed)
        apart = min(free / (len(gaps) + 1), MOST * u)
        rest = free - apart * (len(gaps) + 0.5)
        y = top + 0.5 * max(rest, 0.0)
        self._gap_y: list[float] = []
        for k, (up, down) in enumerate(rows):
            extra = apart * (0.5 if k == 0 else 1.0)
            y += gaps[k] + extra + up
            self._gap_y.append(y - up - 0.5 * extra - 0.5 * CLEAR * u * (k > 0))
            self.lane_y[k if k < lanes.count else VECTORS] = y
            y += down
        y += STEM * u if boxed else 0.0
        self.gate_y = y + gate / 2
        y += gate + hanging + DROP * u + 0.5 * apart
        for k, source in enumerate(reversed(rails)):
            self.rail_y[source] = y + k * RAIL * u
        return needed

    def track_y(self, source: str) -> float:
        """Height of a source's track in its gap."""
        gap, track = self.lanes.gaps[source]
        return self._gap_y[gap] - TRACK * self.unit * (track + 0.5)

    # positions

    def item_y(self, item: str) -> float:
        """Height of an item's middle."""
        if self.order.is_low(item):
            return self.lane_y[VECTORS] if self.graph.items[item].kind == "bias" else self.gate_y
        return self.lane_y[self.order.chain_of[item].lane]

    # wires

    def _rise(self, low: str) -> Point:
        """Where the vector of an item of the bottom row leaves upwards."""
        y = self.lane_y[VECTORS] - self.room.column_half(low)
        return (self.lanes.x(low), y if self.room.column_half(low) else self.gate_y - self.room.size[low][1] / 2)

    def _aside(self, low: str) -> list[Point]:
        """Where it leaves to the right, at the height of the vectors."""
        x, y = self.lanes.x(low), self.lane_y[VECTORS]
        if self.room.column_half(low):
            return [(x + self.room.sizes.inner.w / 2, y)]
        return [self._rise(low), (x, y)]

    def own(self, source: str) -> list[Point]:
        """The beginning of a source's lane."""
        owner = self.order.source_item(source)
        if not owner:
            return [(self.state_right, self.lane_y[self.order.chain_of[source].lane])]
        return [(self.lanes.x(owner) + self.room.exit(owner), self.item_y(owner))]

    def _entry(self, low: str, lane: int) -> list[Point]:
        if lane == VECTORS:
            return self._aside(low)
        return [self._rise(low), (self.lanes.x(low), self.lane_y[lane])]

    def _track(self, source: str) -> list[Point]:
        """From a source to the beginning of its track."""
        owner, y = self.order.source_item(source), self.track_y(source)
        if owner and self.order.is_low(owner):
            return [self._rise(owner), (self.lanes.x(owner), y)]
        start = self.own(source)
        x = start[-1][0] + 0.5 * TURN * self.unit if owner else self.turns[source]
        return [*start, (x, start[-1][1]), (x, y)]

    def approach(self, source: str, user: str) -> tuple[list[Point], str]:
        """The way to where a wire turns into an item, and the side at which it enters."""
        order, owner = self.order, self.order.source_item(source)
        if order.after.get(source) == user:
            return self.own(source), "left"
        if not owner or not order.is_low(owner):
            if self.lanes.is_straight(source, user):
                start = self.own(source)
                return start, "top" if start[-1][1] < self.item_y(user) else "bottom"
        elif order.strip_of[user] is order.strip_of[owner]:
            return [self._rise(owner)], "under"
        elif (chain := self.lanes.by_entry(owner, user)) is not None:
            way = self._entry(owner, chain.lane)
            if chain.items and chain.items[0] == user:
                return way, "left"
            return way, "top" if way[-1][1] < self.item_y(user) else "bottom"
        way = self._track(source)
        return way, "top" if way[-1][1] < self.item_y(user) else "bottom"

    def route(self, state_right: float, turns: dict[str, float]) -> None:
        """Find the corners of all wires between items."""
        self.state_right, self.turns = state_right, turns
        for name in self.graph.items:
            if not self.order.is_low(name):
                self._enter(name)
        for strip in self.order.strips:
            if strip.down:
                owner = self.order.source_item(strip.down)
                way = self._aside(owner) if self.order.is_low(owner) else self.own(strip.down)
                self.leads[strip.down] = [
                    *way, (strip.x, way[-1][1]), (strip.x, self.rail_y[strip.down]),
                ]  # fmt: skip

    def _enter(self, name: str) -> None:
        """The wires into one item of a lane, side by side where several come from above or below."""
        sides: dict[str, list[tuple[float, str, list[Point]]]] = {}
        for link in self.graph.links:
            if link.target != name:
                continue
            if link.source == "x":
                sides.setdefault("bottom", []).append((-math.inf, "x", []))
                continue
            way, side = self.approach(link.source, name)
            sides.setdefault(side, []).append((-abs(way[-1][1] - self.item_y(name)), link.source, way))
        x, y, w = self.lanes.x(name), self.item_y(name), self.room.size[name][0]
        under = "under" in sides
        for side, wires in sides.items():
            wires.sort(key=lambda wire: (-wire[0], wire[1]))
            for k, (_, source, way) in enumerate(wires):
                if side == "left":
                    port = (x - w / 2 - self.head, y)
                    corners = [(way[-1][0], y)] if abs(way[-1][1] - y) > 0.5 else []
                else:
                    off = self._off(k, len(wires), w, under and side == "bottom")
                    reach = self._reach(name, off) + self.head
                    port = (x + off, y - reach if side == "top" else y + reach)
                    corners = [(x + off, way[-1][1])] if way else []
                if source == "x":
                    self.leads.setdefault("x", [])
                    self.lines[(source, name, "")] = [port]
                else:
                    self.lines[(source, name, "")] = clean([*way, *corners, port])

    def _off(self, k: int, count: int, w: float, beside: bool) -> float:
        pitch = min(_PORTS * self.unit, 0.8 * w / max(count, 1))
        if beside:  # the middle is taken by what rises from right under
            pitch = min(_PORTS * self.unit * 0.7, 0.42 * w / count)
            return -pitch * (k + 1)
        return (k - (count - 1) / 2) * pitch

    def _reach(self, name: str, off: float) -> float:
        w, h = self.room.size[name]
        if self.graph.items[name].kind == "circle":
            return math.sqrt(max((w / 2) ** 2 - off**2, 0.0))
        return h / 2

    def leaving(self, source: str) -> list[Point]:
        """The way of a source to the right edge: along its lane, or along a track."""
        if source == "x":
            return []
        owner = self.order.source_item(source)
        if source not in self.lanes.gaps or self.lanes.leaves_straight(source):
            if owner and self.order.is_low(owner):
                chain = next(c for c in self.order.chains if c.entry == owner and not c.items)
                return self._entry(owner, chain.lane)
            return self.own(source)
        return self._track(source)

    def outer_half(self, name: str) -> float:
        """Half the height of a column outside the shell."""
        layer = self.room.subject.layer
        return column_height(layer.width if name == "y" else layer.size, self.room.sizes.outer) / 2

    def tabs(self, at: dict[str, Point]) -> dict[tuple[str, str], Point]:
        """Where each tab, or matrix, takes its vector from below."""
        out: dict[tuple[str, str], Point] = {}
        for name, item in self.graph.items.items():
            if item.kind == "gate":
                for tab, cx, cy, _ in tab_places(self.room.subject, self.room.plan, item, *at[name]):
                    out[(name, tab)] = (cx, cy + self.room.sizes.tab[1] / 2 + HEAD)
            elif item.kind == "block" and self.order.is_low(name):
                out[(name, "")] = (at[name][0], at[name][1] + self.room.size[name][1] / 2 + HEAD)
        return out
