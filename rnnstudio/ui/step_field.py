"""A number that is turned by steppers, keys and the wheel, or typed; what is turned is shown at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QToolButton, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

#: Larger than every limit: what is over one is refused in a sentence, and not silently cut.
MOST = 9_999_999
#: Width of a stepper, in sizes of the letters.
SIDE = 2.3
#: Keys with these are the window's, but for those of any text field.
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_HISTORY = (Qt.Key.Key_Z, Qt.Key.Key_Y)


class StepField(QSpinBox):
    """Asks for another number: ``asked(number, goes_on)``; what is in force the state says.

    ``goes_on`` is whether it was turned before, since the focus came.
    """

    asked = Signal(int, bool)
    left = Signal()  # Esc

    def __init__(self, name: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self._turned, self._px = False, 14.0
        self._buttons = (_Button("Less", -1, self), _Button("More", 1, self))
        for button in self._buttons:
            button.clicked.connect(partial(self._press, button.by))
        self.setAccessibleName(name)
        self.setRange(0, MOST)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().returnPressed.connect(self._typed)

    def show_number(self, number: int, least: int, most: int, reason: str) -> None:
        """Show what is in force, and why it cannot be chosen."""
        before = self.blockSignals(True)  # what is shown is no choice
        if self.value() != number or self.lineEdit().text() != self.textFromValue(number):
            self.setValue(number)
        self.blockSignals(before)
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)
        less, more = self._buttons
        less.setEnabled(not reason and number > least)
        more.setEnabled(not reason and number < most)

    def dress(self, theme: Theme, px: float) -> None:
        """Other colours or sizes."""
        self.theme, self._px = theme, px
        c = theme.colours
        self.setStyleSheet(
            f"QSpinBox {{ background: {c['raised']}; color: {c['text']}; border: 1px solid {c['border']};"
            f" border-radius: 8px; font-size: {px:g}px; font-weight: 600; padding: 0; }}"
            f"QSpinBox::up-button, QSpinBox::down-button {{ width: {SIDE * px:.0f}px; border: 0; }}"
            "QSpinBox::up-button { subcontrol-position: right; } QSpinBox::down-button { subcontrol-position: left; }"
            "QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }"
            f"QSpinBox QLineEdit {{ background: transparent; border: 0; padding: 0; font-size: {px:g}px;"
            f" selection-background-color: {c['accentfill']}; selection-color: {c['text']}; }}"
            f"QSpinBox:focus {{ border: 2px solid {c['accent']}; }}"
            f"QSpinBox:disabled {{ background: {c['panel']}; color: {c['text3']}; }}"
        )

    def stepBy(self, steps: int) -> None:
        """Ask for so many more; the state answers."""
        self._ask(self.value() + steps)

    def _press(self, by: int, *_: bool) -> None:
        if not self.hasFocus():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._ask(self.value() + by)

    def _ask(self, number: int) -> None:
        goes_on, self._turned = self._turned, True
        self.asked.emit(number, goes_on)

    def _typed(self) -> None:
        """Enter: what was typed, as a change of its own."""
        self._turned = False
        self.asked.emit(self.value(), False)
        self.selectAll()

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """The steppers at both ends."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        side = round(SIDE * self._px)
        less, more = self._buttons
        less.setGeometry(0, 0, side, self.height())
        more.setGeometry(self.width() - side, 0, side, self.height())

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Digits, arrows and Enter are the field's; undo and redo are those of the study."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.modifiers() & _HELD and event.key() in _HISTORY:
                return False
            if not event.modifiers() & _HELD and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the field as the study is; letters do nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns a field that one is in, not one that it passes over."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is turned from now on is one change."""
        self._turned = False
        super().focusInEvent(event)

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed holds when one goes elsewhere."""
        typed, shown = self.text().replace(",", "").strip(), self.value()
        super().focusOutEvent(event)
        if typed and self.value() != shown:
            self._typed()


class _Button(QToolButton):
    """A minus or a plus."""

    def __init__(self, name: str, by: int, field: StepField) -> None:
        super().__init__(field)
        self._field, self.by = field, by
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoRepeat(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = "dim" if not self.isEnabled() else "accent" if self.underMouse() else "text2"
            arm, x, y = 0.16 * self.height(), self.width() / 2, self.height() / 2
            painter.setPen(QPen(colour(self._field.theme, ink), max(1.8, 0.055 * self.height()), Qt.PenStyle.SolidLine,
                                Qt.PenCapStyle.RoundCap))  # fmt: skip
            painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
            if self.by > 0:
                painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))
