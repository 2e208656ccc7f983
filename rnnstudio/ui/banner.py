"""What is said over the canvas: what went wrong until it is put away, what was decided for a while. It asks nothing."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, ui_font
from rnnstudio.state.actions.viewing import Dismiss
from rnnstudio.state.derived import target_layout
from rnnstudio.state.desk import private
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.free_place import freest, head_of
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.style import colour

WIDEST = 760
#: What stands beside the words: the stripe with its margin, the button with its.
BESIDE = 20 + 10 + 32 + 12
#: A notice stays as long as one needs to read it: to begin with, and for each letter.
READ_MS, READ_MS_A_LETTER = 4000, 60


class Banner(QWidget):
    """Shows the session's message, else its notice; its button, and Esc, put it away, a notice goes by itself.

    ``of_presenter``: it stands in the window of the one who presents, and what is said there is not said to the room.
    """

    def __init__(self, store: Store, parent: QWidget, theme: Theme, of_presenter: bool = False) -> None:
        super().__init__(parent)
        self._of_presenter = of_presenter
        self._store = store
        self._theme = theme
        self._quiet = False
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._close = IconButton("Put the message away", "close", self, theme)
        self._close.setFixedSize(32, 32)
        self._close.clicked.connect(self._dismiss)
        self._covered = 0
        self._read = QTimer(self)
        self._read.setSingleShot(True)
        self._read.timeout.connect(self._dismiss)
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

    @property
    def quiet(self) -> bool:
        """Whether it says what was decided, and not what went wrong."""
        return self._quiet

    @property
    def reading(self) -> QTimer:
        """Runs while a notice is there to be read."""
        return self._read

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self._close.set_theme(theme)
        self._words.setFont(ui_font(self._px, 450))
        self._words.setStyleSheet(f"color: {theme.colours['text']}; background: transparent;")
        self.place()
        self.update()

    @property
    def _px(self) -> float:
        return 28.0 if self._theme.wide else 15.0

    def show_state(self, old: State, new: State) -> None:
        """Show what the new state says, or hide."""
        message = new.session.message or new.session.notice if private(new.session) == self._of_presenter else ""
        self._quiet = not new.session.message
        if message == self.text:
            return
        self._words.setText(message)
        self.setAccessibleName(message)
        self.setVisible(bool(message))
        self._read.stop()
        if message and self._quiet:
            self._read.start(READ_MS + READ_MS_A_LETTER * len(message))
        self.place()
        self.update()

    def place(self, covered: int | None = None) -> None:
        """Stand where it hides least, as wide as the sentence and as high as it needs.

        ``covered``: so many px at its right lie under a panel; as before, if nothing is said.
        """
        parent = self.parentWidget()
        self._covered = self._covered if covered is None else covered
        if parent is None or self.isHidden():
            return
        room = parent.width() - self._covered
        widest = min(room - 32, WIDEST * (2 if self._theme.wide else 1))
        wanted = round(text_width(self._words.text(), self._px, 450) * 1.02) + BESIDE + 12
        width = min(widest, wanted)
        height = max(52, self._words.heightForWidth(width - BESIDE) + 26)
        self.setGeometry(*self._free(width, height, room), width, height)
        self.raise_()

    def _free(self, width: int, height: int, room: int) -> tuple[int, int]:
        """On the canvas where there is room, and at the top of the presenter's window."""
        parent = self.parentWidget()
        if not isinstance(parent, Canvas):
            return (room - width) // 2, 12
        layout = target_layout(self._store.state)
        head = head_of(layout, self._theme.wide, parent.window().height() / PROJECTOR_LINES)
        return freest(self._store.state, parent.place(), (width, height), (room, parent.height()), head)

    def stop(self) -> None:
        """The window closes."""
        self._read.stop()

    def _dismiss(self) -> None:
        self._store.dispatch(Dismiss())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        edge = colour(self._theme, "border" if self._quiet else "warn")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(edge, 1.8))
            painter.setBrush(colour(self._theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._theme, "accent") if self._quiet else edge)
            painter.drawRoundedRect(QRectF(8, 12, 4, self.height() - 24), 2, 2)
