"""Training: updates of a network's parameters by the gradient of a loss, one after the other.

All parameters lie in one flat buffer; the layers' arrays are views of it. A run is a generator: no thread, no
callback, and whoever asks for the next update decides when it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import LAST, Loss, Objective
from rnnstudio.engine.network import Network
from rnnstudio.engine.optimisers import Optimiser, clip_by_norm, new_optimiser
from rnnstudio.engine.parameter_buffer import Buffer
from rnnstudio.engine.stage import Stage
from rnnstudio.engine.status import OK, Kind, Status, gradient_status
from rnnstudio.engine.trace import (
    Firsts,
    FirstState,
    batch_of,
    checked_lengths,
    checked_sequence,
    first_states,
    masked_sequence,
    stages_of,
)
from rnnstudio.engine.update_target import UpdateTarget
from rnnstudio.engine.whole import OneHot, Sequence

Array = NDArray[np.float64]
SEQUENCE = "sequence"


@dataclass(frozen=True)
class Settings:
    """How a network is trained.

    Attributes
    ----------
    loss, at : str
        See `rnnstudio.engine.losses.Loss`.
    optimizer : str
        ``"sgd"`` or ``"adam"``.
    rate, momentum : float
        Learning rate; momentum of SGD.
    clip : float or None
        Longest gradient, by its norm over all parameters.
    update_every : int or "sequence"
        K: an update after every K steps, the state carried over, the gradient cut there; or one after whole sequences.
    updates : int
        N.

    Raises
    ------
    InputError
        A number is out of its range.
    """

    loss: str = "mse"
    at: str = "every"
    optimizer: str = "sgd"
    rate: float = 0.1
    momentum: float = 0.0
    clip: float | None = None
    update_every: int | str = SEQUENCE
    updates: int = 100

    def __post_init__(self) -> None:
        if isinstance(self.update_every, str) and self.update_every != SEQUENCE:
            raise InputError(f"update every {self.update_every!r}: a number of steps, or {SEQUENCE!r}, is wanted")
        if not isinstance(self.update_every, str) and self.update_every < 1:
            raise InputError(f"update every {self.update_every} steps: at least 1 is wanted, or {SEQUENCE!r}")
        if self.updates < 0:
            raise InputError(f"{self.updates} updates: 0 or more are wanted")
        if self.clip is not None and not 0 < self.clip < float("inf"):
            raise InputError(f"clip at {self.clip}: a length above 0 is wanted")
        if self.update_every != SEQUENCE and self.at == LAST:
            raise InputError("a loss at the last step alone wants updates after whole sequences")


@dataclass(frozen=True, eq=False)
class Update:
    """One item of a training run.

    Attributes
    ----------
    number : int
        k: how many updates came before the loss was measured.
    loss : float
        L over the steps of the update, before it.
    norm : float or None
        ‖∂L/∂θ‖₂ before clipping; None in the last item, which measures only.
    status : Status
        What is to be said of the gradient; NONFINITE where the run ended with the parameters of before.
    """

    number: int
    loss: float
    norm: float | None
    status: Status
    _learner: Learner

    @property
    def network(self) -> Network:
        """The network after this update.

        Raises
        ------
        RuntimeError
            The run has gone on: what it was is gone.
        """
        if self._learner.items != self.number + 1:
            raise RuntimeError(f"the run has gone on from update {self.number}; ask for its network before")
        return self._learner.network()


@dataclass(frozen=True, eq=False)
class Point:
    """All that a `Learner` remembers between two updates; the same learner can go on from it again."""

    parameters: Array
    optimiser: Optimiser
    states: Firsts
    start: int
    items: int


class Learner:
    """A network in training.

    Parameters
    ----------
    network : Network
        Where it begins; it stays as it is.
    x : array or OneHot, shape (T, [N,] I)
        The sequences.
    targets : array
        See `Loss`.
    settings : Settings
        How.
    first, lengths
        First states and valid steps, as in `run`.
    stateless : bool
        Train the chosen layer as its traditional layer.

    Attributes
    ----------
    parameters : array, shape (P,)
        Every trained number.
    gradient : array, shape (P,)
        Of the last update.
    items : int
        Updates that were begun.
    stages : tuple of Stage
        The layers' arrays in the last update; the next one fills them again.
    """

    def __init__(
        self,
        network: Network,
        x: ArrayLike | OneHot,
        targets: ArrayLike,
        settings: Settings,
        first: FirstState | None = None,
        lengths: ArrayLike | None = None,
        stateless: bool = False,
    ) -> None:
        self.origin = network
        self.settings = settings
        self.stateless = stateless
        self.x = checked_sequence(network, x)
        self.batch = batch_of(self.x)
        self.lengths = checked_lengths(lengths, self.x)
        self.x = masked_sequence(self.x, self.lengths)
        self.firsts = first_states(network, first, self.batch, stateless)
        self.states = self.firsts
        whole = isinstance(settings.update_every, str)
        self.every = self.x.shape[0] if whole else min(int(settings.update_every), self.x.shape[0])
        if not whole and any(layer.direction != "forward" for layer in network.layers):
            raise InputError("a reversed direction wants updates after whole sequences; a part has no end to begin at")
        self._loss = Loss(settings.loss, targets, settings.at, self.lengths)
        Objective(self._loss, self.x.shape[0], self.batch, network.outputs)  # says what does not fit
        self._buffer = Buffer(network, stateless)
        self.parameters, self.gradient = self._buffer.parameters, self._buffer.gradient
        self._before = np.zeros(len(self.parameters))
        self._optimiser = new_optimiser(settings.optimizer, len(self.parameters), settings.rate, settings.momentum)
        self._parts: dict[tuple[int, int], tuple[tuple[Stage, ...], UpdateTarget]] = {}
        self.stages: tuple[Stage, ...] = ()
        self.items = 0
        self._start = 0

    def network(self) -> Network:
        """A network with the parameters as they are now."""
        return self._buffer.network(self.origin)

    def _part(self, start: int) -> tuple[tuple[Stage, ...], UpdateTarget]:
        """The layers' arrays for the steps of one update, and what is measured there."""
        stop = min(start + self.every, self.x.shape[0])
        whole = start == 0 and stop == self.x.shape[0]
        at = 0 if whole else start
        found = self._parts.get((stop - start, at))
        if found is None:
            lengths = None if self.lengths is None else np.clip(self.lengths - at, 0, stop - start)
            alike = (made for (steps, _), (made, _) in self._parts.items() if steps == stop - start)
            stages = next(alike, None) if lengths is None else None
            if stages is None:
                stages = stages_of(
                    self.origin, stop - start, self.batch, self.stateless, lengths, list(self._buffer.read)
                )
            found = self._parts[stop - start, at] = (stages, self._target((stop - start, at)))
        return found

    def _target(self, part: tuple[int, int]) -> UpdateTarget:
        """What is measured in so many steps from a step on."""
        steps, at = part
        middle = () if self.batch is None else (self.batch,)
        stretch = None if steps == self.x.shape[0] else slice(at, at + steps)
        return UpdateTarget(self._loss, stretch, (steps, *middle, self.origin.outputs))

    def _forward(self, stages: tuple[Stage, ...], start: int) -> Array:
        value: Sequence = self.x[start : start + stages[0].order.steps]
        self.stages = stages
        for k, stage in enumerate(stages):
            stage.bind()
            value = stage.forward(value, self.states[k])
        return np.asarray(value)

    def point(self) -> Point:
        """Where the training is now."""
        return Point(self.parameters.copy(), self._optimiser.copied(), self.states, self._start, self.items)

    def begin_with(self, network: Network, first: FirstState | None) -> None:
        """Begin anew, with other weights and first states, in the arrays that are there.

        Raises
        ------
        InputError
            The first states do not fit; the learner stays as it was.
        ValueError
            The network has another structure.
        """
        if network.structure != self.origin.structure:
            raise ValueError("the network has another structure than the one that these arrays were made for")
        self.firsts = first_states(network, first, self.batch, self.stateless)
        settings, self.origin, self.states = self.settings, network, self.firsts
        self._optimiser = new_optimiser(settings.optimizer, len(self.parameters), settings.rate, settings.momentum)
        self._start = self.items = 0
        self._buffer.fill(network)

    def go_on_from(self, point: Point, x: ArrayLike | OneHot, targets: ArrayLike) -> None:
        """Go back to a point of this training, and on from there with other numbers in the sequence.

        Parameters
        ----------
        point : Point
            Of this learner.
        x, targets
            Of the shapes that they had.

        Raises
        ------
        InputError
            They do not fit; the learner stays as it was.
        """
        given = masked_sequence(checked_sequence(self.origin, x), self.lengths)
        loss = Loss(self.settings.loss, targets, self.settings.at, self.lengths)
        Objective(loss, given.shape[0], self.batch, self.origin.outputs)
        if given.shape != self.x.shape:
            raise InputError(f"the sequence has the shape {given.shape}; that of before, {self.x.shape}, is wanted")
        self.x, self._loss = given, loss
        self._parts = {at: (stages, self._target(at)) for at, (stages, _) in self._parts.items()}
        self.parameters[...] = point.parameters
        self._optimiser = point.optimiser.copied()
        self.states, self._start, self.items = point.states, point.start, point.items
        self._buffer.add_up()

    def measure(self) -> float:
        """L over the steps of the next update."""
        with np.errstate(all="ignore"):
            stages, target = self._part(self._start)
            return target.value(self._forward(stages, self._start))

    def update(self) -> Update:
        """One update; where something is not finite, none, and the parameters stay those of before."""
        number = self.items
        self.items += 1
        with np.errstate(all="ignore"):
            stages, target = self._part(self._start)
            output = self._forward(stages, self._start)
            loss, back = target.value_and_gradient(output)
            for k in reversed(range(len(stages))):
                stages[k].backward(back, into=self._buffer.gradients[k])
                if k:
                    back = stages[k].inputs()
            self._buffer.share()
            norm = clip_by_norm(self.gradient, self.settings.clip)
            status = gradient_status(norm)
            if not np.isfinite(loss):
                status = Status(Kind.NONFINITE, "the loss is not finite", {"loss": loss})
            if status.kind is not Kind.NONFINITE:
                self._before[...] = self.parameters
                self._optimiser.update(self.parameters, self.gradient)
                if not np.isfinite(self.parameters).all():
                    self.parameters[...] = self._before
                    status = Status(Kind.NONFINITE, "the update makes a parameter that is not finite", {"norm": norm})
                self._buffer.add_up()
                self._go_on(stages)
        return Update(number, loss, norm, status, self)

    def _go_on(self, stages: tuple[Stage, ...]) -> None:
        """To the steps of the next update: with the state as it is, or from the beginning again."""
        self._start += stages[0].order.steps
        if self._start >= self.x.shape[0]:
            self._start, self.states = 0, self.firsts
            return
        self.states = [
            {at: {name: _last(stage, at, name) for name in stage.program.states} for at in stage.directions}
            for stage in stages
        ]


