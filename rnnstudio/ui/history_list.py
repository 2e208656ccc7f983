"""The history as a list over the picture: every change by its name, and a way to any of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import Verbatim, tr
from rnnstudio.state.actions.history import JumpTo, Version, versions
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.controls import Control, focus_ring
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import Measures
from rnnstudio.ui.style import colour, draw_icon

TITLE, HINT = "History", "Enter or a click goes there"
#: Width, row and head at letters of 13 px; margins from the canvas' rims, from the upper one below title and banner.
WIDTH, ROW, HEAD, LETTERS = 320.0, 32.0, 46.0, 13.0
MARGIN, UNDER_TITLE, UNDER_TITLE_WIDE, FOOT = 16, 76.0, 112.0, 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Keys that reach the window though the list has the focus: it plays and undoes as everywhere.
_PASSED = (Qt.Key.Key_Space, Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_F11, Qt.Key.Key_Question)


def _cut(text: str, room: float, px: float, weight: int) -> str:
    """The text as far as there is room for it."""
    text = str(tr(text))
    if text_width(Verbatim(text), px, weight) <= room:
        return Verbatim(text)
    while text and text_width(Verbatim(f"{text}\N{HORIZONTAL ELLIPSIS}"), px, weight) > room:
        text = text[:-1].rstrip()
    return Verbatim(f"{text}\N{HORIZONTAL ELLIPSIS}")


class _Close(Control):
    """A cross that puts the list away."""

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cross."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = colour(self.theme, "accent" if self.underMouse() else "text2")
            draw_icon(painter, "close", ink, self.width() / 2, self.height() / 2, 0.5 * self.height())
            if self.hasFocus():
                focus_ring(painter, self.theme, QRectF(self.rect()), 8)


class _Rows(QStyledItemDelegate):
    """Draws the rows as beads on a thread: filled where the study is, hollow behind it."""

    def __init__(self, panel: HistoryList) -> None:
        super().__init__(panel)
        self._panel = panel

    @guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are as high."""
        return QSize(0, round(ROW * self._panel.unit))

    @guarded()
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one version."""
        panel, row = self._panel, index.row()
        theme, unit, version = panel.theme, panel.unit, panel.listed[row]
        px, box = LETTERS * unit, QRectF(option.rect)
        state = option.state
        here, undone = row == panel.shown, row > panel.shown
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = box.adjusted(6, 1, -6, -1)
        pointed = bool(state & QStyle.StateFlag.State_MouseOver)
        if here or pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "accentfill", 1.0 if here else 0.5))
            painter.drawRoundedRect(card, 7, 7)
        if panel.rows.hasFocus() and state & QStyle.StateFlag.State_Selected:
            focus_ring(painter, theme, card, 7)
        self._bead(painter, QPointF(box.left() + 22 * unit, box.center().y() + 0.5), row)
        left, right, middle = box.left() + 40 * unit, box.right() - 18 * unit, box.center().y() + 0.5
        if version.saved:
            tag = panel.tag
            write(painter, right, middle, tag, 0.92 * px, colour(theme, "text2"), align="r", weight=500)
            right -= text_width(tag, 0.92 * px, 500) + 10 * unit
        ink, weight = colour(theme, "text3" if undone else "text"), 650 if here else 450
        write(painter, left, middle, _cut(version.name, right - left, px, weight), px, ink, weight=weight)
        painter.restore()

    def _bead(self, painter: QPainter, at: QPointF, row: int) -> None:
        panel = self._panel
        theme, unit, half = panel.theme, panel.unit, ROW * panel.unit / 2
        radius = (5.0 if row == panel.shown else 3.6) * unit
        painter.setPen(QPen(colour(theme, "border"), 1.6 * unit))
        if row > 0:
            painter.drawLine(QPointF(at.x(), at.y() - half), QPointF(at.x(), at.y() - radius))
        if row < len(panel.listed) - 1:
            painter.drawLine(QPointF(at.x(), at.y() + radius), QPointF(at.x(), at.y() + half))
        token = "accent" if row == panel.shown else "text3"
        painter.setPen(QPen(colour(theme, token), 1.6 * unit))
        painter.setBrush(colour(theme, "raised" if row > panel.shown else token))
        painter.drawEllipse(at, radius, radius)


class _List(QListWidget):
    """Keeps arrows, digits and letters while it has the focus, as every list does."""

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep those keys from the window's shortcuts; with Ctrl or Alt they are the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if not held and event.key() not in _PASSED:
                event.accept()
                return True
        return bool(super().event(event))

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the row, Esc puts the list away."""
        panel = self.parent()
        assert isinstance(panel, HistoryList)
        if event.key() in _ENTER:
            panel.go(self.currentRow())
        elif event.key() == Qt.Key.Key_Escape:
            panel.shut()
        else:
            super().keyPressEvent(event)


