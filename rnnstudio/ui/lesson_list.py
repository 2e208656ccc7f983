"""The lessons over the dimmed window: a number, an arrow key and Enter, or a click starts one."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.own_lessons import own_lessons
from rnnstudio.files.theme import Theme
from rnnstudio.lessons.shelf import SHELF, about
from rnnstudio.lessons.words import plain
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.ui.controls import Control
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

WIDTH, HEAD, ROW, LOW = 820, 84, 64, 16
#: Own lessons that are listed, the others are opened as files; what stands there where nothing says what one is about.
MOST_OWN, OWN = 8, "A lesson of your own."
#: In front of a room the list is larger.
LARGEST = 1.4


class Listed(NamedTuple):
    """A lesson of the list: its name, or the path of one's own; its title, what it is about, its stops."""

    name: str
    title: str
    about: str
    stops: int


def listed() -> list[Listed]:
    """The lessons that come along, then one's own."""
    shelf = [Listed(name, title, *about(name)) for name, title in SHELF.items()]
    own = [Listed(str(one.path), one.title, one.reason or one.about or OWN, one.stops) for one in own_lessons()]
    return shelf + own[:MOST_OWN]


class LessonRow(Control):
    """One lesson: its number, its title and what it is about."""

    def __init__(self, number: int, listed: Listed, parent: QWidget, theme: Theme) -> None:
        self.name, self.title, self.about, self.stops = listed
        super().__init__(f"{self.title}: {self.about}", parent, theme)
        self.number = number
        self.scale = 1.0

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row; the one with the focus is framed."""
        theme = self.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.scale, self.scale)
            wide = self.width() / self.scale
            if self.hasFocus() or self.underMouse():
                painter.setPen(QPen(colour(theme, "accent"), 1.6) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "accentfill"))
                painter.drawRoundedRect(QRectF(1, 3, wide - 2, ROW - 6), 10, 10)
            box = QRectF(16, ROW / 2 - 15, 30, 30)
            painter.setPen(QPen(colour(theme, "border"), 1.2))
            painter.setBrush(colour(theme, "border"))
            painter.drawRoundedRect(box.translated(QPointF(0, 1.2)), 7, 7)
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(box, 7, 7)
            write(painter, 31, ROW / 2, str(self.number), 14.5, colour(theme, "text"), align="c", weight=600)
            title, said = _fitting(plain(self.title), 16.5, wide - 180), _fitting(plain(self.about), 14, wide - 82)
            write(painter, 64, ROW / 2 - 11, title, 16.5, colour(theme, "text"), weight=600)
            write(painter, 64, ROW / 2 + 13, said, 14, colour(theme, "text3"))
            write(painter, wide - 18, ROW / 2 - 11, f"{self.stops} stops", 14, colour(theme, "text3"), align="r")


def _fitting(words: str, px: float, room: float) -> str:
    """As many of the words as there is room for: one's own may be any number."""
    cut = words
    while cut and text_width(cut, px, 600) > room:
        cut = cut[: -max(1, len(cut) // 16)]
    return cut if cut == words else f"{cut.rstrip()}…"


class LessonList(Cover):
    """Covers the window while it is open; Esc or a click beside it closes it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[LessonRow] = []
        self._take()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Lessons")
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        for row in self.rows:
            row.set_theme(theme)
        self.update()

    def _take(self) -> None:
        """A row for each lesson that there is now."""
        there = listed()
        if [row.name for row in self.rows] == [one.name for one in there]:
            return
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [LessonRow(k, one, self, self._theme) for k, one in enumerate(there, start=1)]
        for row in self.rows:
            row.clicked.connect(partial(self._choose, row.name))
            row.show()

    def open(self) -> None:
        """Cover the window, the first lesson chosen."""
        self._take()
        self.remember_focus()
        self.cover()
        self.show()
        self.raise_()
        self.rows[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def cover(self) -> None:
        """Take the size of the window."""
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        box, scale = self._box()
        for k, row in enumerate(self.rows):
            row.scale = scale
            top = box.top() + (HEAD + k * ROW) * scale
            row.setGeometry(round(box.left() + 14 * scale), round(top), round((WIDTH - 28) * scale), round(ROW * scale))

    def _box(self) -> tuple[QRectF, float]:
        height = HEAD + len(self.rows) * ROW + LOW
        largest = LARGEST if self._theme.wide else 1.0
        scale = min(largest, (self.width() - 40) / WIDTH, (self.height() - 40) / height)
        left, top = (self.width() - WIDTH * scale) / 2, min(116.0, (self.height() - height * scale) / 2)
        return QRectF(left, top, WIDTH * scale, height * scale), scale

    def close_list(self) -> None:
        """Uncover the window; the focus goes back to where it was."""
        self.uncover()

    def _choose(self, name: str, *_: bool) -> None:
        self.close_list()
        self.chosen.emit(name)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit starts a lesson, arrows walk, Esc closes."""
        key = event.key()
        at = next((k for k, row in enumerate(self.rows) if row.hasFocus()), 0)
        if key == Qt.Key.Key_Escape:
            self.close_list()
        elif event.text().isdigit() and 1 <= int(event.text()) <= len(self.rows):
            self._choose(self.rows[int(event.text()) - 1].name)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.rows[(at + step) % len(self.rows)].setFocus(Qt.FocusReason.TabFocusReason)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the list closes it."""
        if not self._box()[0].contains(event.position()):
            self.close_list()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dimmed window and the panel."""
        theme = self._theme
        box, scale = self._box()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(0, 0, 0, 118))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(box, 16 * scale, 16 * scale)
            left, middle = box.left() + 30 * scale, box.top() + 44 * scale
            wide = write(painter, left, middle, "Lessons", 24 * scale, colour(theme, "text"), weight=650)
            more = "A number starts one. → goes on, ← goes back, N steps."
            write(painter, left + wide + 20 * scale, middle + 1, more, 15 * scale, colour(theme, "text2"))