def _last(stage: Stage, direction: str, state: str) -> Array:
    values = stage.values[direction]
    return np.array(values.value(values.machine.plan.state_op(state))[-1])


def train(
    network: Network,
    x: ArrayLike | OneHot,
    targets: ArrayLike,
    settings: Settings,
    first: FirstState | None = None,
    lengths: ArrayLike | None = None,
    stateless: bool = False,
) -> Iterator[Update]:
    """Train a network: N updates, and one item more that measures the loss after the last.

    Parameters
    ----------
    network, x, targets, settings, first, lengths, stateless
        See `Learner`.

    Yields
    ------
    Update
        N + 1 of them; fewer where something is not finite: then the last one says so, and its network is the one
        before. Nothing is drawn: the same arguments give the same numbers.

    Raises
    ------
    InputError
        Something does not fit; at the first item.
    """
    learner = Learner(network, x, targets, settings, first, lengths, stateless)
    before: float | None = None
    for _ in range(settings.updates):
        update = learner.update()
        if update.status.kind is not Kind.NONFINITE:
            update = replace(update, status=gradient_status(update.norm, before))
        before = update.norm
        yield update
        if update.status.kind is Kind.NONFINITE:
            return
    loss = learner.measure()
    learner.items += 1
    status = OK if np.isfinite(loss) else Status(Kind.NONFINITE, "the loss is not finite", {"loss": loss})
    yield Update(learner.items - 1, loss, None, status, learner)
