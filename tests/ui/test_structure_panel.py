"""The Structure panel and its menu rows: every change by mouse and by keyboard alone, refusals in a sentence."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.state.actions.editing import ChooseLayer
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.structure import INPUTS, LAYERS, OUTPUTS, SIZES, STEPS, UNITS, chosen_layer, size_of
from rnnstudio.ui.structure_panel import BIAS, READOUT
from rnnstudio.ui.structure_questions import ACTIVATION, CELL, DIRECTION


def shown(window):
    """The panel, brought by its key."""
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.side.current is window.side.structure
    return window.side.structure


def size(window, what):
    return size_of(window.store.state.document, what)


def names(window):
    return [change.name for change in window.store.state.undo]


def test_its_key_shows_it_and_puts_it_away(make_window):
    window = make_window()
    panel = shown(window)
    assert panel.isVisible() and not window.inspector.isVisible()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.inspector.isVisible() and not panel.isVisible()
    window.run_command("structure")
    window.run_command("training")
    assert window.side.current is window.side.training
    window.run_command("structure")
    assert panel.isVisible()


@pytest.mark.parametrize("what", SIZES)
def test_a_field_is_turned_typed_and_undone_by_keys(make_window, what):
    window = make_window()
    panel = shown(window)
    if what == OUTPUTS:
        window.run_command("readout")
    before, field = size(window, what), panel.fields[what]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert size(window, what) == field.value() == before + 2
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert size(window, what) == before + 1
    assert len(names(window)) == (2 if what == OUTPUTS else 1)  # turned in one go
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert size(window, what) == field.value() == before
    field.selectAll()
    QTest.keyClicks(field, "6")
    assert size(window, what) == before  # not before Enter
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert size(window, what) == 6
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert panel.hasFocus()


def test_steps_that_went_come_back_while_one_turns(make_window):
    window = make_window()
    field = shown(window).fields[STEPS]
    document = window.store.state.document
    field.setFocus()
    for key in (Qt.Key.Key_Down,) * 3 + (Qt.Key.Key_Up,) * 3:
        QTest.keyClick(field, key)
    assert window.store.state.document is document
    assert names(window) == []


def test_the_steppers_do_what_the_keys_do(make_window):
    window = make_window()
    field = shown(window).fields[UNITS]
    less, more = field._buttons
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert size(window, UNITS) == 5
    assert names(window) == ["Set the units to 5"]
    for _ in range(4):
        QTest.mouseClick(less, Qt.MouseButton.LeftButton)
    assert size(window, UNITS) == 1
    assert not less.isEnabled()


def test_what_is_over_a_limit_is_refused_in_a_sentence_and_the_field_shows_what_is(make_window):
    window = make_window()
    field = shown(window).fields[UNITS]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5000")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.banner.text == "state size: 5,000 is over the limit of 1,024; at most 1,024 fit"
    assert (size(window, UNITS), field.value(), names(window)) == (3, 3, [])
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert "too few" in window.banner.text
    assert size(window, UNITS) == field.value() == 1


def test_other_keys_are_the_windows_and_digits_are_the_fields(make_window):
    window = make_window()
    field = shown(window).fields[INPUTS]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_2)
    assert window.store.state.session.view == "unrolled"
    QTest.keyClick(field, Qt.Key.Key_F6)
    assert not field.hasFocus()


def test_switches_and_lists_change_the_study(make_window):
    window = make_window()
    panel = shown(window)
    for what, test in ((BIAS, lambda: chosen_layer(window.store.state.document).bias),
                       (READOUT, lambda: chosen_layer(window.store.state.document).readout)):  # fmt: skip
        QTest.keyClick(panel.switches[what], Qt.Key.Key_Return)
        assert test() and panel.switches[what].isChecked()
    for what in (CELL, ACTIVATION, DIRECTION):
        panel.choosers[what].setFocus()
        QTest.keyClick(panel.choosers[what], Qt.Key.Key_Down)
    layer = chosen_layer(window.store.state.document)
    assert (layer.cell.name, layer.activation, layer.direction) == ("elman", "relu", "reverse")
    assert names(window)[-1] == "Read the sequence backwards"


def test_a_layer_without_state_has_the_button_and_one_with_it_the_rest(make_window):
    window = make_window()
    panel = shown(window)
    window.store.dispatch(ChooseLayer(0))
    assert panel.buttons["recurrent"].isVisible() and not panel.choosers[DIRECTION].isVisible()
    QTest.mouseClick(panel.buttons["recurrent"], Qt.MouseButton.LeftButton)
    state = window.store.state
    assert (state.session.view, chosen_layer(state.document).cell.name) == ("unrolled", "simple")
    assert not panel.buttons["recurrent"].isVisible() and panel.choosers[DIRECTION].isVisible()


def test_what_a_text_fixes_is_off_and_says_why(make_window):
    window = make_window(bundled_study("words"))
    panel = shown(window)
    for what, word in ((INPUTS, "an input for each"), (OUTPUTS, "outputs stay")):
        assert not panel.fields[what].isEnabled()
        assert word in panel.fields[what].toolTip()
    assert panel.fields[UNITS].isEnabled()


def test_tab_goes_through_all_of_it(make_window):
    window = make_window(demonstration(), size=(1440, 900))
    panel = shown(window)
    panel.setFocus()
    met = []
    for _ in range(16):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        met.append(window.focusWidget())
    for what in (INPUTS, STEPS, LAYERS, UNITS):
        assert panel.fields[what] in met
    assert {panel.choosers[CELL], panel.choosers[DIRECTION], panel.switches[BIAS], panel.buttons["next"]} <= set(met)


def test_seeds_go_forth_and_back(make_window):
    window = make_window()
    panel = shown(window)
    first = window.store.state.document
    QTest.mouseClick(panel.buttons["next"], Qt.MouseButton.LeftButton)
    assert window.store.state.document.seed == 2
    assert panel.buttons["next"].accessibleName() == "Next seed: 3"
    window.run_command("undo")
    assert window.store.state.document is first


def test_every_row_of_the_menu_does_something(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3))
    for what in SIZES:
        if what == OUTPUTS:
            window.run_command("readout")
        before = size(window, what)
        window.run_command(f"add_{what}")
        assert size(window, what) == before + 1
        window.run_command(f"remove_{what}")
        assert size(window, what) == before
    for way in ("reverse", "both", "forward"):
        window.run_command(f"reads_{way}")
        assert chosen_layer(window.store.state.document).direction == way
    window.run_command("next_seed")
    window.run_command("draw_again")
    assert window.store.state.document.seed == 2


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 700)])
def test_every_row_is_inside_the_panel(make_window, theme, size):
    window = make_window(size=size, theme=theme)
    window.run_command("readout")
    if not window.store.state.session.structure:
        window.run_command("structure")
    panel = window.side.structure
    assert panel.isVisible()
    there = [w for w in (*panel.fields.values(), *panel.choosers.values(), *panel.switches.values(),
                         *panel.buttons.values()) if w.isVisible()]  # fmt: skip
    for k, widget in enumerate(there):
        assert panel.rect().contains(widget.geometry()), widget.accessibleName()
        assert not any(widget.geometry().intersects(other.geometry()) for other in there[:k])
