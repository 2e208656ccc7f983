"""From a lesson that is written to one that can be gone through, and back."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rnnstudio.engine.limits import InputError
from rnnstudio.lessons.recording import recorded_stop
from rnnstudio.lessons.tour import stop_state, try_out
from rnnstudio.lessons.verbs import actions_of
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.files import OpenDocument
from rnnstudio.state.lesson import Lesson, Stop, Trial
from rnnstudio.state.model import Document, Session
from rnnstudio.state.store import Action
from rnnstudio.state.written_lesson import WrittenLesson, WrittenStop

#: What stands at a stop without words, since a file wants some.
NO_WORDS = "…"
#: Keys that the next stop can only be rid of by beginning from its study again.
_OF_STUDY = ("layer", "sequence", "weights")


def begins_anew(before: WrittenStop | None, stop: WrittenStop) -> bool:
    """Whether a stop has to name its study: the one before shows another, or has changed something that it has not."""
    if before is None or before.study is not stop.study:
        return True
    return any(key in before.keys and before.keys.get(key) != stop.keys.get(key) for key in _OF_STUDY)


def titled(stop: WrittenStop, k: int) -> str:
    """What stop k (from 0) is called: its title, else its number."""
    return stop.title.strip() or sentence("Stop {k}", k=k + 1)


@lru_cache(maxsize=16)
def lesson_of(written: WrittenLesson, name: str = "") -> Lesson:
    """The lesson as it is gone through; a stop without words has its number for a title.

    Raises
    ------
    InputError
        It has no stop, a stop has a key that is none, or one that its study does not allow: names stop and key.
    """
    if not written.stops:
        raise InputError("the lesson has no stop yet; Ctrl+Shift+R records the picture as one")
    stops: list[Stop] = []
    for k, stop in enumerate(written.stops):
        before = written.stops[k - 1] if k else None

        def wrong(key: str, sentence: str, k: int = k) -> InputError:
            return InputError(f"stop {k + 1}, key {key}: {sentence}")

        first: tuple[Action, ...] = (OpenDocument(stop.study),) if k and begins_anew(before, stop) else ()
        trial = Trial(stop.say, stop.done, stop.to) if stop.say else None
        actions = first + actions_of(stop.keys, wrong)
        stops.append(Stop(titled(stop, k), stop.text or NO_WORDS, actions, trial, stop.notes, stop.caption))
    made = Lesson(name, written.title, written.about, written.stops[0].study, tuple(stops), written.summary)
    for k in range(len(stops)):
        try:
            try_out(made, k)
        except InputError as error:
            raise InputError(f"stop {k + 1}: {error}") from error
    return made


def copied(lesson: Lesson) -> Document:
    """The study of a lesson, carrying a copy of it that can be changed and saved as one's own."""
    return replace(lesson.study, lesson=written_from(lesson))


def written_from(lesson: Lesson, theme: str = "light") -> WrittenLesson:
    """A lesson as data, each of whose stops holds its whole picture; it can be changed and saved as one's own."""
    known: list[Document] = [lesson.study]
    stops = []
    for k, stop in enumerate(lesson.stops):
        state = stop_state(lesson, k, Session(theme=theme))
        taken = recorded_stop(state, known, theme)
        if taken.study not in known:
            known.append(taken.study)
        trial = stop.trial or Trial("")
        stops.append(
            WrittenStop(
                taken.study, taken.keys, "" if stop.title == sentence("Stop {k}", k=k + 1) else stop.title,
                "" if stop.text == NO_WORDS else stop.text, stop.caption, stop.notes,
                trial.words, trial.sign, trial.wanted,
            )
        )  # fmt: skip
    return WrittenLesson(lesson.title, lesson.about, lesson.summary, tuple(stops))
