"""How the lines of the state history are told apart: dash, marker and colour, in the plot and in its legend."""

#: A plot has no more lines than this.
MOST_LINES = 6
#: Dash patterns in px at 1x; None is a solid line.
DASHES: tuple[tuple[float, float] | None, ...] = (None, (7.0, 4.0), (2.0, 4.0))
MARKERS = ("o", "s", "t1")
ROLES = ("s", "U", "text2")


def dash_of(j: int) -> tuple[float, float] | None:
    """Dashes of line j; from the fourth on they part lines of one colour."""
    return DASHES[(j + j // len(DASHES)) % len(DASHES)]


def role_of(j: int) -> str:
    """Colour of line j."""
    return ROLES[j % len(ROLES)]


def marker_of(j: int) -> str:
    """Marker of line j."""
    return MARKERS[j % len(MARKERS)]
