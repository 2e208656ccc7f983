"""Buttons, the switch and the speed slider: standard widgets that paint themselves after DESIGN."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSlider, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import write
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour, draw_icon, on_accent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """The keyboard's focus: a 2 px ring around a control."""
    painter.setPen(QPen(colour(theme, "accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def turn_angles(painter: QPainter, theme: Theme, x: float, y: float) -> None:
    """The two angles of a field whose number is turned: up and down, around a middle."""
    painter.setPen(QPen(colour(theme, "text2"), 1.6))
    for way in (-1, 1):
        at = y + way * 5.0
        painter.drawPolyline(QPolygonF([QPointF(x - 3.5, at), QPointF(x, at + way * 3.5), QPointF(x + 3.5, at)]))


class Control(QAbstractButton):
    """A button that takes Enter, never Space (Space plays, wherever the focus is)."""

    def __init__(self, name: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.keyboard = False

    def set_theme(self, theme: Theme) -> None:
        """Paint with another theme from now on."""
        self.theme = theme
        self.update()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep Enter from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button; everything else is the window's."""
        if event.key() in _ENTER:
            self.click()
        else:
            event.ignore()


class IconButton(Control):
    """A square with an icon; ``primary`` is filled with the accent."""

    def __init__(self, name: str, icon: str, parent: QWidget, theme: Theme, primary: bool = False) -> None:
        super().__init__(name, parent, theme)
        self.icon_name = icon
        self.primary = primary

    @guarded(QSize(24, 24))
    def sizeHint(self) -> QSize:
        """The size that the bar has set."""
        return self.minimumSize()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the square and its icon."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(Qt.PenStyle.NoPen if self.primary else QPen(colour(self.theme, "border"), 1.2))
            fill = "accent" if self.primary else "accentfill" if self.underMouse() or self.isDown() else "raised"
            painter.setBrush(colour(self.theme, fill))
            painter.drawRoundedRect(side, 9, 9)
            ink = on_accent(self.theme) if self.primary else colour(self.theme, "text")
            if not self.isEnabled():
                ink = on_accent(self.theme) if self.primary else colour(self.theme, "dim")
            size = min(self.width(), self.height())
            draw_icon(painter, self.icon_name, ink, self.width() / 2, self.height() / 2, size * 0.47)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 10)


class TextButton(Control):
    """A bordered button with a word and, before it, an icon."""

    def __init__(self, name: str, icon: str, parent: QWidget, theme: Theme, px: float = 14) -> None:
        super().__init__(name, parent, theme)
        self.icon_name, self.px = icon, px
        self.setText(name)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self.theme, "accent" if self.isChecked() else "border"), 1.4))
            painter.setBrush(colour(self.theme, "accentfill" if self.isChecked() or self.underMouse() else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
            ink = colour(self.theme, "accent" if self.isChecked() else "text")
            left = self.height() * 0.5
            draw_icon(painter, self.icon_name, ink, left, self.height() / 2, self.px * 1.1)
            write(painter, left + self.px * 0.8, self.height() / 2, self.text(), self.px, ink, weight=600)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 9)


class Switch(Control):
    """On or off: a pill of 40 × 22."""

    def __init__(self, name: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(name, parent, theme)
        self.setCheckable(True)
        self.setFixedSize(44, 26)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme, "accent" if self.isChecked() else "text3"))
            painter.drawRoundedRect(QRectF(2, 2, 40, 22), 11, 11)
            painter.setBrush(QColor("#FFFFFF") if not self.isChecked() else on_accent(self.theme))
            painter.drawEllipse(QPointF(31 if self.isChecked() else 13, 13), 8, 8)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 12)


class SpeedSlider(QSlider):
    """Speed from 0.25 to 4 on a logarithmic scale: 0 to 400, a hundred per doubling."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setRange(0, 400)
        self.setPageStep(100)
        self.setAccessibleName("Speed")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rail and the knob."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y = self.height() / 2
            left, right = 9.0, self.width() - 9.0
            knob = left + (right - left) * self.value() / 400
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self.theme, "border"))
            painter.drawRoundedRect(QRectF(left, y - 2, right - left, 4), 2, 2)
            painter.setBrush(colour(self.theme, "accent"))
            painter.drawRoundedRect(QRectF(left, y - 2, knob - left, 4), 2, 2)
            painter.setPen(QPen(colour(self.theme, "accent"), 2.2))
            painter.setBrush(colour(self.theme, "raised"))
            painter.drawEllipse(QPointF(knob, y), 8, 8)
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)
