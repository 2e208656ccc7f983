"""The lessons that come along, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rnnstudio.engine.limits import InputError
from rnnstudio.lessons.reading import parse_lesson
from rnnstudio.resources import resource
from rnnstudio.state.lesson import Lesson
from rnnstudio.state.model import Document

#: In the order of the menu; a lesson is the file of its name in ``resources/lessons``.
SHELF = ("from-a-layer", "what-r-is", "what-it-remembers", "lstm", "gru", "words", "same-weights")


def lesson_names() -> tuple[str, ...]:
    """Names of the lessons that come along."""
    return SHELF


@lru_cache(maxsize=16)
def shelf_lesson(name: str, study: Callable[[str], Document]) -> Lesson:
    """A lesson that comes along.

    Parameters
    ----------
    name : str
        Its name.
    study : callable
        Gives the bundled study of a name.

    Raises
    ------
    InputError
        There is none of this name, or its file is wrong.
    """
    if name not in SHELF:
        raise InputError(f"there is no lesson {name!r}; {', '.join(SHELF)} are")
    path = resource("lessons", f"{name}.toml")
    return parse_lesson(path.read_text(encoding="utf-8"), name, study)
