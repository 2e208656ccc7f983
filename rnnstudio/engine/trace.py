"""Running a network over a sequence, and the names under which its trace leaves the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.blocks import BLOCK, Block, OneHot, Plan, Sequence
from rnnstudio.engine.limits import LIMITS, InputError, check_run_bytes, check_steps
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.recording import LayerTrace, Trace

__all__ = ["FirstState", "LayerTrace", "OneHot", "Trace", "run", "trace_arrays"]

Array = NDArray[np.float64]
FirstState = Mapping[str, ArrayLike] | Mapping[int, Mapping[str, ArrayLike]]


@dataclass(frozen=True, eq=False)
class _Job:
    """One layer's part of a run, planned."""

    layer: Layer
    program: Program
    plan: Plan
    keep: tuple[str, ...]


def _sequence(network: Network, x: ArrayLike | OneHot) -> Sequence:
    if not isinstance(x, OneHot):
        x = np.array(x, dtype=np.float64, order="C")
        if x.ndim != 2:
            raise InputError(f"the sequence has {x.ndim} dimensions; (T, I) is wanted, a row a step")
        x.setflags(write=False)
    check_steps(x.shape[0])
    if x.shape[1] != network.inputs:
        raise InputError(f"the sequence has {x.shape[1]} inputs at each step; the network takes {network.inputs}")
    return x


def _program_of(network: Network, k: int, stateless: bool) -> Program:
    layer = network.layers[k]
    if not (stateless and k == network.chosen):
        return layer.program
    if layer.layer_program is None:
        raise InputError(f"the cell {layer.cell.name} names no traditional layer, so it cannot run stateless")
    return layer.layer_program


def _kept_ops(plan: Plan, last: bool) -> tuple[str, ...]:
    """What is kept of a long run: states, gates, and what the next layer takes in."""
    program = plan.program
    in_loop = {op.id for op in plan.parts[1]}
    wanted = [] if last and program.readout else ["y"]
    wanted += [name for name in program.values if name not in program.inline and plan.storage_of(name) in in_loop]
    ids = [str(plan.storage_of(name)) for name in (*program.states, *wanted)]
    return tuple(op.id for op in plan.held if op.id in ids)


def _jobs(network: Network, x: Sequence, stateless: bool) -> list[_Job]:
    T: int = x.shape[0]
    programs = [_program_of(network, k, stateless) for k in range(len(network.layers))]
    plans = [
        Plan(program, {name: layer.parameters[name] for name in program.parameters}, layer.sizes)
        for program, layer in zip(programs, network.layers, strict=True)
    ]
    everything = [tuple(op.id for op in plan.held) for plan in plans]
    given = 0 if isinstance(x, OneHot) else x.nbytes

    def need(kept: list[tuple[str, ...]]) -> int:
        values = sum(plan.length(op_id) for plan, ids in zip(plans, kept, strict=True) for op_id in ids)
        return given + 8 * T * values

    if need(everything) > LIMITS.trace_bytes:
        everything = [_kept_ops(plan, k == len(plans) - 1) for k, plan in enumerate(plans)]
    check_run_bytes(need(everything), T)
    layers = network.layers
    return [_Job(layers[k], programs[k], plans[k], everything[k]) for k in range(len(layers))]


def _first_states(network: Network, first: FirstState | None) -> list[dict[str, Array]]:
    """The first state of each layer: as given, else zeros."""
    given: dict[int, Mapping[str, Any]] = {}
    if first and all(isinstance(key, int) for key in first):
        given = dict(first)  # type: ignore[arg-type]
    elif first:
        recurrent = [k for k, layer in enumerate(network.layers) if layer.recurrent]
        target = network.chosen if network.chosen in recurrent else recurrent[0] if len(recurrent) == 1 else None
        if target is None:
            raise InputError(f"the first state has no layer to go to: {len(recurrent)} layers have a state, say which")
        given = {target: first}  # type: ignore[dict-item]
    states = []
    for k, layer in enumerate(network.layers):
        mine = given.pop(k, {})
        for name in mine:
            if name not in layer.program.states:
                there = ", ".join(layer.program.states) or "none"
                raise InputError(f"layer {k} has no state {name!r}; {there} is there")
        states.append({name: _first_state(k, name, mine.get(name), layer.size) for name in layer.program.states})
    if given:
        raise InputError(f"a first state is given for layer {min(given)}; layers go from 0 to {len(states) - 1}")
    return states


