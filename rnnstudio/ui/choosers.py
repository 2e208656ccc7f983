"""Which layer, direction and sequence the views show: choosers in the view bar, there only where there is a choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import tr
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import ChooseLayer, ShowSequence
from rnnstudio.state.actions.viewing import SetDirection
from rnnstudio.state.derived import cell_word
from rnnstudio.state.model import Document, State
from rnnstudio.state.store import Action, Store
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour, draw_icon

DIRECTIONS = ("forward", "reverse")
#: A menu has no more rows than this: those around the one that is shown.
MOST_ROWS = 24


@dataclass(frozen=True)
class Question:
    """What a chooser asks: how many answers there are, how each is called, which is in force, what choosing does."""

    name: str
    count: Callable[[State], int]
    at: Callable[[State], int]
    words: Callable[[State, int], str]
    row: Callable[[State, int], str]
    choose: Callable[[int], Action]


def _layer_row(state: State, k: int) -> str:
    layer = state.document.network.layers[k]
    word, size = cell_word(layer.cell), f"{layer.inputs} \N{RIGHTWARDS ARROW} {layer.width}"
    return sentence("{number}: {cell} {size}", number=k + 1, cell=word, size=size)


def _both(document: Document) -> bool:
    return document.network.layers[document.network.chosen].direction == "both"


QUESTIONS = (
    Question(
        "Layer shown", lambda s: len(s.document.network.layers), lambda s: s.document.network.chosen,
        lambda s, k: sentence("layer {k}", k=k + 1), _layer_row, ChooseLayer,
    ),
    Question(
        "Direction shown", lambda s: 2 if _both(s.document) else 1, lambda s: DIRECTIONS.index(s.session.direction),
        lambda s, k: DIRECTIONS[k], lambda s, k: DIRECTIONS[k].capitalize(), lambda k: SetDirection(DIRECTIONS[k]),
    ),
    Question(
        "Sequence shown", lambda s: s.document.sequence.sequences or 1, lambda s: s.document.sequence.shown,
        lambda s, k: f"{k + 1:,} / {s.document.sequence.sequences or 1:,}", lambda s,
        k: sentence("Sequence {k:,}", k=k + 1),
        ShowSequence,
    ),
)  # fmt: skip


class Chooser(Control):
    """Shows an answer; a press or Enter lists the others, Up and Down take the next one."""

    def __init__(self, question: Question, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(question.name, parent, theme)
        self.question, self._store, self.px = question, store, 14.0
        self._menu: QMenu | None = None
        self.setToolTip(question.name)
        self.clicked.connect(self._open)

    @property
    def needed(self) -> bool:
        """Whether there is anything to choose."""
        return self.question.count(self._store.state) > 1

    def _words(self) -> str:
        state = self._store.state
        return self.question.words(state, self.question.at(state))

    def wanted_width(self) -> float:
        """Width that the words need."""
        return text_width(self._words(), self.px, 550) + 2.9 * self.px

    def show_state(self) -> None:
        """Show the answer that is in force."""
        words = self._words()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            self.update()

    def turn(self, by: int) -> None:
        """The answer after this one, or before it."""
        state = self._store.state
        wanted = self.question.at(state) + by
        if 0 <= wanted < self.question.count(state):
            self._store.dispatch(self.question.choose(wanted))

    def rows(self) -> list[tuple[int, str]]:
        """The answers that the menu lists."""
        state = self._store.state
        count, at = self.question.count(state), self.question.at(state)
        first = min(max(at - MOST_ROWS // 2, 0), max(count - MOST_ROWS, 0))
        return [(k, self.question.row(state, k)) for k in range(first, min(first + MOST_ROWS, count))]

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        at = self.question.at(self._store.state)
        for k, words in self.rows():
            action = menu.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(k == at)
            action.triggered.connect(partial(self._choose, k))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _choose(self, k: int, *_: bool) -> None:
        self._store.dispatch(self.question.choose(k))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answer with the sign that there are others."""
        theme, px = self.theme, self.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.2))
            painter.setBrush(colour(theme, "accentfill" if self.underMouse() else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
            middle = self.height() / 2
            write(painter, 0.8 * px, middle, self._words(), px, colour(theme, "text"), kind="number", weight=550)
            draw_icon(painter, "chevron-down", colour(theme, "text3"), self.width() - 1.1 * px, middle, 1.1 * px)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 9)
