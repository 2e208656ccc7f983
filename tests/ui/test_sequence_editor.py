"""The table of the sequence: opened, edited, pasted into, made by generators, read from files, used; by keys alone."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from rnnstudio.engine.tasks import TASKS
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.study import write_study
from rnnstudio.state.actions.editing import Undo
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_rows import draft_of

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def opened_table(make_window):
    window = make_window(bundled_study("tutorial"))
    window.store.dispatch(GoTo(3))
    QTest.keyClick(window.canvas, KEY.Key_E, CTRL | SHIFT)
    editor = window.commands.sequence
    assert editor.isVisible() and editor.grid.hasFocus()
    return window, editor


def press(editor, key, held=NONE):
    QTest.keyClick(QGuiApplication.focusObject(), key, held)


def keys(editor, text):
    for letter in text:
        QTest.keyClicks(QGuiApplication.focusObject(), letter)


def test_the_whole_tour_by_keys_alone(opened_table):
    window, editor = opened_table
    before = window.store.state.document
    assert editor.grid.currentIndex().row() == 2 and not editor.use.isEnabled()
    keys(editor, "0,25")
    press(editor, KEY.Key_Tab)
    press(editor, KEY.Key_Up)
    press(editor, KEY.Key_Return)
    x = before.sequence.x
    assert editor.draft.sequence.x[2, 0] == 0.25 and editor.draft.sequence.x[2, 1] == round(x[2, 1] + 0.1, 10)
    press(editor, KEY.Key_Insert)
    assert len(editor.draft.rows) == 9 and editor.grid.currentIndex().row() == 3
    press(editor, KEY.Key_Up, ALT)
    assert not editor.draft.rows[2].any() and editor.grid.currentIndex().row() == 2
    press(editor, KEY.Key_Down, ALT)
    press(editor, KEY.Key_D, CTRL)
    press(editor, KEY.Key_Down, SHIFT)
    press(editor, KEY.Key_Delete)
    press(editor, KEY.Key_Z, CTRL)
    press(editor, KEY.Key_Y, CTRL)
    assert window.store.state.document is before, "nothing changes until it is used"
    count = len(editor.draft.rows)
    press(editor, KEY.Key_Return, CTRL)
    assert not editor.isVisible() and window.canvas.hasFocus()
    document = window.store.state.document
    assert document.sequence.steps == count and document.sequence.x[2, 0] == 0.25
    assert window.store.state.undo[-1].name == "Change the sequence (7 changes)"
    window.store.dispatch(Undo())
    assert window.store.state.document is before


def test_escape_leaves_everything_and_what_was_changed_is_there_again(opened_table):
    window, editor = opened_table
    saved = write_study(window.store.state.document)
    press(editor, KEY.Key_Insert)
    press(editor, KEY.Key_Escape)
    assert not editor.isVisible() and write_study(window.store.state.document) == saved and not window.store.state.undo
    window.run_command("edit_sequence")
    assert len(editor.draft.rows) == 9 and "again" in editor.said
    press(editor, KEY.Key_Escape)


def test_keys_of_the_window_do_not_reach_it_while_the_table_is_open(opened_table):
    window, editor = opened_table
    press(editor, KEY.Key_F6)
    for key, held in ((KEY.Key_7, NONE), (KEY.Key_Space, NONE), (KEY.Key_T, CTRL), (KEY.Key_Right, NONE)):
        press(editor, key, held)
    session = window.store.state.session
    assert (session.view, session.playing, session.theme, session.playhead.t) == ("unrolled", False, "light", 3)
    press(editor, KEY.Key_Escape)


def test_paste_fills_from_the_cell_at_hand_and_a_bad_clipboard_is_one_sentence(opened_table):
    window, editor = opened_table
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("0,5\t1\n−1\t0,125\n")
    press(editor, KEY.Key_V, CTRL)
    assert editor.draft.sequence.x[2:4, :2].tolist() == [[0.5, 1], [-1, 0.125]] and not editor.wrong
    draft = editor.draft
    for bad in ("0.5\tnan", "1\t2\n3", "x", "1\t2\t3\t4\t5\t6", ""):
        clipboard.setText(bad)
        press(editor, KEY.Key_V, CTRL)
        assert editor.draft is draft and editor.wrong and editor.said, bad
    clipboard.setText("1\t2\n3\t4\n5\t6")
    press(editor, KEY.Key_V, CTRL | SHIFT)
    assert editor.draft.sequence.x.tolist() == [[1, 2], [3, 4], [5, 6]] and "inputs 3 → 2" in editor.said
    press(editor, KEY.Key_C, CTRL)
    assert clipboard.text() == "1"
    press(editor, KEY.Key_Return, CTRL)
    assert window.store.state.document.network.inputs == 2
    clipboard.clear()


def test_a_bad_value_is_refused_in_one_sentence_and_the_cell_keeps_its_own(opened_table):
    _, editor = opened_table
    draft = editor.draft
    keys(editor, "1.2.3")
    press(editor, KEY.Key_Return)
    assert editor.draft is draft and editor.wrong and "“1.2.3” is not a number" in editor.said
    press(editor, KEY.Key_Return)
    press(editor, KEY.Key_Escape)
    assert editor.isVisible() and editor.draft is draft
    press(editor, KEY.Key_Escape)


@pytest.mark.parametrize("task", TASKS)
def test_every_generator_is_made_previewed_and_used(make_window, task):
    window = make_window(bundled_study("tutorial"))
    window.run_command(f"make_{task}")
    editor = window.commands.sequence
    assert TASKS[task].source in editor.sources.panel.note
    assert editor.sources.numbers.fields["steps"].value() == TASKS[task].preset.steps
    first = editor.draft
    QTest.keyClick(editor.sources.make, KEY.Key_Return)
    assert editor.sources.numbers.fields["seed"].value() == 2 and editor.draft is not first
    assert editor.preview.values().shape[1] == len(editor.draft.rows)
    assert window.grab().width() == window.width()
    QTest.keyClick(editor.grid, KEY.Key_Return, CTRL)
    state = window.store.state
    assert not editor.isVisible() and state.document.sequence is not bundled_study("tutorial").sequence
    for view in "1234567":
        QTest.keyClick(window.canvas, getattr(KEY, f"Key_{view}"))
        window.grab()


def test_text_is_typed_shown_by_its_vocabulary_and_may_be_short_vectors(make_window):
    window = make_window(bundled_study("tutorial"))
    window.run_command("make_text_words")
    editor = window.commands.sequence
    editor.sources.text.setPlainText("the cat sat on the mat")
    sequence = editor.draft.sequence
    assert sequence.vocabulary == ("the", "cat", "sat", "on", "mat") and sequence.steps == 5
    assert "5 different words: the cat sat on mat" in editor.sources.panel.note
    editor.sources.told.emit("tile", "few")
    assert editor.draft.sequence.x.shape == (5, 4) and editor.grid.table.label(4) == "“the”"
    editor.sources.told.emit("target", "none")
    assert editor.draft.sequence.targets is None and editor.draft.sequence.steps == 6
    draft = editor.draft
    editor.sources.text.setPlainText("  ")
    assert editor.draft is draft and editor.wrong
    editor.choices.source("chars")
    assert len(editor.draft.sequence.vocabulary) > 5 and not editor.wrong
    editor.leave()


def test_a_table_is_looked_at_and_read_with_columns_of_choice(opened_table, tmp_path):
    window, editor = opened_table
    path = tmp_path / "prices.csv"
    path.write_text("day;open;close;volume\nmon;0,5;1;7\ntue;0,75;1,5;8\nwed;1;2;9\n", encoding="utf-8")
    editor.commands.ask_file = lambda: str(path)
    QTest.keyClick(editor.tools["import"], KEY.Key_Return)
    page = editor.page
    assert page.isVisible() and page.table.hasFocus()
    assert page.cells.roles == ["left out", "input", "input", "input"]
    assert "3 steps, 3 inputs, no targets" in page.said
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Return, KEY.Key_Right, KEY.Key_Return, KEY.Key_Return):
        press(editor, key)
    assert page.cells.roles == ["left out", "input", "target", "left out"]
    page.header.picked.emit("values")
    assert page.wrong and not page.read.isEnabled()
    page.header.picked.emit("names")
    for column in (2, 3, 3):
        page.turn(column)
    press(editor, KEY.Key_Return, CTRL)
    sequence = editor.draft.sequence
    assert not page.isVisible() and sequence.columns == ("open",)
    assert sequence.x.tolist() == [[0.5], [0.75], [1.0]] and sequence.targets.tolist() == [[1.0], [1.5], [2.0]]
    press(editor, KEY.Key_Return, CTRL)
    assert window.store.state.undo[-1].name == "Read prices.csv"


def test_files_that_cannot_be_read_and_long_texts_say_so(opened_table, tmp_path):
    _, editor = opened_table
    draft = editor.draft
    for name, content in (("empty.csv", ""), ("bad.txt", b"\xff\xfe\x00"), ("none.npy", b"xx")):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        editor.open_file(str(path))
        assert editor.draft is draft and editor.wrong and editor.said and not editor.page.isVisible(), name
    editor.open_file(str(tmp_path / "not there.csv"))
    assert editor.wrong
    long = tmp_path / "long.txt"
    long.write_text("one two three " * 10_000, encoding="utf-8")
    editor.open_file(str(long))
    assert len(editor.draft.rows) == 19_999 and "30,000 words" in editor.said, "the last word is a target alone"
    assert editor.making.source == "words" and editor.sources.text.isReadOnly()
    editor.leave()


def test_rows_are_dragged_by_their_dots_and_a_tile_goes_to_its_row(opened_table):
    _, editor = opened_table
    grid, before = editor.grid, editor.draft.rows.copy()
    grid.setFocus()
    first = grid.visualRect(grid.table.index(0, 0)).center()
    third = grid.visualRect(grid.table.index(2, 0)).center() + QPoint(0, 8)
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, NONE, first)
    QTest.mouseMove(grid.viewport(), third)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, NONE, third)
    np.testing.assert_array_equal(editor.draft.rows[:3], before[[1, 2, 0]])
    column = editor.preview._column(6).center().toPoint()
    QTest.mouseClick(editor.preview, Qt.MouseButton.LeftButton, NONE, column)
    assert grid.currentIndex().row() == 6 and editor.place == "row 7 of 8"
    editor.leave()


def test_every_control_has_a_name(opened_table):
    _, editor = opened_table
    named = [*editor.tools.values(), editor.use, editor.cancel, editor.seed, editor.grid, editor.sources.text,
             *editor.sources.rows, *editor.sources.numbers.fields.values()]  # fmt: skip
    assert all(widget.accessibleName() for widget in named)
    index = editor.grid.table.index(2, 1)
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("step 3, x 1: −0.52")
    editor.leave()


def test_a_table_at_the_limits_of_inputs_and_steps_is_shown_and_edited(opened_table):
    _, editor = opened_table
    for shape in ((3, 4_096), (20_000, 1)):
        editor.changed("Wide or long", draft_of(Sequence(x=np.zeros(shape))), 0)
        editor.grid.go(shape[0] - 1, editor.grid.table.columnCount() - 1)
        keys(editor, "0.5")
        press(editor, KEY.Key_Return)
        assert editor.draft.sequence.x[-1, -1] == 0.5 and not editor.wrong
        assert editor.grab().width() == editor.width()
    press(editor, KEY.Key_Insert)
    assert len(editor.draft.rows) == 20_000 and editor.wrong and "20,000" in editor.said
    editor.leave()
