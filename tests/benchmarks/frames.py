"""Frames of the program's own painters against filling the window once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.theme import load_theme
from rnnstudio.paint.display import compile, compile_tokens
from rnnstudio.paint.fit import fit
from rnnstudio.paint.raster import Quality, Raster
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.derived import phases, target_layout
from rnnstudio.state.model import Document, Sequence, Session, State, Turn
from rnnstudio.state.picture import scene, still
from tests.benchmarks import synthetic

WIDTH, HEIGHT = 1920, 1080
Task = Callable[[int], None]
_GROUND = QColor(251, 250, 247)


class Window:
    """Pixels of a full screen, with the painter's caches."""

    def __init__(self) -> None:
        self.image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        self.theme = load_theme("light")
        self.raster = Raster()
        self.frame, self.scale, self.dx, self.dy = fit(WIDTH, 942, wide=False)

    def fill(self, _: int) -> None:
        """Fill everything once: the measure of all others."""
        with QPainter(self.image) as painter:
            painter.fillRect(0, 0, WIDTH, HEIGHT, _GROUND)

    def whole(self, of: object, quality: Quality) -> None:
        """Compile a scene and paint all of it."""
        display = compile(of, self.theme, self.scale)  # type: ignore[arg-type]
        with QPainter(self.image) as painter:
            painter.fillRect(0, 0, WIDTH, HEIGHT, _GROUND)
            self.raster.paint(painter, display, self.scale, self.dx, self.dy, quality=quality)


def morph_tasks(window: Window, marks: int, runs: int, bare: bool = False) -> dict[str, Task]:
    """A frame in which everything moves, at both qualities."""
    base = synthetic.scene(synthetic.layout(marks, bare=bare))
    frames = [synthetic.moved(base, k) for k in range(runs)]
    return {
        f"{marks} marks, {quality.value}": lambda k, quality=quality: window.whole(frames[k], quality)
        for quality in Quality
    }  # type: ignore[misc]


def _state(window: Window, view: str, document: Document, t: int, phase: int, **more: object) -> State:
    session = Session(view=view, playhead=Playhead(t, phase), canvas=(window.frame.width, window.frame.height))
    return State(document=document, session=replace(session, **more))  # type: ignore[arg-type]


def token_task(window: Window, runs: int) -> Task:
    """A frame of a running sub-step: the kept picture under the tokens, and the tokens."""
    document = demonstration()
    states = [
        _state(window, "unrolled", document, 4, 2, progress=(k + 1) / (runs + 1), came_from=Playhead(4, 1))
        for k in range(runs)
    ]
    scenes = [scene(state) for state in states]
    kept = QPixmap(WIDTH, HEIGHT)
    with QPainter(kept) as painter:
        painter.fillRect(0, 0, WIDTH, HEIGHT, _GROUND)
        window.raster.paint(painter, compile(still(states[0]), window.theme, window.scale), window.scale, window.dx,
                            window.dy, tokens=False)  # fmt: skip

    def task(k: int) -> None:
        display = compile_tokens(scenes[k], window.theme, window.scale)
        with QPainter(window.image) as painter:
            for x, y, w, h in display.token_area:
                s = window.scale
                part = QRect(int(s * x), int(s * y + window.dy), int(s * w) + 2, int(s * h) + 2)
                painter.drawPixmap(part, kept, part)
            window.raster.paint(painter, display, window.scale, window.dx, window.dy, items=False)

    return task


def turn_task(window: Window, origin: str, target: str, runs: int) -> Task:
    """A frame of a real turn between two views, from the state on: layout, numbers, display list, pixels."""
    document = demonstration()
    last = phases(document)
    before = target_layout(_state(window, origin, document, 4, last))
    states = [
        _state(window, target, document, 4, last,
               turn=Turn(before, origin, target, 1.0, (k + 0.5) / runs))
        for k in range(runs)
    ]  # fmt: skip
    return lambda k: window.whole(scene(states[k]), Quality.MOVING)


def long_sequence(steps: int) -> Document:
    """The demonstration's network over a sequence of that many samples."""
    document = demonstration()
    x = np.random.default_rng(3).uniform(-1, 1, (steps, document.network.inputs))
    return replace(document, sequence=Sequence(x=x))


def length_task(window: Window, steps: int, runs: int) -> Task:
    """One step forward in Unrolled, from the state to the pixels, near the middle of a sequence."""
    document = long_sequence(steps)
    last = phases(document)
    scene(_state(window, "unrolled", document, 2, last))
    states = [_state(window, "unrolled", document, max(1, steps // 2 - 2) + k % 4, last) for k in range(runs)]
    return lambda k: window.whole(scene(states[k]), Quality.STILL)



