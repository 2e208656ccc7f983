"""Layers of a cell's items from left to right, and heights at which their wires seldom cross."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_graph import Graph, Item
from rnnstudio.diagram.views.cell_parts import block_size, card_size, tab_places
from rnnstudio.diagram.views.cell_plan import Plan
from rnnstudio.diagram.views.columns import column_height
from rnnstudio.engine.shapes import length

#: Least and greatest distance between things above each other, and half the height of a wire that only passes.
_APART, _MOST_APART, _PASSING = 8.0, 26.0, 8.0
_SWEEPS = 12


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


def _level(graph: Graph, source: str, found: dict[str, int]) -> int:
    """Layer of what delivers a source: one after the last of what it needs; inputs and biases come before all."""
    name = graph.owner.get(source)
    if name is None:
        return 0
    if name not in found:
        needed = [link.source for link in graph.links if link.target == name]
        found[name] = 1 + max((_level(graph, s, found) for s in needed), default=0)
    return found[name]


def build_layers(subject: Subject, plan: Plan) -> list[list[Unit]]:
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
        tall = column_height(n["I"], sizes.x) / 2
        layers[0].append(Unit("x", "x", 0, sizes.x.w, tall, tall))
        tall = column_height(subject.layer.width, sizes.y) / 2
        layers[-1].insert(len(layers[-1]) // 2, Unit("out:y", "", last + 1, sizes.y.w, tall, tall))
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
    w, h = item_size(subject, plan, item)
    value = plan.graph.columns.get(source, "")
    column = value if value and value not in plan.graph.outputs else ""
    if not column:
        return Unit(item.name, source, layer, w, h / 2, h / 2, w)
    half = column_height(length(subject.program.sizes[column], subject.layer.sizes), sizes.inner) / 2
    label = 1.3 * (sizes.value if len(column) == 1 else sizes.expression)
    return Unit(item.name, source, layer, w + 22 + sizes.inner.w, max(h / 2, half + label), max(h / 2, half), w, column)


def item_size(subject: Subject, plan: Plan, item: Item) -> tuple[float, float]:
    """Width and height of an item with what stands out of it."""
    sizes = plan.sizes
    if item.kind == "gate":
        tabs = tab_places(subject, plan, item, 0.0, 0.0)
        entries = [name for name, *_ in tabs if name not in subject.program.biases]
        hanging = sizes.tab[1] if len(entries) < len(tabs) else 0.0
        height = max(sizes.gate[1] + hanging, max(2, len(entries)) * (sizes.tab[1] + 4))
        return sizes.gate[0] + max(t[3] for t in tabs) / 2, height
    if item.kind == "block":
        w, h = block_size(subject, plan, item.params[0])[:2]
        return w, h + (sizes.tab[1] / 2 if len(item.params) > 1 else 0)
    if item.kind == "bias":
        rows = length(subject.program.parameters[item.name][0], subject.layer.sizes)
        return sizes.inner.w, column_height(rows, sizes.inner)
    if item.kind == "pill":
        return sizes.pill[:2]
    if item.kind == "function":
        assert item.op is not None
        return card_size(sizes, item.op)[:2]
    return 2 * sizes.circle, 2 * sizes.circle


def build_nets(graph: Graph, layers: list[list[Unit]]) -> list[Net]:
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


def fit_layers(layers: list[list[Unit]], shell: tuple[float, float, float, float], symbol: float) -> None:
    """Where a layer is full, symbols give up their room above the columns: letters stand beside them, then the rest."""
    top, bottom = _inside(shell)

    def full(layer: list[Unit]) -> bool:
        return sum(unit.up + unit.down for unit in layer) + _APART * (len(layer) + 1) > bottom - top

    for layer in layers[1:-1]:
        if full(layer):
            for unit in layer:
                if len(unit.column) == 1:
                    unit.up = min(unit.up, max(unit.down, _PASSING))
                    unit.gap += 1.3 * symbol
                    unit.w += 1.3 * symbol
        if full(layer):
            for unit in layer:
                unit.up = min(unit.up, max(unit.down, _PASSING))


def order_layers(layers: list[list[Unit]], nets: list[Net], shell: tuple[float, float, float, float]) -> None:
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
    for units in layers:
        _stack(units, top, bottom)
    for sweep in range(_SWEEPS):
        for units in layers if sweep % 2 == 0 else reversed(layers):
            wanted = {}
            for unit in units:
                others = near[id(unit)]
                before = [o for o in others if (o.layer < unit.layer) == (sweep % 2 == 0)] or others
                wanted[id(unit)] = sum(o.y for o in before) / len(before) if before else unit.y
            if sweep < _SWEEPS - 4:
                units.sort(key=lambda unit: wanted[id(unit)])
            _settle(units, wanted, top, bottom)


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
