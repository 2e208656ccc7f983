"""The table of a sequence as Qt's tables want it: the step, the word, one column a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rnnstudio.sentence import sentence
from rnnstudio.state.sequence_rows import Draft
from rnnstudio.state.sequence_table import CLASS, TOKEN, WANTED, Column, columns, labels, named, shown_text, why_fixed

#: Columns that hold no value of the sequence: the step, a word beside numbers, the tile of a word.
STEP, LABEL, TILE = "step", "label", "tile"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Shown:
    """A column of the table: what it shows, and the value that it holds, where it holds one."""

    kind: str
    title: str
    column: Column | None = None


class SequenceModel(QAbstractTableModel):
    """A draft, row by row; it only shows: who edits makes another draft."""

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.decimals = 2
        self.shown: tuple[Shown, ...] = ()
        self._labels: tuple[str, ...] | None = None

    def show_draft(self, draft: Draft, decimals: int) -> None:
        """Another draft."""
        found = _shown(draft, labels(draft))
        same = self.draft is not None and (found, len(self.draft.rows)) == (self.shown, len(draft.rows))
        if not same:
            self.beginResetModel()
        self.draft, self.decimals, self.shown = draft, decimals, found
        self._labels = labels(draft)
        if not same:
            self.endResetModel()
        elif len(draft.rows):
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def first_value(self) -> int:
        """The first column that holds a value."""
        return next((k for k, shown in enumerate(self.shown) if shown.column is not None), 0)

    def value_column(self, column: int) -> int | None:
        """Which column of values (from 0) a column of the table is."""
        if not 0 <= column < len(self.shown) or self.shown[column].column is None:
            return None
        return sum(shown.column is not None for shown in self.shown[:column])

    def label(self, row: int) -> str:
        """The word of a step, quoted; empty where it has none."""
        word = self._labels[row] if self._labels is not None and row < len(self._labels) else ""
        return f"“{word}”" if word else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """T."""
        return 0 if parent.isValid() or self.draft is None else len(self.draft.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """All columns."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell, its name for a screen reader, why it cannot be edited."""
        if self.draft is None or not index.isValid() or index.row() >= len(self.draft.rows):
            return None
        shown, row = self.shown[index.column()], index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(shown, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(
                "step {row}, {replace}: {value}",
                row=row + 1,
                replace=shown.title.replace("_", " "),
                value=self._text(shown, row) or "none",
            )
        if role == Qt.ItemDataRole.ToolTipRole and shown.column is not None:
            return why_fixed(self.draft, row, shown.column) or None
        return None

    def _text(self, shown: Shown, row: int) -> str:
        assert self.draft is not None
        if shown.kind == STEP:
            return str(row + 1)
        if shown.kind == LABEL:
            return self.label(row)
        if shown.kind == TILE:
            return sentence(
                "{rows} of {count}", rows=int(self.draft.rows[row]) + 1, count=len(self.draft.sequence.vocabulary)
            )
        assert shown.column is not None
        return shown_text(self.draft, row, shown.column, self.decimals)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a column is called."""
        if role == Qt.ItemDataRole.DisplayRole and way == Qt.Orientation.Horizontal and section < len(self.shown):
            return self.shown[section].title
        return None


def _shown(draft: Draft, words: tuple[str, ...] | None) -> tuple[Shown, ...]:
    found = [Shown(STEP, "step")]
    text = draft.sequence.tokens is not None
    if words is not None and not text:
        found.append(Shown(LABEL, "token"))
    for column in columns(draft):
        title = "token" if column.kind == TOKEN else named(draft, column)
        if column.kind in (CLASS, WANTED) and draft.follows and title == "target":
            title = "target (next word)" if text else "target (next step)"
        found.append(Shown(column.kind, title, column))
        if column.kind == TOKEN:
            found.append(Shown(TILE, "x (one tile)"))
    return tuple(found)
