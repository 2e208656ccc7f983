"""The formula bar's content as data: pages of zones of lines of pieces. What it says is made in `explain`."""

from dataclasses import dataclass, replace

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.notation import Notation


@dataclass(frozen=True, eq=False)
class Piece:
    """A stretch of mathematics, or a bracketed vector or matrix with its numbers.

    ``kind``: "math" (``text`` is markup), "vector" or "matrix" (``values`` (rows, cols), ``role`` of the brackets).
    ``known`` False shows `?` cells. ``ghost`` are the numbers of a second run, thin beside those of the first; with
    ``old`` they are those before an edit, behind a bar. ``key`` is what lights up in the diagram when one points at the
    piece.
    """

    kind: str
    text: str = ""
    values: Floats | None = None
    rows: int = 0
    role: str = "text"
    known: bool = True
    vmax: float = 1.0
    decimals: int = 2
    key: Key | None = None
    level: float = 1.0
    small: bool = False
    rounded: bool = False  # the note stands at this piece: what is written before it does not give it
    ghost: Floats | None = None
    old: bool = False
    across: bool = False  # a vector as a row

    @property
    def lines(self) -> int:
        """How many rows of numbers are drawn."""
        return 1 if self.across else self.rows


@dataclass(frozen=True, eq=False)
class Zone:
    """FORMULA, WITH NUMBERS or RESULT: a caption and lines of pieces. ``lit``: computed in this sub-step."""

    caption: str
    lines: tuple[tuple[Piece, ...], ...]
    note: str = ""  # beside the caption
    lit: bool = False
    rounded: bool = False
    current_line: int = -1  # the line in the lime band (Layer: the active unit), −1 for none


@dataclass(frozen=True, eq=False)
class Page:
    """One equation of the sub-step: formula, numbers, result. ``value`` names what it computes."""

    value: str
    zones: tuple[Zone, Zone, Zone]
    weights: tuple[float, float, float] = (370.0, 420.0, 250.0)

    def written(self, notation: Notation, numbered: bool = False) -> "Page":
        """The page in the letters of a notation; ``numbered``: with the numbers of layers, as in Network."""
        if not notation.changes:
            return self
        zones = [
            replace(
                zone,
                note=notation.aloud(zone.note).replace("_", ""),  # in plain letters, as W x + U s is
                lines=tuple(
                    tuple(replace(piece, text=notation.write(piece.text, numbered)) for piece in line)
                    for line in zone.lines
                ),
            )
            for zone in self.zones
        ]
        return replace(self, zones=(zones[0], zones[1], zones[2]))


@dataclass(frozen=True, eq=False)
class Inspection:
    """What the inspector says of the selected thing."""

    key: Key
    symbol: str  # markup
    name: str
    context: str
    role: str
    values: Floats | None  # None: not known yet
    size: int
    texts: tuple[str, ...]  # six significant digits each, "?" where unknown
    accessible: str
    note: str = ""  # "computed, read only", "given"
    ghost: Floats | None = None  # the numbers of a second run, where they are others
    runs: tuple[str, str] = ("", "")  # what the two runs are called
