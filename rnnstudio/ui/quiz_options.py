"""The options of a question beside the picture; after the reveal what the class said beside what the net says."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.prose import LINE, draw_prose, line_width, set_prose
from rnnstudio.paint.translation import tr
from rnnstudio.state.actions.questions import Tally
from rnnstudio.state.model import State
from rnnstudio.state.question import REVOTE, VOTE, on_the_way, question
from rnnstudio.state.question_options import options
from rnnstudio.state.question_words import HINTS
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.quiz_option import OptionButton
from rnnstudio.ui.quiz_result import paint_result, said_of
from rnnstudio.ui.style import colour

#: Of 1080 lines (DESIGN §16): the options' column with its margin, their pitch and height, the line under them.
WIDTH, MARGIN, PITCH, HIGH, HINT, HINT_PX = 734.0, 40.0, 176.0, 152.0, 84.0, 30.0
#: Below the picture they stand two by two, so high with the line under them; beside it they take at most this share.
BELOW, SHARE, NARROW_SHARE = 300.0, 0.4, 0.46


class QuizOptions(QWidget):
    """Four buttons and a line of words; two columns of them where it stands below the picture."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._unit = store, theme, 1.0
        self.below = False
        self.buttons = tuple(OptionButton(k, self, theme) for k in range(4))
        for button in self.buttons:
            button.counted.connect(self._counted)
        self.setAccessibleName(tr("Options"))
        self.hide()

    def set_form(self, theme: Theme, height: int, width: int, below: bool) -> None:
        """Other colours, another size of the window: beside a picture of ``width`` px with them, or below it."""
        self._theme, self._unit, self.below = theme, height / PROJECTOR_LINES, below
        for button in self.buttons:
            button.set_theme(theme)
            button.unit = self._unit
        if below:
            self.setMinimumSize(0, round(BELOW * self._unit))
            self.setMaximumSize(16777215, round(BELOW * self._unit))
        else:
            self.setMaximumHeight(16777215)
            self.setMinimumHeight(0)
            share = SHARE if width > 1.5 * height else NARROW_SHARE
            self.setFixedWidth(round(min(WIDTH * self._unit, share * width)))
        self._arrange()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show the options with their votes, or the result."""
        asked = question(new)
        self.setVisible(asked is not None)
        if asked is None:
            return
        found = options(new, asked)
        counting = asked.phase in (VOTE, REVOTE) or any(asked.votes[asked.round])
        for k, button in enumerate(self.buttons):
            button.say(found.texts[k], asked.votes[asked.round][k], counting)
            button.setVisible(asked.hidden)
        if asked.hidden:
            self.setAccessibleDescription(tr(asked.said or HINTS[asked.phase]))
        elif on_the_way(asked, new):
            self.setAccessibleDescription(tr(HINTS[asked.phase]))
        else:
            self.setAccessibleDescription(plain(tr(said_of(new, asked))))
        self._arrange()
        self.update()

    def _counted(self, option: int, votes: int) -> None:
        self._store.dispatch(Tally(option, votes))

    def _arrange(self) -> None:
        u, margin = self._unit, MARGIN * self._unit
        room = self.height() - HINT * u * (0.6 if self.below else 1.0) - 14 * u
        columns = 2 if self.below else 1
        pitch = min(PITCH * u, room * columns / 4)
        high = pitch * HIGH / PITCH
        left = margin if self.below else 0.0
        gap = 30 * u
        width = (self.width() - left - margin - gap * (columns - 1)) / columns
        for k, button in enumerate(self.buttons):
            x, y = left + (k % columns) * (width + gap), 14 * u + (k // columns) * pitch
            button.setGeometry(round(x), round(y), round(width), round(high))

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The options share the new size."""
        super().resizeEvent(event)
        self._arrange()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line under the options, or the result."""
        theme, u, state = self._theme, self._unit, self._store.state
        asked = question(state)
        if asked is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "canvas"))
            if self.below:
                painter.setPen(QPen(colour(theme, "divider"), 1))
                painter.drawLine(0, 0, self.width(), 0)
            if not asked.hidden and not on_the_way(asked, state):
                left = MARGIN * u if self.below else 0.0
                area = QRectF(left, 0, self.width() - left - MARGIN * u, self.height())
                paint_result(painter, state, asked, theme, u, area, self.below)
                return
            words = asked.said or HINTS[asked.phase]
            last = self.buttons[-1].geometry().bottom() if asked.hidden else 0
            self._draw_hint(painter, words, last)

    def _draw_hint(self, painter: QPainter, words: str, top: float) -> None:
        u, left = self._unit, MARGIN * self._unit if self.below else 0.0
        room = self.width() - left - MARGIN * u
        px = HINT_PX * u
        free = self.height() - top - 8 * u
        while set_prose(words, px, room, 450).height > free and px > 0.6 * HINT_PX * u:
            px *= 0.92
        if line_width(words, px, 450) <= room:
            y = top + min((free - LINE * px) / 2, 26 * u)
            draw_prose(painter, left, y, words, px, room, self._theme, ground="canvas", weight=450, align="c")
        else:
            draw_prose(painter, left, top + 4 * u, words, px, room, self._theme, ground="canvas", weight=450)
