"""The things inside a cell: gates, matrices, operators, functions, columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import FUNCTION_SIGNS, Writing, is_number
from rnnstudio.diagram.views.cell_graph import Item, parameter_of
from rnnstudio.diagram.views.cell_plan import NORMAL, Plan, Sizes
from rnnstudio.diagram.views.cell_symbols import math_width, what
from rnnstudio.diagram.views.cell_tabs import draw_tab, gate_size, matrix, tab_places, tab_width
from rnnstudio.diagram.views.columns import Column, draw_column, scale_of
from rnnstudio.engine.ops import Op
from rnnstudio.engine.shapes import length

#: Signs that a pill has room for.
_SHORT = 9
#: A matrix with numbers in a block stays within this many cells; larger ones are colours.
MOST_COLS, MOST_ROWS = 6, 4


@dataclass(frozen=True)
class Box:
    """A thing as it stands; wires meet its rim."""

    key: Key
    cx: float
    cy: float
    w: float
    h: float

    def side(self, where: str, gap: float = 0.0) -> tuple[tuple[float, float], Anchor]:
        """The point ``gap`` px off the middle of a side (left, right, top, bottom), and its anchor."""
        fx, fy = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}[where]
        point = (self.cx + fx * (self.w / 2 + gap), self.cy + fy * (self.h / 2 + gap))
        if not self.w and not self.h:
            return point, Anchor(self.key, 0, 0, fx * gap, fy * gap)  # a branch is a point
        return point, Anchor(self.key, fx, fy, fx * gap, fy * gap)


def draw_item(b: Builder, subject: Subject, plan: Plan, item: Item) -> dict[str, Box]:
    """Add one item; the result has its box under its name, and those of its tabs under the parameters' names."""
    at, sizes = plan.at[item.name], plan.sizes
    if item.kind == "gate":
        return _gate(b, subject, plan, item, at)
    if item.kind == "block":
        return _block(b, subject, plan, item, at)
    if item.kind == "bias":
        return {item.name: _bias(b, subject, sizes, item, at)}
    if item.kind == "function":
        return {item.name: _card(b, subject, sizes, item, at)}
    return {item.name: _operator(b, subject, sizes, item, at)}


def value_block(b: Builder, subject: Subject, name: str) -> int:
    """Register the numbers of an op or value of the chosen cell."""
    program = subject.program
    producer = program.producer(name)
    letter = producer.size if producer is not None else program.sizes[name.removesuffix("_prev")]
    return b.block(name, length(letter, subject.layer.sizes), scale=scale_of(program, name))


def value_column(
    b: Builder, subject: Subject, name: str, at: tuple[float, float], style: Column, *, key: str = ""
) -> Box:
    """Add the column of a named value, a state before the step included."""
    drawn = draw_column(b, subject, name, None, at[0], at[1], style, key=key)
    return Box(drawn.key, at[0], at[1], drawn.w, drawn.h)


def _operator(b: Builder, subject: Subject, sizes: Sizes, item: Item, at: tuple[float, float]) -> Box:
    op = item.op
    assert op is not None
    key, block = Key(op.id), value_block(b, subject, op.id)
    if item.kind == "pill":
        w, h, px = pill_size(subject, sizes, op)
        text = pill_text(subject, op)
        b.plate(key, "op:1-", *at, w, h, fill="opfill", stroke=2.2, radius=h / 2, z=4, block=block)
        wide = math_width(b.notation.write(text), px)
        b.label(key._replace(part="symbol"), text, at[0], at[1] - 1, min(px, px * (w - 10) / wide), role="op")
        return Box(key, *at, w, h)
    r = sizes.circle
    kind = {"add": "op:+", "mul": "op:*", "matmul": "op:*"}.get(op.kind, "op:-")
    b.plate(key, kind, *at, 2 * r, 2 * r, fill="opfill", stroke=2.4, radius=r, z=4, block=block)
    return Box(key, *at, 2 * r, 2 * r)


