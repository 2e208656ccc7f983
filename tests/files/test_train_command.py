"""``rnnstudio train``: PyTorch's losses and weights, the log, studies, faults, Ctrl-C."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Settings
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study import read_study
from rnnstudio.files.weights.reader import read_weights
from tests.files.test_trace_command import close, write_case

ROOT = Path(__file__).parents[2]
#: Case → how it was trained; see references/make_references.py.
TRAINING = {
    "lstm_deep": ("sgd", 0.5, 0.9, None), "gru_both": ("adam", 0.05, None, None), "rnn_deep": ("sgd", 0.3, None, 0.2),
    "gru_deep": ("adam", 0.1, None, None), "lstm_one": ("sgd", 1.0, None, None),
}  # fmt: skip


def read_log(path="log.csv"):
    with Path(path).open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["update", "loss", "gradient norm"]
    return rows


@pytest.mark.parametrize("case", TRAINING)
def test_twenty_updates_of_pytorch(program, case):
    stored, options = write_case(case)
    name, rate, momentum, clip = TRAINING[case]
    more = ["--momentum", momentum] if momentum else []
    more += ["--clip", clip] if clip else []
    status, out, err = program(
        "train", *options, "--optimizer", name, "--lr", rate, *more, "--updates", 20, "--log", "log.csv", "-o",
        "out.safetensors",
    )  # fmt: skip
    assert (status, out) == (0, ""), err
    trained = load_file("out.safetensors")
    wanted = {n.removeprefix("trained."): a for n, a in stored.items() if n.startswith("trained.")}
    assert list(trained) == list(wanted)
    for key, array in wanted.items():
        close(trained[key], array)
    rows = read_log()
    assert [int(row[0]) for row in rows] == list(range(21))
    close(np.array([float(row[1]) for row in rows]), stored["losses"])
    close(np.array([float(row[2]) for row in rows[:-1]]), stored["norms"])
    assert rows[-1][2] == ""


def test_the_demonstration_is_trained_on_its_own_data_as_its_study_says(program):
    assert program("train", "-o", "out.rnnstudio", "--log", "log.csv")[0] == 0
    trained = read_study("out.rnnstudio")
    assert trained.settings == Settings(rate=1.0)
    assert (trained.mode, len(read_log())) == ("sample", 101)
    assert "Trained (sgd, rate 1): loss 0.301289 before, " in trained.about
    before = demonstration()
    assert np.array_equal(trained.sequence.targets, before.sequence.targets)
    loss = np.mean((run(trained.network, trained.sequence.x, trained.first).y - trained.sequence.targets) ** 2)
    assert float(read_log()[-1][1]) == pytest.approx(loss, abs=1e-15)
    assert loss < 0.2
    program("train", "-o", "again.rnnstudio")
    assert Path("again.rnnstudio").read_bytes() == Path("out.rnnstudio").read_bytes()


def test_settings_that_are_given_stand_in_the_study(program):
    options = ["--optimizer", "adam", "--lr", "0.01", "--clip", "2", "--updates", "3", "--update-every", "4"]
    assert program("train", *options, "-o", "out.rnnstudio")[0] == 0
    assert read_study("out.rnnstudio").settings == Settings("mse", "every", "adam", 0.01, 0.0, 2.0, 4, 3)
    assert program("train", "out.rnnstudio", "--optimizer", "sgd", "--momentum", ".9", "-o", "b.rnnstudio")[0] == 0
    assert read_study("b.rnnstudio").settings == Settings("mse", "every", "sgd", 0.01, 0.9, 2.0, 4, 3)


def test_of_a_studys_targets_the_last_may_be_looked_at(program):
    assert program("train", "--loss-at", "last", "--updates", "0", "--log", "log.csv", "-o", "out.rnnstudio")[0] == 0
    study = read_study("out.rnnstudio")
    assert (study.settings.at, study.sequence.targets.shape) == ("last", (8, 2))
    y = run(study.network, study.sequence.x, study.first).y
    wanted = np.mean((y[-1] - study.sequence.targets[-1]) ** 2)
    assert float(read_log()[0][1]) == pytest.approx(wanted, abs=1e-15)
    program("train", "out.rnnstudio", "--updates", "0", "--log", "again.csv", "-o", "b.rnnstudio")
    assert Path("again.csv").read_bytes() == Path("log.csv").read_bytes()
    program("train", "out.rnnstudio", "--loss-at", "every", "--updates", "0", "-o", "b.rnnstudio")
    assert read_study("b.rnnstudio").settings.at == "every"


def test_updates_on_the_way_cut_the_gradient_and_carry_the_state(program):
    """K = 1: after the first sample's update the second is run from the state that the old weights left."""
    random = np.random.default_rng(3)
    x, y, W, U = (random.normal(size=shape) for shape in ((3, 2), (3, 2), (2, 2), (2, 2)))
    np.savez("w.npz", W=W, U=U)
    np.save("x.npy", x)
    np.save("y.npy", y)
    options = ["w.npz", "--input", "x.npy", "--target", "y.npy", "--lr", "0.2", "--update-every", "1"]
    assert program("train", *options, "--updates", "4", "--log", "log.csv", "-o", "o.safetensors")[0] == 0
    s, losses = np.zeros(2), []
    for k in range(4):
        t = k % 3
        s_prev = s if t else np.zeros(2)
        s = np.tanh(W @ x[t] + U @ s_prev)
        losses.append(np.mean((s - y[t]) ** 2))
        da = (s - y[t]) * (1 - s**2)
        W, U = W - 0.2 * np.outer(da, x[t]), U - 0.2 * np.outer(da, s_prev)
    found = load_file("o.safetensors")
    close(found["weight_ih_l0"], W)
    close(found["weight_hh_l0"], U)
    close(np.array([float(row[1]) for row in read_log()[:-1]]), np.array(losses))


