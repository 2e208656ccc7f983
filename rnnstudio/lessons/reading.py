"""A lesson file: TOML with a table for each stop, read with the line and key of whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rnnstudio.engine.cell_file import key_line
from rnnstudio.engine.limits import InputError, shown
from rnnstudio.engine.toml_text import strict_toml
from rnnstudio.lessons.tour import try_out
from rnnstudio.lessons.tried import SIGNS
from rnnstudio.lessons.verbs import VERBS, actions_of
from rnnstudio.lessons.words import plain
from rnnstudio.state.actions.files import OpenDocument
from rnnstudio.state.lesson import Lesson, Stop, Trial
from rnnstudio.state.model import Document
from rnnstudio.state.store import Action
from rnnstudio.state.written_lesson import MOST_CAPTION, MOST_LETTERS, MOST_STOPS

KEYS = ("kind", "title", "about", "study", "summary", "stop")
STOP_KEYS = ("title", "text", "try", "notes", "caption", "study", *VERBS)


def parse_lesson(text: str, name: str, study: Callable[[str], Document], where: str = "") -> Lesson:
    """Read a lesson from the text of its file.

    Parameters
    ----------
    text : str
        The file's text.
    name : str
        What the lesson is called on the command line.
    study : callable
        Gives the study of a name; raises `InputError` for one that there is not.
    where : str
        The file's path, which begins every sentence; default: the lesson's name.

    Raises
    ------
    InputError
        Not TOML (names line and column), a key missing, unknown or of the wrong kind (names line and key), an action
        that the study does not allow (names the stop).
    """
    return _LessonFile(text, where or f"lesson {name}").lesson(name, study)


class _LessonFile:
    """The table of a lesson file, with a sentence for everything that is not as it should be."""

    def __init__(self, text: str, where: str) -> None:
        self._where = where
        self._table: dict[str, Any] = strict_toml(text, where, f"the lesson file {where}")
        pieces = _split(text)
        self._head, self._stops = pieces[0], pieces[1:]

    def lesson(self, name: str, study: Callable[[str], Document]) -> Lesson:
        """The lesson, each of whose stops has been tried."""
        if self._table.get("kind") != "lesson":
            raise InputError(f'{self._where}: the first key has to be kind = "lesson"')
        self._only(self._table, KEYS, None)
        summary = self._table.get("summary", [])
        if not isinstance(summary, list) or not all(isinstance(line, str) and line for line in summary):
            raise self._wrong(None, "summary", f"a list of sentences is wanted, got {shown(summary)}")
        stops = self._table.get("stop")
        if not isinstance(stops, list) or not 1 <= len(stops) <= MOST_STOPS:
            raise InputError(f"{self._where}: from 1 to {MOST_STOPS} tables [[stop]] are wanted")
        made = Lesson(
            name, self._text(self._table, "title", None), self._text(self._table, "about", None, False),
            self._study(study, self._table, None),
            tuple(self._stop(k, stop, study) for k, stop in enumerate(stops)), tuple(summary),
        )  # fmt: skip
        for k in range(len(made.stops)):
            try:
                try_out(made, k)
            except InputError as error:
                raise InputError(f"{self._where}, {self._place(k)}: {error}") from error
        return made

    def _study(self, study: Callable[[str], Document], table: dict[str, Any], k: int | None) -> Document:
        wanted = self._text(table, "study", k)
        try:
            return study(wanted)
        except InputError as error:
            raise self._wrong(k, "study", str(error)) from error

    def _stop(self, k: int, table: Any, study: Callable[[str], Document]) -> Stop:
        if not isinstance(table, dict):
            raise InputError(f"{self._where}, {self._place(k)}: a table is wanted")
        self._only(table, STOP_KEYS, k)
        return Stop(
            self._text(table, "title", k), self._text(table, "text", k), self._actions(k, table, study),
            self._trial(k, table), self._text(table, "notes", k, False), self._text(table, "caption", k, False),
        )  # fmt: skip

    def _actions(self, k: int, table: dict[str, Any], study: Callable[[str], Document]) -> tuple[Action, ...]:
        found: list[Action] = []
        if "study" in table:
            found.append(OpenDocument(self._study(study, table, k)))
        found += actions_of(table, partial(self._wrong, k))
        return tuple(found)

    def _trial(self, k: int, table: dict[str, Any]) -> Trial | None:
        found = table.get("try")
        if found is None:
            return None
        if not isinstance(found, dict) or not isinstance(found.get("say"), str) or not found["say"]:
            raise self._wrong(k, "try", 'a table such as { say = "Change s_0.", done = "value" } is wanted')
        for key in found:
            if key not in ("say", "done", "to"):
                raise self._wrong(k, "try", f"{key} is not known; known are say, done, to")
        sign, wanted = found.get("done", ""), found.get("to", "")
        if sign and sign not in SIGNS:
            raise self._wrong(k, "try", f"done may be {', '.join(SIGNS)}, got {shown(sign)}")
        return Trial(found["say"], sign, str(wanted))

    def _text(self, table: dict[str, Any], key: str, k: int | None, needed: bool = True) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            raise self._wrong(k, key, f"a text is wanted, got {shown(value)}" if key in table else "it is missing")
        if key == "text" and len(value) > MOST_LETTERS:
            raise self._wrong(k, key, f"at most {MOST_LETTERS} letters are read at one stop, here are {len(value)}")
        if key == "caption" and len(plain(value)) > MOST_CAPTION:
            raise self._wrong(k, key, f"a room reads at most {MOST_CAPTION} letters, here are {len(plain(value))}")
        return " ".join(value.split()) if key != "notes" else value.strip()

    def _only(self, table: dict[str, Any], known: tuple[str, ...], k: int | None) -> None:
        for key in table:
            if key not in known:
                raise self._wrong(k, key, f"not known; known are {', '.join(known)}")

    def _place(self, k: int) -> str:
        first = self._stops[k][0] if k < len(self._stops) else 1
        return f"line {first}, stop {k + 1}"

    def _wrong(self, k: int | None, key: str, sentence: str) -> InputError:
        first, text = self._head if k is None else self._stops[k] if k < len(self._stops) else (1, "")
        line = first + (key_line(text, key) or 1) - 1
        of_stop = "" if k is None else f"stop {k + 1}, "
        return InputError(f"{self._where}, line {line}, {of_stop}key {key}: {sentence}")


def _split(text: str) -> list[tuple[int, str]]:
    """The text before the first ``[[stop]]`` and that of each of them, with the line on which it begins."""
    pieces: list[tuple[int, list[str]]] = [(1, [])]
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip().replace(" ", "").startswith("[[stop]]"):
            pieces.append((number, []))
        pieces[-1][1].append(line)
    return [(first, "\n".join(lines)) for first, lines in pieces]
