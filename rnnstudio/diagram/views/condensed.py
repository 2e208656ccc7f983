"""View 3, Condensed: the whole layer as one element, x → [W, then f] → y (DESIGN §6.3, D1)."""

from dataclasses import dataclass

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.traditional import (
    Traditional,
    across,
    caption,
    lit_input,
    number_px,
    quoted,
    traditional,
    words_come_in,
)
from rnnstudio.sentence import sentence


@dataclass(frozen=True)
class Geometry:
    """Where things are, in one of the two frames; ``…_bias``: what moves to make room for b."""

    element: tuple[float, float, float, float]  # centre x, y, width, height
    element_w_bias: float
    line: float  # y of the signal
    W: float
    W_bias: float
    cell: tuple[float, float, float]  # width, height, number
    matrix: tuple[float, float]  # the most W takes
    f: float
    f_bias: float
    card: tuple[float, float]
    inset: tuple[float, float]  # of the curve in its card
    letters: tuple[float, float]  # above the line, size of W and f
    columns: tuple[float, float]  # x of x and y
    column: tuple[float, float, float, float]  # cell width, height, number, greatest height
    symbol: tuple[float, float]  # above the column, size
    count: tuple[float, float]  # below the column, size
    count_W: float  # below the line
    plus: tuple[float, float]  # x, radius
    b: tuple[float, float, float, float, float]  # centre y, cell width, height, number, greatest height
    says: tuple[float, float]  # y, size
    wires: tuple[float, float]  # x and y, inside


