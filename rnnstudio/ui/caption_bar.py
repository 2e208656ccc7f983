"""One line of words for a room, under the picture: what this stop or this sub-step is about."""

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import LINE, draw_prose, set_prose
from rnnstudio.state.derived import moving, substep, target_layout
from rnnstudio.state.lesson import Tour
from rnnstudio.state.model import State
from rnnstudio.state.notation import written
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

#: Of 1080 lines: the bar, its words, what stands at its ends, the dashes of the sub-steps.
HEIGHT, WORDS, ENDS, DASH = 100.0, 36.0, 20.0, (28.0, 7.0, 8.0)
#: Where a caption is longer than the line, its letters give way down to this share.
LEAST = 0.78
SUMMARY = "To take along"
#: What a view says may end in a formula, which is set as one.
_FORMULA = re.compile(r"(<.+>)")


def caption(state: State) -> str:
    """The words: of the stop of a lesson, else of the picture."""
    tour = state.session.tour
    if tour is None:
        return _FORMULA.sub(r"$\1$", target_layout(state).caption)
    return written(state, caption_of(tour))


def caption_of(tour: Tour) -> str:
    """The one line of a stop: its caption, or its title."""
    stops = tour.lesson.stops
    return stops[tour.at].caption or stops[tour.at].title if tour.at < len(stops) else SUMMARY


class CaptionBar(QWidget):
    """Shown while one presents, and in a lesson with the projector's theme."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._unit = store, theme, 1.0
        self._words = ""
        self.setAccessibleName("Caption")
        self.hide()

    def set_form(self, theme: Theme, height: int) -> None:
        """Other colours, or a window of another height."""
        self._theme, self._unit = theme, height / PROJECTOR_LINES
        self.setFixedHeight(round(HEIGHT * self._unit))
        self._show(self._store.state)
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """The words of the next stop come when its motion has ended."""
        self._show(new)

    def _show(self, state: State) -> None:
        session = state.session
        wanted = session.presenting or (self._theme.wide and session.tour is not None)
        self.setVisible(wanted and session.question is None)  # a question is said in its own title
        if not self._words or not moving(state) or session.tour is None:
            self._words = caption(state)
            self.setAccessibleDescription(plain(self._words))
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, the number of the stop and the sub-steps."""
        with QPainter(self) as painter:
            size = (float(self.width()), float(self.height()))
            paint_caption(painter, size, self._theme, self._unit, self._words, self._store.state)


def paint_caption(
    painter: QPainter, size: tuple[float, float], theme: Theme, u: float, words: str, state: State
) -> None:
    """Draw the bar at the origin; ``u`` px are one of 1080 lines."""
    width, height = size
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, height), colour(theme, "chrome"))
    painter.fillRect(QRectF(0, 0, width, 1), colour(theme, "divider"))
    _draw_words(painter, size, theme, u, words)
    low, tour = height - 22 * u, state.session.tour
    if tour is not None:
        write(painter, 30 * u, low, tour.lesson.place(tour.at), ENDS * u, colour(theme, "text3"), weight=600)
    if state.session.presenting:
        write(painter, width - 30 * u, low, "Esc", ENDS * u, colour(theme, "text3"), align="r", weight=600)
    done, count = substep(state)
    wide, high, gap = (part * u for part in DASH)
    left = width / 2 - (count * (wide + gap) - gap) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for k in range(count):
        painter.setBrush(colour(theme, "accent" if k < done else "border"))
        painter.drawRoundedRect(QRectF(left + k * (wide + gap), height - 18 * u, wide, high), 3 * u, 3 * u)


def _draw_words(painter: QPainter, size: tuple[float, float], theme: Theme, u: float, words: str) -> None:
    room = size[0] - 2 * 110 * u
    px = WORDS * u
    if set_prose(words, px, room, 600).height > LINE * px * 1.01:
        for share in (0.94, 0.88, 0.83, LEAST):
            px = WORDS * u * share
            if set_prose(words, px, room, 600).height <= LINE * px * 1.01:
                break
    top = (size[1] - 14 * u - set_prose(words, px, room, 600).height) / 2
    draw_prose(painter, 110 * u, top, words, px, room, theme, ground="chrome", weight=600, align="c")
