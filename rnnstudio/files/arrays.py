"""Arrays in ``.npy`` and ``.npz`` files: no pickles, and no memory before the bytes are known to be there."""

from __future__ import annotations

import io
import math
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError
from rnnstudio.files.archive import is_archive, read_members
from rnnstudio.files.tensors import AXES, plain_array

_HEADER_BYTES = 10_000
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
    stream = io.BytesIO(data)
    try:
        shape, fortran, dtype = _header(stream)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    except (ValueError, TypeError, KeyError, EOFError, SyntaxError, RecursionError, MemoryError, UnicodeError) as error:
        raise InputError(f"{where}: the header is damaged ({' '.join(str(error).split())[:100]})") from None
    if dtype.hasobject:
        raise InputError(f"{where}: holds Python objects (a pickle), which are not opened; save an array of numbers")
    if dtype.kind not in "fiub":
        raise InputError(f"{where}: holds {str(dtype)[:40]} values; real numbers are wanted")
    if len(shape) > AXES or any(type(size) is not int or size < 0 for size in shape):
        raise InputError(f"{where}: the header tells of the shape {str(shape)[:60]}, which no array has")
    needed, there = math.prod(shape) * dtype.itemsize, len(data) - stream.tell()
    if needed != there:
        raise InputError(
            f"{where}: the header tells of {needed:,} bytes, shape {str(shape)[:60]}, but {there:,} are there; "
            "a whole file is wanted"
        )
    raw = np.frombuffer(data, dtype=dtype, offset=stream.tell())
    return plain_array(raw.reshape(shape, order="F" if fortran else "C"), f"{where}: the array")


def _header(stream: BinaryIO) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    version = npy.read_magic(stream)
    if version == (1, 0):
        return npy.read_array_header_1_0(stream, max_header_size=_HEADER_BYTES)
    if version == (2, 0):
        return npy.read_array_header_2_0(stream, max_header_size=_HEADER_BYTES)
    raise InputError(f"version {version[0]}.{version[1]} of the format is not read; 1.0 and 2.0 are")


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
    if not found:
        raise InputError(f"{where}: there is no array in it; x is wanted, or weights")
    return found
