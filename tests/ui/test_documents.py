"""What the File menu does: files in and out, several windows, and nothing that is put away without a question."""

import errno

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from rnnstudio.engine.limits import InputError
from rnnstudio.files import recent
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.locks import OpenFile
from rnnstudio.files.storage import UnflushedError
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.editing import SetBias, SetCell, Undo
from rnnstudio.state.actions.viewing import SetTheme
from rnnstudio.ui import document_questions as questions
from rnnstudio.ui import documents
from rnnstudio.ui.commands import COMMANDS
from tests.files.faults import CODES, failing


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "studies" / "one.rnnstudio"
    path.parent.mkdir()
    path.write_bytes(write_study(demonstration()))
    return path


@pytest.fixture
def window(make_window, study):
    window = make_window()
    window.documents.begin()
    window.documents.open_path(study)
    return window


def session(window):
    return window.store.state.session


def unsaved(window):
    return window.store.state.document is not session(window).saved


def change(window):
    network = window.store.state.document.network
    window.store.dispatch(SetBias(not network.layers[network.chosen].bias))


def trigger(window, name):
    window.menus.actions[name].trigger()


def never(*_):
    raise AssertionError("this is not asked")


def test_new_gives_a_fresh_study_that_is_saved_under_a_name(make_window, tmp_path):
    window = make_window()
    window.documents.ask_leave = never
    trigger(window, "new")
    state = window.store.state
    assert (state.document.name, state.session.path, state.undo) == ("untitled", "", ())
    assert (state.document.network.inputs, state.document.network.outputs) == (3, 2)
    assert not unsaved(window), "nothing was made yet"
    window.documents.ask_save = lambda proposed: str(tmp_path / proposed)
    trigger(window, "save")
    assert read_study(tmp_path / "untitled.rnnstudio").name == "untitled"


def test_save_writes_where_it_came_from_and_the_mark_goes(window, study):
    assert not window.menus.actions["save"].isEnabled()
    change(window)
    assert "\N{BULLET}" in window.windowTitle() and window.menus.actions["save"].isEnabled()
    window.documents.ask_save = never
    trigger(window, "save")
    assert "\N{BULLET}" not in window.windowTitle()
    assert write_study(window.store.state.document) == study.read_bytes()
    window.store.dispatch(Undo())
    assert unsaved(window), "what is on the disk is the change"


def test_a_copy_leaves_the_study_where_it_was(window, study, tmp_path):
    change(window)
    window.documents.ask_copy = lambda proposed: str(tmp_path / "copy")
    trigger(window, "save_copy")
    assert read_study(tmp_path / "copy.rnnstudio").network.layers[1].bias
    assert session(window).path == str(study) and unsaved(window)
    window.documents.ask_copy = lambda proposed: str(study)
    trigger(window, "save_copy")
    assert not unsaved(window), "a copy over itself is a save"


def test_revert_is_undone_like_any_change(window, study):
    before = window.store.state.document
    assert not window.menus.actions["revert"].isEnabled()
    change(window)
    changed = window.store.state.document
    trigger(window, "revert")
    assert window.store.state.document is before and not unsaved(window)
    window.store.dispatch(Undo())
    assert window.store.state.document is changed and unsaved(window)


def test_revert_takes_what_is_on_the_disk_now(window, study):
    other = read_study(study)
    study.write_bytes(write_study(SetCell("gru").apply(window.store.state).document))
    change(window)
    trigger(window, "revert")
    assert window.store.state.document.network.layers[1].cell.name == "gru" and not unsaved(window)
    study.write_bytes(b"broken")
    window.store.dispatch(Undo())
    document = window.store.state.document
    trigger(window, "revert")
    assert window.store.state.document is document and "one.rnnstudio" in window.banner.text
    assert other.name == document.name


