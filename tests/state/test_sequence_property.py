"""Random changes of a sequence: T, N, I, lengths and targets stay consistent, runs work, undo is byte for byte."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.tasks import TASKS
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.editing import Redo, Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.sequence import ChangeRows, UseSequence
from rnnstudio.state.runs import traces
from rnnstudio.state.sequence_cells import Paste, SetCell
from rnnstudio.state.sequence_changes import Delete, Insert, Move, Repeat, Reverse, SetInputs, Show, Shuffle
from rnnstudio.state.sequence_generators import generated
from rnnstudio.state.sequence_rows import draft_of
from rnnstudio.state.sequence_table import columns
from rnnstudio.state.sequence_targets import FOLLOWING, NONE, OWN, SetTargets

SMALL = st.integers(0, 5)
ROWS = st.one_of(
    st.builds(Insert, SMALL, st.integers(1, 2)), st.builds(Delete, SMALL, SMALL), st.builds(Move, SMALL, SMALL, SMALL),
    st.builds(Repeat, SMALL, SMALL, st.integers(2, 3)), st.builds(Reverse, SMALL, SMALL),
    st.builds(Shuffle, SMALL, SMALL, SMALL), st.builds(SetInputs, st.integers(1, 6)), st.builds(Show, SMALL),
    st.builds(SetTargets, st.sampled_from([NONE, FOLLOWING, OWN]), st.integers(1, 3)),
    st.builds(Paste, SMALL, SMALL, st.sampled_from([(("1", "0,5"), ("-1", "2")), (("a",), ("z",)), (("0",),)])),
)  # fmt: skip
TYPED = st.tuples(SMALL, SMALL, st.sampled_from(["0.5", "−2", "1", "a", "new", "nan", ""]))
TASK = st.tuples(st.sampled_from(sorted(TASKS)), st.integers(1, 3), st.integers(0, 9))


def consistent(document):
    sequence, network = document.sequence, document.network
    read_study(write_study(document), "it")  # T, N, I, lengths and targets fit, or it is refused
    assert sequence.inputs == network.inputs and sequence.steps >= 1
    if sequence.batch is not None:
        lengths = np.full(sequence.sequences, sequence.most_steps) if sequence.lengths is None else sequence.lengths
        assert lengths.max() == sequence.most_steps and lengths.min() >= 1
        beyond = np.arange(sequence.most_steps)[:, None] >= lengths
        assert not sequence.batch[beyond].any()
    found, _ = traces(document)
    assert found.y.shape == (sequence.steps, network.outputs) and np.isfinite(found.y).all()


def walked(start, steps):
    """The state after changes; each made as one entry, or refused with all as it was."""
    state, names = start, []
    for step in steps:
        before = state
        try:
            if isinstance(step, tuple) and len(step) == 3 and isinstance(step[0], str):
                name, count, seed = step
                action = UseSequence(generated(name, {"steps": 8, "sequences": count, "seed": seed}), name)
            elif isinstance(step, tuple):
                known = columns(draft_of(state.document.sequence))
                row = min(step[0], state.document.sequence.steps - 1)
                action = ChangeRows(SetCell(row, known[step[1] % len(known)], step[2]))
            else:
                action = ChangeRows(step)
            state = action.apply(state)
        except InputError as error:
            assert "\n" not in str(error) and len(str(error)) < 300
            state = before
        if state is not before:
            names.append(state.undo[-1].name)
            consistent(state.document)
    return state, names


def there_and_back(start, steps):
    first = write_study(start.document)
    state, names = walked(start, steps)
    last = write_study(state.document)
    for name in reversed(names):
        assert state.undo[-1].name == name
        state = Undo().apply(state)
    assert write_study(state.document) == first and not state.undo
    for _ in names:
        state = Redo().apply(state)
    assert write_study(state.document) == last


STEPS = st.lists(st.one_of(ROWS, TYPED, TASK), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_random_changes_keep_the_study_whole(steps):
    there_and_back(opened(bundled_study("tutorial")), steps)


@pytest.mark.heavy
@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(ROWS, TYPED, TASK), min_size=5, max_size=30))
def test_many_random_changes_keep_the_study_whole(steps):
    there_and_back(opened(bundled_study("tutorial")), steps)
