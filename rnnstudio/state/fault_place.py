"""Where the numbers of a training run first leave their range: the value and the step, in a sentence."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.gradients import Gradients, backpropagate
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import Network
from rnnstudio.engine.status import Status, nonfinite
from rnnstudio.engine.trace import Trace, run
from rnnstudio.sentence import sentence
from rnnstudio.state.training_data import TrainingData
from rnnstudio.state.training_run import loss_text

#: The square of a gradient so large is not finite.
TOO_LARGE = 1e150


def fault_sentence(data: TrainingData, network: Network, stateless: bool, status: Status) -> str:
    """What broke in the update that a network could not take.

    In the order of computation: a value of the run, the loss, a gradient on the way back, a parameter. Where none is
    found so, what the status says.
    """
    trace = run(network, data.x, data.first, stateless=stateless, lengths=data.lengths)
    place = trace.nonfinite()
    if place is not None:
        k, op_id, step = place
        value = next((op.value for op in trace.layer(k).program.ops if op.id == op_id), op_id)
        return _capital(nonfinite(k if len(network.layers) > 1 else None, value, step).sentence)
    gradients = backpropagate(trace, Loss(data.settings.loss, data.targets, data.settings.at, data.lengths))
    if not np.isfinite(gradients.loss):
        size = np.abs(trace.y).reshape(len(trace.y), -1).max(axis=1)
        step = int(np.argmax(size)) + 1
        return sentence(
            "The loss is not finite: y is as large as {loss_text} at step {step}",
            loss_text=loss_text(float(size.max())),
            step=step,
        )
    return _in_gradients(gradients, trace) or _capital(status.sentence)


def _capital(sentence: str) -> str:
    """A sentence begins so, but for one that begins with a value's name."""
    return sentence[:1].upper() + sentence[1:] if sentence.startswith("the ") else sentence


def _in_gradients(gradients: Gradients, trace: Trace) -> str:
    """The first gradient, on the way back, that is not finite; else the largest one of a parameter, if that is it."""
    for k in reversed(range(len(trace.layers))):
        where = sentence(" of layer {k}", k=k) if len(trace.layers) > 1 else ""
        found = [
            (_last_bad(gradients.of(k, name)), name) for name in reversed(trace.layer(k).program.values)
        ]  # fmt: skip
        step, name = max(found, key=lambda entry: entry[0], default=(0, ""))
        if step:
            return sentence(
                "The gradient of {name}{where} is not finite from step {step} back", name=name, where=where, step=step
            )
    sizes = [
        (float(np.max(np.abs(array), initial=0.0)), name, k)
        for k, arrays in enumerate(gradients.parameters) for name, array in arrays.items()
    ]  # fmt: skip
    size, name, k = max(sizes, default=(0.0, "", 0))
    if size < TOO_LARGE:
        return ""
    where = sentence(" of layer {k}", k=k) if len(trace.layers) > 1 else ""
    return sentence(
        "The gradient's norm is not finite: that of {name}{where}, over all steps, is as large as {loss_text}",
        name=name,
        where=where,
        loss_text=loss_text(size),
    )


def _last_bad(values: np.ndarray) -> int:
    """The last step (from 1) whose values are not all finite; 0 where there is none."""
    bad = np.flatnonzero(~np.isfinite(values).reshape(len(values), -1).all(axis=1))
    return int(bad[-1]) + 1 if bad.size else 0
