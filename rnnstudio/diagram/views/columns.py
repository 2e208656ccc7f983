"""Columns with their symbols: x, y and the states as the cell's views draw them, words included."""

from dataclasses import dataclass

from rnnstudio.diagram.build import COLUMN_UP_TO, GRID_UP_TO, NUMBERS_UP_TO, Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import time_index
from rnnstudio.engine.ops import Program
from rnnstudio.engine.shapes import length

#: Size of the strip that shows which word is the input, and of the card of the likeliest ones (DESIGN §16, words).
STRIP_WIDTH, STRIP_CELL, STRIP_TALLEST = 26.0, 11.0, 132.0


@dataclass(frozen=True)
class Column:
    """How a column of numbers looks: cell size, number, symbol, greatest height, outline, small print.

    ``card`` is the size of the card of the five likeliest words, ``word`` the size of the word under a strip.
    """

    w: float = 64.0
    h: float = 32.0
    px: float = 17.0
    symbol: float = 31.0
    tallest: float = 180.0
    stroke: float = 2.6
    gap: float = 12.0
    small: float = 13.0
    card: tuple[float, float] = (246.0, 149.0)
    word: float = 19.0


@dataclass(frozen=True)
class Drawn:
    """A column as it stands: where wires meet it, and the block they carry."""

    key: Key
    block: int
    cx: float
    cy: float
    w: float
    h: float
    n: int

    @property
    def top(self) -> float:
        """Y of the upper rim."""
        return self.cy - self.h / 2

    @property
    def bottom(self) -> float:
        """Y of the lower rim."""
        return self.cy + self.h / 2

    @property
    def left(self) -> float:
        """X of the left rim."""
        return self.cx - self.w / 2

    @property
    def right(self) -> float:
        """X of the right rim."""
        return self.cx + self.w / 2


