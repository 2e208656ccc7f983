"""In front of a room: the picture alone, on all of the screen; and the screen without any picture."""

from dataclasses import dataclass

from rnnstudio.state.model import State

BLACK, WHITE = "black", "white"


@dataclass(frozen=True)
class Present:
    """Picture, formula and one line of words, in the wide geometry; nothing where it is presented already."""

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        if session.presenting:
            return state
        return state.see(
            presenting=True, panel_before=session.inspector, inspector=False, over=False, turn=None, zoom=1.0,
            pan=(0.0, 0.0), training=False if session.run is None else session.training, blank="",
        )  # fmt: skip


@dataclass(frozen=True)
class StopPresenting:
    """The window with its panels again; the place in the sequence and in a lesson stays."""

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        if not session.presenting:
            return state
        return state.see(
            presenting=False, inspector=session.panel_before, turn=None, zoom=1.0, pan=(0.0, 0.0), blank=""
        )


@dataclass(frozen=True)
class Blank:
    """The screen all black or all white; the same key again brings the picture back."""

    colour: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(blank="" if state.session.blank == self.colour else self.colour, playing=False)


@dataclass(frozen=True)
class Unblank:
    """The picture again, as it was."""

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(blank="") if state.session.blank else state
