"""Tables of numbers in text: comma, semicolon or tab between them, a row a step."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence as Rows
from itertools import islice

import numpy as np

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.state.model import Sequence

_DELIMITERS = ("\t", ";", ",")
_NUMBER = re.compile(r"[+\-−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-−]?\d+)?\Z", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf(?:inity)?)\Z", re.IGNORECASE)
_LOOKED_AT = 20
#: Columns that a table may have, of which up to `LIMITS.features` are taken; and signs of a line that are looked at to
#: find the delimiter, and that one may have.
_COLUMNS, _SIGNS_LOOKED_AT, _SIGNS = 65_536, 100_000, 2_000_000


def table_sequence(text: str, where: str, columns: str | None = None) -> Sequence:
    """The numbers of a table as a sequence (T, I).

    Parameters
    ----------
    text : str
        Rows of numbers, with or without a header of names. The delimiter is found by itself; with semicolons and tabs
        a decimal comma is read as such.
    where : str
        Its path, for sentences.
    columns : str, optional
        Which to take: names or numbers from 1, with commas between.

    Raises
    ------
    InputError
        With row (line of the file) and column: a cell is empty or no finite number, a row is longer or shorter than
        the first, there is no row; or a column is named that is not there.
    """
    delimiter = _delimiter(text)
    rows, unread = _rows(text, delimiter, where)
    decimal = delimiter != ","
    header = _header(rows, decimal, where)
    names = header or [str(number) for number in range(1, len(rows[0][1]) + 1)]
    body = rows[1:] if header else rows
    _check_width(rows, len(names), where, bool(header))
    if not body:
        raise InputError(f"{where}: a header and no row below it, so no step; at least one row of numbers is wanted")
    if len(body) + unread > LIMITS.steps:
        raise InputError(f"{where}: {len(body) + unread:,} rows are over the limit; up to {LIMITS.steps:,} steps fit")
    taken = _taken(names, columns, where)
    if len(taken) > LIMITS.features:
        raise InputError(f"{where}: {len(taken):,} columns are over the limit; up to {LIMITS.features:,} inputs fit")
    x = np.empty((len(body), len(taken)))
    for place, column in enumerate(taken):
        x[:, place] = _column(body, column, names, decimal, where)
    x.setflags(write=False)
    return Sequence(x=x, columns=tuple(names[column] for column in taken) if header else ())


def _delimiter(text: str) -> str:
    """The one that cuts the first rows into equally many cells; else the most frequent one of the first row."""
    first = islice(_lines(text), _LOOKED_AT)
    lines = [line[:_SIGNS_LOOKED_AT] for line in first if line.strip()]
    for delimiter in _DELIMITERS:
        counts = {_cuts(line, delimiter) for line in lines}
        if len(counts) == 1 and counts != {0}:
            return delimiter
    top = lines[0] if lines else ""
    return max(reversed(_DELIMITERS), key=lambda delimiter: _cuts(top, delimiter))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one after the other: a large one is not copied as a whole."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _bounded(text: str, delimiter: str, where: str) -> Iterator[str]:
    """The lines, none of which is longer than a row can be."""
    for number, line in enumerate(_lines(text), start=1):
        columns = line.count(delimiter) + 1
        if len(line) > _SIGNS or columns > _COLUMNS:
            over = f"{columns:,} columns" if columns > _COLUMNS else f"{len(line):,} signs"
            raise InputError(
                f"{where}, row {number}: {over} are over the limit for a row; up to {_COLUMNS:,} columns in {_SIGNS:,} "
                "signs fit"
            )
        yield line


def _cuts(line: str, delimiter: str) -> int:
    """How often a delimiter stands in a line outside quotes."""
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str, where: str) -> tuple[list[tuple[int, list[str]]], int]:
    """(line of the file, cells), without blank rows at the end; and how many lines are left where they are too many."""
    reader = csv.reader(_bounded(text, delimiter, where), delimiter=delimiter, skipinitialspace=True)
    rows: list[tuple[int, list[str]]] = []
    blank = unread = 0
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if not any(row):
                blank = blank or reader.line_num
                continue
            if blank:
                break
            rows.append((reader.line_num, row))
            if len(rows) > LIMITS.steps + 1:  # a header may be one of them
                rest = text.rstrip("\n \t\r,;")
                unread = max(rest.count("\n") + 1 - reader.line_num, 0)
                blank = 0
                break
        else:
            blank = 0
    except csv.Error as error:
        raise InputError(f"{where}, row {reader.line_num}: {error}; a table of numbers is wanted") from None
    if blank:
        raise InputError(f"{where}, row {blank}: the row is blank; remove it, or give it numbers")
    if not rows:
        raise InputError(f"{where}: there is no row in it, so no step; at least one row of numbers is wanted")
    return rows, unread


def _number(cell: str, decimal: bool) -> float | None:
    if decimal and cell.count(",") == 1 and "." not in cell:
        cell = cell.replace(",", ".")
    return float(cell.replace("−", "-")) if _NUMBER.match(cell) else None


def _numeric(cell: str, decimal: bool) -> bool:
    return _number(cell, decimal) is not None or bool(_NOT_FINITE.match(cell))


def _header(rows: list[tuple[int, list[str]]], decimal: bool, where: str) -> list[str] | None:
    """The first row where no cell of it is a number and it does not look like the others."""
    line, cells = rows[0]
    if any(_numeric(cell, decimal) for cell in cells):
        return None
    if len(rows) == 1:
        raise InputError(f"{where}, row {line}: {cells[0][:40]!r} is not a number; a table of numbers is wanted")
    names = [cell or str(number) for number, cell in enumerate(cells, start=1)]
    for name, count in Counter(names).items():
        if count > 1:
            raise InputError(f"{where}, row {line}: two columns are named {name[:40]!r}; each needs its own name")
    return names


def _check_width(rows: list[tuple[int, list[str]]], width: int, where: str, header: bool) -> None:
    for line, cells in rows:
        if len(cells) != width:
            raise InputError(
                f"{where}, row {line}: {len(cells)} values, the {'header' if header else 'first row'} has {width}; "
                f"every row needs {width}"
            )


def _taken(names: list[str], columns: str | None, where: str) -> list[int]:
    if columns is None:
        return list(range(len(names)))
    taken = []
    for wanted in (part.strip() for part in columns.split(",")):
        if wanted in names:
            taken.append(names.index(wanted))
        elif wanted.isdecimal() and 1 <= int(wanted) <= len(names):
            taken.append(int(wanted) - 1)
        else:
            raise InputError(
                f"{where}: there is no column {wanted!r}; {_listed(names)} are there, or 1 to {len(names)}"
            )
    if len(set(taken)) != len(taken):
        raise InputError(f"{where}: --columns {columns} names a column twice; each once is wanted")
    return taken


def _listed(names: Rows[str]) -> str:
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")


def _column(body: list[tuple[int, list[str]]], column: int, names: list[str], decimal: bool, where: str) -> list[float]:
    values = [_number(cells[column], decimal) for _, cells in body]
    name = names[column]
    wrong = [at for at, value in enumerate(values) if value is None or not math.isfinite(value)]
    if not wrong:
        return [value for value in values if value is not None]
    line, cells = body[wrong[0]]
    cell = cells[column]
    place = f"{where}, row {line}, column {name}"
    if not cell:
        raise InputError(f"{place}: the cell is empty; every cell needs a number")
    if _NOT_FINITE.match(cell) or values[wrong[0]] is not None:
        raise InputError(f"{place}: {cell[:40]} is not a finite number; finite ones are wanted")
    if len(wrong) * 2 > len(body):
        rest = [other for at, other in enumerate(names) if at != column and _number(cells[at], decimal) is not None]
        way = f"--columns {_listed(rest).replace(', ', ',')} takes the rest" if rest else "numbers are wanted"
        raise InputError(f"{where}: the column {name} holds text ({cell[:40]!r} in row {line}), not numbers; {way}")
    raise InputError(f"{place}: {cell[:40]!r} is not a number; a number is wanted")
