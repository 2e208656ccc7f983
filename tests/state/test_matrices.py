"""Areas of a matrix: filled, drawn, scaled, copied and pasted; each change one entry, each refusal one sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.spectrum import spectral_radius
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.state.actions.editing import SetCell, Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.matrices import (
    DrawArea,
    FillArea,
    IdentityArea,
    MoveArea,
    PasteArea,
    ScaleArea,
    ScaleToRadius,
    SelectArea,
    SelectWhole,
)
from rnnstudio.state.actions.viewing import Escape
from rnnstudio.state.area_text import written_block
from rnnstudio.state.areas import Area, matrix_of, numbers_of, whole, with_numbers, words
from rnnstudio.state.store import Store

ROW, COLUMN, BLOCK = Area("W", (1, 0), (1, 3), 1), Area("W", (0, 2), (2, 2), 1), Area("W", (2, 1), (1, 2), 1)


@pytest.fixture
def state():
    return opened(demonstration())  # the chosen layer: W 3 × 4, U 3 × 3


def matrix(state, name="W"):
    return matrix_of(state.document, 1, name)


def untouched(before, after, area):
    """Whether all numbers outside an area are as they were."""
    mask = np.ones(matrix(before, area.name).shape, bool)
    mask[area.block] = False
    return np.array_equal(matrix(before, area.name)[mask], matrix(after, area.name)[mask])


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (ROW, "row 2 of W"),
        (COLUMN, "column 3 of W"),
        (BLOCK, "rows 2–3, columns 2–3 of W"),
        (Area("W", (0, 0), (2, 3), 1), "W"),
        (Area("W", (0, 1), (0, 1), 1), "W 1, 2"),
        (Area("W", (0, 0), (1, 3), 1), "rows 1–2 of W"),
    ],
)
def test_an_area_is_named_as_one_says_it(state, area, said):
    assert words(state.document, area) == said


@pytest.mark.parametrize("area", [ROW, COLUMN, BLOCK, Area("U", (0, 0), (2, 2), 1), Area("U", (2, 1), (2, 1), 1)])
def test_every_change_is_one_entry_and_touches_nothing_else(state, area):
    said = words(state.document, area)
    for action, name in (
        (FillArea(area, 0.25), f"Fill {said} with 0.25"),
        (FillArea(area, 0.0), f"Set {said} to zero"),
        (DrawArea(area, 7), f"Draw {said} at random, seed 7"),
        (ScaleArea(area, 0.5), f"Scale {said} by 0.5"),
        (PasteArea(area, "-3"), f"Paste into {said}"),
    ):
        after = action.apply(state)
        assert [change.name for change in after.undo] == [name]
        assert untouched(state, after, area)
        assert not np.array_equal(numbers_of(after.document, area), numbers_of(state.document, area))
        assert Undo().apply(after).document is state.document
        assert action.apply(after) is after or isinstance(action, ScaleArea)


def test_what_the_numbers_become(state):
    assert (numbers_of(FillArea(ROW, 0.25).apply(state).document, ROW) == 0.25).all()
    square = Area("W", (0, 1), (1, 2), 1)
    np.testing.assert_array_equal(numbers_of(IdentityArea(square).apply(state).document, square), np.eye(2))
    with pytest.raises(InputError, match="row 2 of W is 1 × 4; a square block"):
        IdentityArea(ROW).apply(state)
    drawn = [numbers_of(DrawArea(ROW, seed).apply(state).document, ROW) for seed in (3, 3, 4)]
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[0], drawn[2])
    many = opened(bundled_study("echo"))
    for name in many.document.network.layers[0].parameters:
        area = whole(many.document, 0, name)
        bound = 1 / many.document.network.layers[0].size ** 0.5
        numbers = numbers_of(DrawArea(area, 1).apply(many).document, area)
        assert np.abs(numbers).max() <= bound and (numbers.size < 9 or np.abs(numbers).max() > bound / 2)
    with pytest.raises(InputError, match="seed"):
        DrawArea(ROW, -1).apply(state)


def test_a_vector_is_one_column():
    state = SetCell("lstm").apply(opened(bundled_study("echo")))
    name = next(name for name in state.document.network.layers[0].parameters if name.startswith("b"))
    area = Area(name, (0, 0), (1, 0))
    after = FillArea(area, 0.5).apply(state)
    vector = after.document.network.layers[0].parameters[name]
    assert vector.ndim == 1 and (vector[:2] == 0.5).all()
    assert after.undo[-1].name == f"Fill values 1–2 of {name} with 0.5"


def test_a_scrub_is_one_entry_and_back_at_the_start_none(state):
    start = state.document
    for factor in (1.1, 0.7, 0.4):
        state = ScaleArea(ROW, factor, start).apply(state)
    assert [change.name for change in state.undo] == ["Scale row 2 of W by 0.4"]
    np.testing.assert_array_equal(numbers_of(state.document, ROW), numbers_of(start, ROW) * 0.4)
    back = ScaleArea(ROW, 1.0, start).apply(state)
    assert back.document is start and not back.undo
    two = ScaleArea(ROW, 0.5, state.document).apply(state)
    assert len(two.undo) == 2


@pytest.mark.parametrize("radius", [0.0, 0.5, 0.95, 1.2])
def test_u_gets_the_radius_that_was_asked_for(state, radius):
    area = whole(state.document, 1, "U")
    after = ScaleToRadius(area, radius).apply(state)
    assert spectral_radius(matrix(after, "U")) == pytest.approx(radius, rel=1e-12)
    ratio = matrix(after, "U") / matrix(state, "U")
    assert np.ptp(ratio[np.isfinite(ratio)]) < 1e-12  # a scaled matrix, not another one
    assert after.undo[-1].name == f"Scale U to spectral radius {radius:g}"


def test_only_a_recurrent_square_has_a_radius(state):
    with pytest.raises(InputError, match="row 2 of W is no whole square matrix on the state; all of U is"):
        ScaleToRadius(ROW, 1.0).apply(state)
    zero = FillArea(whole(state.document, 1, "U"), 0.0).apply(state)
    with pytest.raises(InputError, match="radius is 0"):
        ScaleToRadius(whole(state.document, 1, "U"), 1.0).apply(zero)


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, (2, 2), elements=st.floats(allow_nan=False, allow_infinity=False)))
def test_what_is_copied_comes_back_to_the_bit(numbers):
    document = with_numbers(demonstration(), BLOCK, numbers)
    state = opened(demonstration())
    after = PasteArea(BLOCK, written_block(document, BLOCK)).apply(state)
    np.testing.assert_array_equal(numbers_of(after.document, BLOCK), numbers)


@pytest.mark.parametrize(
    "text",
    [
        "1\t-2,5\n3\t4e-1\n", "1;-2,5\r\n3;0,4\r\n", "1 \N{MINUS SIGN}2.5\n3 0.4", "1,-2.5\n3,0.4\n\n",
        '"1"\t"-2,5"\n3\t,4',
    ],
)
def test_a_block_comes_from_any_spreadsheet(state, text):
    after = PasteArea(BLOCK, text).apply(state)
    np.testing.assert_array_equal(numbers_of(after.document, BLOCK), [[1.0, -2.5], [3.0, 0.4]])
    assert untouched(state, after, BLOCK)


def test_a_column_of_decimal_commas_is_one_column(state):
    after = PasteArea(COLUMN, "0,5\n-1,25\n2\n").apply(state)
    np.testing.assert_array_equal(numbers_of(after.document, COLUMN)[:, 0], [0.5, -1.25, 2.0])


def test_a_block_that_is_pasted_on_one_number_goes_on_from_there(state):
    store = Store(state)
    store.dispatch(SelectArea(Area("W", (1, 2), (1, 2), 1)))
    store.dispatch(PasteArea(store.state.session.area, "1\t2\n3\t4"))
    np.testing.assert_array_equal(matrix(store.state)[1:, 2:], [[1, 2], [3, 4]])
    assert store.state.session.area.shape == (2, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the clipboard holds no numbers; 2 × 2 fit rows 2–3, columns 2–3 of W"),
        ("1\t2\t3\n4\t5\t6", "the clipboard holds 2 × 3 numbers; 2 × 2 fit rows 2–3, columns 2–3 of W"),
        ("1\t2\n3", "row 2 of the clipboard has 1 cells and row 1 has 2; 2 × 2 fit rows 2–3, columns 2–3 of W"),
        ("1\tx\n3\t4", "row 1, column 2 of the clipboard holds “x”; a finite number such as 0.5 is wanted"),
        ("1\t\n3\t4", "row 1, column 2 of the clipboard is empty; a finite number such as 0.5 is wanted"),
        ("1\tinf\n3\t4", "row 1, column 2 of the clipboard holds “inf”; a finite number such as 0.5 is wanted"),
        ("1\t1,234.5\n3\t4", "row 1, column 2 of the clipboard holds “1,234.5”; a finite number such as 0.5 is wanted"),
        ("1\t2\n" * 9000, "the clipboard holds more than 10,000 cells; 2 × 2 fit rows 2–3, columns 2–3 of W"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(state, text, sentence):
    store = Store(state)
    store.dispatch(PasteArea(BLOCK, text))
    assert store.state.session.message == sentence
    assert store.state.document is state.document and not store.state.undo


def test_a_factor_that_leaves_no_finite_numbers_is_refused(state):
    big = FillArea(ROW, 1e300).apply(state)
    for factor in (1e10, float("nan")):
        with pytest.raises(InputError, match="finite"):
            ScaleArea(ROW, factor).apply(big)


def test_the_selection_moves_grows_and_goes(state):
    def at(*actions):
        found = state
        for action in actions:
            found = action.apply(found)
        return found.session.area

    one = SelectArea(Area("W", (1, 1), (1, 1), 1))
    assert at(one, MoveArea(1, 0)) == Area("W", (2, 1), (2, 1), 1)
    assert at(one, MoveArea(-5, 9)) == Area("W", (0, 3), (0, 3), 1)
    grown = at(one, MoveArea(1, 0, True), MoveArea(0, 1, True))
    assert grown.shape == (2, 2) and grown.at == (1, 1)
    assert at(one, MoveArea(1, 1, True), MoveArea(-1, -1, True)) == Area("W", (1, 1), (1, 1), 1)
    assert at(one, SelectWhole()).shape == (3, 4)
    assert at(one, Escape()) is None
    assert at(one, SetCell("gru")) is None
    with pytest.raises(InputError, match="W is 3 × 4"):
        SelectArea(Area("W", (0, 0), (3, 0), 1)).apply(state)
