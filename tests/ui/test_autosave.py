"""Unsaved work is kept within ten seconds, and offered at the next start."""

import itertools
import os
import threading
import time
from dataclasses import replace

import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files import recovery
from rnnstudio.files.locks import hold
from rnnstudio.files.places import recovery_folder
from rnnstudio.files.recovery import SUFFIX, About, Slot, read_recovery, recoverable
from rnnstudio.files.study import read_study, write_study
from rnnstudio.files.study_file import content_hash
from rnnstudio.state.actions.editing import SetBias, SetCell, Undo
from rnnstudio.state.actions.training_settings import SetTraining
from rnnstudio.ui.autosave import Autosave
from rnnstudio.ui.recovery_offer import offer, words


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def window(make_window, now):
    """A window whose autosave has a clock of its own."""
    window = make_window()
    documents = window.documents
    documents.autosave.stop()
    documents._autosave = Autosave(window.store, documents, lambda: now[0])
    return window


def kept():
    folder = recovery_folder()
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def keep(window):
    window.documents.autosave.keep()
    window.documents.autosave.settle()


def change(window):
    network = window.store.state.document.network
    window.store.dispatch(SetBias(not network.layers[network.chosen].bias))


def left_behind(window):
    """The work of a window that has ended without a word: the lock is gone with its process."""
    keep(window)
    slot = window.documents.autosave.slot
    about, study = read_recovery(slot.place)
    slot.empty()
    place = recovery_folder() / f"1-dead{SUFFIX}"
    place.write_bytes(recovery.recovery_bytes(study, about))
    return place


def test_it_waits_for_a_pause_but_not_for_ever(window, now):
    timer = window.documents.autosave.waiting
    assert not timer.isActive(), "nothing to keep yet"
    change(window)
    waits = []
    for _ in range(12):
        waits.append(timer.interval())
        now[0] += 1.0
        change(window)
    assert waits[:7] == [2000] * 7
    assert waits[7:11] == [1000, 0, 0, 0], "eight seconds after the first change it is written whatever comes"
    assert timer.isActive()


def test_what_is_kept_is_the_work_and_where_it_belongs(window, tmp_path):
    path = tmp_path / "a.rnnstudio"
    window.documents.ask_save = lambda proposed: str(path)
    window.documents.save_as()
    disk, clean = content_hash(path), window.store.state.document
    change(window)
    keep(window)
    about, study = read_recovery(kept()[0])
    assert read_study(study).network.layers[1].bias
    assert study == write_study(window.store.state.document)
    assert (about.path, about.disk, about.change, about.revision) == (str(path), disk, "Add the bias", 1)
    assert about.clean == disk and write_study(clean) == path.read_bytes()


def test_it_goes_only_after_a_save_that_worked(window, tmp_path):
    change(window)
    keep(window)
    assert len(kept()) == 1
    window.documents.ask_save = lambda proposed: str(tmp_path / "none" / "a.rnnstudio")
    assert not window.documents.save_as()
    window.documents.autosave.settle()
    assert len(kept()) == 1, "the save has failed: it is still needed"
    window.documents.ask_save = lambda proposed: str(tmp_path / "a.rnnstudio")
    assert window.documents.save_as()
    window.documents.autosave.settle()
    assert not kept()
    change(window)
    keep(window)
    (tmp_path / "a.rnnstudio").unlink()
    (tmp_path / "a.rnnstudio").mkdir()
    window.documents.ask_over = lambda sentence: "overwrite"
    assert not window.documents.save(), "a folder has the name"
    window.documents.autosave.settle()
    assert len(kept()) == 1


def test_undone_to_what_is_saved_there_is_no_work(window):
    change(window)
    keep(window)
    window.store.dispatch(Undo())
    window.documents.autosave.settle()
    assert not kept() and not window.documents.autosave.waiting.isActive()


def test_closing_with_cancel_keeps_it_and_with_discard_takes_it_away(window):
    change(window)
    keep(window)
    window.documents.ask_leave = lambda: "cancel"
    window.close()
    assert len(kept()) == 1
    window.documents.ask_leave = lambda: "discard"
    threads = threading.active_count()
    window.close()
    assert not list(recovery_folder().iterdir()), "no work, no lock"
    assert threading.active_count() == threads - 1


