"""Ops computed for many steps at once, each by its own rule: what needs no loop, and what a trace derives later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.operations import OPERATIONS
from rnnstudio.engine.plan import Plan, Source
from rnnstudio.engine.shapes import length

Array = NDArray[np.float64]
#: Steps that a product takes at once where it is computed by itself: always the same ones, so that a value derived
#: again has the same bits.
BLOCK = 32


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


def flat(array: Array) -> Array:
    """The array with all axes but the last made one: (T·N, size)."""
    return array if array.ndim == 2 else array.reshape(-1, array.shape[-1])


def times(matrix: Array, x: Sequence, out: Array | None = None) -> Array:
    """M·v for the vectors v of every step: (…, rows of M) from x of shape (…, columns of M)."""
    if isinstance(x, OneHot):
        return np.asarray(np.take(matrix.T, x.indices, axis=0, out=out))
    shape = (*x.shape[:-1], matrix.shape[0])
    if out is None:
        return np.asarray(np.dot(flat(x), matrix.T).reshape(shape))
    np.matmul(flat(x), matrix.T, out=flat(out))
    return out


class Whole:
    """The values of a program over a stretch of steps.

    Parameters
    ----------
    plan : Plan
        Of the program.
    parameters, lengths : mapping
        Name → array, letter → size.
    x : array or OneHot
        The inputs of the stretch, (n, [N,] I).
    known : callable
        Op id → its values (n, [N,] size), or None where they have to be computed.
    before : callable
        State → its values before each step.
    """

    def __init__(
        self,
        plan: Plan,
        parameters: Mapping[str, Array],
        lengths: Mapping[str, int],
        x: Sequence,
        known: Callable[[str], Array | None],
        before: Callable[[str], Array],
    ) -> None:
        self.plan = plan
        self.parameters = parameters
        self.lengths = lengths
        self.x = x
        self.shape = x.shape[:-1]
        self._known = known
        self._before = before
        self._values: dict[str, Array] = {}
        self._dense: Array | None = None

    def adopt(self, other: Whole, of: Callable[[str], bool]) -> None:
        """Take over what another one has computed of the same ops; their arrays are filled once and never again."""
        self._values.update({op_id: array for op_id, array in other._values.items() if of(op_id)})

    def dense_x(self) -> Array:
        """The inputs as an array, made only where an op asks for it."""
        if not isinstance(self.x, OneHot):
            return self.x
        if self._dense is None:
            self._dense = self.x.rows(0, self.x.shape[0])
        return self._dense

    def operand(self, source: Source) -> Any:
        """An operand for all steps of the stretch; a parameter or a number as it is."""
        if source.kind == "op":
            return self.value(source.name)
        if source.kind == "parameter":
            return self.parameters[source.name]
        if source.kind == "x":
            return self.dense_x()
        return self._before(source.name) if source.kind == "prev" else float(source.name)

    def vectors(self, source: Source) -> Array:
        """An operand as vectors of every step, where it may be a parameter or a number."""
        operand = np.asarray(self.operand(source))
        if operand.ndim > len(self.shape):
            return operand
        return np.broadcast_to(operand, (*self.shape, operand.shape[-1] if operand.ndim else 1))

    def value(self, op_id: str) -> Array:
        """The values of an op, (n, [N,] size)."""
        found = self._values.get(op_id)
        if found is None:
            for at in self._missing(op_id):
                self._values[at] = self._computed(at)
            found = self._values[op_id]
        return found

    def _missing(self, op_id: str) -> list[str]:
        """The op and what has to be computed for it, in the order of computation.

        Not by recursion: equations may hold thousands of ops in a row.
        """
        missing: set[str] = set()
        waiting = [op_id]
        while waiting:
            at = waiting.pop()
            if at in missing or at in self._values:
                continue
            known = self._known(at)
            if known is not None:
                self._values[at] = known
                continue
            missing.add(at)
            waiting += [source.name for source in self.plan.sources[at] if source.kind == "op"]
        return sorted(missing, key=self.plan.order.__getitem__)

    def _computed(self, op_id: str) -> Array:
        op, sources = self.plan.held[self.plan.order[op_id]], self.plan.sources[op_id]
        out = np.empty((*self.shape, length(op.size, self.lengths)))
        if op.kind == "matmul":
            matrix, vector = self.parameters[sources[0].name], sources[1]
            vectors = self.x if vector.kind == "x" else self.vectors(vector)
            for start in range(0, self.shape[0], BLOCK):
                times(matrix, vectors[start : start + BLOCK], out[start : start + BLOCK])
        elif op.kind == "concat":
            OPERATIONS["concat"].make(None)([self.vectors(source) for source in sources], out)
        else:
            OPERATIONS[op.kind].make(op.function)([self.operand(source) for source in sources], out)
        return out
