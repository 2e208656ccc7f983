"""kill −9 during a save: the file is the whole old one or the whole new one, and nothing stays of the save."""

import os
import random
import time
from pathlib import Path

import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files.locks import hold
from rnnstudio.files.storage import sweep
from rnnstudio.files.study import read_study, write_study
from rnnstudio.files.study_file import save_study_file
from tests.files.saver import NAMES, study
from tests.nursery import Nursery, kill

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="children are made and watched by /proc")


def kills(tmp_path, count, writer, seed=1):
    """Kill so many saves at random moments; how many files were damaged, and how many leftovers there were."""
    chance, path = random.Random(seed), tmp_path / "a" / "study.rnnstudio"
    path.parent.mkdir()
    path.write_bytes(write_study(study(NAMES[0])))
    whole = {write_study(study(name)) for name in NAMES}
    damaged = left = 0
    with Nursery("tests.files.saver", {"RNNSTUDIO_HOME": str(tmp_path / "home")}) as nursery:
        for _ in range(count):
            pid, told = nursery.child("save", path, writer)
            with told:
                assert told.readline() == "saving\n"
                time.sleep(chance.uniform(0.002, 0.05))
                kill(pid)
            if path.read_bytes() not in whole:
                damaged += 1
                path.write_bytes(write_study(study(NAMES[0])))
            left += len(list(path.parent.iterdir())) - 1
            sweep(path.parent)  # as the next start does
            assert [other.name for other in path.parent.iterdir()] == ["study.rnnstudio"], "nothing stays"
    assert read_study(path).name in NAMES
    return damaged, left


def test_twenty_kills_during_saves_damage_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))
    damaged, _ = kills(tmp_path, 20, "atomic")
    assert damaged == 0
    disk = save_study_file(tmp_path / "a" / "study.rnnstudio", study("old"))
    assert disk, "and the locks of the dead hold nothing up"


def test_the_same_kills_find_a_writer_that_is_not_atomic(tmp_path):
    damaged, _ = kills(tmp_path, 12, "naive")
    assert damaged >= 1


@pytest.mark.heavy
def test_two_hundred_kills_during_saves_damage_nothing(tmp_path):
    damaged, left = kills(tmp_path, 200, "atomic", seed=2)
    print(f"\n200 kills: {damaged} damaged, {left} leftovers, all of them cleaned up")
    assert damaged == 0
    assert left > 20, "the kills have met saves"


def test_a_save_that_is_under_way_elsewhere_is_not_swept(tmp_path):
    """The number of a living process stands in the name: its file stays."""
    from rnnstudio.files import storage

    mine = tmp_path / f".rnnstudio-{storage._host()}-{os.getpid()}-aa.part"
    mine.write_bytes(b"half")
    sweep(tmp_path)
    assert mine.exists()
    dead = tmp_path / f".rnnstudio-{storage._host()}-{2**22 - 3}-aa.part"
    other = tmp_path / f".rnnstudio-00000000-{2**22 - 3}-aa.part"
    for left in (dead, other):
        left.write_bytes(b"half")
    sweep(tmp_path)
    assert not dead.exists() and other.exists(), "another computer's may be alive"
    os.utime(other, (0, 0))
    sweep(tmp_path)
    assert not other.exists()


def test_a_save_waits_for_another_one_but_not_for_ever(tmp_path, monkeypatch):
    from rnnstudio.files import study_file

    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(study_file, "PATIENCE_S", 0.0)
    path = tmp_path / "a.rnnstudio"
    other = hold(study_file.lock_path(path).with_suffix(".saving"))
    with pytest.raises(InputError, match="somebody else is saving it just now"):
        save_study_file(path, study("old"))
    assert not path.exists()
    other.release()
    save_study_file(path, study("old"))
    assert read_study(path).name == "old"
