"""What the one who presents wants to say at this stop, in letters that are read from some distance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import LINE, draw_prose, set_prose
from rnnstudio.paint.translation import Verbatim
from rnnstudio.sentence import sentence
from rnnstudio.state.model import State
from rnnstudio.state.notation import written
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme

#: Sizes of the letters, in px: none is smaller than the first; the one it begins with.
SIZES, FIRST = (24.0, 26.0, 30.0, 34.0, 40.0, 48.0), 26.0
#: Between two paragraphs and left of one with a dot, in parts of a letter's size.
GAP, DOT = 0.75, 1.15
WITHOUT_LESSON = sentence("Notes come with a lesson; without one, next is the next step.")
WITHOUT_NOTES = sentence("There are no notes for this stop.")
AT_THE_END = sentence("The last card sums up; the points are on the screen.")


def paragraphs(notes: str) -> list[tuple[bool, str]]:
    """The notes in parts: whether a dot stands before it, and its words."""
    found: list[tuple[bool, str]] = []
    for block in notes.strip().split("\n\n"):
        running: list[str] = []
        dotted = False
        for line in (line.strip() for line in block.splitlines()):
            if line.startswith("- "):
                if running:
                    found.append((False, " ".join(running)))
                    running = []
                found.append((True, line[2:].strip()))
                dotted = True
            elif dotted:
                found[-1] = (True, f"{found[-1][1]} {line}")
            else:
                running.append(line)
        if running:
            found.append((False, " ".join(running)))
    return [(dot, words) for dot, words in found if words]


def notes_of(state: State) -> tuple[list[tuple[bool, str]], bool]:
    """What the card says, and whether it is notes (else it says why there are none)."""
    tour = state.session.tour
    if tour is None:
        return [(False, WITHOUT_LESSON)], False
    if tour.at >= len(tour.lesson.stops):
        return [(False, AT_THE_END)], False
    stop = tour.lesson.stops[tour.at]
    found = paragraphs(written(state, stop.notes))
    if stop.trial is not None:
        found.append((True, sentence("**To try:** {words}", words=Verbatim(written(state, stop.trial.words)))))
    return (found, True) if found else ([(False, WITHOUT_NOTES)], False)


class _Text(QWidget):
    """The paragraphs, as high as they are."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.parts: list[tuple[bool, str]] = []
        self.notes, self.px = False, FIRST

    def set_width(self, width: int) -> None:
        """Set the paragraphs in lines of this width."""
        height = self._each(None, width)
        self.resize(width, round(height))
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paragraphs."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._each(painter, self.width())

    def _each(self, painter: QPainter | None, width: float) -> float:
        """Draw each where there is a painter; returns their height."""
        theme, px, y = self._theme, self.px, 0.0
        for dot, words in self.parts:
            left = DOT * px if dot else 0.0
            height = set_prose(words, px, width - left, 450).height
            if painter is not None:
                token = "text" if self.notes else "text2"
                if dot:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour(theme, "text3"))
                    painter.drawEllipse(QPointF(px * 0.35, y + LINE * px / 2), px * 0.16, px * 0.16)
                draw_prose(painter, left, y, words, px, width - left, theme, role=token, ground="panel", weight=450)
            y += height + GAP * px
        return y


class NotesCard(QWidget):
    """The notes of the stop that is shown, with larger and smaller letters."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme, self.unit = theme, 1.0
        self._size = SIZES.index(FIRST)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = _Text(self._area, theme)
        self._area.setWidget(self.text)
        self._area.viewport().setAutoFillBackground(False)
        self.text.setAutoFillBackground(False)
        self.smaller, self.larger = (WordButton(words, self, theme) for words in ("A\N{MINUS SIGN}", "A+"))
        for button, name, by in (
            (self.smaller, sentence("Smaller notes"), -1), (self.larger, sentence("Larger notes"), 1),
        ):  # fmt: skip
            button.setAccessibleDescription(name)
            button.clicked.connect(partial(self._resize_letters, by))
        self.setAccessibleName("Notes")

    @property
    def px(self) -> float:
        """Size of the letters."""
        return SIZES[self._size] * max(1.0, self.unit)

    def show_state(self, old: State, new: State) -> None:
        """Say what belongs to the stop."""
        parts, notes = notes_of(new)
        if (parts, notes) != (self.text.parts, self.text.notes):
            self.text.parts, self.text.notes = parts, notes
            self.setAccessibleDescription(" ".join(plain(words) for _, words in parts))
            self._area.verticalScrollBar().setValue(0)
            self._arrange()

    def _resize_letters(self, by: int, *_: bool) -> None:
        self._size = min(max(self._size + by, 0), len(SIZES) - 1)
        self._arrange()

    def _arrange(self) -> None:
        u, width = self.unit, self.width()
        for k, button in enumerate((self.larger, self.smaller)):
            button.px = 20 * u
            button.setGeometry(
                round(width - (68 + k * 52) * u), round(14 * u), round(44 * u), round(36 * u)
            )  # fmt: skip
        self.smaller.setEnabled(self._size > 0)
        self.larger.setEnabled(self._size < len(SIZES) - 1)
        self._area.setGeometry(
            round(28 * u), round(68 * u), max(round(width - 44 * u), 20), max(round(self.height() - 80 * u), 20)
        )  # fmt: skip
        self.text.px = self.px
        self.text.set_width(max(round(width - 64 * u), 20))

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines of another length."""
        self._arrange()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and its name."""
        theme, u = self._theme, self.unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.6))
            painter.setBrush(colour(theme, "panel"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14 * u, 14 * u)
            write(painter, 24 * u, 33 * u, sentence("Notes"), 20 * u, colour(theme, "text2"), weight=550)
