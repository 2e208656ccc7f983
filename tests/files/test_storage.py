"""A file is the old one or the whole new one, whatever fails."""

import errno
import os
import stat

import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files import storage
from rnnstudio.files.storage import write_atomic


def test_writes_and_replaces(tmp_path):
    target = tmp_path / "a.bin"
    write_atomic(target, b"old")
    target.chmod(0o640)
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_follows_a_link(tmp_path):
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("call", ["open", "fsync", "write", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_every_failing_step_leaves_the_old_file(tmp_path, monkeypatch, call, code):
    target = tmp_path / "study"
    write_atomic(target, b"old")
    survived = 0
    for nth in range(1, 6):
        calls = [0]

        def fault(real, nth=nth, calls=calls):
            def failing(*arguments, **more):
                calls[0] += 1
                if calls[0] == nth:
                    raise OSError(code, os.strerror(code))
                return real(*arguments, **more)

            return failing

        with monkeypatch.context() as patch:
            if call == "replace":
                patch.setattr(storage.Path, "replace", fault(storage.Path.replace))
            elif call == "write":
                real = os.fdopen

                def opened(descriptor, mode, real=real, fault=fault):
                    file = real(descriptor, mode, buffering=0)
                    return _Failing(file, fault)

                patch.setattr(storage.os, "fdopen", opened)
            else:
                patch.setattr(storage.os, call, fault(getattr(os, call)))
            try:
                write_atomic(target, b"new" * 1000)
            except InputError as error:
                assert str(target) in str(error)
                # the flush of the folder comes after the name was taken: then the whole new file is there
                assert target.read_bytes() in (b"old", b"new" * 1000)
                if calls[0] == 1:
                    assert target.read_bytes() == b"old"
            else:
                survived += 1
        assert [path.name for path in tmp_path.iterdir()] == ["study"]
        write_atomic(target, b"old")  # the next save works
    assert survived >= 1  # beyond the last call nothing fails


class _Failing:
    def __init__(self, file, fault):
        self.file = file
        self.write = fault(file.write)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

    def flush(self):
        self.file.flush()

    def fileno(self):
        return self.file.fileno()


def test_ctrl_c_leaves_nothing_behind(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(storage.os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "out.npz", b"half")
    assert list(tmp_path.iterdir()) == []


def test_refuses_folders_and_missing_folders(tmp_path):
    with pytest.raises(InputError, match="is not there"):
        write_atomic(tmp_path / "missing" / "a", b"")
    with pytest.raises(InputError, match="this is a folder"):
        write_atomic(tmp_path, b"")
    with pytest.raises(InputError, match="no ordinary file"):
        write_atomic("/dev/null", b"")


def test_removes_what_a_killed_save_left_long_ago(tmp_path):
    old, young = tmp_path / ".rnnstudio-1-aa.part", tmp_path / ".rnnstudio-2-bb.part"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    write_atomic(tmp_path / "a", b"")
    assert not old.exists()
    assert young.exists()
