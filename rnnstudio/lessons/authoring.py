"""Writing a lesson: pictures become stops, stops get words and their order. All of it is undone like any other change.

The lesson is part of the document. What its writer looks at is the document as it is; showing a stop brings its study
back where that is another one by now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rnnstudio.engine.limits import InputError
from rnnstudio.lessons.at_hand import has_stop, stop_at_hand, tours_own
from rnnstudio.lessons.recording import recorded_stop, retaken
from rnnstudio.lessons.tour import LeaveLesson, StartLesson, stop_state
from rnnstudio.lessons.written import lesson_of
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import HISTORY
from rnnstudio.state.derived import target_layout, turned
from rnnstudio.state.lesson import Lesson
from rnnstudio.state.model import Authoring, Change, Document, State
from rnnstudio.state.written_lesson import MOST_STOPS, WrittenLesson, WrittenStop, same_study

#: How one looks, as far as a stop says it.
_LOOKS = (
    "view", "playhead", "selection", "unit", "focus", "page", "zoom", "pan", "what_if", "what_if_bar", "training",
    "spotlight", "direction", "view_before_cell", "lesson_notation", "question",
)  # fmt: skip


def _looked_at(state: State, name: str, document: Document, joined: bool = False) -> State:
    """The document with another lesson in it, as a change with a name; what one looks at stays as it is."""
    if joined and state.undo and state.undo[-1].name == name and not state.redo:
        return replace(state, document=document)
    undo = (*state.undo, Change(name, state.document))[-HISTORY:]
    return replace(state, document=document, undo=undo, redo=())


def with_lesson(state: State, name: str, lesson: WrittenLesson, stop: int | None = None, joined: bool = False) -> State:
    """The state with another lesson in its document, as one change under a name, and the stop that is at hand then.

    ``joined``: with changes of the same name before it, it is one.
    """
    after = _looked_at(state, name, replace(state.document, lesson=lesson), joined)
    authoring = after.session.authoring or Authoring(theme=state.session.theme)
    at = authoring.stop if stop is None else stop
    authoring = replace(authoring, stop=max(0, min(at, len(lesson.stops) - 1)))
    return after if authoring == state.session.authoring else after.see(authoring=authoring)


def _studies(state: State) -> tuple[Document, ...]:
    """The studies that stops can name: those of the stops, the present one last."""
    lesson = state.document.lesson
    return () if lesson is None else tuple(dict.fromkeys(stop.study for stop in reversed(lesson.stops)))


@dataclass(frozen=True)
class Write:
    """Begin to write the lesson of the study, a new one where it has none; or end."""

    on: bool = True
    title: str = ""

    def apply(self, state: State) -> State:
        """See the class."""
        if not self.on:
            ended = state.see(authoring=None, spotlight=(), lesson_notation=None)
            return state if state.session.authoring is None else ended
        if state.session.tour is not None:
            return _from_tour(state)
        if state.document.lesson is None:
            title = self.title or sentence("A lesson on {name}", name=state.document.name)
            return with_lesson(state.see(lesson_folded=False), "New lesson", WrittenLesson(title), 0)
        if state.session.authoring is not None:
            return state
        return state.see(authoring=Authoring(0, state.session.theme), lesson_folded=False)


def _from_tour(state: State) -> State:
    """From going through the lesson that the open study carries to writing it, at the same stop."""
    tour = state.session.tour
    if tour is None or not tours_own(state):
        raise InputError("this lesson does not belong to the open study; leave it, or open a copy of it to write on")
    at = tour.at
    home = LeaveLesson().apply(state)
    authoring = home.session.authoring or Authoring(theme=home.session.theme)
    home = home.see(authoring=replace(authoring, stop=at), lesson_folded=False)
    return ShowStop(min(at, len(tour.lesson.stops) - 1)).apply(home)


@dataclass(frozen=True)
class RecordStop:
    """The picture as a stop, after the one at hand; the first one makes the lesson."""

    def apply(self, state: State) -> State:
        """See the class."""
        if state.session.tour is not None:
            raise InputError("a stop is recorded outside a lesson; leave this one, or edit it")
        state = Write().apply(state)
        lesson = state.document.lesson
        assert lesson is not None
        if len(lesson.stops) >= MOST_STOPS:
            raise InputError(f"a lesson has at most {MOST_STOPS} stops")
        at = stop_at_hand(state) + 1 if lesson.stops else 0
        stop = recorded_stop(_at_rest(state), _studies(state), _theme(state))
        stops = (*lesson.stops[:at], stop, *lesson.stops[at:])
        return with_lesson(state, sentence("Record stop {at}", at=at + 1), replace(lesson, stops=stops), at)


def _at_rest(state: State) -> State:
    """The picture that what moves comes to."""
    return state.see(turn=None, progress=1.0, came_from=None, playing=False)


def _theme(state: State) -> str:
    authoring = state.session.authoring
    return state.session.theme if authoring is None else authoring.theme


@dataclass(frozen=True)
class TakePicture:
    """Another picture for the stop at hand; its words stay."""

    def apply(self, state: State) -> State:
        """See the class."""
        lesson, at = state.document.lesson, stop_at_hand(state)
        if lesson is None or not has_stop(state):
            return state
        stop = retaken(lesson.stops[at], _at_rest(state), _studies(state), _theme(state))
        return with_lesson(state, sentence("Take the picture of stop {at}", at=at + 1), replaced_stop(lesson, at, stop))


def replaced_stop(lesson: WrittenLesson, at: int, stop: WrittenStop) -> WrittenLesson:
    """The lesson with another stop at a place."""
    return replace(lesson, stops=(*lesson.stops[:at], stop, *lesson.stops[at + 1 :]))


@dataclass(frozen=True)
class MoveStop:
    """A stop to another place, ``by`` places up (negative) or down; stop ``at`` (from 0), else the one at hand."""

    by: int
    at: int | None = None

    def apply(self, state: State) -> State:
        """See the class."""
        lesson, at = state.document.lesson, stop_at_hand(state) if self.at is None else self.at
        if lesson is None or not has_stop(state) or not 0 <= at < len(lesson.stops):
            return state
        to = max(0, min(at + self.by, len(lesson.stops) - 1))
        if to == at:
            return state
        left = [*lesson.stops[:at], *lesson.stops[at + 1 :]]
        stops = (*left[:to], lesson.stops[at], *left[to:])
        hand = lesson.stops[stop_at_hand(state)]
        here = next(k for k, stop in enumerate(stops) if stop is hand)
        said = sentence("Move stop {at} to {to}", at=at + 1, to=to + 1)
        return with_lesson(state, said, replace(lesson, stops=stops), here)


@dataclass(frozen=True)
class DuplicateStop:
    """The stop at hand once more, after it."""

    def apply(self, state: State) -> State:
        """See the class."""
        lesson, at = state.document.lesson, stop_at_hand(state)
        if lesson is None or not has_stop(state):
            return state
        if len(lesson.stops) >= MOST_STOPS:
            raise InputError(f"a lesson has at most {MOST_STOPS} stops")
        stops = (*lesson.stops[: at + 1], replace(lesson.stops[at]), *lesson.stops[at + 1 :])
        return with_lesson(state, sentence("Duplicate stop {at}", at=at + 1), replace(lesson, stops=stops), at + 1)


@dataclass(frozen=True)
class DeleteStop:
    """The lesson without the stop at hand."""

    def apply(self, state: State) -> State:
        """See the class."""
        lesson, at = state.document.lesson, stop_at_hand(state)
        if lesson is None or not has_stop(state):
            return state
        stops = (*lesson.stops[:at], *lesson.stops[at + 1 :])
        return with_lesson(state, sentence("Delete stop {at}", at=at + 1), replace(lesson, stops=stops), at)


@dataclass(frozen=True)
class SetStopKey:
    """One thing of the picture of the stop at hand: what is lit, or its theme; None takes it away."""

    key: str
    value: Any

    def apply(self, state: State) -> State:
        """See the class."""
        lesson, at = state.document.lesson, stop_at_hand(state)
        if lesson is None or not has_stop(state):
            return state
        keys = {key: value for key, value in lesson.stops[at].keys.items() if key != self.key}
        if self.value is not None:
            keys[self.key] = self.value
        if keys == lesson.stops[at].keys:
            return state
        changed = replaced_stop(lesson, at, replace(lesson.stops[at], keys=keys))
        name = sentence("Change the {get} of stop {at}", get=_KEY_NAMES.get(self.key, self.key), at=at + 1)
        return ShowStop(at).apply(with_lesson(state, name, changed, joined=True))


_KEY_NAMES = {"lit": "lit things"}


@lru_cache(maxsize=64)
def alone(stop: WrittenStop) -> Lesson:
    """A lesson of this stop alone: it holds its whole picture."""
    return lesson_of(WrittenLesson("", stops=(stop,)))


@dataclass(frozen=True)
class ShowStop:
    """A stop (from 0) is at hand, and its picture is shown; its study comes back where another one is open."""

    at: int

    def apply(self, state: State) -> State:
        """See the class."""
        lesson = state.document.lesson
        if lesson is None or state.session.tour is not None or not lesson.stops:
            return state
        at = max(0, min(self.at, len(lesson.stops) - 1))
        theme = _theme(state)
        target = stop_state(alone(lesson.stops[at]), 0, replace(state.session, theme=theme))
        looks = {name: getattr(target.session, name) for name in _LOOKS}
        authoring = Authoring(at, theme)
        after = state.see(**looks, theme=target.session.theme, authoring=authoring, area=None, edit=None)
        after = _at_rest(after)
        if not same_study(state.document, target.document):
            shown = replace(target.document, lesson=lesson)
            after = _looked_at(after, sentence("Show the study of stop {at}", at=at + 1), shown)
        if target_layout(state) is target_layout(after):
            return after
        same = state.session.view == after.session.view
        return turned(state, after, "interrupted" if same else "turn")


@dataclass(frozen=True)
class RunOwn:
    """Go through the lesson that the study carries, from a stop; None: from the one at hand."""

    at: int | None = None

    def apply(self, state: State) -> State:
        """See the class."""
        lesson = state.document.lesson
        if lesson is None or not lesson.stops or state.session.tour is not None:
            return state
        at = stop_at_hand(state) if self.at is None else self.at
        return StartLesson(lesson_of(lesson), at, own=True).apply(state)
