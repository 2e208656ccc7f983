"""The two resets, by menu and by keys: to the weights before training, and to those of another seed."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.engine.resizing import drawn_anew
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.structure import MOST_SEED, NewWeights
from rnnstudio.state.actions.training import TRAIN, Begin, Hear, ResetWeights
from rnnstudio.state.model import Session
from rnnstudio.state.training_run import Told
from rnnstudio.ui.commands import COMMANDS

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def same(one, other):
    """Whether two networks have the same weights, to the bit."""
    return all(
        a.parameters[name].tobytes() == b.parameters[name].tobytes()
        for a, b in zip(one.layers, other.layers, strict=True) for name in a.shapes
    )  # fmt: skip


@pytest.mark.parametrize("study", ["tutorial", "words", "echo"])
def test_a_new_seed_gives_the_same_weights_wherever_it_is_asked_for(make_window, study):
    found = []
    for _ in range(2):
        window = make_window(bundled_study(study))
        before = window.store.state.document
        window.menus.actions["next_seed"].trigger()
        after = window.store.state.document
        assert after.seed == before.seed + 1
        assert same(after.network, drawn_anew(before.network, after.seed))
        assert not same(after.network, before.network)
        QTest.keyClick(window, K.Key_Z, CTRL)
        assert window.store.state.document is before, "the seed comes back with the weights"
        QTest.keyClick(window, K.Key_Y, CTRL)
        assert window.store.state.document is after
        found.append(after.network)
    assert same(*found)


def test_the_seed_is_said_in_the_menu_the_history_and_the_picture(make_window):
    window = make_window()
    seed = window.store.state.document.seed
    action = window.menus.actions["next_seed"]
    assert action.text() == f"New weights from a new seed, {seed + 1}"
    action.trigger()
    assert action.text() == f"New weights from a new seed, {seed + 2}"
    assert window.store.state.undo[-1].name == f"Draw new weights from seed {seed + 1}"
    assert window.store.state.session.notice == f"New weights were drawn from seed {seed + 1}."


def test_a_seed_can_be_typed(make_window):
    window = make_window()
    before = window.store.state.document
    window.menus.actions["seed_weights"].trigger()
    field = window.go_to_field.seed
    assert field.isVisible() and field.hasFocus()
    assert field.placeholderText() == f"seed, now {before.seed}, Enter"
    QTest.keyClicks(field, "-4x2")
    assert field.text() == "42", "only digits make a seed"
    QTest.keyClick(field, K.Key_Return)
    after = window.store.state.document
    assert after.seed == 42 and same(after.network, drawn_anew(before.network, 42))
    assert field.isHidden() and window.canvas.hasFocus()


@pytest.mark.parametrize(("typed", "key"), [("", K.Key_Return), ("5", K.Key_Escape)])
def test_nothing_typed_or_esc_changes_nothing(make_window, typed, key):
    window = make_window()
    before = window.store.state.document
    window.menus.actions["seed_weights"].trigger()
    QTest.keyClicks(window.go_to_field.seed, typed)
    QTest.keyClick(window.go_to_field.seed, key)
    assert window.store.state.document is before and window.go_to_field.seed.isHidden()


def test_a_seed_over_the_limit_is_refused_in_one_sentence(make_window):
    window = make_window()
    before = window.store.state.document
    window.menus.actions["seed_weights"].trigger()
    QTest.keyClicks(window.go_to_field.seed, "9" * 19)
    QTest.keyClick(window.go_to_field.seed, K.Key_Return)
    assert window.store.state.document is before
    said = f"the seed {'9' * 19}: a whole number from 0 to {MOST_SEED:,} is wanted"
    assert window.store.state.session.message == said


def test_after_the_last_seed_there_is_no_new_one():
    row = next(command for command in COMMANDS if command.id == "next_seed")
    state = opened(demonstration(), Session())
    assert row.enabled(state)
    assert not row.enabled(NewWeights(MOST_SEED).apply(state))


def test_both_resets_from_a_trained_study_and_back():
    state = opened(demonstration(), Session(view="unrolled"))
    first = state.document
    network = first.network.with_parameters(1, {"W": first.network.layers[1].parameters["W"] + 0.25})
    trained = Begin(TRAIN, 1).apply(state)
    trained = Hear(1, Told(np.array([0.5]), np.array([0.1]), network, ended=True)).apply(trained)
    assert same(trained.document.network, network) and not same(network, first.network)
    back = ResetWeights().apply(trained)
    assert same(back.document.network, first.network) and back.document.seed == first.seed
    other = NewWeights().apply(back)
    assert other.document.seed == first.seed + 1
    names = [change.name for change in other.undo]
    assert names == ["Train (1 update)", "Reset to the first weights", f"Draw new weights from seed {first.seed + 1}"]
