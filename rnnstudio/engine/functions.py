"""The functions that equations may call; softmax is also what display and loss put behind tokens."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Function(Protocol):
    """One argument, a result of its shape; the result goes into `out` where that is given (`out` may be `a`)."""

    def __call__(self, a: Array, out: Array | None = None) -> Array:
        """f(a), of a's shape."""


def sigmoid(a: Array, out: Array | None = None) -> Array:
    """f(a) = 1 / (1 + e^(−a)), the logistic sigmoid.

    Where e^(−a) is too large for a float64 it is infinite, and its inverse, as it should be, 0.
    """
    out = np.negative(a, out=out)
    with np.errstate(over="ignore"):
        np.exp(out, out=out)
    np.add(out, 1.0, out=out)
    return np.divide(1.0, out, out=out)


def tanh(a: Array, out: Array | None = None) -> Array:
    """f(a) = (e^a − e^(−a)) / (e^a + e^(−a)), the hyperbolic tangent."""
    return np.tanh(a, out=out)


def relu(a: Array, out: Array | None = None) -> Array:
    """f(a) = max(0, a), the rectified linear unit; a NaN stays one."""
    return np.maximum(a, 0.0, out=out)


def identity(a: Array, out: Array | None = None) -> Array:
    """f(a) = a: a layer without activation."""
    return np.positive(a, out=out)


def exp(a: Array, out: Array | None = None) -> Array:
    """f(a) = e^a; infinite, without a warning, where that is too large for a float64 (a > 709.78)."""
    with np.errstate(over="ignore"):
        return np.exp(a, out=out)


def softmax(a: Array, out: Array | None = None) -> Array:
    """p_k = e^(a_k) / Σ_j e^(a_j) over the last axis, for a of shape (…, O); all NaN where one element is NaN or +∞.

    The largest element is taken off first, so that nothing overflows.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        out = np.subtract(a, np.max(a, axis=-1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=-1, keepdims=True)
    return np.asarray(out)


#: Every function an equation may call, by its name there; ``concat``, which takes several vectors, is none of them.
FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "identity": identity, "exp": exp, "softmax": softmax}
)
