"""While the class is asked: whatever would give the answer away is not done, and says so in one sentence."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.questions import recounted
from rnnstudio.state.derived import direction
from rnnstudio.state.model import State
from rnnstudio.state.question import Question, fits
from rnnstudio.state.question_options import options

STEPPED = sentence(
    "The class is asked: a step would give the answer away. Q reveals it, Esc leaves the question."
)
OTHER = sentence(
    "The class is asked: the other computation would give the answer away. Q reveals it, Esc leaves the question."
)
TRAINED = sentence(
    "The class is asked: training waits until the answer is out. Q reveals it, Esc leaves the question."
)


def kept_hidden(old: State, new: State) -> State:
    """What an action has made of a state with a question, with the answer still hidden.

    A step, a jump, playback, a turn to the other computation and training are refused. A change of the numbers is
    not: options and answer are those of the new ones, and votes for others are counted again. A change after which
    the question makes no sense any more closes it.
    """
    before, after = old.session.question, new.session.question
    if before is None or after is None or after.asking is not before.asking or new is old:
        return new
    if not fits(after, new):
        if new.document is old.document and before.hidden:
            return _refused(old, before, OTHER)
        return new.see(question=None)
    if not (before.hidden and after.hidden):
        return new
    reason = _reason(old, new)
    if reason and new.document is old.document:
        return _refused(old, before, reason)
    if new.session.playhead != after.held:
        return new.see(question=None)
    if any(map(any, after.votes)) and options(old, before).texts != options(new, after).texts:
        return new.see(question=recounted(after))
    return new


def _reason(old: State, new: State) -> str:
    """Why a change would give the answer away; empty where it does not."""
    here, there = old.session, new.session
    if (here.view in LAYER_VIEWS) != (there.view in LAYER_VIEWS) or direction(old) != direction(new):
        return OTHER
    if there.run is not here.run:
        return TRAINED
    stepped = there.playhead != here.playhead or there.playing or there.progress < 1
    return STEPPED if stepped else ""


def _refused(old: State, asked: Question, sentence: str) -> State:
    return old if asked.said == sentence else old.see(question=replace(asked, said=sentence))
