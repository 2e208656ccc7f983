"""The picture in words, for those who hear it."""

from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.state.picture import inspection


def spoken_of(state: State) -> tuple[object, ...]:
    """What the words of the picture hang on, whatever else moves."""
    session = state.session
    return session.selection, session.playhead, session.view, session.notation, session.lesson_notation


def picture_in_words(state: State) -> str:
    """The picture in words: what it is, where in the sequence, what is selected."""
    session, steps = state.session, state.document.sequence.steps
    return f"{target_layout(state).title}, sample {session.playhead.t} of {steps}; {inspection(state).accessible}"
