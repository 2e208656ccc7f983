"""What is to be drawn: the network, where in the sequence, and in which frame."""

from dataclasses import dataclass

from rnnstudio.diagram.layout import Floats, Frame, Ints
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program

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
    ``target_values`` the targets themselves: (T, O), or class numbers (T,).
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

    @property
    def layer(self) -> Layer:
        """The chosen layer."""
        return self.network.layers[self.network.chosen]

    @property
    def program(self) -> Program:
        """The op table of the chosen layer's cell."""
        return self.layer.program

    def token(self, t: int) -> str | None:
        """The word at sample ``t`` (from 1), None where the sequence is not a text."""
        return self.vocabulary[self.tokens[t - 1]] if self.tokens and 1 <= t <= len(self.tokens) else None
