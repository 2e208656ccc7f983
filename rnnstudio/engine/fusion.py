"""Which operations of a cell's loop are computed together.

A sum that holds products with one and the same vector v (mostly s_{t−1}) is a *lane*; the lanes of v form a *group*:
one matrix, one product a step. What a lane adds that needs no state (W·x, b) is computed for all steps before the
loop. Lanes that go straight into σ or tanh stand side by side, so that one tanh serves them all, with
σ(a) = ½ + ½·tanh(a/2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rnnstudio.engine.ops import Op
from rnnstudio.engine.plan import Plan, Source

_LINEAR = ("matmul", "add", "sub", "negate")
_SUMS = ("add", "sub", "negate")


@dataclass(frozen=True)
class Product:
    """±M[:, columns]·v.

    Attributes
    ----------
    sign : int
        1 or −1.
    matrix : str
        Name of the parameter M.
    before : tuple of str
        Letters of the columns to the left of those that meet v (where M is multiplied with a ``concat``).
    operand : Source
        v.
    """

    sign: int
    matrix: str
    before: tuple[str, ...]
    operand: Source


@dataclass(frozen=True)
class Lane:
    """A sum in the loop that holds at least one product.

    Attributes
    ----------
    op : Op
        The op that delivers the sum.
    products : tuple of Product
        Those with values that a state reaches.
    hoisted : tuple of Product or (int, Source)
        What can be added before the loop: products with x, and single terms with their sign.
    others : tuple of (int, Source)
        Terms that a state reaches and that are no products.
    function : Op or None
        The σ or tanh that takes the finished sum, and nothing else does.
    """

    op: Op
    products: tuple[Product, ...]
    hoisted: tuple[Product | tuple[int, Source], ...]
    others: tuple[tuple[int, Source], ...]
    function: Op | None


@dataclass(frozen=True)
class Group:
    """The lanes that hold a product with the same vector.

    Attributes
    ----------
    operand : Source
        The vector.
    lanes : tuple of Lane
        First those of σ, then those of tanh, then the others that begin in this group, then those that begin in
        another group and get only a product from here.
    sigmoids, tanhs, own : int
        How many of each of the first three kinds; `own` counts all that begin here.
    hoisting : bool
        Whether any lane that begins here adds something that was computed before the loop.
    """

    operand: Source
    lanes: tuple[Lane, ...]
    sigmoids: int
    tanhs: int
    own: int
    hoisting: bool


class _Linear:
    """Takes the sums of the loop apart into terms."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.loop = plan.loop_ids
        self.states = {plan.state_op(state) for state in plan.program.states}
        self.absorbed: set[str] = set()
        for op in plan.parts[1]:
            uses = plan.consumers[op.id]
            single = len(uses) == 1 and uses[0][0].id in self.loop and uses[0][0].kind in _SUMS
            if op.kind in _LINEAR and single and op.id not in self.states and op.id != plan.output:
                self.absorbed.add(op.id)

    def reached(self, source: Source) -> bool:
        """Whether a state reaches this operand inside the loop."""
        return source.kind == "prev" or (source.kind == "op" and source.name in self.loop)

    def lane(self, root: Op) -> Lane:
        products: list[Product] = []
        hoisted: list[Product | tuple[int, Source]] = []
        others: list[tuple[int, Source]] = []
        for sign, term in self.terms(root, 1):
            if isinstance(term, Product):
                (products if self.reached(term.operand) else hoisted).append(term)
            else:
                (others if self.reached(term) else hoisted).append((sign, term))
        return Lane(root, tuple(products), tuple(hoisted), tuple(others), self.function(root, products, others))

    def function(self, root: Op, products: list[Product], others: list[tuple[int, Source]]) -> Op | None:
        """The σ or tanh that a sum goes into as soon as its product is there."""
        uses = self.plan.consumers[root.id]
        if others or len({product.operand for product in products}) != 1 or len(uses) != 1:
            return None
        op = uses[0][0]
        taken = root.id in self.states or root.id == self.plan.output
        return op if op.id in self.loop and op.function in ("sigmoid", "tanh") and not taken else None

    def terms(self, root: Op, sign: int) -> list[tuple[int, Source | Product]]:
        """The terms of a sum in their order, those of the sums that it is made of among them."""
        found: list[tuple[int, Source | Product]] = []
        waiting: list[tuple[int, Op | Source | Product]] = [(sign, root)]
        while waiting:  # not by recursion: equations may hold thousands of ops in a row
            sign, term = waiting.pop()
            if not isinstance(term, Op):
                found.append((sign, term))
            elif term.kind == "matmul":
                found += [(sign, product) for product in self.products(term, sign)]
            else:
                waiting += reversed(self.parts_of_sum(term, sign))
        return found

    def parts_of_sum(self, op: Op, sign: int) -> list[tuple[int, Op | Source | Product]]:
        """The operands of a sum, a difference or a negation: sums that are part of it as ops."""
        found: list[tuple[int, Op | Source | Product]] = []
        for index, source in enumerate(self.plan.sources[op.id]):
            turned = -sign if op.kind == "negate" or (op.kind == "sub" and index) else sign
            inner = self.plan.held[self.plan.order[source.name]] if source.kind == "op" else None
            if inner is not None and inner.id in self.absorbed:
                found.append((turned, inner))
            elif inner is not None and self.with_x(inner):
                found.append((turned, Product(turned, inner.args[0], (), self.plan.sources[inner.id][1])))
            else:
                found.append((turned, source))
        return found

    def with_x(self, op: Op) -> bool:
        """Whether an op is a product with x that only this sum takes."""
        alone = len(self.plan.consumers[op.id]) == 1 and op.id != self.plan.output
        return op.kind == "matmul" and op.id not in self.loop and alone and self.plan.sources[op.id][1].kind == "x"

    def products(self, op: Op, sign: int) -> list[Product]:
        """The product of a matrix, or of its parts with the parts of a ``concat``."""
        matrix, vector = self.plan.sources[op.id]
        found: list[Product] = []
        before: tuple[str, ...] = ()
        for part in self.parts(vector):
            found.append(Product(sign, matrix.name, before, part))
            before = (*before, part.size)
        return found

    def parts(self, vector: Source) -> list[Source]:
        op = self.plan.held[self.plan.order[vector.name]] if vector.kind == "op" else None
        if op is None or not self.dissolved(op):
            return [vector]
        return [inner for source in self.plan.sources[op.id] for inner in self.parts(source)]

    def dissolved(self, op: Op) -> bool:
        """Whether an op is a concat of which the products of the loop use the parts, and nothing the whole."""
        return (
            op.kind == "concat"
            and op.id in self.loop
            and op.id != self.plan.output
            and all(
                (use.kind == "matmul" and use.id in self.loop) or self.dissolved(use)
                for use, _ in self.plan.consumers[op.id]
            )
        )


