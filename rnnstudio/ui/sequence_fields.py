"""A number with its words before it, and the rows of such numbers that a generator has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import ui_font, write
from rnnstudio.state.sequence_generators import Option
from rnnstudio.ui.controls import focus_ring, turn_angles
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour


class NumberField(QDoubleSpinBox):
    """A number within its bounds; typing it or its arrows change it."""

    def __init__(self, option: Option, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.option, self.theme = option, theme
        self.setAccessibleName(option.words)
        self.setDecimals(option.decimals)
        self.setRange(option.least, option.most)
        self.setSingleStep(10.0**-option.decimals if option.decimals else 1.0)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)  # a number that is half typed makes no sequence
        self.setGroupSeparatorShown(False)

    def show_value(self, value: float) -> None:
        """What is shown is no choice."""
        before = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(before)

    def dress(self, theme: Theme, unit: float, px: float) -> None:
        """Other colours or sizes."""
        self.theme = theme
        c = theme.colours
        self.setFont(ui_font(px, 600, tabular=True))
        self.setFixedSize(round(max(96 * unit, 1.5 * px + 44)), round(max(31 * unit, 1.5 * px)))
        self.setStyleSheet(
            f"QDoubleSpinBox {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 8px; font-size: {px:g}px; font-weight: 600; padding: 0 16px 0 2px; }}"
            f"QDoubleSpinBox:disabled {{ background: {c['panel']}; color: {c['text2']}; }}"
            "QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 20px; border: 0; background: transparent;"
            " } QDoubleSpinBox::up-arrow, QDoubleSpinBox::down-arrow { image: none; width: 0; height: 0; }"
        )

    @guarded(QSize(60, 30))
    def sizeHint(self) -> QSize:
        """The size that is set."""
        return self.minimumSize()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and two angles for up and down."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            turn_angles(painter, self.theme, self.width() - 13.0, self.height() / 2)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)


class NumberRows(QWidget):
    """Numbers, a row each, their words at the left."""

    chosen = Signal(str, float)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit, self.px = theme, 1.0, 14.0
        self.fields: dict[str, NumberField] = {}

    def show_options(self, options: tuple[Option, ...], values: Mapping[str, float]) -> None:
        """The numbers that there are, and what they are; fields that stay are not made anew."""
        if [field.option for field in self.fields.values()] != list(options):
            focus = next((key for key, field in self.fields.items() if field.hasFocus()), "")
            for field in self.fields.values():
                field.hide()
                field.deleteLater()
            self.fields = {option.key: NumberField(option, self, self.theme) for option in options}
            for key, field in self.fields.items():
                field.valueChanged.connect(partial(self._choose, key))
                field.show()
            self.set_form(self.theme, self.unit, self.px)
            if focus in self.fields:
                self.fields[focus].setFocus(Qt.FocusReason.OtherFocusReason)
        for option in options:
            self.fields[option.key].show_value(values.get(option.key, option.begin))
        self.update()

    def _choose(self, key: str, value: float) -> None:
        self.chosen.emit(key, value)

    def pitch(self) -> float:
        """Height of a row."""
        return max(35 * self.unit, 1.5 * self.px + 4)

    def wanted_height(self) -> int:
        """Height of all rows."""
        return round(self.pitch() * len(self.fields))

    def set_form(self, theme: Theme, unit: float, px: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit, self.px = theme, unit, px
        for k, field in enumerate(self.fields.values()):
            field.dress(theme, unit, px)
            y = self.pitch() * (k + 0.5) - field.height() / 2
            field.move(self.width() - field.width(), round(y))
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The words before the numbers."""
        with QPainter(self) as painter:
            for k, field in enumerate(self.fields.values()):
                write(painter, 0, self.pitch() * (k + 0.5), field.option.words, self.px, colour(self.theme, "text2"),
                      weight=450)  # fmt: skip
