"""One line of words for a room, under the picture: what this stop or this sub-step is about."""

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


def caption(state: State) -> str:
    """The words: of the stop of a lesson, else of the picture."""
    tour = state.session.tour
    return target_layout(state).caption if tour is None else written(state, caption_of(tour))


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
        theme, u, state = self._theme, self._unit, self._store.state
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "chrome"))
            painter.fillRect(QRectF(0, 0, self.width(), 1), colour(theme, "divider"))
            self._draw_words(painter, u)
            small = max(ENDS * u, 18.0 * u)
            low = self.height() - 22 * u
            tour = state.session.tour
            if tour is not None:
                write(painter, 30 * u, low, tour.lesson.place(tour.at), small, colour(theme, "text3"),
                      weight=600)  # fmt: skip
            if state.session.presenting:
                write(painter, self.width() - 30 * u, low, "Esc", small, colour(theme, "text3"), align="r", weight=600)
            self._draw_steps(painter, state, u)

    def _draw_words(self, painter: QPainter, u: float) -> None:
        room = self.width() - 2 * 110 * u
        px = WORDS * u
        one = LINE * px
        natural = set_prose(self._words, px, 1e6, 600)
        if natural.lines and set_prose(self._words, px, room, 600).height > one * 1.01:
            for share in (0.94, 0.88, 0.83, LEAST):
                px = WORDS * u * share
                if set_prose(self._words, px, room, 600).height <= LINE * px * 1.01:
                    break
        height = set_prose(self._words, px, room, 600).height
        top = (self.height() - 14 * u - height) / 2
        draw_prose(painter, 110 * u, top, self._words, px, room, self._theme, ground="chrome", weight=600, align="c")

    def _draw_steps(self, painter: QPainter, state: State, u: float) -> None:
        done, count = substep(state)
        wide, high, gap = (part * u for part in DASH)
        left = self.width() / 2 - (count * (wide + gap) - gap) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for k in range(count):
            painter.setBrush(colour(self._theme, "accent" if k < done else "border"))
            painter.drawRoundedRect(QRectF(left + k * (wide + gap), self.height() - 18 * u, wide, high), 3 * u, 3 * u)
