"""Traces: every value of every op of every layer at every step, computed once and never changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.blocks import BLOCK, Block, OneHot, Plan, Sequence
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program

Array = NDArray[np.float64]
_BLOCKS_AT_HAND = 4


def _read_only(array: Array) -> Array:
    view = array.view()
    view.setflags(write=False)
    return view


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """One layer's run.

    Attributes
    ----------
    layer : Layer
        The layer record.
    program : Program
        The computation that was run: the cell's, or its traditional layer's.
    T : int
        Steps.
    x : array or OneHot, shape (T, I)
        What entered.
    first : mapping
        State → its value before step 1.
    first_nonfinite : tuple of int and str, or None
        Step and op id of the first number that is not finite.
    """

    layer: Layer
    program: Program
    T: int
    x: Sequence
    first: Mapping[str, Array]
    _plan: Plan
    _kept: Mapping[str, Array]
    first_nonfinite: tuple[int, str] | None
    _blocks: OrderedDict[int, Block] = field(default_factory=OrderedDict)

    def _block(self, index: int) -> Block:
        """A block computed once more, from the kept state before it."""
        block = self._blocks.get(index)
        if block is None:
            start = index * BLOCK
            first = {state: self.value(state, start) for state in self.program.states}
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                block = Block(self._plan, self.x[start : start + BLOCK], first, {})
            self._blocks[index] = block
            while len(self._blocks) > _BLOCKS_AT_HAND:
                self._blocks.popitem(last=False)
        return block

    def _check_step(self, name: str, t: int, least: int) -> None:
        if not least <= t <= self.T:
            raise ValueError(f"{name} at step {t}: steps go from {least} to {self.T}")

    def value(self, name: str, t: int) -> Array:
        """A value at step t, of shape (size,), read-only.

        Parameters
        ----------
        name : str
            A named value, an op id, ``x``, or ``NAME_prev`` (the state before step t).
        t : int
            From 1 to T; for a state also 0, the first state.

        Raises
        ------
        ValueError
            There is no such name or step.
        """
        if name == "x":
            self._check_step(name, t, 1)
            return _read_only(self.x.rows(t - 1, t)[0] if isinstance(self.x, OneHot) else self.x[t - 1])
        state = name.removesuffix("_prev")
        if state != name and state in self.program.states:
            self._check_step(name, t, 1)
            return self.value(state, t - 1)
        self._check_step(name, t, 0 if name in self.program.states else 1)
        if t == 0:
            return self.first[name]
        held = self._plan.storage_of(name)
        if held is None:
            known = ", ".join(("x", *self.program.values, *(op.id for op in self.program.ops)))
            raise ValueError(f"no value {name!r} in this trace; known are {known}")
        if held in self._kept:
            kept: Array = self._kept[held][t - 1]
            return kept
        return _read_only(self._block((t - 1) // BLOCK).arrays[held][(t - 1) % BLOCK])

    def operand(self, name: str, t: int) -> Array | float:
        """An argument of an op at step t: what `value` gives, a parameter, or a number."""
        if name in self._plan.parameters:
            return self._plan.parameters[name]
        if name[0].isdigit() or name[0] == "-":
            return float(name)
        return self.value(name, t)

    def series(self, name: str) -> Array:
        """A value at all steps, of shape (T, size), read-only; names as in `value`."""
        if name == "x":
            return _read_only(self.x.rows(0, self.T) if isinstance(self.x, OneHot) else self.x)
        state = name.removesuffix("_prev")
        if state != name and state in self.program.states:
            return _read_only(np.concatenate([self.first[state][np.newaxis], self.series(state)[:-1]]))
        self.value(name, 1)  # says which names there are, where this is none
        held = str(self._plan.storage_of(name))
        if held in self._kept:
            return self._kept[held]
        whole = np.empty((self.T, self._plan.length(held)))
        for start in range(0, self.T, BLOCK):
            whole[start : start + BLOCK] = self._block(start // BLOCK).arrays[held]
        return _read_only(whole)

    def kept(self, name: str) -> bool:
        """Whether a value lies ready for all steps, or is derived when asked for."""
        return self._plan.storage_of(name) in self._kept


@dataclass(frozen=True, eq=False)
class Trace:
    """A network's run over a sequence.

    Attributes
    ----------
    network : Network
        What was run.
    layers : tuple of LayerTrace
        One for each layer.
    stateless : bool
        Whether the chosen layer was run as its traditional layer.
    """

    network: Network
    layers: tuple[LayerTrace, ...]
    stateless: bool

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
        """The network's input, shape (T, I)."""
        return self.layers[0].x

    @cached_property
    def y(self) -> Array:
        """The network's output, shape (T, O), before any softmax."""
        return self.layers[-1].series("y")

    def layer(self, k: int) -> LayerTrace:
        """The run of layer `k`."""
        return self.layers[k]

    def nonfinite(self) -> tuple[int, str, int] | None:
        """(layer, op id, step) of the first number that is not finite; None where all are."""
        found = [(*layer.first_nonfinite, k) for k, layer in enumerate(self.layers) if layer.first_nonfinite]
        if not found:
            return None
        t, op_id, k = min(found, key=lambda place: (place[0], place[2]))
        return k, op_id, t
