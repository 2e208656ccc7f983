"""Edits of one given value where it stands; all nudges of an open edit are one entry of the history."""

from dataclasses import dataclass, replace

from rnnstudio.engine.limits import InputError
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import HISTORY
from rnnstudio.state.model import Change, Document, Edit, State
from rnnstudio.state.place_values import value_at, with_value
from rnnstudio.state.place_words import words
from rnnstudio.state.places import Place


@dataclass(frozen=True)
class BeginEdit:
    """A given value is edited from now on; what follows from it is shown beside what it was."""

    place: Place

    def apply(self, state: State) -> State:
        """See the class."""
        state = EndEdit().apply(state)
        value_at(state.document, self.place)
        return state.see(edit=Edit(self.place, state.document, state.redo), playing=False, progress=1.0, came_from=None)


@dataclass(frozen=True)
class SetValue:
    """Another number (of a word or class its index) at a place; in an open edit of it, a part of that.

    Raises
    ------
    InputError
        The value is not finite, or no word or class of the study.
    """

    place: Place
    value: float

    def apply(self, state: State) -> State:
        """See the class."""
        if value_at(state.document, self.place) == self.value:
            return state
        edit = state.session.edit
        if edit is not None and edit.place != self.place:
            edit = None
        before = state.document if edit is None else edit.document
        if edit is not None and value_at(before, self.place) == self.value:
            return _back(state, edit)
        changed = with_value(state.document, self.place, self.value)
        entries = state.undo[:-1] if edit is not None and _is_of(state, before) else state.undo
        undo = (*entries, Change(sentence("Set {words}", words=words(before, self.place)), before))[-HISTORY:]
        after = replace(state, document=changed, undo=undo, redo=())
        return after.see(turn=None) if state.session.turn is not None and edit is None else after


def _is_of(state: State, before: Document) -> bool:
    """Whether the last entry of the history is that of the open edit."""
    return bool(state.undo) and state.undo[-1].document is before


def _back(state: State, edit: Edit) -> State:
    """As it was before the edit: the same document, and no entry for it."""
    if state.document is edit.document:
        return state
    undo = state.undo[:-1] if _is_of(state, edit.document) else state.undo
    return replace(state, document=edit.document, undo=undo, redo=edit.redo)


@dataclass(frozen=True)
class Nudge:
    """The value that is edited, more or less by so much; a word or class by whole numbers."""

    by: float

    def apply(self, state: State) -> State:
        """See the class."""
        edit = state.session.edit
        if edit is None:
            return state
        # decimal steps stay decimal: 0.1 + 0.2 is 0.3 for the one who nudges
        value = round(value_at(state.document, edit.place) + self.by, 10)
        try:
            return SetValue(edit.place, value + 0.0).apply(state)
        except InputError:
            return state  # past the first or last word there is nothing


@dataclass(frozen=True)
class EndEdit:
    """The edit is over: what was set stays, or (``keep`` False) everything is as it was before it."""

    keep: bool = True

    def apply(self, state: State) -> State:
        """See the class."""
        edit = state.session.edit
        if edit is None:
            return state
        return (state if self.keep else _back(state, edit)).see(edit=None)
