"""Nineteen classes of bad files: each opens or is refused with a sentence, soon, with little memory, and harms nothing.

The long form prints its seeds; ``BAD_FILES`` in the environment is how many files it makes (100,000).
"""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.files.fitting import check_outputs
from rnnstudio.files.opening import open_any
from rnnstudio.files.theme import parse_theme
from rnnstudio.lessons.reading import parse_lesson
from tests.files.bad.corpus import CLASSES, PLACES
from tests.files.bad.judge import judge, outcome
from tests.files.bad.places import MEANWHILE, cleared, happening
from tests.files.bad.places import PLACES as PLACES_NOT_FILES
from tests.files.bad.samples import THEME, whole_files

#: A file is read in this time (s of the processor), with so much memory over what is in use at rest (MB).
SLOWEST_S, MOST_MB = 2.0, 512.0
BATCH = 5_000
#: Longer than any file takes on a machine that does other things: only what hangs takes it.
HANGS_S = 20.0


@pytest.fixture(scope="module")
def wholes():
    return whole_files()


def test_whole_files_open(wholes, tmp_path):
    for whole in wholes:
        path = tmp_path / f"whole{whole.ending}"
        path.write_bytes(whole.data)
        assert not isinstance(outcome(path), str), whole.name


def test_bad_files(wholes, tmp_path):
    verdict = judge(wholes, seed=1, count=2_000, folder=tmp_path)
    assert set(verdict.classes) == set(CLASSES) and len(CLASSES) + 1 == PLACES == 19
    assert set(verdict.forms) == {whole.name for whole in wholes}
    assert verdict.opened > 100 and verdict.refused > 1_000
    assert verdict.worst_s < HANGS_S, verdict.slowest
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"bad{e}" for e in {w.ending for w in wholes})


@pytest.mark.parametrize("place", PLACES_NOT_FILES, ids=lambda place: place.__name__)
def test_what_is_no_file(wholes, tmp_path, place):
    for ending in sorted({whole.ending for whole in wholes}):
        path = tmp_path / f"bad{ending}"
        place(path, b"")
        assert isinstance(outcome(path), str), f"{ending} opened"
        cleared(path)


@pytest.mark.parametrize("what", MEANWHILE, ids=lambda what: what.__name__)
def test_files_that_change_while_they_are_read(wholes, tmp_path, what):
    for whole in wholes:
        path = tmp_path / f"bad{whole.ending}"
        path.write_bytes(whole.data)
        with happening(what, path, whole.data):
            found = outcome(path, said_too=False)
        if MEANWHILE[what]:
            assert not isinstance(found, str), f"{whole.name}: {found}"
        elif whole.kind not in ("text", "table", "theme", "cell", "lesson") or what.__name__ == "emptied":
            assert isinstance(found, str), f"{whole.name} opened"
        cleared(path)


def batch(seed, count, folder):
    """A series in a process of its own, which has to end by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.bad.batch", str(seed), str(count), str(folder)],
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"seed {seed}: {done.stderr[-2_000:]}"
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory in use from /proc")
def test_memory_of_bad_files(tmp_path):
    found = batch(7, 500, tmp_path)
    assert found["classes"] == len(CLASSES) and found["forms"] == 18
    assert 0 < found["peak_mb"] <= MOST_MB


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory in use from /proc")
def test_a_hundred_thousand_bad_files(tmp_path, capsys):
    count = int(os.environ.get("BAD_FILES", "100000"))
    for seed in range(1_000, 1_000 + -(-count // BATCH)):
        found = batch(seed, min(BATCH, count), tmp_path)
        with capsys.disabled():
            print(f"seed {seed}: {found}")
        assert found["worst_s"] <= SLOWEST_S, found["slowest"]
        assert found["peak_mb"] <= MOST_MB


# ------------------------------------------------------------------ what the series has found, one by one


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("dots.toml", b"a." * 20_000 + b"a = 1", "20,000 points"),
        ("rows.csv", b"1\n" * 3_000_000, "3,000,000 rows"),
        ("wide.csv", b"1," * 5_000_000, "5,000,001 columns"),
        ("names.csv", b",".join(b"c%d" % n for n in range(60_000)) + b"\n" + b",".join([b"1"] * 60_000), "4,096"),
        ("quotes.csv", b'"' * 10_000_000, "signs are over the limit"),
        ("large.toml", b"a" * 3_000_000, "65,536 fit"),
    ],
)
def test_what_took_minutes_is_refused_at_once(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=sentence):
        open_any(path)


def test_a_text_of_many_millions_of_signs_is_cut(tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes("ä€😀 ".encode() * 1_100_000)
    sequence = open_any(path).sequence
    assert sequence.steps == LIMITS.steps - 1
    assert "more than" in sequence.note


def test_a_small_file_of_many_numbers_is_refused_before_they_are_made(tmp_path):
    np.save(tmp_path / "x.npy", np.zeros((20_000, 1_000), "u1"))
    with pytest.raises(InputError, match="16,777,216"):
        open_any(tmp_path / "x.npy")


@pytest.mark.parametrize("value", ["0x" + "f" * 20_000, "9" * 5_000, "[" * 5_000 + "]" * 5_000, f'"{"x" * 9_000}"'])
def test_a_theme_says_in_one_sentence_what_is_wrong(value):
    text = next(whole for whole in whole_files() if whole.ending == THEME).data.decode()
    with pytest.raises(InputError) as caught:
        parse_theme(text.replace("stroke = ", f"stroke = {value} #", 1), "own")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**22])
def test_a_lesson_with_a_whole_number_beyond_64_bits_names_its_key(wholes, number):
    text = next(whole for whole in wholes if whole.kind == "lesson").data.decode()
    text += f'\n[[stop]]\ntitle = "a"\ntext = "a"\nat = {number}\n'
    with pytest.raises(InputError, match="at: this whole number is out of all measure"):
        parse_lesson(text, "own", bundled_study)


def test_a_study_whose_targets_are_one_number_says_what_is_wanted():
    network = demonstration().network
    with pytest.raises(InputError, match="the targets are 0 numbers a step, the network has 2 outputs"):
        check_outputs(np.array(0.5), network)


def test_a_sentence_is_one_line_whatever_name_stands_in_it():
    sentence = str(InputError("a\nb\u202ec\ud800 − “é”; 😀"))
    assert sentence == "a\\nb\\u202ec\\ud800 − “é”; 😀"
