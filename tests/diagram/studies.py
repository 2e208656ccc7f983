"""Subjects that many diagram tests look at: the tutorial's network with each cell, small enough to walk all of it."""

import numpy as np

from rnnstudio.diagram.knowledge import Knowledge, knowledge_of
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.moment import Moment
from rnnstudio.diagram.subject import LAYER_VIEWS, Subject
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer
from rnnstudio.engine.trace import Trace, run
from rnnstudio.playback.playhead import Playhead

CELLS = ("dense", "simple", "elman", "jordan", "lstm", "lstm-peephole", "lstm-coupled", "gru", "gru-v1", "mgu")
STEPS = 6


def network(cell: str, inputs: int = 4, size: int = 3) -> Network:
    """dense 3→4, the cell 4→3 (chosen), dense 3→2: the tutorial's shape with any cell; biases off."""
    below = new_layer(library_cell("dense"), 3, inputs, activation="sigmoid", bias=False, seed=1)
    chosen = new_layer(library_cell(cell), inputs, size, bias=False, seed=2,
                       outputs=3 if cell == "elman" else None)  # fmt: skip
    above = new_layer(library_cell("dense"), chosen.width if cell != "elman" else 3, 2, activation="sigmoid",
                      bias=False, seed=3)  # fmt: skip
    return Network((below, chosen, above), 1)


def subject(cell: str, t: int = 3, wide: bool = False, **changes: object) -> Subject:
    """The network at sample t."""
    frame = Frame(1920.0, 698.0, True) if wide else Frame()
    return Subject(network(cell), STEPS, t, frame, vmax=1.0, **changes)  # type: ignore[arg-type]


def traces(net: Network, steps: int = STEPS) -> tuple[Trace, Trace | None]:
    """Both computations over a drawn sequence."""
    x = np.random.default_rng(5).normal(size=(steps, net.inputs))
    layer = run(net, x, stateless=True) if net.layers[net.chosen].layer_program is not None else None
    return run(net, x), layer


def moment(sub: Subject, view: str, head: Playhead, **changes: object) -> Moment:
    """What the view shows at a playhead, at rest."""
    cell, layer = traces(sub.network, sub.steps)
    of_layer = view in LAYER_VIEWS

    def knowledge(layer_side: bool) -> Knowledge:
        return knowledge_of(sub.network, head, layer_side, steps=sub.steps)

    main, other = (layer, cell) if of_layer else (cell, layer)
    assert main is not None
    return Moment(sub, main, knowledge(of_layer), other, knowledge(not of_layer), head, head,
                  of_layer=of_layer, **changes)  # type: ignore[arg-type]  # fmt: skip