def pill_text(subject: Subject, op: Op) -> str:
    """What is written in a pill: 1 − z where that is short, else what is done with a number: · 0.9, + 0.1."""
    if op.kind == "concat":
        return "\\concat"
    whole = Writing(subject.program, notation=subject.notation).symbol(op.id)
    if op.kind == "constant" or len(re.sub(r"<[^|]*\||[>{}_]", "", whole)) <= _SHORT:
        return Writing(subject.program, notation=subject.notation).formula(op.id)
    left, right = op.args[0], op.args[-1]
    if op.kind == "mul":
        return f"· {next(arg for arg in op.args if is_number(arg))}"
    if op.kind == "add":
        return f"+ {next(arg for arg in op.args if is_number(arg))}"
    return f"{left} - …" if is_number(left) else f"- {right}"


def pill_size(subject: Subject, sizes: Sizes, op: Op) -> tuple[float, float, float]:
    """Width, height and letter size of a pill; what is written in it makes it wider, up to twice."""
    w, h, px = sizes.pill
    text = math_width(subject.notation.write(pill_text(subject, op)), px) + 0.9 * px
    return min(max(w, text), 2 * w), h, px


def _card(b: Builder, subject: Subject, sizes: Sizes, item: Item, at: tuple[float, float]) -> Box:
    """A function: its curve with its name."""
    op = item.op
    assert op is not None
    chosen, curve = is_chosen(op), f"curve:{op.function}"
    w, h, px = card_size(sizes, op)
    same = [each for each in subject.program.ops if each.kind == "function" and each.symbol == op.symbol]
    key = Key("f") if chosen and op is same[0] else Key(op.id)
    b.plate(key, "gate", *at, w, h, fill="opfill", stroke=2.3, radius=12.0, z=4, block=value_block(b, subject, op.id))
    if chosen:
        b.plate(key._replace(part="curve"), curve, at[0], at[1] - 0.6 * px - 1, w - 24, h - 24 - 1.2 * px, stroke=2.6,
                z=5)  # fmt: skip
        b.label(key._replace(part="symbol"), f"f = \\{op.function}", at[0], at[1] + h / 2 - 0.9 * px, px, role="op")
    else:
        curve_w = 0.36 * sizes.card[0]
        left = at[0] - w / 2 + 0.09 * sizes.card[0] + curve_w
        b.plate(key._replace(part="curve"), curve, left - curve_w / 2, at[1], curve_w, 0.66 * h, stroke=2.2, z=5)
        sign = Writing(subject.program).function(op)
        middle = (left + at[0] + w / 2 - 0.02 * sizes.card[0]) / 2
        b.label(key._replace(part="symbol"), sign, middle, at[1] - 2, px, role="op")
    return Box(key, *at, w, h)


def is_chosen(op: Op) -> bool:
    """Whether an op applies the function f that can be chosen: it has a card with its curve."""
    return len(op.symbol) == 1


def card_size(sizes: Sizes, op: Op) -> tuple[float, float, float]:
    """Width, height and letter size of a function's card; a long name makes it wider."""
    if is_chosen(op):
        return sizes.chosen
    w, h, px = sizes.card
    return max(w, 0.55 * w + math_width(FUNCTION_SIGNS.get(op.symbol, op.symbol), px)), h, px


def _gate(b: Builder, subject: Subject, plan: Plan, item: Item, at: tuple[float, float]) -> dict[str, Box]:
    op, sizes = item.op, plan.sizes
    assert op is not None
    (x, y), (w, h) = at, gate_size(subject, plan, item)
    key = Key(op.id)
    b.plate(key, "gate", x, y, w, h, fill="opfill", stroke=2.2, radius=12.0, z=4, block=value_block(b, subject, op.id))
    sign = Writing(subject.program).function(op)
    px = sizes.gate_symbol[0 if len(sign) == 1 else 1]
    px = min(px, px * 0.3 * sizes.gate[0] / math_width(sign, px))
    up = h / 8
    inner = sizes.gate[0]
    curve_w = min(0.27 * inner, 58.0)
    b.plate(key._replace(part="curve"), f"curve:{op.function}", x - 0.22 * inner, y - up, curve_w, h / 2, stroke=2.2,
            z=5)  # fmt: skip
    b.label(key._replace(part="symbol"), sign, x + 0.22 * inner, y - up - 2, px, role="op")
    out = {item.name: Box(key, x, y, w, h)}
    for name, cx, cy, width in tab_places(subject, plan, item, x, y):
        out[name] = Box(draw_tab(b, subject, sizes, name, cx, cy, width), cx, cy, width, sizes.tab[1])
    return out


