"""Targets: numbers or class numbers from files, of a shape that fits the samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.engine.losses import CROSS_ENTROPY, EVERY, LAST, MSE
from rnnstudio.files.arrays import read_npy, read_npz
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.table import table_sequence
from rnnstudio.state.model import Sequence, Targets

ENDINGS = (".csv", ".npy", ".npz")


def read_targets(path: str | Path, sequence: Sequence, loss: str | None = None, at: str | None = None) -> Targets:
    """The targets in a ``.csv``, ``.npy`` or ``.npz`` (array `y`) file, as far as they fit the samples.

    Parameters
    ----------
    path : str or Path
        The file.
    sequence : Sequence
        The samples.
    loss, at : str, optional
        The loss that they are for, and whether it looks at every step or the last; see `fitted_targets`.

    Raises
    ------
    InputError
        One sentence with the place in the file and what would be right.
    """
    where, ending = str(path), Path(path).suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"{where}: targets end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}")
    data = read_bytes(path)
    if ending == ".npy":
        return fitted_targets(read_npy(data, where), sequence, where, loss, at)
    if ending == ".npz":
        arrays = read_npz(data, where)
        if "y" not in arrays:
            raise InputError(f"{where}: there is no array y for targets; {', '.join(sorted(arrays)[:8])} are there")
        return fitted_targets(arrays["y"], sequence, f"{where}, y", loss, at)
    table = table_sequence(decoded(data, where), where).x
    assert table is not None
    one_row = at == LAST and sequence.sequences is None and len(table) == 1
    return fitted_targets(table[0] if one_row else table, sequence, where, loss, at)


def fitted_targets(
    y: NDArray[Any], sequence: Sequence, where: str, loss: str | None = None, at: str | None = None
) -> Targets:
    """Targets of the form that a sequence holds: float64 numbers, or int64 class numbers.

    Parameters
    ----------
    y : array
        For T steps of N sequences numbers (T, [N,] O), or class numbers (T, [N]); without the leading T for the last
        step alone.
    sequence : Sequence
        The samples.
    where : str
        Where they come from, for sentences.
    loss : str, optional
        ``"mse"``: they are numbers. ``"cross-entropy"``: class numbers. By default class numbers where they are whole
        numbers by type and have no axis for O.
    at : str, optional
        ``"every"`` or ``"last"``; by default every step, or the last where only that fits several sequences.

    Raises
    ------
    InputError
        The shape is none of these, or a class number is none.
    """
    several = sequence.sequences
    if several is None and y.ndim >= 2 and y.shape[1] == 1 and y.ndim == 3:
        y = y[:, 0]  # one sequence, as a batch of one
    every, last = _Rows.of(sequence, EVERY), _Rows.of(sequence, LAST)
    wanted = {EVERY: (every,), LAST: (last,), None: (every,) if several is None else (every, last)}[at]
    for rows in wanted:
        if loss != MSE and rows.classes(y, by_type=loss is None):
            return _class_numbers(y.reshape(rows.shape), where)
        if loss != CROSS_ENTROPY and rows.numbers(y):
            numbers: NDArray[np.float64] = y.astype(np.float64)
            numbers.setflags(write=False)
            return numbers
        if loss is None and rows.shape == y.shape and rows is every:
            break  # numbers that lack their axis are not to be taken for something else
    raise InputError(f"{where}: the targets have the shape {y.shape}, which does not fit; {_fitting(wanted, loss)}")


@dataclass(frozen=True)
class _Rows:
    """The places of a sequence or of sequences that have a target.

    Attributes
    ----------
    shape : tuple of int
        (T, [N]), or ([N]) at the last step.
    letters : str
        The same in letters.
    """

    shape: tuple[int, ...]
    letters: str

    @staticmethod
    def of(sequence: Sequence, at: str) -> _Rows:
        """The places of every step, or of the last."""
        several = sequence.sequences
        axes = ([] if at == LAST else [("T", sequence.most_steps)]) + ([] if several is None else [("N", several)])
        return _Rows(tuple(size for _, size in axes), ", ".join(letter for letter, _ in axes))

    def classes(self, y: NDArray[Any], by_type: bool) -> bool:
        """Whether `y` has a number a place: of a type of whole numbers, where only this tells that they are classes."""
        if by_type:
            return y.shape == self.shape and y.dtype.kind in "iu"
        return y.shape in (self.shape, (*self.shape, 1))

    def numbers(self, y: NDArray[Any]) -> bool:
        """Whether `y` has a vector a place."""
        return y.ndim == len(self.shape) + 1 and y.shape[:-1] == self.shape and 1 <= y.shape[-1] <= LIMITS.features


def _fitting(rows: tuple[_Rows, ...], loss: str | None) -> str:
    """The shapes that would do, in words."""
    parts = []
    for row in rows:
        sizes = ", ".join(map(str, row.shape))
        if loss != CROSS_ENTROPY:
            letters = f"{row.letters}, O" if row.letters else "O,"
            parts.append(f"({letters}) = ({sizes + ', ' if sizes else ''}O) numbers")
        if loss != MSE:
            comma = "," if len(row.shape) == 1 else ""
            parts.append(f"({row.letters}{comma}) = ({sizes}{comma}) class numbers" if sizes else "one class number")
    return f"{' or '.join(parts)} {'does' if parts[-1].startswith('one') and len(parts) == 1 else 'do'}"


def _class_numbers(y: NDArray[Any], where: str) -> NDArray[np.int64]:
    flat = y.reshape(-1)
    wrong = (flat < 0) | (flat >= LIMITS.features) | (flat != np.floor(flat))
    if wrong.any():
        at = int(np.argmax(wrong))
        raise InputError(
            f"{where}: {float(flat[at]):g}, number {at + 1} in their order, is no class; whole numbers from 0 to "
            f"{LIMITS.features - 1} are wanted"
        )
    classes: NDArray[np.int64] = y.astype(np.int64)
    classes.setflags(write=False)
    return classes
