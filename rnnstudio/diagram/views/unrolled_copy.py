"""One copy of the cell in the Unrolled view: R with its tabs, x below, y above."""

import math
from dataclasses import dataclass

from rnnstudio.diagram.beside import cut_label
from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import DELTA
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
from rnnstudio.engine.shapes import length

#: A small picture of a matrix is at most this many cells of the tab's size wide and high.
MOST_ACROSS, MOST_DOWN = 6.0, 3.2
SEAM = 3.0


@dataclass(frozen=True)
class Copy:
    """A copy as it stands: the tabs and columns that wires go to."""

    t: int
    cx: float
    enters: float  # x of the rim where the state comes in, the U tab's included
    leaves: float  # x of the rim where it goes out
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
    biases = [n for n in names if n in subject.program.biases]
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
        shape = [length(letter, sizes) for letter in program.parameters[name]]
        rows, cols = shape[0], shape[1] if len(shape) == 2 else 1
        w = min(cell * cols, cell * MOST_ACROSS) * share
        found[len(shape) == 1].append(Part(name, w, min(cell * rows, cell * MOST_DOWN) * share))
    return found


@dataclass(frozen=True)
class Heat:
    """The small pictures of a stack of matrices: beside each other in rows, the biases behind them."""

    matrices: list[Part]
    biases: list[Part]

    @property
    def across(self) -> int:
        """Matrices in a row."""
        return math.ceil(math.sqrt(len(self.matrices)))

    @property
    def down(self) -> int:
        """Rows."""
        return -(-len(self.matrices) // self.across)

    @property
    def step(self) -> tuple[float, float]:
        """From one to the next, across and down."""
        widest = max(part.w for part in self.matrices)
        return widest + SEAM, max(part.h for part in (*self.matrices, *self.biases)) + SEAM

    @property
    def bias_step(self) -> float:
        """From one bias to the next."""
        return max((part.w for part in self.biases), default=0.0) + SEAM

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        width, height = self.step
        biases = -(-len(self.biases) // self.down) * self.bias_step - SEAM + 6.0 if self.biases else 0.0
        return self.across * width - SEAM + biases, self.down * height - SEAM


def tab_size(subject: Subject, role: str, text: str, px: float, cell: float) -> tuple[float, float]:
    """Width and height of a tab with that symbol."""
    width, height = Heat(*_parts(subject, stacks(subject)[role], cell)).size
    return width + math_width(subject.notation.write(text), px) + 26, max(px * 1.55, height + 12)


def tab(
    b: Builder, subject: Subject, role: str, t: int, cx: float, cy: float, px: float, cell: float,
    *, within: tuple[float, float] = (-math.inf, math.inf), text: str = "", change: bool = False,
) -> Drawn:  # fmt: skip
    """Add a tab with a small picture of each of its matrices and the stack's symbol.

    ``within`` is how far left and right it may reach; ``change`` shows what sample ``t`` adds to them.
    """
    names = stacks(subject)[role]
    heat = Heat(*_parts(subject, names, cell))
    text = text or tab_label(subject, role, names, t)
    width, height = tab_size(subject, role, text, px, cell)
    cx = max(min(cx, within[1] - width / 2), within[0] + width / 2)
    key = Key(DELTA + role if change else role, t, part="tab")
    x0, y0 = cx - width / 2 + 8, cy - heat.size[1] / 2
    step_w, step_h = heat.step
    first = -1
    for k, part in enumerate(heat.matrices):
        row, col = divmod(k, heat.across)
        block = _small(b, subject, part, t, x0 + col * step_w + (step_w - SEAM) / 2,
                       y0 + row * step_h + (step_h - SEAM) / 2, change)  # fmt: skip
        first = block if first < 0 else first
    x1, bias_across = x0 + heat.across * step_w + 3.0, -(-len(heat.biases) // heat.down)
    for k, part in enumerate(heat.biases):
        row, col = divmod(k, bias_across)
        _small(b, subject, part, t, x1 + col * heat.bias_step + part.w / 2, y0 + row * step_h + (step_h - SEAM) / 2,
               change)  # fmt: skip
    b.plate(key, "tab", cx, cy, width, height, role=role, fill="raised", stroke=2.0, radius=9.0, z=6, block=first)
    b.label(key._replace(part="symbol"), text, x0 + heat.size[0] + 7, cy - 1, px, align="l")
    return Drawn(key, -1, cx, cy, width, height, len(names))


def _small(b: Builder, subject: Subject, part: Part, t: int, cx: float, cy: float, change: bool) -> int:
    shape = [length(letter, subject.layer.sizes) for letter in subject.program.parameters[part.name]]
    of = DELTA if change else ""
    block = b.block(of + part.name, shape[0], shape[1] if len(shape) == 2 else 1, t=t,
                    scale="change" if change else "weight")  # fmt: skip
    role = subject.program.role(part.name)
    rim = 1.2 if role == "U" and cut_label(subject) else 0.0  # zeros have no colour by which they would be seen
    b.matrix(Key(of + what(subject.program, part.name), t), block, cx, cy, role=role, w=part.w, h=part.h, stroke=rim,
             z=6)  # fmt: skip
    return block


def draw_copy(b: Builder, subject: Subject, style: Style, t: int, cx: float) -> Copy:
    """Add the copy of sample ``t``: box, tabs, x_t and y_t with their wires."""
    w, h = style.box
    top, bottom = style.cy - h / 2, style.cy + h / 2
    here, way = stacks(subject), subject.way
    now = t == subject.now
    px, cell = style.tab_px[0 if now else 1], style.tab_cell[0 if now else 1]
    box = Key("cell", t)
    b.plate(box, "box", cx, style.cy, w, h, role="op", radius=16.0)
    b.label(Key("cell", t, part="symbol"), "<op|R>", cx + (8 * way if "U" in here else 0), style.cy - 4, style.letter)
    enters, entry = cx - way * w / 2, box
    under, over, rim_x, rim_y, lowest = box, box, bottom, top, bottom
    clear = (-math.inf, math.inf)
    if "W" in here:
        tab_w = tab(b, subject, "W", t, cx, bottom, px, cell)
        under, rim_x, lowest = tab_w.key, tab_w.bottom, tab_w.top - tab_w.h / 2 - 2
        clear = (-math.inf, tab_w.left - 3) if way > 0 else (tab_w.right + 3, math.inf)
    if "U" in here:
        lane = next((lane.y for lane in style.lanes if lane.state == "s"), style.cy)
        # where the lane of s is low, the tab of U keeps clear of W's
        u = tab(b, subject, "U", t, enters, lane, px, cell,
                within=clear if lane > lowest else (-math.inf, math.inf), text=cut_label(subject))  # fmt: skip
        enters, entry = u.left if way > 0 else u.right, u.key
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
    return Copy(t, cx, enters, cx + way * w / 2, entry)


def _symbol_of_words(b: Builder, subject: Subject, style: Style, y: Drawn, t: int, under: float) -> None:
    if subject.frame.wide:
        b.label(Key("y", t, part="symbol"), f"<y|y_{{{sample(subject, t)}}}>", y.left - style.y.gap, y.top + 28,
                style.y.symbol, align="r")  # fmt: skip
    else:
        symbol_below(b, subject, y, t, style.y, under)
