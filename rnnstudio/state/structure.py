"""The study with another structure: sizes, layers, readout, direction; sequence, targets, first states follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import LIMITS, InputError, check_features, check_steps
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.resizing import refitted_first, reshaped, with_layer_above, without_layer
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Document, Floats, Sequence, Targets

#: What has a size: the network's inputs, its sequence and its layers; the chosen layer's units and outputs.
INPUTS, STEPS, LAYERS, UNITS, OUTPUTS = "inputs", "steps", "layers", "units", "outputs"
SIZES = (INPUTS, STEPS, LAYERS, UNITS, OUTPUTS)


def chosen_layer(document: Document) -> Layer:
    """The layer that views 2 to 7 show."""
    return document.network.layers[document.network.chosen]


def functions(document: Document) -> tuple[str, ...]:
    """The activations that the chosen layer's cell leaves open; none where they are fixed."""
    return next(iter(chosen_layer(document).cell.activations.values()), ())


def size_of(document: Document, what: str) -> int:
    """How many there are of one of `SIZES`."""
    layer = chosen_layer(document)
    found = {
        INPUTS: document.network.inputs, STEPS: document.sequence.most_steps, LAYERS: len(document.network.layers),
        UNITS: layer.size, OUTPUTS: layer.sizes["O"] if layer.outputs is not None else layer.width,
    }  # fmt: skip
    return found[what]


def most_of(document: Document, what: str) -> int:
    """The limit of a size (`engine.limits`)."""
    units = LIMITS.state_size if chosen_layer(document).recurrent else LIMITS.features
    return {INPUTS: LIMITS.features, STEPS: LIMITS.steps, LAYERS: LIMITS.layers, UNITS: units,
            OUTPUTS: LIMITS.features}[what]  # fmt: skip


def why_fixed(document: Document, what: str) -> str:
    """Why a size cannot be chosen; empty where it can."""
    sequence, layer = document.sequence, chosen_layer(document)
    words = len(sequence.vocabulary)
    if what == INPUTS and sequence.tokens is not None:
        return sentence("This text has {words} different tokens, and an input for each.", words=words)
    if what == STEPS and sequence.lengths is not None:
        return "These sequences have lengths of their own; where all are equally long, the steps can be chosen."
    if what == OUTPUTS and layer.outputs is None:
        if not layer.recurrent:
            return "The units of this layer are its outputs."
        return sentence("Without a readout the {width} values of the state leave the layer.", width=layer.width)
    fixed = what == OUTPUTS or (what == UNITS and layer.outputs is None)
    if fixed and sequence.classes and _is_last(document) and sequence.tokens is not None:
        return sentence("The next token is one of {words}, so {words} outputs stay.", words=words)
    return ""


def _is_last(document: Document) -> bool:
    return document.network.chosen == len(document.network.layers) - 1


def with_size(document: Document, what: str, count: int) -> Document:
    """The study with so many of something.

    Raises
    ------
    InputError
        It cannot be chosen, is over its limit, or does not go with the targets.
    """
    reason = why_fixed(document, what)
    if reason:
        raise InputError(reason)
    if what == STEPS:
        return replace(document, sequence=_with_steps(document.sequence, count))
    if what == LAYERS:
        return _with_layers(document, count)
    if what == INPUTS:
        check_features(count)
        network = reshaped(document.network, 0, document.seed, inputs=count)
        return replace(document, network=network, sequence=_with_inputs(document.sequence, count))
    field = "size" if what == UNITS else "outputs"
    return fitted(document, reshaped(document.network, document.network.chosen, document.seed, **{field: count}))


def why_no_readout(document: Document) -> str:
    """Why the readout of the chosen layer can be neither added nor taken away; empty where it can."""
    layer = chosen_layer(document)
    if layer.cell.own_outputs:
        return "The equations of this cell make its outputs themselves."
    return "" if layer.recurrent or layer.outputs is not None else "A layer without a state is its own readout."


def with_readout(document: Document, on: bool) -> Document:
    """The study with a readout y = V·h + b_y of the chosen layer, of as many outputs as leave it now, or without.

    Raises
    ------
    InputError
        The cell has outputs of its own, or what then leaves the layer does not go with the targets.
    """
    reason = why_no_readout(document)
    if reason:
        raise InputError(reason)
    outputs = chosen_layer(document).width if on else None
    return fitted(document, reshaped(document.network, document.network.chosen, document.seed, outputs=outputs))


def with_bias(document: Document, on: bool) -> Document:
    """The study with biases of the chosen layer, or without."""
    return fitted(document, reshaped(document.network, document.network.chosen, document.seed, bias=on))


def with_direction(document: Document, direction: str) -> Document:
    """The study whose chosen layer reads in another direction.

    Both passes together hand out twice as many values: where the targets want as many as before, a readout makes
    them.

    Raises
    ------
    InputError
        The layer has no state, or a limit is passed.
    """
    layer = chosen_layer(document)
    changes: dict[str, Any] = {"direction": direction}
    both = direction == "both" and layer.direction != "both"
    if both and layer.outputs is None and _is_last(document) and document.sequence.targets is not None:
        changes["outputs"] = layer.width
    return fitted(document, reshaped(document.network, document.network.chosen, document.seed, **changes))


