"""Losses: what a network's outputs are measured by, and the gradient of that number at every output."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.limits import InputError

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

MSE, CROSS_ENTROPY = "mse", "cross-entropy"
KINDS = (MSE, CROSS_ENTROPY)
EVERY, LAST = "every", "last"
PLACES = (EVERY, LAST)


@dataclass(frozen=True, eq=False)
class Loss:
    """What the outputs of a run are measured by.

    Attributes
    ----------
    kind : str
        ``"mse"`` or ``"cross-entropy"``.
    targets : array
        For mse as the outputs: (T, O) or (T, N, O); for cross-entropy class numbers from 0: (T,) or (T, N). With
        ``at="last"`` without the leading T.
    at : str
        ``"every"``: each valid step counts. ``"last"``: the last valid step alone.
    lengths : array of int, shape (N,), or None
        How many of the T steps of each sequence are valid; None: all.

    Raises
    ------
    InputError
        There is no such kind or place.
    """

    kind: str
    targets: ArrayLike
    at: str = EVERY
    lengths: ArrayLike | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError(f"loss: {self.kind!r} is unknown; {' and '.join(KINDS)} are there")
        if self.at not in PLACES:
            raise InputError(f"loss at: {self.at!r} is unknown; {' and '.join(PLACES)} are there")


def loss_and_gradient(y: ArrayLike, loss: Loss) -> tuple[float, Array]:
    """L(y), and ∂L/∂y, which is zero wherever the loss does not look.

    Parameters
    ----------
    y : array, shape (T, O) or (T, N, O)
        The outputs; for cross-entropy before any softmax.
    loss : Loss
        Kind, targets, place and lengths.

    Raises
    ------
    InputError
        Shapes do not fit, or a class number is none of the O classes.
    """
    outputs = np.asarray(y, dtype=np.float64)
    if outputs.ndim not in {2, 3}:
        raise InputError(f"outputs: the shape {outputs.shape} does not fit; (T, O) or (T, N, O) does")
    steps, sequences = outputs.shape[0], outputs.shape[1] if outputs.ndim == 3 else None
    gradient = np.empty(outputs.shape)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        value = Objective(loss, steps, sequences, outputs.shape[-1]).value_and_gradient(outputs, gradient)
    return value, gradient


class Objective:
    """A loss prepared for outputs of one shape: buffers are made once, each call costs a few array operations.

    mse: L = Σ (y − target)² / M over the M valid elements, ∂L/∂y = 2 (y − target) / M.
    cross-entropy: L = Σ (log Σ_k e^(y_k) − y_target) / R over the R valid steps of all sequences,
    ∂L/∂y_k = (softmax(y)_k − [k = target]) / R.

    Nothing is guarded against floating point warnings here: a training run switches them off once, around everything.

    Parameters
    ----------
    loss : Loss
        What to measure.
    steps : int
        T.
    sequences : int or None
        N; None for outputs of shape (T, O).
    outputs : int
        O.

    Raises
    ------
    InputError
        Targets or lengths do not fit the outputs, or a class number is none of 0 … O − 1.
    """

    def __init__(self, loss: Loss, steps: int, sequences: int | None, outputs: int) -> None:
        self.shape = (steps, outputs) if sequences is None else (steps, sequences, outputs)
        valid = _valid_lengths(loss.lengths, steps, sequences)
        self._picked = _picked(loss.at, valid, self.shape)
        _check_targets(loss, self.shape)
        targets = np.asarray(loss.targets)
        if self._picked is not None and loss.at == EVERY:
            targets = targets[self._picked]
        self._measure = _Squares(targets) if loss.kind == MSE else _Likelihood(targets, outputs)

    def value_and_gradient(self, y: Array, out: Array) -> float:
        """L(y); ∂L/∂y is written into `out`.

        Parameters
        ----------
        y : array
            Outputs, of the shape that this was prepared for.
        out : array
            Of the same shape; may not share memory with `y`.
        """
        if self._picked is None:
            return self._measure.into(y, out)
        value, gradient = self._measure.of(y[self._picked])
        out.fill(0.0)
        out[self._picked] = gradient
        return value

    def value(self, y: Array) -> float:
        """L(y) alone."""
        return self._measure.of(y if self._picked is None else y[self._picked])[0]


def _valid_lengths(lengths: ArrayLike | None, steps: int, sequences: int | None) -> Integers | None:
    """The lengths as (N,) whole numbers of 1 … T, checked; None where all T steps of all sequences are valid."""
    if lengths is None:
        return None
    array = np.asarray(lengths)
    wanted = (1 if sequences is None else sequences,)
    if sequences is None and array.ndim == 0:
        array = array.reshape(1)
    if array.shape != wanted or array.dtype.kind not in "iu":
        raise InputError(f"lengths: {array.dtype} {array.shape} does not fit; whole numbers of shape {wanted} do")
    if int(array.min()) < 1 or int(array.max()) > steps:
        bad = int(array[(array < 1) | (array > steps)][0])
        raise InputError(f"lengths: {bad} is none of 1 to {steps}, the steps that are there")
    return None if bool((array == steps).all()) else array.astype(np.int64)


def _picked(at: str, valid: Integers | None, shape: tuple[int, ...]) -> Any:
    """The index that takes the rows that count out of an array of y's shape; None where all of them do.

    It keeps the order of the targets: (N,) rows at the last step, the valid ones of (T, N) in their order else.
    """
    steps, sequences = shape[0], shape[1] if len(shape) == 3 else None
    if at == LAST:
        last = np.full(1 if sequences is None else sequences, steps - 1) if valid is None else valid - 1
        return (last[0],) if sequences is None else (last, np.arange(sequences))
    if valid is None:
        return None
    return (slice(0, int(valid[0])),) if sequences is None else np.arange(steps)[:, np.newaxis] < valid


def _check_targets(loss: Loss, shape: tuple[int, ...]) -> None:
    """Refuse targets that are not of y's shape: without O where they are classes, without T at the last step."""
    places, letters = (shape[:-1], ("T", "N")[: len(shape) - 1])
    if loss.at == LAST:
        places, letters = places[1:], letters[1:]
    if loss.kind == MSE:
        places, letters = (*places, shape[-1]), (*letters, "O")
    found = np.shape(loss.targets)
    if found != places:
        where = "every step" if loss.at == EVERY else "the last step alone"
        what = "values" if loss.kind == MSE else "class numbers"
        raise InputError(
            f"targets: the shape {found} does not fit {loss.kind} at {where}; "
            f"{what} of shape ({', '.join(letters)}) = {places} do"
        )


