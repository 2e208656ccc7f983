"""A lesson is written in the window: by keys alone, with the pointer, and what is typed is never lost."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.own_lessons import lesson_file
from rnnstudio.files.study import read_study
from rnnstudio.lessons.authoring import RecordStop, ShowStop
from rnnstudio.lessons.reading import parse_lesson
from rnnstudio.lessons.shelf import SHELF
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import SetTheme, SetView
from tests.lessons.test_writing import seen
from tests.ui.lecture import press, rest

MODS = Qt.KeyboardModifier
CTRL, SHIFT, ALT = MODS.ControlModifier, MODS.ShiftModifier, MODS.AltModifier


def typed(window, words):
    QTest.keyClicks(window.focusWidget(), words)


def stops(window):
    return window.store.state.document.lesson.stops


def recorded(window, count=3):
    """A lesson of so many stops, at samples 1, 2, …"""
    for k in range(count):
        window.store.dispatch(GoTo(k + 1))
        window.run_command("record_stop")
    return window.writing.panel


def test_keys_alone_make_a_lesson_that_is_played_in_a_fresh_window(make_window, tmp_path):
    window = make_window(bundled_study("tutorial"), reduced_motion=True, view="samples")
    press(window, Qt.Key.Key_L, CTRL | SHIFT)
    typed(window, "From samples to a state")
    pictures, words = [], (("Samples", "Each alone."), ("Time", "Now with $<s|s_t>$."), ("The cell", "Opened."))
    for k, (title, text) in enumerate(words):
        press(window, Qt.Key.Key_Escape)  # from the field back to the picture
        assert window.canvas.hasFocus()
        press(window, (Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_7)[k])
        rest(window)
        press(window, Qt.Key.Key_N)
        rest(window)
        press(window, Qt.Key.Key_R, CTRL | SHIFT)
        pictures.append(seen(window.store.state))
        typed(window, title)
        press(window, Qt.Key.Key_Tab)
        typed(window, text)
    press(window, Qt.Key.Key_Up, ALT)
    assert [stop.title for stop in stops(window)] == ["Samples", "The cell", "Time"]
    press(window, Qt.Key.Key_Z, CTRL)
    assert [(stop.title, stop.text) for stop in stops(window)] == list(words)
    window.documents.ask_save = lambda proposed: str(tmp_path / "lecture.rnnstudio")
    press(window, Qt.Key.Key_S, CTRL)
    assert window.store.state.document is window.store.state.session.saved

    fresh = make_window(read_study(tmp_path / "lecture.rnnstudio"), reduced_motion=True)
    assert fresh.store.state.document.lesson.title == "From samples to a state"
    fresh.run_command("run_own")
    found = [seen(fresh.store.state)]
    for _ in range(2):
        press(fresh, Qt.Key.Key_PageDown)
        rest(fresh)
        found.append(seen(fresh.store.state))
    assert [one[:4] for one in found] == [one[:4] for one in pictures]
    for at in (1, 0):
        press(fresh, Qt.Key.Key_PageUp)
        rest(fresh)
        assert seen(fresh.store.state) == found[at]


def test_what_is_typed_is_in_the_document_and_taken_back_by_the_window(make_window):
    window = make_window(reduced_motion=True)
    panel = recorded(window)
    assert panel.card.title.hasFocus()
    typed(window, "Three")
    assert stops(window)[2].title == "Three" and window.store.state.undo[-1].name == "Write the title of stop 3"
    press(window, Qt.Key.Key_Z, CTRL)
    assert stops(window)[2].title == "" and panel.card.title.text() == ""
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert panel.card.title.text() == "Three"
    press(window, Qt.Key.Key_Space)  # in a field it is a blank, and plays nothing
    assert stops(window)[2].title == "Three " and not window.store.state.session.playing


def test_typing_paints_no_picture(make_window):
    window = make_window(reduced_motion=True)
    recorded(window)
    QTest.qWait(30)
    seen_by = []
    window.canvas.show_state = lambda old, new: seen_by.append(new)
    typed(window, "abc")
    assert not seen_by and stops(window)[2].title == "abc"


def test_stops_are_walked_and_shown(make_window):
    window = make_window(reduced_motion=True)
    panel = recorded(window)
    press(window, Qt.Key.Key_PageUp, CTRL)
    assert window.store.state.session.authoring.stop == 1 and window.store.state.session.playhead.t == 2
    assert panel.card.title.hasFocus() and panel.card.number == 2
    press(window, Qt.Key.Key_PageDown, CTRL)
    panel.rows[0].click()
    rest(window)
    assert window.store.state.session.playhead.t == 1 and panel.card.number == 1
    assert not panel.card.up.isEnabled() and panel.card.down.isEnabled()


def test_a_row_is_dragged_to_another_place(make_window):
    window = make_window(size=(1920, 1080), reduced_motion=True)
    panel = recorded(window)
    for k, title in enumerate("abc"):
        window.store.dispatch(ShowStop(k))
        panel.card.title.setFocus()
        typed(window, title)
    row, middle = panel.rows[0], QPoint(60, 18)
    below = row.mapFromGlobal(panel.card.mapToGlobal(QPoint(60, panel.card.height() - 2)))
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(row, below)
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=row.mapFromGlobal(panel.card.mapToGlobal(QPoint(60, 500))))
    assert [stop.title for stop in stops(window)] == ["b", "c", "a"]
    assert window.store.state.session.authoring.stop == 1  # c stays at hand


def test_the_other_fields_are_kept_and_the_list_of_signs_is_walked(make_window):
    window = make_window(reduced_motion=True)
    card = recorded(window, 1).card
    for field, words in ((card.text, "One"), (card.say, "Try"), (card.caption, "Room"), (card.notes, "Note")):
        field.setFocus()
        typed(window, words)
    card.done.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    card.lit.setFocus()
    typed(window, "s t, W")
    stop = stops(window)[0]
    assert (stop.text, stop.say, stop.caption, stop.notes, stop.done) == ("One", "Try", "Room", "Note", "step")
    assert stop.keys["lit"] == ["s t", "W"] and window.store.state.session.spotlight == ("s t", "W")
    card.put.turn(1)
    assert stops(window)[0].keys["theme"] == "light"
    panel = window.writing.panel
    panel.summary.setFocus()
    typed(window, "first")
    press(window, Qt.Key.Key_Return)
    typed(window, "second")
    assert window.store.state.document.lesson.summary == ("first", "second")


def test_it_is_run_from_the_stop_at_hand_and_written_on(make_window):
    window = make_window(reduced_motion=True)
    recorded(window)
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.store.state.session.tour.at == 2 and window.writing.shown is None and window.lesson.isVisible()
    window.run_command("stop_before")
    rest(window)
    press(window, Qt.Key.Key_L, CTRL | SHIFT)
    assert window.store.state.session.tour is None and window.writing.shown is not None
    assert window.writing.panel.card.number == 2 and window.lesson.isHidden()
    press(window, Qt.Key.Key_L, CTRL | SHIFT)
    assert window.writing.shown is None and window.canvas.hasFocus()


def test_a_lesson_file_is_saved_with_its_studies_and_reads_back(make_window, tmp_path):
    window = make_window(bundled_study("tutorial"), reduced_motion=True)
    recorded(window, 2)
    window.store.dispatch(SetView("cell"))
    window.commands.call("record_stop")
    window.writing.ask_save = lambda proposed: str(tmp_path / "mine")
    window.run_command("save_lesson")
    assert [path.name for path in tmp_path.glob("mine*")] == ["mine.toml"]
    lesson = parse_lesson(*lesson_file(tmp_path / "mine.toml"))
    assert lesson.study is bundled_study("tutorial") and len(lesson.stops) == 3
    assert "Saved as mine.toml" in window.banner.text


@pytest.mark.parametrize("name", list(SHELF)[:1])
def test_a_copy_of_a_lesson_that_comes_along_can_be_written_on(make_window, name):
    window = make_window(bundled_study("echo"), reduced_motion=True)
    window.commands.start_lesson(name)
    press(window, Qt.Key.Key_PageDown)
    rest(window)
    titles = [stop.title for stop in window.store.state.session.tour.lesson.stops]
    press(window, Qt.Key.Key_L, CTRL | SHIFT)
    assert [stop.title for stop in stops(window)] == titles and window.store.state.session.authoring.stop == 1
    assert window.writing.panel.card.number == 2


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
def test_nothing_lies_on_anything_in_the_panel(make_window, theme, size):
    window = make_window(size=size, theme=theme, reduced_motion=True)
    panel = recorded(window, 2)
    panel.card.say.setFocus()
    typed(window, "Try")
    QTest.qWait(20)
    card = panel.card
    fields = [card.title, card.text, card.say, card.done, card.to, card.caption, card.notes, card.lit, card.put,
              card.take, card.up, card.down, card.copy, card.delete]  # fmt: skip
    assert all(field.isVisible() for field in fields)
    for k, one in enumerate(fields):
        assert card.rect().contains(one.geometry()), one.accessibleName()
        assert not any(one.geometry().intersects(other.geometry()) for other in fields[k + 1 :]), one.accessibleName()
    assert window.canvas.mapTo(window, QPoint()).x() >= panel.width()
    for button in (panel.record, panel.run, panel.save, panel.end):
        assert panel.rect().contains(button.geometry())


def test_the_panel_goes_while_one_presents_and_comes_back(make_window):
    window = make_window(reduced_motion=True)
    recorded(window, 1)
    window.commands.present("here")
    assert window.writing.shown is None
    press(window, Qt.Key.Key_Escape)
    assert window.writing.shown is not None
    window.store.dispatch(SetTheme("dark"))
    window.store.dispatch(RecordStop())
    assert stops(window)[1].keys["theme"] == "dark"


def test_no_stop_is_recorded_in_a_lesson(make_window):
    window = make_window(reduced_motion=True)
    window.commands.start_lesson(next(iter(SHELF)))
    press(window, Qt.Key.Key_R, CTRL | SHIFT)
    assert window.store.state.document.lesson is None
