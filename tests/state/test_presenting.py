"""Freeze, tools, drawing and the plan of a lecture: actions on the session, never on the document."""

import random

import pytest

from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.lessons.ahead import next_picture
from rnnstudio.lessons.shelf import SHELF, shelf_lesson
from rnnstudio.lessons.tour import GoToStop, LeaveLesson, NextStop, StartLesson
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.presenting import (
    AddStroke,
    Blank,
    ClearDesk,
    EraseStrokes,
    Freeze,
    KeepDrawing,
    Light,
    PlanMinutes,
    Present,
    SetTool,
    ShowPresenter,
    StopPresenting,
)
from rnnstudio.state.actions.stepping import Last, StepForward, Tick
from rnnstudio.state.actions.viewing import Escape, SetView, ToggleFocus
from rnnstudio.state.derived import moving, same_but_motion
from rnnstudio.state.desk import DRAW, LASER, MOST_STROKES, PLANNED_RANGE, Stroke, private
from rnnstudio.state.lecture_time import LectureTime, clock_words
from rnnstudio.state.model import Session
from rnnstudio.state.store import Store

LINE = Stroke("picture", ((0.0, 0.0), (10.0, 5.0)))


@pytest.fixture
def store():
    return Store(opened(demonstration(), Session(view="unrolled", reduced_motion=True)))


def desk(store):
    return store.state.session.desk


@pytest.mark.parametrize("action", [StepForward(), SetView("cell"), ToggleFocus(), Last(), Present()])
def test_the_next_step_wipes_the_drawing(store, action):
    store.dispatch(AddStroke(LINE))
    assert desk(store).strokes == (LINE,)
    store.dispatch(action)
    assert desk(store).strokes == ()


def test_a_drawing_that_is_kept_stays(store):
    store.dispatch(AddStroke(LINE))
    store.dispatch(KeepDrawing())
    store.dispatch(StepForward())
    assert desk(store).strokes == (LINE,)
    store.dispatch(KeepDrawing())
    store.dispatch(StepForward())
    assert desk(store).strokes == ()


def test_a_drawing_stays_while_things_move_and_goes_when_playback_steps(store):
    store.dispatch(Light(True))
    store.dispatch(AddStroke(LINE))
    document = store.state.document
    store.dispatch(Tick(0.05))
    assert desk(store).strokes == (LINE,) and store.state.document is document


def test_strokes_are_erased_by_their_places_and_are_no_more_than_so_many(store):
    others = [Stroke("formula", ((k / 1000, 0.5),)) for k in range(MOST_STROKES + 3)]
    for stroke in others:
        store.dispatch(AddStroke(stroke))
    assert desk(store).strokes == tuple(others[3:])
    store.dispatch(EraseStrokes(frozenset({0, 2})))
    assert desk(store).strokes == (others[4], *others[6:])
    before = store.state
    store.dispatch(EraseStrokes(frozenset()))
    store.dispatch(AddStroke(Stroke("picture", ())))
    assert store.state is before


def test_escape_goes_from_the_blank_screen_to_the_drawing_to_the_cell_to_the_presentation(store):
    for action in (Present(), SetView("cell"), SetTool(DRAW), AddStroke(LINE), Blank("black")):
        store.dispatch(action)
    seen = []
    for _ in range(5):
        session = store.state.session
        cleared = session.desk == session.desk.cleared
        seen.append((session.blank, cleared, session.view == "cell", session.presenting))
        store.dispatch(Escape())
    assert seen == [
        ("black", False, True, True), ("", False, True, True), ("", True, True, True), ("", True, False, True),
        ("", True, False, False),
    ]  # fmt: skip


def test_freezing_is_for_a_room(store):
    store.dispatch(Freeze())
    assert not desk(store).frozen
    store.dispatch(Present())
    store.dispatch(Freeze())
    assert desk(store).frozen
    store.dispatch(StopPresenting())
    assert not desk(store).frozen


def test_a_tool_is_one_at_a_time_and_goes_by_its_own_key(store):
    store.dispatch(SetTool(LASER))
    store.dispatch(SetTool(DRAW))
    assert desk(store).tool == DRAW
    store.dispatch(SetTool(DRAW))
    assert desk(store).tool == ""
    store.dispatch(Light(True))
    store.dispatch(ClearDesk())
    assert not desk(store).ring