def _with_layers(document: Document, count: int) -> Document:
    """One layer after the other, above the chosen one; or the chosen one away, then the one below it."""
    while len(document.network.layers) < count:
        k = document.network.chosen
        network = with_layer_above(document.network, k, document.seed)
        document = fitted(document, network, [*range(k + 1), None, *range(k + 1, len(document.network.layers))])
    while len(document.network.layers) > count:
        k = document.network.chosen
        network = _closed(document, without_layer(document.network, k, document.seed))
        document = fitted(document, network, [*range(k), *range(k + 1, len(document.network.layers))])
    return document


def _closed(document: Document, network: Network) -> Network:
    """What the targets want has to leave the last layer that is left: it gets as many units, or a readout."""
    last, wanted = len(network.layers) - 1, document.network.outputs
    if document.sequence.targets is None or network.outputs == wanted:
        return network
    layer = network.layers[last]
    field = "outputs" if layer.recurrent or layer.outputs is not None else "size"
    return reshaped(network, last, document.seed, **{field: wanted})


def fitted(document: Document, network: Network, sources: Iterable[int | None] | None = None) -> Document:
    """The study with another network: first states and targets follow.

    Parameters
    ----------
    document, network : Document, Network
        What there is, and the network from now on.
    sources : iterable of int or None, optional
        Which layer of the old network each layer of the new one was, None for a new one; by default the same.

    Raises
    ------
    InputError
        Targets that are class numbers do not go with so few outputs.
    """
    first: dict[int, dict[str, Floats]] = {}
    for k, (layer, old) in enumerate(zip(network.layers, sources or range(len(network.layers)), strict=True)):
        states: Mapping[str, Floats] = {} if old is None else document.first.get(old, {})
        if states and old is not None:
            before = document.network.layers[old]
            same = (before.cell, before.size, before.direction) == (layer.cell, layer.size, layer.direction)
            first[k] = dict(states) if same else refitted_first(before, layer, states)
    targets = _with_outputs(document.sequence, network.outputs)
    held = {k: states for k, states in first.items() if states}
    return replace(document, network=network, first=held, sequence=targets)


def _with_outputs(sequence: Sequence, outputs: int) -> Sequence:
    """The sequence with targets for so many outputs: of new outputs zeros, those of lost ones go."""
    targets = sequence.all_targets
    if targets is None:
        return sequence
    if sequence.classes:
        most = int(targets.max(initial=0)) + 1
        if most > outputs:
            raise InputError(f"the targets are {most} classes, and {outputs} values would leave the network; "
                             f"at least {most} outputs fit")  # fmt: skip
        return sequence
    return sequence if targets.shape[-1] == outputs else sequence.with_targets(_wider(targets, outputs))


def _wider(array: NDArray[Any], count: int) -> NDArray[Any]:
    """The array with so many columns: zeros at the end, or the last ones away."""
    out = np.zeros((*array.shape[:-1], count), dtype=array.dtype)
    kept = min(count, array.shape[-1])
    out[..., :kept] = array[..., :kept]
    out.setflags(write=False)
    return out


def _with_inputs(sequence: Sequence, count: int) -> Sequence:
    columns = sequence.columns
    if columns:
        columns = (*columns[:count], *(sentence("input {n}", n=n) for n in range(len(columns) + 1, count + 1)))
    if sequence.batch is not None:
        return replace(sequence, batch=_wider(sequence.batch, count), columns=columns)
    assert sequence.x is not None
    return replace(sequence, x=_wider(sequence.x, count), columns=columns)


# ---------------------------------------------------------------- steps


def _with_steps(sequence: Sequence, count: int) -> Sequence:
    """So many samples: the last ones go, or silence follows.

    New samples are zeros, since nobody has said anything of them yet: one sees what the state does by itself, and
    fills them in. What is known is not left out, though: where the target of the last sample is the next sample (a
    text's next token, a series' next value), the first new sample is that.
    """
    check_steps(count)
    if sequence.batch is not None:
        targets = sequence.batch_targets
        every = targets is not None and sequence.batch_every
        return replace(sequence, batch=_longer(sequence.batch, count),
                       batch_targets=_longer(targets, count) if every and targets is not None else targets)  # fmt: skip
    every_step = sequence.targets is not None and not sequence.at_last
    targets = _longer(sequence.targets, count) if every_step and sequence.targets is not None else sequence.targets
    if sequence.tokens is not None:
        tokens = _longer(sequence.tokens, count, _following(sequence.tokens, sequence.targets))
        return replace(sequence, tokens=tokens, targets=targets)
    assert sequence.x is not None
    return replace(sequence, x=_longer(sequence.x, count, _following(sequence.x, sequence.targets)), targets=targets)


def _following(samples: NDArray[Any], targets: Targets | None) -> NDArray[Any] | None:
    """The sample after the last, where the targets are the next samples."""
    if targets is None or targets.shape != samples.shape or not np.array_equal(targets[:-1], samples[1:]):
        return None
    return np.asarray(targets[-1])


def _longer(array: NDArray[Any], count: int, following: NDArray[Any] | None = None) -> NDArray[Any]:
    """The array with so many steps; new ones are zeros, of tokens and classes the last one again."""
    steps = len(array)
    if count <= steps:
        out = np.array(array[:count])
    else:
        last = array[-1:] if array.dtype.kind in "iu" and steps else np.zeros((1, *array.shape[1:]), array.dtype)
        out = np.concatenate([array, np.repeat(last, count - steps, axis=0)])
        if following is not None:
            out[steps:] = following if array.dtype.kind in "iu" else 0
            out[steps] = following
    out.setflags(write=False)
    return out
