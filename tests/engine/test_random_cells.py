"""Random cells: what is compiled computes what the table of ops says, forward and backward.

`tests.engine.interpreter` goes through the table one op and one step after another and differentiates it in reverse;
that one is held against finite differences here too, so that the two cannot be wrong together.
"""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from rnnstudio.engine import adjoint, machine
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import Network, new_layer
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Learner, Settings
from tests.engine.interpreter import interpret
from tests.engine.random_cells import random_cell
from tests.engine.test_batches import check_each_alone


class UnfitError(Exception):
    """No cell to compare on: a size that follows from nothing, numbers that explode, rounding that decides."""


def close(ours, theirs, scale):
    return np.abs(ours - theirs).max(initial=0.0) <= 1e-11 * max(1.0, scale) + 1e-10 * np.abs(theirs).max(initial=0.0)


def compare(found, expected, names, what):
    """The arrays that `found` gives for names, against those expected under other names."""
    scale = max(np.abs(value).max() for value in expected.values())
    for theirs, ours in names.items():
        array = found(ours)
        assert array.shape == expected[theirs].shape, (what, theirs)
        assert close(array, expected[theirs], scale), (what, theirs, np.abs(array - expected[theirs]).max())


def drawn_layer(choose):
    try:
        cell = random_cell(choose)
        letters = {letter for shape in cell.values.values() for letter in shape}
        outputs = choose.randint(1, 3) if cell.own_outputs or ("O" not in letters and choose.randint(0, 1)) else None
        direction = ("forward", "forward", "reverse", "both")[choose.randint(0, 3)] if cell.states else "forward"
        bias = choose.randint(0, 3) > 0
        layer = new_layer(cell, choose.randint(1, 3), choose.randint(1, 4), outputs, None, bias, 1, direction)
    except InputError as error:
        raise UnfitError(str(error)) from None
    numbers = np.random.default_rng(choose.randint(0, 2**20))
    return replace(layer, parameters={n: numbers.normal(size=a.shape) for n, a in layer.parameters.items()}), numbers


def check_cell(choose):
    """One cell, with drawn sizes, steps, sequences, direction, truncation and ways to compute."""
    layer, numbers = drawn_layer(choose)
    steps, batch = choose.randint(1, 11), choose.randint(0, 2)
    middle = (batch,) if batch else ()
    truncation = choose.randint(1, 4) if choose.randint(0, 3) == 0 else None
    x = numbers.normal(size=(steps, *middle, layer.inputs))
    states = [*layer.program.states]
    states += [f"reverse.{state}" for state in states] if layer.direction == "both" else []
    firsts = {state: numbers.normal(size=(*middle, layer.size)) for state in states}
    directions = (False, True) if layer.direction == "both" else (layer.direction == "reverse",)
    runs = [calm(layer, x[::-1] if at else x, firsts_of(layer, firsts, at), at) for at in directions]
    network = Network((layer,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "SLOW_TANH", bool(choose.randint(0, 1)))
        patch.setattr(machine, "MANY", (1, 64)[choose.randint(0, 1)])
        if choose.randint(0, 1):  # several stretches of steps
            patch.setattr(machine, "STRETCH", 3)
            patch.setattr(adjoint, "_NUMBERS", 1)
        trace = run(network, x, firsts or None)
        weights = numbers.normal(size=trace.y.shape)
        # the loss Σ w·y, as a mean of squares: y − target = w · size / 2
        targets = trace.y - weights * weights.size / 2
        back = backpropagate(trace, Loss("mse", targets), truncation)
        if truncation is None:
            check_learner(network, x, targets, firsts, back)
        if batch == 2 and choose.randint(0, 2) == 0:
            check_each_alone(network, min(steps, 4), 2, np.array([min(steps, 4), 1]))
    check_directions(layer, directions, runs, trace, weights, truncation, back)


def firsts_of(layer, firsts, reverse):
    before = "reverse." if reverse and layer.direction == "both" else ""
    return {state: firsts[before + state] for state in layer.program.states}


def calm(layer, x, first, reverse):
    """The run of the interpreter; refused where it explodes or is chaotic, so that rounding decides the numbers."""
    with np.errstate(all="ignore"):
        found = interpret(layer, x, first, reverse=reverse)
        close_by = interpret(layer, x * (1 + 1e-13), {s: v * (1 - 1e-13) for s, v in first.items()}, reverse=reverse)
    for name, value in found.values.items():
        if not np.isfinite(value).all() or np.abs(value).max() > 1e4:
            raise UnfitError("explodes")
        if np.abs(value - close_by.values[name]).max() > 1e-11:
            raise UnfitError("chaotic")
    for op in layer.program.ops:
        if op.function == "relu" and op.args[0] in found.values and np.abs(found.values[op.args[0]]).min() < 1e-9:
            raise UnfitError("at the bend of relu, where rounding decides the slope")
    return found


def check_learner(network, x, targets, firsts, back):
    """An update of a training run has the loss and the gradients of the run that was recorded, twice."""
    layer = network.layers[0]
    learner = Learner(network, x, targets, Settings(rate=0.0), firsts or None)
    for _ in range(2):
        assert learner.update().loss == back.loss
        places = {name: place for _, name, part, place, _ in learner._buffer.slots.places if part == 0}
        assert set(places) == set(layer.parameters)
        for name, array in layer.parameters.items():
            ours = learner.gradient[places[name]].reshape(array.shape)
            assert np.array_equal(ours, back.of(0, name)), name


def check_directions(layer, directions, runs, trace, weights, truncation, back):
    pieces, inputs, both = [], 0.0, layer.direction == "both"
    handed = weights @ layer.parameters["V"] if layer.joined else weights
    for reverse, theirs in zip(directions, runs, strict=True):
        found = trace.layers[0].reverse if reverse and both else trace.layers[0]
        width = theirs.values["y"].shape[-1]
        part = handed[..., width * reverse :][..., :width] if both else handed
        gradients = theirs.gradients(part[::-1] if reverse else part, truncation)
        check_direction(layer, reverse, found, theirs, gradients, back)
        inputs = inputs + (gradients["x"][::-1] if reverse else gradients["x"])
        pieces.append(theirs.values["y"][::-1] if reverse else theirs.values["y"])
    y = np.concatenate(pieces, axis=-1)
    if layer.joined:
        y = y @ layer.parameters["V"].T + layer.parameters.get("by", 0.0)
    assert close(trace.y, y, np.abs(y).max())
    assert close(back.of(0, "x"), inputs, max(np.abs(value).max() for value in gradients.values()))


def check_direction(layer, reverse, found, theirs, gradients, back):
    """Every value, and the derivative at every value, parameter and first state of one direction."""
    beside = reverse and layer.direction == "both"
    before = "reverse." if beside else ""

    def turned(array):
        return array[::-1] if reverse else array

    held = {op.id: op.id for op in layer.program.ops if op.kind != "copy"}
    names = {op.id: op.id for op in layer.program.ops} | {name: name for name in layer.program.values}
    compare(lambda name: turned(found.series(name)), theirs.values, names, "value")
    for name in names:
        t = found.T // 2 + 1
        assert found.value(name, t).tobytes() == found.series(name)[t - 1].tobytes()
    compare(lambda name: turned(back.of(0, name, beside)), gradients, held, "gradient")
    firsts = {f"{state}0": f"{state}0" for state in layer.program.states}
    compare(lambda name: back.of(0, name, beside), gradients, firsts, "gradient")
    parameters = {name: before + name for name in layer.program.parameters}
    compare(lambda name: back.of(0, name), gradients, parameters, "gradient")


@settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.randoms(use_true_random=False))
def test_a_random_cell_computes_what_its_table_says(choose):
    try:
        check_cell(choose)
    except UnfitError:
        reject()


