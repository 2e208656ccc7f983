"""The tutorial study as a network, with each cell, and the pages of the formula bar at a place in it."""

import numpy as np

from rnnstudio.diagram.explain import pages
from rnnstudio.diagram.formula import Page, Piece
from rnnstudio.diagram.knowledge import Knowledge, knowledge_of
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.subject import LAYER_VIEWS, Subject
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.trace import Trace, run
from rnnstudio.playback.playhead import Playhead

W1 = [[2.0, 0.8, -1.4], [1.9, 0.5, -0.6], [-1.6, 2.3, -1.0], [-2.4, -1.3, 2.0]]
W2 = [[-1.5, -1.3, -1.0, 1.1], [1.9, 1.1, 1.2, -1.5], [0.7, 0.7, -0.7, 0.3]]
W3 = [[2.5, -1.0, -0.7], [-2.4, 1.7, 1.1]]
U = [[-1.8, 2.5, -1.7], [0.2, -1.8, -2.1], [1.5, -1.9, 2.4]]
INPUTS = [[-0.72, 0.78, 0.51], [-0.89, 0.51, 0.59], [-0.52, 0.06, -0.2], [0.16, -0.42, -0.7], [0.75, -0.74, -0.17],
          [0.88, -0.78, 0.61], [0.48, -0.52, 0.5], [-0.21, -0.07, -0.34]]  # fmt: skip
VMAX = 2.5


def tutorial(cell="simple", bias=False) -> Network:
    def layer(name, inputs, size, **parameters):
        arrays = {key: np.array(value) for key, value in parameters.items()}
        return Layer(library_cell(name), inputs, size, "sigmoid", False, "forward", None, arrays)

    layers = (layer("dense", 3, 4, W=W1), layer("simple", 4, 3, W=W2, U=U), layer("dense", 3, 2, W=W3))
    network = Network(layers, 1)
    if cell == "dense":
        network = network.with_chosen(2)
    elif cell != "simple":
        network = network.with_cell(1, library_cell(cell))
    return network.with_bias(network.chosen, True) if bias else network


def trace_of(network: Network, view: str) -> Trace:
    return run(network, INPUTS, stateless=view in LAYER_VIEWS)


def knowledge_at(network: Network, view: str, t: int, phase: int) -> Knowledge:
    return knowledge_of(network, Playhead(t, phase), view in LAYER_VIEWS)


def pages_at(network, trace, view, t, phase, *, wide=False, unit=1, selection=None) -> tuple[Page, ...]:
    frame = Frame(1920.0, 698.0, True) if wide else Frame()
    kind = "layer" if view in LAYER_VIEWS else "cell"
    return pages(Subject(network, trace.T, t, frame), trace, kind, view, Playhead(t, phase), unit, selection,
                 knowledge_at(network, view, t, phase), 2, VMAX)  # fmt: skip


def pieces(found) -> list[Piece]:
    return [piece for page in found for zone in page.zones for line in zone.lines for piece in line]


def vectors(found) -> list[np.ndarray]:
    return [p.values.ravel() for p in pieces(found) if p.kind != "math" and p.known and p.values is not None]


def words(found) -> str:
    return " ".join(piece.text for piece in pieces(found))
