"""What one may do to the rows of a sequence: each change has a name, and gives a new draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError, check_features, check_steps
from rnnstudio.engine.tasks.task import generator
from rnnstudio.sentence import sentence
from rnnstudio.state.sequence_rows import NEW, Draft, arranged


class RowChange(Protocol):
    """A change of a draft."""

    @property
    def words(self) -> str:
        """Its name in the history."""
        ...

    def apply(self, draft: Draft) -> Draft:
        """Return the draft after the change; the given one stays as it is."""
        ...


def _steps(first: int, last: int) -> str:
    """The words for rows `first` to `last` (from 0)."""
    return (
        sentence("step {first}", first=first + 1)
        if first == last
        else sentence("steps {first} to {last}", first=first + 1, last=last + 1)
    )


def _indices(count: int) -> NDArray[np.int64]:
    return np.arange(count, dtype=np.int64)


def _check(draft: Draft, first: int, last: int) -> None:
    count = len(draft.rows)
    if not 0 <= first <= last < count:
        raise InputError(f"there is no {_steps(first, last)}; 1 to {count} are")


@dataclass(frozen=True)
class Insert:
    """New steps before row ``at`` (from 0; T puts them at the end): zeros, or of a text the word before."""

    at: int
    count: int = 1

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Insert {steps}", steps=_steps(self.at, self.at + self.count - 1))

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        count = len(draft.rows)
        if not 0 <= self.at <= count:
            raise InputError(f"a step cannot be inserted at {self.at + 1}; 1 to {count + 1} fit")
        check_steps(count + self.count)
        return arranged(draft, np.insert(_indices(count), self.at, [NEW] * self.count))


@dataclass(frozen=True)
class Delete:
    """Rows ``first`` to ``last`` are not there any more.

    Raises
    ------
    InputError
        No row would be left.
    """

    first: int
    last: int

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Delete {steps}", steps=_steps(self.first, self.last))

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        _check(draft, self.first, self.last)
        return arranged(draft, np.delete(_indices(len(draft.rows)), np.s_[self.first : self.last + 1]))


@dataclass(frozen=True)
class Move:
    """Rows ``first`` to ``last`` stand somewhere else: the first of them is row ``to`` then."""

    first: int
    last: int
    to: int

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Move {steps} to {to}", steps=_steps(self.first, self.last), to=self.to + 1)

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        _check(draft, self.first, self.last)
        count, moved = len(draft.rows), np.arange(self.first, self.last + 1)
        if not 0 <= self.to <= count - len(moved):
            return draft
        rest = np.delete(_indices(count), moved)
        return draft if self.to == self.first else arranged(draft, np.insert(rest, self.to, moved))


@dataclass(frozen=True)
class Repeat:
    """Rows ``first`` to ``last`` stand there ``times`` times, one after the other."""

    first: int
    last: int
    times: int = 2

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Repeat {steps}, {times} times", steps=_steps(self.first, self.last), times=self.times)

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        _check(draft, self.first, self.last)
        count, more = len(draft.rows), np.arange(self.first, self.last + 1)
        if self.times < 2:
            return draft
        check_steps(count + len(more) * (self.times - 1))
        return arranged(draft, np.insert(_indices(count), self.last + 1, np.tile(more, self.times - 1)))


@dataclass(frozen=True)
class Reverse:
    """Rows ``first`` to ``last`` from behind."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Reverse {steps}", steps=_steps(self.first, self.last))

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        _check(draft, self.first, self.last)
        order = _indices(len(draft.rows))
        order[self.first : self.last + 1] = order[self.first : self.last + 1][::-1].copy()
        return draft if self.first == self.last else arranged(draft, order)


@dataclass(frozen=True)
class Shuffle:
    """Rows ``first`` to ``last`` in an order drawn with PCG64 from a seed: the same one on every machine."""

    first: int
    last: int
    seed: int

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Shuffle {steps} (seed {seed})", steps=_steps(self.first, self.last), seed=self.seed)

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        _check(draft, self.first, self.last)
        if self.seed < 0:
            raise InputError(f"the seed {self.seed}: a whole number from 0 is wanted")
        order = _indices(len(draft.rows))
        order[self.first : self.last + 1] = self.first + generator(self.seed).permutation(self.last + 1 - self.first)
        return arranged(draft, order)


@dataclass(frozen=True)
class SetInputs:
    """Another number of inputs: columns at the right are zeros, or go.

    Raises
    ------
    InputError
        The sequence is a text, whose inputs are its words, or the number is over its limit.
    """

    count: int

    @property
    def words(self) -> str:
        """Its name."""
        return "Change to 1 input" if self.count == 1 else sentence("Change to {count} inputs", count=self.count)

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        check_features(self.count)
        sequence, old = draft.sequence, draft.sequence.inputs
        if sequence.x is None:
            raise InputError(f"the inputs of a text are its {old} words, one each; type another word to have more")
        if self.count == old:
            return draft
        named = (*sequence.columns[: self.count], *(f"x{k + 1}" for k in range(old, self.count)))
        columns = named if sequence.columns and len(set(named)) == len(named) else ()
        data = sequence.x if sequence.batch is None else sequence.batch
        kind = "x" if sequence.batch is None else "batch"
        changes: dict[str, Any] = {"columns": columns, "vocabulary": (), kind: self._fitted(data)}
        if draft.follows and sequence.batch is None and sequence.targets is not None:
            changes["targets"] = self._fitted(sequence.targets)
        if draft.follows and sequence.batch_targets is not None:
            changes["batch_targets"] = self._fitted(sequence.batch_targets)
        return replace(draft, sequence=replace(sequence, **changes))

    def _fitted(self, array: NDArray[Any]) -> NDArray[Any]:
        out = np.zeros((*array.shape[:-1], self.count), dtype=array.dtype)
        kept = min(self.count, array.shape[-1])
        out[..., :kept] = array[..., :kept]
        out.setflags(write=False)
        return out


@dataclass(frozen=True)
class Show:
    """Of several sequences, number ``index`` (from 0) is the one in the table."""

    index: int

    @property
    def words(self) -> str:
        """Its name."""
        return sentence("Show sequence {index}", index=self.index + 1)

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        sequence = draft.sequence
        if not 0 <= self.index < (sequence.sequences or 1) or self.index == sequence.shown:
            return draft
        shown = sequence.showing(self.index)
        return replace(draft, sequence=shown)
