"""Classes 10, 15, 17 and 18: nesting without end, other architectures, names that mislead, one form in another."""

from __future__ import annotations

import io
import json
import re
import stat
import struct
import zipfile
from random import Random

import numpy as np

from tests.files.bad.bytewise import Damage
from tests.files.bad.parts import header, npy, npy_parts, tensors, unzipped, with_shape, zipped

_TRAPS = (
    "../x", "a/../../b", "/etc/passwd", "C:x", "a\\b", "CON", "NUL.npy", "n" * 4_096, "x\n", "\u202ex", "é" * 200,
    "x\0y", "W ", "", ".", "weight_ih_l" + "9" * 300, "layer9999.W", "fc\n.weight",
)  # fmt: skip


# ------------------------------------------------------------------ 10: depth


def json_deep(data: bytes, pick: Random) -> Damage:
    """10: lists or tables in each other."""
    count = pick.choice((40, 1_000, 200_000))
    deep = pick.choice((b"[" * count + b"]" * count, b'{"a":' * count + b"0" + b"}" * count, b"[" * count))
    return re.sub(rb'"(?:about|seed|layers|sequence)": ?', lambda match: match[0] + deep + b" ,", data, count=1), True


def tensor_deep(data: bytes, pick: Random) -> Damage:
    """10: the same in the header."""
    _, body = header(data)
    count = pick.choice((40, 1_000, 200_000))
    return tensors(b'{"a":' + b"[" * count + b"]" * count + b"}", body), True


def npy_deep(data: bytes, pick: Random) -> Damage:
    """10: parentheses in the header."""
    text, body = npy_parts(data)
    count = pick.choice((40, 3_000, 30_000))
    return npy(with_shape(text, "(" * count + "1" + ")" * count), body), True


def toml_deep(data: bytes, pick: Random) -> Damage:
    """10: lists, tables or parentheses in each other."""
    count = pick.choice((40, 1_000, 20_000))
    deep = pick.choice((b"[" * count + b"]" * count, b"{a = " * count + b"1" + b"}" * count))
    if b"equations = '''\n" in data and pick.random() < 0.5:
        return data.replace(b"'''\n", b"'''\nq = " + b"(" * count + b"x" + b")" * count + b"\n", 1), True
    return b"deep = " + deep + b"\n" + data, True


# ------------------------------------------------------------------ 15: other architectures


def _changed(arrays: dict[str, np.ndarray], pick: Random) -> bool | None:
    """Make the arrays of a network those of none; the result is whether they have to be refused."""
    name = pick.choice(list(arrays))
    array = arrays[name]
    way = pick.randrange(8)
    if way == 0:
        del arrays[name]
    elif way == 1:
        arrays[name] = np.ascontiguousarray(array.T)
    elif way == 2:
        arrays[name] = np.concatenate([array, array])
    elif way == 3:
        arrays[name] = array.reshape((1,) * pick.randint(1, 5) + array.shape)
    elif way == 4:
        arrays[name] = np.float64(0.5)
    elif way == 5:
        arrays[name + "_reverse"] = array
    elif way == 6:
        arrays[re.sub(r"(?<=l)(\d)|(?<=layer)(\d)", "7", name)] = arrays.pop(name)
    else:
        arrays[name] = array[:0]
    torch = name.startswith(("weight_", "bias_"))
    square = array.ndim < 2 or array.shape[0] == array.shape[1]
    return True if (torch and way in (0, 2, 3, 4, 7)) or (torch and way == 1 and not square) else None


def npz_architecture(data: bytes, pick: Random) -> Damage:
    """15: parameters missing, transposed, doubled, with other axes, of one direction alone, of another layer."""
    with np.load(io.BytesIO(data)) as found:
        arrays = dict(found)
    refused = _changed(arrays, pick)
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue(), refused


def tensor_architecture(data: bytes, pick: Random) -> Damage:
    """15: the same in a file of safetensors, of a study too."""
    table, body = header(data)
    types = {"F64": "<f8", "I64": "<i8"}
    arrays = {
        name: np.frombuffer(body[slice(*own["data_offsets"])], types[own["dtype"]]).reshape(own["shape"])
        for name, own in table.items() if name != "__metadata__"
    }  # fmt: skip
    _changed(arrays, pick)
    changed, parts, at = {}, [], 0
    for name, array in arrays.items():
        raw = np.asarray(array).tobytes()
        kind = "I64" if np.asarray(array).dtype.kind == "i" else "F64"
        changed[name] = {"dtype": kind, "shape": list(np.shape(array)), "data_offsets": [at, at + len(raw)]}
        parts.append(raw)
        at += len(raw)
    return tensors(changed, b"".join(parts)), None


