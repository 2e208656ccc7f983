"""The private window of one who presents: what the audience sees, what comes next, notes, time, tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.files.theme import load_theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import tr
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.presenting import Light, ShowPresenter
from rnnstudio.state.derived import substep
from rnnstudio.state.model import State
from rnnstudio.ui.afterwards import dispatch_afterwards
from rnnstudio.ui.alt_window import is_ring
from rnnstudio.ui.banner import Banner
from rnnstudio.ui.caps import draw_cap
from rnnstudio.ui.commands import COMMANDS
from rnnstudio.ui.go_to import GoToField
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.key_sheet import KeySheet
from rnnstudio.ui.measures import NORMAL
from rnnstudio.ui.presenter_copy import AudienceCopy
from rnnstudio.ui.presenter_next import NextPicture
from rnnstudio.ui.presenter_notes import NotesCard
from rnnstudio.ui.presenter_time import TimeCard
from rnnstudio.ui.style import colour, palette, stylesheet
from rnnstudio.ui.toast import Toast

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

#: DESIGN §16, in px of 1920 x 1080: bar, margins, the columns, the label line, the card at the bottom.
SIZE, BAR, MARGIN, LEFT, RIGHT, TOP, LABEL_Y = (1920.0, 1080.0), 64.0, 24.0, 1216.0, 624.0, 116.0, 91.0
TIME_HEIGHT, SMALLEST = 232.0, (960, 560)
#: The menus whose rows work from here too, and the rows of other menus that do. What asks something, or opens a surface
#: over the audience's window, is not among them.
MENUS_HERE = ("View", "Playback", "Training", "Lesson", "")
ALSO_HERE = frozenset({"undo", "redo"})
NOT_HERE = frozenset({"go_to", "full_screen", "lessons", "region", "open_cell", "keys", "palette", "area_number"})


def works_here(command_id: str, menu: str) -> bool:
    """Whether a row of the table of commands works from the presenter's window."""
    return command_id in ALSO_HERE or (menu.partition("/")[0] in MENUS_HERE and command_id not in NOT_HERE)


