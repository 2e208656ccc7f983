"""Named arrays in a file of safetensors: a header in JSON, then the numbers, row by row, least byte first."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import MB, InputError, check_numbers
from rnnstudio.files.jsontext import strict_json

_METADATA = "__metadata__"
HEADER_BYTES, TENSORS, AXES = 1 * MB, 10_000, 8
_TYPES: dict[str, str] = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "|i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "|u1", "BOOL": "|b1", "BF16": "<u2",
}  # fmt: skip


@dataclass(frozen=True)
class _Entry:
    name: str
    type: str
    shape: tuple[int, ...]
    start: int
    stop: int


def tensor_bytes(arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, str] | None = None) -> bytes:
    """A file of safetensors holding float64 and int64 arrays, in the given order; same arrays, same bytes."""
    header: dict[str, Any] = {_METADATA: dict(metadata)} if metadata else {}
    parts: list[bytes] = []
    at = 0
    for name, array in arrays.items():
        kind = "I64" if array.dtype.kind in "iu" else "F64"
        part = np.ascontiguousarray(array, dtype=_TYPES[kind]).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    return b"".join((struct.pack("<Q", len(text)), text, *parts))


def read_tensors(data: bytes, where: str) -> dict[str, NDArray[Any]]:
    """Name → array (float64, or int64 where whole numbers are stored), in the order in which the numbers lie.

    Raises
    ------
    InputError
        The file is cut off, says what is not so (sizes, offsets, shapes), has a type that is not read, or holds a
        number that is not finite.
    """
    header, body = _header(data, where)
    entries = [_entry(name, value, where) for name, value in header.items() if name != _METADATA]
    entries.sort(key=lambda entry: (entry.start, entry.stop))
    at = 0
    for entry in entries:
        if entry.start != at:
            raise InputError(f"{where}: the array {entry.name!a} does not begin where the one before it ends")
        at = entry.stop
    if at != len(body):
        raise InputError(f"{where}: the header tells of {at:,} bytes of numbers, {len(body):,} are there")
    check_numbers(sum(math.prod(entry.shape) for entry in entries), where)
    return {entry.name: _array(entry, body, where) for entry in entries}


def read_metadata(data: bytes, where: str) -> dict[str, str]:
    """What the header of a file of safetensors says besides its arrays.

    Raises
    ------
    InputError
        As `read_tensors` of the header.
    """
    found = _header(data, where)[0].get(_METADATA, {})
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _header(data: bytes, where: str) -> tuple[dict[str, Any], memoryview]:
    """The table of arrays, and the bytes of their numbers."""
    if len(data) < 8:
        raise InputError(f"{where}: {len(data)} bytes are no safetensors file; it begins with the size of its header")
    (size,) = struct.unpack_from("<Q", data)
    if size > HEADER_BYTES:
        raise InputError(f"{where}: a header of {size:,} bytes is no safetensors header; up to {HEADER_BYTES:,} fit")
    if 8 + size > len(data):
        raise InputError(f"{where}: cut off: a header of {size:,} bytes is said, {len(data) - 8:,} bytes are there")
    header = strict_json(data[8 : 8 + size], f"{where}, header", HEADER_BYTES)
    if not isinstance(header, dict) or len(header) > TENSORS:
        raise InputError(f"{where}: the header is no table of up to {TENSORS:,} arrays")
    return header, memoryview(data)[8 + size :]


def _are_sizes(value: object) -> bool:
    return isinstance(value, list) and all(type(n) is int and 0 <= n < 2**63 for n in value)


def _entry(name: str, value: object, where: str) -> _Entry:
    shown = ascii(name[:60])
    if not isinstance(value, dict) or set(value) != {"dtype", "shape", "data_offsets"} or len(name) > 512:
        raise InputError(f"{where}: the array {shown} wants exactly dtype, shape and data_offsets")
    kind, shape, offsets = value["dtype"], value["shape"], value["data_offsets"]
    if not isinstance(kind, str) or kind not in _TYPES:
        raise InputError(f"{where}: the array {shown} has the type {ascii(kind)[:20]}; {', '.join(_TYPES)} are read")
    if not (_are_sizes(shape) and _are_sizes(offsets)) or len(offsets) != 2 or len(shape) > AXES:
        raise InputError(f"{where}: shape or data_offsets of the array {shown} are no lists of whole numbers")
    needed = math.prod(shape) * np.dtype(_TYPES[kind]).itemsize
    if offsets[1] - offsets[0] != needed:
        raise InputError(
            f"{where}: the array {shown} of shape {tuple(shape)!s:.80} needs {needed:,} bytes, "
            f"{offsets[1] - offsets[0]:,} are given to it"
        )
    return _Entry(name, kind, tuple(shape), offsets[0], offsets[1])


def _array(entry: _Entry, body: memoryview, where: str) -> NDArray[Any]:
    raw = np.frombuffer(body[entry.start : entry.stop], dtype=_TYPES[entry.type])
    if entry.type == "BF16":  # the upper half of a float32
        raw = (raw.astype(np.uint32) << 16).view(np.float32)
    return plain_array(raw.reshape(entry.shape), f"{where}: the array {entry.name[:60]!a}")


def plain_array(raw: NDArray[Any], what: str) -> NDArray[Any]:
    """The array as read-only float64, or int64 where it holds whole numbers; `what` begins the sentence.

    Raises
    ------
    InputError
        It holds something else than real numbers, or one that is not finite.
    """
    if raw.dtype.kind not in "fiub":
        raise InputError(f"{what} holds {raw.dtype} values; real numbers are wanted")
    if raw.dtype.kind == "f":
        array = raw.astype(np.float64)
        finite = np.isfinite(array)
        if not finite.all():
            place = tuple(int(at) + 1 for at in np.unravel_index(int(np.argmin(finite)), finite.shape))
            at = f" at {place}, counted from 1" if place else ""
            raise InputError(f"{what} holds a number that is not finite{at}; finite ones are wanted")
    else:
        if raw.dtype == np.uint64 and raw.size and int(raw.max()) > np.iinfo(np.int64).max:
            raise InputError(f"{what} holds whole numbers of 2^63 and more; smaller ones are wanted")
        array = raw.astype(np.int64)
    array.setflags(write=False)
    return array
