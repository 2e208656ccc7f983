"""What another size keeps, to the bit, and what it draws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network, new_layer, new_network
from rnnstudio.engine.resizing import (
    drawn_anew,
    form_of,
    refitted_first,
    reshaped,
    with_layer_above,
    without_layer,
)

SEED = 4


def same(a: Network, b: Network) -> bool:
    """Equal to the bit, parts of biases and all."""
    return a.chosen == b.chosen and len(a.layers) == len(b.layers) and all(
        p.shapes == q.shapes and vars(form_of(p)) == vars(form_of(q))
        and all(p.parameters[n].tobytes() == q.parameters[n].tobytes() for n in p.shapes)
        and all(x.tobytes() == y.tobytes() for n in p.bias_parts
                for x, y in zip(p.bias_parts[n], q.bias_parts[n], strict=True))
        for p, q in zip(a.layers, b.layers, strict=True)
    )  # fmt: skip


def given_values(network: Network, seed: int = 99) -> Network:
    """The same network with numbers that no seed of the tests draws."""
    random = np.random.default_rng(seed)
    for k, layer in enumerate(network.layers):
        network = network.with_parameters(k, {n: random.normal(size=s) for n, s in layer.shapes.items()})
    return network


@pytest.mark.parametrize("cell", library_cells())
def test_what_is_drawn_is_what_a_new_network_has(cell):
    for layers, direction in ((1, "forward"), (3, "forward"), (2, "both")):
        if direction == "both" and not library_cell(cell).states:
            continue
        outputs = 2 if library_cell(cell).states else None
        made = new_network(library_cell(cell), 4, 3, outputs, seed=SEED, layers=layers, direction=direction)
        assert same(drawn_anew(given_values(made), SEED), made)


@pytest.mark.parametrize("cell", library_cells())
@pytest.mark.parametrize("direction", ["forward", "reverse", "both"])
def test_smaller_and_larger_again_is_as_drawn_and_larger_and_smaller_as_given(cell, direction):
    if direction != "forward" and not library_cell(cell).states:
        return
    outputs = 2 if library_cell(cell).states else None
    made = new_network(library_cell(cell), 4, 3, outputs, seed=SEED, layers=2, direction=direction)
    for k, field, now in ((0, "inputs", 4), (0, "size", 3), (1, "size", 3), (1, "outputs", outputs)):
        if now is None:
            continue
        less = reshaped(made, k, SEED, **{field: 1})
        assert same(reshaped(less, k, SEED, **{field: now}), made)
        own = given_values(made)
        more = reshaped(own, k, SEED, **{field: now + 2})
        assert same(reshaped(more, k, SEED, **{field: now}), own)


@given(st.sampled_from(library_cells()), st.integers(1, 5), st.integers(1, 5), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_block_that_both_have_is_kept(cell, size, inputs, bias):
    made = given_values(new_network(library_cell(cell), 3, 3, bias=bias, seed=SEED))
    new = reshaped(reshaped(made, 0, SEED, size=size), 0, SEED, inputs=inputs)
    for name, array in new.layers[0].parameters.items():
        old = made.layers[0].parameters[name]
        both = tuple(slice(0, min(a, b)) for a, b in zip(old.shape, array.shape, strict=True))
        assert array[both].tobytes() == old[both].tobytes()


def test_what_is_new_is_within_the_bounds_of_a_drawn_layer():
    new = reshaped(given_values(new_network(library_cell("lstm"), 4, 3)), 0, SEED, size=9)
    assert 0 < np.abs(new.layers[0].parameters["Wf"][3:]).max() < 1 / 3


def test_columns_of_both_passes_keep_their_pass():
    made = given_values(new_network(library_cell("simple"), 4, 3, outputs=2, layers=2, direction="both"))
    new = reshaped(made, 0, SEED, size=5)
    old_w, new_w = made.layers[1].parameters["W"], new.layers[1].parameters["W"]
    assert new_w.shape == (3, 10)
    assert np.array_equal(new_w[:, :3], old_w[:, :3])
    assert np.array_equal(new_w[:, 5:8], old_w[:, 3:])
    top = reshaped(made, 1, SEED, size=2)
    assert np.array_equal(top.layers[1].parameters["V"], made.layers[1].parameters["V"][:, [0, 1, 3, 4]])


def test_a_direction_more_keeps_the_pass_that_was_there():
    made = given_values(new_network(library_cell("gru"), 4, 3, outputs=2))
    for way, prefix, part in (("forward", "", slice(0, 3)), ("reverse", "reverse.", slice(3, 6))):
        one = reshaped(made, 0, SEED, direction=way)
        own = one.layers[0].parameters
        assert all(np.array_equal(own[name], made.layers[0].parameters[name]) for name in own)
        two = reshaped(one, 0, SEED, direction="both")
        for name in ("Wr", "Un", "bz"):
            assert np.array_equal(two.layers[0].parameters[prefix + name], made.layers[0].parameters[name])
        assert np.array_equal(two.layers[0].parameters["V"][:, part], made.layers[0].parameters["V"])
        assert same(reshaped(two, 0, SEED, direction=way), one)


STACKED = """
kind = "cell"
version = 1
name = "stacked"
sizes = { x = "I", s = "H", y = "H" }
bias = ["b"]
equations = '''
z = concat(x, s_prev)
y = tanh(W @ z + b)
s = y'''
phases = [["x", "s_prev"], ["z"], ["y", "s"]]
"""


def test_a_matrix_on_vectors_below_each_other_keeps_each_of_their_blocks():
    made = given_values(Network((new_layer(parse_cell(STACKED), 4, 3),)))
    old = made.layers[0].parameters["W"]
    more = reshaped(made, 0, SEED, inputs=6).layers[0].parameters["W"]
    assert np.array_equal(more[:, [0, 1, 2, 3, 6, 7, 8]], old)
    less = reshaped(made, 0, SEED, size=2).layers[0].parameters["W"]
    assert np.array_equal(less, old[:2, :6])


def test_bias_and_readout_go_and_come_back_as_drawn():
    made = new_network(library_cell("lstm"), 4, 3, outputs=2, seed=SEED, layers=2)
    for k in (0, 1):
        assert same(reshaped(reshaped(made, k, SEED, bias=False), k, SEED, bias=True), made)
    bare = reshaped(made, 1, SEED, outputs=None)
    assert bare.outputs == 3
    assert same(reshaped(bare, 1, SEED, outputs=2), made)


def test_elman_without_its_readout_is_the_simple_cell():
    assert reshaped(new_network(library_cell("elman"), 4, 3), 0, SEED, outputs=None).layers[0].cell.name == "simple"


@pytest.mark.parametrize("cell", library_cells())
def test_a_layer_more_takes_the_readout_and_a_layer_less_gives_it_back(cell):
    own = given_values(new_network(library_cell(cell), 4, 3, 2 if library_cell(cell).states else None))
    two = with_layer_above(own, 0, SEED)
    assert (two.chosen, two.outputs, len(two.layers)) == (1, own.outputs, 2)
    if own.layers[0].readout:
        assert not two.layers[0].readout
        assert np.array_equal(two.layers[1].parameters["V"], own.layers[0].parameters["V"])
    first = {n: a for n, a in own.layers[0].parameters.items() if n not in ("V", "by")}
    assert all(np.array_equal(two.layers[0].parameters[n], array) for n, array in first.items())
    assert same(without_layer(two, 1, SEED), own)


def test_the_layers_around_one_that_goes_keep_what_fits():
    dense, simple = library_cell("dense"), library_cell("simple")
    made = given_values(Network((new_layer(dense, 3, 5), new_layer(simple, 5, 2), new_layer(dense, 2, 4)), 1))
    less = without_layer(made, 1, SEED)
    assert np.array_equal(less.layers[1].parameters["W"][:, :2], made.layers[2].parameters["W"])
    assert np.array_equal(less.layers[0].parameters["W"], made.layers[0].parameters["W"])
    bottom = without_layer(made, 0, SEED)
    assert (bottom.inputs, bottom.chosen) == (3, 0)
    assert np.array_equal(bottom.layers[0].parameters["W"], made.layers[1].parameters["W"][:, :3])


def test_both_trained_parts_of_a_bias_are_kept():
    layer = new_layer(library_cell("simple"), 4, 3)
    first, second = np.array([0.1, 0.2, 0.3]), np.array([1.0, 2.0, 3.0])
    parameters = {**layer.parameters, "b": first + second}
    network = Network((replace(layer, parameters=parameters, bias_parts={"b": (first, second)}),))
    new = reshaped(network, 0, SEED, size=4).layers[0]
    assert np.array_equal(new.bias_parts["b"][0][:3], first)
    assert np.array_equal(new.bias_parts["b"][1], [1.0, 2.0, 3.0, 0.0])
    assert new.bias_parts["b"][0][3] == new.parameters["b"][3] != 0


@pytest.mark.parametrize(
    ("change", "words"),
    [({"size": 1_025}, "state size: 1,025"), ({"inputs": 0}, "inputs: 0 is too few"),
     ({"outputs": 4_097}, "outputs: 4,097"), ({"inputs": 4_096, "size": 1_024}, "parameters of the network")],
)  # fmt: skip
def test_limits_refuse(change, words):
    with pytest.raises(InputError, match=words):
        reshaped(new_network(library_cell("lstm"), 4, 3), 0, SEED, **change)


def test_eight_layers_are_the_most_and_one_the_least():
    network = new_network(library_cell("simple"), 2, 2)
    with pytest.raises(InputError, match="layers of the network: 0 is too few"):
        without_layer(network, 0, SEED)
    for _ in range(7):
        network = with_layer_above(network, network.chosen, SEED)
    with pytest.raises(InputError, match="9 is over the limit of 8"):
        with_layer_above(network, network.chosen, SEED)


def test_a_layer_without_state_reads_in_no_direction():
    with pytest.raises(InputError, match="no direction but forward"):
        reshaped(new_network(library_cell("dense"), 2, 2), 0, SEED, direction="both")


def test_first_states_follow_their_size_and_their_pass():
    one = new_layer(library_cell("lstm"), 2, 3)
    states = {"s": np.array([1.0, 2.0, 3.0]), "c": np.array([[0.0, 0.0, 5.0], [0.0, 0.0, 6.0]])}
    less = refitted_first(one, new_layer(library_cell("lstm"), 2, 2), states)
    assert less.keys() == {"s"}  # of c only zeros are left
    assert np.array_equal(less["s"], [1.0, 2.0])
    both = new_layer(library_cell("lstm"), 2, 4, direction="both")
    backwards = new_layer(library_cell("lstm"), 2, 3, direction="reverse")
    more = refitted_first(backwards, both, states)
    assert more.keys() == {"reverse.s", "reverse.c"}
    assert np.array_equal(more["reverse.s"], [1.0, 2.0, 3.0, 0.0])
    assert more["reverse.c"].shape == (2, 4)
    assert np.array_equal(refitted_first(both, backwards, more)["s"], states["s"])
