"""``rnnstudio trace``: every name of the contract, with losses, gradients, several sequences, stacks, updates."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.files.storage import write_atomic
from rnnstudio.files.study import read_study, write_study
from rnnstudio.resources import resource
from tests.files.test_weights import deep_reference

#: Case → what the loss is and where it looks; see references/make_references.py.
LOSSES = {
    "lstm_deep": ("cross-entropy", "every"), "gru_both": ("mse", "every"), "rnn_deep": ("mse", "last"),
    "gru_deep": ("cross-entropy", "last"), "lstm_one": ("mse", "every"),
}  # fmt: skip


def close(found, wanted):
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max(initial=0) <= 1e-12 + 1e-10 * np.abs(wanted).max(initial=0)


def write_case(case):
    """The files of a reference, and the options that name them."""
    stored = deep_reference(case)
    np.savez("model.npz", **{n: a for n, a in stored.items() if n.startswith(("weight_", "bias_", "readout."))})
    np.savez("x.npz", x=stored["x"], **({"lengths": stored["lengths"]} if "lengths" in stored else {}))
    np.save("y.npy", stored["target"])
    np.savez("s.npz", **{n: stored[n] for n in ("s0", "c0") if n in stored})
    loss, at = LOSSES[case]
    options = ["model.npz", "--input", "x.npz", "--target", "y.npy", "--loss", loss, "--loss-at", at]
    return stored, options


@pytest.mark.parametrize("case", LOSSES)
def test_losses_and_gradients_of_pytorch(program, case):
    stored, options = write_case(case)
    assert program("trace", *options, "--state", "s.npz", "-o", "out.npz")[0] == 0
    found = np.load("out.npz")
    close(found["y"], stored["y"])
    close(found["loss"], stored["loss"])
    for name in stored:
        if name.startswith(("grad.weight_", "grad.bias_", "grad.readout.", "grad.x")):
            close(found["d." + name.removeprefix("grad.")], stored[name])
    directions = 2 if "both" in case or case in ("lstm_deep", "gru_deep") else 1
    for state in ("s0", "c0"):
        if state in stored:
            top = np.concatenate(list(stored[f"grad.{state}"][-directions:]), axis=-1)
            close(found[f"d.{state}"], top)
            assert found[f"d.{state}"].shape == found[state].shape
    if "deep" in case and directions == 2:
        close(found["d.layer0.reverse.s0"], stored["grad.s0"][1])
        assert found["layer0.reverse.s"].shape == (6, 3, 3)
        assert found["layer0.y"].shape == found["layer1.x"].shape == (6, 3, 6)
        assert found["s"].shape == (6, 3, 6)
    for name in found.files:
        if not name.startswith("d.") and name != "loss":
            assert found[f"d.{name}"].shape == found[name].shape, name


def test_without_a_loss_there_are_no_gradients_and_the_same_values(program):
    _, options = write_case("lstm_deep")
    program("trace", *options, "-o", "with.npz")
    assert program("trace", *options[:3], "-o", "without.npz")[0] == 0
    with_loss, without = np.load("with.npz"), np.load("without.npz")
    assert "loss" not in without.files
    assert not any(name.startswith("d.") for name in without.files)
    for name in without.files:
        assert with_loss[name].tobytes() == without[name].tobytes()


def test_tables_and_json_of_several_sequences(program):
    _, options = write_case("gru_both")
    for ending in ("npz", "csv", "json"):
        assert program("trace", *options, "-o", f"t.{ending}")[0] == 0
    arrays = np.load("t.npz")
    with Path("t.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert len(rows) == 6
    assert {"x[1,2]", "y[3,6]", "s[2,1]", "d.s[3,1]", "d.x[1,1]"} <= set(header)
    assert not any(name.startswith(("weight", "d.weight", "loss", "s0", "d.s0", "bias")) for name in header)
    assert [float(row[header.index("d.s[3,2]")]) for row in rows] == arrays["d.s"][:, 2, 1].tolist()
    nested = json.loads(Path("t.json").read_text())
    assert set(nested) == set(arrays.files)
    assert nested["loss"] == float(arrays["loss"])
    assert all(np.array_equal(np.array(nested[name]), arrays[name]) for name in arrays.files)


def test_a_loss_that_is_not_finite_is_a_word_of_json(program):
    np.savez("w.npz", **{"layer0.W": np.array([[1e200]]), "layer0.b": np.zeros(1)})
    Path("x.csv").write_text("1\n")
    options = ["w.npz", "--activation", "relu", "--input", "x.csv", "--target", "x.csv", "--loss", "mse"]
    status, _, err = program("trace", *options, "-o", "t.json")
    assert status == 0, err
    assert json.loads(Path("t.json").read_text())["loss"] == "Infinity"


@pytest.mark.parametrize("form", ["batch", "one", "stack", "stack_one", "side_by_side"])
def test_first_states_in_both_forms(program, form):
    """([N,] H) for one layer, and (layers · directions, [N,] H) in PyTorch's order; without N for all sequences."""
    np.save("x.npy", np.zeros((4, 3, 2)))
    values = np.random.default_rng(2).normal(size=(4, 3, 5))
    options = ["--state-size", 5]
    if form == "batch":
        given, wanted = values[0], {"s0": values[0]}
    elif form == "one":
        given, wanted = values[0, 0], {"s0": np.tile(values[0, 0], (3, 1))}
    elif form == "side_by_side":
        options += ["--bidirectional"]
        given = np.concatenate(list(values[:2]), axis=-1)
        wanted = {"s0": given, "layer0.s0": values[0], "layer0.reverse.s0": values[1]}
    else:
        options += ["--layers", 2, "--bidirectional"]
        given = values if form == "stack" else values[:, 0]
        values = values if form == "stack" else np.repeat(values[:, :1], 3, axis=1)
        wanted = {
            "layer0.s0": values[0], "layer0.reverse.s0": values[1], "layer1.s0": values[2],
            "layer1.reverse.s0": values[3], "s0": np.concatenate([values[2], values[3]], axis=-1),
        }  # fmt: skip
    np.savez("s.npz", s0=given)
    status, _, err = program("trace", "gru", "--input", "x.npy", "--state", "s.npz", *options, "-o", "t.npz")
    assert status == 0, err
    found = np.load("t.npz")
    for name, array in wanted.items():
        assert np.array_equal(found[name], array), name