class HistoryList(QWidget):
    """Stands over the left part of the picture while it is open; the picture follows every jump.

    Parameters
    ----------
    store : Store
        Whose history it is.
    parent : QWidget
        The canvas.
    theme : Theme
        Its colours.
    """

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self.theme, self.unit = store, theme, 1.0
        self._before: QWidget | None = None
        #: The versions in the list, which of them the study is, and the word at the saved one.
        self.listed: tuple[Version, ...] = ()
        self.shown, self.tag = 0, "opened"
        self.setAccessibleName(TITLE)
        self.rows = _List(self)
        self.rows.setAccessibleName(TITLE)
        self.rows.setItemDelegate(_Rows(self))
        self.rows.setMouseTracking(True)
        self.rows.setUniformItemSizes(True)
        self.rows.setFrameShape(QListWidget.Shape.NoFrame)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.viewport().setAutoFillBackground(False)
        self.rows.itemClicked.connect(self._clicked)
        self.close_button = _Close("Close the history", self, theme)
        self.close_button.clicked.connect(self.shut)
        self.hide()

    def toggle(self) -> None:
        """Open the list, or put it away."""
        if not self.isHidden():
            self.shut()
            return
        self._before = self.window().focusWidget()
        self.show()
        self._fill(self._store.state)
        self.place()
        self.raise_()
        self.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self) -> None:
        """Put it away; the focus goes back to where it was."""
        inside = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.hide()
        before, canvas = self._before, self.parentWidget()
        back = before if before is not None and before.isVisible() else canvas
        if inside and back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, number: int) -> None:
        """To a version, where there is one of that number."""
        self._store.dispatch(JumpTo(number))

    def _clicked(self) -> None:
        self.go(self.rows.currentRow())

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, sizes.body_px / LETTERS
        self.close_button.set_theme(theme)
        wide, ink = round(10 * self.unit), theme.colours["border"]
        self.rows.setStyleSheet(
            "QListWidget { background: transparent; border: 0; outline: 0; }"
            f"QScrollBar:vertical {{ background: transparent; width: {wide}px; margin: 0; }}"
            f"QScrollBar::handle {{ background: {ink}; border-radius: {wide // 3}px; min-height: {3 * wide}px;"
            f" margin: 0 {wide // 4}px; }}"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        )
        if not self.isHidden():
            self._fill(self._store.state)
            self.place()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """List the history that there is now, while the list is open."""
        if self.isHidden():
            return
        a, b = old.session, new.session
        if old is new or old.document is not new.document or old.undo is not new.undo or (
            (a.saved, a.path) != (b.saved, b.path)
        ):  # fmt: skip
            self._fill(new)
            self.place()

    def _fill(self, state: State) -> None:
        self.listed, self.shown = versions(state), len(state.undo)
        self.tag = "saved" if state.session.path else "opened"
        self.rows.clear()
        self.rows.addItems([self._words(k) for k in range(len(self.listed))])
        self.rows.setCurrentRow(self.shown)
        self.rows.scrollToItem(self.rows.item(self.shown))
        self.update()

    def _words(self, row: int) -> str:
        """A row in words, for who hears it."""
        said = [self.listed[row].name]
        if row == self.shown:
            said.append("shown now")
        elif row > self.shown:
            said.append("undone")
        return ", ".join([*said, *([self.tag] if self.listed[row].saved else [])])

    def place(self) -> None:
        """At the left of the canvas, under its title, as high as the list is long and the canvas allows."""
        canvas = self.parentWidget()
        if canvas is None:
            return
        top = round(UNDER_TITLE_WIDE * self.unit / 2 if self.theme.wide else UNDER_TITLE)
        head, row = round(HEAD * self.unit), round(ROW * self.unit)
        width = round(min(WIDTH * self.unit, canvas.width() - 2 * MARGIN))
        rows = row * min(len(self.listed), max((canvas.height() - top - MARGIN - head - FOOT) // row, 1))
        self.setGeometry(MARGIN, top, width, head + rows + FOOT)
        self.rows.setGeometry(2, head, width - 4, rows)
        side = round(0.6 * head)
        self.close_button.setGeometry(width - side - 10, round((head - side) / 2), side, side)
        if self.listed:
            self.rows.scrollToItem(self.rows.item(max(self.rows.currentRow(), 0)))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and its head."""
        theme, px, head = self.theme, LETTERS * self.unit, HEAD * self.unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme, "border"), 1.2))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
            left = 16 * self.unit
            write(painter, left, head / 2, TITLE, 1.2 * px, colour(theme, "text"), weight=650)
            left += text_width(TITLE, 1.2 * px, 650) + 12 * self.unit
            room = self.close_button.x() - left - 6
            write(painter, left, head / 2, _cut(HINT, room, 0.92 * px, 450), 0.92 * px, colour(theme, "text3"),
                  weight=450)  # fmt: skip
            painter.setPen(QPen(colour(theme, "divider"), 1.2))
            painter.drawLine(QPointF(12, head - 2), QPointF(self.width() - 12, head - 2))
