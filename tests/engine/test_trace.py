import json
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.engine import trace as trace_module
from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.limits import InputError, Limits
from rnnstudio.engine.network import Layer, Network, new_layer, new_network
from rnnstudio.engine.trace import run
from rnnstudio.engine.whole import BLOCK, OneHot

REFERENCES = Path(__file__).with_name("references")
TUTORIAL = json.loads((REFERENCES / "tutorial.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def torch_values():
    with np.load(REFERENCES / "torch.npz") as file:
        return {name: file[name] for name in file.files}


def parameters_from(values, cell, k=0):
    """Our parameters out of PyTorch's stacked ones: rows of a gate each, b the sum of the two trained biases."""
    entry, found = cell.pytorch, {}
    for key in ("weight_ih", "weight_hh"):
        for name, rows in zip(entry[key], np.split(values[f"{key}_l{k}"], len(entry[key])), strict=True):
            found[name] = rows
    biases = np.array([np.split(values[f"bias_{side}_l{k}"], len(entry["bias_ih"])) for side in ("ih", "hh")])
    for gate, (ih, hh) in enumerate(zip(entry["bias_ih"], entry["bias_hh"], strict=True)):
        found |= {ih: biases[:, gate].sum(axis=0)} if ih == hh else {ih: biases[0, gate], hh: biases[1, gate]}
    return found


def case_of(values, case):
    return {name.partition("/")[2]: array for name, array in values.items() if name.startswith(f"{case}/")}


def reference_layer(values, cell, activation, k=0, readout=True):
    parameters = parameters_from(values, cell, k)
    outputs = None
    if readout and "readout.weight" in values:
        parameters |= {"V": values["readout.weight"], "by": values["readout.bias"]}
        outputs = len(values["readout.bias"])
    size, inputs = parameters[next(iter(parameters))].shape
    return Layer(cell, inputs, size, activation, True, "forward", outputs, parameters)


@pytest.mark.parametrize(
    ("case", "cell", "activation"),
    [
        ("simple_tanh", "simple", "tanh"),
        ("simple_relu", "simple", "relu"),
        ("simple_sigmoid", "simple", "sigmoid"),
        ("elman", "elman", "tanh"),
        ("lstm", "lstm", None),
        ("gru", "gru", None),
    ],
)
def test_recurrent_cells_give_what_pytorch_gives(torch_values, case, cell, activation):
    values = case_of(torch_values, case)
    network = Network((reference_layer(values, library_cell(cell), activation),))
    first = {name: values[f"{name}0"] for name in network.layers[0].program.states}
    trace = run(network, values["x"], first)
    compared = [name for name in values if name in trace.layers[0].program.values]
    assert {"s", "y"} <= set(compared)
    for name in compared:
        assert np.abs(trace.layers[0].series(name) - values[name]).max() < 1e-12, name


def test_dense_gives_what_pytorch_gives(torch_values):
    values = case_of(torch_values, "dense")
    layer = Layer(
        library_cell("dense"), 5, 7, "tanh", True, "forward", None, {"W": values["weight"], "b": values["bias"]}
    )
    assert np.abs(run(Network((layer,)), values["x"]).y - values["y"]).max() < 1e-12


def test_a_stack_of_two_with_readout_gives_what_pytorch_gives(torch_values):
    values = case_of(torch_values, "lstm_stack")
    cell = library_cell("lstm")
    layers = (reference_layer(values, cell, None, 0, readout=False), reference_layer(values, cell, None, 1))
    trace = run(Network(layers), values["x"])
    assert np.abs(trace.layers[1].series("s") - values["s"]).max() < 1e-12
    assert np.abs(trace.y - values["y"]).max() < 1e-12


def test_two_steps_of_the_simple_cell_by_hand():
    # a_1 = 0.5·1 + 1·0.5 + 0.25 = 1.25; relu keeps it; a_2 = 0.5·(−1) + 1·1.25 + 0.25 = 1; readout 2·s − 1
    layer = Layer(
        library_cell("simple"), 1, 1, "relu", True, "forward", 1,
        {"W": [[0.5]], "U": [[1.0]], "b": [0.25], "V": [[2.0]], "by": [-1.0]},
    )  # fmt: skip
    trace = run(Network((layer,)), [[1.0], [-1.0]], {"s": [0.5]})
    found = trace.layers[0]
    assert [found.value(name, 1)[0] for name in ("wx", "us", "a", "h", "s", "y")] == [0.5, 0.5, 1.25, 1.25, 1.25, 1.5]
    assert [found.value(name, 2)[0] for name in ("wx", "us", "a", "h", "s", "y")] == [-0.5, 1.25, 1.0, 1.0, 1.0, 1.0]
    assert [found.value("s", 0)[0], found.value("s_prev", 1)[0], found.value("s_prev", 2)[0]] == [0.5, 0.5, 1.25]


def test_two_steps_of_the_lstm_by_hand():
    # all weights 0: i = f = o = ½, g = tanh(½) by its bias; c_1 = ½·1 + ½·tanh ½, c_2 = ½·c_1 + ½·tanh ½
    cell = library_cell("lstm")
    zeros = {name: np.zeros([1] * len(shape)) for name, shape in cell.parameters.items()}
    layer = Layer(cell, 1, 1, None, True, "forward", None, {**zeros, "bg": [0.5]})
    found = run(Network((layer,)), [[3.0], [-3.0]], {"c": [1.0]}).layers[0]
    g = 0.46211715726000975850
    assert found.series("c")[:, 0] == pytest.approx([0.5 + g / 2, 0.25 + g / 4 + g / 2], abs=1e-15)
    assert found.value("fc", 2)[0] == pytest.approx((0.5 + g / 2) / 2, abs=1e-15)
    assert found.value("s:tanh", 1)[0] == pytest.approx(np.tanh(0.5 + g / 2), abs=1e-15)
    assert found.value("s", 1)[0] == pytest.approx(np.tanh(0.5 + g / 2) / 2, abs=1e-15)


def test_two_steps_of_the_gru_by_hand():
    # only z's bias ln 3 and n's bias ½: z = ¾ weighs the old state, n = tanh ½ gets the quarter
    cell = library_cell("gru")
    zeros = {name: np.zeros([1] * len(shape)) for name, shape in cell.parameters.items()}
    layer = Layer(cell, 1, 1, None, True, "forward", None, {**zeros, "bz": [np.log(3.0)], "bn": [0.5]})
    found = run(Network((layer,)), [[1.0], [2.0]], {"s": [1.0]}).layers[0]
    g = 0.46211715726000975850
    assert found.series("s")[:, 0] == pytest.approx([0.75 + g / 4, (0.75 + g / 4) * 0.75 + g / 4], abs=1e-15)
    assert found.value("zn:1-", 1)[0] == pytest.approx(0.25, abs=1e-15)


def tutorial_network():
    def layer(cell, weights, **more):
        return Layer(
            library_cell(cell), len(weights[0]), len(weights), "sigmoid", False, "forward", None, {"W": weights, **more}
        )

    return Network(
        (
            layer("dense", TUTORIAL["W1"]),
            layer("simple", TUTORIAL["W2"], U=TUTORIAL["U"]),
            layer("dense", TUTORIAL["W3"]),
        ),
        1,
    )


@pytest.mark.parametrize(
    ("stateless", "layer", "output"),
    [
        (True, "layer: y_t = f(W x_t)", "layer: output"),
        (False, "recurrent: s_t = y_t = f(W x_t + U s_{t-1})", "recurrent: output"),
    ],
)
def test_both_computations_of_the_tutorial_study(stateless, layer, output):
    expected = TUTORIAL["expected"]
    trace = run(tutorial_network(), TUTORIAL["inputs"], stateless=stateless)
    for found, name in (
        (trace.layers[0].series("y"), "hidden_1 (x_t)"),
        (trace.layers[1].series("y"), layer),
        (trace.y, output),
    ):
        assert np.abs(found - expected[name]).max() < 1e-12, name
    assert np.array_equal(trace.layers[1].series("x"), trace.layers[0].series("y"))
    assert trace.layers[1].program.states == (() if stateless else ("s",))


def small(monkeypatch, name, **sizes):
    """A limit so low that only states and gates are kept."""
    monkeypatch.setattr(trace_module, "LIMITS", Limits(**{name: 1, **sizes}))


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("outputs", [None, 3])
@pytest.mark.parametrize(("steps", "inputs", "size"), [(1, 1, 1), (BLOCK + 1, 5, 7), (3 * BLOCK - 1, 64, 96)])
def test_derived_values_have_the_bits_of_kept_ones(monkeypatch, name, outputs, steps, inputs, size):
    network = new_network(library_cell(name), inputs, size, outputs, seed=2)
    x = np.random.default_rng(4).normal(size=(steps, inputs))
    first = {state: np.linspace(-1.0, 1.0, size) for state in network.layers[0].program.states}
    full = run(network, x, first).layers[0]
    small(monkeypatch, "trace_bytes")
    lean = run(network, x, first).layers[0]
    names = [*full.program.values, *(op.id for op in full.program.ops)]
    assert all(full.kept(value) for value in names)
    if name != "dense" or outputs:
        assert not all(lean.kept(value) for value in names)
    assert all(lean.kept(state) for state in full.program.states)
    for value in names:
        assert full.series(value).tobytes() == lean.series(value).tobytes(), value
        assert full.value(value, steps).tobytes() == lean.value(value, steps).tobytes(), value


def test_gates_are_kept_and_products_derived(monkeypatch):
    network = new_network(library_cell("lstm"), 4, 3)
    small(monkeypatch, "trace_bytes")
    lean = run(network, np.ones((5, 4))).layers[0]
    assert [name for name in ("i", "f", "g", "o", "s", "c") if not lean.kept(name)] == []
    assert [name for name in ("i:@", "i:@2", "i:+", "fc", "ig") if lean.kept(name)] == []


@pytest.mark.parametrize("name", library_cells())
def test_tokens_give_what_their_vectors_give(name):
    network = new_network(library_cell(name), 11, 6, outputs=11, seed=3)
    indices = np.random.default_rng(0).integers(0, 11, 50)
    tokens, dense = run(network, OneHot(indices, 11)), run(network, np.eye(11)[indices])
    for value in network.layers[0].program.values:
        assert tokens.layers[0].series(value) == pytest.approx(dense.layers[0].series(value), abs=1e-14)
    assert np.array_equal(tokens.layers[0].value("x", 7), np.eye(11)[indices[6]])
    assert np.array_equal(tokens.layers[0].series("x"), np.eye(11)[indices])


@pytest.mark.parametrize(
    ("indices", "words"), [([0, 11], "found 0 to 11"), ([-1, 2], "found -1"), ([0.5], "whole"), ([[1]], "whole")]
)
def test_tokens_that_are_none_are_refused(indices, words):
    with pytest.raises(InputError, match=words):
        OneHot(np.array(indices), 11)


def test_first_state_may_be_given_by_layer_and_is_zero_else():
    layer = new_layer(library_cell("simple"), 2, 2)
    network = Network((layer, layer), 1)
    trace = run(network, np.zeros((1, 2)), {0: {"s": [1.0, 2.0]}})
    assert trace.layers[0].value("s", 0).tolist() == [1.0, 2.0]
    assert trace.layers[1].value("s", 0).tolist() == [0.0, 0.0]
    chosen = run(network, np.zeros((1, 2)), {"s": [1.0, 2.0]})
    assert chosen.layers[1].value("s", 0).tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"s": [1.0]}, r"s of layer 1 has the shape \(1,\); \(3,\) is wanted"),
        ({"c": [1.0, 2.0, 3.0]}, "layer 1 has no state 'c'; s is there"),
        ({"s": [1.0, np.nan, 3.0]}, "not finite"),
        ({0: {"s": [1.0]}}, "layer 0 has no state 's'; none is there"),
        ({7: {"s": [1.0]}}, "layer 7; layers go from 0 to 2"),
    ],
)
def test_wrong_first_states_are_refused(first, words):
    with pytest.raises(InputError, match=words):
        run(tutorial_network(), TUTORIAL["inputs"], first)


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (np.zeros(4), r"1 dimensions; \(T, I\)"),
        (np.zeros((2, 3, 4, 1)), "4 dimensions"),
        (np.zeros((2, 0, 4)), "0 sequences"),
        (np.zeros((2, 5)), "5 inputs at each step; the network takes 4"),
        (np.zeros((0, 4)), "0 is too few"),
        (np.zeros((20_001, 4)), "20,001 is over the limit of 20,000"),
    ],
)
def test_wrong_sequences_are_refused(x, words):
    with pytest.raises(InputError, match=words):
        run(new_network(library_cell("simple"), 4, 3), x)


