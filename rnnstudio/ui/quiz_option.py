"""One option of a question: its letter, its words, and the votes that were counted for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.prose import LINE, draw_prose, line_width
from rnnstudio.paint.translation import tr
from rnnstudio.sentence import sentence
from rnnstudio.state.question import LETTERS
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

#: Of 1080 lines (DESIGN §16): the words of an option, its letter's tile, the letter, the count; and their distances.
WORDS, TILE, LETTER, COUNT, GAP, INSET = 56.0, 96.0, 56.0, 44.0, 26.0, 36.0
#: Where an option is too wide for its box its letters give way down to this share.
LEAST = 0.5
#: No class is counted in more digits.
DIGITS = 3


class OptionButton(Control):
    """A click adds one vote, one with the right button takes it back; digits count where it has the focus.

    Letters are never keys: a class that shouts "B" must not blank the screen.
    """

    counted = Signal(int, int)  # number of the option, votes for it

    def __init__(self, number: int, parent: QWidget, theme: Theme) -> None:
        super().__init__(LETTERS[number], parent, theme)
        self.number, self.unit = number, 1.0
        self.words, self.votes, self.counts = "", 0, False
        self.clicked.connect(self._one_more)

    def say(self, words: str, votes: int, counts: bool) -> None:
        """Other words, another count; ``counts`` is whether votes are being counted."""
        self.words, self.votes, self.counts = words, votes, counts
        said = f"{LETTERS[self.number]}, {plain(tr(words))}"
        self.setAccessibleName(tr(sentence("{option}, {count} votes", option=said, count=votes)) if counts else said)
        self.update()

    def turn(self, by: int) -> None:
        """Up and down: the option before or after it."""
        parent = self.parentWidget()
        buttons = [] if parent is None else parent.findChildren(OptionButton)
        there = [one for one in buttons if one.number == (self.number + by) % len(LETTERS)]
        if there:
            there[0].setFocus(Qt.FocusReason.TabFocusReason)

    def words_px(self) -> float:
        """Size of the words, px."""
        return fitting(self.words, min(WORDS * self.unit, self.height() * 0.5), self._room())

    def _tile(self) -> float:
        return min(TILE * self.unit, self.height() * 0.72)

    def _room(self) -> float:
        """What letter and count leave of the width."""
        u = self.unit
        count = text_width(str(self.votes), COUNT * u, 650, "number") + 20 * u if self.counts else 0.0
        return self.width() - 2 * GAP * u - 2 - self._tile() - INSET * u - count

    def _one_more(self) -> None:
        self.counted.emit(self.number, self.votes + 1)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep digits from the window's shortcuts while the count has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _digit(event) is not None:
            event.accept()
            return True
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is written behind the count, Delete begins it again; Enter adds one."""
        digit = _digit(event)
        if digit is not None:
            self.counted.emit(self.number, int(f"{self.votes}{digit}"[-DIGITS:]))
        elif event.key() == Qt.Key.Key_Delete:
            self.counted.emit(self.number, 0)
        else:
            super().keyPressEvent(event)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button takes a vote back."""
        if event.button() == Qt.MouseButton.RightButton:
            self.counted.emit(self.number, self.votes - 1)
        else:
            super().mousePressEvent(event)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, letter, words and count."""
        theme, u = self.theme, self.unit
        middle, tile = self.height() / 2, self._tile()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            painter.setPen(QPen(colour(theme, "text"), max(3 * u, 1.5)))
            painter.setBrush(colour(theme, "accentfill" if self.underMouse() else "raised"))
            painter.drawRoundedRect(box, 16 * u, 16 * u)
            left = GAP * u + 2
            letter_tile(painter, theme, QRectF(left, middle - tile / 2, tile, tile), self.number,
                        LETTER * u * tile / (TILE * u))  # fmt: skip
            left += tile + INSET * u
            if self.counts:
                write(painter, self.width() - GAP * u, middle, str(self.votes), COUNT * u, colour(theme, "text"),
                      align="r", kind="number", weight=650)  # fmt: skip
            px = self.words_px()
            draw_prose(painter, left, middle - LINE * px / 2, self.words, px, 1e6, theme, ground="raised", weight=600)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 16 * u)


def letter_tile(painter: QPainter, theme: Theme, box: QRectF, number: int, px: float, fill: str = "text") -> None:
    """The letter of an option, light on dark."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme, fill))
    painter.drawRoundedRect(box, box.width() * 0.12, box.width() * 0.12)
    write(painter, box.center().x(), box.center().y(), LETTERS[number], px, colour(theme, "canvas"), align="c",
          weight=700)  # fmt: skip


def fitting(words: str, px: float, room: float, weight: int = 600) -> float:
    """The size at which an option stays on one line of ``room`` px."""
    need = line_width(words, px, weight)
    return px if need <= room else max(px * room / need, px * LEAST)


def _digit(event: QKeyEvent) -> int | None:
    text = event.text()
    plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return int(text) if plain_key and len(text) == 1 and text in "0123456789" else None
