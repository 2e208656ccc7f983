"""Classes 6 to 9 and 11 to 14: sizes, counts and numbers that say what is not so."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from functools import lru_cache
from random import Random

import numpy as np

from tests.files.bad.bytewise import Damage
from tests.files.bad.parts import (
    entry,
    header,
    npy,
    npy_parts,
    tensors,
    with_shape,
    with_type,
    zipped,
)

FIELDS = (0, -1, 2**31 - 1, 2**32, 2**63, 2**64 - 1)
OVERFLOW = (4194305, 4194305, 211106198978564)
#: Offsets and widths of the sizes in the three records of a zip archive.
_ZIP_FIELDS = {
    b"PK\x05\x06": ((8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
    b"PK\x01\x02": ((8, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)),
    b"PK\x03\x04": ((6, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
}
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def _number_in(text: bytes, pick: Random, value: bytes) -> bytes:
    """The text with one of its numbers replaced."""
    places = list(_NUMBER.finditer(text))
    if not places:
        return text + value
    match = pick.choice(places)
    return text[: match.start()] + value + text[match.end() :]


# ------------------------------------------------------------------ 6: a field


def zip_field(data: bytes, pick: Random) -> Damage:
    """6: a length, a count or an offset of the archive."""
    mark = pick.choice(list(_ZIP_FIELDS))
    places = [match.start() for match in re.finditer(re.escape(mark), data)]
    at, width = pick.choice(_ZIP_FIELDS[mark])
    changed = bytearray(data)
    start = pick.choice(places) + at
    changed[start : start + width] = (pick.choice(FIELDS) % 2 ** (8 * width)).to_bytes(width, "little")
    return bytes(changed), None


def tensor_field(data: bytes, pick: Random) -> Damage:
    """6: the header's length, an offset or an axis."""
    value = pick.choice(FIELDS)
    if pick.random() < 0.3:
        return struct.pack("<Q", value % 2**64) + data[8:], True
    table, body = header(data)
    which = table[entry(table, pick)][pick.choice(("data_offsets", "shape"))]
    which[pick.randrange(len(which)) if which else slice(0, 0)] = value if which else [value]
    return tensors(table, body), None


def npy_field(data: bytes, pick: Random) -> Damage:
    """6: the header's length or an axis."""
    value = pick.choice(FIELDS)
    if pick.random() < 0.3:
        return data[:8] + struct.pack("<H", value % 2**16) + data[10:], None
    text, body = npy_parts(data)
    return npy(with_shape(text, f"({value}, {pick.choice((1, 3, value))})"), body), None


def text_field(data: bytes, pick: Random) -> Damage:
    """6: a number of a text."""
    return _number_in(data, pick, str(pick.choice(FIELDS)).encode()), None


# ------------------------------------------------------------------ 7 to 9: more than there is


def tensor_more(data: bytes, pick: Random) -> Damage:
    """7: an array that is said to be larger than the file."""
    table, body = header(data)
    own = table[entry(table, pick)]
    factor = pick.choice((2, 1_000, 2**20, 2**40))
    own["shape"] = [factor, *own["shape"]]
    begin, end = own["data_offsets"]
    own["data_offsets"] = [begin, begin + (end - begin) * factor]
    return tensors(table, body), True


def npy_more(data: bytes, pick: Random) -> Damage:
    """7: an array that is said to be larger than the file."""
    text, body = npy_parts(data)
    return npy(with_shape(text, f"({pick.choice((10**6, 2**28, 10**12))}, 2)"), body), True


def zip_more(data: bytes, pick: Random) -> Damage:
    """7: a member that is said to be larger than it is."""
    changed = bytearray(data)
    at = pick.choice([match.start() for match in re.finditer(b"PK\x01\x02", data)])
    struct.pack_into("<I", changed, at + 24, pick.choice((2**20 * 100, 2**31, 2**32 - 2)))
    return bytes(changed), True


def tensor_overflow(data: bytes, pick: Random) -> Damage:
    """8: a shape whose product is small only where numbers end at 2^64."""
    table, body = header(data)
    big = 10**4_000
    table[entry(table, pick)]["shape"] = list(pick.choice((OVERFLOW, (2**32, 2**32), (big, big), (2**63, 2, 0))))
    return tensors(table, body), True


def npy_overflow(data: bytes, pick: Random) -> Damage:
    """8: the same in an ``.npy`` file."""
    text, body = npy_parts(data)
    shape = pick.choice((OVERFLOW, (2**32, 2**32), (10**19, 10**19), (2**63, 2)))
    return npy(with_shape(text, str(shape)), body), True


