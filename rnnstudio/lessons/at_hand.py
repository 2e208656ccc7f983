"""Where one is in a lesson that is being written; known without what writes it, which no start needs."""

from __future__ import annotations

from rnnstudio.state.model import State


def stop_at_hand(state: State) -> int:
    """The stop that is being written, from 0."""
    lesson, authoring = state.document.lesson, state.session.authoring
    count = 0 if lesson is None else len(lesson.stops)
    return max(0, min(0 if authoring is None else authoring.stop, count - 1))


def has_stop(state: State) -> bool:
    """Whether a lesson is being written that has a stop."""
    return state.session.authoring is not None and bool(state.document.lesson and state.document.lesson.stops)


def tours_own(state: State) -> bool:
    """Whether the lesson that is gone through is the one that the open study carries."""
    tour = state.session.tour
    return tour is not None and tour.before.document.lesson is not None and tour.own
