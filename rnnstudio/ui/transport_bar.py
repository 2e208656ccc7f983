"""The transport bar: first, back, play, step, last; speed; sub-steps; scrubber."""

from math import inf, log2

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import write
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.stepping import First, Last, SetSpeed, StepBack, StepForward, ToggleGrain, TogglePlay
from rnnstudio.state.derived import substep
from rnnstudio.state.model import State
from rnnstudio.state.store import Action, Store
from rnnstudio.ui.commands import COMMANDS
from rnnstudio.ui.controls import IconButton, SpeedSlider, Switch
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.scrubber import Scrubber
from rnnstudio.ui.style import colour

_ENABLED = {command.id: command.enabled for command in COMMANDS}
#: The slider stops at these where it comes near them (in its own hundredths of a doubling).
SNAPS, SNAP_REACH = (100, 200, 300), 9


class TransportBar(QWidget):
    """Playback by pointer; every control has its key as well."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAccessibleName("Playback")
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self.buttons = {
            "first": IconButton("First state", "first", self, theme),
            "back": IconButton("Step back", "back", self, theme),
            "play": IconButton("Play", "play", self, theme, primary=True),
            "next": IconButton("Next step", "step", self, theme),
            "last": IconButton("Last sample", "last", self, theme),
        }
        self.speed = SpeedSlider(self, theme)
        self.grain = Switch("Sub-steps", self, theme)
        self.scrubber = Scrubber(store, self, theme)
        self.buttons["first"].clicked.connect(self._first)
        self.buttons["back"].clicked.connect(self._back)
        self.buttons["play"].clicked.connect(self._play)
        self.buttons["next"].clicked.connect(self._next)
        self.buttons["last"].clicked.connect(self._last)
        self.speed.sliderMoved.connect(self._slide)
        self.speed.actionTriggered.connect(self._nudge)
        self.grain.clicked.connect(self._grain)
        self.show_state(store.state, store.state)

    # ---------------------------------------------------------------- gestures

    def _send(self, action: Action) -> None:
        self._store.dispatch(action)

    def _first(self) -> None:
        self._send(First())

    def _back(self) -> None:
        self._send(StepBack())

    def _play(self) -> None:
        self._send(TogglePlay())

    def _next(self) -> None:
        self._send(StepForward())

    def _last(self) -> None:
        self._send(Last())

    def _grain(self) -> None:
        self._send(ToggleGrain())

    def _slide(self, at: int) -> None:
        near = next((snap for snap in SNAPS if abs(at - snap) <= SNAP_REACH), at)
        self._send(SetSpeed(2.0 ** (near / 100 - 2)))

    def _nudge(self, _: int) -> None:
        # a click on the rail moves the slider without `sliderMoved`
        if not self.speed.isSliderDown():
            self._slide(self.speed.sliderPosition())

    # ---------------------------------------------------------------- showing

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.setFixedHeight(round(sizes.transport))
        for button in self.buttons.values():
            button.set_theme(theme)
        self.speed.theme = theme
        self.grain.set_theme(theme)
        self.scrubber.set_form(theme, sizes)
        self.speed.setVisible(not sizes.projector)
        self.grain.setVisible(not sizes.projector)
        self._place()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show playback, speed, grain and place."""
        session = new.session
        play = self.buttons["play"]
        play.icon_name = "pause" if session.playing else "play"
        play.setAccessibleName("Pause" if session.playing else "Play")
        play.update()
        for name in ("first", "back", "next", "last"):
            self.buttons[name].setEnabled(bool(_ENABLED[name](new)))
        if not self.speed.isSliderDown():
            speed = 4.0 if session.speed == inf else session.speed
            self.speed.setValue(round((log2(speed) + 2) * 100))
        self.grain.setChecked(session.grain == "substep")
        self.scrubber.show_state(old, new)
        self.update()

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put everything in its place."""
        self._place()

    def _place(self) -> None:
        sizes, x, middle = self._sizes, self._sizes.margin, self.height() / 2
        for name, button in self.buttons.items():
            side = round(sizes.play if name == "play" else sizes.button)
            button.setFixedSize(side, side)
            button.move(round(x), round(middle - side / 2))
            x += side + sizes.gap
        self._words_at = x + (20 * sizes.gap / 10 if sizes.projector else sizes.gap + 4)
        x = self._words_at
        if sizes.projector:
            x += 146 * sizes.gap / 10
        else:
            self.speed.setGeometry(round(x - 9), round(middle - 2), round(sizes.speed + 18), 24)
            x += sizes.speed + (18 if sizes.compact else 26)
            self._grain_at = x
            self.grain.move(round(x - 2), round(middle - 2))
            x += 92 if sizes.compact else 108
            self._line_at = x
            x += 16 if sizes.compact else 24
        right = self.width() - (24 * sizes.gap / 10 if sizes.projector else 16 if sizes.compact else 24)
        self.scrubber.setGeometry(round(x), 0, max(round(right - x), 160), self.height())

    def speed_words(self) -> str:
        """The speed as it is written beside its slider."""
        speed = self._store.state.session.speed
        return (
            "instant"
            if speed == inf
            else f"{speed:.2g}\N{MULTIPLICATION SIGN}"
            if speed < 1
            else f"{speed:.1f}\N{MULTIPLICATION SIGN}"
        )

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, words and lines."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour(self._theme, "chrome"))
            painter.fillRect(QRectF(0, 0, self.width(), 1), colour(self._theme, "border"))
            done, count = substep(self._store.state)
            middle, px, sizes = self.height() / 2, self._sizes.caption_px, self._sizes
            if sizes.projector:
                self._words(
                    painter, self._words_at, middle - 16 * px / 22, self.speed_words(), sizes.body_px, 650, "text"
                )
                self._words(
                    painter,
                    self._words_at,
                    middle + 18 * px / 22,
                    sentence("part {done} / {count}", done=done, count=count),
                    px,
                    550,
                    "text2",
                )
                return
            self._words(painter, self._words_at, middle - 15, "Speed", px, 500, "text3")
            self._words(
                painter, self._words_at + sizes.speed, middle - 15, self.speed_words(), px, 600, "text", right=True
            )
            self._words(painter, self._grain_at, middle - 15, "Sub-steps", px, 500, "text3")
            self._words(painter, self._grain_at + 48, middle + 11, f"{done} / {count}", sizes.body_px, 600, "text")
            painter.setPen(QPen(colour(self._theme, "border"), 1))
            painter.drawLine(round(self._line_at), 16, round(self._line_at), self.height() - 16)

    def _words(
        self, painter: QPainter, x: float, y: float, text: str, px: float, weight: int, token: str, right: bool = False
    ) -> None:
        align = "r" if right else "l"
        write(painter, x, y, text, px, colour(self._theme, token), align=align, kind="number", weight=weight)
