"""In whose letters a state is written."""

from rnnstudio.diagram.notation import Notation
from rnnstudio.state.model import State


def notation(state: State) -> Notation:
    """Whose letters are written: those of the stop of a lesson, where it shows another book's."""
    return state.session.lesson_notation or state.session.notation


def cell_notation(state: State) -> Notation:
    """That notation, with its symbols of the chosen layer's cell."""
    document = state.document
    return notation(state).of(document.network.layers[document.network.chosen].cell.name)


def written(state: State, text: str) -> str:
    """Mathematics, or a sentence with mathematics in it, in these letters."""
    return cell_notation(state).write(text)


def said(state: State, text: str) -> str:
    """A sentence with letters among its words, in these letters, as it is read out."""
    return cell_notation(state).aloud(text)
