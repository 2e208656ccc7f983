"""Preferences: in force at once, by the keyboard alone, remembered, and put back as they were delivered."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from rnnstudio.state.actions.editing import SetBias
from rnnstudio.state.actions.preferences import TEXT_SIZES, ChangeTextSize, RestorePreferences, SetTextSize
from rnnstudio.state.model import INSTANT, Session
from rnnstudio.ui.measures import measures
from rnnstudio.ui.preferences import PREFERENCES
from rnnstudio.ui.settings import Remembered, read_settings
from rnnstudio.ui.windows import Windows

KEY = Qt.Key


@pytest.fixture
def window(make_window):
    return make_window(size=(1920, 1080))


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def opened(window):
    press(window, KEY.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    panel = window.commands.preferences_panel
    assert panel.isVisible()
    return panel


def test_everything_is_chosen_by_keys_alone_and_is_in_force_at_once(window):
    before = window.focusWidget()
    panel = opened(window)
    session = window.store.state.session
    assert panel.rows["Theme"].choices["light"].hasFocus()
    press(window, KEY.Key_Right)
    assert (window.store.state.session.theme, window.theme.name) == ("dark", "dark")
    assert panel.rows["Theme"].choices["dark"].hasFocus()
    for _ in range(2):
        press(window, KEY.Key_Down)
        press(window, KEY.Key_Right)
    press(window, KEY.Key_Tab)
    press(window, KEY.Key_Left)
    press(window, KEY.Key_Down)
    press(window, KEY.Key_Left)
    press(window, KEY.Key_Down)
    press(window, KEY.Key_Right)
    session = window.store.state.session
    assert (session.text_size, session.decimals, session.speed) == (1.15, 3, 0.5)
    assert (session.reduced_motion, session.autosave) == (True, False)
    found = read_settings()
    assert found.note == ""
    assert (found.theme, found.text_size, found.decimals, found.speed) == ("dark", 1.15, 3, 0.5)
    assert (found.reduced_motion, found.autosave) == (True, False)
    press(window, KEY.Key_Escape)
    assert not panel.isVisible() and window.focusWidget() is before


def test_tab_goes_through_every_row_and_stays_in_the_panel(window):
    panel = opened(window)
    seen = []
    for _ in range(2 * (len(PREFERENCES) + 2)):
        focused = window.focusWidget()
        assert panel.isAncestorOf(focused)
        seen.append(focused.accessibleName())
        press(window, KEY.Key_Tab)
    assert seen[: len(seen) // 2] == seen[len(seen) // 2 :]
    assert seen[: len(PREFERENCES)] == ["Light", "100 %", "2", "1×", "Off", "On", "English", "This tutorial"]
    assert seen[len(PREFERENCES) : len(PREFERENCES) + 2] == ["Restore defaults", "Close"]
    press(window, KEY.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget().accessibleName() == "Close"


def test_no_key_of_the_window_works_behind_the_panel(window):
    opened(window)
    for key in (KEY.Key_2, KEY.Key_Space, KEY.Key_N, KEY.Key_T):
        press(window, key)
    session = window.store.state.session
    assert (session.view, session.playing, session.training) == ("unrolled", False, False)


def test_every_control_has_a_name_and_shows_its_focus(window):
    panel = opened(window)
    for name, row in panel.rows.items():
        assert row.accessibleName() == name and row.accessibleDescription()
    for control in panel.findChildren(QAbstractButton):
        assert control.accessibleName()
        if control.isEnabled():
            control.setFocus(Qt.FocusReason.TabFocusReason)
            with_focus = control.grab().toImage()
            panel.setFocus()
            assert control.grab().toImage() != with_focus, control.accessibleName()


def test_restore_defaults(window):
    panel = opened(window)
    for row, option in (("Theme", "projector"), ("Decimals", "4"), ("Speed", str(INSTANT)), ("Reduced motion", "true")):
        panel.rows[row].choices[option].click()
    assert window.store.state.session.speed == INSTANT and read_settings().speed == INSTANT
    panel.restore.click()
    as_delivered, session = Remembered(), window.store.state.session
    for name in ("theme", "decimals", "speed", "reduced_motion", "text_size", "autosave"):
        assert getattr(session, name) == getattr(as_delivered, name) == getattr(read_settings(), name)
    assert all(panel.rows[one.name].choices[one.at(session)].isChecked() for one in PREFERENCES)


def test_in_front_of_a_room_the_text_size_says_why_it_is_not_chosen(make_window):
    window = make_window(size=(1280, 720), theme="projector")
    panel = opened(window)
    choices = panel.rows["Text size"].choices.values()
    assert not any(choice.isEnabled() for choice in choices)
    assert all("as large as there is room for" in choice.toolTip() for choice in choices)
    assert panel.rows["Theme"].choices["projector"].hasFocus()


def test_a_click_beside_closes_and_playback_pauses(window):
    window.run_command("play")
    panel = opened(window)
    assert not window.store.state.session.playing
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=panel._box()[0].topLeft().toPoint() + QPoint(30, 30))
    assert panel.isVisible()
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not panel.isVisible()


def test_the_panel_lies_within_the_window_in_every_size(make_window):
    for size in ((1920, 1080), (1280, 720), (1024, 700)):
        window = make_window(size=size, text_size=1.5)
        panel = opened(window)
        window.resize(size[0] + 40, size[1] + 20)
        for control in panel.findChildren(QAbstractButton):
            place = control.mapTo(panel, control.rect().topLeft()), control.mapTo(panel, control.rect().bottomRight())
            assert all(panel.rect().contains(point) for point in place)
        assert panel.size() == window.size()
        window.close()


def test_text_size_by_keys(window):
    control = Qt.KeyboardModifier.ControlModifier
    small, font = window.sizes, window.menuBar().font().pixelSize()
    press(window, KEY.Key_Plus, control)
    press(window, KEY.Key_Plus, control)
    assert window.store.state.session.text_size == window.sizes.text == 1.3
    assert window.sizes.formula == pytest.approx(1.3 * small.formula)
    assert window.view_bar.height() == round(1.3 * small.view_bar)
    assert window.menuBar().fontMetrics().height() > 1.2 * font
    press(window, KEY.Key_Minus, control)
    assert window.sizes.text == 1.15
    press(window, KEY.Key_0, control)
    assert window.sizes == small


def test_text_sizes_have_ends():
    from rnnstudio.files.demonstration import demonstration
    from rnnstudio.state.actions.files import opened as opened_state

    state = opened_state(demonstration())
    for by, end in ((1, TEXT_SIZES[-1]), (-1, TEXT_SIZES[0])):
        for _ in range(9):
            state = ChangeTextSize(by).apply(state)
        assert state.session.text_size == end
    assert SetTextSize(1.2).apply(state).session.text_size == 1.15
    fresh = RestorePreferences().apply(state).session
    assert (fresh.text_size, fresh.theme, fresh.autosave) == (1.0, Session().theme, True)


@pytest.mark.parametrize("size", [(1920, 1080), (1440, 900), (1280, 720), (1024, 700)])
def test_large_text_leaves_the_picture_half_of_the_window(size):
    form = measures(*size, False, 1.5)
    assert form.text > 1.1
    assert size[1] - form.menu - form.view_bar - form.formula - form.transport >= 0.5 * size[1]
    assert form.inspector <= 0.37 * size[0]
    assert measures(*size, True, 1.5) == measures(*size, True, 1.0)


def test_unsaved_work_is_kept_only_where_it_is_wanted(make_window):
    window = make_window(autosave=False)
    autosave = window.documents.autosave
    window.store.dispatch(SetBias(not window.store.state.document.network.layers[1].bias))
    assert not autosave.waiting.isActive()
    autosave.keep()
    assert autosave.slot is None
    panel = opened(window)
    panel.rows["Keep unsaved work"].choices["true"].click()
    assert autosave.waiting.isActive()
    autosave.keep()
    autosave.settle()
    assert autosave.slot is not None and autosave.slot.place.exists()
    window.store.dispatch(SetBias(not window.store.state.document.network.layers[1].bias))
    panel.rows["Keep unsaved work"].choices["false"].click()
    assert not autosave.waiting.isActive()
    assert autosave.slot.place.exists(), "what is kept already stays until it is saved or discarded"


def test_other_windows_follow(make_window):
    one, other = make_window(), make_window()
    windows = Windows()
    windows.add(one)
    windows.add(other)
    one.run_command("preferences")
    panel = one.commands.preferences_panel
    panel.rows["Theme"].choices["dark"].click()
    panel.rows["Decimals"].choices["4"].click()
    assert (other.theme.name, other.store.state.session.decimals) == ("dark", 4)
