"""The only place that writes files: a file is the old one, or the whole new one, never a part."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import secrets
import stat
import time
from functools import cache
from pathlib import Path

from rnnstudio.engine.limits import InputError

_PREFIX, _SUFFIX = ".rnnstudio-", ".part"
#: A temporary file older than this belongs to no save that is still running.
_ABANDONED_S = 3600.0
#: What a file system answers that has no way to flush a folder.
_NO_FLUSH = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF, errno.EACCES, errno.EPERM)
_CHUNK = 1 << 20


class UnflushedError(InputError):
    """The whole new file has its name, and the system could not confirm that a failing power leaves it that.

    ``written`` is the SHA-256 of what is there, where the writer says it.
    """

    written: str = ""


def write_atomic(path: str | Path, data: bytes) -> None:
    """Write a file so that it is complete or absent at every moment.

    The bytes go to a temporary file in the same folder, are flushed to the disk, read back and compared, and take the
    name in one move; then the folder is flushed. A link is followed, the permissions of a file that is replaced are
    kept.

    Parameters
    ----------
    path : str or Path
        Where; its folder has to be there.
    data : bytes
        All of the file.

    Raises
    ------
    InputError
        The folder is missing, the system refuses a step, or what was written reads back as something else; the file
        that was there is then as it was.
    UnflushedError
        Only the last flush of the folder failed: the new file is there.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_to_keep(path, target)
        sweep(target.parent)
        temporary = target.parent / f"{_PREFIX}{_host()}-{os.getpid()}-{secrets.token_hex(6)}{_SUFFIX}"
        try:
            _write_through(temporary, data, mode)
            if not holds(temporary, data):
                raise OSError(errno.EIO, "what was written reads back as something else")
            temporary.replace(target)
        except BaseException:  # Ctrl-C, too, leaves nothing behind
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {_reason(error, target)}") from error
    try:
        _flush_folder(target.parent)
    except OSError as error:
        raise UnflushedError(
            f"{path}: is written, but the system does not confirm that it is on the disk "
            f"({(error.strerror or str(error)).lower()}); save again, or elsewhere"
        ) from error


def check_writable(path: str | Path) -> None:
    """Refuse, before long work, a place where its result could not be written.

    Raises
    ------
    InputError
        The folder is missing, or something that is no file has the name.
    """
    try:
        _mode_to_keep(path, Path(os.path.realpath(path)))
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: cannot be written: {error}; another name is wanted") from None


def _mode_to_keep(path: str | Path, target: Path) -> int | None:
    """Permissions of the file that is replaced; None where there is none yet."""
    if not target.parent.is_dir():
        raise InputError(f"{path}: the folder {target.parent} is not there; make it first, or write elsewhere")
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
        raise InputError(f"{path}: this is {what}; the name of a file is wanted")
    return stat.S_IMODE(found.st_mode)


def _write_through(temporary: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if mode is not None:
            temporary.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FLUSH:
            raise


def sweep(folder: Path) -> None:
    """Remove what saves that were killed have left in the folder; those that are under way stay.

    The name says which process of which computer began the save. Where that is not to be asked for, it counts as
    killed after an hour.
    """
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if _killed(left):
                    left.unlink()


def _killed(left: Path) -> bool:
    host, _, rest = left.name.removeprefix(_PREFIX).partition("-")
    pid = rest.partition("-")[0]
    if os.name == "posix" and host == _host() and pid.isdecimal() and not _lives(int(pid)):
        return True
    return abs(time.time() - left.stat().st_mtime) > _ABANDONED_S


@cache
def _host() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def holds(path: Path, data: bytes) -> bool:
    """Whether a file holds exactly these bytes."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != len(data):
            return False
        view, at = memoryview(data), 0
        while part := file.read(_CHUNK):
            if view[at : at + len(part)] != part:
                return False
            at += len(part)
    return at == len(data)


def _reason(error: OSError, target: Path) -> str:
    if isinstance(error, PermissionError):
        return f"{target.parent} does not allow it; choose a folder of your own"
    reason = error.strerror or str(error)
    return f"{reason.lower()}; choose another folder"
