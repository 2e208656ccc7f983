"""The only place that writes files: a file is the old one, or the whole new one, never a part."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from pathlib import Path

from rnnstudio.engine.limits import InputError

_PREFIX, _SUFFIX = ".rnnstudio-", ".part"
#: A temporary file older than this belongs to no save that is still running.
_ABANDONED_S = 3600.0


def write_atomic(path: str | Path, data: bytes) -> None:
    """Write a file so that it is complete or absent at every moment.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and take the name in one move; then
    the folder is flushed. A link is followed, the permissions of a file that is replaced are kept.

    Parameters
    ----------
    path : str or Path
        Where; its folder has to be there.
    data : bytes
        All of the file.

    Raises
    ------
    InputError
        The folder is missing, or the system refuses a step; the file that was there is then as it was, unless only
        the last flush of the folder failed.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_to_keep(path, target)
        _sweep(target.parent)
        temporary = target.parent / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(6)}{_SUFFIX}"
        try:
            _write_through(temporary, data, mode)
            temporary.replace(target)
        except BaseException:  # Ctrl-C, too, leaves nothing behind
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {_reason(error, target)}") from error


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
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what a save that was killed has left in the folder."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_S:
                left.unlink()


def _reason(error: OSError, target: Path) -> str:
    if isinstance(error, PermissionError):
        return f"{target.parent} does not allow it; choose a folder of your own"
    reason = error.strerror or str(error)
    return f"{reason.lower()}; choose another folder"
