"""Networks: layers in order, one of them chosen; immutable, every change a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.cells import Cell, library_cell, library_cells
from rnnstudio.engine.layer import REVERSE, Layer, draw_parameters, new_layer, readout_names
from rnnstudio.engine.limits import InputError, check_layers, check_parameters
from rnnstudio.engine.ops import lower

__all__ = ["Layer", "Network", "draw_parameters", "new_layer", "new_network", "readout_names"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """Layers in order.

    Attributes
    ----------
    layers : tuple of Layer
        From the input to the output.
    chosen : int
        Index of the layer that views 2 to 7 show.

    Raises
    ------
    InputError
        There are no or too many layers, too many parameters, or sizes that do not chain.
    """

    layers: tuple[Layer, ...]
    chosen: int = 0

    def __post_init__(self) -> None:
        check_layers(len(self.layers))
        check_parameters(sum(array.size for layer in self.layers for array in layer.parameters.values()))
        if not 0 <= self.chosen < len(self.layers):
            raise InputError(f"there is no layer {self.chosen}; 0 to {len(self.layers) - 1} are")
        for k in range(1, len(self.layers)):
            before, after = self.layers[k - 1].width, self.layers[k].inputs
            if before != after:
                raise InputError(f"layer {k - 1} hands out {before} values, layer {k} takes {after}; equal ones fit")

    @property
    def inputs(self) -> int:
        """I of the whole network."""
        return self.layers[0].inputs

    @property
    def outputs(self) -> int:
        """Values that leave the network at each step."""
        return self.layers[-1].width

    @property
    def structure(self) -> tuple[object, ...]:
        """All that is no number of a parameter: networks with equal ones differ in their weights alone."""
        return self.chosen, tuple(
            (layer.cell, layer.inputs, layer.size, layer.activation, layer.bias, layer.direction, layer.outputs)
            for layer in self.layers
        )

    def stateless_before(self, k: int) -> bool:
        """Whether everything below layer `k` is without state, so that its next input is known beforehand."""
        return not any(layer.recurrent for layer in self.layers[:k])

    def with_layer(self, k: int, layer: Layer) -> Network:
        """The network with another layer at `k`."""
        return replace(self, layers=(*self.layers[:k], layer, *self.layers[k + 1 :]))

    def with_chosen(self, k: int) -> Network:
        """The network with layer `k` chosen."""
        return replace(self, chosen=k)

    def with_parameters(self, k: int, parameters: Mapping[str, ArrayLike]) -> Network:
        """Layer `k` with other values for the named parameters; the rest stays."""
        return self.with_layer(k, self.layers[k].with_values(parameters))

    def with_activation(self, k: int, activation: str) -> Network:
        """Layer `k` with another activation.

        Raises
        ------
        InputError
            Its cell does not offer this one.
        """
        layer = self.layers[k]
        lower(layer.cell, activation, layer.bias)
        return self.with_layer(k, replace(layer, activation=activation))

    def with_bias(self, k: int, bias: bool, seed: int = 1) -> Network:
        """Layer `k` with biases, drawn anew, or without."""
        layer = self.layers[k]
        program = lower(layer.cell, layer.choice, bias, layer.readout and not layer.joined)
        drawn = draw_parameters(program, layer.sizes, seed, layer.direction, layer.readout, bias)
        parameters = {name: layer.parameters.get(name, array) for name, array in drawn.items()}
        return self.with_layer(k, replace(layer, parameters=parameters, bias=bias))

    def with_cell(self, k: int, cell: Cell, seed: int = 1) -> Network:
        """Layer `k` with another cell; parameters that keep their meaning keep their values.

        W, U and b keep it by way of the traditional layer (simple's W is the LSTM's Wg and the GRU's Wn), every
        other parameter by its name, where the shape is the same. What is new is drawn from `seed`. A readout stays,
        but for one that came with the old cell and changes no size.
        """
        layer = self.layers[k]
        direction = layer.direction if cell.states else "forward"
        outputs = layer.outputs
        if cell.readout or cell.own_outputs:
            outputs = layer.size if outputs is None else outputs
        elif layer.cell.readout and outputs == layer.size * (2 if direction == "both" else 1):
            outputs = None
        offered = next(iter(cell.activations.values()), ())
        activation = layer.activation if not offered or layer.activation in offered else offered[0]
        readout = outputs is not None and not cell.own_outputs
        program = lower(cell, activation if offered else None, layer.bias, readout and direction != "both")
        sizes = {"I": layer.inputs, "H": layer.size, "O": layer.size if outputs is None else outputs}
        parameters = draw_parameters(program, sizes, seed, direction, readout, layer.bias)
        old_names = {new: old for old, new in _meanings(layer.cell, cell).items()}
        for name, drawn in parameters.items():
            plain = name.removeprefix(REVERSE)
            old = layer.parameters.get(name[: len(name) - len(plain)] + old_names.get(plain, plain))
            if old is not None and old.shape == drawn.shape:
                parameters[name] = old
        changed = replace(
            layer, cell=cell, activation=activation, outputs=outputs, direction=direction, parameters=parameters
        )
        return self.with_layer(k, changed)


def _candidate(cell: Cell) -> dict[str, str]:
    """The cell's names for W, U and b of its traditional layer, by the letter that they share."""
    if cell.layer is None:
        return {}
    names = {"W": cell.layer.W, "b": cell.layer.b, "U": "U" + cell.layer.W.removeprefix("W")}
    return {letter: name for letter, name in names.items() if name in cell.parameters}


def _meanings(old: Cell, new: Cell) -> dict[str, str]:
    mine, theirs = _candidate(old), _candidate(new)
    return {mine[letter]: theirs[letter] for letter in mine if letter in theirs}


def new_network(
    cell: Cell,
    inputs: int,
    size: int,
    outputs: int | None = None,
    activation: str | None = None,
    bias: bool = True,
    seed: int = 1,
    layers: int = 1,
    direction: str = "forward",
) -> Network:
    """A network of layers of one cell with drawn parameters, one generator for all; see `new_layer`.

    Each layer but the last hands its y on; a readout belongs to the last alone.
    """
    check_layers(layers)
    random = np.random.Generator(np.random.PCG64(seed))
    found: list[Layer] = []
    for k in range(layers):
        last = k == layers - 1
        taken = inputs if k == 0 else found[-1].width
        under = cell if last or not cell.readout else without_readout(cell)
        found.append(new_layer(under, taken, size, outputs if last else None, activation, bias, random, direction))
    return Network(tuple(found), layers - 1)


def without_readout(cell: Cell) -> Cell:
    """The cell as a layer that hands its output on: elman without its readout is simple."""
    for name in library_cells():
        if library_cell(name).equations == cell.equations and not library_cell(name).readout:
            return library_cell(name)
    return replace(cell, readout=False)
