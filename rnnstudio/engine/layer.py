"""One layer: its cell, its sizes and its parameters; immutable."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS, Cell
from rnnstudio.engine.limits import InputError, check_features, check_parameters, check_state_size
from rnnstudio.engine.ops import Program, lower, traditional
from rnnstudio.engine.shapes import length
from rnnstudio.engine.twin import twin

Array = NDArray[np.float64]


def frozen_array(value: ArrayLike) -> Array:
    """A float64 array that nobody else can write into."""
    owned = isinstance(value, np.ndarray) and value.base is None and not value.flags.writeable
    if isinstance(value, np.ndarray) and owned and value.dtype == np.float64 and value.flags.c_contiguous:
        return value
    array = np.array(value, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


#: Before the name of a parameter of the reversed direction, in a layer that has both.
REVERSE = "reverse."
DIRECTIONS = ("forward", "reverse", "both")


def uniform(random: np.random.Generator, shape: tuple[int, ...], bound: float) -> Array:
    """Numbers from U(−bound, bound) of a shape: (2 u − 1) · bound, with u from U(0, 1)."""
    # 2 u − 1 is exact for what the generator gives, so that one rounding is left, the same everywhere
    return frozen_array((2.0 * random.random(list(shape)) - 1.0) * bound)


def _random(seed: int | np.random.Generator) -> np.random.Generator:
    return seed if isinstance(seed, np.random.Generator) else np.random.Generator(np.random.PCG64(seed))


def parameter_shapes(
    program: Program, sizes: Mapping[str, int], direction: str = "forward", readout: bool = False, bias: bool = True
) -> dict[str, tuple[int, ...]]:
    """Name → shape of every parameter of a layer, in the order in which they are drawn.

    Parameters
    ----------
    program : Program
        What one direction computes, with the readout where that is a part of it.
    sizes : mapping
        Letter → size.
    direction : str
        ``"both"`` adds the parameters of the reversed direction, and a readout of both together, V (O, 2·H).
    readout, bias : bool
        Whether a layer of both directions has a readout, and that one a bias.
    """
    own = {name: tuple(length(at, sizes) for at in letters) for name, letters in program.parameters.items()}
    if direction != "both":
        return own
    shapes = {**own, **{REVERSE + name: shape for name, shape in own.items()}}
    if readout:
        shapes[READOUT] = (sizes["O"], 2 * sizes["H"])
        if bias:
            shapes[READOUT_BIAS] = (sizes["O"],)
    return shapes


def draw_parameters(
    program: Program,
    sizes: Mapping[str, int],
    seed: int | np.random.Generator,
    direction: str = "forward",
    readout: bool = False,
    bias: bool = True,
) -> dict[str, Array]:
    """Every parameter from U(−1/√H, 1/√H), with PCG64, in the order of `parameter_shapes`.

    Parameters
    ----------
    program, sizes, direction, readout, bias
        As in `parameter_shapes`. H is the size of the state, O where the layer has none.
    seed : int or Generator
        The same integer gives the same bits on every machine.
    """
    random, bound = _random(seed), 1.0 / math.sqrt(sizes["H"])
    shapes = parameter_shapes(program, sizes, direction, readout, bias)
    return {name: uniform(random, shape, bound) for name, shape in shapes.items()}


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
        ``"forward"``, ``"reverse"`` (from the last step to the first), or ``"both"``: then what it hands out is
        [forward; reverse], of 2·H values, and the reversed direction has parameters of its own, ``reverse.NAME``.
    outputs : int or None
        O: the size of the readout, None where there is none.
    parameters : mapping
        Name → read-only float64 array, in the order of the program.
    bias_parts : mapping
        Name of a bias that is the sum of two trained arrays → the two (MODEL: b = b_ih + b_hh). Where one is not
        given, or its sum is not the parameter's value, the second part stays and the first follows; it begins with 0.

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
    bias_parts: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_features(self.inputs, "inputs")
        if self.program.states or self.outputs is not None:
            check_state_size(self.size)
        if self.direction not in DIRECTIONS:
            raise InputError(f"direction {self.direction!r} is not known; {', '.join(DIRECTIONS)} are")
        if self.direction != "forward" and not self.program.states:
            raise InputError(f"the layer {self.cell.name} has no state, so it has no direction but forward")
        check_features(self.width, "outputs")
        shapes = self.shapes
        check_parameters(sum(math.prod(shape) for shape in shapes.values()))
        if set(self.parameters) != set(shapes):
            raise self._wrong_names(self.parameters)
        arrays = {}
        for name, wanted in shapes.items():
            array = frozen_array(self.parameters[name])
            if array.shape != wanted:
                raise self._wrong_shape(name, array)
            arrays[name] = array
        object.__setattr__(self, "parameters", MappingProxyType(arrays))
        object.__setattr__(self, "bias_parts", MappingProxyType(self._checked_parts(arrays)))

    def _wrong_names(self, given: Mapping[str, ArrayLike]) -> InputError:
        return InputError(
            f"the layer {self.cell.name} has the parameters {', '.join(self.shapes) or 'none'}; "
            f"given were {', '.join(given) or 'none'}"
        )

    def _wrong_shape(self, name: str, array: Array) -> InputError:
        wanted = self.shapes[name]
        return InputError(f"{name} of the layer {self.cell.name} has the shape {array.shape}; {wanted} is wanted")

    def _checked_parts(self, arrays: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
        parts = {}
        for name in self.doubled:
            whole = arrays[name]
            first, second = self.bias_parts.get(name, (whole, np.zeros_like(whole)))
            if first.shape != whole.shape or second.shape != whole.shape:
                raise InputError(
                    f"the two parts of {name} have the shapes {first.shape} and {second.shape}; {whole.shape} is wanted"
                )
            if not np.array_equal(first + second, whole):
                first = whole - second
            parts[name] = (frozen_array(first), frozen_array(second))
        return parts

    def with_values(
        self, values: Mapping[str, ArrayLike], parts: Mapping[str, tuple[Array, Array]] | None = None
    ) -> Layer:
        """The layer with other numbers in some of its parameters; what follows from cell and sizes is shared.

        Parameters
        ----------
        values : mapping
            Name → array.
        parts : mapping, optional
            See `bias_parts`; where it is not given, the second part stays.

        Raises
        ------
        InputError
            There is no such parameter, or an array has another shape.
        """
        arrays = dict(self.parameters)
        for name, value in values.items():
            array = frozen_array(value)
            if name not in arrays:
                raise self._wrong_names({**arrays, **values})
            if array.shape != arrays[name].shape:
                raise self._wrong_shape(name, array)
            arrays[name] = array
        made = twin(self)
        object.__setattr__(made, "parameters", MappingProxyType(arrays))
        object.__setattr__(made, "bias_parts", {**self.bias_parts, **(parts or {})})
        object.__setattr__(made, "bias_parts", MappingProxyType(made._checked_parts(arrays)))
        return made

    @cached_property
    def doubled(self) -> tuple[str, ...]:
        """Names of the biases that are the sum of two trained arrays."""
        entry = self.cell.pytorch
        names = [name for name in entry.get("bias_ih", ()) if name in entry.get("bias_hh", ())]
        return tuple(name for name in self.shapes if name.removeprefix(REVERSE) in names)

    @cached_property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Name → shape of every parameter."""
        return MappingProxyType(parameter_shapes(self.program, self.sizes, self.direction, self.readout, self.bias))

    @cached_property
    def readout(self) -> bool:
        """Whether y = V·h + b_y follows the cell."""
        return self.outputs is not None and not self.cell.own_outputs

    @cached_property
    def joined(self) -> bool:
        """Whether the readout reads both directions, and so is no part of the program of one."""
        return self.readout and self.direction == "both"

    @cached_property
    def program(self) -> Program:
        """The op table of the cell, in one direction."""
        return lower(self.cell, self.choice, self.bias, self.readout and self.direction != "both")

    @cached_property
    def layer_program(self) -> Program | None:
        """The op table of the traditional layer, None where the cell names none."""
        return traditional(self.cell, self.choice, self.bias, self.readout and self.direction != "both")

    def of_direction(self, reverse: bool = False) -> dict[str, Array]:
        """The parameters of one direction under the names of the program."""
        before = REVERSE if reverse and self.direction == "both" else ""
        return {name: self.parameters[before + name] for name in self.program.parameters}

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
    def handed(self) -> int:
        """How many values the cell hands out at each step, of both directions together, before a readout."""
        if self.readout and self.direction != "both":
            return self.size
        return length(self.program.sizes["y"], self.sizes) * (2 if self.direction == "both" else 1)

    @property
    def width(self) -> int:
        """How many values leave the layer at each step: the readout's, or the cell's."""
        return self.sizes["O"] if self.readout else self.handed

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
    direction: str = "forward",
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
    readout = outputs is not None and not cell.own_outputs
    program = lower(cell, activation, bias, readout and direction != "both")
    sizes = {"I": inputs, "H": size, "O": size if outputs is None else outputs}
    shapes = parameter_shapes(program, sizes, direction, readout, bias)
    check_parameters(sum(math.prod(shape) for shape in shapes.values()))
    parameters = draw_parameters(program, sizes, seed, direction, readout, bias)
    return Layer(cell, inputs, size, program.activation, bias, direction, outputs, parameters)


def readout_names(layer: Layer) -> tuple[str, ...]:
    """The names of a layer's readout parameters: none, V, or V and by."""
    return tuple(name for name in (READOUT, READOUT_BIAS) if layer.readout and name in layer.parameters)
