"""The sequence, worked on in a surface over the window; nothing changes in the study until it is used."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

from rnnstudio.engine.limits import InputError
from rnnstudio.files.texts import prose
from rnnstudio.files.theme import Theme
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.sequence import UseSequence
from rnnstudio.state.actions.stepping import Pause
from rnnstudio.state.sequence_cells import SetCell
from rnnstudio.state.sequence_changes import Move, RowChange
from rnnstudio.state.sequence_rows import Draft, draft_of
from rnnstudio.state.sequence_table import Column
from rnnstudio.state.sequence_use import what_changes
from rnnstudio.state.sequence_work import Work
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.sequence_choices import SequenceChoices
from rnnstudio.ui.sequence_commands import SequenceCommands, told
from rnnstudio.ui.sequence_import import TEXT, read_file
from rnnstudio.ui.sequence_making import SequenceMaking
from rnnstudio.ui.sequence_sources import LETTERS, STUDY, WORDS
from rnnstudio.ui.sequence_surface import SequenceSurface

if TYPE_CHECKING:
    from rnnstudio.state.model import Sequence, State
    from rnnstudio.state.store import Store

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SequenceEditor(SequenceSurface):
    """Covers the window while it is open. Esc leaves, and keeps what was changed for the next time."""

    def __init__(self, store: Store, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window, theme)
        self._store = store
        self.work: Work | None = None
        self._of: Sequence | None = None
        self.making = SequenceMaking()
        self.commands, self.choices = SequenceCommands(self), SequenceChoices(self)
        self._wire()
        self.setAccessibleName("Sequence")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def _wire(self) -> None:
        self.cancel.clicked.connect(self.leave)
        self.use.clicked.connect(self.use_it)
        for name, button in self.tools.items():
            button.clicked.connect(partial(self.commands.run, name))
        self.grid.asked.connect(self.commands.run)
        self.grid.typed.connect(self._typed)
        self.grid.dragged.connect(self._dragged)
        self.grid.moved.connect(self._row)
        self.grid.refused.connect(partial(self.say, wrong=True))
        self.preview.picked.connect(self.grid.go)
        self.page.taken.connect(self.read)
        self.page.left.connect(partial(self.show_page, False))

    # ---------------------------------------------------------------- open and leave

    @property
    def state(self) -> State:
        """What is now."""
        return self._store.state

    @property
    def draft(self) -> Draft:
        """What is in the table."""
        assert self.work is not None
        return self.work.draft

    def open(self, path: str = "") -> None:
        """Cover the window; what was changed before in this study is there again, or a file is."""
        self._store.dispatch(Pause())
        state = self._store.state
        self.remember_focus()
        kept = self.work is not None and self.work.changed and self._of is state.document.sequence
        if not kept:
            self.work, self._of, self.making.source = Work.begun(draft_of(state.document.sequence)), None, STUDY
        self._of = state.document.sequence
        body = self._window.centralWidget()
        if body is not None:
            body.setEnabled(False)  # the keyboard stays on this surface
        self.show_page(False)
        self.set_form(self.theme)
        self.show()
        self.raise_()
        self.show_work(max(state.session.playhead.t, 1) - 1)
        if kept:
            self.say("What you changed before is here again.")
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if path:
            self.open_file(path)

    def leave(self, *_: bool) -> None:
        """Uncover the window; nothing is asked, and the study is as it was."""
        body = self._window.centralWidget()
        if body is not None:
            body.setEnabled(True)
        self.uncover()

    def use_it(self, *_: bool) -> None:
        """The study has this sequence from now on; where it cannot, the sentence says why and all stays open."""
        work = self.work
        if work is None or not work.changed or not self.use.isEnabled():
            return
        before = self._store.state.document
        self._store.dispatch(UseSequence(work.draft, work.name))
        if self._store.state.document is before:
            self.say(self._store.state.session.message, wrong=True)
            return
        self.work = None
        self.leave()

    # ---------------------------------------------------------------- changes

    def do(self, change: RowChange, row: int | None = None) -> None:
        """Make a change of the rows, and take a row to hand."""
        try:
            self.changed(change.words, change.apply(self.draft), row)
        except InputError as error:
            self.say(told(error), wrong=True)

    def changed(self, name: str, draft: Draft, row: int | None = None) -> None:
        """Another draft is in the table; the change before it is one to take back."""
        assert self.work is not None
        if self.page.isVisible():
            self.show_page(False)
        if draft is not self.draft:
            self.work = self.work.with_change(name, draft)
        self.show_work(self.grid.currentIndex().row() if row is None else row)

    def show_work(self, row: int) -> None:
        """Show the draft at hand."""
        state, draft = self._store.state, self.draft
        count = len(draft.rows)
        row = min(max(row, 0), max(count - 1, 0))
        self.grid.show_draft(draft, state.session.decimals, row)
        self.preview.show_draft(draft, row)
        self.sources.show_panel(self.making.panel(draft))
        self.title = described(draft)
        self._row(row)
        work, able = self.work, True
        assert work is not None
        try:
            words = what_changes(state.document, draft)
            self.say(f"{draft.sequence.note} {words}".strip())
        except InputError as error:
            able = False
            self.say(told(error), wrong=True)
        self.use.setEnabled(work.changed and able)
        self.arrange()

    def _row(self, row: int) -> None:
        """Another row is at hand."""
        if self.work is not None and row >= 0:
            self.preview.show_draft(self.draft, row)
            self.place = sentence("row {row:,} of {count:,}", row=row + 1, count=len(self.draft.rows))
            self.update()

    def _typed(self, row: int, column: Column, text: str) -> None:
        self.do(SetCell(row, column, text), row)

    def _dragged(self, row: int, before: int) -> None:
        to = before - 1 if before > row else before
        self.do(Move(row, row, to), to)

    # ---------------------------------------------------------------- files

    def open_file(self, path: str) -> None:
        """A table comes on a page of its own first; arrays and texts come into the table at once."""
        text = Path(path).suffix.lower() == TEXT
        try:
            found = read_file(path)
            if isinstance(found, str) and not text:
                self.page.show_text(found, path)
        except (InputError, OSError) as error:
            self.say(told(error), wrong=True)
            return
        if isinstance(found, str) and text:
            self.making.take_text(found)
            self.choices.source(WORDS if prose(found) else LETTERS)
        elif isinstance(found, str):
            self.show_page(True)
        else:
            self.read(sentence("Read {name}", name=Path(path).name), draft_of(found))

    def read(self, name: str, draft: Draft) -> None:
        """What a file held comes into the table."""
        self.making.source = STUDY
        self.show_page(False)
        self.changed(name, draft, 0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------- Qt

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves (a file's page first), Ctrl+Enter uses, F6 goes to the next part."""
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape:
            if self.page.isVisible():
                self.show_page(False)
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.leave()
        elif key in _ENTER and held & Qt.KeyboardModifier.ControlModifier:
            if self.page.isVisible():
                self.page.take()
            else:
                self.use_it()
        elif key == Qt.Key.Key_F6:
            if self.sources.has_focus():
                self.tools["insert"].setFocus(Qt.FocusReason.TabFocusReason)
            elif self.grid.hasFocus():
                self.sources.focus_rows()
            else:
                self.grid.setFocus(Qt.FocusReason.TabFocusReason)


def described(draft: Draft) -> str:
    """What the table holds, in a line."""
    sequence = draft.sequence
    steps, count = sequence.steps, sequence.inputs
    what = "1 step" if steps == 1 else sentence("{steps:,} steps", steps=steps)
    if sequence.batch is not None:
        what = sentence("{count} sequences, this one of {steps}", count=sequence.sequences, steps=what)
    if sequence.tokens is not None:
        return sentence("{steps}, each one of {count:,} tokens.  Every one here is given and can be changed.",
                        steps=what, count=count)  # fmt: skip
    numbers = "1 number each" if count == 1 else sentence("{count:,} numbers each", count=count)
    return sentence("{steps}, {numbers}.  Every value here is given and can be changed.", steps=what, numbers=numbers)
