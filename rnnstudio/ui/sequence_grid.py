"""The table of the sequence: moved in, edited, rows dragged by their dots, all of it by keys too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.files.theme import Theme
from rnnstudio.state.sequence_rows import Draft
from rnnstudio.state.sequence_table import CLASS, TOKEN, Column, X, why_fixed, written_text
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_model import Index, SequenceModel
from rnnstudio.ui.sequence_tiles import TableHead, TileDelegate, column_width
from rnnstudio.ui.spot_editor import SpotEditor
from rnnstudio.ui.style import colour

HEAD, ROW = 44.0, 48.0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALT, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


class SequenceGrid(QTableView):
    """Tells what is wanted of the rows; `SequenceEditor` does it."""

    typed = Signal(int, object, str)  # row, column, text
    asked = Signal(str)  # a command of the toolbar, by its name
    dragged = Signal(int, int)  # the row that was taken, the row before which it was dropped
    moved = Signal(int)  # another row is at hand
    refused = Signal(str)  # why a cell cannot be edited

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self.table = SequenceModel()
        self._drag: int | None = None
        self._drop = -1
        self._at: tuple[int, Column] | None = None
        self.setModel(self.table)
        self.tiles = TileDelegate(self, theme)
        self.setItemDelegate(self.tiles)
        self.head = TableHead(self, theme)
        self.setHorizontalHeader(self.head)
        self.head.setStretchLastSection(True)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Steps of the sequence")
        self.field = SpotEditor(self.viewport(), theme)
        self.field.accepted.connect(self._accept)
        self.field.left.connect(self._accept)
        self.field.refused.connect(self._close)
        self.field.moved.connect(self._accept_and_move)
        self.field.nudged.connect(self._nudge)
        self.doubleClicked.connect(self._double)

    # ---------------------------------------------------------------- showing

    def show_draft(self, draft: Draft, decimals: int, row: int, column: int | None = None) -> None:
        """Show a draft with one row at hand; the column stays where it was."""
        before = self.currentIndex().column() if column is None else column
        self._close()
        self.table.show_draft(draft, decimals)
        self._widths()
        at = self.table.first_value() if before < 0 or self.table.value_column(before) is None else before
        self.go(row, at)

    def go(self, row: int, column: int | None = None) -> None:
        """Take a row, and a column, to hand."""
        row = min(max(row, 0), self.table.rowCount() - 1)
        at = self.currentIndex().column() if column is None else column
        index = self.table.index(row, max(at, 0))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.viewport().update()

    def set_form(self, theme: Theme, unit: float, px: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        for part in (self.tiles, self.head):
            part.theme, part.unit, part.px = theme, unit, px
        self.head.setFixedHeight(round(HEAD * unit))
        self.verticalHeader().setDefaultSectionSize(round(ROW * unit))
        self.verticalHeader().setMinimumSectionSize(8)
        self._widths()
        self.field.set_theme(theme, px + 1)
        c = theme.colours
        self.setStyleSheet(
            f"QTableView {{ background: {c['raised']}; border: 0;"
            " selection-background-color: transparent; }"
            f"QTableView QHeaderView {{ background: {c['raised']}; border: 0; }}"
            f"QScrollBar {{ background: {c['panel']}; }} QScrollBar::handle {{ background: {c['dim']};"
            " border-radius: 4px; min-width: 24px; min-height: 24px; }"
            "QScrollBar:vertical { width: 10px; } QScrollBar:horizontal { height: 10px; }"
            "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
            f"QAbstractScrollArea::corner {{ background: {c['panel']}; }}"
        )

    def _widths(self) -> None:
        """Most columns are as wide as a tile: only the others are set, one after the other is slow."""
        self.head.setDefaultSectionSize(column_width(X, self.unit))
        for k, shown in enumerate(self.table.shown):
            wide = column_width(shown.kind, self.unit)
            if self.columnWidth(k) != wide:
                self.setColumnWidth(k, wide)

    def rows(self) -> tuple[int, int]:
        """The first and the last row that are chosen, from 0."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or [max(self.currentIndex().row(), 0)]
        return chosen[0], chosen[-1]

    def copied(self) -> str:
        """The chosen cells with tabs between them."""
        draft, chosen = self.table.draft, self.selectedIndexes()
        if draft is None or not chosen:
            return ""
        across = sorted({index.column() for index in chosen})
        shown = [self.table.shown[k].column for k in across]
        lines = (
            "\t".join(written_text(draft, row, column) for column in shown if column is not None)
            for row in range(self.rows()[0], self.rows()[1] + 1)
        )
        return "\n".join(lines)

    # ---------------------------------------------------------------- editing a cell

    def edit_here(self, begin: str = "") -> None:
        """Open the field over the cell at hand; ``begin`` is what was typed to open it."""
        index, draft = self.currentIndex(), self.table.draft
        if draft is None or not index.isValid():
            return
        column = self.table.shown[index.column()].column
        if column is None:
            return
        why = why_fixed(draft, index.row(), column)
        if why:
            self.refused.emit(why)
            return
        self.scrollTo(index)
        self._at = (index.row(), column)
        words = draft.sequence.vocabulary if column.kind in (TOKEN, CLASS) else ()
        box = self.visualRect(index)
        high = min(box.height(), round(40 * self.unit))
        wide = min(box.width(), column_width(column.kind, self.unit))
        place = QRect(box.left() + 1, box.center().y() - high // 2, max(wide - 2, 72), high)
        self.field.setGeometry(place)
        said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self.field.open(said, begin or written_text(draft, index.row(), column), words, False)
        if begin:
            self.field.setCursorPosition(len(begin))

    def _accept(self) -> None:
        at, text = self._at, self.field.text()
        self._close()
        if at is not None and self.table.draft is not None and text != written_text(self.table.draft, *at):
            self.typed.emit(*at, text)

    def _accept_and_move(self, by: int) -> None:
        self._accept()
        index = self.currentIndex()
        for column in range(index.column() + by, self.table.columnCount() if by > 0 else -1, by):
            if self.table.value_column(column) is not None:
                self.go(index.row(), column)
                break
        else:
            row = index.row() + by
            if not 0 <= row < self.table.rowCount():
                return
            values = [k for k in range(self.table.columnCount()) if self.table.value_column(k) is not None]
            self.go(row, values[0] if by > 0 else values[-1])
        self.edit_here()

    def _close(self) -> None:
        if self._at is None:
            return
        self._at = None
        self.field.finish()
        self.field.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _nudge(self, by: float) -> None:
        """↑ and ↓ on a number; decimal steps stay decimal."""
        try:
            value = float(self.field.text().replace(MINUS, "-").replace(",", "."))
        except ValueError:
            return
        self.field.rewrite(f"{round(value + by, 10) + 0.0:.12g}".replace("-", MINUS))
        self.field.selectAll()

    def _double(self, index: QModelIndex) -> None:
        self.edit_here()

    # ---------------------------------------------------------------- Qt

    @guarded()
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell of another row."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.moved.emit(current.row())
            self.viewport().update()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 edit, as does typing; the rest are the toolbar's keys, else the table's."""
        key, held = Qt.Key(event.key()), event.modifiers()
        name = _KEYS.get((key, held & (_ALT | _CTRL | _SHIFT)))
        plain = not held & (_ALT | _CTRL)
        if name is not None:
            self.asked.emit(name)
        elif (key in _ENTER and plain) or key == Qt.Key.Key_F2:
            self.edit_here()
        elif plain and event.text().isprintable() and event.text().strip():
            self.edit_here(event.text())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F6, *_ENTER):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row is taken at its dots."""
        at = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if at.isValid() and at.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            self._drag = at.row()

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the row would go."""
        if self._drag is None:
            super().mouseMoveEvent(event)
            return
        y = event.position().toPoint().y()
        at = self.rowAt(y)
        drop = self.table.rowCount() if at < 0 else at + (y > self.rowViewportPosition(at) + self.rowHeight(at) / 2)
        if drop != self._drop:
            self._drop = drop
            self.viewport().update()

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the row where the line was."""
        row, drop = self._drag, self._drop
        self._drag, self._drop = None, -1
        super().mouseReleaseEvent(event)
        if row is not None and drop >= 0:
            self.viewport().update()
            self.dragged.emit(row, drop)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and the line where a dragged row would go."""
        super().paintEvent(event)
        if self._drop < 0:
            return
        last = self._drop >= self.table.rowCount()
        row = self._drop - 1 if last else self._drop
        y = self.rowViewportPosition(row) + (self.rowHeight(row) if last else 0)
        with QPainter(self.viewport()) as painter:
            painter.setPen(QPen(colour(self.theme, "accent"), 3))
            painter.drawLine(QPoint(0, y), QPoint(self.viewport().width(), y))

    @guarded(False)
    def viewportEvent(self, event: QEvent) -> bool:
        """A scrolled table has no field left standing beside its cell."""
        if event.type() == QEvent.Type.Wheel and self._at is not None:
            self._accept()
        return bool(super().viewportEvent(event))


#: Key and what is held with it → the toolbar's command.
_KEYS = {
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): "insert",
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "delete",
    (Qt.Key.Key_Up, _ALT): "earlier",
    (Qt.Key.Key_Down, _ALT): "later",
    (Qt.Key.Key_D, _CTRL): "duplicate",
    (Qt.Key.Key_C, _CTRL): "copy",
    (Qt.Key.Key_V, _CTRL): "paste",
    (Qt.Key.Key_V, _CTRL | _SHIFT): "paste_new",
    (Qt.Key.Key_Z, _CTRL): "undo",
    (Qt.Key.Key_Z, _CTRL | _SHIFT): "redo",
    (Qt.Key.Key_Y, _CTRL): "redo",
}
