"""Sequences from files: tables, arrays and texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.files.arrays import read_npy, read_npz
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.table import table_sequence
from rnnstudio.files.targets import fitted_targets
from rnnstudio.files.texts import COUNTED, text_sequence
from rnnstudio.state.model import Sequence

ENDINGS = (".csv", ".npy", ".npz", ".txt")
#: Names of the arrays of an ``.npz`` that holds data and no parameters.
DATA_NAMES = frozenset({"x", "y", "lengths"})


def read_sequence(
    path: str | Path,
    columns: str | None = None,
    tokens: str | None = None,
    loss: str | None = None,
    at: str | None = None,
) -> Sequence:
    """The sequence in a ``.csv``, ``.npy``, ``.npz`` or ``.txt`` file.

    Parameters
    ----------
    path : str or Path
        The file.
    columns : str, optional
        Columns of a table, by names or numbers from 1, with commas between.
    tokens : {"chars", "words"}, optional
        How a text is read; by default by words where it looks like prose.
    loss, at : str, optional
        What targets in the file are for; see `fitted_targets`.

    Returns
    -------
    Sequence
        Numbers of shape (T, I), several sequences of them (T, N, I), or tokens (T,); targets where an ``.npz`` has a
        `y` beside its `x`.

    Raises
    ------
    InputError
        One sentence with the place in the file and what would be right.
    """
    where, ending = str(path), Path(path).suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"{where}: a sequence ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}")
    if columns is not None and ending != ".csv":
        raise InputError(f"{where}: --columns is for a table (.csv)")
    if tokens is not None and ending != ".txt":
        raise InputError(f"{where}: --tokens is for a text (.txt)")
    data = read_bytes(path)
    if ending == ".csv":
        return table_sequence(decoded(data, where), where, columns)
    if ending == ".txt":
        return text_sequence(decoded(_beginning(data), where), where, tokens)
    if ending == ".npy":
        return array_sequence({"x": read_npy(data, where)}, where, whole=True)
    return array_sequence(read_npz(data, where), where, loss=loss, at=at)


def _beginning(data: bytes) -> bytes:
    """As much of a text as is looked at, cut where a sign begins (one has up to 4 bytes)."""
    end = 4 * COUNTED + 8
    if len(data) <= end:
        return data
    while data[end] & 0xC0 == 0x80 and end > 4 * COUNTED:
        end -= 1
    return data[:end]


def array_sequence(
    arrays: Mapping[str, NDArray[Any]], where: str, whole: bool = False, loss: str | None = None, at: str | None = None
) -> Sequence:
    """The sequence or sequences `x` of an ``.npz`` file, with `lengths` and the targets `y` where they are there.

    Parameters
    ----------
    arrays : mapping
        `x` (T, I) or (T, N, I), and perhaps `y` and `lengths` (N,).
    where : str
        The file, for sentences.
    whole : bool
        Whether the file is the array `x`, and so the array has no name.
    loss, at : str, optional
        What the targets are for; see `fitted_targets`.

    Raises
    ------
    InputError
        There is no `x`, its shape is not that of sequences, or the others do not fit it.
    """
    if "x" not in arrays:
        raise InputError(f"{where}: there is no array x; {', '.join(sorted(arrays)[:8])} are there")
    x = steps_array(arrays["x"], where if whole else f"{where}, x")
    lengths = checked_lengths(arrays.get("lengths"), x.shape, where)
    sequence = Sequence(x=x) if x.ndim == 2 else Sequence(batch=x, lengths=lengths)
    y = arrays.get("y")
    return sequence if y is None else sequence.with_targets(fitted_targets(y, sequence, f"{where}, y", loss, at))


def checked_lengths(lengths: NDArray[Any] | None, shape: tuple[int, ...], where: str) -> NDArray[np.int64] | None:
    """The valid steps of each of the sequences in an array of `shape`; `InputError` where they do not fit it."""
    if lengths is None:
        return None
    if len(shape) == 2:
        raise InputError(f"{where}, lengths: x {shape} is one sequence; lengths go with several, x of shape (T, N, I)")
    steps, sequences = shape[:2]
    if lengths.shape != (sequences,) or lengths.dtype.kind not in "iu":
        kind = "whole numbers" if lengths.dtype.kind in "iu" else "broken numbers"
        raise InputError(f"{where}, lengths: {kind} of shape {lengths.shape} do not fit; whole ones ({sequences},) do")
    for n, length in enumerate(lengths.tolist()):
        if not 1 <= length <= steps:
            raise InputError(
                f"{where}, lengths: sequence {n + 1} is said to have {length} of {steps} steps; 1 to {steps} fit"
            )
    valid = np.array(lengths, dtype=np.int64)
    valid.setflags(write=False)
    return valid


def steps_array(array: NDArray[Any], where: str) -> NDArray[np.float64]:
    """The array as numbers (T, I), or (T, N, I) for N sequences.

    Raises
    ------
    InputError
        Another number of axes, no step, no sequence, or a size over its limit.
    """
    if array.ndim not in (2, 3):
        way = ": save x.reshape(-1, 1)" if array.ndim == 1 else ""
        raise InputError(
            f"{where}: the shape {array.shape} has {array.ndim} axes; (T, I) is wanted, a row a step, or (T, N, I) for "
            f"N sequences{way}"
        )
    for count, limit, what in (
        (array.shape[0], LIMITS.steps, "steps"), (array.shape[-1], LIMITS.features, "inputs"),
    ):  # fmt: skip
        if not 1 <= count <= limit:
            raise InputError(f"{where}: {count:,} {what} (shape {array.shape}) do not fit; 1 to {limit:,} do")
    if array.ndim == 3 and not array.shape[1]:
        raise InputError(f"{where}: 0 sequences (shape {array.shape}) are none; at least 1 is wanted")
    numbers = np.array(array, dtype=np.float64, order="C")
    numbers.setflags(write=False)
    return numbers
