"""Archives that mean harm are refused with little memory and without a file that is written."""

import json
import subprocess
import sys

import pytest

from tests.files.bad.archives import HARMFUL

#: Time (s of the processor) and memory (MB) within which an archive is refused.
SLOWEST_S, MOST_MB = 0.5, 64.0


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """What came of every harmful archive, in a process of its own."""
    if sys.platform != "linux":
        pytest.skip("reads the memory in use from /proc")
    folder = tmp_path_factory.mktemp("archives")
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.bad.archives", str(folder)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    made = {f"{make.__name__}{ending}" for make in HARMFUL for ending in (".npz", ".rnnstudio")}
    assert {path.name for path in folder.iterdir()} == made, "a file was written, or taken away"
    return json.loads(done.stdout)


@pytest.mark.parametrize("make", HARMFUL, ids=lambda make: make.__name__)
def test_harmful_archives_are_refused_with_little_memory(watched, make):
    sentences = []
    for ending in (".npz", ".rnnstudio"):
        found = watched[f"{make.__name__}{ending}"]
        assert found["sentence"], f"{make.__name__}{ending} opened"
        assert found["peak_mb"] <= MOST_MB, found
        sentences.append(found["sentence"])
    assert any(HARMFUL[make] in sentence for sentence in sentences), sentences


def test_no_file_is_written_for_them(watched):
    assert watched["written"]["attempts"] == []


@pytest.mark.timed
def test_they_are_refused_soon(watched):
    slow = {name: found["seconds"] for name, found in watched.items() if found.get("seconds", 0) > SLOWEST_S}
    assert not slow
