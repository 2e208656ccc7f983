"""Running a compiled cell: its weights as fused matrices, its values over a run of T steps and N sequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.compile import Compiled
from rnnstudio.engine.forward_source import Place
from rnnstudio.engine.fusion import Product
from rnnstudio.engine.shapes import length
from rnnstudio.engine.twin import twin
from rnnstudio.engine.weights import GroupWeights
from rnnstudio.engine.whole import Sequence, Whole, times

Array = NDArray[np.float64]
MANY = 64  # values of σ and tanh at a step from which the fewer but slower calls cost more


def _slow_tanh() -> bool:
    """Whether NumPy's tanh lacks the wide instructions: without AVX-512 it takes four times as long as its exp."""
    found = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    wide = any("AVX512" in name or name == "X86_V4" for name in found)
    return not wide and any(name.startswith(("AVX", "X86", "SSE", "FMA")) for name in found)


SLOW_TANH = _slow_tanh()
STRETCH = 512  # steps whose rows are made at once: long enough for one product, short enough for the memory


class Machine:
    """A compiled program with sizes, and the values of its parameters.

    Parameters
    ----------
    compiled : Compiled
        The program.
    lengths : mapping
        Letter → size.
    parameters : mapping
        Name → array.
    sequences : int
        N, how many sequences run at once: it decides how σ and tanh are computed.
    """

    def __init__(
        self, compiled: Compiled, lengths: Mapping[str, int], parameters: Mapping[str, Array], sequences: int = 1
    ) -> None:
        self.compiled = compiled
        self.plan = compiled.plan
        self.fusion = compiled.fusion
        self.lengths = lengths
        inputs = lengths[self.plan.program.sizes["x"]]
        squashed = sum(
            length(lane.op.size, lengths)
            for group in self.fusion.groups
            for lane in group.lanes[: group.sigmoids + group.tanhs]
        )
        self.by_exp = SLOW_TANH and squashed * sequences >= MANY
        self.weights = tuple(
            GroupWeights(group, lengths, length(group.operand.size, lengths), inputs, self.by_exp)
            for group in self.fusion.groups
        )
        self.parameters: Mapping[str, Array] = {}
        for weights in self.weights:
            weights.adopt(parameters)
        self.bind(parameters)

    def bind(self, parameters: Mapping[str, Array]) -> None:
        """Take other values of the parameters."""
        self.parameters = parameters
        for weights in self.weights:
            weights.bind(parameters)

    def told_of(self, parameters: Mapping[str, Array]) -> Machine:
        """The machine as it was with these values of the parameters, for looking at a run, not for running."""
        made = twin(self)
        made.parameters = parameters
        return made

    def size(self, op_id: str) -> int:
        """How many values an op gives at each step."""
        return length(self.plan.held[self.plan.order[op_id]].size, self.lengths)


