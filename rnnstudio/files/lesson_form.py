"""The lesson that a study carries, in its file: the words and keys in ``study.json``, other studies as members."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec

from rnnstudio.engine.limits import InputError
from rnnstudio.files.study_form import LessonForm, StopForm
from rnnstudio.state.model import Document
from rnnstudio.state.written_lesson import MOST_STOPS, WORDS, WrittenLesson, WrittenStop, bare, same_study

#: A member with the k-th other study of the lesson, from 1.
MEMBER = "lesson/{}.rnnstudio"
#: Letters of one text, of all texts of a lesson, and how deep a key's value may be.
_LETTERS, _DEPTH = 20_000, 4


def lesson_form(document: Document, write: Callable[[Document], bytes]) -> tuple[LessonForm | None, list[bytes]]:
    """The form of a document's lesson, and the bytes of the studies that it shows beside the document's own.

    Raises
    ------
    InputError
        One of them cannot be written, or a text is beyond all measure.
    """
    lesson = document.lesson
    if lesson is None:
        return None, []
    own = bare(document)
    others: list[Document] = []
    stops = []
    _check(lesson)
    for stop in lesson.stops:
        number = 0
        if not same_study(stop.study, own):
            if stop.study not in others:
                others.append(stop.study)
            number = others.index(stop.study) + 1
        stops.append(StopForm(number, dict(stop.keys), **stop.words()))
    written = [write(study) for study in others]
    studies = [hashlib.sha256(data).hexdigest() for data in written]
    return LessonForm(lesson.title, lesson.about, list(lesson.summary), stops, studies), written


def members_of(form: LessonForm | None) -> list[str]:
    """The names of the members that a lesson brings."""
    return [] if form is None else [MEMBER.format(k) for k in range(1, len(form.studies) + 1)]


def form_lesson(
    form: LessonForm, own: Document, members: dict[str, bytes], read: Callable[[bytes, str], Document], where: str
) -> WrittenLesson:
    """The lesson of a form.

    Parameters
    ----------
    form : LessonForm
        What `study.json` says of it.
    own : Document
        The study that carries it.
    members : dict
        Name → bytes of the archive's members.
    read : callable
        Makes a document of the bytes of a plain study, which is named in sentences.
    where : str
        The file.

    Raises
    ------
    InputError
        A study is not the one that was saved, is missing, is shown by no stop, or a stop names one that there is not.
    """
    if len(form.stops) > MOST_STOPS:
        raise InputError(f"its lesson has {len(form.stops)} stops; up to {MOST_STOPS} fit")
    studies = [own]
    for name, wanted in zip(members_of(form), form.studies, strict=True):
        if hashlib.sha256(members[name]).hexdigest() != wanted:
            raise InputError(f"{name} is not the one that was saved (SHA-256); a whole copy is wanted")
        studies.append(read(members[name], f"{where}, {name}"))
    stops = []
    for k, stop in enumerate(form.stops):
        if not 0 <= stop.study < len(studies):
            raise InputError(f"stop {k + 1} of its lesson shows study {stop.study}; 0 to {len(studies) - 1} are there")
        words = {name: getattr(stop, name) for name in WORDS}
        stops.append(WrittenStop(studies[stop.study], MappingProxyType(stop.keys), **words))
    if list(dict.fromkeys(stop.study for stop in form.stops if stop.study)) != list(range(1, len(studies))):
        raise InputError("the studies of its lesson do not stand in the order in which its stops show them")
    made = WrittenLesson(form.title, form.about, tuple(form.summary), tuple(stops))
    _check(made)
    return made


def _check(lesson: WrittenLesson) -> None:
    """Refuse what no lesson needs, so that whatever is written is read again."""
    for text in (lesson.title, lesson.about, *lesson.summary):
        if len(text) > _LETTERS:
            raise InputError(f"a text of its lesson has {len(text):,} letters; up to {_LETTERS:,} fit")
    for k, stop in enumerate(lesson.stops):
        longest = max(len(text) for text in stop.words().values())
        if longest > _LETTERS:
            raise InputError(f"a text of stop {k + 1} of its lesson has {longest:,} letters; up to {_LETTERS:,} fit")
        if _depth(stop.keys) > _DEPTH or len(msgspec.json.encode(dict(stop.keys))) > _LETTERS:
            raise InputError(f"the keys of stop {k + 1} of its lesson are out of all measure")


def _depth(value: Any) -> int:
    if isinstance(value, dict | MappingProxyType):
        return 1 + max((_depth(one) for one in value.values()), default=0)
    if isinstance(value, list | tuple):
        return 1 + max((_depth(one) for one in value), default=0)
    return 0
