"""The inside of a cell without given positions: layers from left to right, few crossings, wires in channels."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import permutations

from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_graph import Graph, Item
from rnnstudio.diagram.views.cell_parts import _tab_places, block_size
from rnnstudio.diagram.views.cell_plan import NORMAL, WIDE, Plan, Point, unplaced
from rnnstudio.diagram.views.columns import column_height

_SHELL, _WIDE_SHELL = (176.0, 146.0, 1110.0, 642.0), (230.0, 52.0, 1580.0, 672.0)
_SIZES = replace(NORMAL, value=22, expression=17)
#: Least distance between things above each other, and the height that a wire takes that only passes.
_APART, _MOST_APART, _PASSING = 8.0, 26.0, 8.0
_SWEEPS = 12
_GAP = 3.0
_ORDERED_BY_TRIAL = 5


@dataclass
class Unit:
    """A thing in a layer with the column right of it, or the lane of a wire that passes the layer."""

    name: str
    source: str  # of what leaves it: an op or an input
    layer: int
    w: float = 0.0
    up: float = _PASSING
    down: float = _PASSING
    item_w: float = 0.0
    column: str = ""
    gap: float = 22.0
    y: float = 0.0


@dataclass
class Net:
    """Everything that one source feeds: the units on its way, layer by layer, and the ends."""

    source: str
    way: list[Unit] = field(default_factory=list)
    ends: list[tuple[int, str, str]] = field(default_factory=list)  # layer, item or out:name, tab


def laid_out(subject: Subject) -> Plan:
    """Find positions and wires for a cell whose file gives none."""
    wide = subject.frame.wide
    graph = unplaced(subject)
    frame = _WIDE_SHELL if wide else _SHELL
    draft = Plan(graph, WIDE if wide else _SIZES, {}, frame, wide=wide, lines={("", "", ""): []})
    layers = _layers(subject, draft)
    nets = _nets(graph, layers)
    _fit(layers, frame, draft.sizes.value)
    _order(layers, nets, frame)
    lefts, rights = _spread(layers, frame)
    at = _positions(draft, layers, lefts, wide)
    lines, channels = _lines(subject, draft, at, layers, nets, lefts, rights)
    for name, x in channels.items():
        at[name] = (x, at[name][1])
    plan = Plan(graph, draft.sizes, at, frame, wide=wide, lines=lines)
    return plan.moved((subject.frame.width - (1920.0 if wide else 1280.0)) / 2)


def _level(graph: Graph, source: str, found: dict[str, int]) -> int:
    """Layer of what delivers a source: one after the last of what it needs; inputs and biases come before all."""
    name = graph.owner.get(source)
    if name is None:
        return 0
    if name not in found:
        needed = [link.source for link in graph.links if link.target == name]
        found[name] = 1 + max((_level(graph, s, found) for s in needed), default=0)
    return found[name]


def _layers(subject: Subject, plan: Plan) -> list[list[Unit]]:
    """Units by layer: inputs, items, outputs."""
    graph = plan.graph
    found: dict[str, int] = {}
    delivers = {item.name: item.op.id for item in graph.items.values() if item.op is not None}
    for op_id in delivers.values():
        _level(graph, op_id, found)
    last = max(found.values(), default=0)
    layers: list[list[Unit]] = [[] for _ in range(last + 2)]
    sizes, n = plan.sizes, subject.layer.sizes
    half = column_height(subject.layer.size, sizes.outer) / 2
    above = half + (0 if plan.wide else 1.3 * sizes.outer.symbol)
    for state in reversed(graph.program.states):
        layers[0].append(Unit(f"{state}_prev", f"{state}_prev", 0, sizes.outer.w, above, half))
        layers[-1].append(Unit(f"out:{state}", "", last + 1, sizes.outer.w, above, half))
    if plan.wide:
        layers[0].append(Unit("x", "x", 0, sizes.x.w, *[column_height(n["I"], sizes.x) / 2] * 2))
        layers[-1].insert(len(layers[-1]) // 2, Unit("out:y", "", last + 1, sizes.y.w, *[column_height(subject.layer.width, sizes.y) / 2] * 2))
    for item in graph.items.values():
        if item.op is None:
            # a bias stands right before the sum that takes it
            user = next(link.target for link in graph.links if link.source == item.name)
            level = found[user] - 1
            layers[level if level else 1].append(_unit(subject, plan, item, item.name, level))
            continue
        layers[found[item.name]].append(_unit(subject, plan, item, item.op.id, found[item.name]))
    return layers


def _unit(subject: Subject, plan: Plan, item: Item, source: str, layer: int) -> Unit:
    sizes = plan.sizes
    w, h = _item_size(subject, plan, item)
    value = plan.graph.columns.get(source, "")
    column = value if value and value not in plan.graph.outputs else ""
    if not column:
        return Unit(item.name, source, layer, w, h / 2, h / 2, w)
    half = column_height(subject.layer.sizes[subject.program.sizes[column]], sizes.inner) / 2
    label = 1.3 * (sizes.value if len(column) == 1 else sizes.expression)
    return Unit(item.name, source, layer, w + 22 + sizes.inner.w, max(h / 2, half + label), max(h / 2, half), w, column)


def _item_size(subject: Subject, plan: Plan, item: Item) -> tuple[float, float]:
    sizes = plan.sizes
    if item.kind == "gate":
        tabs = _tab_places(subject, plan, item, 0.0, 0.0)
        return sizes.gate[0] + max(t[3] for t in tabs) / 2, max(sizes.gate[1] + (sizes.tab[1] if len(tabs) > 2 else 0), 2 * (sizes.tab[1] + 4))
    if item.kind == "block":
        w, h = block_size(subject, plan, item.params[0])[:2]
        return w, h + (sizes.tab[1] / 2 if len(item.params) > 1 else 0)
    if item.kind == "bias":
        return sizes.inner.w, column_height(subject.layer.sizes[subject.program.parameters[item.name][0]], sizes.inner)
    if item.kind == "pill":
        return sizes.pill[:2]
    if item.kind == "function":
        op = item.op
        return (sizes.chosen if op is not None and len(op.symbol) == 1 else sizes.card)[:2]
    return 2 * sizes.circle, 2 * sizes.circle


def _nets(graph: Graph, layers: list[list[Unit]]) -> list[Net]:
    """What each source feeds; passing lanes are added to the layers in between."""
    where = {unit.name: unit for layer in layers for unit in layer}
    by_source = {unit.source: unit for unit in where.values() if unit.source}
    nets: dict[str, Net] = {}
    for link in graph.links:
        nets.setdefault(link.source, Net(link.source)).ends.append((where[link.target].layer, link.target, link.tap))
    for name, source in graph.outputs.items():
        nets.setdefault(source, Net(source)).ends.append((len(layers) - 1, f"out:{name}", ""))
    for source, net in nets.items():
        first = by_source.get(source) or Unit("x", "x", 0)
        net.way = [first]
        for layer in range(first.layer + 1, max(end[0] for end in net.ends)):
            lane = Unit(f"{source}@{layer}", "", layer)
            layers[layer].append(lane)
            net.way.append(lane)
    return list(nets.values())


def _inside(shell: tuple[float, float, float, float]) -> tuple[float, float]:
    """Between which heights things may stand."""
    return shell[1] + 10, shell[3] - 10


def _fit(layers: list[list[Unit]], shell: tuple[float, float, float, float], symbol: float) -> None:
    """Where a layer is full, its symbols give up their room above the columns and stand beside them."""
    top, bottom = _inside(shell)
    for layer in layers[1:-1]:
        if sum(unit.up + unit.down for unit in layer) + _APART * (len(layer) + 1) > bottom - top:
            for unit in layer:
                unit.up = min(unit.up, max(unit.down, _PASSING))
                if len(unit.column) == 1:
                    unit.gap += 1.3 * symbol
                    unit.w += 1.3 * symbol


def _order(layers: list[list[Unit]], nets: list[Net], shell: tuple[float, float, float, float]) -> None:
    """Heights: everything near what it is connected with, in an order that seldom crosses."""
    near: dict[int, list[Unit]] = {id(unit): [] for layer in layers for unit in layer}
    where = {unit.name: unit for layer in layers for unit in layer}
    for net in nets:
        for a, b in zip(net.way, net.way[1:], strict=False):
            _join(near, a, b)
        for layer, name, _ in net.ends:
            if name in where:
                _join(near, net.way[min(layer - 1 - net.way[0].layer, len(net.way) - 1)], where[name])
    top, bottom = _inside(shell)
    for layer in layers:
        _stack(layer, top, bottom)
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = {}
            for unit in layer:
                others = near[id(unit)]
                before = [o for o in others if (o.layer < unit.layer) == (sweep % 2 == 0)] or others
                wanted[id(unit)] = sum(o.y for o in before) / len(before) if before else unit.y
            if sweep < _SWEEPS - 4:
                layer.sort(key=lambda unit: wanted[id(unit)])
            _settle(layer, wanted, top, bottom)


def _join(near: dict[int, list[Unit]], a: Unit, b: Unit) -> None:
    if id(a) in near and id(b) in near:
        near[id(a)].append(b)
        near[id(b)].append(a)


def _stack(layer: list[Unit], top: float, bottom: float) -> None:
    free = bottom - top - sum(unit.up + unit.down for unit in layer)
    gap = free / (len(layer) + 1) if layer else 0.0
    y = top + gap
    for unit in layer:
        unit.y = y + unit.up
        y += unit.up + unit.down + gap


def _settle(layer: list[Unit], wanted: dict[int, float], top: float, bottom: float) -> None:
    """As near to where they want to be as their heights and their order allow."""
    free = bottom - top - sum(unit.up + unit.down for unit in layer)
    apart = min(max(0.85 * free / len(layer) if layer else 0.0, _APART), _MOST_APART)
    edge = top
    for unit in layer:
        unit.y = max(wanted[id(unit)], edge + unit.up)
        edge = unit.y + unit.down + apart
    edge = bottom
    for unit in reversed(layer):
        unit.y = min(unit.y, edge - unit.down)
        edge = unit.y - unit.up - apart
    if layer and layer[0].y - layer[0].up < top - 1:
        _stack(layer, top, bottom)


def _spread(layers: list[list[Unit]], shell: tuple[float, float, float, float]) -> tuple[list[float], list[float]]:
    """Left and right edge of each inner layer, what is left over shared out among the channels."""
    inner = [max((unit.w for unit in layer), default=0.0) for layer in layers[1:-1]]
    channel = (shell[2] - shell[0] - 24 - sum(inner)) / (len(inner) + 1)
    lefts, rights = [], [shell[0] + 8]
    x = shell[0] + 12
    for width in inner:
        x += channel
        lefts.append(x)
        x += width
        rights.append(x)
    lefts.append(shell[2] - 12)
    return lefts, rights


def _positions(plan: Plan, layers: list[list[Unit]], lefts: list[float], wide: bool) -> dict[str, Point]:
    sizes = plan.sizes
    at: dict[str, Point] = {}
    for unit in layers[0]:
        if unit.source:
            at[unit.name] = (150.0 if wide else 82.0, unit.y)
    if not wide:
        at["x"], at["y"] = (250.0, 702.0), (1034.0, 81.0)
    for unit in layers[-1]:
        name = unit.name.removeprefix("out:")
        if name in plan.graph.outputs:
            at[name] = (1740.0 if wide else 1172.0, unit.y)
    for layer, left in zip(layers[1:-1], lefts, strict=False):
        widest = max((unit.w for unit in layer), default=0.0)
        for unit in layer:
            if not unit.item_w:
                continue
            x = left + (widest - unit.w) / 2
            item = plan.graph.items[unit.name]
            shift = unit.item_w - (sizes.gate[0] if item.kind == "gate" else unit.item_w)
            at[unit.name] = (x + shift + (unit.item_w - shift) / 2, unit.y)
            if unit.column:
                at[unit.column] = (x + unit.item_w + unit.gap + sizes.inner.w / 2, unit.y)
    return at


def _lines(
    subject: Subject, plan: Plan, at: dict[str, Point], layers: list[list[Unit]], nets: list[Net], lefts: list[float],
    rights: list[float],
) -> tuple[dict[tuple[str, str, str], list[Point]], dict[str, float]]:  # fmt: skip
    """The corners of every wire: level through the layers, upright in the channels between them."""
    ports = _ports(subject, plan, at, layers, nets)
    up = -1e3  # where y leaves upwards
    jumps: dict[tuple[int, str], tuple[float, list[float]]] = {}
    for net in nets:
        for k, unit in enumerate(net.way):
            layer = net.way[0].layer + k
            after = [net.way[k + 1].y] if k + 1 < len(net.way) else []
            ends = [e for e in net.ends if e[0] == layer + 1]
            after += [up if e[1] == "out:y" and not plan.wide else ports[(net.source, e[1], e[2])][1] for e in ends]
            start = 1e3 if net.source == "x" and k == 0 and not plan.wide else unit.y
            jumps[(layer, net.source)] = (start, after)
    channels = _channels(jumps, lefts, rights)
    lines: dict[tuple[str, str, str], list[Point]] = {}
    moved: dict[str, float] = {}
    for net in nets:
        for layer, name, tab in net.ends:
            points: list[Point] = []
            for k, unit in enumerate(net.way[: layer - net.way[0].layer]):
                x = channels[(net.way[0].layer + k, net.source)]
                if not points:
                    points = [_leaving(plan, at, net, unit, x)]
                    if net.source == "x" and not plan.wide:
                        moved["x"] = x
                        continue
                points.append((channels[(net.way[0].layer + k, net.source)], unit.y))
                points.append((x, unit.y))
                if k:
                    points[-2:] = [(channels[(net.way[0].layer + k - 1, net.source)], unit.y), (x, unit.y)]
            if name == "out:y" and not plan.wide:
                moved["y"] = x
                points.append((x, 120.0))
            else:
                port = ports[(net.source, name, tab)]
                points += [(x, port[1]), port]
            lines[(net.source, name, tab)] = _clean(points)
    return lines, moved


def _leaving(plan: Plan, at: dict[str, Point], net: Net, unit: Unit, channel: float) -> Point:
    """Where a net starts: on the right of its column or item, x from below at its channel."""
    sizes = plan.sizes
    if net.source == "x" and not plan.wide:
        return (channel, at["x"][1] - 50.0)
    if unit.column:
        return (at[unit.column][0] + sizes.inner.w / 2, unit.y)
    if unit.layer == 0:
        return (at[unit.name][0] + sizes.outer.w / 2, unit.y)
    item = plan.graph.items[unit.name]
    half = (sizes.gate[0] if item.kind == "gate" else unit.item_w) / 2
    return (at[unit.name][0] + half, unit.y)


def _ports(
    subject: Subject, plan: Plan, at: dict[str, Point], layers: list[list[Unit]], nets: list[Net]
) -> dict[tuple[str, str, str], Point]:
    """Where each wire ends: a tab, or its own place on the left rim, in the order in which the wires come."""
    coming: dict[str, list[tuple[float, str, str]]] = {}
    for net in nets:
        for layer, name, tab in net.ends:
            last = net.way[min(layer - 1 - net.way[0].layer, len(net.way) - 1)]
            height = 1e3 if last.name == "x" and not plan.wide else last.y
            coming.setdefault(name, []).append((height, net.source, tab))
    out: dict[tuple[str, str, str], Point] = {}
    for name, wires in coming.items():
        if name.startswith("out:"):
            x, y = at[name.removeprefix("out:")]
            out |= {(source, name, tab): (x - plan.sizes.outer.w / 2 - _GAP, y) for _, source, tab in wires}
            continue
        item, (x, y) = plan.graph.items[name], at[name]
        if item.kind == "gate":
            tabs = {t[0]: t for t in _tab_places(subject, plan, item, x, y)}
            for _, source, tab in wires:
                _, cx, cy, width = tabs[tab]
                out[(source, name, tab)] = (cx - width / 2 - _GAP, cy)
            continue
        half_w, _ = (v / 2 for v in _item_size(subject, plan, item))
        pitch = min(18.0, 1.5 * plan.sizes.circle / max(1, len(wires) - 1))
        for k, (_, source, tab) in enumerate(sorted(wires)):
            off = (k - (len(wires) - 1) / 2) * pitch
            reach = math.sqrt(plan.sizes.circle**2 - off**2) if item.kind == "circle" else half_w
            out[(source, name, tab)] = (x - reach - _GAP, y + off)
    return out


def _channels(
    jumps: dict[tuple[int, str], tuple[float, list[float]]], lefts: list[float], rights: list[float]
) -> dict[tuple[int, str], float]:
    """The x of the upright piece of each net between two layers, in the order that crosses least."""
    out: dict[tuple[int, str], float] = {}
    for layer in range(len(rights)):
        nets = [(source, jump) for (k, source), jump in jumps.items() if k == layer]
        upright = [(source, jump) for source, jump in nets if any(abs(y - jump[0]) > 1 for y in jump[1])]
        if len(upright) <= _ORDERED_BY_TRIAL:
            upright = list(min(permutations(upright), key=_crossings, default=()))
        else:
            upright.sort(key=lambda net: -net[1][0])
        left, right = rights[layer], lefts[layer]
        for k, (source, _) in enumerate(upright):
            out[(layer, source)] = left + (right - left) * (k + 1) / (len(upright) + 1)
        for source, _ in nets:
            out.setdefault((layer, source), (left + right) / 2)
    return out


def _crossings(order: tuple[tuple[str, tuple[float, list[float]]], ...]) -> int:
    """How often the wires of a channel cross when their uprights stand in this order from the left."""
    count = 0
    for i, (_, (start, ends)) in enumerate(order):
        low, high = min(start, *ends), max(start, *ends)
        for j, (_, (other, others)) in enumerate(order):
            if j > i:  # the other comes past on the left of its own upright
                count += low < other < high
            elif j < i:  # and goes on past it on the right
                count += sum(low < y < high for y in others)
    return count


def _clean(points: list[Point]) -> list[Point]:
    """Without repetitions and points in the middle of a straight line."""
    out: list[Point] = []
    for p in points:
        if out and abs(p[0] - out[-1][0]) < 0.01 and abs(p[1] - out[-1][1]) < 0.01:
            continue
        if len(out) > 1 and (
            abs(out[-2][0] - out[-1][0]) < 0.01 and abs(out[-1][0] - p[0]) < 0.01
            or abs(out[-2][1] - out[-1][1]) < 0.01 and abs(out[-1][1] - p[1]) < 0.01
        ):  # fmt: skip
            out[-1] = p
            continue
        out.append(p)
    return out
