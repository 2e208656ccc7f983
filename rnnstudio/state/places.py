"""Given numbers and where they stand: what one may edit, its value, and why all else is computed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Block, Layout
from rnnstudio.diagram.moment import TARGET, pass_of
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.diagram.versions import DELTA
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.trace import Trace
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import direction, shown_view
from rnnstudio.state.model import State
from rnnstudio.state.runs import directed, side

Floats = NDArray[np.float64]

#: The kinds of given values: a number of x, a word of it, a first state, a parameter, a target (a number or a class).
X, TOKEN, FIRST, PARAMETER, WANTED, CLASS = "x", "token", "first", "parameter", "target", "class"
#: Kinds that are chosen from the vocabulary, or from the classes, and not typed as numbers.
CHOSEN = (TOKEN, CLASS)


class Place(NamedTuple):
    """One given value of a document.

    ``name`` is x, the state, the parameter or "target" (of the reversed direction of a layer with ``reverse.`` before
    it), ``at`` where it stands in its array: of x and targets (t − 1, i), of a word (t − 1,), of a first state (i,).
    """

    kind: str
    name: str
    at: tuple[int, ...]
    layer: int = 0

    @property
    def whole(self) -> tuple[str, str, int]:
        """What it is a number of."""
        return self.kind, self.name, self.layer


def place_of_mark(state: State, layout: Layout, key: Key) -> Place | str | None:
    """The given value that a mark of the picture shows; why it is none; None where the mark shows no number."""
    tiles = layout.tiles
    if key in tiles.keys:
        at = tiles.keys.index(key)
        if tiles.block[at] >= 0:
            return place_of_block(state, layout.blocks[tiles.block[at]], int(tiles.cell[at]))
    if key.what == TARGET and key.part in ("", "frame", "word"):
        return _target(state, key.t or state.session.playhead.t, key.i or 0)
    edges = layout.edges
    if key in edges.keys:
        at = edges.keys.index(key)
        return place_of_block(state, layout.blocks[edges.block[at]], int(edges.cell[at]))
    return None


def place_of_block(state: State, block: Block, cell: int) -> Place | str:
    """The given value in a cell of a block, or why it is none."""
    if block.shown is not None:
        return "The picture is on its way to another network; its values can be edited when it is there."
    t = state.session.playhead.t if block.t is None else block.t
    rows, columns = block.shape
    index = (cell,) if 1 in (rows, columns) and not _is_matrix(state, block) else (cell // columns, cell % columns)
    return given(state, block.name, t, block.layer, index)


def _is_matrix(state: State, block: Block) -> bool:
    layer = state.document.network.layers[_layer_at(state, block.layer)]
    found = layer.parameters.get(pass_of(block.name)[1].removeprefix(DELTA))
    return found is not None and found.ndim == 2


def _layer_at(state: State, layer: int | None) -> int:
    return state.document.network.chosen if layer is None else max(layer, 0)


def given(state: State, name: str, t: int, layer: int | None, index: tuple[int, ...]) -> Place | str:
    """The given value that a name stands for at a sample, or the sentence that says why it cannot be edited.

    Parameters
    ----------
    state : State
        What is shown: the computation, the direction and the versions of the weights are its.
    name : str
        A value, state or parameter of the layer's program, ``x``, ``NAME_prev``, "target", or a derived quantity.
    t : int
        Its sample; of a parameter the one that uses it.
    layer : int, optional
        Index of the layer; None the chosen one, −1 the input of the network.
    index : tuple of int
        Where in the array of the value, sample aside.
    """
    way, name = pass_of(name)
    k = _layer_at(state, layer)
    if name == TARGET:
        return _target(state, t, index[0] if index else 0)
    if name in ("x", "onehot"):
        return _input(state, t, k, index)
    if name.startswith(DELTA):
        return "ΔW is what training adds to W: it is computed. The first W and the target are given."
    run = _run(state, way)
    shown = run.layer(k)
    if name.endswith("_prev") and name.removesuffix("_prev") in shown.program.states:
        name, t = name.removesuffix("_prev"), t + (1 if shown.reversed_time else -1)
    before = REVERSE if shown.reversed_time and state.document.network.layers[k].direction == "both" else ""
    if name in state.document.network.layers[k].parameters or before + name in shown.layer.parameters:
        return _parameter(state, run, k, name, before, t, index)
    start = shown.T + 1 if shown.reversed_time else 0
    if name in shown.program.states and t == start:
        return Place(FIRST, before + name, index[:1], k)
    return sentence(
        "{name} is computed from what is given: x, the first state, the weights and biases. Change one of these.",
        name=name,
    )


def _run(state: State, way: str) -> Trace:
    shown, _ = side(state.document, shown_view(state) in LAYER_VIEWS)
    return directed(shown, way or direction(state))


def _input(state: State, t: int, k: int, index: tuple[int, ...]) -> Place | str:
    document = state.document
    if k > 0:
        return f"x of layer {k + 1} is what layer {k} hands out: it is computed. The input of the network is given."
    if not 1 <= t <= document.sequence.steps:
        return sentence(
            "there is no input at sample {t}; samples 1 to {steps} have one.", t=t, steps=document.sequence.steps
        )
    if document.sequence.tokens is not None:
        return Place(TOKEN, "x", (t - 1,))
    return Place(X, "x", (t - 1, index[0] if index else 0))


def _target(state: State, t: int, i: int) -> Place | str:
    sequence = state.document.sequence
    if sequence.targets is None:
        return "the study has no targets; a sequence with targets is wanted."
    if sequence.at_last:
        return Place(CLASS, "target", ()) if sequence.classes else Place(WANTED, "target", (i,))
    if not 1 <= t <= sequence.steps:
        return sentence("there is no target at sample {t}; samples 1 to {steps} have one.", t=t, steps=sequence.steps)
    return Place(CLASS, "target", (t - 1,)) if sequence.classes else Place(WANTED, "target", (t - 1, i))


def _parameter(
    state: State, run: Trace, k: int, name: str, before: str, t: int, index: tuple[int, ...]
) -> Place | str:  # fmt: skip
    layer = state.document.network.layers[k]
    own = before + name if before + name in layer.parameters else name
    shown = run.layer(k)
    in_force = shown.parameter(name, min(max(t, 1), run.T)) if name in shown.program.parameters else None
    if t > run.T or (in_force is not None and not np.array_equal(in_force, layer.parameters[own])):
        return sentence(
            "{name} at sample {min} is what updates have made of it. The one at sample 1 is given.",
            name=name,
            min=min(t, run.T + 1),
        )
    return Place(PARAMETER, own, index, k)
