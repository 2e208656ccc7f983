"""What every kind of mark is, in one or two sentences, and the stop of a lesson at which one reads on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnnstudio.diagram.equation_groups import gate_word
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.versions import DELTA
from rnnstudio.engine.ops import Program

#: The name of a lesson, and the number of one of its stops, from 1.
Reading = tuple[str, int]


class Meaning(NamedTuple):
    """Sentences, and where to read on."""

    words: str
    reading: Reading


_LADDER, _INSIDE, _MEMORY, _LSTM, _GRU, _WORDS, _SAME = (
    "from-a-layer", "what-r-is", "what-it-remembers", "lstm", "gru", "words", "same-weights",
)  # fmt: skip

#: Kind of mark → what it is.
MEANINGS: Mapping[str, Meaning] = MappingProxyType({
    "x": Meaning(
        "The input vector of a sample. It comes from outside, or from the layer below; it is not changed here.",
        (_LADDER, 1),
    ),
    "word": Meaning(
        "The word of this sample, as a vector with a single 1: at the word's place in the vocabulary.", (_WORDS, 1),
    ),
    "y": Meaning("The output at this sample: what leaves, and what the next layer takes as its input.", (_LADDER, 3)),
    "s": Meaning(
        "The state: what the cell hands on to the next sample. It is all that it remembers of the samples before.",
        (_MEMORY, 4),
    ),
    "first": Meaning(
        "The state before the first sample. It is given, as a rule zeros, and you may change it.", (_LADDER, 7),
    ),
    "c": Meaning(
        "The cell state: a conveyor through time. Gates scale it and something is added to it; no matrix stands on it.",
        (_LSTM, 1),
    ),
    "W": Meaning(
        "Weights on the input. Each row belongs to one unit, each column to one input; the products are added up.",
        (_LADDER, 3),
    ),
    "U": Meaning(
        "Weights on the state of the sample before. With U = 0 nothing of the past reaches this sample.", (_MEMORY, 7),
    ),
    "V": Meaning("Weights of the readout: they make the output out of the state.", (_INSIDE, 8)),
    "b": Meaning("A bias: one number for each unit, added to its sum whatever comes in.", (_LADDER, 3)),
    "change": Meaning(
        "What training adds to the weights after this sample: a step against the gradient of the loss.", (_SAME, 1),
    ),
    "after": Meaning("The weights after the update that follows the whole sequence.", (_SAME, 4)),
    "sum": Meaning("The sum before the activation: weighted inputs, weighted state, bias.", (_INSIDE, 3)),
    "product": Meaning("One weight times one input: a term of the sum of this unit.", (_LADDER, 3)),
    "activation": Meaning(
        "The activation: it bends each sum by itself. Without it many layers would do no more than one.", (_INSIDE, 4),
    ),
    "cell": Meaning(
        "The cell R. It takes the input of this sample and the state of the sample before, and hands out an output and "
        "a new state. It is the same R at every sample.",
        (_LADDER, 7),
    ),
    "layer": Meaning(
        "The layer: the weighted inputs of each unit are added up, the activation bends the sum. It remembers nothing.",
        (_LADDER, 4),
    ),
    "node": Meaning("One unit of another layer of the network, with its value at this sample.", (_LADDER, 1)),
    "target": Meaning("The target: what the output should be here. The loss measures how far off it is.", (_MEMORY, 8)),
    "forget": Meaning(
        "The forget gate: between 0 and 1 for each value of the cell state. Near 1 it stays, near 0 it is gone.",
        (_LSTM, 3),
    ),
    "input": Meaning("The input gate: how much of the candidate is taken into the cell state.", (_LSTM, 4)),
    "output": Meaning("The output gate: how much of the cell state is let out as the new state.", (_LSTM, 6)),
    "reset": Meaning("The reset gate: how much of the old state the candidate gets to see.", (_GRU, 2)),
    "update": Meaning("The update gate: how much of the old state stays, and how much of the candidate replaces it.",
                      (_GRU, 4)),
    "candidate": Meaning("The candidate: what might be stored. Gates decide how much of it is.", (_LSTM, 2)),
    "gate": Meaning("A gate: numbers between 0 and 1 that scale something else, value by value.", (_LSTM, 2)),
    "operation": Meaning(
        "An operation on whole vectors: + adds value to value, ⊙ multiplies value by value.", (_LSTM, 5),
    ),
    "value": Meaning("A value inside the cell, computed in one of its sub-steps.", (_INSIDE, 1)),
    "axis": Meaning("The samples in their order: time runs to the right.", (_LADDER, 6)),
})  # fmt: skip

_SPECIAL = {
    "target": "target", "product": "product", "rowsum": "sum", "after": "after", "axis": "axis", "f": "activation",
}  # fmt: skip


def kind_of(key: Key, name: str, program: Program, *, recurrent: bool, first: bool, word: bool, other: bool) -> str:
    """Which kind of mark a thing is.

    Parameters
    ----------
    key : Key
        The mark.
    name : str
        What it is called in the program of its layer (see `named`).
    program : Program
        The op table of that layer.
    recurrent : bool
        Whether the picture shows the cell, and not the traditional layer.
    first : bool
        Whether it belongs to the sample before the first.
    word : bool
        Whether the inputs of the layer are words.
    other : bool
        Whether it is of a layer other than the one that is shown.
    """
    what = key.what.removeprefix("wire:")
    if what in _SPECIAL and not (what == "f" and "f" in program.values):
        return _SPECIAL[what]
    if what in ("cell", "layer", "network"):
        return "cell" if recurrent and what == "cell" else "layer"
    if name.startswith(DELTA):
        return "change"
    role = program.role(name)
    if name in program.parameters:
        return "b" if name in program.biases else role if role in ("W", "U", "V") else "W"
    if other and what == "node":
        return "node"
    if name == "x":
        return "word" if word else "x"
    return _computed(name, program, first)


def _computed(name: str, program: Program, first: bool) -> str:
    """The kind of a state or of a value that the program computes."""
    gate = gate_word(program, name)
    if gate:
        return gate if gate in MEANINGS else "gate"
    if name in program.states:
        return "first" if first else "c" if program.role(name) == "c" else "s"
    if name in ("y", program.handed):
        return "y"
    if ":" in name:
        return "operation"
    return "sum" if name == "a" else "value"
