"""The title of a question: what is asked, which of its states this is, the clock; after the reveal the answer."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.prose import LINE, draw_prose, line_width, set_prose, uncoloured
from rnnstudio.paint.translation import tr
from rnnstudio.state.model import State
from rnnstudio.state.question import LETTERS, THINK, TIMED, Question, on_the_way, question
from rnnstudio.state.question_options import Options, options
from rnnstudio.state.question_words import STAGES, question_sentence
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

#: Of 1080 lines (DESIGN §16): the bar, its letters, the state's name, ring and number of the clock, the answer's chip.
HEIGHT, TITLE, STAGE, RADIUS, RING, NUMBER = 116.0, 52.0, 32.0, 42.0, 9.0, 36.0
CHIP, CHIP_PX, MARGIN = (334.0, 72.0), 44.0, 40.0
#: How often the clock is looked at, ms; its number changes once a second, and nothing flashes.
LOOK_MS = 200


class QuizHead(QWidget):
    """Stands over the picture while the class is asked."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._unit = store, theme, 1.0
        self._since = 0.0
        self._shown = -1
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._looked)
        self.hide()

    def set_form(self, theme: Theme, height: int) -> None:
        """Other colours, or a window of another height."""
        self._theme, self._unit = theme, height / PROJECTOR_LINES
        self._fit(self._store.state)
        self.update()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another line."""
        super().resizeEvent(event)
        self._fit(self._store.state)

    def _fit(self, state: State) -> None:
        """As high as the question's lines need."""
        asked = question(state)
        high = HEIGHT * self._unit
        if asked is not None and self.width() > 1:
            words = question_sentence(state, asked)
            high = max(high, set_prose(words, TITLE * self._unit, self._room(state, asked), 650).height)
        if self.height() != math.ceil(high):
            self.setFixedHeight(math.ceil(high))

    def _room(self, state: State, asked: Question) -> float:
        """Width of the question's lines: what the clock, or the chip of any of the answers, leaves of it.

        It is the same throughout, so that the picture below stays where it is, and no answer makes it another one.
        """
        u = self._unit
        chips = [_chip_width(text, u) for text in options(state, asked).texts]
        clock = (2 * RADIUS + 24) * u + max(text_width(stage, STAGE * u, 500) for stage in STAGES.values())
        return self.width() - (2 * MARGIN + 30) * u - max(*chips, clock)

    def show_state(self, old: State, new: State) -> None:
        """Show the question, its state and its clock, which begins anew with every state that has one."""
        asked, before = question(new), old.session.question
        self.setVisible(asked is not None)
        if asked is None:
            self._look.stop()
            return
        stage = (asked.phase, asked.target, asked.name, asked.kind)
        was = None if before is None else (before.phase, before.target, before.name, before.kind)
        if stage != was or (asked.phase in TIMED) != self._look.isActive():
            self._begin(asked)
        self._fit(new)
        self.setAccessibleName(plain(tr(question_sentence(new, asked))))
        self.setAccessibleDescription(tr(STAGES[asked.phase]) if asked.hidden else self._answer(new, asked))
        self.update()

    def _begin(self, asked: Question) -> None:
        self._since, self._shown = time.monotonic(), -1
        if asked.phase in TIMED:
            self._look.start()
        else:
            self._look.stop()

    def _looked(self) -> None:
        left = self.remaining()
        if left != self._shown:
            self._shown = left
            self.update()

    def total(self) -> float:
        """Seconds that the state that is shown has."""
        session = self._store.state.session
        asked = session.question
        return session.think_s if asked is not None and asked.phase == THINK else session.discuss_s

    def remaining(self) -> int:
        """Whole seconds that are left of the state that is shown; 0 when they are over."""
        return max(0, math.ceil(self.total() - (time.monotonic() - self._since)))

    def stop(self) -> None:
        """The window closes."""
        self._look.stop()

    def _answer(self, state: State, asked: Question) -> str:
        found = options(state, asked)
        return f"{LETTERS[found.right]} {plain(tr(found.texts[found.right]))}"

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the question and what stands at its right end."""
        theme, u, state = self._theme, self._unit, self._store.state
        asked = question(state)
        if asked is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "chrome"))
            painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), colour(theme, "divider"))
            if not asked.hidden and not on_the_way(asked, state):
                self._draw_chip(painter, options(state, asked))
            else:
                self._draw_stage(painter, asked)
            words, room = question_sentence(state, asked), self._room(state, asked)
            high = set_prose(words, TITLE * u, room, 650).height
            draw_prose(painter, MARGIN * u, (self.height() - high) / 2, words, TITLE * u, room, theme, ground="chrome",
                       weight=650)  # fmt: skip

    def _draw_stage(self, painter: QPainter, asked: Question) -> None:
        """Name and clock of the state."""
        theme, u, middle = self._theme, self._unit, self.height() / 2
        right = self.width() - MARGIN * u
        if asked.phase in TIMED:
            r = RADIUS * u
            ring = QRectF(right - 2 * r, middle - r, 2 * r, 2 * r).adjusted(RING * u / 2, RING * u / 2, -RING * u / 2,
                                                                            -RING * u / 2)  # fmt: skip
            left = self.remaining()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme, "border"), RING * u))
            painter.drawEllipse(ring)
            painter.setPen(QPen(colour(theme, "accent"), RING * u, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * min(left / max(self.total(), 1.0), 1.0)))
            write(painter, right - r, middle, str(left), NUMBER * u, colour(theme, "text"), align="c", kind="number",
                  weight=600)  # fmt: skip
            right -= 2 * r + 24 * u
        write(painter, right, middle, STAGES[asked.phase], STAGE * u, colour(theme, "text"), align="r", weight=500)

    def _draw_chip(self, painter: QPainter, found: Options) -> None:
        """The right answer with a tick."""
        theme, u, middle = self._theme, self._unit, self.height() / 2
        text, px, ink = uncoloured(found.texts[found.right]), CHIP_PX * u, colour(theme, "canvas")
        width, high = _chip_width(text, u), CHIP[1] * u
        box = QRectF(self.width() - MARGIN * u - width, middle - high / 2, width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "ok"))
        painter.drawRoundedRect(box, 12 * u, 12 * u)
        painter.setPen(QPen(ink, 5 * u, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        tick = ((-12, 0), (-4, 9), (13, -11))
        painter.drawPolyline(QPolygonF([QPointF(box.left() + (40 + x) * u, middle + y * u) for x, y in tick]))
        write(painter, box.left() + 78 * u, middle, LETTERS[found.right], px, ink, weight=700)
        draw_prose(painter, box.left() + 128 * u, middle - LINE * px / 2, text, px, width, theme, weight=600,
                   role="canvas", ground="ok")  # fmt: skip


def _chip_width(text: str, u: float) -> float:
    """Width of the chip of an answer."""
    return max(CHIP[0] * u, 152 * u + line_width(text, CHIP_PX * u, 600))
