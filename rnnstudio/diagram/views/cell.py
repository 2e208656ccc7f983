"""Cell: the inside of R, every op of the cell a mark (DESIGN §6.8)."""

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_auto import laid_out
from rnnstudio.diagram.views.cell_block import ITEM, draw_block, draw_block_wires, in_blocks
from rnnstudio.diagram.views.cell_labels import draw_labels
from rnnstudio.diagram.views.cell_parts import Box, draw_item, value_column
from rnnstudio.diagram.views.cell_plan import Plan, placed
from rnnstudio.diagram.views.cell_routes import draw_wires
from rnnstudio.diagram.views.cell_symbols import words_width
from rnnstudio.diagram.views.cell_wiring import Wiring
from rnnstudio.diagram.views.columns import draw_input, draw_output
from rnnstudio.sentence import sentence

TITLE = "Inside the cell"


def lay_out(subject: Subject) -> Layout:
    """The layout of the Cell view, by the positions of the cell file or, without, by itself."""
    plan = in_blocks(subject, placed(subject) or laid_out(subject))
    b = Builder("cell", subject.frame, subject.notation)
    b.title, b.caption = TITLE, subject.program.cell.caption
    chip = _shell(b, subject, plan)
    boxes: dict[str, Box] = {}
    for item in plan.graph.items.values():
        draw = draw_block if item.kind == ITEM else draw_item
        boxes |= draw(b, subject, plan, item)
    _columns(b, subject, plan, boxes)
    exits = _exits(plan, boxes)
    wiring = Wiring(b, subject, plan, boxes, exits)
    draw_block_wires(wiring)
    draw_wires(wiring)
    draw_labels(b, subject, plan, boxes, wiring.lines, chip)
    return b.layout()


def _shell(b: Builder, subject: Subject, plan: Plan) -> tuple[float, float, float, float]:
    """Add the box that is R opened, with its title; the result is where the title is."""
    left, top, right, bottom = plan.shell
    b.plate(Key("cell"), "shell", (left + right) / 2, (top + bottom) / 2, right - left, bottom - top, role="op",
            stroke=2.4, radius=30.0, z=1)  # fmt: skip
    title = subject.program.cell.title.split(" (")[0].split(" with")[0]
    name, comma, form = title.partition(", ")
    name = name if "cell" in name.lower() or name.endswith(" unit") else sentence("{name} cell", name=name)
    text = sentence("R  ·  {name}, {form}", name=name, form=form if comma else "opened")
    px = plan.sizes.chip
    # in a small window its words stop shrinking before the picture does
    wide = words_width(text, px) * (1.0 if plan.wide else 1.2)
    width, height = wide + 2.6 * px, 2.1 * px if not plan.wide else 1.5 * px
    # in the projector's form the upper edge belongs to the conveyor
    y = bottom if plan.wide else top
    if plan.wide and plan.automatic:
        left = right - 52 - width
    b.plate(Key("cell", part="chip"), "chip", left + 26 + width / 2, y, width, height, role="op", fill="canvas",
            stroke=1.0, radius=height / 2, z=6)  # fmt: skip
    b.label(Key("cell", part="symbol"), text, left + 26 + width / 2, y, px, font="ui", weight=600)
    return (left + 26, y - height / 2, left + 26 + width, y + height / 2)


def _columns(b: Builder, subject: Subject, plan: Plan, boxes: dict[str, Box]) -> None:
    """The columns of named values, inside, and of what enters and leaves the cell."""
    graph, sizes, at = plan.graph, plan.sizes, plan.at
    for op_id, value in graph.columns.items():
        inner = value not in graph.outputs
        place = at.get(value if inner else f"{value}:inner")
        if place is None:
            continue
        item = at[graph.owner[op_id]]
        aside = not plan.automatic and place[0] != item[0] and place[1] != item[1]
        narrow = not plan.automatic and value in graph.program.inline and _narrow(plan, value)
        style = sizes.beside if aside else sizes.small if narrow else sizes.inner
        boxes[f"column:{op_id}"] = value_column(b, subject, value, place, style, key="" if inner else op_id)
    for state in graph.program.states:
        name = f"{state}_prev"
        if name in at:
            boxes[name] = value_column(b, subject, name, at[name], sizes.outer)
        boxes[f"out:{state}"] = value_column(b, subject, state, at[state], sizes.outer)
    if "x" in at:
        x = draw_input(b, subject, None, *at["x"], sizes.x, level=True, rightwards=plan.wide)
        boxes["x"] = Box(x.key, x.cx, x.cy, x.w, x.h)
    y = draw_output(b, subject, None, *at["y"], sizes.y, symbol_too=False)
    boxes["out:y"] = Box(y.key, y.cx, y.cy, y.w, y.h)


def _narrow(plan: Plan, value: str) -> bool:
    """Whether a value stands in a row between operators that are close."""
    x, y = plan.at[value]
    near = [
        p for name, p in plan.at.items() if name in plan.graph.items and p[1] == y and 0 < abs(p[0] - x) < 80
    ]
    return len(near) > 1


def _exits(plan: Plan, boxes: dict[str, Box]) -> dict[str, Box]:
    """Where the wires of each source leave: its column where that is on the way, else the item that makes it."""
    out = {name: boxes[name] for name in ("x", *(f"{s}_prev" for s in plan.graph.program.states)) if name in boxes}
    for op_id, owner in plan.graph.owner.items():
        item, column = boxes[owner], boxes.get(f"column:{op_id}")
        on_the_way = column is not None and (plan.automatic or item.cx == column.cx or item.cy == column.cy)
        out[op_id] = column if on_the_way and column is not None else item
    out |= {name: boxes[name] for name, item in plan.graph.items.items() if item.kind == "bias"}
    return out
