"""The traditional layer that views 1 to 4 draw: the names of its parameters, its symbols, which of many units show."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.build import HEAT_FROM
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.numbers import matrix_decimals
from rnnstudio.diagram.subject import Subject
from rnnstudio.engine.network import Layer, Network
from rnnstudio.sentence import sentence

#: A layer's parameter W, where its cell names no traditional layer and no matrix on x.
_NO_MATRIX = ""
#: Width of a digit in em, and of the air a number needs beside it.
_DIGIT, _AIR = 0.62, 0.3
#: Functions that have letters of their own in textbooks.
_WRITTEN = {"relu": r"\ReLU"}


@dataclass(frozen=True)
class Traditional:
    """y = f(W·x [+ b]) of the chosen layer, as it is to be drawn.

    Attributes
    ----------
    W, b : str
        Names of the parameters (the LSTM's are ``Wg`` and ``bg``); ``b`` is empty where there is no bias.
    f : str
        Markup of the function: the letter f where the cell leaves it open, its name where it is fixed.
    function : str
        Which function it is: ``sigmoid``, ``tanh``, …
    handed : str
        The value that leaves: ``y``, or ``h`` where a readout follows.
    inputs, size : int
        I and H.
    decimals : int
        Decimals of the weights' numbers.
    """

    W: str
    b: str
    f: str
    function: str
    handed: str
    inputs: int
    size: int
    decimals: int

    def weight(self, *indices: object) -> str:
        """Markup of W, or of one of its copies or values: ``W_{2,1}``, the LSTM's ``W_{g,2,1}``."""
        return symbol(self.W, *indices)

    def change(self, index: str = "") -> str:
        """Markup of what is added to W, after the sample of that index."""
        return symbol(self.W, *([index] if index else [])).replace("|", "|Δ", 1)

    def bias(self, *indices: object) -> str:
        """Markup of b, or of one of its values."""
        return symbol(self.b, *indices)

    def output(self, index: object = "") -> str:
        """Markup of what leaves the layer."""
        return f"<y|{self.handed}_{{{index}}}>" if index != "" else f"<y|{self.handed}>"


def symbol(name: str, *indices: object, role: str = "W") -> str:
    """Markup of a parameter: its letter, and as subscripts the rest of its name and the indices."""
    below = ",".join([*([name[1:]] if name[1:] else []), *(str(index) for index in indices)])
    return f"<{role}|{name[:1]}_{{{below}}}>" if below else f"<{role}|{name[:1]}>"


def function_name(function: str) -> str:
    """Markup of a function's name, upright."""
    return _WRITTEN.get(function, rf"\{function}")


def traditional(subject: Subject) -> Traditional:
    """The traditional layer of the chosen layer.

    Raises
    ------
    ValueError
        The cell names none: views 1 to 4 are off.
    """
    layer = subject.layer
    program = layer.layer_program
    if program is None or layer.cell.layer is None:
        raise ValueError(f"the cell {layer.cell.name} names no traditional layer; views 1 to 4 need one")
    last = program.ops_of(program.handed)[-1]
    W = layer.cell.layer.W
    b = layer.cell.layer.b if layer.cell.layer.b in program.parameters else ""
    weights = np.asarray(layer.parameters[W])
    exact = weights.size <= HEAT_FROM and not subject.learns
    decimals = matrix_decimals(weights, subject.decimals) if exact else subject.decimals
    function = last.function or "identity"
    return Traditional(
        W=W,
        b=b or "",
        f="f" if last.symbol in layer.cell.activations else function_name(function),
        function=function,
        handed=program.handed,
        inputs=layer.inputs,
        size=weights.shape[0],
        decimals=decimals,
    )


def caption(subject: Subject, plain: str) -> str:
    """The line under the title: what a gated cell's traditional layer is, else the plain line."""
    cell = subject.layer.cell
    layer = traditional(subject)
    if layer.W == "W":
        return plain
    gate = layer.W[1:]
    bias = f" + b_{gate}" if layer.b else ""
    return sentence(
        "The candidate of the {split}: {gate} = {function}(W_{gate} x{bias})",
        split=cell.title.split()[0],
        gate=gate,
        function=layer.function,
        bias=bias,
    )


def input_matrix(layer: Layer) -> str:
    """Name of the matrix that stands for the edges into a layer: its traditional layer's, else the first one on x."""
    if layer.cell.layer is not None:
        return layer.cell.layer.W
    return next((name for name, shape in layer.program.parameters.items() if shape[-1:] == ("I",)), _NO_MATRIX)


def words_come_in(subject: Subject) -> bool:
    """Whether the input of the chosen layer is one word of a list."""
    return bool(subject.tokens) and subject.network.chosen == 0


def lit_input(subject: Subject) -> int:
    """Index of the word that is the input now, −1 where there is none."""
    return subject.tokens[subject.t - 1] if subject.tokens and 1 <= subject.t <= len(subject.tokens) else -1


def quoted(word: str, longest: int = 18) -> str:
    """A word in quotes, its blanks and line ends as the signs that stand for them."""
    shown = word.replace("\n", "↵").replace("\t", "⇥").replace(" ", "␣")
    return f"“{shown if len(shown) <= longest else shown[: longest - 1] + '…'}”"


def layer_name(network: Network, k: int) -> str:
    """What textbooks call a layer: the last one without a readout is the output layer; −1 is the input layer."""
    last = len(network.layers) - 1
    if k < 0:
        return "input layer"
    return "output layer" if k == last and not network.layers[k].readout else f"hidden layer {k + 1}"


def drawn_units(n: int, most: int, keep: int = -1) -> tuple[int | None, ...]:
    """Which units of a layer are drawn: all up to ``most``, else the first three and the last two; None is "…".

    The unit ``keep`` is always among them.
    """
    if n <= most:
        return tuple(range(n))
    inside = 2 < keep < n - 2
    return with_gaps(sorted({0, 1, keep if inside else 2, n - 2, n - 1}), n)


def with_gaps(shown: list[int], n: int) -> tuple[int | None, ...]:
    """The indices with None where some of the n are left out between two of them, or at an end."""
    slots: list[int | None] = []
    for before, index in zip([-1, *shown], [*shown, n], strict=True):
        if index - before > 1:
            slots.append(None)
        if index < n:
            slots.append(index)
    return tuple(slots)


def strongest(weights: NDArray[np.float64], most: int, keep: int = -1) -> list[int]:
    """The ``most`` inputs with the largest |w|, in their order; the input ``keep`` is always among them."""
    order = [int(j) for j in np.argsort(-np.abs(weights), kind="stable")[:most]]
    if keep >= 0 and keep not in order:
        order[-1] = keep
    return sorted(order)


def number_px(width: float, decimals: int, wanted: float) -> float:
    """The size at which a signed number with so many decimals fits a cell of this width, at most ``wanted``."""
    return min(wanted, width / (_DIGIT * (decimals + 3) - _DIGIT / 2 + _AIR))


def across(frame: Frame) -> Callable[[float], float]:
    """Where an x of the normal (1280) or wide (1920) frame lies: centred, and drawn together where it is narrower."""
    base = 1920.0 if frame.wide else 1280.0
    squeeze = min(1.0, frame.width / base)
    return lambda x: frame.width / 2 + (x - base / 2) * squeeze
