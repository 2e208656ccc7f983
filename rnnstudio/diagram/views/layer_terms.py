"""The active node of the Layer view: its weights and products on their lines, and its bias."""

import numpy as np

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_symbols import math_width
from rnnstudio.diagram.views.layer_geometry import AT_PRODUCT, AT_WEIGHT, Geometry, Row
from rnnstudio.diagram.views.traditional import Traditional, number_px


def draw_terms(
    b: Builder, subject: Subject, g: Geometry, layer: Traditional, inputs: Row, nodes: Row, active: int, block: int
) -> tuple[float, float]:
    """The active node's weights and products on their lines; returns the upper and lower rim of the products."""
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
    highest = lowest = y
    for j, x_y in inputs.at.items():
        x0, y0 = inputs.x + AT_WEIGHT * (nodes.x - inputs.x), x_y + AT_WEIGHT * (y - x_y)
        _pill(b, g, layer, active, j, (x0, y0), pill_h, block, float(W[j]))
        x1, y1 = inputs.x + at * (nodes.x - inputs.x), x_y + at * (y - x_y)
        b.tile(Key("product", i=active, j=j), x1, y1, g.product[0], product_h, products, j, role="text",
               radius=product_h / 2, stroke=1.6 if product_h > 12 else 0.8, px=product_px, z=5)  # fmt: skip
        highest, lowest = min(highest, y1 - product_h / 2), max(lowest, y1 + product_h / 2)
    note_y = lowest + g.small * 1.4
    b.label(Key("product", part="rounded"), "rounded", inputs.x + at * (nodes.x - inputs.x) + 0.24 * g.product[0],
            note_y, g.small, role="text3", font="ui", when=f"rounded:product:{active}")  # fmt: skip
    return highest, lowest


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
    label_w = math_width(b.notation.write(text), label_px)
    tile_w = 52 * height / 34 if g.floor < 28 else 88.0
    width = label_w + tile_w + 0.8 * height
    # the value lies on the line, so that the line goes through it straight; the symbol stands left of it
    left = x + tile_w / 2 + 0.13 * height - width
    b.plate(key._replace(part="pill"), "pill", left + width / 2, y, width, height, role=line, fill="raised", stroke=2.2,
            radius=height / 2, z=4)  # fmt: skip
    b.label(key._replace(part="symbol"), text, left + 0.38 * height, y - 1, label_px, align="l")
    b.tile(key, x, y, tile_w, height * 0.76, block, i * layer.inputs + j,
           role="W", radius=height * 0.38, px=max(g.floor, number_px(tile_w, layer.decimals, px)), z=5)  # fmt: skip


def draw_bias(
    b: Builder, g: Geometry, layer: Traditional, inputs: Row, nodes: Row, active: int, rims: tuple[float, float]
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
    side = 1 if nodes.at[active] <= nodes.middle else -1  # towards the middle, where there is room
    y = rims[1] + g.small * 2.2 + height / 2 + 4 if side > 0 else rims[0] - height / 2 - 12
    text = f"+ {layer.bias(active + 1)}"
    label_w = math_width(b.notation.write(text), g.pill[1])
    tile_w = 52.0 if g.floor < 28 else 92.0
    width = label_w + tile_w + 0.8 * height
    key = Key("b", i=active)
    b.plate(key._replace(part="pill"), "pill", x, y, width, height, role="W", fill="raised", stroke=2.2,
            radius=height / 2, z=4)  # fmt: skip
    b.label(key._replace(part="symbol"), text, x - width / 2 + 0.38 * height, y - 1, g.pill[1], align="l")
    b.tile(key, x + width / 2 - tile_w / 2 - 0.13 * height, y, tile_w, height * 0.76, block, active, role="W",
           radius=height * 0.38, px=number_px(tile_w, 2, g.pill[2]), z=5)  # fmt: skip
    r, node_y = nodes.radius, nodes.at[active]
    b.wire(Key("wire:b"), [(x + width / 2, y), (nodes.x - 0.8 * r, node_y + side * 0.6 * r)], role="W", width=2.2, z=1,
           block=block, start=Anchor(key._replace(part="pill"), 1, 0),
           end=Anchor(Key(layer.handed, i=active), -0.8, side * 0.6))  # fmt: skip
