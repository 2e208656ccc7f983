"""The engine's updates, taken one by one, and gone on with where they were left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rnnstudio.engine.status import Kind
from rnnstudio.state.fault_place import fault_sentence
from rnnstudio.state.training_data import TrainingData
from rnnstudio.state.training_run import Fault

if TYPE_CHECKING:
    from rnnstudio.engine.network import Network
    from rnnstudio.engine.training import Update

Source = Callable[[TrainingData, bool], "Iterator[Update]"]


def engine_updates(data: TrainingData, stateless: bool) -> Iterator[Update]:
    """The updates of the engine; there are as many of them as anybody takes."""
    from rnnstudio.engine.training import train

    return iter(
        train(data.network, data.x, data.targets, data.settings, data.first, lengths=data.lengths, stateless=stateless)
    )


class UpdateStream:
    """The updates of one computation. What stopped goes on exactly as if it never had: the optimiser keeps its memory.

    Parameters
    ----------
    data : TrainingData
        Where it begins.
    stateless : bool
        Whether the traditional layer is trained instead of the cell.
    source : callable
        What makes the updates.
    """

    def __init__(self, data: TrainingData, stateless: bool, source: Source = engine_updates) -> None:
        self.network: Network = data.network
        self.faulty = False
        self._data, self._stateless = data, stateless
        self._updates = source(data, stateless)
        self._last: Update | None = None
        self._losses: list[float] = []
        self._norms: list[float] = []

    def advance(self) -> Fault | None:
        """Make one update. One that is not finite is not taken: it is the fault that is returned."""
        update = next(self._updates)
        if update.status.kind is Kind.NONFINITE or update.norm is None:
            self.network, self._last, self.faulty = update.network, None, True
            return Fault(fault_sentence(self._data, self.network, self._stateless, update.status))
        self._last = update
        self._losses.append(update.loss)
        self._norms.append(update.norm)
        return None

    def settle(self) -> Network:
        """The network after the last update that was taken."""
        if self._last is not None:
            self.network, self._last = self._last.network, None
        return self.network

    def told(self) -> tuple[list[float], list[float]]:
        """Losses and norms since this was last asked."""
        losses, norms = self._losses, self._norms
        self._losses, self._norms = [], []
        return losses, norms
