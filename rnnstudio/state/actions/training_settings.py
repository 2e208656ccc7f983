"""The settings of training as one can choose them: values in order, words for each, changes with names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import LAST
from rnnstudio.engine.training import Settings
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import edited
from rnnstudio.state.actions.training import looked_at, why_untrained
from rnnstudio.state.model import FROZEN, MODES, SAMPLE, SEQUENCE, Document, State
from rnnstudio.state.runs import changes

#: What the slider of the learning rate, of clipping and of the number of updates stop at.
_DIGITS = (1, 1.5, 2, 3, 5, 7)
RATES = (*(round(digit * 10.0**power, 6) for power in (-4, -3, -2, -1, 0) for digit in _DIGITS), 10.0)
CLIPS = (None, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
UPDATES = (*(digit * 10**power for power in (0, 1, 2, 3, 4) for digit in (1, 2, 5)), 100_000)
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
#: Momentum where it is chosen.
MOMENTUM = 0.9
#: An offer after numbers that are not finite: a clipped gradient, a rate so many times smaller.
SAFE_CLIP, SAFER_RATE = 1.0, 10.0

NAMES = {
    "rate": "Change the learning rate",
    "update_every": "Change how often weights are updated",
    "clip": "Change the clipping",
    "updates": "Change the number of updates",
    "optimizer": "Change the optimiser",
    "at": "Change where the loss looks",
}


def values_of(field: str, document: Document) -> tuple[Any, ...]:
    """What a slider stops at, from left to right."""
    if field == "rate":
        return RATES
    if field == "clip":
        return CLIPS
    if field == "updates":
        return UPDATES
    return (*(n for n in _STEPS if n < document.sequence.steps), SEQUENCE)


def place_of(field: str, document: Document) -> int:
    """Where the slider stands: at the value, else at the next larger one."""
    values, value = values_of(field, document), getattr(document.settings, field)
    if value in values:
        return values.index(value)
    if value is None or isinstance(value, str):
        return len(values) - 1
    numbers = [number for number in values if isinstance(number, int | float)]
    first = len([number for number in values if number is None])
    return min(first + bisect_left(numbers, value), len(values) - 1)


def words_of(field: str, document: Document) -> str:
    """The value as it is written beside its slider."""
    value = getattr(document.settings, field)
    if field == "clip":
        return "off" if value is None else f"{value:g}"
    if field == "update_every":
        if value == SEQUENCE:
            return "sequence"
        return "1 sample" if value == 1 else sentence("{value} samples", value=value)
    return f"{value:,}" if field == "updates" else f"{value:g}".replace("-", MINUS)


def optimiser_of(settings: Settings) -> str:
    """``sgd``, ``momentum`` (SGD with it) or ``adam``."""
    return "momentum" if settings.optimizer == "sgd" and settings.momentum else str(settings.optimizer)


@dataclass(frozen=True)
class SetTraining:
    """Another value of a setting of training; changes of the same one in a row are one entry of the history.

    Raises
    ------
    InputError
        There is no such setting, or the targets leave no choice.
    """

    field: str
    value: Any

    def apply(self, state: State) -> State:
        """See the class."""
        if self.field not in NAMES:
            raise InputError(f"training has no setting {self.field!r}; {', '.join(NAMES)} are there")
        settings = state.document.settings
        if self.field == "at" and self.value != LAST and state.document.sequence.at_last:
            raise InputError("the loss cannot look at every step: the sequence has one target, for its last step")
        if self.field == "optimizer":
            plain = self.value == "momentum"
            changed = replace(settings, optimizer="sgd" if plain else self.value, momentum=MOMENTUM if plain else 0.0)
        elif self.field == "at" and self.value == LAST:
            changed = replace(settings, at=LAST, update_every=SEQUENCE)  # the last step has no parts
        else:
            changed = replace(settings, **{self.field: self.value})
        if changed == settings:
            return state
        return _renewed(state, NAMES[self.field], replace(state.document, settings=changed))


def _renewed(state: State, name: str, document: Document) -> State:
    if state.undo and state.undo[-1].name == name and not state.redo:
        return replace(state, document=document)
    return looked_at(state, name, document)


def safer_rate(document: Document) -> float:
    """A rate ten times smaller, to three digits."""
    return float(f"{document.settings.rate / SAFER_RATE:.3g}")


@dataclass(frozen=True)
class ClipAndForget:
    """After numbers that are not finite: clip the gradient from now on."""

    def apply(self, state: State) -> State:
        """See the class."""
        return _forgotten(SetTraining("clip", SAFE_CLIP).apply(state))


@dataclass(frozen=True)
class SlowAndForget:
    """After numbers that are not finite: a rate ten times smaller from now on."""

    def apply(self, state: State) -> State:
        """See the class."""
        return _forgotten(SetTraining("rate", safer_rate(state.document)).apply(state))


MODE_NAMES = {
    SAMPLE: "Weights updated after every sample",
    FROZEN: "Weights frozen",
    SEQUENCE: "Weights updated once after the sequence",
}
#: The order in which one goes through them.
MODE_ORDER = (SAMPLE, FROZEN, SEQUENCE)
_ONE_WAY = "An update after every sample goes from the first to the last; a layer of this study reads backwards too."


def mode_off(mode: str, document: Document) -> str:
    """Why the weights cannot be updated so; empty where they can."""
    if mode == FROZEN:
        return ""
    if mode == SAMPLE and any(layer.direction != "forward" for layer in document.network.layers):
        return _ONE_WAY
    if mode == SAMPLE and document.settings.at == LAST:
        return _ONE_TARGET
    return why_untrained(document)


_ONE_TARGET = "An update after every sample wants a target at every sample; here the loss looks at the last step alone."


@dataclass(frozen=True)
class SetMode:
    """When the weights of the picture are updated: after every sample, never, or once after the sequence (MODEL §1, 5).

    A study that cannot be run so is left as it is.
    """

    mode: str

    def apply(self, state: State) -> State:
        """See the class."""
        document = state.document
        if self.mode not in MODES:
            raise InputError(f"weights cannot be updated {self.mode!r}; {', '.join(MODES)} are the ways")
        reason = mode_off(self.mode, document)
        if reason:
            raise InputError(reason)
        if self.mode == document.mode:
            return state
        changed = replace(document, mode=self.mode)
        for of_layer in (False, True):
            changes(changed, of_layer)
        return edited(state, MODE_NAMES[self.mode], changed)


@dataclass(frozen=True)
class NextMode:
    """The next of the ways in which weights are updated that this study has, and round again."""

    def apply(self, state: State) -> State:
        """See the class."""
        document = state.document
        at = MODE_ORDER.index(document.mode)
        order = [*MODE_ORDER[at + 1 :], *MODE_ORDER[:at]]
        wanted = next((mode for mode in order if not mode_off(mode, document)), None)
        return state if wanted is None else SetMode(wanted).apply(state)


def _forgotten(state: State) -> State:
    run = state.session.run
    return state if run is None else state.see(run=replace(run, fault=None), message="")
