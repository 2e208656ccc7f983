import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network, draw_parameters, new_layer, new_network
from rnnstudio.engine.ops import lower


def test_drawn_weights_are_these_bits():
    # PCG64(1): first doubles 0.511821624…, 0.950463696…, 0.144159612…; times 2, minus 1, times 1/√4
    drawn = new_network(library_cell("simple"), 1, 4, seed=1).layers[0].parameters["W"][:3, 0]
    assert [float(value).hex() for value in drawn] == [
        (u * 1.0 - 0.5).hex() for u in np.random.Generator(np.random.PCG64(1)).random(3).tolist()
    ]
    assert drawn[0] == pytest.approx(0.0118216247)


@pytest.mark.parametrize("name", library_cells())
def test_draw_is_bounded_in_order_and_repeatable(name):
    layer = new_network(library_cell(name), 6, 9, outputs=2, seed=5).layers[0]
    again = draw_parameters(layer.program, layer.sizes, 5)
    assert list(layer.parameters) == list(layer.program.parameters) == list(again)
    everything = np.concatenate([array.ravel() for array in layer.parameters.values()])
    assert np.array_equal(everything, np.concatenate([array.ravel() for array in again.values()]))
    assert np.abs(everything).max() < 1 / 3
    assert np.abs(everything).max() > 0.9 / 3


def test_first_drawn_is_the_first_parameter_of_the_equations():
    layer = new_network(library_cell("lstm"), 2, 4, seed=3).layers[0]
    stream = np.random.Generator(np.random.PCG64(3)).random(8) - 0.5
    assert layer.parameters["Wi"].ravel() == pytest.approx(stream)


def test_parameters_are_read_only_and_nobody_elses():
    mine = np.ones((3, 4))
    network = new_network(library_cell("simple"), 4, 3).with_parameters(0, {"W": mine})
    mine[0, 0] = 7.0
    assert network.layers[0].parameters["W"][0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        network.layers[0].parameters["W"][0, 0] = 2.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"W": np.ones((4, 3))}, r"W of the layer simple has the shape \(4, 3\); \(3, 4\) is wanted"),
        ({"Q": np.ones(3)}, "has the parameters W, U, b; given were W, U, b, Q"),
    ],
)
def test_wrong_parameters_are_refused(changes, words):
    with pytest.raises(InputError, match=words):
        new_network(library_cell("simple"), 4, 3).with_parameters(0, changes)


def test_sizes_have_to_chain():
    layers = (new_layer(library_cell("dense"), 3, 4), new_layer(library_cell("simple"), 5, 3))
    with pytest.raises(InputError, match="layer 0 hands out 4 values, layer 1 takes 5"):
        Network(layers)


def test_chosen_has_to_be_there():
    with pytest.raises(InputError, match="no layer 1; 0 to 0 are"):
        new_network(library_cell("simple"), 2, 2).with_chosen(1)


@pytest.mark.parametrize(
    ("cell", "sizes", "words"),
    [
        ("simple", (4, 1_025), "state size: 1,025"),
        ("simple", (4_097, 4), "inputs: 4,097"),
        ("dense", (4, 4_097), "outputs: 4,097"),
        ("elman", (4, 4, 4_097), "outputs: 4,097"),
        ("lstm", (4_096, 1_024), "parameters of the network: 20,975,616"),
        ("simple", (0, 4), "inputs: 0 is too few"),
    ],
)
def test_limits_refuse_before_anything_is_drawn(cell, sizes, words):
    with pytest.raises(InputError, match=words):
        new_network(library_cell(cell), *sizes)


def test_at_the_limits_there_is_no_complaint():
    assert new_network(library_cell("simple"), 1, 1_024).outputs == 1_024
    assert new_network(library_cell("dense"), 1, 4_096).outputs == 4_096


