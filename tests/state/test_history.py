import random

import numpy as np
import pytest

from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.editing import ChooseLayer, Redo, SetActivation, SetBias, SetCell, Undo
from rnnstudio.state.actions.files import Saved, opened
from rnnstudio.state.actions.history import FIRST, JumpTo, versions
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.training import Begin, Hear
from rnnstudio.state.actions.values import BeginEdit, SetValue
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.model import Session
from rnnstudio.state.places import Place, X
from rnnstudio.state.store import Store
from rnnstudio.state.training_run import Told


@pytest.fixture
def state():
    return opened(demonstration(), Session(view="unrolled"))


@pytest.fixture
def changed(state):
    for action in (SetBias(True), SetActivation("tanh"), SetCell("gru"), SetView("cell"), SetCell("lstm")):
        state = action.apply(state)
    return state


def by_steps(state, number):
    """What as many undos or redos lead to, one by one."""
    while len(state.undo) > number:
        state = Undo().apply(state)
    while len(state.undo) < number:
        state = Redo().apply(state)
    return state


def test_versions_are_named_by_the_change_that_led_to_them(changed):
    changes = ("Add the bias", "Change the activation to tanh", "Change the cell to GRU", "Change the cell to LSTM")
    names = [FIRST, *changes]
    assert [version.name for version in versions(changed)] == names
    back = JumpTo(1).apply(changed)
    assert [version.name for version in versions(back)] == names, "what is undone stays in the list"
    assert [v.document for v in versions(back)] == [v.document for v in versions(changed)]
    assert versions(back)[1].document is back.document


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("start", range(5))
def test_a_jump_is_as_many_undos_or_redos(changed, start, number):
    there = by_steps(changed, start)
    jumped, stepped = JumpTo(number).apply(there), by_steps(there, number)
    assert jumped.document is stepped.document

    def entries(changes):
        return [(change.name, change.document, change.updates) for change in changes]

    assert entries(jumped.undo) == entries(stepped.undo) and entries(jumped.redo) == entries(stepped.redo)
    session = jumped.session
    assert session.edit is None and session.view in ("unrolled", "cell")


def test_any_walk_ends_at_the_very_documents(changed):
    held, walk, state = [v.document for v in versions(changed)], random.Random(3), changed
    for _ in range(200):
        number = walk.randrange(len(held))
        state = JumpTo(number).apply(state)
        assert state.document is held[number]
        assert [v.document for v in versions(state)] == held


def test_a_jump_tells_its_listeners_once(changed):
    store, heard = Store(changed), []
    store.listen(lambda old, new: heard.append((old, new)))
    store.dispatch(JumpTo(0))
    assert len(heard) == 1 and heard[0][1].document is versions(changed)[0].document


@pytest.mark.parametrize("number", [-1, 4, 5, 99])
def test_where_there_is_no_other_version_nothing_changes(changed, number):
    assert JumpTo(number).apply(changed) is changed


def test_what_one_looks_at_stays_where_only_numbers_have_changed(state):
    state = GoTo(5).apply(state)
    for value in (0.5, 0.7):
        state = SetValue(Place(X, "x", (0, 0)), value).apply(state)
    back = JumpTo(0).apply(state)
    assert back.session.playhead == state.session.playhead and back.session.view == "unrolled"


def test_a_jump_ends_an_open_edit(changed):
    place = Place(X, "x", (0, 0))
    editing = BeginEdit(place).apply(changed)
    assert editing.session.edit is not None
    assert JumpTo(2).apply(editing).session.edit is None


def test_the_saved_version_is_marked_wherever_one_is(changed):
    state = Saved("study.rnnstudio").apply(JumpTo(2).apply(changed))
    assert [version.saved for version in versions(state)] == [False, False, True, False, False]
    assert [version.saved for version in versions(JumpTo(4).apply(state))] == [False, False, True, False, False]


def test_a_new_change_after_a_jump_ends_what_was_undone(changed):
    state = ChooseLayer(0).apply(JumpTo(1).apply(changed))
    assert [version.name for version in versions(state)] == [FIRST, "Add the bias", "Choose layer 1"]
    assert state.redo == ()


def test_a_run_under_way_becomes_a_version_before_the_jump(changed):
    running = Begin("train", 1).apply(changed)
    told = Told(np.array([0.5]), np.array([0.1]), running.document.network.with_activation(1, None))
    running = Hear(1, told).apply(running)
    assert JumpTo(4).apply(running) is running, "the version that is shown stays, and the run goes on"
    back = JumpTo(1).apply(running)
    assert not back.session.run.live
    assert back.document is versions(changed)[1].document
    assert [v.name for v in versions(back)][-1] == "Train (1 update)"
