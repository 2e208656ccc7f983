"""Asking the class: predict first, then let the network show it (LECTURE §1.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.diagram.versions import DELTA
from rnnstudio.engine.held_gates import gates
from rnnstudio.engine.limits import InputError
from rnnstudio.playback.playhead import Playhead, Track
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.stepping import begun, still
from rnnstudio.state.derived import trace, track, turned
from rnnstudio.state.model import State
from rnnstudio.state.picture import knowledge
from rnnstudio.state.question import (
    ASKED,
    DISCUSS,
    EXPLAIN,
    GATE,
    NONE,
    PHASES,
    REVEAL,
    REVOTE,
    SIGN,
    THINK,
    VALUE,
    VOTE,
    WEIGHT,
    WORD,
    Question,
    question,
)
from rnnstudio.state.question_subject import subject_of
from rnnstudio.state.question_values import telling

#: No class is larger.
MOST_VOTES = 999


@dataclass(frozen=True)
class Ask:
    """Hide what is asked for, and everything from which it follows at once; the picture is held before its step.

    Attributes
    ----------
    kind : str
        A kind of question; empty: one that suits what is selected, or the view.
    name : str
        The value that is asked about; empty: the one that is selected, or the next state.
    unit : int
        Which of its numbers, from 0; −1: the selected one, or the one that tells most.
    phase : str
        The state that it begins in.
    """

    kind: str = ""
    name: str = ""
    unit: int = -1
    phase: str = THINK

    def apply(self, state: State) -> State:
        """See the class."""
        if question(state) is not None:
            state = LeaveQuestion().apply(state)
        state = state.see(turn=None, progress=1.0, came_from=None, hold_s=0.0, playing=False)
        if not state.document.sequence.steps:
            raise InputError("There is no sequence to run, so there is nothing to ask about")
        if state.session.run is not None and state.session.run.live:
            raise InputError("Stop the training first: a question is about weights that stay")
        kind, name, unit, t = subject_of(state, self.kind, self.name, self.unit)
        return _opened(state, kind, name, unit, t, self.phase)


def _opened(state: State, kind: str, name: str, unit: int, t: int, phase: str) -> State:
    run, along = trace(state), track(state)
    program = run.layer(run.chosen).program
    results, hidden = {name}, telling(program, name, kind) if kind in (SIGN, VALUE) else frozenset({name})
    if kind == GATE:
        results = set(gates(program))
        hidden = frozenset().union(*(telling(program, gate, VALUE) for gate in results))
    if kind == WEIGHT:
        results, hidden = {DELTA + name}, frozenset({DELTA + name})
    if kind == WORD:
        hidden = telling(program, name, VALUE)
    target = along.at(t, 1)
    while not all(_known(state, target, one, t) for one in results) and along.forward(target).t == t:
        after = along.forward(target)
        if after == target:
            break
        target = after
    held = _held(state, along, target, hidden, t)
    asked = Question(kind, name, unit, t, program, held, target, state.session.playhead, hidden, phase)
    return state.see(playhead=held, question=asked, page=0, edit=None, hovered=None, message="", notice="")


def _held(state: State, along: Track, target: Playhead, hidden: frozenset[str], t: int) -> Playhead:
    """The last position before ``target`` at which nothing of what is hidden is known."""
    held = target
    while any(_known(state, held, name, t) for name in hidden):
        earlier = along.back(held)
        if earlier == held:
            raise InputError("This value is known from the beginning, so there is nothing to predict")
        held = earlier
    return held


def _known(state: State, head: Playhead, name: str, t: int) -> bool:
    return knowledge(state.see(playhead=head, progress=1.0, came_from=None)).known(name, t)


def _at(state: State, asked: Question, phase: str) -> State:
    """The question in another of its states."""
    if phase in (REVEAL, EXPLAIN) and asked.hidden:
        return _revealed(state, replace(asked, phase=phase, said=""))
    if phase not in (REVEAL, EXPLAIN) and not asked.hidden:
        # the step is taken back, and hidden again
        state = state.see(playhead=asked.held, came_from=None, progress=1.0, hold_s=0.0, playing=False, page=0)
    return state.see(question=replace(asked, phase=phase, said=""))


def _revealed(state: State, asked: Question) -> State:
    """The real step: with its motion, or faded in where nothing moves."""
    shown = state.see(question=asked)
    if still(state.session):
        after = shown.see(playhead=asked.target, came_from=None, progress=1.0, page=0)
        return turned(shown, after, "fade")
    return begun(shown.see(playing=True), track(shown).forward(asked.held))


@dataclass(frozen=True)
class NextPhase:
    """On to the next state of the question; after the last one the question goes."""

    def apply(self, state: State) -> State:
        """See the class."""
        asked = question(state)
        if asked is None:
            return state
        k = PHASES.index(asked.phase)
        if k + 1 == len(PHASES):
            return LeaveQuestion().apply(state)
        if asked.phase == VOTE and not any(asked.votes[0]):
            return _at(state, asked, REVEAL)  # nobody counts: there is nothing to talk over and count again
        return _at(state, asked, PHASES[k + 1])


@dataclass(frozen=True)
class PreviousPhase:
    """The state before; what was shown is hidden again."""

    def apply(self, state: State) -> State:
        """See the class."""
        asked = question(state)
        if asked is None or asked.phase == ASKED:
            return state
        if asked.phase == REVEAL and not any(asked.votes[0]):
            return _at(state, asked, VOTE)
        return _at(state, asked, PHASES[PHASES.index(asked.phase) - 1])


@dataclass(frozen=True)
class Reveal:
    """At once to the step itself."""

    def apply(self, state: State) -> State:
        """See the class."""
        asked = question(state)
        return state if asked is None or not asked.hidden else _at(state, asked, REVEAL)


@dataclass(frozen=True)
class AskOrReveal:
    """What Q does: ask; while a question is hidden, reveal; after that, ask the next one."""

    kind: str = ""

    def apply(self, state: State) -> State:
        """See the class."""
        asked = question(state)
        if asked is not None and asked.hidden:
            return Reveal().apply(state)
        return Ask(self.kind).apply(state)


@dataclass(frozen=True)
class Tally:
    """So many votes for an option, in the vote that is being counted; a vote begins it where the class still thinks."""

    option: int
    count: int

    def apply(self, state: State) -> State:
        """See the class."""
        asked = question(state)
        if asked is None or not asked.hidden or not 0 <= self.option < 4:
            return state
        begins = {ASKED: VOTE, THINK: VOTE, DISCUSS: REVOTE}.get(asked.phase, asked.phase)
        asked = replace(asked, phase=begins, said="")
        counted = list(asked.votes[asked.round])
        counted[self.option] = min(max(self.count, 0), MOST_VOTES)
        a, b, c, d = counted
        one, two = asked.votes
        votes = ((a, b, c, d), two) if asked.round == 0 else (one, (a, b, c, d))
        return state.see(question=replace(asked, votes=votes))


@dataclass(frozen=True)
class LeaveQuestion:
    """Without the question; what was hidden stays so where one was before, what was revealed stays seen."""

    def apply(self, state: State) -> State:
        """See the class."""
        asked = state.session.question
        if asked is None:
            return state
        after = state.see(question=None, playing=False)
        if question(state) is None or not asked.hidden:
            return after.see(playhead=asked.target, came_from=None, progress=1.0) if asked.phase == REVEAL else after
        return after.see(playhead=asked.before, came_from=None, progress=1.0, hold_s=0.0, page=0)


def recounted(asked: Question) -> Question:
    """The question with nothing counted: its options have become others."""
    said = sentence("The numbers have changed: the options are new, count again.")
    return replace(asked, votes=(NONE, NONE), said=said)
