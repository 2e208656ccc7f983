"""The text of a clipboard as rows of cells, as spreadsheets, tables in pages and printed arrays give it."""

from __future__ import annotations

import csv
import io
import re

from rnnstudio.engine.limits import InputError, check_clipboard_cells

Cells = tuple[tuple[str, ...], ...]
_NUMBER = re.compile(r"[+\-−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+\-−]?\d+)?\Z", re.ASCII)
#: A number with a comma inside, or two numbers with a comma between them.
_EITHER = re.compile(r"[+\-−]?\d+,\d+\Z", re.ASCII)
_WHERE = "the clipboard"


def pasted_cells(text: str, whole_words: bool = False) -> Cells:
    """Rows of equally many cells.

    Tabs stand between cells, as a spreadsheet puts them, else semicolons, else commas, else blanks. With tabs,
    semicolons and blanks a comma inside a number is its decimal comma.

    Parameters
    ----------
    text : str
        What was copied. Blank lines at its end do not count, a first row of names over numbers neither.
    whole_words : bool
        Whether cells hold words: then a blank or comma is a part of them.

    Raises
    ------
    InputError
        There is nothing in it, a row has more or fewer cells than the first, there are more cells than fit, or a row
        such as ``0,5`` can be read in two ways.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not lines.strip():
        raise InputError(f"{_WHERE} holds no text; numbers with tabs between them are wanted")
    rows = _split(lines, whole_words)
    while rows and not any(rows[-1]):
        rows.pop()
    wide = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != wide:
            raise InputError(
                f"{_WHERE}, row {number}: {len(row)} value{'' if len(row) == 1 else 's'}, the first row has {wide}; "
                "equally many are wanted"
            )
    check_clipboard_cells(len(rows) * wide)
    if len(rows) > 1 and not whole_words and _names(rows):
        rows = rows[1:]
    return tuple(tuple(row) for row in rows)


def _names(rows: list[list[str]]) -> bool:
    """Whether the first row holds names over rows of numbers."""
    return not any(_NUMBER.match(cell) for cell in rows[0]) and any(_NUMBER.match(cell) for cell in rows[1])


def _split(lines: str, whole_words: bool) -> list[list[str]]:
    for delimiter in "\t;":
        if delimiter in lines:
            return _read(lines, delimiter)
    if whole_words:
        return [[line.strip()] for line in lines.split("\n")]
    if "," not in lines:
        return [line.split() for line in lines.split("\n")]
    words = [line.split() for line in lines.split("\n")]
    if any(len(row) > 1 for row in words) and all(_NUMBER.match(cell) for row in words for cell in row):
        return words  # blanks between numbers with decimal commas
    unclear = next((row[0] for row in words if len(row) == 1 and _EITHER.match(row[0])), None)
    rows = _read(lines, ",")
    if unclear is not None and all(len(row) == 2 for row in rows):
        raise InputError(
            f"{_WHERE}: {unclear} is one number with a decimal comma or two numbers; copy it with tabs or semicolons "
            f"between cells, or write {unclear.replace(',', '.')}"
        )
    return rows


def _read(lines: str, delimiter: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(lines), delimiter=delimiter, skipinitialspace=True, strict=True)
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise InputError(f"{_WHERE}: {error}; a table of numbers is wanted") from None
