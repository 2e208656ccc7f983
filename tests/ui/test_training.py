"""Training from the window: one worker thread, stopped at once, never in the way of the picture."""

import sys
import threading
import time
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.status import OK, Kind, Status
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.state.actions.editing import SetBias
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.training_settings import SetTraining
from rnnstudio.state.learning import learning
from rnnstudio.state.model import Document, Sequence, Settings
from rnnstudio.state.training_data import training_data
from rnnstudio.state.update_stream import UpdateStream, engine_updates
from rnnstudio.ui import worker
from rnnstudio.ui.preloading import Preloading
from rnnstudio.ui.worker import Trainer

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def state(window):
    return window.store.state


def run(window):
    return state(window).session.run


def weights(document):
    return [array for layer in document.network.layers for array in layer.parameters.values()]


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))


def done(qtbot, window):
    """The run is over, and every panel has shown its end."""
    qtbot.waitUntil(lambda: run(window) is not None and not run(window).live, timeout=20_000)
    qtbot.waitUntil(lambda: not window._showing._waiting)


def some(qtbot, window, n=1):
    qtbot.waitUntil(lambda: run(window) is not None and run(window).made >= n, timeout=20_000)


def reference(document, n):
    """The study after n updates, made without a window."""
    stream = UpdateStream(training_data(document), False)
    for _ in range(n):
        assert stream.advance() is None
    return replace(document, network=stream.settle())


@pytest.fixture
def window(make_window):
    made = make_window(size=(1280, 720))
    QTest.keyClick(made.canvas, K.Key_T)
    return made


def endless(window):
    window.store.dispatch(SetTraining("updates", 100_000))


# ------------------------------------------------------------------ the mode


def test_t_shows_the_panel_in_place_of_the_inspector_and_back(make_window):
    window = make_window(view="cell")
    QTest.keyClick(window.canvas, K.Key_T)
    assert state(window).session.training and state(window).session.view == "unrolled"
    assert window.side.training.isVisible() and window.inspector.isHidden()
    QTest.keyClick(window.canvas, K.Key_T)
    assert window.side.training.isHidden() and window.inspector.isVisible()


@pytest.mark.parametrize(("view", "then"), [("samples", "samples"), ("unrolled", "unrolled"), ("layer", "unrolled")])
def test_samples_and_unrolled_stay(make_window, view, then):
    window = make_window(view=view)
    QTest.keyClick(window.canvas, K.Key_T)
    assert state(window).session.view == then


def test_a_sequence_without_targets_says_why_nothing_is_trained(make_window):
    document = demonstration()
    window = make_window(replace(document, sequence=document.sequence.with_targets(None)))
    QTest.keyClick(window.canvas, K.Key_T)
    assert not state(window).session.training and "targets" in window.banner.text
    assert not window.view_bar.training.choices["training"].isEnabled()
    assert "targets" in window.view_bar.training.choices["training"].toolTip()
    window.trainer.train()
    assert run(window) is None


def test_in_a_narrow_window_the_panel_lies_over_the_picture(make_window):
    window = make_window(size=(1024, 700))
    assert window.inspector.isHidden()
    QTest.keyClick(window.canvas, K.Key_I)
    assert window.inspector.isVisible() and window.canvas.width() == 1024
    QTest.keyClick(window.canvas, K.Key_I)
    assert window.inspector.isHidden()
    QTest.keyClick(window.canvas, K.Key_T)
    assert window.side.training.isVisible() and window.canvas.width() == 1024
    QTest.keyClick(window.canvas, K.Key_T)
    assert window.side.training.isHidden() and window.inspector.isHidden()


# ------------------------------------------------------------------ runs


