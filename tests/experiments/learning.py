"""Learning from batches that are drawn anew for every update, until a test is passed or the updates are used up."""

from dataclasses import dataclass

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.losses import Loss, Objective
from rnnstudio.engine.network import new_network
from rnnstudio.engine.optimisers import clip_by_norm, new_optimiser
from rnnstudio.engine.trace import first_states, stages_of


@dataclass(frozen=True)
class Found:
    """What came out: words for the table, and whether it is what was published."""

    words: str
    passed: bool


def network_for(cell, inputs, size, outputs, seed):
    """One layer of a library cell with a linear readout, weights from U(−1/√H, 1/√H)."""
    return new_network(library_cell(cell), inputs, size, outputs, seed=seed)


class Learner:
    """A network that learns one batch after another by Adam, all parameters in one flat buffer.

    With `truncation` K no gradient goes back over the borders between steps 1…K, K+1…2K, …: K = 1 is the simple
    recurrent network of Elman 1990, whose context units are inputs like others.
    """

    def __init__(self, network, truncation=None):
        self.origin = network
        self.truncation = truncation
        named = [(k, name, array) for k, layer in enumerate(network.layers) for name, array in layer.parameters.items()]
        self.flat = np.concatenate([array.ravel() for _, _, array in named])
        self.gradient = np.zeros_like(self.flat)
        self.parameters = [{} for _ in network.layers]
        self.slopes = [{} for _ in network.layers]
        stops = np.cumsum([0, *(array.size for _, _, array in named)])
        for (k, name, array), start, stop in zip(named, stops[:-1], stops[1:], strict=True):
            self.parameters[k][name] = self.flat[start:stop].reshape(array.shape)
            self.slopes[k][name] = self.gradient[start:stop].reshape(array.shape)
        self.optimiser = new_optimiser("adam", len(self.flat), 0.0)
        self.stages = {}

    def update(self, batch, rate):
        """Learn one batch; the loss before the update is returned. Steps beyond the lengths have no gradient."""
        steps, sequences = batch.x.shape[:2]
        if (steps, sequences) not in self.stages:
            made = stages_of(self.origin, steps, sequences, parameters=self.parameters)
            self.stages[steps, sequences] = made, first_states(self.origin, None, sequences, False)
        stages, firsts = self.stages[steps, sequences]
        value = batch.x
        for stage, first in zip(stages, firsts, strict=True):
            stage.bind()
            value = stage.forward(value, first)
        loss = Loss(batch.loss, batch.targets, batch.at, batch.lengths)
        slope = np.empty_like(value)
        found = Objective(loss, steps, sequences, value.shape[-1]).value_and_gradient(value, slope)
        for k in reversed(range(len(stages))):
            for name, array in stages[k].backward(slope, self.truncation).items():
                self.slopes[k][name][...] = array
            if k:
                slope = stages[k].inputs()
        clip_by_norm(self.gradient, 1.0)
        self.optimiser.rate = rate
        self.optimiser.update(self.flat, self.gradient)
        return found

    def network(self):
        """The network as it is now."""
        network = self.origin
        for k, parameters in enumerate(self.parameters):
            network = network.with_parameters(k, parameters)
        return network


def learn(network, make, rate, updates, solved, check=100, seed=1, truncation=None):
    """(the network that was learnt, updates that it took).

    ``make(seed)`` draws a batch; the rate falls in a straight line to 0 at the last of `updates`; after every `check`
    of them ``solved(network)`` may end it.
    """
    learner = Learner(network, truncation)
    with np.errstate(over="ignore", invalid="ignore"):
        for number in range(updates):
            learner.update(make(1_000_000 * seed + number), rate * (1.0 - number / updates))
            if (number + 1) % check == 0 and solved(learner.network()):
                return learner.network(), number + 1
    return learner.network(), updates