NORMAL = Geometry(
    element=(640, 372, 600, 300), element_w_bias=700, line=394, W=502, W_bias=450, cell=(64, 48, 20), matrix=(256, 160),
    f=814, f_bias=864, card=(184, 148), inset=(16, 14), letters=(108, 46), columns=(140, 1140),
    column=(100, 52, 24, 300),
    symbol=(36, 40), count=(26, 16), count_W=98, plus=(664, 18), b=(300, 60, 24, 13, 78), says=(572, 18),
    wires=(3.4, 2.6),
)  # fmt: skip
WIDE = Geometry(
    element=(960, 352, 960, 420), element_w_bias=1080, line=384, W=760, W_bias=670, cell=(104, 70, 34),
    matrix=(416, 216), f=1240, f_bias=1300, card=(300, 214), inset=(24, 20), letters=(152, 64), columns=(200, 1720),
    column=(140, 72, 36, 380), symbol=(50, 60), count=(34, 28), count_W=138, plus=(990, 24),
    b=(232, 100, 46, 28, 138), says=(646, 28), wires=(4.2, 3.2),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column as it stands."""

    key: Key
    block: int
    w: float
    h: float


def lay_out(subject: Subject) -> Layout:
    """Lay out the element with its two columns."""
    g = WIDE if subject.frame.wide else NORMAL
    layer = traditional(subject)
    b = Builder("condensed", subject.frame, subject.notation)
    b.title = "Condensed"
    leaves = "y leaves." if layer.handed == "y" else sentence("{handed} leaves for the readout.", handed=layer.handed)
    b.caption = caption(
        subject, sentence("x enters at W, b joins, the sum goes through f, {leaves}", leaves=leaves) if layer.b
        else sentence("x enters at W, the sum goes through f, {leaves}", leaves=leaves)
    )
    place = across(subject.frame)
    cx, cy, width, height = g.element
    width = g.element_w_bias if layer.b else width
    b.plate(Key("cell"), "box", place(cx), cy, width, height, role="op", fill="boxfill", stroke=3.0, radius=22.0, z=2)
    xs = [place(x) for x in g.columns]
    middle = place(cx)
    Wx, fx = middle + (g.W_bias if layer.b else g.W) - cx, middle + (g.f_bias if layer.b else g.f) - cx
    x = _input(b, subject, g, layer, xs[0])
    y = _column(b, g, Key(layer.handed), layer.handed, layer.size, xs[1], "y", layer.output())
    W, w, letters = _matrix(b, g, layer, Wx)
    a = _function(b, g, layer, fx, letters)
    left = Wx - w / 2 - 1.5
    b.wire(Key("wire:x"), [(xs[0] + x.w / 2, g.line), (left - 1.5, g.line)], role="x", width=g.wires[0], head=13.0,
           block=x.block, phase=2, token="dot", start=Anchor(x.key, 1, 0), end=Anchor(W, -1, 0, -1.5))  # fmt: skip
    b.wire(Key("wire:y"), [(fx + g.card[0] / 2, g.line), (xs[1] - y.w / 2 - 3, g.line)], role="y", width=g.wires[0],
           head=13.0, block=y.block, phase=3, token="dot", start=Anchor(Key("f"), 1, 0),
           end=Anchor(y.key, -1, 0, -3))  # fmt: skip
    _inner(b, g, layer, Wx + w / 2 + 1.5, fx, middle + g.plus[0] - cx, W, a)
    b.label(Key("cell", part="says"), "one element holds the whole layer; so can every hidden and output layer", middle,
            g.says[0], g.says[1], role="text2", font="ui", weight=500)  # fmt: skip
    return b.layout()


def _column(
    b: Builder, g: Geometry, key: Key, name: str, n: int, x: float, role: str, symbol: str
) -> Column:
    block = b.block(name, n)
    w, h, px, tallest = g.column
    width, height = b.vector(key, block, x, g.line, role=role, w=w, h=h, px=px, stroke=3.2, tallest=tallest)
    _words(b, g, key, x, height, symbol, "1 number" if n == 1 else sentence("{n} numbers", n=n))
    return Column(key._replace(part="frame"), block, width, height)


def _words(b: Builder, g: Geometry, key: Key, x: float, height: float, symbol: str, count: str) -> None:
    b.label(key._replace(part="symbol"), symbol, x, g.line - height / 2 - g.symbol[0], g.symbol[1])
    b.label(key._replace(part="count"), count, x, g.line + height / 2 + g.count[0], g.count[1], role="text3", font="ui",
            weight=500)  # fmt: skip


def _input(b: Builder, subject: Subject, g: Geometry, layer: Traditional, x: float) -> Column:
    if not words_come_in(subject):
        return _column(b, g, Key("x"), "x", layer.inputs, x, "x", "<x|x>")
    block = b.block("onehot", layer.inputs)
    width, height = 0.36 * g.column[0], min(g.column[3] * 0.72, 18.0 * layer.inputs)
    key = Key("x", part="frame")
    b.plate(key, "onehot", x, g.line, width, height, role="x", fill="canvas", stroke=3.2, radius=5.0, z=5, block=block)
    lit, word = lit_input(subject), subject.token(subject.t)
    said = sentence("1 of {inputs} is lit", inputs=layer.inputs)
    _words(b, g, Key("x"), x, height, "<x|x>", said)
    if lit >= 0 and word is not None:
        b.label(Key("x", part="index"), str(lit + 1), x - width / 2 - 10,
                g.line + ((lit + 0.5) / layer.inputs - 0.5) * height, max(14.0, g.count[1]), role="text", align="r",
                font="ui", weight=650)  # fmt: skip
        b.label(Key("x", part="word"), quoted(word), x, g.line + height / 2 + 2.6 * g.count[0], g.count[1] * 1.25,
                font="ui", weight=650)  # fmt: skip
    return Column(key, block, width, height)


def _matrix(b: Builder, g: Geometry, layer: Traditional, x: float) -> tuple[Key, float, float]:
    """W with its letter and its size; returns its frame's key, its width, and where the letters stand."""
    block = b.block(layer.W, layer.size, layer.inputs, scale="weight")
    w = min(g.cell[0], g.matrix[0] / layer.inputs) * layer.inputs
    h = min(g.cell[1], g.matrix[1] / layer.size) * layer.size
    px = min(number_px(w / layer.inputs, layer.decimals, g.cell[2]), 0.62 * h / layer.size)
    floor = 28.0 if g.count[1] >= 28 else 0.0
    b.matrix(Key("W"), block, x, g.line, role="W", w=w, h=h, px=px if px >= floor else 0.0, stroke=2.0)
    subscript = 0.82 if len(layer.W) > 1 else 0.72
    letters = g.line - max(g.letters[0], h / 2 + subscript * g.letters[1])
    b.label(Key("W", part="symbol"), layer.weight(), x, letters, g.letters[1])
    b.label(Key("W", part="count"), sentence("{size} × {inputs} weights", size=layer.size, inputs=layer.inputs), x,
            g.line + g.count_W, g.count[1],
            role="text3", font="ui", weight=500)  # fmt: skip
    return Key("W", part="frame"), w, letters


def _function(b: Builder, g: Geometry, layer: Traditional, x: float, letters: float) -> int:
    """The card of f; returns the block of the sums that go into it."""
    sums = b.block("rowsum", layer.size, scale="weight")
    w, h = g.card
    b.plate(Key("f"), "box", x, g.line, w, h, role="op", fill="boxfill", stroke=2.2, radius=12.0, z=4)
    b.plate(Key("f", part="curve"), f"curve:{layer.function}", x, g.line, w - 2 * g.inset[0], h - 2 * g.inset[1],
            role="op", fill="boxfill", stroke=2.8, z=5, block=sums)  # fmt: skip
    b.label(Key("f", part="symbol"), f"<op|{layer.f}>", x, letters,
            g.letters[1] if layer.f == "f" else g.letters[1] * 0.72)  # fmt: skip
    b.label(Key("f", part="count"), "activation", x, g.line + g.count_W, g.count[1], role="text3", font="ui",
            weight=500)  # fmt: skip
    return sums


def _inner(
    b: Builder, g: Geometry, layer: Traditional, start: float, fx: float, plus: float, W: Key, sums: int
) -> None:
    """From W to f; with a bias through the plus at which b joins."""
    tip = fx - g.card[0] / 2 - 3
    end = Anchor(Key("f"), -1, 0, -3)
    if not layer.b:
        b.wire(Key("wire:Wf"), [(start, g.line), (tip, g.line)], role="op", width=g.wires[1], head=11.0, block=sums,
               start=Anchor(W, 1, 0), end=end)  # fmt: skip
        return
    r = g.plus[1]
    cy, w, h, px, tallest = g.b
    block = b.block(layer.b, layer.size, scale="weight")
    b.plate(Key("+"), "op:+", plus, g.line, 2 * r, 2 * r, role="op", fill="opfill", stroke=2.4, radius=r, z=4,
            block=sums)  # fmt: skip
    width, height = b.vector(Key("b"), block, plus, cy, role="W", w=w, h=h, px=px, stroke=2.2, tallest=tallest)
    b.label(Key("b", part="symbol"), layer.bias(), plus - width / 2 - 12, cy, 0.72 * g.letters[1], align="r")
    b.wire(Key("wire:W+"), [(start, g.line), (plus - r - 3, g.line)], role="op", width=g.wires[1], head=11.0,
           block=sums, start=Anchor(W, 1, 0), end=Anchor(Key("+"), -1, 0, -3))  # fmt: skip
    b.wire(Key("wire:b"), [(plus, cy + height / 2), (plus, g.line - r - 3)], role="W", width=g.wires[1], head=11.0,
           block=block, start=Anchor(Key("b", part="frame"), 0, 1), end=Anchor(Key("+"), 0, -1, 0, -3))  # fmt: skip
    b.wire(Key("wire:Wf"), [(plus + r, g.line), (tip, g.line)], role="op", width=g.wires[1], head=11.0, block=sums,
           start=Anchor(Key("+"), 1, 0), end=end)  # fmt: skip
