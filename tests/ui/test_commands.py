from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.matrices import SelectArea
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.areas import Area
from rnnstudio.state.model import Session
from rnnstudio.state.store import Store
from rnnstudio.ui.commands import COMMANDS, MENUS, action_of
from rnnstudio.ui.key_sheet import sheet


def states():
    first = opened(demonstration(), Session(view="unrolled"))
    yield first
    yield SelectArea(Area("W", (0, 0), (1, 1), 1)).apply(first)
    yield GoTo(0).apply(first)
    yield GoTo(8).apply(first)
    yield GoTo(3, 2).apply(first).see(view="cell", message="something", zoom=2.0, grain="sample")


def test_no_key_is_bound_twice():
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.keys)
    assert not [key for key, count in keys.items() if count > 1]
    assert "" not in keys


def test_ids_are_unique_and_menus_are_known():
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert {command.menu.split("/")[0] for command in COMMANDS if command.menu} == set(MENUS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_what_is_enabled_does_something(command):
    for state in states():
        action = action_of(command, state)
        if action is None or not command.enabled(state) or not command.visible(state):
            continue
        if command.checked is not None and command.exclusive and command.checked(state):
            continue
        store = Store(state)
        store.dispatch(action)
        if command.id in ("select_next", "select_before", "select_after"):
            continue  # at the end of their order they stay
        assert store.state is not state, command.id


STEPS = ("next", "back", "sample_forward", "sample_back", "undo", "redo", "fit")


@pytest.mark.parametrize("command", [row for row in COMMANDS if row.id in STEPS], ids=lambda row: row.id)
def test_what_is_disabled_does_nothing(command):
    for state in states():
        if not command.enabled(state):
            store = Store(state)
            store.dispatch(action_of(command, state))
            assert store.state.session.playhead == state.session.playhead
            assert store.state.document is state.document


def test_every_key_is_on_the_sheet():
    written = {line.name for lines in sheet().values() for line in lines}
    for command in COMMANDS:
        if command.keys:
            assert command.sheet.partition(": ")[2] in written


def test_caps_share_their_modifiers():
    rows = {line.name: line.caps for lines in sheet().values() for line in lines}
    assert rows["the seven views"] == (("1", ""), ("7", "–"))
    assert rows["one sample"] == (("Shift", ""), ("\N{LEFTWARDS ARROW}", "+"), ("\N{RIGHTWARDS ARROW}", ""))
    assert rows["decimals"] == (("Ctrl", ""), ("Alt", "+"), ("1", "+"), ("4", "–"))