@pytest.mark.parametrize("block", range(3))
def test_sixty_more_are_the_same_every_time(block):
    fit = 0
    for seed in range(20 * block, 20 * block + 20):
        try:
            check_cell(random.Random(seed))
            fit += 1
        except UnfitError:
            pass
    assert fit >= 12


@pytest.mark.heavy
def test_thousands_of_random_cells():
    fit = 0
    for seed in range(1_000, 6_000):
        try:
            check_cell(random.Random(seed))
            fit += 1
        except UnfitError:
            pass
    assert fit >= 3_500


def test_the_interpreter_itself_agrees_with_finite_differences():
    fit = 0
    for seed in range(10_000, 10_040):
        try:
            check_interpreter(random.Random(seed))
            fit += 1
        except UnfitError:
            pass
    assert fit >= 15


def check_interpreter(choose):
    layer, numbers = drawn_layer(choose)
    if "relu" in layer.cell.text:
        raise UnfitError("a bend at 0")
    x = numbers.normal(size=(3, layer.inputs))
    first = {state: numbers.normal(size=layer.size) for state in layer.program.states}
    theirs = calm(layer, x, first, False)
    weights = numbers.normal(size=theirs.values["y"].shape)
    gradients = theirs.gradients(weights)
    inputs = {**layer.of_direction(), "x": x, **{f"{state}0": value for state, value in first.items()}}

    def measured(values):
        parameters = {name: values[name] for name in layer.program.parameters}
        moved = replace(layer, parameters={**layer.parameters, **parameters})
        states = {state: values[f"{state}0"] for state in layer.program.states}
        return (interpret(moved, values["x"], states).values["y"] * weights).sum()

    for name, array in inputs.items():
        direction = numbers.normal(size=array.shape)
        ends = [measured({**inputs, name: array + sign * 1e-6 * direction}) for sign in (1, -1)]
        slope, exact = (ends[0] - ends[1]) / 2e-6, (gradients[name] * direction).sum()
        assert abs(slope - exact) <= 1e-6 * max(1.0, abs(exact), *(np.abs(g).max() for g in gradients.values())), name
