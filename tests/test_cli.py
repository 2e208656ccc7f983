"""The command line, as scripts use it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.files.options import RenderOptions, WindowOptions
from rnnstudio.files.progress import Progress
from rnnstudio.resources import resource
from tests.files.test_weights import reference

ROOT = Path(__file__).parents[1]


def expected():
    return json.loads(resource("studies", "sources", "tutorial.json").read_text())["expected"]


def test_trace_of_the_tutorial_both_computations(program):
    assert program("trace", "-o", "cell.npz") == (0, "", "")
    assert program("trace", "--stateless", "-o", "layer.npz") == (0, "", "")
    cell, layer = np.load("cell.npz"), np.load("layer.npz")
    numbers = expected()
    for found, name in [
        (cell["layer0.y"], "hidden_1 (x_t)"), (cell["y"], "recurrent: output"), (layer["y"], "layer: output"),
        (layer["layer1.y"], "layer: y_t = f(W x_t)"), (cell["s"], "recurrent: s_t = y_t = f(W x_t + U s_{t-1})"),
    ]:  # fmt: skip
        assert np.abs(found - numbers[name]).max() < 1e-12
    assert (cell["x"].shape, cell["y"].shape, cell["s0"].tolist()) == ((8, 3), (8, 2), [0, 0, 0])
    assert cell["layer1.U"].tolist()[0] == [-1.8, 2.5, -1.7]


@pytest.mark.parametrize("case", ["simple_tanh", "elman", "lstm", "gru"])
def test_trace_of_weights_with_a_first_state(program, case):
    stored = reference(case)
    names = [name for name in stored if name.startswith(("weight_", "bias_", "readout"))]
    np.savez("model.npz", **{name: stored[name] for name in names})
    np.save("x.npy", stored["x"])
    np.savez("state.npz", **{name: stored[name][np.newaxis] for name in ("s0", "c0") if name in stored})
    status, _, err = program("trace", "model.npz", "--input", "x.npy", "--state", "state.npz", "-o", "out.npz")
    assert status == 0
    assert err.startswith("note: PyTorch's names")
    found = np.load("out.npz")
    for name in ("y", "s", "c", "i", "f", "g", "o", "r", "z", "n", "s0", "c0", "readout.weight", "weight_hh_l0"):
        if name in stored:
            assert np.abs(found[name] - stored[name]).max() < 1e-12, name


def test_dense_equals_the_reference(program):
    stored = reference("dense")
    np.savez("w.npz", **{"layer0.W": stored["weight"], "layer0.b": stored["bias"], "x": stored["x"]})
    assert program("trace", "w.npz", "-o", "out.npz")[0] == 0
    assert np.abs(np.load("out.npz")["y"] - stored["y"]).max() < 1e-12


def test_formats_agree_and_repeat(program):
    for ending in ("npz", "csv", "json"):
        assert program("trace", "-o", f"t.{ending}")[0] == 0
    first = Path("t.npz").read_bytes()
    program("trace", "-o", "t.npz")
    assert Path("t.npz").read_bytes() == first
    arrays = np.load("t.npz")
    header, *rows = Path("t.csv").read_text().splitlines()
    table = np.array([[float(cell) for cell in row.split(",")] for row in rows])
    nested = json.loads(Path("t.json").read_text())
    assert set(nested) == set(arrays.files)
    for name in arrays.files:
        assert np.array_equal(np.array(nested[name]), arrays[name])
    columns = header.split(",")
    assert "layer1.W[1]" not in columns
    assert "s0[1]" not in columns
    assert table.shape == (8, len(columns))
    for name in ("x", "y", "s", "layer1.wx"):
        wanted = [columns.index(f"{name}[{i}]") for i in range(1, arrays[name].shape[1] + 1)]
        assert np.array_equal(table[:, wanted], arrays[name])


def test_what_is_not_finite_is_written_with_a_note(program):
    Path("x.csv").write_text("1e308\n1e308\n")
    np.savez("w.npz", W=np.array([[1e308]]), U=np.array([[-1.0]]))
    status, _, err = program("trace", "w.npz", "--activation", "relu", "--input", "x.csv", "-o", "t.json")
    assert status == 0
    assert "sample 1 is the first value that is not finite" in err
    assert json.loads(Path("t.json").read_text())["wx"][0] == ["Infinity"]
    assert program("trace", "w.npz", "--activation", "relu", "--input", "x.csv", "-o", "t.csv")[0] == 0


def test_same_seed_same_bytes_and_sizes_follow_the_data(program):
    Path("x.csv").write_text("a;b\n0,5;1\n1,5;2\n")
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        program(
            "trace", "gru", "--input", "x.csv", "--state-size", 5, "--outputs", 2, "--seed", seed, "-o", f"{name}.npz"
        )
    assert Path("a.npz").read_bytes() == Path("b.npz").read_bytes() != Path("c.npz").read_bytes()
    found = np.load("a.npz")
    assert (found["x"].shape, found["s"].shape, found["y"].shape) == ((2, 2), (2, 5), (2, 2))
    status, _, err = program("trace", "gru", "--input", "x.csv", "-o", "d.npz")
    assert (status, "2 inputs" in err, "seed 1" in err) == (0, True, True)


def test_a_text_has_as_many_steps_as_tokens(program):
    Path("t.txt").write_text("hello")
    assert program("trace", "elman", "--input", "t.txt", "-o", "t.npz")[0] == 0
    assert np.load("t.npz")["x"].argmax(axis=1).tolist() == [0, 1, 2, 2, 3]


BAD_FILES = {
    "empty.csv": b"", "text.csv": b"a,b\n1,2\nx,y\n", "ragged.csv": b"1,2\n3\n", "nan.csv": b"1,2\n3,nan\n",
    "latin.txt": "Bücher".encode("latin-1"), "binary.txt": b"\x7fELF\0\1\2", "none.csv": b"\n", "none.txt": b"\n",
    "cut.npz": b"PK\x03\x04", "cut.npy": b"\x93NUMPY\x01\0", "cut.rnnstudio": b"PK", "cut.safetensors": b"1234",
    "wrong.toml": b'kind = "cell"\nversion = 1\nname = "w"\nsizes = 3\n', "m.pt": b"x", "m.xyz": b"x",
}  # fmt: skip


def write_bad_files():
    for name, data in BAD_FILES.items():
        Path(name).write_bytes(data)
    np.save("flat.npy", np.zeros(3))
    np.save("deep.npy", np.zeros((1, 2, 3, 4)))
    np.save("steps.npy", np.zeros((20_001, 1)))
    np.save("wide.npy", np.zeros((1, 4_097)))
    np.save("no_steps.npy", np.zeros((0, 2)))
    np.save("objects.npy", np.array([{}], dtype=object), allow_pickle=True)
    text = "{'descr': '<f8', 'fortran_order': False, 'shape': (268435456, 1), }\n"
    Path("huge.npy").write_bytes(b"\x93NUMPY\x01\0" + len(text).to_bytes(2, "little") + text.encode())
    Path("large.csv").touch()
    os.truncate("large.csv", 128 * 2**20 + 1)


def test_bad_input_is_one_sentence_and_exit_1(program):
    write_bad_files()
    names = [*(path.name for path in Path().iterdir()), "missing.csv", "missing", "."]
    assert len(names) > 20
    for name in names:
        status, out, err = program("check", name)
        assert status == 1, name
        assert out == ""
        assert_one_sentence(err, name)
        before = sorted(Path().iterdir())
        if name.endswith((".csv", ".npy", ".npz", ".txt")):
            status, _, err = program("trace", "simple", "--input", name, "-o", "out.npz")
        else:
            status, _, err = program("trace", name, "-o", "out.npz")
        assert status == 1, name
        assert_one_sentence(err, name)
        assert sorted(Path().iterdir()) == before


def assert_one_sentence(err, name):
    assert err.startswith("rnnstudio: "), err
    assert err.count("\n") == 1, err
    assert name in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--inputs", "4097"), ("--state-size", "1025"), ("--outputs", "4097"), ("--inputs", "0"),
        ("--inputs", "4096", "--state-size", "1024"), ("--activation", "cosine"), ("--cell", "nothing"),
    ],
)  # fmt: skip
def test_each_size_over_its_limit(program, arguments):
    Path("x.csv").write_text("1\n2\n")
    model = {"--cell": "x.csv", "--activation": "elman"}.get(arguments[0], "lstm")
    status, _, err = program("trace", model, *arguments, "-o", "out.npz")
    assert status == 1
    assert_one_sentence(err, "")
    assert not Path("out.npz").exists()


def test_output_that_cannot_be_written(program):
    status, _, err = program("trace", "-o", "missing/out.npz")
    assert status == 1
    assert_one_sentence(err, "missing/out.npz")


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"s0": np.zeros(4)}, "(3,) is wanted"), ({"s": np.zeros(3)}, "s0 is missing"),
        ({"s0": np.zeros(3), "c0": np.zeros(3)}, "no state c"), ({"s0": np.zeros((2, 3))}, "(3,) is wanted"),
    ],
)  # fmt: skip
def test_first_states_that_do_not_fit(program, arrays, sentence):
    np.savez("s.npz", **arrays)
    status, _, err = program("trace", "--state", "s.npz", "-o", "out.npz")
    assert (status, sentence in err) == (1, True), err
    np.savez("s.npz", s0=np.zeros(3))
    assert "c0 is missing" in program("trace", "lstm", "--state", "s.npz", "-o", "out.npz")[2]
    assert "no layer of the network has a state" in program("trace", "dense", "--state", "s.npz", "-o", "out.npz")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("film", "-o", "a.mp4"), ("code", "-o", "a.py"),
    ],
)  # fmt: skip
def test_what_comes_later_says_so(program, arguments):
    status, out, err = program(*arguments)
    assert (status, out, "not in this version" in err) == (2, "", True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("trace",), ("trace", "-o", "a.txt"), ("trace", "-o", "a.npz", "--seed", "-1"), ("render", "-o", "a.gif"),
        ("render",), ("render", "-o", "a.png", "--size", "big"), ("render", "-o", "a.png", "--view", "all"),
        ("render", "-o", "a.png", "--view", "none"), ("render", "-o", "a.png", "--op", "0"), ("check",),
        ("--theme", "x"),
        ("trace", "-o", "a.npz", "--tokens", "letters"), ("render", "-o", "a.png", "--step", "1.5"),
        ("trace", "--stat", "-o", "a.npz"), ("train",), ("train", "-o", "a.npz"), ("train", "-o", "a.pt"),
        ("trace", "-o", "a.npz", "--layers", "two"), ("trace", "-o", "a.npz", "--loss", "mae"),
        ("trace", "-o", "a.npz", "--loss-at", "first"), ("trace", "-o", "a.npz", "--updating", "--loss", "mse"),
        ("train", "-o", "a.safetensors", "--log", "a.txt"), ("train", "-o", "a.safetensors", "--optimizer", "lion"),
        ("train", "-o", "a.safetensors", "--lr", "-1"), ("train", "-o", "a.safetensors", "--lr", "nan"),
        ("train", "-o", "a.safetensors", "--lr", "fast"), ("train", "-o", "a.safetensors", "--momentum", "1"),
        ("train", "-o", "a.safetensors", "--clip", "0"), ("train", "-o", "a.safetensors", "--clip", "inf"),
        ("train", "-o", "a.safetensors", "--updates", "-1"), ("train", "-o", "a.safetensors", "--updates", "1e3"),
        ("train", "-o", "a.safetensors", "--update-every", "0"),
        ("train", "-o", "a.safetensors", "--update-every", "epoch"), ("render", "-o", "a.png", "--size", "0x9"),
    ],
)  # fmt: skip
def test_wrong_usage(program, arguments):
    status, out, err = program(*arguments)
    assert (status, out) == (2, "")
    assert "usage: rnnstudio" in err


def test_what_the_window_and_the_pictures_are_asked_for(program):
    assert program()[1] == WindowOptions()
    assert program("one", "two", "three")[1] == WindowOptions("one", more=("two", "three"))
    asked = program("a.csv", "--view", "cell", "--step", "3", "--theme", "dark", "--seed", "7")[1]
    assert (asked.file, asked.view, asked.step, asked.theme, asked.model.seed) == ("a.csv", "cell", 3, "dark", 7)
    asked = program("render", "-o", "{view}.svg", "--view", "all", "--size", "1280x720", "--op", "2", "--transparent")[
        1
    ]
    assert isinstance(asked, RenderOptions)
    assert (asked.output, asked.view, asked.size, asked.op, asked.transparent, asked.window, asked.step) == (
        "{view}.svg", "all", (1280, 720), 2, True, False, None,
    )  # fmt: skip


def test_what_is_missing_on_the_machine(program):
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    status, _, err = program(qt=error)
    assert (status, "apt-get install libegl1" in err, err.count("\n")) == (3, True, 1)
    status, _, err = program("render", "-o", "a.png", qt=ModuleNotFoundError("No module", name="PySide6.QtGui"))
    assert (status, "pip install" in err) == (3, True)
    with pytest.raises(ImportError):
        program(qt=ImportError("a mistake of our own", name="rnnstudio.nothing"))


def test_ctrl_c(program, monkeypatch):
    status, _, err = program(qt=KeyboardInterrupt())
    assert (status, err.startswith("rnnstudio: stopped")) == (130, True)


def child(*arguments, **more):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    return [sys.executable, "-m", "rnnstudio", *arguments], environment


def test_version_and_help_of_the_process():
    command, environment = child("--version")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "rnnstudio 0.1.0\n", "")
    for arguments in (["--help"], ["trace", "--help"], ["train", "--help"], ["render", "--help"], ["check", "--help"]):
        done = subprocess.run([*command[:3], *arguments], env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("usage: rnnstudio")


def test_computing_imports_no_qt_and_one_thread_of_blas(tmp_path):
    code = (
        "import os, sys; os.environ.pop('OPENBLAS_NUM_THREADS', None); from rnnstudio.__main__ import main; "
        "status = main(['trace', '-o', 'a.npz', '--loss', 'mse']) + main(['check', 'a.npz']); "
        "status += main(['train', '-o', 'a.safetensors', '--updates', '2']); "
        "print(os.environ['OPENBLAS_NUM_THREADS'], status, "
        "[name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6', 'pyqtgraph')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "1 0 []", done.stderr


def hears_ctrl_c():
    """A shell that starts the tests in the background has Ctrl-C ignored by all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_a_long_run_without_a_file(tmp_path):
    command, environment = child(
        "trace", "lstm", "--input", "x.npy", "--state-size", "256", "-o", "out.npz", OPENBLAS_NUM_THREADS="1"
    )
    np.save(tmp_path / "x.npy", np.zeros((10_000, 64)))
    running = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c  # noqa: PLW1509
    )
    running.stderr.readline()  # the note is written just before the run begins
    time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    err = running.stderr.read()
    running.stderr.close()
    assert running.wait(60) == 130, err
    assert "stopped" in err
    assert [path.name for path in tmp_path.iterdir()] == ["x.npy"]


def test_progress_only_on_a_terminal():
    class Stream:
        def __init__(self, terminal):
            self.terminal, self.text = terminal, ""

        def isatty(self):
            return self.terminal

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    for terminal in (True, False):
        stream = Stream(terminal)
        progress = Progress("running", stream)
        for done in range(0, 1001):
            progress(done, 1000)
        progress.close()
        assert stream.text.count("%") == (101 if terminal else 0)
        assert ("running 50 %" in stream.text) == terminal


def test_check_says_in_a_line_each(program):
    Path("a.csv").write_text("1,2\n3,4\n")
    Path("b.csv").write_text("1,2\n3\n")
    study = resource("studies", "tutorial.rnnstudio")
    status, out, err = program("check", "a.csv", "b.csv", study)
    assert status == 1
    assert out.splitlines()[0] == "a.csv: sequence: 2 steps of 2 inputs"
    assert out.count("\n") == 2
    assert_one_sentence(err, "b.csv, row 2")
