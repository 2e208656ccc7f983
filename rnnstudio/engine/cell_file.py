"""The outer form of a cell file: TOML, with the line of whatever is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.toml_text import strict_toml

KEYS = (
    "kind", "version", "name", "title", "source", "caption", "sizes", "activation", "bias", "equations", "phases",
    "inline", "layer", "roles", "pytorch", "place", "same_as", "readout",
)  # fmt: skip
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_QUOTES = ("'''", '"""')
#: No place of a drawing is farther from its corner.
_FAR = 1e6
VERSION = 1


def key_line(text: str, key: str) -> int | None:
    """Line, from 1, on which a key of the file's top level stands; None where it does not."""
    pattern = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\]|\.)")
    closing = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not closing and pattern.match(line):
            return number
        rest = line
        while rest:  # step over the long strings, in which an equation may look like a key
            marks = [closing] if closing else [quote for quote in _QUOTES if quote in rest]
            at = min((rest.find(mark) for mark in marks if mark in rest), default=-1)
            if at < 0:
                break
            closing = "" if closing else rest[at : at + 3]
            rest = rest[at + 3 :]
    return None


class CellFile:
    """The table of one cell file, read with a sentence for everything that is not as it should be.

    Parameters
    ----------
    text : str
        The file's text.
    where : str
        The file's path, or another name for the place that begins every sentence.

    Raises
    ------
    InputError
        The text is not TOML, has an unknown key, is no cell, or of an unknown version.
    """

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where
        self.table: dict[str, Any] = strict_toml(text, where, f"the cell file {where}")
        if self.table.get("kind") != "cell":
            raise self.wrong("kind", 'a cell file says kind = "cell"')
        for key in self.table:
            if key not in KEYS:
                raise self.wrong(key, f"there is no such key in a cell file; the keys are {', '.join(KEYS)}")
        version = self.table.get("version")
        if version != VERSION or isinstance(version, bool):
            raise self.wrong("version", f"this version is not known; version = {VERSION} is")

    def over(self, ground: Mapping[str, Any]) -> None:
        """Take what the file does not say from `ground`, the table of the cell that ``same_as`` names."""
        self.table = {**ground, **{key: value for key, value in self.table.items() if key != "same_as"}}

    def wrong(self, key: str, reason: str) -> InputError:
        """The exception that names this file, the key and its line."""
        line = key_line(self.text, key)
        at = f", line {line}" if line else ""
        return InputError(f"{self.where}{at}, {key}: {reason}")

    def first_equation_line(self) -> int:
        """How many lines of the file stand before the equations' text (0 where the file does not hold it)."""
        line = key_line(self.text, "equations")
        if line is None:
            return 0
        opening = self.text.split("\n")[line - 1].rstrip()
        return line if opening.endswith(_QUOTES) else line - 1

    def word(self, key: str, default: str | None = None) -> str:
        """A string; without default it has to be there and to hold something."""
        found = self.table.get(key, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            raise self.wrong(key, "missing" if found is None else "a text in quotes is wanted")
        return found

    def flag(self, key: str) -> bool:
        """``true`` or ``false``, by default the latter."""
        found = self.table.get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false is wanted")
        return found

    def names(self, key: str, found: object = None) -> tuple[str, ...]:
        """A list of names; `found` where it is a part of the key's value."""
        found = self.table.get(key, []) if found is None else found
        if not isinstance(found, list) or not all(isinstance(name, str) and _IDENTIFIER.match(name) for name in found):
            raise self.wrong(key, 'a list of names is wanted, for example ["b"]')
        return tuple(found)

    def mapping(self, key: str, needed: bool = False) -> dict[str, Any]:
        """A table ``{ name = … }``."""
        found = self.table.get(key, {})
        if not isinstance(found, dict) or (needed and not found):
            raise self.wrong(key, "missing" if key not in self.table else "a table { name = … } is wanted")
        return found

    def words(self, key: str, needed: bool = False) -> dict[str, str]:
        """A table whose values are strings."""
        found = self.mapping(key, needed)
        for name, value in found.items():
            if not isinstance(value, str):
                raise self.wrong(key, f"{name} wants a text in quotes")
        return found

    def phases(self) -> tuple[tuple[str, ...], ...]:
        """The list of lists of names."""
        found = self.table.get("phases")
        if not isinstance(found, list) or not found or not all(found):
            raise self.wrong("phases", 'missing; a list of lists is wanted, for example [["x"], ["a"], ["y"]]')
        return tuple(self.names("phases", phase) for phase in found)

    def places(self) -> dict[str, tuple[Any, ...]]:
        """``name = [x, y]`` or ``name = ["gate", x, word]``."""
        places: dict[str, tuple[Any, ...]] = {}
        for name, value in self.mapping("place").items():
            gate = isinstance(value, list) and len(value) == 3 and value[0] == "gate" and isinstance(value[2], str)
            point = isinstance(value, list) and len(value) == 2
            numbers: list[Any] = value[1:2] if gate else value if point else ["none"]
            if not all(type(number) in (int, float) and abs(number) <= _FAR for number in numbers):
                raise self.wrong("place", f'{name} wants [x, y] or ["gate", x, "word"]')
            places[name] = tuple(value)
        return places
