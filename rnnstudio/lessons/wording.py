"""The words of a lesson that is being written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from rnnstudio.lessons.authoring import replaced_stop, with_lesson
from rnnstudio.sentence import sentence
from rnnstudio.state.model import State
from rnnstudio.state.written_lesson import WORDS


@dataclass(frozen=True)
class SetStopWords:
    """What is written at a stop (from 0), under one of the names of `WORDS`; a row of such changes is one."""

    at: int
    field: str
    words: str

    def apply(self, state: State) -> State:
        """See the class."""
        lesson = state.document.lesson
        if lesson is None or not 0 <= self.at < len(lesson.stops) or self.field not in WORDS:
            return state
        stop = lesson.stops[self.at]
        if getattr(stop, self.field) == self.words:
            return state
        changed = replace(stop, **{self.field: self.words})  # type: ignore[arg-type]
        name = sentence("Write the {get} of stop {at}", get=_NAMES.get(self.field, self.field), at=self.at + 1)
        return with_lesson(state, name, replaced_stop(lesson, self.at, changed), joined=True)


_NAMES = {"say": "trial", "done": "sign of the trial", "to": "end of the trial"}


@dataclass(frozen=True)
class SetLessonWords:
    """The lesson's title, what it is about, or its summary, a point a line."""

    field: str
    words: str

    def apply(self, state: State) -> State:
        """See the class."""
        lesson = state.document.lesson
        if lesson is None:
            return state
        points = tuple(line.strip() for line in self.words.split("\n") if line.strip())
        value: Any = points if self.field == "summary" else self.words
        if getattr(lesson, self.field) == value:
            return state
        changed = replace(lesson, **{self.field: value})
        return with_lesson(state, sentence("Write the {field} of the lesson", field=self.field), changed, joined=True)
