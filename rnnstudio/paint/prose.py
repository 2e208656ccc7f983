"""Running text with bold words and mathematics in it: broken into lines, measured, drawn."""

import re
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QPainter

from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.qtsafe import rgb
from rnnstudio.paint.translation import Verbatim, tr

#: A line is so many times as high as its letters (DESIGN §2), and mathematics so much larger than the words.
LINE, MATH = 1.45, 1.2
BOLD = 600
_ROLES = re.compile(r"<\w+\|([^>]*)>")
_PARTS = re.compile(r"\$([^$]+)\$|\*\*([^*]+)\*\*")
#: Mathematics that does not fit a line is broken before one of these.
_BREAKS = re.compile(r"(?<=[^_^{(]) (?=[=+\N{MINUS SIGN}·⊙] )")


class Piece(NamedTuple):
    """Letters of one look, at ``x`` px from the line's beginning."""

    text: str
    kind: str  # "word", "bold" or "math"
    x: float


class Prose(NamedTuple):
    """A text set in lines: the pieces of each, and the height of all in px."""

    lines: tuple[tuple[Piece, ...], ...]
    height: float


def set_prose(text: str, px: float, width: float, weight: int = 400) -> Prose:
    """Break a text, in the user's language, into lines of at most so many px.

    ``**bold**`` is written in bold, ``$…$`` is mathematics in the markup of `mathtext`.
    """
    return _set_prose(str(tr(text)), px, width, weight)


@lru_cache(maxsize=512)
def _set_prose(text: str, px: float, width: float, weight: int) -> Prose:
    blank = text_width(" ", px, weight)
    lines: list[list[Piece]] = [[]]
    x = 0.0
    for word in _words(text):
        wide = [_width(part, kind, px, weight) for part, kind in word]
        if lines[-1] and x + sum(wide) > width:
            lines.append([])
            x = 0.0
        for (part, kind), w in zip(word, wide, strict=True):
            lines[-1].append(Piece(part, kind, x))
            x += w
        x += blank
    return Prose(tuple(tuple(line) for line in lines), len(lines) * LINE * px)


def line_width(text: str, px: float, weight: int = 400) -> float:
    """Width of a text on one line, px."""
    line = set_prose(text, px, 1e6, weight).lines[0]
    return line[-1].x + _width(line[-1].text, line[-1].kind, px, weight) if line else 0.0


def uncoloured(text: str) -> str:
    """A text whose mathematics has the colour of its words."""
    return _ROLES.sub(r"\1", str(tr(text)))


def _words(text: str) -> list[list[tuple[str, str]]]:
    """What must not be broken: each a row of parts that stand without a blank between them."""
    words: list[list[tuple[str, str]]] = [[]]

    def add(chunk: str, kind: str) -> None:
        for k, part in enumerate(chunk.split(" ")):
            if k:
                words.append([])
            if part:
                words[-1].append((Verbatim(part), kind))

    at = 0
    for found in _PARTS.finditer(text):
        add(text[at : found.start()], "word")
        if found[1] is not None:
            for k, part in enumerate(_BREAKS.split(found[1])):
                if k:
                    words.append([])
                words[-1].append((part, "math"))
        else:
            add(found[2], "bold")
        at = found.end()
    add(text[at:], "word")
    return [word for word in words if word]


def _width(text: str, kind: str, px: float, weight: int) -> float:
    if kind == "math":
        return mathtext.measure(text, px * MATH)
    return text_width(text, px, BOLD if kind == "bold" else weight)


def draw_prose(
    painter: QPainter, x: float, y: float, text: str, px: float, width: float, theme: Theme, *, role: str = "text",
    ground: str = "panel", weight: int = 400, align: str = "l",
) -> float:  # fmt: skip
    """Draw a text from the upper left corner of its box; returns its height."""
    prose = set_prose(text, px, width, weight)
    ink = rgb(int(theme.colours[role][1:], 16) | 0xFF000000)
    middle = y + LINE * px / 2
    for line in prose.lines:
        shift = 0.0
        if align == "c" and line:
            last = line[-1]
            shift = (width - last.x - _width(last.text, last.kind, px, weight)) / 2
        for piece in line:
            left = x + shift + piece.x
            if piece.kind == "math":
                mathtext.draw(painter, left, middle, piece.text, px * MATH, theme, role=role, ground=ground)
            else:
                write(painter, left, middle, piece.text, px, ink, weight=BOLD if piece.kind == "bold" else weight)
        middle += LINE * px
    return prose.height
