"""What the loss looks at in the steps of one update."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.losses import Loss, Objective
from rnnstudio.engine.stage import Lengths

Array = NDArray[np.float64]


class UpdateTarget:
    """The loss over a part of the steps; of several sequences, over those that still go on.

    Parameters
    ----------
    loss : Loss
        Over all steps.
    steps : slice or None
        The part; None for all of them.
    shape : tuple of int
        (n, [N,] O), of the outputs of the part.
    """

    def __init__(self, loss: Loss, steps: slice | None, shape: tuple[int, ...]) -> None:
        self.alive: NDArray[np.int64] | None = None
        count, outputs = shape[0], shape[-1]
        batch = shape[1] if len(shape) == 3 else None
        targets: NDArray[Any] = np.asarray(loss.targets)
        lengths: Lengths | None = None if loss.lengths is None else np.asarray(loss.lengths)
        if steps is not None:
            targets = targets[steps]
            if lengths is not None:
                lengths = np.clip(lengths - steps.start, 0, count)
                self.alive = np.flatnonzero(lengths)
                lengths, targets, batch = lengths[self.alive], targets[:, self.alive], len(self.alive)
        self.empty = self.alive is not None and not len(self.alive)
        self._back = np.zeros((count, outputs) if batch is None else (count, batch, outputs))
        if not self.empty:
            self._objective = Objective(Loss(loss.kind, targets, loss.at, lengths), count, batch, outputs)

    def value(self, y: Array) -> float:
        """L."""
        if self.empty:
            return 0.0
        return self._objective.value(y if self.alive is None else y[:, self.alive])

    def value_and_gradient(self, y: Array) -> tuple[float, Array]:
        """L and ∂L/∂y; the array is used again by the next call."""
        if self.empty:
            return 0.0, np.zeros(y.shape)
        if self.alive is None:
            return self._objective.value_and_gradient(y, self._back), self._back
        value = self._objective.value_and_gradient(y[:, self.alive], self._back)
        back = np.zeros(y.shape)
        back[:, self.alive] = self._back
        return value, back
