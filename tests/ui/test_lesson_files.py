"""Lessons as files: opened, dropped, listed among one's own, begun from the command line."""

import pytest

from rnnstudio.app import first_state
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.options import WindowOptions
from rnnstudio.files.own_lessons import lessons_folder
from rnnstudio.files.study import write_study
from rnnstudio.lessons.shelf import SHELF
from rnnstudio.lessons.tour import LeaveLesson
from rnnstudio.state.model import Session
from tests.files.test_study_lesson import lecture
from tests.lessons.test_lessons import FILE


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A lesson file that names a study beside it, and a study that carries a lesson."""
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))
    folder = tmp_path / "lecture"
    folder.mkdir()
    (folder / "own.toml").write_text(FILE.replace('study = "tutorial"', 'study = "beside.rnnstudio"'), encoding="utf-8")
    (folder / "beside.rnnstudio").write_bytes(write_study(bundled_study("echo")))
    (folder / "carried.rnnstudio").write_bytes(write_study(lecture()))
    return folder


def test_a_lesson_file_is_begun_and_what_was_open_comes_back(make_window, files):
    window = make_window(bundled_study("words"), reduced_motion=True)
    before = window.store.state.document
    window.documents.open_path(files / "own.toml")
    tour = window.store.state.session.tour
    assert tour.lesson.title == "Own" and tour.lesson.study.name == "echo"
    window.store.dispatch(LeaveLesson())
    assert window.store.state.document is before


def test_a_study_that_carries_a_lesson_begins_it_and_is_there_when_it_is_left(make_window, files):
    window = make_window(reduced_motion=True)
    window.documents.open_dropped([str(files / "carried.rnnstudio"), str(files / "own.toml")])
    state = window.store.state
    assert state.session.tour.own and state.session.tour.at == 0 and len(state.session.tour.lesson.stops) == 3
    other = window.documents.windows.all[-1]
    assert other is not window and other.store.state.session.tour.lesson.title == "Own"
    window.store.dispatch(LeaveLesson())
    assert window.store.state.session.path.endswith("carried.rnnstudio")
    assert window.store.state.document is window.store.state.session.saved


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({"file": "own.toml"}, "Own"),
        ({"lesson": "own.toml"}, "Own"),
        ({"file": "carried.rnnstudio"}, "A lecture — “mine”"),
        ({"lesson": "carried.rnnstudio"}, "A lecture — “mine”"),
        ({"lesson": "mine"}, "Own"),
        ({"lesson": "lstm"}, SHELF["lstm"]),
    ],
)
def test_the_command_line_begins_with_one(files, monkeypatch, options, title):
    monkeypatch.chdir(files)
    lessons_folder().mkdir(parents=True)
    (lessons_folder() / "mine.toml").write_text(FILE, encoding="utf-8")
    state = first_state(WindowOptions(**options), Session())
    assert state.session.tour.lesson.title == title and not state.session.message


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (FILE.replace("at = 0", "at = -1"), {"file": "bad.toml"}, "bad.toml, line 10, stop 1, key at: "),
        (FILE.replace('"tutorial"', '"../x.rnnstudio"'), {"lesson": "bad.toml"}, "line 4, key study: "),
        (FILE.replace('"tutorial"', '"gone.rnnstudio"'), {"lesson": "bad.toml"}, "line 4, key study: "),
        (FILE.replace('"tutorial"', '"gone"'), {"lesson": "bad.toml"}, "line 4, key study: there is no bundled study"),
        ('kind = "cell"', {"lesson": "bad.toml"}, 'the first key of a lesson file is kind = "lesson"'),
        (None, {"lesson": "bad.toml"}, "bad.toml"),
        (None, {"lesson": "plain.rnnstudio"}, "this study carries no lesson"),
    ],
)
def test_a_lesson_that_cannot_be_begun_says_why_in_a_banner(files, monkeypatch, text, options, said):
    monkeypatch.chdir(files)
    (files / "plain.rnnstudio").write_bytes(write_study(bundled_study("echo")))
    if text is not None:
        (files / "bad.toml").write_text(text, encoding="utf-8")
    state = first_state(WindowOptions(**options), Session())
    assert state.session.tour is None and said in state.session.message and "\n" not in state.session.message


def test_a_wrong_file_leaves_what_is_open(make_window, files):
    window = make_window(reduced_motion=True)
    before = window.store.state.document
    (files / "own.toml").write_text(FILE.replace("lit =", "glow ="), encoding="utf-8")
    window.documents.open_path(files / "own.toml")
    assert window.store.state.document is before and window.store.state.session.tour is None
    assert "own.toml, line 16, stop 2, key glow: not known" in window.banner.text


def test_one_s_own_lessons_stand_in_the_list(make_window, files):
    window = make_window(reduced_motion=True)
    window.commands.lessons()
    assert len(window.commands.lesson_list.rows) == len(SHELF)
    window.commands.lesson_list.close_list()
    lessons_folder().mkdir(parents=True)
    (lessons_folder() / "mine.toml").write_text(FILE.replace("Two stops.", "long " * 60), encoding="utf-8")
    (lessons_folder() / "with.rnnstudio").write_bytes(write_study(lecture()))
    (lessons_folder() / "without.rnnstudio").write_bytes(write_study(bundled_study("echo")))
    (lessons_folder() / "broken.toml").write_text("kind = ", encoding="utf-8")
    window.commands.lessons()
    rows = window.commands.lesson_list.rows[len(SHELF) :]
    assert [(row.title, row.stops) for row in rows] == [("broken", 0), ("Own", 2), ("A lecture — “mine”", 3)]
    window.commands.lesson_list.grab()
    rows[1].click()
    assert window.store.state.session.tour.lesson.title == "Own"


def test_lessons_are_listed_and_checked_without_a_window(program, files, monkeypatch):
    lessons_folder().mkdir(parents=True)
    (lessons_folder() / "mine.toml").write_text(FILE, encoding="utf-8")
    (lessons_folder() / "broken.toml").write_text("kind = ", encoding="utf-8")
    status, out, _ = program("lessons")
    assert status == 0 and "your own, in" in out and "Own. Two stops." in out and "this is not TOML" in out
    status, out, _ = program("check", files / "own.toml", files / "carried.rnnstudio")
    assert status == 0 and "lesson “Own”: 2 stops, with the study “echo”" in out
    assert "the lesson “A lecture — “mine””, stops: 3" in out
    (files / "own.toml").write_text(FILE.replace("lit =", "glow ="), encoding="utf-8")
    status, _, err = program("check", files / "own.toml")
    assert status == 1 and "line 16, stop 2, key glow" in err
    status, _, err = program("--lesson", "nowhere")
    assert status == 2 and "there is no lesson 'nowhere'" in err
