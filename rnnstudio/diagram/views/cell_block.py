"""The block form inside a cell: x and the state below each other in one column, W and U beside each other in one box.

Where a cell's drawing has positions for a plain sum of the two products; any other cell is drawn as ever.
"""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.block_form import BlockForm, block_forms
from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import JOINT
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.notation import BLOCK
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.views.cell_graph import Graph, Item
from rnnstudio.diagram.views.cell_parts import MOST_COLS, MOST_ROWS, Box
from rnnstudio.diagram.views.cell_plan import Plan, Point, Sizes
from rnnstudio.diagram.views.cell_tabs import draw_tab, matrix, tab_width
from rnnstudio.diagram.views.cell_wiring import GAP, Line, Wiring, role_of
from rnnstudio.diagram.views.columns import Column, column_height
from rnnstudio.engine.ops import Op, Program
from rnnstudio.engine.shapes import length

ITEM, COLUMN = "joint", "joint:column"
#: Middles of x, of the column, of the box and of the sum after it; the height of the column.
_PLACES: dict[str, Point] = {"x": (250.0, 702.0), COLUMN: (345.0, 322.0), ITEM: (545.0, 322.0), "a": (745.0, 322.0)}
_WIDE: dict[str, Point] = {"x": (150.0, 514.0), COLUMN: (400.0, 270.0), ITEM: (742.0, 270.0), "a": (1070.0, 270.0)}
_TALL, _WIDE_TALL = 172.0, 266.0
#: Between the two matrices.
SEAM = 4.0
#: Cell of the matrix with numbers: width and height; and where the wires of x and the state turn, left of the column.
_CELL, _WIDE_CELL = (38.0, 28.0), (66.0, 42.0)
_TURNS, _WIDE_TURNS = (250.0, 284.0), (262.0, 306.0)


def block_of(program: Program, notation_dialects: frozenset[str]) -> tuple[Op, BlockForm] | None:
    """The sum that is drawn in blocks: a cell's only one, where it has a name and nothing but biases beside it."""
    forms = block_forms(program)
    if BLOCK not in notation_dialects or len(forms) != 1:
        return None
    op_id, form = next(iter(forms.items()))
    op = program.op(op_id)
    plain = all(arg in program.parameters for arg in form.others)
    return (op, form) if plain and program.producer("a") is op and "a" in program.place else None


def in_blocks(subject: Subject, plan: Plan) -> Plan:
    """The plan with the two matrices as one thing, where the notation draws so and the cell allows it."""
    found = block_of(subject.program, subject.notation.dialects)
    if found is None or plan.automatic:
        return plan
    op, form = found
    places = _WIDE if plan.wide else _PLACES
    dx = (subject.frame.width - (1920.0 if plan.wide else 1280.0)) / 2
    dy = (subject.frame.height - 698.0) / 2 if plan.wide else 0.0
    moved = {name: (x + dx, y + dy) for name, (x, y) in places.items()}
    return replace(plan, graph=_joined(plan.graph, op, form), at={**plan.at, **moved})


def _joined(graph: Graph, op: Op, form: BlockForm) -> Graph:
    first, second = (product.id for product in form.products)
    params = (graph.owner[first], graph.owner[second], *form.others)
    gone = {*params, op.id}
    items = {name: item for name, item in graph.items.items() if name not in gone}
    return replace(
        graph,
        items={ITEM: Item(ITEM, ITEM, op, params), **items},
        links=tuple(link for link in graph.links if link.target not in gone),
        owner={**graph.owner, first: ITEM, second: ITEM, op.id: ITEM},
        columns={op_id: name for op_id, name in graph.columns.items() if op_id not in (first, second)},
    )


