"""What is particular to a study of a text: whether the picture says a next word, and whether anyone has trained it."""

from functools import lru_cache

import numpy as np

from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.engine.network import new_network
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
    if len(network.layers) != 1:
        return False
    layer = network.layers[0]
    drawn = new_network(
        layer.cell, layer.inputs, layer.size, layer.outputs, layer.activation, layer.bias, document.seed
    ).layers[0].parameters  # fmt: skip
    own = layer.parameters
    return own.keys() == drawn.keys() and all(np.array_equal(own[name], drawn[name]) for name in own)


def untrained_caption(document: Document, view: str, focus: bool) -> str:
    """The line under the title of Unrolled where an untrained network says words (DESIGN §16); empty elsewhere."""
    if view != "unrolled" or focus or not says_next_word(document, view) or not untrained(document):
        return ""
    words = f"each of the {len(document.sequence.vocabulary)} words"
    return f"Untrained net, random weights (seed {document.seed}): {words} is still nearly equally likely."
