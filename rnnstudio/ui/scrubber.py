"""The scrubber: a slot for each sample with a thumbnail of its state; one heat strip where the slots are narrow."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.colours import value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.playback.playhead import Track
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.stepping import GoTo, SampleBack, SampleForward
from rnnstudio.state.derived import substep, track, visible
from rnnstudio.state.model import State
from rnnstudio.state.picture import changed_rows, has_first, history
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.style import colour

#: A slot narrower than this has no thumbnail of its own.
NARROW_SLOT = 34
WIDEST_THUMB = 74
#: A thumbnail shows so many values; of a longer state the first.
THUMB_VALUES = 12
#: How far the glow of a thumbnail reaches over it, and the marker to both sides of its tip.
GLOW, MARKER = 8, 11
#: Height of the bar of what an edit has changed.
CHANGED = 3


@dataclass(frozen=True)
class Slots:
    """Geometry of the scale: T+1 slots side by side, each ``width`` px wide.

    They are counted in the order in which samples are computed, 0 for the first state: from the left, or from the right
    where the samples are gone through backwards (``along``).
    """

    left: float
    width: float
    along: Track

    @property
    def steps(self) -> int:
        """T."""
        return self.along.steps

    def x(self, k: float) -> float:
        """Middle of the k-th slot; between two of them for a broken k."""
        place = self.steps - k if self.along.reverse else k
        return self.left + (place + 0.5) * self.width

    def sample(self, x: float) -> int:
        """The sample at a point."""
        place = min(max(int((x - self.left) / self.width), 0), self.steps)
        return self.along.sample(self.steps - place if self.along.reverse else place)

    @property
    def narrow(self) -> bool:
        """Whether the slots are drawn as one strip."""
        return self.width < NARROW_SLOT


class Scrubber(QWidget):
    """Where we are in the sequence, and the way to be elsewhere: press, drag, turn the wheel."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._strip: tuple[object, int, QImage] | None = None
        self._marked = 0.0  # where the marker was drawn last
        self._dirty = QRectF()  # what has to be drawn
        self.setMinimumWidth(160)
        self.show_state(store.state, store.state)

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes, self._strip = theme, sizes, None
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show where the playhead is."""
        head = new.session.playhead
        done, count = substep(new)
        self.setAccessibleName("Samples")
        self.setAccessibleDescription(
            sentence(
                "sample {t} of {steps}, sub-step {done} of {count}",
                t=head.t,
                steps=new.document.sequence.steps,
                done=done,
                count=count,
            )
        )
        self.update()

    def show_motion(self) -> None:
        """Show how far the running step has got: only the marker moves, and not even that in the projector's form."""
        if not self._sizes.projector:
            left, right = sorted((self._marked, self._marker(self.slots)))
            top = self.height() - 26 - 14
            area = QRectF(left - MARKER, top, right - left + 2 * MARKER, self.height() - top)
            self.update(area.toAlignedRect())

    @property
    def slots(self) -> Slots:
        """The scale as it is drawn now."""
        along = track(self._store.state)
        return Slots(0.0, self.width() / (along.steps + 1), along)

    # ---------------------------------------------------------------- gestures

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the sample that was pressed."""
        self._go(event)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag through the samples."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        t = self.slots.sample(event.position().x())
        if t != self._store.state.session.playhead.t or event.type() == QMouseEvent.Type.MouseButtonPress:
            self._store.dispatch(GoTo(t))

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """One sample on or back."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self._store.dispatch(SampleBack() if turned > 0 else SampleForward())

    # ---------------------------------------------------------------- drawing

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw slots, rail and marker."""
        state = self._store.state
        self._dirty = QRectF(event.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            values, known = history(state)
            slots, changed = self.slots, changed_rows(state)
            if slots.narrow:
                self._draw_strip(painter, slots, values, known)
            else:
                for k in range(slots.steps + 1):
                    self._draw_thumb(painter, slots, k, values[k], k <= known and (k > 0 or has_first(state)))
                    if k in changed:
                        self._mark_changed(painter, slots, k)
            if self._sizes.projector:
                self._draw_numbers(painter, slots, self.height() - 24 * self._unit())
            else:
                self._draw_rail(painter, slots)

    def _unit(self) -> float:
        return self._sizes.transport / 112 if self._sizes.projector else 1.0

    def _role(self) -> str:
        return "s" if has_first(self._store.state) else "y"

    def _band(self) -> tuple[float, float]:
        """Top and height of the thumbnails."""
        if self._sizes.projector:
            return 12 * self._unit(), 50 * self._unit()
        return 10.0, self.height() - 46.0

    def _draw_thumb(self, painter: QPainter, slots: Slots, slot: int, row: np.ndarray, known: bool) -> None:
        theme, (top, height), k = self._theme, self._band(), self._unit()
        now = slots.along.sample(slot) == self._store.state.session.playhead.t
        width = slots.width - 22 * k if self._sizes.projector else min(slots.width - 10, WIDEST_THUMB)
        box = QRectF(slots.x(slot) - width / 2, top, width, height)
        if not self._dirty.intersects(box.adjusted(-GLOW, -GLOW, GLOW, GLOW)):
            return
        if now:
            self._glow(painter, box)
        heavy, light = (3.5 * k, 1.6 * k) if self._sizes.projector else (2.4, 1.0)
        painter.setPen(QPen(colour(theme, "text" if now else "border"), heavy if now else light))
        painter.setBrush(colour(theme, "raised"))
        painter.drawRoundedRect(box, 8, 8)
        shown = row[:THUMB_VALUES]
        inner = box.adjusted(7 * k, 7 * k, -7 * k, -7 * k)
        each = inner.width() / len(shown)
        gap = 1.0 if each > 5 else 0.0
        colours = value_colours(theme, shown) if known else None
        if slot == 0 and not has_first(self._store.state):
            return
        for j in range(len(shown)):
            cell = QRectF(inner.left() + j * each + gap, inner.top(), each - 2 * gap, inner.height())
            if colours is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(*(round(float(part)) for part in colours[j])))
            else:
                painter.setPen(_dashes(colour(theme, self._role(), 0.45), 1.1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell, min(3, each / 3), 3)

    def _mark_changed(self, painter: QPainter, slots: Slots, slot: int) -> None:
        """A bar in the thumbnail of a sample whose state an edit has changed."""
        (top, height), width = self._band(), min(slots.width - 10, WIDEST_THUMB)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme, "accent"))
        inset = 9 * self._unit()
        painter.drawRoundedRect(
            QRectF(slots.x(slot) - width / 2 + inset, top + height - 5, width - 2 * inset, CHANGED), 1.5, 1.5
        )

    def _glow(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(7, 0, -1):
            painter.setBrush(colour(self._theme, "glow", 0.6 * 2 / 9))
            painter.drawRoundedRect(box.adjusted(-step, -step, step, step), 8 + step, 8 + step)

    def _draw_strip(self, painter: QPainter, slots: Slots, values: np.ndarray, known: int) -> None:
        """All samples as one image, a column each; what is not known stays empty in a dashed frame."""
        top, height = self._band()
        whole = QRectF(slots.left, top, slots.width * (slots.steps + 1), height)
        painter.setPen(_dashes(colour(self._theme, self._role(), 0.45), 1.1))
        painter.setBrush(colour(self._theme, "raised"))
        painter.drawRect(whole)
        if known >= 0:
            image = self._image(values)
            columns = known + 1
            there = QRectF(whole.left(), top, slots.width * columns, height)
            if slots.along.reverse:  # filled from the right, the last row of the history on the left
                image = image.mirrored(True, False)
                there.moveRight(whole.right())
            at = image.width() - columns if slots.along.reverse else 0
            painter.drawImage(there, image, QRectF(at, 0, columns, image.height()))
        now = slots.along.order(self._store.state.session.playhead.t)
        width = max(slots.width, 3.0)
        here = QRectF(slots.x(now) - width / 2, top, width, height)
        self._glow(painter, here)
        painter.setPen(QPen(colour(self._theme, "text"), 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(here)

    def _image(self, values: np.ndarray) -> QImage:
        if self._strip is None or self._strip[0] is not values:
            shown = values[:, :THUMB_VALUES].T
            rgb = np.ascontiguousarray(np.rint(value_colours(self._theme, shown)), np.uint8)
            image = QImage(rgb.data, rgb.shape[1], rgb.shape[0], rgb.strides[0], QImage.Format.Format_RGB888).copy()
            self._strip = (values, 0, image)
        return self._strip[2]

    def _draw_rail(self, painter: QPainter, slots: Slots) -> None:
        theme, y = self._theme, self.height() - 26.0
        state = self._store.state
        at = slots.along.order(state.session.playhead.t)
        count = substep(state)[1]
        marker = self._marked = self._marker(slots)
        painter.setPen(QPen(colour(theme, "border"), 3))
        painter.drawLine(QPointF(slots.x(0), y), QPointF(slots.x(slots.steps), y))
        painter.setPen(QPen(colour(theme, "accent"), 3))
        painter.drawLine(QPointF(slots.x(0), y), QPointF(marker, y))
        painter.setPen(Qt.PenStyle.NoPen)
        if not slots.narrow:
            for k in range(slots.steps + 1):
                painter.setBrush(colour(theme, "accent" if k < at else "border"))
                painter.drawEllipse(QPointF(slots.x(k), y), 3.4, 3.4)
            for part in range(1, count if at else 0):
                x = slots.x(at - 1 + part / count)
                passed = (marker - x) * slots.along.way > 0
                painter.setPen(QPen(colour(theme, "accent" if passed else "text3"), 1.6))
                painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        self._draw_numbers(painter, slots, y + 15)
        painter.setPen(QPen(colour(theme, "text"), 1.8))
        painter.setBrush(colour(theme, "active"))
        shape = ((-8, -11), (8, -11), (8, -3), (0, 6), (-8, -3))
        painter.drawPolygon(QPolygonF([QPointF(marker + dx, y + dy) for dx, dy in shape]))

    def _marker(self, slots: Slots) -> float:
        """Where the marker stands now."""
        state = self._store.state
        at = slots.along.order(state.session.playhead.t)
        return slots.x(at - 1 + self._part(state, *substep(state))) if at else slots.x(0)

    @staticmethod
    def _part(state: State, done: int, count: int) -> float:
        """How far into the sample the marker has got; it moves on with the running step."""
        session, came = state.session, visible(state)
        if session.progress >= 1 or session.came_from is None:
            return done / count
        from_part = substep(state.see(playhead=came))[0] / count if came.t == session.playhead.t else 0.0
        return from_part + (done / count - from_part) * session.progress

    def _draw_numbers(self, painter: QPainter, slots: Slots, y: float) -> None:
        now, order = self._store.state.session.playhead.t, slots.along.order
        px = self._sizes.axis_px
        every = next(
            (n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if n * slots.width >= 3 * px), 10_000
        )
        if not slots.narrow:
            every = 1
        low = min(slots.along.start, slots.along.sample(slots.steps))
        for t in range(-(-low // every) * every, low + slots.steps + 1, every):
            if t != now and (not slots.narrow or abs(t - now) * slots.width > 4 * px):
                self._number(painter, slots.x(order(t)), y, str(t), False)
        self._number(painter, slots.x(order(now)), y, f"t = {now}", True)

    def _number(self, painter: QPainter, x: float, y: float, text: str, now: bool) -> None:
        px = self._sizes.axis_px
        quiet = "text2" if self._sizes.projector else "text3"
        ink = colour(self._theme, "text" if now else quiet)
        weight = 650 if now else 450
        half = text_width(text, px, weight, "number") / 2
        inside = min(max(x, half + 1), self.width() - half - 1)
        if inside + half < self._dirty.left() or inside - half > self._dirty.right():
            return
        write(painter, inside, y, text, px, ink, align="c", kind="number", weight=weight)


def _dashes(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setDashPattern([3, 3])
    return pen
