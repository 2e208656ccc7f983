"""Jacobians of states over time and sensitivities of outputs, against differences and where they are known exactly."""

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.gradients import backpropagate, sensitivities, state_jacobian
from rnnstudio.engine.layer import Layer
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import Network, new_network
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Settings
from rnnstudio.engine.versions import run_updating
from rnnstudio.engine.whole import OneHot
from tests.engine.test_training import LINEAR

RECURRENT = [name for name in library_cells() if library_cell(name).states]
T = 6


def data(network, seed=3):
    return np.random.default_rng(seed).normal(size=(T, network.inputs))


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize(("t", "k"), [(6, 0), (6, 5), (4, 2), (3, 3), (0, 0)])
def test_state_jacobians_are_differences_of_the_run_that_begins_there(name, t, k):
    network = new_network(library_cell(name), 2, 3, seed=2)
    x = data(network)
    first = {state: np.linspace(-1, 1, 3) for state in network.layers[0].program.states}
    layer = run(network, x, first).layers[0]
    states = layer.program.states
    jacobian = state_jacobian(layer, t, k)
    assert jacobian.shape == (3 * len(states),) * 2

    def ends(moved):
        if t == k:
            return moved
        begun = {state: moved[3 * n : 3 * n + 3] for n, state in enumerate(states)}
        later = run(network, x[k:t], begun).layers[0]
        return np.concatenate([later.value(state, t - k) for state in states])

    start = np.concatenate([layer.value(state, k) for state in states])
    for column in range(len(start)):
        step = np.zeros(len(start))
        step[column] = 1e-6
        slope = (ends(start + step) - ends(start - step)) / 2e-6
        assert np.abs(slope - jacobian[:, column]).max() <= 1e-6


@pytest.mark.parametrize("name", RECURRENT)
def test_state_jacobians_multiply_along_the_way(name):
    network = new_network(library_cell(name), 2, 3, seed=2)
    layer = run(network, data(network)).layers[0]
    product = np.eye(3 * len(layer.program.states))
    for t in range(1, T + 1):
        product = state_jacobian(layer, t, t - 1) @ product
        assert np.abs(state_jacobian(layer, t, 0) - product).max() <= 1e-12 + 1e-10 * np.abs(product).max()


@pytest.mark.parametrize("rho", [0.5, 0.95, 1.0, 1.05, 1.5])
def test_a_linear_cell_of_an_orthogonal_matrix_grows_or_shrinks_exactly(rho):
    """∂s_t/∂s_k = (ρQ)^(t−k), all of whose singular values are ρ^(t−k)."""
    Q, _ = np.linalg.qr(np.random.default_rng(5).normal(size=(4, 4)))
    layer = Layer(parse_cell(LINEAR), 2, 4, None, True, "forward", None, {"W": np.zeros((4, 2)), "U": rho * Q})
    trace = run(Network((layer,)), np.zeros((50, 2)), {"s": np.ones(4)}).layers[0]
    for t, k in ((1, 0), (20, 3), (50, 0)):
        jacobian = state_jacobian(trace, t, k)
        power = np.linalg.matrix_power(rho * Q, t - k)
        assert np.abs(jacobian - power).max() <= 1e-13 * rho ** (t - k)
        values = np.linalg.svd(jacobian, compute_uv=False)
        assert np.abs(values / rho ** (t - k) - 1.0).max() <= 1e-12


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize(("layers", "outputs"), [(1, None), (2, 2)])
@pytest.mark.parametrize("t", [1, 4, 6])
def test_sensitivities_are_differences_of_the_run(name, layers, outputs, t):
    network = new_network(library_cell(name), 2, 3, outputs, seed=2, layers=layers)
    x = data(network)
    found = sensitivities(run(network, x), t)
    assert found.shape == (t, network.outputs, 2)
    for k in range(t):
        for place in range(2):
            step = np.zeros_like(x)
            step[k, place] = 1e-6
            slope = (run(network, x + step).y[t - 1] - run(network, x - step).y[t - 1]) / 2e-6
            assert np.abs(slope - found[k, :, place]).max() <= 1e-6


def test_sensitivities_of_a_traditional_layer_see_the_present_alone():
    network = new_network(library_cell("lstm"), 2, 3, seed=2)
    found = sensitivities(run(network, data(network), stateless=True), 5)
    assert not found[:4].any() and found[4].all()


def test_sensitivities_of_tokens_are_those_of_their_vectors():
    network = new_network(library_cell("gru"), 5, 3, 2, seed=2)
    indices = np.array([4, 0, 1, 1])
    tokens, vectors = run(network, OneHot(indices, 5)), run(network, np.eye(5)[indices])
    assert np.abs(sensitivities(tokens, 4) - sensitivities(vectors, 4)).max() <= 1e-14


def test_jacobians_start_from_the_first_state_that_was_given():
    network = new_network(library_cell("gru"), 2, 3, seed=2)
    first = {"s": np.array([0.5, -2.0, 1.0])}
    one, other = run(network, data(network), first), run(network, data(network))
    assert not np.allclose(state_jacobian(one.layers[0], 2, 0), state_jacobian(other.layers[0], 2, 0))
    assert not np.allclose(sensitivities(one, 2), sensitivities(other, 2))


def test_what_has_no_jacobian_is_refused_with_a_sentence():
    simple, dense = new_network(library_cell("simple"), 2, 3), new_network(library_cell("dense"), 2, 3)
    both = new_network(library_cell("simple"), 2, 3, direction="both")
    x = data(simple)
    for trace in (run(dense, x), run(both, x).layers[0].reverse, run(simple, x[:, np.newaxis])):
        layer = trace if not hasattr(trace, "layers") else trace.layers[0]
        with pytest.raises(InputError, match="Jacobians over time are of one sequence of a layer with a state"):
            state_jacobian(layer, 2, 1)
    for t, k in ((1, 2), (7, 1), (2, -1)):
        with pytest.raises(InputError, match=f"steps {k} and {t}: 0 to 6 are there"):
            state_jacobian(run(simple, x).layers[0], t, k)
    for trace in (run(both, x), run(simple, x[:, np.newaxis])):
        with pytest.raises(InputError, match="sensitivities are of one sequence, all layers in forward time"):
            sensitivities(trace, 1)
    for t in (0, 7):
        with pytest.raises(InputError, match=f"step {t}: 1 to 6 are there"):
            sensitivities(run(simple, x), t)


def test_a_run_whose_weights_change_on_the_way_has_no_one_derivative():
    network = new_network(library_cell("simple"), 2, 3)
    x = data(network)
    trace = run_updating(network, x, np.zeros((T, 3)), Settings(update_every=2))
    words = "the weights of this run changed on the way"
    with pytest.raises(InputError, match=words):
        sensitivities(trace, 3)
    with pytest.raises(InputError, match=words):
        state_jacobian(trace.layers[0], 6, 1)
    with pytest.raises(InputError, match=words):
        backpropagate(trace, Loss("mse", np.zeros((T, 3))))
