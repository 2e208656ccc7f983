"""Choices in a row, the slider of a setting, a button with words: they paint themselves after DESIGN."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour, draw_icon, on_accent

#: Room beside the words of a choice, in parts of the size of its letters.
PAD = 1.0


class Choice(Control):
    """One of several: the one that is in force stands out of the ground."""

    def __init__(self, words: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(words, parent, theme)
        self.setCheckable(True)
        self.px = 14.0

    def wanted_width(self) -> float:
        """Width that the words need."""
        return text_width(self.accessibleName(), self.px, 600) + 2 * PAD * self.px

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, in force on a card of their own."""
        theme, on = self.theme, self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if on or (self.underMouse() and self.isEnabled()):
                painter.setPen(QPen(colour(theme, "border"), 1.2) if on else Qt.PenStyle.NoPen)
                painter.setBrush(colour(theme, "raised", 1.0 if on else 0.5))
                painter.drawRoundedRect(box, 7, 7)
            ink = colour(theme, "dim" if not self.isEnabled() else "text" if on else "text2")
            middle = QPointF(self.rect().center())
            write(painter, middle.x() + 0.5, middle.y() + 0.5, self.accessibleName(), self.px, ink, align="c",
                  weight=600 if on else 500)  # fmt: skip
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 8)


class Choices(QWidget):
    """Choices on one ground; a press on one asks for it, what is in force the state says."""

    picked = Signal(str)

    def __init__(self, name: str, options: tuple[tuple[str, str], ...], parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.choices = {option: Choice(words, self, theme) for option, words in options}
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for option, choice in self.choices.items():
            choice.clicked.connect(partial(self._pick, option))
            row.addWidget(choice, 1)
        self._chosen = ""
        self._reasons: dict[str, str] = {}

    def _pick(self, option: str, *_: bool) -> None:
        # Qt has checked the button by itself; what is true is what the state says
        self.show_choice(self._chosen, self._reasons)
        self.picked.emit(option)

    def dress(self, theme: Theme, height: float, px: float) -> None:
        """Other colours or sizes."""
        self._theme = theme
        self.setFixedHeight(round(height))
        for choice in self.choices.values():
            choice.px = px
            choice.setFixedHeight(round(height) - 4)
            choice.set_theme(theme)
        for k, choice in enumerate(self.choices.values()):
            self._row.setStretch(k, round(10 * choice.wanted_width()))

    def wanted_width(self) -> int:
        """Width in which all the words fit."""
        return round(sum(choice.wanted_width() for choice in self.choices.values()) + 4)

    def show_choice(self, chosen: str, reasons: Mapping[str, str] | None = None) -> None:
        """Show what is in force, and of what cannot be chosen why."""
        self._chosen = chosen
        self._reasons = dict(reasons or {})
        for option, choice in self.choices.items():
            reason = self._reasons.get(option, "")
            choice.setChecked(option == chosen)
            choice.setEnabled(not reason)
            choice.setToolTip(reason)
            choice.setAccessibleDescription(reason)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self._theme, "border"), 1))
            painter.setBrush(colour(self._theme, "chrome"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)


class SettingSlider(QSlider):
    """A setting's value among those it may have; Up and Down change it while it has the focus."""

    nudged = Signal(int)

    def __init__(self, name: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.zoom = 1.0
        self.sliderMoved.connect(self.nudged)
        self.actionTriggered.connect(self._clicked)

    def _clicked(self, _: int) -> None:
        # a click on the rail moves the slider without `sliderMoved`
        if not self.isSliderDown():
            self.nudged.emit(self.sliderPosition())

    def turn(self, by: int) -> None:
        """One value down the list (by > 0: smaller), or up it."""
        wanted = min(max(self.value() - by, self.minimum()), self.maximum())
        if wanted != self.value():
            self.nudged.emit(wanted)

    def show_place(self, place: int, count: int) -> None:
        """Show where the value stands among so many."""
        if not self.isSliderDown():
            self.setRange(0, max(count - 1, 0))
            self.setValue(place)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rail and the knob."""
        k = self.zoom
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y, left, right = self.height() / 2, 9.0 * k, self.width() - 9.0 * k
            span = max(self.maximum() - self.minimum(), 1)
            knob = left + (right - left) * (self.value() - self.minimum()) / span
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme, "border"))
            painter.drawRoundedRect(QRectF(left, y - 1.5 * k, right - left, 3 * k), 1.5 * k, 1.5 * k)
            ink = colour(self.theme, "accent" if self.isEnabled() else "dim")
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(left, y - 1.5 * k, knob - left, 3 * k), 1.5 * k, 1.5 * k)
            painter.setPen(QPen(ink, 2.2 * k))
            painter.setBrush(colour(self.theme, "raised"))
            painter.drawEllipse(QPointF(knob, y), 7 * k, 7 * k)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)


class WordButton(Control):
    """A button with words in its middle; ``primary`` is filled with the accent, an icon stands before the words."""

    def __init__(self, words: str, parent: QWidget, theme: Theme, primary: bool = False, icon: str = "") -> None:
        super().__init__(words, parent, theme)
        self.primary, self.icon_name, self.px = primary, icon, 14.0

    def say(self, words: str, icon: str = "") -> None:
        """Other words, another icon."""
        if (words, icon) != (self.accessibleName(), self.icon_name):
            self.setAccessibleName(words)
            self.icon_name = icon
            self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        theme, px, on = self.theme, self.px, self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            filled = self.primary and on
            painter.setPen(Qt.PenStyle.NoPen if filled else QPen(colour(theme, "border"), 1.2))
            pointed = self.underMouse() and on
            painter.setBrush(colour(theme, "accent" if filled else "accentfill" if pointed else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
            ink = on_accent(theme) if filled else colour(theme, "text" if on else "dim")
            words = self.accessibleName()
            wide = text_width(words, px, 600)
            room = 1.35 * px if self.icon_name else 0.0
            left, middle = (self.width() - wide - room) / 2, self.height() / 2
            if self.icon_name:
                draw_icon(painter, self.icon_name, ink, left + 0.4 * px, middle, px * 0.95)
            write(painter, left + room, middle, words, px, ink, weight=600)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 9)
