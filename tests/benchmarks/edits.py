"""An edit of one number: from the key press, or the move of a drag, until the window has painted what follows from it.

The real window, 1920 × 1080. The time ends when the frame in which the canvas shows the number is on the surface: all
that the same frame paints, and all that is done before it, is in it. What the window does in the frames after that
(`Scrubbing.rest`) is measured apart. Measured is the processor time of the window's thread, as in all other rows.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from rnnstudio.diagram.subject import VIEW_NAMES
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
VIEWS = ("network", "unrolled", "cell")
#: The window has caught up with an edit after so many turns of the event loop with less than so much work (s).
TURNS, NOTHING = 4, 0.0004


def large(cell: str = "lstm", steps: int = 200, state: int = 64) -> Document:
    """A study of the larger of the two sizes: H = 64, T = 200, with targets."""
    network = new_network(library_cell(cell), 8, state, 4)
    random = np.random.Generator(np.random.PCG64(1))
    x, targets = random.uniform(-1, 1, (steps, 8)), random.uniform(-1, 1, (steps, 4))
    return Document("large", network, Sequence(x=x, targets=targets))


STUDIES: dict[str, tuple[Callable[[], Document], str]] = {
    "demonstration": (demonstration, "≤ 16 ms"), "H = 64, T = 200": (large, "≤ 50 ms"),
}  # fmt: skip


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
        settle()
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


def settle() -> None:
    """Let the window do what it has put off."""
    calm = 0
    while calm < TURNS:
        start = time.thread_time()
        QCoreApplication.processEvents()
        calm = calm + 1 if time.thread_time() - start < NOTHING else 0
        time.sleep(0.002)


def opened_window(document: Document, view: str) -> Window:
    """The window, painted and at rest, with its plots loaded."""
    window = Window(Store(opened(document, Session(view=view))))
    window.documents.ask_leave = lambda: "discard"
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        QCoreApplication.processEvents()
    gc.freeze()  # as the program does after its first paint
    return window


def _first_place(window: Window) -> Place:
    """The first given value that the view shows in the middle of the sequence; where all are computed, at its start."""
    for t in (window.store.state.document.sequence.steps // 2, 1):
        window.store.dispatch(GoTo(t))
        settle()
        places = canvas_places(window.store.state, window.canvas.place())
        if places:
            return next(iter(places))
    raise RuntimeError("the view shows no given value")


def scrubbed(document: Document, view: str, runs: int) -> list[Scrubbing]:
    """A given value of the view, changed by keys and then by mouse."""
    window = opened_window(document, view)
    place = _first_place(window)
    by_keys, by_mouse = (Scrubbing(window, place, [], []) for _ in range(2))
    window.in_place._open(place, True)
    settle()
    by_keys.keys(runs)
    window.in_place.editor.refused.emit()
    settle()
    by_mouse.drag(runs)
    window.close()
    settle()
    return [by_keys, by_mouse]


def rows(runs: int) -> Iterator[tuple[str, str, str]]:
    """For each study two rows: until the picture shows an edit, and until every panel does; of three views."""
    for study, (make, goal) in STUDIES.items():
        middles, lates, rests = [], [], []
        for view in VIEWS:
            both = scrubbed(make(), view, runs)
            spent = sorted(ms for one in both for ms in one.spent)
            whole = sorted(a + b for one in both for a, b in zip(one.spent, one.rest, strict=True))
            middles.append(spent[len(spent) // 2])
            lates.append(spent[int(0.95 * len(spent))])
            rests.append(whole[len(whole) // 2])
        said = ", ".join(VIEW_NAMES[view] for view in VIEWS)
        yield (f"an edit of one number until the picture shows it, {study}: {said} (p95)",
               f"{_words(middles)} ({_words(lates)}) ms", goal)  # fmt: skip
        yield f"the same, until every panel shows it: {said}", f"{_words(rests)} ms", ""


def _words(numbers: list[float]) -> str:
    return ", ".join(f"{number:.0f}" for number in numbers)