@pytest.mark.parametrize(
    ("shape", "options", "sentence"),
    [
        ((2, 5), [], "(3, 5) or (1, 3, 5) is wanted"), ((3, 4), [], "(3, 5)"), ((2, 3, 5), [], "(3, 5)"),
        ((2, 3, 5), ["--layers", 2, "--bidirectional"], "(4, 3, 5) is wanted"),
        ((3, 5), ["--bidirectional"], "(3, 10) or (2, 3, 5) is wanted"),
        ((3, 5), ["--layers", 2], "(2, 3, 5) is wanted"),
    ],
)  # fmt: skip
def test_first_states_of_a_wrong_shape(program, shape, options, sentence):
    np.save("x.npy", np.zeros((4, 3, 2)))
    np.savez("s.npz", s0=np.zeros(shape))
    status, _, err = program(
        "trace", "gru", "--input", "x.npy", "--state-size", 5, "--state", "s.npz", *options, "-o", "t.npz"
    )
    assert (status, err.splitlines()[-1].startswith("rnnstudio: s.npz: s0 has the shape")) == (1, True), err
    assert sentence in err
    assert not Path("t.npz").exists()


def test_layers_of_different_sizes_take_no_common_state(program):
    rows = {f"layer{k}.{n}": np.zeros((k + 1, c + 1)) for k in (0, 1) for n, c in (("W", max(0, k - 1)), ("U", k))}
    np.savez("w.npz", **rows)
    np.savez("s.npz", s0=np.zeros((2, 1)))
    status, _, err = program("trace", "w.npz", "--state", "s.npz", "-o", "t.npz")
    assert (status, "states of 1, 2 units" in err) == (1, True), err


def test_the_tutorial_says_its_versions(program):
    """The study updates its weights after every sample: W_{t+1} = W_t + ΔW_t; the values are of the study's weights."""
    assert program("trace", "-o", "t.npz") == (0, "", "")
    found = np.load("t.npz")
    for name in ("layer0.W", "layer1.W", "layer1.U", "layer2.W"):
        versions, changes = found[f"versions.{name}"], found[f"delta.{name}"]
        assert versions.shape == (9, *found[name].shape)
        assert changes.shape == (8, *found[name].shape)
        assert np.array_equal(versions[0], found[name])
        assert np.abs(versions[:-1] + changes - versions[1:]).max() <= 1e-12
    assert program("trace", "--updating", "-o", "u.npz")[0] == 0
    updating = np.load("u.npz")
    assert set(updating.files) == set(found.files)
    assert np.array_equal(updating["versions.layer1.W"], found["versions.layer1.W"])
    for t, weights in enumerate(updating["versions.layer0.W"][:-1]):
        wanted = 1 / (1 + np.exp(-weights @ updating["x"][t]))
        assert np.abs(updating["layer0.y"][t] - wanted).max() < 1e-12
    assert np.abs(updating["y"] - found["y"]).max() > 0.01


