"""U4: by the keyboard alone every row of every menu is reached and done; every key does its own row and no other."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.ui.commands import COMMANDS
from rnnstudio.ui.menus import Menus

KEY = Qt.Key


@pytest.fixture
def toured(make_window, monkeypatch):
    """A window whose rows say what they are asked for instead of doing it; all of them can be chosen."""
    asked = []
    monkeypatch.setattr(Menus, "_run", lambda self, command_id, *_: asked.append(command_id))
    window = make_window(size=(1440, 900))
    window.store.dispatch(GoTo(3, 2))
    for action in window.menus.actions.values():
        action.setEnabled(True)
        action.setVisible(True)
    for menu in window.menus._menus.values():
        menu.menuAction().setEnabled(True)
    return window, asked


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    there = QApplication.activePopupWidget() or QApplication.focusWidget()
    QTest.keyClick(there, key, modifiers)


def rows(menu):
    return [row for row in menu.actions() if not row.isSeparator()]


def paths(bar):
    """(menu, row, row of the submenu or None) of every row, and the action that stands there."""
    for m, title in enumerate(bar.actions()):
        for r, row in enumerate(rows(title.menu())):
            if row.menu() is None:
                yield (m, (r,)), row
                continue
            for s, inner in enumerate(rows(row.menu())):
                if inner.menu() is None:
                    yield (m, (r, s)), inner
                    continue
                for d, deep in enumerate(rows(inner.menu())):
                    yield (m, (r, s, d)), deep


def go(window, menu, places):
    """Alt, to the menu, down to the row, into submenus, Enter."""
    window.activateWindow()  # without a screen a menu that closes leaves no window active
    QCoreApplication.processEvents()
    there = window.focusWidget() or window
    QTest.keyPress(there, KEY.Key_Alt, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(there, KEY.Key_Alt)
    assert window.menuBar().hasFocus()
    for _ in range(menu):
        press(KEY.Key_Right)
    press(KEY.Key_Down)
    for depth, place in enumerate(places):
        if depth:
            press(KEY.Key_Right)
        for _ in range(place):
            press(KEY.Key_Down)
    press(KEY.Key_Return)
    QCoreApplication.processEvents()


def test_every_row_of_every_menu_is_done_by_keys_alone(toured):
    window, asked = toured
    ids = {id(action): name for name, action in window.menus.actions.items()}
    done = set()
    for (menu, places), action in list(paths(window.menuBar())):
        asked.clear()
        go(window, menu, places)
        assert asked == [ids[id(action)]], (action.text(), asked)
        done.add(asked[0])
        assert QApplication.activePopupWidget() is None
    assert done == {command.id for command in COMMANDS if command.menu and not command.local}


def test_every_key_does_its_own_row(toured):
    window, asked = toured
    window.canvas.setFocus()
    for command in COMMANDS:
        for key in () if command.local else command.keys:
            asked.clear()
            pressed = QKeySequence(key)[0]
            QTest.keyClick(window.canvas, pressed.key(), pressed.keyboardModifiers())
            assert asked == [command.id], key
