"""The card of the stop that is being written: its words, what there is to try, what is pointed at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.at_hand import stop_at_hand
from rnnstudio.lessons.authoring import SetStopKey
from rnnstudio.lessons.wording import SetStopWords
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import draw_prose, set_prose
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.state.written_lesson import MOST_CAPTION, MOST_LETTERS, WrittenStop
from rnnstudio.ui.author_fields import Picker, WordArea, WordLine
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.lesson_stops import NOW, draw_number
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

INSIDE, LABEL_PX, FIELD_PX, TITLE_PX, TEXT_PX = 14, 12.0, 13.5, 15.0, 15.0
LINE, LABEL, BUTTON = 30, 22, 32
#: From this share of what is read at a stop its letters are counted.
MANY = 0.75
#: What has to have changed for a trial to count, in words.
SIGNS = (
    ("", "not checked"), ("view", "another view"), ("step", "a step"), ("unit", "another unit"),
    ("value", "a changed number"), ("what_if", "a what-if"), ("cell", "another cell"),
    ("selection", "something selected"), ("focus", "a copy in focus"),
)  # fmt: skip
THEMES = (("", "as one likes"), ("light", "always light"), ("dark", "always dark"))


class AuthorCard(QWidget):
    """Fields for one stop; each change goes into the document at once."""

    asked = Signal(str)
    left = Signal()
    grown = Signal()

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme = store, theme
        self._stop: WrittenStop | None = None
        self._labels: list[tuple[int, str, str, str]] = []
        self._read_at, self._room = 0, 0
        self.number = 1
        self.title = WordLine("Title of the stop", "Title", self, bare=True)
        self.text = WordArea("Text of the stop", "One to three sentences. **bold**, $<s|s_t>$", self)
        self.say = WordLine("Something to try", "Change a value of $<s|s_0>$.", self)
        self.done = Picker("Done when there is", SIGNS, self, theme)
        self.to = WordLine("What has to come of it", "any", self)
        self.caption = WordLine("Line for a room", "the title", self)
        self.notes = WordArea("Notes for the one who presents", "only you see them", self)
        self.lit = WordLine("What is pointed at", "all of the picture: s t, W", self)
        self.put = Picker("Theme of the stop", THEMES, self, theme)
        self.take = WordButton("Take this picture", self, theme)
        self.up = IconButton("Stop up (Alt+↑)", "chevron-up", self, theme)
        self.down = IconButton("Stop down (Alt+↓)", "chevron-down", self, theme)
        self.copy = WordButton("Duplicate", self, theme)
        self.delete = WordButton("Delete", self, theme)
        for field in ("title", "text", "caption", "say", "to", "notes"):
            widget = getattr(self, field)
            widget.written.connect(partial(self._write, field))
            widget.left.connect(self.left)
        self.lit.written.connect(self._light)
        self.lit.left.connect(self.left)
        self.done.picked.connect(partial(self._write, "done"))
        self.put.picked.connect(self._put)
        for button, command in (
            (self.take, "take_picture"), (self.up, "stop_up"), (self.down, "stop_down"),
            (self.copy, "duplicate_stop"), (self.delete, "delete_stop"),
        ):  # fmt: skip
            button.clicked.connect(partial(self._ask, command))
            if isinstance(button, WordButton):
                button.px = 13.0

    # ---------------------------------------------------------------- gestures

    def _ask(self, command: str, *_: bool) -> None:
        self.asked.emit(command)

    def _write(self, field: str, words: str) -> None:
        self._store.dispatch(SetStopWords(stop_at_hand(self._store.state), field, words))

    def _light(self, words: str) -> None:
        lit = [part.strip() for part in words.split(",") if part.strip()]
        self._store.dispatch(SetStopKey("lit", lit or None))

    def _put(self, theme: str) -> None:
        self._store.dispatch(SetStopKey("theme", theme or None))

    # ---------------------------------------------------------------- showing

    def show_stop(self, at: int, stop: WrittenStop, state: State) -> None:
        """Show a stop."""
        self.number, before, self._stop = at + 1, self._stop, stop
        self.setAccessibleName(f"Stop {self.number}")
        self.title.setPlaceholderText(f"Stop {self.number}")
        for field in ("title", "text", "caption", "say", "to", "notes"):
            getattr(self, field).show_words(getattr(stop, field))
        lit = stop.keys.get("lit", [])
        if [part.strip() for part in self.lit.text().split(",") if part.strip()] != lit:
            self.lit.show_words(", ".join(lit))
        self.done.show_choice(stop.done)
        self.put.show_choice(str(stop.keys.get("theme", "")))
        lesson = state.document.lesson
        self.up.setEnabled(at > 0)
        self.down.setEnabled(lesson is not None and at < len(lesson.stops) - 1)
        if before is not stop:
            self.grown.emit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        for control in (self.done, self.put, self.take, self.up, self.down, self.copy, self.delete):
            control.set_theme(theme)
        self.title.dress(theme, TITLE_PX, 600)
        for field in (self.caption, self.say, self.to, self.lit):
            field.dress(theme, FIELD_PX)
        for area in (self.text, self.notes):
            area.dress(theme, TEXT_PX if area is self.text else FIELD_PX)
        self.update()

    # ---------------------------------------------------------------- places

    def arrange(self, width: int) -> int:
        """Put the fields into a card of a width; returns the height that it needs."""
        self._room = room = width - 2 * INSIDE
        self._labels = []
        self.title.setGeometry(INSIDE + 24, 10, room - 24, 32)
        y = 48
        self.text.setGeometry(INSIDE, y, room, self.text.height_for(room))
        y += self.text.height()
        letters = len(" ".join(self.text.toPlainText().split()))
        if letters > MANY * MOST_LETTERS:
            y += 18
            self._labels.append((y - 8, "", *_counted(letters, MOST_LETTERS)))
        self._read_at = y + 8
        if self._shown:
            y += round(set_prose(self._shown, TEXT_PX, room).height) + 14
        y = self._row(y, "TRY IT", self.say)
        self.done.setVisible(bool(self.say.text()))
        self.to.setVisible(bool(self.say.text()))
        if self.say.text():
            wide = round((room - 8) * 0.62)
            self.done.setGeometry(INSIDE, y + 6, wide, LINE)
            self.to.setGeometry(INSIDE + wide + 8, y + 6, room - wide - 8, LINE)
            y += LINE + 6
        y = self._row(y, "LINE FOR A ROOM", self.caption, len(plain(self.caption.text())))
        y = self._row(y, "NOTES", self.notes)
        y = self._row(y, "POINT AT", self.lit)
        return self._place_buttons(self._row(y, "THEME", self.put) + 14, room)

    def _row(self, y: int, label: str, field: QWidget, letters: int = 0) -> int:
        """A field under its label; letters of a line for a room are counted at the label's right."""
        self._labels.append((y + 15, label, *_counted(letters, MOST_CAPTION)))
        height = field.height_for(self._room) if isinstance(field, WordArea) else LINE
        field.setGeometry(INSIDE, y + LABEL + 2, self._room, height)
        return y + LABEL + 2 + height

    def _place_buttons(self, y: int, room: int) -> int:
        self.take.setGeometry(INSIDE, y, room - 2 * (BUTTON + 6), BUTTON)
        self.up.setGeometry(INSIDE + room - 2 * BUTTON - 6, y, BUTTON, BUTTON)
        self.down.setGeometry(INSIDE + room - BUTTON, y, BUTTON, BUTTON)
        half = (room - 8) // 2
        self.copy.setGeometry(INSIDE, y + BUTTON + 8, half, BUTTON)
        self.delete.setGeometry(INSIDE + room - half, y + BUTTON + 8, half, BUTTON)
        return y + 2 * BUTTON + 8 + INSIDE

    @property
    def _shown(self) -> str:
        """The text as it is read, where it has marks in it."""
        words = " ".join(self.text.toPlainText().split())
        return words if "$" in words or "**" in words else ""

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the text as it is read, and the labels."""
        theme, room = self._theme, self.width() - 2 * INSIDE
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "accent"), 2))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
            draw_number(painter, theme, INSIDE + 9, 26, self.number, NOW)
            if self._shown:
                draw_prose(painter, INSIDE, self._read_at, self._shown, TEXT_PX, room, theme, ground="raised")
            for y, label, note, ink in self._labels:
                write(painter, INSIDE, y, label, LABEL_PX, colour(theme, "text2"), weight=600)
                if note:
                    write(painter, INSIDE + room, y, note, LABEL_PX, colour(theme, ink), align="r")


def _counted(letters: int, most: int) -> tuple[str, str]:
    """How many letters there are of how many, and the ink for that."""
    return (f"{letters} of {most}" if letters else ""), "error" if letters > most else "text3"