class _Squares:
    """The mean of squared differences over rows that all count."""

    def __init__(self, targets: NDArray[Any]) -> None:
        self.targets = np.array(targets, dtype=np.float64)
        self.difference = np.empty(self.targets.shape)
        self.flat = self.difference.reshape(-1)
        self.share = 1.0 / self.flat.size

    def into(self, y: Array, out: Array) -> float:
        """The mean; its gradient goes into `out`."""
        np.subtract(y, self.targets, self.difference)
        value = float(self.flat.dot(self.flat)) * self.share
        np.multiply(self.difference, 2.0 * self.share, out)
        return value

    def of(self, y: Array) -> tuple[float, Array]:
        """The mean and its gradient; the array is used again by the next call."""
        return self.into(y, self.difference), self.difference


class _Likelihood:
    """The mean of −log softmax(y)_target over rows that all count."""

    def __init__(self, classes: NDArray[Any], outputs: int) -> None:
        flat = _class_numbers(classes.reshape(-1), outputs)
        self.shares = np.empty((*classes.shape, outputs))
        self.rows = self.shares.reshape(-1, outputs)
        self.flat = self.shares.reshape(-1)
        self.places = flat + np.arange(len(flat)) * outputs
        self.largest = np.empty((*classes.shape, 1))
        self.sums = np.empty((*classes.shape, 1))
        self.logarithms = np.empty(len(flat))
        self.flat_sums = self.sums.reshape(-1)
        self.share = 1.0 / len(flat)

    def into(self, y: Array, out: Array) -> float:
        """The mean; its gradient goes into `out`."""
        shares, sums = self.shares, self.sums
        np.maximum.reduce(y, axis=-1, out=self.largest, keepdims=True)
        np.subtract(y, self.largest, shares)
        chosen = self.flat[self.places]
        np.exp(shares, shares)
        np.add.reduce(shares, axis=-1, out=sums, keepdims=True)
        np.log(self.flat_sums, self.logarithms)
        value = float(np.add.reduce(np.subtract(self.logarithms, chosen, chosen))) * self.share
        self.flat[self.places] -= self.flat_sums
        np.divide(self.share, sums, sums)
        np.multiply(shares, sums, out)
        return value

    def of(self, y: Array) -> tuple[float, Array]:
        """The mean and its gradient; the array is used again by the next call."""
        return self.into(y, self.shares), self.shares


def _class_numbers(classes: NDArray[Any], outputs: int) -> Integers:
    """Class numbers as integers, checked to be whole and one of 0 … O − 1."""
    if classes.dtype.kind not in "iuf":
        raise InputError(f"targets: {classes.dtype} are no class numbers; whole numbers from 0 to {outputs - 1} are")
    good = (classes >= 0) & (classes < outputs) & (classes == np.floor(classes))
    if not good.all():
        place = int(np.argmin(good))
        number = float(classes[place])
        shown = f"{number:g}".replace("-", "−") if math.isfinite(number) else "what is not finite"
        raise InputError(
            f"targets: {shown} (number {place + 1} in their order) is no class; "
            f"the {outputs} outputs stand for the classes 0 to {outputs - 1}"
        )
    return classes.astype(np.int64)
