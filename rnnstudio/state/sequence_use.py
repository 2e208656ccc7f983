"""A study with another sequence: the network takes its inputs and targets, and keeps every weight that makes sense."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.engine.losses import CROSS_ENTROPY, LAST, MSE
from rnnstudio.engine.network import Network
from rnnstudio.engine.resizing import refitted_first, reshaped
from rnnstudio.sentence import joined, sentence
from rnnstudio.state.model import Document, Floats, Sequence
from rnnstudio.state.sequence_rows import Draft
from rnnstudio.state.written_cell import only_outputs


def with_sequence(document: Document, draft: Draft) -> Document:
    """The study with the sequence of a draft.

    Where I or O are others, the network gets them: weights that still make sense are kept, new ones are drawn from
    the study's seed. The loss is the one that the targets are for.

    Raises
    ------
    InputError
        A size is over its limit.
    """
    sequence, seed = draft.sequence, document.seed
    network = _with_outputs(_with_inputs(document.network, sequence.inputs, seed), draft, seed)
    settings = document.settings
    if sequence.targets is not None:
        loss = CROSS_ENTROPY if sequence.classes else MSE
        settings = replace(settings, loss=loss, at=LAST if sequence.at_last else settings.at)
    return replace(
        document, network=network, sequence=sequence, settings=settings, first=_first(document, network, sequence)
    )


def _with_inputs(network: Network, inputs: int, seed: int) -> Network:
    return network if network.inputs == inputs else reshaped(network, 0, seed, inputs=inputs)


def wanted_outputs(draft: Draft, have: int) -> int:
    """How many values have to leave the network: as many as the targets are of, or as there are words or classes."""
    sequence, targets = draft.sequence, draft.sequence.all_targets
    if targets is not None and not sequence.classes:
        return int(targets.shape[-1])
    if sequence.tokens is not None and draft.outputs is None:
        return len(sequence.vocabulary)
    if targets is None:
        return have
    return draft.outputs or max(int(targets.max()) + 1, have)


def _with_outputs(network: Network, draft: Draft, seed: int) -> Network:
    """The network with as many outputs as wanted; words and classes come from a readout, which holds no f."""
    last = len(network.layers) - 1
    layer, wanted = network.layers[last], wanted_outputs(draft, network.outputs)
    scores = draft.sequence.tokens is not None or draft.sequence.classes
    bare = layer.recurrent and not layer.readout and not layer.cell.own_outputs
    if network.outputs == wanted and not (scores and bare):
        return network
    if only_outputs(layer.cell) and not layer.readout:
        return reshaped(network, last, seed, size=wanted)
    return reshaped(network, last, seed, outputs=wanted)


def _first(document: Document, network: Network, sequence: Sequence) -> dict[int, dict[str, Floats]]:
    """First states as far as there are layers, units and sequences for them."""
    found = {}
    for k, states in document.first.items():
        fitted = refitted_first(document.network.layers[k], network.layers[k], states)
        several = document.sequence.sequences
        if several != sequence.sequences:
            fitted = {name: held if held.ndim == 1 else held[document.sequence.shown] for name, held in fitted.items()}
        if network.layers[k] is document.network.layers[k] and several == sequence.sequences:
            fitted = dict(states)
        if fitted:
            found[k] = fitted
    return found


def what_changes(document: Document, draft: Draft) -> str:
    """One sentence on what using a draft does to the network; empty where nothing.

    Raises
    ------
    InputError
        It cannot be used, and why.
    """
    before, after = document.network, with_sequence(document, draft).network
    if after is before:
        return ""
    arrow = "\N{RIGHTWARDS ARROW}"
    parts: list[str] = []
    if before.inputs != after.inputs:
        parts.append(
            sentence("inputs {inputs} {arrow} {inputs2}", inputs=before.inputs, arrow=arrow, inputs2=after.inputs)
        )
    if before.outputs != after.outputs:
        parts.append(
            sentence(
                "outputs {outputs} {arrow} {outputs2}", outputs=before.outputs, arrow=arrow, outputs2=after.outputs
            )
        )
    if len(parts) == 0:
        parts.append("a readout is added")
    return sentence("The network follows: {names}; weights that still fit are kept, the rest is drawn (seed {seed}).",
                    names=joined(", ", parts), seed=document.seed)  # fmt: skip
