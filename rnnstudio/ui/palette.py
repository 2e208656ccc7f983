"""All commands over the dimmed window: a few letters find what one can do, select or go to; Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from rnnstudio.paint.fonts import ui_font, write
from rnnstudio.sentence import sentence
from rnnstudio.ui.caps import WRITTEN, cap_width, draw_keys
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.palette_entries import Entry, entries, found
from rnnstudio.ui.palette_rows import GROUP, ROW, Rows
from rnnstudio.ui.style import colour, draw_icon

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.ui.window import Window

#: DESIGN §16: width, distance from the window's top, height of the row of letters and of the foot.
WIDTH, TOP, SEARCH, FOOT, RADIUS = 820.0, 116.0, 72.0, 52.0, 16.0
#: The list is at most so high, and the panel leaves so much of the window free.
MOST_ROWS, FREE = 616.0, 40.0
#: Rows that have to fit, however large it is drawn; letters of what is typed.
LEAST_ROWS, LETTERS = 6 * ROW, 24.0
#: In front of a room it is larger.
LARGEST = 1.4
#: Rows that PageUp and PageDown go over.
PAGE = 8


class _Letters(QLineEdit):
    """The field that one types into; keys that walk through the list are the panel's."""

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Give the panel the keys that walk, choose and close, Tab among them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            panel = self.parent()
            if isinstance(panel, Palette) and panel.walk(event):
                return True
        return bool(super().event(event))


