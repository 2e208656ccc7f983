"""Two runs beside each other: the changed one and the plain one, or the one after an edit and the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.beside import EDIT, Beside, Marking
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.trace import Trace
from rnnstudio.state.model import Document, State
from rnnstudio.state.runs import directed, side
from rnnstudio.state.what_if import marking_of, what_if_of

_EDIT = Marking(EDIT, "now", "before")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two runs of the same computation; neither is known further than the playhead lets it be.

    Attributes
    ----------
    live : Trace
        The run that is shown.
    beside : Beside
        The other one, and what the picture marks of it.
    """

    live: Trace
    beside: Beside

    @property
    def kind(self) -> str:
        """``what-if`` or ``edit``."""
        return self.beside.marking.kind

    @property
    def ghost(self) -> Trace:
        """The other run."""
        return self.beside.trace

    @property
    def labels(self) -> tuple[str, str]:
        """What the two are called, the one shown first."""
        return self.beside.marking.live, self.beside.marking.ghost

    def differs(self, name: str, t: int, layer: int | None = None) -> bool:
        """Whether a value at a sample is another one in the other run, to the bit."""
        k = self.live.chosen if layer is None else layer
        one, other = self.live.layer(k).value(name, t), self.ghost.layer(k).value(name, t)
        return not np.array_equal(one, other, equal_nan=True)

    def distance(self, name: str) -> Floats:
        """‖live − ghost‖ of a vector of the chosen layer at every sample, (T,)."""
        k = self.live.chosen
        apart = self.live.layer(k).series(name) - self.ghost.layer(k).series(name)
        return np.asarray(np.linalg.norm(apart, axis=-1))


@lru_cache(maxsize=4)
def comparison(state: State) -> Comparison | None:
    """The run that the digits are of beside another one; None where there is no other, or where the two are one.

    What-if goes before an edit: while something is changed, an edit changes both runs.
    """
    from rnnstudio.state.derived import direction, shown_view, trace

    of_layer, way, what_if = shown_view(state) in LAYER_VIEWS, direction(state), what_if_of(state)
    if what_if.on:
        return _compared(trace(state), state.document, of_layer, way, marking_of(what_if, state.document))
    before = state.session.edit_from
    if before is None or before is state.document or not _alike(before, state.document):
        return None
    return _compared(trace(state), before, of_layer, way, _EDIT)


@lru_cache(maxsize=8)
def _compared(live: Trace, document: Document, of_layer: bool, way: str, marking: Marking) -> Comparison | None:
    try:
        other, _ = side(document, of_layer)
    except InputError:
        return None
    ghost = directed(other, way)
    return None if ghost is live else Comparison(live, Beside(marking, ghost))


def _alike(one: Document, other: Document) -> bool:
    """Whether two documents have the same computation of the same size, so that their values can be compared."""
    first, second = one.network, other.network
    if len(first.layers) != len(second.layers) or first.chosen != second.chosen:
        return False
    if (one.sequence.steps, one.sequence.inputs) != (other.sequence.steps, other.sequence.inputs):
        return False
    return all(
        a.program is b.program and a.sizes == b.sizes and a.direction == b.direction
        for a, b in zip(first.layers, second.layers, strict=True)
    )
