"""Asking the class in a window and in front of a room: keys, votes, the clock, sizes, the way out, a clicker."""

import random

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from rnnstudio.lessons.card import card_questions
from rnnstudio.lessons.shelf import SHELF
from rnnstudio.lessons.tour import GoToStop, NextStop, PreviousStop
from rnnstudio.paint.prose import set_prose
from rnnstudio.state.actions.editing import SetActivation, SetCell
from rnnstudio.state.actions.presenting import Present
from rnnstudio.state.actions.questions import Ask
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import legal
from rnnstudio.state.question import PHASES, question
from rnnstudio.state.question_words import question_sentence
from rnnstudio.ui import quiz_head
from rnnstudio.ui.card_questions import AnswerButton
from rnnstudio.ui.quiz_head import TITLE
from tests.ui.lecture import press, rest


def session(window):
    return window.store.state.session


def asked(make_window, **more):
    window = make_window(**{"reduced_motion": True, **more})
    window.store.dispatch(SetActivation("tanh"))
    rest(window)
    window.store.dispatch(GoTo(3))
    press(window, Qt.Key.Key_Q)
    return window


def buttons(window):
    return window.presentation.quiz.options.buttons


def test_q_asks_and_a_second_q_reveals(make_window):
    window = asked(make_window)
    quiz = window.presentation.quiz
    assert session(window).question.phase == "think"
    assert quiz.head.isVisible() and all(button.isVisible() for button in buttons(window))
    assert not window.inspector.isVisible()
    assert quiz.head.accessibleName() == "Which sign will the first value of s_t have?"
    press(window, Qt.Key.Key_Q)
    rest(window)
    assert session(window).question.phase == "reveal" and not any(button.isVisible() for button in buttons(window))
    assert quiz.head.accessibleDescription() == "A positive"
    press(window, Qt.Key.Key_Escape)
    assert session(window).question is None and not quiz.head.isVisible() and not quiz.options.isVisible()
    assert window.inspector.isVisible()
    assert window.middle.itemAtPosition(1, 0).widget() is window.formula


def test_the_arrows_and_a_clicker_walk_the_states(make_window):
    window = asked(make_window)
    before = session(window).playhead
    press(window, Qt.Key.Key_PageUp)
    assert session(window).question.phase == "asked"
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_PageDown)
    assert session(window).question.phase == "vote"
    buttons(window)[1].click()
    seen = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Right):
        press(window, key)
        seen.append(session(window).question.phase)
    assert tuple(seen) == PHASES[3:]
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Backspace)
    assert session(window).question.phase == "revote" and session(window).playhead == before


def test_stepping_and_playing_are_locked_and_say_so(make_window):
    window = asked(make_window)
    before = session(window).playhead
    for key in (Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_Home):
        press(window, Qt.Key.Key_PageUp)
        press(window, Qt.Key.Key_PageDown)
        press(window, key)
        assert session(window).playhead == before and not session(window).playing
        assert window.presentation.quiz.options.accessibleDescription().startswith("The class is asked: ")
    scrubber = window.transport.scrubber
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=scrubber.rect().center())
    assert session(window).playhead == before


def test_letters_are_no_votes_and_digits_count_where_the_focus_is(make_window):
    window = asked(make_window)
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_D):
        press(window, key)
        assert session(window).question.votes == ((0, 0, 0, 0), (0, 0, 0, 0))
    buttons(window)[2].setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_7)
    assert session(window).question.votes[0] == (0, 0, 17, 0) and session(window).view == "unrolled"
    press(window, Qt.Key.Key_Down)
    assert buttons(window)[3].hasFocus()
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Return)
    assert session(window).question.votes[0] == (0, 0, 17, 1)
    assert buttons(window)[3].accessibleName() == "D, needs x_t+1, 1 votes"
    QTest.mouseClick(buttons(window)[2], Qt.MouseButton.RightButton)
    QTest.mouseClick(buttons(window)[0], Qt.MouseButton.LeftButton)
    assert session(window).question.votes[0] == (1, 0, 16, 1)


def test_the_clock_runs_by_a_clock_that_never_goes_back(make_window, monkeypatch):
    time = [1000.0]
    monkeypatch.setattr(quiz_head.time, "monotonic", lambda: time[0])
    window = asked(make_window)
    head = window.presentation.quiz.head
    assert head.remaining() == 60
    time[0] += 12.3
    assert head.remaining() == 48
    press(window, Qt.Key.Key_PageDown)
    buttons(window)[0].click()
    press(window, Qt.Key.Key_PageDown)
    assert session(window).question.phase == "discuss" and head.remaining() == 120
    time[0] += 500
    assert head.remaining() == 0 and session(window).question.phase == "discuss"
    press(window, Qt.Key.Key_Escape)


def test_the_view_bar_and_the_class_said(make_window):
    window = asked(make_window)
    press(window, Qt.Key.Key_PageDown)
    for _ in range(3):
        buttons(window)[1].click()
    press(window, Qt.Key.Key_Q)
    rest(window)
    said = window.presentation.quiz.options.accessibleDescription()
    assert said.startswith("The class said negative. The net says 0.9") and said.endswith(": positive.")


