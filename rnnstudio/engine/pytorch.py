"""Parameters under the names, and in the layout, of PyTorch's recurrent layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.layer import REVERSE, Layer, readout_names
from rnnstudio.engine.network import Network

Array = NDArray[np.float64]
#: Layer and name of a parameter → an array of the parameter's shape.
OfParameter = Callable[[int, str], Array]
_READOUT_NAMES = ("readout.weight", "readout.bias")
_SUFFIXES = {"forward": ("",), "both": ("", "_reverse")}


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

    All layers are of one kind, one size, with biases or without, forward or of both directions, and only the last has
    a readout.
    """
    layers = network.layers
    first = layers[0]
    kind = _kind(first)
    return (
        kind is not None
        and first.direction in _SUFFIXES
        and all(
            (_kind(layer), layer.size, layer.bias, layer.direction) == (kind, first.size, first.bias, first.direction)
            for layer in layers
        )
        and not any(layer.readout for layer in layers[:-1])
    )


def exported_parameters(network: Network) -> dict[str, Array]:
    """Every parameter by the name under which it leaves the program.

    A stack that PyTorch has: ``weight_ih_lK`` (gates · H, I), ``weight_hh_lK`` (gates · H, H), ``bias_ih_lK``,
    ``bias_hh_lK`` (gates · H), for a reversed direction with ``_reverse`` behind it, ``readout.weight`` (O, D · H),
    ``readout.bias`` (O); gates in the order i f g o and r z n; both trained arrays of a bias that is their sum.
    Every other network: ``layerK.NAME`` with the names of the equations, ``layerK.reverse.NAME`` for a reversed
    direction.
    """
    layers = network.layers

    def part(which: int) -> OfParameter:
        return lambda k, name: layers[k].bias_parts[name][which]

    return _exported(network, lambda k, name: layers[k].parameters[name], part(0), part(1))


def exported_gradients(network: Network, of: OfParameter) -> dict[str, Array]:
    """The same names for arrays that belong to the parameters, as gradients do.

    Parameters
    ----------
    network : Network
        Whose parameters they belong to.
    of : callable
        (layer, name of a parameter there) → array of its shape. Of a bias that is a sum, b = b_ih + b_hh, both parts
        get the array of the sum: ∂L/∂b_ih = ∂L/∂b_hh = ∂L/∂b.
    """
    return _exported(network, of, of, of)


def _exported(network: Network, of: OfParameter, of_ih: OfParameter, of_hh: OfParameter) -> dict[str, Array]:
    if not is_pytorch_stack(network):
        return {
            f"layer{k}.{REVERSE if layer.direction == 'reverse' else ''}{name}": of(k, name)
            for k, layer in enumerate(network.layers)
            for name in layer.parameters
        }
    found: dict[str, Array] = {}
    for k, layer in enumerate(network.layers):
        table = layer.cell.pytorch
        for suffix in _SUFFIXES[layer.direction]:
            before = REVERSE if suffix else ""
            for key, of_part in (("weight_ih", of), ("weight_hh", of), ("bias_ih", of_ih), ("bias_hh", of_hh)):
                if key.startswith("weight") or layer.bias:
                    names = [before + name for name in table[key]]
                    parts = [(of_part if name in layer.doubled else of)(k, name) for name in names]
                    found[f"{key}_l{k}{suffix}"] = np.concatenate(parts)
    last = len(network.layers) - 1
    for name, ours in zip(_READOUT_NAMES, readout_names(network.layers[last]), strict=False):
        found[name] = of(last, ours)
    return found
