"""Runs that are changed in one place: recurrent weights of 0, a state that stays, an input of 0, a gate that is held.

Each change acts on the chosen layer alone, and the changed network is run for real, by the same loop as any other: what
a change does not reach keeps its bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.held_gates import gates, held_network, held_program, names_of
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError, check_run_bytes
from rnnstudio.engine.machine import Machine, Values
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.recording import LayerTrace, Trace, layer_trace
from rnnstudio.engine.stage import Stage
from rnnstudio.engine.trace import Firsts, stages_of
from rnnstudio.engine.versions import joined, last_states
from rnnstudio.engine.whole import OneHot, Sequence

Array = NDArray[np.float64]


@dataclass(frozen=True)
class WhatIf:
    """What is changed in a run.

    Attributes
    ----------
    cut : bool
        U = 0: the recurrent weights are zeros.
    frozen : int or None
        A sample τ: every later one is computed from the states after it, s_{t−1} := s_τ for t > τ (of a reversed
        direction for t < τ). None leaves the states as they are.
    silent : int or None
        A sample whose input is zeros, x_t := 0; None for none.
    gate : str
        The name of a gate that is held at ``level`` at every sample; empty for none.
    level : float
        0 or 1.
    """

    cut: bool = False
    frozen: int | None = None
    silent: int | None = None
    gate: str = ""
    level: float = 1.0

    @property
    def on(self) -> bool:
        """Whether anything is changed."""
        return self.cut or self.frozen is not None or self.silent is not None or bool(self.gate)


#: Nothing is changed.
AS_IT_IS = WhatIf()


def recurrent_weights(program: Program) -> tuple[str, ...]:
    """The parameters on the way from the states before the step: those of the role U, else what multiplies a state."""
    named = tuple(name for name in program.parameters if program.role(name) == "U")
    if named:
        return named
    found = [
        arg
        for op in program.ops
        if op.kind in ("matmul", "mul") and any(other.endswith("_prev") for other in op.args)
        for arg in op.args
        if arg in program.parameters
    ]
    return tuple(dict.fromkeys(found))


def severed(program: Program) -> tuple[str, ...]:
    """The states that reach nothing when U = 0: their every use is a product with U."""
    weights = recurrent_weights(program)

    def held(state: str) -> bool:
        uses = [op for op in program.ops if f"{state}_prev" in op.args]
        return bool(uses) and all(op.kind in ("matmul", "mul") and op.args[0] in weights for op in uses)

    return tuple(state for state in program.states if held(state))


def check_fits(what_if: WhatIf, network: Network, steps: int) -> None:
    """`InputError` where the chosen layer or the sequence has not what is to be changed."""
    program = network.layers[network.chosen].program
    if what_if.cut and not recurrent_weights(program):
        raise InputError(f"the cell {program.cell.name} has no weights on a state; one with a state has")
    if what_if.frozen is not None and not program.states:
        raise InputError(f"the cell {program.cell.name} has no state that could stay; one with a state has")
    for t in (what_if.frozen, what_if.silent):
        if t is not None and not 0 <= t <= steps + 1:
            raise InputError(f"there is no sample {t}; 1 to {steps} are")
    if what_if.gate and what_if.gate not in gates(program):
        known = ", ".join(gates(program)) or "none"
        raise InputError(f"the cell {program.cell.name} has no gate {what_if.gate!r}; {known} is there")


def changed_network(network: Network, what_if: WhatIf) -> Network:
    """The network with the weights that a changed run uses: U = 0 where it is cut."""
    if not what_if.cut:
        return network
    layer = network.layers[network.chosen]
    names = recurrent_weights(layer.program)
    zeros = {
        name: np.zeros_like(array) for name, array in layer.parameters.items() if name.removeprefix(REVERSE) in names
    }
    return network.with_parameters(network.chosen, zeros)


def changed_run(plain: Trace, what_if: WhatIf) -> Trace:
    """The run of a trace once more, with something changed in it.

    Parameters
    ----------
    plain : Trace
        A run of one sequence. Where its weights were updated on the way, the changed run uses the same versions.
    what_if : WhatIf
        What is changed in the chosen layer. Nothing: the trace itself. Of its traditional layer, which has neither
        states nor gates, only the input is.

    Returns
    -------
    Trace
        Its layers answer under the names of the cell's own ops; what lies beneath a gate that is held is what the gate
        would have come from.

    Raises
    ------
    InputError
        The cell has no such gate, state or weights, the sequence no such sample, or the run would need too much memory.
    """
    check_fits(what_if, plain.network, plain.T)
    if plain.stateless:
        what_if = WhatIf(silent=what_if.silent)
    if not what_if.on:
        return plain
    firsts = [_firsts_of(layer) for layer in plain.layers]
    if len(plain.versions) <= 2:
        return _run(plain.network, plain.x, firsts, what_if, plain.stateless, plain.layers[0]._whole)
    return _run_of_versions(plain, firsts, what_if)


def _firsts_of(layer: LayerTrace) -> dict[str, dict[str, Array]]:
    found = {}
    for run in (layer, layer.reverse):
        if run is not None:
            found["reverse" if run.reversed_time else "forward"] = dict(run.first)
    return found


def _run(network: Network, x: Sequence, firsts: Firsts, what_if: WhatIf, stateless: bool, whole: bool = True) -> Trace:
    """The changed run with the same weights throughout."""
    k, T, changed = network.chosen, x.shape[0], changed_network(network, what_if)
    held = held_network(changed, what_if.gate, what_if.level) if what_if.gate else changed
    stages = stages_of(held, T, None, stateless)
    if what_if.frozen is not None:
        _freeze(stages[k], what_if.frozen)
    layers: list[LayerTrace] = []
    outputs: list[Array] = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for at, stage in enumerate(stages):
            sequence = x if at == 0 else outputs[-1]
            if at == k and what_if.silent is not None:
                sequence = _silenced(sequence, what_if.silent)
            outputs.append(stage.forward(sequence, firsts[at]))
            outputs[-1].setflags(write=False)
            made = layer_trace(stage, sequence, firsts[at], None, whole)
            layers.append(made if at != k else _told(made, changed.layers[k], stateless, what_if))
    return Trace(changed, tuple(layers), stateless, tuple(outputs), stages)


def _run_of_versions(plain: Trace, firsts: Firsts, what_if: WhatIf) -> Trace:
    """The changed run, sample by sample, with the versions of the weights that the plain one has made."""
    every, k = getattr(plain.layers[0], "every", 1), plain.chosen
    states, traces, x = firsts, [], plain.x
    for t in range(1, plain.T + 1):
        here = replace(what_if, frozen=None, silent=1 if t == what_if.silent else None)
        version = plain.versions[(t - 1) // every]
        traces.append(_run(version, x[t - 1 : t], states, here, plain.stateless))
        following = last_states(traces[-1])
        if what_if.frozen is not None and t > what_if.frozen:
            following[k] = states[k]
        states = following
    versions = [changed_network(plain.versions[(t - 1) // every], what_if) for t in range(1, plain.T + 1)]
    return joined(traces, [*versions, changed_network(plain.versions[-1], what_if)], 1, plain.stateless, None)


def _silenced(x: Sequence, t: int) -> Array:
    """The inputs with zeros at sample t."""
    if isinstance(x, OneHot):
        check_run_bytes(8 * x.shape[0] * x.shape[1], x.shape[0])
        x = x.rows(0, x.shape[0])
    else:
        x = x.copy()
    if 1 <= t <= len(x):
        x[t - 1] = 0.0
    x.setflags(write=False)
    return x


class FrozenValues(Values):
    """The values of a run whose states before a step stay, from some step on, what they were after it.

    Parameters
    ----------
    machine, steps, batch
        As in `Values`.
    after : int
        How many steps are made before the states handed on stay.
    """

    def __init__(self, machine: Machine, steps: int, batch: int | None, after: int) -> None:
        self._after = after
        super().__init__(machine, steps, batch)

    def before(self, state: str) -> Array:
        """A state before each step, (T, H): s_{t−1} up to the frozen one, then that."""
        rows = super().before(state)
        return np.asarray(rows[np.minimum(np.arange(len(rows)), self._after)])

    def _row_array(self, place: tuple[str | int, ...], start: int, stop: int) -> Any:
        """As in `Values`; the rows of a state before the step are views, so that the loop reads what it has written."""
        array = self._array(self._states[str(place[1])]) if place[0] == "prev" else None
        if array is None:
            return super()._row_array(place, start, stop)
        return [array[min(row, self._after)] for row in range(start, stop)]


def _freeze(stage: Stage, t: int) -> None:
    """Let the stage hand on the states after sample t, in each of its directions."""
    stage.values = {
        at: FrozenValues(
            values.machine, values.steps, values.batch, max(values.steps + 1 - t if at == "reverse" else t, 0)
        )
        for at, values in stage.values.items()
    }


@dataclass(frozen=True, eq=False)
class ChangedLayerTrace(LayerTrace):
    """The run of the layer that something is changed in.

    Attributes
    ----------
    frozen : int or None
        The sample after which the states handed on stay.
    names : mapping
        Op id of the cell → op id of the cell that was run.
    """

    frozen: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str, t: int) -> Array:
        """See `LayerTrace.value`."""
        state = name.removesuffix("_prev")
        if self.frozen is not None and state != name and state in self.program.states:
            self._check_step(name, t, 1, self.T)
            before = t + 1 if self.reversed_time else t - 1
            return super().value(state, max(before, self.frozen) if self.reversed_time else min(before, self.frozen))
        return super().value(name, t)

    def _held(self, name: str) -> str:
        return super()._held(self.names.get(name, name))

    @cached_property
    def first_nonfinite(self) -> tuple[int, str] | None:
        """(step, op id) of the first number that is not finite; None where all are."""
        found = super().first_nonfinite
        if found is None:
            return None
        back = {inner: outer for outer, inner in self.names.items()}
        return found[0], back.get(found[1], found[1])


def _told(made: LayerTrace, layer: Layer, stateless: bool, what_if: WhatIf) -> LayerTrace:
    """The trace of the chosen layer under the names of its own cell."""
    if stateless:
        return made
    given: dict[str, Any] = {one.name: getattr(made, one.name) for one in fields(LayerTrace)}
    given["layer"] = layer
    given["program"] = held_program(layer.program, what_if.gate, what_if.level) if what_if.gate else layer.program
    names = names_of(layer.program, what_if.gate) if what_if.gate else {}
    if made.reverse is not None:
        given["reverse"] = _told(made.reverse, layer, stateless, what_if)
    return ChangedLayerTrace(**given, frozen=what_if.frozen, names=names)
