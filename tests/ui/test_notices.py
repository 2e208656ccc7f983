import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from rnnstudio.app import first_state
from rnnstudio.files.options import ModelOptions, WindowOptions
from rnnstudio.state.actions.viewing import Message, SetTheme
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import Session
from rnnstudio.ui.free_place import MARK, head_of, marks_under


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "weather.csv"
    path.write_text("wind,rain\n0.1,0.2\n0.3,0.4\n0.5,0.6\n", encoding="utf-8")
    return path


def test_what_was_decided_for_a_file_is_said_quietly_and_goes_by_itself(make_window, table):
    window = make_window()
    window.documents.open_path(table)
    assert window.store.state.session.message == ""
    assert "2 inputs" in window.banner.text and "seed 1" in window.banner.text
    assert window.banner.quiet and window.banner.reading.isActive()
    window.banner.reading.timeout.emit()
    assert window.banner.text == "" and window.store.state.document.sequence.steps == 3


def test_escape_puts_a_notice_away_and_stays_in_the_view(make_window, table):
    window = make_window(view="cell")
    window.documents.open_path(table)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.banner.text == "" and window.store.state.session.view == "cell"


def test_an_error_stands_over_the_notice_and_stays(make_window, table, tmp_path):
    window = make_window()
    window.documents.open_path(table)
    window.documents.open_path(tmp_path / "missing.csv")
    assert "missing.csv" in window.banner.text and not window.banner.quiet
    assert not window.banner.reading.isActive()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert "2 inputs" in window.banner.text and window.banner.quiet


def test_a_study_of_its_own_and_a_bundled_one_say_nothing(make_window, tmp_path):
    window = make_window()
    window.documents.ask_save = lambda proposed: str(tmp_path / "mine.rnnstudio")
    assert window.documents.save_as()
    window.documents.open_path(tmp_path / "mine.rnnstudio")
    assert window.banner.text == ""
    window.documents.open_bundled("words")
    assert window.banner.text == ""


def test_a_long_text_says_that_it_is_cut(tmp_path):
    text = tmp_path / "novel.txt"
    text.write_text("the cat sat on the mat and slept all day . " * 2500, encoding="utf-8")
    notice = first_state(WindowOptions(file=str(text)), Session()).session.notice
    assert "20,000" in notice and "words" in notice and "seed 1" in notice


def test_options_without_a_file_are_not_overheard():
    state = first_state(WindowOptions(model=ModelOptions(state_size=5)), Session())
    assert state.document.name == "tutorial" and "demonstration" in state.session.message


def test_a_short_sentence_has_a_narrow_banner_in_every_theme(make_window):
    window = make_window(size=(1920, 1080))
    window.store.dispatch(Message("There is no such file."))
    short = window.banner.width()
    window.store.dispatch(Message("There is no such file. " * 30))
    assert short < 300 < window.banner.width() <= 760
    assert window.banner.height() > 100
    window.store.dispatch(SetTheme("projector"))
    assert 760 < window.banner.width() <= 1520


def test_a_message_hides_neither_the_title_nor_a_mark_where_there_is_room(make_window):
    window = make_window(view="unrolled", size=(1920, 1080))
    window.store.dispatch(Message("One file has three columns."))
    box = QRectF(window.banner.geometry())
    layout, place = target_layout(window.store.state), window.canvas.place()
    assert marks_under(layout, place, box) < MARK and not box.intersects(head_of(layout, False, 1.0))
