"""Traces as files: ``.npz``, ``.csv`` and ``.json``."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from rnnstudio.engine.limits import LIMITS, MB, InputError
from rnnstudio.engine.network import Network
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.shapes import length
from rnnstudio.engine.trace import Trace, trace_arrays
from rnnstudio.files.archive import archive_bytes

Array = NDArray[np.float64]
ENDINGS = (".npz", ".csv", ".json")


def trace_bytes(trace: Trace, ending: str, more: Mapping[str, Array] | None = None) -> bytes:
    """The file of a trace; the same trace gives the same bytes.

    Parameters
    ----------
    trace : Trace
        Of a run.
    ending : {".npz", ".csv", ".json"}
        ``.npz``: every value, first states and parameters. ``.csv``: a row a step, columns ``name[i]`` from 1, of
        several sequences ``name[n,i]``; what is not a value of each step is left out. ``.json``: as ``.npz``, nested
        lists by name.
    more : mapping, optional
        Arrays that go with it: `gradient_arrays`, `version_arrays`.
    """
    arrays = trace_arrays(trace)
    if ending == ".csv":
        series = {name for name in arrays if _per_step(name, trace)} - set(exported_parameters(trace.network))
        whole = {**arrays, **(more or {})}
        return _csv({name: array for name, array in whole.items() if name.removeprefix("d.") in series})
    return (_json if ending == ".json" else _npz)({**arrays, **(more or {})})


def check_size(network: Network, steps: int, stateless: bool = False, gradients: bool = False) -> None:
    """Refuse, before it is run, what would be too much to write.

    Parameters
    ----------
    network : Network
        What is run.
    steps : int
        T, of all N sequences together.
    stateless, gradients : bool
        Whether the chosen layer runs as its traditional layer, and whether gradients go with the values.

    Raises
    ------
    InputError
        All values of all steps are more than is written at once.
    """
    needed = 0
    for k, layer in enumerate(network.layers):
        program = layer.layer_program if stateless and k == network.chosen and layer.layer_program else layer.program
        copies = (2 if layer.direction == "both" else 1) * (2 if gradients else 1)
        needed += 8 * steps * copies * sum(length(letter, layer.sizes) for letter in program.sizes.values())
    if needed > LIMITS.run_bytes:
        fits = steps * LIMITS.run_bytes // needed
        raise InputError(
            f"every value of {steps:,} steps would be {needed / MB:,.0f} MB, over the limit of "
            f"{LIMITS.run_bytes // MB:,} MB; about {fits:,} steps fit"
        )


def _per_step(name: str, trace: Trace) -> bool:
    """Whether a name is a value at each step: first states are not."""
    states = {f"{state}0" for layer in trace.layers for state in layer.program.states}
    return name.rpartition(".")[2] not in states


def _npz(arrays: Mapping[str, Array]) -> bytes:
    members = []
    for name, array in arrays.items():
        stream = io.BytesIO()
        npy.write_array(stream, np.asarray(array, order="C"), allow_pickle=False)
        members.append((f"{name}.npy", stream.getvalue()))
    return archive_bytes(members)


def _csv(series: Mapping[str, Array]) -> bytes:
    header: list[str] = []
    for name, array in series.items():
        places = [range(1, size + 1) for size in array.shape[1:]]
        header += [f"{name}[{','.join(map(str, place))}]" for place in itertools.product(*places)]
    table = np.concatenate([array.reshape(len(array), -1) for array in series.values()], axis=1)
    quoted = [f'"{column}"' if "," in column else column for column in header]
    lines = [",".join(quoted), *(",".join(map(repr, row)) for row in table.tolist())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _json(arrays: Mapping[str, Array]) -> bytes:
    plain = {name: _plain(array) for name, array in arrays.items()}
    return (json.dumps(plain, allow_nan=False, separators=(",", ":")) + "\n").encode("utf-8")


def _plain(array: Array) -> Any:
    """Nested lists; what is not finite, and so no number of JSON, as a word."""
    if np.isfinite(array).all():
        return array.tolist()
    if array.ndim:
        return [_plain(part) for part in array]
    words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    return words.get(repr(float(array)), float(array))
