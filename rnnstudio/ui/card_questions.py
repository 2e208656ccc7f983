"""The questions at the end of a lesson: each with four options, and after a choice with the answer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.card import CardQuestion
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import LINE, draw_prose, set_prose
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.sentence import sentence
from rnnstudio.state.question import LETTERS
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.quiz_option import fitting
from rnnstudio.ui.style import colour

#: In letters: height of an option, distance between two of them, room over a question.
HIGH, GAP, OVER = 2.1, 0.45, 1.1
PLAIN, RIGHT, WRONG = "", "right", "wrong"
_VERDICTS = {RIGHT: sentence("right"), WRONG: sentence("wrong")}


class AnswerButton(Control):
    """One option; once a choice is made it says whether it is the right one, with a mark and in words."""

    def __init__(self, number: int, option: int, parent: QWidget, theme: Theme) -> None:
        super().__init__(LETTERS[option], parent, theme)
        self.number, self.option = number, option
        self.words, self.verdict, self.px = "", PLAIN, 14.0

    def say(self, words: str, verdict: str) -> None:
        """Other words; ``verdict`` is what it turned out to be, empty while nothing was chosen."""
        self.words, self.verdict = words, verdict
        said = sentence("Question {number}, {letter}: {words}", number=self.number + 1, letter=LETTERS[self.option],
                        words=Verbatim(plain(tr(words))))  # fmt: skip
        known = sentence("{option}, {verdict}", option=said, verdict=_VERDICTS[verdict]) if verdict else said
        self.setAccessibleName(tr(known))
        self.update()

    def turn(self, by: int) -> None:
        """Up and down: the option before or after it."""
        parent = self.parentWidget()
        there = [] if parent is None else parent.findChildren(AnswerButton)
        if self in there:
            there[(there.index(self) + by) % len(there)].setFocus(Qt.FocusReason.TabFocusReason)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, letter, words and mark."""
        theme, px, middle = self.theme, self.px, self.height() / 2
        role = {RIGHT: "ok", WRONG: "error"}.get(self.verdict, "border")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, role), 2.4 if self.verdict else 1.4))
            ground = colour(theme, role, 0.10) if self.verdict else colour(theme, "raised")
            painter.setBrush(colour(theme, "accentfill") if self.underMouse() and not self.verdict else ground)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 0.6 * px, 0.6 * px)
            left = 0.7 * px
            left += (
                write(painter, left, middle, LETTERS[self.option], px, colour(theme, "text2"), weight=700) + 0.6 * px
            )
            right = self.width() - (1.9 * px if self.verdict else 0.6 * px)
            size = fitting(self.words, px, right - left, 500)
            draw_prose(painter, left, middle - LINE * size / 2, self.words, size, 1e6, theme, ground="raised",
                       weight=500)  # fmt: skip
            if self.verdict:
                self._draw_mark(painter, self.width() - 1.1 * px, middle, role)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 0.6 * px)

    def _draw_mark(self, painter: QPainter, x: float, y: float, role: str) -> None:
        """A tick, or a cross."""
        k = self.px / 14
        painter.setPen(QPen(colour(self.theme, role), 2.2 * k, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if self.verdict == RIGHT:
            painter.drawPolyline(
                [QPointF(x - 5 * k, y), QPointF(x - 1.5 * k, y + 4 * k), QPointF(x + 5 * k, y - 4 * k)]
            )
        else:
            painter.drawLine(QPointF(x - 4 * k, y - 4 * k), QPointF(x + 4 * k, y + 4 * k))
            painter.drawLine(QPointF(x - 4 * k, y + 4 * k), QPointF(x + 4 * k, y - 4 * k))


class CardQuestions(QWidget):
    """All of them, one below the other; options two by two."""

    answered = Signal(int, int)  # number of the question, option

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme, self.px = theme, 14.0
        self.questions: tuple[CardQuestion, ...] = ()
        self.buttons: list[AnswerButton] = []
        self.setAccessibleName(tr("Three questions"))
        self.hide()

    def set_form(self, theme: Theme, px: float) -> None:
        """Other colours, letters of another size."""
        self._theme, self.px = theme, px
        for button in self.buttons:
            button.set_theme(theme)
            button.px = px
        self.update()

    def say(self, questions: tuple[CardQuestion, ...]) -> None:
        """Show these; none hides it."""
        if questions == self.questions:
            return
        while len(self.buttons) < 4 * len(questions):
            number, option = divmod(len(self.buttons), 4)
            button = AnswerButton(number, option, self, self._theme)
            button.px = self.px
            button.clicked.connect(lambda *_, n=number, o=option: self.answered.emit(n, o))
            self.buttons.append(button)
        self.questions = questions
        for button in self.buttons:
            there = button.number < len(questions)
            button.setVisible(there)
            if there:
                asked = questions[button.number]
                button.say(asked.options.texts[button.option], verdict(asked, button.option))
        self.setAccessibleDescription(" ".join(plain(tr(asked.words)) for asked in questions))
        self.setVisible(bool(questions))
        self.update()

    def height_for(self, width: float) -> int:
        """The height that they need at a width."""
        return round(sum(self._height(asked, width) for asked in self.questions))

    def _height(self, asked: CardQuestion, width: float) -> float:
        rows = 2 * HIGH * self.px + GAP * self.px
        return OVER * self.px + set_prose(asked.words, self.px, width, 600).height + 0.3 * self.px + rows

    def place(self, x: float, y: float, width: float) -> None:
        """Stand there, that wide."""
        self.setGeometry(round(x), round(y), round(width), self.height_for(width))
        px, top = self.px, 0.0
        half = (width - GAP * px) / 2
        for number, asked in enumerate(self.questions):
            low = top + self._height(asked, width) - 2 * HIGH * px - GAP * px
            for button in self.buttons[4 * number : 4 * number + 4]:
                row, column = divmod(button.option, 2)
                button.setGeometry(round(column * (half + GAP * px)), round(low + row * (HIGH + GAP) * px), round(half),
                                   round(HIGH * px))  # fmt: skip
            top += self._height(asked, width)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sentences; the options draw themselves."""
        top = 0.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for asked in self.questions:
                draw_prose(painter, 0, top + OVER * self.px, asked.words, self.px, self.width(), self._theme,
                           ground="raised", weight=600)  # fmt: skip
                top += self._height(asked, self.width())


def verdict(asked: CardQuestion, option: int) -> str:
    """What an option turned out to be; nothing is said before a choice, nor of options that are neither."""
    if asked.chosen < 0:
        return PLAIN
    if option == asked.options.right:
        return RIGHT
    return WRONG if option == asked.chosen else PLAIN
