import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.diagnosis import diagnosis
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.status import Kind
from rnnstudio.engine.trace import run


def test_gates_at_their_bounds_are_named_and_others_are_not():
    network = new_network(library_cell("lstm"), 2, 3)
    zeros = {name: np.zeros(array.shape) for name, array in network.layers[0].parameters.items()}
    forced = network.with_parameters(0, {**zeros, "bf": np.full(3, 9.0), "bi": np.full(3, -9.0)})
    found = list(diagnosis(run(forced, np.zeros((4, 2)))))
    assert [(place, status.sentence.split()[0]) for place, status in found] == [("", "i"), ("", "f")]
    assert not list(diagnosis(run(network, np.zeros((4, 2)))))


def test_a_gradient_that_fades_over_time_is_said_of_its_layer():
    network = new_network(library_cell("simple"), 1, 2, bias=False, layers=2)
    small = network.with_parameters(1, {"U": 1e-3 * np.eye(2)})
    trace = run(small, np.full((9, 1), 0.1))
    found = list(diagnosis(trace, backpropagate(trace, Loss("mse", np.ones(2), "last"))))
    assert ("layer 1", Kind.VANISHING) in [(place, status.kind) for place, status in found]
