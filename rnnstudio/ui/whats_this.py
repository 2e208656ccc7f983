"""What's this: the thing that is asked for, explained on a card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from rnnstudio.diagram.keys import Key
from rnnstudio.lessons.shelf import SHELF, stop_titles
from rnnstudio.lessons.words import plain
from rnnstudio.paint import mathtext
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.prose import draw_prose, set_prose
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.sentence import sentence
from rnnstudio.state.asking import Answer, answer
from rnnstudio.state.derived import layout
from rnnstudio.state.picking import thing
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.mark_places import place_of
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.style import colour
from rnnstudio.ui.widget_meanings import meaning_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rnnstudio.ui.window import Window

HINT = "Click on what you want explained"
#: Of the card at its natural size: width, padding, letters, head, height of a formula's line, button, gap to the thing.
WIDTH, PAD, LETTERS, HEAD, LINE, BUTTON, BESIDE = 460.0, 20.0, 15.0, 44.0, 34.0, 36.0, 14.0
#: Letters of the symbol, the formula at its largest, the source.
SYMBOL, FORMULA, QUIET = 27.0, 21.0, 13.0
LARGEST = 1.6


class WhatsThis(Cover):
    """Lies over the window while something is asked for or explained; Esc or a click beside the card leaves."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        #: What is explained; None while it is still asked for.
        self.answer: Answer | None = None
        self._beside, self.card = QRectF(), QRectF()
        self.more = WordButton("Read on", self, window.theme)
        self.more.clicked.connect(self._read_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    # ---------------------------------------------------------------- asking

    def ask(self) -> None:
        """The next click says what is meant."""
        self.answer = None
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self._say(HINT, "Esc leaves")
        self._cover()

    def explain_focus(self) -> None:
        """Explain what has the focus: in the picture what is selected there, or the cell."""
        window = self._window
        focused = window.focusWidget()
        if focused in (None, window.canvas, window):
            self._explain_selection()
        else:
            self._explain_widget(focused)

    def _explain_selection(self) -> None:
        window = self._window
        self._explain_mark(window.store.state.session.selection or Key("cell", window.store.state.session.playhead.t))

    def _explain_mark(self, key: Key) -> None:
        window, canvas = self._window, self._window.canvas
        place = place_of(window.store.state, canvas.place(), key)
        seen = place.intersected(QRectF(canvas.rect()))
        if seen.isEmpty():  # it is drawn elsewhere, or out of sight
            seen = QRectF(QPointF(canvas.rect().center()), QPointF(canvas.rect().center()))
        corner = canvas.mapTo(window, canvas.rect().topLeft())
        self._explain(answer(window.store.state, key), seen.translated(QPointF(corner)))

    def _explain_widget(self, widget: QWidget | None) -> None:
        found = meaning_of(self._window, widget)
        if found is None:
            self.uncover()
            return
        title, said, part = found
        corner = part.mapTo(self._window, part.rect().topLeft())
        self._explain(Answer(title, said.words, reading=said.reading), QRectF(part.rect()).translated(QPointF(corner)))

    def _explain(self, said: Answer, beside: QRectF) -> None:
        self.answer, self._beside = said, beside
        self.unsetCursor()
        spoken = [said.words, *(plain(f"${line}$") for line in said.formula), said.source, self._reading()]
        self._say(said.title, " ".join(part for part in spoken if part))
        self._cover()

    def _say(self, name: str, words: str) -> None:
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{name}. {words}"))

    def _reading(self) -> str:
        """Where to read on, in words."""
        if self.answer is None or self.answer.reading is None:
            return ""
        lesson, stop = self.answer.reading
        return sentence(
            "Read on: {stop_titles}, a stop of the lesson {shelf}",
            stop_titles=stop_titles(lesson)[stop - 1],
            shelf=SHELF[lesson],
        )

    def _read_on(self) -> None:
        reading = None if self.answer is None else self.answer.reading
        self.uncover()
        if reading is not None:
            self._window.commands.start_lesson(reading[0], reading[1] - 1)

    # ---------------------------------------------------------------- opening, keys

    def _cover(self) -> None:
        if self.isHidden():
            self.remember_focus()
        self.place()
        self.show()
        self.raise_()
        (self.more if self.more.isVisibleTo(self) else self).setFocus(Qt.FocusReason.PopupFocusReason)
        self.update()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, and so does the key that explained."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.uncover()

    @guarded(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays on the card."""
        return True

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """While it is asked for, the thing under the pointer is explained; else a click beside the card leaves."""
        if self.answer is not None:
            if not self.card.contains(event.position()):
                self.uncover()
            return
        window, at = self._window, event.position().toPoint()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        widget = window.childAt(at)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        if widget is window.canvas:
            on_it = window.canvas.mapFrom(window, at)
            key = window.canvas.key_at(on_it.x(), on_it.y())
            if key is not None:
                state = window.store.state
                self._explain_mark(thing(key, layout(state), state.session.playhead.t))
                return
        self._explain_widget(widget)

    # ---------------------------------------------------------------- drawing

    def _unit(self) -> float:
        window = self._window
        wanted = LARGEST if window.theme.wide else window.sizes.text
        return min(wanted, (window.width() - 40) / WIDTH, (window.height() - 40) / 420)

    def place(self) -> None:
        """Take the size of the window; the card below the thing, above it or beside it, within the window."""
        window, unit = self._window, self._unit()
        self.setGeometry(window.rect())
        said, beside, gap = self.answer, self._beside, BESIDE * unit
        self.more.setVisible(said is not None and said.reading is not None)
        if said is None:
            return
        high = HEAD + PAD + set_prose(said.words, LETTERS, WIDTH - 2 * PAD).height + 10 + LINE * len(said.formula)
        high += (24 if said.source else 0) + (BUTTON + 14 if said.reading is not None else 0) + PAD
        size = QRectF(0, 0, WIDTH * unit, high * unit)
        room = QRectF(window.rect()).adjusted(20, 20, -20, -20)
        middle = min(max(beside.center().x() - size.width() / 2, room.left()), room.right() - size.width())
        places = [
            QPointF(middle, beside.bottom() + gap), QPointF(middle, beside.top() - gap - size.height()),
            QPointF(beside.right() + gap, beside.top()), QPointF(beside.left() - gap - size.width(), beside.top()),
        ]  # fmt: skip
        cards = [size.translated(at) for at in places]
        inside = QPointF(middle, min(max(beside.center().y(), room.top()), room.bottom() - size.height()))
        self.card = next((card for card in cards if room.contains(card)), size.translated(inside))
        words = self._reading().partition(", a stop of")[0]
        self.more.say(words)
        self.more.setAccessibleDescription(self._reading())
        self.more.px = 14 * unit
        wide = min(text_width(words, 14, 600) * unit + 36 * unit, self.card.width() - 2 * PAD * unit)
        self.more.set_theme(window.theme)
        self.more.setGeometry(
            round(self.card.left() + PAD * unit), round(self.card.bottom() - (BUTTON + PAD) * unit), round(wide),
            round(BUTTON * unit),
        )  # fmt: skip

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, or the line that says what is wanted."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.answer is None:
                self._hint(painter)
            else:
                self._card(painter, self.answer)

    def _hint(self, painter: QPainter) -> None:
        theme, unit = self._window.theme, self._unit()
        words = sentence("{hint}   \N{MIDDLE DOT}   Esc leaves", hint=HINT)
        wide = text_width(words, 15, 600) * unit + 48 * unit
        box = QRectF((self.width() - wide) / 2, 12 * unit, wide, 44 * unit)
        painter.setPen(QPen(colour(theme, "accent"), 2))
        painter.setBrush(colour(theme, "raised"))
        painter.drawRoundedRect(box, 12 * unit, 12 * unit)
        middle, ink = box.center(), colour(theme, "text")
        write(painter, middle.x(), middle.y(), words, 15 * unit, ink, align="c", weight=600)

    def _card(self, painter: QPainter, said: Answer) -> None:
        theme, unit, card = self._window.theme, self._unit(), self.card
        painter.setPen(QPen(colour(theme, "accent"), 2))
        painter.setBrush(colour(theme, "accentfill", 0.35))
        painter.drawRoundedRect(self._beside.adjusted(-4, -4, 4, 4), 8, 8)
        painter.setBrush(colour(theme, "raised"))
        painter.drawRoundedRect(card, 14 * unit, 14 * unit)
        painter.translate(card.topLeft())
        painter.scale(unit, unit)
        x, y, room = PAD, PAD + 12, WIDTH - 2 * PAD
        if said.symbol:
            px = min(SYMBOL, SYMBOL * 200 / max(mathtext.measure(said.symbol, SYMBOL), 1.0))
            x += mathtext.draw(painter, x, y, said.symbol, px, theme, role=said.role, ground="raised") + 14
        write(painter, x, y, said.title, 17, colour(theme, "text"), weight=650)
        y = PAD + HEAD
        y += draw_prose(painter, PAD, y - 8, said.words, LETTERS, room, theme, ground="raised") + 10
        for line in said.formula:
            px = min(FORMULA, FORMULA * room / max(mathtext.measure(line, FORMULA), 1.0))
            mathtext.draw(painter, PAD, y + LINE / 2 - 8, line, px, theme, ground="raised")
            y += LINE
        if said.source:
            words = Verbatim(tr(said.source))
            while text_width(words, QUIET) > room and len(words) > 4:
                words = Verbatim(words.rstrip("\N{HORIZONTAL ELLIPSIS}")[:-1].rstrip() + "\N{HORIZONTAL ELLIPSIS}")
            write(painter, PAD, y + 2, words, QUIET, colour(theme, "text3"))
