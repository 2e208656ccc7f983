"""Arrays in ``.npy`` and ``.npz`` files: no pickles, and no memory before the bytes are known to be there."""

from __future__ import annotations

import math
import re
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError, check_numbers
from rnnstudio.files.archive import is_archive, read_members
from rnnstudio.files.tensors import AXES, plain_array

_HEADER_BYTES = 10_000
#: Form of the header's length, by version.
_LENGTHS = {(1, 0): "<H", (2, 0): "<I", (3, 0): "<I"}
_FIELDS = {
    "descr": re.compile(r"""['"]descr['"]\s*:\s*['"]([<>|=]?[A-Za-z]\d{0,4})['"]"""),
    "fortran_order": re.compile(r"""['"]fortran_order['"]\s*:\s*(True|False)"""),
    "shape": re.compile(r"""['"]shape['"]\s*:\s*\(((?:\s*\d{1,20}\s*,)*\s*(?:\d{1,20})?\s*)\)"""),
}
_MAGIC = b"\x93NUMPY"


def read_npy(data: bytes, where: str) -> NDArray[Any]:
    """The array of an ``.npy`` file as float64, or int64 where whole numbers are stored.

    Raises
    ------
    InputError
        No such file, another size than its header says, Python objects instead of numbers, or a number that is not
        finite.
    """
    if data[: len(_MAGIC)] != _MAGIC:
        raise InputError(f"{where}: this is no .npy file; one written by numpy.save is wanted")
    shape, fortran, dtype, start = _header(data, where)
    if dtype.hasobject:
        raise InputError(f"{where}: holds Python objects (a pickle), which are not opened; save an array of numbers")
    if dtype.kind not in "fiub":
        raise InputError(f"{where}: holds {str(dtype)[:40]} values; real numbers are wanted")
    if len(shape) > AXES:
        raise InputError(f"{where}: the header tells of {len(shape)} axes; up to {AXES} are read")
    needed, there = math.prod(shape) * dtype.itemsize, len(data) - start
    if needed != there:
        raise InputError(
            f"{where}: the header tells of {needed:,} bytes, shape {str(shape)[:60]}, but {there:,} are there; "
            "a whole file is wanted"
        )
    check_numbers(math.prod(shape), where)
    raw = np.frombuffer(data, dtype=dtype, offset=start)
    return plain_array(raw.reshape(shape, order="F" if fortran else "C"), f"{where}: the array")


def _header(data: bytes, where: str) -> tuple[tuple[int, ...], bool, np.dtype[Any], int]:
    """Shape, order, type, and where the numbers begin; the header is searched, never evaluated."""
    version = tuple(data[6:8])
    if version not in _LENGTHS:
        raise InputError(f"{where}: version {'.'.join(map(str, version))} of the format is not read; 1.0 to 3.0 are")
    form = _LENGTHS[version]
    start = 8 + struct.calcsize(form)
    length = struct.unpack_from(form, data, 8)[0] if len(data) >= start else 0
    text = data[start : start + length].decode("latin-1").strip()
    found = {name: pattern.findall(text) for name, pattern in _FIELDS.items()}
    whole = length <= _HEADER_BYTES and start + length <= len(data) and text[:1] + text[-1:] == "{}"
    if not whole or any(len(matches) != 1 for matches in found.values()):
        raise InputError(f"{where}: the header is damaged; a file written by numpy.save is wanted")
    try:
        dtype = np.dtype(found["descr"][0])
    except TypeError:
        raise InputError(f"{where}: {found['descr'][0]!r} is no type of numbers; float64 is wanted") from None
    shape = tuple(int(size) for size in found["shape"][0].split(",") if size.strip())
    return shape, found["fortran_order"][0] == "True", dtype, start + length


def read_npz(data: bytes, where: str) -> dict[str, NDArray[Any]]:
    """Name → array of an ``.npz`` file.

    Raises
    ------
    InputError
        No such file, or something is wrong with one of its arrays.
    """
    if not is_archive(data):
        raise InputError(f"{where}: this is no .npz file; one written by numpy.savez is wanted")
    found: dict[str, NDArray[Any]] = {}
    for member, content in read_members(data, where).items():
        if not member.endswith(".npy"):
            raise InputError(f"{where}: the member {member[:60]!a} is no array; arrays (.npy) are wanted")
        name = member.removesuffix(".npy")
        found[name] = read_npy(content, f"{where}, {name[:60]}")
        check_numbers(sum(array.size for array in found.values()), where)
    if not found:
        raise InputError(f"{where}: there is no array in it; x is wanted, or weights")
    return found
