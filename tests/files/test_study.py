"""Studies: what is written comes back, to the byte; what is damaged is refused with a sentence."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load as load_tensors

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.training import Settings
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study import read_study, write_study
from rnnstudio.files.tensors import read_tensors, tensor_bytes
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
    training = Settings("cross-entropy", "every", "adam", 0.25, 0.0, 1.5, 3, 7)
    yield Document("words", network, tokens, settings=training, mode="sample", seed=9, about="a\nb")
    yield from batches()


def batches():
    """Several sequences, stacks, both directions, biases of two parts, targets of every form."""
    random = np.random.default_rng(6)
    batch, lengths = random.normal(size=(6, 3, 2)), np.array([6, 1, 4])
    lstm = new_network(library_cell("lstm"), 2, 4, 5, layers=2, direction="both", seed=3)
    parts = {name: (random.normal(size=4), random.normal(size=4)) for name in lstm.layers[0].doubled}
    summed = {name: one + other for name, (one, other) in parts.items()}
    layer = replace(lstm.layers[0], parameters={**lstm.layers[0].parameters, **summed}, bias_parts=parts)
    lstm = lstm.with_layer(0, layer)
    first = {0: {"s": random.normal(size=4), "reverse.c": random.normal(size=(3, 4))}}
    momentum = Settings(rate=1.0, momentum=0.9)
    several = Sequence(batch=batch, lengths=lengths, shown=2, columns=("a", "b"))
    yield Document("numbers", lstm, several.with_targets(random.normal(size=(6, 3, 5))), first, momentum, "sequence")
    yield Document(
        "classes", lstm, several.with_targets(np.arange(18).reshape(6, 3) % 5), settings=Settings("cross-entropy")
    )
    yield Document("last", lstm, several.with_targets(random.normal(size=(3, 5))), settings=Settings(at="last"))
    last_class = replace(several, lengths=None).with_targets(np.array([0, 4, 2]))
    yield Document("last class", lstm, last_class, settings=Settings("cross-entropy", "last"))
    one = Sequence(x=batch[:, 0], targets=np.array(3))
    yield Document("one class", lstm, one, settings=Settings("cross-entropy", "last"))
    looks = Settings("cross-entropy", "last")
    every = several.with_targets(np.arange(18).reshape(6, 3) % 5)
    yield Document("of every step the last", lstm, every, settings=looks)
    yield Document("one last", lstm, replace(one, targets=np.arange(5.0)), settings=Settings(at="last"))
    reverse = new_network(library_cell("gru"), 2, 3, direction="reverse")
    yield Document("reverse", reverse, Sequence(x=batch[:, 0]))


@pytest.mark.parametrize("document", list(documents()), ids=lambda d: f"{d.name}-{d.network.layers[0].bias}")
def test_save_open_save_changes_no_byte(document):
    data = write_study(document)
    again = read_study(data)
    assert write_study(again) == data
    assert (again.name, again.settings, again.mode, again.seed, again.about) == (
        document.name, document.settings, document.mode, document.seed, document.about,
    )  # fmt: skip
    for mine, theirs in zip(document.network.layers, again.network.layers, strict=True):
        assert mine.cell == theirs.cell
        assert (mine.activation, mine.bias, mine.outputs) == (theirs.activation, theirs.bias, theirs.outputs)
        assert mine.direction == theirs.direction
        assert mine.bias_parts.keys() == theirs.bias_parts.keys()
        for name, pair in mine.bias_parts.items():
            assert [part.tobytes() for part in pair] == [part.tobytes() for part in theirs.bias_parts[name]]
        for name, array in mine.parameters.items():
            assert array.tobytes() == theirs.parameters[name].tobytes()
    for k, states in document.first.items():
        for name, vector in states.items():
            assert np.array_equal(again.first[k][name], vector)
    ours, theirs = document.sequence, again.sequence
    for name in ("x", "tokens", "targets", "batch", "lengths", "batch_targets"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name
    assert (ours.vocabulary, ours.columns, ours.note, ours.shown) == (
        theirs.vocabulary, theirs.columns, theirs.note, theirs.shown,
    )  # fmt: skip


def test_one_of_several_sequences_is_shown_as_far_as_it_goes():
    document = next(document for document in documents() if document.name == "numbers")
    sequence = document.sequence
    assert (sequence.steps, sequence.most_steps, sequence.sequences, sequence.inputs) == (4, 6, 3, 2)
    assert np.array_equal(sequence.x, sequence.batch[:4, 2])
    assert np.array_equal(sequence.targets, sequence.batch_targets[:4, 2])
    other = sequence.showing(1)
    assert (other.steps, other.targets.shape) == (1, (1, 5))
    assert other.with_targets(None).targets is None
    last = next(document for document in documents() if document.name == "last").sequence
    assert (last.at_last, last.showing(0).targets.shape) == (True, (5,))


@pytest.mark.parametrize("name", ["tutorial", "words"])
def test_a_study_of_version_1_opens(name):
    """Written by the program when the form was 1; what it did not say yet has the values of before."""
    kept = (Path(__file__).parent / "kept" / f"{name}-1.rnnstudio").read_bytes()
    assert json.loads(read_members(kept, name)["study.json"])["version"] == 1
    document = read_study(kept)
    assert document.mode == "frozen"
    if name == "tutorial":
        today = demonstration()
        assert document.settings == today.settings == Settings(rate=1.0)
        for mine, theirs in zip(document.network.layers, today.network.layers, strict=True):
            assert all(np.array_equal(mine.parameters[key], theirs.parameters[key]) for key in theirs.parameters)
        assert np.array_equal(document.sequence.targets, today.sequence.targets)
        assert np.array_equal(document.first[1]["s"], np.zeros(3))
        assert sorted(document.presets) == ["gru", "lstm"]
    else:
        assert document.settings == Settings("cross-entropy", rate=0.25)
        assert (document.sequence.vocabulary, document.sequence.targets.tolist()) == (("the", "cat", "."), [1, 2, 1, 0])
        assert (document.sequence.note, document.about, document.seed) == ("cut", "a\nb", 9)
        assert np.array_equal(document.first[0]["c"], np.linspace(0, 2, 5))
    data = write_study(document)
    assert json.loads(read_members(data, name)["study.json"])["version"] == 3
    assert write_study(read_study(data)) == data


def test_a_study_of_version_2_opens():
    """Written by the program when the form was 2, which carried no lesson."""
    kept = (Path(__file__).parent / "kept" / "tutorial-2.rnnstudio").read_bytes()
    assert json.loads(read_members(kept, "tutorial")["study.json"])["version"] == 2
    document = read_study(kept)
    assert document.lesson is None and document.mode == "sample"
    assert write_study(document) == write_study(demonstration())


def test_an_older_form_is_as_strict_as_today():
    members = read_members((Path(__file__).parent / "kept" / "words-1.rnnstudio").read_bytes(), "words")
    for changes, sentence in [
        ({"mode": "sample"}, "mode"), ({"rate": None}, "rate"), ({"sequence": {"columns": []}}, "vocabulary"),
    ]:  # fmt: skip
        form = {**json.loads(members["study.json"]), **changes}
        archive = archive_bytes([("study.json", json.dumps(form).encode()), *list(members.items())[1:]])
        with pytest.raises(InputError, match=rf"^old\.rnnstudio, study\.json: .*{sentence}"):
            read_study(archive, "old.rnnstudio")


def test_the_archive_is_what_others_can_read():
    with zipfile.ZipFile(io.BytesIO(write_study(demonstration()))) as archive:
        assert archive.namelist() == ["study.json", "arrays.safetensors"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        form = json.loads(archive.read("study.json"))
        arrays = load_tensors(archive.read("arrays.safetensors"))
    assert (form["format"], form["version"], form["chosen"]) == ("rnnstudio", 3, 1)
    assert (form["mode"], form["settings"]["rate"], form["settings"]["loss"]) == ("sample", 1.0, "mse")
    assert arrays["layer1.U"].tolist() == [[-1.8, 2.5, -1.7], [0.2, -1.8, -2.1], [1.5, -1.9, 2.4]]
    assert arrays["preset.lstm.Wi"].shape == (3, 4)


TRAINING = {
    "loss": "mse", "at": "every", "optimizer": "sgd", "rate": 1.0, "momentum": 0.0, "clip": None,
    "update_every": "sequence", "updates": 100,
}  # fmt: skip


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
        ({"version": 4}, "newer program, in form 4"),
        ({"version": 0}, "whole number from 1"),
        ({"version": True}, "whole number from 1"),
        ({"format": "other"}, '"format": "rnnstudio"'),
        ({"chosen": 7}, "no layer 7"),
        ({"layers": []}, "layers of the network"),
        ({"settings": {**TRAINING, "loss": "mae"}}, "mse and cross-entropy"),
        ({"settings": {**TRAINING, "loss": "cross-entropy"}}, "the study says cross-entropy at every"),
        ({"settings": {**TRAINING, "at": "first"}}, "every and last"),
        ({"settings": {**TRAINING, "optimizer": "sdg"}}, "sgd and adam"),
        ({"settings": {**TRAINING, "rate": "fast"}}, "rate"),
        ({"settings": {**TRAINING, "rate": -1.0}}, "learning rate"),
        ({"settings": {**TRAINING, "momentum": 1.0}}, "momentum"),
        ({"settings": {**TRAINING, "optimizer": "adam", "momentum": 0.5}}, "adam has its own"),
        ({"settings": {**TRAINING, "clip": 0.0}}, "clip"),
        ({"settings": {**TRAINING, "update_every": 0}}, "at least 1"),
        ({"settings": {**TRAINING, "update_every": "day"}}, "'sequence'"),
        ({"settings": {**TRAINING, "updates": -1}}, "updates"),
        ({"settings": {**TRAINING, "updates": 10**10}}, "updates"),
        ({"settings": {"loss": "mse"}}, "at"),
        ({"mode": "thawed"}, "frozen, sample, sequence"),
        ({"seed": -1}, "seed"),
        ({"name": ...}, "name"),
        ({"extra": 1}, "extra"),
        ({"sha256": "0" * 64}, "SHA-256"),
        ({"sequence": {"columns": ["a"], "vocabulary": [], "note": "", "shown": 0}}, "columns are named"),
        ({"sequence": {"columns": [], "vocabulary": [], "note": "", "shown": 1}}, "sequence 0 is shown"),
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
    batch = next(document for document in documents() if document.name == "numbers")
    with pytest.raises(InputError, match=r"shape \(2, 4\), does not fit"):
        write_study(replace(batch, first={0: {"s": np.zeros((2, 4))}}))
    with pytest.raises(InputError, match="targets are 4 numbers a step, the network has 5 outputs"):
        write_study(replace(batch, sequence=batch.sequence.with_targets(np.zeros((6, 3, 4)))))
    with pytest.raises(InputError, match=r"are for mse at last step, the study says mse at every"):
        write_study(replace(batch, sequence=batch.sequence.with_targets(np.zeros((3, 5)))))
    with pytest.raises(InputError, match=r"the targets go from 0 to 5; 0 to 4 fit"):
        classes = batch.sequence.with_targets(np.arange(18).reshape(6, 3) % 6)
        write_study(replace(batch, sequence=classes, settings=Settings("cross-entropy")))


def rewritten(document, change):
    """The bytes of a study with other arrays in it."""
    members = read_members(write_study(document), "study")
    arrays = read_tensors(members["arrays.safetensors"], "arrays")
    change(arrays)
    data = tensor_bytes(arrays)
    form = {**json.loads(members["study.json"]), "sha256": hashlib.sha256(data).hexdigest()}
    return archive_bytes([("study.json", json.dumps(form).encode()), ("arrays.safetensors", data)])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda arrays: arrays.pop("layer0.bias_hh.bi"), "bias_hh.bi is missing"),
        (lambda arrays: arrays.update({"sequence.lengths": np.array([6, 1])}), "whole ones (3,) do"),
        (lambda arrays: arrays.update({"sequence.lengths": np.array([6, 0, 4])}), "sequence 2 is said to have 0 of 6"),
        (lambda arrays: arrays.update({"sequence.lengths": np.array([6, 7, 4])}), "sequence 2 is said to have 7 of 6"),
        (lambda arrays: arrays.update({"sequence.targets": np.zeros((5, 3, 5))}), "(6, 3, O) numbers"),
        (lambda arrays: arrays.update({"sequence.x": np.zeros((6, 2, 2))}), "sequence 2 of 2 is shown"),
        (lambda arrays: arrays.update({"sequence.x": np.zeros((6, 2))}), "sequence 0 is shown"),
        (lambda arrays: arrays.update({"layer0.reverse.Wi": np.zeros((3, 4))}), "layer 0: reverse.Wi"),
    ],
)
def test_arrays_of_several_sequences_that_do_not_fit(change, sentence):
    document = next(document for document in documents() if document.name == "numbers")
    assert write_study(read_study(rewritten(document, lambda arrays: None))) == write_study(document)
    with pytest.raises(InputError) as caught:
        read_study(rewritten(document, change), "b.rnnstudio")
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("b.rnnstudio")
