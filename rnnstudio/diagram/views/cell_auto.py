"""The inside of a cell without given positions: layers from left to right, wires in the channels between them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import permutations

from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_layers import (
    Net,
    Unit,
    build_layers,
    build_nets,
    fit_layers,
    item_size,
    order_layers,
)
from rnnstudio.diagram.views.cell_parts import tab_places
from rnnstudio.diagram.views.cell_plan import NORMAL, WIDE, Plan, Point, scaled, unplaced

_SHELL, _WIDE_SHELL = (176.0, 146.0, 1110.0, 642.0), (230.0, 52.0, 1580.0, 672.0)
_SIZES = replace(NORMAL, value=22, expression=17)
_GAP = 3.0
#: A cell of many layers is drawn smaller, as far as its wires need room between them.
_FACTORS, _LEAST_CHANNEL = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6), 26.0
_ORDERED_BY_TRIAL = 5
#: A source with its height and the heights it goes to, in one channel.
Jump = tuple[str, tuple[float, list[float]]]


def laid_out(subject: Subject) -> Plan:
    """Find positions and wires for a cell whose file gives none."""
    wide = subject.frame.wide
    graph = unplaced(subject)
    frame = _WIDE_SHELL if wide else _SHELL
    for factor in _FACTORS:
        sizes = scaled(WIDE if wide else _SIZES, factor)
        draft = Plan(graph, sizes, {}, frame, wide=wide, lines={("", "", ""): []})
        layers = build_layers(subject, draft)
        nets = build_nets(graph, layers)
        fit_layers(layers, frame, sizes.value)
        if _channel(layers, frame) >= _LEAST_CHANNEL:
            break
    order_layers(layers, nets, frame)
    lefts, rights = _spread(layers, frame)
    at = _positions(draft, layers, lefts, wide)
    lines, channels = _lines(subject, draft, at, layers, nets, lefts, rights)
    for name, x in channels.items():
        at[name] = (x, at[name][1])
    plan = Plan(graph, draft.sizes, at, frame, wide=wide, lines=lines)
    return plan.within(subject.frame)


def _spread(layers: list[list[Unit]], shell: tuple[float, float, float, float]) -> tuple[list[float], list[float]]:
    """Left and right edge of each inner layer, what is left over shared out among the channels."""
    inner, channel = _widths(layers), _channel(layers, shell)
    lefts, rights = [], [shell[0] + 8]
    x = shell[0] + 12
    for width in inner:
        x += channel
        lefts.append(x)
        x += width
        rights.append(x)
    lefts.append(shell[2] - 12)
    return lefts, rights


def _widths(layers: list[list[Unit]]) -> list[float]:
    return [max((unit.w for unit in layer), default=0.0) for layer in layers[1:-1]]


def _channel(layers: list[list[Unit]], shell: tuple[float, float, float, float]) -> float:
    """The width that is left for the wires between two layers."""
    inner = _widths(layers)
    return (shell[2] - shell[0] - 24 - sum(inner)) / (len(inner) + 1)


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
    if unit.layer == 0 and unit.name in plan.graph.items:
        return (at[unit.name][0] - sizes.inner.w / 2, unit.y)  # a bias over the first operators
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
            tabs = {t[0]: t for t in tab_places(subject, plan, item, x, y)}
            for _, source, tab in wires:
                _, cx, cy, width = tabs[tab]
                out[(source, name, tab)] = (cx - width / 2 - _GAP, cy)
            continue
        half_w, _ = (v / 2 for v in item_size(subject, plan, item))
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
            upright = list(min(permutations(upright), key=lambda order: _crossings(tuple(order)), default=()))
        else:
            upright.sort(key=lambda net: -net[1][0])
        left, right = rights[layer], lefts[layer]
        for k, (source, _) in enumerate(upright):
            out[(layer, source)] = left + (right - left) * (k + 1) / (len(upright) + 1)
        for source, _ in nets:
            out.setdefault((layer, source), (left + right) / 2)
    return out


def _crossings(order: tuple[Jump, ...]) -> int:
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
            (abs(out[-2][0] - out[-1][0]) < 0.01 and abs(out[-1][0] - p[0]) < 0.01)
            or (abs(out[-2][1] - out[-1][1]) < 0.01 and abs(out[-1][1] - p[1]) < 0.01)
        ):  # fmt: skip
            out[-1] = p
            continue
        out.append(p)
    return out
