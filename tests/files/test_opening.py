"""Opening: what is not given follows the data, and what does not fit is refused, naming both."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.opening import describe, open_any
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.sequences import read_sequence
from rnnstudio.files.study import read_study, write_study
from rnnstudio.resources import resource
from rnnstudio.state.model import Sequence
from tests.files.test_sequences import novel


def test_a_table_gets_a_network_that_fits(tmp_path):
    (tmp_path / "a.csv").write_text("p,q\n1,2\n3,4\n5,6\n")
    document = open_any(tmp_path / "a.csv")
    [layer] = document.network.layers
    assert (layer.cell.name, layer.inputs, layer.outputs, layer.activation) == ("simple", 2, None, "tanh")
    assert document.sequence.steps == 3
    assert "2 inputs" in document.about
    assert "seed 1" in document.about
    again = open_any(tmp_path / "a.csv", ModelOptions(cell="lstm", state_size=7, outputs=2, bias=False, seed=5))
    assert (again.network.layers[0].cell.name, again.network.layers[0].size, again.network.outputs) == ("lstm", 7, 2)
    assert "by" not in again.network.layers[0].parameters


def test_a_text_gets_a_readout_over_its_vocabulary(tmp_path):
    (tmp_path / "t.txt").write_text("hello")
    document = open_any(tmp_path / "t.txt")
    assert (document.network.inputs, document.network.outputs, document.network.layers[0].size) == (4, 4, 40)
    assert document.sequence.targets.tolist() == [1, 2, 2, 3]
    assert document.settings.loss == "cross-entropy"
    assert "by characters" in document.about
    dense = open_any(tmp_path / "t.txt", ModelOptions(cell="dense"))
    assert dense.network.outputs == 4


def test_a_novel_opens_and_says_what_it_left_off(tmp_path):
    (tmp_path / "novel.txt").write_text(novel(9_000, 30_000))
    document = open_any(tmp_path / "novel.txt")
    assert document.network.inputs == document.network.outputs == 4_096
    assert "30,000" in document.sequence.note
    write_study(document)


def test_cells_by_name_and_file(tmp_path):
    for name in library_cells():
        options = ModelOptions(inputs=5, state_size=None if name == "dense" else 2, seed=4)
        by_name, by_file = open_any(name, options), open_any(resource("cells", f"{name}.toml"), options)
        assert np.array_equal(by_name.sequence.x, by_file.sequence.x)
        for key, array in by_name.network.layers[0].parameters.items():
            assert array.tobytes() == by_file.network.layers[0].parameters[key].tobytes()
    assert open_any("dense", ModelOptions(outputs=2)).network.outputs == 2
    assert open_any("lstm", ModelOptions(outputs=2)).network.layers[0].readout
    (tmp_path / "mine.toml").write_text('kind = "cell"\nversion = 1\nname = "mine"\nequations = "y = W @"\n')
    with pytest.raises(InputError, match=r"mine\.toml"):
        open_any(tmp_path / "mine.toml")


def test_targets_of_an_npz(tmp_path):
    np.savez(tmp_path / "d.npz", x=np.zeros((3, 2)), y=np.array([0, 4, 1]))
    document = open_any(tmp_path / "d.npz")
    assert (document.network.outputs, document.settings.loss) == (5, "cross-entropy")
    with pytest.raises(InputError, match="want 5 outputs"):
        open_any(tmp_path / "d.npz", ModelOptions(outputs=3))


def test_stacks_in_both_directions(tmp_path):
    np.savez(tmp_path / "d.npz", x=np.zeros((5, 3, 2)), y=np.array([[0, 4, 1]] * 5), lengths=np.array([5, 1, 2]))
    options = ModelOptions(cell="gru", state_size=3, layers=2, bidirectional=True, seed=5)
    document = open_any(tmp_path / "d.npz", options)
    low, high = document.network.layers
    assert (low.direction, low.inputs, low.width, low.readout) == ("both", 2, 6, False)
    assert (high.direction, high.inputs, high.width, high.parameters["V"].shape) == ("both", 6, 5, (5, 6))
    assert (document.network.chosen, document.settings.loss, document.sequence.sequences) == (1, "cross-entropy", 3)
    assert document.about.startswith("gru: 2 inputs, state of 3, both directions, then gru: 6 inputs")
    assert "3 sequences of 1 to 5 of 5 steps of 2 inputs, with class numbers as targets" in describe(tmp_path / "d.npz")
    assert read_study(write_study(document)).sequence.sequences == 3


def test_weights_are_drawn_in_a_fixed_order():
    """Layer by layer forward, then reversed, the readout last, from one generator."""
    options = ModelOptions(cell="simple", inputs=2, state_size=3, outputs=1, layers=2, bidirectional=True, seed=9)
    network = open_any("simple", options).network
    random = np.random.Generator(np.random.PCG64(9))
    for layer, inputs in zip(network.layers, (2, 6), strict=True):
        names = [("W", (3, inputs)), ("U", (3, 3)), ("b", (3,))]
        wanted = names + [(f"reverse.{name}", shape) for name, shape in names]
        wanted += [("V", (1, 6)), ("by", (1,))] if layer.readout else []
        assert list(layer.parameters) == [name for name, _ in wanted]
        for name, shape in wanted:
            drawn = (2.0 * random.random(shape) - 1.0) / np.sqrt(3.0)
            assert np.allclose(layer.parameters[name], drawn, rtol=0, atol=1e-15)


def test_elman_has_its_readout_on_top_alone():
    layers = open_any("elman", ModelOptions(inputs=2, state_size=3, outputs=1, layers=3)).network.layers
    assert [layer.cell.name for layer in layers] == ["simple", "simple", "elman"]
    assert [layer.readout for layer in layers] == [False, False, True]


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("lstm", ModelOptions(layers=0), "at least 1"),
        ("lstm", ModelOptions(layers=9), "at most 8"),
        ("dense", ModelOptions(bidirectional=True), "no state, so it has no direction"),
        (None, ModelOptions(layers=2), "the demonstration has its cell and sizes"),
        (None, ModelOptions(bidirectional=True), "the demonstration has its cell and sizes"),
        ("w.npz", ModelOptions(layers=2), "weights have their sizes"),
        ("w.npz", ModelOptions(bidirectional=True), "weights have their sizes"),
    ],
)
def test_stacks_that_cannot_be(tmp_path, monkeypatch, name, options, sentence):
    monkeypatch.chdir(tmp_path)
    np.savez("w.npz", W=np.ones((2, 3)), U=np.ones((2, 2)))
    with pytest.raises(InputError, match=sentence):
        open_any(name, options)


def test_targets_of_other_data_have_to_fit_the_model(tmp_path):
    data = Sequence(x=np.zeros((5, 3)), targets=np.zeros((5, 2)))
    assert open_any(None, data=data).sequence.targets.shape == (5, 2)
    classes = open_any(None, data=replace(data, targets=np.array([0, 1, 1, 0, 0])))
    assert (classes.settings.loss, classes.settings.rate, classes.mode) == ("cross-entropy", 1.0, "sample")
    with pytest.raises(InputError, match="targets are 3 numbers a step, the network has 2 outputs"):
        open_any(None, data=replace(data, targets=np.zeros((5, 3))))
    with pytest.raises(InputError, match="the targets go from 0 to 2; 0 to 1 fit"):
        open_any(None, data=replace(data, targets=np.array([0, 1, 2, 0, 0])))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (ModelOptions(inputs=4_097), "4,096"), (ModelOptions(inputs=0), "at least 1"),
        (ModelOptions(state_size=1_025), "1,024"), (ModelOptions(outputs=4_097), "4,096"),
        (ModelOptions(inputs=4_096, state_size=1_024), "8,000,000"),
        (ModelOptions(activation="softplus"), "softplus"), (ModelOptions(inputs=3, activation="identity"), "identity"),
    ],
)  # fmt: skip
def test_each_limit_plus_one(options, sentence):
    with pytest.raises(InputError, match=sentence):
        open_any("lstm" if options.activation is None else "simple", options)


def test_sizes_that_contradict_each_other_are_both_named(tmp_path):
    (tmp_path / "a.csv").write_text("1,2\n3,4\n")
    data = read_sequence(tmp_path / "a.csv")
    with pytest.raises(InputError, match="takes 3 inputs, the sequence has 2"):
        open_any(None, data=data)
    with pytest.raises(InputError, match="--inputs 5: the sequence has 2"):
        open_any("lstm", ModelOptions(inputs=5), data)
    with pytest.raises(InputError, match="a model is wanted"):
        open_any(tmp_path / "a.csv", data=data)
    with pytest.raises(InputError, match="already"):
        open_any(None, ModelOptions(state_size=5))
    with pytest.raises(InputError, match="no state"):
        open_any("dense", ModelOptions(state_size=5, outputs=2))


def test_a_text_is_read_with_the_vocabulary_of_the_study(tmp_path):
    words = resource("studies", "words.rnnstudio")
    (tmp_path / "t.txt").write_text("The cats sleep.")
    data = read_sequence(tmp_path / "t.txt", tokens="words")
    document = open_any(words, data=data)
    assert [document.sequence.vocabulary[at] for at in document.sequence.tokens] == ["the", "cats", "sleep", "."]
    (tmp_path / "t.txt").write_text("The whale sleeps.")
    with pytest.raises(InputError, match="'whale'"):
        open_any(words, data=read_sequence(tmp_path / "t.txt", tokens="words"))


@pytest.mark.parametrize("name", ["m.pt", "m.pth", "m.onnx", "m.keras", "m.h5"])
def test_foreign_weights_are_refused_with_the_way_to_convert_them(tmp_path, name):
    (tmp_path / name).write_bytes(b"something")
    with pytest.raises(InputError, match=r"not read in this version.*python -c") as caught:
        open_any(tmp_path / name)
    code = str(caught.value).partition('python -c "')[2].removesuffix('"')
    compile(code, name, "exec")
    with pytest.raises(InputError, match="no such file"):
        open_any(tmp_path / f"missing-{name}")


def test_unknown_names():
    with pytest.raises(InputError, match=r"no such file, nor a cell.*elman"):
        open_any("nothing")
    with pytest.raises(InputError, match="ends in"):
        open_any(__file__)


def test_describing():
    assert describe(resource("studies", "tutorial.rnnstudio")).startswith("study “tutorial”: dense (sigmoid) 3 → 4")
    assert describe(resource("studies", "sources", "sunspots.csv")) == "sequence: 309 steps of 2 inputs"
    assert "15 different tokens" in describe(resource("studies", "sources", "words.txt"))
    assert describe("gru").startswith("cell “gru”")


def test_the_demonstration_is_not_touched_by_other_data():
    before = demonstration().sequence.x
    open_any(None, data=type(demonstration().sequence)(x=np.zeros((2, 3))))
    assert demonstration().sequence.x is before
