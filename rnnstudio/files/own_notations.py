"""Notations that one has written, as files in a folder of one's own, beside those that come with the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rnnstudio.diagram.notation import Notation
from rnnstudio.diagram.notation_file import SHIPPED, parse_notation, shipped_notation
from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.files.places import data_folder
from rnnstudio.files.reading import decoded, read_bytes

SUFFIX = ".toml"
_NAME = re.compile(r"[\w -]{1,60}")


@dataclass(frozen=True)
class OwnNotation:
    """A notation file in the folder: the notation, or why it cannot be read."""

    path: Path
    notation: Notation | None
    reason: str = ""


def notations_folder() -> Path:
    """Where own notations are kept; nothing makes it."""
    return data_folder() / "notations"


def own_notations() -> tuple[OwnNotation, ...]:
    """The notation files of the folder, by their names; a broken one says why."""
    try:
        paths = sorted(path for path in notations_folder().glob(f"*{SUFFIX}") if path.is_file())
    except OSError:
        return ()
    found = []
    for path in paths:
        try:
            found.append(OwnNotation(path, notation_file(path)))
        except InputError as error:
            found.append(OwnNotation(path, None, str(error)))
    return tuple(found)


def notation_file(path: str | Path) -> Notation:
    """Read a notation file.

    Raises
    ------
    InputError
        It cannot be read, or is wrong: names the line and the key.
    """
    path = Path(path)
    return parse_notation(decoded(read_bytes(path, LIMITS.text_bytes), str(path)), path.stem, str(path))


def is_own(name: str) -> bool:
    """Whether a notation of this name lies in the folder."""
    return _NAME.fullmatch(name) is not None and (notations_folder() / f"{name}{SUFFIX}").is_file()


def notation_named(name: str) -> Notation:
    """A notation by its name, an own one by its name or path.

    Raises
    ------
    InputError
        There is none, or its file is wrong.
    """
    if name in SHIPPED:
        return shipped_notation(name)
    if name.lower().endswith(SUFFIX):
        return notation_file(name)
    if is_own(name):
        return notation_file(notations_folder() / f"{name}{SUFFIX}")
    mine = [one.path.stem for one in own_notations()]
    raise InputError(f"notation {name!r} is not known; known are {', '.join([*SHIPPED, *mine])}, and files ending in "
                     f"{SUFFIX}")  # fmt: skip
