"""Asking the class: what is asked, the options, the states, what is locked; the answer is the run's as it is then."""

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.numbers import fmt
from rnnstudio.engine.trace import run
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import SetActivation, SetCell
from rnnstudio.state.actions.questions import Ask, AskOrReveal, LeaveQuestion, NextPhase, PreviousPhase, Tally
from rnnstudio.state.actions.stepping import First, GoTo, Last, StepBack, StepForward, Tick, TogglePlay
from rnnstudio.state.actions.values import SetValue
from rnnstudio.state.actions.viewing import Escape, Select, SetTheme, SetView
from rnnstudio.state.derived import moving, trace
from rnnstudio.state.places import Place, X
from rnnstudio.state.question import KINDS, PHASES, question
from rnnstudio.state.question_options import options
from rnnstudio.state.question_words import question_sentence
from rnnstudio.state.store import Store
from tests.walk.studies import CELL_BY_VIEW, at, study


def asked_store(cell="simple", view="unrolled", t=3, activation="tanh", **session):
    store = Store(at(study(cell), view, t, **session))
    if activation and cell == "simple":
        store.dispatch(SetActivation(activation))
        store.dispatch(Tick(9.0))
        store.dispatch(GoTo(t))
    store.dispatch(Ask())
    return store


def now(store):
    return store.state.session.question


def right(store):
    return options(store.state, now(store))


def settle(store):
    for _ in range(200):
        if not moving(store.state):
            return
        store.dispatch(Tick(0.2))
    raise AssertionError("it never comes to rest")


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_every_view_has_a_question_with_four_different_options(cell, view):
    for t in (0, 2, study(cell).sequence.steps):
        store = asked_store(cell, view, t, activation=None)
        asked = now(store)
        assert asked is not None, store.state.session.message
        found = right(store)
        assert len(set(found.texts)) == 4 and asked.kind in KINDS
        assert question_sentence(store.state, asked).endswith("?")
        assert found == options(store.state, asked)
        assert asked.t == min(t + 1, study(cell).sequence.steps)


def test_the_answer_is_what_the_engine_says():
    for t in range(0, 7):
        store = asked_store(t=t)
        asked = now(store)
        values = run(store.state.document.network, store.state.document.sequence.x).layer(1).value("s", asked.t)
        true = float(values[asked.unit])
        assert right(store).texts[right(store).right] == ("positive" if true > 0 else "negative")
        assert right(store).outcome == fmt(true)


def test_a_live_edit_changes_the_answer():
    store = asked_store("lstm", "unrolled")
    before = right(store)
    asked = now(store)
    t = asked.t - 1
    for j in range(4):
        for value in (4.0, -4.0):
            store.dispatch(SetValue(Place(X, "x", (t, j), 0), value))
            fresh = trace(store.state).layer(1).value(asked.name, asked.t)[asked.unit]
            assert now(store) is not None and right(store).value == fresh
    assert right(store).value != before.value
    store.dispatch(AskOrReveal())
    settle(store)
    assert now(store).phase == "reveal" and right(store).outcome == fmt(right(store).value)


def test_votes_for_numbers_that_have_changed_are_counted_again():
    store = asked_store(activation="sigmoid")
    assert now(store).kind == "value"
    store.dispatch(Tally(1, 7))
    store.dispatch(SetValue(Place(X, "x", (now(store).t - 1, 0), 0), 3.0))
    assert not any(now(store).votes[0]) and now(store).said


def test_usual_mistakes_are_among_the_options():
    store = asked_store(activation="sigmoid")
    asked, found = now(store), right(store)
    layer = trace(store.state).layer(1)
    w, u = layer.parameter("W", asked.t), layer.parameter("U", asked.t)
    x, s = layer.value("x", asked.t), layer.value("s_prev", asked.t)
    assert np.allclose(1 / (1 + np.exp(-(w @ x + u @ s))), layer.value("s", asked.t))
    forgotten = float((1 / (1 + np.exp(-(w @ x))))[asked.unit])
    unsquashed = float((w @ x + u @ s)[asked.unit])
    assert {fmt(forgotten), fmt(unsquashed)} <= set(found.texts)
    numbers = [float(text.replace("\N{MINUS SIGN}", "-")) for text in found.texts]
    assert numbers == sorted(numbers)


def test_what_is_selected_is_asked_for():
    store = Store(at(study("lstm"), "cell", 3, 2))
    store.dispatch(Select(Key("f", 3, 2)))
    store.dispatch(Ask())
    asked = now(store)
    assert (asked.name, asked.unit, asked.t, asked.kind) == ("f", 2, 3, "value")
    assert asked.held == Playhead(3, 1)
    store.dispatch(LeaveQuestion())
    assert now(store) is None and store.state.session.playhead == Playhead(3, 2)


