"""Sub-steps in words as files: Markdown for who reads, CSV for who computes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.engine.limits import InputError
from rnnstudio.files.storage import write_atomic
from rnnstudio.state.in_words import InWords, Row

#: The endings that a file of words may have.
MARKDOWN, CSV = ".md", ".csv"
#: Numbers of one thing that a table of a text has; the file for who computes has all.
MOST_WRITTEN = 64
_HEAD = ("where", "part", "name", "symbol", "place", "row", "column", "value")


def markdown(steps: Iterable[InWords]) -> str:
    """Each sub-step as a heading, its sentences, and its table."""
    return "\n".join(_section(step) for step in steps)


def _section(step: InWords) -> str:
    lines = [f"## {step.where}", "", *step.sentences]
    if step.rows:
        lines += ["", "| part | name | symbol | where | values |", "|---|---|---|---|---|"]
        lines += [f"| {row.part} | {row.name} | {_cell(row.symbol)} | {_cell(row.place)} | {numbers(row)} |"
                  for row in step.rows]  # fmt: skip
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def numbers(row: Row) -> str:
    """The numbers of a row, those of a matrix row by row; what is not known is said to be so."""
    if not row.values:
        return "not computed yet"
    width = row.shape[1] if len(row.shape) == 2 else len(row.values)
    shown = row.values[:MOST_WRITTEN]
    parts = [", ".join(shown[at : at + width]) for at in range(0, len(shown), width)]
    more = len(row.values) - len(shown)
    return "; ".join(parts) + (f", and {more} more" if more else "")


def table(steps: Iterable[InWords]) -> str:
    """A line for each number: where it stands, what it belongs to, its row and column from 1, six digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    for step in steps:
        for row in step.rows:
            head = (step.where, row.part, row.name, row.symbol, row.place)
            if not row.exact:
                writer.writerow((*head, "", "", ""))
            width = row.shape[1] if len(row.shape) == 2 else 1
            for at, text in enumerate(row.exact):
                column = at % width + 1 if width > 1 else ""
                writer.writerow((*head, at // width + 1, column, text.replace(MINUS, "-")))
    return out.getvalue()


def write_words(path: str | Path, steps: Iterable[InWords]) -> None:
    """Write sub-steps as a file; its ending says in which form.

    Parameters
    ----------
    path : str or Path
        Ends in ``.md`` or ``.csv``.
    steps : iterable of InWords
        What is written, in this order.

    Raises
    ------
    InputError
        Another ending, more steps than are written out, or the file cannot be written; what was there is as it was.
    """
    ending = Path(path).suffix.lower()
    if ending not in (MARKDOWN, CSV):
        raise InputError(f"{Path(path).name} ends in neither {MARKDOWN} nor {CSV}; one of the two is wanted")
    text = markdown(steps) if ending == MARKDOWN else table(steps)
    write_atomic(path, text.encode("utf-8"))
