"""Bad input in the window: one sentence in the banner, the open study untouched, nothing raised."""

import pickle
import struct
import sys

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from rnnstudio.app import first_state
from rnnstudio.engine.limits import LIMITS
from rnnstudio.files.options import WindowOptions
from rnnstudio.resources import resource
from rnnstudio.state.model import Session
from rnnstudio.state.store import Store


def header(shape, descr="<f8"):
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


def npy(path, array, **how):
    with path.open("wb") as file:
        np.save(file, array, **how)


def parameters(size, inputs):
    return {"weight_ih_l0": np.zeros((size, inputs)), "weight_hh_l0": np.zeros((size, size))}


class Boom:
    """Opened as a pickle it would call something."""

    def __reduce__(self):
        return (sys.exit, (3,))


#: name → how the file is written, and words that the sentence has to hold.
BAD = {
    "missing.csv": (None, ["missing.csv", "no such file"]),
    "empty.csv": (lambda p: p.write_bytes(b""), ["empty.csv"]),
    "empty.txt": (lambda p: p.write_bytes(b""), ["empty.txt"]),
    "empty.npy": (lambda p: p.write_bytes(b""), ["empty.npy"]),
    "text.csv": (lambda p: p.write_text("a,b\n1,2\n3,moon\n5,6\n"), ["text.csv", "row 3", "moon"]),
    "ragged.csv": (lambda p: p.write_text("a,b\n1,2\n3\n"), ["ragged.csv", "row 3"]),
    "nan.csv": (lambda p: p.write_text("a,b\n1,2\n3,nan\n"), ["nan.csv", "row 3"]),
    "nan.npy": (lambda p: npy(p, np.array([[1.0, np.nan]])), ["nan.npy", "finite"]),
    "inf.npy": (lambda p: npy(p, np.array([[1.0, np.inf]])), ["inf.npy", "finite"]),
    "flat.npy": (lambda p: npy(p, np.zeros(5)), ["flat.npy", "(5,)", "(T, I)"]),
    "four.npy": (lambda p: npy(p, np.zeros((2, 2, 2, 2))), ["four.npy", "(T, I)"]),
    "pickle.npy": (lambda p: npy(p, np.array([Boom()], object), allow_pickle=True), ["pickle.npy", "pickle"]),
    "raw_pickle.npy": (lambda p: p.write_bytes(pickle.dumps(Boom())), ["raw_pickle.npy"]),
    "huge.npy": (lambda p: p.write_bytes(header((2**28, 1))), ["huge.npy", "2,147,483,648"]),
    "binary.txt": (lambda p: p.write_bytes(bytes(range(256)) * 8), ["binary.txt"]),
    "no_steps.npy": (lambda p: npy(p, np.zeros((0, 3))), ["no_steps.npy", "0 steps"]),
    "no_steps.csv": (lambda p: p.write_text("a,b\n"), ["no_steps.csv"]),
    "steps.npy": (lambda p: npy(p, np.zeros((LIMITS.steps + 1, 1))), ["20,001", "20,000"]),
    "steps.csv": (lambda p: p.write_text("1\n" * (LIMITS.steps + 1)), ["20,001", "20,000"]),
    "inputs.npy": (lambda p: npy(p, np.zeros((1, LIMITS.features + 1))), ["4,097", "4,096"]),
    "inputs.csv": (lambda p: p.write_text(",".join("1" * (LIMITS.features + 1))), ["4,097", "4,096"]),
    "state.npz": (lambda p: np.savez(p, **parameters(LIMITS.state_size + 1, 1)), ["1,025", "1,024"]),
    "parameters.npz": (
        lambda p: np.savez(
            p, **{f"{name}_l{k}": np.zeros((1024, 1024), "f4") for k in range(4) for name in ("weight_ih", "weight_hh")}
        ),
        ["8,388,608", "8,000,000"],
    ),
    "layers.npz": (
        lambda p: np.savez(p, **{f"{name}_l{k}": np.zeros((2, 2)) for k in range(9) for name in
                                 ("weight_ih", "weight_hh")}),
        ["9", "8"],
    ),
    "bytes.npy": (lambda p: _sparse(p, LIMITS.file_bytes + 1), ["MB", "128"]),
    "broken.rnnstudio": (lambda p: p.write_bytes(b"PK\x03\x04 and no more"), ["broken.rnnstudio"]),
    "broken.toml": (lambda p: p.write_text('kind = "cell"\nversion = 1\nname = "x"\nequations = "y = W @"\n'),
                    ["broken.toml"]),
    "broken.safetensors": (lambda p: p.write_bytes(b"\xff" * 40), ["broken.safetensors"]),
    "what.xyz": (lambda p: p.write_bytes(b"1,2\n"), ["what.xyz", ".csv"]),
}  # fmt: skip


