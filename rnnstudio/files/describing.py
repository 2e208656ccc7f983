"""Networks and sequences in words."""

from __future__ import annotations

from rnnstudio.engine.network import Layer, Network
from rnnstudio.files.texts import kind_of
from rnnstudio.state.model import Sequence


def counted(count: int, thing: str) -> str:
    """A number and its thing, in the plural where there are several."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def described(network: Network) -> str:
    """The network in words: cells, activations, sizes."""
    return ", then ".join(_described_layer(layer) for layer in network.layers)


def _described_layer(layer: Layer) -> str:
    function = f" ({layer.program.activation})" if layer.program.activation else ""
    bias = "" if layer.bias else ", without bias"
    if not layer.recurrent:
        return f"{layer.cell.name}{function} {layer.inputs} → {layer.width}{bias}"
    direction = {"forward": "", "reverse": ", from the last step to the first", "both": ", both directions"}
    readout = f", {counted(layer.width, 'output')}" if layer.readout else ""
    inputs = counted(layer.inputs, "input")
    return f"{layer.cell.name}{function}: {inputs}, state of {layer.size:,}{direction[layer.direction]}{readout}{bias}"


def described_sequence(sequence: Sequence) -> str:
    """The samples in words: how many steps of what, and whether there are targets."""
    note = f" ({sequence.note})" if sequence.note else ""
    if sequence.tokens is not None:
        tokens = counted(len(sequence.vocabulary), "different token")
        return f"text read by {kind_of(sequence)}, {counted(sequence.steps, 'step')}, {tokens}{note}"
    targets = ""
    if sequence.targets is not None:
        targets = f", with {'class numbers as ' if sequence.classes else ''}targets"
        targets += " of the last step" if sequence.at_last else ""
    inputs = counted(sequence.inputs, "input")
    if sequence.sequences is None:
        return f"{counted(sequence.steps, 'step')} of {inputs}{targets}{note}"
    steps = counted(sequence.most_steps, "step")
    if sequence.lengths is not None:
        steps = f"{sequence.lengths.min():,} to {sequence.lengths.max():,} of {steps}"
    return f"{counted(sequence.sequences, 'sequence')} of {steps} of {inputs}{targets}{note}"
