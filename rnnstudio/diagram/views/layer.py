"""View 2, Layer: the chosen layer's nodes and all its weights, one node looked into (DESIGN §6.2)."""

from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_symbols import math_width
from rnnstudio.diagram.views.layer_detail import Detail, draw_card
from rnnstudio.diagram.views.traditional import (
    Traditional,
    across,
    caption,
    drawn_units,
    layer_name,
    lit_input,
    number_px,
    quoted,
    strongest,
    traditional,
    with_gaps,
    words_come_in,
)

#: A layer with more weights than 8 × 8 shows only the edges of the node that is looked into (DESIGN §11).
EDGES_UP_TO = 64
#: With more inputs than this only the strongest are drawn.
INPUTS_UP_TO, STRONGEST = 32, 6
#: Up to this many nodes are drawn in full.
NODES_UP_TO = 12
#: Where the weight stands on its edge, and where the product does when there is room.
AT_WEIGHT, AT_PRODUCT = 0.36, 0.755
#: Edge widths: px at w = 0, px more at |w| = vmax, opacity; of the active node, of the others beside it, of all alike.
LIT, BESIDE, ALIKE = (2.0, 9.0, 1.0), (1.5, 6.0, 0.22), (1.5, 6.0, 0.9)


@dataclass(frozen=True)
class Geometry:
    """Where things are, in one of the two frames."""

    x: float  # the inputs' column
    y: float  # the nodes' column
    middle: float
    pitch: float
    span: float  # from the first centre to the last one, at most
    input_radius: float
    node_radius: float
    input_px: float
    node_px: float
    symbol: float
    symbol_gap: float
    pill: tuple[float, float, float]  # height, size of its label, size of its number
    product: tuple[float, float, float]  # width, height, size of its number
    product_pitch: float  # the least distance of two products that can be read
    names: tuple[float, float]  # y, size
    small: float
    floor: float
    detail: Detail


