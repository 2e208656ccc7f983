"""What may be shown at a playhead, from the cell's file and MODEL §2 alone; and traces in which all else is false.

A picture that stays the same to the last digit when every forbidden number is replaced by another one holds none of
them, wherever it might have hidden it.
"""

import sys
import tomllib
from dataclasses import fields, is_dataclass, replace
from functools import cache

import numpy as np

from rnnstudio.resources import resource
from rnnstudio.state import runs

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
    """Says of a number whether it may be seen: of which run, layer, name and sample.

    ``mode`` is when the weights are updated: with every sample each layer has other weights, and with them later
    inputs of the chosen one are not known.
    """

    def __init__(self, network, t, phase, mode="frozen", steps=None):
        self.mode, self.steps = mode, steps
        self.backwards = network.layers[network.chosen].direction == "reverse"
        self.layers, self.chosen = network.layers, network.chosen
        self.t, self.phase = t, phase
        self.table, self.count = phase_table(network.layers[network.chosen])
        self.stateless = [layer.cell.name == "dense" for layer in network.layers]

    def allows(self, kind, k, name, t):
        name = name.partition(":")[0]
        if name.endswith("_prev"):
            return self.allows(kind, k, name.removesuffix("_prev"), t + 1 if self.backwards else t - 1)
        if self.order(t) <= 0 or (name == "x" and k == 0):
            return True  # given
        if name == "x":
            return self.allows(kind, k - 1, "y", t)
        if t != self.t:
            later_input = k == self.chosen - 1 and name == "y" and all(self.stateless[: k + 1])
            return self.order(t) < self.order(self.t) or (later_input and self.allows_version(t))
        if k < self.chosen:
            return self.phase >= 1
        if k > self.chosen:
            return self.phase >= self.count
        return self._chosen_layer(kind, name)

    def order(self, t):
        """How many samples have been taken with sample t."""
        return self.steps + 1 - t if self.backwards else t

    def allows_version(self, t):
        """Whether the weights that sample t uses have been made; T + 1: those after the last sample."""
        complete = self.phase >= self.count or self.order(self.t) == 0
        if self.mode == "sample":
            return t <= self.t + complete
        return self.mode == "frozen" or t <= self.steps or (self.order(self.t) == self.steps and complete)

    def _chosen_layer(self, kind, name):
        if kind == CELL:
            return self.table[name] <= self.phase
        done = 3 if self.phase >= self.count else min(self.phase, 2)
        return done >= (3 if name in ("y", "h") else 2)


def wrong(true):
    """Another number in place of one that must not be seen."""
    return 0.7771 - 1.37 * true


class Veil:
    """A run whose forbidden numbers are wrong."""

    def value(self, name, t):
        true = super().value(name, t)
        return true if self.__dict__["allowed"](name, t) else wrong(true)

    def series(self, name):
        return np.array([self.value(name, t) for t in range(1, self.T + 1)])

    def parameter(self, name, t):
        true = super().parameter(name, t)
        return true if self.__dict__["made"](t) else wrong(true)


@cache
def veiled_kind(kind):
    return type("Veiled", (Veil, kind), {})


def veiled(trace, allowed, made):
    """The same trace; ``allowed(k, name, t)`` and, of the weights, ``made(t)`` say what of it is true."""
    layers = []
    for k, layer in enumerate(trace.layers):
        copy = object.__new__(veiled_kind(type(layer)))
        copy.__dict__.update(layer.__dict__)
        copy.__dict__["allowed"] = lambda name, t, k=k: allowed(k, name, t)
        copy.__dict__["made"] = made
        layers.append(copy)
    last = trace.versions[-1:] if made(trace.T + 1) else tuple(wrong_network(net) for net in trace.versions[-1:])
    return replace(trace, layers=tuple(layers), versions=(*trace.versions[:-1], *last))


def wrong_network(network):
    """A network none of whose weights may be seen."""
    for k, layer in enumerate(network.layers):
        network = network.with_parameters(k, {name: wrong(array) for name, array in layer.parameters.items()})
    return network


def veil(patch, state, head):
    """Let the program see wrong numbers wherever ``head`` forbids true ones; returns an equal, uncached state."""
    document = state.document
    cell, layer = runs.traces(document)
    oracle = Oracle(document.network, head.t, head.phase, document.mode, document.sequence.steps)
    made = oracle.allows_version
    both = (
        veiled(cell, lambda k, name, t: oracle.allows(CELL, k, name, t), made),
        None if layer is None else veiled(layer, lambda k, name, t: oracle.allows(LAYER, k, name, t), made),
    )
    after = runs.afterwards(document)
    if not made(document.sequence.steps + 1):
        after = tuple(None if network is None else wrong_network(network) for network in after)
    replaced = {"traces": (runs.traces, both), "afterwards": (runs.afterwards, after)}
    for name, module in list(sys.modules.items()):
        for what, (true, false) in replaced.items():
            if name.startswith("rnnstudio.") and getattr(module, what, None) is true:
                patch.setattr(module, what, lambda document, false=false: false)
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
