"""U11: screens come and go during a lecture: nothing is lost, and the lecture stays at its stop."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.ui.screens import shared_out
from tests.ui.lecture_on_screens import surroundings
from tests.ui.test_start import start

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "rnnstudio" / "ui"


def test_where_the_windows_belong():
    assert shared_out(1, 0, 0, True) == (0, 0)
    assert shared_out(1, 0, None, True) == (0, 0)
    assert shared_out(2, 0, 0, True) == (1, 0)
    assert shared_out(2, 1, 1, True) == (0, 1)
    assert shared_out(3, 0, 2, True) == (2, 0)
    assert shared_out(3, 0, None, True) == (1, 0)
    assert shared_out(2, 0, 1, False) == (1, 0)
    assert shared_out(2, 0, None, False) == (0, 0)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a lecture on two screens of different scales tells (`tests.ui.lecture_on_screens`)."""
    folder = tmp_path_factory.mktemp("screens")
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "tests.ui.lecture_on_screens", str(folder / "told.json")],
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings(folder)}, cwd=ROOT, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "unexpected error" not in done.stderr, done.stderr
    return {row["what"]: row for row in json.loads((folder / "told.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("what", "audience", "presenter", "stop"),
    [
        ("presented", "right", "left", 0),
        ("three stops on", "right", "left", 3),
        ("right one gone", "left", "left", 3),
        ("right one back", "right", "left", 4),
        ("right one is the primary", "left", "right", 4),
        ("left one gone", "right", "right", 4),
    ],
)
def test_both_windows_are_where_they_belong_and_the_lecture_is_where_it_was(told, what, audience, presenter, stop):
    row = told[what]
    assert (row["audience"], row["presenter"], row["stop"]) == (audience, presenter, stop)
    assert row["visible"] and row["presenter_visible"] and row["full"] and row["presenting"]


def test_another_scale_while_it_is_open_is_another_picture_of_the_whole_screen(told):
    """The window goes from a screen of scale 1 to one of scale 1.5 and back: its kept picture is made anew."""
    assert (told["one window"]["dpr"], told["one window"]["layer"]) == (1.0, 1.0)
    there, back = told["presented"], told["right one gone"]
    assert (there["dpr"], there["layer"], there["size"]) == (1.5, 1.5, [853, 480])
    assert (back["dpr"], back["layer"], back["size"]) == (1.0, 1.0, [1920, 1080])


def test_it_is_left_by_escape_alone_with_both_windows_there(told):
    row = told["left"]
    assert not row["presenting"] and not row["full"] and row["visible"] and row["presenter_visible"]
    assert row["stop"] == 4


@pytest.mark.skipif(sys.platform != "linux", reason="what is said is said in Linux' words")
@pytest.mark.parametrize(
    "changes", [{}, *(pytest.param({"QT_SCALE_FACTOR": s}, marks=pytest.mark.heavy) for s in ("1.25", "1.5", "2"))]
)
def test_it_starts_with_the_presenters_window_where_there_is_one_screen(tmp_path, changes):
    status, shown, said = start(tmp_path, "--lesson", "gru", "--presenter", **changes)
    assert status == 0, said
    assert shown[3] == 1 and not shown[2]
    assert "Traceback" not in said and "unexpected error" not in said, said


def test_whatever_asks_for_a_file_leaves_the_room_first():
    """Files are asked for in one line, and the line before it ends the presentation."""
    asking = re.compile(r"^.*QFileDialog\.get", re.MULTILINE)
    found = 0
    for file in UI.glob("*.py"):
        lines = file.read_text(encoding="utf-8").splitlines()
        for k, line in enumerate(lines):
            if asking.match(line):
                found += 1
                assert "leave_the_room(" in lines[k - 1], f"{file.name}, line {k + 1}"
    assert found >= 6
    boxes = [file.name for file in UI.glob("*.py") if "QMessageBox(" in file.read_text(encoding="utf-8")]
    assert boxes == ["question_box.py"]
