"""The stops of a lesson as rows, and the card of the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import LINE, draw_prose, set_prose
from rnnstudio.sentence import sentence
from rnnstudio.ui.card_questions import CardQuestions
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour, on_accent

#: A row, the circle of its number, its words (DESIGN §2).
ROW, CIRCLE, ROW_PX = 38, 11.0, 14.0
TITLE_PX, TEXT_PX, LABEL_PX = 15.0, 15.0, 12.0
#: The card's padding, and the height of its buttons.
INSIDE, BUTTON = 18, 36
GAP = 12
PAST, NOW, LATER = "past", "now", "later"


def draw_number(painter: QPainter, theme: Theme, x: float, y: float, number: int, when: str) -> None:
    """The number of a stop, or the tick of one that has been seen."""
    if when == NOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "accent"))
        painter.drawEllipse(QPointF(x, y), CIRCLE, CIRCLE)
        write(painter, x, y, str(number), 12, on_accent(theme), align="c", weight=600)
    elif when == PAST:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "accentfill"))
        painter.drawEllipse(QPointF(x, y), CIRCLE, CIRCLE)
        tick(painter, x, y, colour(theme, "accent"))
    else:
        painter.setPen(QPen(colour(theme, "border"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), CIRCLE - 0.7, CIRCLE - 0.7)
        write(painter, x, y, str(number), 12, colour(theme, "text3"), align="c", weight=500)


def tick(painter: QPainter, x: float, y: float, ink: QColor) -> None:
    """A tick, centred."""
    painter.setPen(QPen(ink, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(x - 5, y + 0.5), QPointF(x - 1.5, y + 4), QPointF(x + 5, y - 4)])


class StopRow(Control):
    """One stop: a press or Enter goes there."""

    def __init__(self, number: int, title: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(sentence("Stop {number}: {title}", number=number, title=title), parent, theme)
        self.number, self.title = number, title
        self.when = LATER
        self.rail, self.unit = False, 1.0

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and words; in the rail the circle alone."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.unit, self.unit)
            wide, high = self.width() / self.unit, self.height() / self.unit
            middle = high / 2
            draw_number(painter, self.theme, wide / 2 if self.rail else 25, middle, self.number, self.when)
            if not self.rail:
                ink = "text" if self.underMouse() else "text2"
                write(painter, 48, middle, self.title, ROW_PX, colour(self.theme, ink))
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(0, 0, wide, high).adjusted(4, 2, -4, -2), 8)


class StopCard(QWidget):
    """The stop that is shown: its words, something to try, Back and Next."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.number, self.title, self.text, self.trial, self.done = 1, "", "", "", False
        self.points: tuple[str, ...] = ()
        self.unit = 1.0  # px of the window to one of the card at the size as delivered
        self.pinned = False  # Back and Next stand under the stops, where a high card cannot push them out
        self.back = WordButton("Back", self, theme)
        self.next = WordButton("Next", self, theme, primary=True)
        self.questions = CardQuestions(self, theme)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        for button in (self.back, self.next):
            button.set_theme(theme)
        self.questions.set_form(theme, TEXT_PX)
        self.update()

    def set_unit(self, unit: float) -> None:
        """Other letters: so many times as large as they are delivered."""
        self.unit = unit
        for button in (self.back, self.next):
            button.px = 14.0 * unit
        self.update()

    def say(self, number: int, title: str, text: str, trial: str = "", points: tuple[str, ...] = ()) -> None:
        """Other words."""
        self.number, self.title, self.text, self.trial, self.points = number, title, text, trial, points
        self.done = False
        self.setAccessibleName(sentence("Stop {number}: {title}", number=number, title=title))
        said = " ".join((text, *points, sentence("Try it: {trial}", trial=trial) if trial else ""))
        self.setAccessibleDescription(plain(said).strip())
        self.update()

    def set_done(self, done: bool) -> None:
        """What there was to try has been done, or not yet."""
        if done != self.done:
            self.done = done
            self.update()

    def _room(self, width: float) -> float:
        return width - 2 * INSIDE

    def height_for(self, width: float) -> int:
        """The height that the words need at a width."""
        room = self._room(width)
        height = 44.0
        if self.text:
            height += set_prose(self.text, TEXT_PX, room).height
        for point in self.points:
            height += set_prose(point, TEXT_PX, room - 16).height + 8
        if self.trial:
            height += 2 * GAP + 24 + set_prose(self.trial, TEXT_PX, room).height
        height += self.questions.height_for(room)
        return round(height + INSIDE + (0 if self.pinned else GAP + BUTTON))

    def place_buttons(self) -> None:
        """Back and Next along the lower edge, if they are not pinned elsewhere; over them the questions."""
        room = self._room(self.width())
        below = INSIDE + (0 if self.pinned else GAP + BUTTON)
        self.questions.place(INSIDE, self.height() - below - self.questions.height_for(room), room)
        if self.pinned:
            return
        u = self.unit
        whole = self.width() / u
        width, top = (whole - 2 * INSIDE - 12) / 2, self.height() / u - INSIDE - BUTTON
        for button, left in ((self.back, INSIDE), (self.next, whole - INSIDE - width)):
            button.setGeometry(round(left * u), round(top * u), round(width * u), round(BUTTON * u))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        theme, u = self._theme, self.unit
        room = self._room(self.width() / u)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "accent"), 2))
            painter.setBrush(colour(theme, "raised"))
            painter.scale(u, u)
            painter.drawRoundedRect(QRectF(0, 0, self.width() / u, self.height() / u).adjusted(1, 1, -1, -1), 12, 12)
            draw_number(painter, theme, INSIDE + 1, 26, self.number, NOW)
            write(painter, INSIDE + 22, 26, self.title, TITLE_PX, colour(theme, "text"), weight=600)
            y = 44.0
            if self.text:
                y += draw_prose(painter, INSIDE, y, self.text, TEXT_PX, room, theme, role="text", ground="raised")
            for point in self.points:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "accent"))
                painter.drawEllipse(QPointF(INSIDE + 4, y + LINE * TEXT_PX / 2), 3, 3)
                y += draw_prose(painter, INSIDE + 16, y, point, TEXT_PX, room - 16, theme, ground="raised") + 8
            if self.trial:
                y = self._draw_trial(painter, y, room)

    def _draw_trial(self, painter: QPainter, y: float, room: float) -> float:
        theme = self._theme
        y += GAP
        painter.setPen(QPen(colour(theme, "divider"), 1))
        painter.drawLine(QPointF(INSIDE, y), QPointF(INSIDE + room, y))
        y += GAP
        word = "DONE" if self.done else "TRY IT"
        ink = colour(theme, "ok" if self.done else "accent")
        wide = write(painter, INSIDE, y + 6, word, LABEL_PX, ink, weight=600)
        if self.done:
            tick(painter, INSIDE + wide + 14, y + 6, ink)
        y += 24
        return y + draw_prose(painter, INSIDE, y, self.trial, TEXT_PX, room, theme, role="text2", ground="raised")
