"""Write R(): the surface over the window on which a cell is written as equations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from rnnstudio.files.theme import Theme
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.cells import UseCell
from rnnstudio.state.equation_draft import Draft, Reading, draft_of, ground_of, read_draft, started_from
from rnnstudio.state.written_cell import only_outputs
from rnnstudio.ui.cell_files import CellFiles
from rnnstudio.ui.equation_list import Start
from rnnstudio.ui.equation_surface import EquationSurface
from rnnstudio.ui.guarded import guarded

if TYPE_CHECKING:
    from rnnstudio.state.model import State
    from rnnstudio.state.store import Store

#: Rest of the keys after which the drawing is made anew.
REST_MS = 50
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EquationEditor(EquationSurface):
    """Covers the window under its title bar while it is open. Esc leaves, and keeps what was written."""

    def __init__(self, store: Store, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window, theme)
        self._store = store
        self._draft: Draft | None = None
        self._start = ""
        self._good: Reading | None = None
        self._untouched: Draft | None = None
        self.files = CellFiles(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.read_now)
        self.back.clicked.connect(self.leave)
        self.cancel.clicked.connect(self.leave)
        self.use.clicked.connect(self.use_cell)
        self.name.textChanged.connect(self._named)
        self.list.picked.connect(self.start_from)
        self.list.asked.connect(self._file)
        self.code.textChanged.connect(self._typed)
        self.code.fixed.connect(self.mend)
        self.sizes.chosen.connect(self._sized)
        self.setAccessibleName("Cell equations")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    # ---------------------------------------------------------------- open and leave

    @property
    def draft(self) -> Draft:
        """What is written."""
        if self._draft is None:
            self._draft = draft_of(self._store.state.document)
        return self._draft

    def open(self, cell_path: str = "") -> None:
        """Cover the window; what was written before in this session is there again, or a cell file is."""
        state = self._store.state
        self.remember_focus()
        fresh = draft_of(state.document)
        kept = self._draft if self._draft != self._untouched else None
        self.list.fill(Start("study", fresh.title, "the cell of the study", fresh.base))
        self._good = None
        self.said = "" if kept is None else "What you wrote before is here again."
        self._show(kept or fresh, self._start if kept else "study")
        self._untouched = None if kept else fresh
        if cell_path:
            self._open_file(cell_path)
        body = self._window.centralWidget()
        if body is not None:
            body.setEnabled(False)  # the keyboard stays on this surface
        self.set_form(self.theme)
        self.show()
        self.raise_()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self, *_: bool) -> None:
        """Uncover the window; nothing is asked, what is written is kept for the next time."""
        self._rest.stop()
        body = self._window.centralWidget()
        if body is not None:
            body.setEnabled(True)
        self.uncover()

    def use_cell(self, *_: bool) -> None:
        """The chosen layer gets the cell."""
        self.read_now()
        reading = self.reading
        if reading is None or not reading.whole or reading.cell is None or reading.layer is None:
            return
        cell, outputs = reading.cell, reading.sizes["O"] if reading.cell.own_outputs else None
        size = reading.layer.size if only_outputs(cell) else reading.draft.size
        self._draft = None
        self.leave()
        self._store.dispatch(UseCell(cell, size, outputs, reading.bias))

    # ---------------------------------------------------------------- what is written

    def start_from(self, start: Start) -> None:
        """Write a cell of the list; what was written is taken back by Ctrl+Z."""
        if start.key == "study":
            draft = draft_of(self._store.state.document)
        else:
            draft = started_from(start.cell, self.draft)
        self.said = ""
        self._good = None
        self._show(draft, start.key)
        self._untouched = draft
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, draft: Draft, start: str) -> None:
        """Put a draft on the surface."""
        self._draft, self._start = draft, start
        for field in (self.name, self.code):
            field.blockSignals(True)
        self.name.setText(draft.name)
        self._write(draft.text)
        for field in (self.name, self.code):
            field.blockSignals(False)
        self.list.show_start(start)
        self.read_now()

    def _write(self, text: str) -> None:
        """Another text, as one step that Ctrl+Z takes back."""
        if text == self.code.toPlainText():
            return
        cursor = self.code.textCursor()
        place = (cursor.blockNumber(), cursor.positionInBlock())
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        block = self.code.document().findBlockByNumber(min(place[0], self.code.blockCount() - 1))
        cursor.setPosition(block.position() + min(place[1], max(block.length() - 1, 0)))
        self.code.setTextCursor(cursor)

    def _changed(self, **changes: object) -> None:
        self._draft = replace(self.draft, **changes)  # type: ignore[arg-type]
        self._rest.start()

    def _typed(self) -> None:
        self.said = ""
        if self.code.toPlainText() != self.draft.text:
            self._changed(text=self.code.toPlainText())

    def _named(self, name: str) -> None:
        self._changed(name=name)

    def _sized(self, name: str, count: int) -> None:
        with_states = self.reading is not None and self.reading.read.states
        self._changed(**{"outputs" if name == "y" and with_states else "size": count})

    def mend(self, line: int) -> None:
        """Apply what is proposed under a line."""
        self.read_now()
        fix = self.reading.fixes.get(line) if self.reading is not None else None
        if fix is not None:
            self._write(fix.text)
            self.read_now()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_now(self) -> None:
        """Read what is written, and show what comes of it."""
        self._rest.stop()
        state = self._store.state
        before = self.reading
        if before is not None and before.draft == self.draft and before.ground.document is state.document:
            return
        reading = self.reading = read_draft(self.draft, ground_of(state.document))
        if reading.whole:
            self._good = reading
        self._show_reading(state)

    def _show_reading(self, state: State) -> None:
        reading = self.reading
        assert reading is not None
        decimals = state.session.decimals
        self.code.show_reading(reading)
        self.sizes.show_reading(reading)
        self.shapes.show_reading(reading, decimals)
        self.values.show_reading(reading, decimals)
        self.name.setPlaceholderText(sentence("Name: {title}", title=reading.draft.title))
        self.use.setEnabled(reading.whole)
        self.list.save.setEnabled(reading.whole)
        good = self._good
        if good is None or good.layer is None:
            self.drawing.show_nothing("The drawing comes with the first cell that can be read.")
        elif not good.layer.recurrent:
            self.drawing.show_nothing("A layer without a state: views 1 to 4 show it.")
        else:
            self.drawing.show_reading(good, reading, decimals)
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Another study under it, or other decimals: read again."""
        if self.isVisible() and (new.document is not old.document or new.session.decimals != old.session.decimals):
            self.reading = None
            self.read_now()

    # ---------------------------------------------------------------- files

    def _file(self, what: str) -> None:
        self.read_now()
        reading = self.reading
        if what == "open":
            self._open_file(self.files.ask_open())
        elif reading is not None and reading.whole and reading.cell is not None:
            self.said = self.files.save(reading.cell)
            fresh = draft_of(self._store.state.document)
            self.list.fill(Start("study", fresh.title, "the cell of the study", fresh.base))
            self.list.show_start(self._start)
            self.update()

    def _open_file(self, path: str) -> None:
        start, reason = self.files.open(path) if path else (None, "")
        if start is not None:
            self.start_from(start)
        elif reason:
            self.said = reason
            self.update()

    # ---------------------------------------------------------------- Qt

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Ctrl+Enter uses, Alt+Enter mends, F6 goes to the next part."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in _ENTER and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.use_cell()
        elif key in _ENTER and modifiers & Qt.KeyboardModifier.AltModifier:
            self.read_now()
            self.mend(self.code.first_note())
        elif key == Qt.Key.Key_F6:
            self.next_part()

    @guarded()
    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing waits any more."""
        self._rest.stop()
        super().hideEvent(event)