def tensor_offsets(data: bytes, pick: Random) -> Damage:
    """9: numbers that lie over others, outside, or behind a gap."""
    table, body = header(data)
    name = entry(table, pick)
    begin, end = table[name]["data_offsets"]
    way = pick.randrange(4)
    if way == 0:
        table["twin"] = dict(table[name])
        return tensors(table, body), True
    by = (8, len(body), 2**62)[way - 1]
    table[name]["data_offsets"] = [begin + by, end + by]
    return tensors(table, body + bytes(8) if way == 1 else body), True


def zip_offsets(data: bytes, pick: Random) -> Damage:
    """9: a member that lies over another, or outside."""
    changed = bytearray(data)
    places = [match.start() for match in re.finditer(b"PK\x01\x02", data)]
    (first,) = struct.unpack_from("<I", data, places[0] + 42)
    last = places[-1]
    (own,) = struct.unpack_from("<I", data, last + 42)
    wrong = [len(data) - 4, 2**32 - 2, own + 1] + ([first] if len(places) > 1 else [])
    struct.pack_into("<I", changed, last + 42, pick.choice(wrong))
    return bytes(changed), True


# ------------------------------------------------------------------ 11: too many


def tensor_many(data: bytes, pick: Random) -> Damage:
    """11: more arrays than there can be."""
    count = pick.choice((10_001, 12_000, 300_000) if pick.random() < 0.1 else (10_001, 10_500))
    one = {"dtype": "F64", "shape": [0], "data_offsets": [0, 0]}
    return tensors({str(n): one for n in range(count)}, b""), True


def zip_many(data: bytes, pick: Random) -> Damage:
    """11: more members than there can be."""
    return _crowd(50_000 if pick.random() < 0.05 else 1_100), True


@lru_cache
def _crowd(members: int) -> bytes:
    return zipped([(f"{n}.npy", b"") for n in range(members)])


def json_many(data: bytes, pick: Random) -> Damage:
    """11: more layers, words or keys than there can be."""
    value = json.loads(data)
    way, count = pick.randrange(3), 200_000 if pick.random() < 0.05 else 10_000
    if way == 0:
        value["layers"] = value["layers"] * 100
    elif way == 1:
        value["sequence"]["vocabulary"] = [str(n) for n in range(count)]
    else:
        value.update({f"k{n}": 0 for n in range(count)})
    return json.dumps(value).encode(), True


def table_many(data: bytes, pick: Random) -> Damage:
    """11: more rows, columns or names than there can be."""
    wide = 20_000 if pick.random() < 0.8 else 300_000
    ways = (
        b"1,2\n" * 20_001, b"1\n" * 30_000, b",".join([b"1"] * wide), b"\n".join([b",".join([b"0.5"] * 4_097)] * 3),
        b",".join(b"c%d" % n for n in range(wide)) + b"\n" + b",".join([b"1"] * wide),
    )  # fmt: skip
    return pick.choice(ways), True


def text_many(data: bytes, pick: Random) -> Damage:
    """11: more different words than there can be: the text is cut, and says so."""
    return b" ".join(b"w%d." % n for n in range(pick.choice((5_000, 50_000)))), False


def toml_many(data: bytes, pick: Random) -> Damage:
    """11: more keys or equations than there can be."""
    ways = (
        b"".join(b"k%d = 1\n" % n for n in range(6_000)) + data,
        data.replace(b"equations = '''\n", b"equations = '''\n" + b"".join(b"q%d = x\n" % n for n in range(2_000))),
        b"a." * 20_000 + b"a = 1\n" + data,
        b"[" + b"a." * 20_000 + b"a]\n" + data,
    )
    return pick.choice(ways), True if b"equations = '''\n" in data else None


# ------------------------------------------------------------------ 12 and 13: huge, and no number


def text_huge(data: bytes, pick: Random) -> Damage:
    """12: a number of a hundred thousand digits, one beyond all numbers, a string of megabytes."""
    value = pick.choice((b"9" * 100_000, b"9" * 4_000, b"1e999", b"-1e999", b'"' + b"s" * 5_000_000 + b'"', b"1" * 400))
    return _number_in(data, pick, value), None


def tensor_huge(data: bytes, pick: Random) -> Damage:
    """12: a number of thousands of digits in the header, a name or a note without end."""
    table, body = header(data)
    name = entry(table, pick)
    way = pick.randrange(3)
    if way == 0:
        digits = "9" * pick.choice((400, 4_200, 100_000))
        return tensors(json.dumps(table).replace('"shape": [', f'"shape": [{digits}, ', 1).encode(), body), True
    if way == 1:
        table["n" * 5_000] = table.pop(name)
        return tensors(table, body), True
    table["__metadata__"] = {"note": "s" * pick.choice((60_000, 5_000_000))}
    return tensors(table, body), None


