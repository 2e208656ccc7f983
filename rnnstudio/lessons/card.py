"""The three questions at the end of a lesson: asked of the sample that comes next, answered by the run as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.lessons.tour import stop_state
from rnnstudio.state.actions.questions import Ask
from rnnstudio.state.derived import legal, trace, track
from rnnstudio.state.lesson import CARD_QUESTIONS, Tour
from rnnstudio.state.model import Document, State
from rnnstudio.state.question import GATE, SIGN, VALUE, WEIGHT, WORD, Question
from rnnstudio.state.question_options import Options, options
from rnnstudio.state.question_values import right_value
from rnnstudio.state.question_words import question_sentence
from rnnstudio.state.text_study import says_next_word


@dataclass(frozen=True)
class CardQuestion:
    """One of them: its sentence as markup, its options with the right one, the option that was chosen (−1: none)."""

    words: str
    options: Options
    chosen: int = -1


def card_questions(state: State) -> tuple[CardQuestion, ...]:
    """The questions of the last card; none before it.

    They are asked of the view and the sample of the lesson's last stop, with the numbers that the study has now.
    """
    tour = state.session.tour
    if tour is None or tour.at < len(tour.lesson.stops):
        return ()
    base = _base(stop_state(tour.lesson, tour.at, state.session), state.document)
    base = base.see(decimals=state.session.decimals, notation=state.session.notation)
    found = []
    for asked, chosen in zip(_asked(base), tour.answers, strict=False):
        there = base.see(question=asked)
        found.append(CardQuestion(question_sentence(there, asked), options(there, asked), chosen))
    return tuple(found)


@lru_cache(maxsize=4)
def _base(stop: State, document: Document) -> State:
    """The picture of the last stop with the study as it is now; one sample before the end where that was its end."""
    state = replace(stop, document=document).see(selection=None, question=None, turn=None)
    head = legal(state.session.playhead, document, shown=state.session.direction)
    along = track(state)
    if along.order(head.t) >= along.steps:
        head = along.at(along.sample(max(along.steps - 1, 0)))
    view = "unrolled" if says_next_word(document, "unrolled") else state.session.view  # there it says a word
    return state.see(playhead=head, view=view)


@lru_cache(maxsize=4)
def _asked(base: State) -> tuple[Question, ...]:
    """Three questions about three different things, those first that suit the view."""
    found: list[Question] = []
    for wanted in _candidates(base):
        try:
            asked = wanted.apply(base).session.question
        except InputError:
            continue  # the picture has nothing of that kind
        if asked is not None and not any(_same(base, asked, other) for other in found):
            found.append(asked)
        if len(found) == CARD_QUESTIONS:
            break
    return tuple(found)


def _same(base: State, one: Question, other: Question) -> bool:
    """Whether two questions are about one number, under whatever name: the state and the output may be the same."""
    kinds = {one.kind, other.kind}
    if not kinds <= {SIGN, VALUE}:
        return one.kind == other.kind
    run = trace(base)
    return right_value(run, one.name, one.unit, one.t) == right_value(run, other.name, other.unit, other.t)


def _candidates(base: State) -> Iterator[Ask]:
    yield Ask()
    yield from (Ask(kind) for kind in (GATE, WEIGHT, WORD))
    run = trace(base)
    program = run.layer(run.chosen).program
    names = [*program.states, program.handed, *reversed(program.values)]
    for name in names:
        yield Ask(VALUE, name)
    for unit in range(np.asarray(run.layer(run.chosen).value(names[0], 1)).size):
        yield Ask(VALUE, names[0], unit)


@dataclass(frozen=True)
class AnswerCard:
    """Choose an option of one of the questions, from 0."""

    number: int
    option: int

    def apply(self, state: State) -> State:
        """See the class."""
        tour = state.session.tour
        if tour is None or not (0 <= self.number < CARD_QUESTIONS and 0 <= self.option < 4):
            return state
        answers = list(tour.answers)
        answers[self.number] = self.option
        return state.see(tour=_answered(tour, answers))


def _answered(tour: Tour, answers: list[int]) -> Tour:
    return replace(tour, answers=tuple(answers))
