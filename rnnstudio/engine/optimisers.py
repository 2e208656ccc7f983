"""Optimisers: how one flat buffer of parameters is changed, in place, by the gradient of a loss."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.twin import twin

Array = NDArray[np.float64]

SGD_NAME, ADAM_NAME = "sgd", "adam"
OPTIMISERS = (SGD_NAME, ADAM_NAME)


class Optimiser(Protocol):
    """Changes parameters in place; keeps what it remembers between updates."""

    def update(self, parameters: Array, gradient: Array) -> None:
        """One update of the flat buffer `parameters` by the gradient of the loss, of the same shape (P,)."""

    def copied(self) -> Optimiser:
        """Another one that remembers the same, and goes on by itself."""


class SGD:
    """θ ← θ − rate·v with v ← momentum·v + g: stochastic gradient descent.

    As ``torch.optim.SGD`` with dampening 0 and no Nesterov step; Polyak 1964 for the momentum.

    Parameters
    ----------
    count : int
        P, the length of the buffers.
    rate : float
        Learning rate.
    momentum : float
        Share of the last velocity that is kept; 0: none, and no velocity is held.
    """

    def __init__(self, count: int, rate: float, momentum: float = 0.0) -> None:
        self.rate = rate
        self.momentum = momentum
        self._work = np.empty(count)
        self._velocity = np.zeros(count) if momentum else None

    def update(self, parameters: Array, gradient: Array) -> None:
        """One update in place."""
        work, velocity = self._work, self._velocity
        if velocity is not None:
            np.multiply(velocity, self.momentum, velocity)
            np.add(velocity, gradient, velocity)
            gradient = velocity
        np.multiply(gradient, self.rate, work)
        np.subtract(parameters, work, parameters)

    def copied(self) -> SGD:
        """See `Optimiser.copied`."""
        made = twin(self)  # the array to work in holds nothing between updates
        if self._velocity is not None:
            made._velocity = self._velocity.copy()
        return made


class Adam:
    """θ ← θ − rate · m̂ / (√v̂ + ε), m̂ = m / (1 − β₁ᵏ), v̂ = v / (1 − β₂ᵏ) at update k.

    m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g². Kingma and Ba 2015, as ``torch.optim.Adam`` computes it: ε stands
    outside the corrected root.

    The buffers hold m / (1 − β₁) and v / (1 − β₂), and the constants of an update are drawn together into one factor
    and one ε: ten array operations instead of fourteen, the same numbers but for rounding.

    Parameters
    ----------
    count : int
        P, the length of the buffers.
    rate : float
        Learning rate.
    """

    first, second, epsilon = 0.9, 0.999, 1e-8

    def __init__(self, count: int, rate: float) -> None:
        self.rate = rate
        self.updates = 0
        self._mean = np.zeros(count)
        self._square = np.zeros(count)
        self._work = np.empty(count)

    def update(self, parameters: Array, gradient: Array) -> None:
        """One update in place."""
        self.updates += 1
        mean, square, work = self._mean, self._square, self._work
        root = math.sqrt((1.0 - self.second) / (1.0 - self.second**self.updates))
        rate = self.rate * (1.0 - self.first) / ((1.0 - self.first**self.updates) * root)
        np.multiply(mean, self.first, mean)
        np.add(mean, gradient, mean)
        np.multiply(square, self.second, square)
        np.multiply(gradient, gradient, work)
        np.add(square, work, square)
        np.sqrt(square, work)
        np.add(work, self.epsilon / root, work)
        np.divide(mean, work, work)
        np.multiply(work, rate, work)
        np.subtract(parameters, work, parameters)

    def copied(self) -> Adam:
        """See `Optimiser.copied`."""
        made = twin(self)
        made._mean, made._square = self._mean.copy(), self._square.copy()
        return made


def new_optimiser(name: str, count: int, rate: float, momentum: float = 0.0) -> Optimiser:
    """The optimiser of a name for P = `count` parameters.

    Raises
    ------
    InputError
        There is no such optimiser, the rate or the momentum is out of its range, or Adam is given a momentum.
    """
    if name not in OPTIMISERS:
        raise InputError(f"optimizer: {name!r} is unknown; {' and '.join(OPTIMISERS)} are there")
    if not (math.isfinite(rate) and rate >= 0.0):
        raise InputError(f"learning rate: {rate} does not fit; a number from 0 on does")
    if not 0.0 <= momentum < 1.0:
        raise InputError(f"momentum: {momentum} does not fit; a number from 0 to below 1 does")
    if name == ADAM_NAME:
        if momentum:
            raise InputError("momentum: adam has its own (0.9); leave it out, or take sgd")
        return Adam(count, rate)
    return SGD(count, rate, momentum)


def clip_by_norm(gradient: Array, clip: float | None) -> float:
    """G ← g · min(1, clip / (‖g‖₂ + 1e-6)), in place; the norm before it is returned.

    As ``torch.nn.utils.clip_grad_norm_`` does. With None the norm is only measured. A norm that is not finite is
    returned as it is; the gradient then holds no use, and the caller stops.
    """
    norm = math.sqrt(float(gradient.dot(gradient)))
    if clip is not None:
        factor = clip / (norm + 1e-6)
        if not factor >= 1.0:
            np.multiply(gradient, factor, gradient)
    return norm
