"""Rows, columns and blocks of a matrix in the inspector: selected by mouse, by keys alone, changed, copied, pasted."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnnstudio.diagram.keys import Key
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import new_network
from rnnstudio.engine.spectrum import spectral_radius
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.state.actions.matrices import SelectArea
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import Select
from rnnstudio.state.areas import Area, matrix_of, whole
from rnnstudio.state.model import Document, Sequence
from rnnstudio.ui.area_map import area_box
from rnnstudio.ui.inspector_weights import weights_of

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
)  # fmt: skip


KINDS = {
    "press": QMouseEvent.Type.MouseButtonPress, "move": QMouseEvent.Type.MouseMove,
    "release": QMouseEvent.Type.MouseButtonRelease, "double": QMouseEvent.Type.MouseButtonDblClick,
}  # fmt: skip


def press(window, key, held=NONE):
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def mouse(inspector, kind, at, held=NONE, button=Qt.MouseButton.LeftButton):
    at = QPointF(at)
    event = QMouseEvent(KINDS[kind], at, QPointF(inspector.mapToGlobal(at.toPoint())), button, button, held)
    QApplication.sendEvent(inspector, event)


def click(inspector, at, held=NONE):
    mouse(inspector, "press", at, held)
    mouse(inspector, "release", at, held)


def centre(window, name, i, j):
    """The middle of a number of the panel; a head for index −1."""
    inspector, part = window.inspector, weights_of(window.store.state)
    box = area_box(part, *inspector._matrices(), name, Area(name, (max(i, 0), max(j, 0)), (max(i, 0), max(j, 0))))
    at = box.center()
    if i < 0:
        at.setY(box.top() - 8)
    if j < 0:
        at.setX(box.left() - 8)
    return at * inspector._sizes.inspector_zoom


@pytest.fixture
def window(make_window):
    window = make_window(bundled_study("tutorial"), size=(1920, 1080), view="unrolled")
    window.store.dispatch(GoTo(1))
    return window


def area(window):
    return window.store.state.session.area


def test_a_click_selects_one_weight_and_shows_its_matrix(window):
    assert len(weights_of(window.store.state).names) == 2
    click(window.inspector, centre(window, "W", 1, 2))
    assert area(window) == Area("W", (1, 2), (1, 2), 1)
    assert weights_of(window.store.state).names == ("W",)
    assert window.inspector.bar.isVisible()
    assert not window.store.state.undo


def test_heads_select_rows_and_columns_and_shift_goes_on(window):
    window.store.dispatch(Select(Key("W")))
    click(window.inspector, centre(window, "W", 1, -1))
    assert (area(window).rows, area(window).columns) == ((1, 2), (0, 4))
    click(window.inspector, centre(window, "W", -1, 2))
    assert (area(window).rows, area(window).columns) == ((0, 3), (2, 3))
    click(window.inspector, centre(window, "W", -1, -1))
    assert area(window) == whole(window.store.state.document, 1, "W")
    click(window.inspector, centre(window, "W", 0, 1))
    click(window.inspector, centre(window, "W", 2, 2), SHIFT)
    assert (area(window).rows, area(window).columns) == ((0, 3), (1, 3))
    mouse(window.inspector, "press", centre(window, "W", 0, -1))
    mouse(window.inspector, "move", centre(window, "W", 2, 1))
    mouse(window.inspector, "release", centre(window, "W", 2, 1))
    assert area(window).rows == (0, 3) and area(window).columns == (0, 4)


def test_a_drag_on_a_number_still_scrubs_it_and_a_double_click_edits_it(window):
    at = centre(window, "W", 1, 2)
    mouse(window.inspector, "press", at)
    mouse(window.inspector, "move", at + QPoint(30, 0))
    mouse(window.inspector, "release", at + QPoint(30, 0))
    assert area(window) is None
    assert [change.name for change in window.store.state.undo] == ["Set W 2, 3"]
    at = centre(window, "W", 0, 1)
    click(window.inspector, at)
    mouse(window.inspector, "double", at)
    assert window.store.state.session.edit.place.at == (0, 1)
    press(window, Qt.Key.Key_Escape)


def test_keys_alone_select_fill_copy_and_paste(window, qtbot):
    inspector = window.inspector
    inspector.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Down)
    first = area(window)
    assert first is not None and first.single
    t = window.store.state.session.playhead.t
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(window, key)
    assert area(window).at == (1, 1) and window.store.state.session.playhead.t == t
    press(window, Qt.Key.Key_Right, SHIFT)
    press(window, Qt.Key.Key_Down, SHIFT)
    assert area(window).shape == (2, 2)
    name, before = area(window).name, window.store.state.document
    press(window, Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert [len(line.split("\t")) for line in text.split("\n")] == [2, 2]
    press(window, Qt.Key.Key_Delete)
    assert not matrix_of(window.store.state.document, 1, name)[area(window).block].any()
    press(window, Qt.Key.Key_V, CTRL)
    np.testing.assert_array_equal(matrix_of(window.store.state.document, 1, name), matrix_of(before, 1, name))
    window.run_command("area_number")
    assert inspector.bar.number.hasFocus()
    qtbot.keyClicks(inspector.bar.number, "-0,25")
    press(window, Qt.Key.Key_Return)
    assert (matrix_of(window.store.state.document, 1, name)[area(window).block] == -0.25).all()
    press(window, Qt.Key.Key_Escape)
    assert inspector.hasFocus()
    press(window, Qt.Key.Key_A, CTRL)
    assert area(window) == whole(window.store.state.document, 1, name)
    press(window, Qt.Key.Key_Escape)
    assert area(window) is None and not inspector.bar.isVisible()
    assert len(window.store.state.undo) == 3


def test_what_does_not_fit_is_said_and_nothing_changes(window):
    window.store.dispatch(SelectArea(Area("W", (0, 0), (0, 3), 1)))
    QGuiApplication.clipboard().setText("1\t2\n3\t4")
    document = window.store.state.document
    window.run_command("area_paste")
    assert window.store.state.session.message == "the clipboard holds 2 × 2 numbers; 1 × 4 fit row 1 of W"
    assert window.store.state.document is document


def test_buttons_name_what_they_do_and_the_slider_scales_as_one_entry(window):
    document = window.store.state.document
    window.store.dispatch(Select(Key("U")))
    window.store.dispatch(SelectArea(whole(document, 1, "U")))
    bar = window.inspector.bar
    assert bar.factor.accessibleName() == "Spectral radius of U"
    assert spectral_radius(matrix_of(document, 1, "U")) > 2 and bar.factor.value() == 200  # the words say 3.266
    bar.factor.setSliderDown(True)
    for at in (120, 95, 40):
        bar.factor.setValue(at)
    bar.factor.setSliderDown(False)
    assert [change.name for change in window.store.state.undo] == ["Scale U to spectral radius 0.4"]
    assert spectral_radius(matrix_of(window.store.state.document, 1, "U")) == pytest.approx(0.4)
    bar.number.setText("7")
    bar.verbs["Random"].click()
    assert window.store.state.undo[-1].name == "Draw U at random, seed 7"
    bar.verbs["Identity"].click()
    np.testing.assert_array_equal(matrix_of(window.store.state.document, 1, "U"), np.eye(3))
    assert bar.factor.value() == 100
    window.store.dispatch(SelectArea(Area("U", (0, 0), (0, 2), 1)))
    assert not bar.verbs["Identity"].isEnabled()
    bar.factor.setFocus()
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Left)
    assert window.store.state.undo[-1].name == "Scale row 1 of U by 0.98"
    assert len(window.store.state.undo) == 4


def test_a_matrix_too_large_for_numbers_is_selected_by_dragging(make_window):
    network = new_network(library_cell("simple"), 2, 8)
    window = make_window(Document("large", network, Sequence(x=np.zeros((3, 2)))), size=(1920, 1080), view="unrolled")
    window.store.dispatch(Select(Key("U")))
    mouse(window.inspector, "press", centre(window, "U", 1, 2))
    mouse(window.inspector, "move", centre(window, "U", 4, 7))
    mouse(window.inspector, "release", centre(window, "U", 4, 7))
    assert area(window) == Area("U", (1, 2), (4, 7))
    assert not window.store.state.undo
