"""The view bar's choosers and the switch of the weights: there where there is a choice, with a reason where not."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer, new_network
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.training_settings import SetMode
from rnnstudio.state.model import Document, Sequence
from rnnstudio.state.runs import changes

K = Qt.Key


def batch(lengths=(5, 3, 4), targets=True):
    random = np.random.default_rng(3)
    x = random.normal(size=(5, 3, 2))
    y = random.normal(size=(5, 3, 2)) if targets else None
    return Sequence(batch=x, lengths=np.array(lengths), batch_targets=y)


def study(direction="forward", layers=2, sequence=None):
    cell = library_cell("simple")
    made = [new_layer(cell, 2, 3, seed=1)]
    if direction != "forward":
        made = [new_layer(cell, 2, 3, seed=1, direction=direction)]
    for k in range(1, layers):
        made.append(new_layer(cell, made[-1].width, 2, seed=k + 1))
    return Document("several", Network(tuple(made), 0), sequence or batch())


def chooser(window, name):
    return next(one for one in window.view_bar.choosers if one.question.name == name)


def session(window):
    return window.store.state.session


def document(window):
    return window.store.state.document


def test_no_chooser_where_there_is_no_choice(make_window):
    network = new_network(library_cell("simple"), 2, 3)
    window = make_window(Document("one", network, Sequence(x=np.ones((4, 2)))))
    assert all(one.isHidden() for one in window.view_bar.choosers)
    assert not window.menus.actions["direction_reverse"].isVisible()
    assert not window.menus.actions["next_sequence"].isVisible()


@pytest.mark.parametrize("size", [(1920, 1080), (1440, 900), (1280, 720)])
def test_all_three_find_room_beside_the_views(make_window, size):
    window = make_window(study("both"), size=size)
    boxes = [window.view_bar.training, *window.view_bar.segments, *window.view_bar.choosers]
    assert all(box.isVisible() for box in boxes)
    right = [box.geometry().right() for box in boxes]
    assert all(box.geometry().left() >= before for box, before in zip(boxes[1:], right, strict=False))
    assert right[-1] < window.width()


def test_the_layer_is_chosen_by_keys_and_by_its_menu(make_window):
    window = make_window(study(layers=3))
    one = chooser(window, "Layer shown")
    one.setFocus()
    QTest.keyClick(one, K.Key_Down)
    assert document(window).network.chosen == 1 and one.accessibleDescription() == "layer 2"
    QTest.keyClick(one, K.Key_Return)
    assert [words for _, words in one.rows()] == [action.text() for action in one._menu.actions()]
    one._menu.actions()[2].trigger()
    one._menu.close()
    assert document(window).network.chosen == 2
    QTest.keyClick(window.canvas, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document(window).network.chosen == 1


def test_the_direction_is_looked_at_and_not_a_change_of_the_study(make_window):
    window = make_window(study("both"), view="samples")
    one = chooser(window, "Direction shown")
    one.turn(1)
    assert session(window).direction == "reverse" and not window.store.state.undo
    assert window.menus.actions["direction_reverse"].isChecked()
    chooser(window, "Layer shown").turn(1)
    assert one.isHidden()


def test_the_sequences_of_a_batch(make_window):
    window = make_window(study())
    one = chooser(window, "Sequence shown")
    assert one.accessibleDescription() == "1 / 3"
    one.turn(1)
    one.turn(1)
    assert document(window).sequence.shown == 2 and document(window).sequence.steps == 4
    assert [change.name for change in window.store.state.undo] == ["Show sequence 3"]
    one.turn(1)
    assert document(window).sequence.shown == 2
    window.menus.actions["sequence_before"].trigger()
    assert document(window).sequence.steps == 3 and session(window).playhead.t <= 3


def test_a_long_list_shows_what_is_around(make_window):
    x = np.zeros((2, 400, 2))
    window = make_window(study(layers=1, sequence=Sequence(batch=x, shown=200)))
    rows = chooser(window, "Sequence shown").rows()
    assert len(rows) <= 30 and any(k == 200 for k, _ in rows)


def test_every_sequence_of_a_batch_is_trained_whichever_is_shown(make_window, qtbot):
    window = make_window(study(layers=1, sequence=Sequence(batch=batch().batch, batch_targets=np.ones((5, 3, 3)))))
    window.trainer.update_forward()
    qtbot.waitUntil(lambda: len(window.store.state.undo) == 1)
    first = document(window)
    QTest.keyClick(window.canvas, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    chooser(window, "Sequence shown").turn(1)
    window.trainer.update_forward()
    qtbot.waitUntil(lambda: len(window.store.state.undo) == 2)
    one, other = first.network.layers[0], document(window).network.layers[0]
    assert np.array_equal(one.parameters["W"], other.parameters["W"])


# ------------------------------------------------------------------ the switch of the weights


@pytest.mark.parametrize(
    ("view", "there"),
    [("samples", True), ("unrolled", True), ("network", False), ("layer", False), ("compact", False), ("cell", False)],
)
def test_the_switch_stands_over_samples_and_unrolled(make_window, view, there):
    window = make_window(view=view)
    assert window.modes.isVisible() is there


def test_the_tutorial_begins_with_an_update_after_every_sample(make_window):
    window = make_window(view="samples")
    assert [name for name, choice in window.modes.choices.items() if choice.isChecked()] == ["sample"]
    assert all(changes(document(window), True)[0])


def test_the_switch_changes_the_study_and_is_undone(make_window):
    window = make_window(view="samples")
    for mode in ("frozen", "sequence", "sample"):
        window.modes.choices[mode].click()
        assert document(window).mode == mode and window.modes.choices[mode].isChecked()
        assert window.menus.actions[f"mode_{mode}"].isChecked()
    names = [change.name for change in window.store.state.undo]
    assert names == [
        "Weights frozen", "Weights updated once after the sequence", "Weights updated after every sample",
    ]  # fmt: skip
    window.modes.choices["frozen"].click()
    assert not any(changes(document(window), True)[0])
    QTest.keyClick(window.canvas, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document(window).mode == "sample"


def test_the_switch_by_keys(make_window):
    window = make_window(view="unrolled")
    seen = []
    for key in (K.Key_1, K.Key_2, K.Key_3):
        QTest.keyClick(window.canvas, key, Qt.KeyboardModifier.AltModifier)
        seen.append(document(window).mode)
    assert seen == ["sample", "frozen", "sequence"]
    for _ in range(3):
        QTest.keyClick(window.canvas, K.Key_M)
        seen.append(document(window).mode)
    assert seen[3:] == ["sample", "frozen", "sequence"]


def test_without_targets_the_switch_says_why_it_is_off(make_window):
    plain = demonstration()
    window = make_window(replace(plain, sequence=plain.sequence.with_targets(None)), view="samples")
    assert window.modes.choices["frozen"].isChecked() and window.modes.choices["frozen"].isEnabled()
    for mode in ("sample", "sequence"):
        choice = window.modes.choices[mode]
        assert not choice.isEnabled() and "targets" in choice.toolTip() == choice.accessibleDescription()
    window.store.dispatch(SetMode("sequence"))
    assert "targets" in window.banner.text and document(window).mode == "sample"


def test_a_layer_that_reads_backwards_has_no_update_after_every_sample(make_window):
    window = make_window(study("both", layers=1, sequence=Sequence(x=np.ones((4, 2)), targets=np.ones((4, 6)))))
    assert "backwards" in window.modes.choices["sample"].toolTip()
    assert window.modes.choices["sequence"].isEnabled()


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
def test_the_switch_stands_in_the_canvas_clear_of_the_panel(make_window, theme, size):
    window = make_window(view="samples", theme=theme, size=size, inspector=theme != "projector")
    QTest.keyClick(window.canvas, K.Key_T)
    QTest.qWait(1)
    box = window.modes.geometry()
    assert box.left() >= 0 and box.right() < window.canvas.width() - window.side.covers and box.top() >= 0