def test_the_states_forwards_and_backwards():
    store = asked_store()
    assert now(store).phase == "think"
    store.dispatch(PreviousPhase())
    assert now(store).phase == "asked"
    store.dispatch(PreviousPhase())
    seen = [now(store).phase]
    for _ in range(3):
        store.dispatch(NextPhase())
        seen.append(now(store).phase)
        if seen[-1] == "vote":
            store.dispatch(Tally(0, 3))
    for _ in range(3):
        store.dispatch(NextPhase())
        seen.append(now(store).phase)
    assert tuple(seen) == PHASES
    assert store.state.session.playhead.t == now(store).t
    for phase in reversed(PHASES[:-1]):
        store.dispatch(PreviousPhase())
        assert now(store).phase == phase
        assert (store.state.session.playhead == now(store).held) == now(store).hidden or phase == "reveal"
    for _ in PHASES:
        store.dispatch(NextPhase())
    assert now(store) is None


def test_without_votes_there_is_nothing_to_talk_over():
    store = asked_store()
    store.dispatch(NextPhase())
    store.dispatch(NextPhase())
    assert now(store).phase == "reveal"
    store.dispatch(PreviousPhase())
    assert now(store).phase == "vote" and store.state.session.playhead == now(store).held


def test_a_vote_begins_the_counting():
    store = asked_store()
    store.dispatch(Tally(2, 5))
    assert now(store).phase == "vote" and now(store).votes[0] == (0, 0, 5, 0)
    store.dispatch(NextPhase())
    store.dispatch(Tally(1, -4))
    assert now(store).phase == "revote" and now(store).votes == ((0, 0, 5, 0), (0, 0, 0, 0))
    store.dispatch(Tally(1, 2000))
    assert now(store).votes[1] == (0, 999, 0, 0)


@pytest.mark.parametrize("step", [
    StepForward(), StepBack(), First(), Last(), GoTo(5), GoTo(0), TogglePlay(), SetView("layer"), SetView("samples"),
])  # fmt: skip
def test_what_would_give_it_away_is_locked_and_says_so(step):
    store = asked_store()
    before = store.state
    store.dispatch(step)
    after = store.state
    assert after.session.playhead == before.session.playhead and not after.session.playing
    assert after.session.view == "unrolled"
    assert now(store).said.startswith("The class is asked: ") and now(store).said.count(".") == 2
    store.dispatch(NextPhase())
    assert not now(store).said


def test_what_gives_nothing_away_is_not_locked():
    store = asked_store()
    store.dispatch(SetView("compact"))
    store.dispatch(SetTheme("dark"))
    store.dispatch(Select(Key("x", 4)))
    session = store.state.session
    assert (session.view, session.theme, session.selection) == ("compact", "dark", Key("x", 4)) and not now(store).said


def test_the_reveal_is_the_step_itself():
    store = asked_store()
    asked = now(store)
    store.dispatch(AskOrReveal())
    assert store.state.session.progress < 1 and store.state.session.came_from == asked.held
    settle(store)
    assert store.state.session.playhead == asked.target and not store.state.session.playing
    store.dispatch(AskOrReveal())  # the next question
    assert now(store).t == asked.t + 1 and now(store).phase == "think"


def test_escape_leaves_the_question_before_all_else():
    store = asked_store("simple", "cell")
    store.dispatch(Escape())
    assert now(store) is None and store.state.session.view == "cell"


def test_another_cell_closes_the_question():
    store = asked_store()
    store.dispatch(SetCell("gru"))
    assert question(store.state) is None and store.state.session.question is None


def test_there_is_nothing_to_ask():
    store = Store(at(study("simple"), "layer", 2))
    for kind in ("gate", "word"):
        store.dispatch(Ask(kind))
        assert now(store) is None and store.state.session.message
    store.dispatch(Ask("sign", "nonsense"))
    assert now(store) is None and "nonsense" in store.state.session.message
    store.dispatch(Ask("sign", "y", 99))
    assert now(store) is None and "100" in store.state.session.message


def test_the_next_word():
    store = Store(at(bundled_study("words"), "unrolled", 2))
    store.dispatch(Ask())
    asked, found = now(store), right(store)
    assert asked.kind == "word"
    y = trace(store.state).layer(store.state.document.network.chosen).value("y", asked.t)
    assert found.texts[found.right] == f"“{store.state.document.sequence.vocabulary[int(np.argmax(y))]}”"