def column_height(n: int, style: Column) -> float:
    """The height a column of ``n`` values takes; the same rule as the builder's level of detail."""
    if n > GRID_UP_TO:
        return min(style.tallest, 150.0)
    rows = -(-n // 4) if n > COLUMN_UP_TO else n
    return rows * min(style.h, style.tallest / rows)


def input_phase(program: Program) -> int:
    """The sub-step in which x travels: that of the first op that takes it."""
    return min((program.phase_of(op.id) for op in program.ops if "x" in op.args), default=1)


def state_phase(program: Program, state: str) -> int:
    """The sub-step in which a state before the step travels: that of the first op that takes it."""
    previous = f"{state}_prev"
    return min((program.phase_of(op.id) for op in program.ops if previous in op.args), default=1)


def scale_of(program: Program, name: str) -> str:
    """The colour scale of a value."""
    return "weight" if name not in ("x",) and not name.endswith("_prev") and program.weighted(name) else "signal"


def sample(subject: Subject, t: int) -> str:
    """The subscript of sample ``t``: t−1, t, t+1 around the playhead, its number before the first sample."""
    return time_index(t - subject.t) if subject.started else str(t)


def draw_column(
    b: Builder, subject: Subject, name: str, t: int | None, cx: float, cy: float, style: Column, *, role: str = "",
    key: str = "",
) -> Drawn:  # fmt: skip
    """Add the numbers of a value of the chosen cell as a column (its level of detail by its size), without symbol."""
    program = subject.program
    base = name.removesuffix("_prev")
    n = length(program.sizes[base], subject.layer.sizes)
    block = b.block(name, n, t=t, scale=scale_of(program, name))
    at = Key(key or name, t)
    w, h = b.vector(at, block, cx, cy, role=role or program.role(name), w=style.w, h=style.h, px=style.px,
                    stroke=style.stroke, tallest=style.tallest)  # fmt: skip
    return Drawn(at._replace(part="frame"), block, cx, cy, w, h, n)


def count(b: Builder, column: Drawn, x: float, y: float, style: Column, align: str = "l") -> None:
    """Say how many values a column has that shows no numbers; a histogram says so itself."""
    if NUMBERS_UP_TO < column.n <= GRID_UP_TO or (column.n <= NUMBERS_UP_TO and style.tallest / column.n < 15):
        b.label(column.key._replace(part="count"), f"n = {column.n}", x, y, style.small, role="text3", align=align,
                font="ui", weight=500)  # fmt: skip


def _subscript(subject: Subject, t: int | None) -> str:
    return "t" if t is None else sample(subject, t)


def is_text(subject: Subject) -> bool:
    """Whether the input of the chosen layer is a word."""
    return bool(subject.tokens) and subject.network.chosen == 0


def says_words(subject: Subject) -> bool:
    """Whether y holds a number for each word: the network's output, of the size of the vocabulary."""
    last = subject.network.chosen == len(subject.network.layers) - 1
    return bool(subject.tokens) and last and subject.layer.width == len(subject.vocabulary)


def draw_input(
    b: Builder, subject: Subject, t: int | None, cx: float, cy: float, style: Column, *, level: bool = False,
    rightwards: bool = False,
) -> Drawn:  # fmt: skip
    """Add x_t with its symbol left of it: numbers, or for a text the list with the lit word, the word under it.

    List and word are centred together where a column would be; with ``level`` the list alone is, for a wire beside it.
    Where the wire goes ``rightwards``, the count of the values stands under them.
    """
    symbol = f"<x|x_{{{_subscript(subject, t)}}}>"
    if is_text(subject):
        return _word(b, subject, t, cx, cy, style, symbol, level)
    column = draw_column(b, subject, "x", t, cx, cy, style)
    b.label(Key("x", t, part="symbol"), symbol, column.left - style.gap, cy, style.symbol, align="r")
    if rightwards:
        count(b, column, cx, column.bottom + style.small, style, "c")
    else:
        count(b, column, column.right + style.gap, cy, style)
    return column


def _word(
    b: Builder, subject: Subject, t: int | None, cx: float, cy: float, style: Column, symbol: str, level: bool
) -> Drawn:
    n = len(subject.vocabulary)
    at = subject.t if t is None else t
    h = min(STRIP_TALLEST, n * STRIP_CELL, style.tallest - 12 - style.word)
    gap = 12.0
    if level:
        h, gap = min(h, 64.0 if style.word < 28 else 100.0), 6.0
    top = cy - h / 2 if level else cy - (h + gap + style.word) / 2
    block = b.block("onehot", n, t=t)
    key = Key("x", t, part="frame")
    middle = top + h / 2
    b.plate(key, "onehot", cx, middle, STRIP_WIDTH, h, role="x", fill="canvas", radius=5.0, stroke=style.stroke, z=5,
            block=block)  # fmt: skip
    b.label(Key("x", t, part="symbol"), symbol, cx - STRIP_WIDTH / 2 - style.gap - 6, middle, style.symbol, align="r")
    word = subject.token(at)
    if word is not None:
        index = subject.tokens[at - 1]
        b.label(Key("x", t, part="count"), str(index + 1), cx + STRIP_WIDTH / 2 + 9, top + (index + 0.5) / n * h,
                style.small, role="text", align="l", font="ui", weight=650)  # fmt: skip
        b.label(Key("x", t, part="word"), f"“{_printable(word)}”", cx, top + h + gap + style.word / 2, style.word,
                font="ui", weight=650)  # fmt: skip
    return Drawn(key, block, cx, middle, STRIP_WIDTH, h, n)


def _printable(word: str) -> str:
    """Blanks and line ends as the signs that stand for them."""
    return word.replace("\n", "↵").replace("\t", "⇥").replace(" ", "␣")


def draw_output(
    b: Builder, subject: Subject, t: int | None, cx: float, cy: float, style: Column, *, symbol_too: bool = True
) -> Drawn:
    """Add y_t with its symbol left of it: numbers, or for words the card of the five likeliest (without symbol)."""
    symbol = f"<y|y_{{{_subscript(subject, t)}}}>"
    if says_words(subject):
        block = b.block("likely", subject.layer.width, t=t)
        key = Key("y", t, part="frame")
        w, h = style.card
        b.plate(key, "likely", cx, cy, w, h, role="y", fill="canvas", radius=8.0, stroke=style.stroke, z=5, block=block)
        return Drawn(key, block, cx, cy, w, h, subject.layer.width)
    column = draw_column(b, subject, "y", t, cx, cy, style, role="y")
    if symbol_too:
        b.label(Key("y", t, part="symbol"), symbol, column.left - style.gap, cy, style.symbol, align="r")
    if not _target(b, subject, t, column, style):
        count(b, column, column.right + style.gap, cy, style)
    return column


def _target(b: Builder, subject: Subject, t: int | None, column: Drawn, style: Column) -> bool:
    """Beside y what it should have been, where y is the network's output and the study says it."""
    # what one of two passes hands out is not yet what leaves the layer
    last = subject.network.chosen == len(subject.network.layers) - 1 and column.n == subject.layer.width
    sample_known = subject.started if t is None else True
    if not subject.targets or not last or not sample_known or column.right > subject.frame.width - 2 * style.w:
        return False
    w, at = 0.84 * style.w, Key("target", t)
    block = b.block("target", column.n, t=t)
    cx, pitch = column.right + style.gap + w / 2, column.h / column.n
    if column.n > NUMBERS_UP_TO:
        b.vector(at, block, cx, column.cy, role="y", w=w, h=style.h, stroke=1.6, tallest=style.tallest)
    for i in range(column.n if column.n <= NUMBERS_UP_TO else 0):
        y = column.top + (i + 0.5) * pitch
        b.plate(at._replace(i=i, part="frame"), "frame", cx, y, w, pitch - 3, role="y", fill="canvas", stroke=1.8,
                radius=5.0, z=5, block=block)  # fmt: skip
        b.label(at._replace(i=i), "{0}", cx, y, min(style.px, 0.7 * pitch), role="y", font="ui", weight=600,
                values=((block, i),))  # fmt: skip
    b.label(at._replace(part="symbol"), "target", cx, column.bottom + style.small, style.small, role="text3", font="ui",
            weight=500)  # fmt: skip
    return True


def symbol_below(b: Builder, subject: Subject, column: Drawn, t: int | None, style: Column, y: float) -> None:
    """The symbol of y where the card of words leaves no room beside it: left of the wire under it."""
    b.label(Key("y", t, part="symbol"), f"<y|y_{{{_subscript(subject, t)}}}>", column.cx - style.gap, y, style.symbol,
            align="r")  # fmt: skip