class Palette(Cover):
    """Covers the window while it is open; Esc or a click beside it closes it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._everything: tuple[Entry, ...] = ()
        self.only = ""
        self._dressed: object = None
        #: The panel, and px of the window to one of its drawing.
        self.box, self.unit = QRectF(), 1.0
        #: The rows that are listed, without the names of the groups.
        self.listed: tuple[Entry, ...] = ()
        self.setAccessibleName("All commands")
        self.letters = _Letters(self)
        self.letters.setAccessibleName("Find a command, a thing of the picture, a lesson, a sample")
        self.letters.setPlaceholderText("Find a command, a value, a lesson, t 3")
        self.letters.setFrame(False)
        self.letters.textEdited.connect(self._typed)
        self.rows = QListWidget(self)
        self.rows.setAccessibleName("What was found")
        self.rows.setItemDelegate(Rows(self))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setFrameShape(QListWidget.Shape.NoFrame)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.rows.setMouseTracking(True)
        self.rows.viewport().setAutoFillBackground(False)
        self.rows.itemClicked.connect(self._clicked)
        self.hide()

    @property
    def theme(self) -> Theme:
        """Its colours: those of the window."""
        return self._window.theme

    @property
    def decimals(self) -> int:
        """Of the numbers in its rows."""
        return self._window.store.state.session.decimals

    # ---------------------------------------------------------------- open, close

    def open(self) -> None:
        """Cover the window, nothing typed yet; while it is open already, put it away."""
        if not self.isHidden():
            self.uncover()
            return
        self.remember_focus()
        self._everything, self.only = entries(self._window.store.state), ""
        self.letters.clear()
        self._fill()
        self.show()
        self.raise_()
        self.letters.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self) -> None:
        """Colours and sizes of the field and of the list's bar, where they have changed."""
        wanted = (self.theme.name, self.unit)
        if wanted == self._dressed:
            return
        self._dressed = wanted
        ink, ground, wide = self.theme.colours["text"], self.theme.colours["border"], round(8 * self.unit)
        self.letters.setFont(ui_font(LETTERS * self.unit, 450))
        self.letters.setStyleSheet(
            f"background: transparent; color: {ink}; border: 0; padding: 0; font-size: {round(LETTERS * self.unit)}px;"
        )
        self.rows.setStyleSheet(
            "QListWidget { background: transparent; border: 0; outline: 0; }"
            f"QScrollBar:vertical {{ background: transparent; width: {wide}px; margin: 0; }}"
            f"QScrollBar::handle {{ background: {ground}; border-radius: {wide // 2}px; min-height: {4 * wide}px; }}"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        )

    # ---------------------------------------------------------------- the rows

    def _typed(self) -> None:
        self.only = ""
        self._fill()

    def _fill(self) -> None:
        """List what fits what was typed, the best of it chosen."""
        rows = found(self.letters.text(), self._everything, self._window.store.state)
        self.listed = tuple(row for row in rows if self.only in ("", row.group))
        self.place()
        self.rows.clear()
        group = ""
        for entry in self.listed:
            if entry.group != group:
                group = entry.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.rows.addItem(head)
            item = QListWidgetItem(entry.spoken)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            item.setToolTip(entry.off)
            self.rows.addItem(item)
        self._choose(0)
        self.update()

    def entry(self, row: int) -> Entry | None:
        """What stands in a row of the list; None of a group's name."""
        item = self.rows.item(row)
        held = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return held if isinstance(held, Entry) else None

    @property
    def chosen(self) -> Entry | None:
        """The row that Enter does."""
        return self.entry(self.rows.currentRow())

    def _choose(self, at: int) -> None:
        """Choose a row by its number among those that are no group's name; say it to who listens."""
        places = [row for row in range(self.rows.count()) if self.entry(row) is not None]
        if not places:
            return
        at = min(max(at, 0), len(places) - 1)
        self.rows.setCurrentRow(places[at])
        # with the first row of a group its name comes into sight too
        self.rows.scrollToItem(self.rows.item(places[at] - 1 if at == 0 else places[at]))
        self.rows.scrollToItem(self.rows.item(places[at]))
        chosen = self.chosen
        if chosen is not None:
            self.letters.setAccessibleDescription(chosen.spoken)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.letters, chosen.spoken))

    def _at(self) -> int:
        return sum(self.entry(row) is not None for row in range(self.rows.currentRow()))

    def do(self) -> None:
        """Put the list away and do what is chosen, where it can be done now."""
        chosen = self.chosen
        if chosen is None or chosen.off:
            return
        self.uncover()
        chosen.do(self._window)

    def _clicked(self, item: QListWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole) is not None:
            self.do()

    # ---------------------------------------------------------------- keys

    def walk(self, event: QKeyEvent) -> bool:
        """Take a key that walks, chooses, closes or keeps to one group; every other one is a letter."""
        key, keys = event.key(), Qt.Key
        steps = {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_PageDown: PAGE, keys.Key_PageUp: -PAGE}
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == keys.Key_Escape or (held and key in (keys.Key_K, keys.Key_P)):
            self.uncover()
        elif key in (keys.Key_Return, keys.Key_Enter):
            self.do()
        elif key in (keys.Key_Tab, keys.Key_Backtab):
            self._keep_to_group()
        elif key in steps:
            by, last = steps[keys(key)], max(len(self.listed) - 1, 0)
            at = self._at() + by
            # a single step goes round, a page stops at the ends
            self._choose(at % (last + 1) if abs(by) == 1 else min(max(at, 0), last))
        else:
            return False
        return True

    def _keep_to_group(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.only = "" if self.only else chosen.group
            self._fill()

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes it."""
        if not self.box.contains(event.position()):
            self.uncover()

    # ---------------------------------------------------------------- drawing

    def place(self) -> None:
        """Take the size of the window, the panel the height of its rows."""
        parent, most = self._window, LARGEST if self.theme.wide else self._window.sizes.text
        wide, high = parent.width(), parent.height()
        unit = self.unit = min(most, (wide - FREE) / WIDTH, (high - FREE) / (SEARCH + FOOT + LEAST_ROWS))
        rows = max(len({entry.group for entry in self.listed}) * GROUP + len(self.listed) * ROW, ROW)
        rows = min(rows, MOST_ROWS, (high - FREE) / unit - SEARCH - FOOT)
        top = min(TOP * unit, max(FREE / 2, (high - (SEARCH + FOOT + MOST_ROWS) * unit) / 2))
        self.box = QRectF((wide - WIDTH * unit) / 2, top, WIDTH * unit, (SEARCH + FOOT + rows) * unit)
        self.setGeometry(parent.rect())
        self._dress()
        left, top, low = self.box.left(), top + SEARCH * unit, self.box.bottom() - FOOT * unit
        self.letters.setGeometry(
            round(left + 64 * unit), round(self.box.top()), round((WIDTH - 150) * unit), round(SEARCH * unit)
        )
        self.rows.setGeometry(round(left), round(top) + 1, round(self.box.width()), round(low) - round(top) - 2)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dimmed window, the panel, its head and its foot."""
        theme, box, unit = self.theme, self.box, self.unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(0, 0, 0, 118))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(box, RADIUS * unit, RADIUS * unit)
            middle = box.top() + SEARCH / 2 * unit
            draw_icon(painter, "search", colour(theme, "text2"), box.left() + 37 * unit, middle, 24 * unit)
            draw_keys(painter, theme, box.right() - 28 * unit, middle, "Esc", unit)
            painter.setPen(QPen(colour(theme, "divider"), 1.2))
            for y in (box.top() + SEARCH * unit, box.bottom() - FOOT * unit):
                painter.drawLine(round(box.left()), round(y), round(box.right()), round(y))
            if not self.listed:
                y = box.top() + (SEARCH + ROW / 2) * unit
                write(painter, box.left() + 28 * unit, y, "Nothing of that name", 16.5 * unit, colour(theme, "text3"))
            self._foot(painter, box, unit)

    def _foot(self, painter: QPainter, box: QRectF, unit: float) -> None:
        theme, y, x = self.theme, box.bottom() - FOOT / 2 * unit, box.left() + 28 * unit
        group = "all groups" if self.only else "only this group"
        for caps, words in ((("Up", "Down"), "move"), (("Return",), "do it"), (("Tab",), group)):
            for cap in caps:
                wide = cap_width(WRITTEN.get(cap, cap)) * unit
                draw_keys(painter, theme, x + wide, y, cap, unit)
                x += wide + 6 * unit
            x += write(painter, x + 4 * unit, y, words, 14 * unit, colour(theme, "text2")) + 30 * unit
        count = len(self.listed)
        words = sentence("{count} found", count=count) if self.letters.text().strip() else ""
        write(painter, box.right() - 28 * unit, y, words, 14 * unit, colour(theme, "text2"), align="r")
