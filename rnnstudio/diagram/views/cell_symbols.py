"""What a cell's parameters are called in keys, and how wide texts are before a font measures them."""

import re
from functools import lru_cache

from rnnstudio.engine.ops import Program

#: Advance widths in em of the bundled mathematical face, for what is not about half an em wide.
_ADVANCE = {
    "W": 0.92, "U": 0.74, "V": 0.68, "R": 0.62, "f": 0.38, "t": 0.34, "i": 0.3, "j": 0.32, "r": 0.42, "s": 0.42,
    "c": 0.44, "n": 0.54, "x": 0.56, "y": 0.51, "z": 0.45, "g": 0.5, "o": 0.49, "a": 0.53, "1": 0.5, "(": 0.34,
    ")": 0.34, " ": 0.12, "+": 1.1, "-": 1.1, "=": 1.16, "⊙": 1.3, "σ": 0.55, ",": 0.4,
}  # fmt: skip
_SCRIPT = 0.68


def math_width(markup: str, px: float) -> float:
    """Estimated width of math markup: enough to place things beside it."""
    return _ems(markup) * px


@lru_cache(maxsize=1024)
def _ems(markup: str) -> float:
    text = re.sub(r"<[^|<>]*\||>", "", markup)
    width = 0.0
    for script, body, word, letter in re.findall(r"([_^])\{([^}]*)\}|\\([A-Za-z]+)|(.)", text):
        if script:
            width += _SCRIPT * sum(0.6 if ch == "-" else _ADVANCE.get(ch, 0.52) for ch in body) + 0.06
        elif word:
            width += 0.48 * len(word)
        else:
            width += _ADVANCE.get(letter, 0.55)
    return width


def words_width(text: str, px: float) -> float:
    """Estimated width of words in the interface's face."""
    return 0.49 * px * len(text)


def what(program: Program, name: str) -> str:
    """What the marks of a parameter are called in their keys.

    The weights and the bias of the traditional layer are ``W`` and ``b`` in all seven views, whatever the cell calls
    them, so that they stay themselves in a turn; every other parameter has its own name, and every further use of one
    too.
    """
    layer = program.cell.layer
    if layer is not None and name == layer.W:
        return "W"
    return "b" if layer is not None and name == layer.b else name