SIZES = [(1920, 1080), (1280, 720), (1024, 768)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("presenting", [False, True])
def test_question_and_options_are_read_from_the_last_row(make_window, size, presenting):
    """52 to 60 px of 1080 lines; nothing lies over anything."""
    window = make_window(size=size, reduced_motion=True)
    if presenting:
        window.store.dispatch(Present())
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*size)
    unit = size[1] / 1080
    for cell, view in (("simple", "unrolled"), ("lstm", "cell"), ("gru", "unrolled"), ("gru", "layer"),
                       ("simple", "network"), ("simple", "condensed"), ("simple", "samples")):  # fmt: skip
        window.store.dispatch(SetCell(cell))
        window.store.dispatch(SetView(view))
        window.store.dispatch(GoTo(3))
        rest(window)
        window.store.dispatch(Ask())
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
        assert window.width() == size[0] and window.height() == size[1]
        state, quiz = window.store.state, window.presentation.quiz
        px = TITLE * unit
        words = question_sentence(state, session(window).question)
        assert set_prose(words, px, quiz.head._room(state, session(window).question), 650).height <= quiz.head.height()
        assert 52 <= round(px / unit) <= 60
        for button in buttons(window):
            if button.height() >= 112 * unit:  # a small window with all its bars has less for an option than a room
                assert button.words_px() >= 51.5 * unit, (view, button.words, button.words_px() / unit)
            assert button.words_px() >= 26 * unit
        there = [quiz.head, window.canvas, window.formula, *buttons(window)]
        boxes = [widget.rect().translated(widget.mapTo(window, widget.rect().topLeft())) for widget in there]
        for k, box in enumerate(boxes):
            assert window.rect().contains(box), (view, there[k])
            assert not any(box.intersects(other) for other in boxes[k + 1 :]), (view, there[k])
        press(window, Qt.Key.Key_Escape)


def test_500_random_presses_of_a_remote_with_questions(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson("what-r-is")
    keys = [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Period, Qt.Key.Key_F5, Qt.Key.Key_Escape, Qt.Key.Key_Q]
    chance = random.Random(66)
    asked_often = 0
    for _ in range(500):
        press(window, chance.choice(keys))
        if chance.random() < 0.4:
            rest(window)
        state = window.store.state
        head, found = state.session.playhead, question(state)
        assert window.isVisible() and state.session.tour is not None
        assert legal(head, state.document) == head
        if found is not None and found.hidden:
            asked_often += 1
            assert head == found.held and not state.session.playing
        assert state.session.question is found
    assert asked_often > 50


def test_a_question_of_a_lesson_is_asked_whichever_way_one_comes(make_window):
    window = make_window(reduced_motion=True)
    found = 0
    for name in SHELF:
        window.commands.start_lesson(name)
        stops = session(window).tour.lesson.stops
        pictures = {}
        for at in range(len(stops)):
            window.store.dispatch(GoToStop(at))
            pictures[at] = _picture(window)
        for way in (PreviousStop(), NextStop()):
            for _ in stops[1:]:
                window.store.dispatch(way)
                rest(window)
                assert _picture(window) == pictures[session(window).tour.at]
        found += sum(picture[-1] is not None for picture in pictures.values())
    assert found >= 2


def _picture(window):
    now, here = question(window.store.state), session(window)
    return here.view, here.playhead, here.selection, now and (now.kind, now.name, now.unit, now.t, now.phase)


def test_a_stop_with_a_question_by_a_clicker(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson("what-r-is")
    tour = session(window).tour
    while session(window).question is None:
        press(window, Qt.Key.Key_PageDown)
        rest(window)
    at = session(window).tour.at
    assert session(window).question.phase == "asked" and tour is not None
    seen = []
    while session(window).tour.at == at:
        seen.append(session(window).question.phase)
        press(window, Qt.Key.Key_PageDown)
        rest(window)
    assert seen == ["asked", "think", "vote", "reveal", "explain"] and session(window).question is None
    press(window, Qt.Key.Key_PageUp)
    rest(window)
    assert session(window).question.phase == "asked"
    press(window, Qt.Key.Key_PageUp)
    assert session(window).tour.at == at - 1 and session(window).question is None


@pytest.mark.parametrize("presenting", [False, True])
def test_the_questions_of_the_last_card_by_mouse_and_by_keyboard(make_window, presenting):
    window = make_window(size=(1920, 1080), reduced_motion=True)
    window.commands.start_lesson("lstm")
    window.store.dispatch(GoToStop(99))
    rest(window)
    if presenting:
        press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        rest(window)
    there = [one for one in window.findChildren(AnswerButton) if one.isVisible()]
    assert len(there) == 12 and len({(one.number, one.option) for one in there}) == 12
    right = [asked.options.right for asked in card_questions(window.store.state)]
    QTest.mouseClick(there[right[0]], Qt.MouseButton.LeftButton)
    there[4].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range((right[1] + 1) % 4):
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    said = [one.accessibleName() for one in there]
    assert said[right[0]].startswith("Question 1, ") and said[right[0]].endswith(", right")
    assert said[4 + right[1]].endswith(", right") and said[4 + (right[1] + 1) % 4].endswith(", wrong")
    assert sum(name.endswith((", right", ", wrong")) for name in said) == 3
