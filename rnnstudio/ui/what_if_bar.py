"""The toggles of what-if over the picture: on the title's line, where legend and scale stand otherwise."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import tr
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.what_if import Clamp, ClearWhatIf, ToggleWhatIf
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.state.notation import said, written
from rnnstudio.state.store import Store
from rnnstudio.state.what_if import CLAMP, CUT, FREEZE, SILENCE, TOGGLES, clamps, on, what_if_of, why_off
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, PROJECTOR, Measures
from rnnstudio.ui.style import colour, on_accent

NAME = "What if"
#: Height of the bar, margin at its ends, room between toggles, size of the words: in a window, a small one, a room.
FORM, COMPACT_FORM, WIDE_FORM = (44.0, 18.0, 24.0, 14.0), (36.0, 12.0, 12.0, 12.5), (48.0, 16.0, 20.0, 18.0)
#: The middle of the bar under the canvas' upper rim, and its distance from the right one.
MIDDLE, COMPACT_MIDDLE, WIDE_MIDDLE, RIM = 34.0, 22.0, 30.0, 16.0
#: Where the title begins.
TITLE_AT = 24.0
#: The bar stands where it stands whatever the title says: so wide is the longest; y's symbol is so wide in the picture.
WIDEST_TITLE, SYMBOL = 220.0, 50.0
#: The switch at a size of 14 of the words.
WIDTH, HEIGHT, AT = 36.0, 20.0, 14.0
_WORDS = {CUT: "cut", FREEZE: "freeze", SILENCE: "silence", CLAMP: "clamp gate"}
_NAMES = {CUT: "Cut U", FREEZE: "Freeze s", SILENCE: "Silence x", CLAMP: "Clamp gate"}
_SIGNS = {CUT: "<U|U>", FREEZE: "<s|s_t>", SILENCE: "<x|x_t>", CLAMP: ""}


class Toggle(Control):
    """A switch with its words; a press or Enter asks for the other position."""

    def __init__(self, toggle: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(_NAMES[toggle], parent, theme)
        self.px = FORM[3]
        self.sign, self.words = _SIGNS[toggle], _WORDS[toggle]
        self.setCheckable(True)

    def wanted_width(self) -> float:
        """Width that switch and words need."""
        sign = mathtext.measure(self.sign, 1.45 * self.px) + 0.4 * self.px if self.sign else 0.0
        return WIDTH / AT * self.px + 0.6 * self.px + text_width(self.words, self.px, 500) + sign + 4

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the switch and its words."""
        theme, k, there = self.theme, self.px / AT, self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle, w, h = self.height() / 2, WIDTH * k, HEIGHT * k
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "accent" if self.isChecked() else "text3" if there else "dim"))
            painter.setOpacity(1.0 if there else 0.5)
            painter.drawRoundedRect(QRectF(2, middle - h / 2, w, h), h / 2, h / 2)
            painter.setBrush(on_accent(theme) if self.isChecked() else QColor("#FFFFFF"))
            painter.drawEllipse(QPointF(2 + (w - h / 2 if self.isChecked() else h / 2), middle), 8 * k, 8 * k)
            painter.setOpacity(1.0)
            ink = colour(theme, "text" if there else "dim")
            x = 2 + w + 0.6 * self.px
            write(painter, x, middle, self.words, self.px, ink, weight=600 if self.isChecked() else 500)
            if self.sign:
                x += text_width(self.words, self.px, 500) + 0.4 * self.px
                level = 1.0 if there else 0.4
                mathtext.draw(painter, x, middle - 1, self.sign, 1.45 * self.px, theme, level=level, ground="raised")
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 8)


