r"""A small typesetter of mathematics: markup in, runs of letters out, which every painter draws alike.

Markup: ``<role|…>`` colours, ``_{…}`` and ``^{…}`` (or one letter) set scripts, ``\name`` an upright word; letters
are italic, ``-`` is the minus, a blank is a thin space, operators make their own room.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QPainter

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.files.theme import Theme
from rnnstudio.paint import fonts
from rnnstudio.paint.colours import symbol_argb
from rnnstudio.paint.qtsafe import rgb

SCRIPT, DOWN, UP = 0.68, 0.22, 0.40
_BINARY = "=+\N{MINUS SIGN}·⊙×≈→←"
_OPENERS = "([,=·+×⊙"
_WORD = re.compile(r"\\([A-Za-z]+)")
#: The letter middle of a line of mathematics lies this much of the x-height above its baseline.
_MIDDLE = 0.62


class Run(NamedTuple):
    """Letters of one look. Position and size are in em, the baseline at y = 0, y down."""

    text: str
    x: float
    y: float
    size: float
    role: str


class Line(NamedTuple):
    """A typeset line: its runs and its width in em."""

    runs: tuple[Run, ...]
    width: float


class _Sign(NamedTuple):
    kind: str  # "it", "up", "_" or "^"
    text: str
    role: str


@lru_cache(maxsize=4096)
def typeset(markup: str, bold: bool = False) -> Line:
    """Set a line of markup; letters, roles and positions in em. Cached."""
    signs = list(_signs(markup))
    runs: list[Run] = []
    x, k = 0.0, 0
    while k < len(signs):
        kind, text, role = signs[k]
        if kind in "_^":
            pair = [signs[k]]
            if k + 1 < len(signs) and signs[k + 1].kind in "_^" and signs[k + 1].kind != kind:
                pair.append(signs[k + 1])
                k += 1
            ends = [_script(runs, sign, x, bold) for sign in pair]
            x = max(ends) + 0.03
        elif text == " ":
            x += 0.12
        else:
            room = 0.22 if text in _BINARY and not _is_sign(signs, k) else 0.0
            x = _put(runs, kind, text, role, x + room, 0.0, 1.0, bold) + room
            if kind == "it" and text in "fUWVT":
                x += 0.05
            if text == ",":
                x += 0.18
        k += 1
    return Line(tuple(runs), x)


def _is_sign(signs: list[_Sign], k: int) -> bool:
    """Whether the minus at k is a sign, not the operation between two terms."""
    if signs[k].text != MINUS:
        return False
    before = [sign.text for sign in signs[:k] if sign.text != " "]
    return not before or before[-1] in _OPENERS


def _script(runs: list[Run], sign: _Sign, x: float, bold: bool) -> float:
    y = DOWN if sign.kind == "_" else -UP
    x += 0.03
    for ch in sign.text.replace("-", MINUS):
        x = _put(runs, "it" if ch.isalpha() else "up", ch, sign.role, x, y, SCRIPT, bold)
    return x


def _put(
    runs: list[Run], kind: str, text: str, role: str, x: float, y: float, size: float, bold: bool
) -> float:
    if kind == "it":
        text = "".join(_italic(ch, bold) for ch in text)
    elif bold:
        text = "".join(chr(0x1D7CE + int(ch)) if ch.isascii() and ch.isdigit() else ch for ch in text)
    last = runs[-1] if runs else None
    if last is not None and kind == "up" and last.role == role and last.y == y and last.size == size:
        end = last.x + fonts.advance(last.text, "math") * size
        if abs(end - x) < 1e-9:  # digits of one number stay one run
            runs[-1] = last._replace(text=last.text + text)
            return last.x + fonts.advance(last.text + text, "math") * size
    runs.append(Run(text, x, y, size, role))
    return x + fonts.advance(text, "math") * size


def _italic(ch: str, bold: bool) -> str:
    """The mathematical italic of a letter (h has an older place in Unicode); other letters stay."""
    small, capital = (0x1D482, 0x1D468) if bold else (0x1D44E, 0x1D434)
    if "a" <= ch <= "z":
        return "\N{PLANCK CONSTANT}" if ch == "h" and not bold else chr(small + ord(ch) - ord("a"))
    if "A" <= ch <= "Z":
        return chr(capital + ord(ch) - ord("A"))
    return ch


def _signs(markup: str) -> Iterator[_Sign]:
    roles, k = [""], 0
    while k < len(markup):
        ch = markup[k]
        bar = markup.find("|", k) if ch == "<" else -1
        if ch == "<" and bar > 0:
            roles.append(markup[k + 1 : bar])
            k = bar + 1
        elif ch == ">" and len(roles) > 1:
            roles.pop()
            k += 1
        elif ch in "_^" and k + 1 < len(markup):
            if markup[k + 1] == "{":
                end = markup.find("}", k)
                end = len(markup) if end < 0 else end
                body, k = markup[k + 2 : end], end + 1
            else:
                body, k = markup[k + 1], k + 2
            yield _Sign(ch, body, roles[-1])
        elif ch == "\\" and (word := _WORD.match(markup, k)):
            yield _Sign("up", word.group(1), roles[-1])
            k = word.end()
        else:
            ch = MINUS if ch == "-" else ch
            yield _Sign("it" if ch.isalpha() and ch.isascii() else "up", ch, roles[-1])
            k += 1


def measure(markup: str, px: float, weight: int = 400) -> float:
    """Width of a line of markup in px."""
    return typeset(markup, weight >= 600).width * px


def baseline(px: float) -> float:
    """Distance of the baseline under the middle of a line, in px."""
    return fonts.x_height("math") * _MIDDLE * px


def draw(
    painter: QPainter, x: float, y: float, markup: str, px: float, theme: Theme, align: str = "l", level: float = 1.0,
    *, role: str = "text", weight: int = 400, ground: str = "canvas",
) -> float:  # fmt: skip
    """Write a line of markup with its middle at y; returns its width.

    ``role`` colours what the markup leaves uncoloured; ``level`` under 1 mixes with the ground.
    """
    line = typeset(markup, weight >= 600)
    left = x - {"l": 0.0, "c": 0.5, "r": 1.0}[align] * line.width * px
    base = y + baseline(px)
    for run in line.runs:
        colour = rgb(symbol_argb(theme, run.role or role, level, 1.0, ground))
        fonts.draw(painter, left + run.x * px, base + run.y * px, run.text, run.size * px, colour, "math")
    return line.width * px