def block_size(subject: Subject, plan: Plan, name: str) -> tuple[float, float, float, float, bool]:
    """Width and height of a matrix's box and of the matrix in it, and whether its numbers are written out."""
    sizes = plan.sizes
    parameter = parameter_of(name)
    rows, cols = (length(letter, subject.layer.sizes) for letter in subject.program.parameters[parameter])
    gates = any(item.kind == "gate" for item in plan.graph.items.values())
    cell_w, cell_h, _, symbol = sizes.numbers
    if name == "V" and not plan.wide:
        cell_w, cell_h = 34.0, 24.0  # it stands between the branch and the upper edge
    if rows > 3 and not plan.wide:
        cell_h = min(cell_h, 22.0)  # above it there is the column of the product
    if not gates and not plan.automatic:
        if rows <= MOST_ROWS and cols <= MOST_COLS:
            w, h = cols * cell_w, rows * cell_h
            width = w + 28 if plan.wide else max(w + 18, 132.0 if name == "U" else 60.0)
            return width, h + 1.4 * symbol + 6, w, h, True
        w, h = 4 * cell_w, 3 * cell_h
        return w + 20, h + 1.4 * symbol + 6, w, h, False
    cell = sizes.block[2]
    w, h = min(cols, 4) * cell, min(rows, 3) * cell
    text = math_width(subject.notation.write(Writing(subject.program).symbol(parameter)), sizes.block[3])
    least = sizes.block[0] if plan.automatic or not (plan.wide and name == "V") else 100.0
    return max(least, w + text + 30 * min(1.0, sizes.block[1] / NORMAL.block[1])), sizes.block[1], w, h, False


def _block(b: Builder, subject: Subject, plan: Plan, item: Item, at: tuple[float, float]) -> dict[str, Box]:
    """A matrix in a box, with its numbers where they fit, and the bias of its product in a tab."""
    sizes, program, name = plan.sizes, subject.program, item.params[0]
    w, h, matrix_w, matrix_h, numbers = block_size(subject, plan, name)
    role = program.role(parameter_of(name))
    key = Key(what(program, name), part="tab")
    b.plate(key, "card", *at, w, h, role=role, fill="opfill", stroke=2.5, radius=12.0, z=4)
    symbol = Writing(program).symbol(parameter_of(name))
    over = numbers or h > 1.5 * sizes.block[1]  # the symbol stands over the matrix, else beside it
    if over:
        px = sizes.numbers[3]
        matrix(b, subject, name, at[0], at[1] + 0.55 * px, matrix_w, matrix_h, sizes.numbers[2] if numbers else 0.0)
        b.label(key._replace(part="symbol"), symbol, at[0] - w / 2 + 13, at[1] - h / 2 + 0.7 * px, px, align="l")
    else:
        px = sizes.block[3]
        x0 = at[0] - (matrix_w + 8 + math_width(b.notation.write(symbol), px)) / 2
        matrix(b, subject, name, x0 + matrix_w / 2, at[1], matrix_w, matrix_h)
        b.label(key._replace(part="symbol"), symbol, x0 + matrix_w + 8, at[1] - 1, px, align="l")
    out = {item.name: Box(key, *at, w, h)}
    left = at[0] + 10 * min(1.0, h / NORMAL.block[1])
    for bias in item.params[1:]:
        width = tab_width(subject, sizes, bias)
        # on the edge that no wire and no symbol needs
        upper = not plan.automatic and (over or (plan.wide and name == "V"))
        x = max(at[0] + w / 2 - width / 2 - 6, left + width / 2) if len(item.params) == 2 else left + width / 2
        y = at[1] + (-h / 2 if upper else h / 2)
        out[bias] = Box(draw_tab(b, subject, sizes, bias, x, y, width), x, y, width, sizes.tab[1])
        left += width + 4
    return out


def _bias(b: Builder, subject: Subject, sizes: Sizes, item: Item, at: tuple[float, float]) -> Box:
    program, style = subject.program, sizes.inner
    parameter = parameter_of(item.name)
    n = length(program.parameters[parameter][0], subject.layer.sizes)
    key = Key(what(program, item.name))
    w, h = b.vector(key, b.block(parameter, n, scale="weight"), *at, role="op", w=style.w, h=style.h, px=style.px,
                    stroke=style.stroke, tallest=style.tallest)  # fmt: skip
    return Box(key._replace(part="frame"), *at, w, h)
