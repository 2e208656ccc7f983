"""The program starts, or says why not, whatever surrounds it: each start is a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.resources import resource

ROOT = Path(__file__).resolve().parents[2]
#: Start, show the first picture, say what is in the window, and close it.
PROGRAM = """
import json, sys
import rnnstudio.app as app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
before = app._go_on
def go_on(window, *more):
    before(window, *more)
    state = window.store.state
    count = len(window.documents.windows.all)
    print(json.dumps([state.document.name, state.session.path, state.session.message, count]))
    sys.stdout.flush()
    QTimer.singleShot(0, QApplication.instance(), window.documents.windows.close_all)
app._go_on = go_on
from rnnstudio.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
LONG = "a" * 190 + ".rnnstudio"
EMOJI = "\U0001f9e0\U0001f468\u200d\U0001f3eb \u0440\u0435\u0442\u0435.rnnstudio"
ODD = "a b\n'\"&%$;\u202e\u00e9e\u0301.rnnstudio"


def environment(home, **changes):
    """What a start sees: nothing of the environment of these tests but what finds the program."""
    kept = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    plain |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    for name, value in changes.items():
        if value is None:
            plain.pop(name, None)
        else:
            plain[name] = value
    return plain


def start(home, *arguments, cwd=None, **changes):
    """The exit status, what was in the window, and what was said."""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore::ResourceWarning", "-c", PROGRAM, *map(str, arguments)],
        env=environment(home, **changes), cwd=cwd or home, capture_output=True, timeout=120, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    out = done.stdout.decode("utf-8", "replace").strip()
    return done.returncode, json.loads(out) if out else None, done.stderr.decode("utf-8", "replace")


