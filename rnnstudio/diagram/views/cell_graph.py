"""What the inside of a cell consists of: its ops gathered into things to draw, and what flows between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rnnstudio.diagram.symbols import is_number
from rnnstudio.engine.ops import Op, Program


@dataclass(frozen=True)
class Item:
    """One thing to draw.

    ``kind`` is gate (products, sum and function in one box), block (a matrix, with the bias that is added to its
    product), function, circle (+ or ×), pill (1 − z, 0.9 · s, concat, a number) or bias (a parameter with a column of
    its own). ``op`` is the op that delivers the result, ``params`` the parameters that the thing carries in its tabs,
    by the names of their uses (see `parameter_of`).
    """

    name: str
    kind: str
    op: Op | None
    params: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A vector on its way: from what delivers ``source`` into the item ``target``, at the tab of ``tap``."""

    source: str
    target: str
    phase: int
    tap: str = ""


@dataclass(frozen=True)
class Graph:
    """Items by name, links, the item of each op, and what leaves the cell: output → the op or input it comes from."""

    program: Program
    items: Mapping[str, Item]
    links: tuple[Link, ...]
    owner: Mapping[str, str]
    outputs: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)  # op id → the named value that it delivers

    def consumers(self, source: str) -> list[Link]:
        """The links that start at an op or an input."""
        return [link for link in self.links if link.source == source]


def parameter_of(use: str) -> str:
    """The parameter of a use: a parameter that a cell uses again is drawn again, as ``W``, ``W~2``, ``W~3``."""
    return use.partition("~")[0]


def origin(program: Program, name: str) -> str:
    """The op, or input, from which a value comes, copies left out."""
    if name == "x" or name.endswith("_prev"):
        return name
    op = program.producer(name)
    if op is None:
        return name
    return origin(program, op.args[0]) if op.kind == "copy" else op.id


def gate_like(program: Program, value: str) -> bool:
    """Whether a value is a function of a sum of vectors with a parameter each: what a gate box shows."""
    ops = program.ops_of(value)
    own = {op.id for op in ops}
    if ops[-1].kind != "function" or ops[-1].args[0] not in own or not any(op.kind == "matmul" for op in ops):
        return False
    for op in ops[:-1]:
        entry = entry_of(program, op)
        vectors = [arg for arg in op.args if arg != entry]
        if op.kind == "add":
            if not all(arg in own or arg in program.parameters for arg in op.args):
                return False
        elif not entry or len(vectors) != 1 or vectors[0] in own | set(program.parameters) or is_number(vectors[0]):
            return False
    return True


def entry_of(program: Program, op: Op) -> str:
    """The parameter through which a vector enters: W of W x, p of p ⊙ c; empty for another op."""
    if op.kind not in ("matmul", "mul"):
        return ""
    return next((arg for arg in op.args if arg in program.parameters), "")


def is_peephole(program: Program, name: str) -> bool:
    """Whether a parameter is a vector that a vector is multiplied with, not one that is added."""
    parameter = parameter_of(name)
    return len(program.parameters[parameter]) == 1 and parameter not in program.biases


def cell_graph(program: Program, is_gate: Callable[[str], bool], apart: Callable[[str], bool]) -> Graph:
    """Gather the ops of a program.

    ``is_gate`` says which values are drawn as one gate box, ``apart`` which biases have a column of their own where
    they could stand at their matrix.
    """
    gathering = _Gathering(program, apart)
    for value in program.values:
        ops = [op for op in program.ops_of(value) if op.kind != "copy"]
        if ops and is_gate(value):
            gathering.gate(value, ops)
        else:
            for op in ops:
                gathering.op(op)
    links = gathering.links()
    outputs = {name: gathering.source(origin(program, name)) for name in (*program.states, "y")}
    columns = {
        program.ops_of(value)[-1].id: value for value in program.values if program.ops_of(value)[-1].kind != "copy"
    }
    return Graph(program, gathering.items, links, gathering.owner, outputs, columns)


class _Gathering:
    """Makes the items of a program, op by op, and then what flows between them."""

    def __init__(self, program: Program, apart: Callable[[str], bool]) -> None:
        self.program, self.apart = program, apart
        self.items: dict[str, Item] = {}
        self.owner: dict[str, str] = {}
        self._uses: dict[str, int] = {}
        self._tabs: dict[tuple[str, str], str] = {}  # op id, parameter → use

    def _use(self, parameter: str) -> str:
        count = self._uses[parameter] = self._uses.get(parameter, 0) + 1
        return parameter if count == 1 else f"{parameter}~{count}"

    def gate(self, value: str, ops: list[Op]) -> None:
        """Make one box of all ops of a value."""
        name = f"{value}:gate"
        for op in ops:
            self._tabs |= {(op.id, arg): self._use(arg) for arg in op.args if arg in self.program.parameters}
        params = tuple(use for (op_id, _), use in self._tabs.items() if op_id in {op.id for op in ops})
        self.items[name] = Item(name, "gate", ops[-1], params)
        self.owner |= {op.id: name for op in ops}

    def op(self, op: Op) -> None:
        """Make the item of one op, or give the op to the block whose product it completes."""
        parameters = self.program.parameters
        if op.kind == "matmul" and op.args[0] in parameters:
            use = self._use(op.args[0])
            self.items[use] = Item(use, "block", op, (use,))
            self.owner[op.id] = use
            return
        biases = [arg for arg in op.args if arg in parameters]
        others = [arg for arg in op.args if arg not in parameters]
        if op.kind == "add" and biases and len(others) == 1 and not any(map(self.apart, biases)):
            block = self.items.get(self.owner.get(others[0], ""))
            if block is not None and block.kind == "block" and block.op is not None and block.op.id == others[0]:
                params = (*block.params, *map(self._use, biases))
                self.items[block.name] = Item(block.name, "block", op, params)
                self.owner[op.id] = block.name
                return
        kind = "function" if op.kind == "function" else "circle"
        if op.kind in ("concat", "constant") or any(map(is_number, op.args)):
            kind = "pill"
        self.items[op.id] = Item(op.id, kind, op)
        self.owner[op.id] = op.id
        for bias in biases:
            self.source(bias)

    def source(self, name: str) -> str:
        """What a wire from a name comes from: a parameter has a column of its own."""
        if name not in self.program.parameters:
            return name
        for item in self.items.values():
            if item.kind == "bias" and parameter_of(item.name) == name:
                return item.name
        use = self._use(name)
        self.items[use] = Item(use, "bias", None, (use,))
        return use

    def links(self) -> tuple[Link, ...]:
        """The links in the order of the ops; a vector that is taken twice comes once."""
        program, found = self.program, dict[Link, None]()
        for op in program.ops:
            target = self.owner.get(op.id)
            if target is None:
                continue
            gate = self.items[target].kind == "gate"
            for arg in op.args:
                held = arg in program.parameters and self.items[target].kind in ("gate", "block")
                if held or is_number(arg) or self.owner.get(arg) == target:
                    continue
                entry = entry_of(program, op) if gate else ""
                tap = self._tabs[(op.id, entry)] if entry else ""
                source = arg if program.producer(arg) is None else origin(program, arg)
                found[Link(self.source(source), target, program.phase_of(op.id), tap)] = None
        return tuple(found)
