"""What one who presents has at hand: the pointing tools, the drawing, the frozen picture, the private window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnnstudio.state.model import Session, State

#: The tools that the pointer can be; "" is the pointer itself.
LASER, DRAW, ERASE = "laser", "draw", "erase"
TOOLS = (LASER, DRAW, ERASE)
#: A lecture may be planned for so many minutes, and is changed by so many at a time.
PLANNED_RANGE, PLANNED_BY, PLANNED = (5, 240), 5, 45
#: Strokes that a drawing has at most; the oldest go.
MOST_STROKES = 400


@dataclass(frozen=True)
class Stroke:
    """One line that was drawn.

    ``ground`` is what it was drawn on: "picture", in whose logical coordinates its points are, so that they follow zoom
    and size; or "formula", where they are parts of its width and height, from 0 to 1.
    """

    ground: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Desk:
    """Nothing of it belongs to the document.

    Attributes
    ----------
    presenter : bool
        The private window is open.
    frozen : bool
        The audience keeps the picture that it saw last.
    tool : str
        What the pointer is: one of `TOOLS`, or "".
    ring : bool
        The ring around the pointer is lit.
    strokes : tuple of Stroke
        The drawing; the next step wipes it, unless it is ``kept``.
    planned_min : int
        Minutes that the lecture is planned for.
    """

    presenter: bool = False
    frozen: bool = False
    tool: str = ""
    ring: bool = False
    strokes: tuple[Stroke, ...] = ()
    kept: bool = False
    planned_min: int = PLANNED

    @property
    def cleared(self) -> Desk:
        """Without drawing and tools."""
        return replace(self, tool="", ring=False, strokes=(), kept=False)


def moment(state: State) -> tuple[object, ...]:
    """What a drawing belongs to: view, position, stop, and the geometry that its places are those of."""
    from rnnstudio.state.derived import is_wide

    session = state.session
    stop = None if session.tour is None else session.tour.at
    return session.view, session.focus, session.playhead, stop, is_wide(session)


def wiped(old: State, new: State) -> State:
    """The new state, without a drawing that belonged to another moment."""
    desk = new.session.desk
    if not desk.strokes or desk.kept or desk.strokes is not old.session.desk.strokes or moment(old) == moment(new):
        return new
    return new.see(desk=replace(desk, strokes=()))


def private(session: Session) -> bool:
    """Whether what is said to the one who presents has a window of its own, so that the room need not read it."""
    return session.presenting and session.desk.presenter
