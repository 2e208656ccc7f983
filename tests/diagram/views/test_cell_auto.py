"""Cells without given positions: gates in a row over rails, operators in lanes, wires that are level and upright."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.views.cell import lay_out
from rnnstudio.engine.cells import library_cell, parse_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network, new_layer, new_network
from tests.diagram.views.drawings import FRAMES, check, rect, subject
from tests.diagram.views.wiring import check_boxes, check_wires, crossings, unit
from tests.engine.random_cells import random_cell

LITERATURE = Path(__file__).parents[2] / "literature"
#: Crossings of wires of different vectors in each drawing, as counted; with drops over a rail, which no order avoids.
MOST = {
    "cfn": 3, "cornn": 5, "fastgrnn": 2, "indrnn": 0, "irnn": 0, "janet": 1, "leaky": 2, "li-gru": 1,
    "lstm-no-output-gate": 2, "minimal-rnn": 3, "mlstm": 4, "mut1": 1, "mut2": 3, "mut3": 4, "ran": 3, "scrn": 6,
    "sru": 3, "star": 0, "ugrnn": 1,
}  # fmt: skip
SHIPPED = ("simple", "jordan", "lstm", "lstm-peephole", "lstm-coupled", "gru", "gru-v1", "mgu")
#: Under this size of a cell's drawing its letters and numbers are left out.
SMALLEST = 0.4


def literature(name):
    return parse_cell((LITERATURE / f"{name}.toml").read_text(encoding="utf-8"), name)


def stripped(name):
    """A shipped cell without its positions, under a name that has none for the projector either."""
    lines = [line for line in library_cell(name).text.splitlines() if not line.startswith("place")]
    return parse_cell("\n".join(f'name = "own-{name}"' if line.startswith("name =") else line for line in lines))


def drawn(cell, frame, *, bias=True, outputs=None):
    return lay_out(subject(new_network(cell, 3, 4, outputs or (2 if cell.own_outputs else None), bias=bias),
                           frame=frame))  # fmt: skip


def check_all(layout):
    check(layout)
    check_boxes(layout)
    check_wires(layout)


def check_directions(layout, program):
    """States come in at the left and go out at the right, x comes from below, y goes up."""
    left, _, right, _ = shell(layout)
    for state in program.states:
        if Key(f"{state}_prev", part="frame") in layout.plates.keys:
            assert rect(layout, Key(f"{state}_prev", part="frame"))[0] < left
        assert rect(layout, Key(state, part="frame"))[0] > right
    if not layout.frame.wide:
        assert rect(layout, Key("x", part="frame"))[1] > shell(layout)[3]
        assert rect(layout, Key("y", part="frame"))[1] < shell(layout)[1]


def shell(layout):
    x, y, w, h = rect(layout, Key("cell"))
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2


def test_every_cell_of_the_literature_has_its_bound():
    assert set(MOST) == {path.stem for path in LITERATURE.glob("*.toml")}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", MOST)
def test_the_literatures_cells_are_drawn_without_overlaps_and_with_few_crossings(name, bias, frame):
    cell = literature(name)
    layout = drawn(cell, frame, bias=bias)
    check_all(layout)
    assert crossings(layout) <= MOST[name]
    check_directions(layout, new_network(cell, 3, 4, 2 if cell.own_outputs else None).layers[0].program)
    assert unit(layout) > 0.55, "its numbers can be read"


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("outputs", [None, 2])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_cells_are_drawn_well_without_their_positions_too(name, outputs, frame):
    cell = stripped(name)
    layout = drawn(cell, frame, outputs=outputs)
    check_all(layout)
    check_directions(layout, new_network(cell, 3, 4).layers[0].program)


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_gates_stand_in_a_row_and_a_states_line_is_straight(name):
    layout = drawn(stripped(name), FRAMES[0])
    keys = {"lstm": ("f:sigmoid", "i:sigmoid", "g:tanh", "o:sigmoid"), "gru": ("r:sigmoid", "z:sigmoid")}[name]
    assert len({rect(layout, Key(key))[1] for key in keys}) == 1
    state = "c" if name == "lstm" else "s"
    rail = layout.wires.points[layout.wires.keys.index(Key(f"rail:{state}"))]
    assert np.ptp(rail[:, 1]) < 1e-9


@pytest.mark.parametrize("name", ["mut3", "mlstm"])
def test_the_same_equations_give_the_same_picture(name):
    first, again = drawn(literature(name), FRAMES[0]), drawn(literature(name), FRAMES[0])
    assert first.plates.keys == again.plates.keys and first.wires.keys == again.wires.keys
    assert np.array_equal(first.plates.rect, again.plates.rect)
    assert np.array_equal(first.wires.points, again.wires.points)


TWICE = """
kind = "cell"
version = 1
name = "twice"
sizes = { x = "I", s = "H", y = "H" }
bias = ["b"]
equations = '''
z = sigmoid(W @ x + U @ s_prev + b)
n = tanh(W @ x + U @ s_prev + b)
s = z * n + W @ x
y = s'''
phases = [["x", "s_prev"], ["z", "n"], ["s"], ["y"]]
"""


@pytest.mark.parametrize("frame", FRAMES)
def test_a_matrix_that_is_used_again_is_drawn_again(frame):
    layout = drawn(parse_cell(TWICE), frame)
    check_all(layout)
    for use in ("W", "W~2", "W~3", "U", "U~2", "b~2"):
        assert Key(use, part="tab") in layout.plates.keys
    names = [layout.blocks[int(block)].name for block in layout.tiles.block]
    assert names.count("W") == 3 * 12


def check_random(choose):
    try:
        cell = random_cell(choose)
        letters = {letter for shape in cell.values.values() for letter in shape}
        outputs = 2 if cell.own_outputs or ("O" not in letters and choose.randint(0, 1)) else None
        layer = new_layer(cell, choose.randint(1, 5), choose.randint(1, 5), outputs, None, True, 1, "forward")
    except InputError:
        assume(False)
    assume(len(layer.program.ops) <= 32)
    layout = lay_out(subject(Network((layer,)), frame=FRAMES[choose.randint(0, 1)]))
    assume(unit(layout) >= SMALLEST)
    check_all(layout)
    check_directions(layout, layer.program)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_random_cells_are_drawn_without_overlaps(choose):
    check_random(choose)


@pytest.mark.heavy
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32 - 1))
def test_a_hundred_random_cells_are_drawn_without_overlaps(seed):
    check_random(random.Random(seed))