def test_two_windows_do_not_meet(window):
    window.documents.new_window()
    second = window.documents.windows.all[1]
    for one in (window, second):
        change(one)
        keep(one)
    assert len(kept()) == 2
    assert recoverable(recovery_folder()) == [], "both live: nothing of it is offered to anybody"


def test_the_picture_does_not_wait_for_the_disk(window, monkeypatch):
    go_on, threads = threading.Event(), []
    real = Slot.write

    def slow(slot, *more):
        threads.append(threading.current_thread())
        go_on.wait(10)
        real(slot, *more)

    monkeypatch.setattr(Slot, "write", slow)
    change(window)
    window.documents.autosave.keep()
    change(window)
    window.documents.autosave.keep()  # comes back at once, and asks again later
    assert window.documents.autosave.waiting.isActive()
    go_on.set()
    window.documents.autosave.settle()
    assert threads and threading.main_thread() not in threads


def test_that_it_cannot_be_kept_is_said_once(window, monkeypatch, qtbot):
    def full(*_):
        raise InputError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Slot, "write", full)
        change(window)
        keep(window)
        qtbot.waitUntil(lambda: "the disk is full" in window.banner.text)
        window.banner._dismiss()
        change(window)
        keep(window)
        qtbot.wait(20)
    assert window.banner.text == ""
    change(window)
    keep(window)
    assert len(kept()) == 1, "it has gone on trying"


def test_a_home_that_cannot_be_written_to_keeps_nothing_and_says_so(window, monkeypatch, qtbot, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "file"))
    change(window)
    keep(window)
    qtbot.waitUntil(lambda: "cannot be kept" in window.banner.text)


def test_what_training_has_made_is_kept_while_it_goes_on(window, qtbot, tmp_path):
    from rnnstudio.ui.autosave import work

    window.store.dispatch(SetTraining("updates", 100_000))
    window.documents.ask_save = lambda proposed: str(tmp_path / "a.rnnstudio")
    assert window.documents.save_as() and not window.documents.autosave.waiting.isActive()
    window.trainer.train()
    qtbot.waitUntil(lambda: window.store.state.session.run.made > 0, timeout=30_000)
    state = window.store.state
    assert state.session.run.live
    assert work(state) is not state.document and work(state).network is state.session.run.network
    assert window.documents.autosave.waiting.isActive()


def test_what_was_left_is_offered_and_stays_until_it_is_saved(window, make_window, tmp_path):
    change(window)
    place = left_behind(window)
    second = make_window()
    asked = []

    def answer(parent, found, folder):
        asked.append([words(one) for one in found])
        return "later" if len(asked) == 1 else "open"

    assert offer(second, (), answer) == [] and place.exists()
    assert offer(second, (), answer) == [second]
    assert asked[0] == ["\N{BULLET} tutorial (never saved); last change: Add the bias"]
    state = second.store.state
    assert state.document.network.layers[1].bias and state.session.saved is None
    assert "\N{BULLET}" in second.windowTitle()
    assert place.exists(), "it is as unsaved as it was"
    assert offer(second, (), answer) == [], "it is open now"
    second.documents.ask_save = lambda proposed: str(tmp_path / "mine.rnnstudio")
    assert second.documents.save()
    second.documents.autosave.settle()
    assert not place.exists() and read_study(tmp_path / "mine.rnnstudio").network.layers[1].bias


def test_discarding_what_was_left_is_said_and_final(window, make_window):
    change(window)
    place = left_behind(window)
    assert offer(make_window(), (), lambda *_: "discard") == []
    assert not place.exists() and recoverable(recovery_folder()) == []


def test_work_on_a_file_goes_back_there_and_a_window_in_use_is_left_alone(window, make_window, tmp_path):
    path = tmp_path / "a.rnnstudio"
    window.documents.ask_save = lambda proposed: str(path)
    window.documents.save_as()
    change(window)
    left_behind(window)
    window.documents.ask_leave = lambda: "discard"
    window.close()
    busy = make_window()
    change(busy)
    mine = busy.store.state.document
    (restored,) = offer(busy, (), lambda *_: "open")
    assert restored is not busy and busy.store.state.document is mine
    restored.documents.ask_over = restored.documents.ask_save = None
    assert restored.documents.save() and read_study(path).network.layers[1].bias