def test_a_run_over_the_limit_is_refused_before_it_starts():
    layers = (new_layer(library_cell("lstm"), 1, 1_024), new_layer(library_cell("simple"), 1_024, 1_024))
    # kept of a step: i f g o c s, then a and y, of 1,024 each, and x: 65,544 bytes
    started = []
    with pytest.raises(InputError, match=r"20,000 steps would need .* about 16,382 steps fit"):
        run(Network(layers), np.zeros((20_000, 1)), progress=lambda done, total: started.append(done))
    assert not started


def test_stateless_needs_a_traditional_layer():
    text = (
        'kind = "cell"\nversion = 1\nname = "own"\nsizes = { x = "I", s = "H", y = "H" }\n'
        'equations = \'\'\'\ns = tanh(W @ x + U @ s_prev)\ny = s\'\'\'\nphases = [["x", "s_prev"], ["s", "y"]]\n'
    )
    network = new_network(parse_cell(text), 2, 2)
    assert run(network, np.ones((2, 2))).y.shape == (2, 2)
    with pytest.raises(InputError, match="own names no traditional layer"):
        run(network, np.ones((2, 2)), stateless=True)


def test_traditional_layer_of_a_gated_cell_is_its_candidate():
    network = new_network(library_cell("gru"), 4, 3, outputs=2, seed=6)
    x = np.random.default_rng(1).normal(size=(6, 4))
    p = network.layers[0].parameters
    h = np.tanh(x @ p["Wn"].T + p["bn"])
    trace = run(network, x, stateless=True)
    assert trace.layers[0].series("h") == pytest.approx(h, abs=1e-14)
    assert trace.y == pytest.approx(h @ p["V"].T + p["by"], abs=1e-14)


