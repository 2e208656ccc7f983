"""What may be shown at a playhead, from the cell's file and MODEL §2 alone; and traces in which all else is false.

A picture that stays the same to the last digit when every forbidden number is replaced by another one holds none of
them, wherever it might have hidden it.
"""

import sys
import tomllib
from dataclasses import fields, is_dataclass, replace
from functools import cache

import numpy as np

from rnnstudio.engine.recording import LayerTrace
from rnnstudio.resources import resource
from rnnstudio.state import derived

LAYER, CELL = "layer", "cell"


@cache
def file_phases(name):
    """The sub-steps as the cell's file lists them."""
    cell = tomllib.loads(resource("cells", f"{name}.toml").read_text(encoding="utf-8"))
    return cell["phases"] if "phases" in cell else file_phases(cell["same_as"])


def phase_table(layer):
    """Name → number of its sub-step, of the cell with its readout; and how many there are."""
    phases = [list(phase) for phase in file_phases(layer.cell.name)]
    if layer.outputs is not None and layer.cell.name != "dense":
        phases = [["h" if name == "y" else name for name in phase] for phase in phases] + [["y"]]
    return {name: k for k, phase in enumerate(phases, start=1) for name in phase}, len(phases)


class Oracle:
    """Says of a number whether it may be seen: of which run, layer, name and sample."""

    def __init__(self, network, t, phase):
        self.layers, self.chosen = network.layers, network.chosen
        self.t, self.phase = t, phase
        self.table, self.count = phase_table(network.layers[network.chosen])
        self.stateless = [layer.cell.name == "dense" for layer in network.layers]

    def allows(self, kind, k, name, t):
        name = name.partition(":")[0]
        if name.endswith("_prev"):
            return self.allows(kind, k, name.removesuffix("_prev"), t - 1)
        if t <= 0 or (name == "x" and k == 0):
            return True  # given
        if name == "x":
            return self.allows(kind, k - 1, "y", t)
        if t != self.t:
            later_input = k == self.chosen - 1 and name == "y" and all(self.stateless[: k + 1])
            return t < self.t or later_input
        if k < self.chosen:
            return self.phase >= 1
        if k > self.chosen:
            return self.phase >= self.count
        return self._chosen_layer(kind, name)

    def _chosen_layer(self, kind, name):
        if kind == CELL:
            return self.table[name] <= self.phase
        done = 3 if self.phase >= self.count else min(self.phase, 2)
        return done >= (3 if name in ("y", "h") else 2)


class Veiled(LayerTrace):
    """A run whose forbidden numbers are wrong."""

    def value(self, name, t):
        true = super().value(name, t)
        return true if self.__dict__["allowed"](name, t) else 0.7771 - 1.37 * true

    def series(self, name):
        return np.array([self.value(name, t) for t in range(1, self.T + 1)])


def veiled(trace, allowed):
    """The same trace; ``allowed(k, name, t)`` says what of it is true."""
    layers = []
    for k, layer in enumerate(trace.layers):
        copy = object.__new__(Veiled)
        copy.__dict__.update(layer.__dict__)
        copy.__dict__["allowed"] = lambda name, t, k=k: allowed(k, name, t)
        layers.append(copy)
    return replace(trace, layers=tuple(layers))


def veil(patch, state, head):
    """Let the program see wrong numbers wherever ``head`` forbids true ones; returns an equal, uncached state."""
    cell, layer = derived.traces(state.document)
    oracle = Oracle(state.document.network, head.t, head.phase)
    both = (
        veiled(cell, lambda k, name, t: oracle.allows(CELL, k, name, t)),
        None if layer is None else veiled(layer, lambda k, name, t: oracle.allows(LAYER, k, name, t)),
    )
    true = derived.traces
    for name, module in list(sys.modules.items()):
        if name.startswith("rnnstudio.") and getattr(module, "traces", None) is true:
            patch.setattr(module, "traces", lambda document: both)
    return replace(state)


def differences(a, b, where="", found=None):
    """Places at which two answers differ, down into dataclasses, sequences and arrays."""
    found = [] if found is None else found
    if a is b or len(found) > 5:
        return found
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        same = np.shape(a) == np.shape(b) and np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind == "f")
        found += [] if same else [where]
    elif type(a) is not type(b):
        found.append(where)
    elif is_dataclass(a):
        for field in fields(a):
            differences(getattr(a, field.name), getattr(b, field.name), f"{where}.{field.name}", found)
    elif isinstance(a, dict):
        found += [] if a.keys() == b.keys() else [f"{where} keys"]
        for key in a.keys() & b.keys():
            differences(a[key], b[key], f"{where}[{key}]", found)
    elif isinstance(a, list | tuple):
        found += [] if len(a) == len(b) else [f"{where} length"]
        for k, (one, other) in enumerate(zip(a, b, strict=False)):
            differences(one, other, f"{where}[{k}]", found)
    elif a != b:
        found.append(f"{where}: {a!r} / {b!r}")
    return found
