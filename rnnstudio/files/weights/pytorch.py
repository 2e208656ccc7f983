"""Parameters under PyTorch's names: a stack of RNN, LSTM or GRU layers, with or without a linear readout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS, Cell, library_cell
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError, check_layers
from rnnstudio.engine.network import Layer, Network

Arrays = Mapping[str, NDArray[Any]]
Array = NDArray[np.float64]
Parts = dict[str, Array]
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


def pytorch_network(
    arrays: Arrays, where: str, cell: Cell | None, activation: str | None, said_activations: Mapping[int, str]
) -> tuple[Network, str]:
    """The network of PyTorch's names, and a sentence about what the file leaves open.

    Parameters
    ----------
    arrays : mapping
        Only parameters.
    where : str
        The file, for sentences.
    cell, activation : Cell, str or None
        What the user says; by default the kind follows from the shapes, and a plain recurrent layer gets tanh.
    said_activations : mapping
        Layer → the function that the file says.

    Raises
    ------
    InputError
        The names or shapes are those of no such stack, or of more than one.
    """
    names = recurrent_names(arrays)
    layers, prefix = _grouped(names, arrays, where)
    rest = {name: array for name, array in arrays.items() if name not in names}
    readout = _readout(rest, sum(sum(parts["weight_hh"].shape[-1:]) for parts in layers[-1]), where)
    made = []
    for k, directions in enumerate(layers):
        last = k == len(layers) - 1
        made.append(_layer(k, directions, readout if last else {}, where, cell, activation or said_activations.get(k)))
    network = Network(tuple(made), chosen=len(made) - 1)
    chosen = network.layers[-1]
    stripped = f", the prefix {prefix} stripped" if prefix else ""
    gates = {"lstm": " with gates in the order i f g o", "gru": " with gates in the order r z n"}
    both = ", both directions" if chosen.direction == "both" else ""
    said = f"PyTorch's names and layout{stripped}: {chosen.cell.name}{gates.get(chosen.cell.name, '')}{both}"
    if chosen.cell.activations and activation is None and network.chosen not in said_activations:
        said += f"; the file does not say the activation, {chosen.activation} is assumed (--activation says another)"
    return network, f"{said}."


def _grouped(names: Mapping[str, re.Match[str]], arrays: Arrays, where: str) -> tuple[list[list[Parts]], str]:
    """Layer → its directions (one, or forward and reversed) → key → array; and the prefix of all names."""
    prefixes = {match["prefix"] for match in names.values()}
    if len(prefixes) > 1:
        listed = " and ".join(repr(prefix) for prefix in sorted(prefixes)[:4])
        raise InputError(f"{where}: recurrent layers under {listed}; a file with one of them is wanted: save it alone")
    groups: dict[tuple[int, str], Parts] = {}
    for name, match in names.items():
        if match["key"].endswith("hr"):
            raise InputError(f"{where}: {name} is of a projected LSTM, which is not read; one with proj_size = 0 is")
        own = groups.setdefault((int(match["layer"] or 0), match["rest"] or ""), {})
        if match["key"] in own:
            raise InputError(f"{where}: {name} is there a second time; each parameter once is wanted")
        own[match["key"]] = np.asarray(arrays[name], dtype=np.float64)
    layers, suffixes = sorted({k for k, _ in groups}), sorted({suffix for _, suffix in groups})
    check_layers(len(layers))
    if layers != list(range(len(layers))):
        raise InputError(f"{where}: the layers are numbered {layers}; 0 to {len(layers) - 1} are wanted")
    for k in layers:
        for suffix in ("", *suffixes):
            parts = groups.get((k, suffix), {})
            missing = [key for key in _KEYS if key not in parts]
            if missing and missing != ["bias_ih", "bias_hh"]:
                raise InputError(
                    f"{where}: {missing[0]}_l{k}{suffix} is missing; both weights, and both biases or none, are wanted"
                )
    return [[groups[k, suffix] for suffix in suffixes] for k in layers], prefixes.pop()


def _readout(rest: Arrays, size: int, where: str) -> Parts:
    """V and by from the one linear layer beside the recurrent one; empty where there is none."""
    found: dict[str, Parts] = {}
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
    k: int, directions: list[Parts], readout: Parts, where: str, cell: Cell | None, activation: str | None
) -> Layer:
    sizes = {_sizes(parts, f"_l{k}", where) for parts in directions}
    if len(sizes) > 1:
        raise InputError(f"{where}: the two directions of layer {k} are not of one size; equal ones are wanted")
    [(gates, size, inputs)] = sizes
    name = _CELLS[gates]
    chosen = cell if cell is not None else library_cell(_WITH_READOUT.get(name, name) if readout else name)
    names = {key: chosen.pytorch.get(key, ()) for key in _KEYS}
    if len(names["weight_hh"]) != gates:
        raise InputError(
            f"{where}: --cell {chosen.name} does not fit weight_hh_l{k} ({gates * size}, {size}), which has {gates} "
            f"gates: --cell {_CELLS[gates]} does"
        )
    biased = [parts for parts in directions if "bias_ih" in parts]
    bias = bool(biased) or READOUT_BIAS in readout
    zeros = {"bias_ih": np.zeros(gates * size), "bias_hh": np.zeros(gates * size)}
    parameters: dict[str, Array] = {}
    doubled: dict[str, tuple[Array, Array]] = {}
    for before, parts in zip(("", REVERSE), directions, strict=False):
        own, sums = _split({**zeros, **parts} if bias else parts, names, gates, f"{where}, layer {k}")
        parameters.update((before + name, array) for name, array in own.items())
        doubled.update((before + name, pair) for name, pair in sums.items())
    if readout and bias and READOUT_BIAS not in readout:
        readout = {**readout, READOUT_BIAS: np.zeros(len(readout[READOUT]))}
    if chosen.activations:
        activation = activation or next(iter(chosen.activations.values()))[0]
    return Layer(
        chosen, inputs, size, activation if chosen.activations else None, bias,
        "forward" if len(directions) == 1 else "both", len(readout[READOUT]) if readout else None,
        {**parameters, **readout}, doubled,
    )  # fmt: skip


def _sizes(parts: Parts, suffix: str, where: str) -> tuple[int, int, int]:
    """(gates, H, I) of one direction."""
    w_ih, w_hh = parts["weight_ih"], parts["weight_hh"]
    if w_ih.ndim != 2 or w_hh.ndim != 2 or not w_hh.size or len(w_ih) != len(w_hh) or len(w_hh) % w_hh.shape[1]:
        raise InputError(
            f"{where}: weight_ih{suffix} {w_ih.shape} and weight_hh{suffix} {w_hh.shape} are not (G·H, I) and "
            "(G·H, H) with G = 1, 3 or 4"
        )
    gates = len(w_hh) // w_hh.shape[1]
    if gates not in _CELLS:
        raise InputError(f"{where}: weight_hh{suffix} {w_hh.shape} has {gates} gates; RNN has 1, GRU 3, LSTM 4")
    return gates, w_hh.shape[1], w_ih.shape[1]


def _split(
    parts: Parts, names: Mapping[str, tuple[str, ...]], gates: int, where: str
) -> tuple[Parts, dict[str, tuple[Array, Array]]]:
    """The cell's parameters of one direction; and of a name under both biases, which is their sum, the two."""
    found: Parts = {}
    doubled: dict[str, tuple[Array, Array]] = {}
    for key in _KEYS if "bias_ih" in parts else _KEYS[:2]:
        if parts[key].ndim != (2 if key.startswith("weight") else 1) or len(parts[key]) != len(parts["weight_hh"]):
            wanted = f"({len(parts['weight_hh'])},)"
            raise InputError(f"{where}: {key} has the shape {parts[key].shape}; {wanted} is wanted")
        for name, part in zip(names[key], np.split(parts[key], gates), strict=True):
            if name in found:
                doubled[name] = (found[name], part)
            found[name] = found[name] + part if name in found else part
    return found, doubled
