"""The kinds of operation that the op table may hold, one row each: how it is computed, and its derivative."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.derivatives import SLOPES
from rnnstudio.engine.functions import FUNCTIONS

Array = NDArray[np.float64]
#: Numbers, vectors, or for several steps arrays of shape (…, size); the last, the array that is filled.
Forward = Callable[[Sequence[Any], Array], None]
#: The op's function, its operands, its result, and the operand's index → ∂result/∂operand, element by element:
#: an array, or a number where it is the same everywhere.
Partial = Callable[[str | None, Sequence[Any], Array, int], Any]


@dataclass(frozen=True)
class Operation:
    """What is the same for all ops of one kind.

    Attributes
    ----------
    make : callable
        The op's concrete function (None but for functions) → its forward rule.
    weighted : "always", "inherited" or "never"
        Whether the result has the scale of the weights: products do, sums do when one of their terms does.
    partial : callable or None
        The derivative with respect to one operand; None where it is no product element by element.
    """

    make: Callable[[str | None], Forward]
    weighted: str
    partial: Partial | None


def _matmul(args: Sequence[Any], out: Array) -> None:
    weights, vectors = args
    if out.ndim == 1:
        np.dot(weights, vectors, out=out)
    else:
        np.matmul(vectors, weights.T, out=out)


def _add(args: Sequence[Any], out: Array) -> None:
    np.add(args[0], args[1], out=out)
    for term in args[2:]:
        np.add(out, term, out=out)


def _sub(args: Sequence[Any], out: Array) -> None:
    np.subtract(args[0], args[1], out=out)


def _mul(args: Sequence[Any], out: Array) -> None:
    np.multiply(args[0], args[1], out=out)


def _negate(args: Sequence[Any], out: Array) -> None:
    np.negative(args[0], out=out)


def _copy(args: Sequence[Any], out: Array) -> None:
    out[...] = args[0]


def _concat(args: Sequence[Any], out: Array) -> None:
    start = 0
    for part in args:
        stop = start + part.shape[-1]
        out[..., start:stop] = part
        start = stop


def _function(name: str | None) -> Forward:
    function = FUNCTIONS[name or "identity"]

    def forward(args: Sequence[Any], out: Array) -> None:
        function(args[0], out)

    return forward


def _one(_: str | None, __: Sequence[Any], ___: Array, ____: int) -> Any:
    return 1.0


def _minus_the_second(_: str | None, __: Sequence[Any], ___: Array, index: int) -> Any:
    return -1.0 if index else 1.0


def _minus_one(_: str | None, __: Sequence[Any], ___: Array, ____: int) -> Any:
    return -1.0


def _other_factor(_: str | None, args: Sequence[Any], __: Array, index: int) -> Any:
    return args[1 - index]


def _slope(function: str | None, _: Sequence[Any], out: Array, __: int) -> Any:
    slope = SLOPES[function or "identity"]
    return 1.0 if slope is None else slope(out)


#: Kind → its row. "constant" is a value that is a number everywhere; the slope of the function softmax, which is no
#: product element by element, is `rnnstudio.engine.derivatives.softmax_pull`.
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "matmul": Operation(lambda _: _matmul, "always", None),
        "concat": Operation(lambda _: _concat, "inherited", None),
        "add": Operation(lambda _: _add, "inherited", _one),
        "sub": Operation(lambda _: _sub, "inherited", _minus_the_second),
        "mul": Operation(lambda _: _mul, "never", _other_factor),
        "negate": Operation(lambda _: _negate, "inherited", _minus_one),
        "function": Operation(_function, "never", _slope),
        "copy": Operation(lambda _: _copy, "inherited", _one),
        "constant": Operation(lambda _: _copy, "never", _one),
    }
)


def elementwise(kind: str, function: str | None) -> bool:
    """Whether an op works element by element, so that its derivative is a factor."""
    return OPERATIONS[kind].partial is not None and not (kind == "function" and function == "softmax")
