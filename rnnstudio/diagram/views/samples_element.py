"""One copy of the upright element of Samples: W below, f above, and b between them where there is one."""

from dataclasses import dataclass

from rnnstudio.diagram.build import GRID_UP_TO, Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.views.traditional import Traditional, number_px


@dataclass(frozen=True)
class Element:
    """Geometry of the element, about its centre x; y in the frame."""

    middle: float
    w: float
    h: float
    w_bias: float
    card: tuple[float, float, float]  # y, width, height of f's card
    inset: tuple[float, float]
    f: tuple[float, float]  # left of the card, size
    W: float  # centre y
    cell: tuple[float, float, float]  # width, height, number
    matrix: tuple[float, float]  # the most W takes
    tint: float  # around W
    label: tuple[float, float, float]  # x from the centre, y, size
    plus: tuple[float, float]  # y, radius
    b: tuple[float, float, float, float, float, float]  # x from the centre, y, cell width, height, number, tallest
    b_label: float
    floor: float
    radius: float = 18.0
    wire: tuple[float, float] = (2.6, 11.0)


ELEMENT = Element(
    middle=360, w=240, h=284, w_bias=240, card=(280, 112, 92), inset=(10, 9), f=(26, 32), W=446, cell=(48, 26, 14.5),
    matrix=(192, 84), tint=9, label=(-97, 383, 28), plus=(361, 12), b=(66, 361, 46, 18, 11, 57), b_label=19, floor=0,
)  # fmt: skip
WIDE_ELEMENT = Element(
    middle=324.5, w=380, h=243, w_bias=440, card=(247, 150, 70), inset=(14, 9), f=(30, 42), W=380, cell=(87, 36, 28),
    matrix=(348, 108), tint=8, label=(-174, 294, 36), plus=(305, 13), b=(136, 262, 88, 34, 28, 102), b_label=34,
    floor=28, radius=20, wire=(3.2, 14),
)  # fmt: skip


@dataclass(frozen=True)
class Ports:
    """Where wires and ties meet the element."""

    W: Key
    f: Key
    tint: Key
    top: float  # of f's card
    bottom: float  # of W
    tint_w: float
    tie_y: float
    W_w: float  # of W's frame


def draw_element(
    b: Builder, g: Element, layer: Traditional, t: int, cx: float, time: str, *, tint: bool = True
) -> Ports:  # fmt: skip
    """Add the copy of sample ``t`` at ``cx``; ``time`` is the sample's subscript, ``tint`` the ground of a shared W."""
    w = g.w_bias if layer.b else g.w
    b.plate(Key("cell", t), "box", cx, g.middle, w, g.h, role="op", fill="boxfill", stroke=2.6, radius=g.radius, z=2)
    ports = draw_weights(b, g, layer, t, cx, layer.weight(time), tint=tint)
    sums = _function(b, g, layer, t, cx)
    _inner(b, g, layer, t, cx, 2 * (ports.bottom - 1.5 - g.W), sums)
    return ports


def draw_weights(
    b: Builder, g: Element, layer: Traditional, t: int, cx: float, symbol: str, *, tint: bool
) -> Ports:  # fmt: skip
    """Add W as sample ``t`` uses it, with its symbol, where it stands in the element."""
    block = b.block(layer.W, layer.size, layer.inputs, t=t, scale="weight")
    w = min(g.cell[0], g.matrix[0] / layer.inputs) * layer.inputs
    h = min(g.cell[1], g.matrix[1] / layer.size) * layer.size
    px = min(number_px(w / layer.inputs, layer.decimals, g.cell[2]), 0.8 * h / layer.size)
    if tint:
        b.plate(Key("W", t, part="tint"), "tint", cx, g.W, w + 2 * g.tint, h + 2 * g.tint, role="W", fill="W",
                stroke=0.0, radius=11.0, z=2)  # fmt: skip
    b.matrix(Key("W", t), block, cx, g.W, role="W", w=w, h=h, px=px if px >= g.floor else 0.0, stroke=2.0)
    b.label(Key("W", t, part="symbol"), symbol, cx + g.label[0], g.label[1], g.label[2], align="l")
    top = g.card[0] - g.card[2] / 2
    tint_w = w + 2 * g.tint
    return Ports(Key("W", t, part="frame"), Key("f", t), Key("W", t, part="tint"), top, g.W + h / 2 + 1.5, tint_w, g.W,
                 w + 3)  # fmt: skip


