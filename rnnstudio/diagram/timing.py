"""When each mark of a turn moves and fades: spans of a turn's duration, with an easing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats

#: The easings that may be used (LECTURE A6): no bounce, no overshoot, linear for fades only.
EASINGS: dict[str, Callable[[Floats], Floats]] = {
    "in-out-cubic": lambda u: np.where(u < 0.5, 4 * u**3, 1 - (2 - 2 * u) ** 3 / 2),
    "out-quart": lambda u: 1 - (1 - u) ** 4,
    "out-cubic": lambda u: 1 - (1 - u) ** 3,
    "linear": lambda u: u,
}

#: How far behind its element a copy is drawn while it parts from it.
BEHIND = 10


@dataclass(frozen=True)
class Span:
    """From ``start`` to ``end``, in fractions of the turn."""

    start: float = 0.0
    end: float = 1.0
    ease: str = "in-out-cubic"


@dataclass(frozen=True)
class Timing:
    """How one mark takes part: when it moves, when its opacity changes, when its digits appear or go.

    ``move_x`` is for a mark that moves sideways at another time than up and down (default: the same). ``gone``: it
    fades out until the first fraction and in again from the second (what would be in the way meanwhile). ``apart`` is
    when a copy leaves the element it stands for (None: it does not wait); ``grow`` draws a wire from its start to its
    tip instead of fading it in; ``arc`` lets the mark travel on a quarter circle; ``under`` draws it behind everything else.
    """

    move: Span = Span()
    fade: Span = Span(ease="linear")
    ink: Span = Span(ease="linear")
    move_x: Span | None = None
    apart: Span | None = None
    gone: tuple[float, float] | None = None
    grow: Span | None = None
    arc: bool = False
    under: bool = False


@dataclass(frozen=True)
class Script:
    """The plan of a turn, as data: duration, the timing of each mark, the stage in which digits change.

    ``timing(group, key, status)``: group is plates, tiles, edges, wires or labels; status is "stay" (in both
    layouts), "leave", "arrive", or "copy" (arrives out of the element that it is a copy of).
    """

    duration_s: float
    timing: Callable[[str, Key, str], Timing]
    swap: float | None = None  # from here on the other computation's digits are shown
    orphans: str = "stay"  # what a mark without ancestor does: "stay" in place, "zoom" with the others, "shift"
    stages: int = 1


def eased(u: float, start: Floats, end: Floats, ease: list[str]) -> Floats:
    """Progress of many spans at once, each with its own easing."""
    raw = np.clip((u - start) / np.maximum(end - start, 1e-9), 0.0, 1.0)
    out = np.empty_like(raw)
    names = np.asarray(ease)
    for name in set(ease):
        mask = names == name
        out[mask] = EASINGS[name](raw[mask])
    return out