def test_what_one_has_at_hand_stays_from_stop_to_stop_and_after_the_lesson(store):
    store.dispatch(ShowPresenter(True))
    store.dispatch(PlanMinutes(15))
    store.dispatch(SetTool(LASER))
    store.dispatch(StartLesson(shelf_lesson("lstm", bundled_study)))
    for action in (NextStop(), GoToStop(5), GoToStop(0), LeaveLesson()):
        store.dispatch(action)
        assert desk(store).presenter and desk(store).planned_min == 60 and desk(store).tool == LASER
    assert not private(store.state.session)
    store.dispatch(Present())
    assert private(store.state.session)


def test_the_plan_has_bounds(store):
    store.dispatch(PlanMinutes(-1000))
    assert desk(store).planned_min == PLANNED_RANGE[0]
    store.dispatch(PlanMinutes(1000))
    assert desk(store).planned_min == PLANNED_RANGE[1]


@pytest.mark.parametrize("name", SHELF)
def test_the_next_picture_is_the_one_that_the_key_brings(name, store):
    store.dispatch(StartLesson(shelf_lesson(name, bundled_study)))
    cards = store.state.session.tour.lesson.cards
    for _ in range(cards - 1):
        state = store.state
        foretold = next_picture(state)
        assert store.state is state
        store.dispatch(NextStop())
        while moving(store.state):
            assert same_picture(next_picture(store.state), next_picture(at_rest(store.state)))
            store.dispatch(NextStop())
        assert same_picture(foretold, store.state)
    assert next_picture(store.state) is None


def at_rest(state):
    while moving(state):
        state = NextStop().apply(state)
    return state


def same_picture(one, other):
    if one is None or other is None:
        return one is other
    a, b = one.session, other.session
    return one.document is other.document and (a.view, a.playhead, a.spotlight, a.tour.at, a.selection) == (
        b.view, b.playhead, b.spotlight, b.tour.at, b.selection,
    )  # fmt: skip


def test_without_a_lesson_the_next_picture_is_the_next_step(store):
    for _ in range(6):
        foretold = next_picture(store.state)
        store.dispatch(StepForward())
        assert foretold.session.playhead == store.state.session.playhead and not moving(foretold)
    store.dispatch(Last())
    assert next_picture(store.state) is None


def test_moving_the_pointer_leaves_everything_else_as_it_is(store):
    store.dispatch(SetTool(LASER))
    state = store.state
    assert not same_but_motion(state, Light(True).apply(state))
    assert state.undo == () and state.document is state.session.saved


# ---------------------------------------------------------------- time


def test_the_lecture_of_the_picture():
    """Stop 5 of 9 in 45 minutes after 18:40: planned from 20:00 to 25:00."""
    lecture = LectureTime(100.0, 45 * 60.0, 9, 4)
    now = 100.0 + 18 * 60 + 40
    assert clock_words(lecture.elapsed_s(now)) == "18:40"
    assert clock_words(lecture.remaining_s(now)) == "26:20"
    assert clock_words(lecture.ahead_s(now)) == "1:20" and lecture.ahead_s(now) > 0
    assert not lecture.low(now)


def test_time_runs_one_way_whatever_the_stop():
    rng = random.Random(3)
    for _ in range(300):
        stops = rng.randrange(1, 30)
        lecture = LectureTime(rng.uniform(-1e5, 1e5), rng.uniform(60, 9000), stops, rng.randrange(stops))
        now = lecture.began_s + rng.uniform(0, 12000)
        ahead, later = lecture.ahead_s(now), lecture.ahead_s(now + 1)
        assert later <= ahead + 1e-6
        one = lecture.planned_s / stops
        inside = lecture.at * one <= lecture.elapsed_s(now) <= (lecture.at + 1) * one
        assert (ahead == 0) == inside
        assert lecture.elapsed_s(now) + lecture.remaining_s(now) == pytest.approx(lecture.planned_s)
        assert 0 <= lecture.share(now) <= 1


def test_five_minutes_before_the_end_time_is_short_and_a_clock_that_goes_back_is_none():
    lecture = LectureTime(0.0, 1200.0)
    assert not lecture.low(899.9) and lecture.low(900.0) and lecture.low(5000.0)
    assert lecture.elapsed_s(-50.0) == 0 and lecture.ahead_s(600.0) == 0


def test_clock_words():
    assert [clock_words(s) for s in (0, 59.9, 60, 3599, 3725, -0.4, -61)] == [
        "0:00", "0:59", "1:00", "59:59", "1:02:05", "0:00", "\N{MINUS SIGN}1:01",
    ]  # fmt: skip
