"""What is to be said of the numbers of a run: gates at their bounds, gradients that vanish or explode over time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.gradients import Gradients
from rnnstudio.engine.recording import LayerTrace, Trace
from rnnstudio.engine.status import OK, Status, gradient_over_time, saturation


def diagnosis(trace: Trace, gradients: Gradients | None = None) -> Iterator[tuple[str, Status]]:
    """Each verdict that is not OK, and the place that it is about: empty, or a layer, from 0.

    Parameters
    ----------
    trace : Trace
        Whose gates are looked at: the values of the cells that a bounded function delivers.
    gradients : Gradients, optional
        Of a loss at the last step: its norms at the states are read from there to the first. With a loss at every
        step, what comes in on the way hides what has come from later.
    """
    for k, layer in enumerate(trace.layers):
        place = f"layer {k}" if len(trace.layers) > 1 else ""
        for direction in filter(None, (layer, layer.reverse)):
            for status in _of_gates(direction):
                yield place, status
        if gradients is not None and layer.program.states:
            status = gradient_over_time(_norms(gradients, k, layer))
            if status is not OK:
                yield place, status


def _of_gates(layer: LayerTrace) -> Iterator[Status]:
    for op in layer.program.ops:
        if op.function is not None and layer.program.producer(op.value) is op:
            status = saturation(op.value, layer.series(op.id), op.function)
            if status is not OK:
                yield status


def _norms(gradients: Gradients, k: int, layer: LayerTrace) -> NDArray[np.float64]:
    """‖∂L/∂s_t‖₂ over all states, (T,), in the order in which the layer takes the steps."""
    parts = [gradients.of(k, state).reshape(layer.T, -1) for state in layer.program.states]
    norms = np.linalg.norm(np.concatenate(parts, axis=1), axis=1)
    return np.asarray(norms[::-1] if layer.reversed_time else norms)
