"""How a number is written: decimals, the true minus, large and small values."""

import math

import numpy as np
from numpy.typing import ArrayLike

MINUS = "\N{MINUS SIGN}"
#: From here on a number has no decimals; from here on it is written with a power of ten.
WHOLE_FROM, POWERS_FROM = 100, 10_000


def fmt(value: float, decimals: int = 2) -> str:
    """Write a signal or weight value.

    Two decimals as a rule; none from 100 on, ``1.2e4`` from 10 000 on; −0.00 is 0.00; the minus is U+2212; what is
    not finite is written NaN, Inf or −Inf.
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Inf" if value > 0 else f"{MINUS}Inf"
    size = abs(value)
    if size >= POWERS_FROM:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    elif size >= WHOLE_FROM:
        text = f"{value:.0f}"
    else:
        text = f"{value:.{decimals}f}"
        if float(text) == 0:
            text = text.replace("-", "")
    return text.replace("-", MINUS)


def exact(value: float) -> str:
    """Six significant digits, for hover and the inspector."""
    text = f"{value:.6g}" if math.isfinite(value) else fmt(value)
    return text.replace("-", MINUS)


def shown(value: float, decimals: int = 2) -> float:
    """The number that `fmt` puts before the reader's eyes."""
    if not math.isfinite(value):
        return value
    return float(fmt(value, decimals).replace(MINUS, "-"))


def matrix_decimals(values: ArrayLike, decimals: int = 2) -> int:
    """The fewest decimals (1 or 2) that show a whole matrix exactly, else ``decimals``."""
    array = np.asarray(values, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):  # near the largest number the rounded one is infinite
        for candidate in (1, 2):
            if candidate <= decimals and bool(np.all(np.abs(array - np.round(array, candidate)) < 1e-12)):
                return candidate
    return decimals
