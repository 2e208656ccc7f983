"""Keeps the screen on while one presents. Qt has nothing for it, so that each system is asked in its own way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from rnnstudio.sentence import sentence

#: Windows: until further notice; the system; the display.
_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002
_WHO = ("--who=RNN Studio", "--why=A lecture is being given")
NOTE = sentence("The screen saver cannot be held off here; switch it off for the lecture.")


class Helper(Protocol):
    """A program that holds the screen saver off as long as it runs."""

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""
        ...

    def terminate(self) -> None:
        """End it."""
        ...


Launcher = Callable[[Sequence[str]], Helper]


def launched(command: Sequence[str]) -> Helper:
    """Start a program that ends with this one: its standard input is a pipe that closes then.

    Raises
    ------
    OSError
        It cannot be started.
    """
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)


def helper_command(
    platform: str, surroundings: Mapping[str, str], has: Callable[[str], str | None], window_id: int
) -> tuple[list[str], list[str]]:
    """The program that holds the screen saver off, and the one that lets it come again ([] where ending it does).

    Parameters
    ----------
    platform : str
        As `sys.platform` has it.
    surroundings : mapping
        Environment variables.
    has : callable
        Where a program is; None where it is not.
    window_id : int
        Of the window on X11.
    """
    if platform == "darwin":
        return ["caffeinate", "-d", "-w", str(os.getpid())], []
    if platform == "win32":
        return [], []
    if "GNOME" in surroundings.get("XDG_CURRENT_DESKTOP", "") and has("gnome-session-inhibit"):
        return ["gnome-session-inhibit", "--inhibit", "idle", "cat"], []
    on_x11 = surroundings.get("DISPLAY") and not surroundings.get("WAYLAND_DISPLAY")
    if on_x11 and has("xdg-screensaver"):
        return ["xdg-screensaver", "suspend", hex(window_id)], ["xdg-screensaver", "resume", hex(window_id)]
    if has("systemd-inhibit"):
        return ["systemd-inhibit", "--what=idle", *_WHO, "cat"], []
    return [], []


class Awake:
    """Holds the screen saver off between `start` and `stop`; what fails is no more than a `note`.

    Parameters
    ----------
    launch : callable, optional
        Starts a program; tests put in their own.
    platform : str, optional
        As `sys.platform` has it.
    surroundings : mapping, optional
        Environment variables.
    has : callable, optional
        Where a program is.
    """

    def __init__(
        self, launch: Launcher = launched, platform: str = sys.platform,
        surroundings: Mapping[str, str] = os.environ, has: Callable[[str], str | None] = shutil.which,
    ) -> None:  # fmt: skip
        self._launch, self._platform, self._surroundings, self._has = launch, platform, surroundings, has
        self._helper: Helper | None = None
        self._again: list[str] = []
        self._ended: Helper | None = None  # kept until the next one: it may take a while to end
        self._on = False
        self.note = ""

    @property
    def on(self) -> bool:
        """Whether it is being held off, or was tried to be."""
        return self._on

    def start(self, window_id: int = 0) -> None:
        """Hold it off."""
        if self._on:
            return
        self._on, self.note = True, ""
        if self._platform == "win32":
            self._tell_windows(_CONTINUOUS | _SYSTEM | _DISPLAY)
            return
        command, self._again = helper_command(self._platform, self._surroundings, self._has, window_id)
        try:
            self._helper = self._launch(command) if command else None
        except OSError:
            self._helper = None
        if self._helper is None:
            self.note = NOTE

    def look(self) -> None:
        """See whether the program that holds it off has failed."""
        helper = self._helper
        if helper is not None and helper.poll() not in (None, 0):
            self._helper, self.note = None, NOTE

    def stop(self) -> None:
        """Let it come again."""
        if not self._on:
            return
        self._on, self.note = False, ""
        helper, self._helper = self._helper, None
        if self._platform == "win32":
            self._tell_windows(_CONTINUOUS)
        elif helper is not None and self._again:
            with suppress(OSError):
                self._ended = self._launch(self._again)
        elif helper is not None and helper.poll() is None:
            helper.terminate()
            self._ended = helper

    def _tell_windows(self, wanted: int) -> None:
        import ctypes

        try:
            kept = ctypes.windll.kernel32.SetThreadExecutionState(wanted)  # type: ignore[attr-defined, unused-ignore]
        except (AttributeError, OSError):
            kept = 0
        if not kept and self._on:
            self.note = NOTE
