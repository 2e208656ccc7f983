"""Running a program over blocks of steps.

A program falls into three parts: ops that need no state (*before*), those through which a state reaches its successor
(*loop*), and those that only read states (*after*). The outer parts are computed for all steps of a block at once, the
loop step by step. A block is always the same steps, and always computed from the state before it by the same code;
so a value computed again later has the same bits as the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.operations import OPERATIONS, Forward
from rnnstudio.engine.ops import Op, Program

Array = NDArray[np.float64]
BLOCK = 32  # steps; large enough for matrix products, small enough to compute one again while the user waits


@dataclass(frozen=True, eq=False)
class OneHot:
    """A sequence of tokens: each step one index, standing for a vector with a single 1.

    Attributes
    ----------
    indices : array of int, shape (T,)
        From 0.
    size : int
        I, the size of the vocabulary.
    """

    indices: NDArray[np.int64]
    size: int

    def __post_init__(self) -> None:
        indices = np.asarray(self.indices)
        if indices.ndim != 1 or indices.dtype.kind not in "iu":
            raise InputError(
                f"token indices: whole numbers of shape (T,) are wanted, not {indices.dtype} {indices.shape}"
            )
        if indices.size and not 0 <= int(indices.min()) <= int(indices.max()) < self.size:
            raise InputError(
                f"token indices: 0 to {self.size - 1} are wanted, found {indices.min()} to {indices.max()}"
            )
        indices = np.array(indices, dtype=np.int64)
        indices.setflags(write=False)
        object.__setattr__(self, "indices", indices)

    @property
    def shape(self) -> tuple[int, int]:
        """(T, I), as of the array that it stands for."""
        return len(self.indices), self.size

    def rows(self, start: int, stop: int) -> Array:
        """The vectors of steps start … stop − 1 (from 0), of shape (stop − start, I)."""
        rows = np.zeros((stop - start, self.size))
        rows[np.arange(stop - start), self.indices[start:stop]] = 1.0
        return rows

    def __getitem__(self, steps: slice) -> OneHot:
        return OneHot(self.indices[steps], self.size)


Sequence = Array | OneHot


@dataclass(frozen=True, eq=False)
class Plan:
    """How a program is run, with its parameters' values.

    Attributes
    ----------
    program : Program
        The op table.
    parameters : mapping
        Name → array.
    lengths : mapping
        Letter → size.
    """

    program: Program
    parameters: Mapping[str, Array]
    lengths: Mapping[str, int]

    @cached_property
    def storage(self) -> dict[str, str]:
        """Op id → id of the op that holds its numbers: a copy of a value holds none of its own."""
        found: dict[str, str] = {}
        for op in self.program.ops:
            source = self.program.producer(op.args[0]) if op.kind == "copy" else None
            found[op.id] = found[source.id] if source else op.id
        return found

    @cached_property
    def held(self) -> tuple[Op, ...]:
        """The ops that hold numbers, in the order of computation."""
        return tuple(op for op in self.program.ops if self.storage[op.id] == op.id)

    def storage_of(self, name: str) -> str | None:
        """Id of the op that holds the numbers of a value or op; None for other names."""
        op = self.program.producer(name)
        return self.storage[op.id] if op else None

    def length(self, op_id: str) -> int:
        """How many values an op gives at each step."""
        return self.lengths[self.program.op(op_id).size]

    @cached_property
    def parts(self) -> tuple[tuple[Op, ...], tuple[Op, ...], tuple[Op, ...]]:
        """The ops before, in and after the loop."""
        program, storage = self.program, self.storage
        sources = {op.id: [storage[p.id] for a in op.args if (p := program.producer(a))] for op in self.held}
        reads = {op.id: any(arg.removesuffix("_prev") in program.states for arg in op.args if arg.endswith("_prev"))
                 for op in self.held}  # fmt: skip
        stateful: set[str] = set()
        for op in self.held:
            if reads[op.id] or not stateful.isdisjoint(sources[op.id]):
                stateful.add(op.id)
        needed: set[str] = set()
        open_ids = [self.state_op(state) for state in program.states]
        while open_ids:
            op_id = open_ids.pop()
            if op_id in stateful and op_id not in needed:
                needed.add(op_id)
                open_ids += sources[op_id]
        before = tuple(op for op in self.held if op.id not in stateful)
        loop = tuple(op for op in self.held if op.id in needed)
        after = tuple(op for op in self.held if op.id in stateful and op.id not in needed)
        return before, loop, after

    def state_op(self, state: str) -> str:
        """Id of the op that holds a state's numbers."""
        found = self.storage_of(state)
        if found is None:
            raise ValueError(f"{state!r} is no value; {', '.join(self.program.values)} are")
        return found

    @cached_property
    def rules(self) -> dict[str, Forward]:
        """Op id → its forward rule."""
        return {op.id: OPERATIONS[op.kind].make(op.function) for op in self.held}