def draw_block(b: Builder, subject: Subject, plan: Plan, item: Item) -> dict[str, Box]:
    """Add the column of x and the state, and the box of the two matrices, with the bias in a tab."""
    program, sizes, at = subject.program, plan.sizes, plan.at[item.name]
    states = f"{program.states[0]}_prev"
    out = _column(b, subject, plan, states)
    names = item.params[:2]
    shapes = [[length(letter, subject.layer.sizes) for letter in program.parameters[name]] for name in names]
    rows = shapes[0][0]
    written = rows <= MOST_ROWS and all(shape[1] <= MOST_COLS for shape in shapes)
    cell_w, cell_h = _WIDE_CELL if plan.wide else _CELL
    widths = [shape[1] * cell_w if written else 4 * cell_w for shape in shapes]
    high = rows * cell_h if written else 3 * cell_h
    symbol = sizes.numbers[3]
    whole = sum(widths) + SEAM
    w, h = whole + 24.0, high + 1.4 * symbol + 6
    key = Key("W", part="tab")
    b.plate(key, "card", *at, w, h, role="op", fill="opfill", stroke=2.5, radius=12.0, z=4)
    left = at[0] - whole / 2
    for name, width in zip(names, widths, strict=True):
        matrix(b, subject, name, left + width / 2, at[1] + 0.55 * symbol, width, high,
               sizes.numbers[2] if written else 0.0)  # fmt: skip
        b.label(Key(name, part="symbol"), Writing(program).symbol(name), left + width / 2, at[1] - h / 2 + 0.7 * symbol,
                symbol)  # fmt: skip
        left += width + SEAM
    middle, (top, bottom) = at[0] - whole / 2 + widths[0] + SEAM / 2, (at[1] - h / 2 + 8, at[1] + h / 2 - 6)
    b.wire(Key("seam"), [(middle, top), (middle, bottom)], role="op", width=1.4, style="leader", alpha=0.6, z=7,
           start=Anchor(key, 0, 0, middle - at[0], top - at[1]),
           end=Anchor(key, 0, 0, middle - at[0], bottom - at[1]))  # fmt: skip
    out[item.name] = Box(key, *at, w, h)
    right = at[0] + w / 2 - 8
    for bias in item.params[2:]:
        width = tab_width(subject, sizes, bias)
        x, y = right - width / 2, at[1] - h / 2
        out[bias] = Box(draw_tab(b, subject, sizes, bias, x, y, width), x, y, width, sizes.tab[1])
        right -= width + 4
    return out


def _column(b: Builder, subject: Subject, plan: Plan, state: str) -> dict[str, Box]:
    """X over the state: two vectors that touch."""
    (cx, cy), sizes = plan.at[COLUMN], plan.sizes
    counts = {"x": subject.layer.inputs, state: subject.layer.size}
    style = _style(plan.wide, sizes, sum(counts.values()))
    heights = {name: column_height(count, style) for name, count in counts.items()}
    top, out = cy - sum(heights.values()) / 2, {}
    for name, count in counts.items():
        key, y = Key(f"{ITEM}:{name}"), top + heights[name] / 2
        w, h = b.vector(key, b.block(name, count), cx, y, role="x" if name == "x" else "s", w=style.w, h=style.h,
                        px=style.px, stroke=style.stroke, tallest=style.tallest)  # fmt: skip
        out[f"{ITEM}:{name}"] = Box(key._replace(part="frame"), cx, y, w, h)
        top += heights[name]
    return out


def _style(wide: bool, sizes: Sizes, count: int) -> Column:
    """A column so that both vectors stay within the height that there is."""
    style = sizes.outer
    h = min(style.h, (_WIDE_TALL if wide else _TALL) / count)
    return replace(style, h=h, tallest=(_WIDE_TALL if wide else _TALL) / 2, px=min(style.px, 0.7 * h))


def draw_block_wires(w: Wiring) -> None:
    """Add what leads into the column, and from it into the box."""
    item = w.plan.graph.items.get(ITEM)
    if item is None or item.kind != ITEM:
        return
    program = w.subject.program
    state = f"{program.states[0]}_prev"
    turns = _WIDE_TURNS if w.plan.wide else _TURNS
    shift = w.plan.at[COLUMN][0] - (_WIDE if w.plan.wide else _PLACES)[COLUMN][0]
    for source, turn, width in (("x", turns[0] + shift, 3.4), (state, turns[1] + shift, 4.4)):
        box, part = w.boxes[source], w.boxes[f"{ITEM}:{source}"]
        end_point, end = part.side("left", GAP)
        if source == "x" and not w.plan.wide:
            first, start = box.side("top")
            points = [first, (box.cx, end_point[1]), end_point]
        else:
            first, start = box.side("right")
            points = [first, (turn, first[1]), (turn, end_point[1]), end_point]
        role = role_of(w.plan, source)
        w.b.wire(Key(f"wire:{source.removesuffix('_prev')}"), points, role=role, width=width, head=11.0,
                 block=w.block(source), phase=1, token="dot", start=start, end=end)  # fmt: skip
        w.lines.append(Line(source, points, start, role, width))
    upper, lower = w.boxes[f"{ITEM}:x"], w.boxes[f"{ITEM}:{state}"]
    target = w.boxes[ITEM]
    level = min(max(target.cy, upper.cy - upper.h / 2), lower.cy + lower.h / 2)
    part = upper if level <= upper.cy + upper.h / 2 else lower
    start = Anchor(part.key, 1, (level - part.cy) / (part.h / 2))
    points = [(part.cx + part.w / 2, level), (target.cx - target.w / 2 - GAP, level)]
    end = Anchor(target.key, -1, (level - target.cy) / (target.h / 2), -GAP)
    size = w.subject.layer.inputs + w.subject.layer.size
    w.b.wire(Key("wire:joint"), points, role="op", width=3.4, head=11.0, block=w.b.block(JOINT, size),
             phase=program.phase_of("a") - 1, start=start, end=end)  # fmt: skip
    w.lines.append(Line(ITEM, points, start, "op", 3.4))
