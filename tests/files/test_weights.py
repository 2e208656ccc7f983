"""Weights: PyTorch's files give PyTorch's numbers; what could be read in two ways is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load, save_file

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.trace import run, trace_arrays
from rnnstudio.files.opening import open_any
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.tensors import tensor_bytes
from rnnstudio.files.weights.foreign import conversion
from rnnstudio.files.weights.reader import read_weights
from rnnstudio.files.weights.writer import weights_bytes

#: What PyTorch computed; see make_references.py beside it.
REFERENCES = np.load(Path(__file__).parents[1] / "engine" / "references" / "torch.npz")


#: The same of stacks and both directions; see make_references.py in references/.
DEEP_REFERENCES = np.load(Path(__file__).parent / "references" / "torch.npz")


def deep_reference(case):
    names = [name for name in DEEP_REFERENCES.files if name.startswith(f"{case}/")]
    return {name.partition("/")[2]: DEEP_REFERENCES[name] for name in names}


def reference(case):
    names = [name for name in REFERENCES.files if name.startswith(f"{case}/")]
    return {name.partition("/")[2]: REFERENCES[name] for name in names}


def parameters(case, prefix="", readout="readout"):
    found = {}
    for name, array in reference(case).items():
        if name.startswith(("weight_", "bias_")):
            found[prefix + name] = array
        elif name.startswith("readout"):
            found[name.replace("readout", readout)] = array
    return found


@pytest.mark.parametrize("case", ["simple_tanh", "simple_relu", "simple_sigmoid", "elman", "lstm", "gru", "lstm_stack"])
@pytest.mark.parametrize(("prefix", "readout"), [("", "readout"), ("rnn.", "fc"), ("module.lstm.", "module.head")])
def test_files_of_pytorch_give_its_numbers(tmp_path, case, prefix, readout):
    stored = reference(case)
    path = tmp_path / "m.safetensors"
    save_file(parameters(case, prefix, readout), path)
    activation = case.partition("_")[2] if case.startswith("simple") else None
    document = open_any(path, ModelOptions(activation=activation))
    first = {name: stored[f"{name}0"] for name in ("s", "c") if f"{name}0" in stored}
    trace = run(document.network, stored["x"], first or None)
    assert np.abs(trace.y - stored["y"]).max() < 1e-12
    assert np.abs(trace.layers[-1].series("s") - stored["s"]).max() < 1e-12


def test_what_a_file_leaves_open_is_said():
    weights = read_weights(parameters("simple_tanh", "rnn."), "m")
    assert "tanh is assumed" in weights.note
    assert "prefix rnn." in weights.note
    assert "i f g o" in read_weights(parameters("lstm"), "m").note


@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
@pytest.mark.parametrize("bias", [True, False])
def test_what_the_program_writes_it_reads(tmp_path, cell, bias):
    network = new_network(library_cell(cell), 3, 4, 2 if cell != "simple" else None, bias=bias, seed=8)
    x = np.random.default_rng(1).normal(size=(5, 3))
    trace = run(network, x)
    np.savez(tmp_path / "w.npz", **exported_parameters(network))
    np.savez(tmp_path / "t.npz", **trace_arrays(trace))
    for name in ("w.npz", "t.npz"):
        document = open_any(tmp_path / name)
        assert np.array_equal(run(document.network, x).y, trace.y)
    assert np.array_equal(document.sequence.x, x)


def test_a_trace_of_the_tutorial_is_weights():
    study = open_any(None)
    arrays = trace_arrays(run(study.network, study.sequence.x, study.first))
    weights = read_weights(arrays, "t.npz", activation="sigmoid")
    assert [layer.cell.name for layer in weights.network.layers] == ["dense", "simple", "dense"]
    assert weights.network.chosen == 1
    assert np.array_equal(run(weights.network, weights.sequence.x).y, arrays["y"])


def test_plain_names_of_one_layer():
    layer = read_weights({"W": np.zeros((3, 4)), "U": np.zeros((3, 3)), "b": np.zeros(3)}, "w.npz").network.layers[0]
    assert (layer.cell.name, layer.bias) == ("simple", True)
    assert read_weights({"W": np.zeros((3, 4))}, "w.npz").network.layers[0].cell.name == "dense"


def drawn(cell, **more):
    """A network whose biases, where they are sums, are sums of two drawn arrays."""
    network = new_network(library_cell(cell), 3, 4, seed=8, **more)
    random = np.random.default_rng(4)
    for k, layer in enumerate(network.layers):
        parts = {name: (random.normal(size=4), random.normal(size=4)) for name in layer.doubled}
        summed = {name: first + second for name, (first, second) in parts.items()}
        changed = replace(layer, parameters={**layer.parameters, **summed}, bias_parts=parts)
        network = network.with_layer(k, changed)
    return network


STACKS = [
    {}, {"layers": 2}, {"direction": "both"}, {"layers": 2, "direction": "both", "outputs": 2}, {"bias": False},
    {"outputs": 2},
]  # fmt: skip


@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_written_and_read_again_gives_the_same_bytes(tmp_path, cell, stack):
    network = drawn(cell, **stack)
    data = weights_bytes(network)
    (tmp_path / "w.safetensors").write_bytes(data)
    again = open_any(tmp_path / "w.safetensors").network
    assert weights_bytes(again) == data
    for mine, theirs in zip(network.layers, again.layers, strict=True):
        assert {n: a.tobytes() for n, a in mine.parameters.items()} == {
            n: a.tobytes() for n, a in theirs.parameters.items()
        }
        for name, pair in mine.bias_parts.items():
            assert [part.tobytes() for part in pair] == [part.tobytes() for part in theirs.bias_parts[name]]


def test_files_of_pytorch_are_written_again_byte_for_byte(tmp_path):
    """Both biases of PyTorch are kept, whatever their sum; the names stand in the order of its state_dict."""
    for case in ("lstm_deep", "gru_both", "rnn_deep", "gru_deep", "lstm_one"):
        arrays = {n: a for n, a in deep_reference(case).items() if n.startswith(("weight_", "bias_", "readout."))}
        data = tensor_bytes(arrays)
        (tmp_path / "w.safetensors").write_bytes(data)
        assert weights_bytes(open_any(tmp_path / "w.safetensors").network) == data


@pytest.mark.parametrize("cell", ["lstm-peephole", "lstm-coupled", "gru-v1", "mgu", "jordan", "simple"])
@pytest.mark.parametrize("direction", ["forward", "reverse", "both"])
@pytest.mark.parametrize("layers", [1, 2])
def test_what_pytorch_has_not_goes_by_the_names_of_the_equations(tmp_path, cell, direction, layers):
    network = drawn(cell, direction=direction, layers=layers, outputs=None if cell == "jordan" else 2)
    network = network.with_activation(0, "sigmoid") if cell == "simple" else network
    data = weights_bytes(network)
    if cell != "simple":
        assert all(name.startswith("layer") for name in load(data))
    (tmp_path / "w.safetensors").write_bytes(data)
    again = open_any(tmp_path / "w.safetensors", ModelOptions(cell=cell)).network
    assert [layer.direction for layer in again.layers] == [direction] * layers
    assert [layer.activation for layer in again.layers] == [layer.activation for layer in network.layers]
    x = np.random.default_rng(1).normal(size=(5, 3))
    assert np.array_equal(run(again, x).y, run(network, x).y)
    assert weights_bytes(again) == data


def test_a_function_that_would_not_be_assumed_is_said(tmp_path):
    network = new_network(library_cell("simple"), 3, 4, activation="relu")
    (tmp_path / "w.safetensors").write_bytes(weights_bytes(network))
    assert set(load(weights_bytes(network))) == {"weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"}
    found = open_any(tmp_path / "w.safetensors")
    assert (found.network.layers[0].activation, "assumed" in found.about) == ("relu", False)
    said = open_any(tmp_path / "w.safetensors", ModelOptions(activation="tanh"))
    assert said.network.layers[0].activation == "tanh"
    assert b"__metadata__" not in weights_bytes(new_network(library_cell("simple"), 3, 4))


@pytest.mark.parametrize(
    ("stack", "inputs"), [({"layers": 2, "direction": "both", "outputs": 2}, 8), ({"direction": "both"}, 3)]
)
def test_a_trace_of_a_stack_is_weights(stack, inputs):
    x = np.random.default_rng(1).normal(size=(5, 2, 3))
    for cell in ("gru", "mgu"):
        network = drawn(cell, **stack)
        arrays = trace_arrays(run(network, x, lengths=np.array([5, 3])))
        weights = read_weights(arrays, "t.npz")
        assert np.array_equal(run(weights.network, x).y, run(network, x).y)
        assert np.array_equal(weights.sequence.batch, x)
        assert weights.network.layers[-1].inputs == inputs


def test_loads_into_torch(tmp_path):
    torch = pytest.importorskip("torch", reason="this loads into PyTorch itself, which the tests do not ask for")
    from safetensors.torch import load_file

    for cell, module in (("simple", torch.nn.RNN), ("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU)):
        network = drawn(cell, layers=2, direction="both", outputs=2)
        (tmp_path / "w.safetensors").write_bytes(weights_bytes(network))
        state = load_file(tmp_path / "w.safetensors")
        rnn = module(3, 4, num_layers=2, bidirectional=True, dtype=torch.float64)
        readout = torch.nn.Linear(8, 2, dtype=torch.float64)
        readout.load_state_dict({"weight": state.pop("readout.weight"), "bias": state.pop("readout.bias")})
        rnn.load_state_dict(state)
        x = np.random.default_rng(3).normal(size=(6, 2, 3))
        theirs = readout(rnn(torch.from_numpy(x))[0]).detach().numpy()
        assert np.abs(run(network, x).y - theirs).max() < 1e-12


H = np.zeros((4, 4))
LSTM = {"weight_ih_l0": np.zeros((16, 3)), "weight_hh_l0": np.zeros((16, 4))}


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({**LSTM, "weight_hh_l0": np.zeros((4, 16))}, r"weight_hh_l0 \(4, 16\)"),
        ({**LSTM, "weight_ih_l0": np.zeros((3, 16))}, r"weight_ih_l0 \(3, 16\)"),
        ({"weight_ih_l0": np.zeros((8, 3)), "weight_hh_l0": np.zeros((8, 4))}, "2 gates"),
        ({"weight_ih_l0": np.zeros((16, 3))}, "weight_hh_l0 is missing"),
        ({**LSTM, "bias_ih_l0": np.zeros(16)}, "bias_hh_l0 is missing"),
        ({**LSTM, "bias_ih_l0": np.zeros(4), "bias_hh_l0": np.zeros(16)}, "bias_ih has the shape"),
        ({**LSTM, "weight_ih_l0_reverse": np.zeros((16, 3))}, "weight_hh_l0_reverse is missing"),
        ({f"{n}_reverse": v for n, v in LSTM.items()}, "weight_ih_l0 is missing"),
        ({**LSTM, **{f"{n}_reverse": v[:4] for n, v in LSTM.items()}}, "two directions of layer 0 are not of one size"),
        ({**LSTM, **{f"{n}_reverse": v for n, v in LSTM.items()}, "fc.weight": H}, r"\(O, 8\) is wanted"),
        ({**LSTM, "weight_hh_l0": np.zeros(())}, "are not"),
        ({"layer0.W": np.zeros((3, 4)), "layer0.reverse.W": np.zeros((3, 4))}, "no state, so it has no direction"),
        ({"layer0.W": H, "layer0.U": H, "layer0.reverse.W": H}, "those of no cell"),
        ({**{f"layer0.{at}{n}": H for at in ("", "reverse.") for n in "WU"}, "layer0.V": H}, "those of no cell"),
        ({**LSTM, "weight_hr_l0": np.zeros((2, 4))}, "projected"),
        ({**LSTM, "weight_ih_l2": np.zeros((16, 4)), "weight_hh_l2": np.zeros((16, 4))}, r"numbered \[0, 2\]"),
        ({**{f"a.{n}": v for n, v in LSTM.items()}, **{f"b.{n}": v for n, v in LSTM.items()}}, "'a.' and 'b.'"),
        ({**LSTM, "embedding.weight": H}, "embedding.weight belongs to no"),
        ({**LSTM, "layer1.weight": H}, "layer1.weight belongs to no"),
        ({**LSTM, "fc.weight": H, "out.weight": H}, "fc and out could both"),
        ({**LSTM, "fc.weight": np.zeros((2, 5))}, r"\(O, 4\) is wanted"),
        ({"0.weight": H}, "those of no cell"),
        ({"layer0.W": H, "layer2.W": H}, r"numbered \[0, 2\]"),
        ({"layer0.W": np.zeros((3, 4)), "layer1.W": np.zeros((3, 4))}, "layer 0 hands out 3 values"),
        ({"layer0.Q": H}, "those of no cell of the library.*--cell"),
        ({"layer0.W": H, "layer0.U": np.zeros((3, 3))}, "those of no cell"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(arrays, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        read_weights(arrays, "m.safetensors")
    assert str(caught.value).startswith("m.safetensors")


def test_a_named_cell_has_to_fit():
    with pytest.raises(InputError, match=r"--cell gru does not fit.*--cell lstm does"):
        read_weights(LSTM, "m", library_cell("gru"))
    assert read_weights(LSTM, "m", library_cell("lstm")).network.layers[0].cell.name == "lstm"


def test_two_cells_with_the_same_names_want_the_option(tmp_path, monkeypatch):
    twin = (library_cell("simple").text).replace('name = "simple"', 'name = "twin"').replace("wx + us", "us + wx")
    (tmp_path / "twin.toml").write_text(twin)
    from rnnstudio.files.opening import cell_file
    from rnnstudio.files.weights import named

    other = cell_file(tmp_path / "twin.toml")
    monkeypatch.setattr(named, "library_cells", lambda: ("simple", "twin"))
    monkeypatch.setattr(named, "library_cell", lambda name: other if name == "twin" else library_cell(name))
    arrays = {"W": np.zeros((3, 4)), "U": np.zeros((3, 3)), "b": np.zeros(3)}
    with pytest.raises(InputError, match="could be simple or twin: --cell says which"):
        read_weights(arrays, "w.npz")
    assert read_weights(arrays, "w.npz", other).network.layers[0].cell.name == "twin"


def test_the_orders_of_gates_that_the_conversions_name():
    """Gates filled with the number of their place in PyTorch's order come out in that order."""
    named = {"i": 0.0, "f": 1.0, "g": 2.0, "o": 3.0, "r": 0.0, "z": 1.0, "n": 2.0}
    for code, kind, order in [
        (conversion("m.onnx"), "LSTM", "iofg"), (conversion("m.onnx"), "GRU", "zrn"),
        (conversion("m.keras"), "LSTM", "ifgo"), (conversion("m.keras"), "GRU", "zrn"),
    ]:  # fmt: skip
        table = code.partition("o = {")[2].partition("}")[0]
        places = dict(
            (name.strip().strip("'"), [int(n) for n in rest.strip(" []").split(",")])
            for name, _, rest in (part.partition(":") for part in table.split("], "))
        )[kind]
        stacked = np.array([named[gate] for gate in order])
        assert stacked[places].tolist() == sorted(stacked)
