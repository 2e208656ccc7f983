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
    product), function, circle (+ or ×), pill (1 − z, concat) or bias (a parameter with a column of its own). ``op`` is
    the op that delivers the result, ``params`` the parameters that the thing carries in its tabs.
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
    return len(program.parameters[name]) == 1 and name not in program.biases


def cell_graph(program: Program, is_gate: Callable[[str], bool], apart: Callable[[str], bool]) -> Graph:
    """Gather the ops of a program.

    ``is_gate`` says which values are drawn as one gate box, ``apart`` which biases have a column of their own where
    they could stand at their matrix.
    """
    items: dict[str, Item] = {}
    owner: dict[str, str] = {}
    for value in program.values:
        ops = [op for op in program.ops_of(value) if op.kind != "copy"]
        if not ops:
            continue
        if is_gate(value):
            items[f"{value}:gate"] = Item(f"{value}:gate", "gate", ops[-1], _params(program, ops))
            owner |= {op.id: f"{value}:gate" for op in ops}
            continue
        for op in ops:
            _gather(program, op, items, owner, apart)
    links = tuple(_links(program, items, owner))
    outputs = {name: origin(program, name) for name in (*program.states, "y")}
    columns = {
        program.ops_of(value)[-1].id: value for value in program.values if program.ops_of(value)[-1].kind != "copy"
    }
    return Graph(program, items, links, owner, outputs, columns)


def _params(program: Program, ops: list[Op]) -> tuple[str, ...]:
    return tuple(arg for op in ops for arg in op.args if arg in program.parameters)


def _gather(
    program: Program, op: Op, items: dict[str, Item], owner: dict[str, str], apart: Callable[[str], bool]
) -> None:
    """Make the item of one op, or give the op to the block whose product it completes."""
    if op.kind == "matmul" and op.args[0] in program.parameters:
        items[op.args[0]] = Item(op.args[0], "block", op, (op.args[0],))
        owner[op.id] = op.args[0]
        return
    biases = [arg for arg in op.args if arg in program.parameters]
    others = [arg for arg in op.args if arg not in program.parameters]
    if op.kind == "add" and biases and len(others) == 1 and not any(map(apart, biases)):
        block = items.get(owner.get(others[0], ""))
        if block is not None and block.kind == "block" and block.op is not None and block.op.id == others[0]:
            items[block.name] = Item(block.name, "block", op, (*block.params, *biases))
            owner[op.id] = block.name
            return
    for bias in biases:
        items[bias] = Item(bias, "bias", None, (bias,))
    kind = {"function": "function", "sub": "circle", "add": "circle", "mul": "circle"}.get(op.kind, "circle")
    if op.kind == "concat" or (op.kind == "sub" and len(op.symbol) > 1):
        kind = "pill"
    items[op.id] = Item(op.id, kind, op)
    owner[op.id] = op.id


def _links(program: Program, items: dict[str, Item], owner: dict[str, str]) -> list[Link]:
    links = []
    for op in program.ops:
        target = owner.get(op.id)
        if target is None:
            continue
        for arg in op.args:
            item = items[target]
            phase = program.phase_of(op.id)
            if arg in program.parameters:
                if arg in items and arg != target:
                    links.append(Link(arg, target, phase))
                continue
            if is_number(arg) or owner.get(arg) == target:
                continue
            source = arg if program.producer(arg) is None else origin(program, arg)
            tap = entry_of(program, op) if item.kind == "gate" else ""
            links.append(Link(source, target, phase, tap))
    return links
