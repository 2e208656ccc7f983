"""Sequences from files: tables, arrays and texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.files.arrays import read_npy, read_npz
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.table import table_sequence
from rnnstudio.files.texts import text_sequence
from rnnstudio.state.model import Sequence

ENDINGS = (".csv", ".npy", ".npz", ".txt")
#: Names of the arrays of an ``.npz`` that holds data and no parameters.
DATA_NAMES = frozenset({"x", "y", "lengths"})


def read_sequence(path: str | Path, columns: str | None = None, tokens: str | None = None) -> Sequence:
    """The sequence in a ``.csv``, ``.npy``, ``.npz`` or ``.txt`` file.

    Parameters
    ----------
    path : str or Path
        The file.
    columns : str, optional
        Columns of a table, by names or numbers from 1, with commas between.
    tokens : {"chars", "words"}, optional
        How a text is read; by default by words where it looks like prose.

    Returns
    -------
    Sequence
        Numbers of shape (T, I), or tokens (T,); targets where an ``.npz`` has a `y` beside its `x`.

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
        return text_sequence(decoded(data, where), where, tokens)
    if ending == ".npy":
        return Sequence(x=steps_array(read_npy(data, where), where))
    return array_sequence(read_npz(data, where), where)


def array_sequence(arrays: Mapping[str, NDArray[Any]], where: str) -> Sequence:
    """The sequence `x` of an ``.npz`` file, with its targets where there is a `y`.

    Raises
    ------
    InputError
        There is no `x`, its shape is not that of one sequence, or `y` does not fit it.
    """
    if "x" not in arrays:
        raise InputError(f"{where}: there is no array x; {', '.join(sorted(arrays)[:8])} are there")
    if "lengths" in arrays:
        raise InputError(f"{where}: lengths (several sequences) are not in this version; one sequence is read")
    sequence = Sequence(x=steps_array(arrays["x"], f"{where}, x"))
    y = arrays.get("y")
    if y is None:
        return sequence
    if y.ndim == 1 and y.dtype.kind == "i":
        if len(y) != sequence.steps or (y.size and not 0 <= int(y.min()) <= int(y.max()) < LIMITS.features):
            raise InputError(f"{where}, y: {sequence.steps} class numbers from 0 to {LIMITS.features - 1} are wanted")
        return replace(sequence, targets=y)
    targets = steps_array(y, f"{where}, y")
    if len(targets) != sequence.steps:
        raise InputError(f"{where}: y has {len(targets)} rows, x has {sequence.steps}; equally many are wanted")
    return replace(sequence, targets=targets)


def steps_array(array: NDArray[Any], where: str) -> NDArray[np.float64]:
    """The array as (T, I) numbers; (T, 1, I), a single sequence of several, too.

    Raises
    ------
    InputError
        Another number of axes, no step, or a size over its limit.
    """
    if array.ndim == 3 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim == 3:
        raise InputError(
            f"{where}: the shape {array.shape} is that of {array.shape[1]} sequences (T, N, I), which are not in this "
            f"version; (T, I) is wanted: save one of them, x[:, 0]"
        )
    if array.ndim != 2:
        way = ": save x.reshape(-1, 1)" if array.ndim == 1 else ""
        raise InputError(f"{where}: the shape {array.shape} has {array.ndim} axes; (T, I) is wanted, a row a step{way}")
    for count, limit, what in zip(array.shape, (LIMITS.steps, LIMITS.features), ("steps", "inputs"), strict=True):
        if not 1 <= count <= limit:
            raise InputError(f"{where}: {count:,} {what} (shape {array.shape}) do not fit; 1 to {limit:,} do")
    numbers = np.array(array, dtype=np.float64, order="C")
    numbers.setflags(write=False)
    return numbers
