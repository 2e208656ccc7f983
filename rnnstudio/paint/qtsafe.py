"""Plain Python values for Qt calls, which take no NumPy scalars and no swapped ranges."""

import math
from collections.abc import Callable
from typing import SupportsFloat, SupportsIndex, SupportsInt, TypeVar, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Kind = TypeVar("Kind")


def b(value: object) -> bool:
    """A bool, also from ``numpy.bool_``."""
    return bool(value)


def i(value: SupportsInt | SupportsIndex) -> int:
    """An int within Qt's 32 bits, also from NumPy integers."""
    return max(-(2**31), min(2**31 - 1, int(value)))


def f(value: SupportsFloat | SupportsIndex) -> float:
    """A finite float, also from ``numpy.float64``; what is not finite becomes 0."""
    number = float(value)
    return number if math.isfinite(number) else 0.0


def rgb(argb: SupportsInt | SupportsIndex) -> QColor:
    """A colour from 0xAARRGGBB, also from ``numpy.uint32``."""
    return QColor.fromRgba(int(argb) & 0xFFFFFFFF)


def pointer(numbers: NDArray[np.float64], kind: type[Kind]) -> Kind:
    """A contiguous float64 array as Qt's pointer to structs of doubles; the array has to outlive the call.

    Raises
    ------
    ValueError
        The array is empty, not contiguous or not float64: Qt would read other memory.
    """
    return pointers(numbers, kind)(0)


def pointers(numbers: NDArray[np.float64], kind: type[Kind]) -> Callable[[int], Kind]:
    """Like `pointer`, for many calls with rows of one array: a function from the row's number to its pointer."""
    if numbers.dtype != np.float64 or not numbers.flags.c_contiguous or not numbers.size:
        raise ValueError(f"a contiguous float64 array is needed, got {numbers.dtype} of shape {numbers.shape}")
    base, row, wrap = int(numbers.ctypes.data), numbers.strides[0], shiboken6.wrapInstance
    return lambda k: cast(Kind, wrap(base + k * row, kind))


def rng(low: SupportsFloat, high: SupportsFloat, least: float = 1e-9) -> tuple[float, float]:
    """A range with ``low < high``, widened about its middle where it has no width."""
    a, z = f(low), f(high)
    if a > z:
        a, z = z, a
    if z - a < least:
        middle = (a + z) / 2
        a, z = middle - least / 2, middle + least / 2
    return a, z
