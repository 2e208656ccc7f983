"""Several sequences at once, of equal and of unequal lengths: each gives what it gives alone."""

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Learner, Settings
from rnnstudio.engine.versions import run_updating
from rnnstudio.engine.whole import OneHot
from tests.engine.engine_references import agree

RECURRENT = [name for name in library_cells() if library_cell(name).states]


def directions_of(trace):
    """(layer index, whether reversed beside a forward one, its trace)."""
    for k, layer in enumerate(trace.layers):
        yield k, False, layer
        if layer.reverse is not None:
            yield k, True, layer.reverse


def first_of(firsts, n):
    return {k: {name: array[n] for name, array in states.items()} for k, states in firsts.items()}


def random_firsts(network, batch, random):
    found = {}
    for k, layer in enumerate(network.layers):
        names = list(layer.program.states)
        names += [f"reverse.{name}" for name in names] if layer.direction == "both" else []
        if names:
            found[k] = {name: random.normal(size=(batch, layer.size)) for name in names}
    return found


def check_each_alone(network, steps, batch, lengths=None, seed=2):
    """Every value, gradient and parameter's gradient of several sequences, against runs of one each."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(steps, batch, network.inputs))
    targets = random.normal(size=(steps, batch, network.outputs))
    firsts = random_firsts(network, batch, random)
    trace = run(network, x, firsts or None, lengths=lengths)
    back = backpropagate(trace, Loss("mse", targets, lengths=lengths))
    valid = [steps] * batch if lengths is None else list(lengths)
    total = [dict.fromkeys(layer.parameters, 0.0) for layer in network.layers]
    loss = 0.0
    for n, length in enumerate(valid):
        alone = run(network, x[:length, n], first_of(firsts, n) or None)
        own = backpropagate(alone, Loss("mse", targets[:length, n]))
        share = length / sum(valid)
        loss += share * own.loss
        agree(trace.y[:length, n], alone.y, "y")
        agree(back.of(0, "x")[:length, n], share * own.of(0, "x"), "d.x")
        assert not trace.y[length:, n].any() and not back.of(0, "x")[length:, n].any()
        for k, reverse, layer in directions_of(trace):
            other = alone.layers[k].reverse if reverse else alone.layers[k]
            for name in (*layer.program.values, *(op.id for op in layer.program.ops)):
                agree(layer.series(name)[:length, n], other.series(name), name)
                assert not layer.series(name)[length:, n].any(), name
                for t in {1, max(1, length - 1), length, steps}:
                    assert np.array_equal(layer.value(name, t), layer.series(name)[t - 1]), (name, t)
                if name != "y":
                    agree(back.of(k, name, reverse)[:length, n], share * own.of(k, name, reverse), f"d.{name}")
                    assert not back.of(k, name, reverse)[length:, n].any(), name
            for state in layer.program.states:
                agree(back.of(k, f"{state}0", reverse)[n], share * own.of(k, f"{state}0", reverse), f"d.{state}0")
        for k, layer in enumerate(network.layers):
            for name in layer.parameters:
                total[k][name] = total[k][name] + share * own.of(k, name)
    agree(back.loss, loss, "loss")
    for k, layer in enumerate(network.layers):
        for name in layer.parameters:
            agree(back.of(k, name), total[k][name], name)


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("readout", [None, 2])
@pytest.mark.parametrize(("steps", "batch"), [(1, 1), (5, 4)])
def test_sequences_side_by_side_are_those_alone(name, readout, steps, batch):
    check_each_alone(new_network(library_cell(name), 2, 3, readout, seed=1), steps, batch)


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("readout", [None, 2])
def test_sequences_of_unequal_length_are_those_alone(name, readout):
    check_each_alone(new_network(library_cell(name), 2, 3, readout, seed=1), 6, 4, np.array([3, 6, 1, 5]))


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize("direction", ["reverse", "both"])
@pytest.mark.parametrize("lengths", [None, np.array([3, 6, 1])])
def test_reversed_directions_end_at_the_last_valid_step(name, direction, lengths):
    network = new_network(library_cell(name), 2, 3, 2, seed=1, layers=2, direction=direction)
    check_each_alone(network, 6, 3, lengths)


@pytest.mark.parametrize("name", RECURRENT)
def test_a_reversed_layer_is_the_layer_on_the_sequence_turned_round(name):
    from dataclasses import replace

    forward = new_network(library_cell(name), 2, 3, 2, seed=1)
    reverse = replace(forward, layers=(replace(forward.layers[0], direction="reverse"),))
    x = np.random.default_rng(3).normal(size=(5, 2))
    first = {state: np.linspace(-1, 1, 3) for state in library_cell(name).states}
    one, other = run(forward, x[::-1], first), run(reverse, x, first)
    assert np.array_equal(one.y, other.y[::-1])
    for value in one.layers[0].program.values:
        assert np.array_equal(one.layers[0].series(value), other.layers[0].series(value)[::-1]), value
    for state, array in first.items():
        assert np.array_equal(other.layers[0].value(state, 6), array)
        assert np.array_equal(other.layers[0].value(f"{state}_prev", 5), array)
        assert np.array_equal(other.layers[0].value(f"{state}_prev", 2), other.layers[0].value(state, 3))
    targets = np.zeros((5, 2))
    ahead, back = backpropagate(one, Loss("mse", targets)), backpropagate(other, Loss("mse", targets))
    for value in (*one.layers[0].program.values, "x"):
        assert np.array_equal(ahead.of(0, value), back.of(0, value)[::-1]), value


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("beyond", [1.0, 1e300, np.nan, np.inf])
def test_what_stands_beyond_the_lengths_is_nothing(name, beyond):
    network = new_network(library_cell(name), 2, 3, 2, seed=1)
    x = np.random.default_rng(3).normal(size=(6, 2, 2))
    targets, lengths = np.zeros((6, 2, 2)), np.array([2, 6])
    other = x.copy()
    other[2:, 0] = beyond
    one, two = run(network, x, lengths=lengths), run(network, other, lengths=lengths)
    assert one.y.tobytes() == two.y.tobytes() and two.nonfinite() is None
    back = [backpropagate(trace, Loss("mse", targets, lengths=lengths)) for trace in (one, two)]
    for parameter in network.layers[0].parameters:
        assert np.array_equal(back[0].of(0, parameter), back[1].of(0, parameter)), parameter


def test_tokens_have_the_gradients_of_their_vectors():
    network = new_network(library_cell("lstm"), 7, 3, 7, seed=1)
    indices = np.array([3, 0, 0, 6, 2])
    targets = np.array([0, 0, 6, 2, 1])
    one = backpropagate(run(network, OneHot(indices, 7)), Loss("cross-entropy", targets))
    other = backpropagate(run(network, np.eye(7)[indices]), Loss("cross-entropy", targets))
    for name in (*network.layers[0].parameters, "x", "s", "i", "s0"):
        agree(one.of(0, name), other.of(0, name), name)
    settings = Settings(loss="cross-entropy", update_every=2)
    learners = [Learner(network, x, targets, settings) for x in (OneHot(indices, 7), np.eye(7)[indices])]
    for _ in range(4):
        first, second = (learner.update() for learner in learners)
        assert first.loss == pytest.approx(second.loss, rel=1e-12)


@pytest.mark.parametrize("every", [1, 2, 4, 6])
def test_updates_on_the_way_of_sequences_of_unequal_length(every):
    """An update's loss is the mean over the steps that are still there; by hand, one sequence after another."""
    network = new_network(library_cell("gru"), 2, 3, 2, seed=1)
    random = np.random.default_rng(8)
    x, targets = random.normal(size=(6, 3, 2)), random.normal(size=(6, 3, 2))
    lengths = np.array([3, 6, 1])
    learner = Learner(network, x, targets, Settings(rate=0.3, update_every=every), lengths=lengths)
    current, states = network, [None] * 3
    for start in range(0, 6, every):
        stop, gradients, count, loss = min(start + every, 6), {}, 0, 0.0
        for n, length in enumerate(lengths):
            if length <= start:
                continue
            trace = run(current, x[start : min(stop, length), n], states[n])
            back = backpropagate(trace, Loss("mse", targets[start : min(stop, length), n]))
            states[n] = {"s": trace.layers[0].value("s", trace.T)}
            count, loss = count + trace.T, loss + trace.T * back.loss
            for name in network.layers[0].parameters:
                gradients[name] = gradients.get(name, 0.0) + trace.T * back.of(0, name)
        layer = current.layers[0]
        step = {n: (0.6 if n in layer.doubled else 0.3) * gradient / count for n, gradient in gradients.items()}
        current = current.with_parameters(0, {n: layer.parameters[n] - change for n, change in step.items()})
        assert learner.update().loss == pytest.approx(loss / count, rel=1e-10)
    for name, array in learner.network().layers[0].parameters.items():
        agree(array, current.layers[0].parameters[name], name)
    versions = run_updating(network, x, targets, Settings(rate=0.3, update_every=every), lengths=lengths)
    for name, array in versions.versions[-1].layers[0].parameters.items():
        assert np.array_equal(array, learner.network().layers[0].parameters[name])
    for n, length in enumerate(lengths):
        for value in ("s", "z", "h", "y"):
            assert not versions.layers[0].series(value)[length:, n].any(), value


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ([3, 7], "3 to 7 were given; 1 to 6"), ([0, 2], "0 to 2 were given"), ([3], "2 whole numbers are wanted"),
        ([1.5, 2.0], "found float64"),
    ],
)  # fmt: skip
def test_lengths_that_do_not_fit_are_refused(lengths, words):
    network = new_network(library_cell("simple"), 2, 3)
    with pytest.raises(InputError, match=words):
        run(network, np.zeros((6, 2, 2)), lengths=np.array(lengths))
    with pytest.raises(InputError, match=r"an input of \(T, N, I\) is wanted with them"):
        run(network, np.zeros((6, 2)), lengths=np.array([3]))