class Fusion:
    """The loop of a plan as groups of lanes and single ops.

    Attributes
    ----------
    plan : Plan
        What is fused.
    lanes : dict
        Op id of a sum → its lane.
    groups : tuple of Group
        In the order in which their operands become known.
    fused : frozenset of str
        Ids of the ops that lanes are made of, products with x before the loop among them.
    absorbed : frozenset of str
        Ids of loop ops that are part of a lane and never computed on their own, as are the concats whose parts
        alone are used.
    home : dict
        Op id of a lane's sum, and of the σ or tanh behind it → (index of its group, index of the lane in it).
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        linear = _Linear(plan)
        roots = [op for op in plan.parts[1] if op.kind in _LINEAR and op.id not in linear.absorbed]
        self.lanes = {lane.op.id: lane for lane in map(linear.lane, roots) if lane.products}
        inside = {op.id for op in plan.parts[1] if op.id in linear.absorbed and not self._rooted_alone(op, linear)}
        self.groups = self._grouped()
        self.fused = (
            frozenset(inside)
            | set(self.lanes)
            | {
                source.name
                for op_id in (*inside, *self.lanes)
                for source in plan.sources[op_id]
                if source.kind == "op" and linear.with_x(plan.held[plan.order[source.name]])
            }
        )
        concats = {op.id for op in plan.parts[1] if linear.dissolved(op)}
        self.absorbed = frozenset(inside | concats)
        self.home: dict[str, tuple[int, int]] = {}
        for number, group in enumerate(self.groups):
            for place, lane in enumerate(group.lanes[: group.own]):
                self.home[lane.op.id] = (number, place)
                if lane.function is not None:
                    self.home[lane.function.id] = (number, place)

    def _rooted_alone(self, op: Op, linear: _Linear) -> bool:
        """Whether an absorbed op ends in a sum without products, and so has to be computed."""
        while op.id in linear.absorbed:
            op = self.plan.consumers[op.id][0][0]
        return op.id not in self.lanes

    def _known_at(self, operand: Source) -> int:
        return self.plan.order[operand.name] if operand.kind == "op" else -1

    def _grouped(self) -> tuple[Group, ...]:
        operands: dict[Source, list[Lane]] = {}
        for lane in self.lanes.values():
            for product in lane.products:
                lanes = operands.setdefault(product.operand, [])
                if lane not in lanes:
                    lanes.append(lane)
        groups = []
        for operand in sorted(operands, key=self._known_at):
            own = [lane for lane in operands[operand] if lane.products[0].operand == operand]
            guests = [lane for lane in operands[operand] if lane not in own]
            gates = sorted((lane for lane in own if self._is(lane, "sigmoid")), key=self._reaches, reverse=True)
            tanhs = sorted((lane for lane in own if self._is(lane, "tanh")), key=self._reaches)
            rest = [lane for lane in own if lane.function is None]
            hoisting = any(lane.hoisted for lane in own)
            ordered = (*gates, *tanhs, *rest, *guests)
            groups.append(Group(operand, ordered, len(gates), len(tanhs), len(own), hoisting))
        return tuple(groups)

    @staticmethod
    def _is(lane: Lane, function: str) -> bool:
        return lane.function is not None and lane.function.function == function

    def _reaches(self, lane: Lane) -> int:
        """Place of the first state that a lane's value flows into: lanes with the same one stand side by side."""
        states = {self.plan.state_op(state) for state in self.plan.program.states}
        open_ids, seen = [lane.op.id], set()
        while open_ids:
            at = min(open_ids, key=lambda op_id: self.plan.order[op_id])
            open_ids.remove(at)
            if at in states:
                return self.plan.order[at]
            for op, _ in self.plan.consumers[at]:
                if op.id in self.plan.loop_ids and op.id not in seen:
                    seen.add(op.id)
                    open_ids.append(op.id)
        return len(self.plan.order)


@lru_cache(maxsize=256)
def fusion_of(plan: Plan) -> Fusion:
    """The fusion of a plan, made once."""
    return Fusion(plan)
