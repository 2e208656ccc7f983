"""A lesson that is being written, at the left: its title, its stops in their order, the card of the one at hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.at_hand import stop_at_hand
from rnnstudio.lessons.authoring import MoveStop, ShowStop
from rnnstudio.lessons.wording import SetLessonWords
from rnnstudio.lessons.words import plain
from rnnstudio.lessons.written import titled
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import draw_prose, set_prose
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.state.written_lesson import WrittenLesson
from rnnstudio.ui.author_card import LABEL, AuthorCard
from rnnstudio.ui.author_fields import WordArea, WordLine
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.lesson_stops import LATER, ROW, StopRow
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

PAD, TITLE_PX, LABEL_PX, HINT_PX = 20, 20.0, 12.5, 14.0
HEAD, FOOT, BUTTON = 106, 92, 36
HINT = (
    "Make a picture: a view, a sample, a number that you change. **Record** makes a stop of it, with all that is seen. "
    "Then write its title and one to three sentences."
)


class AuthorRow(StopRow):
    """A stop of the list: a press shows it, dragging puts it elsewhere, Up and Down walk."""

    dragged = Signal(int, int)
    walked = Signal(int)

    def __init__(self, number: int, title: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(number, title, parent, theme)
        self._pressed: QPoint | None = None
        self.when = LATER

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the row along."""
        if self._pressed is not None and abs(event.position().y() - self._pressed.y()) > ROW / 2:
            self.raise_()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.move(self.x(), self.mapToParent(event.position().toPoint() - self._pressed).y())

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the row where it was dragged to; without a drag it was pressed."""
        dragged = self.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        self.unsetCursor()
        self._pressed = None
        if dragged:
            self.setDown(False)
            self.dragged.emit(self.number - 1, self.y() + self.height() // 2)
        else:
            super().mouseReleaseEvent(event)

    def turn(self, by: int) -> None:
        """To the row after this one (by > 0), or before it."""
        self.walked.emit(by)


class Column(QWidget):
    """What is scrolled: rows, the card, and fields under their labels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.labels: list[tuple[int, str]] = []

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the labels."""
        with QPainter(self) as painter:
            for y, label in self.labels:
                write(painter, PAD, y, label, LABEL_PX - 0.5, colour(self.theme, "text2"), weight=600)


class AuthorPanel(QWidget):
    """Fills the place of the lesson panel while a lesson is being written."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._compact = store, theme, False
        self._shown: WrittenLesson | None = None
        self._at = -1
        self.title = WordLine("Title of the lesson", "Title of the lesson", self, bare=True)
        self.title.written.connect(partial(self._write, "title"))
        self.close_icon = IconButton("End writing", "close", self, theme)
        self._stops = Column(theme)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._stops)
        self.area.viewport().setAutoFillBackground(False)
        self._stops.setAutoFillBackground(False)  # the area has turned it on
        self.rows: list[AuthorRow] = []
        self.card = AuthorCard(store, self._stops, theme)
        self.about = WordLine("What the lesson is about", "one sentence for the list", self._stops)
        self.summary = WordArea("What is to be taken along", "a point a line, for the last card", self._stops)
        self.about.written.connect(partial(self._write, "about"))
        self.summary.written.connect(partial(self._write, "summary"))
        self.record = WordButton("Record", self, theme, primary=True, icon="plus")
        self.run = WordButton("Run from here", self, theme, icon="play")
        self.save = WordButton("Save as a file…", self, theme)
        self.end = WordButton("Done", self, theme)
        for button, command in (
            (self.record, "record_stop"), (self.run, "run_lesson"), (self.save, "save_lesson"),
            (self.end, "write_lesson"), (self.close_icon, "write_lesson"),
        ):  # fmt: skip
            button.clicked.connect(partial(self._ask, command))
        self.card.asked.connect(self.asked)
        self.card.grown.connect(self._arrange)
        for field in (self.title, self.about, self.summary, self.card):
            field.left.connect(self.left)
        self.setAccessibleName("Lesson being written")

    # ---------------------------------------------------------------- gestures

    def _ask(self, command: str, *_: bool) -> None:
        self.asked.emit(command)

    def _write(self, field: str, words: str) -> None:
        self._store.dispatch(SetLessonWords(field, words))

    def _go(self, at: int, *_: bool) -> None:
        self._store.dispatch(ShowStop(at))

    def _walk(self, by: int) -> None:
        """The row after the one with the focus, or before it; at the stop at hand the card's title."""
        at = next((k for k, row in enumerate(self.rows) if row.hasFocus()), self._at)
        self.focus_stop(at + by)

    def focus_stop(self, at: int) -> None:
        """The focus to a stop: to its row, or to the title of the one at hand."""
        if 0 <= at < len(self.rows):
            target: QWidget = self.card.title if at == self._at else self.rows[at]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(target, 0, 20)

    def _drop(self, at: int, y: int) -> None:
        """A row was dragged to a height among the others."""
        heights = [self._middle(k) for k in range(len(self.rows)) if k != at]
        to = sum(height < y for height in heights)
        if to == at:
            self._arrange()
        else:
            self._store.dispatch(MoveStop(to - at, at))

    def _middle(self, k: int) -> int:
        place = self.card if k == self._at else self.rows[k]
        return place.y() + place.height() // 2

    # ---------------------------------------------------------------- showing

    @property
    def first(self) -> QWidget:
        """What gets the focus when one comes here."""
        return self.card.title if self.rows else self.record

    def set_form(self, theme: Theme, compact: bool) -> None:
        """Other colours or sizes."""
        self._theme, self._compact = theme, compact
        self.card.set_theme(theme)
        self._stops.theme = theme
        self.title.dress(theme, TITLE_PX, 650)
        self.about.dress(theme, 13.5)
        self.summary.dress(theme, 13.5)
        for control in (self.close_icon, self.record, self.run, self.save, self.end, *self.rows):
            control.set_theme(theme)
        self._arrange()

    def show_state(self, state: State) -> None:
        """Show the lesson that the document carries."""
        lesson = state.document.lesson
        if lesson is None:
            return
        at = stop_at_hand(state)
        if lesson is self._shown and at == self._at:
            return
        fresh = self._shown is None or len(lesson.stops) != len(self._shown.stops) or at != self._at
        self._shown, self._at = lesson, at
        self.title.show_words(lesson.title)
        self.about.show_words(lesson.about)
        if [line.strip() for line in self.summary.toPlainText().split("\n") if line.strip()] != list(lesson.summary):
            self.summary.show_words("\n".join(lesson.summary))
        self._take(lesson)
        if lesson.stops:
            self.card.show_stop(at, lesson.stops[at], state)
        for button in (self.run, self.save):
            button.setEnabled(bool(lesson.stops))
        self._arrange()
        if fresh and lesson.stops:
            self.area.verticalScrollBar().setValue(max(0, self.card.y() - 8))

    def _take(self, lesson: WrittenLesson) -> None:
        """A row for each stop."""
        while len(self.rows) > len(lesson.stops):
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        for k, stop in enumerate(lesson.stops):
            title = plain(titled(stop, k))
            if k == len(self.rows):
                row = AuthorRow(k + 1, title, self._stops, self._theme)
                row.clicked.connect(partial(self._go, k))
                row.dragged.connect(self._drop)
                row.walked.connect(self._walk)
                self.rows.append(row)
            elif self.rows[k].title != title:
                self.rows[k].title = title
                self.rows[k].setAccessibleName(f"Stop {k + 1}: {title}")
                self.rows[k].update()

    # ---------------------------------------------------------------- places

    def _arrange(self) -> None:
        width = self.width()
        self.title.setGeometry(PAD - 7, 40, width - 2 * PAD + 14, 36)
        self.close_icon.setMinimumSize(28, 28)
        self.close_icon.setGeometry(width - PAD - 20, 10, 28, 28)
        foot = self.height() - FOOT
        self.area.setGeometry(0, HEAD, width, max(foot - HEAD, 40))
        half = (width - 2 * PAD - 12) // 2
        for k, button in enumerate((self.record, self.run, self.save, self.end)):
            x, y = PAD + (k % 2) * (half + 12), foot + 8 + (k // 2) * (BUTTON + 6)
            button.px = 13.0 if self._compact else 14.0
            button.setGeometry(x, y, half, BUTTON)
        self._place_stops(width)
        self.update()

    def _place_stops(self, width: int) -> None:
        y = 0
        for k, row in enumerate(self.rows):
            current = k == self._at
            row.setVisible(not current)
            if current:
                self.card.setGeometry(12, y + 4, width - 24, self.card.arrange(width - 24))
                y += self.card.height() + 8
            else:
                row.setGeometry(8, y, width - 16, ROW)
                y += ROW
        self.card.setVisible(bool(self.rows))
        y += 8 if self.rows else round(set_prose(HINT, HINT_PX, width - 2 * PAD).height) + 20
        self._stops.labels = []
        for field, label in ((self.about, "WHAT IT IS ABOUT"), (self.summary, "SUMMARY, THE LAST CARD")):
            field.setVisible(bool(self.rows))
            height = field.height_for(width - 2 * PAD) if isinstance(field, WordArea) else 30
            field.setGeometry(PAD, y + LABEL + 4, width - 2 * PAD, height)
            if self.rows:
                self._stops.labels.append((y + 16, label))
                y += LABEL + height + 10
        self._stops.resize(width, y + 8)
        self._stops.update()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stops get what height there is."""
        super().resizeEvent(event)
        self._arrange()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the picture."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, head and foot."""
        theme, lesson = self._theme, self._shown
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "panel"))
            painter.setPen(QPen(colour(theme, "divider"), 1))
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
            painter.drawLine(PAD, self.height() - FOOT, self.width() - PAD, self.height() - FOOT)
            write(painter, PAD, 25, "WRITING A LESSON", LABEL_PX, colour(theme, "text2"), weight=600)
            if lesson is not None and lesson.stops:
                count = f"Stop {self._at + 1} of {len(lesson.stops)}"
                write(painter, PAD, 90, count, LABEL_PX + 0.5, colour(theme, "text2"), weight=450)
            else:
                draw_prose(painter, PAD, HEAD, HINT, HINT_PX, self.width() - 2 * PAD, theme, role="text2")
