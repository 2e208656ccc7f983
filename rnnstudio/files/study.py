"""Study files: the whole document in one archive of ``study.json`` and ``arrays.safetensors``."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import parse_cell
from rnnstudio.engine.limits import LIMITS, MB, InputError, check_layers
from rnnstudio.engine.network import Layer, Network
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.fitting import Arrays, check_document, document_arrays
from rnnstudio.files.jsontext import JSON_BYTES, strict_json
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.tensors import read_tensors, tensor_bytes
from rnnstudio.state.model import Document, Sequence

FORMAT, VERSION = "rnnstudio", 1
JSON_NAME, ARRAYS_NAME = "study.json", "arrays.safetensors"
_LAYER = re.compile(r"layer\d{1,4}\Z", re.ASCII)


class _LayerForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cell: str
    inputs: int
    size: int
    activation: str | None
    bias: bool
    direction: str
    outputs: int | None


class _SequenceForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    columns: list[str]
    vocabulary: list[str]
    note: str


class _StudyForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    name: str
    about: str
    layers: list[_LayerForm]
    chosen: int
    sequence: _SequenceForm
    loss: str
    rate: float
    seed: int
    sha256: str


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
        _LayerForm(
            layer.cell.text, layer.inputs, layer.size, layer.activation, layer.bias, layer.direction, layer.outputs
        )
        for layer in document.network.layers
    ]
    sequence = document.sequence
    form = _StudyForm(
        format=FORMAT,
        version=VERSION,
        name=document.name,
        about=document.about,
        layers=layers,
        chosen=document.network.chosen,
        sequence=_SequenceForm(list(sequence.columns), list(sequence.vocabulary), sequence.note),
        loss=document.loss,
        rate=document.rate,
        seed=document.seed,
        sha256=hashlib.sha256(arrays).hexdigest(),
    )
    try:
        text = msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n"
    except UnicodeEncodeError:
        raise InputError("the study holds signs that are no text, so it cannot be saved; remove them") from None
    if len(text) > JSON_BYTES or len(arrays) + len(text) > LIMITS.file_bytes - MB // 4:
        raise InputError(
            f"the study needs {(len(arrays) + len(text)) / MB:,.0f} MB; a file of up to {LIMITS.file_bytes // MB} MB "
            f"with {JSON_BYTES // MB} MB of text fits"
        )
    return archive_bytes([(JSON_NAME, text), (ARRAYS_NAME, arrays)])


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
        data = source
    else:
        where, data = str(source), read_bytes(source)
    members = read_members(data, where, members=64)
    for name in (JSON_NAME, ARRAYS_NAME):
        if name not in members:
            raise InputError(f"{where}: no study: {name} is not in the archive; a file saved by this program is wanted")
    for name in members:
        if name not in (JSON_NAME, ARRAYS_NAME):
            raise InputError(f"{where}: a study has no member {name[:60]!a}; {JSON_NAME} and {ARRAYS_NAME} are")
    form = _form(members[JSON_NAME], f"{where}, {JSON_NAME}")
    if hashlib.sha256(members[ARRAYS_NAME]).hexdigest() != form.sha256:
        raise InputError(f"{where}: {ARRAYS_NAME} is not the one that was saved (SHA-256); a whole copy is wanted")
    arrays = read_tensors(members[ARRAYS_NAME], f"{where}, {ARRAYS_NAME}")
    try:
        document = _document(form, arrays)
        check_document(document)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    return document


def _form(data: bytes, where: str) -> _StudyForm:
    value = strict_json(data, where)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError(f'{where}: no study: "format": "{FORMAT}" is wanted')
    version = value.get("version")
    if type(version) is not int or version < 1:
        raise InputError(f"{where}: version {ascii(version)[:20]} is none; a whole number from 1 is wanted")
    if version > VERSION:
        raise InputError(
            f"{where}: saved by a newer program, in form {version}; this one reads up to form {VERSION}: update it"
        )
    try:
        return msgspec.convert(value, _StudyForm)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError(f"{where}: {' '.join(str(error).split())[:300]}") from None


def _document(form: _StudyForm, arrays: Arrays) -> Document:
    check_layers(len(form.layers))
    left = dict(arrays)
    layers = tuple(_layer(k, layer, left) for k, layer in enumerate(form.layers))
    tokens, targets = left.pop("sequence.tokens", None), left.pop("sequence.targets", None)
    x = left.pop("sequence.x", None)
    sequence = Sequence(
        x=None if x is None else _floats(x),
        tokens=tokens,
        vocabulary=tuple(form.sequence.vocabulary),
        targets=targets,
        columns=tuple(form.sequence.columns),
        note=form.sequence.note,
    )
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
        loss=form.loss,
        rate=form.rate,
        seed=form.seed,
        about=form.about,
        presets=presets,
    )


def _floats(array: NDArray[Any]) -> NDArray[np.float64]:
    floats = np.asarray(array, dtype=np.float64)
    floats.setflags(write=False)
    return floats


def _layer(k: int, form: _LayerForm, left: Arrays) -> Layer:
    """One layer; takes its parameters out of `left`."""
    try:
        cell = parse_cell(form.cell, f"the cell of layer {k}")
        mine = [name for name in left if name.startswith(f"layer{k}.")]
        parameters = {name.partition(".")[2]: _floats(left.pop(name)) for name in mine}
        return Layer(cell, form.inputs, form.size, form.activation, form.bias, form.direction, form.outputs, parameters)
    except InputError as error:
        sentence = str(error)
        raise InputError(sentence if f"layer {k}" in sentence else f"layer {k}: {sentence}") from None
