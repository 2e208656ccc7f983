"""Own material: any changes in any order are undone to the first byte, done again, saved, opened, and shown truly."""

import random as plain_random
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.editing import Redo, Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.history import JumpTo, versions
from rnnstudio.state.derived import trace
from rnnstudio.state.model import INSTANT, Session
from rnnstudio.state.store import Store
from tests.state.own_material import EDITS, MOVES, REPLACING, STUDIES, action_classes, changing_actions

#: What the runs of this process have done.
DONE = Counter()
KINDS = sorted(EDITS, key=lambda kind: kind.__name__)


def arrays_of(document):
    """Every array that a document holds."""
    for layer in document.network.layers:
        yield from layer.parameters.values()
        for pair in layer.bias_parts.values():
            yield from pair
    for vectors in (*document.first.values(), *document.presets.values()):
        yield from vectors.values()


def same_run(shown, fresh):
    """Whether two runs hold the same numbers, to the bit; what is not finite in both is the same."""
    for one, other in zip(shown.layers, fresh.layers, strict=True):
        for name in one.program.values:
            np.testing.assert_array_equal(one.series(name), other.series(name), err_msg=name)


class OwnMaterial(RuleBasedStateMachine):
    """Edits, undos and redos in any order, with the bytes of every document that there ever was."""

    @initialize(
        at=st.integers(0, len(STUDIES) - 1), view=st.sampled_from(["unrolled", "layer", "cell", "samples"]),
        speed=st.sampled_from([INSTANT, INSTANT, INSTANT, 1.0]),
    )  # fmt: skip
    def begin(self, at, view, speed):
        """A study is opened; its changes of form are seen as turns, or at once."""
        self.store = Store(opened(STUDIES[at], Session(view=view, speed=speed)))
        self.known = {}
        self.seen(STUDIES[at])

    def seen(self, document):
        """The document again out of its file; its bytes are those of the first time that it was seen."""
        data = write_study(document)
        if id(document) not in self.known:
            again = read_study(data)
            assert write_study(again) == data, "saved, opened and saved again it is another file"
            assert not any(array.flags.writeable for array in arrays_of(document)), "an array that one could write"
            self.known[id(document)] = data, again, document
            DONE["studies"] += 1
        known, again, _ = self.known[id(document)]
        assert known == data, "a document has changed after it was made"
        return again

    @rule(kind=st.sampled_from(KINDS), random=st.randoms(use_true_random=False))
    def edit(self, kind, random):
        """One change, of any kind; one that is refused leaves everything as it was."""
        before = self.store.state
        for action in EDITS[kind](before, random):
            there = self.store.state
            self.store.dispatch(action)
            if self.store.state.session.message not in ("", there.session.message):
                DONE["messages"] += 1
        after = self.store.state
        DONE["edits"] += 1
        if after.document is not before.document:
            DONE[kind.__name__] += 1
            assert not after.redo
            assert after.undo[-1].name and after.undo[-1].document is not after.document

    @precondition(lambda self: self.store.state.undo)
    @rule()
    def undo(self):
        """Back by one."""
        before = self.store.state
        self.store.dispatch(Undo())
        assert self.store.state.document is before.undo[-1].document
        assert self.store.state.redo[-1].name == before.undo[-1].name
        DONE["undos"] += 1

    @precondition(lambda self: self.store.state.redo)
    @rule()
    def redo(self):
        """Forth by one."""
        before = self.store.state
        self.store.dispatch(Redo())
        assert self.store.state.document is before.redo[-1].document
        assert self.store.state.undo[-1].name == before.redo[-1].name
        DONE["redos"] += 1

    @rule(share=st.floats(0, 1))
    def jump(self, share):
        """To any version in the list of the history."""
        before = self.store.state
        there = versions(before)
        number = round(share * (len(there) - 1))
        self.store.dispatch(JumpTo(number))
        assert self.store.state.document is there[number].document
        assert [v.document for v in versions(self.store.state)] == [v.document for v in there]
        DONE["jumps"] += 1

    @invariant()
    def what_is_shown_is_what_a_fresh_run_shows(self):
        """The numbers are those of the study out of its file, run in a store that knows nothing else."""
        if not hasattr(self, "store"):
            return
        state = self.store.state
        session = state.session
        fresh = Store(opened(self.seen(state.document), Session(view=session.view))).state
        assert fresh.session.view == session.view
        fresh = fresh.see(playhead=session.playhead, direction=session.direction)
        same_run(trace(state), trace(fresh))

    def teardown(self):
        """Undone to the end it is the first study, redone to the end the last one, on the way each that it was."""
        if not hasattr(self, "store"):
            return
        while self.store.state.redo:
            self.redo()
        last = self.store.state.document
        while self.store.state.undo:
            self.undo()
            self.seen(self.store.state.document)
        first = next(iter(self.known.values()))
        assert write_study(self.store.state.document) == first[0]
        while self.store.state.redo:
            self.redo()
        assert self.store.state.document is last
        self.seen(last)


SHORT = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(
    max_examples=120, stateful_step_count=120, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


def test_any_changes_in_any_order():
    run_state_machine_as_test(OwnMaterial, settings=SHORT)


@pytest.mark.heavy
def test_ten_thousand_changes_and_a_thousand_studies():
    DONE.clear()
    while DONE["edits"] + DONE["undos"] + DONE["redos"] < 10_000 or DONE["studies"] < 1_000:
        run_state_machine_as_test(OwnMaterial, settings=LONG)
    print("\n" + ", ".join(f"{name} {count:,}" for name, count in sorted(DONE.items())))
    assert all(DONE[kind.__name__] for kind in KINDS)


def test_the_machine_knows_every_action_that_changes_a_document():
    known = {kind.__name__ for kind in EDITS} | MOVES | REPLACING
    missing = {found.__name__ for found in changing_actions()} - known
    assert not missing, f"EDITS in tests/state/own_material.py needs a line for each of {sorted(missing)}"


def test_what_is_only_looked_at_is_told_from_what_changes():
    changing = {found.__name__ for found in changing_actions()}
    assert {kind.__name__ for kind in EDITS} <= changing | {"SetValue"}
    only_looking = {found.__name__ for found in action_classes()} - changing
    assert only_looking > {"SetView", "Select", "GoTo", "SelectArea", "Zoom"}


#: What happens only after something else.
AFTER = {"ResetWeights": "Hear", "MakeRecurrent": "ChooseLayer"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_change_happens(kind):
    """A line of the list that never changes anything would test nothing."""
    before = next((other for other in KINDS if other.__name__ == AFTER.get(kind.__name__)), None)
    for seed in range(200):
        random = plain_random.Random(seed)
        store = Store(opened(STUDIES[seed % len(STUDIES)]))
        for made in (before, kind) if before else (kind,):
            there = store.state.document
            for action in EDITS[made](store.state, random):
                store.dispatch(action)
        if store.state.document is not there:
            return
    raise AssertionError(f"{kind.__name__} never changed a document")