@pytest.mark.parametrize("name", library_cells())
def test_traces_cannot_be_changed(name):
    network = new_network(library_cell(name), 4, 3)
    x = np.ones((3, 4))
    trace = run(network, x)
    before = trace.y.copy()
    x[:] = 9.0
    assert trace.layers[0].series("x").max() == 1.0
    for array in (trace.y, trace.layers[0].value("x", 1), trace.layers[0].value("y", 2), trace.layers[0].series("x")):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0
    assert np.array_equal(trace.y, before)


def test_every_value_is_the_op_applied_to_its_operands():
    network = new_network(library_cell("gru"), 4, 3, outputs=2, seed=6)
    trace = run(network, np.random.default_rng(1).normal(size=(5, 4))).layers[0]
    rules = {
        "matmul": lambda a: a[0] @ a[1], "add": sum, "sub": lambda a: a[0] - a[1], "mul": lambda a: a[0] * a[1],
        "copy": lambda a: a[0],
    }  # fmt: skip
    for op in trace.program.ops:
        args = [trace.operand(arg, 4) for arg in op.args]
        if op.kind == "function":
            expected = np.tanh(args[0]) if op.function == "tanh" else 1 / (1 + np.exp(-args[0]))
        else:
            expected = rules[op.kind](args)
        assert trace.value(op.id, 4) == pytest.approx(expected, abs=1e-14), op.id


