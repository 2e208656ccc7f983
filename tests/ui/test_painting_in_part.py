"""Of an edit only what becomes another picture is painted: to the pixel the picture that is painted whole."""

from random import Random

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import new_network
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.paint import differences
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.values import BeginEdit, EndEdit, Nudge
from rnnstudio.state.actions.viewing import Hover, Pan, Select, SetTheme, SetView, Zoom
from rnnstudio.state.model import Document, Sequence
from rnnstudio.ui import canvas_picture
from rnnstudio.ui.canvas_picture import CanvasPicture
from rnnstudio.ui.given_places import canvas_places

VIEWS = ("network", "layer", "unrolled", "cell", "samples", "condensed")


def wide():
    """A study whose columns are shown as many small tiles."""
    numbers = np.random.Generator(np.random.PCG64(3)).uniform(-1, 1, (30, 8))
    network = new_network(library_cell("lstm"), 8, 40, 4)
    return Document("wide", network, Sequence(x=numbers, targets=numbers[:, :4]))


STUDIES = {"tutorial": lambda: bundled_study("tutorial"), "words": lambda: bundled_study("words"), "wide": wide}


@pytest.fixture(autouse=True)
def steady_cursor(qapp):
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


@pytest.fixture
def parts(monkeypatch):
    """How much of the picture each edit has painted: rows of boxes, None for all of it."""
    found, stale_parts = [], canvas_picture.stale_parts

    def watched(*what):
        found.append(stale_parts(*what))
        return found[-1]

    monkeypatch.setattr(canvas_picture, "stale_parts", watched)
    return found


def pixels(picture):
    image = (picture if isinstance(picture, QImage) else picture.toImage()).convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


def on_the_screen(window):
    """What the window system shows of the canvas, which paints no more for it."""
    canvas = window.canvas
    whole = window.screen().grabWindow(window.winId())
    return pixels(whole.copy(QRect(canvas.mapTo(window, QPoint(0, 0)), canvas.size())))


def painted_whole(window):
    """The same by a painter that has kept nothing."""
    kept, window.canvas._picture = window.canvas._picture, CanvasPicture()
    try:
        return pixels(window.canvas.grab())
    finally:
        window.canvas._picture = kept


def settled(window, qtbot):
    qtbot.waitUntil(lambda: not (window._showing._waiting or window.clock.running))
    QCoreApplication.processEvents()


def some_change(window, random):
    """One of what happens between edits."""
    state = window.store.state
    session, steps = state.session, state.document.sequence.steps
    places = list(canvas_places(state, window.canvas.place()))
    acts = [GoTo(random.randrange(steps + 1)), SetView(random.choice(VIEWS)), Hover(None), Select(None)]
    acts += [SetTheme(random.choice(("light", "dark", "projector"))), Zoom(random.choice((0.8, 1.25)), (300.0, 200.0))]
    acts += [Pan(random.randint(-40, 40), random.randint(-40, 40))]
    at = random.uniform(0, window.canvas.width()), random.uniform(0, window.canvas.height())
    key = window.canvas.key_at(*at)
    acts += [Hover(key), Select(key)]
    window.store.dispatch(EndEdit())
    window.store.dispatch(random.choice(acts))
    if places and session.edit is None:
        window.store.dispatch(BeginEdit(random.choice(places)))


def edits(window, random):
    """Edit some value that the view shows, a few times; how often it was changed."""
    places = list(canvas_places(window.store.state, window.canvas.place()))
    if not places:
        return 0
    window.store.dispatch(EndEdit())
    window.store.dispatch(BeginEdit(random.choice(places)))
    for _ in range(3):
        window.store.dispatch(Nudge(random.choice((-1, -0.1, 0.01, 0.1, 1, 3))))
        if random.random() < 0.5:
            QCoreApplication.processEvents()
    return 3


@pytest.mark.parametrize("study", STUDIES)
def test_after_random_edits_and_steps_the_screen_shows_the_picture_painted_whole(make_window, qtbot, study, parts):
    random, window = Random(study), make_window(STUDIES[study](), size=(1280, 800))
    window.store.dispatch(GoTo(2))
    for turn in range(14):
        for _ in range(random.randrange(3)):
            some_change(window, random)
        settled(window, qtbot)
        edits(window, random)
        settled(window, qtbot)
        assert np.array_equal(on_the_screen(window), painted_whole(window)), turn
    assert sum(part is not None and len(part) > 0 for part in parts) >= 5, "in part, more often than not"


def test_a_mark_whose_reach_is_underrated_is_noticed(make_window, qtbot, monkeypatch):
    """The planted fault: shapes that are taken for smaller than they are."""
    monkeypatch.setitem(differences._REACH, differences.Soft, lambda item: (*item.rect[:2], *item.rect[:2]))
    monkeypatch.setitem(differences._REACH, differences.Shape, lambda item: (*item.rect[:2], *item.rect[:2]))
    random, window = Random(1), make_window(STUDIES["tutorial"](), view="network", size=(1280, 800))
    window.store.dispatch(GoTo(3))
    settled(window, qtbot)
    wrong = 0
    for _ in range(4):
        edits(window, random)
        settled(window, qtbot)
        wrong += not np.array_equal(on_the_screen(window), painted_whole(window))
    assert wrong
