"""The picture that the audience keeps while another is prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.model import State
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

#: Of 1080 lines: letters, height and distance from the corner of the sign that says so where there is no other place.
PX, HIGH, MARGIN = 22.0, 44.0, 20.0
WORDS = sentence("Frozen, F shows the picture")


class FrozenPicture(QWidget):
    """Covers the window with its own picture as it was; it takes no focus, so that all keys stay the window's."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._kept = QPixmap()
        self.setAccessibleName("Frozen picture")
        self.hide()

    @property
    def kept(self) -> QPixmap:
        """The picture; empty where nothing is frozen."""
        return self._kept

    def show_state(self, old: State, new: State) -> None:
        """Keep the picture, or let it go."""
        frozen = new.session.desk.frozen
        if frozen == old.session.desk.frozen:
            if frozen and old.session.desk.presenter != new.session.desk.presenter:
                self.update()
            return
        body = self._window.centralWidget()
        self._kept = body.grab() if frozen and body is not None else QPixmap()
        self.cover()
        self.setVisible(frozen)
        if frozen:
            self.raise_()

    def cover(self) -> None:
        """Take the size of the window."""
        self.setGeometry(self._window.rect())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, as large as it fits; and that it is frozen, where no other window says so."""
        theme, kept, u = self._window.theme, self._kept, self._window.height() / PROJECTOR_LINES
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(self.rect(), colour(theme, "canvas"))
            if not kept.isNull():
                size = kept.deviceIndependentSize()
                k = min(self.width() / size.width(), self.height() / size.height())
                wide, high = size.width() * k, size.height() * k
                place = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
                painter.drawPixmap(place, kept, QRectF(kept.rect()))
            if not self._window.store.state.session.desk.presenter:
                wide = text_width(WORDS, PX * u, 600) + 2 * MARGIN * u
                box = QRectF(self.width() - wide - MARGIN * u, MARGIN * u, wide, HIGH * u)
                painter.setPen(QPen(colour(theme, "border"), 1.4 * u))
                painter.setBrush(colour(theme, "raised"))
                painter.drawRoundedRect(box, 10 * u, 10 * u)
                write(painter, box.center().x(), box.center().y(), WORDS, PX * u, colour(theme, "text"), align="c",
                      weight=600)  # fmt: skip
