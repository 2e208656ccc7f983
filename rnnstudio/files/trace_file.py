"""Traces as files: ``.npz``, ``.csv`` and ``.json``."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from rnnstudio.engine.limits import LIMITS, MB, InputError
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.trace import Trace, trace_arrays
from rnnstudio.files.archive import archive_bytes

ENDINGS = (".npz", ".csv", ".json")


def trace_bytes(trace: Trace, ending: str) -> bytes:
    """The file of a trace; the same trace gives the same bytes.

    Parameters
    ----------
    trace : Trace
        Of a run.
    ending : {".npz", ".csv", ".json"}
        ``.npz``: every value, first states and parameters. ``.csv``: a row a step, columns ``name[i]`` from 1, values
        only. ``.json``: as ``.npz``, nested lists by name.

    Raises
    ------
    InputError
        All values of all steps are more than is written at once.
    """
    _check_size(trace)
    arrays = trace_arrays(trace)
    if ending == ".csv":
        parameters = exported_parameters(trace.network)
        series = {name: array for name, array in arrays.items() if name not in parameters and _per_step(name, trace)}
        return _csv(series)
    return _json(arrays) if ending == ".json" else _npz(arrays)


def _check_size(trace: Trace) -> None:
    needed = 0
    for layer in trace.layers:
        sizes = layer.layer.sizes
        needed += 8 * trace.T * sum(sizes[letter] for letter in layer.program.sizes.values())
    if needed > LIMITS.run_bytes:
        fits = trace.T * LIMITS.run_bytes // needed
        raise InputError(
            f"every value of {trace.T:,} steps would be {needed / MB:,.0f} MB, over the limit of "
            f"{LIMITS.run_bytes // MB:,} MB; about {fits:,} steps fit"
        )


def _per_step(name: str, trace: Trace) -> bool:
    """Whether a name is a value at each step: first states are not."""
    states = {f"{state}0" for layer in trace.layers for state in layer.program.states}
    return name.rpartition(".")[2] not in states


def _npz(arrays: dict[str, NDArray[np.float64]]) -> bytes:
    members = []
    for name, array in arrays.items():
        stream = io.BytesIO()
        npy.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
        members.append((f"{name}.npy", stream.getvalue()))
    return archive_bytes(members)


def _csv(series: dict[str, NDArray[np.float64]]) -> bytes:
    header = [f"{name}[{i}]" for name, array in series.items() for i in range(1, array.shape[1] + 1)]
    table = np.concatenate(list(series.values()), axis=1)
    lines = [",".join(header), *(",".join(map(repr, row)) for row in table.tolist())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _json(arrays: dict[str, NDArray[np.float64]]) -> bytes:
    plain = {name: _plain(array) for name, array in arrays.items()}
    return (json.dumps(plain, allow_nan=False, separators=(",", ":")) + "\n").encode("utf-8")


def _plain(array: NDArray[np.float64]) -> Any:
    """Nested lists; what is not finite, and so no number of JSON, as a word."""
    if np.isfinite(array).all():
        return array.tolist()
    if array.ndim > 1:
        return [_plain(part) for part in array]
    words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    return [words.get(repr(number), number) for number in array.tolist()]
