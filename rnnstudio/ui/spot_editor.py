"""The editor on the spot: a field over the value that it edits, with steppers, the old value and what the keys do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, ui_font, write
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

#: DESIGN §16: the field, its steppers, the card of the keys.
FIELD = (92, 40)
STEPPER = 20
CARD = (140, 182)
#: What ↑ and ↓ add: alone, with Shift, with Alt.
NUDGE, NUDGE_SHIFT, NUDGE_ALT = 0.1, 1.0, 0.01
#: What Enter, Tab and Esc do.
TAKE, NEXT, AS_IT_WAS = "take", "next", "as it was"


class SpotEditor(QLineEdit):
    """Tells what the user wants of it; who opened it knows what is edited."""

    nudged = Signal(float)
    moved = Signal(int)  # Tab: to the next value, or back
    accepted = Signal()
    refused = Signal()  # Esc
    left = Signal()  # the focus went elsewhere

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._whole = False
        self._open = False
        self._completer: QCompleter | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._steppers = [self._stepper("More", 1.0), self._stepper("Less", -1.0)]
        self.hide()

    def _stepper(self, words: str, way: float) -> QToolButton:
        button = _Stepper(self, way > 0)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAutoRepeat(True)
        button.clicked.connect(partial(self._step, way))
        return button

    def _step(self, way: float, *_: bool) -> None:
        self.nudged.emit(way * (1.0 if self._whole else NUDGE))

    @property
    def theme(self) -> Theme:
        """Its colours."""
        return self._theme

    @property
    def is_open(self) -> bool:
        """Whether a value is being edited in it."""
        return self._open

    def open(self, said: str, text: str, words: tuple[str, ...], whole: bool) -> None:
        """Begin: the value's name for the screen reader, its text, the words that may be chosen, whole steps or not."""
        self._whole, self._open = whole, True
        self.setAccessibleName(said)
        self._completer = QCompleter(list(words), self) if words else None
        if self._completer is not None:
            self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(self._completer)  # type: ignore[arg-type]
        self.rewrite(text)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def rewrite(self, text: str) -> None:
        """The value has become another."""
        if text != self.text():
            self.setText(text)

    def finish(self) -> None:
        """Nothing is edited any more; from now on it tells nobody anything."""
        self._open = False

    def set_theme(self, theme: Theme, px: float = 18.0) -> None:
        """Other colours."""
        self._theme = theme
        self.setFont(ui_font(px, 600, tabular=True))
        c = theme.colours
        self.setStyleSheet(
            f"QLineEdit {{ background: {c['raised']}; color: {c['text']}; border: 3px solid {c['accent']};"
            f" border-radius: 6px; padding: 0 {STEPPER + 2}px 0 4px; font-size: {px:g}px;"
            f" selection-background-color: {c['accentfill']}; selection-color: {c['text']}; }}"
        )

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Steppers at the right, one over the other."""
        half = (self.height() - 6) // 2
        for k, button in enumerate(self._steppers):
            button.setGeometry(self.width() - STEPPER - 3, 3 + k * half, STEPPER, half)

    @guarded(False)
    def event(self, event: object) -> bool:
        """Keep all keys from the window's shortcuts while one types; Tab goes to the next value."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.ShortcutOverride:
            event.accept()
            return True
        tab = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and event.key() in tab:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return bool(super().event(event))  # type: ignore[arg-type]

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, Esc leaves it as it was, the arrows up and down nudge."""
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            way = 1.0 if event.key() == Qt.Key.Key_Up else -1.0
            self.nudged.emit(way * self._size_of(event.modifiers()))
        else:
            super().keyPressEvent(event)

    def _size_of(self, held: Qt.KeyboardModifier) -> float:
        if self._whole:
            return 1.0
        if held & Qt.KeyboardModifier.ShiftModifier:
            return NUDGE_SHIFT
        return NUDGE_ALT if held & Qt.KeyboardModifier.AltModifier else NUDGE

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed holds when one goes elsewhere; the list of words is not elsewhere."""
        super().focusOutEvent(event)
        if self._open and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class _Stepper(QToolButton):
    """A chevron that nudges."""

    def __init__(self, parent: SpotEditor, up: bool) -> None:
        super().__init__(parent)
        self._field, self._up = parent, up
        self.setCursor(Qt.CursorShape.ArrowCursor)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = colour(self._field.theme, "accent" if self.underMouse() else "text2")
            painter.setPen(QPen(ink, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            x, y, way = self.width() / 2, self.height() / 2, -1 if self._up else 1
            points = [QPointF(x - 4, y - 2 * way), QPointF(x, y + 2 * way), QPointF(x + 4, y - 2 * way)]
            painter.drawPolyline(QPolygonF(points))


class OldValue(QWidget):
    """What the value was before the edit, beside the field."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme, self._text = theme, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, theme: Theme, text: str) -> None:
        """Show another text."""
        self._theme, self._text = theme, text
        self.setFixedSize(round(text_width(text, 13, 500, "number")) + 10, 22)
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it on the canvas' colour, so that nothing is under it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._theme, "canvas", 0.85))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
            ink = colour(self._theme, "text3")
            write(painter, 5, self.height() / 2, self._text, 13, ink, kind="number", weight=500)


class NudgeCard(QWidget):
    """What the keys do in the field."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(*CARD)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a row for each: arrows, with Shift, with Alt, and what ends the edit."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.2))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
            rows = (
                (("↑", "↓"), f"±{NUDGE:g}"), (("Shift",), f"{NUDGE_SHIFT:g}"), (("Alt",), f"{NUDGE_ALT:g}"),
                (("Enter",), TAKE), (("Tab",), NEXT), (("Esc",), AS_IT_WAS),
            )  # fmt: skip
            for k, (caps, size) in enumerate(rows):
                y, x = 21 + 28 * k, 11.0
                for cap in caps:
                    wide = max(20.0, text_width(cap, 12, 600) + 12)
                    painter.setPen(QPen(colour(theme, "border"), 1.2))
                    painter.setBrush(colour(theme, "panel"))
                    painter.drawRoundedRect(QRectF(x, y - 10, wide, 20), 5, 5)
                    write(painter, x + wide / 2, y, cap, 12, colour(theme, "text2"), align="c", weight=600)
                    x += wide + 4
                write(painter, self.width() - 12, y, size, 13, colour(theme, "text"), align="r", weight=600)
