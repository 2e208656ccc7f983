"""The sizes of the cell that is written, and what one may write."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from rnnstudio.engine.limits import LIMITS
from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.equation_draft import Reading
from rnnstudio.ui.controls import focus_ring, turn_angles
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

#: What one may write, and what it means.
GRAMMAR = (
    ("A @ v", "matrix times vector"),
    ("u * v", "value by value"),
    ("u + v   u - v   1 - u", "sum, difference"),
    ("sigmoid  tanh  relu  softmax", "activations; f is the one of the menu"),
    ("concat(u, v)", "one vector under the other"),
    ("s_prev   c_prev", "state of the step before"),
    ("Wi  Ui  bi", "weights, made when first named"),
)


class SizeField(QSpinBox):
    """A number of values, with a role's symbol before it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self.name, self.role = "", "text"
        self.setRange(1, LIMITS.state_size)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(True)

    def say(self, name: str, role: str, value: int, most: int, able: bool, why: str) -> None:
        """Which value it is of, how many it has, and why that cannot be chosen."""
        self.name, self.role = name, role
        self.setAccessibleName(sentence("Size of {name}", name=name))
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        before = self.blockSignals(True)  # what is shown is no choice
        self.setRange(1, most)
        if self.value() != value:
            self.setValue(value)
        self.blockSignals(before)
        self.setEnabled(able)
        self.update()

    def dress(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        c, px = theme.colours, max(15 * unit, 12)
        self.setFixedSize(round(max(66 * unit, 48)), round(max(36 * unit, 27)))
        self.setStyleSheet(
            f"QSpinBox {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 8px; font-size: {px}px; font-weight: 600; padding-right: 14px; }}"
            f"QSpinBox:disabled {{ background: {c['panel']}; color: {c['text2']}; padding-right: 0; }}"
            "QSpinBox::up-button, QSpinBox::down-button { width: 20px; border: 0; background: transparent; }"
            "QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }"
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
            if self.isEnabled():
                turn_angles(painter, self.theme, self.width() - 13.0, self.height() / 2)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)


class Sizes(QWidget):
    """The fields of x, the states and y, with a word on what cannot be chosen."""

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self.fields = [SizeField(self, theme) for _ in range(4)]
        self._note = ""
        self._names: list[str] = []
        self._end = 0.0
        for field in self.fields:
            field.valueChanged.connect(self._changed)
            field.hide()

    def _changed(self, value: int) -> None:
        field = self.sender()
        if isinstance(field, SizeField):
            self.chosen.emit(field.name, value)

    def show_reading(self, reading: Reading) -> None:
        """The sizes as they are, and which can be chosen."""
        read, inputs = reading.read, reading.ground.layer.inputs
        line = next((number for number, name in read.names.items() if name == "y"), 0)
        alone = read.y_free and not read.states
        shown = [("x", "x", inputs, LIMITS.features, False, "x has as many values as what enters the layer")]
        for state in read.states[:2]:
            role = "s" if state == "s" or (state == read.states[0] and state != "c") else "c"
            shown.append((state, role, reading.draft.size, LIMITS.state_size, True, ""))
        width = reading.width("y")
        able = reading.open_outputs or alone
        why = "" if able else sentence("y follows from line {line}", line=line) if line else "no line gives y yet"
        if read.y_free and not able:
            why = "y has as many values as the targets"
        shown.append(("y", "y", width, LIMITS.features, able, why))
        for field, values in zip(self.fields, shown, strict=False):
            field.say(*values)
        for k, field in enumerate(self.fields):
            field.setVisible(k < len(shown))
        self._names = [values[0] for values in shown]
        hidden = len(read.states) - 2
        self._note = (
            why
            if hidden < 1
            else sentence(
                "{names} like {states}; {why}", names=", ".join(read.states[2:]), states=read.states[0], why=why
            )
        )
        self.set_form(self.theme, self.unit)

    def set_form(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        x = 0.0
        self.setFixedHeight(round(max(42 * unit, 32)))
        for field in self.fields[: len(self._names)]:
            field.dress(theme, unit)
            x += max(30 * unit, 24)
            field.move(round(x), (self.height() - field.height()) // 2)
            x += field.width() + max(24 * unit, 12)
        self._end = x
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The symbols before the fields, and the note behind them."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y = self.height() / 2
            for field in self.fields[: len(self._names)]:
                mathtext.draw(painter, field.x() - 10, y, field.name if len(field.name) == 1 else f"\\{field.name}",
                              max(24 * self.unit, 18), self.theme, "r", role=field.role, ground="raised")  # fmt: skip
            px = max(13.5 * self.unit, 11)
            wide, room = text_width(self._note, px, 450), self.width() - self._end - 4
            write(painter, self._end + 4, y, self._note, px * min(1.0, room / max(wide, 1.0)),
                  colour(self.theme, "text2"), weight=450)  # fmt: skip


class Grammar(QWidget):
    """What one may write."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self.setAccessibleName("You may write")
        self.setAccessibleDescription("; ".join(f"{code}: {words}" for code, words in GRAMMAR))

    def set_form(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        self.setFixedHeight(round(max(31 * unit, 20) * len(GRAMMAR) + 4))
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pitch, px = max(31 * self.unit, 20), max(14 * self.unit, 11.5)
            for k, (code, words) in enumerate(GRAMMAR):
                y = (k + 0.5) * pitch
                write(painter, 0, y, code, px, colour(self.theme, "text"), kind="mono")
                write(painter, 0.46 * self.width(), y, words, px, colour(self.theme, "text2"), weight=450)
