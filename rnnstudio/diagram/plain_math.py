"""Mathematics without its marks, as it stands in a line of plain text: s_(t−1), W_g x_t."""

import re

from rnnstudio.diagram.numbers import MINUS

_ROLE = re.compile(r"<\w+\|([^<>]*)>")
_SCRIPT = re.compile(r"([_^])\{([^{}]*)\}")


def _index(signs: str) -> str:
    """An index or exponent: more than one sign in brackets, where it has none of its own."""
    return signs if len(signs) == 1 or (signs[0], signs[-1]) == ("(", ")") else f"({signs})"


def plain_math(markup: str) -> str:
    """A line of markup (see `paint/mathtext.py`) as plain text.

    An index of more than one sign stands in brackets, factors are parted by a blank, the minus is the true one.
    """
    text = markup.replace("><", "> <").replace("-", MINUS)
    while _ROLE.search(text):
        text = _ROLE.sub(r"\1", text)
    text = _SCRIPT.sub(lambda found: found[1] + _index(found[2]), text)
    text = re.sub(r"\\([A-Za-z]+)", r"\1", text)
    return " ".join(text.split())
