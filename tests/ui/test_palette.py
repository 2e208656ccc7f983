"""The list of all commands: found by letters, walked and done by keys alone, silent about what is not known yet."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.lessons.shelf import SHELF, stop_titles
from rnnstudio.state.actions.stepping import GoTo, TogglePlay
from rnnstudio.ui.commands import COMMANDS
from rnnstudio.ui.palette_entries import GIVEN, LESSONS, PICTURE, entries
from rnnstudio.ui.reasons import why_not

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window):
    window = make_window(size=(1440, 900))
    window.store.dispatch(GoTo(3, 2))
    return window


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def looked_for(window, letters):
    if window.commands.access.palette_list.isHidden():
        press(window, KEY.Key_K, CTRL)
    panel = window.commands.access.palette_list
    panel.letters.selectAll()
    QTest.keyClicks(window.focusWidget(), letters)
    return panel


def test_it_opens_by_both_keys_and_esc_gives_the_focus_back(window):
    window.formula.setFocus()
    press(window, KEY.Key_K, CTRL)
    panel = window.commands.access.palette_list
    assert panel.isVisible() and panel.letters.hasFocus() and panel.listed
    press(window, KEY.Key_Escape)
    assert not panel.isVisible() and window.formula.hasFocus()
    press(window, KEY.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert panel.isVisible()
    press(window, KEY.Key_K, CTRL)
    assert not panel.isVisible()


def test_playback_pauses_and_letters_are_no_keys_of_the_window(window):
    window.store.dispatch(TogglePlay())
    panel = looked_for(window, "5 n")
    assert not window.store.state.session.playing
    assert panel.letters.text() == "5 n"
    assert window.store.state.session.playhead.t == 3


def test_every_command_is_there_with_its_key_and_what_is_off_says_why(window):
    state = window.store.state
    rows = [entry for entry in entries(state) if entry.group == GIVEN]
    listed = [row for row in COMMANDS if row.visible(state) and row.id != "palette"]
    assert len(rows) == len(listed) - len(SHELF)
    undo = next(row for row in rows if row.name == "Undo")
    assert undo.keys == ("Ctrl+Z",) and undo.off == "Nothing has been changed"
    for command in listed:
        assert (why_not(command, state) == "") == command.enabled(state)
        assert why_not(command, state) != "Not possible now", command.id


def test_a_command_is_done_by_letters_and_enter(window):
    looked_for(window, "comp")
    press(window, KEY.Key_Return)
    assert window.store.state.session.view == "compact" and not window.commands.access.palette_list.isVisible()
    looked_for(window, "dark")
    press(window, KEY.Key_Return)
    assert window.store.state.session.theme == "dark"


def test_what_is_off_is_grey_and_does_nothing(window):
    panel = looked_for(window, "redo")
    assert panel.chosen.name == "Redo" and panel.chosen.off == "Nothing has been undone"
    before = window.store.state
    press(window, KEY.Key_Return)
    assert panel.isVisible() and window.store.state is before


def test_a_thing_of_the_picture_is_selected(window):
    panel = looked_for(window, "input")
    assert panel.listed[0].group == PICTURE and panel.listed[0].said.key.t == 3
    press(window, KEY.Key_Return)
    selected = window.store.state.session.selection
    assert (selected.what, selected.t) == ("x", 3)


def test_what_is_not_computed_yet_is_not_told(window):
    for entry in entries(window.store.state):
        if entry.said is not None and entry.said.values is None:
            assert "not computed yet" in entry.spoken and set(entry.said.texts) <= {"?"}
    told = [entry.said for entry in entries(window.store.state) if entry.said is not None]
    assert any(said.values is None for said in told) and any(said.values is not None for said in told)


@pytest.mark.parametrize("letters", ["t 5", "step 5", "5", "T=5", "go to 5"])
def test_a_sample_is_gone_to_by_its_number(window, letters):
    panel = looked_for(window, letters)
    assert panel.chosen.name == "Go to t = 5"
    press(window, KEY.Key_Return)
    assert window.store.state.session.playhead.t == 5


def test_a_sample_that_there_is_not_says_which_there_are(window):
    panel = looked_for(window, "t 99")
    assert panel.listed[0].off == "There are the samples 0 to 8"


def test_a_lesson_and_one_of_its_stops_are_gone_to(window):
    panel = looked_for(window, "lstm")
    assert any(row.group == LESSONS and row.name == SHELF["lstm"] for row in panel.listed)
    at = 2
    looked_for(window, f"stop {at + 1} lstm {stop_titles('lstm')[at]}")
    press(window, KEY.Key_Tab)
    while panel.chosen.group != LESSONS:
        press(window, KEY.Key_Tab)
        press(window, KEY.Key_Up)
        press(window, KEY.Key_Tab)
    press(window, KEY.Key_Return)
    tour = window.store.state.session.tour
    assert (tour.lesson.name, tour.at) == ("lstm", at)


def test_tab_keeps_to_one_group_and_gives_all_back(window):
    panel = looked_for(window, "sta")
    assert len({row.group for row in panel.listed}) > 1
    press(window, KEY.Key_Tab)
    assert {row.group for row in panel.listed} == {PICTURE} and panel.letters.hasFocus()
    press(window, KEY.Key_Tab)
    assert len({row.group for row in panel.listed}) > 1


def test_arrows_go_round_and_pages_stop_at_the_ends(window):
    panel = looked_for(window, "view")
    first = panel.chosen
    assert first is panel.listed[0]
    press(window, KEY.Key_Up)
    assert panel.chosen is panel.listed[-1]
    press(window, KEY.Key_Down)
    assert panel.chosen is first
    for _ in range(20):
        press(window, KEY.Key_PageDown)
    assert panel.chosen is panel.listed[-1]


def test_who_listens_hears_the_row(window):
    panel = looked_for(window, "comp")
    assert panel.letters.accessibleDescription() == panel.chosen.spoken
    assert panel.chosen.spoken == "Compact, view, 6"
    assert all(panel.rows.item(row).text() for row in range(panel.rows.count()))


def test_nothing_found_says_so_and_enter_does_nothing(window):
    panel = looked_for(window, "qqqq")
    assert panel.listed == () and panel.chosen is None
    press(window, KEY.Key_Return)
    assert panel.isVisible()


def test_it_covers_the_presentation_too(window):
    press(window, KEY.Key_F5)
    looked_for(window, "laye")
    press(window, KEY.Key_Return)
    assert window.store.state.session.view == "layer" and window.store.state.session.presenting


@pytest.mark.parametrize("size", [(1024, 700), (1920, 1080)])
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_it_stays_in_the_window(make_window, size, theme):
    window = make_window(size=size, theme=theme)
    window.commands.access.palette()
    panel = window.commands.access.palette_list
    assert panel.rect().contains(panel.box.toRect())
    assert panel.box.toRect().adjusted(-1, -1, 1, 1).contains(panel.rows.geometry())
    looked = [panel.rows.visualItemRect(panel.rows.item(row)) for row in range(panel.rows.count())]
    assert all(below.top() >= above.bottom() for above, below in pairwise(looked))
