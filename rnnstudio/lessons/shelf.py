"""The lessons that come along, in the order in which they are given."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from rnnstudio.engine.limits import InputError
from rnnstudio.lessons.words import plain
from rnnstudio.resources import resource
from rnnstudio.state.lesson import Lesson
from rnnstudio.state.model import Document

#: Name → title, in the order of the menu, which is made without reading the files.
SHELF: Mapping[str, str] = MappingProxyType({
    "from-a-layer": "From a layer to a recurrent network",
    "what-r-is": "What R() is",
    "what-it-remembers": "What it remembers",
    "lstm": "LSTM",
    "gru": "GRU, and its two forms",
    "words": "Words",
    "same-weights": "Same W or W_t?",
})  # fmt: skip


def _text(name: str) -> str:
    if name not in SHELF:
        raise InputError(f"there is no lesson {name!r}; {', '.join(SHELF)} are")
    return resource("lessons", f"{name}.toml").read_text(encoding="utf-8")


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def about(name: str) -> tuple[str, int]:
    """(one sentence, number of stops) of a lesson that comes along."""
    table = _table(name)
    return str(table["about"]), len(table["stop"])


def stop_titles(name: str) -> tuple[str, ...]:
    """What the stops of a lesson that comes along are called, in plain letters."""
    return tuple(plain(str(stop["title"])) for stop in _table(name)["stop"])


@cache
def shelf_lesson(name: str, study: Callable[[str], Document], language: str = "en") -> Lesson:
    """A lesson that comes along.

    Parameters
    ----------
    name : str
        Its name.
    study : callable
        Gives the bundled study of a name.
    language : str
        Code of the language of its texts; English where it has none in that.

    Raises
    ------
    InputError
        There is none of this name, or one of its files is wrong.
    """
    from rnnstudio.lessons.reading import parse_lesson  # with all actions: no start without a lesson needs it

    lesson = parse_lesson(_text(name), name, study) if language == "en" else shelf_lesson(name, study)
    texts = resource("lessons", language, f"{name}.toml")
    if not texts.is_file():
        return lesson
    from rnnstudio.lessons.texts import in_other_words

    return in_other_words(lesson, texts.read_text(encoding="utf-8"), str(texts))
