"""Traces: every value of every op of every layer at every step, computed once and never changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.machine import Values
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.stage import Lengths, Stage, TimeOrder, mask_of
from rnnstudio.engine.status import first_nonfinite
from rnnstudio.engine.whole import BLOCK, OneHot, Sequence, Whole

Array = NDArray[np.float64]
_BLOCKS_AT_HAND = 4


def _read_only(array: Array) -> Array:
    view = array.view()
    view.setflags(write=False)
    return view


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """One direction of one layer's run.

    Steps are those of the sequence, t = 1 … T. A reversed direction goes from T to 1: its ``NAME_prev`` at t is the
    state at t + 1, and its first state stands at T + 1.

    Attributes
    ----------
    layer : Layer
        The layer record.
    program : Program
        The computation that was run: the cell's, or its traditional layer's.
    T : int
        Steps.
    x : array or OneHot, shape (T, [N,] I)
        What entered.
    first : mapping
        State → its value before the first step that was taken, (H,) or (N, H).
    reversed_time : bool
        Whether this is a reversed direction.
    reverse : LayerTrace or None
        Of a layer of both directions, in its forward trace: the other one.
    """

    layer: Layer
    program: Program
    T: int
    x: Sequence
    first: Mapping[str, Array]
    reversed_time: bool
    reverse: LayerTrace | None
    _values: Values
    _order: TimeOrder
    _mask: NDArray[np.bool_] | None
    _whole: bool
    _blocks: OrderedDict[int, Whole] = field(default_factory=OrderedDict)
    _turned: dict[str, Array] = field(default_factory=dict)

    @property
    def parameters(self) -> Mapping[str, Array]:
        """Name → array, under the names of the program."""
        return self._values.machine.parameters

    def parameter(self, name: str, t: int) -> Array:
        """The version of a parameter that step t used: here the same at every step."""
        del t
        return self.parameters[name]

    def change(self, name: str, t: int) -> Array:
        """ΔW_t = W_{t+1} − W_t, what the update after step t adds to a parameter."""
        return np.asarray(self.parameter(name, t + 1) - self.parameter(name, t))

    def _block(self, index: int) -> Whole:
        """The values of a stretch of steps, in the order in which they were taken, derived from those kept."""
        block = self._blocks.get(index)
        if block is None:
            values, machine = self._values, self._values.machine
            steps = slice(index * BLOCK, min((index + 1) * BLOCK, self.T))

            def known(op_id: str) -> Array | None:
                kept = values.kept_value(op_id)
                return None if kept is None else kept[steps]

            def before(state: str) -> Array:
                return values.before(state)[steps]

            block = Whole(machine.plan, machine.parameters, machine.lengths, values.x[steps], known, before)
            self._blocks[index] = block
            while len(self._blocks) > _BLOCKS_AT_HAND:
                self._blocks.popitem(last=False)
        return block

    def _held(self, name: str) -> str:
        held = self._values.machine.plan.storage_of(name)
        if held is None:
            known = ", ".join(("x", *self.program.values, *(op.id for op in self.program.ops)))
            raise ValueError(f"no value {name!r} in this trace; known are {known}")
        return held

    def _check_step(self, name: str, t: int, least: int, most: int) -> None:
        if not least <= t <= most:
            raise ValueError(f"{name} at step {t}: steps go from {least} to {most}")

    def value(self, name: str, t: int) -> Array:
        """A value at step t, of shape (size,) or (N, size), read-only.

        Parameters
        ----------
        name : str
            A named value, an op id, ``x``, or ``NAME_prev`` (the state before step t).
        t : int
            From 1 to T; for a state also 0, the first state (T + 1 in a reversed direction).

        Raises
        ------
        ValueError
            There is no such name or step.
        """
        if name == "x":
            self._check_step(name, t, 1, self.T)
            return _read_only(self.x.rows(t - 1, t)[0] if isinstance(self.x, OneHot) else self.x[t - 1])
        state = name.removesuffix("_prev")
        if state != name and state in self.program.states:
            self._check_step(name, t, 1, self.T)
            return self.value(state, t + 1 if self.reversed_time else t - 1)
        beginning = self.T + 1 if self.reversed_time else 0
        steps = [1, self.T, beginning] if name in self.program.states else [1, self.T]
        self._check_step(name, t, min(steps), max(steps))
        if t == beginning:
            return _read_only(self.first[name])
        held = self._held(name)
        if self._order.index is not None and self.reversed_time:
            return _read_only(self.series(name)[t - 1])
        at = self.T - t if self.reversed_time else t - 1
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            kept = self._values.kept_value(held)
            if kept is not None:
                found = kept[at]
            elif self._whole:
                found = self._values.value(held)[at]
            else:
                found = self._block(at // BLOCK).value(held)[at % BLOCK]
        return _read_only(found if self._mask is None else np.where(self._mask[at][:, np.newaxis], found, 0.0))

    def operand(self, name: str, t: int) -> Array | float:
        """An argument of an op at step t: what `value` gives, a parameter, or a number."""
        if name in self.program.parameters:
            return self.parameter(name, t)
        if name[0].isdigit() or name[0] == "-":
            return float(name)
        return self.value(name, t)

    def series(self, name: str) -> Array:
        """A value at all steps, of shape (T, [N,] size), read-only; names as in `value`."""
        if name == "x":
            return _read_only(self.x.rows(0, self.T) if isinstance(self.x, OneHot) else self.x)
        found = self._turned.get(name)
        if found is None:
            found = self._ordered(name)
            if self.reversed_time:
                found = np.ascontiguousarray(self._order.turned(found))
            if self._mask is not None:
                found = np.where(self._mask[..., np.newaxis], found, 0.0)
            if self._whole:
                self._turned[name] = found
        return _read_only(found)

    def _ordered(self, name: str) -> Array:
        """A value at all steps, in the order in which they were taken."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            state = name.removesuffix("_prev")
            if state != name and state in self.program.states:
                return self._values.before(state)
            held = self._held(name)
            kept = self._values.kept_value(held)
            if kept is not None:
                return kept
            if self._whole:
                return self._values.value(held)
            whole = np.empty((self.T, *self._values.middle, self._values.machine.size(held)))
            for start in range(0, self.T, BLOCK):
                whole[start : start + BLOCK] = self._block(start // BLOCK).value(held)
            return whole

    def kept(self, name: str) -> bool:
        """Whether a value lies ready for all steps, or is derived when asked for."""
        return self._whole or self._values.kept_value(self._held(name)) is not None

    @cached_property
    def first_nonfinite(self) -> tuple[int, str] | None:
        """(step, op id) of the first number that is not finite; None where all are."""
        way = -1 if self.reversed_time else 1
        found = first_nonfinite((op.id, self.series(op.id)[::way]) for op in self._values.machine.plan.held)
        if found is None:
            return None
        op_id, order = found
        return (self.T + 1 - order if self.reversed_time else order), op_id


def layer_trace(stage: Stage, x: Sequence, first: Mapping[str, Mapping[str, Array]], lengths: Lengths | None,
                whole: bool) -> LayerTrace:  # fmt: skip
    """The trace of a stage after its run; of a layer of both directions, the forward one with the other in it."""
    made: LayerTrace | None = None
    for at in reversed(stage.directions):
        values = stage.values[at]
        made = LayerTrace(
            stage.layer, stage.program, values.steps, x, first[at], at == "reverse", made, values, stage.order,
            mask_of(values.steps, lengths), whole,
        )  # fmt: skip
    assert made is not None
    return made


@dataclass(frozen=True, eq=False)
class Trace:
    """A network's run over a sequence, or over several at once.

    Attributes
    ----------
    network : Network
        What was run.
    layers : tuple of LayerTrace
        One for each layer; of a layer of both directions the forward one, with the other as its `reverse`.
    stateless : bool
        Whether the chosen layer was run as its traditional layer.
    outputs : tuple of array
        What left each layer, (T, [N,] width).
    stages : tuple of Stage
        The layers' arrays, for the way back.
    lengths : array of int, shape (N,), or None
        Valid steps of each sequence; what lies beyond is 0 everywhere.
    versions : tuple of Network
        The network before each update and after the last, where it is updated on the way; else empty.
    """

    network: Network
    layers: tuple[LayerTrace, ...]
    stateless: bool
    outputs: tuple[Array, ...]
    stages: tuple[Stage, ...]
    lengths: Lengths | None = None
    versions: tuple[Network, ...] = ()

    @property
    def T(self) -> int:
        """Steps."""
        return self.layers[0].T

    @property
    def chosen(self) -> int:
        """Index of the chosen layer."""
        return self.network.chosen

    @property
    def x(self) -> Sequence:
        """The network's input, shape (T, [N,] I)."""
        return self.layers[0].x

    @property
    def y(self) -> Array:
        """The network's output, shape (T, [N,] O), before any softmax."""
        return self.outputs[-1]

    def layer(self, k: int) -> LayerTrace:
        """The run of layer `k`."""
        return self.layers[k]

    def nonfinite(self) -> tuple[int, str, int] | None:
        """(layer, op id, step) of the first number that is not finite; None where all are."""
        found = []
        for k, layer in enumerate(self.layers):
            for direction in (layer, layer.reverse):
                if direction is not None and direction.first_nonfinite:
                    found.append((*direction.first_nonfinite, k))
        if not found:
            return None
        t, op_id, k = min(found, key=lambda place: (place[0], place[2]))
        return k, op_id, t
