"""The question that a class is asked: what of the picture is hidden, where it stands, how far the asking has got."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rnnstudio.diagram.veils import Asked
from rnnstudio.state.derived import direction, trace, track
from rnnstudio.state.model import State

if TYPE_CHECKING:
    from rnnstudio.engine.program import Program
    from rnnstudio.playback.playhead import Playhead

ASKED, THINK, VOTE, DISCUSS, REVOTE, REVEAL, EXPLAIN = (
    "asked", "think", "vote", "discuss", "revote", "reveal", "explain",
)  # fmt: skip
#: The states of a question, in their order (LECTURE §1.5).
PHASES = (ASKED, THINK, VOTE, DISCUSS, REVOTE, REVEAL, EXPLAIN)
#: Those in which what is asked for may stand nowhere.
HIDDEN = frozenset(PHASES[:5])
#: Those that have a clock.
TIMED = frozenset({THINK, DISCUSS})
LETTERS = ("A", "B", "C", "D")

SIGN, VALUE, GATE, WEIGHT, WORD = "sign", "value", "gate", "weight", "word"
KINDS = (SIGN, VALUE, GATE, WEIGHT, WORD)

Tally = tuple[int, int, int, int]
NONE: Tally = (0, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked; its options and its answer are computed from the run whenever they are wanted.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    name : str
        The value of the program, the parameter; of gates the first.
    unit : int
        Which of its numbers, from 0.
    t : int
        The sample.
    program : Program
        Of the computation that is asked about; with another one the question makes no sense.
    held, target, before : Playhead
        Where the picture is held, where what is asked has been computed, where one was before the question.
    hides : frozenset of str
        What is hidden: what is asked for, and that from which it follows at once.
    phase : str
        One of `PHASES`.
    votes : tuple of Tally
        The first vote and the second.
    said : str
        Why something was not done, in one sentence; empty where nothing was refused.
    """

    kind: str
    name: str
    unit: int
    t: int
    program: Program
    held: Playhead
    target: Playhead
    before: Playhead
    hides: frozenset[str]
    phase: str = THINK
    votes: tuple[Tally, Tally] = (NONE, NONE)
    said: str = ""
    #: The same object as long as it is the same asking.
    asking: object = field(default_factory=object)

    @property
    def asked(self) -> Asked:
        """What the picture veils."""
        return Asked(self.name, self.hides, self.unit if self.kind in (SIGN, VALUE) else -1, self.t)

    @property
    def hidden(self) -> bool:
        """Whether what is asked for may stand nowhere yet."""
        return self.phase in HIDDEN

    @property
    def round(self) -> int:
        """Which of the two votes is counted: 0 until the class has talked, then 1."""
        return 0 if self.phase in (ASKED, THINK, VOTE) else 1

    @property
    def last_votes(self) -> Tally:
        """The last vote that anyone took part in."""
        return self.votes[1] if any(self.votes[1]) else self.votes[0]


def question(state: State) -> Question | None:
    """The question that is open and still makes sense with what is shown; None where there is none."""
    found = state.session.question
    if found is None or not fits(found, state):
        return None
    return found


def hidden(state: State) -> Question | None:
    """The open question, as long as its answer may stand nowhere."""
    found = question(state)
    return found if found is not None and found.hidden else None


def fits(asked: Question, state: State) -> bool:
    """Whether the computation that is shown is the one that a question is about."""
    run = trace(state).layer(state.document.network.chosen)
    there = 1 <= asked.t <= state.document.sequence.steps and run.program is asked.program
    return there and run.reversed_time == (direction(state) == "reverse") and asked.target.t == asked.t


def known_later(asked: Question, state: State) -> int:
    """Samples from the playhead to the one that is asked about, as an index counts them."""
    return asked.t - state.session.playhead.t


def on_the_way(asked: Question, state: State) -> bool:
    """Whether the step that is revealed has not yet come to its end."""
    along = track(state)
    return along.index(state.session.playhead) < along.index(asked.target) or state.session.progress < 1
