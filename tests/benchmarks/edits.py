"""An edit of one number: from the key press, or the move of a drag, until the window has painted what follows from it.

The real window, 1920 × 1080. The time ends when the frame in which the canvas shows the number is on the surface: all
that the same frame paints, and all that is done before it, is in it. What the window does in the frames after that
(`Scrubbing.rest`) is measured apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import new_network
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.model import Document, Sequence, Session
from rnnstudio.state.place_values import value_at
from rnnstudio.state.places import Place
from rnnstudio.state.store import Store
from rnnstudio.ui.given_places import canvas_places
from rnnstudio.ui.window import Window

SIZE = (1920, 1080)
#: Views that are measured; and the position of the playhead, near the middle of the sequence.
VIEWS = ("network", "unrolled", "cell")
#: Frames after which the window has caught up with an edit for certain.
REST_S = 0.12


def large(cell: str = "lstm", steps: int = 200, state: int = 64) -> Document:
    """A study of the larger of the two sizes: H = 64, T = 200, with targets."""
    network = new_network(library_cell(cell), 8, state, 4)
    random = np.random.Generator(np.random.PCG64(1))
    x, targets = random.uniform(-1, 1, (steps, 8)), random.uniform(-1, 1, (steps, 4))
    return Document("large", network, Sequence(x=x, targets=targets))


STUDIES: dict[str, Callable[[], Document]] = {"demonstration": demonstration, "H = 64, T = 200": large}
GOALS = {"demonstration": 16.0, "H = 64, T = 200": 50.0}


@dataclass
class Scrubbing:
    """A window in which one value is scrubbed, with the milliseconds of every change: to its frame, and after it."""

    window: Window
    place: Place
    spent: list[float]
    rest: list[float]

    def change(self, send: Callable[[], None]) -> None:
        """Send one event and paint what it asks for, then let the window catch up."""
        window, seen = self.window, []
        before = value_at(window.store.state.document, self.place)
        painted = window.canvas.painted.connect(lambda: seen.append(1))
        start = time.thread_time()
        send()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest)
        shown = time.thread_time()
        window.canvas.painted.disconnect(painted)
        if not seen or value_at(window.store.state.document, self.place) == before:
            raise RuntimeError(f"{self.place}: the canvas has painted no other number")
        self.spent.append(1000 * (shown - start))
        until = time.monotonic() + REST_S
        while time.monotonic() < until:
            QCoreApplication.processEvents()
            time.sleep(0.002)
        self.rest.append(1000 * (time.thread_time() - shown))

    def keys(self, runs: int) -> None:
        """Nudge the value that often, up and down in turns."""
        focus = QApplication.focusWidget() or self.window

        def press(key: Qt.Key) -> None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focus, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

        for k in range(runs):
            self.change(lambda k=k: press(Qt.Key.Key_Up if k % 3 else Qt.Key.Key_Down))  # type: ignore[misc]

    def drag(self, runs: int) -> None:
        """Drag on the value, a few pixels at a time."""
        canvas = self.window.canvas
        at = canvas_places(self.window.store.state, canvas.place())[self.place].center()
        _mouse(canvas, QEvent.Type.MouseButtonPress, at)
        _mouse(canvas, QEvent.Type.MouseMove, at + QPointF(9, 0))
        for k in range(runs):
            self.change(lambda k=k: _mouse(canvas, QEvent.Type.MouseMove, at + QPointF(12 + 3 * k, 0)))  # type: ignore[misc]
        _mouse(canvas, QEvent.Type.MouseButtonRelease, at)


def _mouse(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def opened_window(document: Document, view: str) -> Window:
    """The window, painted and at rest, with its plots loaded."""
    window = Window(Store(opened(document, Session(view=view))))
    window.store.dispatch(GoTo(document.sequence.steps // 2))
    window.documents.ask_leave = lambda: "discard"
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        QCoreApplication.processEvents()
    return window


def scrubbed(document: Document, view: str, kind: str, runs: int) -> list[Scrubbing]:
    """By keys and by mouse, the first value of a kind that the view shows."""
    window = opened_window(document, view)
    found = []
    for way in ("keys", "drag"):
        places = canvas_places(window.store.state, window.canvas.place())
        place = next((place for place in places if place.kind == kind), None)
        if place is None:
            continue
        one = Scrubbing(window, place, [], [])
        if way == "keys":
            window.in_place._open(place, True)
            QCoreApplication.processEvents()
            one.keys(runs)
            window.in_place.editor.refused.emit()
        else:
            one.drag(runs)
        found.append(one)
    window.close()
    return found