def test_no_update_measures_only(program):
    assert program("train", "-o", "out.rnnstudio", "--updates", "0", "--log", "log.csv")[0] == 0
    assert read_log() == [["0", repr(0.30128930185397007), ""]]
    for mine, theirs in zip(read_study("out.rnnstudio").network.layers, demonstration().network.layers, strict=True):
        assert all(np.array_equal(mine.parameters[n], theirs.parameters[n]) for n in theirs.parameters)


def test_a_text_and_a_series_have_the_next_as_their_target(program):
    Path("t.txt").write_text("hello hello hello")
    status, _, err = program("train", "gru", "--input", "t.txt", "--updates", "5", "-o", "t.rnnstudio")
    assert status == 0
    assert "the next token" in err
    study = read_study("t.rnnstudio")
    assert (study.settings.loss, study.network.outputs, study.sequence.steps) == ("cross-entropy", 5, 16)
    Path("s.csv").write_text("1\n2\n3\n4\n")
    status, _, err = program("train", "elman", "--input", "s.csv", "--updates", "5", "-o", "s.rnnstudio")
    assert (status, "the next value" in err) == (0, True)
    assert read_study("s.rnnstudio").sequence.targets.tolist() == [[2], [3], [4]]


def test_the_state_dictionary_is_the_models_whatever_its_bias_parts(program):
    """PyTorch's two bias vectors are both trained: each moves by the gradient of their sum."""
    _, options = write_case("lstm_one")
    np.savez("b.npz", **{**dict(np.load("model.npz")), "bias_ih_l0": np.ones(12), "bias_hh_l0": np.zeros(12)})
    program("train", "b.npz", *options[1:], "--updates", "1", "-o", "o.safetensors")
    found = load_file("o.safetensors")
    assert np.abs(found["bias_hh_l0"]).min() > 0
    assert np.abs(found["bias_ih_l0"] - 1 - found["bias_hh_l0"]).max() < 1e-15
    assert read_weights(found, "o").network.layers[0].doubled


@pytest.mark.parametrize("output", ["out.safetensors", "out.rnnstudio"])
def test_what_is_not_finite_ends_with_the_last_finite_weights(program, output):
    np.savez("w.npz", W=np.array([[1.0]]), U=np.array([[3.0]]))
    np.save("x.npy", np.ones((8, 1)))
    np.save("y.npy", np.full((8, 1), 1e5))
    status, _, err = program(
        "train", "w.npz", "--activation", "relu", "--input", "x.npy", "--target", "y.npy", "--lr", "1e30", "--log",
        "log.csv", "-o", output,
    )  # fmt: skip
    assert status == 0
    assert "the last finite ones, are written" in err
    assert "not finite" in err
    assert 1 <= len(read_log()) < 101
    if output.endswith("safetensors"):
        assert all(np.isfinite(array).all() for array in load_file(output).values())
    else:
        assert all(np.isfinite(a).all() for a in read_study(output).network.layers[0].parameters.values())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--input", "none.csv"], "none.csv: there is no such file"),
        (["--input", "x.npy"], "--target DATA gives them"),
        (["--target", "x.npy"], "x.npy: the targets have the shape (4, 3, 2)"),
        (["--optimizer", "adam", "--momentum", "0.9"], "adam has its own"),
        (["--loss-at", "last", "--update-every", "2"], "wants updates after whole sequences"),
        (["--layers", "2"], "the demonstration has its cell and sizes"),
        (["--log", "missing/log.csv"], "missing/log.csv: the folder"),
        (["--loss", "cross-entropy"], "the data's own targets: the targets have the shape (8, 2)"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence_and_no_file(program, options, sentence):
    np.save("x.npy", np.zeros((4, 3, 2)))
    if "--input" in options:
        options = ["lstm", *options]
    status, out, err = program("train", *options, "-o", "out.safetensors")
    assert (status, out, err.count("\n")) == (1, "", 1), err
    assert err.startswith("rnnstudio: ")
    assert sentence in err
    assert [path.name for path in Path().iterdir()] == ["x.npy"]


def test_an_output_that_cannot_be_written_is_refused_before_the_work(program):
    Path("folder.rnnstudio").mkdir()
    for output, sentence in (("missing/o.rnnstudio", "the folder"), ("folder.rnnstudio", "this is a folder")):
        status, _, err = program("train", "--updates", "1000000000", "-o", output)
        assert (status, sentence in err, err.count("\n")) == (1, True, 1), err


def hears_ctrl_c():
    """A shell that starts the tests in the background has Ctrl-C ignored by all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_training_without_a_file(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable, "-m", "rnnstudio", "train", "gru", "--input", "x.csv", "--updates", "1000000", "--log", "l.csv",
        "-o", "o.safetensors",
    ]  # fmt: skip
    (tmp_path / "x.csv").write_text("1\n2\n3\n4\n5\n")
    running = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c  # noqa: PLW1509
    )
    running.stderr.readline()  # the note is written just before training begins
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    err = running.stderr.read()
    running.stderr.close()
    assert running.wait(60) == 130, err
    assert "stopped" in err
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
