"""The head of the canvas: title and caption on the left, legend and value scale on the right."""

import re

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.scene import Scene
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.files.theme import Theme
from rnnstudio.paint import fonts, vector
from rnnstudio.paint.colours import pack, value_colours
from rnnstudio.paint.pens import Pens
from rnnstudio.paint.primitives import Display, Lines, Primitive, Rects, Shape, Text
from rnnstudio.paint.translation import Verbatim, tr

TITLE, CAPTION, LEGEND, SCALE = 19.0, 14.5, 13.0, 12.0
WIDE_CAPTION = 28.0
_SCALE_WIDTH, _SCALE_STEPS = 120.0, 40
_ITEMS = (("x", "input x"), ("s", "state s"), ("y", "output y"))
_CELL_STATE = ("c", "cell state c")
_WEIGHTS = (("W", "weights W"), ("U", "weights U"))
_OPERATORS = frozenset("=+·⊙×") | {"-", "\N{MINUS SIGN}"}
#: A word that may belong to a formula: a letter, perhaps in brackets or a function's argument.
_TERM = re.compile(r"\(?[A-Za-z](\([A-Za-z])?\)*[.,;]?")
_LETTERS = re.compile(r"(?<![\\A-Za-z_{<])([A-Za-z]{2,})(?![A-Za-z]*\|)")


def head(scene: Scene, theme: Theme, width: float, *, compact: bool = False, legend: bool = True) -> Display:
    """The head as a display list, in px of a 1080-line picture, for a canvas of that width.

    Parameters
    ----------
    scene : Scene
        Says title, caption, range of the weights and whether there is a cell state.
    theme : Theme
        A wide one has the caption alone.
    width : float
        Width of the canvas; where legend or scale do not fit beside the title they are left out.
    compact : bool
        A small window: neither legend nor scale, everything 4 px higher.
    legend : bool
        False where something else stands in the place of legend and scale.
    """
    pens = Pens(theme)
    items: list[Primitive] = []
    if theme.wide:
        caption = scene.caption or scene.title
        items += mixed_text(caption, 36, 30, WIDE_CAPTION, pens, "text2", 550)[0]
    else:
        top = 24.0 if compact else 28.0
        title = pens.words(scene.title, 24, top, TITLE, weight=650)
        words, end = mixed_text(scene.caption, 24, top + 24, CAPTION, pens, "text2", 450)
        items += [*([title] if title is not None else []), *words]
        left = max(24 + fonts.text_width(scene.title, TITLE, 650), end) + 40
        if legend and not compact:
            # The traditional layer has no state and no U to explain.
            items += _legend(scene, pens, width, left, scene.layout.view not in LAYER_VIEWS)
    return Display(tuple(items), ground=pens.colour("canvas"), width=width)


def paint_canvas_head(
    painter: QPainter, rect: QRectF, scene: Scene, theme: Theme, *, unit: float = 1.0, compact: bool = False,
    legend: bool = True,
) -> None:  # fmt: skip
    """Paint the head into the top of a canvas; ``unit`` px stand for one px of a 1080-line picture."""
    display = head(scene, theme, rect.width() / unit, compact=compact, legend=legend)
    vector.paint(painter, display, unit, rect.x(), rect.y())


def _legend(scene: Scene, pens: Pens, width: float, left: float, recurrent: bool) -> list[Primitive]:
    items = [item for item in _ITEMS if recurrent or item[0] != "s"]
    items += [_CELL_STATE] if scene.cell_state and recurrent else []
    items += [item for item in _WEIGHTS if recurrent or item[0] != "U"]
    items = [(role, scene.notation.words(tr(name))) for role, name in items]
    widths = [mixed_text(name, 0.0, 0.0, LEGEND, pens, "text2", 450)[1] for _, name in items]
    total = sum(width + 34 for width in widths)
    x, y = width - 6 - total, 28.0
    out: list[Primitive] = []
    if x < left:
        return out
    for (role, name), wide in zip(items, widths, strict=True):
        if role in ("W", "U"):
            out.append(Shape((x, y - 6, 12, 12), 3.0, 0, pens.colour(role), 2.4))
        else:
            colour = np.array([pens.colour(role)], dtype=np.uint32)
            out.append(Lines(np.array([[x - 1, y, x + 15, y]]), np.full(1, 4.0), colour))
        out += mixed_text(name, x + 20, y, LEGEND, pens, "text2", 450)[0]
        x += wide + 34
    start = width - 6 - total - 150
    if scene.layout.view == "cell":
        # There y goes up where the scale would be; under the caption is room.
        out += _scale(scene, pens, 24.0, 76.0, recurrent)
    elif start >= left:
        out += _scale(scene, pens, start, 23.0, recurrent)
    return out


