"""kill −9 at random moments of an edit session: what is lost is one change, or the last ten seconds."""

import hashlib
import random
import time
from pathlib import Path

import pytest

from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.places import recovery_folder
from rnnstudio.files.recovery import recoverable
from rnnstudio.files.study import write_study
from tests.nursery import Nursery, kill

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="children are made and watched by /proc")
#: What may be lost, and what the clocks of two processes on a busy machine may differ by.
SECONDS, GRAIN = 10.0, 0.25


@pytest.fixture
def nursery(tmp_path, monkeypatch):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))
    with Nursery("tests.ui.session") as made:
        yield made


def heard(told):
    """(kind, time, hash) of every line that the child has finished."""
    lines = [line.split() for line in told.read().splitlines()]
    return [(line[0], float(line[1]), line[2]) for line in lines if len(line) == 3 and len(line[2]) == 64]


def offered(path):
    """The hash of what the next start offers for a study, and how often it was changed."""
    found = [one for one in recoverable(recovery_folder()) if one.about.path == str(path)]
    assert len(found) <= 1
    if not found:
        return None, 0
    place, revision = found[0].place, found[0].about.revision
    again = recoverable(recovery_folder())
    assert any(one.place == place for one in again), "to be offered takes nothing away"
    return hashlib.sha256(write_study(found[0].document)).hexdigest(), revision


def test_what_was_kept_before_a_kill_is_offered_after_it(tmp_path, nursery):
    chance = random.Random(3)
    for k in range(5):
        path = tmp_path / f"{k}.rnnstudio"
        path.write_bytes(write_study(demonstration()))
        pid, told = nursery.child("edit", k, path, 20)
        with told:
            lines = []
            while sum(line.startswith("kept") for line in lines) < 2:
                lines.append(told.readline())
                assert lines[-1], "the child has ended by itself"
            time.sleep(chance.uniform(0, 0.3))
            kill(pid)
            path.touch()  # newer than the work by its date, and not by its content
            all_lines = [line.split() for line in lines] + [list(map(str, line)) for line in heard(told)]
        kept, revision = offered(path)
        known = [line[2] for line in all_lines if line[0] != "kept"]
        last = [line[2] for line in all_lines if line[0] == "kept"][-1]
        # what is offered was made, and is at least as new as what lay on the disk for certain
        assert kept in known and revision > 0
        assert len(known) - known[::-1].index(kept) >= len(known) - known[::-1].index(last)


def test_two_programs_at_once_and_untitled_work_are_told_apart(tmp_path, nursery):
    children = [nursery.child("edit", seed, "", 20) for seed in (5, 6)]
    known = [set(), set()]
    for made, (_, told) in zip(known, children, strict=True):
        while not (line := told.readline()).startswith("kept"):
            assert line, "the child has ended by itself"
            made.add(line.split()[2])
    assert recoverable(recovery_folder()) == [], "they live"
    for made, (pid, told) in zip(known, children, strict=True):
        kill(pid)
        with told:
            made |= {line[2] for line in heard(told)}
    found = recoverable(recovery_folder())
    hashes = [hashlib.sha256(write_study(one.document)).hexdigest() for one in found]
    assert all(one.about.path == "" for one in found)
    assert sorted(sum(sha in made for sha in hashes) for made in known) == [1, 1], "one of each"


@pytest.mark.heavy
def test_a_hundred_kills_lose_ten_seconds_or_one_change_at_most(tmp_path, nursery):
    """Ten sessions at a time, each killed at its own moment between one and thirty seconds."""
    chance, worst, none, lost_changes = random.Random(4), 0.0, 0, []
    for batch in range(10):
        running = []
        for k in range(10):
            path = tmp_path / f"{batch}-{k}.rnnstudio"
            path.write_bytes(write_study(demonstration()))
            pid, told = nursery.child("edit", 100 * batch + k, path)
            running.append((time.monotonic() + chance.uniform(1, 30), pid, told, path))
        for moment, pid, told, path in sorted(running, key=lambda one: one[0]):
            time.sleep(max(0.0, moment - time.monotonic()))
            killed = time.monotonic()
            kill(pid)
            with told:
                lines = [line for line in heard(told) if line[0] != "kept"]
            path.touch()
            kept, _ = offered(path)
            none += kept is None
            hashes = [sha for _, _, sha in lines]
            kept = kept or hashes[0]  # nothing is offered where all was taken back to what is saved
            at = len(hashes) - 1 - hashes[::-1].index(kept)
            lost = lines[at + 1 :]
            lost_changes.append(len(lost))
            age = killed - lost[0][1] if lost else 0.0
            worst = max(worst, age if len(lost) > 1 else 0.0)
            assert len(lost) <= 1 or age <= SECONDS + GRAIN, f"{len(lost)} changes of {age:.2f} s are lost"
    print(
        f"\n100 kills: at most {worst:.2f} s lost, {max(lost_changes)} changes at most; {none} were killed before "
        "anything was kept"
    )
