"""Parameters under PyTorch's names: a stack of RNN, LSTM or GRU layers, with or without a linear readout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS, Cell, library_cell
from rnnstudio.engine.limits import InputError, check_layers
from rnnstudio.engine.network import Layer, Network

Arrays = Mapping[str, NDArray[Any]]
_NAME = re.compile(
    r"(?P<prefix>(?:.*\.)?)(?P<key>(?:weight|bias)_(?:ih|hh|hr))(?:_l(?P<layer>\d+))?(?P<rest>_reverse)?\Z"
)
_KEYS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
READOUTS = ("readout", "fc", "out", "head", "decoder", "linear")
#: Rows of weight_hh for one unit of the state, by which the kind is known.
_CELLS = {1: "simple", 3: "gru", 4: "lstm"}
#: The name that a cell with a readout goes by.
_WITH_READOUT = {"simple": "elman"}


def recurrent_names(arrays: Arrays) -> dict[str, re.Match[str]]:
    """The arrays whose names are those of a recurrent layer of PyTorch, with the parts of each name."""
    found = ((name, _NAME.match(name)) for name in arrays)
    return {name: match for name, match in found if match}


def pytorch_network(arrays: Arrays, where: str, cell: Cell | None, activation: str | None) -> tuple[Network, str]:
    """The network of PyTorch's names, and a sentence about what the file leaves open.

    Parameters
    ----------
    arrays : mapping
        Only parameters.
    where : str
        The file, for sentences.
    cell, activation : Cell, str or None
        What the user says; by default the kind follows from the shapes, and a plain recurrent layer gets tanh.

    Raises
    ------
    InputError
        The names or shapes are those of no such stack, or of more than one.
    """
    names = recurrent_names(arrays)
    layers, prefix = _grouped(names, arrays, where)
    rest = {name: array for name, array in arrays.items() if name not in names}
    readout = _readout(rest, layers[-1]["weight_hh"].shape[-1], where)
    made = []
    for k, parts in enumerate(layers):
        last = k == len(layers) - 1
        made.append(_layer(k, parts, readout if last else {}, where, cell, activation))
    network = Network(tuple(made), chosen=len(made) - 1)
    chosen = network.layers[-1]
    stripped = f", the prefix {prefix} stripped" if prefix else ""
    gates = {"lstm": " with gates in the order i f g o", "gru": " with gates in the order r z n"}
    said = f"PyTorch's names and layout{stripped}: {chosen.cell.name}{gates.get(chosen.cell.name, '')}"
    if chosen.cell.activations and activation is None:
        said += f"; the file does not say the activation, {chosen.activation} is assumed (--activation says another)"
    return network, f"{said}."


def _grouped(
    names: Mapping[str, re.Match[str]], arrays: Arrays, where: str
) -> tuple[list[dict[str, NDArray[np.float64]]], str]:
    prefixes = {match["prefix"] for match in names.values()}
    if len(prefixes) > 1:
        listed = " and ".join(repr(prefix) for prefix in sorted(prefixes)[:4])
        raise InputError(f"{where}: recurrent layers under {listed}; a file with one of them is wanted: save it alone")
    groups: dict[int, dict[str, NDArray[np.float64]]] = {}
    for name, match in names.items():
        if match["rest"]:
            raise InputError(f"{where}: {name} is of a reversed direction, which is not in this version; forward is")
        if match["key"].endswith("hr"):
            raise InputError(f"{where}: {name} is of a projected LSTM, which is not read; one with proj_size = 0 is")
        own = groups.setdefault(int(match["layer"] or 0), {})
        if match["key"] in own:
            raise InputError(f"{where}: {name} is there a second time; each parameter once is wanted")
        own[match["key"]] = np.asarray(arrays[name], dtype=np.float64)
    check_layers(len(groups))
    if sorted(groups) != list(range(len(groups))):
        raise InputError(f"{where}: the layers are numbered {sorted(groups)}; 0 to {len(groups) - 1} are wanted")
    for k, parts in groups.items():
        missing = [key for key in _KEYS if key not in parts]
        if missing and missing != ["bias_ih", "bias_hh"]:
            raise InputError(
                f"{where}: {missing[0]}_l{k} is missing; both weights, and both biases or none, are wanted"
            )
    return [groups[k] for k in range(len(groups))], prefixes.pop()


def _readout(rest: Arrays, size: int, where: str) -> dict[str, NDArray[np.float64]]:
    """V and by from the one linear layer beside the recurrent one; empty where there is none."""
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, array in rest.items():
        owner, _, key = name.rpartition(".")
        if owner.rpartition(".")[2] not in READOUTS or key not in ("weight", "bias"):
            raise InputError(
                f"{where}: {name} belongs to no recurrent layer and no readout ({', '.join(READOUTS)}); a file "
                "without it is wanted"
            )
        found.setdefault(owner, {})[key] = np.asarray(array, dtype=np.float64)
    if not found:
        return {}
    if len(found) > 1:
        raise InputError(f"{where}: {' and '.join(sorted(found))} could both be the readout; keep one of them")
    [(owner, parts)] = found.items()
    weight = parts.get("weight")
    if weight is None or weight.ndim != 2 or weight.shape[1] != size:
        shape = None if weight is None else weight.shape
        raise InputError(f"{where}: {owner}.weight has the shape {shape}; (O, {size}) is wanted for a readout")
    return {READOUT: weight} | ({READOUT_BIAS: parts["bias"]} if "bias" in parts else {})


def _layer(
    k: int,
    parts: Mapping[str, NDArray[np.float64]],
    readout: Mapping[str, NDArray[np.float64]],
    where: str,
    cell: Cell | None,
    activation: str | None,
) -> Layer:
    w_ih, w_hh = parts["weight_ih"], parts["weight_hh"]
    if w_ih.ndim != 2 or w_hh.ndim != 2 or not w_hh.size or len(w_ih) != len(w_hh) or len(w_hh) % w_hh.shape[1]:
        raise InputError(
            f"{where}: weight_ih_l{k} {w_ih.shape} and weight_hh_l{k} {w_hh.shape} are not (G·H, I) and (G·H, H) "
            "with G = 1, 3 or 4"
        )
    gates = len(w_hh) // w_hh.shape[1]
    if gates not in _CELLS:
        raise InputError(f"{where}: weight_hh_l{k} {w_hh.shape} has {gates} gates; RNN has 1, GRU 3, LSTM 4")
    name = _CELLS[gates]
    chosen = cell if cell is not None else library_cell(_WITH_READOUT.get(name, name) if readout else name)
    names = {key: chosen.pytorch.get(key, ()) for key in _KEYS}
    if len(names["weight_hh"]) != gates:
        raise InputError(
            f"{where}: --cell {chosen.name} does not fit weight_hh_l{k} {w_hh.shape}, which has {gates} gates: "
            f"--cell {_CELLS[gates]} does"
        )
    bias = "bias_ih" in parts
    if readout and bias != (READOUT_BIAS in readout):
        readout = _with_bias(readout) if bias else readout
        if not bias:
            parts = {**parts, "bias_ih": np.zeros(len(w_ih)), "bias_hh": np.zeros(len(w_ih))}
            bias = True
    parameters = {**_split(parts, names, gates, bias, f"{where}, layer {k}"), **readout}
    outputs = len(readout[READOUT]) if readout else None
    if chosen.activations:
        activation = activation or next(iter(chosen.activations.values()))[0]
    return Layer(
        chosen, w_ih.shape[1], w_hh.shape[1], activation if chosen.activations else None, bias, "forward",
        outputs, parameters,
    )  # fmt: skip


def _with_bias(readout: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    return {**readout, READOUT_BIAS: np.zeros(len(readout[READOUT]))}


def _split(
    parts: Mapping[str, NDArray[np.float64]], names: Mapping[str, tuple[str, ...]], gates: int, bias: bool, where: str
) -> dict[str, NDArray[np.float64]]:
    """The cell's parameters; a name under both biases is their sum."""
    found: dict[str, NDArray[np.float64]] = {}
    for key in _KEYS if bias else _KEYS[:2]:
        if len(parts[key]) != len(parts["weight_hh"]) or parts[key].ndim != (2 if key.startswith("weight") else 1):
            wanted = f"({len(parts['weight_hh'])},)"
            raise InputError(f"{where}: {key} has the shape {parts[key].shape}; {wanted} is wanted")
        for name, part in zip(names[key], np.split(parts[key], gates), strict=True):
            found[name] = found[name] + part if name in found else part
    return found
