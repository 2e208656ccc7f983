"""The symbols inside a cell: beside what they name, where nothing else is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.diagram.build import GRID_UP_TO, NUMBERS_UP_TO, Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.notation import TUTORIAL, Notation
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.views.cell_graph import parameter_of
from rnnstudio.diagram.views.cell_parts import Box
from rnnstudio.diagram.views.cell_plan import Plan
from rnnstudio.diagram.views.cell_symbols import math_width, what, words_width
from rnnstudio.diagram.views.cell_wiring import Line

_SMALLER = 0.78
#: Words under this size are drawn so many times as large in the smallest window.
_READ, _HELD = 20.0, 1.45
Rect = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Text:
    """A line of a label; ``words`` in the interface's face, else mathematics."""

    key: Key
    text: str
    px: float
    words: bool = False
    when: str = ""
    notation: Notation = TUTORIAL

    @property
    def width(self) -> float:
        """Estimated width."""
        if self.words:
            return self.drawn / self.px * words_width(self.text, self.px)
        return math_width(self.notation.write(self.text), self.px)

    @property
    def drawn(self) -> float:
        """The size at which it is drawn, at most: small words stop shrinking with the window at their floor."""
        return _HELD * self.px if self.words and self.px < _READ else 1.1 * self.px if self.words else self.px


def draw_labels(b: Builder, subject: Subject, plan: Plan, boxes: dict[str, Box], lines: list[Line], chip: Rect) -> None:
    """Add the symbols of all columns, what gates are called, and the notes about rounding."""
    taken = [*map(_rect, boxes.values()), chip]
    for line in lines:
        half = line.width / 2 + (6 if line.conveyor else 2)
        for (ax, ay), (cx, cy) in zip(line.points, line.points[1:], strict=False):
            taken.append((min(ax, cx) - half, min(ay, cy) - half, max(ax, cx) + half, max(ay, cy) + half))
    _outer(b, subject, plan, boxes, taken)
    program, sizes, graph = subject.program, plan.sizes, plan.graph
    for op_id, name in graph.columns.items():
        column = boxes.get(f"column:{op_id}")
        if column is None:
            continue
        key = Key(name if name not in graph.outputs else op_id)
        lines_ = _texts(plan, name, key, b.notation)
        if name in plan.words:
            lines_.append(Text(key._replace(part="word"), plan.words[name], sizes.word, words=True))
        item = boxes[graph.owner[op_id]]
        level = abs(item.cy - column.cy) < 1
        # where the layout is full, an expression is written smaller, or left to the formula bar
        must, side = not plan.automatic or len(name) == 1, level and name not in plan.words
        if not _place(b, lines_, column, taken, plan.shell, level=side, must=must) and not plan.wide:
            smaller = [replace(text, px=_SMALLER * text.px) for text in lines_]
            _place(b, smaller, column, taken, plan.shell, level=side, must=False)
        note = Text(key._replace(part="note"), "rounded", sizes.remark, words=True, when=f"rounded:{name}")
        _place(b, [note], column, taken, plan.shell, level=level, under=True, must=False)
    for item_ in graph.items.values():
        if item_.kind == "bias":
            symbol = Writing(program).symbol(parameter_of(item_.name))
            text = Text(Key(what(program, item_.name), part="symbol"), symbol, sizes.value, notation=b.notation)
            _place(b, [text], boxes[item_.name], taken, plan.shell, level=False)


def _texts(plan: Plan, name: str, key: Key, notation: Notation) -> list[Text]:
    """The symbol of a value in one line, or an expression, a sum of it in two."""
    program, sizes = plan.graph.program, plan.sizes
    writing = Writing(program, notation=notation)
    symbol = writing.symbol(name)
    if name not in program.inline or len(name) == 1:
        return [Text(key._replace(part="symbol"), symbol, sizes.value, notation=notation)]
    op = program.ops_of(name)[-1]
    if op.kind != "add" or plan.automatic:
        return [Text(key._replace(part="symbol"), symbol, sizes.expression, notation=notation)]
    terms = [writing.symbol(arg) for arg in op.args]
    parts = [("symbol", terms[0]), *((f"symbol{k}", f"+ {term}") for k, term in enumerate(terms[1:], start=2))]
    return [Text(key._replace(part=part), text, sizes.expression, notation=notation) for part, text in parts]


def _rect(box: Box) -> Rect:
    return (box.cx - box.w / 2, box.cy - box.h / 2, box.cx + box.w / 2, box.cy + box.h / 2)


