"""In whose letters everything is written, and which drawings of other books are followed. Never undone."""

from dataclasses import dataclass

from rnnstudio.diagram.notation import Notation
from rnnstudio.state.derived import turned
from rnnstudio.state.model import State
from rnnstudio.state.notation import notation


@dataclass(frozen=True)
class SetNotation:
    """Every label, formula, sentence and export in the letters of a book, and with its drawings."""

    notation: Notation

    def apply(self, state: State) -> State:
        """See the class."""
        if notation(state) is self.notation:
            return state
        return _redrawn(state, self.notation)


@dataclass(frozen=True)
class ToggleDialect:
    """One of the drawings of other books, or the tutorial's again; the letters stay."""

    dialect: str

    def apply(self, state: State) -> State:
        """See the class."""
        now = notation(state)
        return _redrawn(state, now.drawn(now.dialects ^ {self.dialect}))


def _redrawn(state: State, new: Notation) -> State:
    """The same picture in another notation; where things stand otherwise they move."""
    after = state.see(notation=new, lesson_notation=None, page=0)
    same = new.dialects == notation(state).dialects or state.session.turn is not None
    return after if same else turned(state, after, "interrupted")
