"""Runs with updates on the way, against a loop that does one sample after another by hand."""

from itertools import pairwise

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Learner, Settings
from rnnstudio.engine.versions import run_updating, version_arrays
from rnnstudio.files.demonstration import demonstration
from tests.engine.engine_references import agree
from tests.engine.test_training import exploding


def logistic(a):
    return 1.0 / (1.0 + np.exp(-a))


def by_hand(W1, W2, U, W3, x, targets, rate, stateless=False):
    """The study's network, a sample at a time: y from the weights as they are, one gradient, one step, the state kept.

    L_t = ½ Σ (y − target)² · 2/2 is the mean of two squares; nothing goes back into the sample before.
    """
    s, versions, outputs = np.zeros(3), [], []
    for x_t, target in zip(x, targets, strict=True):
        versions.append((W1, W2, U, W3))
        h = logistic(W1 @ x_t)
        new = logistic(W2 @ h + (0.0 if stateless else U @ s))
        y = logistic(W3 @ new)
        outputs.append(y)
        d3 = 2.0 * (y - target) / 2 * y * (1 - y)
        d2 = (W3.T @ d3) * new * (1 - new)
        d1 = (W2.T @ d2) * h * (1 - h)
        old_U = U
        U = U if stateless else U - rate * np.outer(d2, s)
        W1, W2, W3 = W1 - rate * np.outer(d1, x_t), W2 - rate * np.outer(d2, h), W3 - rate * np.outer(d3, new)
        assert U.shape == old_U.shape
        s = new
    return [*versions, (W1, W2, U, W3)], np.array(outputs)


@pytest.fixture(scope="module")
def study():
    document = demonstration()
    assert (document.settings.loss, document.settings.optimizer, document.settings.rate) == ("mse", "sgd", 1.0)
    return document


def weights_of(network):
    first, middle, last = (layer.parameters for layer in network.layers)
    return first["W"], middle["W"], middle["U"], last["W"]


@pytest.mark.parametrize("stateless", [False, True])
def test_the_tutorial_study_is_updated_after_each_sample_as_by_hand(study, stateless):
    x, targets = study.sequence.x, study.sequence.targets
    trace = run_updating(study.network, x, targets, Settings(rate=1.0, update_every=1), stateless=stateless)
    expected, outputs = by_hand(*weights_of(study.network), x, targets, 1.0, stateless)
    assert len(trace.versions) == len(x) + 1 == len(expected)
    assert np.abs(trace.y - outputs).max() <= 1e-12
    for t, (network, matrices) in enumerate(zip(trace.versions, expected, strict=True), start=1):
        for ours, theirs in zip(weights_of(network), matrices, strict=True):
            assert np.abs(ours - theirs).max() <= 1e-12, t


@pytest.mark.parametrize("stateless", [False, True])
def test_every_version_is_the_one_before_and_its_change(study, stateless):
    x, targets = study.sequence.x, study.sequence.targets
    trace = run_updating(study.network, x, targets, Settings(rate=1.0, update_every=1), stateless=stateless)
    arrays = version_arrays(trace)
    for k, layer in enumerate(trace.layers):
        for name in layer.program.parameters:
            for t in range(1, trace.T + 1):
                before, after = layer.parameter(name, t), layer.parameter(name, t + 1)
                assert np.abs(after - (before + layer.change(name, t))).max() <= 1e-12
                assert before is layer.pieces[t - 1].parameters[name] or np.array_equal(
                    before, layer.pieces[t - 1].parameters[name]
                )
                assert np.array_equal(arrays[f"versions.layer{k}.{name}"][t - 1], before)
                assert np.array_equal(arrays[f"delta.layer{k}.{name}"][t - 1], layer.change(name, t))
            assert arrays[f"versions.layer{k}.{name}"].shape == (trace.T + 1, *layer.parameter(name, 1).shape)
    W = trace.layers[1]
    for t in range(1, trace.T + 1):  # what the picture shows: at two decimals, three entries at least
        different = np.round(W.parameter("W", t), 2) != np.round(W.parameter("W", t + 1), 2)
        assert different.sum() >= 3, t