class Block:
    """One block of steps of a plan, computed.

    Parameters
    ----------
    plan : Plan
        What to run.
    x : array or OneHot, shape (n, I)
        The inputs of the block's n steps.
    first : mapping
        State → its value before the block.
    out : mapping
        Op id → array (n, size) to fill; those not named are made.
    """

    def __init__(self, plan: Plan, x: Sequence, first: Mapping[str, Array], out: Mapping[str, Array]) -> None:
        self.plan = plan
        self.x = x
        self.first = first
        self.steps = x.shape[0]
        self.arrays: dict[str, Array] = {
            op.id: out[op.id] if op.id in out else np.empty((self.steps, plan.length(op.id))) for op in plan.held
        }
        self._dense_x: Array | None = None
        before, loop, after = plan.parts
        for op in before:
            self._whole(op)
        if loop:
            self._loop(loop)
        for op in after:
            self._whole(op)

    def dense_x(self) -> Array:
        """The inputs as an array, made only where an op asks for it."""
        if self._dense_x is None:
            self._dense_x = self.x.rows(0, self.steps) if isinstance(self.x, OneHot) else self.x
        return self._dense_x

    def last(self, state: str) -> Array:
        """A state after the block."""
        last: Array = self.arrays[self.plan.state_op(state)][-1]
        return last

    def _state_before(self, state: str) -> Array:
        """(n, H): the state before each step."""
        return np.concatenate([self.first[state][np.newaxis], self.arrays[self.plan.state_op(state)][:-1]])

    def _operand(self, arg: str) -> Any:
        """An argument for all steps of the block."""
        held = self.plan.storage_of(arg)
        if held is not None:
            return self.arrays[held]
        if arg in self.plan.parameters:
            return self.plan.parameters[arg]
        if arg == "x":
            return self.dense_x()
        state = arg.removesuffix("_prev")
        return self._state_before(state) if state != arg else float(arg)

    def _whole(self, op: Op) -> None:
        out = self.arrays[op.id]
        if op.kind == "matmul" and op.args[1] == "x" and isinstance(self.x, OneHot):
            np.take(self.plan.parameters[op.args[0]].T, self.x.indices, axis=0, out=out)
            return
        self.plan.rules[op.id]([self._operand(arg) for arg in op.args], out)

    def _rows(self, arg: str) -> list[Any]:
        """An argument at each step, as a list: views made once are cheaper than slicing in the loop."""
        held = self.plan.storage_of(arg)
        if held is not None:
            return list(self.arrays[held])
        if arg == "x":
            return list(self.dense_x())
        state = arg.removesuffix("_prev")
        if state != arg:
            return [self.first[state], *self.arrays[self.plan.state_op(state)][:-1]]
        return [self._operand(arg)] * self.steps

    def _loop(self, ops: tuple[Op, ...]) -> None:
        rows = {arg: self._rows(arg) for op in ops for arg in op.args}
        work = [
            (self.plan.rules[op.id], list(self.arrays[op.id]), list(zip(*(rows[arg] for arg in op.args), strict=True)))
            for op in ops
        ]
        for t in range(self.steps):
            for forward, out, args in work:
                forward(args[t], out[t])
