import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo, StepForward, Tick
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import layout, phases
from rnnstudio.state.model import Session
from rnnstudio.state.picking import marks_of, pick, selectable, thing
from rnnstudio.state.picture import activation_points, history, inspection, page_at, pages, scene, still, tooltip
from rnnstudio.state.runs import traces


def at(view="unrolled", cell="simple", t=3, op=None, study=None):
    return GoTo(t, op).apply(SetCell(cell).apply(opened(study or demonstration(), Session(view=view))))


def test_the_still_picture_is_one_object_while_tokens_travel():
    state = Tick(0.1).apply(StepForward().apply(at("cell")))
    later = Tick(0.1).apply(state)
    assert still(state) is still(later)
    assert scene(state) is not scene(later)


def test_numbers_of_the_picture_are_the_trace_s():
    state = at("unrolled")
    shown = scene(state)
    keys = shown.layout.tiles.keys
    y = traces(state.document)[0].layer(1).value("y", 3)
    for i in range(3):
        k = keys.index(Key("y", 3, i))
        assert shown.tile_known[k] and shown.tile_value[k] == y[i]
    layer = at("samples")
    shown = scene(layer)
    k = shown.layout.tiles.keys.index(Key("y", 3, 0))
    assert shown.tile_value[k] == traces(layer.document)[1].layer(1).value("y", 3)[0]


@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
def test_history_and_activation_never_run_ahead(cell):
    count = phases(at(cell=cell).document)
    for op in range(1, count + 1):
        state = at(cell=cell, op=op)
        values, known = history(state)
        program = state.document.network.layers[1].program
        assert values.shape == (9, 3)
        assert known == (3 if op >= program.phase_of("s") else 2)
        value, _, t, points = activation_points(state)
        assert t == (3 if op >= program.phase_of(value) else 2)
        assert len(points) == 3


def test_during_a_step_the_result_is_not_in_the_plots_yet():
    state = StepForward().apply(at(op=3))
    assert history(state)[1] == 2
    assert history(Tick(1.0).apply(state))[1] == 3


def test_at_the_first_state_only_the_first_state_is_known():
    state = at(t=0)
    assert history(state)[1] == 0
    assert activation_points(state)[2] == 0
    layer = at("layer", t=0)
    assert history(layer)[1] == -1 or not np.any(history(layer)[0][0])


def test_pages_are_there_at_every_sub_step_and_the_page_stays_within_them():
    for op in range(1, 7):
        state = at("cell", "lstm", op=op).see(page=99)
        assert pages(state)
        assert page_at(state) == len(pages(state)) - 1


def test_pages_are_kept_while_only_a_motion_goes_on():
    state = Tick(0.1).apply(StepForward().apply(at("cell")))
    assert pages(state) is pages(Tick(0.05).apply(state))


def test_nothing_selected_shows_r_at_the_playhead():
    assert inspection(at()).key == Key("cell", 3)


def test_pointing_says_six_digits_or_that_it_is_not_computed():
    state = at(op=2)
    x = traces(state.document)[0].layer(1).value("x", 3)
    assert f"{x[0]:.6g}" in tooltip(state, Key("x", 3, 0))
    assert "not computed yet" in tooltip(state, Key("y", 3, 1))


@pytest.mark.parametrize("view", ["network", "layer", "condensed", "samples", "unrolled", "compact", "cell"])
def test_what_can_be_selected_can_be_found_and_marked(view):
    state = at(view)
    where = layout(state)
    things = selectable(where, 3, everything=True)
    assert len(set(things)) == len(things) >= 3
    for key in things:
        assert marks_of(key, where, 3), key


def test_the_pointer_finds_the_smallest_thing_under_it():
    state = at("unrolled")
    where = layout(state)
    tiles, plates = where.tiles, where.plates
    k = tiles.keys.index(Key("x", 3, 1))
    assert pick(where, *tiles.rect[k, :2]) == Key("x", 3, 1)
    cell = plates.rect[plates.keys.index(Key("cell", 3))]
    assert pick(where, cell[0] - cell[2] / 2 + 20, cell[1] - cell[3] / 2 + 20).what == "cell"
    assert pick(where, -500.0, -500.0) is None


def test_selection_is_absolute_in_time():
    cell = layout(at("cell"))
    assert thing(Key("s_prev", None, 0), cell, 3).what == "s"
    assert thing(Key("s_prev", None, 0), cell, 3).t == 2
    assert thing(Key("y", None, 0), cell, 3).t == 3


def test_a_selected_vector_is_outlined_in_every_view_that_draws_it():
    for view in ("condensed", "samples", "unrolled", "compact", "cell"):
        state = at(view).see(selection=Key("x", 3))
        assert scene(state).selected, view


def test_a_round_trip_of_views_comes_back_to_the_same_picture():
    state = at("unrolled")
    there = state
    for view in ("cell", "network", "layer", "samples", "unrolled"):
        there = Tick(9.0).apply(SetView(view).apply(there))
    assert layout(there) is layout(state)
    one, other = scene(there), scene(state)
    np.testing.assert_array_equal(one.tile_value, other.tile_value)
    assert one.tile_text == other.tile_text and one.label_text == other.label_text


def test_a_text_is_stepped_at_once():
    state = at(study=bundled_study("words"), cell="elman")
    assert scene(state).layout.marks > 20
    assert pages(state)