def _sparse(path, size):
    with path.open("wb") as file:
        file.truncate(size)


@pytest.fixture(scope="session")
def bad_files(tmp_path_factory):
    """Every bad file, written once."""
    folder = tmp_path_factory.mktemp("bad")
    for name, (write, _) in BAD.items():
        if write is not None:
            write(folder / name)
    return folder


@pytest.fixture
def nothing_raised(monkeypatch):
    """What slots and virtual functions raise goes to `sys.excepthook`: nothing may get there."""
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: raised.append(error))
    yield raised
    assert not raised


def check_sentence(sentence, name):
    for word in BAD[name][1]:
        assert word in sentence, f"{word!r} is missing in {sentence!r}"
    assert "\n" not in sentence and "Traceback" not in sentence and "Errno" not in sentence
    assert 20 < len(sentence) < 400, sentence


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    window.canvas.dropEvent(event)


def test_open_and_drop_leave_the_open_study_untouched(make_window, bad_files, nothing_raised):
    window = make_window()
    before = window.store.state
    asked = []
    window.documents.ask_leave = lambda: asked.append(1) or "discard"
    for name in BAD:
        for way in ("menu", "drop"):
            if way == "menu":
                window.documents.ask_open = lambda name=name: str(bad_files / name)
                window.menus.actions["open"].trigger()
            else:
                drop(window, bad_files / name)
            after = window.store.state
            check_sentence(window.banner.text, name)
            assert after.session.message == window.banner.text == window.banner.accessibleName()
            assert after.document is before.document
            assert after.undo is before.undo and after.redo is before.redo
            assert after.session.playhead == before.session.playhead and after.session.view == before.session.view
            assert after.session.path == before.session.path and after.session.saved is before.session.saved
            window.banner._dismiss()
            assert window.banner.text == ""
    assert not asked, "nothing is asked before the file is known to be good"
    assert not nothing_raised


@pytest.mark.parametrize("name", sorted(BAD))
def test_as_argument_the_demonstration_opens_with_the_sentence(bad_files, name):
    state = first_state(WindowOptions(file=str(bad_files / name)), Session())
    check_sentence(state.session.message, name)
    assert state.document.name == "tutorial"
    assert state.session.path == "" and state.document is state.session.saved


def test_the_window_of_a_bad_argument_shows_the_banner(qtbot, bad_files, nothing_raised):
    from rnnstudio.paint.fonts import register
    from rnnstudio.ui.window import Window

    register()
    window = Window(Store(first_state(WindowOptions(file=str(bad_files / "nan.csv")), Session())))
    with qtbot.waitExposed(window):
        window.show()
    check_sentence(window.banner.text, "nan.csv")
    window.documents.ask_leave = lambda: "cancel"
    window.close()
    assert not window.isVisible(), "an untouched study is closed without a question"
    assert not nothing_raised


def test_a_good_file_after_a_bad_one_takes_the_banner_away(make_window, bad_files, tmp_path, nothing_raised):
    window = make_window()
    drop(window, bad_files / "ragged.csv")
    assert window.banner.text
    good = tmp_path / "good.csv"
    good.write_text("1,2\n3,4\n")
    drop(window, good)
    assert window.store.state.document.sequence.steps == 2
    assert "ragged" not in window.banner.text
    assert not nothing_raised


def test_a_file_that_is_opened_unchecked_is_found(make_window, bad_files, monkeypatch):
    """A window that took whatever it is given would fail the walk above."""
    from rnnstudio.files.opening import open_any
    from rnnstudio.ui import documents

    window = make_window()
    before = window.store.state.document
    monkeypatch.setattr(documents, "open_any", lambda path: open_any(resource("cells", "gru.toml")))
    drop(window, bad_files / "nan.csv")
    assert window.store.state.document is not before and "nan.csv" not in window.banner.text
