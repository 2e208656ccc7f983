"""Weights as a file of safetensors, under the names that `exported_parameters` gives them."""

from __future__ import annotations

from rnnstudio.engine.network import Network
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.files.tensors import tensor_bytes


def weights_bytes(network: Network) -> bytes:
    """The bytes of a ``.safetensors`` file with a network's parameters, float64; one network gives one series.

    A function that is not the first that its cell offers, and so not the one that would be assumed, is said in the
    header.
    """
    said = {
        f"layer{k}.activation": layer.activation
        for k, layer in enumerate(network.layers)
        if layer.activation and layer.activation not in {offered[0] for offered in layer.cell.activations.values()}
        if layer.cell.activations
    }
    return tensor_bytes(exported_parameters(network), said)