def test_work_that_was_overtaken_asks_before_it_is_saved_over_the_other(window, make_window, tmp_path):
    path = tmp_path / "a.rnnstudio"
    window.documents.ask_save = lambda proposed: str(path)
    window.documents.save_as()
    other = write_study(SetCell("gru").apply(window.store.state).document)
    change(window)
    left_behind(window)
    window.documents.ask_leave = lambda: "discard"
    window.close()
    path.write_bytes(other)
    said = []
    (restored,) = offer(make_window(), (), lambda parent, found, folder: said.append(words(found[0])) or "open")
    assert "saved by somebody else since" in said[0]
    restored.documents.ask_over = lambda sentence: "cancel"
    assert not restored.documents.save() and path.read_bytes() == other


def test_dates_decide_nothing(tmp_path):
    """A file that is newer than the work by its date, but not by its content, does not hide the work."""
    import os

    from rnnstudio.files.demonstration import demonstration

    path, folder = tmp_path / "a.rnnstudio", tmp_path / "recovery"
    path.write_bytes(write_study(demonstration()))
    disk = content_hash(path)
    folder.mkdir()
    mine = replace(demonstration(), name="mine")
    place = folder / f"1-a{SUFFIX}"
    about = About(path=str(path), disk=disk, clean=disk, revision=3, change="Rename")
    place.write_bytes(recovery.recovery_bytes(write_study(mine), about))
    for work_time, file_time in ((1e9, 2e9), (2e9, 1e9), (4e9, 4e9)):
        os.utime(place, (work_time, work_time))
        os.utime(path, (file_time, file_time))
        (found,) = recoverable(folder)
        assert found.document.name == "mine" and not found.overtaken
    path.write_bytes(write_study(mine))
    os.utime(path, (1, 1))
    assert recoverable(folder) == [] and not place.exists(), "the same words are saved: there is nothing to offer"


def test_a_damaged_recovery_file_is_put_aside_and_no_start_fails(tmp_path):
    from rnnstudio.files.demonstration import demonstration

    whole = recovery.recovery_bytes(write_study(demonstration()), About(clean="x"))
    damages = (b"", b"PK", whole[:-30], whole[: len(whole) // 2], b"x" * 100, whole[:200] + whole[210:])
    for k, damage in enumerate(damages):
        (tmp_path / f"{k}{SUFFIX}").write_bytes(damage)
    (tmp_path / f"good{SUFFIX}").write_bytes(whole)
    (found,) = recoverable(tmp_path)
    assert found.place.name == f"good{SUFFIX}"
    assert len(list(tmp_path.glob("*.bad"))) == 5, "a few are kept to be looked at"
    assert recoverable(tmp_path / "none") == []


def test_a_lock_without_work_is_tidied_up_and_a_living_one_stays(tmp_path):
    (tmp_path / "1-dead.lock").write_bytes(b"")
    mine = hold(tmp_path / "2-mine.lock")
    recoverable(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2-mine.lock"]
    mine.release()


def test_a_clock_set_back_in_the_middle_of_a_session_loses_nothing(make_window, tmp_path, monkeypatch):
    """R26: the wall's clock falls by a day at every look, files are of tomorrow: no wait and no save asks it."""
    real, looks = time.time, itertools.count()
    monkeypatch.setattr(time, "time", lambda: real() - 86_400.0 * next(looks))
    window = make_window()
    documents, timer = window.documents, window.documents.autosave.waiting
    assert documents.autosave._now is time.monotonic, "bound before this test could turn the clock back"
    path = tmp_path / "a.rnnstudio"
    documents.ask_save = lambda proposed: str(path)
    for _ in range(3):
        change(window)
        assert timer.isActive() and 0 <= timer.interval() <= 2000
        keep(window)
        assert read_recovery(kept()[0])[1] == write_study(window.store.state.document)
        tmp_path.joinpath(".rnnstudio-other-1-00.part").write_bytes(b"of a save that was killed")
        assert documents.save(), window.store.state.session.message
        os.utime(path, (real() + 86_400.0,) * 2)
        documents.autosave.settle()
        assert path.read_bytes() == write_study(window.store.state.document) and not kept()
    assert list(tmp_path.glob(".rnnstudio-*")) == []
