"""The picture that the next key brings, small, in the window of the one who presents."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.lessons.ahead import next_picture
from rnnstudio.paint.fit import fit
from rnnstudio.paint.fonts import write
from rnnstudio.paint.formula_bar import paint_formula_bar
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import moving
from rnnstudio.state.model import State
from rnnstudio.state.picture import page_at, pages, scene
from rnnstudio.ui.canvas_picture import CanvasPicture, Place, Surface
from rnnstudio.ui.caption_bar import caption, paint_caption
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR, PROJECTOR_LINES
from rnnstudio.ui.presentation import theme_of
from rnnstudio.ui.presenter_copy import RADIUS
from rnnstudio.ui.style import colour
from rnnstudio.ui.summary_card import card_box, paint_card, summary_points

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.ui.window import Window

#: It is made when nothing has happened for so long: no key press waits for it.
REST_MS = 300
END = sentence("Nothing comes after this")


class NextPicture(QWidget):
    """Shows the next stop of a lesson, else the next step."""

    def __init__(self, window: Window, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._window, self._theme = window, theme
        self._shown = QPixmap()
        self._end = False
        self.shown_state: State | None = None
        self._stages: Iterator[None] | None = None
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.timeout.connect(self._work)
        self.setAccessibleName("The next picture")

    def show_state(self, old: State, new: State) -> None:
        """Not yet: when all is at rest."""
        self._stages = None
        self.rest.start(REST_MS)

    # ---------------------------------------------------------------- making

    def make(self) -> None:
        """Work the next picture out, and draw it, all at once."""
        for _ in self._parts():
            pass

    def _work(self) -> None:
        """One part of the work; a key that is pressed meanwhile waits for no more than that, and begins it anew."""
        if moving(self._window.store.state):
            self.rest.start(REST_MS)
            return
        if self._stages is None:
            self._stages = self._parts()
        try:
            next(self._stages)
        except StopIteration:
            self._stages = None
        else:
            self.rest.start(0)

    def _parts(self) -> Iterator[None]:
        """What is to be done, in parts of about a frame each."""
        there = next_picture(self._window.store.state)
        yield
        if there is not None:
            scene(there)
            yield
            whole = yield from self._composed(there)
            size = self.size() * self.devicePixelRatioF()
            fitting, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._shown = QPixmap.fromImage(whole.scaled(size, fitting, smooth))
            self._shown.setDevicePixelRatio(self.devicePixelRatioF())
            self.setAccessibleDescription(caption(there))
        self.shown_state, self._end = there, there is None
        self.update()

    def _composed(self, state: State) -> Generator[None, None, QImage]:
        """Picture, formula and caption in the sizes that they have for the room."""
        window = self._window
        theme, sizes, unit = theme_of(state.session), window.sizes, window.height() / PROJECTOR_LINES
        canvas, bar, line = window.canvas.size(), window.formula.height(), window.presentation.caption
        wide, low = canvas.width(), line.height() if line.isVisible() else 0
        made = QImage(wide, canvas.height() + bar + low, QImage.Format.Format_RGB32)
        _, scale, dx, dy = fit(wide, canvas.height(), theme.wide)
        surface = Surface(QSize(canvas), 1.0, Place(scale, 1.0, dx, dy), theme, sizes, False)
        picture = CanvasPicture()
        picture.prepare(surface, state)
        yield
        with QPainter(made) as painter:
            picture.paint(painter, surface, state)
            points = summary_points(state)
            if points:
                box = card_box(points, (wide, canvas.height()), unit)
                painter.translate(box.topLeft())
                paint_card(painter, (box.width(), box.height()), points, theme, unit)
        yield
        with QPainter(made) as painter:
            painter.translate(0, canvas.height())
            self._formula(painter, state, theme, wide, bar)
            if low:
                painter.translate(0, bar)
                paint_caption(painter, (wide, low), theme, unit, caption(state), state)
        yield
        return made

    def _formula(self, painter: QPainter, state: State, theme: Theme, wide: int, high: int) -> None:
        window = self._window
        painter.fillRect(QRectF(0, 0, wide, high), colour(theme, "panel"))
        there = pages(state)
        if not there:
            return
        k = window.sizes.formula / PROJECTOR.formula if window.sizes.projector else 1.0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(k, k)
        paint_formula_bar(
            painter, QRectF(0, 0, wide / k, high / k), there[page_at(state)], theme,
            compact=window.sizes.compact, page_index=page_at(state), page_count=len(there),
            labels=not state.session.presenting,
        )  # fmt: skip
        painter.restore()

    def stop(self) -> None:
        """The window closes."""
        self._stages = None
        self.rest.stop()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, another picture."""
        self._stages = None
        self.rest.start(REST_MS)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and its frame."""
        theme, frame = self._theme, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inside = QPainterPath()
            inside.addRoundedRect(frame, RADIUS, RADIUS)
            painter.setClipPath(inside)
            painter.fillRect(self.rect(), colour(theme, "chrome"))
            if self._end:
                ink = colour(theme, "text2")
                write(painter, self.width() / 2, self.height() / 2, END, self.height() / 15, ink, align="c", weight=500)
            else:
                size = self._shown.deviceIndependentSize()
                painter.drawPixmap(
                    QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), self._shown
                )
            painter.setClipping(False)
            painter.setPen(QPen(colour(theme, "border"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
