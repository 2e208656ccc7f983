"""Derivatives of the functions that equations may call, written in terms of their results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _sigmoid(y: Array) -> Array:
    return (1.0 - y) * y


def _tanh(y: Array) -> Array:
    return 1.0 - y * y


def _relu(y: Array) -> Array:
    return (y > 0.0).astype(np.float64)


def _exp(y: Array) -> Array:
    return y


def softmax_pull(y: Array, adjoint: Array) -> Array:
    """∂L/∂a = y ⊙ (d − Σ_k d_k·y_k) for y = softmax(a) and d = ∂L/∂y, over the last axis."""
    return np.asarray(y * (adjoint - (adjoint * y).sum(axis=-1, keepdims=True)))


#: Function → its slope f′(a) from y = f(a), for those that work element by element; None for a slope of 1.
SLOPES: Mapping[str, Callable[[Array], Array] | None] = MappingProxyType(
    {"sigmoid": _sigmoid, "tanh": _tanh, "relu": _relu, "identity": None, "exp": _exp}
)
