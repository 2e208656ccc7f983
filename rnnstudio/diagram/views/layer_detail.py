"""The card of the Layer view: the sum of the node looked into, f with its operating point, the result."""

from collections.abc import Callable
from dataclasses import dataclass

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.views.cell_symbols import math_width
from rnnstudio.diagram.views.traditional import Traditional, function_name

#: A number as it may come out, to measure with.
_SAMPLE = "0.00"


@dataclass(frozen=True)
class Detail:
    """Geometry of the card. ``curve``: top and height of the plot; ``rows``: y of title, sum, note and result."""

    x: float
    w: float
    h: float
    top: float
    bottom: float
    title: float = 14.0
    sum: float = 21.0
    result: float = 23.0
    name: float = 17.0
    note: float = 12.5
    curve: tuple[float, float] = (98.0, 108.0)
    rows: tuple[float, float, float, float] = (24.0, 58.0, 80.0, 240.0)
    inset: float = 18.0


def draw_card(
    b: Builder, d: Detail, layer: Traditional, unit: int, size: int, node_x: float, node_y: float, radius: float,
    place: Callable[[float], float],
) -> None:  # fmt: skip
    """Add the card of a node, and the leader from the node to it."""
    left = min(place(d.x), b.frame.width - 20 - d.w)
    top = min(max(node_y - d.h / 2, d.top), d.bottom - d.h)
    cx, cy = left + d.w / 2, top + d.h / 2
    b.plate(Key("f"), "card", cx, cy, d.w, d.h, role="border", fill="raised", stroke=1.2, radius=14.0, z=2)
    b.wire(Key("wire:detail"), [(node_x + radius, node_y), (left, node_y)], role="text3", width=1.4, style="leader",
           z=1, start=Anchor(Key(layer.handed, i=unit), 1, 0),
           end=Anchor(Key("f"), -1, (node_y - cy) / (d.h / 2)))  # fmt: skip
    total = b.block("rowsum", size, row=unit, scale="weight")
    result = b.block(layer.handed, size)
    x = left + d.inset
    title, sum_y, note_y, result_y = (top + row for row in d.rows)
    b.label(Key("f", part="title"), "Inside this node", x, title, d.title, role="text3", align="l", font="ui",
            weight=600)  # fmt: skip
    bias = f" + {layer.bias(unit + 1)}" if layer.b else ""
    text = f"Σ_{{j}} {layer.weight(unit + 1, 'j')} <x|x_{{j}}>{bias} = {{0}}"
    width = math_width(b.notation.write(text).replace("{0}", _SAMPLE), d.sum)
    px = min(d.sum, d.sum * (d.w - 2 * d.inset) / width)
    b.label(Key("rowsum", i=unit), text, x, sum_y, px, align="l", values=((total, unit),))
    b.label(Key("rowsum", part="rounded"), "rounded", x + min(width, d.w - 2 * d.inset), note_y,
            d.note if d.title < 28 else 28.0, role="text3", align="r", font="ui",
            when=f"rounded:rowsum:{unit}")  # fmt: skip
    _plot(b, d, layer, total, x, top)
    f = layer.f
    b.label(Key("f", part="result"), f"{f}({{0}}) = <y|{{1}}>", x, result_y, d.result, align="l",
            values=((total, unit), (result, unit)))  # fmt: skip


def _plot(b: Builder, d: Detail, layer: Traditional, total: int, x: float, top: float) -> None:
    width, height = d.w - 2 * d.inset, d.curve[1]
    b.plate(Key("f", part="curve"), f"curve:{layer.function}", x + width / 2, top + d.curve[0] + height / 2, width,
            height, role="op", fill="raised", stroke=2.8, z=5, block=total)  # fmt: skip
    name = function_name(layer.function)
    text = f"{layer.f} = {name}" if layer.f == "f" else name
    b.label(Key("f", part="symbol"), text, x + 2, top + d.curve[0] + 20 * d.name / 17, d.name, role="text2", align="l")
