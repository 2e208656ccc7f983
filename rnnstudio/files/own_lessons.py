"""Lessons that one has written, as files: in a folder of one's own, or wherever one has put them.

A lesson file names its study: one that comes along, or a study file beside it. A study can carry a lesson itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.engine.toml_text import strict_toml
from rnnstudio.files.demonstration import BUNDLED, bundled_study
from rnnstudio.files.places import data_folder, made_folder
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.storage import write_atomic
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.model import Document

LESSON, STUDY = ".toml", ".rnnstudio"
#: Files of the folder that are looked at.
MOST_OWN = 99
_KIND = re.compile(r"\s*(?:#.*\n\s*)*kind\s*=\s*[\"']lesson[\"']")
Study = Callable[[str], Document]


@dataclass(frozen=True)
class OwnLesson:
    """A lesson in the folder: what it is called, what it is about, its stops, or why it cannot be read."""

    path: Path
    title: str
    about: str = ""
    stops: int = 0
    reason: str = ""


def lessons_folder() -> Path:
    """Where own lessons are kept; nothing makes it before one is saved there."""
    return data_folder() / "lessons"


def is_lesson_file(path: str | Path) -> bool:
    """Whether a file is a lesson's, by its first key; what cannot be read is none."""
    if Path(path).suffix.lower() != LESSON:
        return False
    try:
        return bool(_KIND.match(read_bytes(path, LIMITS.text_bytes).decode("utf-8", "replace")))
    except InputError:
        return False


def lesson_file(path: str | Path) -> tuple[str, str, Study, str]:
    """What reading a lesson file takes: its text, the lesson's name, what finds its studies, and its path.

    Raises
    ------
    InputError
        It cannot be read, or is no text.
    """
    text = decoded(read_bytes(path, LIMITS.text_bytes), str(path))
    return text, Path(path).stem, study_beside(Path(path).parent), str(path)


def study_beside(folder: Path) -> Study:
    """What finds the study that a lesson names: one that comes along, or a file in the lesson's folder."""
    read: dict[str, Document] = {}

    def study(name: str) -> Document:
        if name in BUNDLED:
            return bundled_study(name)
        if not name.lower().endswith(STUDY):
            raise InputError(
                f"there is no bundled study {name[:60]!r}; {', '.join(BUNDLED)} are, or a file that ends in {STUDY}"
            )
        if Path(name).name != name or "\\" in name:
            raise InputError(f"{name[:60]!r} does not lie beside the lesson; the plain name of a file there is wanted")
        if name not in read:
            read[name] = read_study(folder / name)
        return read[name]

    return study


def own_lessons() -> tuple[OwnLesson, ...]:
    """The lessons of the folder, by the names of their files; a broken one says why. Plain studies are not listed."""
    try:
        paths = sorted(path for path in lessons_folder().iterdir() if path.suffix.lower() in (LESSON, STUDY))
    except OSError:
        return ()
    return tuple(found for path in paths[:MOST_OWN] for found in _found(path))


def _found(path: Path) -> list[OwnLesson]:
    try:
        if path.suffix.lower() == STUDY:
            lesson = read_study(path).lesson
            return [] if lesson is None else [OwnLesson(path, lesson.title, lesson.about, len(lesson.stops))]
        table = strict_toml(lesson_file(path)[0], str(path), f"the lesson file {path}")
    except InputError as error:
        return [OwnLesson(path, path.stem, reason=str(error))]
    if table.get("kind") != "lesson":
        return []
    stops = table.get("stop")
    count = len(stops) if isinstance(stops, list) else 0
    return [OwnLesson(path, _text(table, "title") or path.stem, _text(table, "about"), count)]


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    return value if isinstance(value, str) else ""


def own_lesson(name: str) -> Path | None:
    """The file of a lesson that is meant by a name: a path, or one of the folder by its name without the ending."""
    if name.lower().endswith((LESSON, STUDY)):
        return Path(name)
    return next((one.path for one in own_lessons() if one.path.stem == name), None)


def proposed_lesson(title: str) -> Path:
    """Where a lesson would be saved; the folder is made.

    Raises
    ------
    InputError
        The folder cannot be made.
    """
    return made_folder(lessons_folder(), "lesson") / f"{file_name(title)}{LESSON}"


def file_name(title: str) -> str:
    """A title as the name of a file: letters, figures and hyphens."""
    plain = re.sub(r"<\w+\|([^>]*)>", r"\1", title)
    return re.sub(r"[^\w]+", "-", plain.lower()).strip("-_")[:60] or "lesson"


def save_lesson_file(
    path: Path, text_of: Callable[[Callable[[Document], str]], str], read: Callable[[str, str, Study, str], object]
) -> list[Path]:
    """Write a lesson file and, beside it, the studies that it shows and that do not come along.

    Parameters
    ----------
    path : Path
        Where.
    text_of : callable
        Makes the text, given what gives a study its name.
    read : callable
        Reads a lesson file, so that nothing is left on the disk that cannot be opened.

    Returns
    -------
    list of Path
        The files, the lesson's first.

    Raises
    ------
    InputError
        It cannot be written, or could not be read again.
    """
    target = path if path.suffix.lower() == LESSON else path.with_name(path.name + LESSON)
    before = target.read_text("utf-8", "replace") if target.is_file() else ""
    bundled = {write_study(bundled_study(name)): name for name in BUNDLED}
    beside: dict[str, bytes] = {}
    names: dict[Document, str] = {}

    def name(study: Document) -> str:
        if study not in names:
            data = write_study(study)
            names[study] = bundled.get(data) or _free(target, data, before, beside)
        return names[study]

    text = text_of(name)
    known = {name: study for study, name in names.items()}
    read(text, target.stem, lambda wanted: known[wanted], str(target))
    for other, data in beside.items():
        write_atomic(target.with_name(other), data)
    write_atomic(target, text.encode("utf-8"))
    return [target, *(target.with_name(other) for other in beside)]


def _free(target: Path, data: bytes, before: str, beside: dict[str, bytes]) -> str:
    """A name for a study beside the lesson: no other file is written over but those of the lesson as it was."""
    for number in range(1, 1000):
        name = f"{target.stem}-{number}{STUDY}"
        place = target.with_name(name)
        if name not in beside and (not place.exists() or f'study = "{name}"' in before):
            beside[name] = data
            return name
    raise InputError(f"{target}: a thousand studies stand beside it already; save the lesson in another folder")
