"""What is to be drawn: the network, where in the sequence, and in which frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnnstudio.diagram.layout import Floats, Frame, Ints
from rnnstudio.diagram.notation import TUTORIAL, Notation
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program

if TYPE_CHECKING:
    from rnnstudio.diagram.beside import Marking

#: The views in the order of their keys 1 to 7.
VIEWS = ("network", "layer", "condensed", "samples", "unrolled", "compact", "cell")
VIEW_NAMES = {
    "network": "Network",
    "layer": "Layer",
    "condensed": "Condensed",
    "samples": "Samples",
    "unrolled": "Unrolled",
    "compact": "Compact",
    "cell": "Cell",
}
#: Views 1 to 4 show the traditional layer, 5 to 7 the cell (MODEL §1, 3).
LAYER_VIEWS = frozenset(VIEWS[:4])


@dataclass(frozen=True, eq=False)
class Subject:
    """Everything a layout depends on, and nothing else.

    ``t`` is the sample of the playhead (0: before the first), ``steps`` the length T of the sequence, ``active`` the
    unit that the Layer view looks into (from 0; −1 none), ``vocabulary`` and ``tokens`` the words of a text
    (``tokens[t−1]`` indexes the vocabulary), ``targets`` whether the study has them, ``focus`` one copy alone,
    ``target_values`` the targets themselves: (T, O), or class numbers (T,). ``changed`` says of each sample whether
    it changed the weights of the computation shown (empty: none did), ``vmax`` and ``change_range`` are the ranges of
    the colours of weights and of their changes, ``direction`` in which order the chosen layer
    goes through the samples: "forward", or "reverse" from T down to 1. ``written`` is the notation of the book that is
    followed.
    """

    network: Network
    steps: int
    t: int
    frame: Frame
    active: int = -1
    focus: bool = False
    vocabulary: tuple[str, ...] = ()
    tokens: tuple[int, ...] = ()
    targets: bool = False
    target_values: Floats | Ints | None = None
    vmax: float = 1.0
    decimals: int = 2
    changed: tuple[bool, ...] = ()
    change_range: float = 1.0
    direction: str = "forward"
    beside: Marking | None = None  # what is marked of a second run
    written: Notation = TUTORIAL

    @property
    def layer(self) -> Layer:
        """The chosen layer."""
        return self.network.layers[self.network.chosen]

    @property
    def notation(self) -> Notation:
        """How the symbols of the chosen cell are written."""
        return self.written.of(self.layer.cell.name)

    @property
    def program(self) -> Program:
        """The op table of the chosen layer's cell."""
        return self.layer.program

    def token(self, t: int) -> str | None:
        """The word at sample ``t`` (from 1), None where the sequence is not a text."""
        return self.vocabulary[self.tokens[t - 1]] if self.tokens and 1 <= t <= len(self.tokens) else None

    @property
    def learns(self) -> bool:
        """Whether W_t is not the same at every sample."""
        return any(self.changed)

    @property
    def reverse(self) -> bool:
        """Whether the state comes from the sample after."""
        return self.direction == "reverse"

    @property
    def start(self) -> int:
        """The sample of the first state: 0, or T + 1."""
        return self.steps + 1 if self.reverse else 0

    @property
    def end(self) -> int:
        """The sample that is computed last."""
        return 1 if self.reverse else self.steps

    @property
    def way(self) -> int:
        """From a sample to the one that is computed next: 1, or −1."""
        return -1 if self.reverse else 1

    @property
    def now(self) -> int:
        """The sample that pictures have in their middle: the playhead's, or the first that is computed."""
        return min(max(self.t, 1), max(self.steps, 1))

    @property
    def started(self) -> bool:
        """Whether the playhead is at a sample, and not at the first state."""
        return 1 <= self.t <= self.steps
