"""Which part of the window the picture keeps while the class is asked."""

from rnnstudio.state.model import Session

#: Views that are drawn about one sample: for a room they may be narrower than the whole screen (DESIGN §16).
NARROWED = frozenset({"condensed", "samples", "unrolled", "compact"})
#: Logical width that they get then.
NARROW_WIDTH = 1186.0


def narrowed(session: Session) -> bool:
    """Whether the picture is drawn narrower, for the options to stand beside it."""
    return session.question is not None and session.view in NARROWED


def beside_picture(session: Session, wide: bool) -> bool:
    """Whether the options stand beside the picture; else below it. ``wide``: in the geometry of a room."""
    return session.view in NARROWED or not wide
