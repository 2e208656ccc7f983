import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer, new_network
from rnnstudio.engine.pytorch import is_pytorch_stack
from rnnstudio.engine.trace import run, trace_arrays


def shapes(network, stateless=False):
    x = np.random.default_rng(2).normal(size=(6, network.inputs))
    return {name: array.shape for name, array in trace_arrays(run(network, x, stateless=stateless)).items()}


def test_lstm_with_readout():
    found = shapes(new_network(library_cell("lstm"), 4, 3, outputs=2))
    values = {name: (6, 3) for name in ("i", "f", "g", "o", "fc", "ig", "c", "s", "layer0.y")}
    assert found == {
        "x": (6, 4), "y": (6, 2), **values, "s0": (3,), "c0": (3,),
        "weight_ih_l0": (12, 4), "weight_hh_l0": (12, 3), "bias_ih_l0": (12,), "bias_hh_l0": (12,),
        "readout.weight": (2, 3), "readout.bias": (2,),
    }  # fmt: skip


def test_gru_stacks_r_z_n_and_splits_its_biases():
    network = new_network(library_cell("gru"), 4, 3, seed=7)
    arrays, p = trace_arrays(run(network, np.ones((2, 4)))), network.layers[0].parameters
    assert np.array_equal(arrays["weight_ih_l0"][3:6], p["Wz"])
    assert np.array_equal(arrays["weight_hh_l0"][6:], p["Un"])
    assert np.array_equal(arrays["bias_ih_l0"], np.concatenate([p["br"], p["bz"], p["bn"]]))
    assert np.array_equal(arrays["bias_hh_l0"], np.concatenate([np.zeros(6), p["dn"]]))
    assert arrays["y"].tobytes() == arrays["s"].tobytes()


def test_simple_with_sigmoid_is_not_in_pytorch():
    found = shapes(new_network(library_cell("simple"), 4, 3, activation="sigmoid", bias=False))
    assert found == {
        "x": (6, 4), "y": (6, 3), "wx": (6, 3), "us": (6, 3), "a": (6, 3), "s": (6, 3), "s0": (3,),
        "layer0.W": (3, 4), "layer0.U": (3, 3),
    }  # fmt: skip


@pytest.mark.parametrize("stateless", [False, True])
def test_several_layers_have_their_own_names(stateless):
    dense, simple = library_cell("dense"), library_cell("simple")
    layers = (
        new_layer(dense, 3, 4, bias=False),
        new_layer(simple, 4, 3, bias=False),
        new_layer(dense, 3, 2, bias=False),
    )
    found = shapes(Network(layers, 1), stateless)
    assert found["x"] == (6, 3) and found["y"] == (6, 2)
    assert found["layer0.x"] == (6, 3) and found["layer1.x"] == (6, 4) and found["layer1.y"] == (6, 3)
    assert found["layer0.W"] == (4, 3) and found["layer1.U"] == (3, 3) and found["layer2.W"] == (2, 3)
    assert ("s" in found) is ("layer1.s" in found) is ("s0" in found) is not stateless


def test_middle_readout_is_after_layer_y():
    layers = (new_layer(library_cell("simple"), 3, 4, outputs=5), new_layer(library_cell("dense"), 5, 2))
    found = shapes(Network(layers))
    assert found["layer0.y"] == (6, 4) and found["layer1.x"] == (6, 5) and found["y"] == (6, 2)


def test_what_is_a_stack_of_pytorchs():
    lstm, simple = library_cell("lstm"), library_cell("simple")
    assert is_pytorch_stack(Network((new_layer(lstm, 4, 3), new_layer(lstm, 3, 3, outputs=2))))
    assert not is_pytorch_stack(Network((new_layer(lstm, 4, 3), new_layer(lstm, 3, 2))))
    assert not is_pytorch_stack(Network((new_layer(lstm, 4, 3, outputs=3), new_layer(lstm, 3, 3))))
    assert not is_pytorch_stack(Network((new_layer(lstm, 4, 3), new_layer(lstm, 3, 3, bias=False))))
    assert not is_pytorch_stack(Network((new_layer(simple, 4, 3), new_layer(simple, 3, 3, activation="relu"))))
    assert not is_pytorch_stack(new_network(library_cell("dense"), 4, 3))
