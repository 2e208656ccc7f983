"""What is to be taken along, for a room: the last card of a lesson over the picture."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.card import AnswerCard, card_questions
from rnnstudio.lessons.words import plain
from rnnstudio.paint.prose import LINE, draw_prose, set_prose
from rnnstudio.state.derived import is_wide
from rnnstudio.state.model import State
from rnnstudio.state.notation import written
from rnnstudio.state.store import Store
from rnnstudio.ui.card_questions import OVER, CardQuestions
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

#: Of 1080 lines: letters, padding, room between the points, room for their dots; the share of the canvas' width.
PX, PAD, GAP, DOT, SHARE = 34.0, 44.0, 20.0, 34.0, 0.72
#: Letters of the questions beside the points, the least of them, their share of the card, and that of the canvas then.
ASKED_PX, LEAST_PX, ASKED, WITH_THEM = 32.0, 28.0, 0.5, 0.96


class SummaryCard(QWidget):
    """Stands in the middle of the canvas while one presents the last card of a lesson."""

    def __init__(self, store: Store, canvas: QWidget, theme: Theme) -> None:
        super().__init__(canvas)
        self._store, self._theme, self._unit = store, theme, 1.0
        self._points: tuple[str, ...] = ()
        self._covered = 0
        self._questions = CardQuestions(self, theme)
        self._questions.answered.connect(self._answer)
        self.setAccessibleName("Summary")
        self.hide()

    def set_form(self, theme: Theme, height: int) -> None:
        """Other colours, or a window of another height."""
        self._theme, self._unit = theme, height / PROJECTOR_LINES
        self.place()

    def show_state(self, old: State, new: State) -> None:
        """Show the points on the last card, and nothing before it."""
        self._points = summary_points(new)
        self.setAccessibleDescription(" ".join(plain(point) for point in self._points))
        self._questions.say(card_questions(new) if self._points else ())
        self.place()

    def _answer(self, number: int, option: int) -> None:
        self._store.dispatch(AnswerCard(number, option))

    def place(self, covered: int | None = None) -> None:
        """As wide as the canvas lets it be, as high as the points need.

        ``covered``: so many px of the canvas at the right lie under a panel; as before, if nothing is said.
        """
        canvas = self.parentWidget()
        self._covered = self._covered if covered is None else covered
        self.setVisible(bool(self._points))
        if canvas is None or not self._points:
            return
        size, u = (canvas.width() - self._covered, canvas.height()), self._unit
        if not self._questions.questions:
            self.setGeometry(card_box(self._points, size, u).toRect())
        else:
            width = WITH_THEM * size[0]
            asked = ASKED * width - 1.5 * PAD * u
            high = max(card_box(self._points, size, u, width, self._room(width)).height(), self._fit(asked, size[1]))
            box = QRectF((size[0] - width) / 2, max((size[1] - high) / 2, 0.0), width, high)
            self.setGeometry(box.toRect())
            self._questions.place(width - PAD * u - asked, PAD * u - OVER * self._questions.px, asked)
        self.raise_()
        self.update()

    def _room(self, width: float) -> float:
        """Width of the points' lines beside the questions."""
        return (1 - ASKED) * width - (1.5 * PAD + DOT) * self._unit

    def _fit(self, width: float, canvas: float) -> float:
        """Height of a card for the questions, in the largest letters in which they fit the canvas."""
        u, px = self._unit, ASKED_PX * self._unit
        self._questions.set_form(self._theme, px)
        while self._questions.height_for(width) + (2 * PAD - OVER) * u > canvas and px > LEAST_PX * u:
            px -= u
            self._questions.set_form(self._theme, px)
        return self._questions.height_for(width) - OVER * px + 2 * PAD * u

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and its points."""
        with QPainter(self) as painter:
            room = self._room(self.width()) if self._questions.questions else None
            paint_card(painter, (self.width(), self.height()), self._points, self._theme, self._unit, room)


def summary_points(state: State) -> tuple[str, ...]:
    """The points of the last card, for a room; nothing elsewhere."""
    tour = state.session.tour
    if tour is None or tour.at < len(tour.lesson.stops) or not is_wide(state.session):
        return ()
    return tuple(written(state, point) for point in tour.lesson.summary)


def card_box(
    points: tuple[str, ...], canvas: tuple[float, float], u: float, width: float = 0.0, room: float | None = None
) -> QRectF:
    """Where the card lies on a canvas; ``u`` px are one of 1080 lines, ``room`` is the width of the points' lines."""
    width = width or SHARE * canvas[0]
    room = width - (2 * PAD + DOT) * u if room is None else room
    high = sum(set_prose(point, PX * u, room).height + GAP * u for point in points) + (2 * PAD - GAP) * u
    return QRectF((canvas[0] - width) / 2, max((canvas[1] - high) / 2, 0.0), width, high)


def paint_card(
    painter: QPainter, size: tuple[float, float], points: tuple[str, ...], theme: Theme, u: float,
    room: float | None = None,
) -> None:  # fmt: skip
    """Draw the card at the origin."""
    room = size[0] - (2 * PAD + DOT) * u if room is None else room
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(theme, "accent"), 3 * u))
    painter.setBrush(colour(theme, "raised"))
    painter.drawRoundedRect(QRectF(0, 0, *size).adjusted(2, 2, -2, -2), 16 * u, 16 * u)
    y = PAD * u
    for point in points:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "accent"))
        painter.drawEllipse(QPointF(PAD * u + 8 * u, y + LINE * PX * u / 2), 6 * u, 6 * u)
        y += draw_prose(painter, (PAD + DOT) * u, y, point, PX * u, room, theme, ground="raised") + GAP * u
