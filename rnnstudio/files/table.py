"""Tables of numbers in text: comma, semicolon or tab between them, a row a step."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence as Rows
from dataclasses import dataclass
from itertools import islice

import numpy as np

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.state.model import Sequence

#: What may stand between cells.
DELIMITERS = ("\t", ";", ",")
_NUMBER = re.compile(r"[+\-−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-−]?\d+)?\Z", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf(?:inity)?)\Z", re.IGNORECASE)
_LOOKED_AT = 20
#: Columns that a table may have, of which up to `LIMITS.features` are taken; and signs of a line that are looked at to
#: find the delimiter, and that one may have.
_COLUMNS, _SIGNS_LOOKED_AT, _SIGNS = 65_536, 100_000, 2_000_000


@dataclass(frozen=True)
class TableForm:
    """How a table is read, and its beginning.

    Attributes
    ----------
    delimiter : str
        What stands between cells.
    header : bool
        Whether the first row holds names.
    names : tuple of str
        Of the columns; their numbers from 1 where there is no header.
    rows : tuple of tuples of str
        The first rows, without the header, as they stand there; they need not be equally long.
    numeric : tuple of bool
        Whether all of a column's first cells are numbers.
    """

    delimiter: str
    header: bool
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def table_form(text: str, where: str, delimiter: str | None = None, header: bool | None = None) -> TableForm:
    """How a table would be read, seen at its first rows; what is not said is found.

    Parameters
    ----------
    text : str
        The table.
    where : str
        Its path, for sentences.
    delimiter : str, optional
        One of `DELIMITERS`.
    header : bool, optional
        Whether the first row holds names.

    Raises
    ------
    InputError
        There is no row in it.
    """
    delimiter = delimiter or _delimiter(text)
    rows, _ = _rows("".join(islice(_lines(text), _LOOKED_AT)), delimiter, where)
    decimal = delimiter != ","
    first = rows[0][1]
    if header is None:
        header = len(rows) > 1 and not any(_numeric(cell, decimal) for cell in first)
    body = tuple(tuple(cells) for _, cells in (rows[1:] if header else rows))
    names = tuple(cell or str(number) if header else str(number) for number, cell in enumerate(first, start=1))
    numeric = tuple(
        bool(body) and all(at < len(cells) and _number(cells[at], decimal) is not None for cells in body)
        for at in range(len(names))
    )
    return TableForm(delimiter, header, names, body, numeric)


def table_sequence(
    text: str, where: str, columns: str | tuple[int, ...] | None = None, delimiter: str | None = None,
    header: bool | None = None,
) -> Sequence:  # fmt: skip
    """The numbers of a table as a sequence (T, I).

    Parameters
    ----------
    text : str
        Rows of numbers, with or without a header of names. The delimiter is found by itself; with semicolons and tabs
        a decimal comma is read as such.
    where : str
        Its path, for sentences.
    columns : str or tuple of int, optional
        Which to take: names or numbers from 1 with commas between, or places from 0.
    delimiter : str, optional
        What stands between cells, where it is not to be found.
    header : bool, optional
        Whether the first row holds names, where that is not to be found.

    Raises
    ------
    InputError
        With row (line of the file) and column: a cell is empty or no finite number, a row is longer or shorter than
        the first, there is no row; or a column is named that is not there.
    """
    delimiter = delimiter or _delimiter(text)
    rows, unread = _rows(text, delimiter, where)
    decimal = delimiter != ","
    heads = _header(rows, decimal, where, header)
    names = heads or [str(number) for number in range(1, len(rows[0][1]) + 1)]
    body = rows[1:] if heads else rows
    _check_width(rows, len(names), where, bool(heads))
    if not body:
        raise InputError(f"{where}: a header and no row below it, so no step; at least one row of numbers is wanted")
    if len(body) + unread > LIMITS.steps:
        raise InputError(f"{where}: {len(body) + unread:,} rows are over the limit; up to {LIMITS.steps:,} steps fit")
    taken = list(columns) if isinstance(columns, tuple) else _taken(names, columns, where)
    if len(taken) > LIMITS.features:
        raise InputError(f"{where}: {len(taken):,} columns are over the limit; up to {LIMITS.features:,} inputs fit")
    x = np.empty((len(body), len(taken)))
    for place, column in enumerate(taken):
        x[:, place] = _column(body, column, names, decimal, where)
    x.setflags(write=False)
    return Sequence(x=x, columns=tuple(names[column] for column in taken) if heads else ())


def _delimiter(text: str) -> str:
    """The one that cuts the first rows into equally many cells; else the most frequent one of the first row."""
    first = islice(_lines(text), _LOOKED_AT)
    lines = [line[:_SIGNS_LOOKED_AT] for line in first if line.strip()]
    for delimiter in DELIMITERS:
        counts = {_cuts(line, delimiter) for line in lines}
        if len(counts) == 1 and counts != {0}:
            return delimiter
    top = lines[0] if lines else ""
    return max(reversed(DELIMITERS), key=lambda delimiter: _cuts(top, delimiter))


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


def _header(rows: list[tuple[int, list[str]]], decimal: bool, where: str, said: bool | None) -> list[str] | None:
    """The first row where no cell of it is a number and it does not look like the others, or where it is `said`."""
    line, cells = rows[0]
    if said is False or (said is None and any(_numeric(cell, decimal) for cell in cells)):
        return None
    if len(rows) == 1 and said is None:
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
