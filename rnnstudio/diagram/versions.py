"""The versions of the weights: W_t, the one that sample t used, and ΔW_t = W_{t+1} − W_t. Found by comparing them."""

from collections.abc import Iterator

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.network import Network
from rnnstudio.engine.trace import Trace
from rnnstudio.sentence import sentence

#: Before a parameter's name: the change of it.
DELTA = "Δ"
#: What the index of W_t means, by which neighbouring versions differ.
FROZEN, SAMPLE, SEQUENCE, SOME = "frozen", "sample", "sequence", "some"
#: What the caption says of it.
SAYINGS = {
    FROZEN: "Frozen: the same W at every sample",
    SAMPLE: "Weights updated after every sample: <W|W_{t+1}> = <W|W_t> + <W|ΔW_t>",
    SEQUENCE: "Updated once after backpropagation through time: <W|W′> = <W|W> + <W|ΔW>",
}


def version(trace: Trace, after: Network | None, k: int, name: str, t: int) -> Floats:
    """The parameter of layer ``k`` that is in force at sample ``t``; T + 1: after the last one.

    Parameters
    ----------
    trace : Trace
        The run; its layers know the version that each sample used.
    after : Network or None
        The network after one update that follows the run, where there is one.
    k : int
        Index of the layer.
    name : str
        A parameter of it; with ``Δ`` before it, the change that sample ``t`` brings about.
    t : int
        From 1 to T + 1; 0 has the version of sample 1.
    """
    if name.startswith(DELTA):
        name = name.removeprefix(DELTA)
        return version(trace, after, k, name, t + 1) - version(trace, after, k, name, t)
    run, last = trace.layer(k), after or (trace.versions[-1] if trace.versions else None)
    within = t <= trace.T or last is None
    if within and name in run.program.parameters:
        return np.asarray(run.parameter(name, min(max(t, 1), trace.T)))
    # a readout of two directions is no part of the run of one; such layers are updated after the sequence at most
    layer = (trace.network if within or last is None else last).layers[k]
    if name not in run.program.parameters:
        return np.asarray(layer.parameters[name])
    before = REVERSE if run.reversed_time and layer.direction == "both" else ""
    return np.asarray(layer.parameters[before + name])


def changed(trace: Trace, after: Network | None, layers: range) -> tuple[bool, ...]:
    """For each sample whether the weights after it differ from those that it used; () where none do.

    Compared are the matrices themselves, of the parameters that the run of these layers used.
    """
    if after is None and not trace.versions:
        return ()
    found = tuple(_differs(trace, after, layers, t) for t in range(1, trace.T + 1))
    return found if any(found) else ()


def _differs(trace: Trace, after: Network | None, layers: range, t: int) -> bool:
    return any(one is not other and _unlike(one, other) for one, other in _neighbours(trace, after, layers, t))


def _unlike(one: Floats, other: Floats) -> bool:
    """Whether two arrays of one shape differ; what is no number in both is the same."""
    differ = one != other
    return bool(differ.any()) and bool((differ & ~(np.isnan(one) & np.isnan(other))).any())


def _neighbours(trace: Trace, after: Network | None, layers: range, t: int) -> Iterator[tuple[Floats, Floats]]:
    for k in layers:
        for name in trace.layer(k).program.parameters:
            yield version(trace, after, k, name, t), version(trace, after, k, name, t + 1)


def learning(changes: tuple[bool, ...]) -> str:
    """What the index of W_t means, given which neighbouring versions differ."""
    if not any(changes):
        return FROZEN
    if all(changes):
        return SAMPLE
    return SEQUENCE if not any(changes[:-1]) else SOME


def saying(changes: tuple[bool, ...]) -> str:
    """The caption that says what the index of W_t means."""
    found = SAYINGS.get(learning(changes))
    if found is not None:
        return found
    return sentence(
        "Weights updated after {count} of {count2} samples, the same W elsewhere",
        count=sum(changes),
        count2=len(changes),
    )


def same_until(changes: tuple[bool, ...], now: int, t: int) -> bool:
    """Whether the versions from ``now`` to ``t`` are all the same, so that nothing new is to be known of them."""
    return not any(changes[max(now, 1) - 1 : t - 1])


def largest(trace: Trace, after: Network | None) -> float:
    """max|w| over all parameters of the network in all versions: the range of the weights' colours."""
    networks = [trace.network, *trace.versions, *([after] if after is not None else [])]
    return max(map(_largest_of, {id(network): network for network in networks}.values()))


def _largest_of(network: Network) -> float:
    arrays = [array.ravel() for layer in network.layers for array in layer.parameters.values()]
    return float(np.abs(np.concatenate(arrays)).max(initial=0.0)) if arrays else 0.0


def largest_change(trace: Trace, after: Network | None) -> float:
    """max|ΔW_t| over the parameters and samples of the chosen layer: the range of the colours of changes."""
    k = trace.chosen
    most = 0.0
    if after is None and not trace.versions:
        return 1.0
    for t in range(1, trace.T + 1):
        for one, other in _neighbours(trace, after, range(k, k + 1), t):
            if one is not other and one.size:
                most = max(most, float(np.max(np.abs(other - one))))
    return most or 1.0
