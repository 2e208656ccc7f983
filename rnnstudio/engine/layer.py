"""One layer: its cell, its sizes and its parameters; immutable."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS, Cell
from rnnstudio.engine.limits import InputError, check_features, check_parameters, check_state_size
from rnnstudio.engine.ops import Program, lower, traditional

Array = NDArray[np.float64]


def frozen_array(value: ArrayLike) -> Array:
    """A float64 array that nobody else can write into."""
    owned = isinstance(value, np.ndarray) and value.base is None and not value.flags.writeable
    if isinstance(value, np.ndarray) and owned and value.dtype == np.float64 and value.flags.c_contiguous:
        return value
    array = np.array(value, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


def draw_parameters(program: Program, sizes: Mapping[str, int], seed: int | np.random.Generator) -> dict[str, Array]:
    """Every parameter from U(−1/√H, 1/√H), with PCG64, in the order of the equations, the readout's last.

    Parameters
    ----------
    program : Program
        Names and shapes in letters.
    sizes : mapping
        Letter → size. H is that of the state, O where the layer has none.
    seed : int or Generator
        The same integer gives the same bits on every machine.
    """
    random = seed if isinstance(seed, np.random.Generator) else np.random.Generator(np.random.PCG64(seed))
    bound = 1.0 / math.sqrt(sizes["H"])
    drawn = {}
    for name, shape in program.parameters.items():
        # 2 u − 1 is exact for what the generator gives, so that one rounding is left, the same everywhere
        drawn[name] = frozen_array((2.0 * random.random([sizes[letter] for letter in shape]) - 1.0) * bound)
    return drawn


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer record.

    Attributes
    ----------
    cell : Cell
        Its equations.
    inputs, size : int
        I, and H (for a layer without a state: the size of what it hands out).
    activation : str or None
        The chosen function; kept, unused, while the cell offers no choice.
    bias : bool
        Whether biases are there.
    direction : str
        ``"forward"``.
    outputs : int or None
        O: the size of the readout, None where there is none.
    parameters : mapping
        Name → read-only float64 array, in the order of the program.

    Raises
    ------
    InputError
        A size is over its limit, or parameters are missing, unknown or of another shape than the sizes ask for.
    """

    cell: Cell
    inputs: int
    size: int
    activation: str | None
    bias: bool
    direction: str
    outputs: int | None
    parameters: Mapping[str, Array]

    def __post_init__(self) -> None:
        check_features(self.inputs, "inputs")
        if self.program.states or self.outputs is not None:
            check_state_size(self.size)
        check_features(self.width, "outputs")
        if self.direction != "forward":
            raise InputError(f"direction {self.direction!r} is not in this version; forward is")
        shapes = self.program.parameters
        check_parameters(sum(math.prod(self.sizes[letter] for letter in shape) for shape in shapes.values()))
        if set(self.parameters) != set(shapes):
            raise InputError(
                f"the layer {self.cell.name} has the parameters {', '.join(shapes) or 'none'}; "
                f"given were {', '.join(self.parameters) or 'none'}"
            )
        arrays = {}
        for name, letters in shapes.items():
            array = frozen_array(self.parameters[name])
            wanted = tuple(self.sizes[letter] for letter in letters)
            if array.shape != wanted:
                raise InputError(
                    f"{name} of the layer {self.cell.name} has the shape {array.shape}; "
                    f"({', '.join(letters)}) = {wanted} is wanted"
                )
            arrays[name] = array
        object.__setattr__(self, "parameters", MappingProxyType(arrays))

    @cached_property
    def readout(self) -> bool:
        """Whether y = V·h + b_y follows the cell."""
        return self.outputs is not None and not self.cell.own_outputs

    @cached_property
    def program(self) -> Program:
        """The op table of the cell."""
        return lower(self.cell, self.choice, self.bias, self.readout)

    @cached_property
    def layer_program(self) -> Program | None:
        """The op table of the traditional layer, None where the cell names none."""
        return traditional(self.cell, self.choice, self.bias, self.readout)

    @property
    def choice(self) -> str | None:
        """The activation, as far as the cell offers one."""
        return self.activation if self.cell.activations else None

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Letter → size."""
        return MappingProxyType(
            {"I": self.inputs, "H": self.size, "O": self.size if self.outputs is None else self.outputs}
        )

    @property
    def width(self) -> int:
        """How many values leave the layer at each step: the readout's, or the cell's."""
        return self.sizes[self.program.sizes["y"]]

    @property
    def recurrent(self) -> bool:
        """Whether the layer has a state."""
        return bool(self.program.states)


def new_layer(
    cell: Cell,
    inputs: int,
    size: int,
    outputs: int | None = None,
    activation: str | None = None,
    bias: bool = True,
    seed: int | np.random.Generator = 1,
) -> Layer:
    """A layer with drawn parameters.

    A cell that is meant with a readout gets one of `size` outputs where `outputs` is None; by default the activation
    is the first that the cell offers.

    Raises
    ------
    InputError
        A size is over its limit, or the cell does not offer the activation.
    """
    check_features(inputs, "inputs")
    if cell.readout or cell.own_outputs:
        outputs = size if outputs is None else outputs
    if cell.states or outputs is not None:
        check_state_size(size)
    check_features(size if outputs is None else outputs, "outputs")
    program = lower(cell, activation, bias, outputs is not None and not cell.own_outputs)
    sizes = {"I": inputs, "H": size, "O": size if outputs is None else outputs}
    check_parameters(sum(math.prod(sizes[letter] for letter in shape) for shape in program.parameters.values()))
    parameters = draw_parameters(program, sizes, seed)
    return Layer(cell, inputs, size, program.activation, bias, "forward", outputs, parameters)


def readout_names(layer: Layer) -> tuple[str, ...]:
    """The names of a layer's readout parameters: none, V, or V and by."""
    return tuple(name for name in (READOUT, READOUT_BIAS) if layer.readout and name in layer.parameters)