def test_a_run_of_n_updates_is_one_change(window, qtbot):
    first = state(window).document
    window.store.dispatch(SetTraining("updates", 50))
    before = state(window).document
    QTest.keyClick(window.canvas, K.Key_R)
    done(qtbot, window)
    assert [change.name for change in state(window).undo] == ["Change the number of updates", "Train (50 updates)"]
    assert same(state(window).document, reference(before, 50))
    assert len(run(window).curve.loss) == 50
    QTest.keyClick(window.canvas, K.Key_Z, CTRL)
    assert state(window).document is before and same(before, first)
    QTest.keyClick(window.canvas, K.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert same(state(window).document, reference(before, 50))


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_stopped_and_resumed_is_as_if_it_had_never_stopped(window, qtbot, optimizer):
    window.store.dispatch(SetTraining("optimizer", optimizer))
    window.store.dispatch(SetTraining("rate", 0.05))
    before = state(window).document
    endless(window)
    for _ in range(3):
        window.trainer.train()
        made = run(window).number
        qtbot.waitUntil(lambda made=made: run(window).number == made and run(window).made >= 3, timeout=20_000)
        window.trainer.train()
        done(qtbot, window)
    total = run(window).before + run(window).made
    assert total > 9 and same(state(window).document, reference(before, total))
    shown = learning(state(window))
    assert list(shown.at[:total]) == list(range(total))
    losses = UpdateStream(training_data(before), False)
    for _ in range(total):
        losses.advance()
    assert np.array_equal(run(window).curve.loss, losses.told()[0])


def test_the_picture_keeps_its_numbers_while_training_runs(window, qtbot):
    endless(window)
    document = state(window).document
    window.trainer.train()
    some(qtbot, window)
    assert state(window).document is document and run(window).live
    assert window.side.training.buttons["train"].accessibleName() == "Stop"
    window.side.training.buttons["train"].click()
    done(qtbot, window)
    assert state(window).document is not document
    assert window.side.training.buttons["train"].accessibleName() == "Train"


def test_one_update_forward_and_back_is_exact(window, qtbot):
    start = state(window).document
    QTest.keyClick(window.canvas, K.Key_T)  # in the forward mode alike
    seen = [start]
    for _ in range(3):
        QTest.keyClick(window.canvas, K.Key_Right, CTRL)
        qtbot.waitUntil(lambda: state(window).document is not seen[-1] and not run(window).live)
        seen.append(state(window).document)
    assert [change.name for change in state(window).undo] == ["One update"] * 3
    assert same(seen[3], reference(start, 3))
    for document in reversed(seen[:-1]):
        QTest.keyClick(window.canvas, K.Key_Left, CTRL)
        assert state(window).document is document
    QTest.keyClick(window.canvas, K.Key_Left, CTRL)
    assert state(window).document is start
    for document in seen[1:]:
        QTest.keyClick(window.canvas, K.Key_Right, CTRL)
        assert state(window).document is document


def test_every_press_counts_however_fast(window, qtbot):
    for _ in range(6):
        window.trainer.update_forward()
    qtbot.waitUntil(lambda: len(state(window).undo) == 6 and not run(window).live, timeout=20_000)
    assert [change.updates for change in state(window).undo] == [1] * 6


def test_an_update_keeps_what_one_looks_at(window, qtbot):
    from rnnstudio.diagram.keys import Key
    from rnnstudio.state.actions.viewing import Select

    window.store.dispatch(GoTo(4))
    window.store.dispatch(Select(Key("x", 4)))
    window.trainer.update_forward()
    qtbot.waitUntil(lambda: len(state(window).undo) == 1)
    assert state(window).session.selection == Key("x", 4) and state(window).session.playhead.t == 4


def test_going_back_goes_back_along_the_curve(window, qtbot):
    for n in range(4):
        window.trainer.update_forward()
        qtbot.waitUntil(lambda n=n: len(state(window).undo) == n + 1 and not run(window).live)
    assert learning(state(window)).at[-1] == 4  # the loss of the weights as they are
    QTest.keyClick(window.canvas, K.Key_Left, CTRL)
    assert list(learning(state(window)).at) == [0, 1, 2, 3]


def test_reset_to_the_first_weights_is_a_change_too(window, qtbot):
    first = state(window).document
    assert not window.menus.actions["reset_weights"].isEnabled()
    window.trainer.update_forward()
    qtbot.waitUntil(lambda: len(state(window).undo) == 1)
    done(qtbot, window)
    window.side.training.buttons["reset"].click()
    assert same(state(window).document, first) and len(state(window).undo) == 2
    assert list(learning(state(window)).at) == [0]
    assert not window.menus.actions["reset_weights"].isEnabled()


# ------------------------------------------------------------------ what ends a run


def test_undo_while_training_takes_the_run_back_whole(window, qtbot):
    endless(window)
    before = state(window).document
    window.trainer.train()
    some(qtbot, window, 2)
    QTest.keyClick(window.canvas, K.Key_Z, CTRL)
    assert not run(window).live and state(window).document is before
    assert state(window).redo[-1].name.startswith("Train (")
    made = state(window).redo[-1]
    assert same(made.document, reference(before, made.updates))


def test_an_edit_while_training_comes_on_top_of_what_was_trained(window, qtbot):
    endless(window)
    before = state(window).document
    window.trainer.train()
    some(qtbot, window, 2)
    window.store.dispatch(SetBias(True))
    names = [change.name for change in state(window).undo]
    assert names[-1] == "Add the bias" and names[-2].startswith("Train (") and not run(window).live
    trained = reference(before, state(window).undo[-2].updates)
    now = state(window).document.network.layers[1].parameters["W"]
    assert np.array_equal(now, trained.network.layers[1].parameters["W"])
    qtbot.wait(60)
    assert state(window).document.network.layers[1].bias, "what the worker still tells is not heard"


def test_another_study_ends_the_run(window, qtbot):
    endless(window)
    window.trainer.train()
    some(qtbot, window)
    window.documents.open_bundled("words")
    assert run(window) is None and state(window).document.name == "words"
    window.trainer.update_forward()
    qtbot.waitUntil(lambda: len(state(window).undo) == 1, timeout=20_000)


def test_closing_while_training_leaves_no_thread(make_window, qtbot):
    before = threading.active_count(), sys.getswitchinterval()
    for _ in range(5):
        window = make_window()
        endless(window)
        window.trainer.train()
        some(qtbot, window)
        assert threading.active_count() == before[0] + 1
        assert sys.getswitchinterval() == pytest.approx(worker.SWITCH_S)
        window.close()
        assert (threading.active_count(), sys.getswitchinterval()) == before
        assert state(window).undo[-1].name.startswith("Train ("), "what was trained is in the study that one may save"


def test_leaving_is_asked_for_while_training_has_changed_the_study(window, qtbot):
    endless(window)
    window.store.dispatch(__import__("rnnstudio.state.actions.files", fromlist=["Saved"]).Saved("x.rnnstudio"))
    window.trainer.train()
    some(qtbot, window)
    asked = []
    window.documents.ask_leave = lambda: asked.append(1) or "cancel"
    window.close()
    assert asked and window.isVisible()
    window.documents.ask_leave = lambda: "discard"


# ------------------------------------------------------------------ the worker, with updates of our own


@dataclass
class Item:
    number: int
    loss: float
    norm: float
    status: Status
    network: object


def source(made, network_of=None, until=None, pause=0.0):
    """Updates that count how many were asked for; from ``until`` on they are not finite."""

    def updates(data, stateless):
        network, k = data.network, 0
        while True:
            if pause:
                time.sleep(pause)
            made.append(threading.get_ident())
            bad = until is not None and k >= until
            if not bad:
                layer = network.layers[-1]
                network = network.with_parameters(
                    len(network.layers) - 1, {"W": layer.parameters["W"] * 0.999}
                )  # fmt: skip
            status = Status(Kind.NONFINITE, "the gradient is not finite", {}) if bad else OK
            yield Item(k, np.nan if bad else 1.0 / (k + 1), np.inf if bad else 1.0, status, network)
            k += 1

    return updates


def with_source(window, updates):
    window.__dict__["trainer"] = Trainer(window.store, window, updates)
    return window.trainer


def test_all_updates_are_made_in_one_other_thread(window, qtbot):
    made = []
    trainer = with_source(window, source(made))
    for _ in range(3):
        trainer.update_forward()
    qtbot.waitUntil(lambda: len(state(window).undo) == 3)
    assert len(set(made)) == 1 and made[0] != threading.get_ident()


def test_the_window_is_told_at_most_thirty_times_a_second(window, qtbot):
    told = []
    trainer = with_source(window, source([]))
    endless(window)
    trainer.told.connect(told.append)
    began = time.monotonic()
    trainer.train()
    some(qtbot, window, 5)
    qtbot.wait(200)
    trainer.train()
    done(qtbot, window)
    took = time.monotonic() - began
    qtbot.waitUntil(lambda: told[-1][1].ended)
    assert 2 <= len(told) <= took / worker.TELL_S + 3
    assert sum(len(message[1].losses) for message in told) == run(window).made > 10 * len(told)


def test_nothing_is_told_before_the_last_message_was_heard(window, qtbot):
    made, told = [], []
    trainer = with_source(window, source(made))
    endless(window)
    trainer.told.connect(lambda message: told.append(1), Qt.ConnectionType.DirectConnection)
    trainer.train()
    # the window is busy: nothing is heard
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        time.sleep(0.005)
    assert len(told) == 1 and len(made) > 20
    trainer.train()
    done(qtbot, window)


def test_stopping_takes_one_update_at_most(window, qtbot):
    made = []
    trainer = with_source(window, source(made, pause=0.002))
    endless(window)
    for _ in range(10):
        trainer.train()
        qtbot.waitUntil(lambda: run(window).made >= 1)
        before = len(made)
        trainer.train()
        after = len(made)
        done(qtbot, window)
        assert len(made) <= after + 2 and after - before <= 2
        assert state(window).undo[-1].updates == run(window).made


def test_what_is_not_finite_ends_the_run_with_the_last_values_kept(window, qtbot):
    trainer = with_source(window, source([], until=7))
    before = state(window).document
    trainer.train()
    done(qtbot, window)
    assert run(window).made == 7 and run(window).fault.sentence == "The gradient is not finite"
    assert state(window).undo[-1].name == "Train (7 updates)"
    assert all(np.isfinite(array).all() for array in weights(state(window).document))
    card = window.side.training.fault
    assert "not finite" in card.text and "update 7" in card.text
    assert window.side.training.optimiser.isHidden()
    card.back.click()
    assert state(window).document is before and card.text == "" and window.side.training.optimiser.isVisible()


@pytest.mark.parametrize(("offer", "field", "value"), [("clip", "clip", 1.0), ("slow", "rate", 0.1)])
def test_the_error_card_offers_ways_on(window, qtbot, offer, field, value):
    trainer = with_source(window, source([], until=2))
    trainer.train()
    done(qtbot, window)
    getattr(window.side.training.fault, offer).click()
    assert getattr(state(window).document.settings, field) == value
    assert window.side.training.fault.text == ""


def test_real_numbers_out_of_range_name_value_and_step(make_window, qtbot):
    network = new_network(library_cell("elman"), 3, 8, 2, activation="relu")
    sequence = Sequence(x=np.ones((20, 3)), targets=np.ones((20, 2)))
    window = make_window(Document("steep", network, sequence, settings=Settings(rate=1e6)))
    window.trainer.train()
    done(qtbot, window)
    assert "not finite" in window.banner.text and " y " in f" {window.banner.text}" and "step" in window.banner.text
    assert state(window).undo[-1].updates == run(window).made >= 1
    assert all(np.isfinite(array).all() for array in weights(state(window).document))


def test_what_the_engine_refuses_is_said(window, qtbot):
    def refuse(data, stateless):
        raise InputError("targets: the shape (8, 2) does not fit")
        yield

    trainer = with_source(window, refuse)
    trainer.train()
    qtbot.waitUntil(lambda: "does not fit" in window.banner.text)
    assert not run(window).live and not state(window).undo


def test_an_error_of_the_program_ends_the_run_and_is_reported(window, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: seen.append(what))

    def broken(data, stateless):
        raise ZeroDivisionError("a bug")
        yield

    with_source(window, broken).train()
    qtbot.waitUntil(lambda: not run(window).live)
    assert seen[0][0] is ZeroDivisionError and "a bug" in window.banner.text


def test_both_layers_are_trained_by_one_press(window, qtbot):
    window.store.dispatch(SetTraining("updates", 30))
    before = state(window).document
    window.side.training.buttons["both"].click()
    done(qtbot, window)
    rival = UpdateStream(training_data(before), True)
    for _ in range(30):
        rival.advance()
    assert np.array_equal(run(window).rival.loss, rival.told()[0])
    assert same(state(window).document, reference(before, 30))
    assert state(window).undo[-1].name == "Train both (30 updates)"


# ------------------------------------------------------------------ never in the way


def heartbeat(window, beat_ms):
    gaps, last = [], [time.perf_counter()]

    def beat():
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(beat_ms)
    timer.timeout.connect(beat)
    timer.start()
    return timer, gaps


def test_the_picture_goes_on_while_training_runs(window, qtbot, monkeypatch):
    """Counted, without a clock: the window's own events come between any two messages, and these paint no picture."""
    events, shown = [], []
    timer, _ = heartbeat(window, 0)
    timer.timeout.connect(lambda: events.append("own"))
    trainer = with_source(window, source([]))
    trainer.told.connect(lambda _: events.append("told"))
    endless(window)
    qtbot.waitUntil(lambda: not window._showing._waiting)
    for way in ("show_state", "show_edit"):
        monkeypatch.setattr(window.canvas, way, lambda old, new: shown.append(1))
    trainer.train()
    qtbot.waitUntil(lambda: events.count("told") >= 6, timeout=20_000)
    assert not shown, "what is told of a run is shown in its panel alone"
    trainer.train()
    before = len(events)
    done(qtbot, window)
    timer.stop()
    del events[before:]  # the last one is told whatever there is to do
    assert not any(one == other == "told" for one, other in pairwise(events))
    assert len(shown) == 1, "and its result is one change of the picture"


@dataclass
class Gap:
    """Between two beats of a timer of the window: seconds by the wall's clock, and what its thread computed in them."""

    wall: float
    used: float


def gaps_between_beats(window, beat_ms):
    gaps, last = [], [time.perf_counter(), time.thread_time()]

    def beat():
        now = time.perf_counter(), time.thread_time()
        gaps.append(Gap(now[0] - last[0], now[1] - last[1]))
        last[:] = now

    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(beat_ms)
    timer.timeout.connect(beat)
    timer.start()
    return timer, gaps


def quiet(window, qtbot):
    """Whether the machine leaves a window at rest alone for a second: no beat of 5 ms comes more than 10 ms late."""
    timer, gaps = gaps_between_beats(window, 5)
    qtbot.wait(1000)
    timer.stop()
    return max(gap.wall for gap in gaps) < 0.015


def settled_window(make_window, qtbot, name):
    """A window of a lecture's size that has loaded all it loads by itself."""
    window = make_window(bundled_study(name), size=(1920, 1080))
    qtbot.waitUntil(lambda: window.inspector._plots is not None and window.findChild(Preloading) is not None)
    qtbot.waitUntil(lambda: not window.findChild(Preloading).active)
    return window


@pytest.mark.timed
@pytest.mark.parametrize("name", ["tutorial", "words"])
def test_starting_stopping_and_resuming_never_blocks_the_picture_for_50_ms(make_window, qtbot, name):
    """Between two beats the window computes for less than 50 ms; on a quiet machine no more time passes.

    While other programs take the processors, the wall's clock measures these. So the processor time of the window's
    thread is asserted always (25 ms are usual); the wall's clock, in which the window also waits for the thread that
    trains, where a window at rest was left alone just before and is just after: there the best of three rounds counts.
    """
    made = []

    def watched(data, stateless):
        for update in engine_updates(data, stateless):
            made.append(time.perf_counter())
            yield update

    window = settled_window(make_window, qtbot, name)
    undisturbed = quiet(window, qtbot)
    QTest.keyClick(window.canvas, K.Key_T)
    endless(window)
    trainer = with_source(window, watched)
    trainer.update_forward()
    qtbot.wait(1000)
    rounds = []
    for _ in range(3):
        timer, gaps = gaps_between_beats(window, 5)
        for _ in range(5):
            trainer.train()
            qtbot.wait(300)
            pressed = time.perf_counter()
            trainer.train()
            done(qtbot, window)
            qtbot.wait(100)
            assert not undisturbed or made[-1] - pressed < 0.1, "stopped within 100 ms"
        timer.stop()
        rounds.append(gaps)
    computed = [max(gap.used for gap in gaps) for gaps in rounds]
    assert max(computed) < 0.05, computed
    if undisturbed and quiet(window, qtbot):
        walls = [max(gap.wall for gap in gaps) for gaps in rounds]
        assert min(walls) < 0.05, walls


@pytest.mark.timed
@pytest.mark.parametrize("name", ["tutorial", "words"])
def test_neither_the_mode_nor_its_settings_block_the_picture_for_50_ms(make_window, qtbot, name):
    """T for the first time, back and again, and every setting: the best of three rounds for each of them.

    Each round has a window of its own, since only one T of a window makes the panel.
    """
    settings = (("rate", (0.05, 0.2)), ("updates", (200, 1000)), ("update_every", (1, "sequence")),
                ("clip", (1.0, None)), ("optimizer", ("momentum", "adam")), ("at", ("last", "every")))  # fmt: skip
    computed = {}

    def measured(window, what, act):
        timer, gaps = gaps_between_beats(window, 5)
        qtbot.wait(30)
        act()
        qtbot.wait(400)
        timer.stop()
        computed.setdefault(what, []).append(max(gap.used for gap in gaps))

    def one_round(window):
        for what in ("first T", "T back", "T again"):
            measured(window, what, lambda: QTest.keyClick(window.canvas, K.Key_T))
            qtbot.wait(900)
        for field, values in settings:
            for value in values:
                act = SetTraining(field, value)
                measured(window, act, lambda act=act: window.store.dispatch(act))
        window.documents.ask_leave = lambda: "discard"
        window.close()

    for _ in range(3):
        one_round(settled_window(make_window, qtbot, name))
    assert max(map(min, computed.values())) < 0.05, computed
