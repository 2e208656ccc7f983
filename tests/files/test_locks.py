"""The second one to open a file is told, and a dead owner holds nothing."""

import os
import signal
import subprocess
import sys

import pytest

from rnnstudio.files import locks
from rnnstudio.files.locks import OpenFile, held, hold, lock_path


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))


def other_process(path):
    """A process that has the file open until its input ends."""
    code = (
        "import sys; from rnnstudio.files.locks import OpenFile\n"
        "f = OpenFile(); print(repr(f.take(sys.argv[1])), flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == "''"
    return process


def test_the_second_window_of_a_program_is_told(tmp_path):
    first, second = OpenFile(), OpenFile()
    assert first.take(str(tmp_path / "a.rnnstudio")) == ""
    assert second.take(str(tmp_path / "a.rnnstudio")) == "a.rnnstudio is open in another window"
    assert first.take(str(tmp_path / "a.rnnstudio")) == "", "it has it already"
    first.release()
    assert second.take(str(tmp_path / "a.rnnstudio")) == ""
    second.release()
    assert not list(locks.locks_folder().iterdir()), "nothing stays"


def test_another_program_is_told_and_a_killed_one_holds_nothing(tmp_path):
    path = tmp_path / "a.rnnstudio"
    process = other_process(path)
    mine = OpenFile()
    assert mine.take(str(path)) == f"a.rnnstudio is open in another window (process {process.pid})"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close(), process.stdout.close()
    assert lock_path(path).exists(), "the dead one could not tidy up"
    assert mine.take(str(path)) == ""
    mine.release()


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_two_names_of_one_file_are_one(tmp_path):
    real, link = tmp_path / "real.rnnstudio", tmp_path / "link.rnnstudio"
    real.write_bytes(b"")
    link.symlink_to(real)
    first, second = OpenFile(), OpenFile()
    assert first.take(str(real)) == ""
    assert "is open" in second.take(str(link))
    first.release()


def test_a_lock_is_free_again_in_every_order(tmp_path):
    place = tmp_path / "x.lock"
    for _ in range(20):
        taken = hold(place)
        assert taken is not None and held(place) and hold(place) is None
        taken.release()
        taken.release()
        assert not held(place) and not place.exists()


def test_a_damaged_lock_file_names_nobody(tmp_path):
    place = tmp_path / "x.lock"
    for damage in (b"", b"\xff\xfe", b"[]", b'{"pid": "a"}', b"{" * 5000):
        place.write_bytes(damage)
        assert locks.owner_words(place) == "in another window"


def test_another_computer_is_named(tmp_path):
    place = tmp_path / "x.lock"
    place.write_text('{"pid": 3, "host": "lab-12"}')
    assert locks.owner_words(place) == "on the computer lab-12"


def test_without_a_folder_of_our_own_nothing_is_held_and_nothing_fails(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "file"))
    assert OpenFile().take(str(tmp_path / "a.rnnstudio")) == ""
