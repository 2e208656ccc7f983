"""A run with updates that is made again after an edit: to the bit the one that is made anew."""

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.training import Settings
from rnnstudio.engine.versions import UpdatingRun, run_updating
from rnnstudio.engine.whole import OneHot
from tests.engine.test_training import exploding

T = 11
RECURRENT = [name for name in library_cells() if library_cell(name).states]


def bits(trace):
    """Every number of a run, of its layers, outputs and versions."""
    found = [np.asarray(output).tobytes() for output in trace.outputs]
    for network in (trace.network, *trace.versions):
        for layer in network.layers:
            found += [array.tobytes() for array in layer.parameters.values()]
            found += [part.tobytes() for parts in layer.bias_parts.values() for part in parts]
    for layer in trace.layers:
        names = [*layer.program.values, "x", *(f"{state}_prev" for state in layer.program.states)]
        found += [np.asarray(layer.series(name)).tobytes() for name in names]
        found += [np.asarray(layer.value(name, t)).tobytes() for name in names for t in range(1, trace.T + 1)]
        found += [layer.value(state, 0).tobytes() for state in layer.program.states]
        found += [layer.parameter(name, t).tobytes() for name in layer.program.parameters for t in range(1, T + 2)]
    return found


def edits(random, network, x, targets, first):
    """One number after another becomes another one: of x, a target, a weight, a first state."""
    for t in (6, T - 1, 0, 3, 7):
        x = x.copy()
        x[t, 0] += 0.25
        yield network, x, targets, first
        targets = targets.copy()
        targets[-t, 1] -= 0.125
        yield network, x, targets, first
        values = {name: array.copy() for name, array in network.layers[1].parameters.items()}
        for array in values.values():
            array.flat[random.integers(array.size)] += 0.5
        network = network.with_parameters(1, values)
        yield network, x, targets, first
        first = {0: {state: random.normal(size=3) for state in network.layers[0].program.states}}
        yield network, x, targets, first
        yield network, x, targets, first


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize(
    "settings", [
        Settings(rate=0.3, update_every=1), Settings(rate=0.3, update_every=1, momentum=0.9),
        Settings(rate=0.05, update_every=3, optimizer="adam", clip=0.5), Settings(rate=0.3),
    ],
)  # fmt: skip
def test_a_run_made_again_after_edits_is_the_one_made_anew(name, settings):
    random = np.random.default_rng(5)
    network = new_network(library_cell(name), 2, 3, 2, seed=1, layers=2)
    x, targets = random.normal(size=(T, 2)), random.normal(size=(T, 2))
    for stateless in (False, True) if network.layers[network.chosen].layer_program is not None else (False,):
        run = UpdatingRun(network, x, targets, settings, None, stateless)
        shown = run.trace
        was = bits(shown)
        for edit in edits(random, network, x, targets, None):
            edited, inputs, wanted, first = edit
            if stateless and network.chosen == 0:
                first = None
            made = run.again(edited, inputs, wanted, first)
            assert bits(made) == bits(run_updating(edited, inputs, wanted, settings, first, stateless))
        assert bits(shown) == was  # what was handed out before does not change


def test_what_lies_before_an_edited_sample_stays():
    network = new_network(library_cell("gru"), 2, 3, 2)
    x, targets = np.ones((T, 2)), np.zeros((T, 2))
    run = UpdatingRun(network, x, targets, Settings(update_every=1))
    before = run.trace
    other = x.copy()
    other[5, 0] = -1.0
    after = run.again(network, other, targets)
    assert [a is b for a, b in zip(before.versions, after.versions, strict=True)] == [True] * 6 + [False] * 6
    assert run.again(network, other, targets) is after


def test_a_long_run_goes_on_from_the_nearest_of_its_points():
    random = np.random.default_rng(2)
    network, settings = new_network(library_cell("simple"), 2, 3, 2), Settings(update_every=1, optimizer="adam")
    x, targets = random.normal(size=(70, 2)), random.normal(size=(70, 2))
    run = UpdatingRun(network, x, targets, settings)
    for t in (33, 69, 4, 5, 40):
        x = x.copy()
        x[t] = 0.5
        made, anew = run.again(network, x, targets), run_updating(network, x, targets, settings)
        assert made.y.tobytes() == anew.y.tobytes()
        assert made.layers[0].series("s").tobytes() == anew.layers[0].series("s").tobytes()


def test_zero_and_minus_zero_are_two_numbers():
    network, targets = new_network(library_cell("simple"), 2, 3, 2), np.zeros((T, 2))
    zeros, settings = np.zeros((T, 2)), Settings(update_every=1)
    run = UpdatingRun(network, zeros, targets, settings)
    assert np.signbit(run.again(network, -zeros, targets).x).all()


def test_a_run_that_stopped_learning_learns_again_where_an_edit_lets_it():
    network, x, targets, settings = exploding(update_every=1)
    run = UpdatingRun(network, x, targets, settings)
    learned = []
    for factor in (1.0, 0.0, 1.0, 1e-3, 1.0):
        changed = x * factor
        changed[0] = 1e-3  # what comes before the first sample that differs stays
        made = run.again(network, changed, targets)
        assert bits_of_versions(made) == bits_of_versions(run_updating(network, changed, targets, settings))
        learned.append(len(set(map(id, made.versions))))
    assert learned[0] < len(x) + 1 == learned[1]


def bits_of_versions(trace):
    return [array.tobytes() for n in trace.versions for layer in n.layers for array in layer.parameters.values()]


def test_words_and_numbers_are_not_taken_for_each_other():
    network, targets = new_network(library_cell("simple"), 1, 3, 2), np.zeros((T, 2))
    words = OneHot(np.zeros(T, dtype=np.int64), 1)
    run = UpdatingRun(network, words, targets, Settings(update_every=1))
    with pytest.raises(InputError, match="words"):
        run.again(network, np.zeros((T, 1)), targets)
    assert run.again(network, words, targets).T == T


def test_another_structure_is_refused():
    network, targets = new_network(library_cell("simple"), 2, 3, 2), np.zeros((T, 2))
    run = UpdatingRun(network, np.zeros((T, 2)), targets, Settings(update_every=1))
    with pytest.raises(ValueError, match="structure"):
        run.again(new_network(library_cell("gru"), 2, 3, 2), np.zeros((T, 2)), targets)
