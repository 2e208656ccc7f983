"""One sentence over the canvas, until it is put away. Nothing is ever asked in it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import ui_font
from rnnstudio.state.actions.viewing import Dismiss
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

WIDEST = 760


class Banner(QWidget):
    """Shows the session's message; its button, and Esc, put it away."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._close = IconButton("Put the message away", "close", self, theme)
        self._close.setFixedSize(32, 32)
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 10, 10)
        row.addWidget(self._words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_theme(theme)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty while there is none."""
        return "" if self.isHidden() else self._words.text()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self._close.set_theme(theme)
        self._words.setFont(ui_font(28 if theme.wide else 15, 450))
        self._words.setStyleSheet(f"color: {theme.colours['text']}; background: transparent;")
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show the message of the new state, or hide."""
        message = new.session.message
        if message == self.text:
            return
        self._words.setText(message)
        self.setAccessibleName(message)
        self.setVisible(bool(message))
        self.place()

    def place(self) -> None:
        """Stand at the top of the parent, as high as the sentence needs."""
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        width = min(parent.width() - 32, WIDEST * (2 if self._theme.wide else 1))
        words = width - 20 - 10 - 32 - 12
        height = max(52, self._words.heightForWidth(words) + 26)
        self.setGeometry((parent.width() - width) // 2, 12, width, height)
        self.raise_()

    def _dismiss(self) -> None:
        self._store.dispatch(Dismiss())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self._theme, "warn"), 1.8))
            painter.setBrush(colour(self._theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._theme, "warn"))
            painter.drawRoundedRect(QRectF(8, 12, 4, self.height() - 24), 2, 2)
