"""What the choices in the left column of the sequence do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnnstudio.engine.limits import InputError
from rnnstudio.state.sequence_changes import SetInputs, Show
from rnnstudio.state.sequence_targets import SetTargets
from rnnstudio.ui.sequence_commands import told
from rnnstudio.ui.sequence_sources import STUDY

if TYPE_CHECKING:
    from rnnstudio.ui.sequence_editor import SequenceEditor


class SequenceChoices:
    """Makes sequences of sources, and changes inputs, targets and the one that is shown."""

    def __init__(self, editor: SequenceEditor) -> None:
        self._e = editor
        sources = editor.sources
        sources.picked.connect(self.source)
        sources.numbered.connect(self._number)
        sources.written.connect(self._text)
        sources.told.connect(self._choice)
        sources.again.connect(self._again)

    def source(self, key: str) -> None:
        """Take another source; but for the table's own rows it makes a sequence."""
        self._e.making.source = key
        if key == STUDY:
            self._e.show_work(self._e.grid.currentIndex().row())
        else:
            self._make()

    def _make(self) -> None:
        try:
            self._e.changed(self._e.making.name(), self._e.making.made(), 0)
            self._e.grid.go(0, self._e.grid.table.first_value())
        except InputError as error:
            self._e.sources.show_panel(self._e.making.panel(self._e.draft))
            self._e.say(told(error), wrong=True)

    def _again(self) -> None:
        self._e.making.next_seed()
        self._make()

    def _text(self) -> None:
        self._e.making.set_text(self._e.sources.text.toPlainText())
        self._make()

    def _choice(self, what: str, which: str) -> None:
        if self._e.making.source == STUDY:
            self._e.do(SetTargets(which, self._e.state.document.network.outputs))
            return
        self._e.making.set_choice(what, which)
        self._make()

    def _number(self, key: str, value: float) -> None:
        if key == "inputs":
            self._e.do(SetInputs(int(value)))
        elif key == "shown":
            self._e.do(Show(int(value) - 1), 0)
        else:
            self._e.making.set_number(key, value)
            self._make()
