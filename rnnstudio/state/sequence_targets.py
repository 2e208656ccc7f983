"""What stands at the steps of a sequence as targets, and another choice of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_rows import NEW, Draft

#: No targets; the step after each; targets that are given.
NONE, FOLLOWING, OWN = "none", "next", "own"


def kind_of_targets(draft: Draft) -> str:
    """Which of the three it is."""
    return NONE if draft.sequence.targets is None else FOLLOWING if draft.follows else OWN


@dataclass(frozen=True)
class SetTargets:
    """Other targets.

    Without them what was a target alone, after the last step, is a step again. The next step as target takes the last
    step for its target alone. Given ones begin with what stood there, else with zeros (of a text the first word).

    Attributes
    ----------
    kind : str
        `NONE`, `FOLLOWING` or `OWN`.
    outputs : int
        O of given targets where there were none.

    Raises
    ------
    InputError
        There is no second step to be a target, or there are several sequences.
    """

    kind: str
    outputs: int = 1

    @property
    def words(self) -> str:
        """Its name."""
        return {NONE: "Targets: none", FOLLOWING: "Targets: the next step", OWN: "Targets: given"}[self.kind]

    def apply(self, draft: Draft) -> Draft:
        """See the class."""
        sequence = draft.sequence
        if self.kind == kind_of_targets(draft):
            return draft
        if self.kind == OWN:
            given = sequence if draft.follows else self._blank(sequence)
            return replace(draft, sequence=given, follows=False, outputs=None)
        if self.kind == NONE:
            bare = replace(draft, sequence=sequence.with_targets(None), follows=False, outputs=None)
            every = draft.every
            if not draft.follows or every is None or sequence.batch is not None:
                return bare
            words = None if draft.words is None else np.append(draft.words, NEW)
            return bare.with_rows(np.concatenate([draft.rows, every[-1:]]), words=words)
        if sequence.batch is not None:
            raise InputError("the next step can be the target of one sequence; of several the targets are given")
        if sequence.steps < 2:
            raise InputError("a sequence of one step has no next one; insert a second step first")
        rows, kind = draft.rows, "x" if sequence.x is not None else "tokens"
        cut: Sequence = replace(sequence, **{kind: rows[:-1], "targets": rows[1:]})  # type: ignore[arg-type]
        return Draft(cut, True, None, None if draft.words is None else draft.words[:-1])

    def _blank(self, sequence: Sequence) -> Sequence:
        """The sequence with targets that say nothing yet."""
        count = sequence.sequences
        shape = (sequence.most_steps,) if count is None else (sequence.most_steps, count)
        words = sequence.tokens is not None
        blank = np.zeros(shape, dtype=np.int64) if words else np.zeros((*shape, self.outputs))
        blank.setflags(write=False)
        return sequence.with_targets(blank)
