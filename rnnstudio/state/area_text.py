"""Areas as text: what is copied to a spreadsheet, and what is pasted from one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.state.areas import TIMES, Area, fits, numbers_of, words
from rnnstudio.state.model import Document

Floats = NDArray[np.float64]
#: So much of a cell is quoted when it is no number.
QUOTED = 20


def written_block(document: Document, area: Area) -> str:
    """The numbers in full, cells parted by tabs and rows by lines: pasted back, they are the same to the bit."""
    return "\n".join("\t".join(repr(float(value)) for value in row) for row in numbers_of(document, area))


def pasted(document: Document, area: Area, text: str) -> tuple[Area, Floats]:
    """The area that a pasted text fills, and its numbers.

    A text of the area's shape fills it; one number fills all of it; what is pasted on one number goes on from there
    to the right and downwards.

    Parameters
    ----------
    document : Document
    area : Area
        Where to.
    text : str
        Rows in lines; cells parted by tabs, as a spreadsheet copies them, or by semicolons, spaces or commas. A comma
        inside a cell is a decimal one.

    Raises
    ------
    InputError
        A cell is no finite number, rows are of unequal length, or the shape is another than the area's: which is
        wanted.
    """
    rows = _cells(text, area.shape[1])
    rows_wanted, columns_wanted = area.shape
    wanted = f"{rows_wanted} {TIMES} {columns_wanted} fit {words(document, area)}"
    if not rows:
        raise InputError(f"the clipboard holds no numbers; {wanted}")
    if sum(map(len, rows)) > LIMITS.clipboard_cells:
        raise InputError(f"the clipboard holds more than {LIMITS.clipboard_cells:,} cells; {wanted}")
    for n, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise InputError(f"row {n} of the clipboard has {len(row)} cells and row 1 has {len(rows[0])}; {wanted}")
    numbers = np.array([[_number(cell, i, j) for j, cell in enumerate(row, 1)] for i, row in enumerate(rows, 1)])
    if numbers.shape == (1, 1):
        return area, np.full(area.shape, numbers[0, 0])
    if area.single:
        (i, j), (height, width) = area.at, numbers.shape
        onwards = area._replace(to=(i + height - 1, j + width - 1))
        if fits(document, onwards):
            return onwards, numbers
    if numbers.shape != area.shape:
        raise InputError(f"the clipboard holds {len(rows)} {TIMES} {len(rows[0])} numbers; {wanted}")
    return area, numbers


def _cells(text: str, columns: int) -> list[list[str]]:
    """The rows of a text as cells; empty lines at its end, and quotes around a cell, are no part of it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if any("\t" in line for line in lines):
        found = [line.split("\t") for line in lines]
    elif any(";" in line for line in lines):
        found = [line.split(";") for line in lines]
    elif any(" " in line.strip() for line in lines):
        found = [line.split() for line in lines]
    elif columns > 1 or any(line.count(",") > 1 for line in lines):
        found = [line.split(",") for line in lines]
    else:
        found = [[line] for line in lines]
    return [[cell.strip().strip('"').strip() for cell in row] for row in found]


def _number(cell: str, row: int, column: int) -> float:
    plain = cell.replace(MINUS, "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or "_" in plain:
        shown = f"{cell[:QUOTED]}\N{HORIZONTAL ELLIPSIS}" if len(cell) > QUOTED else cell
        there = f"holds “{shown}”" if cell else "is empty"
        raise InputError(f"row {row}, column {column} of the clipboard {there}; a finite number such as 0.5 is wanted")
    return value
