"""The flat buffer of all trained numbers of a network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS
from rnnstudio.engine.compile import compiled
from rnnstudio.engine.fusion import Product
from rnnstudio.engine.layer import REVERSE, Layer
from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.trace import program_of

Array = NDArray[np.float64]


class Slots:
    """Where each trained array lies in the buffer.

    Attributes
    ----------
    places : list of (layer, name, part, slice, shape)
        In the order of the buffer. Part 1 is the second of the two arrays whose sum is a bias.
    count : int
        P, how many numbers there are.
    """

    def __init__(self, network: Network, stateless: bool) -> None:
        self.places: list[tuple[int, str, int, slice, tuple[int, ...]]] = []
        self.count = 0
        for k, layer in enumerate(network.layers):
            own = stateless and k == network.chosen
            names = _trained(layer, program_of(network, k, stateless))
            doubled = [] if own else [name for name in names if name in layer.doubled]
            for part, those in enumerate((names, doubled)):
                for name in those:
                    self._add(k, name, part, layer.parameters[name].shape)

    def _add(self, k: int, name: str, part: int, shape: tuple[int, ...]) -> None:
        size = int(np.prod(shape))
        self.places.append((k, name, part, slice(self.count, self.count + size), shape))
        self.count += size


class Buffer:
    """All trained numbers of a network and their gradient, flat; the layers' arrays are views of it.

    Attributes
    ----------
    parameters, gradient : array, shape (P,)
        Every trained number, and ∂L/∂ of it.
    slots : Slots
        Where each array lies.
    read : list of dict
        For each layer: name → the array that the cell reads; a bias of two parts has one of its own.
    gradients : list of dict
        For each layer: name → the view of the gradient.
    """

    def __init__(self, network: Network, stateless: bool) -> None:
        self.slots = Slots(network, stateless)
        self._own = network.chosen if stateless else -1  # the layer that runs as its traditional one
        count = self.slots.count
        self.parameters, self.gradient = np.zeros(count), np.zeros(count)
        self._totals = np.zeros(count)  # of biases with two parts, at the place of the first
        self.read: list[dict[str, Array]] = [{} for _ in network.layers]
        self.gradients: list[dict[str, Array]] = [{} for _ in network.layers]
        self._parts_of: dict[tuple[int, str], tuple[slice, slice]] = {}
        first: dict[tuple[int, str], slice] = {}
        for k, name, part, place, shape in self.slots.places:
            if part == 0:
                first[k, name] = place
                self.gradients[k][name] = self.gradient[place].reshape(shape)
                doubled = self._doubled(k, network.layers[k], name)
                self.read[k][name] = (self._totals if doubled else self.parameters)[place].reshape(shape)
            else:
                self._parts_of[k, name] = (first[k, name], place)
        self._runs = _joined_runs(list(self._parts_of.values()))
        self.fill(network)

    def _doubled(self, k: int, layer: Layer, name: str) -> bool:
        return name in layer.doubled and k != self._own

    def fill(self, network: Network) -> None:
        """The numbers of a network of this structure; those that are not trained are read beside the buffer."""
        for k, name, part, place, shape in self.slots.places:
            layer = network.layers[k]
            given = layer.bias_parts[name][part] if self._doubled(k, layer, name) else layer.parameters[name]
            self.parameters[place].reshape(shape)[...] = given
        for layer, read, trained in zip(network.layers, self.read, self.gradients, strict=True):
            read.update({name: array for name, array in layer.parameters.items() if name not in trained})
        self.add_up()

    def add_up(self) -> None:
        """The biases of two parts, after a change of these."""
        for one, other in self._runs:
            np.add(self.parameters[one], self.parameters[other], self._totals[one])

    def share(self) -> None:
        """The gradient of the first part of a bias is that of the second too."""
        for one, other in self._runs:
            self.gradient[other] = self.gradient[one]

    def network(self, origin: Network) -> Network:
        """A network with the numbers as they are now; all else as in ``origin``."""
        layers = []
        for k, layer in enumerate(origin.layers):
            parts = {
                name: (_frozen(self.parameters[one]), _frozen(self.parameters[other]))
                for (j, name), (one, other) in self._parts_of.items() if j == k
            }  # fmt: skip
            values = {name: _frozen(array) for name, array in self.read[k].items()}
            layers.append(layer.with_values(values, parts))
        return Network(tuple(layers), origin.chosen)


def _frozen(array: Array) -> Array:
    """A copy that nobody writes into."""
    made = array.copy()
    made.setflags(write=False)
    return made


def _joined_runs(pairs: list[tuple[slice, slice]]) -> list[tuple[slice, slice]]:
    """Pairs of places that follow each other on both sides, as one pair."""
    found: list[tuple[slice, slice]] = []
    for one, other in pairs:
        if found and (found[-1][0].stop, found[-1][1].stop) == (one.start, other.start):
            found[-1] = (slice(found[-1][0].start, one.stop), slice(found[-1][1].start, other.stop))
        else:
            found.append((one, other))
    return found


def _trained(layer: Layer, program: Program) -> list[str]:
    """Of both directions the parameters of each, of the traditional layer too, then those of the joined readout."""
    names = _as_read(program)
    if layer.direction != "both":
        return names
    found = [before + name for before in ("", REVERSE) for name in names]
    return found + [name for name in (READOUT, READOUT_BIAS) if layer.joined and name in layer.parameters]


def _as_read(program: Program) -> list[str]:
    """The parameters in the order in which the compiled cell puts them one below the other, then all others."""
    found: dict[str, None] = {}
    for group in compiled(program).fusion.groups:
        products = [p for lane in group.lanes for p in lane.products if p.operand == group.operand]
        terms = [term for lane in group.lanes[: group.own] for term in lane.hoisted]
        found |= dict.fromkeys(product.matrix for product in products)
        found |= dict.fromkeys(term.matrix for term in terms if isinstance(term, Product))
        found |= dict.fromkeys(t[1].name for t in terms if isinstance(t, tuple) and t[1].kind == "parameter")
    return [*found, *(name for name in program.parameters if name not in found)]
