"""How the ops of a program depend on each other, and on time.

A program falls into three parts: ops that need no state (*before*), those through which a state reaches its successor
(*loop*), and those that only read states (*after*). The outer parts can be computed for all steps at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from rnnstudio.engine.ops import Op, Program


@dataclass(frozen=True)
class Source:
    """Where an operand comes from.

    Attributes
    ----------
    kind : str
        ``"op"``, ``"parameter"``, ``"x"``, ``"prev"`` (a state before the step) or ``"number"``.
    name : str
        Id of the op that holds the numbers, name of the parameter or of the state, or the number's text.
    size : str
        Letter of its size; empty for a number.
    """

    kind: str
    name: str
    size: str


@dataclass(frozen=True, eq=False)
class Plan:
    """The dependencies of one program.

    Attributes
    ----------
    program : Program
        The op table.
    """

    program: Program

    @cached_property
    def storage(self) -> dict[str, str]:
        """Op id → id of the op that holds its numbers: a copy of a value holds none of its own.

        But where both are states: they are one only after a step, before the first they may differ.
        """
        found: dict[str, str] = {}
        states: set[str] = set()
        for op in self.program.ops:
            source = self.program.producer(op.args[0]) if op.kind == "copy" else None
            held = found[source.id] if source else op.id
            if op.value in self.program.states and self.program.producer(op.value) is op:
                held = op.id if held in states else held
                states.add(held)
            found[op.id] = held
        return found

    @cached_property
    def held(self) -> tuple[Op, ...]:
        """The ops that hold numbers, in the order of computation."""
        return tuple(op for op in self.program.ops if self.storage[op.id] == op.id)

    @cached_property
    def order(self) -> dict[str, int]:
        """Id of an op that holds numbers → its place in the order of computation."""
        return {op.id: place for place, op in enumerate(self.held)}

    def storage_of(self, name: str) -> str | None:
        """Id of the op that holds the numbers of a value or op; None for other names."""
        op = self.program.producer(name)
        return self.storage[op.id] if op else None

    def source(self, arg: str) -> Source:
        """Where an argument of an op comes from."""
        held = self.storage_of(arg)
        if held is not None:
            return Source("op", held, self.program.op(held).size)
        if arg in self.program.parameters:
            return Source("parameter", arg, self.program.parameters[arg][-1])
        if arg == "x":
            return Source("x", "x", self.program.sizes["x"])
        state = arg.removesuffix("_prev")
        if state != arg:
            return Source("prev", state, self.program.sizes[state])
        return Source("number", arg, "")

    @cached_property
    def sources(self) -> dict[str, tuple[Source, ...]]:
        """Op id → where its arguments come from."""
        return {op.id: tuple(self.source(arg) for arg in op.args) for op in self.held}

    @cached_property
    def consumers(self) -> dict[str, tuple[tuple[Op, int], ...]]:
        """Op id → the ops that take its numbers at the same step, with the place among their arguments."""
        found: dict[str, list[tuple[Op, int]]] = {op.id: [] for op in self.held}
        for op in self.held:
            for index, source in enumerate(self.sources[op.id]):
                if source.kind == "op":
                    found[source.name].append((op, index))
        return {op_id: tuple(uses) for op_id, uses in found.items()}

    @cached_property
    def parts(self) -> tuple[tuple[Op, ...], tuple[Op, ...], tuple[Op, ...]]:
        """The ops before, in and after the loop."""
        stateful: set[str] = set()
        for op in self.held:
            if any(source.kind == "prev" or source.name in stateful for source in self.sources[op.id]):
                stateful.add(op.id)
        needed: set[str] = set()
        open_ids = [self.state_op(state) for state in self.program.states]
        while open_ids:
            op_id = open_ids.pop()
            if op_id in stateful and op_id not in needed:
                needed.add(op_id)
                open_ids += [source.name for source in self.sources[op_id] if source.kind == "op"]
        before = tuple(op for op in self.held if op.id not in stateful)
        loop = tuple(op for op in self.held if op.id in needed)
        after = tuple(op for op in self.held if op.id in stateful and op.id not in needed)
        return before, loop, after

    @cached_property
    def loop_ids(self) -> frozenset[str]:
        """Ids of the ops in the loop."""
        return frozenset(op.id for op in self.parts[1])

    @cached_property
    def readers(self) -> dict[str, tuple[tuple[Op, int], ...]]:
        """State → the ops that read it before the step and whose derivative the loop does not carry back to it."""
        found: dict[str, tuple[tuple[Op, int], ...]] = {}
        for state in self.program.states:
            carried = self.state_op(state) in self.loop_ids
            found[state] = tuple(
                (op, index)
                for op in self.held
                if not (carried and op.id in self.loop_ids)
                for index, source in enumerate(self.sources[op.id])
                if source.kind == "prev" and source.name == state
            )
        return found

    @cached_property
    def states_of(self) -> dict[str, tuple[str, ...]]:
        """Op id → the states whose numbers it holds."""
        found: dict[str, tuple[str, ...]] = {}
        for state in self.program.states:
            op_id = self.state_op(state)
            found[op_id] = (*found.get(op_id, ()), state)
        return found

    def state_op(self, state: str) -> str:
        """Id of the op that holds a state's numbers."""
        found = self.storage_of(state)
        if found is None:
            raise ValueError(f"{state!r} is no value; {', '.join(self.program.values)} are")
        return found

    @cached_property
    def output(self) -> str:
        """Id of the op that holds what leaves the layer."""
        return self.state_op("y")


@lru_cache(maxsize=256)
def plan_of(program: Program) -> Plan:
    """The plan of a program, made once."""
    return Plan(program)
