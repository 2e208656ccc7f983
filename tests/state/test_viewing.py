import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo, SetSpeed, StepForward, Tick
from rnnstudio.state.actions.viewing import (
    Dismiss,
    Escape,
    Fit,
    Hover,
    Message,
    MoveSelection,
    NextTheme,
    Page,
    Pan,
    Resize,
    Select,
    SelectInTime,
    SetDecimals,
    SetTheme,
    SetUnit,
    SetView,
    ToggleFocus,
    ToggleReducedMotion,
    Zoom,
)
from rnnstudio.state.derived import layout, shown_view, target_layout
from rnnstudio.state.model import INSTANT, Session


def run(state, *actions):
    for action in actions:
        state = action.apply(state)
    return state


@pytest.fixture
def state():
    return GoTo(3).apply(opened(demonstration(), Session(view="unrolled")))


def test_the_first_start_ever_is_network_at_sample_one_complete():
    session = opened(demonstration()).session
    assert (session.view, session.playhead.t, session.playhead.phase) == ("network", 1, 4)
    assert session.theme == "light" and session.turn is None


@pytest.mark.parametrize("origin", VIEWS)
@pytest.mark.parametrize("target", VIEWS)
def test_a_view_change_keeps_time_selection_and_unit(state, origin, target):
    before = run(state, SetView(origin), Tick(9), GoTo(4, 2), Select(None), SetUnit(2)).see(selection=Key("x", 4))
    after = run(before, SetView(target))
    assert after.session.playhead == before.session.playhead
    assert (after.session.selection, after.session.unit) == (Key("x", 4), 2)
    assert after.session.view == target
    assert after.document is before.document


def test_a_turn_starts_from_what_is_on_the_screen_and_ends_at_the_target(state):
    origin = layout(state)
    turning = SetView("samples").apply(state)
    assert turning.session.turn.origin is origin
    half = Tick(turning.session.turn.duration_s / 2).apply(turning)
    assert layout(half) is not target_layout(half)
    assert layout(run(half, Tick(9))) is target_layout(half)


def test_another_view_key_retargets_from_where_it_is(state):
    half = run(state, SetView("compact"), Tick(0.5))
    seen = layout(half)
    turned = SetView("cell").apply(half)
    assert turned.session.turn.origin is seen
    assert turned.session.turn.kind == "interrupted"


def test_digits_of_the_old_computation_until_the_last_stage(state):
    turning = SetView("samples").apply(state)
    assert shown_view(turning) == "unrolled"
    end = Tick(turning.session.turn.duration_s * 0.99).apply(turning)
    assert shown_view(end) == "samples"
    there = run(state, SetView("samples"), Tick(9), SetView("unrolled"))
    assert shown_view(there) in LAYER_VIEWS
    late = Tick(there.session.turn.duration_s * 0.99).apply(there)
    assert shown_view(late) == "unrolled"


def test_digits_stay_within_one_computation(state):
    assert shown_view(run(state, SetView("compact"))) == "compact"


def test_reduced_motion_cross_fades_and_moves_nothing(state):
    reduced = ToggleReducedMotion().apply(state)
    turning = SetView("compact").apply(reduced)
    assert turning.session.turn.kind == "fade"
    assert turning.session.turn.duration_s == pytest.approx(0.12)
    assert layout(turning) is target_layout(turning)
    stepped = StepForward().apply(reduced)
    assert stepped.session.progress == 1 and stepped.session.turn is None


def test_instant_turns_have_no_frames(state):
    assert run(state, SetSpeed(INSTANT), SetView("compact")).session.turn is None


def test_escape_goes_one_layer_out_and_never_further(state):
    inside = run(state, SetView("cell"), Tick(9), Message("look"))
    assert Escape().apply(inside).session.message == ""
    out = run(inside, Escape(), Escape())
    assert out.session.view == "unrolled"
    rest = run(out, Tick(9), Escape())
    assert Escape().apply(rest) is rest


def test_focus_is_unrolled_s_own(state):
    alone = ToggleFocus().apply(state)
    assert alone.session.focus and layout(run(alone, Tick(9))) is not target_layout(state)
    assert not run(alone, Tick(9), SetView("compact")).session.focus
    from_cell = run(state, SetView("cell"), Tick(9), ToggleFocus())
    assert from_cell.session.view == "unrolled" and from_cell.session.focus


def test_a_tile_selects_its_vector_and_its_unit(state):
    there = Select(Key("y", 3, 2)).apply(state)
    assert there.session.selection == Key("y", 3)
    assert there.session.unit == 2


def test_a_node_selects_one_value(state):
    there = run(state, SetView("layer"), Tick(9), Select(Key("y", None, 1)))
    assert there.session.selection == Key("y", 3, 1)
    assert there.session.unit == 1


def test_in_layer_up_and_down_move_the_unit(state):
    layer = run(state, SetView("layer"), Tick(9))
    assert run(layer, MoveSelection(-1)).session.unit == 1
    assert run(layer, *[MoveSelection(-1)] * 9).session.unit == 2
    assert run(layer, *[MoveSelection(-1)] * 9, MoveSelection(1)).session.unit == 1


def test_selection_in_time_stays_within_the_sequence(state):
    assert run(state, Select(Key("s", 3)), *[SelectInTime(-1)] * 9).session.selection == Key("s", 0)
    assert run(state, Select(Key("x", 3)), *[SelectInTime(-1)] * 9).session.selection == Key("x", 1)
    assert run(state, Select(Key("x", 3)), *[SelectInTime(1)] * 9).session.selection == Key("x", 8)


def test_zoom_keeps_the_point_under_the_pointer(state):
    at = np.array([300.0, 200.0])
    for factor in (1.5, 2.0, 0.4, 10.0, 0.001):
        before = (at - np.array(state.session.pan)) / state.session.zoom
        state = Zoom(factor, (300.0, 200.0)).apply(state)
        np.testing.assert_allclose((at - np.array(state.session.pan)) / state.session.zoom, before)
        assert 0.5 <= state.session.zoom <= 4.0
    moved = Pan(5, -3).apply(state)
    assert moved.session.pan != state.session.pan
    fitted = Fit().apply(moved)
    assert (fitted.session.zoom, fitted.session.pan) == (1.0, (0.0, 0.0))


def test_themes_go_round_and_the_projector_puts_the_panels_away(state):
    seen = []
    for _ in range(4):
        state = NextTheme().apply(state)
        seen.append((state.session.theme, state.session.inspector))
    assert seen == [("dark", True), ("projector", False), ("light", True), ("dark", True)]


def test_the_projector_uses_the_wide_geometry(state):
    wide = run(state, SetTheme("projector"), Resize(1920, 698))
    assert target_layout(wide).frame.wide and not target_layout(state).frame.wide


def test_decimals_stay_between_one_and_four(state):
    assert run(state, SetDecimals(9)).session.decimals == 4
    assert run(state, SetDecimals(0)).session.decimals == 1


def test_small_actions(state):
    assert run(state, Message("a"), Dismiss()).session.message == ""
    assert run(state, Page(2), StepForward()).session.page == 0
    assert Hover(None).apply(state) is state
    assert run(state, Hover(Key("x", 3))).session.hovered == Key("x", 3)
