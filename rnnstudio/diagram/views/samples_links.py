"""What leads from W of one sample to W of the next: the same matrix, or the change that is added to it."""

from dataclasses import dataclass

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import DELTA, SEQUENCE, learning
from rnnstudio.diagram.views.columns import sample
from rnnstudio.diagram.views.samples_element import Element, Ports, draw_weights
from rnnstudio.diagram.views.traditional import Traditional


@dataclass(frozen=True)
class Link:
    """Geometry of what stands between two copies; y in the frame."""

    tie: float  # radius of "="
    plus: float  # radius of "+"
    wire: tuple[float, float]  # width, head
    delta: float  # centre of ΔW
    cell: tuple[float, float, float]  # of ΔW with numbers: width, height, number
    most: tuple[int, int]  # rows and columns that are written out
    small: tuple[float, float]  # of ΔW without numbers: cell, the most it is wide
    label: tuple[float, float]  # size of ΔW's symbol, and how far below it stands; 0: on its left
    after: tuple[float, float, float]  # the box of the last weights: height, its words' distance and size


LINK = Link(
    tie=17, plus=13, wire=(2.4, 11), delta=557, cell=(42, 24, 12.5), most=(3, 4), small=(12, 96), label=(22, 20),
    after=(136, 20, 13),
)  # fmt: skip
WIDE_LINK = Link(
    tie=22, plus=18, wire=(3.2, 15), delta=530, cell=(0, 0, 0), most=(0, 0), small=(18, 108), label=(32, 0),
    after=(186, 30, 28),
)  # fmt: skip


def tie(b: Builder, g: Link, one: tuple[int, float], left: Ports, other: float, right: Ports) -> None:
    """Two neighbouring copies share W: a line from tint to tint, "=" in its middle."""
    t, cx = one
    x, y, r = (cx + other) / 2, left.tie_y, g.tie
    key = Key("tie", t)
    start, end = cx + left.tint_w / 2, other - right.tint_w / 2
    b.wire(key._replace(part="left"), [(start, y), (x - r, y)], role="W", width=2.2, style="tie", z=3,
           start=Anchor(left.tint, 1, 0), end=Anchor(key, -1, 0))  # fmt: skip
    b.wire(key._replace(part="right"), [(x + r, y), (end, y)], role="W", width=2.2, style="tie", z=3,
           start=Anchor(key, 1, 0), end=Anchor(right.tint, -1, 0))  # fmt: skip
    b.plate(key, "tie", x, y, 2 * r, 2 * r, role="W", fill="canvas", stroke=2.2, radius=r, z=4)


def update(
    b: Builder, subject: Subject, g: Link, layer: Traditional, one: tuple[int, float], left: Ports, other: float,
    right: Ports,
) -> None:  # fmt: skip
    """The next W is this one plus ΔW: a plus between the two, the change below it."""
    t, cx = one
    x, y, r = (cx + other) / 2, left.tie_y, g.plus
    plus, delta = Key("plus", t), DELTA + layer.W
    before = b.block(layer.W, layer.size, layer.inputs, t=t, scale="weight")
    following = b.block(layer.W, layer.size, layer.inputs, t=t + 1, scale="weight")
    block = b.block(delta, layer.size, layer.inputs, t=t, scale="change")
    start, end = cx + left.W_w / 2, other - right.W_w / 2 - 3
    width, head = g.wire
    b.wire(Key("wire:update", t), [(start, y), (x - r - 2, y)], role="W", width=width, head=head, block=before,
           start=Anchor(left.W, 1, 0), end=Anchor(plus, -1, 0, -2))  # fmt: skip
    b.wire(Key("wire:update", t, part="next"), [(x + r, y), (end, y)], role="W", width=width, head=head,
           block=following, start=Anchor(plus, 1, 0), end=Anchor(right.W, -1, 0, -3))  # fmt: skip
    frame, w, h = _change(b, g, layer, t, x, block)
    b.wire(Key(f"wire:{delta}", t), [(x, g.delta - h / 2), (x, y + r + 2)], role="W", width=width, head=head,
           block=block, start=Anchor(frame, 0, -1), end=Anchor(plus, 0, 1, 0, 2))  # fmt: skip
    b.plate(plus, "op:+", x, y, 2 * r, 2 * r, role="W", fill="opfill", stroke=2.2, radius=r, z=4, block=block)
    index = "" if learning(subject.changed) == SEQUENCE else sample(subject, t)
    px, below = g.label
    at = (x, g.delta + h / 2 + below) if below else (x - w / 2 - 10, g.delta)
    b.label(Key(delta, t, part="symbol"), layer.change(index), *at, px, align="c" if below else "r")


def _change(b: Builder, g: Link, layer: Traditional, t: int, x: float, block: int) -> tuple[Key, float, float]:
    """ΔW with its numbers where they can be read, else as colours; its frame, width and height."""
    key = Key(DELTA + layer.W, t)
    rows, cols = g.most
    if layer.size <= rows and layer.inputs <= cols:
        w, h, px = g.cell[0] * layer.inputs, g.cell[1] * layer.size, g.cell[2]
    else:
        cell, widest = g.small
        w, h, px = min(cell * layer.inputs, widest), min(cell * layer.size, 0.7 * widest), 0.0
    b.matrix(key, block, x, g.delta, role="W", w=w, h=h, px=px, stroke=2.0)
    return key._replace(part="frame"), w + 3, h + 3


def after_the_last(
    b: Builder, subject: Subject, g: Link, element: Element, layer: Traditional, cx: float
) -> Ports:  # fmt: skip
    """The weights that the last sample leaves behind: W alone, in the place of a copy that there is not."""
    t = subject.steps + 1
    height, below, px = g.after
    symbol = "<W|W′>" if learning(subject.changed) == SEQUENCE else layer.weight(sample(subject, t))
    top = element.label[1] - 0.75 * element.label[2]
    b.plate(Key("after", t), "box", cx, top + height / 2 - 4, element.w, height, role="op", fill="boxfill", stroke=2.0,
            radius=element.radius, z=2)  # fmt: skip
    ports = draw_weights(b, element, layer, t, cx, symbol, tint=False)
    b.label(Key("after", t, part="count"), "after the sequence", cx, top + height - 4 + below, px, role="text3",
            font="ui", weight=500)  # fmt: skip
    return ports
