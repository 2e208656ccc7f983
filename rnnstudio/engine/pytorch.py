"""Parameters under the names, and in the layout, of PyTorch's recurrent layers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.network import Layer, Network, readout_names

Array = NDArray[np.float64]
_READOUT_NAMES = ("readout.weight", "readout.bias")


def _kind(layer: Layer) -> str | None:
    """What computes the same in PyTorch: RNN_TANH, RNN_RELU, LSTM, GRU; None where nothing does."""
    kind: str | None = layer.cell.pytorch.get("type")
    if kind not in ("RNN", "LSTM", "GRU") or not {"weight_ih", "weight_hh"} <= set(layer.cell.pytorch):
        return None
    if kind != "RNN":
        return kind
    return {"tanh": "RNN_TANH", "relu": "RNN_RELU"}.get(layer.program.activation or "")


def is_pytorch_stack(network: Network) -> bool:
    """Whether one recurrent module of PyTorch, with or without a linear readout behind it, is the network.

    All layers are of one kind, one size, with biases or without, and only the last has a readout.
    """
    layers = network.layers
    first = layers[0]
    kind = _kind(first)
    return (
        kind is not None
        and all(_kind(layer) == kind and layer.size == first.size and layer.bias == first.bias for layer in layers)
        and not any(layer.readout for layer in layers[:-1])
    )


def _stacked(layer: Layer, key: str) -> Array:
    return np.concatenate([layer.parameters[name] for name in layer.cell.pytorch[key]])


def _hidden_bias(layer: Layer) -> Array:
    """bias_hh: zeros for what stands under bias_ih already, where one name is the sum of both."""
    shared = layer.cell.pytorch.get("bias_ih", ())
    parts = []
    for name in layer.cell.pytorch["bias_hh"]:
        own = layer.parameters[name]
        parts.append(np.zeros_like(own) if name in shared else own)
    return np.concatenate(parts)


def exported_parameters(network: Network) -> dict[str, Array]:
    """Every parameter by the name under which it leaves the program.

    A stack that PyTorch has: ``weight_ih_lK`` (gates · H, I), ``weight_hh_lK`` (gates · H, H), ``bias_ih_lK``,
    ``bias_hh_lK`` (gates · H), ``readout.weight`` (O, H), ``readout.bias`` (O), gates in the order i f g o and r z n.
    Every other network: ``layerK.NAME`` with the names of the equations.
    """
    if not is_pytorch_stack(network):
        return {
            f"layer{k}.{name}": array
            for k, layer in enumerate(network.layers)
            for name, array in layer.parameters.items()
        }
    found: dict[str, Array] = {}
    for k, layer in enumerate(network.layers):
        found[f"weight_ih_l{k}"] = _stacked(layer, "weight_ih")
        found[f"weight_hh_l{k}"] = _stacked(layer, "weight_hh")
        if layer.bias:
            found[f"bias_ih_l{k}"] = _stacked(layer, "bias_ih")
            found[f"bias_hh_l{k}"] = _hidden_bias(layer)
    last = network.layers[-1]
    for name, ours in zip(_READOUT_NAMES, readout_names(last), strict=False):
        found[name] = last.parameters[ours]
    return found
