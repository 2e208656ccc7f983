"""One copy of the cell in the Unrolled view: R with its tabs, x below, y above."""

import math
from dataclasses import dataclass

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_symbols import math_width, what
from rnnstudio.diagram.views.columns import (
    Drawn,
    draw_input,
    draw_output,
    input_phase,
    sample,
    says_words,
    symbol_below,
)
from rnnstudio.diagram.views.unrolled_style import Style

#: A small picture of a matrix is at most this many cells of the tab's size wide and high.
MOST_ACROSS, MOST_DOWN = 6.0, 3.2
SEAM = 3.0


@dataclass(frozen=True)
class Copy:
    """A copy as it stands: the tabs and columns that wires go to."""

    t: int
    cx: float
    left: float  # x of the left rim, the U tab's included
    right: float
    entry: Key  # of the state s: the U tab, or R itself


@dataclass(frozen=True)
class Part:
    """A matrix in a tab, at its small size."""

    name: str
    w: float
    h: float


def stacks(subject: Subject) -> dict[str, tuple[str, ...]]:
    """The cell's matrices and biases by the tab that stands for them: W, U and, for a readout, V."""
    program = subject.program
    out: dict[str, list[str]] = {"W": [], "U": [], "V": []}
    for name, shape in program.parameters.items():
        role = program.role(name)
        if len(shape) == 2:
            out.setdefault(role, []).append(name)
        else:
            # a sum has one bias, wherever it is drawn: the readout's stands by V, the others by W
            out["V" if role == "V" or name == "by" else "W"].append(name)
    return {role: tuple(names) for role, names in out.items() if any(len(program.parameters[n]) == 2 for n in names)}


def tab_label(subject: Subject, role: str, names: tuple[str, ...], t: int) -> str:
    """``W_t``, or ``W_t, b_t`` where a bias stands by it."""
    at = sample(subject, t)
    biases = [n for n in names if len(subject.program.parameters[n]) == 1]
    text = f"<{role}|{role}_{{{at}}}>"
    if not biases:
        return text
    return f"{text}, <op|b_{{{'y' if role == 'V' else at}}}>"


def _parts(subject: Subject, names: tuple[str, ...], cell: float) -> tuple[list[Part], list[Part]]:
    program, sizes = subject.program, subject.layer.sizes
    matrices = [n for n in names if len(program.parameters[n]) == 2]
    share = 1.0 if len(matrices) == 1 else 0.72
    found: tuple[list[Part], list[Part]] = ([], [])
    for name in names:
        shape = [sizes[letter] for letter in program.parameters[name]]
        rows, cols = shape[0], shape[1] if len(shape) == 2 else 1
        w = min(cell * cols, cell * MOST_ACROSS) * share
        found[len(shape) == 1].append(Part(name, w, min(cell * rows, cell * MOST_DOWN) * share))
    return found


