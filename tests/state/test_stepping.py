import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.files.demonstration import demonstration
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import (
    Faster,
    First,
    GoTo,
    Last,
    SampleBack,
    SampleForward,
    SetSpeed,
    Slower,
    StepBack,
    StepForward,
    Tick,
    ToggleGrain,
    TogglePlay,
)
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import moving, phases
from rnnstudio.state.model import INSTANT, Session

CELLS = ("simple", "elman", "lstm", "gru")
PHASES = {"simple": 4, "elman": 5, "lstm": 6, "gru": 5}


def state_of(cell="simple", view="unrolled", **session):
    state = SetCell(cell).apply(opened(demonstration(), Session(view=view)))
    return state.see(**session) if session else state


def run(state, *actions):
    for action in actions:
        state = action.apply(state)
    return state


def place(state):
    return state.session.playhead.t, state.session.playhead.phase


@pytest.mark.parametrize("cell", CELLS)
def test_phases_are_those_of_the_design(cell):
    assert phases(state_of(cell).document) == PHASES[cell]


def test_one_sample_is_four_sub_steps_of_the_simple_cell():
    state = run(state_of(), First())
    seen = []
    for _ in range(5):
        state = StepForward().apply(state)
        seen.append(place(state))
    assert seen == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]


def test_a_view_of_the_layer_steps_by_its_own_three_sub_steps():
    state = run(state_of("lstm", "layer"), GoTo(2))
    seen = []
    for _ in range(4):
        state = StepForward().apply(state)
        seen.append(place(state))
    assert seen == [(3, 1), (3, 2), (3, 6), (4, 1)]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("grain", ["substep", "sample"])
@pytest.mark.parametrize("view", ["network", "layer", "condensed", "samples", "unrolled", "compact", "cell"])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_k_forward_and_k_back_is_the_same_place(cell, grain, view, data):
    state = state_of(cell, view, grain=grain)
    t = data.draw(st.integers(1, 4))
    state = GoTo(t, data.draw(st.integers(1, 3 if view in ("network", "layer", "condensed", "samples") else 4))).apply(
        state
    )
    k = data.draw(st.integers(0, 4 if grain == "sample" else 9))
    there = run(state, *[StepForward()] * k)
    back = run(there, *[StepBack()] * k)
    assert place(back) == place(state)
    assert back.session.progress == 1 and back.session.came_from is None
    assert back.document is state.document


def test_a_step_key_during_a_step_completes_it_and_begins_the_next():
    state = run(state_of(), First(), StepForward(), Tick(0.1))
    assert 0 < state.session.progress < 1
    state = StepForward().apply(state)
    assert place(state) == (1, 2)
    assert state.session.came_from == Playhead(1, 1)
    assert state.session.progress == 0


def test_a_sub_step_takes_450_ms_of_travel_at_speed_one():
    state = run(state_of(), First(), StepForward(), Tick(0.225))
    assert state.session.progress == pytest.approx(0.5)
    state = Tick(0.226).apply(state)
    assert state.session.progress == 1 and not moving(state)


def test_speed_scales_it():
    state = run(state_of(), SetSpeed(4), First(), StepForward(), Tick(0.225 / 4))
    assert state.session.progress == pytest.approx(0.5)


def test_playing_takes_600_ms_a_sub_step():
    state = run(state_of(view="compact"), First(), TogglePlay())
    for _ in range(10 * 6):
        state = Tick(0.0101).apply(state)
    assert place(state) == (1, 2)


def test_playing_takes_900_ms_a_sample():
    state = run(state_of(view="compact", grain="sample"), First(), TogglePlay())
    for _ in range(90):
        state = Tick(0.01001).apply(state)
    assert place(state) == (2, 4)


@pytest.mark.parametrize("dt_s", [1.0, 60.0, 1e9, math.inf])
def test_however_long_a_tick_it_begins_one_step_at_most(dt_s):
    state = run(state_of(view="compact"), First(), TogglePlay())
    assert place(state) == (1, 1)
    state = Tick(dt_s).apply(state)
    assert place(state) == (1, 2)
    state = Tick(dt_s).apply(state)
    assert place(state) == (1, 3)


def test_playing_stops_at_the_end_and_begins_anew_from_there():
    state = run(state_of(view="compact"), Last(), StepBack(), TogglePlay())
    for _ in range(5):
        state = Tick(1.0).apply(state)
    assert place(state) == (8, 4) and not state.session.playing and not moving(state)
    assert place(TogglePlay().apply(state)) == (1, 1)


def test_pausing_lets_the_sub_step_come_to_its_end():
    state = run(state_of(view="compact"), First(), TogglePlay(), Tick(0.1), TogglePlay())
    assert not state.session.playing and state.session.progress < 1
    state = run(state, Tick(0.5), Tick(5.0))
    assert place(state) == (1, 1) and not moving(state)


def test_back_and_jumps_replay_nothing():
    state = run(state_of(), GoTo(5), StepForward(), StepBack())
    assert state.session.progress == 1 and state.session.turn is None
    assert GoTo(2).apply(state).session.progress == 1
    assert SampleBack().apply(state).session.turn is None


def test_columns_slide_when_t_moves_on_in_unrolled_only():
    assert run(state_of(), GoTo(3), StepForward()).session.turn.kind == "slide"
    assert run(state_of(view="cell"), GoTo(3), StepForward()).session.turn is None
    assert run(state_of(), GoTo(3), SampleForward()).session.turn.duration_s == pytest.approx(0.25)


def test_a_step_leaves_a_turn_running():
    state = run(state_of(), GoTo(3), SetView("compact"), Tick(0.3))
    before = state.session.turn
    after = StepForward().apply(state)
    assert after.session.turn is before and place(after) == (4, 1)


def test_instant_shows_the_end_at_once():
    state = run(state_of(), SetSpeed(INSTANT), GoTo(3), StepForward())
    assert state.session.progress == 1 and state.session.turn is None and not moving(state)


def test_speeds_by_key():
    state = state_of()
    up = []
    for _ in range(4):
        state = Faster().apply(state)
        up.append(state.session.speed)
    assert up == [2.0, 4.0, INSTANT, INSTANT]
    state = run(state, *[Slower()] * 9)
    assert state.session.speed == 0.25


def test_grain_by_key():
    state = run(state_of(), GoTo(2, 2), ToggleGrain(), StepForward())
    assert place(state) == (3, 2)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([StepForward(), StepBack(), SampleForward(), SampleBack(), First(), Last(), GoTo(3, 2),
                                 ToggleGrain(), TogglePlay(), Tick(0.2), Tick(3.0), SetView("layer"), SetView("cell"),
                                 SetCell("lstm"), SetCell("simple")]), max_size=40))  # fmt: skip
def test_every_walk_stays_on_legal_places(actions):
    state = state_of()
    for action in actions:
        state = action.apply(state)
        t, phase = place(state)
        count = PHASES[state.document.network.layers[1].cell.name]
        assert (t == 0 and phase == count) or (1 <= t <= 8 and 1 <= phase <= count)
        assert 0 <= state.session.progress <= 1
