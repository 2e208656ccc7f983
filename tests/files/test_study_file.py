"""Saves that meet: what somebody else has saved is never written over in silence."""

import itertools
import subprocess
import sys
from dataclasses import replace

import pytest

from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study_file import ChangedError, content_hash, open_study_file, save_study_file


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))


def named(name):
    return replace(demonstration(), name=name)


def test_what_was_opened_is_known_by_its_content(tmp_path):
    path = tmp_path / "a.rnnstudio"
    first = save_study_file(path, named("one"))
    document, disk = open_study_file(path)
    assert (document.name, disk) == ("one", first) == (document.name, content_hash(path))
    assert content_hash(tmp_path / "none") == ""
    assert content_hash(tmp_path) == "unreadable"


def test_a_hundred_interleaved_saves_lose_none_in_silence(tmp_path):
    path = tmp_path / "a.rnnstudio"
    disks = dict.fromkeys(("A", "B"), save_study_file(path, named("start")))
    refused, on_disk = 0, "start"
    for k, who in zip(range(100), itertools.cycle("AABABBA"), strict=False):
        name = f"{who} {k}"
        try:
            disks[who] = save_study_file(path, named(name), disks[who])
        except ChangedError as error:
            refused += 1
            assert str(error) == "a.rnnstudio was changed on the disk by somebody else since it was opened here"
            document, disks[who] = open_study_file(path)
            assert document.name == on_disk, "what the other one saved is still there"
        else:
            on_disk = name
        assert open_study_file(path)[0].name == on_disk
    assert refused > 20


def test_two_programs_that_save_at_once_lose_none_in_silence(tmp_path):
    """Every save that was said to be done is the base of the next one: the chain of versions has no fork."""
    path = tmp_path / "a.rnnstudio"
    save_study_file(path, named("start"))
    code = """
import sys
from dataclasses import replace
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study_file import ChangedError, open_study_file, save_study_file
path, who = sys.argv[1:]
done = 0
while done < 25:
    document, disk = open_study_file(path)
    try:
        save_study_file(path, replace(demonstration(), name=document.name[-9000:] + f"/{who}{done}"), disk)
    except ChangedError:
        continue
    done += 1
"""
    both = [subprocess.Popen([sys.executable, "-c", code, str(path), who]) for who in "AB"]
    assert [process.wait(120) for process in both] == [0, 0]
    parts = open_study_file(path)[0].name.split("/")[1:]
    assert sorted(parts) == sorted(f"{who}{k}" for who in "AB" for k in range(25))


def test_a_file_that_is_gone_or_already_so_is_simply_written(tmp_path):
    path = tmp_path / "a.rnnstudio"
    disk = save_study_file(path, named("one"))
    path.unlink()
    assert save_study_file(path, named("one"), disk) == disk
    newer = save_study_file(path, named("two"))
    assert save_study_file(path, named("two"), disk) == newer, "nothing of it would be lost"
