"""``python -m tests.files.bad.archives FOLDER``: archives that mean harm, opened in a process that is watched.

It prints, for each, the sentence, the time (s of the processor) and the memory over that at rest (MB); every attempt to
write a file is printed too.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.opening import open_any
from rnnstudio.files.study import write_study
from tests.files.bad.parts import unzipped, zipped

MB = 2**20
#: What is written here resets the peak of the memory in use.
_PEAK = "/proc/self/clear_refs"


def _patched(data: bytes, mark: bytes, offset: int, form: str, value: int, last: bool = False) -> bytes:
    changed = bytearray(data)
    at = data.rfind(mark) if last else data.find(mark)
    struct.pack_into(form, changed, at + offset, value)
    return bytes(changed)


def _packed(names: list[str], data: bytes) -> bytes:
    """An archive of members that all hold the same, packed once."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw, total = deflate.compress(data) + deflate.flush(), zlib.crc32(data)
    body, directory = bytearray(), bytearray()
    for name in names:
        own = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, total, len(raw), len(data), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + own + struct.pack("<3H2L", 0, 0, 0, 0, len(body))
        directory += name.encode()
        body += b"PK\x03\x04" + own + name.encode() + raw
    count = min(len(names), 2**16 - 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + end


def bomb() -> bytes:
    """A megabyte and a half that unpacks to one and a half gigabytes."""
    return _packed([f"{n}.npy" for n in range(15)], bytes(100 * MB))


def quiet_bomb() -> bytes:
    """The same, saying that it is small."""
    packed = _packed(["x.npy"], bytes(100 * MB))
    return _patched(_patched(packed, b"PK\x01\x02", 24, "<I", 1000), b"PK\x03\x04", 22, "<I", 1000)


def many_small_bombs() -> bytes:
    """A thousand members of a megabyte of nothing."""
    return _packed([f"{n}.npy" for n in range(1_000)], bytes(MB - 1))


def nested() -> bytes:
    """Archives in archives, down to a bomb."""
    data = _packed(["x.npy"], bytes(50 * MB))
    for _ in range(6):
        data = zipped([("inner.npz", data)], zipfile.ZIP_DEFLATED)
    return data


def overlapping() -> bytes:
    """A thousand entries for the bytes of one."""
    data = zipped([(f"{n:04d}.npy", os.urandom(64)) for n in range(1_000)])
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 42, 0)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def crowd() -> bytes:
    """Fifty thousand members."""
    return _packed([f"{n}.npy" for n in range(50_000)], b"")


def quiet_crowd() -> bytes:
    """The same, saying at its end that there are few, and in the record of the long form how many."""
    data = crowd()
    end = data.rfind(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", data, end + 12)
    long_end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 50_000, 50_000, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    short_end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 92, offset, 0)
    return data[:end] + long_end + locator + short_end


def traversal() -> bytes:
    """A member whose name leads out of the folder, to a canary."""
    return zipped([("../canary.npy", b"x"), ("/tmp/canary.npy", b"x"), ("x.npy", b"x")])


def duplicate() -> bytes:
    """The text of a study twice."""
    members = unzipped(write_study(demonstration()))
    return zipped([*members, members[0]])


def wrong_size() -> bytes:
    """A member that is said to be shorter than it is."""
    return _patched(write_study(demonstration()), b"PK\x01\x02", 24, "<I", 10)


def wrong_sum() -> bytes:
    """A member whose bytes are not those that its checksum is of."""
    return _patched(write_study(demonstration()), b"PK\x01\x02", 16, "<I", 12345)


def long_lies() -> bytes:
    """A member whose size stands in the long form, and is 2^63."""
    data = zipped([("x.npy", b"x" * 100)])
    at, end = data.find(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    extra = struct.pack("<HHQQ", 1, 16, 2**63, 2**63)
    entry = bytearray(data[at:end])
    struct.pack_into("<II", entry, 20, 2**32 - 1, 2**32 - 1)
    struct.pack_into("<H", entry, 30, len(extra))
    entry = entry + extra
    tail = bytearray(data[end:])
    struct.pack_into("<I", tail, 12, len(entry))
    return data[:at] + bytes(entry) + bytes(tail)


#: What is refused, and a word that the sentence has.
HARMFUL: dict[Callable[[], bytes], str] = {
    bomb: "100 : 1", quiet_bomb: "damaged", many_small_bombs: "unpacked", nested: "no array", overlapping: "lies over",
    crowd: "50,000 members", quiet_crowd: "ZIP64", traversal: "leads out", duplicate: "twice", wrong_size: "damaged",
    wrong_sum: "damaged", long_lies: "MB",
}  # fmt: skip


def _write_attempts() -> list[str]:
    """From now on every file that is opened for writing, made, moved or removed."""
    found: list[str] = []

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if arguments and arguments[0] == _PEAK:
            return
        if writes or event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "os.link", "shutil.unpack_archive"):
            found.append(f"{event} {arguments[0]}")

    sys.addaudithook(listen)
    return found


def watched(folder: Path) -> dict[str, dict[str, object]]:
    """Open them all; name → what came of it."""
    paths: list[Path] = []
    for make in HARMFUL:
        for ending in (".npz", ".rnnstudio"):
            path = folder / f"{make.__name__}{ending}"
            path.write_bytes(make())
            paths.append(path)
    found: dict[str, dict[str, object]] = {}
    attempts = _write_attempts()
    for path in paths:
        Path(_PEAK).write_text("5", encoding="ascii")  # the peak is counted from here on
        rest = _status("VmRSS")
        began = time.process_time()
        try:
            open_any(path)
            sentence = ""
        except InputError as error:
            sentence = str(error)
        took = time.process_time() - began
        peak = _status("VmHWM") - rest
        found[path.name] = {"sentence": sentence, "seconds": round(took, 3), "peak_mb": round(peak, 1)}
    return {**found, "written": {"attempts": attempts}}


def _status(key: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30, 6 * 2**30))
    print(json.dumps(watched(Path(sys.argv[1]))))
