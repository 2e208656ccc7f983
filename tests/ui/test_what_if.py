"""The toggles over the picture: by mouse, by key, by menu; what cannot be used says why."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

from rnnstudio.engine.what_if import AS_IT_IS, WhatIf
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.viewing import SetTheme
from rnnstudio.state.what_if import CLAMP, CUT, FREEZE, SILENCE, what_if_of
from rnnstudio.ui.commands import COMMANDS


@pytest.fixture
def frozen():
    return replace(demonstration(), mode="frozen")


def pixels(window):
    return window.canvas.grab().toImage()


def test_the_bar_comes_from_the_menu_and_goes_with_clear(make_window, frozen, qtbot):
    window = make_window(frozen)
    assert window.what_if.isHidden()
    window.run_command("what_if")
    assert window.what_if.isVisible() and not window.modes.isVisible()
    assert window.menus.actions["what_if"].isChecked()
    qtbot.mouseClick(window.what_if.toggles[CUT], Qt.MouseButton.LeftButton)
    assert window.store.state.session.what_if == WhatIf(cut=True)
    assert window.what_if.toggles[CUT].isChecked()
    before = pixels(window)
    qtbot.mouseClick(window.what_if.clear, Qt.MouseButton.LeftButton)
    assert window.store.state.session.what_if == AS_IT_IS
    assert window.what_if.isHidden() and window.modes.isVisible()
    assert pixels(window) != before
    assert not window.store.state.undo and window.store.state.document is frozen


def test_toggles_work_by_key_and_keep_their_place_in_the_state(make_window, frozen, qtbot):
    window = make_window(frozen)
    window.run_command("what_if")
    for toggle in (FREEZE, SILENCE):
        window.what_if.toggles[toggle].setFocus()
        qtbot.keyClick(window.what_if.toggles[toggle], Qt.Key.Key_Return)
    t = window.store.state.session.playhead.t
    assert what_if_of(window.store.state) == WhatIf(frozen=t, silent=t)
    assert all(window.what_if.toggles[toggle].isChecked() for toggle in (FREEZE, SILENCE))
    assert window.what_if.toggles[FREEZE].sign == f"<s|s_{{{t}}}>"


def test_a_cell_without_gates_has_none_to_clamp(make_window, frozen):
    window = make_window(frozen)
    window.run_command("what_if")
    clamp = window.what_if.toggles[CLAMP]
    assert not clamp.isEnabled() and "gate" in clamp.toolTip()
    window.store.dispatch(SetCell("lstm"))
    assert clamp.isEnabled() and not clamp.toolTip()


def test_a_gate_is_chosen_from_a_menu(make_window, frozen, qtbot):
    window = make_window(frozen)
    window.store.dispatch(SetCell("lstm"))
    window.run_command("what_if")
    clamp = window.what_if.toggles[CLAMP]
    qtbot.mouseClick(clamp, Qt.MouseButton.LeftButton)
    menu = window.what_if.findChild(QMenu)
    rows = [action.text() for action in menu.actions()]
    assert "Forget gate f = 1" in rows and "Output gate o = 0" in rows
    menu.actions()[rows.index("Forget gate f = 1")].trigger()
    menu.close()
    assert what_if_of(window.store.state) == WhatIf(gate="f", level=1.0)
    assert clamp.isChecked() and clamp.words == "clamp f = 1"
    qtbot.mouseClick(clamp, Qt.MouseButton.LeftButton)
    assert what_if_of(window.store.state).gate == ""


def test_every_row_of_the_menu_does_what_it_says(make_window, frozen):
    window = make_window(frozen)
    window.store.dispatch(SetCell("lstm"))
    actions = window.menus.actions
    for row in ("what_if_cut", "what_if_freeze", "what_if_silence", "what_if_clamp_3"):
        actions[row].trigger()
        assert actions[row].isChecked(), row
    assert window.what_if.isVisible()
    assert actions["what_if_clamp_3"].text() == "Forget gate f = 0"
    visible = [c.id for c in COMMANDS if c.id.startswith("what_if_clamp") and c.visible(window.store.state)]
    assert len(visible) == 6
    actions["what_if_clear"].trigger()
    assert window.store.state.session.what_if == AS_IT_IS and not actions["what_if_clear"].isEnabled()


@pytest.mark.parametrize("view", ["unrolled", "cell", "compact", "network"])
@pytest.mark.parametrize(
    ("size", "theme"), [((1920, 1080), "light"), ((1280, 720), "dark"), ((1280, 720), "projector")]
)
def test_the_bar_stands_inside_the_canvas_beside_the_title(make_window, frozen, size, theme, view):
    window = make_window(frozen, size=size, view=view)
    window.store.dispatch(SetTheme(theme))
    window.run_command("what_if_cut")
    QCoreApplication.sendPostedEvents()
    bar, canvas = window.what_if.geometry(), window.canvas.rect()
    assert canvas.contains(bar)
    assert bar.right() <= canvas.width() - window.side.covers
    inner = [window.what_if.toggles[toggle].geometry() for toggle in (CUT, FREEZE, SILENCE, CLAMP)]
    assert all(one.right() < other.left() for one, other in pairwise(inner))
    assert inner[-1].right() < window.what_if.clear.geometry().left()


def test_the_inspector_and_the_plots_show_both_runs(make_window, frozen, qtbot):
    window = make_window(frozen, size=(1920, 1080))
    qtbot.waitUntil(lambda: window.inspector._plots is not None)
    plots = window.inspector._plots
    assert not any(line.isVisible() for line in plots._others)
    shown = plots.curve.isVisible()
    window.run_command("what_if_cut")
    qtbot.waitUntil(lambda: [line.isVisible() for line in plots._others[:3]] == [True, True, True])
    live, other = plots._lines[0], plots._others[0]
    assert live.opts["pen"].widthF() == pytest.approx(2 * other.opts["pen"].widthF())
    assert len(other.getData()[0]) == len(live.getData()[0])
    assert shown and not plots.curve.isVisible()
    window.run_command("what_if_clear")
    qtbot.waitUntil(lambda: not any(line.isVisible() for line in plots._others) and plots.curve.isVisible())
