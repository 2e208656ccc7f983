"""The step in words beside the picture: it follows, is copied and exported, and leaves the picture its room."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from rnnstudio.files.words_file import markdown
from rnnstudio.state.actions.presenting import Present
from rnnstudio.state.actions.stepping import GoTo, StepForward
from rnnstudio.state.in_words import in_words
from rnnstudio.ui import words_dock
from tests.ui.lecture import rest


@pytest.fixture
def window(make_window):
    window = make_window(size=(1920, 1080))
    window.store.dispatch(GoTo(3, 2))
    window.run_command("in_words")
    QCoreApplication.processEvents()
    return window


def test_it_follows_every_step(window):
    dock = window.commands.access.words_dock
    for _ in range(3):
        window.store.dispatch(StepForward())
        rest(window)
        said = in_words(window.store.state)
        shown = dock.text.toPlainText()
        assert said.where in shown and all(sentence in shown for sentence in said.sentences)
        assert all(f"{row.name} {row.symbol}" in shown for row in said.rows)
        assert dock.text.accessibleDescription().startswith(said.where)


def test_it_comes_and_goes_by_its_command_and_its_own_button(window):
    dock = window.commands.access.words_dock
    assert dock.isVisible()
    window.run_command("in_words")
    assert not dock.isVisible() and not window.store.state.session.in_words
    window.run_command("in_words")
    dock.buttons["close"].click()
    assert not dock.isVisible()


def test_it_is_not_shown_to_a_room(window):
    window.store.dispatch(Present())
    assert not window.commands.access.words_dock.isVisible()


def test_it_is_copied(window):
    window.commands.access.words_dock.buttons["copy"].click()
    assert QGuiApplication.clipboard().text() == markdown([in_words(window.store.state)])


def test_its_text_keeps_arrows_and_lets_space_through(window):
    text = window.commands.access.words_dock.text
    text.setFocus()
    before = window.store.state.session.playhead
    QTest.keyClick(text, Qt.Key.Key_Right)
    QTest.keyClick(text, Qt.Key.Key_N)
    assert window.store.state.session.playhead == before
    QTest.keyClick(text, Qt.Key.Key_Space)
    assert window.store.state.session.playing


@pytest.mark.parametrize(("command", "ending", "steps"), [("export_words", ".md", 1), ("export_all_words", ".csv", 33)])
def test_it_is_exported(window, monkeypatch, tmp_path, command, ending, steps):
    path = tmp_path / f"words{ending}"
    monkeypatch.setattr(words_dock, "ask_words", lambda *_: str(path))
    window.run_command(command)
    text = path.read_text(encoding="utf-8")
    wheres = {line.split(",")[0] for line in text.splitlines()[1:]} if ending == ".csv" else {"one"}
    assert text and len(wheres) >= (steps > 1)
    assert text.count("sub-step 4 of 4") > 1 or steps == 1


def test_what_cannot_be_written_is_said(window, monkeypatch, tmp_path):
    monkeypatch.setattr(words_dock, "ask_words", lambda *_: str(tmp_path / "none" / "a.md"))
    window.run_command("export_words")
    assert window.store.state.session.message.startswith("The words were not written: ")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_picture_keeps_its_room(make_window, size, theme):
    window = make_window(size=size, theme=theme)
    before = window.size()
    window.run_command("in_words")
    QCoreApplication.processEvents()
    dock = window.commands.access.words_dock
    assert window.size() == before
    assert window.canvas.width() >= 0.42 * window.width() and dock.width() <= 0.45 * window.width()
    assert dock.text.horizontalScrollBar().maximum() == 0
    head = dock.titleBarWidget()
    assert all(head.rect().contains(button.geometry()) for button in dock.buttons.values())
