"""The progress of long work, told on a terminal."""

from __future__ import annotations

import sys
from typing import TextIO


class Progress:
    """How far long work has got, on standard error where that is a terminal.

    Parameters
    ----------
    what : str
        A word for the work.
    stream : text stream, optional
        By default standard error.
    """

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self.what = what
        self.stream = sys.stderr if stream is None else stream
        self.shown = -1

    def __call__(self, done: int, of: int) -> None:
        """Tell that `done` of `of` parts are done."""
        percent = 100 * done // max(1, of)
        if percent != self.shown and self.stream.isatty():
            self.shown = percent
            self.stream.write(f"\r{self.what} {percent} %")
            self.stream.flush()

    def close(self) -> None:
        """Clear the line."""
        if self.shown >= 0:
            self.stream.write("\r\033[K")
            self.stream.flush()