def _function(b: Builder, g: Element, layer: Traditional, t: int, cx: float) -> int:
    """The card of f; returns the block of the sums that go into it."""
    sums = b.block("rowsum", layer.size, t=t, scale="weight")
    y, w, h = g.card
    b.plate(Key("f", t), "box", cx, y, w, h, role="op", fill="boxfill", stroke=2.0, radius=10.0, z=4)
    b.plate(Key("f", t, part="curve"), f"curve:{layer.function}", cx, y, w - 2 * g.inset[0], h - 2 * g.inset[1],
            role="op", fill="boxfill", stroke=2.4, z=5, block=sums)  # fmt: skip
    if layer.f == "f":
        b.label(Key("f", t, part="symbol"), "<op|f>", cx - w / 2 - g.f[0], y - 2, g.f[1])
    else:  # a name is longer than a letter: it ends where the card begins
        b.label(Key("f", t, part="symbol"), f"<op|{layer.f}>", cx - w / 2 - 9, y - 2, max(g.floor, 0.6 * g.f[1]),
                align="r")  # fmt: skip
    return sums


def _inner(b: Builder, g: Element, layer: Traditional, t: int, cx: float, height: float, sums: int) -> None:
    """From W up to f; with a bias through the plus at which b joins from the right."""
    start, tip = g.W - height / 2 - 1.5, g.card[0] + g.card[2] / 2 + 3
    width, head = g.wire
    W, f = Key("W", t, part="frame"), Key("f", t)
    if not layer.b:
        b.wire(Key("wire:Wf", t), [(cx, start), (cx, tip)], role="op", width=width, head=head, block=sums,
               start=Anchor(W, 0, -1), end=Anchor(f, 0, 1, 0, 3))  # fmt: skip
        return
    y, r = g.plus
    dx, by, w, h, px, tallest = g.b
    plus = Key("+", t)
    block = b.block(layer.b, layer.size, t=t, scale="weight")
    b.plate(plus, "op:+", cx, y, 2 * r, 2 * r, role="op", fill="opfill", stroke=2.2, radius=r, z=4, block=sums)
    if layer.size > GRID_UP_TO:  # the histogram is wider than a column
        dx = min(dx, g.w_bias / 2 - 20 - max(w, 84.0) / 2)
    bw, bh = b.vector(Key("b", t), block, cx + dx, by, role="W", w=w, h=h, px=px, stroke=2.0, tallest=tallest)
    b.label(Key("b", t, part="symbol"), layer.bias(), cx + dx + bw / 2 + 4, by, g.b_label, align="l")
    frame = Key("b", t, part="frame")
    b.wire(Key("wire:b", t), [(cx + dx - bw / 2, y), (cx + r + 2, y)], role="W", width=width, head=head * 0.8,
           block=block, start=Anchor(frame, -1, (y - by) / (bh / 2)), end=Anchor(plus, 1, 0, 2))  # fmt: skip
    b.wire(Key("wire:W+", t), [(cx, start), (cx, y + r + 2)], role="op", width=width, head=head * 0.8, block=sums,
           start=Anchor(W, 0, -1), end=Anchor(plus, 0, 1, 0, 2))  # fmt: skip
    b.wire(Key("wire:Wf", t), [(cx, y - r), (cx, tip)], role="op", width=width, head=head * 0.8, block=sums,
           start=Anchor(plus, 0, -1), end=Anchor(f, 0, 1, 0, 3))  # fmt: skip
