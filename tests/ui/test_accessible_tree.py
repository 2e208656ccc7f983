"""What a screen reader is told: the picture in words, the selection, the steps; Qt forgets it with the window."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.stepping import GoTo, StepForward
from rnnstudio.state.actions.viewing import Select, SetView
from rnnstudio.state.derived import off_reason
from rnnstudio.state.described import ARROW, LINE, described
from rnnstudio.state.things import things
from tests.ui import accessible_tree
from tests.ui.lecture import rest

NAME = QAccessible.Text.Name


def children(of):
    return [of.child(k) for k in range(of.childCount())]


def marks(window):
    canvas = QAccessible.queryAccessibleInterface(window.canvas)
    return {mark.text(NAME): mark for group in children(canvas) if group.role() == QAccessible.Role.Grouping
            for mark in children(group)}  # fmt: skip


def test_the_window_at_a_stop_reads_as_one_would_describe_it(make_window):
    window = make_window(size=accessible_tree.SIZE)
    window.commands.start_lesson(accessible_tree.LESSON, accessible_tree.STOP)
    rest(window)
    assert accessible_tree.tree(window) == accessible_tree.GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("cell", ["simple", "lstm", "gru"])
def test_every_thing_of_every_view_is_there_with_its_role_and_place(make_window, cell):
    window = make_window(size=(1440, 900))
    window.store.dispatch(SetCell(cell))
    window.store.dispatch(GoTo(3, 2))
    for view in VIEWS:
        if off_reason(view, window.store.state.document):
            continue
        window.store.dispatch(SetView(view))
        rest(window)
        told, canvas = marks(window), QAccessible.queryAccessibleInterface(window.canvas)
        for said in things(window.store.state):
            mark = told[said.accessible]
            assert mark.role() != QAccessible.Role.NoRole and mark.state().selectable
            assert canvas.rect().intersects(mark.rect()), (view, said.accessible)
        for group in described(window.store.state):
            for item in group.items:
                if item.kind in (ARROW, LINE):
                    assert canvas.rect().intersects(told[item.name].rect()), (view, item.name)


def test_the_mark_under_a_point_is_found(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3))
    mark = next(mark for name, mark in marks(window).items() if name.startswith("input x, t = 3"))
    middle, canvas = mark.rect().center(), QAccessible.queryAccessibleInterface(window.canvas)
    assert canvas.childAt(middle.x(), middle.y()).text(NAME) == mark.text(NAME)
    assert mark.parent().text(NAME) == "sample 3, now" and mark.parent().parent().object() is window.canvas


def test_the_selection_has_the_focus(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3))
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    key, canvas = window.store.state.session.selection, QAccessible.queryAccessibleInterface(window.canvas)
    focused = canvas.focusChild()
    said = next(said for said in things(window.store.state) if said.key == key)
    assert focused.text(NAME) == said.accessible and focused.state().focused and focused.state().selected


def test_a_given_number_is_a_field_and_a_computed_one_is_not(make_window):
    window = make_window(view="network")
    window.store.dispatch(GoTo(3))
    told = marks(window)
    given = next(mark for name, mark in told.items() if name.startswith("input x 1, t = 3, value −0.52"))
    computed = next(mark for name, mark in told.items() if name.startswith("output y 1, t = 3"))
    assert given.role() == QAccessible.Role.EditableText and computed.role() == QAccessible.Role.Graphic
    assert given.text(QAccessible.Text.Value) == "−0.52"


def test_what_is_not_computed_yet_is_told_of_nowhere(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3, 2))
    value = next(mark for name, mark in marks(window).items() if name.startswith("state s, t = 3"))
    assert value.text(NAME) == "state s, t = 3, not computed yet"
    assert value.text(QAccessible.Text.Value) == "not computed yet"


def test_the_lesson_says_what_it_points_at(make_window):
    window = make_window()
    window.commands.start_lesson("lstm", 2)
    rest(window)
    about = {name: mark.text(QAccessible.Text.Description) for name, mark in marks(window).items()}
    pointed_at = {name.partition(",")[0] for name, words in about.items() if "the lesson points at it" in words}
    assert "forget gate f" in pointed_at and "output gate o" not in pointed_at


def test_a_step_is_told_in_words_while_someone_listens(make_window, monkeypatch):
    window = make_window(reduced_motion=True)
    window.store.dispatch(GoTo(3, 1))
    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    window.store.dispatch(StepForward())
    assert any(type(event).__name__ == "QAccessibleAnnouncementEvent" and "sub-step 2 of 4" in event.message()
               for event in told)  # fmt: skip
    told.clear()
    window.canvas.setFocus()
    window.store.dispatch(Select(Key("x", 3)))
    assert any(event.type() == QAccessible.Event.Focus for event in told)


def test_windows_come_and_go_while_someone_listens():
    root = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _MANY], cwd=root, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(root)}, check=False,
    )  # fmt: skip
    assert (child.returncode, child.stdout.strip()) == (0, "whole"), child.stderr


_MANY = """
import gc
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from rnnstudio.files.demonstration import demonstration
from rnnstudio.paint.fonts import register
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo, StepForward
from rnnstudio.state.actions.viewing import MoveSelection, SetView
from rnnstudio.state.model import Session
from rnnstudio.state.store import Store
from rnnstudio.ui.window import Window
from tests.ui.accessible_tree import tree
application = QApplication([])
register()
QAccessible.setActive(True)
for turn in range(4):
    window = Window(Store(opened(demonstration(), Session(view="unrolled", reduced_motion=True))))
    window.documents.ask_leave = lambda: "discard"
    window.show()
    for view in ("network", "cell", "unrolled"):
        window.store.dispatch(SetView(view))
        window.store.dispatch(GoTo(2))
        window.store.dispatch(StepForward())
        window.store.dispatch(MoveSelection(1, "all"))
        assert len(tree(window)) > 20
        application.processEvents()
        gc.collect()
    window.close()
    del window
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.processEvents()
    gc.collect()
print("whole")
"""
