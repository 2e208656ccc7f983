"""The history over the picture: by keys alone, by a click, and what it says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.state.actions.editing import HISTORY, SetActivation, SetBias, SetCell, Undo
from rnnstudio.state.actions.files import Saved
from rnnstudio.state.actions.history import versions

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window):
    window = make_window()
    for action in (SetBias(True), SetActivation("tanh"), SetCell("gru")):
        window.store.dispatch(action)
    return window


def open_it(window):
    QTest.keyClick(window.focusWidget(), K.Key_H, CTRL)
    return window.commands.history_list


def texts(panel):
    return [panel.rows.item(k).text() for k in range(panel.rows.count())]


def test_it_lists_all_changes_and_marks_the_one_that_is_shown(window):
    window.store.dispatch(Undo())
    panel = open_it(window)
    assert panel.isVisible() and panel.rows.hasFocus()
    assert texts(panel) == [
        "Before these changes, opened", "Add the bias", "Change the activation to tanh, shown now",
        "Change the cell to GRU, undone",
    ]  # fmt: skip
    assert panel.rows.currentRow() == 2


def test_keys_alone_open_jump_and_close(window):
    held = [version.document for version in versions(window.store.state)]
    panel = open_it(window)
    for key in (K.Key_Up, K.Key_Up):
        QTest.keyClick(panel.rows, key)
    assert window.store.state.document is held[3], "walking through the list changes nothing"
    QTest.keyClick(panel.rows, K.Key_Return)
    assert window.store.state.document is held[1] and len(window.store.state.redo) == 2
    assert panel.isVisible() and panel.rows.currentRow() == panel.shown == 1
    QTest.keyClick(panel.rows, K.Key_Home)
    QTest.keyClick(panel.rows, K.Key_Enter)
    assert window.store.state.document is held[0]
    QTest.keyClick(panel.rows, K.Key_End)
    QTest.keyClick(panel.rows, K.Key_Return)
    assert window.store.state.document is held[3] and not window.store.state.redo
    QTest.keyClick(panel.rows, K.Key_Escape)
    assert panel.isHidden() and window.canvas.hasFocus()
    assert window.store.state.document is held[3]


def test_the_menu_opens_it_and_its_key_puts_it_away(window):
    window.menus.actions["history"].trigger()
    assert window.commands.history_list.isVisible()
    QTest.keyClick(window.commands.history_list.rows, K.Key_H, CTRL)
    assert window.commands.history_list.isHidden() and window.canvas.hasFocus()


def test_a_click_jumps(window):
    held = [version.document for version in versions(window.store.state)]
    panel = open_it(window)
    at = panel.rows.visualItemRect(panel.rows.item(2)).center()
    QTest.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.store.state.document is held[2]
    QTest.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert panel.isHidden()


def test_undo_save_and_new_changes_are_followed_while_it_is_open(window):
    panel = open_it(window)
    QTest.keyClick(panel.rows, K.Key_Z, CTRL)
    assert panel.shown == 2 and texts(panel)[3] == "Change the cell to GRU, undone"
    window.store.dispatch(Saved("study.rnnstudio"))
    assert texts(panel)[2] == "Change the activation to tanh, shown now, saved"
    assert texts(panel)[0] == "Before these changes"
    window.store.dispatch(SetBias(False))
    assert texts(panel)[-1] == "Remove the bias, shown now" and panel.rows.count() == 4


def test_letters_and_arrows_stay_in_the_list_and_space_plays(window):
    panel = open_it(window)
    before = window.store.state.session
    for key in (K.Key_5, K.Key_T, K.Key_Right, K.Key_PageDown):
        QTest.keyClick(panel.rows, key)
    after = window.store.state.session
    assert (after.view, after.playhead, after.training) == (before.view, before.playhead, before.training)
    QTest.keyClick(panel.rows, K.Key_Space)
    assert window.store.state.session.playing


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 700)])
def test_a_long_list_stays_within_the_picture_in_whole_rows(make_window, theme, size):
    window = make_window(size=size, theme=theme)
    for k in range(HISTORY + 5):
        window.store.dispatch(SetBias(k % 2 == 0))
    panel = open_it(window)
    assert panel.rows.count() == HISTORY + 1
    assert window.canvas.rect().contains(panel.geometry())
    assert panel.rows.viewport().height() % panel.rows.sizeHintForRow(0) == 0
    shown = panel.rows.visualItemRect(panel.rows.item(panel.shown))
    assert panel.rows.viewport().rect().contains(shown.adjusted(0, 0, -1, -1))