def _first_state(k: int, name: str, value: ArrayLike | None, size: int) -> Array:
    array = np.zeros(size) if value is None else np.array(value, dtype=np.float64)
    if array.shape != (size,):
        raise InputError(f"the first state {name} of layer {k} has the shape {array.shape}; ({size},) is wanted")
    if not np.isfinite(array).all():
        raise InputError(f"the first state {name} of layer {k} holds a number that is not finite; finite ones fit")
    array.setflags(write=False)
    return array


def _nonfinite_in(block: Block, start: int) -> tuple[int, str] | None:
    """(step, op id) of the block's first number that is not finite."""
    found: list[tuple[int, int, str]] = []
    for order, op in enumerate(block.plan.held):
        finite = np.isfinite(block.arrays[op.id])
        if not finite.all():
            found.append((start + 1 + int(np.argmin(finite.all(axis=1))), order, op.id))
    return (min(found)[0], min(found)[2]) if found else None


def _run_layer(job: _Job, x: Sequence, first: dict[str, Array], tell: Callable[[int], None]) -> LayerTrace:
    T = x.shape[0]
    kept = {op_id: np.empty((T, job.plan.length(op_id))) for op_id in job.keep}
    state, nonfinite = first, None
    for start in range(0, T, BLOCK):
        steps = slice(start, min(start + BLOCK, T))
        block = Block(job.plan, x[steps], state, {op_id: array[steps] for op_id, array in kept.items()})
        state = {name: block.last(name) for name in first}
        nonfinite = nonfinite or _nonfinite_in(block, start)
        tell(steps.stop)
    for array in kept.values():
        array.setflags(write=False)
    first = {name: value for name, value in first.items() if name in job.program.states}
    return LayerTrace(
        job.layer, job.program, T, x, MappingProxyType(first), job.plan, MappingProxyType(kept), nonfinite
    )


def run(
    network: Network,
    x: ArrayLike | OneHot,
    first: FirstState | None = None,
    stateless: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Trace:
    """Run a network over a sequence and record every value.

    Parameters
    ----------
    network : Network
        Of any number of layers.
    x : array or OneHot, shape (T, I)
        A row a step.
    first : mapping, optional
        State → vector for the chosen (or only) recurrent layer; or layer index → such a mapping. Else zeros.
    stateless : bool
        True runs the chosen layer as its traditional layer, all others as they are.
    progress : callable, optional
        Called with the steps done and the steps in all, of all layers; what it raises ends the run.

    Returns
    -------
    Trace
        It answers for every op. Above ``LIMITS.trace_bytes`` only states and gates are kept; the rest is computed
        again when it is asked for, with the same bits.

    Raises
    ------
    InputError
        Shapes do not fit, T is over its limit, the run would need more than ``LIMITS.run_bytes``, or the chosen layer
        names no traditional layer.
    """
    sequence = _sequence(network, x)
    jobs = _jobs(network, sequence, stateless)
    states = _first_states(network, first)
    T = sequence.shape[0]
    layers: list[LayerTrace] = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for k, job in enumerate(jobs):
            mine = {name: states[k][name] for name in job.program.states}

            def tell(done: int, k: int = k) -> None:
                if progress is not None:
                    progress(k * T + done, len(jobs) * T)

            layers.append(_run_layer(job, sequence, mine, tell))
            if k + 1 < len(jobs):
                sequence = layers[-1].series("y")
    return Trace(network, tuple(layers), stateless)


def _layer_arrays(trace: LayerTrace) -> Iterator[tuple[str, Array]]:
    """Every named value of a layer; what the cell hands out is its y, before a readout."""
    program = trace.program
    yield "x", trace.series("x")
    for name in program.values:
        if not (program.readout and name in ("y", program.handed)):
            yield name, trace.series(name)
    if program.readout:
        yield "y", trace.series(program.handed)
    for state in program.states:
        yield f"{state}0", trace.first[state]


def trace_arrays(trace: Trace) -> dict[str, Array]:
    """The arrays of a trace and of its network's parameters, under the names that scripts rely on.

    ``x``, ``y``; ``s``, ``s0`` (and ``c``, ``c0``) and the named values of the last recurrent layer, or of the only
    layer; ``layerK.NAME`` for each of several layers, and ``layer0.y``, before the readout, for a single layer that
    has one; parameters as `exported_parameters` names them.
    """
    arrays = {"x": trace.layers[0].series("x"), "y": trace.y}
    several = len(trace.layers) > 1
    top = max((k for k, layer in enumerate(trace.layers) if layer.program.states), default=None)
    for k, layer in enumerate(trace.layers):
        for name, array in _layer_arrays(layer):
            if several or (name == "y" and layer.program.readout):
                arrays[f"layer{k}.{name}"] = array
            if name not in ("x", "y") and (k == top or not several):
                arrays[name] = array
    return {**arrays, **exported_parameters(trace.network)}