@pytest.mark.parametrize(
    ("name", "t", "words"),
    [("q", 1, "no value 'q' in this trace; known are x, wx"), ("a", 0, "steps go from 1 to 2"),
     ("s", 3, "steps go from 0 to 2"), ("s_prev", 0, "steps go from 1"), ("s", -1, "from 0")],
)  # fmt: skip
def test_unknown_names_and_steps(name, t, words):
    trace = run(new_network(library_cell("simple"), 4, 3), np.ones((2, 4))).layers[0]
    with pytest.raises(ValueError, match=words):
        trace.value(name, t)


def test_first_number_that_is_not_finite_is_located():
    cell = library_cell("simple")
    layer = Layer(cell, 1, 1, "relu", False, "forward", None, {"W": [[1.0]], "U": [[1e10]]})
    network = Network((layer, new_layer(library_cell("dense"), 1, 1)))
    trace = run(network, np.ones((60, 1)))
    # s_t grows by 1e10 a step from s_1 = 1: 1e300 at step 31, and U s_31 = 1e310 in step 32 is over 1.8e308
    assert trace.nonfinite() == (0, "us:@", 32)
    assert trace.y.shape == (60, 1)
    assert run(network, np.ones((31, 1))).nonfinite() is None


def test_progress_counts_all_layers_and_can_end_the_run():
    seen = []
    run(tutorial_network(), TUTORIAL["inputs"], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(8, 24), (16, 24), (24, 24)]

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tutorial_network(), TUTORIAL["inputs"], progress=stop)
