"""What is known when the program ends by itself: a text file on this machine, and nothing is sent.

While the program runs the file is there already: a fault that ends a process leaves no time to open one. Its last 200
actions stand in lines of a fixed length that are written over and over, in memory that the system keeps when the
process is gone; the stacks are put behind them by Python's own fault handler. A clean end takes the file away. The next
start makes a report of one that is still there. (It is the one file beside the locks that `storage` does not write: it
is of use because it is never complete.)
"""

from __future__ import annotations

import contextlib
import dataclasses
import faulthandler
import mmap
import os
import platform
import secrets
import sys
import time
import traceback
from pathlib import Path

from rnnstudio.engine.limits import InputError
from rnnstudio.files.locks import LOCK, Hold, held, hold
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.storage import write_atomic

RUNNING, REPORT, SUFFIX = "running-", "report-", ".txt"
#: Bytes of the words at the top, of one action, and how many of these are kept.
HEAD, LINE, ACTIONS = 2_048, 120, 200
#: Bytes of a whole report, of the stacks of one error, and up to where stacks are put into the file at all.
LARGEST, ONE_STACK, STACKS = 256 * 1_024, 16 * 1_024, 160 * 1_024
#: Bytes of a file that a report is made of; the fault handler of a process asks nobody how much it writes.
READ = 4 * 1_024 * 1_024
#: Reports that are kept; an older one gives way.
KEPT = 10
#: A window that has not answered for so long hangs: where, is written down.
HANG_S = 5.0
_LETTERS = 24


class CrashReport:
    """The file of this process.

    Parameters
    ----------
    folder : Path
        Where reports are kept; it is made.

    Raises
    ------
    OSError
        It cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{RUNNING}{os.getpid()}-{secrets.token_hex(4)}"
        taken = hold(folder / (name + LOCK))
        if taken is None:
            raise FileExistsError(f"{folder}: a new name is taken already")
        self._hold: Hold = taken
        self.path = folder / (name + SUFFIX)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._place = os.open(self.path, flags, 0o600)
        self._behind = os.open(self.path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        self._size = HEAD + LINE * ACTIONS
        os.write(self._place, (b" " * (LINE - 1) + b"\n") * (self._size // LINE + 1))
        os.ftruncate(self._place, self._size)
        self._map = mmap.mmap(self._place, self._size)
        self._began = time.monotonic()
        self._count, self._repeated, self._last = 0, 1, ""
        self.faults = 0
        self.describe()
        faulthandler.enable(self._behind, all_threads=True)

    def describe(self, *more: str) -> None:
        """Write the words at the top: the versions of what runs, and ``more`` lines about it."""
        lines = [
            "RNN Studio ended by itself, or something in it went wrong. Nothing of this was sent anywhere.",
            f"begun {time.strftime('%Y-%m-%d %H:%M:%S %z')}, process {os.getpid()}",
            f"Python {' '.join(sys.version.split())}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            *more,
        ]
        words = "\n".join(lines).encode("utf-8", "replace")[: HEAD - 40]
        self._map[:HEAD] = (words + b"\n\nThe last actions:\n").ljust(HEAD - 1) + b"\n"

    def note(self, action: object) -> None:
        """Put an action into the list; one that comes again at once counts in the same line."""
        words = action_words(action)
        if words == self._last:
            self._repeated += 1
        else:
            self._count, self._repeated, self._last = self._count + 1, 1, words
        times = f" \u00d7 {self._repeated}" if self._repeated > 1 else ""
        line = f"{self._count:8d} {time.monotonic() - self._began:10.2f} s  {words}{times}".encode("utf-8", "replace")
        at = HEAD + LINE * ((self._count - 1) % ACTIONS)
        self._map[at : at + LINE] = line[: LINE - 1].ljust(LINE - 1) + b"\n"

    def error(self, error: BaseException) -> None:
        """Put an error that nobody has caught behind the actions."""
        self.faults += 1
        lines = traceback.format_exception(error)
        words = f"\nError {self.faults} after {time.monotonic() - self._began:.2f} s\n{''.join(lines)}"
        if self._room():
            with contextlib.suppress(OSError):
                os.write(self._behind, words.encode("utf-8", "replace")[-ONE_STACK:])

    def alive(self) -> None:
        """Called once a second: where that stops, all stacks are written down after `HANG_S`."""
        if self._room():
            faulthandler.dump_traceback_later(HANG_S, file=self._behind)
        else:
            faulthandler.cancel_dump_traceback_later()

    def _room(self) -> bool:
        return os.fstat(self._behind).st_size - self._size < STACKS

    def close(self) -> None:
        """End well: without a fault the file goes, with one the next start tells of it."""
        faulthandler.cancel_dump_traceback_later()
        faulthandler.disable()
        whole = os.fstat(self._behind).st_size == self._size
        self._map.close()
        for descriptor in (self._place, self._behind):
            os.close(descriptor)
        if whole:
            with contextlib.suppress(OSError):
                self.path.unlink()
        self._hold.release()


def action_words(action: object) -> str:
    """An action in a line: its kind, its numbers and short words; no arrays, no documents, no paths."""
    values = {
        field.name: getattr(action, field.name)
        for field in (dataclasses.fields(action) if dataclasses.is_dataclass(action) else ())
        if field.name != "dt_s"  # it differs from frame to frame
    }
    words = ", ".join(f"{name}={value!r}" for name, value in values.items() if _plain(value))
    return f"{type(action).__name__}({words})"


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LETTERS and value.isprintable() and not {"/", "\\"} & set(value)
    return isinstance(value, bool | int | float)


def new_reports(folder: Path) -> list[Path]:
    """Make a report of every file whose process has ended without taking it away; the newest last.

    Where the folder cannot be written to, what is there stays and is no report yet.
    """
    made = []
    with contextlib.suppress(OSError):
        for left in sorted(folder.glob(f"{RUNNING}*{SUFFIX}")):
            lock = left.with_suffix(LOCK)
            if held(lock):
                continue
            report = folder / f"{REPORT}{time.strftime('%Y-%m-%d-%H%M%S')}-{left.stem.removeprefix(RUNNING)}{SUFFIX}"
            with contextlib.suppress(OSError, InputError):
                if 0 < left.stat().st_size <= READ:  # of nothing, and of anything else, no report is made
                    write_atomic(report, report_words(read_bytes(left, READ)))
                    made.append(report)
                left.unlink()
                lock.unlink(missing_ok=True)
        for old in sorted(folder.glob(f"{REPORT}*{SUFFIX}"))[:-KEPT]:
            old.unlink()
    return made


def report_words(data: bytes) -> bytes:
    """The text of a report: words, actions in their order, stacks; of too many stacks the first and the last ones."""
    head, lines, stacks = data[:HEAD], data[HEAD : HEAD + LINE * ACTIONS], data[HEAD + LINE * ACTIONS :]
    actions = [lines[at : at + LINE].rstrip() for at in range(0, len(lines), LINE)]
    ordered = sorted((line for line in actions if line), key=lambda line: line[:8])  # the numbers stand at the right
    if len(stacks) > STACKS:
        stacks = stacks[: STACKS // 2] + b"\n\n...\n\n" + stacks[-STACKS // 2 :]
    if not stacks:
        stacks = b"\nNo stack: the process was ended from outside, or the machine was switched off.\n"
    words = b"\n".join([head.rstrip(), *ordered, b"", stacks.strip(), b""])
    return words.decode("utf-8", "replace").encode("utf-8")[:LARGEST]