@pytest.mark.parametrize(("answer", "kept", "written"), [
    ("cancel", True, False), ("discard", False, False), ("save", False, True),
])  # fmt: skip
def test_closing_with_changes_asks(window, study, answer, kept, written):
    before = study.read_bytes()
    change(window)
    window.documents.ask_leave = lambda: answer
    assert window.close() is not kept
    assert window.isVisible() is kept
    assert (study.read_bytes() != before) is written
    if kept:
        assert unsaved(window), "it is as it was"
        assert OpenFile().take(str(study)), "and the file is still open here"
    else:
        free = OpenFile()
        assert free.take(str(study)) == ""
        free.release()


@pytest.mark.parametrize("way", ["new", "open", "bundled_words", "dropped"])
def test_another_document_asks_first_and_cancel_keeps(window, study, tmp_path, way):
    change(window)
    mine = window.store.state.document
    other = tmp_path / "other.rnnstudio"
    other.write_bytes(study.read_bytes())
    window.documents.ask_leave = lambda: "cancel"
    window.documents.ask_open = lambda: str(other)
    if way == "dropped":
        window.documents.open_dropped([str(other)])
    else:
        trigger(window, way)
    assert window.store.state.document is mine and unsaved(window)


def test_a_save_that_fails_keeps_the_mark_and_the_next_one_works(window, study, tmp_path):
    before = study.read_bytes()
    change(window)
    mine = window.store.state.document
    folder = study.parent
    folder.rename(folder.with_name("away"))
    trigger(window, "save")
    assert "was not saved" in window.banner.text and "is not there" in window.banner.text
    assert window.store.state.document is mine and unsaved(window)
    folder.with_name("away").rename(folder)
    assert study.read_bytes() == before
    trigger(window, "save")
    assert not unsaved(window) and study.read_bytes() == write_study(mine)


_HEAVY = (errno.EIO, errno.EACCES)  # the writer's own tests have all four


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.heavy if code in _HEAVY else ()) for code in CODES],
    ids=errno.errorcode.get,
)  # fmt: skip
def test_every_failing_call_of_a_save_keeps_study_and_mark_and_the_next_save_works(window, study, monkeypatch, code):
    nth = 0
    while True:
        nth += 1
        change(window)
        before, mine = study.read_bytes(), window.store.state.document
        with failing(monkeypatch, nth, code) as counter:
            trigger(window, "save")
        assert window.store.state.document is mine
        if not unsaved(window):
            assert study.read_bytes() == write_study(mine)
        else:
            sentence = window.banner.text
            assert "one.rnnstudio" in sentence and "\n" not in sentence and "Errno" not in sentence
            # only where the folder alone was not flushed the new one is there already
            assert study.read_bytes() == (write_study(mine) if "does not confirm" in sentence else before)
            trigger(window, "save")
            assert not unsaved(window) and study.read_bytes() == write_study(mine)
        assert [path.name for path in study.parent.iterdir()] == [study.name]
        if not counter.failed:
            break
    assert nth >= 15


@pytest.mark.parametrize("place", ["/proc/none.rnnstudio", "/sys/none.rnnstudio"])
def test_a_folder_that_takes_nothing_is_said(window, study, place):
    change(window)
    window.documents.ask_save = lambda proposed: place
    trigger(window, "save_as")
    assert unsaved(window) and session(window).path == str(study)
    assert "was not saved" in window.banner.text and "choose" in window.banner.text
    trigger(window, "save")
    assert not unsaved(window)


def test_a_save_that_nobody_confirms_is_no_save(window, study, monkeypatch):
    change(window)
    real = documents.save_study_file

    def unconfirmed(*arguments):
        written = real(*arguments)
        error = UnflushedError("is written, but the system does not confirm it")
        error.written = written
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(documents, "save_study_file", unconfirmed)
        trigger(window, "save")
    assert unsaved(window) and "does not confirm" in window.banner.text
    window.documents.ask_over = never
    trigger(window, "save")
    assert not unsaved(window)


