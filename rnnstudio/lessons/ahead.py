"""What the next key would show: worked out beside the state, which stays as it is."""

from __future__ import annotations

from rnnstudio.lessons.tour import NextStop
from rnnstudio.state.actions.stepping import StepForward
from rnnstudio.state.model import State


def next_picture(state: State) -> State | None:
    """The picture after the next press of → or PageDown, at rest; None where there is none.

    In a lesson that is the next stop, else the next step of the grain that is chosen.
    """
    tour = state.session.tour
    here = _at_rest(state)
    if tour is not None:
        return None if tour.at >= tour.lesson.cards - 1 else _at_rest(NextStop().apply(here))
    there = _at_rest(StepForward().apply(here))
    return None if there.session.playhead == here.session.playhead else there


def _at_rest(state: State) -> State:
    """What moves, at its end."""
    session = state.session
    at = session.playhead
    if session.tour is not None and session.tour.until is not None:
        at = session.tour.until
    return state.see(turn=None, progress=1.0, came_from=None, hold_s=0.0, playing=False, hovered=None, playhead=at)
