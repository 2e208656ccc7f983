"""Who has a file open: a small file that its owner holds locked, so that the lock of a dead owner is none.

The system gives such a lock free when its process ends, however it ends. A number of a process alone would not do: the
system gives the same number to another process later on. Number and computer stand in the file for the sentence.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import platform
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rnnstudio.engine.limits import InputError
from rnnstudio.files.jsontext import strict_json
from rnnstudio.files.places import locks_folder

#: What the system answers when another one holds the lock.
_HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
#: Somebody may only be looking: a lock is tried so often, with such a wait, before it counts as held.
_TRIES, _WAIT_S = 4, 0.01
_OWNER_BYTES = 4_096
#: The ending of a lock's file.
LOCK = ".lock"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # far behind the text, which others have to be able to read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass
class Hold:
    """A lock that is held until `release`, or until the process ends."""

    path: Path
    descriptor: int

    def release(self) -> None:
        """Give it free, and take its file away."""
        if self.descriptor < 0:
            return
        if os.name == "posix":  # while it is held nobody else can have a file of this name
            _remove(self.path)
        os.close(self.descriptor)
        self.descriptor = -1
        if os.name != "posix":
            _remove(self.path)


def hold(path: Path) -> Hold | None:
    """Take a lock; None while somebody else has it, in this process or another one.

    Raises
    ------
    OSError
        The file cannot be made, or its file system has no locks.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(_TRIES):
        descriptor = _locked(path, os.O_RDWR | os.O_CREAT)
        if descriptor is not None:
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, json.dumps({"pid": os.getpid(), "host": platform.node()}).encode())
            return Hold(path, descriptor)
        if attempt + 1 < _TRIES:
            time.sleep(_WAIT_S)
    return None


def held(path: Path) -> bool:
    """Whether a living owner has the lock; what a dead one has left is not."""
    try:
        descriptor = _locked(path, os.O_RDWR)
    except OSError:
        return False
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


def _locked(path: Path, flags: int) -> int | None:
    """The descriptor of the locked file; None where somebody holds it."""
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        _lock(descriptor)
        # its last owner may have taken the file away between opening and locking: then this is a lock on nothing
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in _HELD:
            os.close(descriptor)
            raise
    os.close(descriptor)
    return None


def owner_words(path: Path) -> str:
    """Who has a lock, for a sentence."""
    try:
        with path.open("rb") as file:
            found = strict_json(file.read(_OWNER_BYTES), str(path))
        pid, host = int(found["pid"]), str(found["host"])
    except (OSError, InputError, TypeError, KeyError, ValueError):
        return "in another window"
    if host != platform.node():
        return f"on the computer {host[:60]}"
    return "in another window" if pid == os.getpid() else f"in another window (process {pid})"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def lock_path(path: str | Path) -> Path:
    """Where the lock of a study file lies: in the program's own folder, under a name made of the file's real path."""
    real = os.path.normcase(os.path.realpath(path))
    return locks_folder() / f"{hashlib.sha256(os.fsencode(real)).hexdigest()[:40]}{LOCK}"


class OpenFile:
    """The study file that a window has open: whoever opens it as the second one is told."""

    def __init__(self) -> None:
        self._hold: Hold | None = None

    def take(self, path: str) -> str:
        """Have this file open from now on, and no other ("": none); returns "" or who has it open already."""
        wanted = lock_path(path) if path else None
        if self._hold is not None and self._hold.path == wanted:
            return ""
        taken = None
        if wanted is not None:
            try:
                taken = hold(wanted)
            except OSError:  # no folder of our own, or no locks there: what is on the disk is checked before each save
                self.release()
                return ""
            if taken is None:
                return f"{Path(path).name} is open {owner_words(wanted)}"
        self.release()
        self._hold = taken
        return ""

    def release(self) -> None:
        """Have no file open."""
        if self._hold is not None:
            self._hold.release()
            self._hold = None
