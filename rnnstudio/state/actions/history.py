"""The history as a list of versions of the study, and the jump to any of them."""

from dataclasses import dataclass, replace

from rnnstudio.state.actions.editing import seen
from rnnstudio.state.actions.training import committed
from rnnstudio.state.model import Change, Document, State


@dataclass(frozen=True, eq=False)
class Version:
    """The study after a change: the name of the change, and whether it is as it lies on disk."""

    name: str
    document: Document
    saved: bool


#: The version that comes before all changes that are kept.
FIRST = "Before these changes"


def versions(state: State) -> tuple[Version, ...]:
    """Every version of the study that undo and redo reach, the oldest first; number ``len(state.undo)`` is shown.

    The name of a version is that of the change that led to it.
    """
    names = (FIRST, *(change.name for change in state.undo), *(change.name for change in reversed(state.redo)))
    documents = (
        *(change.document for change in state.undo), state.document, *(change.document for change in state.redo[::-1])
    )  # fmt: skip
    saved = state.session.saved
    return tuple(Version(name, held, held is saved) for name, held in zip(names, documents, strict=True))


@dataclass(frozen=True)
class JumpTo:
    """Version ``number`` (from 0, the oldest): as many undos or redos as lead there, as one change of what is shown.

    While updates are made, what they have made becomes a version first, as with an undo; the one that is shown stays.
    """

    number: int

    def apply(self, state: State) -> State:
        """See the class."""
        if self.number == len(state.undo) or not 0 <= self.number <= len(state.undo) + len(state.redo):
            return state
        before = committed(state)
        after = before
        while len(after.undo) > self.number:
            last = after.undo[-1]
            there = Change(last.name, after.document, last.updates)
            after = replace(after, document=last.document, undo=after.undo[:-1], redo=(*after.redo, there))
        while len(after.undo) < self.number and after.redo:
            last = after.redo[-1]
            here = Change(last.name, after.document, last.updates)
            after = replace(after, document=last.document, redo=after.redo[:-1], undo=(*after.undo, here))
        return seen(after, before.document)
