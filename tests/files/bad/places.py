"""Class 19: what has the name of a file and is none, and files that change while they are read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from rnnstudio.files import reading


def nothing(path: Path, data: bytes) -> None:
    """There is no such file."""


def folder(path: Path, data: bytes) -> None:
    """A folder with the name of a file."""
    path.mkdir()


def pipe(path: Path, data: bytes) -> None:
    """A pipe that nobody writes to."""
    os.mkfifo(path)


def device(path: Path, data: bytes) -> None:
    """A device that never ends."""
    path.symlink_to("/dev/zero")


def terminal(path: Path, data: bytes) -> None:
    """A device that gives nothing."""
    path.symlink_to("/dev/null")


def dangling(path: Path, data: bytes) -> None:
    """A link to nowhere."""
    path.symlink_to(path.with_name("nowhere"))


def circle(path: Path, data: bytes) -> None:
    """A link to itself."""
    path.symlink_to(path)


def sparse(path: Path, data: bytes) -> None:
    """A file of a terabyte that takes no room."""
    with path.open("wb") as file:
        file.truncate(2**40)


#: What is there instead of a file; each has to be refused.
PLACES: tuple[Callable[[Path, bytes], None], ...] = (
    nothing, folder, pipe, device, terminal, dangling, circle, sparse,
)  # fmt: skip


def deleted(path: Path, data: bytes) -> None:
    """The file is gone; what was opened is still read."""
    path.unlink()


def truncated(path: Path, data: bytes) -> None:
    """The file becomes shorter."""
    os.truncate(path, len(data) // 2)


def emptied(path: Path, data: bytes) -> None:
    """The file becomes empty."""
    os.truncate(path, 0)


def replaced(path: Path, data: bytes) -> None:
    """Another file takes its name."""
    other = path.with_name("other")
    other.write_bytes(data[:100])
    other.replace(path)


def grown(path: Path, data: bytes) -> None:
    """The file becomes longer."""
    with path.open("ab") as file:
        file.write(data)


#: What happens to a file between its opening and its reading, and whether it then opens as it was.
MEANWHILE: dict[Callable[[Path, bytes], None], bool] = {
    deleted: True, truncated: False, emptied: False, replaced: True, grown: False,
}  # fmt: skip


@contextmanager
def happening(what: Callable[[Path, bytes], None], path: Path, data: bytes) -> Iterator[None]:
    """Let it happen once, when the file has been opened and nothing of it read."""
    looked, done = os.fstat, []

    def fstat(descriptor: int) -> os.stat_result:
        found = looked(descriptor)
        if not done:
            done.append(what)
            what(path, data)
        return found

    with mock.patch.object(reading.os, "fstat", fstat):
        yield
    assert done, "the reader never looked at what it had opened"


def cleared(path: Path) -> None:
    """Take away whatever has the name."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
