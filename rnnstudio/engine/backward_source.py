"""The Python text of a cell's backward loop: the adjoint of every state and lane, from the last step to the first.

Between two *nodes* (states, lanes, operands of matrices) a derivative that works element by element is one factor,
the product of the slopes on the way, summed over the ways. All factors are made before the loop, for a stretch of
steps at once; the loop itself carries only what recurs.
"""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.engine.forward_source import Place, Text, Variables, loop_text
from rnnstudio.engine.fusion import Fusion, Group
from rnnstudio.engine.operations import elementwise
from rnnstudio.engine.ops import Op
from rnnstudio.engine.plan import Source

_SLOPES = {
    "tanh": ("{q} = {y} * {y}", "subtract(one, {q}, {q})"),
    "sigmoid": ("{q} = one - {y}", "multiply({q}, {y}, {q})"),
    "relu": ("{q} = ({y} > zero) * one",),
}


@dataclass(frozen=True)
class Factor:
    """A derivative: `text` is a variable, or empty for one; `varies` from step to step or not."""

    text: str = ""
    sign: int = 1
    varies: bool = False


@dataclass(frozen=True)
class BackwardText:
    """The generated backward pass.

    Attributes
    ----------
    prepare : Text
        Makes the factors of a stretch of steps: its rows are whole arrays.
    loop : Text
        Goes through the steps, the last first.
    nodes : tuple of str
        Ids of the ops outside lanes whose adjoints are recorded.
    entries : tuple of str
        Ids of the loop ops that what comes after the loop reads: their adjoints have a part from there.
    factors : tuple of (Place, …)
        For each array of factors, the places of the targets that lie in it side by side.
    """

    prepare: Text
    loop: Text
    nodes: tuple[str, ...]
    entries: tuple[str, ...]
    factors: tuple[tuple[Place, ...], ...]


