"""The bundled studies, of which the first is the demonstration that the window opens with."""

from __future__ import annotations

from functools import cache

from rnnstudio.engine.limits import InputError
from rnnstudio.files.study import read_study
from rnnstudio.resources import resource
from rnnstudio.state.model import Document

#: In the order of the menu.
BUNDLED = ("tutorial", "words", "echo", "sunspots")


@cache
def bundled_study(name: str) -> Document:
    """A bundled study by its name.

    Raises
    ------
    InputError
        There is none of this name.
    """
    if name not in BUNDLED:
        raise InputError(f"there is no bundled study {name!r}; {', '.join(BUNDLED)} are")
    return read_study(resource("studies", f"{name}.rnnstudio"))


def demonstration() -> Document:
    """The tutorial's study: a network 3-4-3-2 whose second layer becomes recurrent."""
    return bundled_study(BUNDLED[0])
