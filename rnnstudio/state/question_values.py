"""What the questions are about, from the run: the right number, the ones that usual mistakes give, what tells it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.engine.held_gates import gates
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network
from rnnstudio.engine.program import Op, Program
from rnnstudio.engine.trace import OneHot, Trace, run
from rnnstudio.state.model import Document
from rnnstudio.state.question import SIGN
from rnnstudio.state.runs import entered

#: Steps away from the right number that fill up the options where usual mistakes give too few.
STEPS = (0.25, -0.25, 0.5, -0.5, 0.75)


def telling(program: Program, name: str, kind: str) -> frozenset[str]:
    """The values from which the one that is asked for follows without reckoning: copies of it, what f is taken of.

    Its sign is also that of the other factor where it is a product with a gate, which is never negative.
    """
    found: set[str] = set()
    todo = [name]
    never_negative = frozenset(gates(program))
    while todo:
        here = todo.pop()
        op = program.producer(here)
        if op is None or here in found:
            continue
        found.add(here)
        if op.kind in ("copy", "function", "negate"):
            todo.append(op.args[0])
        elif op.kind == "mul" and kind == SIGN:
            others = [arg for arg in op.args if arg not in never_negative]
            todo += others if len(others) < len(op.args) else []
    copies = {op.value for op in program.ops if op.kind == "copy" and op.args[0] in found}
    return frozenset(found | copies)


def right_value(trace: Trace, name: str, unit: int, t: int) -> float:
    """The number itself."""
    return float(np.asarray(trace.layer(trace.chosen).value(name, t)).reshape(-1)[unit])


def can_be_negative(trace: Trace, name: str) -> bool:
    """Whether any number of the value in any sample is negative, so that its sign is worth asking for."""
    series = np.asarray(trace.layer(trace.chosen).series(name))
    return bool((series < 0).any())


@lru_cache(maxsize=8)
def without_state(document: Document, trace: Trace, name: str, t: int) -> Floats | None:
    """The value of sample ``t`` as it would be if the chosen layer had forgotten its state; None where it has none.

    Everything else is as it was: what entered, the weights that the sample used, the states of the other layers.
    """
    layer, k = trace.layer(trace.chosen), trace.chosen
    if not layer.program.states or trace.stateless or any(one.reversed_time or one.reverse for one in trace.layers):
        return None
    network: Network = trace.versions[t - 1] if len(trace.versions) > t - 1 else trace.network
    first = {
        j: {state: np.asarray(one.value(f"{state}_prev", t)) for state in one.program.states}
        for j, one in enumerate(trace.layers)
        if j != k and one.program.states
    }
    samples = entered(document)
    x = OneHot(samples.indices[t - 1 : t], samples.size) if isinstance(samples, OneHot) else samples[t - 1 : t]
    alone = run(network, x, first).layer(k)
    return np.asarray(alone.value(name, 1)) if name in alone.program.values else None


def _before_function(program: Program, name: str) -> str:
    """What f is taken of to make a value, where it is made by one function alone; else empty."""
    op: Op | None = program.producer(name)
    while op is not None and op.kind == "copy":
        op = program.producer(op.args[0])
    return op.args[0] if op is not None and op.kind == "function" else ""


def mistakes(document: Document, trace: Trace, name: str, unit: int, t: int) -> tuple[float, ...]:
    """The numbers that usual mistakes give: without the state, without the activation, of the other sign, of before."""
    layer = trace.layer(trace.chosen)
    right = right_value(trace, name, unit, t)
    found: list[float] = []
    alone = without_state(document, trace, name, t)
    if alone is not None:
        found.append(float(alone[unit]))
    before = _before_function(layer.program, name)
    if before:
        found.append(float(np.asarray(layer.value(before, t)).reshape(-1)[unit]))
    found.append(-right)
    earlier = t + 1 if layer.reversed_time else t - 1
    if 1 <= earlier <= trace.T:
        found.append(right_value(trace, name, unit, earlier))
    found += [right + step for step in STEPS]
    return tuple(value for value in found if np.isfinite(value))


def most_telling_unit(document: Document, trace: Trace, name: str, t: int) -> int:
    """The unit on which the state matters most; where nothing tells, the one that changes most from the sample before.

    The number itself has to be one: what is not finite is not asked for.
    """
    layer = trace.layer(trace.chosen)
    values = np.asarray(layer.value(name, t)).reshape(-1)
    other = without_state(document, trace, name, t)
    if other is None:
        earlier = t + 1 if layer.reversed_time else t - 1
        inside = 1 <= earlier <= trace.T
        other = np.asarray(layer.value(name, earlier)).reshape(-1) if inside else np.zeros_like(values)
    with np.errstate(invalid="ignore"):
        apart = np.where(np.isfinite(values), np.abs(values - other), -1.0)
    best = int(np.argmax(apart))
    if not np.isfinite(values[best]):
        raise InputError(f"{name} at t = {t} holds no number that could be asked for")
    return best
