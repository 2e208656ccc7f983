"""Reading a file in whole: bounded, ordinary files only, with one sentence where it does not work."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from rnnstudio.engine.limits import LIMITS, InputError, check_file_bytes

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def read_bytes(path: str | Path, limit: int = LIMITS.file_bytes) -> bytes:
    """All bytes of an ordinary file that is not empty and not larger than `limit`.

    Raises
    ------
    InputError
        The file is missing, empty, too large, not to be read, or no ordinary file (a folder, a pipe, a device).
    """
    try:
        # without O_NONBLOCK a pipe would wait for a writer for ever
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; the name of a file in it is wanted") from None
    except PermissionError:
        what = "a folder; the name of a file in it is wanted" if Path(path).is_dir() else "not allowed to be read"
        raise InputError(f"{path}: this is {what}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be opened: {reason.lower()}") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or a device"
            raise InputError(f"{path}: this is {what}; an ordinary file is wanted")
        check_file_bytes(found.st_size, str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    finally:
        os.close(descriptor)
    check_file_bytes(len(data), str(path))
    if len(data) > limit:
        raise InputError(f"{path}: {len(data):,} bytes are too many for a file of this kind; {limit:,} fit")
    if not data:
        raise InputError(f"{path}: the file is empty; one with something in it is wanted")
    return data


def decoded(data: bytes, where: str) -> str:
    """Text of UTF-8 bytes, without byte order mark, every line ended by a line feed.

    Raises
    ------
    InputError
        Another encoding, or bytes that no text has; the sentence names the line of the first one.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{where}, line {line}: the byte 0x{data[error.start]:02x} is not UTF-8; save the file as text in UTF-8"
        ) from None
    text = text.removesuffix("\x1a")  # the end-of-file sign of old systems, found in many a digitised novel
    found = _NO_TEXT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(f"{where}, line {line}: the sign 0x{ord(found[0]):02x} is in no text; a text file is wanted")
    return text.replace("\r\n", "\n").replace("\r", "\n")
