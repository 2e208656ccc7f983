"""What is to be taken along, for a room: the last card of a lesson over the picture."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.prose import LINE, draw_prose, set_prose
from rnnstudio.state.model import State
from rnnstudio.state.notation import written
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

#: Of 1080 lines: letters, padding, room between the points, room for their dots; the share of the canvas' width.
PX, PAD, GAP, DOT, SHARE = 34.0, 44.0, 20.0, 34.0, 0.72


class SummaryCard(QWidget):
    """Stands in the middle of the canvas while one presents the last card of a lesson."""

    def __init__(self, store: Store, canvas: QWidget, theme: Theme) -> None:
        super().__init__(canvas)
        self._store, self._theme, self._unit = store, theme, 1.0
        self._points: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Summary")
        self.hide()

    def set_form(self, theme: Theme, height: int) -> None:
        """Other colours, or a window of another height."""
        self._theme, self._unit = theme, height / PROJECTOR_LINES
        self.place()

    def show_state(self, old: State, new: State) -> None:
        """Show the points on the last card, and nothing before it."""
        tour = new.session.tour
        last = tour is not None and tour.at >= len(tour.lesson.stops)
        shown = tour.lesson.summary if tour is not None and last and new.session.presenting else ()
        self._points = tuple(written(new, point) for point in shown)
        self.setAccessibleDescription(" ".join(plain(point) for point in self._points))
        self.place()

    def place(self) -> None:
        """As wide as the canvas lets it be, as high as the points need."""
        canvas = self.parentWidget()
        self.setVisible(bool(self._points))
        if canvas is None or not self._points:
            return
        width = SHARE * canvas.width()
        room, u = width - 2 * PAD * self._unit - DOT * self._unit, self._unit
        high = sum(set_prose(point, PX * u, room).height + GAP * u for point in self._points) - GAP * u + 2 * PAD * u
        self.setGeometry(
            round((canvas.width() - width) / 2), round(max((canvas.height() - high) / 2, 0)), round(width), round(high)
        )
        self.raise_()
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and its points."""
        theme, u = self._theme, self._unit
        room = self.width() - 2 * PAD * u - DOT * u
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "accent"), 3 * u))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 16 * u, 16 * u)
            y = PAD * u
            for point in self._points:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "accent"))
                painter.drawEllipse(QPointF(PAD * u + 8 * u, y + LINE * PX * u / 2), 6 * u, 6 * u)
                y += draw_prose(painter, (PAD + DOT) * u, y, point, PX * u, room, theme, ground="raised") + GAP * u
