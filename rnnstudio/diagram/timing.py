"""When each mark of a turn moves and fades: spans of a turn's duration, with an easing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats, Ints

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
    tip instead of fading it in; ``arc`` lets the mark travel on a quarter circle; ``under`` draws it behind all others.
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
    digits: float = 0.0  # until then marks that are in both layouts show the numbers of the first


@dataclass(frozen=True, eq=False)
class Spans:
    """One kind of span of many marks, as arrays; ``easings`` names who follows which easing (None: all do)."""

    start: Floats
    length: Floats
    easings: tuple[tuple[str, Ints | None], ...]

    def at(self, u: float) -> Floats:
        """Progress of each mark."""
        raw = np.minimum(np.maximum((u - self.start) / self.length, 0.0), 1.0)
        if len(self.easings) == 1:
            return EASINGS[self.easings[0][0]](raw)
        for name, who in self.easings:
            raw[who] = EASINGS[name](raw[who])
        return raw


def spans(timings: Sequence[Timing], which: Ints, pick: Callable[[Timing], Span | None]) -> Spans:
    """One kind of span of each mark; a mark without one is there from the start.

    ``timings`` are the different ones, ``which[k]`` the one that mark k follows.
    """
    found = [pick(t) or Span(0.0, 0.0, "linear") for t in timings]
    start = np.asarray([s.start for s in found], dtype=np.float64)[which]
    end = np.asarray([s.end for s in found], dtype=np.float64)[which]
    names = sorted({s.ease for s in found}) or ["linear"]
    if len(names) == 1:
        return Spans(start, np.maximum(end - start, 1e-9), ((names[0], None),))
    ease = np.asarray([names.index(s.ease) for s in found])[which]
    easings = tuple((name, np.flatnonzero(ease == k)) for k, name in enumerate(names))
    return Spans(start, np.maximum(end - start, 1e-9), easings)


def timings_of(
    script: Script, group: str, keys: Sequence[Key], status: Sequence[str]
) -> tuple[list[Timing], Ints]:
    """The different timings of a group's marks, and which of them each mark follows.

    The values of one thing take part alike, so a script is asked once for each thing.
    """
    numbers: dict[tuple[object, ...], int] = {}
    timings: list[Timing] = []
    which = np.empty(len(keys), dtype=np.int64)
    for k, (key, what_happens) in enumerate(zip(keys, status, strict=True)):
        what, t, _, _, part, layer = key
        thing = (what, t, part, layer, what_happens)
        number = numbers.get(thing)
        if number is None:
            number = numbers[thing] = len(timings)
            timings.append(script.timing(group, key, what_happens))
        which[k] = number
    return timings, which