def json_architecture(data: bytes, pick: Random) -> Damage:
    """15: a study that says another network than its arrays are of."""
    value = json.loads(data)
    layer = pick.choice(value["layers"])
    way = pick.randrange(6)
    if way == 0:
        layer[pick.choice(("inputs", "size"))] += pick.choice((-1, 1, 4_096, 10**6))
    elif way == 1:
        layer["bias"] = not layer["bias"]
    elif way == 2:
        layer["direction"] = pick.choice(("both", "reverse", "sideways", ""))
    elif way == 3:
        value["layers"].append(layer)
    elif way == 4:
        value["chosen"] = pick.choice((-1, 7, 10**30))
    else:
        layer["activation"] = pick.choice(("softmax", "", None, "eval"))
    return json.dumps(value).encode(), None


# ------------------------------------------------------------------ 17: names


def zip_names(data: bytes, pick: Random) -> Damage:
    """17: members twice, with names that lead out, that systems keep for themselves, that differ in case alone."""
    members = unzipped(data)
    name, content = pick.choice(members)
    way = pick.choice((name, name.upper() if name.upper() != name else name, *_TRAPS))
    refused = True if way in (name, name.upper(), *_TRAPS[:5], _TRAPS[7]) else None
    return zipped([*members, (way, content)]), refused


def tensor_names(data: bytes, pick: Random) -> Damage:
    """17: an array twice, or with a name that misleads."""
    table, body = header(data)
    name = pick.choice([own for own in table if own != "__metadata__"])
    if pick.random() < 0.3:
        text = json.dumps(table)
        return tensors((text[:-1] + f', "{name}": ' + json.dumps(table[name]) + "}").encode(), body), True
    table[pick.choice(_TRAPS)] = table.pop(name)
    return tensors(table, body), None


def json_names(data: bytes, pick: Random) -> Damage:
    """17: a key twice, one that is not known, or names that mislead."""
    value = json.loads(data)
    way = pick.randrange(3)
    if way == 0:
        key = pick.choice(list(value))
        return (json.dumps(value)[:-1] + f', "{key}": ' + json.dumps(value[key]) + "}").encode(), True
    if way == 1:
        value[pick.choice(_TRAPS)] = 1
        return json.dumps(value).encode(), True
    value[pick.choice(("name", "about", "mode"))] = pick.choice((*_TRAPS, "\ud800"))
    return json.dumps(value).encode(), None


def table_names(data: bytes, pick: Random) -> Damage:
    """17: columns of one name, or with names that mislead."""
    head, _, rest = data.partition(b"\n")
    delimiter = b"\t" if b"\t" in head else b","
    names = head.split(delimiter)
    at = pick.randrange(len(names))
    if pick.random() < 0.5 and len(names) > 1:
        names[at] = names[at - 1]
        return delimiter.join(names) + b"\n" + rest, True
    names[at] = b'"' + pick.choice(_TRAPS).replace("\0", "").encode() + b'"'
    return delimiter.join(names) + b"\n" + rest, None


def toml_names(data: bytes, pick: Random) -> Damage:
    """17: a key twice, one that is not known, or a name that misleads."""
    lines = data.split(b"\n")
    keys = [line for line in lines if re.match(rb"\w+ = [^']*\Z", line)]
    way = pick.randrange(3)
    if way == 0:
        return data.replace(pick.choice(keys), b"\n".join([pick.choice(keys)] * 2), 1), True
    if way == 1:
        return json.dumps(pick.choice(_TRAPS[1:])).encode() + b" = 1\n" + data, True
    name = json.dumps(pick.choice(_TRAPS)).encode()
    return re.sub(rb'(name|title) = ".*"', lambda match: match[1] + b" = " + name, data, count=1), None


# ------------------------------------------------------------------ 18: another form


def nested(data: bytes, pick: Random) -> Damage:
    """18: the archive in an archive, with something before it or behind it, encrypted, or a link."""
    way = pick.randrange(5)
    if way == 0:
        return zipped([("inner.zip", data)], zipfile.ZIP_DEFLATED), True
    if way == 1:
        return b"#!/bin/sh\nexit\n" + data, True
    if way == 2:
        return data + pick.randbytes(70_000), True
    changed = bytearray(data)
    at = pick.choice([match.start() for match in re.finditer(b"PK\x01\x02", data)])
    if way == 3:
        struct.pack_into("<H", changed, at + 8, 1)
    else:
        struct.pack_into("<I", changed, at + 38, (stat.S_IFLNK | 0o777) << 16)
    return bytes(changed), True


_HEADS = (
    b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\x80\x04\x95", b"\x89HDF\r\n\x1a\n", b"PK\x03\x04",
    b"PK\x05\x06" + bytes(18), b"\x1f\x8b\x08", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x93NUMPY",
    b"\x08\x07\x12", b"MZ", b"\x7fELF",
)  # fmt: skip


def other_form(data: bytes, pick: Random) -> Damage:
    """18: the beginning of a form of other programs before it, or in its place."""
    head = pick.choice(_HEADS)
    return (head + data if pick.random() < 0.5 else head + pick.randbytes(300)), None
