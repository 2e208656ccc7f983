"""What lowering gives: single operations, and the program that a layer's computation is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.equations import Equation, Expression
from rnnstudio.engine.operations import OPERATIONS
from rnnstudio.engine.shapes import Shape


@dataclass(frozen=True)
class Op:
    """One operation.

    Attributes
    ----------
    id : str
        ``value:symbol``, with a number behind it from the second of its kind in one value on: ``a:+``, ``i:@2``.
    value : str
        The named value that it is a part of; the last op of a value delivers it.
    kind : str
        A key of ``OPERATIONS``.
    symbol : str
        ``@ + * -``, ``1-`` for one minus, ``=`` for a copy, or the function as written in the equation.
    args : tuple of str
        Names of values and parameters, ids of ops, ``x``, ``s_prev``, or numbers, in the order of the equation.
    function : str or None
        The function that is meant, where there is one: for f the chosen activation.
    size : str
        Letter of the result's size.
    """

    id: str
    value: str
    kind: str
    symbol: str
    args: tuple[str, ...]
    function: str | None
    size: str


@dataclass(frozen=True, eq=False)
class Program:
    """One computation of a layer as a table of ops.

    Attributes
    ----------
    cell : Cell
        Where the equations are from.
    activation : str or None
        The chosen function; None for a cell that offers no choice.
    bias, readout : bool
        Whether biases are there, and whether y = V·h + b_y follows.
    ops : tuple of Op
        In the order of computation.
    parameters : mapping
        Name → shape in letters, in the order of the equations, the readout's last.
    values : tuple of str
        Named values in the order of computation.
    states : tuple of str
        Values with a ``NAME_prev``.
    phases : tuple of tuple of str
        The sub-steps, with the readout's.
    inline : frozenset of str
        Values written as their right-hand side in formulas.
    alias : mapping
        With a readout, ``{"h": "s"}`` where what the cell hands out is the state itself.
    biases : tuple of str
        The parameters that go when the bias is switched off, the readout's with them; empty where it is off.
    handed : str
        The value that the cell hands out: ``y``, or ``h`` where a readout follows and makes y of it.
    roles, place : mapping
        The cell's, under the names of the program.
    sizes : mapping
        Value → letter of its size; x too.
    equations : tuple of Equation
        What was taken apart.
    """

    cell: Cell
    activation: str | None
    bias: bool
    readout: bool
    ops: tuple[Op, ...]
    parameters: Mapping[str, Shape]
    values: tuple[str, ...]
    states: tuple[str, ...]
    phases: tuple[tuple[str, ...], ...]
    inline: frozenset[str]
    alias: Mapping[str, str]
    biases: tuple[str, ...]
    handed: str
    roles: Mapping[str, str]
    place: Mapping[str, tuple[Any, ...]]
    sizes: Mapping[str, str]
    equations: tuple[Equation, ...]

    @cached_property
    def _role_of(self) -> dict[str, str]:
        """Roles found so far: a drawing asks for each many times."""
        return {}

    @cached_property
    def _by_id(self) -> dict[str, Op]:
        return {op.id: op for op in self.ops}

    @cached_property
    def _last(self) -> dict[str, Op]:
        return {op.value: op for op in self.ops}

    @cached_property
    def _phase(self) -> dict[str, int]:
        return {name: number for number, phase in enumerate(self.phases, start=1) for name in phase}

    @cached_property
    def _weighted(self) -> frozenset[str]:
        found: set[str] = set()
        for op in self.ops:
            rule = OPERATIONS[op.kind].weighted
            if rule == "always" or (rule == "inherited" and not found.isdisjoint(op.args)):
                found |= {op.id, op.value} if self._last[op.value] is op else {op.id}
        return frozenset(found)

    def op(self, op_id: str) -> Op:
        """The op of this id; `ValueError` where there is none."""
        if op_id not in self._by_id:
            raise ValueError(f"no op {op_id!r}; the ops are {', '.join(self._by_id)}")
        return self._by_id[op_id]

    def ops_of(self, value: str) -> tuple[Op, ...]:
        """The ops of one named value, the one that delivers it last."""
        return tuple(op for op in self.ops if op.value == value)

    def producer(self, name: str) -> Op | None:
        """The op that delivers a named value or is meant by an op id; None for what is given."""
        return self._last.get(name) or self._by_id.get(name)

    def phase_of(self, name: str) -> int:
        """Number, from 1, of the phase that computes a value or an op; 1 for x and the states before the step."""
        phase = self._phase.get(name.partition(":")[0])
        if phase is None:
            raise ValueError(f"{name!r} is in no phase; {', '.join(self._phase)} are")
        return phase

    def role(self, name: str) -> str:
        """Colour role of a value, a parameter, a state before the step, or an op id."""
        name = name.partition(":")[0]
        if name not in self._role_of:
            self._role_of[name] = self.roles.get(name) or self.cell.role(name)
        return self._role_of[name]

    def expression(self, name: str) -> Expression:
        """The right-hand side of a named value, as lowered: without biases that are off, with the readout's h."""
        for equation in self.equations:
            if equation.name == name:
                return equation.expression
        raise ValueError(f"no equation for {name!r}; there are those of {', '.join(self.values)}")

    def weighted(self, name: str) -> bool:
        """Whether a value or op is shown on the weights' colour scale: products, and sums that hold one."""
        return name in self._weighted