class PresenterWindow(QWidget):
    """A window of its own beside the audience's; all keys of stepping and presenting work in it."""

    def __init__(self, window: Window) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self.store = window, window.store
        self.theme = theme = load_theme("dark")
        self.setMinimumSize(*SMALLEST)
        self.setPalette(palette(theme))
        self.setStyleSheet(stylesheet(theme, NORMAL))
        self.copy = AudienceCopy(window, self, theme)
        self.next = NextPicture(window, self, theme)
        self.notes = NotesCard(self, theme)
        self.time = TimeCard(window, self, theme)
        self.banner = Banner(self.store, self, theme, of_presenter=True)
        self.toast = Toast(self.store, self, theme, of_presenter=True)
        self.go_to_field = GoToField(self.store, self)
        self.sheet = KeySheet(self, theme)
        self._take_keys()
        self.time.ticking.timeout.connect(self._look)
        self._unit, self._open = 1.0, True
        self._leave = self.store.listen(self.show_state)
        self.resize(1600, 900)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_state(self.store.state, self.store.state)

    def _take_keys(self) -> None:
        """The rows that work here are the audience's window's own; the others that one needs have a place here."""
        for command in COMMANDS:
            action = self._window.menus.actions.get(command.id)
            if action is not None and command.keys and works_here(command.id, command.menu):
                self.addAction(action)
        for keys, do in ((("G",), self._go_to), (("?", "F1"), self.sheet.open), (("Ctrl+W",), self.close)):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(do)

    def _look(self) -> None:
        """Say it where the screen saver cannot be held off."""
        awake = self._window.presentation.awake
        before = awake.note
        awake.look()
        if awake.note != before:
            self.update()

    def _go_to(self) -> None:
        self.go_to_field.open(self.time)

    # ---------------------------------------------------------------- showing

    def show_state(self, old: State, new: State) -> None:
        """Pass the change on; another language, or none yet, is asked for by everything."""
        if not self._open:
            return  # it was closed while this change is being told
        for part in (self.copy, self.next, self.notes, self.time, self.banner, self.toast):
            part.show_state(old, new)
        self.update(QRect(0, 0, self.width(), round(TOP * self._unit)))
        if old is new or old.session.language != new.session.language:
            self.setWindowTitle(f"{tr('Presenter window')} \N{EM DASH} RNN Studio")
            for widget in (self, *self.findChildren(QWidget)):
                widget.update()

    def where(self) -> str:
        """What the audience sees, in a line: view, sample, part of it."""
        state = self.store.state
        done, count = substep(state)
        view, t = VIEW_NAMES[state.session.view], state.session.playhead.t
        return sentence("{view} · t = {t} · part {done} / {count}", view=view, t=t, done=done, count=count)

    def _head(self) -> tuple[str, str]:
        """The lesson or the study, and the place in it."""
        state = self.store.state
        tour = state.session.tour
        if tour is not None:
            return tour.lesson.title, tour.lesson.place(tour.at)
        t, steps = state.session.playhead.t, state.document.sequence.steps
        return state.document.name, sentence("Sample {t} of {count}", t=t, count=steps)

    def _label(self) -> tuple[str, str]:
        """What stands over the copy, and in which colour: whether the audience sees it."""
        session = self.store.state.session
        if session.blank:
            return sentence("The audience sees a blank screen"), "warn"
        if session.desk.frozen:
            return sentence("Frozen: the audience sees the picture from before"), "warn"
        if session.presenting:
            return sentence("The audience sees"), "text2"
        return sentence("The window, which is not presented"), "text2"

    # ---------------------------------------------------------------- Qt

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything in its place."""
        wide, high = self.width() / SIZE[0], self.height() / SIZE[1]
        u = self._unit = min(wide, high)
        left, right, gap = LEFT * wide, RIGHT * wide, 32 * wide
        top, margin, x = TOP * u, MARGIN * u, MARGIN * wide
        low = self.height() - margin
        card = min(TIME_HEIGHT * left / LEFT, TIME_HEIGHT * u * 1.25)
        picture = min(left * 9 / 16, low - card - margin - top)
        _put(self.copy, x, top, left, picture)
        _put(self.time, x, low - card, left, card)
        ahead = right * 9 / 16
        _put(self.next, x + left + gap, top, right, ahead)
        self.notes.unit = u
        _put(self.notes, x + left + gap, top + ahead + margin, right, low - top - ahead - margin)
        self.banner.place()
        if self.sheet.isVisible():
            self.sheet.setGeometry(self.rect())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and what stands over the parts."""
        theme, u = self.theme, self._unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "canvas"))
            painter.fillRect(QRectF(0, 0, self.width(), BAR * u), colour(theme, "chrome"))
            painter.fillRect(QRectF(0, BAR * u - 1, self.width(), 1), colour(theme, "divider"))
            self._paint_bar(painter, u)
            words, token = self._label()
            y = LABEL_Y * u
            write(painter, self.copy.x(), y, words, 20 * u, colour(theme, token), weight=500)
            where = self.where()
            wide = text_width(where, 19 * u, 600) + 32 * u
            right = self.copy.geometry().right() + 1
            painter.setPen(QPen(colour(theme, "border"), 1.4))
            painter.setBrush(colour(theme, "panel"))
            painter.drawRoundedRect(QRectF(right - wide, y - 17 * u, wide, 34 * u), 17 * u, 17 * u)
            write(painter, right - wide / 2, y, where, 19 * u, colour(theme, "text"), align="c", weight=600)
            lesson = self.store.state.session.tour is not None
            next_words = sentence("Next stop") if lesson else sentence("Next step")
            write(painter, self.next.x(), y, next_words, 20 * u, colour(theme, "text2"), weight=500)
            draw_cap(painter, theme, self.next.geometry().right() + 1, y, "\N{RIGHTWARDS ARROW}", u * 1.1)

    def _paint_bar(self, painter: QPainter, u: float) -> None:
        theme, y = self.theme, BAR * u / 2
        title, place = self._head()
        x = MARGIN * self.width() / SIZE[0]
        end = x + write(painter, x, y, sentence("Presenter window"), 24 * u, colour(theme, "text"), weight=650)
        note = self._window.presentation.awake.note or sentence("only on this screen")
        write(painter, end + 18 * u, y, note, 19 * u, colour(theme, "text2"), weight=450)
        write(painter, self.width() / 2, y, title, 20 * u, colour(theme, "text"), align="c", weight=500)
        write(painter, self.width() - x, y, place, 20 * u, colour(theme, "text"), align="r", weight=550)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """S lights the ring while it is down."""
        if is_ring(event):
            self.store.dispatch(Light(True))
        else:
            super().keyPressEvent(event)

    @guarded()
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """S has come up again."""
        if is_ring(event):
            self.store.dispatch(Light(False))
        else:
            super().keyReleaseEvent(event)

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        """A key that comes up in another window is not told."""
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.store.state.session.desk.ring:
            dispatch_afterwards(self.store, self, Light(False))

    @guarded()
    def closeEvent(self, event: QCloseEvent) -> None:
        """The presentation goes on without it."""
        for part in (self.copy, self.next, self.time, self.banner, self.toast):
            part.stop()
        self._open = False
        self._leave()
        for action in self.actions():
            self.removeAction(action)
        if self._window.presentation.presenter is self:
            self._window.presentation.presenter = None
            dispatch_afterwards(self.store, self._window, ShowPresenter(False))
        event.accept()


def _put(widget: QWidget, left: float, top: float, wide: float, high: float) -> None:
    widget.setGeometry(round(left), round(top), max(round(wide), 16), max(round(high), 16))