class Values:
    """The values of one run, in arrays that may be filled again.

    Parameters
    ----------
    machine : Machine
        What runs.
    steps : int
        T.
    batch : int or None
        N, or None for a single sequence without that axis.
    """

    def __init__(self, machine: Machine, steps: int, batch: int | None) -> None:
        self.machine = machine
        self.steps = steps
        self.batch = batch
        self.middle = () if batch is None else (batch,)
        compiled = machine.compiled
        # one row more than steps: the first holds a state before step 1
        self.sums = [np.zeros((steps + 1, *self.middle, weights.own)) for weights in machine.weights]
        self.kept = {op_id: np.zeros((steps + 1, *self.middle, machine.size(op_id))) for op_id in compiled.kept}
        self.x: Sequence = np.zeros((0, 1))
        self.first: Mapping[str, Array] = {}
        self._states = {state: machine.plan.state_op(state) for state in machine.plan.program.states}
        self._rows: list[tuple[list[list[Array]], list[Any]]] | None = None
        self._hoisted: list[Array] = []
        # what the loop reads row by row and is computed before it: in arrays that every run fills again
        self._outside: dict[tuple[str, str], Array] = {}
        self.whole = self._whole()

    def _whole(self) -> Whole:
        machine = self.machine
        return Whole(machine.plan, machine.parameters, machine.lengths, self.x, self.kept_value, self.before)

    def _array(self, op_id: str) -> Array | None:
        """The array that holds a loop op, its first row the one before step 1; None where it is not kept."""
        place = self.machine.fusion.home.get(op_id)
        if place is not None and not self._overwritten(op_id):
            return self.sums[place[0]][..., self.machine.weights[place[0]].lanes[place[1]]]
        return self.kept.get(op_id)

    def _overwritten(self, op_id: str) -> bool:
        lane = self.machine.fusion.lanes.get(op_id)
        return lane is not None and lane.function is not None

    def kept_value(self, op_id: str) -> Array | None:
        """The values of a loop op that the run keeps, (T, [N,] size); None for others."""
        array = self._array(op_id)
        return None if array is None else array[1:]

    def value(self, op_id: str) -> Array:
        """The values of any op, (T, [N,] size); computed where the run did not keep them."""
        return self.whole.value(op_id)

    def before(self, state: str) -> Array:
        """A state before each step, (T, [N,] H)."""
        array = self._array(self._states[state])
        if array is not None:
            return array[:-1]
        value = self.whole.value(self._states[state])
        return np.concatenate([np.broadcast_to(self.first[state], value.shape[1:])[np.newaxis], value[:-1]])

    def run(self, x: Sequence, first: Mapping[str, Array], tell: Callable[[int], None] | None = None) -> None:
        """Fill the arrays: x of shape (T, [N,] I), first states (H,) or (N, H)."""
        self.x, self.first = x, first
        self.whole = self._whole()
        for state, op_id in self._states.items():
            array = self._array(op_id)
            if array is not None:
                array[0] = first[state]
        machine = self.machine
        if not machine.plan.parts[1]:
            if tell is not None:
                tell(self.steps)
            return
        text, loop = machine.compiled.forward(self.batch is not None, machine.by_exp)
        for (kind, name), array in self._outside.items():
            np.copyto(array, self._from_outside(kind, name))
        keep = self.steps <= STRETCH
        for start in range(0, self.steps, STRETCH):
            stop = min(start + STRETCH, self.steps)
            self._hoist(x[start:stop], start, stop)
            if self._rows is None or not keep:
                rows = [list(self._row_array(place, start, stop)) for place in text.rows]
                made = (rows, [self._fixed(place) for place in text.fixed])
                self._rows = [made] if keep else None
            else:
                made = self._rows[0]
            loop(*made)
            if tell is not None:
                tell(stop)

    def taken(self, parameters: Mapping[str, Array], x: Sequence) -> Values:
        """The values of the last run in arrays of their own, which no other run fills.

        Parameters
        ----------
        parameters : mapping
            Name → array, with the numbers that the run had and that nobody changes.
        x : array or OneHot
            The inputs of the run, also of nobody else.
        """
        made = twin(self)
        made.__dict__.pop("_product_arrays", None)
        made.machine, made.x = self.machine.told_of(parameters), x
        made.sums = [array.copy() for array in self.sums]
        made.kept = {op_id: array.copy() for op_id, array in self.kept.items()}
        made._rows, made._hoisted, made._outside = None, [], {}
        made.whole = made._whole()
        made.whole.adopt(self.whole, lambda op_id: self._array(op_id) is None)
        return made

    def clear(self, beyond: NDArray[np.bool_]) -> None:
        """Zeros at steps that are none, of shape (T, N): a state that explodes there would spoil the gradients."""
        for array in (*self.sums, *self.kept.values()):
            array[1:][beyond] = 0.0

    def _hoist(self, x: Sequence, start: int, stop: int) -> None:
        """What the lanes add and no state reaches, for a stretch of steps."""
        steps = stop - start
        if not self._hoisted or len(self._hoisted[0]) != steps:
            self._hoisted = [
                np.zeros((steps, *self.middle, weights.own if weights.group.hoisting else 0))
                for weights in self.machine.weights
            ]
            self._rows = None
        for weights, out in zip(self.machine.weights, self._hoisted, strict=True):
            if not weights.group.hoisting:
                continue
            if weights.inputs is not None:
                times(weights.inputs, x, out)
                if weights.bias is not None:
                    np.add(out, weights.bias, out)
            else:
                out[...] = 0.0 if weights.bias is None else weights.bias
            self._hoist_terms(weights, out, slice(start, stop))

    def _hoist_terms(self, weights: GroupWeights, out: Array, steps: slice) -> None:
        for place, lane in enumerate(weights.group.lanes[: weights.group.own]):
            for term in lane.hoisted:
                product = term if isinstance(term, Product) else None
                sign, source = (product.sign, product.operand) if product else term  # type: ignore[misc]
                if (product and source.kind == "x") or (not product and source.kind in ("parameter", "number")):
                    continue  # in the matrices
                value: Array = self.whole.vectors(source)[steps]
                if product:
                    value = times(self.machine.parameters[product.matrix][:, weights.columns(product)], value)
                out[..., weights.lanes[place]] += value * (sign * weights.scale_of(place))

    def _row_array(self, place: Place, start: int, stop: int) -> Array:
        kind, which = place[0], place[1] if len(place) > 1 else ""
        if kind in ("value", "prev"):
            array = self._array(str(which) if kind == "value" else self._states[str(which)])
            if array is not None:
                return array[start + 1 : stop + 1] if kind == "value" else array[start:stop]
        if kind in ("before", "x", "prev"):
            key = (str(kind), str(which))
            if key not in self._outside:
                self._outside[key] = self._from_outside(*key).copy()
            return self._outside[key][start:stop]
        if kind == "part":
            return self._part(self.kept[str(which)], str(which), int(place[2]))[start + 1 : stop + 1]
        number = int(which)
        if kind == "hoisted":
            return self._hoisted[number]
        weights, sums = self.machine.weights[number], self.sums[number][start + 1 : stop + 1]
        if kind == "squashed":
            return sums[..., : weights.squashed]
        if kind == "tanhs":
            return sums[..., weights.gates : weights.squashed]
        return sums[..., : weights.gates] if kind == "gates" else sums

    def lasting(self, kind: str | int, name: str) -> Array:
        """The array of an operand of the loop, one that every run fills again: as `Variables` name its rows."""
        return self._row_array((kind, name), 0, self.steps)

    def _from_outside(self, kind: str, name: str) -> Array:
        """What the loop reads and does not compute itself."""
        if kind == "x":
            return self.whole.dense_x()
        return self.whole.value(name) if kind == "before" else self.before(name)

    def _part(self, array: Array, op_id: str, index: int) -> Array:
        """The columns of a concat that one of its parts fills."""
        sizes = [length(source.size, self.machine.lengths) for source in self.machine.plan.sources[op_id]]
        return array[..., sum(sizes[:index]) : sum(sizes[: index + 1])]

    def _fixed(self, place: Place) -> Any:
        kind, which = place[0], place[1]
        if kind == "parameter":
            return self.machine.parameters[str(which)]
        if kind == "number":
            return np.array(float(which))
        if kind == "scratch":
            return np.zeros((*self.middle, self.machine.size(str(which))))
        number = int(which)
        weights = self.machine.weights[number]
        if kind == "matrix":
            return weights.matrix if self.batch is None else weights.matrix.T
        product = self._products.setdefault(number, np.zeros((*self.middle, len(weights.matrix))))
        if kind == "product":
            return product
        return product[..., : weights.own] if kind == "product own" else product[..., weights.lanes[int(place[2])]]

    @property
    def _products(self) -> dict[int, Array]:
        """Group → its product of the step."""
        found: dict[int, Array] = self.__dict__.setdefault("_product_arrays", {})
        return found
