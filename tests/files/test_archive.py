"""Archives that mean harm, and safetensors and npy files that say what is not so."""

import io
import json
import os
import pickle
import stat
import struct
import time
import warnings
import zipfile

import numpy as np
import pytest
from safetensors.numpy import load, save

from rnnstudio.engine.limits import InputError
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.arrays import read_npy, read_npz
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.tensors import read_tensors, tensor_bytes


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")  # that a name is there twice is meant
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def link():
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped(("../a", b"")), "leads out"),
        (zipped(("/a", b"")), "leads out"),
        (zipped(("b/../../a", b"")), "leads out"),
        (zipped(("C:a", b"")), "leads out"),
        (zipped(("a\\b", b"")), "leads out"),
        (zipped(("n" * 4096, b"")), "leads out"),
        (zipped(("a", b"1"), ("a", b"2")), "twice"),
        (zipped(("a", b"1"), ("A", b"2")), "twice"),
        (zipped((link(), b"/etc/passwd")), "link"),
        (zipped(("a", bytes(20_000_000))), "100 : 1"),
        (zipped(("a", b"x"), compression=zipfile.ZIP_BZIP2), "packed in a way"),
        (zipped(*((str(n), b"") for n in range(2_000))), "members"),
        (b"PK\x03\x04", "cut off"),
        (zipped(("a", b"hello"))[:-30], "cut off"),
    ],
)
def test_harmful_archives(data, sentence):
    started = time.process_time()
    with pytest.raises(InputError, match=sentence):
        read_members(data, "a.zip")
    assert time.process_time() - started < 5  # a hang, not a measurement


def test_fifty_thousand_members_are_refused_before_they_are_read():
    data = archive_bytes((str(n), b"") for n in range(1))
    at = data.rfind(b"PK\x05\x06")
    lying = data[: at + 8] + struct.pack("<HH", 50_000, 50_000) + data[at + 12 :]
    with pytest.raises(InputError, match="50,000 members"):
        read_members(lying, "a.zip")


def test_a_size_that_lies_and_a_wrong_checksum():
    data = bytearray(zipped(("a", os.urandom(1000)), compression=zipfile.ZIP_STORED))
    data[40] ^= 1
    with pytest.raises(InputError, match="damaged"):
        read_members(bytes(data), "a.zip")
    bomb = bytearray(zipped(("a", bytes(10_000_000))))
    directory = bomb.rfind(b"PK\x01\x02")
    struct.pack_into("<I", bomb, directory + 24, 10)  # the directory says 10 bytes
    with pytest.raises(InputError):
        read_members(bytes(bomb), "a.zip")


def test_overlapping_members():
    one = bytearray(zipped(("a", b"x" * 50), ("b", b"x" * 50), compression=zipfile.ZIP_STORED))
    second = one.rfind(b"PK\x01\x02")
    first = one.find(b"PK\x01\x02")
    one[second + 42 : second + 46] = one[first + 42 : first + 46]
    with pytest.raises(InputError):
        read_members(bytes(one), "a.zip")


def test_tensors_both_ways_with_the_reference_library():
    arrays = {
        "b": np.arange(6.0).reshape(2, 3),
        "a": np.array([3, -4]),
        "nothing": np.zeros((0, 4)),
        "one": np.array(2.5),
    }
    for name, array in load(tensor_bytes(arrays)).items():
        assert np.array_equal(array, arrays[name])
        assert array.shape == arrays[name].shape
    mixed = {"f": np.float32([1.5, 2]), "h": np.float16([[0.5]]), "i": np.int8([-1]), "n": np.array([True])}
    found = read_tensors(save(mixed), "w.safetensors")
    assert found["f"].tolist() == [1.5, 2.0]
    assert found["h"].dtype == np.float64
    assert (found["i"].tolist(), found["n"].tolist()) == ([-1], [1])


def test_bfloat16():
    header = json.dumps({"a": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}).encode()
    data = struct.pack("<Q", len(header)) + header + bytes([0x80, 0x3F, 0x20, 0xC0])  # 1.0 and -2.5
    assert read_tensors(data, "w")["a"].tolist() == [1.0, -2.5]


