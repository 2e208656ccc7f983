"""A disk that fails at the n-th call of anything that a save asks of it."""

import errno
import os
from contextlib import contextmanager
from pathlib import Path

from rnnstudio.files import storage

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
CALLS = ("open", "fdopen", "fsync", "close", "fstat")
FILE_CALLS = ("write", "flush", "close", "read")
PATH_CALLS = ("replace", "chmod", "open", "stat")


class Counter:
    """Counts calls, and fails one of them."""

    def __init__(self, nth, code):
        self.nth, self.code, self.count, self.failed = nth, code, 0, ""

    def wrapped(self, name, real):
        def call(*arguments, **more):
            self.count += 1
            if self.count == self.nth:
                self.failed = name
                if name.endswith("close"):
                    real(*arguments, **more)  # it says that it failed, and is closed all the same
                raise OSError(self.code, os.strerror(self.code))
            return real(*arguments, **more)

        return call


class FaultyFile:
    """A file whose calls are counted."""

    def __init__(self, file, counter):
        self._file = file
        for name in FILE_CALLS:
            setattr(self, name, counter.wrapped(f"file.{name}", getattr(file, name)))

    def fileno(self):
        return self._file.fileno()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if error[0] is None:
            self.close()
        else:
            self._file.close()


class FaultySystem:
    """The module `os` as the writer sees it."""

    def __init__(self, counter):
        for name in CALLS:
            setattr(self, name, counter.wrapped(name, getattr(os, name)))
        opened = self.fdopen
        self.fdopen = lambda descriptor, mode: FaultyFile(opened(descriptor, mode, buffering=0), counter)

    def __getattr__(self, name):
        return getattr(os, name)


def faulty_path(counter):
    """The class `Path` as the writer sees it."""
    kind = type(Path())

    def method(name):
        def call(self, *arguments, **more):
            result = counter.wrapped(f"path.{name}", getattr(kind, name))(self, *arguments, **more)
            return FaultyFile(result, counter) if name == "open" else result

        return call

    return type("FaultyPath", (kind,), {name: method(name) for name in PATH_CALLS})


@contextmanager
def failing(monkeypatch, nth, code):
    """The n-th call of the writer fails with this; yields the counter."""
    counter = Counter(nth, code)
    with monkeypatch.context() as patch:
        patch.setattr(storage, "os", FaultySystem(counter))
        patch.setattr(storage, "Path", faulty_path(counter))
        yield counter