class Clear(Control):
    """A word that can be pressed."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__("Clear", parent, theme)
        self.px = FORM[3]

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = colour(self.theme, "accent" if self.underMouse() else "text")
            write(painter, self.width() / 2, self.height() / 2, self.accessibleName(), self.px, ink, align="c",
                  weight=600)  # fmt: skip
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)


class WhatIfBar(QWidget):
    """Shown while the session has it; Clear restores the run as it is and puts it away."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._sizes = store, theme, NORMAL
        self._form, self._unit = FORM, 1.0
        self._menu: QMenu | None = None
        self.setAccessibleName(NAME)
        self.toggles = {toggle: Toggle(toggle, self, theme) for toggle in TOGGLES}
        self.clear = Clear(self, theme)
        for toggle, control in self.toggles.items():
            control.clicked.connect(partial(self._ask, toggle))
        self.clear.clicked.connect(self._clear)
        self.hide()

    def _ask(self, toggle: str, *_: bool) -> None:
        state = self._store.state
        self._show_toggles(state)  # Qt has moved the switch by itself; what is true is what the state says
        if toggle == CLAMP and not on(what_if_of(state), CLAMP):
            self._open(state)
        else:
            self._store.dispatch(ToggleWhatIf(toggle))

    def _open(self, state: State) -> None:
        """The gates, each at 1 and at 0."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        for gate, level, words in clamps(state.document):
            menu.addAction(_with_capital(tr(words))).triggered.connect(partial(self._clamp, gate, level))
        menu.popup(self.toggles[CLAMP].mapToGlobal(QPoint(0, self.toggles[CLAMP].height())))

    def _clamp(self, gate: str, level: float, *_: bool) -> None:
        self._store.dispatch(Clamp(gate, level))

    def _clear(self) -> None:
        self._store.dispatch(ClearWhatIf())

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self._unit = sizes.transport / PROJECTOR.transport if sizes.projector else 1.0
        form = WIDE_FORM if sizes.projector else COMPACT_FORM if sizes.compact else FORM
        self._form = (form[0] * self._unit, form[1] * self._unit, form[2] * self._unit, form[3] * self._unit)
        for toggle in self.toggles.values():
            toggle.px = self._form[3]
            toggle.set_theme(theme)
        self.clear.px = self._form[3]
        self.clear.set_theme(theme)
        self._arrange()

    def show_state(self, old: State, new: State) -> None:
        """Which toggles are on, and which cannot be used, with the reason."""
        self.setVisible(new.session.what_if_bar)
        if new.session.what_if_bar:
            self._show_toggles(new)
            self._arrange()

    def _show_toggles(self, state: State) -> None:
        now = what_if_of(state)
        for toggle, control in self.toggles.items():
            reason = why_off(toggle, state.document)
            control.setEnabled(not reason)
            control.setChecked(on(now, toggle))
            control.setToolTip(reason)
        held = self.toggles[CLAMP]
        held.words = (
            sentence("clamp {gate} = {level:.0f}", gate=now.gate, level=now.level) if now.gate else _WORDS[CLAMP]
        )
        held.setAccessibleDescription(held.words)
        signs = dict(_SIGNS)
        if now.frozen is not None:
            signs[FREEZE] = f"<s|s_{{{now.frozen}}}>"
        if now.silent is not None:
            signs[SILENCE] = f"<x|x_{{{now.silent}}}>"
        for toggle, control in self.toggles.items():
            control.sign = written(state, signs[toggle])
            control.setAccessibleName(said(state, _NAMES[toggle]))
        self.update()

    def _title(self) -> float:
        """Width of the bar's own words, left of the toggles; a small window has none."""
        return 0.0 if self._sizes.compact else text_width(NAME.upper(), 0.9 * self._form[3], 600)

    def _arrange(self) -> None:
        height, margin, gap, _ = self._form
        x = margin + (self._title() + gap if self._title() else 0.0)
        for control in self.toggles.values():
            width = control.wanted_width()
            control.setGeometry(round(x), round(0.12 * height), round(width), round(0.76 * height))
            x += width + gap
        width = text_width(self.clear.accessibleName(), self._form[3], 600) + 1.4 * self._form[3]
        self.clear.setGeometry(round(x), round(0.12 * height), round(width), round(0.76 * height))
        self.setFixedSize(round(x + width + 0.5 * margin), round(height))

    def place(self, covered: int) -> None:
        """Stand at the right end of the title's line; ``covered`` px of the canvas at the right lie under a panel."""
        canvas = self.parentWidget()
        if canvas is None:
            return
        projector, compact = self._sizes.projector, self._sizes.compact
        middle = WIDE_MIDDLE * self._unit if projector else COMPACT_MIDDLE if compact else MIDDLE
        x = right = canvas.width() - covered - RIM - self.width()
        if self._store.state.session.view == "cell" and not projector:  # there y stands at the right end of the line
            x = min(right, max(self._left_of_y() - RIM - self.width(), 2 * TITLE_AT + WIDEST_TITLE))
            middle = COMPACT_MIDDLE
        self.move(round(max(x, 4)), round(middle - self.height() / 2))

    def _left_of_y(self) -> float:
        """Where y and its symbol begin, px of the canvas."""
        layout, canvas = target_layout(self._store.state), self.parentWidget()
        assert isinstance(canvas, Canvas)
        place = canvas.place()
        lefts = [float(at[0] - at[2] / 2) for key, at in zip(layout.tiles.keys, layout.tiles.rect, strict=True)
                 if key.what == "y"]  # fmt: skip
        scale = place.scale * place.zoom
        return (min(lefts) - SYMBOL) * scale + place.dx if lefts else float(canvas.width())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, its words and the line before Clear."""
        theme, (height, margin, gap, px) = self._theme, self._form
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.2))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
            if self._title():
                write(painter, margin, height / 2, NAME.upper(), 0.9 * px, colour(theme, "text3"), weight=600)
            x = self.clear.x() - gap / 2
            painter.setPen(QPen(colour(theme, "divider"), 1.2))
            painter.drawLine(QPointF(x, 0.22 * height), QPointF(x, 0.78 * height))


def _with_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
