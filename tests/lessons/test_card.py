"""The three questions at the end of each lesson: about three things, answered by the run as it is now."""

import numpy as np
import pytest

from rnnstudio.engine.trace import run
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.lessons.card import AnswerCard, card_questions
from rnnstudio.lessons.shelf import SHELF, shelf_lesson
from rnnstudio.lessons.tour import GoToStop, StartLesson
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import Last
from rnnstudio.state.actions.values import SetValue
from rnnstudio.state.places import Place, X
from rnnstudio.state.store import Store


def at_the_end(name):
    store = Store(opened(demonstration()))
    store.dispatch(StartLesson(shelf_lesson(name, bundled_study), 99))
    return store


@pytest.mark.parametrize("name", SHELF)
def test_each_lesson_ends_with_three_different_questions(name):
    store = at_the_end(name)
    found = card_questions(store.state)
    assert len(found) == 3 and len({(asked.words, asked.options) for asked in found}) == 3
    for asked in found:
        assert len(set(asked.options.texts)) == 4 and asked.chosen == -1 and asked.words.endswith("?")
    store.dispatch(GoToStop(0))
    assert card_questions(store.state) == ()


def test_the_answer_is_that_of_the_numbers_as_they_are_now():
    store = at_the_end("lstm")
    t = store.state.session.playhead.t
    before = card_questions(store.state)[0].options
    for value in (5.0, -5.0):
        store.dispatch(SetValue(Place(X, "x", (t, 0), 0), value))
        document = store.state.document
        series = run(document.network, document.sequence.x).layer(1).value("s", t + 1)
        found = card_questions(store.state)[0].options
        assert found.value in series and found.right == (0 if found.value > 0 else 1)
    assert found.value != before.value


def test_an_answer_stays_until_the_lesson_is_left():
    store = at_the_end("gru")
    store.dispatch(AnswerCard(1, 2))
    assert [asked.chosen for asked in card_questions(store.state)] == [-1, 2, -1]
    store.dispatch(AnswerCard(3, 0))
    store.dispatch(AnswerCard(0, 4))
    store.dispatch(Last())
    assert [asked.chosen for asked in card_questions(store.state)] == [-1, 2, -1]
    store.dispatch(GoToStop(0))
    store.dispatch(GoToStop(99))
    assert [asked.chosen for asked in card_questions(store.state)] == [-1, 2, -1]
    store.dispatch(StartLesson(store.state.session.tour.lesson, 99))
    assert [asked.chosen for asked in card_questions(store.state)] == [-1, -1, -1]


def test_another_cell_asks_of_that():
    store = at_the_end("lstm")
    store.dispatch(SetCell("simple"))
    found = card_questions(store.state)
    assert len(found) == 3 and not any("gate" in asked.words for asked in found)
    assert all(asked.options.value is None or np.isfinite(asked.options.value) for asked in found)