@pytest.mark.parametrize("answer", ["cancel", "overwrite", "save_as"])
def test_a_file_that_somebody_else_has_saved_is_not_written_over_in_silence(window, study, tmp_path, answer):
    theirs = write_study(SetCell("gru").apply(window.store.state).document)
    change(window)
    mine = window.store.state.document
    study.write_bytes(theirs)
    said = []
    window.documents.ask_over = lambda sentence: said.append(sentence) or answer
    window.documents.ask_save = lambda proposed: str(tmp_path / "mine.rnnstudio")
    trigger(window, "save")
    assert len(said) == 1 and "changed on the disk by somebody else" in said[0]
    assert (study.read_bytes() == theirs) is (answer != "overwrite")
    assert unsaved(window) is (answer == "cancel")
    assert window.store.state.document is mine
    if answer == "save_as":
        assert session(window).path == str(tmp_path / "mine.rnnstudio")


def test_the_second_program_on_a_file_is_told_and_does_not_save_over_it(make_window, study, tmp_path):
    theirs = OpenFile()
    assert theirs.take(str(study)) == ""
    window = make_window()
    window.documents.open_path(study)
    assert "one.rnnstudio is open" in window.banner.text
    change(window)
    before = study.read_bytes()
    asked = []
    window.documents.ask_save = lambda proposed: asked.append(proposed) or str(study)
    trigger(window, "save")
    assert asked and study.read_bytes() == before and unsaved(window)
    theirs.release()
    trigger(window, "save")
    assert not unsaved(window)


def test_a_file_is_open_in_one_window_which_comes_to_the_front(window, study):
    window.documents.new_window()
    second = window.documents.windows.all[1]
    second.documents.begin()
    document = second.store.state.document
    second.documents.open_path(study)
    assert second.store.state.document is document and window.isActiveWindow()
    assert len(window.documents.windows.all) == 2


def test_windows_have_undo_and_looks_of_their_own(window):
    change(window)
    trigger(window, "new_window")
    second = window.documents.windows.all[1]
    assert second.store.state.document.name == "untitled" and not second.store.state.undo
    second.store.dispatch(SetTheme("dark"))
    assert session(window).theme == "light"
    assert second.pos() != window.pos()
    second.close()
    assert window.documents.windows.all == (window,) and window.isVisible()


def test_quit_asks_each_and_one_that_stays_keeps_the_program(window):
    trigger(window, "new_window")
    trigger(window, "new_window")
    first, second, third = window.documents.windows.all
    change(second)
    second.documents.ask_leave = lambda: "cancel"
    trigger(first, "quit")
    assert window.documents.windows.all == (first, second) and not first.isHidden()
    assert third not in window.documents.windows.all
    second.documents.ask_leave = lambda: "discard"
    assert window.documents.windows.close_all() and window.documents.windows.all == ()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("button", ["Save", "Discard", "Cancel"])
def test_the_question_is_asked_in_the_window_s_own_look(make_window, qtbot, theme, button):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    window, seen = make_window(theme=theme), []

    def answer():
        box = QApplication.activeModalWidget()
        buttons = {one.text(): one for one in box.buttons()}
        seen.append((box.text(), sorted(buttons), box.defaultButton().text()))
        cut = [text for text, one in buttons.items() if one.width() < one.sizeHint().width()]
        seen.append(cut)
        picture = box.grab().toImage()
        seen.append(picture.pixelColor(4, 4).name().upper() == window.theme.colours["raised"].upper())
        buttons[button].click()

    QTimer.singleShot(50, window, answer)
    assert questions.may_leave(window, "a.rnnstudio") == button.lower()
    assert seen == [("“a.rnnstudio” has changes that are not saved.", ["Cancel", "Discard", "Save"], "Save"), [], True]


