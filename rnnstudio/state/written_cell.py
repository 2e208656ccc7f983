"""A study's chosen layer with a written cell: what keeps its meaning keeps its values, all else is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.layer import Layer, new_layer
from rnnstudio.engine.network import Network
from rnnstudio.engine.shapes import parts_of
from rnnstudio.state.model import Document, Floats


def only_outputs(cell: Cell) -> bool:
    """Whether the cell's one size is that of its outputs, as of a layer without a state."""
    shapes = (*cell.values.values(), *cell.parameters.values())
    return not any("H" in parts_of(size) for shape in shapes for size in shape)


def resized(layer: Layer, inputs: int, size: int, outputs: int | None, seed: int) -> Layer:
    """The layer with other sizes; parameters whose shape is the same keep their values.

    Raises
    ------
    InputError
        A size is over its limit.
    """
    drawn = new_layer(layer.cell, inputs, size, outputs, layer.choice, layer.bias, seed, layer.direction)
    kept = {
        name: layer.parameters[name]
        for name, array in drawn.parameters.items()
        if name in layer.parameters and layer.parameters[name].shape == array.shape
    }
    return replace(drawn, activation=layer.activation, parameters={**drawn.parameters, **kept})


def written_layer(document: Document, cell: Cell, size: int, outputs: int | None, bias: bool = True) -> Layer:
    """The chosen layer with another cell and sizes.

    Parameters
    ----------
    document : Document
        Where it stands; its seed draws what is new.
    cell : Cell
        What it computes from now on.
    size : int
        H, or the number of outputs of a cell that has no other size.
    outputs : int or None
        O of a cell with outputs of its own; a readout stays as it is.
    bias : bool
        Whether its biases are there.

    Raises
    ------
    InputError
        A size is over its limit, or the cell cannot have the layer's readout.
    """
    k, seed = document.network.chosen, document.seed
    alone = Network((document.network.layers[k],))
    if alone.layers[0].bias != bias:
        alone = alone.with_bias(0, bias, seed)
    if alone.layers[0].cell != cell:
        alone = alone.with_cell(0, cell, seed)
    layer = alone.layers[0]
    wanted = outputs if cell.own_outputs and outputs is not None else layer.outputs
    if (size, wanted) != (layer.size, layer.outputs):
        layer = resized(layer, layer.inputs, size, wanted, seed)
    bound = bound_outputs(document)
    if bound is not None and layer.width != bound:
        alone_size = bound if only_outputs(cell) and layer.outputs is None else size
        layer = resized(layer, layer.inputs, alone_size, None if alone_size != size else bound, seed)
    preset = {
        name: values for name, values in document.presets.get(cell.name, {}).items()
        if name in layer.parameters and layer.parameters[name].shape == values.shape
    }  # fmt: skip
    if preset and cell != document.network.layers[k].cell:
        layer = replace(layer, parameters={**layer.parameters, **preset})
    return layer


def bound_outputs(document: Document) -> int | None:
    """How many values have to leave the chosen layer: those that the study's targets are of; None where it is open."""
    network = document.network
    last = network.chosen == len(network.layers) - 1
    return network.outputs if last and document.sequence.targets is not None else None


def written_document(document: Document, layer: Layer) -> Document:
    """The study with another chosen layer: a layer above takes what it hands out, first states stay where they fit."""
    network, k = document.network, document.network.chosen
    layers = list(network.layers)
    layers[k] = layer
    if k + 1 < len(layers) and layers[k + 1].inputs != layer.width:
        above = layers[k + 1]
        layers[k + 1] = resized(above, layer.width, above.size, above.outputs, document.seed)
    return replace(document, network=Network(tuple(layers), k), first=_first(document, layer))


def _first(document: Document, layer: Layer) -> dict[int, dict[str, Floats]]:
    k = document.network.chosen
    states = layer.program.states
    found = {
        at: {
            name: vector for name, vector in vectors.items()
            if at != k or (name.rpartition(".")[2] in states and np.shape(vector)[-1] == layer.size)
        }
        for at, vectors in document.first.items()
    }  # fmt: skip
    return {at: vectors for at, vectors in found.items() if vectors}
