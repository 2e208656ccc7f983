"""The text of a study file, ``study.json``: its form of this version, and how older forms become it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from rnnstudio.engine.limits import InputError
from rnnstudio.files.jsontext import strict_json

FORMAT, VERSION = "rnnstudio", 3


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table whose keys are all known."""


class LayerForm(_Strict, frozen=True):
    """A layer without its arrays."""

    cell: str
    inputs: int
    size: int
    activation: str | None
    bias: bool
    direction: str
    outputs: int | None


class SequenceForm(_Strict, frozen=True):
    """What is known of the sequence besides its arrays."""

    columns: list[str]
    vocabulary: list[str]
    note: str
    shown: int


class SettingsForm(_Strict, frozen=True):
    """How training goes."""

    loss: str
    at: str
    optimizer: str
    rate: float
    momentum: float
    clip: float | None
    update_every: int | str
    updates: int


class StopForm(_Strict, frozen=True):
    """A stop of the study's lesson.

    ``study`` is 0 where it shows the study itself, else the number of one of the lesson's; ``keys`` are those of a
    lesson file, which only the reader of lessons knows.
    """

    study: int
    keys: dict[str, Any]
    title: str
    text: str
    caption: str
    notes: str
    say: str
    done: str
    to: str


class LessonForm(_Strict, frozen=True):
    """The lesson that a study carries; ``studies`` are the SHA-256 of the other studies that its stops show."""

    title: str
    about: str
    summary: list[str]
    stops: list[StopForm]
    studies: list[str]


class StudyForm(_Strict, frozen=True):
    """A whole study but for its arrays; `sha256` is theirs."""

    format: str
    version: int
    name: str
    about: str
    layers: list[LayerForm]
    chosen: int
    sequence: SequenceForm
    settings: SettingsForm
    mode: str
    seed: int
    lesson: LessonForm | None
    sha256: str


class _Study2(_Strict, frozen=True):
    """Version 2 carried no lesson."""

    format: str
    version: int
    name: str
    about: str
    layers: list[LayerForm]
    chosen: int
    sequence: SequenceForm
    settings: SettingsForm
    mode: str
    seed: int
    sha256: str


class _Sequence1(_Strict, frozen=True):
    columns: list[str]
    vocabulary: list[str]
    note: str


class _Study1(_Strict, frozen=True):
    """Version 1 knew one sequence, and of training the loss and the rate alone."""

    format: str
    version: int
    name: str
    about: str
    layers: list[LayerForm]
    chosen: int
    sequence: _Sequence1
    loss: str
    rate: float
    seed: int
    sha256: str


def _from_1(value: object) -> object:
    old = msgspec.convert(value, _Study1)
    sequence = SequenceForm(old.sequence.columns, old.sequence.vocabulary, old.sequence.note, 0)
    settings = SettingsForm(old.loss, "every", "sgd", old.rate, 0.0, None, "sequence", 100)
    return msgspec.to_builtins(
        _Study2(
            FORMAT, 2, old.name, old.about, old.layers, old.chosen, sequence, settings, "frozen", old.seed, old.sha256
        )
    )


def _from_2(value: object) -> object:
    old = msgspec.convert(value, _Study2)
    return {**msgspec.to_builtins(old), "version": 3, "lesson": None}


#: Version → how a text of it becomes one of the next; a text that is no such is a `msgspec.ValidationError`.
_MIGRATIONS: dict[int, Callable[[object], object]] = {1: _from_1, 2: _from_2}


def study_form(data: bytes, where: str) -> StudyForm:
    """The form in the bytes of ``study.json``, of this version or any older one.

    Raises
    ------
    InputError
        It is no study, one of a newer version, or something in it is not as its version has it.
    """
    value: Any = strict_json(data, where)
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
        for older in range(version, VERSION):
            value = _MIGRATIONS[older](value)
        return msgspec.convert(value, StudyForm)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError(f"{where}: {' '.join(str(error).split())[:300]}") from None


def form_bytes(form: StudyForm) -> bytes:
    """The text of ``study.json``.

    Raises
    ------
    InputError
        A word of it cannot be written.
    """
    try:
        return msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n"
    except UnicodeEncodeError:
        raise InputError("the study holds signs that are no text, so it cannot be saved; remove them") from None
