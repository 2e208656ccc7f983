"""What is particular to a study of a text: whether the picture says a next word, and whether anyone has trained it."""

from functools import lru_cache

import numpy as np

from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.engine.network import new_network
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Document


def says_next_word(document: Document, view: str) -> bool:
    """Whether the y that a view shows holds a number for each word of the text."""
    network, sequence = document.network, document.sequence
    last = network.chosen == len(network.layers) - 1
    fits = network.layers[network.chosen].width == len(sequence.vocabulary)
    return sequence.tokens is not None and view not in LAYER_VIEWS and last and fits


@lru_cache(maxsize=4)
def untrained(document: Document) -> bool:
    """Whether the weights are those that the study's seed draws: nobody has trained or given them."""
    network = document.network
    last = network.layers[-1]
    drawn = new_network(
        last.cell, network.inputs, last.size, last.outputs, last.choice, last.bias, document.seed, len(network.layers),
        last.direction,
    )  # fmt: skip
    return all(
        own.shapes == fresh.shapes
        and all(np.array_equal(own.parameters[name], fresh.parameters[name]) for name in own.shapes)
        for own, fresh in zip(network.layers, drawn.layers, strict=True)
    )


def untrained_caption(document: Document, view: str, focus: bool) -> str:
    """What the line under the title of Unrolled adds where an untrained network says words (DESIGN §16); else empty."""
    if view != "unrolled" or focus or not says_next_word(document, view) or not untrained(document):
        return ""
    return sentence("Untrained net, random weights (seed {seed})", seed=document.seed)
