import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from rnnstudio.files.demonstration import bundled_study
from rnnstudio.playback.playhead import Track
from rnnstudio.state.actions.stepping import GoTo, StepForward, Tick
from rnnstudio.ui.measures import measures
from rnnstudio.ui.scrubber import Slots


def test_slots_share_the_width_and_find_themselves():
    slots = Slots(0.0, 40.0, Track(8, 4))
    for t in range(9):
        assert slots.sample(slots.x(t)) == t
    assert slots.sample(-5) == 0 and slots.sample(10_000) == 8
    assert not slots.narrow and Slots(0.0, 33.9, Track(8, 4)).narrow


def test_pressing_and_dragging_goes_there(make_window, qtbot):
    window = make_window()
    scrubber = window.transport.scrubber
    slots = scrubber.slots
    qtbot.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(round(slots.x(6)), 20))
    assert window.store.state.session.playhead.t == 6
    assert window.store.state.session.playhead.phase == 4


def test_a_long_sequence_is_one_strip_and_still_goes_there(make_window, qtbot):
    window = make_window(bundled_study("sunspots"))
    scrubber = window.transport.scrubber
    assert scrubber.slots.narrow
    qtbot.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(scrubber.width() // 2, 20))
    steps = window.store.state.document.sequence.steps
    assert abs(window.store.state.session.playhead.t - steps / 2) <= 2


def test_slider_snaps_and_says_the_speed(make_window):
    window = make_window()
    window.transport._slide(205)
    assert window.store.state.session.speed == 1.0
    window.transport._slide(400)
    assert window.transport.speed_words() == "4.0\N{MULTIPLICATION SIGN}"
    window.transport._slide(0)
    assert window.transport.speed_words() == "0.25\N{MULTIPLICATION SIGN}"


@pytest.mark.parametrize(
    ("size", "wide", "mode", "bar", "transport"),
    [((1920, 1080), False, "normal", 56, 104), ((1499, 1000), False, "compact", 48, 84),
     ((1600, 899), False, "compact", 48, 84), ((1920, 1080), True, "projector", 72, 112),
     ((1280, 720), True, "projector", 48, 112 * 2 / 3)],
)  # fmt: skip
def test_forms(size, wide, mode, bar, transport):
    found = measures(*size, wide)
    assert (found.mode, found.view_bar) == (mode, pytest.approx(bar))
    assert found.transport == pytest.approx(transport)


def test_backwards_the_slots_are_filled_from_the_right():
    slots = Slots(0.0, 40.0, Track(8, 4, reverse=True))
    assert slots.x(0) == 8.5 * 40 and slots.x(8) == 20
    for t in range(1, 10):
        assert slots.sample(slots.x(slots.along.order(t))) == t
    assert slots.sample(-5) == 1 and slots.sample(10_000) == 9


@pytest.mark.parametrize("study", ["tutorial", "sunspots"])
def test_motion_draws_what_changes_and_no_more_than_its_surroundings(make_window, monkeypatch, study):
    window = make_window(bundled_study(study))
    scrubber, asked = window.transport.scrubber, []
    window.store.dispatch(GoTo(3))
    window.store.dispatch(StepForward())
    monkeypatch.setattr(scrubber, "update", lambda *area: asked.append(area))
    for _ in range(4):
        before = pixels(scrubber)
        window.store.dispatch(Tick(0.08))
        changed = np.argwhere((pixels(scrubber) != before).any(axis=2))
        [(area,)] = asked
        assert len(changed)
        assert all(area.contains(int(x), int(y)) for y, x in changed)
        assert area.width() < scrubber.width() / 4
        asked.clear()


def pixels(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()
