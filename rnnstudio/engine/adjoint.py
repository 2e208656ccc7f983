"""Backpropagation through time for one compiled cell: the adjoint ∂L/∂v of every value v of a run.

The generated loop carries the adjoints of states and lanes from the last step to the first; the adjoint of anything
else follows from those for all steps at once, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.derivatives import softmax_pull
from rnnstudio.engine.forward_source import Place
from rnnstudio.engine.machine import STRETCH, Values
from rnnstudio.engine.operations import OPERATIONS, elementwise
from rnnstudio.engine.ops import Op
from rnnstudio.engine.plan import Source
from rnnstudio.engine.shapes import length
from rnnstudio.engine.whole import flat

Array = NDArray[np.float64]
_NUMBERS = 32_768  # of one array of factors: small enough to stay in the processor's cache


class Adjoint:
    """The backward pass over the values of a run.

    Parameters
    ----------
    values : Values
        A run; may be filled again between two passes.
    """

    def __init__(self, values: Values) -> None:
        self.values = values
        machine = values.machine
        self.machine = machine
        self.plan = machine.plan
        steps, middle = values.steps, values.middle
        self.lanes = [np.zeros((steps, *middle, len(weights.matrix))) for weights in machine.weights]
        self.nodes: dict[str, Array] = {}
        self.first: dict[str, Array] = {}
        self._carry: dict[str, Array] = {}
        self._known: dict[str, Array] = {}
        self._output = np.zeros(0)
        self._truncation: int | None = None
        self._more: Mapping[str, Array] = {}
        if self.plan.parts[1]:
            text = machine.compiled.backward_text
            self.nodes = {op_id: np.zeros((steps, *middle, machine.size(op_id))) for op_id in text.nodes}
            sizes = self.plan.program.sizes
            self._carry = {s: np.zeros((*middle, machine.lengths[sizes[s]])) for s in self.plan.program.states}
            widths = [sum(self._size_of(place) for place in places) for places in text.factors] or [1]
            per_step = max(1, max(widths) * (values.batch or 1))
            self._stretch = min(steps, max(8, _NUMBERS // per_step), STRETCH)
            self._factors = [np.zeros((self._stretch, *middle, width)) for width in widths[: len(text.factors)]]
            self._made: dict[tuple[int, int], Any] = {}

    def _size_of(self, place: Place) -> int:
        if place[0] == "prev":
            return self.machine.lengths[self.plan.program.sizes[str(place[1])]]
        return self.machine.size(str(place[1]))

    # -- the loop ----------------------------------------------------------------------------------------------

    def run(self, output: Array, truncation: int | None = None, more: Mapping[str, Array] | None = None) -> None:
        """Go back through the steps.

        Parameters
        ----------
        output : array, shape (T, [N,] size)
            ∂L/∂y, what arrives from the loss and the layers above.
        truncation : int, optional
            K: nothing goes back over the borders between the steps 1…K, K+1…2K, and so on.
        more : mapping, optional
            State → what arrives at it after the last step, (H,) or (N, H).
        """
        self._known, self._output, self._truncation, self._more = {}, output, truncation, more or {}
        if self.plan.parts[1]:
            self._through_loop(truncation)
        self._known = {}  # what was derived on the way did not have the loop's adjoints yet
        self.first = {state: self._first(state) for state in self.plan.program.states}

    def _through_loop(self, truncation: int | None) -> None:
        for state, array in self._carry.items():
            array[...] = self._more.get(state, 0.0)
        entries = {op_id: self._entry(op_id) for op_id in self.machine.compiled.backward_text.entries}
        stop = self.values.steps
        while stop > 0:
            start = max(0, stop - self._stretch)
            if truncation is not None:
                start = max(start, (stop - 1) // truncation * truncation)
            self._go_back(start, stop, entries)
            if truncation is not None and start % truncation == 0 and start > 0:
                for array in self._carry.values():
                    array.fill(0.0)
            stop = start

    def _go_back(self, start: int, stop: int, entries: Mapping[str, Array]) -> None:
        machine, text = self.machine, self.machine.compiled.backward_text
        prepare, loop = machine.compiled.backward_loops
        made = self._made.get((start, stop))
        if made is None:
            made = (
                [self._whole_array(place, start, stop) for place in text.prepare.rows],
                [self._factor_or_fixed(place, stop - start) for place in text.prepare.fixed],
                [None if place[0] == "entry" else list(self._row_array(place, start, stop)[::-1])
                 for place in text.loop.rows],
                [self._fixed(place) for place in text.loop.fixed],
            )  # fmt: skip
            if self.values.steps <= STRETCH:
                self._made[start, stop] = made
        rows = [
            list(entries[str(place[1])][start:stop][::-1]) if place[0] == "entry" else row
            for place, row in zip(text.loop.rows, made[2], strict=True)
        ]
        prepare(made[0], made[1])
        loop(rows, made[3])

    def _whole_array(self, place: Place, start: int, stop: int) -> Array:
        kind = place[0]
        return self.values.lasting(kind, str(place[1]) if len(place) > 1 else "")[start:stop]

    def _factor_or_fixed(self, place: Place, steps: int) -> Any:
        if place[0] != "factor":
            return self._fixed(place)
        number, index = int(place[1]), int(place[2])
        places = self.machine.compiled.backward_text.factors[number]
        start = sum(self._size_of(at) for at in places[:index])
        return self._factors[number][:steps, ..., start : start + self._size_of(places[index])]

    def _row_array(self, place: Place, start: int, stop: int) -> Array:
        kind, which = place[0], place[1]
        if kind == "factor":
            number = int(which)
            width = len(self.machine.compiled.backward_text.factors[number])
            array = self._factors[number][: stop - start]
            return array if width == 1 else array.reshape(*array.shape[:-1], width, -1)
        if kind in ("adjoint", "spread"):
            array = self._adjoint_array(str(which))[start:stop]
            return array[..., np.newaxis, :] if kind == "spread" else array
        if kind == "value":
            return self.values.value(str(which))[start:stop]
        if kind == "adjoint part":
            sizes = [self._source_size(source) for source in self.plan.sources[str(which)]]
            first = sum(sizes[: int(place[2])])
            return self.nodes[str(which)][start:stop, ..., first : first + sizes[int(place[2])]]
        lanes, weights = self.lanes[int(which)][start:stop], self.machine.weights[int(which)]
        if kind == "guest":
            return lanes[..., weights.lanes[int(place[2])]]
        if kind == "lane run":
            first, last = int(place[2]), int(place[3])
            part = lanes[..., weights.lanes[first].start : weights.lanes[last].stop]
            return part.reshape(*part.shape[:-1], last - first + 1, -1)
        return lanes

    def _source_size(self, source: Source) -> int:
        return length(source.size, self.machine.lengths)

    def _adjoint_array(self, op_id: str) -> Array:
        home = self.machine.fusion.home.get(op_id)
        if home is not None and op_id in self.machine.fusion.lanes:
            return self.lanes[home[0]][..., self.machine.weights[home[0]].lanes[home[1]]]
        return self.nodes[op_id]

    def _fixed(self, place: Place) -> Any:
        kind, which = place[0], str(place[1])
        if kind == "carry":
            return self._carry[which]
        if kind == "back":
            return self.machine.weights[int(place[1])].back
        if kind == "parameter":
            return self.machine.parameters[which]
        if kind == "number":
            return np.array(float(which))
        return np.zeros((*self.values.middle, length(which, self.machine.lengths)))

    # -- everything else ---------------------------------------------------------------------------------------

    def _entry(self, op_id: str) -> Array:
        """What arrives at a loop op from the output and from what is computed after the loop."""
        return self._gathered(op_id, lambda use: use.id not in self.plan.loop_ids)

    def _gathered(self, op_id: str, taken: Any) -> Array:
        total: Array | None = self._output if op_id == self.plan.output else None
        for use, index in self.plan.consumers[op_id]:
            if taken(use):
                part = self.pulled(use, index)
                total = part if total is None else total + part
        for state in self.plan.states_of.get(op_id, ()):
            later = self._from_next_step(state, taken)
            if later is not None:
                total = later if total is None else total + later
        if total is None:
            return np.zeros((self.values.steps, *self.values.middle, self.machine.size(op_id)))
        return np.asarray(total)

    def _to_before(self, state: str, taken: Any) -> Array:
        """What ops send back to a state before the step, (T, [N,] H); not those whose part the loop carries."""
        size = self.machine.lengths[self.plan.program.sizes[state]]
        total = np.zeros((self.values.steps, *self.values.middle, size))
        for op, index in self.plan.readers[state]:
            if taken(op):
                total += self.pulled(op, index)
        return total

    def _from_next_step(self, state: str, taken: Any) -> Array | None:
        """What comes to a state from the step after it, but for what the loop carries; None where nothing does."""
        if not self.plan.readers[state] and self.plan.state_op(state) in self.plan.loop_ids:
            return None
        before = self._to_before(state, taken)
        shifted = np.zeros_like(before)
        shifted[:-1] = before[1:]
        if self._truncation is not None:
            shifted[self._truncation - 1 :: self._truncation] = 0.0
        if self.plan.state_op(state) not in self.plan.loop_ids:
            shifted[-1] = self._more.get(state, 0.0)
        return shifted

    def _first(self, state: str) -> Array:
        """∂L/∂ of a state before the first step."""
        carried = self.plan.state_op(state) in self.plan.loop_ids
        if carried and not self.plan.readers[state]:
            return self._carry[state].copy()
        before = self._to_before(state, lambda _: True)[0]
        return np.asarray(before + self._carry[state] if carried else before)

    def of_op(self, op_id: str) -> Array:
        """∂L/∂v for the values v of an op, (T, [N,] size)."""
        found = self._known.get(op_id)
        if found is None:
            for at in self._missing(op_id):
                self._known[at] = self._adjoint_array(at) if self._carried(at) else self._gathered(at, lambda _: True)
            found = self._known[op_id]
        return found

    def _carried(self, op_id: str) -> bool:
        """Whether the loop records the adjoint of an op."""
        return op_id in self.machine.fusion.lanes or op_id in self.nodes

    def _missing(self, op_id: str) -> list[str]:
        """The op and those whose adjoints flow into its own and are not known, these first; not by recursion."""
        found: list[str] = []
        seen: set[str] = set()
        waiting = [(op_id, False)]
        while waiting:
            at, ready = waiting.pop()
            if ready:
                found.append(at)
            elif at not in seen and at not in self._known:
                seen.add(at)
                waiting.append((at, True))
                if not self._carried(at):
                    readers = [op for state in self.plan.states_of.get(at, ()) for op, _ in self.plan.readers[state]]
                    waiting += [(op.id, False) for op in (*readers, *(use for use, _ in self.plan.consumers[at]))]
        return found

    def pulled(self, op: Op, index: int) -> Array:
        """What an op sends back to one of its operands, for every step."""
        adjoint, sources = self.of_op(op.id), self.plan.sources[op.id]
        whole = self.values.whole
        if op.kind == "matmul":
            matrix = self.machine.parameters[sources[0].name]
            return np.asarray(np.dot(flat(adjoint), matrix).reshape(*adjoint.shape[:-1], -1))
        if op.kind == "concat":
            sizes = [self._source_size(source) for source in sources]
            return np.asarray(adjoint[..., sum(sizes[:index]) : sum(sizes[: index + 1])])
        if not elementwise(op.kind, op.function):
            return softmax_pull(self.values.value(op.id), adjoint)
        operands = [whole.operand(source) for source in sources] if op.kind == "mul" else []
        result = self.values.value(op.id) if op.kind == "function" else adjoint
        factor = OPERATIONS[op.kind].partial(op.function, operands, result, index)  # type: ignore[misc]
        return np.asarray(adjoint if isinstance(factor, float) and factor == 1.0 else adjoint * factor)