def test_nine_layers_are_one_too_many():
    layer = new_layer(library_cell("dense"), 2, 2)
    Network((layer,) * 8)
    with pytest.raises(InputError, match="9 is over the limit of 8"):
        Network((layer,) * 9)


def test_change_of_cell_keeps_what_keeps_its_meaning():
    simple = new_network(library_cell("simple"), 4, 3, outputs=2, activation="sigmoid", seed=8)
    before = simple.layers[0].parameters
    lstm = simple.with_cell(0, library_cell("lstm"), seed=9)
    after = lstm.layers[0].parameters
    for old, new in (("W", "Wg"), ("U", "Ug"), ("b", "bg"), ("V", "V"), ("by", "by")):
        assert np.array_equal(before[old], after[new])
    assert not np.array_equal(after["Wi"], after["Wf"])
    gru = lstm.with_cell(0, library_cell("gru"))
    for old, new in (("W", "Wn"), ("U", "Un"), ("b", "bn"), ("V", "V")):
        assert np.array_equal(before[old], gru.layers[0].parameters[new])
    back = gru.with_cell(0, library_cell("simple"))
    assert back.layers[0].activation == "sigmoid"
    assert all(np.array_equal(before[name], back.layers[0].parameters[name]) for name in before)


def test_dense_and_back_keeps_the_weights():
    network = new_network(library_cell("dense"), 4, 3, activation="identity")
    recurrent = network.with_cell(0, library_cell("simple"))
    assert np.array_equal(network.layers[0].parameters["W"], recurrent.layers[0].parameters["W"])
    assert recurrent.layers[0].activation == "tanh"
    assert recurrent.stateless_before(0)


def test_readout_that_came_with_the_cell_goes_with_it():
    network = new_network(library_cell("simple"), 4, 3)
    elman = network.with_cell(0, library_cell("elman"))
    assert elman.layers[0].readout and elman.outputs == 3
    assert not elman.with_cell(0, library_cell("gru")).layers[0].readout
    wider = new_network(library_cell("elman"), 4, 3, outputs=7)
    assert wider.with_cell(0, library_cell("lstm")).outputs == 7


def test_bias_off_and_on():
    network = new_network(library_cell("gru"), 2, 3, outputs=2)
    without = network.with_bias(0, False)
    assert set(network.layers[0].parameters) - set(without.layers[0].parameters) == {"br", "bz", "bn", "dn", "by"}
    again = without.with_bias(0, True, seed=4).layers[0].parameters
    assert np.array_equal(again["Wr"], network.layers[0].parameters["Wr"])
    assert np.abs(again["by"]).max() > 0


def test_activation_has_to_be_offered():
    network = new_network(library_cell("simple"), 2, 3)
    assert network.with_activation(0, "relu").layers[0].program.op("y:f").function == "relu"
    with pytest.raises(InputError, match="'identity'"):
        network.with_activation(0, "identity")


def test_stateless_before_looks_at_the_layers_below():
    dense, simple = new_layer(library_cell("dense"), 2, 2), new_layer(library_cell("simple"), 2, 2)
    network = Network((dense, simple, dense))
    assert [network.stateless_before(k) for k in range(3)] == [True, True, False]


def test_letters_of_the_readout_of_a_layer_without_state():
    layer = new_layer(library_cell("dense"), 4, 3, outputs=2)
    assert {name: array.shape for name, array in layer.parameters.items()} == {
        "W": (3, 4), "b": (3,), "V": (2, 3), "by": (2,),
    }  # fmt: skip
    assert layer.program is lower(library_cell("dense"), "tanh", True, True)


def test_the_readout_that_came_with_a_cell_stays_where_both_directions_would_hand_out_more_without_it():
    both = new_network(library_cell("elman"), 2, 3, 3, direction="both")
    assert both.with_cell(0, library_cell("gru")).outputs == 3
    forward = new_network(library_cell("elman"), 2, 3, 3)
    assert forward.with_cell(0, library_cell("gru")).layers[0].outputs is None