def npy_huge(data: bytes, pick: Random) -> Damage:
    """12: an axis of thousands of digits, a header without end."""
    text, body = npy_parts(data)
    digits = "9" * pick.choice((21, 400, 4_200))
    return npy(with_shape(text, f"({digits}, 2)") + " " * pick.choice((0, 60_000)), body), True


_NO_NUMBERS = (float("nan"), float("inf"), float("-inf"))
_NUMBERS = (5e-324, -0.0, 2.2e-308)


def tensor_value(data: bytes, pick: Random) -> Damage:
    """13: an array with something that is no finite number, or with a very small one."""
    table, body = header(data)
    begin, end = table[entry(table, pick, "F64")]["data_offsets"]
    value = pick.choice(_NO_NUMBERS + _NUMBERS)
    at = begin + 8 * pick.randrange((end - begin) // 8)
    return tensors(table, body[:at] + struct.pack("<d", value) + body[at + 8 :]), not np.isfinite(value)


def npy_value(data: bytes, pick: Random) -> Damage:
    """13: the same in an ``.npy`` file."""
    text, body = npy_parts(data)
    if "'<f8'" not in text or not body:
        return data, False
    value = pick.choice(_NO_NUMBERS + _NUMBERS)
    at = 8 * pick.randrange(len(body) // 8)
    return npy(text, body[:at] + struct.pack("<d", value) + body[at + 8 :]), not np.isfinite(value)


def text_value(data: bytes, pick: Random) -> Damage:
    """13: a text with something that is no finite number."""
    return _number_in(data, pick, pick.choice((b"NaN", b"Infinity", b"-inf", b"nan", b"5e-324", b"-0", b"-0.0"))), None


def table_value(data: bytes, pick: Random) -> Damage:
    """13: a cell of a table that is no finite number; the header is left alone."""
    head, _, rest = data.partition(b"\n")
    value = pick.choice((b"NaN", b"Infinity", b"-inf", b"5e-324", b"-0", b"-0.0"))
    return head + b"\n" + _number_in(rest, pick, value), value[-1:].isalpha()


# ------------------------------------------------------------------ 14: other types

_REAL = ("<f4", ">f8", "<f2", "<i8", "|i1", "|b1", ">i4")
_OTHER = ("<c16", "|O", "<U4", "<M8[s]", "|V8", "<f16", "|S3")
_CODES = {"F32": "<f4", "F16": "<f2", "I8": "|i1", "I32": "<i4", "BOOL": "|b1", "U16": "<u2"}


def npy_type(data: bytes, pick: Random) -> Damage:
    """14: another type: of real numbers, said and stored, or of something else."""
    text, body = npy_parts(data)
    if pick.random() < 0.5:
        return npy(with_type(text, pick.choice(_OTHER)), body), True
    if "'<f8'" not in text:
        return data, False
    descr = pick.choice(_REAL)
    return npy(with_type(text, descr), np.frombuffer(body, "<f8").astype(descr).tobytes()), None


def tensor_type(data: bytes, pick: Random) -> Damage:
    """14: the same in a file of safetensors."""
    table, body = header(data)
    name = entry(table, pick, "F64")
    if pick.random() < 0.5:
        table[name]["dtype"] = pick.choice(("C64", "F8_E4M3", "I64", "U64", "F4", "", 5, None, "O"))
        return tensors(table, body), None
    code = pick.choice(list(_CODES))
    begin, end = table[name]["data_offsets"]
    stored = np.frombuffer(body[begin:end], "<f8").astype(_CODES[code]).tobytes()
    for own in table.values():
        if own is not table[name] and "data_offsets" in own and own["data_offsets"][0] >= end:
            own["data_offsets"] = [at - (end - begin) + len(stored) for at in own["data_offsets"]]
    table[name].update(dtype=code, data_offsets=[begin, begin + len(stored)])
    return tensors(table, body[:begin] + stored + body[end:]), None


def zip_deflated(data: bytes, pick: Random) -> Damage:
    """11: a bomb: one member, or many of them, of nothing but zeros."""
    return _bomb(pick.choice((1, 80))), True


@lru_cache
def _bomb(members: int) -> bytes:
    size = 20_000_000 if members == 1 else 2**20 - 64
    return zipped([(f"{n}.npy", bytes(size)) for n in range(members)], zipfile.ZIP_DEFLATED)
