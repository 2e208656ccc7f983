"""What the Training panel shows: curves, their axes, the words beside them. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.training import BOTH, shown_run, updates_made
from rnnstudio.state.model import State
from rnnstudio.state.picture import history, pages, still
from rnnstudio.state.training_data import loss_now, run_through
from rnnstudio.state.training_run import Curve, Floats, Run, loss_text, norm_text

#: An axis of updates has room for at least so many.
LEAST_ROOM = 10
#: Norms under this are at the lower end of their axis.
SMALLEST_NORM = 1e-8


@dataclass(frozen=True, eq=False)
class Learning:
    """The curves of a run, as far as it has come.

    Attributes
    ----------
    at, loss, norm : array
        Updates made, and what was found before the next one.
    rival_at, rival : array
        The losses of the traditional layer; ``rival`` is None where only one of them is trained.
    room : int
        Updates that the axis has room for.
    """

    at: Floats
    loss: Floats
    norm: Floats
    rival_at: Floats
    rival: Floats | None
    room: int

    @property
    def largest_loss(self) -> float:
        """The largest loss of all curves."""
        both = self.loss if self.rival is None else np.concatenate([self.loss, self.rival])
        return float(np.max(both, initial=0.0))


def learning(state: State) -> Learning:
    """The curves that belong to the present weights."""
    run, made = shown_run(state), updates_made(state)
    curve = Curve() if run is None else run.curve if run.live else run.curve.until(made)
    if (run is None or not run.live) and state.document.settings.update_every == "sequence":
        # of parts of a sequence each has its own loss, and none of them is that of the whole
        curve = _with_now(curve, made, loss_now(state.document))
    rival = None if run is None or run.rival is None else run.rival
    wanted = (run.before if run is not None and run.live else made) + state.document.settings.updates
    room = wanted if run is None or run.live else max(made, LEAST_ROOM)
    return Learning(
        curve.at, curve.loss, curve.norm, np.empty(0) if rival is None else rival.at,
        None if rival is None else rival.loss, room,
    )  # fmt: skip


def _with_now(curve: Curve, made: int, loss: float) -> Curve:
    """The curve, ending with the loss of the weights as they are; its norm is known only with the next update."""
    if not math.isfinite(loss):
        return curve
    return replace(
        curve, at=np.append(curve.at, made), loss=np.append(curve.loss, loss), norm=np.append(curve.norm, np.nan)
    )


def loss_words(state: State) -> str:
    """``before update 38 · 0.0665``: the last loss that was found."""
    found = learning(state)
    if not len(found.loss):
        return ""
    return sentence(
        "before update {at:,}  \N{MIDDLE DOT}  {loss_text}",
        at=int(found.at[-1]) + 1,
        loss_text=loss_text(float(found.loss[-1])),
    )


def norm_words(state: State) -> str:
    """The last norm, and how it is drawn."""
    norms = learning(state).norm
    norms = norms[np.isfinite(norms)]
    return (
        sentence("log scale  \N{MIDDLE DOT}  {norm_text}", norm_text=norm_text(float(norms[-1])))
        if len(norms)
        else "log scale"
    )


def duel_words(state: State) -> tuple[str, str] | None:
    """What both layers have come to, in words; None where only one is trained."""
    run = shown_run(state)
    if run is None or run.kind != BOTH or run.rival is None:
        return None
    right = run.right or (None, None)
    return _come_to("with state", run.curve, right[0]), _come_to("without state", run.rival, right[1])


def _come_to(name: str, curve: Curve, right: float | None) -> str:
    loss = f"  {loss_text(float(curve.loss[-1]))}" if len(curve.loss) else ""
    return f"{name}{loss}" + ("" if right is None else f"  \N{MIDDLE DOT}  {100 * right:.0f} %")


def stage_words(run: Run | None) -> str:
    """What is going on, in a line; empty while nothing is."""
    if run is None or not run.live:
        return ""
    if run.stage == "stopping":
        return "Stopping after the update that is under way."
    return "The picture keeps its numbers until training stops."


def same_but_updates(old: State, new: State) -> bool:
    """Whether two states differ only in how far a run has come."""
    if new.session.run is old.session.run or old.document is not new.document or old.undo is not new.undo:
        return False
    return replace(new.session, run=old.session.run).__dict__ == old.session.__dict__


def foresee(state: State) -> None:
    """Compute what is kept of a state's picture before the state is there, so that it is shown at once."""
    run_through(state.document)
    still(state)
    pages(state)
    history(state)


# -------------------------------------------------------------------- axes


def nice_top(largest: float) -> float:
    """The upper end of an axis from 0: 1, 2 or 5 times a power of ten, not under the largest value."""
    if not math.isfinite(largest) or largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return float(next(digit * power for digit in (1, 1.5, 2, 3, 5, 7, 10) if digit * power >= largest * (1 - 1e-12)))


def whole_ticks(last: int) -> list[int]:
    """A few whole numbers from 0 to the end of an axis."""
    step = next(d * 10**p for p in range(12) for d in (1, 2, 5) if d * 10**p * 5 >= last)
    return list(range(0, last + 1, step))


def count_text(n: int) -> str:
    """A number of updates on an axis: ``500``, ``20k``."""
    return f"{n // 1000}k" if n >= 1000 and n % 1000 == 0 else str(n)


def decades(norms: Floats) -> tuple[float, float]:
    """The powers of ten between which the norms lie; 0.01 to 1 where there are none."""
    positive = norms[(norms > 0) & np.isfinite(norms)]
    if not positive.size:
        return -2.0, 0.0
    low = math.floor(math.log10(max(float(positive.min()), SMALLEST_NORM)))
    high = math.ceil(math.log10(max(float(positive.max()), SMALLEST_NORM)))
    return float(min(low, high - 2)), float(high)


def spread(low: float, high: float) -> list[int]:
    """At most four whole powers between two."""
    step = max(1, math.ceil((high - low) / 3))
    return list(range(int(high), int(low) - 1, -step))[::-1]


def power_text(power: int) -> str:
    """A power of ten on an axis: ``0.01``, ``1``, ``1e−5``."""
    return (f"{10.0**power:g}" if -4 < power < 5 else f"1e{power}").replace("-", MINUS)
