"""Changes of the study's sequence: of its rows, or another one in its place; each is one entry of the history."""

from dataclasses import dataclass

from rnnstudio.engine.limits import InputError
from rnnstudio.state.actions.editing import edited
from rnnstudio.state.model import State
from rnnstudio.state.runs import traces
from rnnstudio.state.sequence_changes import Delete, Insert, Move, Repeat, Reverse, RowChange, Shuffle
from rnnstudio.state.sequence_rows import Draft, draft_of
from rnnstudio.state.sequence_use import with_sequence


@dataclass(frozen=True, eq=False)
class UseSequence:
    """The study has the sequence of a draft from now on; ``name`` stands in the history.

    Raises
    ------
    InputError
        The network cannot be of the sizes that it needs, or its run would not fit.
    """

    draft: Draft
    name: str

    def apply(self, state: State) -> State:
        """See the class."""
        if self.draft.sequence is state.document.sequence:
            return state
        changed = with_sequence(state.document, self.draft)
        traces(changed)  # one that cannot run changes nothing
        return edited(state, self.name, changed)


@dataclass(frozen=True)
class ChangeRows:
    """A change of the rows of the study's sequence."""

    change: RowChange

    def apply(self, state: State) -> State:
        """See the class."""
        before = draft_of(state.document.sequence)
        after = self.change.apply(before)
        return state if after is before else UseSequence(after, self.change.words).apply(state)


def _here(state: State) -> int:
    """The row of the sample at hand (from 0); of the first state the first one."""
    if not state.document.sequence.steps:
        raise InputError("there is no step yet; Sequence › Edit the sequence makes one")
    return max(state.session.playhead.t, 1) - 1


def insert_here(state: State) -> ChangeRows:
    """A new step after the sample at hand."""
    return ChangeRows(Insert(state.session.playhead.t))


def delete_here(state: State) -> ChangeRows:
    """The sample at hand is not there any more."""
    return ChangeRows(Delete(_here(state), _here(state)))


def move_here(state: State, by: int) -> ChangeRows:
    """The sample at hand stands earlier or later."""
    at = _here(state)
    return ChangeRows(Move(at, at, at + by))


def repeat_here(state: State) -> ChangeRows:
    """The sample at hand once more."""
    return ChangeRows(Repeat(_here(state), _here(state)))


def repeat_all(state: State, times: int = 2) -> ChangeRows:
    """The whole sequence, so many times."""
    return ChangeRows(Repeat(0, state.document.sequence.steps - 1, times))


def reverse_all(state: State) -> ChangeRows:
    """The sequence from behind."""
    return ChangeRows(Reverse(0, state.document.sequence.steps - 1))


def shuffle_all(state: State) -> ChangeRows:
    """The steps in an order drawn from the study's seed."""
    return ChangeRows(Shuffle(0, state.document.sequence.steps - 1, state.document.seed))
