"""Editing where a value stands: every given number takes an edit, every computed one refuses and says why."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.cells import library_cells
from rnnstudio.engine.trace import run
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import Select, SetView
from rnnstudio.state.derived import layout, target_layout
from rnnstudio.state.place_values import value_at
from rnnstudio.state.places import CHOSEN, Place, place_of_mark
from rnnstudio.ui.given_places import canvas_places


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    from PySide6.QtTest import QTest

    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def places(window):
    return canvas_places(window.store.state, window.canvas.place())


def double_click(window, widget, at):
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(QMouseEvent.Type.MouseButtonDblClick, QPointF(at), QPointF(widget.mapToGlobal(at)), left, left,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("study", ["tutorial", "words", "echo"])
def test_every_given_number_of_the_picture_is_edited_where_it_stands(make_window, study, view):
    window = make_window(bundled_study(study), view=view)
    window.store.dispatch(GoTo(0))
    first = places(window)
    window.store.dispatch(GoTo(1))
    seen = places(window)
    assert seen or window.store.state.session.view != view or window.store.state.document.network.chosen > 0
    for place in {**first, **seen}:
        if place not in places(window):
            window.store.dispatch(GoTo(0))
        state, editor = window.store.state, window.in_place.editor
        before = value_at(state.document, place)
        window.in_place._open(place, True)
        assert editor.is_open and editor.hasFocus() and editor.accessibleName().endswith("given")
        press(window, Qt.Key.Key_Up if before == 0 else Qt.Key.Key_Down)
        assert value_at(window.store.state.document, place) != before, place
        assert len(window.store.state.undo) == len(state.undo) + 1
        press(window, Qt.Key.Key_Escape)
        assert window.store.state.document is state.document
        assert not editor.is_open


@pytest.mark.parametrize("cell", sorted(library_cells()))
def test_every_computed_number_refuses_and_says_why(make_window, cell):
    window = make_window(bundled_study("tutorial"))
    window.store.dispatch(SetCell(cell))
    for view in VIEWS:
        window.store.dispatch(SetView(view))
        window.store.dispatch(GoTo(3))
        state = window.store.state
        there, document = target_layout(state), state.document
        for mark in there.tiles.keys:
            found = place_of_mark(state, there, mark)
            if isinstance(found, str):
                window.in_place.edit_mark(mark)
                assert window.store.state.session.message, mark
                assert window.store.state.session.edit is None
                assert window.store.state.document is document
            elif isinstance(found, Place):
                assert mark.what[0] in "xWUVbsnpcd" or mark.what == "target", mark


def test_keys_alone_change_a_weight(make_window, qtbot):
    window = make_window(bundled_study("echo"), view="samples")
    window.canvas.setFocus()
    window.store.dispatch(GoTo(2))
    window.store.dispatch(Select(Key("x", 2)))
    press(window, Qt.Key.Key_F2)
    edit = window.store.state.session.edit
    assert edit is not None and edit.place == Place("x", "x", (1, 0))
    before = value_at(window.store.state.document, edit.place)
    for key, modifiers, by in (
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 0.1),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, 1.0),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, -0.01),
    ):
        press(window, key, modifiers)
        before = round(before + by, 10)
        assert value_at(window.store.state.document, edit.place) == before
    qtbot.keyClicks(window.in_place.editor, "")
    window.in_place.editor.selectAll()
    qtbot.keyClicks(window.in_place.editor, "-0,25")
    press(window, Qt.Key.Key_Return)
    document = window.store.state.document
    assert value_at(document, edit.place) == -0.25
    assert len(window.store.state.undo) == 1
    assert window.in_place.toast.words == "Edited x 1 at t = 2"
    assert window.canvas.hasFocus()
    fresh = run(document.network, document.sequence.x)
    from rnnstudio.state.derived import trace

    shown = trace(window.store.state)
    assert np.array_equal(shown.y, fresh.y) or shown.stateless
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not window.store.state.undo


def test_tab_goes_from_value_to_value_and_bad_text_keeps_the_field_open(make_window, qtbot):
    window = make_window(bundled_study("tutorial"), view="layer")
    window.store.dispatch(GoTo(1))
    order = list(places(window))
    assert len(order) >= 2
    window.in_place._open(order[0], True)
    press(window, Qt.Key.Key_Tab)
    assert window.store.state.session.edit.place == order[1]
    press(window, Qt.Key.Key_Backtab)
    assert window.store.state.session.edit.place == order[0]
    document = window.store.state.document
    window.in_place.editor.selectAll()
    qtbot.keyClicks(window.in_place.editor, "half")
    press(window, Qt.Key.Key_Return)
    assert "half" in window.store.state.session.message
    assert window.in_place.editor.is_open and window.store.state.document is document
    press(window, Qt.Key.Key_Escape)
    assert not window.in_place.editor.is_open


def test_the_inspectors_numbers_are_edited_where_they_stand(make_window):
    window = make_window(bundled_study("tutorial"), size=(1920, 1080), view="cell")
    window.store.dispatch(GoTo(1))
    found = window.inspector.given_places()
    assert {place.name for place in found} >= {"W", "U"}
    for place, box in found.items():
        before = window.store.state.document
        double_click(window, window.inspector, box.center().toPoint())
        assert window.store.state.session.edit.place == place
        assert window.in_place.editor.parentWidget() is window.inspector
        press(window, Qt.Key.Key_Up)
        press(window, Qt.Key.Key_Return)
        changed = window.store.state.document
        assert changed is not before
        assert value_at(changed, place) == pytest.approx(value_at(before, place) + 0.1)


def test_a_drag_on_a_value_is_one_entry(make_window):
    window = make_window(bundled_study("tutorial"), view="layer")
    window.store.dispatch(GoTo(1))
    place, box = next(iter(places(window).items()))
    before, at = value_at(window.store.state.document, place), box.center().toPoint()
    for kind, where in (
        (QMouseEvent.Type.MouseButtonPress, at), (QMouseEvent.Type.MouseMove, at + QPoint(20, 0)),
        (QMouseEvent.Type.MouseMove, at + QPoint(30, -20)), (QMouseEvent.Type.MouseButtonRelease, at + QPoint(30, -20)),
    ):  # fmt: skip
        held = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(where), QPointF(window.canvas.mapToGlobal(where)), Qt.MouseButton.LeftButton,
                            held, Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(window.canvas, event)
    assert value_at(window.store.state.document, place) == pytest.approx(before + 0.5)
    assert len(window.store.state.undo) == 1
    assert window.store.state.session.edit is None
    assert window.store.state.session.pan == (0.0, 0.0)


def test_a_word_is_chosen_from_the_vocabulary(make_window, qtbot):
    window = make_window(bundled_study("words"), view="unrolled")
    window.store.dispatch(GoTo(2))
    place = next(place for place in places(window) if place.kind in CHOSEN)
    window.in_place._open(place, True)
    vocabulary = window.store.state.document.sequence.vocabulary
    window.in_place.editor.selectAll()
    window.in_place.editor.setText(vocabulary[3])
    window.in_place.editor.textEdited.emit(vocabulary[3])
    press(window, Qt.Key.Key_Return)
    assert value_at(window.store.state.document, place) == 3
    window.in_place._open(place, True)
    window.in_place.editor.setText("xyzzy")
    window.in_place.editor.textEdited.emit("xyzzy")
    press(window, Qt.Key.Key_Return)
    assert "xyzzy" in window.store.state.session.message
    press(window, Qt.Key.Key_Escape)


def test_what_is_looked_at_stays_when_a_number_is_taken_back(make_window):
    window = make_window(bundled_study("echo"), view="unrolled")
    window.store.dispatch(GoTo(5))
    window.store.dispatch(Select(Key("x", 5)))
    window.in_place.edit_selection()
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Return)
    looked = window.store.state.session
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    after = window.store.state.session
    assert (after.selection, after.playhead, after.view) == (looked.selection, looked.playhead, looked.view)
    assert layout(window.store.state).view == "unrolled"


def test_a_drawn_number_fits_the_field_and_keeps_its_value_unless_it_is_typed(make_window):
    window = make_window(bundled_study("echo"), view="cell")
    window.store.dispatch(GoTo(4))
    place = next(place for place in places(window) if place.kind == "parameter")
    document = window.store.state.document
    assert len(repr(value_at(document, place))) > 10
    window.in_place._open(place, True)
    editor = window.in_place.editor
    assert editor.fontMetrics().horizontalAdvance(editor.text()) < editor.width() - 34
    press(window, Qt.Key.Key_Return)
    assert window.store.state.document is document
