"""Studies: what is written comes back, to the byte; what is damaged is refused with a sentence."""

import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load as load_tensors

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.model import Document, Sequence


def documents():
    random = np.random.default_rng(5)
    x = random.normal(size=(6, 3))
    for cell in ("dense", "simple", "elman", "lstm", "gru"):
        for bias in (True, False):
            network = new_network(library_cell(cell), 3, 4, 2 if cell == "elman" else None, None, bias, 7)
            first = {0: {state: random.normal(size=4) for state in network.layers[0].program.states}}
            yield Document(
                f"ä “{cell}”", network, Sequence(x=x, columns=("a", "b", "c")), first if cell != "dense" else {}
            )
    tokens = Sequence(
        tokens=np.array([0, 1, 2, 1]), vocabulary=("the", "cat", "."), targets=np.array([1, 2, 1, 0]), note="cut"
    )
    network = new_network(library_cell("lstm"), 3, 5, 3)
    yield Document("words", network, tokens, loss="cross-entropy", rate=0.25, seed=9, about="a\nb")


@pytest.mark.parametrize("document", list(documents()), ids=lambda d: f"{d.name}-{d.network.layers[0].bias}")
def test_save_open_save_changes_no_byte(document):
    data = write_study(document)
    again = read_study(data)
    assert write_study(again) == data
    assert (again.name, again.loss, again.rate, again.seed, again.about) == (
        document.name, document.loss, document.rate, document.seed, document.about,
    )  # fmt: skip
    for mine, theirs in zip(document.network.layers, again.network.layers, strict=True):
        assert mine.cell == theirs.cell
        assert (mine.activation, mine.bias, mine.outputs) == (theirs.activation, theirs.bias, theirs.outputs)
        for name, array in mine.parameters.items():
            assert array.tobytes() == theirs.parameters[name].tobytes()
    for k, states in document.first.items():
        for name, vector in states.items():
            assert np.array_equal(again.first[k][name], vector)
    if document.sequence.x is not None:
        assert np.array_equal(document.sequence.x, again.sequence.x)
    assert again.sequence.vocabulary == document.sequence.vocabulary


def test_the_archive_is_what_others_can_read():
    with zipfile.ZipFile(io.BytesIO(write_study(demonstration()))) as archive:
        assert archive.namelist() == ["study.json", "arrays.safetensors"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        form = json.loads(archive.read("study.json"))
        arrays = load_tensors(archive.read("arrays.safetensors"))
    assert (form["format"], form["version"], form["chosen"]) == ("rnnstudio", 1, 1)
    assert arrays["layer1.U"].tolist() == [[-1.8, 2.5, -1.7], [0.2, -1.8, -2.1], [1.5, -1.9, 2.4]]
    assert arrays["preset.lstm.Wi"].shape == (3, 4)


def changed(**changes):
    """The demonstration's bytes with other values in study.json."""
    members = read_members(write_study(demonstration()), "study")
    form = json.loads(members["study.json"])
    form.update(changes)
    text = json.dumps({key: value for key, value in form.items() if value is not ...})
    return archive_bytes([("study.json", text.encode()), ("arrays.safetensors", members["arrays.safetensors"])])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"version": 2}, "newer program, in form 2"),
        ({"version": 0}, "whole number from 1"),
        ({"version": True}, "whole number from 1"),
        ({"format": "other"}, '"format": "rnnstudio"'),
        ({"chosen": 7}, "no layer 7"),
        ({"layers": []}, "layers of the network"),
        ({"loss": "mae"}, "mse and cross-entropy"),
        ({"rate": "fast"}, "rate"),
        ({"seed": -1}, "seed"),
        ({"name": ...}, "name"),
        ({"extra": 1}, "extra"),
        ({"sha256": "0" * 64}, "SHA-256"),
        ({"sequence": {"columns": ["a"], "vocabulary": [], "note": ""}}, "columns are named"),
        ({"name": "\ud800"}, "no text"),
    ],
)
def test_wrong_forms_are_refused(changes, sentence):
    with pytest.raises(InputError) as caught:
        read_study(changed(**changes), "my.rnnstudio")
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("my.rnnstudio")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", [b'{"a": NaN}', b'{"a": 1e999}', b'{"a": 1, "a": 2}', b"[" * 200_000, b"9" * 100_000])
def test_json_traps(text):
    with pytest.raises(InputError):
        read_study(archive_bytes([("study.json", text), ("arrays.safetensors", b"")]))


def test_a_cell_that_is_wrong_is_named_with_layer_and_line():
    layers = json.loads(read_members(write_study(demonstration()), "s")["study.json"])["layers"]
    layers[1]["cell"] = layers[1]["cell"].replace("us = U @ s_prev", "us = U @ @")
    with pytest.raises(InputError, match=r"layer 1, line \d+, column"):
        read_study(changed(layers=layers))


def test_a_document_that_does_not_fit_itself_is_not_saved():
    study = demonstration()
    with pytest.raises(InputError, match="inputs"):
        write_study(replace(study, sequence=Sequence(x=np.zeros((4, 5)))))
    with pytest.raises(InputError, match="not finite"):
        write_study(replace(study, sequence=Sequence(x=np.full((4, 3), np.nan))))
    with pytest.raises(InputError, match="first state c of layer 1"):
        write_study(replace(study, first={1: {"c": np.zeros(3)}}))
    with pytest.raises(InputError, match="targets"):
        write_study(replace(study, sequence=Sequence(x=np.zeros((4, 3)), targets=np.zeros((4, 7)))))
    with pytest.raises(InputError, match="steps"):
        write_study(replace(study, sequence=Sequence(x=np.zeros((20_001, 3)))))
    with pytest.raises(InputError, match="bytes of the study's name"):
        write_study(replace(study, name="n" * 70_000))
