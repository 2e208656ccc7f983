"""In front of a room: all of the screen, one line of words, a clicker's keys, blank screens, the way out."""

import random

import pytest
from PySide6.QtCore import Qt

from rnnstudio.files.demonstration import bundled_study
from rnnstudio.lessons.shelf import SHELF, shelf_lesson
from rnnstudio.lessons.words import plain
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.viewing import SetTheme
from rnnstudio.state.derived import is_wide, track
from rnnstudio.ui.caption_bar import caption
from tests.ui.lecture import press, rest


def session(window):
    return window.store.state.session


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_a_whole_lesson_by_a_clicker(make_window, theme):
    window = make_window(theme=theme, reduced_motion=True)
    window.commands.start_lesson("from-a-layer")
    press(window, Qt.Key.Key_F5)
    assert session(window).presenting and is_wide(session(window)) and window.theme.wide
    assert window.theme.name == theme
    assert window.presentation.caption.isVisible()
    for hidden in (window.view_bar, window.transport, window.inspector, window.lesson, window.menuBar(), window.modes):
        assert hidden.isHidden() or not hidden.isVisible()
    stops = session(window).tour.lesson.stops
    for at, stop in enumerate(stops):
        assert session(window).tour.at == at
        assert window.presentation.caption.accessibleDescription() == plain(stop.caption)
        press(window, Qt.Key.Key_PageDown)
        rest(window)
    press(window, Qt.Key.Key_F5)  # nothing while presenting
    assert session(window).tour.at == len(stops) and session(window).presenting
    for _ in range(6):
        press(window, Qt.Key.Key_Escape)
    assert not session(window).presenting and window.transport.isVisible() and window.isVisible()
    assert session(window).tour.at == len(stops)  # the place stays
    assert window.theme.wide == (theme == "projector")


def test_from_here_and_from_the_start(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson("lstm")
    window.lesson.rows[4].click()
    rest(window)
    press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert session(window).presenting and session(window).tour.at == 4
    press(window, Qt.Key.Key_Escape)
    while session(window).presenting:
        press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F5)
    assert session(window).tour.at == 0


def test_a_blank_screen_comes_back_without_a_step(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson("from-a-layer")
    press(window, Qt.Key.Key_F5)
    for key, colour in ((Qt.Key.Key_B, "black"), (Qt.Key.Key_W, "white"), (Qt.Key.Key_Period, "black")):
        for back in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_Escape, key):
            press(window, key)
            assert session(window).blank == colour and window.presentation.blank.isVisible()
            middle = window.grab().toImage().pixelColor(window.width() // 2, window.height() // 2)
            assert middle.name() == {"black": "#000000", "white": "#ffffff"}[colour]
            before = session(window).tour.at, session(window).playhead
            press(window, back)
            assert not session(window).blank and window.presentation.blank.isHidden()
            assert (session(window).tour.at, session(window).playhead) == before and session(window).presenting


def test_five_hundred_random_presses_of_a_remote(make_window):
    """U5: the window stays, the step is legal, and one press leads from a blank screen to the picture."""
    window = make_window(reduced_motion=True)
    window.commands.start_lesson("from-a-layer")
    keys = [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Period, Qt.Key.Key_F5, Qt.Key.Key_Escape]
    rng = random.Random(5)
    for _ in range(500):
        press(window, rng.choice(keys))
        state = window.store.state
        assert window.isVisible()
        assert 0 <= state.session.tour.at < state.session.tour.lesson.cards
        along = track(state)
        assert along.at(state.session.playhead.t).t == state.session.playhead.t
    press(window, Qt.Key.Key_Escape)
    assert not session(window).blank  # one press from what there is to see


def test_the_summary_has_the_picture_for_itself(make_window):
    window = make_window(reduced_motion=True, theme="projector")
    window.commands.start_lesson("what-it-remembers")
    last = session(window).tour.lesson.cards - 1
    window.lesson._go(last - 1)
    assert window.side.current.isVisible()
    window.lesson._go(last)
    assert window.presentation.summary.isVisible() and window.side.covers == 0
    window.lesson._go(last - 1)
    assert window.side.current.isVisible()


def test_without_a_lesson_the_line_is_that_of_the_picture(make_window):
    window = make_window(reduced_motion=True)
    press(window, Qt.Key.Key_F5)
    assert session(window).playhead == track(window.store.state).first()
    assert window.presentation.caption.accessibleDescription() == plain(caption(window.store.state))
    press(window, Qt.Key.Key_Escape)
    assert not session(window).presenting and window.inspector.isVisible()


def test_the_theme_may_change_while_one_presents(make_window):
    window = make_window(reduced_motion=True, theme="light")
    press(window, Qt.Key.Key_F5)
    window.store.dispatch(SetTheme("projector"))
    window.store.dispatch(SetTheme("dark"))
    assert session(window).presenting and window.theme.wide and window.inspector.isHidden()
    press(window, Qt.Key.Key_Escape)
    assert not window.theme.wide and window.inspector.isVisible()


@pytest.mark.parametrize("name", SHELF)
def test_captions_are_one_line_for_a_room(name):
    for stop in shelf_lesson(name, bundled_study).stops:
        assert 0 < len(plain(stop.caption)) <= 70


def test_what_was_not_saved_is_asked_about_in_a_lesson_too(make_window):
    window = make_window(bundled_study("echo"))
    window.store.dispatch(SetCell("lstm"))
    document, asked = window.store.state.document, []
    window.commands.start_lesson("words")
    window.documents.ask_leave = lambda: asked.append(window.store.state.document) or "cancel"
    assert not window.documents.may_leave()
    assert asked == [document] and window.store.state.document is document
    window.commands.start_lesson("words")
    window.documents.ask_leave = lambda: "discard"
    window.documents.open_bundled("tutorial")
    assert session(window).tour is None and window.lesson.isHidden()


def test_what_was_changed_at_a_stop_is_asked_about_where_nothing_else_is_unsaved(make_window):
    window, asked = make_window(bundled_study("echo")), []
    window.commands.start_lesson("words")
    window.documents.ask_leave = lambda: asked.append(window.store.state.document) or "cancel"
    assert window.documents.may_leave() and not asked
    window.store.dispatch(SetCell("lstm"))
    changed = window.store.state.document
    assert not window.documents.may_leave() and asked == [changed] and session(window).tour is not None
    kept = window.documents.autosave
    kept.keep()
    assert kept._kept is changed
    window.documents.ask_leave = lambda: "discard"
    press(window, Qt.Key.Key_PageDown)
    rest(window)
    assert window.documents.may_leave()


def test_work_is_kept_while_a_lesson_runs(make_window):
    window = make_window(bundled_study("echo"))
    window.store.dispatch(SetCell("lstm"))
    kept = window.documents.autosave
    assert kept.waiting.isActive()
    window.commands.start_lesson("words")
    assert kept.waiting.isActive()  # the lesson's study is as it was saved, but it is not what is kept
    kept.keep()
    assert kept._kept is session(window).tour.before.document
