"""The files that were opened or saved last."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from rnnstudio.engine.limits import InputError
from rnnstudio.files.jsontext import strict_json
from rnnstudio.files.places import config_folder
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.storage import write_atomic
from rnnstudio.state.model import RecentFile

#: How many are kept, and how long a list of them can be.
KEPT, _BYTES = 10, 256 * 1_024
#: Letters of a name and of a folder that fit a row of a menu.
_NAME, _FOLDER = 48, 44


def recent_files() -> tuple[RecentFile, ...]:
    """The list, the last one first."""
    return tuple(RecentFile(path, _trouble(path)) for path in _paths())


def remember(path: str | Path) -> tuple[RecentFile, ...]:
    """Put a file on top of the list; returns the list."""
    wanted = os.path.realpath(path)
    paths = [wanted, *(other for other in _paths() if os.path.normcase(other) != os.path.normcase(wanted))]
    _write(paths[:KEPT])
    return recent_files()


def forget_all() -> tuple[RecentFile, ...]:
    """Empty the list."""
    _write([])
    return recent_files()


def shown_path(path: str) -> str:
    """A path as it is read at a glance: the name, and the end of the folder; nothing in it turns the line around."""
    name, folder = Path(path).name, str(Path(path).parent)
    home = os.path.expanduser("~")  # noqa: PTH111 - never raises
    if folder == home or folder.startswith(home + os.sep):
        folder = "~" + folder[len(home) :]
    words = f"{_cut(name, _NAME)}  \N{EM DASH}  {_cut(folder, _FOLDER)}"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words)


def _cut(words: str, letters: int) -> str:
    return words if len(words) <= letters else "…" + words[1 - letters :]


def _trouble(path: str) -> str:
    if os.path.isfile(path):  # noqa: PTH113 - never raises, whatever the path
        return ""
    folder = os.path.dirname(path)  # noqa: PTH120
    return "not there any more" if os.path.isdir(folder) else "its folder is not there"  # noqa: PTH112


def _place() -> Path:
    return config_folder() / "recent.json"


def _paths() -> list[str]:
    """The paths as they were written; a damaged list is put aside and is empty."""
    place = _place()
    if not place.exists():
        return []
    try:
        found = strict_json(read_bytes(place, _BYTES), str(place))
        if not isinstance(found, list) or not all(isinstance(path, str) and "\0" not in path for path in found):
            raise InputError(f"{place}: a list of paths is wanted")
    except InputError:
        with contextlib.suppress(OSError):
            place.replace(place.with_suffix(".json.bad"))
        return []
    return found[:KEPT]


def _write(paths: list[str]) -> None:
    """Where the folder cannot be written to, the list stays as it was."""
    place = _place()
    with contextlib.suppress(InputError, OSError, UnicodeError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(place, json.dumps(paths, ensure_ascii=False, indent=1).encode("utf-8"))