def drop_event(kind, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = QPoint(5, 5) if kind is QDragEnterEvent else QPointF(5, 5)
    return kind(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier), data


def test_files_are_dropped_anywhere_and_each_gets_a_window(make_window, study, tmp_path):
    window = make_window()
    table = tmp_path / "two.csv"
    table.write_text("a,b\n0.1,0.2\n0.3,0.4\n", encoding="utf-8")
    event, data = drop_event(QDragEnterEvent, [study])
    event.ignore()
    window.dragEnterEvent(event)
    assert event.isAccepted()
    event, data = drop_event(QDropEvent, [study, table, tmp_path / "none.csv"])
    window.dropEvent(event)
    assert data.urls()
    assert session(window).path == str(study)
    assert len(window.documents.windows.all) == 2
    assert window.documents.windows.all[1].store.state.document.sequence.steps == 2
    assert "none.csv" in window.banner.text, "what is wrong with one is said, and no window stays for it"
    nothing, data = drop_event(QDragEnterEvent, [])
    nothing.ignore()
    window.dragEnterEvent(nothing)
    assert not nothing.isAccepted() and not data.urls()


def recent_rows(window):
    rows = [window.menus.actions[f"recent_{k}"] for k in range(recent.KEPT)]
    return [row.text() for row in rows if row.isVisible()]


def test_recent_files_are_a_menu_of_what_is_there(window, study, tmp_path):
    assert len(recent_rows(window)) == 1 and recent_rows(window)[0].startswith("one.rnnstudio")
    table = tmp_path / "a & b.csv"
    table.write_text("a\n0.1\n0.2\n", encoding="utf-8")
    window.documents.open_path(table)
    assert [row.split("  ")[0] for row in recent_rows(window)] == ["a && b.csv", "one.rnnstudio"]
    trigger(window, "recent_1")
    assert session(window).path == str(study)
    table.unlink()
    trigger(window, "new_window")
    other = window.documents.windows.all[1]
    other.documents.begin()
    other.documents.listed(str(study))
    for one in (window, other):
        assert recent_rows(one)[1].endswith("(not there any more)")
        assert not one.menus.actions["recent_1"].isEnabled()
    trigger(window, "clear_recent")
    assert recent_rows(other) == ["No file yet"] and not other.menus.actions["recent_0"].isEnabled()


def test_a_damaged_list_is_put_aside(window):
    place = recent._place()
    for damage in (b"{", b'{"a": 1}', b"[1]", b'["a\\u0000b"]', b"\xff", b"[" * 100_000, b'["x"]' + b" " * 300_000):
        place.write_bytes(damage)
        assert recent.recent_files() == ()
        assert place.with_suffix(".json.bad").read_bytes() == damage and not place.exists()
    place.write_bytes(b'["/none/\\ud800x", "/none/\\u202egnp.exe"]')
    for file in recent.recent_files():
        assert file.trouble and recent.shown_path(file.path).isprintable()


def test_at_most_ten_are_kept_and_a_file_stands_once(tmp_path, monkeypatch):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))
    for k in (*range(14), 9):
        recent.remember(tmp_path / f"{k}.rnnstudio")
    names = [file.path.rpartition("/")[2] for file in recent.recent_files()]
    assert names == [f"{k}.rnnstudio" for k in (9, 13, 12, 11, 10, 8, 7, 6, 5, 4)]


def test_every_row_of_the_menu_has_its_method(window):
    from rnnstudio.ui.window_commands import WindowCommands

    for command in COMMANDS:
        if command.menu.startswith("File"):
            name = command.action.partition(":")[0]
            owners = (WindowCommands, window.documents, window.commands.access)
            assert any(hasattr(owner, name) for owner in owners), command.id


def test_a_file_that_cannot_be_opened_gives_no_window(window, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        window.documents.windows.open_file(tmp_path / "none.rnnstudio", window.store.state)
    assert len(window.documents.windows.all) == 1


def test_plots_that_come_after_another_study_has_do_not_ask_for_its_loss(make_window, qtbot):
    window = make_window()
    trigger(window, "training")
    trigger(window, "new")  # it has no targets, and the plots are not there yet
    qtbot.wait(50)
    window.side.training.load_plots()
    assert not session(window).training


def test_a_window_that_is_closed_before_its_first_picture_holds_nothing(make_window, study):
    window = make_window(path=str(study))
    window.documents.open_path(study)
    window.close()
    window.documents.begin()  # the timer that was set before
    free = OpenFile()
    assert free.take(str(study)) == ""
    free.release()
