"""In front of a room: the picture alone, on all of the screen; and the screen without any picture."""

from dataclasses import dataclass, replace

from rnnstudio.state.desk import MOST_STROKES, PLANNED_RANGE, Stroke
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
            desk=session.desk.cleared,
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
            presenting=False, inspector=session.panel_before, turn=None, zoom=1.0, pan=(0.0, 0.0), blank="",
            desk=replace(session.desk.cleared, frozen=False),
        )  # fmt: skip


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


@dataclass(frozen=True)
class ShowPresenter:
    """The private window, or without it."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return _with_desk(state, presenter=self.on)


@dataclass(frozen=True)
class Freeze:
    """The audience keeps the picture that it sees, while another is prepared; the same again shows that one."""

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        return _with_desk(state, frozen=not session.desk.frozen) if session.presenting else state


@dataclass(frozen=True)
class SetTool:
    """Another tool for the pointer; the same again puts it away."""

    tool: str

    def apply(self, state: State) -> State:
        """See the class."""
        return _with_desk(state, tool="" if state.session.desk.tool == self.tool else self.tool)


@dataclass(frozen=True)
class Light:
    """The ring around the pointer, or none."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return _with_desk(state, ring=self.on)


@dataclass(frozen=True)
class AddStroke:
    """One more line of the drawing; one without a length is none."""

    stroke: Stroke

    def apply(self, state: State) -> State:
        """See the class."""
        if not self.stroke.points:
            return state
        return _with_desk(state, strokes=(*state.session.desk.strokes, self.stroke)[-MOST_STROKES:])


@dataclass(frozen=True)
class EraseStrokes:
    """Take lines out of the drawing by their places in it."""

    places: frozenset[int]

    def apply(self, state: State) -> State:
        """See the class."""
        strokes = state.session.desk.strokes
        left = tuple(stroke for k, stroke in enumerate(strokes) if k not in self.places)
        return state if len(left) == len(strokes) else _with_desk(state, strokes=left)


@dataclass(frozen=True)
class KeepDrawing:
    """The drawing stays when a step is made, or goes with it again."""

    def apply(self, state: State) -> State:
        """See the class."""
        return _with_desk(state, kept=not state.session.desk.kept)


@dataclass(frozen=True)
class ClearDesk:
    """The tool is put away, and the drawing wiped."""

    def apply(self, state: State) -> State:
        """See the class."""
        cleared = state.session.desk.cleared
        return state if cleared == state.session.desk else state.see(desk=cleared)


@dataclass(frozen=True)
class PlanMinutes:
    """The lecture is planned to take longer by so many minutes, or shorter."""

    by: int

    def apply(self, state: State) -> State:
        """See the class."""
        wanted = state.session.desk.planned_min + self.by
        return _with_desk(state, planned_min=min(max(wanted, PLANNED_RANGE[0]), PLANNED_RANGE[1]))


def _with_desk(state: State, **changes: object) -> State:
    desk = replace(state.session.desk, **changes)  # type: ignore[arg-type]
    return state if desk == state.session.desk else state.see(desk=desk)