def tensors(header, body=b"", size=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if size is None else size) + text + body


ENTRY = {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"1234567", tensors({}, size=2**63), tensors({}, size=2**20 + 1), tensors({"a": ENTRY}, b"1234"),
        tensors({"a": ENTRY}, b"1" * 16), tensors({"a": ENTRY, "b": ENTRY}, b"1" * 8),
        tensors({"a": {**ENTRY, "shape": [4194305, 4194305, 211106198978564]}}, b"1" * 8),
        tensors({"a": {**ENTRY, "shape": [-1]}}, b"1" * 8), tensors({"a": {**ENTRY, "shape": [True]}}, b"1" * 8),
        tensors({"a": {**ENTRY, "dtype": "C64"}}, b"1" * 8), tensors({"a": {**ENTRY, "x": 1}}, b"1" * 8),
        tensors({"a": {**ENTRY, "dtype": []}}, b"1" * 8), tensors({"a": {**ENTRY, "data_offsets": [8, 16]}}, b"1" * 16),
        tensors({"a": ENTRY}, struct.pack("<d", float("nan"))), tensors({"a": ENTRY}, struct.pack("<d", float("inf"))),
        tensors(b"[1]"), tensors(b'{"a":1}'), tensors(b"[" * 100_000), tensors({"n" * 600: ENTRY}, b"1" * 8),
    ],
)  # fmt: skip
def test_tensors_that_lie(data):
    with pytest.raises(InputError) as caught:
        read_tensors(data, "w.safetensors")
    assert str(caught.value).startswith("w.safetensors")


def npy(array, **more):
    stream = io.BytesIO()
    np.save(stream, array, **more)
    return stream.getvalue()


def header(shape, dtype="<f8"):
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}"
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


class Canary:
    def __reduce__(self):
        return os.mkdir, ("canary",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (npy(np.array([Canary()], dtype=object), allow_pickle=True), "pickle"),
        (pickle.dumps(Canary()), "no .npy file"),
        (header((10**12,)) + b"12345678", "8,000,000,000,000 bytes"),
        (header((2**28,)), "2,147,483,648 bytes"),
        (header((-1,)) + b"", "damaged"),
        (header((4194305, 4194305, 211106198978564)), "are there"),
        (header("(" * 3000 + "1" + ")" * 3000), "damaged"),
        (header((2,), "<c16") + bytes(32), "complex"),
        (header((2,), "<U4") + bytes(32), "real numbers"),
        (npy(np.array([1.0, np.nan])), r"not finite at \(2,\)"),
        (b"\x93NUMPY", "version"), (b"\x93NUMPY\x01\0", "damaged"),
        (b"\x93NUMPY\x09\x00", "version 9.0"),
    ],
)  # fmt: skip
def test_npy_files_that_lie(data, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=sentence):
        read_npy(data, "x.npy")
    with pytest.raises(InputError):
        read_npz(zipped(("x.npy", data)), "x.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dtype", ["<f8", ">f8", "<f4", "<f2", "<i8", ">i2", "|u1", "|b1"])
def test_npy_types_and_orders(dtype):
    array = np.asfortranarray(np.array([[1, 0, 1], [0, 1, 1]]).astype(dtype))
    assert np.array_equal(read_npy(npy(array), "x"), array.astype(float))


def test_only_ordinary_files_are_read(tmp_path):
    for path, sentence in [
        (tmp_path, "folder"), (tmp_path / "missing", "no such file"), ("/dev/zero", "pipe or a device"),
        ("\0", "cannot be opened"), (tmp_path / ("n" * 300), "cannot be opened"),
    ]:  # fmt: skip
        with pytest.raises(InputError, match=sentence):
            read_bytes(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="pipe or a device"):
        read_bytes(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match="empty"):
        read_bytes(tmp_path / "empty")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(128 * 2**20 + 1)
    with pytest.raises(InputError, match="128 MB"):
        read_bytes(tmp_path / "large")
