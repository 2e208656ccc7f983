"""View 2, Layer: the chosen layer's nodes and all its weights, one node looked into (DESIGN §6.2)."""

import numpy as np

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_symbols import math_width
from rnnstudio.diagram.views.layer_detail import draw_card
from rnnstudio.diagram.views.layer_geometry import AT_WEIGHT, NORMAL, WIDE, Geometry, Row
from rnnstudio.diagram.views.layer_terms import draw_bias, draw_terms
from rnnstudio.diagram.views.traditional import (
    Traditional,
    across,
    caption,
    drawn_units,
    layer_name,
    lit_input,
    quoted,
    strongest,
    traditional,
    words_come_in,
)
from rnnstudio.sentence import sentence

#: A layer with more weights than 8 × 8 shows only the edges of the node that is looked into (DESIGN §11).
EDGES_UP_TO = 64
#: With more inputs than this only the strongest are drawn.
INPUTS_UP_TO, STRONGEST = 32, 6
#: Up to this many nodes are drawn in full.
NODES_UP_TO = 12
#: Edge widths: px at w = 0, px more at |w| = vmax, opacity; of the active node, of the others beside it, of all alike.
LIT, BESIDE, ALIKE = (2.0, 9.0, 1.0), (1.5, 6.0, 0.22), (1.5, 6.0, 0.9)


def lay_out(subject: Subject) -> Layout:
    """Lay out the layer; ``subject.active`` is the node looked into, −1 for none."""
    g = WIDE if subject.frame.wide else NORMAL
    layer = traditional(subject)
    b = Builder("layer", subject.frame, subject.notation)
    b.title = "Zoom into one layer"
    b.caption = caption(subject, "Each node weighs its inputs with one row of W, adds them up and applies f.")
    active = looked_into(subject, layer)
    inputs, nodes = _rows(subject, g, layer, active)
    _layer_plate(b, inputs, nodes)
    _inputs(b, subject, g, layer, inputs)
    _nodes(b, subject, g, layer, nodes, active)
    weights = b.block(layer.W, layer.size, layer.inputs, scale="weight")
    _edges(b, layer, inputs, nodes, active, weights)
    if active >= 0:
        rims = draw_terms(b, subject, g, layer, inputs, nodes, active, weights)
        draw_bias(b, g, layer, inputs, nodes, active, rims)
        draw_card(b, g.detail, layer, active, subject.network.layers[subject.network.chosen].size, nodes.x,
                  nodes.at[active], nodes.radius, across(subject.frame))  # fmt: skip
    _captions(b, subject, g, layer, inputs, nodes)
    return b.layout()


def looked_into(subject: Subject, layer: Traditional) -> int:
    """The node that is looked into; −1 for none."""
    return subject.active if 0 <= subject.active < layer.size else -1


def shown_inputs(subject: Subject, layer: Traditional) -> tuple[int | None, ...]:
    """The inputs that are drawn, None for those left out: all, or the strongest."""
    if layer.inputs <= INPUTS_UP_TO:
        return tuple(range(layer.inputs))
    W, active = np.asarray(subject.layer.parameters[layer.W]), looked_into(subject, layer)
    row = W[active] if active >= 0 else np.abs(W).max(axis=0)
    return (*strongest(row, STRONGEST, lit_input(subject) if words_come_in(subject) else -1), None)


def _rows(subject: Subject, g: Geometry, layer: Traditional, active: int) -> tuple[Row, Row]:
    place = across(subject.frame)
    inputs = _row(g, place(g.x), shown_inputs(subject, layer), g.input_radius)
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
        letters = math_width(b.notation.write(f"<x|x_{{{lit + 1}}}>"), size)
        b.label(Key("x", part="word"), quoted(word), left - letters - 16, row.at[lit], max(g.floor, min(19.0, size)),
                align="r", font="ui", weight=650)  # fmt: skip
    _gaps(b, "x", row)
    left_out = layer.inputs - len(row.at)
    if left_out:
        b.label(Key("x", part="more"), sentence("{left_out} more", left_out=left_out), row.x - 22,
                row.y(len(row.slots) - 1), g.names[1],
                role="text3", align="r", font="ui", weight=500)  # fmt: skip


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
        # the leader to the card leaves where the symbol would stand; without room above it the card alone says which
        lift = 0.65 * r if i == active else 2.0
        if size >= g.floor and lift <= row.pitch - 1.1 * size + 2:
            b.label(Key(layer.handed, i=i, part="symbol"), layer.output(i + 1), row.x + r + 16, y - lift, size,
                    align="l")  # fmt: skip
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


def _captions(b: Builder, subject: Subject, g: Geometry, layer: Traditional, inputs: Row, nodes: Row) -> None:
    y, px = g.names
    below = layer_name(subject.network, subject.network.chosen - 1)
    words = "inputs" if subject.network.chosen == 0 else sentence("inputs  ({below})", below=below)
    if len(inputs.at) < layer.inputs:
        words = sentence("{count} of {inputs} inputs, the strongest", count=len(inputs.at), inputs=layer.inputs)
    b.label(Key("x", part="count"), words, inputs.x, y, px, role="text2", font="ui", weight=500)
    name = layer_name(subject.network, subject.network.chosen)
    hidden = layer.size - len(nodes.at)
    words = (
        sentence("nodes of {name}", name=name)
        if not hidden
        else sentence("{size} nodes of {name}", size=layer.size, name=name)
    )
    b.label(Key(layer.handed, part="count"), words, nodes.x, y, px, role="text2", font="ui", weight=500)
