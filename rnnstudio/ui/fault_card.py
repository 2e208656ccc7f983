"""The error card of training: what broke and where, one way back and two ways on."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import ui_font, write
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import Undo
from rnnstudio.state.actions.training import ForgetFault, can_update_back
from rnnstudio.state.actions.training_settings import SAFE_CLIP, ClipAndForget, SlowAndForget, safer_rate
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

TITLE = "Training left the number range"
HEAD, BUTTON, GAP = 38, 36, 8


class FaultCard(QWidget):
    """Stands in the Training panel where the settings do, until one of its offers is taken."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._zoom = store, theme, 1.0
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.back = WordButton("Undo", self, theme, primary=True)
        self.clip = WordButton(sentence("Clip the gradient at {safe_clip:g}", safe_clip=SAFE_CLIP), self, theme)
        self.slow = WordButton("Lower the rate", self, theme)
        self.back.clicked.connect(self._back)
        self.clip.clicked.connect(self._clip)
        self.slow.clicked.connect(self._slow)
        self.hide()

    @property
    def text(self) -> str:
        """What the card says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def _back(self) -> None:
        if can_update_back(self._store.state):
            self._store.dispatch(Undo())
        self._store.dispatch(ForgetFault())

    def _clip(self) -> None:
        self._store.dispatch(ClipAndForget())

    def _slow(self) -> None:
        self._store.dispatch(SlowAndForget())

    def set_form(self, theme: Theme, zoom: float) -> None:
        """Other colours or sizes."""
        self._theme, self._zoom = theme, zoom
        self._words.setFont(ui_font(15 * zoom, 450))
        self._words.setStyleSheet(f"color: {theme.colours['text']}; background: transparent;")
        for button in (self.back, self.clip, self.slow):
            button.px = 14 * zoom
            button.set_theme(theme)
        self._place()

    def show_state(self, state: State) -> None:
        """Say what broke, or hide."""
        run = state.session.run
        fault = None if run is None else run.fault
        self.setVisible(fault is not None)
        if run is None or fault is None:
            return
        kept = (
            sentence("The values after update {before:,} are kept.", before=run.before + run.made)
            if run.made
            else "No weight has changed."
        )
        self._words.setText(f"{fault.sentence}. {kept}")
        self.setAccessibleName(f"{TITLE}: {self._words.text()}")
        self.back.say("Undo the training" if can_update_back(state) else "Go on without")
        self.slow.say(sentence("Lower the rate to {safer_rate:g}", safer_rate=safer_rate(state.document)))

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put words and buttons in their places."""
        self._place()

    def _place(self) -> None:
        k = self._zoom
        pad, y = round(14 * k), self.height() - round(14 * k)
        for button in (self.slow, self.clip, self.back):
            y -= round(BUTTON * k)
            button.setGeometry(pad, y, self.width() - 2 * pad, round(BUTTON * k))
            y -= round(GAP * k)
        top = round((HEAD + 10) * k)
        self._words.setGeometry(pad, top, self.width() - 2 * pad, max(y - top, 0))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card with its red head."""
        theme, k = self._theme, self._zoom
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(colour(theme, "error"), 2))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(box, 10, 10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "error"))
            painter.setClipRect(QRectF(0, 0, self.width(), HEAD * k))
            painter.drawRoundedRect(box, 10, 10)
            ink = colour(theme, "raised")
            write(painter, 14 * k, HEAD * k / 2, TITLE, 15 * k, ink, weight=650)