NORMAL = Geometry(
    x=300, y=800, middle=378, pitch=172, span=516, input_radius=40, node_radius=46, input_px=19, node_px=22, symbol=32,
    symbol_gap=22, pill=(34, 20, 16), product=(58, 30, 15), product_pitch=18, names=(716, 17), small=12.5, floor=10,
    detail=Detail(x=962, w=270, h=272, top=70, bottom=696),
)  # fmt: skip
WIDE = Geometry(
    x=330, y=1060, middle=345, pitch=144, span=432, input_radius=46, node_radius=50, input_px=28, node_px=30, symbol=46,
    symbol_gap=18, pill=(46, 32, 28), product=(94, 42, 28), product_pitch=46, names=(668, 28), small=28, floor=28,
    detail=Detail(x=1300, w=580, h=430, top=76, bottom=628, title=28, sum=38, result=42, name=28, curve=(170, 150),
                  rows=(36, 92, 138, 380), inset=26),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A column of nodes that stand for a vector."""

    x: float
    slots: tuple[int | None, ...]
    pitch: float
    radius: float
    middle: float

    def y(self, slot: int) -> float:
        """Centre of a slot."""
        return self.middle + (slot - (len(self.slots) - 1) / 2) * self.pitch

    @property
    def at(self) -> dict[int, float]:
        """Centre of each unit that is drawn."""
        return {i: self.y(slot) for slot, i in enumerate(self.slots) if i is not None}


def lay_out(subject: Subject) -> Layout:
    """Lay out the layer; ``subject.active`` is the node looked into, −1 for none."""
    g = WIDE if subject.frame.wide else NORMAL
    layer = traditional(subject)
    b = Builder("layer", subject.frame)
    b.title = "Zoom into one layer"
    b.caption = caption(subject, "Each node weighs its inputs with one row of W, adds them up and applies f.")
    active = subject.active if 0 <= subject.active < layer.size else -1
    inputs, nodes = _rows(subject, g, layer, active)
    _layer_plate(b, inputs, nodes)
    _inputs(b, subject, g, layer, inputs)
    _nodes(b, subject, g, layer, nodes, active)
    weights = b.block(layer.W, layer.size, layer.inputs, scale="weight")
    _edges(b, layer, inputs, nodes, active, weights)
    if active >= 0:
        lowest = _terms(b, subject, g, layer, inputs, nodes, active, weights)
        _bias(b, g, layer, inputs, nodes, active, lowest)
        draw_card(b, g.detail, layer, active, subject.network.layers[subject.network.chosen].size, nodes.x,
                  nodes.at[active], nodes.radius, across(subject.frame))  # fmt: skip
    _captions(b, subject, g, layer, inputs, nodes)
    return b.layout()


def _rows(subject: Subject, g: Geometry, layer: Traditional, active: int) -> tuple[Row, Row]:
    lit = lit_input(subject) if words_come_in(subject) else -1
    if layer.inputs > INPUTS_UP_TO:
        W = np.asarray(subject.layer.parameters[layer.W])
        row = W[active] if active >= 0 else np.abs(W).max(axis=0)
        slots = with_gaps(strongest(row, STRONGEST, lit), layer.inputs)
    else:
        slots = tuple(range(layer.inputs))
    place = across(subject.frame)
    inputs = _row(g, place(g.x), slots, g.input_radius)
    nodes = _row(g, place(g.y), drawn_units(layer.size, NODES_UP_TO, active), g.node_radius)
    return inputs, nodes


def _row(g: Geometry, x: float, slots: tuple[int | None, ...], radius: float) -> Row:
    pitch = min(g.pitch, g.span / max(1, len(slots) - 1))
    return Row(x, slots, pitch, min(radius, 0.43 * pitch), g.middle)


def _layer_plate(b: Builder, inputs: Row, nodes: Row) -> None:
    """Invisible; the layer's band of Network and its element of Condensed grow out of it and back into it."""
    left, right = inputs.x - inputs.radius - 30, nodes.x + nodes.radius + 30
    half = max(inputs.y(len(inputs.slots) - 1) + inputs.radius, nodes.y(len(nodes.slots) - 1) + nodes.radius)
    height = 2 * (half - inputs.middle) + 40
    b.plate(Key("cell"), "box", (left + right) / 2, inputs.middle, right - left, height, role="op", fill="boxfill",
            stroke=2.6, radius=22.0, alpha=0.0, z=0)  # fmt: skip


def _inputs(b: Builder, subject: Subject, g: Geometry, layer: Traditional, row: Row) -> None:
    block = b.block("x", layer.inputs)
    r = row.radius
    px = _fitting_px(g, g.input_px, r, g.input_radius)
    size = min(g.symbol, 0.8 * row.pitch)
    left = row.x - r - g.symbol_gap
    for j, y in row.at.items():
        b.tile(Key("x", i=j), row.x, y, 2 * r, 2 * r, block, j, role="x", radius=r, stroke=3.4 if r > 20 else 2.0, z=4,
               px=px)  # fmt: skip
        if size >= g.floor:
            b.label(Key("x", i=j, part="symbol"), f"<x|x_{{{j + 1}}}>", left, y - 2, size, align="r")
    lit = lit_input(subject) if words_come_in(subject) else -1
    if lit in row.at:
        word = subject.token(subject.t)
        assert word is not None
        b.label(Key("x", part="word"), quoted(word), left - math_width(f"x_{{{lit + 1}}}", size) - 16, row.at[lit],
                max(g.floor, min(19.0, size)), align="r", font="ui", weight=650)  # fmt: skip
    _gaps(b, "x", row)


def _fitting_px(g: Geometry, wanted: float, radius: float, full: float) -> float:
    """Size of a node's number: follows the radius down to the floor, and is left out below."""
    px = max(g.floor, wanted * radius / full)
    return px if 2 * radius >= 2.9 * px else 0.0


def _gaps(b: Builder, what: str, row: Row) -> None:
    for slot, i in enumerate(row.slots):
        if i is None:
            b.plate(Key("dots", i=slot, part=what), "dots-v", row.x, row.y(slot), 10, 40, role="text3", fill="text3",
                    stroke=0.0, z=4)  # fmt: skip


def _nodes(b: Builder, subject: Subject, g: Geometry, layer: Traditional, row: Row, active: int) -> None:
    block = b.block(layer.handed, layer.size)
    r = row.radius
    px = _fitting_px(g, g.node_px, r, g.node_radius)
    size = min(g.symbol, 0.8 * row.pitch)
    for i, y in row.at.items():
        b.tile(Key(layer.handed, i=i), row.x, y, 2 * r, 2 * r, block, i, role="y", radius=r,
               stroke=3.6 if r > 20 else 2.2, z=4, px=px)  # fmt: skip
        # the leader to the card leaves where the symbol would stand
        lift = 0.65 * r if i == active else 2.0
        if size >= g.floor:
            b.label(Key(layer.handed, i=i, part="symbol"), layer.output(i + 1), row.x + r + 16, y - lift, size, align="l")
    _gaps(b, layer.handed, row)


def _edges(b: Builder, layer: Traditional, inputs: Row, nodes: Row, active: int, block: int) -> None:
    """All weights as lines; each goes through its own value, which shows on the active node's lines only."""
    everything = layer.inputs * layer.size <= EDGES_UP_TO or active < 0
    for i, y in nodes.at.items():
        if not everything and i != active:
            continue
        thin, per_weight, alpha = LIT if i == active else ALIKE if active < 0 else BESIDE
        if not everything or len(inputs.at) > 12:
            thin, per_weight = thin * 0.7, per_weight * 0.6
        for j, x_y in inputs.at.items():
            if i != active:
                b.tile(Key("W", i=i, j=j), inputs.x + AT_WEIGHT * (nodes.x - inputs.x), x_y + AT_WEIGHT * (y - x_y), 20,
                       12, block, i * layer.inputs + j, role="W", alpha=0.0, px=0.0, z=1)  # fmt: skip
            b.edge(Key("W", i=i, j=j, part="edge"), Key("x", i=j), Key("W", i=i, j=j), Key(layer.handed, i=i), block,
                   i * layer.inputs + j, thin=thin, per_weight=per_weight, alpha=alpha, z=1)  # fmt: skip


def _terms(
    b: Builder, subject: Subject, g: Geometry, layer: Traditional, inputs: Row, nodes: Row, active: int, block: int
) -> float:
    """The active node's weights and products on their lines; returns the lower rim of the last product."""
    y = nodes.at[active]
    W = np.asarray(subject.layer.parameters[layer.W])[active]
    products = b.block("product", layer.inputs, row=active, scale="weight")
    at = min(AT_PRODUCT, max(0.62, 1 - g.product_pitch / inputs.pitch))
    weight_gap, product_gap = (1 - AT_WEIGHT) * inputs.pitch, (1 - at) * inputs.pitch
    single = len(inputs.at) == 1
    pill_h = g.pill[0] if single else min(g.pill[0], weight_gap - 3)
    product_h = g.product[1] if single else min(g.product[1], product_gap - 2)
    px = g.product[2] * product_h / g.product[1]
    product_px = px if px >= 10 and g.floor < 28 else 28.0 if product_h >= 36 else 0.0
    lowest = y
    for j, x_y in inputs.at.items():
        x0, y0 = inputs.x + AT_WEIGHT * (nodes.x - inputs.x), x_y + AT_WEIGHT * (y - x_y)
        _pill(b, g, layer, active, j, (x0, y0), pill_h, block, float(W[j]))
        x1, y1 = inputs.x + at * (nodes.x - inputs.x), x_y + at * (y - x_y)
        b.tile(Key("product", i=active, j=j), x1, y1, g.product[0], product_h, products, j, role="text",
               radius=product_h / 2, stroke=1.6 if product_h > 12 else 0.8, px=product_px, z=5)  # fmt: skip
        lowest = max(lowest, y1 + product_h / 2)
    note_y = lowest + g.small * 1.4
    b.label(Key("product", part="rounded"), "rounded", inputs.x + at * (nodes.x - inputs.x) + 0.24 * g.product[0],
            note_y, g.small, role="text3", font="ui", when=f"rounded:product:{active}")  # fmt: skip
    return lowest


def _pill(
    b: Builder, g: Geometry, layer: Traditional, i: int, j: int, at: tuple[float, float], height: float, block: int,
    weight: float,
) -> None:  # fmt: skip
    """A weight on its line: symbol and value; where there is no room, the value's colour."""
    x, y = at
    key = Key("W", i=i, j=j)
    label_px = min(g.pill[1], height * 0.62)
    px = min(g.pill[2], height * 0.5)
    line = "posline" if weight > 0 else "negline"
    if label_px < g.floor:
        small = max(3.0, min(14.0, height))
        b.tile(key, x, y, 40, small, block, i * layer.inputs + j, role=line, radius=small / 2, stroke=1.0, px=0.0, z=5)
        return
    text = layer.weight(i + 1, j + 1)
    label_w = math_width(text, label_px)
    tile_w = 52 * height / 34 if g.floor < 28 else 88.0
    width = label_w + tile_w + 0.8 * height
    b.plate(key._replace(part="pill"), "pill", x, y, width, height, role=line, fill="raised", stroke=2.2,
            radius=height / 2, z=4)  # fmt: skip
    b.label(key._replace(part="symbol"), text, x - width / 2 + 0.38 * height, y - 1, label_px, align="l")
    b.tile(key, x + width / 2 - tile_w / 2 - 0.13 * height, y, tile_w, height * 0.76, block, i * layer.inputs + j,
           role="W", radius=height * 0.38, px=max(g.floor, number_px(tile_w, layer.decimals, px)), z=5)  # fmt: skip


def _bias(
    b: Builder, g: Geometry, layer: Traditional, inputs: Row, nodes: Row, active: int, lowest: float
) -> None:
    """The bias: one more term of the active node's sum; those of the others wait where they would be."""
    if not layer.b:
        return
    block = b.block(layer.b, layer.size, scale="weight")
    for i, y in nodes.at.items():
        if i != active:
            b.tile(Key("b", i=i), nodes.x - nodes.radius - 30, y + nodes.radius, 20, 12, block, i, role="W", alpha=0.0,
                   px=0.0, z=1)  # fmt: skip
    height = g.pill[0] if g.floor < 28 else g.product[1]
    x = inputs.x + 0.755 * (nodes.x - inputs.x) - (12 if g.floor < 28 else 70)
    y = lowest + g.small * 2.2 + height / 2 + 4
    text = f"+ {layer.bias(active + 1)}"
    label_w = math_width(text, g.pill[1])
    tile_w = 52.0 if g.floor < 28 else 92.0
    width = label_w + tile_w + 0.8 * height
    key = Key("b", i=active)
    b.plate(key._replace(part="pill"), "pill", x, y, width, height, role="W", fill="raised", stroke=2.2,
            radius=height / 2, z=4)  # fmt: skip
    b.label(key._replace(part="symbol"), text, x - width / 2 + 0.38 * height, y - 1, g.pill[1], align="l")
    b.tile(key, x + width / 2 - tile_w / 2 - 0.13 * height, y, tile_w, height * 0.76, block, active, role="W",
           radius=height * 0.38, px=number_px(tile_w, 2, g.pill[2]), z=5)  # fmt: skip
    r, node_y = nodes.radius, nodes.at[active]
    end = (nodes.x - 0.6 * r, node_y + 0.8 * r)
    b.wire(Key("wire:b"), [(x + width / 2, y), (end[0], y), end] if end[1] < y - 16 else [(x + width / 2, y), end],
           role="W", width=2.0, style="leader", z=1, block=block,
           start=Anchor(key._replace(part="pill"), 1, 0), end=Anchor(Key(layer.handed, i=active), -0.6, 0.8))  # fmt: skip


def _captions(b: Builder, subject: Subject, g: Geometry, layer: Traditional, inputs: Row, nodes: Row) -> None:
    y, px = g.names
    below = layer_name(subject.network, subject.network.chosen - 1)
    left_out = layer.inputs - len(inputs.at)
    words = f"inputs  ({below})" if not left_out else f"the {len(inputs.at)} strongest inputs, {left_out} more"
    b.label(Key("x", part="count"), words, inputs.x, y, px, role="text2", font="ui", weight=500)
    name = layer_name(subject.network, subject.network.chosen)
    hidden = layer.size - len(nodes.at)
    words = f"nodes of {name}" if not hidden else f"{layer.size} nodes of {name}"
    b.label(Key(layer.handed, part="count"), words, nodes.x, y, px, role="text2", font="ui", weight=500)