def test_versions_of_other_modes(program):
    study = read_study(resource("studies", "tutorial.rnnstudio"))
    from dataclasses import replace

    for mode, versions in (("sequence", 2), ("frozen", None)):
        write_atomic("s.rnnstudio", write_study(replace(study, mode=mode)))
        assert program("trace", "s.rnnstudio", "-o", "t.npz")[0] == 0
        found = np.load("t.npz")
        if versions is None:
            assert not any(name.startswith(("versions", "delta")) for name in found.files)
        else:
            assert found["versions.layer1.U"].shape == (versions, 3, 3)
            program("trace", "s.rnnstudio", "--loss", "mse", "-o", "g.npz")
            step = -np.load("g.npz")["d.layer1.U"]  # of rate 1
            assert np.abs(found["delta.layer1.U"][0] - step).max() < 1e-12
    status, _, err = program("trace", "s.rnnstudio", "--updating", "-o", "u.npz")
    assert (status, "its weights are frozen" in err, err.count("\n")) == (1, True, 1)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--target", "none.npy"], "none.npy: there is no such file"), (["--target", "y.txt"], "y.txt: targets end in"),
        (["--target", "short.npy"], "short.npy: the targets have the shape (5, 2)"),
        (["--target", "wide.npy"], "the targets are 3 numbers a step, the network has 2 outputs"),
        (["--target", "good.npy", "--loss", "cross-entropy"], "good.npy: the targets have the shape (8, 2)"),
        (["--target", "good.npy", "--loss-at", "last"], "good.npy: the targets have the shape (8, 2)"),
        (["--target", "class.npy", "--loss", "mse"], "class.npy: the targets have the shape (8,)"),
        (["--target", "class.npy"], "the targets go from 0 to 7; 0 to 1 fit"),
        (["--input", "x.csv", "--loss", "mse"], "there are no targets to compare the outputs with; --target DATA"),
        (["--loss", "cross-entropy"], "the data's own targets: the targets have the shape (8, 2)"),
        (["--layers", "2"], "the demonstration has its cell and sizes"),
        (["--columns", "1"], "--input names it"),
    ],
)  # fmt: skip
def test_targets_that_do_not_fit(program, options, sentence):
    for name, array in (
        ("short", np.zeros((5, 2))), ("wide", np.zeros((8, 3))), ("good", np.zeros((8, 2))), ("class", np.arange(8)),
    ):  # fmt: skip
        np.save(f"{name}.npy", array)
    Path("x.csv").write_text("1,2,3\n")
    status, out, err = program("trace", *options, "-o", "t.npz")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("rnnstudio: ")
    assert sentence in err
    assert not Path("t.npz").exists()


def test_of_a_studys_targets_the_last_may_be_taken(program):
    assert program("trace", "--loss-at", "last", "-o", "t.npz")[0] == 0
    found = np.load("t.npz")
    study = read_study(resource("studies", "tutorial.rnnstudio"))
    assert float(found["loss"]) == pytest.approx(np.mean((found["y"][-1] - study.sequence.targets[-1]) ** 2), abs=1e-15)
    assert not found["d.y"][:-1].any()


def test_targets_decide_the_outputs_of_what_is_built(program):
    np.savez("d.npz", x=np.zeros((5, 2)), y=np.array([0, 3, 1, 1, 2]))
    assert program("trace", "lstm", "--input", "d.npz", "--loss", "cross-entropy", "-o", "t.npz")[0] == 0
    assert np.load("t.npz")["y"].shape == (5, 4)
    np.save("y.npy", np.zeros((8, 3)))
    assert program("trace", "lstm", "--target", "y.npy", "-o", "t.npz")[0] == 0  # the sequence is drawn
    assert np.load("t.npz")["d.y"].shape == (8, 3)
