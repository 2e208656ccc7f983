"""What is this: by a click or by keys, for things of the picture and for parts of the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.meanings import MEANINGS
from rnnstudio.lessons.shelf import SHELF, stop_titles
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.training import ToggleTraining
from rnnstudio.state.actions.viewing import Select
from rnnstudio.ui.mark_places import place_of
from rnnstudio.ui.widget_meanings import meaning_of, meanings

KEYS, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(make_window):
    window = make_window(size=(1440, 900))
    window.store.dispatch(GoTo(3))
    return window


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def test_shift_f1_explains_what_is_selected(window):
    window.store.dispatch(Select(Key("s", 3)))
    press(window, KEYS.Key_F1, SHIFT)
    card = window.commands.access.asking
    assert card.isVisible() and card.answer.title == "State"
    assert card.accessibleName() == "State" and MEANINGS["s"].words in card.accessibleDescription()
    press(window, KEYS.Key_Escape)
    assert not card.isVisible() and window.canvas.hasFocus()
    assert window.store.state.session.selection == Key("s", 3)


def test_with_nothing_selected_it_is_the_cell(window):
    press(window, KEYS.Key_F1, SHIFT)
    assert window.commands.access.asking.answer.words == MEANINGS["cell"].words


def test_shift_f1_explains_the_part_that_has_the_focus(window):
    window.formula.setFocus()
    press(window, KEYS.Key_F1, SHIFT)
    assert window.commands.access.asking.answer.title == "Formula"
    press(window, KEYS.Key_Escape)
    assert window.formula.hasFocus()


def clicked(window, widget, at=None):
    window.commands.access.whats_this("click")
    place = widget.mapTo(window, at or widget.rect().center())
    QTest.mouseClick(window.commands.access.asking, Qt.MouseButton.LeftButton, pos=place)
    return window.commands.access.asking


def test_a_click_on_a_button_explains_it_and_does_not_press_it(window):
    before = window.store.state.session.playhead
    card = clicked(window, window.transport.buttons["next"])
    assert card.answer.words.startswith("One step on") and window.store.state.session.playhead == before


def test_a_click_on_a_mark_explains_it_and_does_not_select_it(window):
    at = place_of(window.store.state, window.canvas.place(), Key("x", 3)).center().toPoint()
    card = clicked(window, window.canvas, at)
    assert card.answer.words == MEANINGS["x"].words and window.store.state.session.selection is None
    assert card.rect().contains(card.card.toRect())


def test_a_click_beside_the_card_leaves(window):
    card = clicked(window, window.transport.speed)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=window.rect().center())
    assert not card.isVisible()


def test_one_reads_on_at_a_stop(window):
    window.store.dispatch(Select(Key("U", 3)))
    press(window, KEYS.Key_F1, SHIFT)
    lesson, stop = MEANINGS["U"].reading
    assert window.commands.access.asking.more.accessibleName() == f"Read on: {stop_titles(lesson)[stop - 1]}"
    press(window, KEYS.Key_Return)
    tour = window.store.state.session.tour
    assert (tour.lesson.title, tour.at) == (SHELF[lesson], stop - 1)


def test_every_part_that_takes_the_focus_is_explained(window):
    window.store.dispatch(ToggleTraining())
    window.commands.start_lesson("lstm")
    for widget in window.findChildren(object):
        policy = getattr(widget, "focusPolicy", None)
        if policy is None or not widget.isVisible() or policy() == Qt.FocusPolicy.NoFocus:
            continue
        found = meaning_of(window, widget)
        assert found is not None, widget
    for _, said in meanings(window).values():
        lesson, stop = said.reading
        assert 1 <= stop <= len(stop_titles(lesson))


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1024, 700), (1920, 1080)])
def test_the_card_is_in_the_window_wherever_the_thing_is(make_window, theme, size):
    window = make_window(size=size, theme=theme)
    window.store.dispatch(GoTo(3))
    for widget in meanings(window):
        if widget.isVisible() and widget is not window.canvas:
            card = clicked(window, widget)
            assert card.answer is not None, widget
            assert card.rect().contains(card.card.toRect()), widget
            assert card.card.toRect().adjusted(-1, -1, 1, 1).contains(card.more.geometry())
            card.uncover()
