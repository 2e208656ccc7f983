"""A file is the old one or the whole new one, whatever fails."""

import errno
import os
import stat

import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files import storage
from rnnstudio.files.storage import UnflushedError, write_atomic
from tests.files.faults import CODES, failing


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


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_every_failing_call_leaves_the_old_file_or_the_whole_new_one(tmp_path, monkeypatch, code):
    target, old, new = tmp_path / "study", b"old", b"new" * 1000
    write_atomic(target, old)
    met, nth = [], 0
    while True:
        nth += 1
        with failing(monkeypatch, nth, code) as counter:
            try:
                write_atomic(target, new)
            except UnflushedError as error:
                assert "does not confirm" in str(error) and target.read_bytes() == new
            except InputError as error:
                assert str(error).startswith(f"{target}: cannot be written: ")
                assert target.read_bytes() == old
            else:
                assert target.read_bytes() == new
        assert [path.name for path in tmp_path.iterdir()] == ["study"], "nothing of it stays"
        if not counter.failed:
            break
        met.append(counter.failed)
        write_atomic(target, old)  # the next save works
    for call in ("open", "fdopen", "file.write", "file.flush", "fsync", "file.close", "path.replace", "file.read"):
        assert call in met, f"{call} was never failed"
    assert met.count("fsync") == 2 and len(met) >= 14


def test_what_reads_back_otherwise_is_no_save(tmp_path, monkeypatch):
    write_atomic(tmp_path / "a", b"old")
    with monkeypatch.context() as patch:
        patch.setattr(storage, "_write_through", lambda path, data, mode: path.write_bytes(data[:-1] + b"?"))
        with pytest.raises(InputError, match="reads back as something else"):
            write_atomic(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


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