#: What surrounds a start: name → (environment, whether it is in the short form).
SURROUNDINGS = {
    "plain": ({}, True),
    "a home that takes nothing": ({"HOME": "/proc"}, True),
    "a home that is no folder": ({"HOME": "/dev/null"}, False),
    "no home": ({"HOME": None}, False),
    "a home that is not there": ({"HOME": "/none/at/all"}, False),
    "own folders that take nothing": ({"RNNSTUDIO_HOME": "/proc/none"}, False),
    "relative folders": ({"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}, False),
    "no folder for temporary files": ({"TMPDIR": "/none", "TEMP": "/none", "TMP": "/none"}, True),
    "Turkish": ({"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}, True),
    "Arabic": ({"LANG": "ar_EG.UTF-8", "LC_ALL": "ar_EG.UTF-8"}, False),
    "Japanese": ({"LANG": "ja_JP.eucJP", "LC_ALL": "ja_JP.eucJP"}, False),
    "German": ({"LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}, False),
    "the C locale without UTF-8": ({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, False),
    "no locale": ({"LANG": None}, False),
    "a locale that is not there": ({"LANG": "xx_YY", "LC_ALL": "xx_YY.nothing"}, False),
    "no fonts": ({"FONTCONFIG_FILE": "/none", "FONTCONFIG_PATH": "/none", "QT_QPA_FONTDIR": "/none"}, False),
    "a scale of 1.5": ({"QT_SCALE_FACTOR": "1.5"}, False),
    "a scale of 2": ({"QT_SCALE_FACTOR": "2"}, False),
    "no run-time folder": ({"XDG_RUNTIME_DIR": "/none"}, False),
    "a style that is not there": ({"QT_STYLE_OVERRIDE": "none", "QT_QPA_PLATFORMTHEME": "none"}, False),
    "another time zone": ({"TZ": "Pacific/Kiritimati"}, False),
    "threads that are asked for": ({"OPENBLAS_NUM_THREADS": "2"}, False),
}


def marked(rows):
    return [
        pytest.param(*row[:-1], id=row[0], marks=() if row[-1] else pytest.mark.heavy) for row in rows
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="what is not writable is said in Linux' words")
@pytest.mark.parametrize(("name", "changes"), marked([(name, *row) for name, row in SURROUNDINGS.items()]))
def test_it_starts_wherever_it_is(tmp_path, name, changes):
    status, shown, said = start(tmp_path, **changes)
    assert status == 0, said
    assert shown[0] == "tutorial" and shown[3] == 1
    assert "Traceback" not in said and "unexpected error" not in said, said


@pytest.mark.parametrize(("name",), marked([(EMOJI, True), (LONG, False), (ODD, False)]))
def test_it_opens_files_of_any_name_and_keeps_them_in_its_list(tmp_path, name):
    folder = tmp_path / "\u4e2d\u6587 \u00fc"
    folder.mkdir()
    file = folder / name
    shutil.copy(resource("studies", "echo.rnnstudio"), file)
    status, shown, said = start(tmp_path, file, PYTHONUTF8="0")
    assert status == 0, said
    assert shown == ["echo", str(file), "", 1]
    listed = json.loads((tmp_path / ".config" / "rnnstudio" / "recent.json").read_text(encoding="utf-8"))
    assert listed == [str(file)]


@pytest.mark.heavy
def test_a_name_that_is_no_text_opens(tmp_path):
    file = os.path.join(os.fsencode(tmp_path), b"\xff\xfe.rnnstudio")  # noqa: PTH118
    with open(file, "wb") as out:  # noqa: PTH123
        out.write(resource("studies", "echo.rnnstudio").read_bytes())
    status, shown, said = start(tmp_path, os.fsdecode(file))
    assert status == 0 and shown[0] == "echo", said


@pytest.mark.heavy
def test_a_folder_that_is_gone_while_it_starts_in_it(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"import os, sys; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); exec({PROGRAM!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0 and b"tutorial" in done.stdout, done.stderr


@pytest.mark.heavy
def test_a_clock_that_goes_back_and_dates_of_the_future(tmp_path):
    """Everything that it keeps is of the year 2100: nothing hangs on it."""
    file = tmp_path / "a.rnnstudio"
    shutil.copy(resource("studies", "echo.rnnstudio"), file)
    assert start(tmp_path, file)[0] == 0
    for path in tmp_path.rglob("*"):
        os.utime(path, (4.1e9, 4.1e9))
    status, shown, said = start(tmp_path, file)
    assert (status, shown[0]) == (0, "echo"), said


@pytest.mark.heavy
def test_closed_streams_are_no_reason_not_to_start(tmp_path):
    code = f"import os, sys; os.close(0); os.close(2); exec({PROGRAM!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), stdout=subprocess.PIPE, timeout=120, check=False
    )
    assert done.returncode == 0 and b"tutorial" in done.stdout


def test_several_files_get_a_window_each_and_a_bad_one_a_sentence(tmp_path):
    for name in ("echo", "words"):
        shutil.copy(resource("studies", f"{name}.rnnstudio"), tmp_path)
    status, shown, said = start(tmp_path, "echo.rnnstudio", "words.rnnstudio", "none.csv")
    assert status == 0, said
    assert (shown[0], shown[1], shown[3]) == ("echo", "echo.rnnstudio", 2)
    assert "none.csv" in shown[2]
    assert not [path for path in (tmp_path / ".local").rglob("*") if path.is_file()], "a clean end leaves nothing"


CRASH = PROGRAM.replace(
    "    QTimer.singleShot(0, QApplication.instance(), window.documents.windows.close_all)\n",
    """
    from rnnstudio.lessons.tour import LeaveLesson
    from rnnstudio.state.actions.editing import SetBias
    window.store.dispatch(LeaveLesson())  # what is tried inside a lesson is the lesson's
    state = window.store.state
    window.store.dispatch(SetBias(not state.document.network.layers[1].bias))
    window.documents.autosave.keep()
    window.documents.autosave.settle()
    import ctypes
    QTimer.singleShot(0, lambda: ctypes.string_at(0))
""",
)


def test_after_a_crash_of_the_window_the_next_start_offers_the_work_and_says_where_the_report_is(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CRASH], env=environment(tmp_path), cwd=tmp_path, capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == -11, done.stderr
    asked = PROGRAM.replace("before = app._go_on", """
from rnnstudio.ui import recovery_offer
def ask(parent, found, folder):
    print(json.dumps([[recovery_offer.words(one) for one in found], str(folder)]))
    return "open"
recovery_offer.offer.__defaults__ = ((), ask)
before = app._go_on""").replace(
        "QTimer.singleShot", "window.documents.ask_leave = lambda: 'discard'; QTimer.singleShot"
    )
    again = subprocess.run(
        [sys.executable, "-c", asked], env=environment(tmp_path), cwd=tmp_path, capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    (lines, folder), shown = map(json.loads, again.stdout.decode().splitlines())
    assert lines == ["\N{BULLET} tutorial (never saved); last change: Add the bias"]
    assert shown[0] == "tutorial"
    (report,) = Path(folder).iterdir()
    text = report.read_text(encoding="utf-8")
    assert "Segmentation fault" in text and "SetBias(on=True)" in text and "PySide6" in text
    third = start(tmp_path)
    assert third[0] == 0 and third[1][2] == "", "it was discarded, and is told of once"
