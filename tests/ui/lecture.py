"""What the tests of lessons and of presenting do to a window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.state.actions.stepping import Tick
from rnnstudio.state.derived import moving


def rest(window):
    """Let what moves come to its end."""
    for _ in range(4000):
        if not moving(window.store.state):
            return
        window.store.dispatch(Tick(0.1))
    raise AssertionError("it never comes to rest")


def press(window, key, mods=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(window.focusWidget() or window, key, mods)
