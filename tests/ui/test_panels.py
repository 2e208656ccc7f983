"""What the panels show: beside the picture, over it in the projector, of a text, and while one points at things."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.diagram.keys import Key
from rnnstudio.engine.network import new_network
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import Hover, Select, SetTheme, ToggleInspector
from rnnstudio.state.next_word import next_word
from rnnstudio.state.picture import inspection, scene
from rnnstudio.state.runs import traces
from rnnstudio.ui.inspector_words import words_places

K = Qt.Key


def test_the_projectors_panel_lies_over_the_picture_and_changes_no_size(make_window):
    window = make_window(size=(1920, 1080))
    window.store.dispatch(SetTheme("projector"))
    QTest.qWait(1)
    canvas, formula = window.canvas.geometry(), window.formula.geometry()
    window.store.dispatch(ToggleInspector())
    QTest.qWait(1)
    assert window.inspector.isVisible()
    assert (window.canvas.geometry(), window.formula.geometry()) == (canvas, formula)
    assert canvas.contains(window.inspector.geometry())
    assert window.inspector.geometry().right() == canvas.right()
    window.store.dispatch(SetTheme("light"))
    QTest.qWait(1)
    assert window.canvas.geometry().right() < window.inspector.geometry().left()


def test_a_panel_that_opens_under_the_pointer_is_no_error(make_window, capsys, monkeypatch):
    seen = []
    monkeypatch.setattr("sys.excepthook", lambda *what: seen.append(what))
    window = make_window(size=(1280, 720))
    window.store.listen(lambda old, new: window.canvas.leaveEvent(None))
    window.store.listen(lambda old, new: window.formula.leaveEvent(None))
    window.store.dispatch(Hover(Key("x", 1)))
    QTest.qWait(5)
    assert not seen and window.store.state.session.hovered is None


@pytest.mark.parametrize("field", ["sheet", "go_to_field"])
def test_what_opens_over_the_window_gives_the_focus_back(make_window, field):
    window = make_window()
    window.formula.setFocus()
    QTest.keyClick(window.formula, K.Key_F1 if field == "sheet" else K.Key_G)
    over = getattr(window, field)
    assert over.hasFocus()
    QTest.keyClick(over, K.Key_Escape)
    assert window.formula.hasFocus() and over.isHidden()


def test_question_mark_opens_and_closes_the_sheet(make_window):
    window = make_window()
    QTest.keyClick(window.canvas, K.Key_Question)
    assert not window.sheet.isHidden()
    QTest.keyClick(window.sheet, K.Key_Question)
    assert window.sheet.isHidden() and window.canvas.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(K.Key_F2, "No"), (K.Key_U, "No"), (K.Key_J, "No"), (K.Key_U, "Control")],
)
def test_keys_that_mean_nothing_do_nothing(make_window, key, modifier):
    window = make_window()
    before = window.store.state
    QTest.keyClick(window.canvas, key, getattr(Qt.KeyboardModifier, f"{modifier}Modifier"))
    assert window.store.state is before and window.isVisible()


def test_the_menu_bar_keeps_the_keys_that_walk_through_it(make_window):
    window = make_window()
    before = window.store.state.session.playhead
    window.menuBar().setFocus()
    for key in (K.Key_Right, K.Key_Left, K.Key_Up, K.Key_Escape):
        QTest.keyClick(window.menuBar(), key)
    assert window.store.state.session.playhead == before and window.store.state.session.selection is None


# ------------------------------------------------------------------ pointing


def area_of(window, key):
    return next(area for area, of in window.formula._areas if of == key)


def test_pointing_at_a_term_lights_its_mark_and_its_wire(make_window):
    window = make_window()
    window.store.dispatch(GoTo(4))
    window.formula.grab()
    QTest.mouseMove(window.formula, area_of(window, Key("x", 4)).center().toPoint())
    window.store.dispatch(Hover(Key("x", 4)))
    lit = scene(window.store.state).hovered
    assert {Key("x", 4, part="frame"), Key("wire:x", 4)} <= lit
    assert all(key.t == 4 for key in lit)


@pytest.mark.parametrize(("mark", "term"), [(Key("W", 4, part="tab"), Key("W", 4)), (Key("s", 4, 1), Key("s", 4))])
def test_pointing_at_a_mark_lights_its_term_and_no_other(make_window, mark, term):
    window = make_window()
    window.store.dispatch(GoTo(4))
    window.formula.grab()
    window.store.dispatch(Hover(mark))
    lit = window.formula.lit
    assert term in lit and not {key for key in lit if key.what in ("x", "U")}
    window.store.dispatch(Hover(None))
    assert not window.formula.lit


def test_where_a_vector_is_drawn_as_nodes_all_of_them_light_up(make_window):
    window = make_window(view="network")
    window.store.dispatch(Hover(Key("x")))
    assert {key.i for key in scene(window.store.state).hovered} == {0, 1, 2, 3}


# ------------------------------------------------------------------ selection


def test_up_goes_from_x_by_r_to_y_and_stays_there(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3))
    seen = []
    for _ in range(4):
        QTest.keyClick(window.canvas, K.Key_Up)
        seen.append(window.store.state.session.selection)
    assert seen == [Key("x", 3), Key("cell", 3), Key("y", 3), Key("y", 3)]
    window.store.dispatch(Select(Key("s", 3, 0)))
    QTest.keyClick(window.canvas, K.Key_Down)
    assert window.store.state.session.selection == Key("cell", 3)


def test_up_and_down_stay_in_the_column_that_the_selection_has_moved_to(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3))
    window.store.dispatch(Select(Key("x", 3, 0)))
    QTest.keyClick(window.canvas, K.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window.canvas, K.Key_Up)
    assert window.store.state.session.selection == Key("cell", 2)


def test_where_time_has_no_axis_the_selection_goes_with_the_playhead(make_window):
    window = make_window(view="cell")
    window.store.dispatch(GoTo(3))
    window.store.dispatch(Select(Key("y")))
    window.store.dispatch(GoTo(5))
    assert window.store.state.session.selection == Key("y", 5)
    window.store.dispatch(SetCell("simple"))
    unrolled = make_window(view="unrolled")
    unrolled.store.dispatch(GoTo(3))
    unrolled.store.dispatch(Select(Key("y", 3)))
    unrolled.store.dispatch(GoTo(5))
    assert unrolled.store.state.session.selection == Key("y", 3)


def test_without_a_state_the_inspector_says_the_layer_and_not_r(make_window):
    window = make_window(view="layer")
    said = inspection(window.store.state)
    assert said.name == "Layer" and "R" not in said.symbol and "f" in said.symbol and "W" in said.symbol


# ------------------------------------------------------------------ words


def test_the_words_stand_sorted_with_their_chances_and_the_uncertainty(make_window):
    document = bundled_study("words")
    window = make_window(document)
    window.store.dispatch(GoTo(6))
    said = next_word(window.store.state)
    y = np.asarray(traces(document)[0].layers[0].value("y", 6))
    chances = np.exp(y) / np.exp(y).sum()
    assert said.words[0] == document.sequence.vocabulary[int(np.argmax(y))]
    assert len(said.words) == len(document.sequence.vocabulary) == len(set(said.words))
    assert said.chances == pytest.approx(np.sort(chances)[::-1], abs=1e-12)
    assert said.bits == pytest.approx(-(chances * np.log2(chances)).sum(), abs=1e-9)
    assert said.bits < said.most_bits == pytest.approx(np.log2(len(chances)))


def test_no_chance_is_told_before_y_is_computed_nor_where_another_thing_is_selected(make_window):
    window = make_window(bundled_study("words"))
    window.store.dispatch(GoTo(6, 2))
    assert next_word(window.store.state).chances is None
    assert "not computed yet" in window.inspector.accessibleDescription()
    window.store.dispatch(GoTo(6))
    said = next_word(window.store.state)
    assert f"{said.words[0]} {100 * said.chances[0]:.1f} %" in window.inspector.accessibleDescription()
    window.store.dispatch(Select(Key("x", 6)))
    assert next_word(window.store.state) is None
    assert next_word(make_window().store.state) is None


def test_the_list_of_words_is_turned_through_by_keys(make_window):
    window = make_window(bundled_study("words"), size=(1440, 760))  # not all of them fit
    window.inspector.setFocus()
    before = window.inspector.grab().toImage()
    for _ in range(200):
        QTest.keyClick(window.inspector, K.Key_Down)
    assert window.store.state.session.selection is None
    assert window.inspector.grab().toImage() != before
    for _ in range(200):
        QTest.keyClick(window.inspector, K.Key_Up)
    assert window.inspector.grab().toImage() == before


@pytest.mark.parametrize("height", [400.0, 560.0, 700.0, 880.0, 1200.0])
def test_the_parts_for_words_lie_under_each_other(height):
    places = words_places(height, 84)
    assert places.rows >= 1 and places.sure + 60 < height
    assert places.map is None or places.sure + 60 < places.map < height - 150


def test_the_caption_of_an_untrained_text_study_says_so(make_window):
    document = bundled_study("words")
    layer = document.network.layers[0]
    drawn = new_network(
        layer.cell, layer.inputs, layer.size, layer.outputs, layer.activation, layer.bias, document.seed
    )  # fmt: skip
    window = make_window(replace(document, network=drawn))
    said = f"Frozen: the same W at every sample. Untrained net, random weights (seed {document.seed})"
    assert scene(window.store.state).caption == said
    own = drawn.with_parameters(0, {"V": np.ones((layer.outputs, layer.size))})
    given = make_window(replace(document, network=own))
    assert "ntrained" not in scene(given.store.state).caption
