"""Studies to walk through, each made once, and the places in them."""

from dataclasses import replace
from functools import cache

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.derived import fitting_view, phases
from rnnstudio.state.model import Document, Sequence, Session

CELLS = ("dense", "simple", "elman", "lstm", "gru")
LAYER_VIEWS = ("network", "layer", "condensed", "samples")
CELL_VIEWS = ("unrolled", "compact", "cell")
VIEWS = LAYER_VIEWS + CELL_VIEWS
CELL_BY_VIEW = [(cell, view) for cell in CELLS for view in VIEWS if cell != "dense" or view in LAYER_VIEWS]


@cache
def study(cell, steps=None, bias=False, mode="frozen", direction="forward"):
    """The tutorial's study with another cell; ``steps`` of its samples.

    ``mode`` says when the weights are updated, ``direction`` in which order the chosen layer takes the samples.
    """
    document = replace(SetCell(cell).apply(opened(demonstration())).document, mode=mode)
    if direction != "forward":
        network = document.network
        document = replace(document, network=network.with_layer(1, replace(network.layers[1], direction=direction)))
    if bias:
        network = document.network.with_bias(document.network.chosen, True, 5)
        document = replace(document, network=network)
    if steps is not None:
        sequence = document.sequence
        document = replace(document, sequence=replace(sequence, x=sequence.x[:steps], targets=sequence.targets[:steps]))
    return document


@cache
def stacked(upper="simple", steps=4):
    """A simple cell below the chosen one, so that later inputs of that are not known beforehand."""
    layers = (
        new_layer(library_cell("simple"), 3, 4, seed=1),
        new_layer(library_cell(upper), 4, 3, seed=2),
        new_layer(library_cell("dense"), 3, 2, seed=3),
    )
    x = np.random.default_rng(7).normal(size=(steps, 3))
    return Document("stacked", Network(layers, 1), Sequence(x=x))


def words():
    """A text: one-hot inputs, likeliest outputs, vectors too long for tiles."""
    return bundled_study("words")


def at(document, view, t, phase=None, **session):
    """The document at rest in a view, with ``phase`` sub-steps of the cell done."""
    assert fitting_view(view, document) == view
    state = opened(document, Session(view=view, **session))
    count = phases(document)
    return state.see(playhead=Playhead(t, count if phase is None or t == 0 else phase))


def heads(document, samples):
    """Every sub-step of some samples."""
    count = phases(document)
    return [(t, phase) for t in samples for phase in (range(1, count + 1) if t else [count])]