def tab(
    b: Builder, subject: Subject, role: str, t: int, cx: float, cy: float, px: float, cell: float,
    *, within: float = math.inf,
) -> Drawn:  # fmt: skip
    """Add a tab with a small picture of each of its matrices and the stack's symbol.

    ``within`` is how far right it may reach.
    """
    names = stacks(subject)[role]
    matrices, biases = _parts(subject, names, cell)
    across = math.ceil(math.sqrt(len(matrices)))
    down = -(-len(matrices) // across)
    step_w = max(part.w for part in matrices) + SEAM
    step_h = max(part.h for part in (*matrices, *biases)) + SEAM
    bias_w = max((part.w for part in biases), default=0.0)
    bias_across = -(-len(biases) // down)
    bias_width = bias_across * (bias_w + SEAM) - SEAM + 6.0 if biases else 0.0
    heat_w, heat_h = across * step_w - SEAM + bias_width, down * step_h - SEAM
    text = tab_label(subject, role, names, t)
    width, height = heat_w + math_width(text, px) + 26, max(px * 1.55, heat_h + 12)
    cx = min(cx, within - width / 2)
    key = Key(role, t, part="tab")
    b.plate(key, "tab", cx, cy, width, height, role=role, fill="raised", stroke=2.0, radius=9.0, z=6)
    x0, y0 = cx - width / 2 + 8, cy - heat_h / 2
    for k, part in enumerate(matrices):
        row, col = divmod(k, across)
        _small(b, subject, part, t, x0 + col * step_w + (step_w - SEAM) / 2, y0 + row * step_h + (step_h - SEAM) / 2)
    x1 = x0 + across * step_w + 3.0
    for k, part in enumerate(biases):
        row, col = divmod(k, bias_across)
        _small(b, subject, part, t, x1 + col * (bias_w + SEAM) + bias_w / 2,
               y0 + row * step_h + (step_h - SEAM) / 2)  # fmt: skip
    b.label(Key(role, t, part="symbol"), text, x0 + heat_w + 7, cy - 1, px, align="l")
    return Drawn(key, -1, cx, cy, width, height, len(names))


def _small(b: Builder, subject: Subject, part: Part, t: int, cx: float, cy: float) -> None:
    shape = [subject.layer.sizes[letter] for letter in subject.program.parameters[part.name]]
    block = b.block(part.name, shape[0], shape[1] if len(shape) == 2 else 1, t=t, scale="weight")
    b.matrix(Key(what(subject.program, part.name), t), block, cx, cy, role=subject.program.role(part.name), w=part.w,
             h=part.h, stroke=0.0, z=6)  # fmt: skip


def draw_copy(b: Builder, subject: Subject, style: Style, t: int, cx: float) -> Copy:
    """Add the copy of sample ``t``: box, tabs, x_t and y_t with their wires."""
    w, h = style.box
    top, bottom = style.cy - h / 2, style.cy + h / 2
    here = stacks(subject)
    now = t == max(1, subject.t)
    px, cell = style.tab_px[0 if now else 1], style.tab_cell[0 if now else 1]
    box = Key("cell", t)
    b.plate(box, "box", cx, style.cy, w, h, role="op", radius=16.0)
    b.label(Key("cell", t, part="symbol"), "<op|R>", cx + (8 if "U" in here else 0), style.cy - 4, style.letter)
    left, entry = cx - w / 2, box
    under, over, rim_x, rim_y, below_left, lowest = box, box, bottom, top, cx, bottom
    if "W" in here:
        tab_w = tab(b, subject, "W", t, cx, bottom, px, cell)
        under, rim_x, below_left, lowest = tab_w.key, tab_w.bottom, tab_w.left, tab_w.top - tab_w.h / 2 - 2
    if "U" in here:
        lane = next((lane.y for lane in style.lanes if lane.state == "s"), style.cy)
        # where the lane of s is low, the tab of U keeps left of W's
        u = tab(b, subject, "U", t, left, lane, px, cell, within=below_left - 3 if lane > lowest else math.inf)
        left, entry = u.left, u.key
    if "V" in here:
        tab_v = tab(b, subject, "V", t, cx, top, px, cell)
        over, rim_y = tab_v.key, tab_v.top
    x = draw_input(b, subject, t, cx, style.x_y, style.x)
    parked = (x.top - style.x_token) / max(1.0, x.top - rim_x - 3)
    wire_width, wire_head = style.wire[:2]
    b.wire(Key("wire:x", t), [(cx, x.top), (cx, rim_x + 3)], role="x", width=wire_width, head=wire_head, block=x.block,
           phase=input_phase(subject.program), token="dot", park=(min(max(parked, 0.3), 0.7), cx, style.x_token),
           start=Anchor(x.key, 0, -1), end=Anchor(under, 0, 1, dy=3))  # fmt: skip
    y = draw_output(b, subject, t, cx, style.y_y, style.y)
    b.wire(Key("wire:y", t), [(cx, rim_y - 2), (cx, y.bottom + 4)], role="y", width=wire_width, head=wire_head,
           block=y.block, phase=subject.program.phase_of("y"), token="dot", start=Anchor(over, 0, -1, dy=-2),
           end=Anchor(y.key, 0, 1, dy=4))  # fmt: skip
    if says_words(subject):
        _symbol_of_words(b, subject, style, y, t, (rim_y + y.bottom) / 2)
    return Copy(t, cx, left, cx + w / 2, entry)


def _symbol_of_words(b: Builder, subject: Subject, style: Style, y: Drawn, t: int, under: float) -> None:
    if subject.frame.wide:
        b.label(Key("y", t, part="symbol"), f"<y|y_{{{sample(subject, t)}}}>", y.left - style.y.gap, y.top + 28,
                style.y.symbol, align="r")  # fmt: skip
    else:
        symbol_below(b, subject, y, t, style.y, under)
