"""Whether what a stop asks one to try has been done: the state against that in which the stop began."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rnnstudio.lessons.tour import stop_state
from rnnstudio.state.lesson import Trial
from rnnstudio.state.model import State
from rnnstudio.state.what_if import TOGGLES, on, what_if_of


def _toggles(state: State) -> str:
    return " ".join(toggle for toggle in TOGGLES if on(what_if_of(state), toggle))


def _cell(state: State) -> str:
    return state.document.network.layers[state.document.network.chosen].cell.name


def _changed(state: State) -> bool:
    tour = state.session.tour
    return tour is not None and state.document is not tour.began


#: What each sign is read from; a value counts as changed when the document is not the one that the stop began with.
_READ: Mapping[str, Callable[[State], object]] = MappingProxyType({
    "view": lambda state: state.session.view,
    "step": lambda state: (state.session.playhead.t, state.session.playhead.phase),
    "unit": lambda state: state.session.unit + 1,
    "value": _changed,
    "what_if": _toggles,
    "cell": _cell,
    "selection": lambda state: "" if state.session.selection is None else state.session.selection.what,
    "focus": lambda state: state.session.focus,
})  # fmt: skip
SIGNS = tuple(_READ)


def tried(state: State) -> bool:
    """Whether the trial of the stop that is shown has been done; False where there is none."""
    tour = state.session.tour
    if tour is None or tour.at >= len(tour.lesson.stops):
        return False
    trial = tour.lesson.stops[tour.at].trial
    return trial is not None and bool(trial.sign) and _done(state, trial)


def _done(state: State, trial: Trial) -> bool:
    tour = state.session.tour
    assert tour is not None
    read = _READ[trial.sign]
    now, then = read(state), read(stop_state(tour.lesson, tour.at, state.session))
    return now != then and (not trial.wanted or str(now) == trial.wanted or trial.wanted in str(now).split())
