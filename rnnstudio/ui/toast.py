"""What was edited, said for a while at the canvas' lower left, with the way back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.state.actions.editing import Undo
from rnnstudio.state.derived import target_layout
from rnnstudio.state.desk import private
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.free_place import freest, head_of, labels_under, marks_under
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

#: DESIGN §16: its size, and how far from the corner.
SIZE, MARGIN = (288, 48), 16
STAYS_MS = 6000


class Toast(QWidget):
    """Shows the name of an edit that has just ended; a click on Undo takes it back.

    ``of_presenter``: it stands in the window of the one who presents, and what is said there is not said to the room.
    """

    def __init__(self, store: Store, parent: QWidget, theme: Theme, of_presenter: bool = False) -> None:
        super().__init__(parent)
        self._of_presenter = of_presenter
        self._store, self._theme, self._over = store, theme, parent
        self._words = ""
        self._stays = QTimer(self)
        self._stays.setSingleShot(True)
        self._stays.setInterval(STAYS_MS)
        self._stays.timeout.connect(self.hide)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is not there."""
        return "" if self.isHidden() else self._words

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Say the edit that has ended; go when something else has happened."""
        if private(new.session) != self._of_presenter:
            self.hide()
            return
        edit = old.session.edit
        if edit is not None and new.session.edit is None and new.document is not edit.document:
            if new.undo and new.undo[-1].document is edit.document:
                self._say(new.undo[-1].name)
        elif not self.isHidden() and old.undo is not new.undo:
            self.hide()

    def _say(self, name: str) -> None:
        self._words = f"Edited {name.removeprefix('Set ')}"
        self.setAccessibleName(self._words)
        wide = max(SIZE[0], round(text_width(self._words, 14, 500)) + 96)
        self.setFixedSize(wide, SIZE[1])
        self.move(*self._free(wide))
        self.show()
        self.raise_()
        self._stays.start()
        self.update()

    def _free(self, wide: int) -> tuple[int, int]:
        """In the lower left corner where nothing is there, else where it hides least."""
        canvas, state = self._over, self._store.state
        x, y = MARGIN, canvas.height() - SIZE[1] - MARGIN
        if not isinstance(canvas, Canvas):
            return x, y
        layout, box = target_layout(state), QRectF(x, y, wide, SIZE[1])
        if not marks_under(layout, canvas.place(), box) + labels_under(layout, canvas.place(), box):
            return x, y
        head = head_of(layout, self._theme.wide, canvas.window().height() / PROJECTOR_LINES)
        return freest(state, canvas.place(), (wide, SIZE[1]), (canvas.width(), canvas.height()), head)

    def stop(self) -> None:
        """The window closes."""
        self._stays.stop()

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take it back."""
        self.hide()
        self._store.dispatch(Undo())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words and the way back on the colour of text."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._theme, "text"))
            painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
            ground = colour(self._theme, "canvas")
            write(painter, 18, self.height() / 2, self._words, 14, ground, weight=500)
            write(painter, self.width() - 18, self.height() / 2, "Undo", 14, ground, align="r", weight=700)
