"""Where the program keeps its own files, by each platform's rule. Only `made_folder` makes one, for who writes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rnnstudio.engine.limits import InputError

#: The environment variable that puts all of them under one folder of one's choice.
VARIABLE = "RNNSTUDIO_HOME"
NAME = "rnnstudio"


def data_folder() -> Path:
    r"""Give the folder of what the user has made and the program keeps: own cells, recovery, reports.

    Linux: ``$XDG_DATA_HOME/rnnstudio`` (``~/.local/share/rnnstudio``); macOS: ``~/Library/Application
    Support/rnnstudio``; Windows: ``%LOCALAPPDATA%\rnnstudio``.
    """
    return _folder("data", "XDG_DATA_HOME", (".local", "share"), "LOCALAPPDATA", ("AppData", "Local"))


def config_folder() -> Path:
    r"""Give the folder of what one prefers: the list of recent files.

    Linux: ``$XDG_CONFIG_HOME/rnnstudio`` (``~/.config/rnnstudio``); macOS: as `data_folder`; Windows:
    ``%APPDATA%\rnnstudio``.
    """
    return _folder("config", "XDG_CONFIG_HOME", (".config",), "APPDATA", ("AppData", "Roaming"))


def recovery_folder() -> Path:
    """Work that has not been saved, a file for each window."""
    return data_folder() / "recovery"


def locks_folder() -> Path:
    """Which study files are open; beside the studies there is nothing to tidy up."""
    return data_folder() / "open"


def reports_folder() -> Path:
    """What is known of a crash."""
    return data_folder() / "reports"


def made_folder(folder: Path, what: str) -> Path:
    """Make a folder for what the user saves, named in the sentence by ``what``, where it is not there yet.

    Raises
    ------
    InputError
        The folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder}: this folder cannot be made ({error.strerror}); save the {what} elsewhere"
        ) from None
    return folder


def _folder(part: str, xdg: str, at_home: tuple[str, ...], windows: str, in_profile: tuple[str, ...]) -> Path:
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).absolute() / part
    if sys.platform == "win32":
        return _variable(windows, in_profile) / NAME
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / NAME
    return _variable(xdg, at_home) / NAME


def _variable(name: str, otherwise: tuple[str, ...]) -> Path:
    """The folder that a variable names; a relative one is no answer (the XDG rule), and the place at home is taken."""
    given = os.environ.get(name, "")
    return Path(given) if given and Path(given).is_absolute() else _home().joinpath(*otherwise)


def _home() -> Path:
    """The home folder; where the system knows of none, the folder that the program was started in."""
    try:
        return Path.home()
    except RuntimeError:
        return Path().absolute()
