"""The lesson at the left: its stops, the words of the one that is shown, Back and Next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.card import AnswerCard, card_questions
from rnnstudio.lessons.tour import FoldLesson, GoToStop, LeaveLesson, NextStop, PreviousStop
from rnnstudio.lessons.tried import tried
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import draw_prose, set_prose
from rnnstudio.state.derived import moving
from rnnstudio.state.lesson import Lesson, Tour
from rnnstudio.state.model import State
from rnnstudio.state.notation import cell_notation, written
from rnnstudio.state.store import Store
from rnnstudio.ui.caption_bar import SUMMARY
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.lesson_stops import LATER, NOW, PAST, ROW, StopCard, StopRow
from rnnstudio.ui.measures import NARROWEST, NORMAL, NORMAL_WIDTH, Measures
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

WIDTH, COMPACT_WIDTH, RAIL = 320, 288, 44
PAD = 20
TITLE_PX, LABEL_PX = 20.0, 12.5
RAIL_ROW = 34
#: However large its letters are, it is at least so many of its own px high.
LEAST_HIGH = 330
#: So much of what stands over the card is seen.
CARD_ROOM = 8


class LessonPanel(QWidget):
    """Hidden where there is no lesson; folded it is a rail with the numbers of the stops."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._sizes = store, theme, NORMAL
        self._unit = 1.0  # px of the window to one of the panel at the size as delivered
        self._lesson: Lesson | None = None
        self._at = 0  # the stop whose words are shown: those of the next come when its motion has ended
        self.fold = IconButton("Fold the lesson", "chevron-left", self, theme)
        self.leave = WordButton("Leave the lesson", self, theme)
        self.leave.px = 13.0
        self.close_icon = IconButton("Leave the lesson", "close", self, theme)
        self.close_icon.clicked.connect(self._leave)
        self._stops = QWidget()
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._stops)
        self._area.viewport().setAutoFillBackground(False)
        self._stops.setAutoFillBackground(False)
        self.rows: list[StopRow] = []
        self.card = StopCard(self._stops, theme)
        self.fold.clicked.connect(self._fold)
        self.leave.clicked.connect(self._leave)
        self.card.back.clicked.connect(self._back)
        self.card.next.clicked.connect(self._next)
        self.card.questions.answered.connect(self._answer)
        self.setAccessibleName("Lesson")
        self.hide()

    # ---------------------------------------------------------------- gestures

    def _fold(self) -> None:
        self._store.dispatch(FoldLesson())

    def _leave(self) -> None:
        self._store.dispatch(LeaveLesson())

    def _back(self) -> None:
        self._store.dispatch(PreviousStop())

    def _next(self) -> None:
        tour = self._store.state.session.tour
        last = tour is not None and tour.at >= tour.lesson.cards - 1
        self._store.dispatch(LeaveLesson() if last and not moving(self._store.state) else NextStop())

    def _go(self, at: int, *_: bool) -> None:
        self._store.dispatch(GoToStop(at))

    # ---------------------------------------------------------------- showing

    @property
    def taken(self) -> int:
        """Px of the window's width that it takes."""
        return 0 if self.isHidden() else self.width()

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.card.set_theme(theme)
        for control in (self.fold, self.leave, self.close_icon, *self.rows):
            control.set_theme(theme)
        self._arrange()

    def show_state(self, old: State, new: State) -> None:
        """Show the stop; the words of the next one when its motion has come to its end."""
        tour = new.session.tour
        if tour is None:
            if self._lesson is not None:
                self._lesson = None
                self._arrange()
            return
        if tour.lesson is not self._lesson:
            self._take(tour.lesson)
            self._say(tour, new)
        elif (tour.at != self._at or cell_notation(old) is not cell_notation(new)) and not moving(new):
            self._say(tour, new)
        elif old.session.lesson_folded != new.session.lesson_folded or old is new:
            self._arrange()
        if self._at == tour.at:
            self.card.set_done(tried(new))
            self._ask(new)

    def _ask(self, state: State) -> None:
        """The questions of the last card, with what was answered."""
        asked = card_questions(state)
        if asked != self.card.questions.questions:
            self.card.questions.say(asked)
            self._arrange()

    def _answer(self, number: int, option: int) -> None:
        self._store.dispatch(AnswerCard(number, option))

    def _take(self, lesson: Lesson) -> None:
        """Rows for another lesson."""
        self._lesson = lesson
        for row in self.rows:
            row.deleteLater()
        titles = [stop.title for stop in lesson.stops] + ([SUMMARY] if lesson.summary else [])
        self.rows = [StopRow(k, title, self._stops, self._theme) for k, title in enumerate(titles, start=1)]
        for k, row in enumerate(self.rows):
            row.clicked.connect(partial(self._go, k))
            row.show()

    def _say(self, tour: Tour, state: State) -> None:
        self._at, lesson = tour.at, tour.lesson
        if tour.at < len(lesson.stops):
            stop = lesson.stops[tour.at]
            trial = written(state, stop.trial.words) if stop.trial else ""
            self.card.say(tour.at + 1, stop.title, written(state, stop.text), trial)
        else:
            self.card.say(tour.at + 1, SUMMARY, "", points=tuple(written(state, point) for point in lesson.summary))
        self.card.questions.say(card_questions(state))
        self.card.back.setEnabled(tour.at > 0)
        self.card.next.say("Finish" if tour.at == lesson.cards - 1 else "Next")
        self._arrange()
        if self._folded:
            self._area.ensureWidgetVisible(self.rows[self._at], 0, 20)
        else:  # a card that is higher than its room is read from its beginning
            self._area.verticalScrollBar().setValue(self.card.y() - CARD_ROOM)

    # ---------------------------------------------------------------- places

    @property
    def _folded(self) -> bool:
        return self._store.state.session.lesson_folded

    def _arrange(self) -> None:
        lesson = self._lesson
        self.setVisible(lesson is not None and not self._theme.wide)
        if lesson is None:
            return
        folded = self._folded
        self._fit()
        unit, width = self._unit, RAIL if folded else COMPACT_WIDTH if self._sizes.compact else WIDTH
        if self.width() != round(width * unit) or self.minimumWidth() != round(width * unit):
            self.setFixedWidth(round(width * unit))
        self.fold.icon_name = "chevron-right" if folded else "chevron-left"
        self.fold.setAccessibleName("Unfold the lesson" if folded else "Fold the lesson")
        self._put(self.fold, (RAIL - 28) // 2 if folded else width - PAD - 20, 12, 28, 28)
        top = 52 if folded else round(self._head(width))
        low = 0 if folded else 52
        self._place_foot(width, folded)
        self._put(self._area, 0, top, width, max(round(self.height() / unit) - top - low, 40))
        self._place_stops(width, folded)
        self.update()

    def _fit(self) -> None:
        """Letters as large as is preferred, and as leaves room for a stop's words and for a page of the formula."""
        compact = self._sizes.compact
        beside = self.window().width() - (NARROWEST if compact else NORMAL_WIDTH)
        wide = beside / (COMPACT_WIDTH if compact else WIDTH)
        self._unit = max(1.0, min(self._sizes.side, self.height() / LEAST_HIGH, wide))
        self.leave.px = 13.0 * self._unit
        self.card.set_unit(self._unit)

    def _put(self, widget: QWidget, x: float, y: float, width: float, height: float) -> None:
        """Place a part, in px of the panel at the size as delivered."""
        unit = self._unit
        if widget in (self.fold, self.close_icon):
            widget.setMinimumSize(round(width * unit), round(height * unit))
        widget.setGeometry(round(x * unit), round(y * unit), round(width * unit), round(height * unit))

    def _place_foot(self, width: int, folded: bool) -> None:
        """Under the stops: the way out; in a small window Back and Next, and the way out beside the chevron."""
        pinned, foot = self._sizes.compact, round(self.height() / self._unit) - 44
        self.leave.setVisible(not folded and not pinned)
        self._put(self.leave, PAD, foot, width - 2 * PAD, 32)
        self._put(self.close_icon, width - PAD - 54, 12, 28, 28)
        self.close_icon.setVisible(not folded and pinned)
        self.card.pinned = pinned
        half = (width - 2 * PAD - 12) // 2
        for k, button in enumerate((self.card.back, self.card.next)):
            owner: QWidget = self if pinned else self.card
            if button.parentWidget() is not owner:
                button.setParent(owner)
            if pinned:
                self._put(button, PAD + k * (half + 12), foot - 2, half, 36)
            button.setVisible(not folded)

    def _head(self, width: float) -> float:
        """Height of what stands above the stops."""
        assert self._lesson is not None
        return 54 + set_prose(self._lesson.title, TITLE_PX, width - 2 * PAD, 650).height + 56

    def _place_stops(self, width: int, folded: bool) -> None:
        y, pitch = 0, RAIL_ROW if folded else ROW
        for k, row in enumerate(self.rows):
            row.rail, row.unit = folded, self._unit
            row.when = PAST if k < self._at else NOW if k == self._at else LATER
            current = k == self._at and not folded
            row.setVisible(not current)
            if current:
                high = self.card.height_for(width - 24)
                self._put(self.card, 12, y + 4, width - 24, high)
                self.card.place_buttons()
                y += high + 8
            else:
                self._put(row, 0 if folded else 8, y, width if folded else width - 16, pitch)
                y += pitch
            row.update()
        self.card.setVisible(not folded)
        self._stops.resize(round(width * self._unit), round((y + 8) * self._unit))

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stops get what height there is."""
        super().resizeEvent(event)
        self._arrange()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, title and progress."""
        theme, lesson = self._theme, self._lesson
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "panel"))
            unit = self._unit
            painter.setPen(QPen(colour(theme, "divider"), 1))
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
            if lesson is None or self._folded:
                return
            painter.scale(unit, unit)
            width = self.width() / unit - 2 * PAD
            write(painter, PAD, 27, "LESSON", LABEL_PX, colour(theme, "text2"), weight=600)
            y = 46 + draw_prose(painter, PAD, 46, lesson.title, TITLE_PX, width, theme, weight=650) + 10
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "divider"))
            painter.drawRoundedRect(QRectF(PAD, y, width, 6), 3, 3)
            painter.setBrush(colour(theme, "accent"))
            share = min((self._at + 1) / len(lesson.stops), 1.0)
            painter.drawRoundedRect(QRectF(PAD, y, max(width * share, 6), 6), 3, 3)
            write(painter, PAD, y + 22, lesson.place(self._at), LABEL_PX + 0.5, colour(theme, "text2"), weight=450)
