"""The rows of a sequence, a step each: taken apart, put into another order, put together again.

Of several sequences it is the one that is shown; the others stay as they are, and the arrays are as long as the
longest of all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError, check_steps
from rnnstudio.state.model import Sequence, Targets

Rows = NDArray[Any]
#: In an order of rows: one that is not there yet.
NEW = -1


def follows(sequence: Sequence) -> bool:
    """Whether the target of each step is the step after it: target_t = x_(t+1), of a text the next word."""
    targets = sequence.targets
    if targets is None or sequence.at_last or not sequence.steps:
        return False
    if sequence.tokens is not None:
        return sequence.classes and np.array_equal(targets[:-1], sequence.tokens[1:])
    x = cast("Rows", sequence.x)
    return not sequence.classes and targets.shape == x.shape and len(x) > 1 and np.array_equal(targets[:-1], x[1:])


@dataclass(frozen=True, eq=False)
class Draft:
    """A sequence that is being worked on.

    Attributes
    ----------
    sequence : Sequence
        As it is; it can be used at any time.
    follows : bool
        Whether the target of a step is the step after it, so that targets follow from the rows; what comes after the
        last row is then given beside them.
    outputs : int or None
        O that the targets want of a network, where the sequence alone does not say it.
    words : array of int or None
        Of words as short vectors: which word of the vocabulary each row is, `NEW` where it is none.
    """

    sequence: Sequence
    follows: bool = False
    outputs: int | None = None
    words: NDArray[np.int64] | None = None

    @property
    def rows(self) -> Rows:
        """The samples: x (T, I), or tokens (T,)."""
        sequence = self.sequence
        return cast("Rows", sequence.x if sequence.x is not None else sequence.tokens)

    @property
    def every(self) -> Targets | None:
        """Targets of which each row has its own; None where there are none, or one for the last step."""
        return None if self.sequence.at_last else self.sequence.targets

    def with_rows(self, rows: Rows, targets: Rows | None = None, words: Rows | None = None) -> Draft:
        """The draft with other rows.

        Parameters
        ----------
        rows : array
            The samples.
        targets : array, optional
            Those of every row; not looked at where the rows have none. Where they follow from the rows, only the last
            one counts, and None leaves that as it is.
        words : array, optional
            Which word each row is, where rows are words as short vectors.

        Raises
        ------
        InputError
            There is no row left, or more than fit.
        """
        if not len(rows):
            raise InputError("A sequence has at least one step; this is the last one, so it stays")
        check_steps(len(rows))
        every = self.every
        if every is None:
            targets = None
        elif self.follows:
            targets = np.concatenate([rows[1:], (every if targets is None else targets)[-1:]])
        return replace(self, sequence=_put(self.sequence, rows, targets), words=words)


def draft_of(sequence: Sequence) -> Draft:
    """What a sequence is worked on as."""
    return Draft(sequence, follows(sequence))


def _read_only(array: Rows) -> Rows:
    array = np.ascontiguousarray(array)
    array.setflags(write=False)
    return array


def _put(sequence: Sequence, rows: Rows, targets: Rows | None) -> Sequence:
    """The sequence with other rows of the one that is shown; ``targets`` None leaves the targets as they are."""
    if sequence.batch is None:
        kind = "x" if sequence.x is not None else "tokens"
        changes: dict[str, Rows] = {kind: _read_only(rows)}
        if targets is not None:
            changes["targets"] = _read_only(targets)
        return replace(sequence, note="", **changes)  # type: ignore[arg-type]
    batch, shown = sequence.batch, sequence.shown
    count = batch.shape[1]
    lengths = np.full(count, len(batch)) if sequence.lengths is None else np.array(sequence.lengths)
    lengths[shown] = len(rows)
    longest = int(lengths.max())
    batch = _column(batch, longest, shown, rows)
    changes = {"batch": _read_only(batch)}
    if targets is not None and sequence.batch_targets is not None:
        changes["batch_targets"] = _read_only(_column(sequence.batch_targets, longest, shown, targets))
    equal = bool((lengths == longest).all())
    return replace(
        sequence, lengths=None if equal else _read_only(lengths.astype(np.int64)), **changes  # type: ignore[arg-type]
    )


def _column(array: Rows, steps: int, shown: int, rows: Rows) -> Rows:
    """(T, N, …) with other rows in one column, zeros beyond them, and as long as asked."""
    out = np.zeros((steps, *array.shape[1:]), dtype=array.dtype)
    kept = min(steps, len(array))
    out[:kept] = array[:kept]
    out[:, shown] = 0
    out[: len(rows), shown] = rows
    return out


def arranged(draft: Draft, order: NDArray[np.int64]) -> Draft:
    """The draft with its rows in another order.

    Parameters
    ----------
    draft : Draft
        What is put into order.
    order : array of int
        Of each new row which old one it is, as often as wanted; `NEW` where it is none: zeros, or of a text the word
        before it (of the first row the one after it).

    Raises
    ------
    InputError
        No row is left, or more than fit.
    """
    new = np.flatnonzero(order == NEW)
    if not len(draft.rows):
        return draft.with_rows(_first_rows(draft, len(order)))
    taken = np.array(order)
    for at in new:  # a word has no zero: the one beside it stands there until another is chosen
        taken[at] = taken[at - 1] if at else next((k for k in order if k != NEW), 0)
    rows, every = np.array(draft.rows[taken]), draft.every
    targets = None if every is None or draft.follows else np.array(every[taken])
    if draft.sequence.tokens is None:
        rows[new] = 0.0
        if targets is not None:
            targets[new] = 0
    words = None if draft.words is None else np.array(draft.words[taken])
    if words is not None:
        words[new] = NEW
    return draft.with_rows(rows, targets, words)


def _first_rows(draft: Draft, count: int) -> Rows:
    """Rows where there were none: zeros, or of a text the first word of its vocabulary."""
    if draft.sequence.tokens is not None and not draft.sequence.vocabulary:
        raise InputError("this text has no word yet; Text by words makes some")
    return np.zeros((count, *draft.rows.shape[1:]), dtype=draft.rows.dtype)
