"""A study as a file on the disk: what was opened is known by its content, so that nobody's save is written over."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from rnnstudio.engine.limits import InputError
from rnnstudio.files.locks import hold, lock_path
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.storage import UnflushedError, write_atomic
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.model import Document

#: A save is over in less; whoever waits longer for another one's end says so.
PATIENCE_S = 5.0


class ChangedError(InputError):
    """The file on the disk is no longer the one that was opened: somebody else has saved it since."""


def content_hash(path: str | Path) -> str:
    """SHA-256 of a file's content; empty where there is no such file, a word where there is one that cannot be read."""
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except InputError:
        return "unreadable" if os.path.lexists(path) else ""


def open_study_file(path: str | Path) -> tuple[Document, str]:
    """The document of a study file, and the SHA-256 of the file that it was read from.

    Raises
    ------
    InputError
        It cannot be read, or is no study.
    """
    data = read_bytes(path)
    return read_study(data, str(path)), hashlib.sha256(data).hexdigest()


def save_study_file(path: str | Path, document: Document, disk: str = "") -> str:
    """Write a study, read it back, and return the SHA-256 of what is on the disk now.

    Parameters
    ----------
    path : str or Path
        Where.
    document : Document
        What.
    disk : str
        SHA-256 that the file had when it was opened or last saved; empty: whatever is there may be written over.

    Raises
    ------
    ChangedError
        The file is another one by now; nothing was written.
    InputError
        It cannot be written, or what is on the disk afterwards is not what was written.
    """
    data = write_study(document)
    written = hashlib.sha256(data).hexdigest()
    with _alone(path):
        # a file that is gone has nothing to lose
        if disk and content_hash(path) not in ("", disk, written):
            raise ChangedError(f"{Path(path).name} was changed on the disk by somebody else since it was opened here")
        try:
            write_atomic(path, data)
        except UnflushedError as error:
            error.written = written
            raise
        if content_hash(path) != written:
            raise InputError(f"{path}: reads back as something else than was written; save it elsewhere")
    return written


@contextlib.contextmanager
def _alone(path: str | Path) -> Iterator[None]:
    """Between looking at what is there and putting something else in its place, no other save may come.

    Where there are no locks (a read-only home, a file system without them) it is not waited for.
    """
    place = lock_path(path).with_suffix(".saving")
    until = time.monotonic() + PATIENCE_S
    try:
        taken = hold(place)
        while taken is None and time.monotonic() < until:
            taken = hold(place)
    except OSError:
        yield
        return
    if taken is None:
        raise InputError(f"{path}: somebody else is saving it just now; save again in a moment")
    try:
        yield
    finally:
        taken.release()
