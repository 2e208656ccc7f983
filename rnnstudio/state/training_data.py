"""What a study gives its training: inputs, targets, settings. All sequences of a batch at once, whichever is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rnnstudio.engine.losses import LAST, Loss, loss_and_gradient
from rnnstudio.engine.trace import run
from rnnstudio.state.model import SEQUENCE
from rnnstudio.state.runs import change_range, changes, vmax
from rnnstudio.state.training_run import Floats, right_answers

if TYPE_CHECKING:
    from rnnstudio.engine.network import Network
    from rnnstudio.engine.training import Settings
    from rnnstudio.state.model import Document, Sequence

#: A run of the window has no end of its own: who takes the updates stops.
ENDLESS = 10**9


@dataclass(frozen=True, eq=False)
class TrainingData:
    """The arguments of a training run.

    Attributes
    ----------
    network : Network
        Where it begins.
    x, targets : array or OneHot
        Inputs (T, [N,] I) and targets of all sequences.
    settings : Settings
        Of the study, but without an end.
    first : mapping
        First states.
    lengths : array or None
        Valid steps of each sequence.
    """

    network: Network
    x: Any
    targets: Any
    settings: Settings
    first: dict[int, dict[str, Floats]]
    lengths: Any


def training_data(document: Document) -> TrainingData:
    """What a study gives its training."""
    sequence, settings = document.sequence, document.settings
    targets = sequence.all_targets
    if settings.at == LAST and not sequence.at_last and targets is not None:
        targets = _at_the_last(np.asarray(targets), sequence.lengths)
    return TrainingData(
        document.network, sequence.samples, targets, replace(settings, updates=ENDLESS), document.first,
        sequence.lengths,
    )  # fmt: skip


def same_data(one: Sequence, other: Sequence) -> bool:
    """Whether two studies learn from the same sequences, whichever of them is shown."""
    if one.batch is None:
        return one is other
    return one.batch is other.batch and one.batch_targets is other.batch_targets


def _at_the_last(targets: Any, lengths: Any) -> Any:
    """The targets of the last valid step of each sequence, out of those of all steps."""
    if lengths is None:
        return targets[-1]
    return targets[np.asarray(lengths) - 1, np.arange(len(lengths))]


def outputs(data: TrainingData, network: Network, stateless: bool) -> Floats:
    """What a network hands out for the inputs of a training run: (T, [N,] O)."""
    return np.asarray(run(network, data.x, data.first, stateless=stateless, lengths=data.lengths).y)


@lru_cache(maxsize=4)
def loss_now(document: Document) -> float:
    """The loss of the weights as they are."""
    data = training_data(document)
    loss = Loss(data.settings.loss, data.targets, data.settings.at, data.lengths)
    return loss_and_gradient(outputs(data, data.network, False), loss)[0]


def right_share(data: TrainingData, network: Network, stateless: bool) -> float | None:
    """Share of right answers, None where the targets are a continuous quantity.

    Targets at every step are looked at where they are valid; else those of the last step.
    """
    y = outputs(data, network, stateless)
    if data.lengths is None:
        return right_answers(y[-1] if data.settings.at == LAST else y, data.targets)
    lengths = np.asarray(data.lengths)
    if data.settings.at == LAST:
        return right_answers(y[lengths - 1, np.arange(len(lengths))], data.targets)
    valid = np.arange(len(y))[:, None] < lengths
    return right_answers(y[valid], np.asarray(data.targets)[valid])


def run_through(document: Document) -> None:
    """Compute what a picture of the study needs, so that it is there when the study is shown."""
    vmax(document)
    for of_layer in (False, True):
        changes(document, of_layer)
        change_range(document, of_layer)
    if document.settings.update_every == SEQUENCE:
        loss_now(document)