class _Backward:
    def __init__(self, fusion: Fusion) -> None:
        self.fusion = fusion
        self.plan = fusion.plan
        self.loop = fusion.plan.loop_ids
        self.ops = {op.id: op for op in fusion.plan.parts[1]}
        self.entries = tuple(
            op_id for op_id in self.ops
            if op_id == self.plan.output or self._read_outside(op_id)
        )  # fmt: skip
        self.nodes = self._nodes()
        self.arrays = Variables()  # of the preparation: whole stretches
        self.preparation: list[str] = []
        self.variables = Variables()  # of the loop
        self.body: list[str] = []
        self.temporaries = 0
        self.factors: list[tuple[Place, ...]] = []
        self.edges: dict[Place, list[tuple[str, Factor]]] = {}  # target → (node that it gets from, factor)
        self.others: dict[str, list[tuple[str, str, int]]] = {}  # target → (node, "softmax" or "part", place)
        for op_id in sorted(self.nodes, key=lambda at: -self.plan.order[at]):
            self._collect(op_id)

    def _nodes(self) -> set[str]:
        found = {self.plan.state_op(state) for state in self.plan.program.states} | set(self.fusion.lanes)
        found |= {group.operand.name for group in self.fusion.groups if group.operand.kind == "op"}
        found |= set(self.entries)
        for op in self.ops.values():
            if op.id not in self.fusion.absorbed and not elementwise(op.kind, op.function) and op.kind != "matmul":
                found.add(op.id)
                found |= {source.name for source in self.plan.sources[op.id] if source.kind == "op"}
        return {op_id for op_id in found if op_id in self.loop}

    def _read_outside(self, op_id: str) -> bool:
        """Whether ops after the loop read an op, at its own step or, of a state, at the next."""
        states = {state for state in self.plan.program.states if self.plan.state_op(state) == op_id}
        return any(use.id not in self.loop for use, _ in self.plan.consumers[op_id]) or any(
            source.kind == "prev" and source.name in states
            for op in self.plan.parts[2]
            for source in self.plan.sources[op.id]
        )

    # -- factors -----------------------------------------------------------------------------------------------

    def _temporary(self) -> str:
        self.temporaries += 1
        return f"q{self.temporaries}"

    def _array(self, source: Source) -> Factor:
        """An operand's values over a stretch of steps."""
        if source.kind in ("parameter", "number"):
            return Factor(self.arrays.constant(source.kind, source.name))
        if source.kind == "op":
            kind = "value" if source.name in self.loop else "before"
            return Factor(self.arrays.row(kind, source.name), varies=True)
        return Factor(self.arrays.row(*(("prev", source.name) if source.kind == "prev" else ("x",))), varies=True)

    def _partial(self, op: Op, index: int) -> Factor:
        sources = self.plan.sources[op.id]
        if op.kind == "mul":
            return self._array(sources[1 - index])
        if op.kind == "negate" or (op.kind == "sub" and index):
            return Factor(sign=-1)
        if op.kind != "function" or op.function == "identity":
            return Factor()
        value = self.arrays.row("value", op.id)
        if op.function == "exp":
            return Factor(value, varies=True)
        temporary = self._temporary()
        self.preparation += [line.format(q=temporary, y=value) for line in _SLOPES[str(op.function)]]
        return Factor(temporary, varies=True)

    def _times(self, one: Factor, other: Factor) -> Factor:
        sign, varies = one.sign * other.sign, one.varies or other.varies
        if not one.text or not other.text:
            return Factor(one.text or other.text, sign, varies)
        temporary = self._temporary()
        self.preparation.append(f"{temporary} = {one.text} * {other.text}")
        return Factor(temporary, sign, True)

    def _plus(self, one: Factor, other: Factor) -> Factor:
        terms = [f"{'-' if factor.sign < 0 else ''}{factor.text or 'one'}" for factor in (one, other)]
        temporary = self._temporary()
        self.preparation.append(f"{temporary} = {terms[0]} + {terms[1]}")
        return Factor(temporary, 1, True)

    def _push(self, source: Source, factor: Factor, found: dict[Place, Factor], pending: dict[Place, Factor]) -> None:
        """Add a factor on the way to an operand: to a target, or to what leads on to others."""
        place: Place = ("prev" if source.kind == "prev" else "node", source.name)
        if source.kind == "prev" or (source.kind == "op" and source.name in self.nodes):
            found[place] = self._plus(found[place], factor) if place in found else factor
        elif source.kind == "op" and source.name in self.loop:
            pending[place] = self._plus(pending[place], factor) if place in pending else factor

    def _collect(self, node: str) -> None:
        """The factors from a node to the nodes and states before the step that it is made of."""
        found: dict[Place, Factor] = {}
        pending: dict[Place, Factor] = {}
        op = self.ops[node]
        if node in self.fusion.lanes:
            for sign, source in self.fusion.lanes[node].others:
                self._push(source, Factor(sign=sign), found, pending)
        elif elementwise(op.kind, op.function):
            for index, source in enumerate(self.plan.sources[node]):
                self._push(source, self._partial(op, index), found, pending)
        else:
            self._collect_others(op)
        while pending:
            place = max(pending, key=lambda at: self.plan.order[str(at[1])])
            factor, op = pending.pop(place), self.ops[str(place[1])]
            for index, source in enumerate(self.plan.sources[op.id]):
                self._push(source, self._times(factor, self._partial(op, index)), found, pending)
        for place, factor in found.items():
            self.edges.setdefault(place, []).append((node, factor))

    def _collect_others(self, op: Op) -> None:
        """What a softmax or a concat sends back is no factor."""
        for index, source in enumerate(self.plan.sources[op.id]):
            kind = "softmax" if op.kind == "function" else "part"
            key = source.name if source.kind == "op" else f"prev {source.name}"
            if source.kind == "prev" or source.name in self.loop:
                self.others.setdefault(key, []).append((op.id, kind, index))

    def _stored(self, factors: list[tuple[Place, Factor]]) -> str:
        """The row variable of factors that lie side by side."""
        number = len(self.factors)
        self.factors.append(tuple(place for place, _ in factors))
        for index, (_, factor) in enumerate(factors):
            out = self.arrays.constant("factor", number, index)
            self.preparation.append(f"{'negative' if factor.sign < 0 else 'positive'}({factor.text}, {out})")
        return self.variables.row("factor", number)

    # -- the loop ----------------------------------------------------------------------------------------------

    def _adjoint(self, node: str) -> str:
        return self.variables.row("adjoint", node)

    def _accumulate(self, out: str, place: Place, size: str, started: bool) -> bool:
        """Add what flows into a target along factors; returns whether anything has been written there."""
        for node, factor in self.edges.get(place, []):
            adjoint = self._adjoint(node)
            if not factor.text:
                if started:
                    self.body.append(f"{'add' if factor.sign > 0 else 'subtract'}({out}, {adjoint}, {out})")
                else:
                    self.body.append(
                        f"{'copyto' if factor.sign > 0 else 'negative'}({self._ordered(factor, out, adjoint)})"
                    )
            else:
                simple = not factor.varies and factor.sign > 0 and factor.text in self.arrays.fixed.values()
                scale = self._constant(factor) if simple else self._stored([(place, factor)])
                target = self.variables.constant("temporary", size) if started else out
                self.body.append(f"multiply({scale}, {adjoint}, {target})")
                if started:
                    self.body.append(f"add({out}, {target}, {out})")
            started = True
        return started

    @staticmethod
    def _ordered(factor: Factor, out: str, adjoint: str) -> str:
        return f"{out}, {adjoint}" if factor.sign > 0 else f"{adjoint}, {out}"

    def _constant(self, factor: Factor) -> str:
        place = next(place for place, name in self.arrays.fixed.items() if name == factor.text)
        return self.variables.constant(*place)

    def _others(self, out: str, key: str, size: str, started: bool) -> bool:
        """Add what comes through softmax and concat."""
        for node, kind, index in self.others.get(key, []):
            if kind == "softmax":
                value = f"softmax_pull({self.variables.row('value', node)}, {self._adjoint(node)})"
            else:
                value = self.variables.row("adjoint part", node, index)
            self.body.append(f"add({out}, {value}, {out})" if started else f"copyto({out}, {value})")
            started = True
        return started

    def _products(self, out: str, operand: tuple[str, str], size: str, started: bool) -> bool:
        """Add what comes back through the matrix of the group of an operand."""
        for number, group in enumerate(self.fusion.groups):
            if (group.operand.kind, group.operand.name) != operand:
                continue
            for place in range(group.own, len(group.lanes)):
                guest = self.variables.row("guest", number, place)
                self.body.append(f"copyto({guest}, {self._adjoint(group.lanes[place].op.id)})")
            # the adjoint of a lane is a part of a row, and of several sequences at once no array that dot can fill
            direct = not started and operand[1] not in self.fusion.lanes
            target = out if direct else self.variables.constant("temporary", size)
            self.body.append(
                f"dot({self.variables.row('lanes', number)}, {self.variables.constant('back', number)}, {target})"
            )
            if not direct:
                self.body.append(f"add({out}, {target}, {out})" if started else f"copyto({out}, {target})")
            started = True
        return started

    def _lane_run(self, group: Group, place: int) -> list[int]:
        """Places of the lanes, side by side with this one, that get all they get from one and the same node."""

        def single(at: int) -> str | None:
            lane = group.lanes[at]
            edges = self.edges.get(("node", lane.op.id), [])
            alone = len(edges) == 1 and edges[0][1].text and lane.op.id not in self.others
            plain = alone and lane.op.id not in self.entries and lane.op.id not in self._operands
            return edges[0][0] if plain and edges[0][1].varies and not self._is_state(lane.op.id) else None

        wanted = single(place)
        if wanted is None:
            return [place]
        size = group.lanes[place].op.size
        first = last = place
        while first > 0 and single(first - 1) == wanted and group.lanes[first - 1].op.size == size:
            first -= 1
        while last + 1 < group.own and single(last + 1) == wanted and group.lanes[last + 1].op.size == size:
            last += 1
        return list(range(first, last + 1))

    @property
    def _operands(self) -> set[str]:
        return {group.operand.name for group in self.fusion.groups if group.operand.kind == "op"}

    def _is_state(self, op_id: str) -> bool:
        return any(self.plan.state_op(state) == op_id for state in self.plan.program.states)

    def write(self) -> None:
        """The body of the loop."""
        written: set[str] = set()
        for op in reversed(self.plan.parts[1]):
            if op.id not in self.nodes or op.id in written:
                continue
            if op.id in self.fusion.lanes:
                number, place = self.fusion.home[op.id]
                run = self._lane_run(self.fusion.groups[number], place)
                if len(run) > 1:
                    self._run(number, run)
                    written |= {self.fusion.groups[number].lanes[at].op.id for at in run}
                    continue
            self._node(op)
        for state in self.plan.program.states:
            out, size = self.variables.constant("carry", state), self.plan.program.sizes[state]
            started = self._products(out, ("prev", state), size, False)
            started = self._others(out, f"prev {state}", size, started)
            self._accumulate(out, ("prev", state), size, started)

    def _run(self, number: int, run: list[int]) -> None:
        lanes = [self.fusion.groups[number].lanes[at] for at in run]
        factors: list[tuple[Place, Factor]] = []
        for lane in lanes:
            place: Place = ("node", lane.op.id)
            [(source, factor)] = self.edges[place]
            factors.append((place, factor))
        scale = self._stored(factors)
        out = self.variables.row("lane run", number, run[0], run[-1])
        self.body.append(f"multiply({scale}, {self.variables.row('spread', source)}, {out})")

    def _node(self, op: Op) -> None:
        out, started = self._adjoint(op.id), False
        carried = [state for state in self.plan.program.states if self.plan.state_op(state) == op.id]
        parts = [self.variables.constant("carry", state) for state in carried]
        if op.id in self.entries:
            parts.append(self.variables.row("entry", op.id))
        if len(parts) == 1:
            self.body.append(f"copyto({out}, {parts[0]})")
        elif parts:
            self.body.append(f"add({parts[0]}, {parts[1]}, {out})")
            self.body += [f"add({out}, {part}, {out})" for part in parts[2:]]
        started = bool(parts)
        started = self._products(out, ("op", op.id), op.size, started)
        started = self._others(out, op.id, op.size, started)
        if not self._accumulate(out, ("node", op.id), op.size, started):
            self.body.append(f"copyto({out}, zero)")


def backward_source(fusion: Fusion) -> BackwardText:
    """The text of the backward pass of a loop, for one sequence or several."""
    writer = _Backward(fusion)
    writer.write()
    loop = loop_text("backward", writer.variables, writer.body)
    names = [f"    {', '.join(writer.arrays.rows.values())}, = rows"] if writer.arrays.rows else []
    names += [f"    {', '.join(writer.arrays.fixed.values())}, = fixed"] if writer.arrays.fixed else []
    lines = ["def prepare(rows, fixed):", *names, *(f"    {line}" for line in writer.preparation or ["pass"])]
    prepare = Text("\n".join(lines) + "\n", tuple(writer.arrays.rows), tuple(writer.arrays.fixed))
    nodes = tuple(op_id for op_id in writer.nodes if op_id not in fusion.lanes)
    return BackwardText(prepare, loop, nodes, writer.entries, tuple(writer.factors))
