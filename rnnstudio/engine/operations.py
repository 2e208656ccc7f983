"""The kinds of operation that the op table may hold, one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.functions import FUNCTIONS

Array = NDArray[np.float64]
#: Numbers and vectors, or for several steps arrays of shape (steps, size); the last, the array that is filled.
Forward = Callable[[Sequence[Any], Array], None]


@dataclass(frozen=True)
class Operation:
    """What is the same for all ops of one kind.

    Attributes
    ----------
    make : callable
        The op's concrete function (None but for functions) → its forward rule.
    weighted : "always", "inherited" or "never"
        Whether the result has the scale of the weights: products do, sums do when one of their terms does.
    """

    make: Callable[[str | None], Forward]
    weighted: str


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


def _function(name: str | None) -> Forward:
    function = FUNCTIONS[name or "identity"]

    def forward(args: Sequence[Any], out: Array) -> None:
        function(args[0], out)

    return forward


#: Kind → its row. "constant" is a value that is a number everywhere.
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "matmul": Operation(lambda _: _matmul, "always"),
        "add": Operation(lambda _: _add, "inherited"),
        "sub": Operation(lambda _: _sub, "inherited"),
        "mul": Operation(lambda _: _mul, "never"),
        "negate": Operation(lambda _: _negate, "inherited"),
        "function": Operation(_function, "never"),
        "copy": Operation(lambda _: _copy, "inherited"),
        "constant": Operation(lambda _: _copy, "never"),
    }
)
