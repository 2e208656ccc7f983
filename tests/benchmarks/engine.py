"""The compiled cells against PyTorch on one thread: forward, with the full trace, forward and backward, an Adam step.

Both sides are prepared beforehand (arrays, modules, optimisers) and do the same work in double precision; our side
runs what the compiler makes of the cell files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.losses import Loss, Objective
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import first_states, stages_of
from rnnstudio.engine.training import Learner, Settings
from tests.benchmarks.clock import alternating

Task = Callable[[int], None]
CELLS = {"simple": "RNN", "lstm": "LSTM", "gru": "GRU"}
#: (inputs, state, T, N) → goals for forward, with the full trace, forward + backward, Adam step; and runs.
SIZES: dict[tuple[int, int, int, int], tuple[tuple[float | None, ...], int]] = {
    (4, 3, 10, 1): ((0.5, 0.6, 0.15, 0.15), 200),
    (8, 16, 50, 1): ((0.5, 0.6, 0.15, 0.15), 60),
    (32, 64, 200, 1): ((0.6, 0.7, 0.2, 0.2), 15),
    (64, 256, 500, 1): ((0.8, 0.9, 0.4, None), 5),
    (32, 64, 200, 32): ((1.1, 1.5, 0.9, None), 5),
    (128, 512, 200, 64): ((1.1, 1.5, 0.9, None), 3),
}
FIGURES = ("forward", "forward with the full trace", "forward + backward", "whole Adam step")


@dataclass
class Own:
    """Our side of one comparison."""

    cell: str
    sizes: tuple[int, int, int, int]

    def __post_init__(self) -> None:
        inputs, state, steps, sequences = self.sizes
        batch = None if sequences == 1 else sequences
        network = new_network(library_cell(self.cell), inputs, state)
        random = np.random.Generator(np.random.PCG64(1))
        self.x = random.normal(size=(steps, *(() if batch is None else (batch,)), inputs))
        targets = np.zeros((*self.x.shape[:-1], state))
        (self.stage,) = stages_of(network, steps, batch)
        (self.first,) = first_states(network, None, batch, False)
        self.objective = Objective(Loss("mse", targets), steps, batch, state)
        self.back = np.zeros(targets.shape)
        self.gradients = {name: np.zeros(array.shape) for name, array in network.layers[0].parameters.items()}
        self.learner = Learner(network, self.x, targets, Settings(optimizer="adam", rate=1e-3))

    def forward(self, _: int) -> None:
        """Outputs of every step."""
        self.stage.forward(self.x, self.first)

    def traced(self, _: int) -> None:
        """Outputs and every named value of every step."""
        self.stage.forward(self.x, self.first)
        values = self.stage.values["forward"]
        for name in self.stage.program.values:
            values.value(str(values.machine.plan.storage_of(name)))

    def backward(self, _: int) -> None:
        """The loss, and its gradient at every parameter."""
        y = self.stage.forward(self.x, self.first)
        self.objective.value_and_gradient(y, self.back)
        self.stage.backward(self.back, into=self.gradients)

    def adam(self, _: int) -> None:
        """The same, and the update of every parameter."""
        self.learner.update()


class Other:
    """PyTorch's side."""

    def __init__(self, own: Own) -> None:
        import torch

        torch.set_num_threads(1)
        inputs, state, _, _ = own.sizes
        kind = getattr(torch.nn, CELLS[own.cell])
        self.torch: Any = torch
        self.module = kind(inputs, state, dtype=torch.float64)
        self.x = torch.tensor(own.x if own.x.ndim == 3 else own.x[:, np.newaxis])
        self.optimiser = torch.optim.Adam(self.module.parameters(), lr=1e-3)

    def forward(self, _: int) -> None:
        """Outputs of every step, without a record for gradients."""
        with self.torch.no_grad():
            self.module(self.x)

    def backward(self, _: int) -> None:
        """The loss, and its gradient at every parameter."""
        self.module.zero_grad()
        y, _state = self.module(self.x)
        (y * y).mean().backward()

    def adam(self, _: int) -> None:
        """The same, and the update of every parameter."""
        self.optimiser.zero_grad()
        y, _state = self.module(self.x)
        (y * y).mean().backward()
        self.optimiser.step()


def rows() -> Iterator[tuple[str, str, str]]:
    """One row a figure and size: the ratios of the three cells."""
    for sizes, (goals, runs) in SIZES.items():
        ratios: dict[str, list[str]] = {figure: [] for figure in FIGURES}
        for cell in CELLS:
            own = Own(cell, sizes)
            other = Other(own)
            tasks: dict[str, Task] = {"forward": own.forward, "traced": own.traced, "backward": own.backward}
            tasks |= {"their forward": other.forward, "their backward": other.backward}
            if goals[3] is not None:
                tasks |= {"adam": own.adam, "their adam": other.adam}
            spent = {name: median for name, (median, _) in alternating(tasks, runs).items()}
            ratios[FIGURES[0]].append(f"{spent['forward'] / spent['their forward']:.2f}")
            ratios[FIGURES[1]].append(f"{spent['traced'] / spent['their forward']:.2f}")
            ratios[FIGURES[2]].append(f"{spent['backward'] / spent['their backward']:.2f}")
            if goals[3] is not None:
                ratios[FIGURES[3]].append(f"{spent['adam'] / spent['their adam']:.2f}")
        for figure, goal in zip(FIGURES, goals, strict=True):
            if goal is not None:
                yield f"{figure} / PyTorch, {sizes}: RNN, LSTM, GRU", ", ".join(ratios[figure]), f"≤ {goal}"
