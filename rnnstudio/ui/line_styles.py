"""How the lines of the state history are told apart: dash, marker and colour, in the plot and in its legend."""

#: A plot has no more lines than this.
MOST_LINES = 6
#: Dash patterns in px at 1x; None is a solid line.
DASHES: tuple[tuple[float, float] | None, ...] = (None, (7.0, 4.0), (2.0, 4.0))
MARKERS = ("o", "s", "t1")
#: Of the lines of a state, and of an output: its own, its weights', and a quiet one.
ROLES = {"s": ("s", "U", "text2"), "y": ("y", "V", "text2")}


def dash_of(j: int) -> tuple[float, float] | None:
    """Dashes of line j; from the fourth on they part lines of one colour."""
    return DASHES[(j + j // len(DASHES)) % len(DASHES)]


def role_of(j: int, vector: str = "s") -> str:
    """Colour of line j of a vector with this role."""
    roles = ROLES.get(vector, ROLES["s"])
    return roles[j % len(roles)]


def marker_of(j: int) -> str:
    """Marker of line j."""
    return MARKERS[j % len(MARKERS)]
