"""Backpropagation through time over a recorded run: the gradient of a loss at every value, and Jacobians over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import READOUT
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss, loss_and_gradient
from rnnstudio.engine.pytorch import exported_gradients
from rnnstudio.engine.recording import LayerTrace, Trace
from rnnstudio.engine.stage import Stage
from rnnstudio.engine.trace import stages_of, trace_arrays
from rnnstudio.engine.whole import OneHot

Array = NDArray[np.float64]

_CHANGING = "the weights of this run changed on the way, so it has no one derivative; run it with frozen weights"


@dataclass(frozen=True, eq=False)
class Gradients:
    """∂L/∂v for every value v of a trace.

    Attributes
    ----------
    trace : Trace
        The run.
    loss : float
        L.
    outputs : tuple of array
        ∂L/∂y of what leaves each layer, (T, [N,] width).
    parameters : tuple of dict
        For each layer: name → ∂L/∂W, of the parameter's shape. A bias that is the sum of two trained arrays has one
        entry, which is the gradient of both.
    stages : tuple of Stage
        The layers' arrays, with the way back of this loss.
    """

    trace: Trace
    loss: float
    outputs: tuple[Array, ...]
    parameters: tuple[Mapping[str, Array], ...]
    stages: tuple[Stage, ...]

    def of(self, k: int, name: str, reverse: bool = False) -> Array:
        """∂L/∂v of one name of layer `k`.

        Parameters
        ----------
        k : int
            The layer, from 0.
        name : str
            A named value, an op id, ``x``, a parameter, or a state with 0 behind it (``s0``, ``c0``). ``y`` is what
            leaves the layer: its derivative goes through the layers above and the loss, and through the cell only
            where an equation reads y. A state's goes through everything, the output that it may be included.
        reverse : bool
            The reversed direction of a layer that has both.

        Raises
        ------
        ValueError
            There is no such name.
        """
        found = self._found(k, name, reverse).view()
        found.setflags(write=False)
        return found

    def _found(self, k: int, name: str, reverse: bool) -> Array:
        layer, stage = self.trace.layers[k], self.stages[k]
        if name in self.parameters[k]:
            return self.parameters[k][name]
        if name == "x":
            return stage.inputs()
        if name == "y":
            return self._leaving(k)
        if reverse and layer.reverse is not None:
            return self._of_direction(stage, layer.reverse, "reverse", name)
        return self._of_direction(stage, layer, stage.directions[0], name)

    def _leaving(self, k: int) -> Array:
        """∂L/∂y of what leaves layer `k`."""
        layer, stage = self.trace.layers[k], self.stages[k]
        if stage.joined or not any("y" in op.args for op in layer.program.ops):
            return self.outputs[k]
        directions = [(layer, stage.directions[0])]
        if layer.reverse is not None:
            directions.append((layer.reverse, "reverse"))
        op_id = layer.program.ops_of("y")[-1].id
        parts = [self._of_direction(stage, one, at, op_id) for one, at in directions]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    @staticmethod
    def _of_direction(stage: Stage, layer: LayerTrace, direction: str, name: str) -> Array:
        adjoint = stage.adjoint(direction)
        if name.endswith("0") and name[:-1] in layer.program.states:
            return np.asarray(adjoint.first[name[:-1]])
        held = adjoint.plan.storage_of(name)
        if held is None:
            known = ", ".join(("x", *layer.program.values, *(f"{state}0" for state in layer.program.states)))
            raise ValueError(f"no value {name!r} in this trace; known are {known}")
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            found = adjoint.of_op(held)
        found = stage.order.turned(found) if layer.reversed_time else found
        return found if stage.mask is None else np.where(stage.mask[..., np.newaxis], found, 0.0)

    def handed(self, k: int) -> Array:
        """∂L/∂h of what the cell of layer `k` hands to its readout (or to the layer above): not through time."""
        stage = self.stages[k]
        if stage.joined:
            return np.asarray(self.outputs[k] @ stage.parameters[READOUT])
        if not stage.program.readout:
            return self.outputs[k]
        found = np.asarray(self.outputs[k] @ stage.parameters[READOUT])
        return found if stage.mask is None else np.where(stage.mask[..., np.newaxis], found, 0.0)


def backpropagate(trace: Trace, loss: Loss, truncation: int | None = None) -> Gradients:
    """The loss of a run, and its gradient at every value: backpropagation through time (Werbos 1990).

    Parameters
    ----------
    trace : Trace
        From `run`.
    loss : Loss
        Kind, targets and place.
    truncation : int, optional
        K: no gradient goes back over the borders between steps 1…K, K+1…2K, … of any layer.

    Raises
    ------
    InputError
        Targets do not fit the outputs, the truncation is below 1, or the weights changed on the way.
    """
    if not trace.stages:
        raise InputError(_CHANGING)
    if truncation is not None and truncation < 1:
        raise InputError(f"truncation: {truncation} steps were given; at least 1 is wanted")
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        value, output = loss_and_gradient(trace.y, loss)
        stages = tuple(stage.measured_apart() for stage in trace.stages)
        outputs: list[Array] = []
        parameters: list[Mapping[str, Array]] = []
        for k in reversed(range(len(stages))):
            stage = stages[k]
            outputs.insert(0, output)
            parameters.insert(0, stage.backward(output, truncation))
            if k:
                output = stage.inputs()
    return Gradients(trace, value, tuple(outputs), tuple(parameters), stages)


def gradient_arrays(gradients: Gradients) -> dict[str, Array]:
    """``loss`` and ``d.NAME`` for every name of `rnnstudio.engine.trace.trace_arrays` that has a derivative."""
    trace = gradients.trace
    found: dict[str, Array] = {"loss": np.asarray(gradients.loss)}
    exported = exported_gradients(trace.network, _parameter_of(gradients))
    several = len(trace.layers) > 1
    top = max((k for k, layer in enumerate(trace.layers) if layer.program.states), default=None)
    for name in trace_arrays(trace):
        if name in exported:
            found[f"d.{name}"] = exported[name]
        elif name == "y":
            found["d.y"] = gradients.of(len(trace.layers) - 1, "y")
        elif name.startswith("layer") and "." in name:
            found[f"d.{name}"] = _of_layer(gradients, name)
        else:
            k = top if top is not None and (several and name != "x") else 0
            found[f"d.{name}"] = _joined(gradients, k, name)
    return found


def _parameter_of(gradients: Gradients) -> Callable[[int, str], Array]:
    def of(k: int, name: str) -> Array:
        # of a traditional layer, which does not read them, U and the gates have the gradient 0
        array = gradients.parameters[k].get(name)
        return np.zeros_like(gradients.trace.network.layers[k].parameters[name]) if array is None else array

    return of


def _of_layer(gradients: Gradients, name: str) -> Array:
    front, _, rest = name.partition(".")
    k = int(front.removeprefix("layer"))
    if rest == "y":
        return gradients.handed(k)
    reverse = rest.startswith(REVERSE) and gradients.trace.layers[k].reverse is not None
    return gradients.of(k, rest.removeprefix(REVERSE), reverse)


def _joined(gradients: Gradients, k: int, name: str) -> Array:
    """Of a layer of both directions: the two derivatives side by side."""
    if name == "x" or gradients.trace.layers[k].reverse is None:
        return gradients.of(k, name)
    return np.concatenate([gradients.of(k, name), gradients.of(k, name, True)], axis=-1)


def state_jacobian(layer: LayerTrace, t: int, k: int) -> Array:
    """∂s_t/∂s_k, the states of a layer stacked in their order: (S, S), S = H times the number of states.

    Row i is the gradient of the i-th value after step t with respect to every value after step k (k = 0: the first
    state), at the inputs of the trace: Π J_τ for τ = k+1 … t.

    Parameters
    ----------
    layer : LayerTrace
        Of one sequence, in forward time.
    t, k : int
        0 ≤ k ≤ t ≤ T.

    Raises
    ------
    InputError
        The layer has no state, runs in reversed time, is of several sequences, the weights changed on the way, or the
        steps do not lie so.
    """
    if any(layer.parameter(name, t) is not layer.parameter(name, k + 1) for name in layer.parameters):
        raise InputError(_CHANGING)
    if not layer.program.states or layer.reversed_time or layer.first[layer.program.states[0]].ndim != 1:
        raise InputError("Jacobians over time are of one sequence of a layer with a state, in forward time")
    if not 0 <= k <= t <= layer.T:
        raise InputError(f"steps {k} and {t}: 0 to {layer.T} are there, the earlier one first")
    states, size = layer.program.states, layer.layer.size
    total = size * len(states)
    seeds = np.eye(total)
    if k == t:
        return seeds
    x = layer.series("x")[k:t]
    stage = Stage(layer.layer, layer.program, layer.parameters, t - k, total)
    first = {name: np.tile(layer.value(name, k), (total, 1)) for name in states}
    values, adjoint = stage.values["forward"], stage.adjoint("forward")
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        values.run(np.repeat(x[:, np.newaxis], total, axis=1), first)
        output = np.zeros(values.value(values.machine.plan.output).shape)
        more = {name: seeds[:, place * size : (place + 1) * size] for place, name in enumerate(states)}
        adjoint.run(output, more=more)
    return np.concatenate([adjoint.first[name] for name in states], axis=1)


def sensitivities(trace: Trace, t: int) -> Array:
    """∂y_t/∂x_k for every k = 1 … t: how much each input matters for one output, (t, O, I).

    Parameters
    ----------
    trace : Trace
        Of one sequence, all layers in forward time.
    t : int
        The step of the output, from 1.

    Raises
    ------
    InputError
        The trace is of several sequences, has a reversed direction, weights that changed on the way, or no such step.
    """
    if not trace.stages:
        raise InputError(_CHANGING)
    if any(stage.directions != ("forward",) for stage in trace.stages) or trace.y.ndim != 2:
        raise InputError("sensitivities are of one sequence, all layers in forward time")
    if not 1 <= t <= trace.T:
        raise InputError(f"step {t}: 1 to {trace.T} are there")
    outputs = trace.y.shape[-1]
    stages = stages_of(trace.network, t, outputs, trace.stateless)
    x = trace.x.rows(0, t) if isinstance(trace.x, OneHot) else trace.x[:t]
    value = np.repeat(np.asarray(x)[:, np.newaxis], outputs, axis=1)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for stage, layer in zip(stages, trace.layers, strict=True):
            first = {name: np.tile(vector, (outputs, 1)) for name, vector in layer.first.items()}
            value = stage.forward(value, {"forward": first})
        back = np.zeros_like(value)
        back[-1] = np.eye(outputs)
        for stage in reversed(stages):
            stage.backward(back)
            back = stage.inputs()
    return back
