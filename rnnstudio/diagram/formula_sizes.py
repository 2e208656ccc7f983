"""How much room formulas take, in px: what decides between a whole vector, one row, and one more page."""

import re
from collections.abc import Iterable

from rnnstudio.diagram.formula import Piece, Zone
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.notation import TUTORIAL, Notation
from rnnstudio.diagram.numbers import fmt

_WIDE_SIGNS = frozenset("=+-·⊙≈")
_SCRIPT = re.compile(r"[_^](\{[^}]*\}|.)")
_ROLE = re.compile(r"<\w+\|")
#: Rows up to which the note has room under a vector, except in the wide geometry.
NOTE_BELOW = 3
#: Outer width of a pair of brackets around their block.
BRACKETS = 14.0
#: The numbers of a second run are so much smaller, and stand so far from the brackets.
GHOST_SIZE, GHOST_GAP = 0.87, 4.0


class Bar:
    """The sizes of a formula bar.

    Attributes
    ----------
    width, height : float
        Of the bar.
    number : float
        Size of the numbers; DESIGN §9.
    math : float
        Size of the formula.
    rows : float
        Height of a row, in sizes of its number.
    most_rows : int
        Of a vector that is written out; a longer one is shown by one row.
    notation : Notation
        In whose letters the formulas are measured.
    """

    def __init__(
        self, width: float, height: float, number: float, math: float, rows: float, most_rows: int,
        notation: Notation = TUTORIAL,
    ) -> None:  # fmt: skip
        self.width, self.height, self.number, self.math = width, height, number, math
        self.rows, self.most_rows, self.notation = rows, most_rows, notation

    @property
    def wide(self) -> bool:
        """Whether it is the one of a lecture hall."""
        return self.number >= WIDE.number


#: The narrowest canvas at its number size (1280 × 800) is 79 numbers wide.
NORMAL = Bar(1185.0, 138.0, 15.0, 24.0, 1.45, 6)
WIDE = Bar(1920.0, 198.0, 28.0, 36.0, 1.26, 4)


def bar_of(frame: Frame, notation: Notation = TUTORIAL) -> Bar:
    """The bar under a picture: wide in the projector's geometry."""
    bar = WIDE if frame.wide else NORMAL
    width = min(bar.width, frame.bar) if frame.wide else bar.width
    if not notation.changes and width == bar.width:
        return bar
    return Bar(width, bar.height, bar.number, bar.math, bar.rows, bar.most_rows, notation)


def cell_width(texts: Iterable[str], number: float, matrix: bool) -> float:
    """Width of a cell that has room for all of the texts."""
    longest = max((len(text) for text in texts), default=1)
    per_sign, padding = (0.6, 0.2) if matrix else (0.55, 1.0)
    return number * max(per_sign * longest + padding, 2.6 if matrix else 3.2)


def texts_of(piece: Piece) -> list[str]:
    """The numbers of a bracketed piece, row by row, as they are written; `?` where they are not known."""
    if piece.values is None or not piece.known:
        return ["?"] * piece.rows
    return [fmt(float(value), piece.decimals) for value in piece.values.ravel()]


def math_width(markup: str, px: float) -> float:
    """About how wide markup is set."""
    text = _ROLE.sub("", markup).replace(">", "").replace("\\", "")
    scripts = [match.group(1).strip("{}") for match in _SCRIPT.finditer(text)]
    plain = _SCRIPT.sub("", text)
    small = sum(len(script) for script in scripts) * 0.34 + 0.06 * len(scripts)
    signs = sum(1.05 if sign in _WIDE_SIGNS else 0.12 if sign == " " else 0.5 for sign in plain)
    return px * (small + signs)


def ghost_texts(piece: Piece) -> list[str]:
    """The numbers of the second run beside a piece, as they are written; none where there is none."""
    if piece.ghost is None or not piece.known:
        return []
    return [fmt(float(value), piece.decimals) for value in piece.ghost.ravel()]


def ghost_width(piece: Piece, number: float) -> float:
    """How much wider a piece is with the numbers of the second run beside it."""
    texts = ghost_texts(piece)
    return cell_width(texts, number * GHOST_SIZE, False) + GHOST_GAP if texts else 0.0


def piece_width(piece: Piece, bar: Bar) -> float:
    """About how wide a piece is, with the gap after it."""
    if piece.kind == "math":
        return math_width(bar.notation.write(piece.text), bar.math * (0.9 if piece.small else 1.05)) + 3
    columns = columns_of(piece)
    width = columns * cell_width(texts_of(piece), bar.number, piece.kind == "matrix")
    width += ghost_width(piece, bar.number)
    return width + BRACKETS + bar.number * 0.45 + (bar.number * 4 if piece.rounded else 0)


def columns_of(piece: Piece) -> int:
    """How many numbers stand beside each other in the brackets."""
    if piece.kind == "matrix" and piece.values is not None:
        return int(piece.values.shape[1])
    return piece.rows if piece.across else 1


def line_width(line: Iterable[Piece], bar: Bar) -> float:
    """About how wide a line of pieces is."""
    return sum(piece_width(piece, bar) for piece in line)


def zone_width(zone: Zone, bar: Bar) -> float:
    """About how wide a zone is: its longest line, and the note where that does not stand under a vector."""
    last = zone.lines[-1][-1] if zone.lines and zone.lines[-1] else None
    beside = bar.wide or last is None or last.kind == "math" or last.lines > NOTE_BELOW
    note = bar.number * 4.4 if zone.rounded and beside else 0.0
    return max((line_width(line, bar) for line in zone.lines), default=0.0) + note


def rows_of(line: Iterable[Piece]) -> int:
    """Rows of the tallest vector or matrix in a line."""
    return max((1 if p.kind == "math" else p.rows for p in line), default=1)
