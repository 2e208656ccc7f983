"""What the audience sees, small and live, in the window of the one who presents; the pointer works in it."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.viewing import Hover
from rnnstudio.state.derived import same_but_motion
from rnnstudio.state.model import State
from rnnstudio.ui.afterwards import dispatch_afterwards
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.ui.window import Window

#: A copy of everything is made so long after a change, and the next one no earlier; while things move, of the picture
#: alone and so often, and no oftener than takes this share of the time: the room's own picture comes first.
SOON_MS, MOVING_MS, SHARE = 30, 90, 1 / 6
RADIUS = 10.0
#: How much of the picture a blank screen hides here, of 255: the one who presents prepares the next one.
VEIL = 150
WHITE, BLACK = sentence("The screen is white"), sentence("The screen is black")


class AudienceCopy(QWidget):
    """Paints the body of the audience's window, from what that one has drawn already."""

    def __init__(self, window: Window, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._window, self._theme = window, theme
        self._copy = QPixmap()
        self._picture_only = False
        self.made = 0  # how many copies were made up to now
        self.seconds = 0.0  # how long the last one took
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.make)
        self.setMouseTracking(True)
        self.setAccessibleName("What the audience sees")
        window.presentation.pointing.changed.connect(self.update)

    # ---------------------------------------------------------------- making

    def show_state(self, old: State, new: State) -> None:
        """A copy soon; never within the change itself, which somebody waits for."""
        motion = old is not new and same_but_motion(old, new)
        if self._soon.isActive():
            self._picture_only = self._picture_only and motion
        else:
            self._picture_only = motion
            self._soon.start(max(MOVING_MS, round(1000 * self.seconds / SHARE)) if motion else SOON_MS)

    def make(self) -> None:
        """Make the copy."""
        body, began = self._window.centralWidget(), perf_counter()
        size = self.size() * self.devicePixelRatioF()
        whole = self._copy.size() != size
        if body is None or size.isEmpty():
            return
        if whole:
            self._copy = QPixmap(size)
            self._copy.setDevicePixelRatio(self.devicePixelRatioF())
            self._copy.fill(colour(self._theme, "chrome"))
        pointing = self._window.presentation.pointing
        pointing.silent = True
        with QPainter(self._copy) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            k, corner = self._fit()
            painter.translate(corner)
            painter.scale(k, k)
            part: QWidget = self._window.canvas if self._picture_only and not whole else body
            part.render(painter, part.mapTo(body, QPoint()))
        pointing.silent = False
        self.made, self.seconds = self.made + 1, perf_counter() - began
        self.update()

    def _fit(self) -> tuple[float, QPointF]:
        """Px of the copy to one of the body, and where the body's corner lies."""
        body = self._window.centralWidget()
        assert body is not None
        k = min(self.width() / max(body.width(), 1), self.height() / max(body.height(), 1))
        return k, QPointF((self.width() - k * body.width()) / 2, (self.height() - k * body.height()) / 2)

    def stop(self) -> None:
        """The window closes."""
        self._soon.stop()

    # ---------------------------------------------------------------- the pointer

    def in_body(self, at: QPointF) -> QPointF:
        """A point of the copy in px of the audience's body."""
        k, corner = self._fit()
        return (at - corner) / k

    def _on_canvas(self, at: QPointF) -> QPointF:
        return self.in_body(at) - QPointF(self._window.canvas.pos())

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The tool follows; without one, what is pointed at is lit for the room."""
        pointing, at = self._window.presentation.pointing, event.position()
        if pointing.busy:
            pointing.point(self.in_body(at))
            if event.buttons() & Qt.MouseButton.LeftButton:
                pointing.rub()
        else:
            on_it = self._on_canvas(at)
            self._window.store.dispatch(Hover(self._window.canvas.key_at(on_it.x(), on_it.y())))

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen goes down."""
        if self._window.presentation.pointing.busy:
            self._window.presentation.pointing.press(self.in_body(event.position()))

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen goes up; without a tool a click selects."""
        if self._window.presentation.pointing.busy:
            self._window.presentation.pointing.lift()
        else:
            self._click(self.in_body(event.position()))

    def _click(self, at: QPointF) -> None:
        """A click on what is there in the audience's window: a thing of the picture, an answer that is voted for."""
        body = self._window.centralWidget()
        below = None if body is None else body.childAt(at.toPoint())
        if body is None or below is None:
            return
        there = QPointF(below.mapFrom(body, at.toPoint()))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        plain = Qt.KeyboardModifier.NoModifier
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
            event = QMouseEvent(kind, there, QPointF(below.mapToGlobal(there)), left, held, plain)
            QCoreApplication.sendEvent(below, event)

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        if self._window.presentation.pointing.busy:
            self._window.presentation.pointing.point(None)
        else:
            dispatch_afterwards(self._window.store, self, Hover(None))

    # ---------------------------------------------------------------- painting

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, another copy."""
        self._picture_only = False
        self._soon.start(SOON_MS)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the copy, the tools on it, and the frame."""
        theme, session = self._theme, self._window.store.state.session
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inside = QPainterPath()
            inside.addRoundedRect(frame, RADIUS, RADIUS)
            painter.setClipPath(inside)
            painter.fillRect(self.rect(), colour(theme, "chrome"))
            painter.drawPixmap(0, 0, self._copy)
            self._paint_tools(painter)
            if session.blank:
                self._paint_blank(painter, session.blank)
            painter.setClipping(False)
            hidden = bool(session.blank or session.desk.frozen)
            painter.setPen(QPen(colour(theme, "warn" if hidden else "accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)

    def _paint_tools(self, painter: QPainter) -> None:
        """The tools as the room has them, without waiting for the next copy."""
        pointing = self._window.presentation.pointing
        if pointing.isHidden():
            return
        k, corner = self._fit()
        painter.save()
        painter.translate(corner)
        painter.scale(k, k)
        painter.translate(QPointF(pointing.pos()))
        pointing.paint(painter)
        painter.restore()

    def _paint_blank(self, painter: QPainter, blank: str) -> None:
        """What the room sees: nothing; the picture shines through for the one who presents."""
        white = blank == "white"
        painter.fillRect(self.rect(), QColor(255, 255, 255, VEIL) if white else QColor(0, 0, 0, VEIL))
        ink = QColor("#10151C") if white else QColor("#FFFFFF")
        words, px = WHITE if white else BLACK, self.height() / 22
        wide = text_width(words, px, 600) + 2 * px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF") if white else QColor("#000000"))
        box = QRectF((self.width() - wide) / 2, self.height() / 2 - px, wide, 2 * px)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        write(painter, self.width() / 2, self.height() / 2, words, px, ink, align="c", weight=600)
