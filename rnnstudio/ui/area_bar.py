"""What one does with a selected block of a matrix: buttons, a number, and a slider that scales, under the matrix."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget

from rnnstudio.diagram.numbers import MINUS, fmt
from rnnstudio.engine.spectrum import spectral_radius
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, ui_font, write
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.matrices import DrawArea, FillArea, IdentityArea, PasteArea, ScaleArea, ScaleToRadius
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.area_text import written_block
from rnnstudio.state.areas import Area, bound_of, numbers_of, recurrent, words
from rnnstudio.state.model import Document, State
from rnnstudio.state.store import Action, Store
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

#: Rows of the bar, and its height in unzoomed px: what it is of, two rows of buttons, the slider.
LINE, ROW, GAP = 20.0, 28.0, 6.0
HEIGHT = LINE + 3 * (ROW + GAP)
#: The slider goes from 0 to 2 in hundredths.
PER_ONE, MOST = 100, 200
#: Above this size the radius is computed when it is asked for, and not after every change.
LIVE = 128
PLAIN = ("Zero", "Identity", "Copy", "Paste")
WITH_NUMBER = ("Fill", "Random", "Scale", "\N{GREEK SMALL LETTER RHO}")


class Verb(Control):
    """A bordered button with a word."""

    def __init__(self, words_: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(words_, parent, theme)
        self.setText(words_)
        self.px = 12.5

    @guarded(QSize(40, 28))
    def sizeHint(self) -> QSize:
        """The size that the bar has set."""
        return self.size()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        theme, there = self.theme, self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.2))
            painter.setBrush(colour(theme, "accentfill" if there and self.underMouse() else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
            at, ink = QPointF(self.width() / 2, self.height() / 2), colour(theme, "text" if there else "dim")
            write(painter, at.x(), at.y(), self.text(), self.px, ink, align="c", weight=600)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 8)


class Number(QLineEdit):
    """The number for the buttons beside it; Enter fills the block with it, Esc goes back to the block."""

    left = Signal()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """While one types, no key is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Factor(QSlider):
    """From 0 to 2, the present value a knob on a rail with a mark at 1."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setRange(0, MOST)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rail, mark and knob."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y, left, right = self.height() / 2, 9.0, self.width() - 9.0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme, "divider"))
            painter.drawRoundedRect(QRectF(left, y - 2, right - left, 4), 2, 2)
            middle = (left + right) / 2
            painter.setPen(QPen(colour(self.theme, "text3"), 1.4))
            painter.drawLine(QPointF(middle, y - 7), QPointF(middle, y + 7))
            painter.setPen(QPen(colour(self.theme, "accent"), 2.2))
            painter.setBrush(colour(self.theme, "raised"))
            painter.drawEllipse(QPointF(left + (right - left) * self.value() / MOST, y), 7, 7)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)


class AreaBar(QWidget):
    """Buttons and a slider for the block that is selected."""

    left = Signal()  # the keys go back to the block

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._zoom = store, theme, 1.0
        self._start: Document | None = None  # where a scrub began
        self._scrubbing = False
        self.verbs = {name: Verb(name, self, theme) for name in (*PLAIN, *WITH_NUMBER)}
        self.number, self.factor = Number(self), Factor(self, theme)
        self.number.setText("0.5")
        self.number.setAccessibleName("Number for the buttons beside it")
        self.number.returnPressed.connect(partial(self._do, "Fill"))
        self.number.left.connect(self.left)
        for name, verb in self.verbs.items():
            verb.clicked.connect(partial(self._do, name))
        self.factor.sliderPressed.connect(self._begin)
        self.factor.sliderReleased.connect(self._end)
        self.factor.valueChanged.connect(self._scrub)
        self.hide()

    @property
    def area(self) -> Area | None:
        """What it acts on."""
        return self._store.state.session.area

    def set_form(self, theme: Theme, zoom: float) -> None:
        """Other colours or sizes."""
        self._theme, self._zoom = theme, zoom
        for verb in self.verbs.values():
            verb.set_theme(theme)
            verb.px = 12.5 * zoom
        self.factor.theme = theme
        self.number.setFont(ui_font(13 * zoom, 550, tabular=True))
        c = theme.colours
        self.number.setStyleSheet(
            f"QLineEdit {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 6px; padding: 0 4px; font-size: {13 * zoom:g}px; }}"
            f"QLineEdit:focus {{ border: 2px solid {c['accent']}; }}"
        )
        self.update()

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Two rows of buttons, the field before the second; the slider under them."""
        z, width = self._zoom, self.width()
        rows = [round((LINE + k * (ROW + GAP)) * z) for k in range(3)]
        height, gap = round(ROW * z), round(GAP * z)
        self._line([self.verbs[name] for name in PLAIN], 0, rows[0], width, height, gap)
        field = round(62 * z)
        self.number.setGeometry(0, rows[1], field, height)
        self._line([self.verbs[name] for name in WITH_NUMBER], field + gap, rows[1], width, height, gap)
        label = round(104 * z)
        self.factor.setGeometry(label, rows[2], width - label, height)

    def _line(self, verbs: list[Verb], x: int, y: int, width: int, height: int, gap: int) -> None:
        needed = [text_width(verb.text(), verb.px, 600) for verb in verbs]
        spare = (width - x - gap * (len(verbs) - 1) - sum(needed)) / len(verbs)
        left = float(x)
        for verb, words_wide in zip(verbs, needed, strict=True):
            verb.setGeometry(round(left), y, round(words_wide + spare), height)
            left += words_wide + spare + gap

    def show_state(self, old: State, new: State) -> None:
        """What can be done with the block, and its names for the screen reader."""
        area = new.session.area
        if area is None:
            self._start = None
            return
        if old.session.area != area or (old.document is not new.document and not self._scrubbing):
            self._start = None
        said, square = words(new.document, area), area.shape[0] == area.shape[1]
        whole = recurrent(new.document, area)
        self.verbs["Identity"].setEnabled(square)
        self.verbs[WITH_NUMBER[3]].setEnabled(whole)
        names = {
            "Zero": sentence("Set {said} to zero", said=said),
            "Identity": sentence("Set {said} to the identity", said=said), "Copy": sentence("Copy {said}", said=said),
            "Paste": sentence("Paste into {said}", said=said),
            "Fill": sentence("Fill {said} with the number", said=said),
            "Random": sentence("Draw {said} at random from ±1/√H = ±{bound_of:.3g}; the number is the seed", said=said,
                               bound_of=bound_of(new.document, area)),
            "Scale": sentence("Scale {said} by the number", said=said),
            WITH_NUMBER[3]: sentence("Scale {said} to the spectral radius that the number is", said=said),
        }  # fmt: skip
        for name, verb in self.verbs.items():
            verb.setAccessibleName(names[name])
            verb.setToolTip(names[name])
        self.factor.setAccessibleName(
            sentence("Spectral radius of {said}", said=said) if whole else sentence("Factor of {said}", said=said)
        )
        if not self.factor.isSliderDown():
            self.factor.blockSignals(True)
            self.factor.setValue(round(self._now(new) * PER_ONE))
            self.factor.blockSignals(False)
        self.update()

    def _now(self, state: State) -> float:
        """What the slider stands at: the radius, or the factor of the last scrub."""
        area = state.session.area
        assert area is not None
        if recurrent(state.document, area):
            return radius(state, area) or 0.0
        if self._start is None or self._start is state.document:
            return 1.0
        before, now = numbers_of(self._start, area), numbers_of(state.document, area)
        at = np.unravel_index(int(np.abs(before).argmax()), before.shape)
        return float(now[at] / before[at]) if before[at] else 1.0

    # ---------------------------------------------------------------- what is asked for

    def _do(self, name: str, *_: bool) -> None:
        area = self.area
        if area is None:
            return
        self._start = None
        if name in ("Copy", "Paste"):
            self.copy_area() if name == "Copy" else self.paste_area()
            return
        if name == "Zero":
            self._store.dispatch(FillArea(area, 0.0))
        elif name == "Identity":
            self._store.dispatch(IdentityArea(area))
        else:
            self._with_number(name, area)

    def copy_area(self) -> None:
        """The block to the clipboard, as a spreadsheet takes it."""
        if self.area is not None:
            QGuiApplication.clipboard().setText(written_block(self._store.state.document, self.area))

    def paste_area(self) -> None:
        """The clipboard's table into the block."""
        if self.area is not None:
            self._store.dispatch(PasteArea(self.area, QGuiApplication.clipboard().text()))

    def area_number(self) -> None:
        """To the number beside the buttons."""
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number.selectAll()

    def _with_number(self, name: str, area: Area) -> None:
        text = self.number.text().strip().replace(MINUS, "-").replace(",", ".")
        try:
            value = float(text)
        except ValueError:
            self._store.dispatch(Message(sentence("“{text}” is no number; such as 0.5 is", text=self.number.text())))
            return
        if name == "Random" and value != int(value):
            self._store.dispatch(
                Message(sentence("“{text}” is no seed; a whole number from 0 on is", text=self.number.text()))
            )
            return
        action: Action = (
            FillArea(area, value) if name == "Fill" else ScaleArea(area, value) if name == "Scale"
            else DrawArea(area, int(value)) if name == "Random" else ScaleToRadius(area, value)
        )  # fmt: skip
        self._store.dispatch(action)

    def _begin(self) -> None:
        self._start = self._store.state.document

    def _scrub(self, at: int) -> None:
        area = self.area
        if area is None or self._store.telling:
            return
        if self._start is None:  # by keys
            self._start = self._store.state.document
        size = at / PER_ONE
        whole = recurrent(self._start, area)
        self._scrubbing = True
        try:
            self._store.dispatch(
                ScaleToRadius(area, size, self._start) if whole else ScaleArea(area, size, self._start)
            )
        finally:
            self._scrubbing = False

    def _end(self) -> None:
        self._start = None
        self.show_state(self._store.state, self._store.state)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Write what it is of, and what the slider stands at."""
        state = self._store.state
        area = state.session.area
        if area is None:
            return
        z, theme = self._zoom, self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            said = words(state.document, area)
            write(painter, 0, 7 * z, said, 13 * z, colour(theme, "text"), weight=600)
            right = f"{area.shape[0]} × {area.shape[1]}"
            if text_width(said, 13 * z, 600) + text_width(right, 12.5 * z, 450) < self.width() - 12:
                write(painter, self.width(), 7 * z, right, 12.5 * z, colour(theme, "text3"), align="r", weight=450)
            y = (LINE + 2 * (ROW + GAP) + ROW / 2) * z
            write(painter, 0, y, self._slider_words(state, area), 13 * z, colour(theme, "text2"), weight=550)

    def _slider_words(self, state: State, area: Area) -> str:
        if recurrent(state.document, area):
            now = radius(state, area)
            return "radius: ask" if now is None else f"{WITH_NUMBER[3]}  =  {fmt(now, 3)}"
        return sentence("factor  {now}", now=fmt(self._now(state), 2))


def radius(state: State, area: Area) -> float | None:
    """The spectral radius of a matrix; of a large one only where it is asked for, so None here."""
    return None if area.shape[0] > LIVE else spectral_radius(numbers_of(state.document, area))
