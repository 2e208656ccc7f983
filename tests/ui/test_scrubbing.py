"""Scrubbing: the picture at once, the other panels one after the other, and in the end everything as if set at once."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from rnnstudio.files.demonstration import bundled_study
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.place_values import value_at
from rnnstudio.ui.given_places import canvas_places


def first_place(window, kind):
    there = canvas_places(window.store.state, window.canvas.place())
    return next((place, box) for place, box in there.items() if place.kind == kind)


def nudge(window, key=Qt.Key.Key_Up):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def pixels(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.fixture(autouse=True)
def steady_cursor(qapp):
    """The text cursor does not blink, so that two pictures of the same state are the same."""
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


def settled(window, qtbot):
    qtbot.waitUntil(lambda: not (window._showing._waiting or window.inspector._soon.isActive()))


@pytest.mark.parametrize(("study", "view", "kind", "t"), [
    ("tutorial", "cell", "parameter", 1), ("tutorial", "network", "x", 3), ("words", "unrolled", "token", 3),
])  # fmt: skip
def test_after_scrubbing_every_panel_shows_what_it_would_show_of_a_value_set_at_once(
    make_window, qtbot, study, view, kind, t
):  # fmt: skip
    window = make_window(bundled_study(study), view=view, size=(1920, 1080))
    window.store.dispatch(GoTo(t))
    place, _ = first_place(window, kind)
    window.in_place._open(place, True)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Up):
        nudge(window, key)
        QCoreApplication.processEvents()
    settled(window, qtbot)
    shown = [pixels(part) for part in (window.canvas, window.formula, window.inspector, window.transport)]
    state = window.store.state
    for panel in (window.canvas, window.side, window.formula, window.transport):
        panel.show_state(state, state)
    settled(window, qtbot)
    assert shown == [pixels(part) for part in (window.canvas, window.formula, window.inspector, window.transport)]
    assert window.menus.actions["undo"].isEnabled()
    assert window.windowTitle().startswith(f"{state.document.name} \N{BULLET}")


def test_the_picture_comes_first_and_no_panel_is_forgotten(make_window, qtbot, monkeypatch):
    window = make_window(bundled_study("tutorial"), view="cell", size=(1920, 1080))
    place, _ = first_place(window, "parameter")
    window.in_place._open(place, True)
    told = []
    for name in ("canvas", "formula", "side", "transport", "menus", "view_bar"):
        panel, shows = getattr(window, name), "show_edit" if name == "canvas" else "show_state"
        monkeypatch.setattr(panel, shows, lambda old, new, name=name: told.append((name, new)))
    nudge(window)
    assert told == [("canvas", window.store.state)]
    nudge(window)  # while the others wait
    last = window.store.state
    settled(window, qtbot)
    assert [name for name, _ in told[:2]] == ["canvas", "canvas"]
    assert sorted(name for name, _ in told[2:]) == ["formula", "menus", "side", "transport", "view_bar"]
    assert all(state is last for _, state in told[1:])


def test_what_is_not_scrubbing_is_shown_at_once_by_all(make_window):
    window = make_window(bundled_study("tutorial"), view="cell", size=(1920, 1080))
    place, _ = first_place(window, "parameter")
    window.in_place._open(place, True)
    nudge(window)
    assert window._showing._waiting
    QApplication.sendEvent(
        QApplication.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    )
    assert not window._showing._waiting


def test_dragging_changes_the_picture_with_every_move(make_window):
    window = make_window(bundled_study("tutorial"), view="network", size=(1920, 1080))
    place, box = first_place(window, "x")
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

    def mouse(kind, at, button):
        event = QMouseEvent(kind, at, QPointF(window.canvas.mapToGlobal(at)), button, left,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(window.canvas, event)

    mouse(QEvent.Type.MouseButtonPress, box.center(), left)
    seen = []
    for px in (10, 20, 30):
        mouse(QEvent.Type.MouseMove, box.center() + QPointF(px, 0), none)
        seen.append((value_at(window.store.state.document, place), pixels(window.canvas)))
    mouse(QEvent.Type.MouseButtonRelease, box.center() + QPointF(30, 0), left)
    values = [value for value, _ in seen]
    assert values == sorted(set(values))
    assert seen[0][1] != seen[1][1] != seen[2][1]
    assert len(window.store.state.undo) == 1
