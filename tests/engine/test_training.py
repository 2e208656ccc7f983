"""Training against torch.optim on torch's modules, and what a run of updates promises besides."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.layer import Layer
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import Network, new_network
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.status import Kind
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Learner, Settings, train
from tests.engine.engine_references import INDEX, TRAININGS, agree, arrays_of, network_of

UPDATES = 20


def settings_of(case):
    about = INDEX[case]
    return Settings(**about["settings"], loss="cross-entropy", update_every=about["every"], updates=UPDATES)


@pytest.mark.parametrize("case", TRAININGS)
def test_twenty_updates_end_where_pytorch_ends(case):
    expected, about = arrays_of(case), INDEX[case]
    items, network = [], None
    for update in train(network_of(case), expected["x"], expected["targets"].astype(int), settings_of(case),
                        lengths=about["lengths"]):  # fmt: skip
        items.append(update)
        network = update.network
    assert [update.number for update in items] == list(range(UPDATES + 1))
    agree([update.loss for update in items], expected["losses"], "losses")
    agree([update.norm for update in items[:-1]], expected["norms"], "norms")
    assert items[-1].norm is None
    trained = exported_parameters(network)
    names = [name.removeprefix("after.") for name in expected if name.startswith("after.")]
    assert set(names) == set(trained)
    for name in names:
        assert np.abs(trained[name] - expected[f"after.{name}"]).max() <= 1e-10, name
        assert not np.array_equal(trained[name], expected[name]), name


def test_both_biases_of_pytorch_are_trained_each_from_where_it_was():
    case = "training/lstm/adam/sequence"
    network = network_of(case)
    assert any(not np.array_equal(one, other) for one, other in network.layers[0].bias_parts.values())
    expected = arrays_of(case)
    learner = Learner(network, expected["x"], expected["targets"].astype(int), settings_of(case))
    for _ in range(UPDATES):
        learner.update()
    after = learner.network().layers[0]
    for name, (one, other) in after.bias_parts.items():
        assert np.array_equal(one + other, after.parameters[name])
    for side in ("ih", "hh"):
        ours = exported_parameters(learner.network())[f"bias_{side}_l0"]
        assert np.abs(ours - expected[f"after.bias_{side}_l0"]).max() <= 1e-10


def data(network, steps=9, batch=2, seed=3):
    random = np.random.default_rng(seed)
    middle = () if batch is None else (batch,)
    return random.normal(size=(steps, *middle, network.inputs)), random.normal(size=(steps, *middle, network.outputs))


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("batch", [None, 3])
def test_the_first_update_is_the_gradient_that_backpropagation_gives(name, batch):
    network = new_network(library_cell(name), 2, 3, outputs=2, seed=5, layers=1)
    x, targets = data(network, batch=batch)
    learner = Learner(network, x, targets, Settings(rate=0.5))
    back = backpropagate(run(network, x), Loss("mse", targets))
    learner.update()
    for part, layer in ((learner.network().layers[0], network.layers[0]),):
        for parameter, before in layer.parameters.items():
            share = 2.0 if parameter in layer.doubled else 1.0  # both arrays of a sum take the step
            agree(part.parameters[parameter], before - 0.5 * share * back.of(0, parameter), parameter)


@pytest.mark.parametrize("name", [name for name in library_cells() if library_cell(name).states])
@pytest.mark.parametrize("every", [2, 4, "sequence"])
def test_an_update_sees_its_own_steps_with_the_state_of_before(name, every):
    """By hand: run a part from the last state, step against its gradient, go on."""
    network = new_network(library_cell(name), 2, 3, outputs=2, seed=5)
    x, targets = data(network)
    learner = Learner(network, x, targets, Settings(rate=0.3, update_every=every))
    size, first, start = len(x) if every == "sequence" else every, None, 0
    current = network
    for _ in range(7):
        trace = run(current, x[start : start + size], first)
        back = backpropagate(trace, Loss("mse", targets[start : start + size]))
        layer = current.layers[0]
        changed = {}
        for parameter, before in layer.parameters.items():
            changed[parameter] = before - (0.6 if parameter in layer.doubled else 0.3) * back.of(0, parameter)
        current = current.with_parameters(0, changed)
        first = {state: trace.layers[0].value(state, trace.T) for state in layer.program.states}
        start += size
        if start >= len(x):
            start, first = 0, None
        assert learner.update().loss == pytest.approx(back.loss, rel=1e-10)
        for parameter, ours in learner.network().layers[0].parameters.items():
            agree(ours, current.layers[0].parameters[parameter], parameter)


@pytest.mark.parametrize("stateless", [False, True])
def test_training_as_a_traditional_layer_leaves_the_rest_alone(stateless):
    network = new_network(library_cell("simple"), 2, 3, outputs=2, seed=5)
    x, targets = data(network)
    *_, last = train(network, x, targets, Settings(updates=3, rate=0.5), stateless=stateless)
    before, after = network.layers[0].parameters, last.network.layers[0].parameters
    assert np.array_equal(before["U"], after["U"]) is stateless
    assert not np.array_equal(before["W"], after["W"]) and not np.array_equal(before["V"], after["V"])


def test_runs_are_the_same_to_the_bit_and_leave_the_network_alone():
    network = new_network(library_cell("gru"), 2, 3, outputs=2, seed=5)
    before = {name: array.copy() for name, array in network.layers[0].parameters.items()}
    x, targets = data(network)
    settings = Settings(optimizer="adam", rate=0.1, updates=12, update_every=4)

    def ran():
        found = []
        for update in train(network, x, targets, settings):
            found.append((update.loss, update.norm))
        return found, update.network.layers[0].parameters

    (one, parameters), (other, again) = ran(), ran()
    assert one == other
    assert all(parameters[name].tobytes() == again[name].tobytes() for name in parameters)
    assert all(np.array_equal(network.layers[0].parameters[name], before[name]) for name in before)


def test_a_run_is_ended_by_whoever_asks_and_its_networks_are_kept_apart():
    network = new_network(library_cell("simple"), 2, 3, seed=5)
    x, targets = data(network)
    run_of_updates = train(network, x, targets, Settings(updates=1000))
    first = next(run_of_updates)
    after_one = first.network
    second = next(run_of_updates)
    with pytest.raises(RuntimeError, match="gone on from update 0"):
        first.network
    assert not np.array_equal(after_one.layers[0].parameters["W"], second.network.layers[0].parameters["W"])
    run_of_updates.close()
    assert second.number == 1 and second.network.layers[0].parameters["W"].shape == (3, 2)


def test_no_updates_measure_only():
    network = new_network(library_cell("simple"), 2, 3, seed=5)
    x, targets = data(network)
    [only] = train(network, x, targets, Settings(updates=0))
    assert (only.number, only.norm) == (0, None)
    assert only.loss == pytest.approx(backpropagate(run(network, x), Loss("mse", targets)).loss, rel=1e-14)


LINEAR = """
kind = "cell"
version = 1
name = "linear"
sizes = { x = "I", s = "H", y = "H" }
equations = '''
s = W @ x + U @ s_prev
y = s'''
phases = [["x", "s_prev"], ["s", "y"]]
"""


def exploding(**more):
    """A cell without a bound whose every step goes too far: its loss grows beyond all numbers within few updates."""
    layer = Layer(parse_cell(LINEAR), 1, 1, None, True, "forward", None, {"W": [[1.0]], "U": [[1.5]]})
    return Network((layer,)), np.ones((40, 1)), np.zeros((40, 1)), Settings(rate=1e3, updates=50, **more)


@pytest.mark.parametrize(
    "more", [{}, {"momentum": 0.9}, {"optimizer": "adam"}, {"update_every": 7}, {"update_every": 1}], ids=str
)
def test_training_stops_at_the_update_that_is_not_finite_with_the_last_finite_weights(more):
    network, x, targets, settings = exploding(**more)
    settings = replace(settings, rate=1e200 if more.get("optimizer") == "adam" else settings.rate)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kept, items = network, []
        for update in train(network, x, targets, settings):
            items.append(update)
            if update.status.kind is not Kind.NONFINITE:
                kept = update.network
    assert 1 <= len(items) <= settings.updates and items[-1].status.kind is Kind.NONFINITE
    assert not any(update.status.kind is Kind.NONFINITE for update in items[:-1])
    last = items[-1].network.layers[0].parameters
    for name, array in kept.layers[0].parameters.items():
        assert np.isfinite(last[name]).all() and np.array_equal(last[name], array)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e308])
@pytest.mark.parametrize("name", library_cells())
def test_inputs_that_are_not_finite_end_the_run_without_a_word_on_the_console(name, bad):
    network = new_network(library_cell(name), 2, 3, outputs=2, seed=5)
    x, targets = data(network)
    x[4, 1, 0] = bad
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items = list(train(network, x, targets, Settings(updates=3)))
        trace = run(network, x)
        trace.nonfinite()
        backpropagate(trace, Loss("mse", targets)).of(0, "x")
    if not np.isfinite(trace.y).all():
        assert len(items) == 1 and items[0].status.kind is Kind.NONFINITE
    assert all(np.isfinite(array).all() for array in items[-1].network.layers[0].parameters.values())


@pytest.mark.parametrize("every", ["sequence", 3])
@pytest.mark.parametrize("beyond", [0.0, 1e300, np.nan, np.inf])
def test_what_stands_beyond_a_sequence_changes_no_update(every, beyond):
    """Also where a state explodes in the steps that are none."""
    layer = Layer(library_cell("simple"), 1, 1, "relu", False, "forward", None, {"W": [[1.0]], "U": [[1e30]]})
    network = Network((layer,))
    x = np.zeros((40, 2, 1))
    targets = np.zeros((40, 2, 1))
    lengths = np.array([9, 4])
    x[0] = 1e-200
    targets[0] = 0.5
    for n, length in enumerate(lengths):
        x[length:, n] = beyond
    *_, last = train(network, x, targets, Settings(updates=2, rate=1e-3, update_every=every), lengths=lengths)
    plain = np.where(np.isfinite(x) & (np.abs(x) < 1), x, 0.0)
    *_, other = train(network, plain, targets, Settings(updates=2, rate=1e-3, update_every=every), lengths=lengths)
    assert last.status.kind is not Kind.NONFINITE
    for name, array in last.network.layers[0].parameters.items():
        assert np.array_equal(array, other.network.layers[0].parameters[name])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"update_every": 0}, "update every 0 steps: at least 1 is wanted"),
        ({"update_every": "step"}, "update every 'step': a number of steps"),
        ({"updates": -1}, "-1 updates: 0 or more"),
        ({"clip": 0.0}, "clip at 0.0: a length above 0"),
        ({"at": "last", "update_every": 2}, "a loss at the last step alone wants updates after whole sequences"),
        ({"rate": float("nan")}, "learning rate"), ({"momentum": 1.0}, "momentum"),
        ({"optimizer": "lbfgs"}, "optimizer: 'lbfgs' is unknown"), ({"loss": "hinge"}, "loss: 'hinge' is unknown"),
        ({"optimizer": "adam", "momentum": 0.5}, "adam has its own"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_are_refused_with_a_sentence(more, words):
    network = new_network(library_cell("simple"), 2, 3, seed=5)
    x, targets = data(network)
    with pytest.raises(InputError, match=words):
        list(train(network, x, targets, Settings(**more)))


def test_a_reversed_direction_wants_whole_sequences():
    network = new_network(library_cell("simple"), 2, 3, direction="both")
    x, targets = data(network)
    with pytest.raises(InputError, match="a reversed direction wants updates after whole sequences"):
        Learner(network, x, targets, Settings(update_every=3))


@pytest.mark.parametrize(("cell", "outputs"), [("simple", None), ("gru", None), ("lstm", 2), ("elman", 2)])
def test_the_traditional_layer_of_both_directions_learns_with_the_weights_of_each(cell, outputs):
    """∂L/∂w of every trained number, of a readout over both too, is what the loss does when the number is moved."""
    random = np.random.default_rng(3)
    network = new_network(library_cell(cell), 2, 3, outputs, direction="both", seed=5)
    x, targets = random.normal(size=(4, 2)), random.normal(size=(4, network.outputs))
    learner = Learner(network, x, targets, Settings(rate=1e-300), stateless=True)
    learner.update()
    gradient = learner.gradient.copy()
    for at in range(len(learner.parameters)):
        sides = []
        for by in (1e-6, -1e-6):
            learner.parameters[at] += by
            sides.append(learner.measure())
            learner.parameters[at] -= by
        assert gradient[at] == pytest.approx((sides[0] - sides[1]) / 2e-6, abs=1e-7)
    assert np.abs(gradient).max() > 1e-3
    trained = learner.network().layers[0]
    assert all(np.array_equal(trained.parameters[name], array) for name, array in network.layers[0].parameters.items())
