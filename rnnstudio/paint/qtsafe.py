"""Plain Python values for Qt calls, which take no NumPy scalars and no swapped ranges."""

import math
from typing import SupportsFloat, SupportsIndex, SupportsInt

from PySide6.QtGui import QColor


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


def rng(low: SupportsFloat, high: SupportsFloat, least: float = 1e-9) -> tuple[float, float]:
    """A range with ``low < high``, widened about its middle where it has no width."""
    a, z = f(low), f(high)
    if a > z:
        a, z = z, a
    if z - a < least:
        middle = (a + z) / 2
        a, z = middle - least / 2, middle + least / 2
    return a, z
