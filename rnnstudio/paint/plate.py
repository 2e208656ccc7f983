"""One plate of a scene, taken out of the arrays, for the functions that know its kind."""

from typing import NamedTuple

from rnnstudio.diagram.layout import Floats


class Plate(NamedTuple):
    """A plate with what it shows: geometry and roles of the layout, level, light and data of the scene.

    ``shape`` is the shape of the block it shows, (0, 0) for none, ``vmax`` the end of its value scale; ``view`` the
    view it stands in.
    """

    kind: str
    role: str
    fill: str
    rect: Floats  # centre x, centre y, width, height
    radius: float
    stroke: float
    alpha: float
    level: float
    known: bool
    lit: bool
    data: object
    shape: tuple[int, int]
    vmax: float
    view: str
