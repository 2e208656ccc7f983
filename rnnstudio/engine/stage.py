"""One layer in a run: its one or two directions, what it hands on, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.adjoint import Adjoint
from rnnstudio.engine.cells import READOUT, READOUT_BIAS
from rnnstudio.engine.compile import compiled
from rnnstudio.engine.layer import REVERSE, Layer
from rnnstudio.engine.machine import Machine, Values
from rnnstudio.engine.ops import Program
from rnnstudio.engine.parameter_gradients import ParameterGradients
from rnnstudio.engine.twin import twin
from rnnstudio.engine.whole import OneHot, Sequence, flat

Array = NDArray[np.float64]
Lengths = NDArray[np.int64]
Parameters = Mapping[str, Array]


class TimeOrder:
    """The order in which a reversed direction takes the steps: each sequence from its last valid step to its first.

    Parameters
    ----------
    steps : int
        T.
    lengths : array of int, shape (N,), or None
        Valid steps of each sequence; None where all are valid.
    """

    def __init__(self, steps: int, lengths: Lengths | None) -> None:
        self.steps = steps
        self.index: NDArray[np.int64] | None = None
        if lengths is not None:
            order = np.arange(steps)[:, np.newaxis]
            self.index = np.where(order < lengths, lengths - 1 - order, order)

    def turned(self, array: Array) -> Array:
        """The steps of (T, [N,] …) in the other order; twice gives the array again."""
        if self.index is None:
            return array[::-1]
        return np.asarray(np.take_along_axis(array, self.index[..., np.newaxis], axis=0))

    def turned_sequence(self, x: Sequence) -> Sequence:
        """As `turned`, also of tokens."""
        return OneHot(x.indices[::-1], x.size) if isinstance(x, OneHot) else np.ascontiguousarray(self.turned(x))


def mask_of(steps: int, lengths: Lengths | None) -> NDArray[np.bool_] | None:
    """Whether a step is one of the sequence, (T, N); None where all are."""
    return None if lengths is None else np.arange(steps)[:, np.newaxis] < lengths


class Stage:
    """A layer with the arrays of its run.

    Parameters
    ----------
    layer : Layer
        Cell, sizes and direction.
    program : Program
        What one direction computes: the layer's own, or its traditional layer's.
    parameters : mapping
        Name → array; may be filled with other numbers before `bind`.
    steps, batch : int, int or None
        T, and N or None for a single sequence.
    lengths : array or None
        Valid steps of each sequence.
    """

    def __init__(
        self,
        layer: Layer,
        program: Program,
        parameters: Parameters,
        steps: int,
        batch: int | None,
        lengths: Lengths | None = None,
    ) -> None:
        self.layer = layer
        self.program = program
        self.parameters = parameters
        # the traditional layer of both directions hands out two halves too, each with its own weights
        self.directions = ("forward", "reverse") if layer.direction == "both" else ("forward",)
        if layer.direction == "reverse" and program.states:
            self.directions = ("reverse",)
        self.joined = layer.joined and len(self.directions) == 2
        self.order = TimeOrder(steps, lengths)
        self.mask = mask_of(steps, lengths)
        machine = compiled(program)
        self.values = {
            at: Values(Machine(machine, layer.sizes, self._own(at), batch or 1), steps, batch) for at in self.directions
        }
        self._adjoints: dict[str, tuple[Adjoint, ParameterGradients]] = {}
        self.handed = np.zeros(0)

    def _own(self, direction: str) -> Parameters:
        before = REVERSE if direction == "reverse" and len(self.directions) == 2 else ""
        return {name: self.parameters[before + name] for name in self.program.parameters}

    def bind(self) -> None:
        """Take over what the parameters' arrays hold now."""
        for at, values in self.values.items():
            values.machine.bind(self._own(at))

    def forward(self, x: Sequence, first: Mapping[str, Parameters], tell: Callable[[int], None] | None = None) -> Array:
        """What leaves the layer, (T, [N,] width); `first` has the first states of each direction."""
        for at, values in self.values.items():
            values.run(self.order.turned_sequence(x) if at == "reverse" else x, first[at], tell)
            if self.mask is not None:
                values.clear(~self.mask)
        return self.output()

    def output(self) -> Array:
        """What has left the layer in the last run, (T, [N,] width)."""
        parts = []
        for at, values in self.values.items():
            y = values.value(values.machine.plan.output)
            parts.append(self.order.turned(y) if at == "reverse" else y)
        y = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)
        if self.joined:
            self.handed = y
            y = y @ self.parameters[READOUT].T
            if READOUT_BIAS in self.parameters:
                y += self.parameters[READOUT_BIAS]
        if self.mask is not None:
            y = np.where(self.mask[..., np.newaxis], y, 0.0)
        return y

    def taken(self, layer: Layer, x: Sequence) -> Stage:
        """The last run in arrays of its own; ``layer`` has the numbers that its parameters had, x is what entered."""
        made = twin(self)
        made.layer, made.parameters, made._adjoints = layer, layer.parameters, {}
        made.values = {
            at: values.taken(made._own(at), self.order.turned_sequence(x) if at == "reverse" else x)
            for at, values in self.values.items()
        }
        return made

    def measured_apart(self) -> Stage:
        """The same run with a way back of its own, so that two losses do not share arrays."""
        other = twin(self)
        other._adjoints = {}
        return other

    def adjoint(self, direction: str) -> Adjoint:
        """The backward pass of a direction, in the order in which it takes the steps."""
        return self._way_back(direction)[0]

    def _way_back(self, direction: str) -> tuple[Adjoint, ParameterGradients]:
        found = self._adjoints.get(direction)
        if found is None:
            adjoint = Adjoint(self.values[direction])
            found = self._adjoints[direction] = (adjoint, ParameterGradients(adjoint))
        return found

    def backward(
        self, output: Array, truncation: int | None = None, into: Mapping[str, Array] | None = None
    ) -> Mapping[str, Array]:
        """∂L/∂W of every parameter, from ∂L/∂y of shape (T, [N,] width).

        Parameters
        ----------
        output : array
            ∂L/∂y.
        truncation : int, optional
            See `Adjoint.run`.
        into : mapping, optional
            Arrays to write into; else they are made.
        """
        if self.mask is not None:
            output = np.where(self.mask[..., np.newaxis], output, 0.0)
        found: dict[str, Array] = {}
        if self.joined:
            self._into(found, into, READOUT, flat(output).T @ flat(self.handed))
            if READOUT_BIAS in self.parameters:
                self._into(found, into, READOUT_BIAS, flat(output).sum(axis=0))
            output = output @ self.parameters[READOUT]
        if len(self.directions) == 1 and self.directions[0] == "forward":
            adjoint, ends = self._way_back("forward")
            adjoint.run(output, truncation)
            return ends.parameters(into)
        width = output.shape[-1] // len(self.directions)
        for number, at in enumerate(self.directions):
            part = output[..., number * width : (number + 1) * width]
            adjoint, ends = self._way_back(at)
            adjoint.run(self.order.turned(part) if at == "reverse" else part, truncation)
            before = REVERSE if at == "reverse" and len(self.directions) == 2 else ""
            for name, array in ends.parameters().items():
                self._into(found, into, before + name, array)
        return found

    @staticmethod
    def _into(found: dict[str, Array], into: Mapping[str, Array] | None, name: str, array: Array) -> None:
        if into is not None:
            into[name][...] = array
            array = into[name]
        found[name] = array

    def inputs(self) -> Array:
        """∂L/∂x after `backward`, (T, [N,] I)."""
        total: Any = None
        for at in self.directions:
            part = self._way_back(at)[1].inputs()
            part = self.order.turned(part) if at == "reverse" else part
            total = part if total is None else total + part
        return np.asarray(total)
