"""The gradients of every op and of every shipped cell against central differences with steps of 1e-6."""

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.operations import OPERATIONS
from rnnstudio.engine.trace import run

STEP, TOLERANCE = 1e-6, 1e-6


class Measured:
    """A network with data, and the loss as a function of everything that goes in."""

    def __init__(self, network, steps, batch, kind="mse"):
        random = np.random.default_rng(11)
        middle = (batch,) if batch else ()
        layer = network.layers[0]
        self.network = network
        self.inputs = {name: random.normal(size=array.shape) for name, array in layer.parameters.items()}
        self.inputs["x"] = random.normal(size=(steps, *middle, layer.inputs))
        self.inputs |= {f"{s}0": random.normal(size=(*middle, layer.size)) for s in layer.program.states}
        shape = (steps, *middle, network.outputs)
        targets = random.normal(size=shape) if kind == "mse" else random.integers(0, shape[-1], shape[:-1])
        self.loss = Loss(kind, targets)

    def trace(self, values):
        layer = self.network.layers[0]
        network = self.network.with_parameters(0, {name: values[name] for name in layer.parameters})
        return run(network, values["x"], {s: values[f"{s}0"] for s in layer.program.states} or None)

    def at(self, name, change):
        values = {**self.inputs, name: self.inputs[name] + change}
        return backpropagate(self.trace(values), self.loss).loss

    def slope(self, name, direction):
        return (self.at(name, STEP * direction) - self.at(name, -STEP * direction)) / (2 * STEP)

    def gradients(self):
        back = backpropagate(self.trace(self.inputs), self.loss)
        return {name: back.of(0, name) for name in self.inputs}


def check_along_directions(measured):
    """Every array moved as a whole, along a random direction."""
    random = np.random.default_rng(12)
    for name, gradient in measured.gradients().items():
        direction = random.normal(size=gradient.shape)
        assert abs(measured.slope(name, direction) - (gradient * direction).sum()) <= TOLERANCE, name


def check_every_number(measured):
    for name, gradient in measured.gradients().items():
        for place in np.ndindex(gradient.shape):
            direction = np.zeros(gradient.shape)
            direction[place] = 1.0
            assert abs(measured.slope(name, direction) - gradient[place]) <= TOLERANCE, (name, place)


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("steps", [1, 5])
@pytest.mark.parametrize("batch", [None, 3])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("outputs", [None, 2])
def test_every_cell_in_every_form(name, steps, batch, bias, outputs):
    network = new_network(library_cell(name), 2, 3, outputs, bias=bias)
    check_along_directions(Measured(network, steps, batch))


@pytest.mark.parametrize("name", library_cells())
def test_every_number_of_every_cell(name):
    check_every_number(Measured(new_network(library_cell(name), 2, 2, 2), 3, None, "cross-entropy"))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("name", [name for name in library_cells() if library_cell(name).activations])
def test_every_activation_on_offer(name, activation):
    if activation in next(iter(library_cell(name).activations.values())):
        check_along_directions(Measured(new_network(library_cell(name), 2, 3, 2, activation), 4, 2))


#: What is done with a value of H numbers, by the kind of the op that it is there for.
FORMS = {
    "matmul": "U @ {v}",
    "matmul on a sum": "U @ ({v} + p)",
    "concat": "W2 @ concat({v}, x, p * {v})",
    "concat twice": "W2 @ concat({v}, concat({v}, x))",
    "add": "{v} + p + U @ {v}",
    "sub": "p - {v} - U @ {v}",
    "mul": "{v} * p * {v}",
    "negate": "-({v} * p)",
    "copy": "{v}",
    "constant": "0.5 * {v} + 0.25",
    **{function: f"{function}(q * {{v}} + p)" for function in FUNCTIONS},
    "tanh of a lane": "tanh(U @ {v} + W @ x + p)",
    "sigmoid of a lane": "sigmoid(p - U @ {v})",
    "softmax of a lane": "softmax(U @ {v} + U2 @ {v})",
    "one minus": "(1 - {v}) * {v}",
}
CELL = """
kind = "cell"
version = 1
name = "form"
sizes = {{ x = "I", e = "H", k = "H", s = "H", y = "H" }}
equations = '''
e = tanh(Wk @ x + bk)
k = {before}
s = tanh(R @ s_prev + {loop} + k)
y = {after}'''
phases = [["x", "s_prev"], ["e", "k"], ["s"], ["y"]]
"""
BEFORE, LOOP, AFTER = "e", "pl * s_prev", "s"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["before", "loop", "after"])
@pytest.mark.parametrize("batch", [None, 2])
def test_every_kind_of_op_before_in_and_after_the_loop(form, place, batch):
    parts = {"before": BEFORE, "loop": LOOP, "after": AFTER}
    value = {"before": "e", "loop": "(pl * s_prev)", "after": "s"}[place]
    parts[place] = FORMS[form].format(v=value)
    check_along_directions(Measured(new_network(parse_cell(CELL.format(**parts)), 2, 3), 4, batch))


def test_the_forms_hold_every_kind_of_op_and_every_function():
    befores = [form.format(v="e") for form in FORMS.values()]
    cells = [parse_cell(CELL.format(before=before, loop=LOOP, after=AFTER)) for before in befores]
    ops = [op for cell in cells for op in new_network(cell, 2, 3).layers[0].program.ops]
    ops += new_network(parse_cell(CELL.format(before="0.5", loop=LOOP, after=AFTER)), 2, 3).layers[0].program.ops
    assert {op.kind for op in ops} == set(OPERATIONS)
    assert {op.function for op in ops if op.function} == set(FUNCTIONS)


def test_a_constant_has_no_gradient_and_spoils_none():
    check_every_number(Measured(new_network(parse_cell(CELL.format(before="0.5", loop=LOOP, after=AFTER)), 2, 2), 3, 2))
