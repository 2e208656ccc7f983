"""A lesson in another language: a file holds its texts alone, stop by stop; the pictures are those of the lesson."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rnnstudio.engine.cell_file import key_line
from rnnstudio.engine.limits import InputError, shown
from rnnstudio.engine.toml_text import strict_toml
from rnnstudio.lessons.words import plain
from rnnstudio.state.lesson import Lesson, Stop
from rnnstudio.state.written_lesson import MOST_CAPTION, MOST_LETTERS

KIND = "lesson-texts"
KEYS = ("kind", "title", "about", "summary", "stop")
STOP_KEYS = ("title", "text", "caption", "notes", "try")


def in_other_words(lesson: Lesson, text: str, where: str) -> Lesson:
    """The lesson with the texts of a file: the same stops, the same pictures.

    Parameters
    ----------
    lesson : Lesson
        As it was written.
    text : str
        The file with ``kind = "lesson-texts"``: title, about, summary, and a ``[[stop]]`` for each stop, in order.
    where : str
        The file's path, which begins every sentence.

    Raises
    ------
    InputError
        Not TOML, a key missing, unknown or of the wrong kind (names line and key), or another number of stops.
    """
    table = strict_toml(text, where, f"the texts of a lesson {where}")
    if table.get("kind") != KIND:
        raise InputError(f'{where}: the first key has to be kind = "{KIND}"')
    stops = table.get("stop")
    if not isinstance(stops, list) or len(stops) != len(lesson.stops):
        given = len(stops) if isinstance(stops, list) else 0
        raise InputError(f"{where}: {given} stops have texts, the lesson {lesson.name} has {len(lesson.stops)}")
    page = _Page(text, where)
    page.known(table, KEYS)
    summary = table.get("summary", [])
    if not isinstance(summary, list) or len(summary) != len(lesson.summary) or not all(map(_is_text, summary)):
        raise page.wrong("summary", f"{len(lesson.summary)} sentences are wanted")
    return replace(
        lesson, title=page.text(table, "title", lesson.title), about=page.text(table, "about", lesson.about),
        summary=tuple(summary),
        stops=tuple(
            _stop(stop, texts, page.at(k)) for k, (stop, texts) in enumerate(zip(lesson.stops, stops, strict=True))
        ),
    )  # fmt: skip


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _stop(stop: Stop, texts: Any, page: _Page) -> Stop:
    if not isinstance(texts, dict):
        raise page.wrong("stop", "a table is wanted")
    page.known(texts, STOP_KEYS)
    trial = stop.trial
    if trial is not None:
        trial = replace(trial, words=page.text(texts, "try", trial.words))
    elif "try" in texts:
        raise page.wrong("try", "at this stop there is nothing to try")
    said = page.text(texts, "text", stop.text)
    if len(said) > MOST_LETTERS:
        raise page.wrong("text", f"at most {MOST_LETTERS} letters are read at one stop, here are {len(said)}")
    caption = page.text(texts, "caption", stop.caption)
    if len(plain(caption)) > MOST_CAPTION:
        raise page.wrong("caption", f"a room reads at most {MOST_CAPTION} letters, here are {len(plain(caption))}")
    return replace(
        stop, title=page.text(texts, "title", stop.title), text=said, caption=caption, trial=trial,
        notes=page.text(texts, "notes", stop.notes).strip(),
    )  # fmt: skip


class _Page:
    """Part of the file, for sentences that name its lines."""

    def __init__(self, text: str, where: str, first: int = 1, place: str = "") -> None:
        self._text, self._where, self._first, self._place = text, where, first, place

    def at(self, k: int) -> _Page:
        """Stop ``k``, from 0."""
        lines = self._text.split("\n")
        starts = [n for n, line in enumerate(lines) if line.strip().replace(" ", "").startswith("[[stop]]")]
        ends = [*starts[1:], len(lines)]
        if k >= len(starts):
            return self
        return _Page("\n".join(lines[starts[k] : ends[k]]), self._where, starts[k] + 1, f"stop {k + 1}, ")

    def known(self, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        """Refuse keys that there are not."""
        for key in table:
            if key not in keys:
                raise self.wrong(key, f"not known; known are {', '.join(keys)}")

    def text(self, table: dict[str, Any], key: str, original: str) -> str:
        """The text of a key; wanted where the lesson has one."""
        value = table.get(key, "")
        if not isinstance(value, str) or bool(value.strip()) != bool(original.strip()):
            wanted = "a text is wanted" if original.strip() else "the lesson has none here"
            raise self.wrong(key, f"{wanted}, got {shown(value)}" if key in table else "it is missing")
        return " ".join(value.split()) if key != "notes" else value

    def wrong(self, key: str, sentence: str) -> InputError:
        """What is wrong with a key, and where."""
        line = self._first + (key_line(self._text, key) or 1) - 1
        return InputError(f"{self._where}, line {line}, {self._place}key {key}: {sentence}")
