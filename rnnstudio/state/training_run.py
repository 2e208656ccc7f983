"""What the window knows of the updates it makes: curves, the run, what a worker tells of it. Pure data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.numbers import MINUS, fmt
from rnnstudio.engine.network import Layer, Network
from rnnstudio.state.model import Document

Floats = NDArray[np.float64]

#: A curve keeps at most so many points; then every second one goes, evenly over the whole run.
MOST_POINTS = 4096


@dataclass(frozen=True, eq=False)
class Curve:
    """Loss and gradient norm before each update: ``at`` updates had been made.

    Of a long run only every ``every``-th update is kept, always of the computed numbers.
    """

    at: Floats = field(default_factory=lambda: np.empty(0))
    loss: Floats = field(default_factory=lambda: np.empty(0))
    norm: Floats = field(default_factory=lambda: np.empty(0))
    every: int = 1

    def extended(self, at: Floats, loss: Floats, norm: Floats) -> Curve:
        """The curve with more updates at its end."""
        kept = np.asarray(at) % self.every == 0
        joined = replace(
            self,
            at=np.concatenate([self.at, np.asarray(at, dtype=np.float64)[kept]]),
            loss=np.concatenate([self.loss, np.asarray(loss, dtype=np.float64)[kept]]),
            norm=np.concatenate([self.norm, np.asarray(norm, dtype=np.float64)[kept]]),
        )
        while len(joined.at) > MOST_POINTS:
            joined = joined._thinner()
        return joined

    def _thinner(self) -> Curve:
        every = 2 * self.every
        kept = self.at % every == 0
        return Curve(self.at[kept], self.loss[kept], self.norm[kept], every)

    def until(self, made: int) -> Curve:
        """The part before so many updates."""
        kept = self.at < made
        return self if bool(kept.all()) else Curve(self.at[kept], self.loss[kept], self.norm[kept], self.every)


@dataclass(frozen=True)
class Fault:
    """A number that is not finite: what broke, and where, in one sentence."""

    sentence: str


@dataclass(frozen=True, eq=False)
class Told:
    """What a worker tells of a run: the updates since it told last, and the network after the last of them.

    Attributes
    ----------
    losses, norms : array
        Before each of these updates.
    network : Network
        With the last finite values.
    ended : bool
        The worker has stopped; ``document`` then is the study with that network, run through already.
    fault : Fault, optional
        Why it had to stop.
    rival : array
        Of a run of both layers, the losses of the traditional one.
    right : pair, optional
        Share of right answers of the cell and of the traditional layer, where there is such a thing.
    refused : str
        Why there can be no update at all.
    """

    losses: Floats
    norms: Floats
    network: Network
    ended: bool = False
    document: Document | None = None
    fault: Fault | None = None
    rival: Floats = field(default_factory=lambda: np.empty(0))
    right: tuple[float | None, float | None] | None = None
    refused: str = ""


@dataclass(frozen=True, eq=False)
class Run:
    """Updates that are being made, or the last that were.

    Attributes
    ----------
    number : int
        Which run of this window; what is still told of an older one counts no more.
    kind : str
        ``one`` (a single update), ``train`` or ``both`` (the cell and its traditional layer).
    stage : str
        ``running``, ``stopping`` or ``done``.
    start : Document
        The study that is trained; its result replaces it when the run is done.
    network : Network
        With the last finite values that were told of.
    before, made : int
        Updates before this run, and in it.
    curve, rival : Curve
        All updates since the first weights; of a run of both, those of the traditional layer beside them.
    known : tuple of (layers, updates)
        How many updates have made which weights, so that going back in the history goes back along the curve.
    """

    number: int
    kind: str
    stage: str
    start: Document
    network: Network
    before: int = 0
    made: int = 0
    curve: Curve = field(default_factory=Curve)
    rival: Curve | None = None
    right: tuple[float | None, float | None] | None = None
    fault: Fault | None = None
    known: tuple[tuple[tuple[Layer, ...], int], ...] = ()

    @property
    def live(self) -> bool:
        """Whether a worker is at it."""
        return self.stage != "done"

    def count(self, network: Network) -> int | None:
        """How many updates have made these weights; None where they come from elsewhere."""
        return next((made for layers, made in self.known if layers is network.layers), None)


#: Targets of at most so many different values are answers that are right or wrong.
FEW_VALUES = 3


def right_answers(y: Floats, targets: Floats | NDArray[np.int64]) -> float | None:
    """Share of the steps whose answer is right; None where the targets are a continuous quantity.

    Class numbers: the largest output's. Numbers that take a few values only: the value nearest to the output,
    right where it is so in all outputs of the step.
    """
    if np.issubdtype(np.asarray(targets).dtype, np.integer):
        return float(np.mean(np.argmax(y, axis=-1) == targets))
    values = np.unique(targets)
    if not 1 < len(values) <= FEW_VALUES:
        return None
    nearest = values[np.argmin(np.abs(np.asarray(y)[..., None] - values), axis=-1)]
    return float(np.mean(np.all(nearest == targets, axis=-1)))


def loss_text(value: float) -> str:
    """A loss to three significant digits: ``0.0665``, ``1.2e5``."""
    if not math.isfinite(value):
        return fmt(value)
    return f"{value:.3g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e").replace("-", MINUS)


def norm_text(value: float) -> str:
    """A gradient's norm: two decimals, three under 0.1, ``1.2e−5`` under 0.001."""
    if not math.isfinite(value):
        return fmt(value)
    if value and abs(value) < 0.001:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
    return fmt(value, 3 if abs(value) < 0.1 else 2)
