"""What is known when a program ends by itself: in one file, on this machine."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest

from rnnstudio.files import crash_report
from rnnstudio.files.crash_report import ACTIONS, KEPT, LARGEST, CrashReport, action_words, new_reports
from rnnstudio.state.actions.stepping import Tick
from rnnstudio.state.actions.training_settings import SetMode
from rnnstudio.state.actions.viewing import SetDecimals

PROGRAM = """
import ctypes, os, sys, threading, time
from pathlib import Path
from rnnstudio.files import crash_report
from rnnstudio.files.crash_report import CrashReport
from rnnstudio.state.actions.viewing import SetDecimals
crash_report.HANG_S = 0.3
report = CrashReport(Path(sys.argv[1]))
for k in range(1000):
    report.note(SetDecimals(k))
report.alive()
def end():
    {what}
end()
"""
ENDS = {
    "abort": ("os.abort()", -6, "Fatal Python error: Aborted"),
    "segmentation fault": ("ctypes.string_at(0)", -11, "Fatal Python error: Segmentation fault"),
    "hang": ("x = time.monotonic() + 60\n    while time.monotonic() < x: pass", -9, "Timeout (0:00:00.300000)!"),
    "kill": ("os.kill(os.getpid(), 9)", -9, "No stack: the process was ended from outside"),
}


@pytest.mark.parametrize("end", sorted(ENDS))
def test_every_end_leaves_versions_actions_and_stacks(tmp_path, end):
    what, status, words = ENDS[end]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(what=what), str(tmp_path)], stderr=subprocess.DEVNULL
    )
    if end == "hang":
        running = wait_for(tmp_path, words.encode())
        assert new_reports(tmp_path) == [], "it lives: its file is not touched"
        assert running.exists()
        process.kill()
    assert process.wait(60) == status
    (report,) = new_reports(tmp_path)
    text = report.read_text(encoding="utf-8")
    assert words in text and "Python 3." in text and "Nothing of this was sent" in text
    actions = [int(k) for k in re.findall(r"SetDecimals\(decimals=(\d+)\)", text)]
    assert actions == list(range(1000 - ACTIONS, 1000)), "the last ones, in their order"
    if end != "kill":
        assert "in end" in text and "in <module>" in text
    assert report.stat().st_size <= LARGEST
    assert sorted(tmp_path.iterdir()) == [report]
    assert new_reports(tmp_path) == [], "it is told of once"


def wait_for(folder, words, tries=600):
    import time

    for _ in range(tries):
        for running in folder.glob("running-*.txt"):
            if words in running.read_bytes():
                return running
        time.sleep(0.1)
    raise AssertionError(f"{words} never came")


@pytest.fixture
def report(tmp_path):
    import faulthandler

    before = faulthandler.is_enabled()
    made = CrashReport(tmp_path)
    yield made
    if made._place is not None and not made._map.closed:
        made.close()
    if before:  # the test runner's own
        faulthandler.enable()


def raised():
    try:
        raise ValueError("what nobody caught")
    except ValueError as error:
        return error


def test_a_clean_end_leaves_nothing(report, tmp_path):
    report.note(SetDecimals(3))
    report.alive()
    report.close()
    assert list(tmp_path.iterdir()) == []


def test_an_error_that_nobody_caught_is_told_at_the_next_start_though_the_program_went_on(report, tmp_path):
    report.describe("RNN Studio 1, and " + "\u00e9" * 5_000)
    report.error(raised())
    assert report.faults == 1
    report.close()
    (made,) = new_reports(tmp_path)
    text = made.read_text(encoding="utf-8")
    assert "Error 1 after" in text and "ValueError: what nobody caught" in text and "in raised" in text


def test_however_much_goes_wrong_a_report_is_small(report, tmp_path):
    error = ValueError("x" * 100_000)
    for _ in range(100):
        report.error(error)
    assert report.path.stat().st_size < LARGEST
    os.write(report._behind, b"Fatal Python error: last\n" * 40_000)  # the fault handler asks nobody
    report.close()
    (made,) = new_reports(tmp_path)
    assert made.stat().st_size <= LARGEST and made.read_bytes().count(b"Fatal Python error: last") > 1000


def test_what_repeats_stands_in_one_line(report, tmp_path):
    for _ in range(500):
        report.note(Tick(0.016))
        report.note(Tick(0.017))
    report.note(SetDecimals(1))
    report.error(raised())
    report.close()
    text = new_reports(tmp_path)[0].read_text(encoding="utf-8")
    assert "Tick() \u00d7 1000" in text and text.count("Tick") == 1


def test_an_action_tells_no_arrays_no_documents_and_no_paths():
    @dataclass
    class Anything:
        path: str
        document: object
        number: float
        long: str

    words = action_words(Anything("/home/me/secret.csv", object(), 0.5, "word " * 20))
    assert words == "Anything(number=0.5)"
    assert action_words(SetMode("sample")) == "SetMode(mode='sample')"
    assert action_words(3) == "int()"


def test_a_damaged_file_is_still_made_a_report_and_only_a_few_are_kept(tmp_path):
    for k in range(KEPT + 4):
        (tmp_path / f"running-{k}-aa.txt").write_bytes((b"\0", b"\xff" * 50_000, b"\n", b"zzz " * 9_000)[k % 4])
    (tmp_path / "running-1-empty.txt").write_bytes(b"")
    (tmp_path / "running-1-huge.txt").write_bytes(b"x" * (crash_report.READ + 1))
    assert len(new_reports(tmp_path)) == KEPT + 4, "of nothing, and of too much, no report is made"
    assert len(list(tmp_path.iterdir())) == KEPT
    assert new_reports(tmp_path / "none") == []


def test_a_folder_that_takes_nothing_gives_no_report_and_no_failure(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError):
        CrashReport(tmp_path / "file" / "reports")
    assert new_reports(tmp_path / "file") == []
    assert crash_report.HANG_S == 5.0