def _scale(scene: Scene, pens: Pens, x: float, y: float, recurrent: bool) -> list[Primitive]:
    n = _SCALE_STEPS
    step = _SCALE_WIDTH / n
    rect = np.column_stack([x + step * np.arange(n), np.full(n, y), np.full(n, step + 0.3), np.full(n, 9.0)])
    out: list[Primitive] = [Rects(rect, pack(value_colours(pens.theme, np.linspace(-1, 1, n))))]
    weights = scene.notation.words("W, U" if recurrent else "W")
    texts: list[Text | None] = [
        pens.words(("+" if v > 0 else "") + fmt(v, 0), x + (v + 1) / 2 * _SCALE_WIDTH, y + 20, SCALE, role="text3",
                   align=align, weight=450, kind="number")
        for v, align in ((-1.0, "l"), (0.0, "c"), (1.0, "r"))
    ]  # fmt: skip
    said = f"{weights}: {ranges(scene)}"
    wide = mixed_text(said, 0.0, 0.0, SCALE, pens, "text3", 450)[1]
    under = mixed_text(said, x + (_SCALE_WIDTH - wide) / 2, y + 36, SCALE, pens, "text3", 450)[0]
    return [*out, *(text for text in texts if text is not None), *under]


def ranges(scene: Scene) -> str:
    """What the scale says of the colours of the weights, and of their changes."""
    said = f"±{fmt(scene.weight_range, 1)}"
    if scene.change_range:
        said += f"   Δ: ±{fmt(scene.change_range, 2 if scene.change_range >= 0.01 else 4)}"
    return said


def mixed_text(
    text: str, x: float, y: float, px: float, pens: Pens, role: str, weight: int
) -> tuple[list[Primitive], float]:
    """Words in which formulas may stand (``W_t``, ``g = tanh(W_g x)``, markup); returns them and where they end."""
    out: list[Primitive] = []
    for is_math, piece in _pieces(str(tr(text))):
        made: Text | None
        if is_math:
            made = pens.maths(piece, x, y - 0.5, px * 1.24, role=role)
        else:
            made = pens.words(Verbatim(piece), x, y, px, role=role, weight=weight)
        if made is not None:
            out.append(made)
            x += made.width
    return out, x


def _pieces(text: str) -> list[tuple[bool, str]]:
    """Cut a line into words and formulas: what has a subscript, a colour or an equals sign, and what hangs on it."""
    words = text.split(" ")
    sure = [any(sign in word for sign in "_<^") for word in words]
    able = [
        is_sure or word in _OPERATORS or _TERM.fullmatch(word) is not None
        for word, is_sure in zip(words, sure, strict=True)
    ]
    pieces: list[tuple[bool, str]] = []
    k = 0
    while k < len(words):
        end = k
        while end < len(words) and able[end]:
            end += 1
        is_math = any(sure[k:end]) or "=" in words[k:end]
        if not is_math:
            end = max(end, k + 1)
        piece = " ".join(words[k:end]) + (" " if end < len(words) else "")
        if is_math:
            pieces.append((True, _upright(piece.rstrip(" "))))
            if end < len(words):
                pieces.append((False, " "))
        elif pieces and not pieces[-1][0]:
            pieces[-1] = (False, pieces[-1][1] + piece)
        else:
            pieces.append((False, piece))
        k = end
    return pieces


def _upright(formula: str) -> str:
    """Names of functions in a formula stand upright."""
    return _LETTERS.sub(r"\\\1", formula)
