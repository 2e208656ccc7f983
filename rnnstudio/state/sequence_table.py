"""A sequence as a table: its columns, and the text of every cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.numbers import MINUS, fmt
from rnnstudio.sentence import sentence
from rnnstudio.state.sequence_rows import Draft

#: The kinds of columns: a word of a text, a number of x, a word or class as target, a number as target.
TOKEN, X, CLASS, WANTED = "token", "x", "class", "wanted"


@dataclass(frozen=True)
class Column:
    """One column of values: its kind, and which number of x or of the target it holds (from 0)."""

    kind: str
    index: int = 0


def columns(draft: Draft) -> tuple[Column, ...]:
    """The columns that hold values, from left to right; a target of the last step alone stands in its row."""
    sequence = draft.sequence
    found = [Column(TOKEN)] if sequence.tokens is not None else [Column(X, i) for i in range(sequence.inputs)]
    targets = sequence.targets
    if targets is None:
        return tuple(found)
    if sequence.classes:
        return (*found, Column(CLASS))
    return (*found, *(Column(WANTED, o) for o in range(targets.shape[-1])))


def named(draft: Draft, column: Column) -> str:
    """What a column is called: x_2 (its own name where the file gave one), the word, the target."""
    if column.kind == TOKEN:
        return "word"
    if column.kind == X:
        return f"x_{column.index + 1}"
    several = column.kind == WANTED and cast("NDArray[np.float64]", draft.sequence.targets).shape[-1] > 1
    return sentence("target {index}", index=column.index + 1) if several else "target"


@lru_cache(maxsize=4)
def labels(draft: Draft) -> tuple[str, ...] | None:
    """A word for each step: of a text, of one-hot numbers with a vocabulary, of words as short vectors; else None."""
    sequence, x = draft.sequence, draft.sequence.x
    words = sequence.vocabulary
    if sequence.tokens is not None:
        return tuple(words[k] for k in sequence.tokens)
    if draft.words is not None:
        return tuple(words[k] if k >= 0 else "" for k in draft.words)
    if not words or x is None or x.shape[1] != len(words):
        return None
    one_hot = bool((x.sum(axis=1) == 1).all() and ((x == 0) | (x == 1)).all())
    return tuple(words[k] for k in np.argmax(x, axis=1)) if one_hot else None


def shown_text(draft: Draft, row: int, column: Column, decimals: int = 2) -> str:
    """The text of a cell; empty where there is nothing."""
    value = number_at(draft, row, column)
    if value is None:
        return ""
    if column.kind in (TOKEN, CLASS):
        words = draft.sequence.vocabulary
        return f"“{words[int(value)]}”" if int(value) < len(words) else str(int(value))
    return fmt(value, decimals)


def written_text(draft: Draft, row: int, column: Column) -> str:
    """The value as one types it: in full, so that what is copied is what is there."""
    value = number_at(draft, row, column)
    if value is None:
        return ""
    if column.kind in (TOKEN, CLASS):
        words = draft.sequence.vocabulary
        return words[int(value)] if int(value) < len(words) else str(int(value))
    return repr(value + 0.0).removesuffix(".0").replace("-", MINUS)


def number_at(draft: Draft, row: int, column: Column) -> float | None:
    """The number of a cell, of a word or class its index; None where the cell is empty."""
    sequence = draft.sequence
    if column.kind in (TOKEN, X):
        rows = draft.rows
        return float(rows[row] if column.kind == TOKEN else rows[row, column.index])
    targets = sequence.targets
    if targets is None or (sequence.at_last and row != sequence.steps - 1):
        return None
    own = targets if sequence.at_last else targets[row]
    return float(own if column.kind == CLASS else own[column.index])


def why_fixed(draft: Draft, row: int, column: Column) -> str:
    """Why a cell cannot be edited; empty where it can."""
    if column.kind in (TOKEN, X):
        return ""
    if draft.follows and row != draft.sequence.steps - 1:
        return sentence("The target of step {row} is step {row2}: change it there.", row=row + 1, row2=row + 2)
    if draft.sequence.at_last and row != draft.sequence.steps - 1:
        return "Only the last step has a target."
    return ""