def test_frozen_weights_are_one_array(study):
    trace = run(study.network, study.sequence.x)
    assert trace.versions == () and version_arrays(trace) == {}
    for layer in trace.layers:
        for name in layer.program.parameters:
            assert all(layer.parameter(name, t) is layer.parameter(name, 1) for t in range(trace.T + 2))
            assert not layer.change(name, 3).any()


RECURRENT = [name for name in library_cells() if library_cell(name).states]


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize("every", [1, 3, 5, "sequence"])
def test_each_part_runs_on_its_version_from_the_state_of_before(name, every):
    network = new_network(library_cell(name), 2, 3, 2, seed=1, layers=2)
    random = np.random.default_rng(4)
    x, targets = random.normal(size=(7, 2)), random.normal(size=(7, 2))
    settings = Settings(rate=0.5, update_every=every, optimizer="adam")
    first = {0: {state: random.normal(size=3) for state in library_cell(name).states}}
    trace = run_updating(network, x, targets, settings, first)
    size = 7 if every == "sequence" else every
    learner = Learner(network, x, targets, settings, first)
    before = first
    for part, start in enumerate(range(0, 7, size)):
        own = run(trace.versions[part], x[start : start + size], before)
        for k, layer in enumerate(own.layers):
            whole = trace.layers[k]
            for value in (*layer.program.values, "x", *(f"{state}_prev" for state in layer.program.states)):
                assert np.array_equal(whole.series(value)[start : start + size], layer.series(value)), value
                for t in range(1, own.T + 1):
                    assert np.array_equal(whole.value(value, start + t), layer.value(value, t)), (value, t)
            for parameter in layer.program.parameters:
                for t in range(start + 1, start + own.T + 1):
                    assert np.array_equal(whole.parameter(parameter, t), layer.parameter(parameter, 1))
        before = {k: {s: layer.value(s, own.T) for s in layer.program.states} for k, layer in enumerate(own.layers)}
        learner.update()
        for k, layer in enumerate(learner.network().layers):
            for parameter, array in layer.parameters.items():
                assert np.array_equal(trace.versions[part + 1].layers[k].parameters[parameter], array)
    for k, states in first.items():
        for state, array in states.items():
            assert np.array_equal(trace.layers[k].value(state, 0), array)
            assert np.array_equal(trace.layers[k].value(f"{state}_prev", 1), array)


def test_the_gradient_is_cut_between_parts():
    """The change of a part is the gradient of the part alone, not of what its state came from."""
    network = new_network(library_cell("gru"), 2, 3, 2, seed=1)
    random = np.random.default_rng(4)
    x, targets = random.normal(size=(6, 2)), random.normal(size=(6, 2))
    trace = run_updating(network, x, targets, Settings(rate=0.5, update_every=3))
    state = run(network, x[:3]).layers[0].value("s", 3)
    part = backpropagate(run(trace.versions[1], x[3:], {"s": state}), Loss("mse", targets[3:]))
    layer = network.layers[0]
    for name in layer.parameters:
        step = (1.0 if name in layer.doubled else 0.5) * part.of(0, name)
        change = trace.versions[2].layers[0].parameters[name] - trace.versions[1].layers[0].parameters[name]
        agree(trace.layers[0].change(name, 6), change, name)
        assert np.abs(change + step).max() <= 1e-12


def test_where_an_update_is_not_finite_the_versions_stay():
    network, x, targets, settings = exploding(update_every=1)
    trace = run_updating(network, x, targets, settings)
    found = [layer.layers[0].parameters["U"] for layer in trace.versions]
    assert len(found) == 41 and all(np.isfinite(array).all() for array in found)
    assert any(np.array_equal(one, other) for one, other in pairwise(found))
    assert np.array_equal(found[-1], found[-2])
    assert isinstance(trace.layers[0], LayerTrace) and trace.y.shape == (40, 1)
