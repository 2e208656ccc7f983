"""The clock of the one who presents: how long, how long yet, how the plan goes; and the tools with their keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.presenting import PlanMinutes
from rnnstudio.state.desk import DRAW, ERASE, LASER, PLANNED_BY
from rnnstudio.state.lecture_time import LectureTime, clock_words
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.caps import draw_cap
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.ui.window import Window

#: The card as it is drawn, in px of a 1080-line window.
WIDTH, HEIGHT, PAD, GAP = 1216.0, 232.0, 24.0, 16.0
BUTTON, BUTTONS_TOP = 72.0, 136.0
PLAN_LEFT = 516.0
ELAPSED = sentence("Elapsed")
#: The tools: id of the command, words, key.
TOOLS = (
    ("freeze", sentence("Freeze"), "F"), ("black", sentence("Blank"), "B"), ("laser", sentence("Laser"), "L"),
    ("draw", sentence("Draw"), "D"), ("spotlight", sentence("Spotlight"), "S"),
)  # fmt: skip


class ToolButton(Control):
    """A tool: its name and its key; filled while it is on."""

    def __init__(self, words: str, key: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(words, parent, theme)
        self._words, self._key, self.unit = words, key, 1.0
        self.setCheckable(True)

    def say(self, words: str, key: str) -> None:
        """Another name, another key."""
        if (words, key) != (self._words, self._key):
            self._words, self._key = words, key
            self.setAccessibleName(words)
            self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        theme, u, on = self.theme, self.unit, self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lit = on or (self.underMouse() and self.isEnabled())
            painter.setPen(QPen(colour(theme, "accent" if on else "border"), 2.0 if on else 1.4))
            painter.setBrush(colour(theme, "accentfill" if lit else "chrome"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12 * u, 12 * u)
            ink = "dim" if not self.isEnabled() else "accent" if on else "text"
            wide, cap = text_width(self._words, 24 * u, 600), 34 * u
            left, middle = (self.width() - wide - cap - 14 * u) / 2, self.height() / 2
            write(painter, left, middle, self._words, 24 * u, colour(theme, ink), weight=600)
            draw_cap(painter, theme, left + wide + 14 * u + cap, middle, self._key, cap / 30.0)
            if self.hasFocus():
                focus_ring(painter, theme, QRectF(self.rect()), 12 * u)


class TimeCard(QWidget):
    """Time, plan and tools.

    Parameters
    ----------
    window : Window
        The audience's.
    parent : QWidget
        The presenter's.
    theme : Theme
        Its colours.
    now : callable
        Seconds that only grow; tests put in their own.
    """

    def __init__(
        self, window: Window, parent: QWidget, theme: Theme, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._window, self._theme, self.now, self.unit = window, theme, now, 1.0
        self._store: Store = window.store
        self.began_s = now()
        self.tools = {name: ToolButton(words, key, self, theme) for name, words, key in TOOLS}
        for name, button in self.tools.items():
            button.clicked.connect(partial(self._use, name))
        self.shorter, self.longer = (WordButton(words, self, theme) for words in ("\N{MINUS SIGN}", "+"))
        self.again = WordButton(sentence("Restart"), self, theme)
        for control, words in ((self.shorter, sentence("Plan less time")), (self.longer, sentence("Plan more time"))):
            control.setAccessibleDescription(words)
        self.shorter.clicked.connect(partial(self._plan, -PLANNED_BY))
        self.longer.clicked.connect(partial(self._plan, PLANNED_BY))
        self.again.clicked.connect(self._restart)
        self.ticking = QTimer(self)
        self.ticking.setInterval(250)
        self.ticking.timeout.connect(self._tick)
        self.ticking.start()
        self._said: tuple[str, str, str, str] | None = None
        self.setAccessibleName("Time")

    @property
    def time(self) -> LectureTime:
        """The lecture as it goes."""
        session = self._store.state.session
        stops, at = (0, 0) if session.tour is None else (session.tour.lesson.cards, session.tour.at)
        return LectureTime(self.began_s, session.desk.planned_min * 60.0, stops, at)

    def words(self) -> tuple[str, str, str, str]:
        """Elapsed, remaining, the plan, how it goes with it."""
        now, lecture = self.now(), self.time
        ahead = lecture.ahead_s(now)
        gap = clock_words(abs(ahead))
        going = sentence("{gap} ahead", gap=gap) if ahead > 0 else sentence("{gap} behind", gap=gap)
        if abs(ahead) < 1:
            going = sentence("on time")
        planned = sentence("Plan: {minutes} min", minutes=self._store.state.session.desk.planned_min)
        whole = int(lecture.elapsed_s(now) + 1e-6)  # so that the two add up to the plan
        elapsed, remaining = clock_words(whole), clock_words(lecture.planned_s - whole)
        return elapsed, remaining, planned, going if lecture.stops else ""

    def show_state(self, old: State, new: State) -> None:
        """Which tools are on."""
        session, desk = new.session, new.session.desk
        on = {
            "freeze": desk.frozen, "black": bool(session.blank), "laser": desk.tool == LASER,
            "draw": desk.tool in (DRAW, ERASE), "spotlight": desk.ring,
        }  # fmt: skip
        for name, button in self.tools.items():
            button.setChecked(on[name])
        self.tools["freeze"].setEnabled(session.presenting)
        self.tools["draw"].say(*((sentence("Erase"), "E") if desk.tool == ERASE else (sentence("Draw"), "D")))
        if old.session.language != new.session.language:
            self._arrange()
        self._tick()

    def _use(self, name: str, *_: bool) -> None:
        state = self._store.state
        if name == "spotlight":
            from rnnstudio.state.actions.presenting import Light

            self._store.dispatch(Light(not state.session.desk.ring))
        else:
            erasing = name == "draw" and state.session.desk.tool == ERASE
            self._window.run_command("erase" if erasing else name)
        self.show_state(self._store.state, self._store.state)

    def _plan(self, by: int, *_: bool) -> None:
        self._store.dispatch(PlanMinutes(by))

    def _restart(self) -> None:
        self.began_s = self.now()
        self._tick()

    def _tick(self) -> None:
        said = self.words()
        if said != self._said:
            if self._said is None or self._said[2] != said[2]:
                self._arrange()
            self._said = said
            self.setAccessibleDescription(
                sentence("{gone} elapsed, {left} remaining. {plan}. {going}", gone=said[0], left=said[1], plan=said[2],
                         going=said[3])
            )  # fmt: skip
            self.update()

    def stop(self) -> None:
        """The window closes."""
        self.ticking.stop()

    # ---------------------------------------------------------------- places

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything in its place."""
        self._arrange()

    def _arrange(self) -> None:
        """Tools as wide as there is room, the small buttons behind the words that they belong to."""
        u = self.unit = min(self.width() / WIDTH, self.height() / HEIGHT)
        wide = (self.width() - 2 * PAD * u - 4 * GAP * u) / 5
        for k, button in enumerate(self.tools.values()):
            button.unit = u
            left = PAD * u + k * (wide + GAP * u)
            button.setGeometry(round(left), round(BUTTONS_TOP * u), round(wide), round(BUTTON * u))
        behind = PLAN_LEFT * u + text_width(self.words()[2], 20 * u, 500) + 16 * u
        for k, small in enumerate((self.shorter, self.longer)):
            small.px = 20 * u
            small.setGeometry(round(behind + k * 42 * u), round(16 * u), round(36 * u), round(34 * u))
        self.again.px = 15 * u
        left = PAD * u + text_width(ELAPSED, 20 * u, 500) + 14 * u
        wide = text_width(self.again.accessibleName(), self.again.px, 600) + 28 * u
        self.again.setGeometry(round(left), round(18 * u), round(wide), round(30 * u))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the times and the plan."""
        theme, u = self._theme, self.unit
        elapsed, remaining, planned, going = self.words()
        lecture, now = self.time, self.now()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.6))
            painter.setBrush(colour(theme, "panel"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14 * u, 14 * u)
            for left, words in ((PAD, ELAPSED), (PAD + 242, sentence("Remaining")), (PLAN_LEFT, planned)):
                write(painter, left * u, 33 * u, words, 20 * u, colour(theme, "text2"), weight=500)
            low = "warn" if lecture.low(now) else "text"
            write(painter, PAD * u, 86 * u, elapsed, 60 * u, colour(theme, "text"), weight=650, kind="number")
            write(painter, (PAD + 242) * u, 86 * u, remaining, 60 * u, colour(theme, low), weight=650, kind="number")
            if going:
                ahead = lecture.ahead_s(now)
                ink = "text2" if abs(ahead) < 1 else "ok" if ahead > 0 else "warn"
                right = self.width() - PAD * u
                write(painter, right, 33 * u, going, 20 * u, colour(theme, ink), align="r", weight=600)
            self._paint_plan(painter, lecture, now)

    def _paint_plan(self, painter: QPainter, lecture: LectureTime, now: float) -> None:
        """The bar that fills, with a tick where each stop is planned to end."""
        theme, u = self._theme, self.unit
        left, right, y, high = PLAN_LEFT * u, self.width() - PAD * u, 86 * u, 14 * u
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "raised"))
        painter.drawRoundedRect(QRectF(left, y - high / 2, right - left, high), high / 2, high / 2)
        painter.setBrush(colour(theme, "warn" if lecture.low(now) else "accent"))
        done = max(high, (right - left) * lecture.share(now))
        painter.drawRoundedRect(QRectF(left, y - high / 2, done, high), high / 2, high / 2)
        for k in range(1, lecture.stops):
            x = left + (right - left) * k / lecture.stops
            painter.fillRect(QRectF(x - 0.9 * u, y - 14 * u, 1.8 * u, 28 * u), colour(theme, "border"))
        if lecture.stops:
            x = left + (right - left) * (lecture.at + 0.5) / lecture.stops
            painter.setBrush(colour(theme, "active"))
            painter.drawEllipse(QRectF(x - 4.5 * u, y + 16 * u, 9 * u, 9 * u))
