"""What ``references/engine.npz`` holds, as networks, data and expected arrays."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.layer import Layer
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network

with np.load(Path(__file__).with_name("references") / "engine.npz") as _file:
    INDEX = json.loads(str(_file["index"]))
    VERSIONS = json.loads(str(_file["versions"]))
    _NUMBERS = {name: _file[name] for name in INDEX}

RUNS = [case for case in INDEX if not case.startswith("training/")]
TRAININGS = [case for case in INDEX if case.startswith("training/")]


@cache
def arrays_of(case):
    """Name → array of a case."""
    found, at = {}, 0
    for name, shape in INDEX[case]["arrays"].items():
        size = int(np.prod(shape))
        found[name] = _NUMBERS[case][at : at + size].reshape(shape)
        at += size
    assert at == len(_NUMBERS[case])
    return found


def agree(ours, theirs, what=""):
    """|a − b| ≤ 1e-12 + 1e-10 · max|reference|."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape, (what, ours.shape, theirs.shape)
    worst = np.abs(ours - theirs).max()
    assert worst <= 1e-12 + 1e-10 * np.abs(theirs).max(), (what, worst, np.abs(theirs).max())


def cell_of(kind):
    return library_cell(kind if kind in ("lstm", "gru") else "simple")


def _with_parameters(layer, k, values, bias):
    """The layer with PyTorch's arrays: rows of a gate each, and both trained arrays of a bias."""
    table, parameters, parts = layer.cell.pytorch, {}, {}
    for suffix, before in (("", ""), ("_reverse", "reverse.")):
        if f"weight_ih_l{k}{suffix}" not in values:
            continue
        for key in ("weight_ih", "weight_hh"):
            rows = np.split(values[f"{key}_l{k}{suffix}"], len(table[key]))
            parameters |= {before + name: array for name, array in zip(table[key], rows, strict=True)}
        if not bias:
            continue
        sides = [np.split(values[f"bias_{side}_l{k}{suffix}"], len(table["bias_ih"])) for side in ("ih", "hh")]
        for ih, hh, one, other in zip(table["bias_ih"], table["bias_hh"], *sides, strict=True):
            if ih == hh:
                parameters[before + ih], parts[before + ih] = one + other, (one, other)
            else:
                parameters |= {before + ih: one, before + hh: other}
    if layer.readout:
        parameters["V"] = values["readout.weight"]
        if bias:
            parameters["by"] = values["readout.bias"]
    return Layer(layer.cell, layer.inputs, layer.size, layer.activation, bias, layer.direction, layer.outputs,
                 parameters, parts)  # fmt: skip


def network_of(case, values=None):
    """The network of a case."""
    about, values = INDEX[case], values or arrays_of(case)
    kind = about["kind"]
    activation = kind if kind in ("tanh", "relu", "sigmoid") else None
    outputs = 3 if about["readout"] else None
    direction = "both" if about["both"] else "forward"
    network = new_network(
        cell_of(kind), 2, 3, outputs, activation, about["bias"], layers=about["layers"], direction=direction
    )
    layers = (_with_parameters(layer, k, values, about["bias"]) for k, layer in enumerate(network.layers))
    return replace(network, layers=tuple(layers))


def firsts_of(case):
    """First states by layer, as `run` takes them."""
    found = {}
    for name, array in arrays_of(case).items():
        front, _, rest = name.partition(".")
        if front.startswith("layer") and rest.endswith(("s0", "c0")):
            found.setdefault(int(front.removeprefix("layer")), {})[rest[:-1]] = array
    return found or None


def loss_of(case):
    about, targets = INDEX[case], arrays_of(case)["targets"]
    if about["loss"] == "cross-entropy":
        targets = targets.astype(int)
    return Loss(about["loss"], targets, about["at"], about["lengths"])
