"""Statuses of numbers: saturated, exploding, vanishing or not finite, each with its numbers and one sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

NEAR = 0.001  # a value of a bounded function this close to its bound is at it: |tanh| > 0.999
MOST = 0.5  # a gate is saturated where more than this share of its values is
LARGE = 1e3  # a gradient norm above it explodes
JUMP = 10.0  # and so does one that grows more than this within a step of the sequence, or an update
SMALL = 1e-7  # a gradient norm below it vanishes

BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
)


class Kind(Enum):
    """What may be said of numbers, from good to bad."""

    OK = "ok"
    VANISHING = "vanishing"
    SATURATED = "saturated"
    EXPLODING = "exploding"
    NONFINITE = "not finite"


@dataclass(frozen=True)
class Status:
    """A verdict on numbers.

    Attributes
    ----------
    kind : Kind
        The verdict.
    sentence : str
        What was found, with its numbers; empty for OK.
    numbers : mapping
        The numbers by name: ``share``, ``norm``, ``before``, ``step``, ``steps``, ``layer``.
    """

    kind: Kind = Kind.OK
    sentence: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)


OK = Status()


def saturation(name: str, values: ArrayLike, function: str) -> Status:
    """Whether more than half of a gate's values lie within 0.001 of the bounds of its function.

    Parameters
    ----------
    name : str
        The gate, for the sentence.
    values : array, any shape
        What the function gave, over all steps.
    function : str
        ``"sigmoid"`` (bounds 0 and 1) or ``"tanh"`` (±1); a function without bounds is never saturated.
    """
    array = np.asarray(values, dtype=np.float64)
    if function not in BOUNDS or not array.size:
        return OK
    low, high = BOUNDS[function]
    with np.errstate(invalid="ignore"):
        share = float(np.count_nonzero((array < low + NEAR) | (array > high - NEAR))) / array.size
    if share <= MOST:
        return OK
    return Status(
        Kind.SATURATED,
        f"{name} is saturated: {100 * share:.0f} % of its values are within {NEAR} of {_short(low)} or {_short(high)}, "
        "where its slope is almost 0",
        {"share": share},
    )


def gradient_status(norm: float | None, before: float | None = None) -> Status:
    """What the norm of one gradient says.

    Parameters
    ----------
    norm : float or None
        ‖g‖₂; None (there is no gradient) is OK.
    before : float or None
        The norm of the last update, or at the neighbouring step.
    """
    if norm is None:
        return OK
    if not math.isfinite(norm):
        return Status(Kind.NONFINITE, "the gradient is not finite", {"norm": norm})
    numbers = {"norm": norm} if before is None else {"norm": norm, "before": before}
    if norm > LARGE:
        return Status(Kind.EXPLODING, f"the gradient explodes: its norm is {_short(norm)}, above {LARGE:.0f}", numbers)
    if before is not None and math.isfinite(before) and before >= SMALL and norm > JUMP * before:
        sentence = f"the gradient explodes: its norm grew from {_short(before)} to {_short(norm)} at once"
        return Status(Kind.EXPLODING, sentence, numbers)
    if norm < SMALL:
        return Status(Kind.VANISHING, f"the gradient vanishes: its norm is {_short(norm)}, below 1e−7", numbers)
    return OK


def gradient_over_time(norms: ArrayLike) -> Status:
    """What the norms of the gradient at each step say, read from the last step to the first, as the gradient flows.

    Parameters
    ----------
    norms : array, shape (T,)
        ‖g_t‖₂ of the gradient of the loss at the state of step t = 1 … T; NaN or infinite where it is.

    Notes
    -----
    Steps after the last one that the loss reaches hold exact zeros (a loss at the last valid step alone): they have
    no gradient to vanish, and are passed over.
    """
    array = np.asarray(norms, dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(array))
    if bad.size:
        step = int(bad[-1]) + 1
        return Status(Kind.NONFINITE, f"the gradient is not finite from step {step} back", {"step": step})
    reached = np.flatnonzero(array)
    if not reached.size:
        return OK
    flow = array[: reached[-1] + 1][::-1]
    steps = np.arange(reached[-1] + 1, 0, -1)
    grown = (flow[1:] > JUMP * flow[:-1]) & (flow[:-1] >= SMALL)
    large = np.flatnonzero(flow > LARGE)
    if large.size:
        place = int(large[0])
        return _explodes(steps[place], flow[place], f"above {LARGE:.0f}")
    if grown.any():
        place = int(np.argmax(grown)) + 1
        return _explodes(steps[place], flow[place], f"{flow[place] / flow[place - 1]:.0f} times that of the step after")
    small = np.flatnonzero(flow < SMALL)
    if small.size:
        place = int(small[0])
        sentence = (
            f"the gradient vanishes: from step {steps[0]} back to step {steps[place]} its norm falls from "
            f"{_short(flow[0])} to {_short(flow[place])}"
        )
        return Status(
            Kind.VANISHING, sentence, {"step": int(steps[place]), "norm": float(flow[place]), "before": float(flow[0])}
        )
    return OK


def _explodes(step: int, norm: float, how: str) -> Status:
    sentence = f"the gradient explodes: at step {step} its norm is {_short(norm)}, {how}"
    return Status(Kind.EXPLODING, sentence, {"step": int(step), "norm": float(norm)})


def first_nonfinite(arrays: Iterable[tuple[str, NDArray[np.float64]]]) -> tuple[str, int] | None:
    """The op and the step (from 1) at which the first number that is not finite arises; None where there is none.

    Parameters
    ----------
    arrays : iterable of (op, array of shape (T, …))
        In the order of computation, which decides within a step.
    """
    found: tuple[str, int] | None = None
    for name, array in arrays:
        good = np.isfinite(array).reshape(len(array), -1).all(axis=1)
        if not good.all():
            step = int(np.argmin(good)) + 1
            if found is None or step < found[1]:
                found = name, step
    return found


def nonfinite(layer: int | None, op: str, step: int) -> Status:
    """The status of a run whose first number that is not finite arises in `op` at `step`.

    Parameters
    ----------
    layer : int or None
        From 0; None where the network has one layer.
    op : str
        Its name in the equations.
    step : int
        From 1.
    """
    place = "" if layer is None else f" of layer {layer}"
    numbers = {"step": step} if layer is None else {"layer": layer, "step": step}
    return Status(Kind.NONFINITE, f"{op}{place} is not finite from step {step} on", numbers)


def _short(value: float) -> str:
    return f"{value:.2g}".replace("-", "−")