def _outer(b: Builder, subject: Subject, plan: Plan, boxes: dict[str, Box], taken: list[Rect]) -> None:
    """The states before and after above their columns, in the projector's form beside them; and y."""
    sizes, program = plan.sizes, subject.program
    names = [(f"{s}_prev", f"{s}_prev", f"{s}_prev") for s in program.states if f"{s}_prev" in boxes]
    names += [(f"out:{s}", s, s) for s in program.states]
    names.append(("out:y", "y", "y"))
    for box_name, name, key in names:
        box = boxes[box_name]
        px = sizes.outer.symbol
        text = Writing(program).symbol(name)
        left = box.cx < (plan.shell[0] + plan.shell[2]) / 2
        beside_y = name == "y" and box.cy < plan.shell[1]
        if plan.wide:
            x, y, align = box.cx + (-1 if left else 1) * (box.w / 2 + 12), box.cy, "r" if left else "l"
        elif beside_y:
            x, y, align = box.cx - box.w / 2 - sizes.y.gap, box.cy, "r"
        else:
            x, y, align = box.cx, box.cy - box.h / 2 - 0.77 * px, "c"
        if name == "y" and (box.w >= 150 or (plan.wide and plan.automatic)) and not beside_y:
            x, y, align = box.cx, box.cy - box.h / 2 - 0.6 * px, "c"
        b.label(Key(key, part="symbol"), text, x, y, px, align=align)
        taken.append(_span(x, y, math_width(b.notation.write(text), px), 0.95 * px, align))
        n = subject.layer.width if name == "y" else subject.layer.size
        if NUMBERS_UP_TO < n <= GRID_UP_TO and not beside_y and name != "y":
            # in the projector's form the card of words begins right under a state, with its y
            card = boxes["out:y"]
            under = not (plan.wide and card.w >= 150 and card.cy > box.cy)
            b.label(Key(key, part="count"), f"n = {n}", box.cx,
                    box.cy + (1 if under else -1) * (box.h / 2 + 0.95 * sizes.outer.small),
                    sizes.outer.small, role="text3", font="ui", weight=500)  # fmt: skip


def _span(x: float, y: float, w: float, h: float, align: str) -> Rect:
    left = x - w / 2 if align == "c" else x - w if align == "r" else x
    return (left - 3, y - h / 2, left + w + 3, y + h / 2)


def _free(rects: list[Rect], taken: list[Rect], shell: Rect) -> int:
    """How many things a label would lie on; leaving the shell counts as one."""
    count = 0
    for a in rects:
        count += sum(a[0] < t[2] and t[0] < a[2] and a[1] < t[3] and t[1] < a[3] for t in taken)
        count += a[0] < shell[0] + 4 or a[2] > shell[2] - 4 or a[1] < shell[1] + 2 or a[3] > shell[3] - 2
    return count


def _place(
    b: Builder, texts: list[Text], box: Box, taken: list[Rect], shell: Rect, *, level: bool, under: bool = False,
    must: bool = True,
) -> bool:  # fmt: skip
    """Put the lines at the first place around a column that is free; what is not needed is left out where none is.

    The result says whether they were put anywhere.
    """
    best: tuple[int, list[tuple[Text, float, float, str]], list[Rect]] | None = None
    for spots in _candidates(texts, box, level=level, under=under):
        rects = [_span(x, y, text.width, 0.9 * text.drawn, align) for text, x, y, align in spots]
        hits = _free(rects, taken, shell)
        if best is None or hits < best[0]:
            best = (hits, spots, rects)
        if not hits:
            break
    assert best is not None
    if best[0] and not must:
        return False
    for text, x, y, align in best[1]:
        font, role = ("ui", "text3") if text.words else ("math", "op")
        weight = 500 if text.words else 400
        b.label(text.key, text.text, x, y, text.px, align=align, font=font, role=role, weight=weight, when=text.when)
    taken.extend(best[2])
    return True


def _candidates(texts: list[Text], box: Box, *, level: bool, under: bool) -> list[list[tuple[Text, float, float, str]]]:
    """Places around a column, the usual one first: beside an upright wire, above a level one."""
    px = texts[0].px
    right, left = box.cx + box.w / 2 + 0.4 * max(px, 22), box.cx - box.w / 2 - 0.4 * max(px, 22)
    top, bottom = box.cy - box.h / 2, box.cy + box.h / 2

    def column(x: float, first: float, align: str, spread: float = 1.0) -> list[tuple[Text, float, float, str]]:
        out, y = [], first
        for k, text in enumerate(texts):
            y += spread * 0.58 * (texts[k - 1].px + text.px) if k else 0.0
            out.append((text, x, y, align))
        return out

    tall = sum(1.16 * text.px for text in texts[1:])
    above = column(box.cx, top - 0.85 * px - tall, "c")
    below = column(box.cx, bottom + 0.85 * px, "c")
    high = top + 0.52 * px
    beside = [column(x, high, align) for x, align in ((right, "l"), (left, "r"))]
    middle = [column(x, box.cy - tall / 2 - 1, align) for x, align in ((right, "l"), (left, "r"))]
    apart = [column(x, high, align, 1.75) for x, align in ((right, "l"), (left, "r"))]
    over = [column(x, top - 0.5 * px - tall, align) for x, align in ((right, "l"), (left, "r"))]
    low = [column(x, bottom - 0.5 * px, align) for x, align in ((right, "l"), (left, "r"))]
    edge = [[(texts[0], box.cx + box.w / 2, top - 0.8 * px, "r")]] if len(texts) == 1 else []
    if under:
        return [below, *low, *middle, *beside, above]
    if level and len(texts) == 1 and texts[0].width < 3 * px:
        return [above, *beside, below, *middle, *over, *low]
    if level:
        return [above, *edge, below, *beside, *middle, *over, *low]
    if len(texts) > 1 and texts[-1].words:
        foot = bottom - 0.45 * texts[-1].px
        at_foot = [
            [*spots[:-1], (texts[-1], x, foot, align)]
            for spots, x, align in zip(beside, (right, left), "lr", strict=True)
        ]
        return [beside[0], at_foot[0], apart[0], beside[1], at_foot[1], apart[1], *middle, *over, *low, above, below]
    return [*middle, *beside, *apart, *low, *over, above, below]
