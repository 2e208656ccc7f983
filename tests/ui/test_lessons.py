"""The lesson in the window: panel, keys, list; from the first stop to the last and out again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.app import first_state
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.options import WindowOptions
from rnnstudio.lessons.shelf import SHELF
from rnnstudio.state.actions.viewing import SetTheme, SetUnit
from rnnstudio.state.derived import moving
from rnnstudio.state.model import Session
from tests.ui.lecture import press, rest

NAME = "from-a-layer"


def at(window):
    return window.store.state.session.tour.at


def test_a_lesson_is_gone_through_by_page_down_and_back_by_page_up(make_window):
    """U8: two key presses lead to the first stop of a lesson; then the clicker's keys do."""
    window = make_window(bundled_study("echo"))
    document = window.store.state.document
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.commands.lesson_list.isVisible()
    press(window, Qt.Key.Key_1)
    assert not window.commands.lesson_list.isVisible() and window.lesson.isVisible()
    assert window.store.state.session.tour.lesson.name == NAME
    cards = window.store.state.session.tour.lesson.cards
    for k in range(1, cards):
        press(window, Qt.Key.Key_PageDown)
        rest(window)
        assert at(window) == k
        assert window.lesson.card.number == k + 1 and window.lesson.card.isVisible()
    press(window, Qt.Key.Key_PageDown)
    assert at(window) == cards - 1
    for k in reversed(range(cards - 1)):
        press(window, Qt.Key.Key_PageUp)
        rest(window)
        assert at(window) == k
    window.run_command("leave_lesson")
    assert window.store.state.document is document and window.lesson.isHidden()


def test_n_steps_in_a_lesson_and_p_steps_back(make_window):
    window = make_window(size=(1280, 720))
    window.commands.start_lesson(NAME)
    before = window.store.state.session.playhead
    press(window, Qt.Key.Key_N)
    rest(window)
    assert window.store.state.session.playhead != before and at(window) == 0
    press(window, Qt.Key.Key_P)
    assert window.store.state.session.playhead == before


def test_words_change_when_the_motion_has_ended(make_window):
    window = make_window(reduced_motion=False)
    window.commands.start_lesson(NAME)
    first = window.lesson.card.title
    press(window, Qt.Key.Key_Right)
    assert moving(window.store.state) and at(window) == 1 and window.lesson.card.title == first
    rest(window)
    assert window.lesson.card.title != first


def test_buttons_rows_and_the_last_card(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson(NAME)
    window.lesson.card.next.click()
    rest(window)
    assert at(window) == 1
    window.lesson.card.back.click()
    rest(window)
    assert at(window) == 0 and not window.lesson.card.back.isEnabled()
    window.lesson.rows[-1].click()
    rest(window)
    assert window.lesson.card.points and window.lesson.card.next.accessibleName() == "Finish"
    window.lesson.card.next.click()
    assert window.store.state.session.tour is None


def test_what_was_tried_is_marked(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson(NAME)
    window.lesson.rows[1].click()
    rest(window)
    assert not window.lesson.card.done
    window.store.dispatch(SetUnit(2))
    assert window.lesson.card.done


def test_it_folds_to_a_rail_and_never_covers_the_picture(make_window):
    window = make_window(size=(1280, 720))
    window.commands.start_lesson(NAME)
    QTest.qWait(20)
    panel, canvas = window.lesson, window.canvas
    assert panel.width() == 288 and canvas.mapTo(window, canvas.rect().topLeft()).x() >= panel.width()
    assert window.inspector.isHidden()  # it comes when it is asked for
    panel.fold.click()
    QTest.qWait(20)
    assert panel.width() == 44 and window.inspector.isVisible() and not panel.card.isVisible()
    assert len([row for row in panel.rows if row.isVisible()]) == len(panel.rows)
    window.store.dispatch(SetTheme("projector"))
    assert panel.isHidden()


def test_the_list_is_walked_by_keys_and_left_by_escape(make_window):
    window = make_window()
    window.commands.lessons()
    press(window, Qt.Key.Key_Up)
    assert window.commands.lesson_list.rows[-1].hasFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.commands.lesson_list.isHidden() and window.store.state.session.tour is None
    window.commands.lessons()
    press(window, Qt.Key.Key_Return)
    assert window.store.state.session.tour.lesson.name == next(iter(SHELF))


@pytest.mark.parametrize("name", SHELF)
def test_the_command_line_begins_with_a_lesson(name):
    state = first_state(WindowOptions(lesson=name), Session())
    assert state.session.tour.lesson.name == name and state.session.tour.at == 0


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
@pytest.mark.parametrize("name", SHELF)
def test_no_word_of_a_lesson_is_cut(make_window, name, size):
    window = make_window(size=size, reduced_motion=True)
    window.commands.start_lesson(name)
    for row in window.lesson.rows:
        row.click()
        rest(window)
        card, area = window.lesson.card, window.lesson._area
        assert card.height() >= card.height_for(card.width())
        assert card.next.isVisible() and card.next.geometry().bottom() < card.next.parentWidget().height()
        assert card.mapTo(area.viewport(), card.rect().topLeft()).y() >= 0  # it is read from its beginning
        assert card.height() <= area.viewport().height() or area.verticalScrollBar().maximum() > 0
        assert card.width() <= area.viewport().width()
