"""Recovery files and the list of recent files, broken: a start says nothing and keeps the broken file."""

from random import Random

import pytest

from rnnstudio.files import recent
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.places import VARIABLE
from rnnstudio.files.recovery import BAD, SUFFIX, About, recoverable, recovery_bytes
from rnnstudio.files.study import write_study
from tests.files.bad import bytewise, forms, numbers

WAYS = (
    bytewise.empty, bytewise.one_byte, bytewise.cut_short, bytewise.flipped, bytewise.shifted, numbers.zip_field,
    numbers.zip_more, numbers.zip_offsets, numbers.zip_many, forms.zip_names, forms.nested, forms.other_form,
)  # fmt: skip


def broken_work(tmp_path, seed, count):
    """Break a recovery file so often; the result is how often its work was offered all the same."""
    study = write_study(demonstration())
    data = recovery_bytes(study, About(path="/nowhere/own.rnnstudio", clean="0" * 64, revision=3, change="Set x"))
    pick, offered = Random(seed), 0
    for n in range(count):
        folder = tmp_path / f"{seed}-{n}"
        folder.mkdir()
        place = folder / f"1-dead{SUFFIX}"
        changed, refused = pick.choice(WAYS)(data, pick)
        place.write_bytes(changed)
        found = recoverable(folder)
        if found:
            assert not refused, f"seed {seed}, number {n}"
            assert write_study(found[0].document) == study
            assert place.read_bytes() == changed
            offered += 1
        else:
            assert [path.name for path in folder.iterdir()] == [f"1-dead{BAD}"], f"seed {seed}, number {n}"
            assert (folder / f"1-dead{BAD}").read_bytes() == changed, "the broken file is kept as it is"
    return offered


def test_broken_work_is_put_aside(tmp_path):
    assert 0 < broken_work(tmp_path, 1, 200) < 200


@pytest.mark.heavy
def test_a_thousand_times_broken_work(tmp_path):
    assert 0 < broken_work(tmp_path, 2, 1_000) < 1_000


def broken_lists(tmp_path, monkeypatch, seed, count):
    """Break the list of recent files so often; the result is how often it was still one."""
    ways = (bytewise.one_byte, bytewise.cut_short, bytewise.flipped, bytewise.shifted, bytewise.text_trap)
    pick, lists = Random(seed), 0
    for n in range(count):
        monkeypatch.setenv(VARIABLE, str(tmp_path / f"{seed}-{n}"))
        recent.remember(tmp_path / "one.rnnstudio")
        recent.remember(tmp_path / "two.rnnstudio")
        place = next((tmp_path / f"{seed}-{n}").rglob("recent.json"))
        changed = pick.choice(ways)(place.read_bytes(), pick)[0]
        place.write_bytes(changed)
        if recent.recent_files():
            lists += 1
        elif not place.exists():
            assert place.with_suffix(".json.bad").read_bytes() == changed
        recent.remember(tmp_path / "three.rnnstudio")
        assert recent.recent_files()[0].path == str((tmp_path / "three.rnnstudio").resolve())
    return lists


def test_broken_lists_of_recent_files(tmp_path, monkeypatch):
    assert 0 < broken_lists(tmp_path, monkeypatch, 1, 200) < 200


@pytest.mark.heavy
def test_a_thousand_broken_lists_of_recent_files(tmp_path, monkeypatch):
    assert 0 < broken_lists(tmp_path, monkeypatch, 2, 1_000) < 1_000
