"""Network: layers that keep a state have a loop, those that read both ways two lanes, with the numbers of the run."""

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.views.network import lay_out
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.layer import new_layer
from rnnstudio.engine.network import Network
from rnnstudio.state.actions.editing import ChooseLayer
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import SetDirection
from rnnstudio.state.derived import layout, subject
from rnnstudio.state.model import Document, Sequence, Session
from rnnstudio.state.picture import scene
from rnnstudio.state.runs import traces
from tests.diagram.views.drawings import FRAMES, check, text


def study(*layers, chosen=0, inputs=3):
    made = []
    for k, (cell, size, outputs, direction) in enumerate(layers):
        before = made[-1].width if made else inputs
        made.append(new_layer(library_cell(cell), before, size, outputs, seed=k + 1, direction=direction))
    x = np.random.default_rng(4).normal(size=(6, inputs))
    return Document("deep", Network(tuple(made), chosen), Sequence(x=x))


DEEP = study(("lstm", 4, None, "forward"), ("gru", 3, None, "forward"), ("dense", 2, None, "forward"), chosen=1)
BOTH = study(("lstm", 3, None, "both"), ("gru", 3, 2, "both"), ("simple", 2, None, "reverse"), chosen=1)


def state_of(document, *actions):
    state = GoTo(3).apply(opened(document, Session(view="network")))
    for action in actions:
        state = action.apply(state)
    return state


def loops(drawn):
    return {(key.layer, key.i) for key in drawn.wires.keys if key.what == "wire:state"}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("document", [DEEP, BOTH], ids=["deep", "both"])
@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_the_laws_of_every_drawing_hold(document, chosen, frame):
    from dataclasses import replace

    drawn = lay_out(replace(subject(state_of(document, ChooseLayer(chosen))), frame=frame))
    check(drawn)


def test_every_layer_that_runs_with_a_state_has_a_loop_and_the_chosen_one_a_band():
    assert loops(layout(state_of(DEEP))) == {(0, 0)}
    assert loops(layout(state_of(DEEP, ChooseLayer(2)))) == {(0, 0), (1, 0)}
    assert loops(layout(state_of(BOTH))) == {(0, 0), (0, 1), (2, 0)}
    for chosen in range(3):
        drawn = layout(state_of(DEEP, ChooseLayer(chosen)))
        assert [key for key, kind in zip(drawn.plates.keys, drawn.plates.kind, strict=True) if kind == "chosen"] == [
            Key("cell")
        ]
    assert "loop" in layout(state_of(DEEP, ChooseLayer(2))).caption


def test_a_layer_that_reads_both_ways_has_two_lanes_with_their_way():
    drawn = layout(state_of(BOTH))
    assert text(drawn, Key("layer", part="way-forward", layer=0)).startswith("forward")
    assert text(drawn, Key("layer", part="way-reverse", layer=1)).endswith("reverse")
    assert text(drawn, Key("layer", part="count", layer=0)) == "2 × 3 nodes"


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_nodes_of_both_lanes_and_of_what_they_make_bear_their_numbers(direction):
    state = state_of(BOTH, SetDirection(direction))
    of_cell, of_layer = traces(BOTH)
    drawn, tiles = scene(state), layout(state).tiles
    shown = {key: value for key, value in zip(tiles.keys, drawn.tile_value, strict=True) if not key.part}
    below = [shown[Key("x", i=i)] for i in range(6)]
    assert below == pytest.approx(of_layer.outputs[0][2])
    assert np.array_equal(of_layer.outputs[0], of_cell.outputs[0])
    chosen = of_layer.layer(1)
    passes = {"forward": chosen.value("y", 3), "reverse": chosen.reverse.value("y", 3)}
    assert [shown[Key("y", i=i)] for i in range(3)] == pytest.approx(passes.pop(direction))
    first = 0 if direction == "reverse" else 3
    other = next(iter(passes.values()))
    assert [shown[Key("node", i=first + i, layer=1)] for i in range(3)] == pytest.approx(other)
    assert [shown[Key("readout", i=i, layer=1)] for i in range(2)] == pytest.approx(of_layer.outputs[1][2])
    assert [shown[Key("node", i=i, layer=2)] for i in range(2)] == pytest.approx(of_layer.outputs[2][2])


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_edges_of_both_lanes_bear_their_weights(direction):
    state = state_of(BOTH, SetDirection(direction))
    where, drawn = layout(state), scene(state)
    shown = dict(zip(where.edges.keys, drawn.edge_value, strict=True))
    one, layer = BOTH.network.layers[0].parameters, BOTH.network.layers[1].parameters
    other = "reverse" if direction == "forward" else "forward"
    for (i, j), value in np.ndenumerate(layer["Wn" if direction == "forward" else "reverse.Wn"]):
        assert shown[Key("W", i=i, j=j, part="edge")] == value
    first = 0 if direction == "reverse" else 3
    for (i, j), value in np.ndenumerate(layer["Wn" if other == "forward" else "reverse.Wn"]):
        assert shown[Key("W", i=first + i, j=j, part="edge", layer=1)] == value
    for name, start in (("Wg", 0), ("reverse.Wg", 3)):
        for (i, j), value in np.ndenumerate(one[name]):
            assert shown[Key("W", i=start + i, j=j, part="edge", layer=0)] == value


def test_nothing_of_a_lane_is_shown_before_its_sub_step():
    state = state_of(BOTH)
    early = GoTo(3, 1).apply(state)
    known = dict(zip(layout(early).tiles.keys, scene(early).tile_known, strict=True))
    assert known[Key("x", i=5)] and not known[Key("y", i=0)]
    assert not known[Key("node", i=4, layer=1)] and not known[Key("readout", i=0, layer=1)]
