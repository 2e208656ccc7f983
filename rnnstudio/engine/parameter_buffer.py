"""The flat buffer of all trained numbers of a network."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.cells import READOUT, READOUT_BIAS
from rnnstudio.engine.compile import compiled
from rnnstudio.engine.fusion import Product
from rnnstudio.engine.layer import REVERSE, Layer
from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.trace import program_of


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
