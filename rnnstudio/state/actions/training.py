"""Updates of the weights: the Training mode, runs and what a worker tells of them, their settings.

A run belongs to the session; what it has made enters the document as one change when it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Layer
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import HISTORY, Redo, Undo
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import is_wide, off_reason
from rnnstudio.state.model import Change, Document, State
from rnnstudio.state.training_data import same_data
from rnnstudio.state.training_run import Curve, Run, Told

#: The views that stay when the Training mode begins.
TRAINED_VIEWS = ("samples", "unrolled")
ONE, TRAIN, BOTH = "one", "train", "both"
_NO_TARGETS = (
    "Training needs targets, and this sequence has none: a text has its next words, an .npz file may hold targets as y."
)


def why_untrained(document: Document) -> str:
    """Why there is nothing to learn in a study; empty where there is."""
    return _NO_TARGETS if document.sequence.targets is None or not document.sequence.steps else ""


def trains_both(document: Document) -> bool:
    """Whether the chosen layer and its traditional layer can be compared: it has both, and there are targets."""
    layer = document.network.layers[document.network.chosen]
    return layer.recurrent and layer.layer_program is not None and not why_untrained(document)


def looked_at(state: State, name: str, document: Document, updates: int = 0) -> State:
    """Another document of the same shapes, with its entry in the history; the selection and the page stay."""
    undo = (*state.undo, Change(name, state.document, updates))[-HISTORY:]
    return replace(state, document=document, undo=undo, redo=())


def updates_made(state: State) -> int:
    """Updates that have made the present weights, as far as this window has seen them."""
    run = state.session.run
    if run is None:
        return 0
    return run.before + run.made if run.live else run.count(state.document.network) or 0


def shown_run(state: State) -> Run | None:
    """The run whose curve belongs to the present weights."""
    run = state.session.run
    if run is None or run.live:
        return run
    return run if _comparable(run, state.document) and run.count(state.document.network) is not None else None


def _comparable(run: Run, document: Document) -> bool:
    """Whether losses of then and now are of the same thing."""
    now, then = document.settings, run.start.settings
    return same_data(document.sequence, run.start.sequence) and (now.loss, now.at) == (then.loss, then.at)


def _name(run: Run) -> str:
    if run.kind == ONE and run.made == 1:
        return "One update"
    words = "1 update" if run.made == 1 else sentence("{made:,} updates", made=run.made)
    return (
        sentence("Train both ({words})", words=words) if run.kind == BOTH else sentence("Train ({words})", words=words)
    )


def committed(state: State, document: Document | None = None) -> State:
    """The run is over, and what it has made is in the document, as one change.

    ``document`` is the study with the run's last weights, where somebody has it already.
    """
    run = state.session.run
    if run is None or not run.live:
        return state
    if not run.made or state.document is not run.start:
        return state.see(run=replace(run, stage="done"))
    made = replace(state.document, network=run.network) if document is None else document
    known = (*run.known, (made.network.layers, run.before + run.made))
    ended = replace(run, stage="done", known=known[-HISTORY:])
    return looked_at(state.see(run=ended), _name(run), made, run.made)


@dataclass(frozen=True)
class ToggleTraining:
    """Into the Training mode: its panel; in Samples or Unrolled, else in Unrolled. Or back; a run ends with it."""

    def apply(self, state: State) -> State:
        """See the class."""
        wide = is_wide(state.session)
        if state.session.training:
            panel = False if wide else state.session.inspector
            return StopTraining().apply(state).see(training=False, inspector=panel, over=False, structure=False)
        reason = why_untrained(state.document)
        if reason:
            raise InputError(reason)
        after = state.see(training=True, inspector=True, over=True, structure=False)
        if state.session.view in TRAINED_VIEWS:
            return after
        return SetView("samples" if off_reason("unrolled", state.document) else "unrolled").apply(after)


@dataclass(frozen=True)
class Begin:
    """A run begins, under a number that no run had before; who dispatches it sets a worker to it."""

    kind: str
    number: int

    def apply(self, state: State) -> State:
        """See the class."""
        document, last = state.document, state.session.run
        reason = why_untrained(document)
        if reason:
            raise InputError(reason)
        if last is not None and last.live:
            return state
        run = Run(
            number=self.number, kind=self.kind, stage="running", start=document,
            network=document.network, known=((document.network.layers, 0),),
        )  # fmt: skip
        if self.kind == BOTH:
            return state.see(run=replace(run, rival=Curve()), message="")
        before = last.count(document.network) if last is not None and _comparable(last, document) else None
        if last is not None and before is not None:
            known = tuple(entry for entry in last.known if entry[1] <= before)
            run = replace(run, before=before, curve=last.curve.until(before), known=known)
        return state.see(run=run, message="")


@dataclass(frozen=True, eq=False)
class Hear:
    """What a worker tells of run ``number``; of a run that is over nothing is heard."""

    number: int
    told: Told

    def apply(self, state: State) -> State:
        """See the class."""
        run, told = state.session.run, self.told
        if run is None or run.number != self.number or not run.live:
            return state
        if told.refused:
            return state.see(run=replace(run, stage="done"), message=told.refused)
        first, n = run.before + run.made, len(told.losses)
        rival = run.rival
        if rival is not None:
            at = first + np.arange(len(told.rival), dtype=np.float64)
            rival = rival.extended(at, told.rival, np.full(len(told.rival), np.nan))
        heard = replace(
            run, made=run.made + n, network=told.network, fault=told.fault, rival=rival, right=told.right or run.right,
            curve=run.curve.extended(first + np.arange(n, dtype=np.float64), told.losses, told.norms),
        )  # fmt: skip
        after = state.see(run=heard)
        if not told.ended:
            return after
        after = committed(after, told.document)
        return after if told.fault is None else after.see(message=told.fault.sentence)


@dataclass(frozen=True)
class StopTraining:
    """No more updates; what is made comes into the document when the worker has stopped."""

    def apply(self, state: State) -> State:
        """See the class."""
        run = state.session.run
        if run is None or run.stage != "running":
            return state
        return state.see(run=replace(run, stage="stopping"))


@dataclass(frozen=True)
class EndTraining:
    """The run is over at once, with what it has told of so far: the study is put away."""

    def apply(self, state: State) -> State:
        """See the class."""
        return committed(state)


@dataclass(frozen=True)
class UpdateBack:
    """To the weights before the last update, or before the last run of them."""

    def apply(self, state: State) -> State:
        """See the class."""
        return Undo().apply(state) if can_update_back(state) else state


def can_update_back(state: State) -> bool:
    """Whether the last change of the document was made by updates."""
    return bool(state.undo) and state.undo[-1].updates > 0


def repeats_update(state: State) -> bool:
    """Whether the next update has been made already and was only gone back from."""
    return bool(state.redo) and state.redo[-1].updates > 0


@dataclass(frozen=True)
class UpdateAgain:
    """The update that one has gone back from, exactly as it was."""

    def apply(self, state: State) -> State:
        """See the class."""
        return Redo().apply(state) if repeats_update(state) else state


@dataclass(frozen=True)
class ForgetFault:
    """The error card is put away."""

    def apply(self, state: State) -> State:
        """See the class."""
        run = state.session.run
        if run is None or run.fault is None:
            return state
        return state.see(run=replace(run, fault=None), message="")


def first_weights(state: State) -> tuple[Layer, ...] | None:
    """The layers before the first update that this window has made; None where there was none."""
    run = shown_run(state)
    if run is None or run.live or updates_made(state) == 0:
        return None
    return next((layers for layers, made in run.known if made == 0), None)


@dataclass(frozen=True)
class ResetWeights:
    """Back to the weights before the first update, as a change of its own."""

    def apply(self, state: State) -> State:
        """See the class."""
        layers = first_weights(state)
        if layers is None:
            return state
        network = replace(state.document.network, layers=layers)
        return looked_at(state, "Reset to the first weights", replace(state.document, network=network))
