"""Values under way: dots on wires with their numbers parked beside them."""

from typing import TYPE_CHECKING

import numpy as np

from rnnstudio.diagram.layout import Floats, Layout
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.scene import Token

if TYPE_CHECKING:
    from rnnstudio.diagram.moment import Moment

#: A pill shows up to this many numbers; longer vectors travel as a dot alone.
PILL_VALUES = 4


def tokens(layout: Layout, moment: "Moment", numbers: list[Floats | None]) -> tuple[Token, ...]:
    """The tokens of the sub-step at hand: on their way while it runs, parked where the wire parks them at rest."""
    wires = layout.wires
    now, phase = moment.target.t, moment.phase(moment.target)
    out = []
    for k in np.flatnonzero(wires.phase == phase) if phase else ():
        key = wires.keys[k]
        if not wires.token[k] or wires.alpha[k] <= 0:
            continue
        # A state wire belongs to the sample that the state was left by, and runs while the next one is computed.
        delay = moment.subject.way if key.what in ("wire:s", "wire:c") and key.part != "out" else 0
        if key.t is not None and key.t + delay != now:
            continue
        rests = wires.park[k, 0] < 1
        values = numbers[wires.block[k]] if wires.block[k] >= 0 else None
        if values is None or (moment.travel >= 1 and not rests) or (moment.reduced and not rests):
            continue
        moving = moment.travel < 1
        done = wires.park[k, 0] * _in_out_sine(moment.travel)
        at, direction = _along(wires.points[k], done, wires.head[k])
        few = len(values) <= PILL_VALUES and wires.token[k] == "pill"
        out.append(
            Token(
                key,
                wires.role[k],
                at,
                direction,
                (float(wires.park[k, 1]), float(wires.park[k, 2])) if few else None,
                tuple(float(v) for v in values) if few else (),
                tuple(fmt(float(v), moment.subject.decimals) for v in values) if few else (),
                moving,
            )
        )
    return tuple(out)


def _in_out_sine(u: float) -> float:
    return float((1 - np.cos(np.pi * min(max(u, 0.0), 1.0))) / 2)


def _along(path: Floats, part: float, head: float) -> tuple[tuple[float, float], tuple[float, float]]:
    steps = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = part * (along[-1] - (head if part >= 1 else 0.0))
    x, y = np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])
    k = int(np.clip(np.searchsorted(along, at) - 1, 0, len(steps) - 1))
    way = (path[k + 1] - path[k]) / max(float(steps[k]), 1e-9)
    return (float(x), float(y)), (float(way[0]), float(way[1]))
