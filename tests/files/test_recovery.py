"""Recovery files are treated as strange ones: whatever is in them, a start succeeds."""

import random

import pytest

from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.recovery import SUFFIX, About, recoverable, recovery_bytes
from rnnstudio.files.study import read_study, write_study


def damaged(chance, whole):
    """One of the ways in which a file goes wrong."""
    at, length = chance.randrange(len(whole)), chance.randrange(1, 40)
    kind = chance.randrange(5)
    if kind == 0:
        return whole[:at]
    if kind == 1:
        flipped = bytearray(whole)
        for _ in range(chance.randrange(1, 9)):
            flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if kind == 2:
        return whole[:at] + bytes(chance.randrange(256) for _ in range(length)) + whole[at:]
    if kind == 3:
        return whole[:at] + whole[at + length :]
    return whole[:at] + whole[at : at + 500] + whole[at:]


def starts(folder, count, seed):
    """So many starts with a damaged file beside a whole one; how many of the damaged were offered all the same."""
    chance, offered = random.Random(seed), 0
    whole = recovery_bytes(write_study(demonstration()), About(clean="x", change="Add the bias", revision=3))
    good = folder / f"good{SUFFIX}"
    good.write_bytes(whole)
    for k in range(count):
        place = folder / f"{k}{SUFFIX}"
        data = damaged(chance, whole)
        place.write_bytes(data)
        found = recoverable(folder)
        assert good in [one.place for one in found], "the whole one is offered beside it"
        mine = [one for one in found if one.place == place]
        if mine:
            offered += 1
            assert read_study(write_study(mine[0].document)).name == mine[0].document.name
        else:
            assert not place.exists()
            assert place.with_suffix(".bad").read_bytes() == data, "it is kept to be looked at"
            place.with_suffix(".bad").unlink()
        place.unlink(missing_ok=True)
    return offered


def test_a_start_succeeds_whatever_is_in_the_recovery_folder(tmp_path):
    assert starts(tmp_path, 60, seed=1) <= 30


@pytest.mark.heavy
def test_a_thousand_damaged_files_stop_no_start(tmp_path):
    print(f"\n1000 damaged recovery files: {starts(tmp_path, 1000, seed=2)} were whole in what counts")
