"""The Python text of a cell's forward loop, made from its op table; no word of the user's is in it.

Every operand becomes a variable: ``v0, v1, …`` are rows that change from step to step, ``c0, c1, …`` stay. What each
one stands for is listed beside the text; the arrays are filled in by whoever runs it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rnnstudio.engine.fusion import Fusion, Group, Lane
from rnnstudio.engine.ops import Op
from rnnstudio.engine.plan import Source

#: What a variable stands for: a word, and the names or numbers that say which.
Place = tuple[str | int, ...]


@dataclass
class Variables:
    """The variables of one generated function, each made when it is first asked for.

    Attributes
    ----------
    rows, fixed : dict
        Place → variable, of what changes from step to step and of what does not.
    """

    rows: dict[Place, str] = field(default_factory=dict)
    fixed: dict[Place, str] = field(default_factory=dict)

    def row(self, *place: str | int) -> str:
        """The variable of a row."""
        return self.rows.setdefault(place, f"v{len(self.rows)}")

    def constant(self, *place: str | int) -> str:
        """The variable of what stays."""
        return self.fixed.setdefault(place, f"c{len(self.fixed)}")


@dataclass(frozen=True)
class Text:
    """A generated function.

    Attributes
    ----------
    text : str
        Its Python text.
    rows, fixed : tuple of Place
        What its variables stand for, in order.
    """

    text: str
    rows: tuple[Place, ...]
    fixed: tuple[Place, ...]


def loop_text(name: str, variables: Variables, body: list[str]) -> Text:
    """The text of a function that goes through the rows step by step."""
    lines = [f"def {name}(rows, fixed):"]
    if variables.fixed:
        lines.append(f"    {', '.join(variables.fixed.values())}, = fixed")
    lines.append(f"    for {', '.join(variables.rows.values())}, in zip(*rows):")
    lines += [f"        {line}" for line in body or ["pass"]]
    return Text("\n".join(lines) + "\n", tuple(variables.rows), tuple(variables.fixed))


def kept_ops(fusion: Fusion) -> tuple[str, ...]:
    """Ids of the loop ops outside groups whose values stay: states, results of functions, and operands of products.

    They are what the picture asks for first, and what the derivatives are made of.
    """
    plan = fusion.plan
    states = {plan.state_op(state) for state in plan.program.states}
    kept = []
    for op in plan.parts[1]:
        if op.id in fusion.home or op.id in fusion.absorbed:
            continue
        uses = [use for use, _ in plan.consumers[op.id]]
        wanted = any(use.kind in ("mul", "matmul", "concat") or use.id not in plan.loop_ids for use in uses)
        if wanted or op.id in states or op.id == plan.output or op.kind == "function":
            kept.append(op.id)
    return tuple(kept)


_UFUNCS = {"sub": "subtract", "mul": "multiply"}


class _Forward:
    def __init__(self, fusion: Fusion, batch: bool, by_exp: bool) -> None:
        self.fusion = fusion
        self.plan = fusion.plan
        self.batch = batch
        self.by_exp = by_exp
        self.kept = frozenset(kept_ops(fusion))
        self.variables = Variables()
        self.body: list[str] = []
        self.done: set[int] = set()

    def operand(self, source: Source) -> str:
        """The variable of an operand."""
        if source.kind == "op":
            if source.name not in self.plan.loop_ids:
                return self.variables.row("before", source.name)
            return self.result(source.name)
        if source.kind == "prev":
            return self.variables.row("prev", source.name)
        if source.kind == "x":
            return self.variables.row("x")
        return self.variables.constant(source.kind, source.name)

    def result(self, op_id: str) -> str:
        """The variable that an op of the loop writes into."""
        if op_id in self.fusion.home or op_id in self.kept:
            return self.variables.row("value", op_id)
        return self.variables.constant("scratch", op_id)

    def group(self, number: int) -> None:
        """One product for a group, the sums that begin with it, and one tanh for those that go straight into it."""
        if number in self.done:
            return
        self.done.add(number)
        group, row, fixed = self.fusion.groups[number], self.variables.row, self.variables.constant
        vector, matrix, sums = self.operand(group.operand), fixed("matrix", number), row("sums", number)
        whole = group.own == len(group.lanes) and not group.hoisting
        product = sums if whole else fixed("product", number)
        self.body.append(f"dot({vector}, {matrix}, {product})" if self.batch else f"dot({matrix}, {vector}, {product})")
        if group.hoisting:
            self.body.append(f"add({fixed('product own', number)}, {row('hoisted', number)}, {sums})")
        elif not whole and group.own:
            self.body.append(f"copyto({sums}, {fixed('product own', number)})")
        if group.sigmoids + group.tanhs:
            self.squash(group, number)

    def squash(self, group: Group, number: int) -> None:
        """σ and tanh of the sums that go straight into them, whose rows were scaled for it: see `scales`."""
        squashed = self.variables.row("squashed", number)
        if self.by_exp:
            self.body += [f"exp({squashed}, {squashed})", f"add({squashed}, one, {squashed})"]
            self.body.append(f"divide(one, {squashed}, {squashed})")
            if group.tanhs:
                tanhs = self.variables.row("tanhs", number)
                self.body += [f"multiply({tanhs}, two, {tanhs})", f"subtract({tanhs}, one, {tanhs})"]
            return
        self.body.append(f"tanh({squashed}, {squashed})")
        if group.sigmoids:
            gates = self.variables.row("gates", number)
            self.body += [f"multiply({gates}, half, {gates})", f"add({gates}, half, {gates})"]

    def lane(self, lane: Lane) -> None:
        """What is still missing in a sum once its first product is there."""
        home = self.fusion.home[lane.op.id][0]
        operands = {product.operand for product in lane.products}
        numbers = [n for n, group in enumerate(self.fusion.groups) if group.operand in operands]
        for number in sorted(numbers, key=lambda n: n != home):
            self.group(number)
        value = self.variables.row("value", lane.op.id) if len(numbers) > 1 or lane.others else ""
        for number in numbers:
            if number != home:
                place = self.fusion.groups[number].lanes.index(lane)
                self.body.append(f"add({value}, {self.variables.constant('guest', number, place)}, {value})")
        for sign, source in lane.others:
            self.body.append(f"{'add' if sign > 0 else 'subtract'}({value}, {self.operand(source)}, {value})")

    def op(self, op: Op) -> None:
        """An op outside the groups."""
        out = self.result(op.id)
        args = [self.operand(source) for source in self.plan.sources[op.id]]
        if op.kind in _UFUNCS:
            self.body.append(f"{_UFUNCS[op.kind]}({args[0]}, {args[1]}, {out})")
        elif op.kind == "add":
            self.body.append(f"add({args[0]}, {args[1]}, {out})")
            self.body += [f"add({out}, {arg}, {out})" for arg in args[2:]]
        elif op.kind == "negate":
            self.body.append(f"negative({args[0]}, {out})")
        elif op.kind == "function":
            self.function(str(op.function), args[0], out)
        elif op.kind == "concat":
            self.body += [
                f"copyto({self.variables.row('part', op.id, place)}, {arg})" for place, arg in enumerate(args)
            ]
        else:
            self.body.append(f"copyto({out}, {args[0]})")

    def function(self, name: str, arg: str, out: str) -> None:
        """A function of a value that does not come straight out of a group."""
        if name == "sigmoid":
            self.body += [f"negative({arg}, {out})", f"exp({out}, {out})"]
            self.body += [f"add({out}, one, {out})", f"divide(one, {out}, {out})"]
        elif name == "tanh" and self.by_exp:
            self.body += [f"multiply({arg}, minus_two, {out})", f"exp({out}, {out})", f"add({out}, one, {out})"]
            self.body += [f"divide(two, {out}, {out})", f"subtract({out}, one, {out})"]
        elif name == "relu":
            self.body.append(f"maximum({arg}, zero, out={out})")
        elif name == "identity":
            self.body.append(f"copyto({out}, {arg})")
        else:
            self.body.append(f"{name}({arg}, {out})")


def scales(by_exp: bool) -> tuple[float, float]:
    """By what the sums before σ and before tanh are multiplied, by way of their weights.

    σ(a) = ½ + ½·tanh(a/2), or with e: σ(a) = 1 / (1 + e^(−a)) and tanh(a) = 2·σ(2a) − 1.
    """
    return (-1.0, -2.0) if by_exp else (0.5, 1.0)


def forward_source(fusion: Fusion, batch: bool, by_exp: bool) -> Text:
    """The text of the forward loop of one sequence (vectors), or of several at once (a row each).

    Parameters
    ----------
    fusion : Fusion
        The loop.
    batch : bool
        Whether each value is a matrix (N, size) rather than a vector (size,).
    by_exp : bool
        Whether σ and tanh are made of e^a rather than of tanh.
    """
    writer = _Forward(fusion, batch, by_exp)
    for op in fusion.plan.parts[1]:
        if op.id in fusion.absorbed:
            continue
        if op.id in fusion.lanes:
            writer.lane(fusion.lanes[op.id])
        elif op.id not in fusion.home:
            writer.op(op)
    return loop_text("forward", writer.variables, writer.body)
