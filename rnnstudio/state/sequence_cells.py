"""Typing and pasting into the table of a sequence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.engine.limits import InputError, check_clipboard_cells, check_steps, check_words
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_rows import NEW, Draft
from rnnstudio.state.sequence_table import TOKEN, WANTED, Column, X, columns, named, number_at, why_fixed

_NUMBER = re.compile(r"[+\-−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+\-−]?\d+)?\Z", re.ASCII)
_NOT_FINITE = re.compile(r"[+\-−]?(?:nan|inf(?:inity)?)\Z", re.IGNORECASE)


def typed_number(text: str, place: str) -> float:
    """The number that was typed or pasted; a decimal comma is read as such.

    Raises
    ------
    InputError
        It is none, or is not finite.
    """
    plain = text.strip()
    if not plain:
        raise InputError(f"{place}: the cell is empty; every cell needs a number")
    if _NOT_FINITE.match(plain):
        raise InputError(f"{place}: {plain} is not a finite number; finite ones are wanted")
    if not _NUMBER.match(plain):
        raise InputError(f"{place}: “{plain[:40]}” is not a number; such as 0.5 or {MINUS}1.2 is")
    value = float(plain.replace("−", "-").replace(",", "."))
    if not math.isfinite(value):
        raise InputError(f"{place}: {plain[:40]} is too large for a number; a finite one is wanted")
    return value


def with_texts(draft: Draft, row: int, first: int, texts: tuple[tuple[str, ...], ...], where: str = "") -> Draft:
    """The draft with texts read into a block of cells; rows that are not there yet are added.

    Parameters
    ----------
    draft : Draft
        What they are written into.
    row, first : int
        The row and the column of the upper left cell, from 0.
    texts : tuple of tuples of str
        Rows of equally many cells.
    where : str
        What the texts are, for sentences ("the clipboard, "), else the table's own places.

    Raises
    ------
    InputError
        With row and column: a text is no number, no word or class; a cell cannot be edited; there are more columns
        than the table has from there on, or more rows than fit.
    """
    known, height, width = columns(draft), len(texts), len(texts[0])
    check_clipboard_cells(height * width)
    if not 0 <= first < len(known):
        raise InputError(f"there is no column {first + 1}; 1 to {len(known)} are")
    if first + width > len(known):
        room = len(known) - first
        raise InputError(
            f"{where or 'these values: '}{width} columns do not fit from {named(draft, known[first])} on, where "
            f"{room} {'is' if room == 1 else 'are'}; paste further to the left, or as a new sequence"
        )
    check_steps(max(row + height, draft.sequence.steps))
    block = _Block(draft, row, height)
    for c in range(width):
        for r in range(height):
            place = sentence("{where}row {r}, column {c}", where=where, r=r + 1,
                             c=c + 1) if where else sentence("step {row}, ", row=row + r + 1) + named(
                draft, known[first + c])  # fmt: skip
            block.write(r, known[first + c], texts[r][c], place)
    return block.draft()


class _Block:
    """Rows and targets while cells of them are written."""

    def __init__(self, draft: Draft, row: int, height: int) -> None:
        self._draft, self._row = draft, row
        self._words = list(draft.sequence.vocabulary)
        self._index = {word: k for k, word in enumerate(self._words)}
        more = max(row + height - len(draft.rows), 0)
        self._rows = _longer(draft.rows, more)
        every = draft.every
        self._every = None if every is None else _longer(every, more)
        if draft.follows and every is not None and self._every is not None:
            self._every[-1] = every[-1]  # what comes after the last row still does
        self._last = np.array(draft.sequence.targets) if draft.sequence.at_last else None
        self._steps = len(self._rows)

    def write(self, r: int, column: Column, text: str, place: str) -> None:
        """Read one text into its cell."""
        at = self._row + r
        if column.kind == TOKEN:
            self._rows[at] = self._token(text, place)
        elif column.kind == X:
            self._rows[at, column.index] = typed_number(text, place)
        else:
            self._target(at, column, text, place)

    def _token(self, text: str, place: str) -> int:
        word = text if text in self._index else text.strip().strip("“”\"")
        if not word:
            raise InputError(f"{place}: the cell is empty; a word is wanted")
        if word not in self._index:
            check_words(len(self._words) + 1)
            self._index[word] = len(self._words)
            self._words.append(word)
        return self._index[word]

    def _target(self, at: int, column: Column, text: str, place: str) -> None:
        if self._last is None and self._draft.follows and at != self._steps - 1:
            raise InputError(f"{place}: the target of step {at + 1} is step {at + 2}; change it there")
        if self._last is not None and at != self._steps - 1:
            raise InputError(f"{place}: only the last step has a target; it stands in row {self._steps}")
        held = self._last if self._last is not None else cast("NDArray[Any]", self._every)[at]
        if column.kind == WANTED:
            held[column.index] = typed_number(text, place)
        elif self._last is not None:
            self._last = np.array(self._class(text, place))
        else:
            cast("NDArray[Any]", self._every)[at] = self._class(text, place)

    def _class(self, text: str, place: str) -> int:
        sequence = self._draft.sequence
        if sequence.tokens is not None and self._draft.follows:
            return self._token(text, place)
        word = text.strip().strip("“”\"")
        if word in self._index:
            return self._index[word]
        count = self._classes()
        if not word.isdecimal() or int(word) >= count:
            raise InputError(f"{place}: “{word[:40]}” is no class; whole numbers from 0 to {count - 1} are")
        return int(word)

    def _classes(self) -> int:
        targets = cast("NDArray[Any]", self._draft.sequence.all_targets)
        return self._draft.outputs or max(int(targets.max()) + 1, len(self._words))

    def draft(self) -> Draft:
        """What has come of it."""
        sequence = self._draft.sequence
        if len(self._words) != len(sequence.vocabulary):
            sequence = replace(sequence, vocabulary=tuple(self._words))
        draft = replace(self._draft, sequence=sequence)
        if self._last is not None:
            draft = replace(draft, sequence=_with_last(draft.sequence, self._last))
        words = draft.words
        if words is not None:
            words = np.append(words, np.full(self._steps - len(words), NEW))
        return draft.with_rows(self._rows, self._every, words)


def _with_last(sequence: Sequence, last: NDArray[Any]) -> Sequence:
    if sequence.batch_targets is None:
        last.setflags(write=False)
        return replace(sequence, targets=last)
    targets: NDArray[Any] = np.array(sequence.batch_targets)
    targets[sequence.shown] = last
    targets.setflags(write=False)
    return replace(sequence, batch_targets=targets)


def _longer(array: NDArray[Any], more: int) -> NDArray[Any]:
    return np.concatenate([array, np.zeros((more, *array.shape[1:]), dtype=array.dtype)])


@dataclass(frozen=True)
class SetCell:
    """One cell of the table is typed anew."""

    row: int
    column: Column
    text: str

    @property
    def words(self) -> str:
        """Its name."""
        what = {TOKEN: "the word", X: f"x_{self.column.index + 1}"}.get(self.column.kind, "the target")
        return sentence("Set {what} at t = {row}", what=what, row=self.row + 1)

    def apply(self, draft: Draft) -> Draft:
        """See the class; `InputError` where the cell cannot hold the text."""
        reason = why_fixed(draft, self.row, self.column)
        if reason:
            raise InputError(reason)
        changed = with_texts(draft, self.row, columns(draft).index(self.column), ((self.text,),))
        same = number_at(draft, self.row, self.column) == number_at(changed, self.row, self.column)
        return draft if same else changed


@dataclass(frozen=True)
class Paste:
    """A block of texts over the cells from one on; see `with_texts`."""

    row: int
    column: int
    texts: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> str:
        """Its name."""
        return sentence(
            "Paste {count} × {count2} values at t = {row}",
            count=len(self.texts),
            count2=len(self.texts[0]),
            row=self.row + 1,
        )

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        return with_texts(draft, self.row, self.column, self.texts, "the clipboard, ")


@dataclass(frozen=True)
class PasteNew:
    """A block of numbers as the sequence, a column an input; the targets go."""

    texts: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> str:
        """Its name."""
        return sentence(
            "Paste a sequence of {count} × {count2} values", count=len(self.texts), count2=len(self.texts[0])
        )

    def apply(self, draft: Draft) -> Draft:
        """See the class; `InputError` where a text is no number, or there are too many."""
        check_clipboard_cells(len(self.texts) * len(self.texts[0]))
        check_steps(len(self.texts))
        x = np.array([
            [typed_number(text, sentence("the clipboard, row {r}, column {c}", r=r + 1, c=c + 1)) for c,
             text in enumerate(row)]
            for r, row in enumerate(self.texts)
        ])  # fmt: skip
        x.setflags(write=False)
        return Draft(Sequence(x=x))
