"""Files taken apart and put together again, whatever the parts then say."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.files.bad.samples import Whole

JSON, ARRAYS = "study.json", "arrays.safetensors"


@dataclass(frozen=True)
class Part:
    """A piece of a file that has a form of its own, and how the file is made of another such piece."""

    kind: str  # zip, json, tensors, npy, table, text, cell, theme, lesson
    data: bytes
    put: Callable[[bytes], bytes]


def zipped(members: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of the members, whose names may be there twice."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, compression)
    return target.getvalue()


def unzipped(data: bytes) -> list[tuple[str, bytes]]:
    """The members of an archive that is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _with_member(data: bytes, name: str) -> Callable[[bytes], bytes]:
    """Put another member in place of one; a study's text then says the sum of the arrays that are there."""

    def put(member: bytes) -> bytes:
        members = [(own, member if own == name else old) for own, old in unzipped(data)]
        if name == ARRAYS:
            said = hashlib.sha256(member).hexdigest().encode()
            members = [
                (own, re.sub(rb'("sha256": ?")[0-9a-f]+', rb"\g<1>" + said, old) if own == JSON else old)
                for own, old in members
            ]
        return zipped(members)

    return put


def parts(whole: Whole) -> list[Part]:
    """The pieces of a file: itself, and what is packed in it."""
    data = whole.data
    if whole.kind == "study":
        text, arrays = dict(unzipped(data))[JSON], dict(unzipped(data))[ARRAYS]
        return [
            Part("zip", data, lambda changed: changed),
            Part("json", text, _with_member(data, JSON)),
            Part("tensors", arrays, _with_member(data, ARRAYS)),
        ]
    if whole.kind == "npz":
        inner = [Part("npy", member, _with_member(data, name)) for name, member in unzipped(data)]
        return [Part("zip", data, lambda changed: changed), *inner]
    return [Part(whole.kind, data, lambda changed: changed)]


# ------------------------------------------------------------------ safetensors


def header(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The table of arrays and the bytes of their numbers."""
    (size,) = struct.unpack_from("<Q", data)
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def tensors(table: dict[str, Any] | bytes, body: bytes, size: int | None = None) -> bytes:
    """The file with a table that may lie."""
    text = table if isinstance(table, bytes) else json.dumps(table).encode()
    return struct.pack("<Q", len(text) if size is None else size) + text + body


def entry(table: dict[str, Any], pick: Random, kind: str = "") -> str:
    """The name of one of the arrays that hold a number."""
    names = [
        name for name, value in table.items()
        if name != "__metadata__" and value["data_offsets"][0] < value["data_offsets"][1]
        and kind in ("", value["dtype"])
    ]  # fmt: skip
    return pick.choice(names)


# ------------------------------------------------------------------ npy


def npy_parts(data: bytes) -> tuple[str, bytes]:
    """The header's text and the numbers of a file of version 1."""
    (size,) = struct.unpack_from("<H", data, 8)
    return data[10 : 10 + size].decode("latin-1"), data[10 + size :]


def npy(text: str, body: bytes) -> bytes:
    """The file with a header that may lie."""
    text = text.rstrip() + "\n"
    if len(text) > 65_535:
        return b"\x93NUMPY\x02\x00" + struct.pack("<I", len(text)) + text.encode("latin-1") + body
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode("latin-1") + body


def with_shape(text: str, shape: str) -> str:
    """A header with another shape."""
    return re.sub(r"'shape': \([^)]*\)", f"'shape': {shape}", text)


def with_type(text: str, descr: str) -> str:
    """A header with another type."""
    return re.sub(r"'descr': '[^']*'", f"'descr': '{descr}'", text)
