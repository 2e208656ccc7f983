"""Study files: the whole document in one archive of ``study.json`` and ``arrays.safetensors``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import parse_cell
from rnnstudio.engine.limits import LIMITS, MB, InputError, check_layers
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.training import Settings
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.fitting import Arrays, check_document, document_arrays
from rnnstudio.files.jsontext import JSON_BYTES
from rnnstudio.files.lesson_form import form_lesson, lesson_form, members_of
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.sequences import checked_lengths, steps_array
from rnnstudio.files.study_form import (
    FORMAT,
    VERSION,
    LayerForm,
    SequenceForm,
    SettingsForm,
    StudyForm,
    form_bytes,
    study_form,
)
from rnnstudio.files.targets import fitted_targets
from rnnstudio.files.tensors import read_tensors, tensor_bytes
from rnnstudio.state.model import Document, Sequence
from rnnstudio.state.written_lesson import MOST_STOPS

JSON_NAME, ARRAYS_NAME = "study.json", "arrays.safetensors"
_LAYER = re.compile(r"layer\d{1,4}\Z", re.ASCII)


def write_study(document: Document) -> bytes:
    """The bytes of a study file; one document gives one series of bytes.

    Raises
    ------
    InputError
        A part of the document does not fit the rest, or a limit of files, so that the file could not be opened.
    """
    check_document(document)
    arrays = tensor_bytes(document_arrays(document))
    layers = [
        LayerForm(
            layer.cell.text, layer.inputs, layer.size, layer.activation, layer.bias, layer.direction, layer.outputs
        )
        for layer in document.network.layers
    ]
    sequence = document.sequence
    lesson, others = lesson_form(document, write_study)
    text = form_bytes(
        StudyForm(
            format=FORMAT,
            version=VERSION,
            name=document.name,
            about=document.about,
            layers=layers,
            chosen=document.network.chosen,
            sequence=SequenceForm(list(sequence.columns), list(sequence.vocabulary), sequence.note, sequence.shown),
            settings=SettingsForm(**asdict(document.settings)),
            mode=document.mode,
            seed=document.seed,
            lesson=lesson,
            sha256=hashlib.sha256(arrays).hexdigest(),
        )
    )
    size = len(arrays) + len(text) + sum(map(len, others))
    if len(text) > JSON_BYTES or size > LIMITS.file_bytes - MB // 4:
        raise InputError(
            f"the study needs {size / MB:,.0f} MB; a file of up to {LIMITS.file_bytes // MB} MB "
            f"with {JSON_BYTES // MB} MB of text fits"
        )
    of_lesson = zip(members_of(lesson), others, strict=True)
    return archive_bytes([(JSON_NAME, text), (ARRAYS_NAME, arrays), *of_lesson])


def read_study(source: str | Path | bytes, where: str = "study") -> Document:
    """The document of a study file.

    Parameters
    ----------
    source : str, Path or bytes
        The file, or its bytes; `where` then names it in sentences.

    Raises
    ------
    InputError
        The file is missing, damaged, of a newer version, or holds parts that do not fit each other.
    """
    if isinstance(source, bytes):
        return _read(source, where, carries=True)
    return _read(read_bytes(source), str(source), carries=True)


def _plain(data: bytes, where: str) -> Document:
    """A study that a lesson shows: it carries no lesson itself, so that nothing is nested without end."""
    return _read(data, where, carries=False)


def _read(data: bytes, where: str, carries: bool) -> Document:
    members = read_members(data, where, members=MOST_STOPS + 64)
    for name in (JSON_NAME, ARRAYS_NAME):
        if name not in members:
            raise InputError(f"{where}: no study: {name} is not in the archive; a file saved by this program is wanted")
    form = study_form(members[JSON_NAME], f"{where}, {JSON_NAME}")
    if form.lesson is not None and not carries:
        raise InputError(f"{where}: it carries a lesson itself; a plain study is wanted in a lesson")
    of_lesson = members_of(form.lesson)
    for name in members:
        if name not in (JSON_NAME, ARRAYS_NAME, *of_lesson):
            raise InputError(f"{where}: a study has no member {name[:60]!a}; {JSON_NAME} and {ARRAYS_NAME} are")
    for name in of_lesson:
        if name not in members:
            raise InputError(f"{where}: {name}, which its lesson shows, is not in the archive; a whole copy is wanted")
    if hashlib.sha256(members[ARRAYS_NAME]).hexdigest() != form.sha256:
        raise InputError(f"{where}: {ARRAYS_NAME} is not the one that was saved (SHA-256); a whole copy is wanted")
    arrays = read_tensors(members[ARRAYS_NAME], f"{where}, {ARRAYS_NAME}")
    try:
        document = _document(form, arrays)
        check_document(document)
        if form.lesson is not None:
            document = replace(document, lesson=form_lesson(form.lesson, document, members, _plain, where))
    except InputError as error:
        sentence = str(error)
        raise InputError(sentence if sentence.startswith(f"{where}, ") else f"{where}: {sentence}") from None
    return document


def _document(form: StudyForm, arrays: Arrays) -> Document:
    check_layers(len(form.layers))
    left = dict(arrays)
    layers = tuple(_layer(k, layer, left) for k, layer in enumerate(form.layers))
    sequence = _sequence(form.sequence, left)
    first: dict[int, dict[str, NDArray[np.float64]]] = {}
    presets: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, array in left.items():
        place, _, rest = name.partition(".")
        owner, _, own = rest.partition(".")
        if place == "first" and _LAYER.match(owner) and own:
            first.setdefault(int(owner.removeprefix("layer")), {})[own] = _floats(array)
        elif place == "preset" and owner and own:
            presets.setdefault(owner, {})[own] = _floats(array)
        else:
            raise InputError(f"{ARRAYS_NAME} holds an array {name[:60]!a} that belongs to nothing in the study")
    return Document(
        name=form.name,
        network=Network(layers, form.chosen),
        sequence=sequence,
        first=first,
        settings=Settings(**msgspec.structs.asdict(form.settings)),
        mode=form.mode,
        seed=form.seed,
        about=form.about,
        presets=presets,
    )


def _sequence(form: SequenceForm, left: Arrays) -> Sequence:
    """The samples; takes their arrays out of `left`."""
    x, tokens, lengths, targets = (left.pop(f"sequence.{name}", None) for name in ("x", "tokens", "lengths", "targets"))
    plain = Sequence(vocabulary=tuple(form.vocabulary), columns=tuple(form.columns), note=form.note)
    if x is None or x.ndim != 3:
        if form.shown or lengths is not None:
            raise InputError("sequence 0 is shown and no lengths are wanted where there is one sequence")
        return replace(plain, x=None if x is None else _floats(x), tokens=tokens, targets=targets)
    batch = steps_array(x, "the sequences")
    if tokens is not None or not 0 <= form.shown < batch.shape[1]:
        raise InputError(f"sequence {form.shown} of {batch.shape[1]} is shown; 0 to {batch.shape[1] - 1} are there")
    valid = checked_lengths(lengths, batch.shape, "the study")
    several = replace(plain, batch=batch, lengths=valid, shown=form.shown)
    return several if targets is None else several.with_targets(fitted_targets(targets, several, "the study"))


def _floats(array: NDArray[Any]) -> NDArray[np.float64]:
    floats = np.asarray(array, dtype=np.float64)
    floats.setflags(write=False)
    return floats


def _parts(k: int, left: Arrays) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The two trained arrays of biases that are their sum; takes them out of `left`."""
    found = {}
    before, other = f"layer{k}.bias_ih.", f"layer{k}.bias_hh."
    for key in [key for key in left if key.startswith(before)]:
        name = key.removeprefix(before)
        if other + name not in left:
            raise InputError(f"{other}{name} is missing beside {key}; both parts of a bias are wanted")
        found[name] = (_floats(left.pop(key)), _floats(left.pop(other + name)))
    return found


def _layer(k: int, form: LayerForm, left: Arrays) -> Layer:
    """One layer; takes its parameters out of `left`."""
    try:
        cell = parse_cell(form.cell, f"the cell of layer {k}")
        parts = _parts(k, left)
        mine = [name for name in left if name.startswith(f"layer{k}.")]
        parameters = {name.partition(".")[2]: _floats(left.pop(name)) for name in mine}
        return Layer(
            cell, form.inputs, form.size, form.activation, form.bias, form.direction, form.outputs, parameters, parts
        )
    except InputError as error:
        sentence = str(error)
        raise InputError(sentence if f"layer {k}" in sentence else f"layer {k}: {sentence}") from None
