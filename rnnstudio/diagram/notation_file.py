"""Notation files: TOML, with the line and key of whatever is wrong; those that come with the program by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rnnstudio.diagram.notation import ABOVE, BELOW, COLUMN, DIALECTS, ROW, TUTORIAL, Notation
from rnnstudio.engine.cell_file import key_line
from rnnstudio.engine.limits import InputError, shown
from rnnstudio.engine.toml_text import strict_toml
from rnnstudio.resources import resource

KEYS = ("kind", "title", "source", "vectors", "transposed", "time", "product", "elementwise", "dialects", "symbols",
        "cells")  # fmt: skip
#: The tutorial's first, then as the menu has them.
SHIPPED = ("tutorial", "xh", "uwv", "pytorch", "keras")
#: What the tutorial writes: a letter, and of gates and the like a name below it, or * for any.
_OURS = re.compile(r"[A-Za-z](_([A-Za-z][A-Za-z0-9]*|\*))?")
#: What a book writes instead: a letter or an upright word, with scripts.
_THEIRS = re.compile(
    r"(?:\\[A-Za-z]+|[A-Za-z])(?:_\{[A-Za-z0-9*,+-]{1,12}\}|_[A-Za-z0-9*])?(?:\^\{[A-Za-z0-9*,()]{1,8}\})?"
)
_CHOICES = {
    "vectors": (COLUMN, ROW), "time": (BELOW, ABOVE), "product": ("", "·"), "elementwise": ("⊙", "∘", "*"),
}  # fmt: skip


@lru_cache(maxsize=16)
def shipped_notation(name: str) -> Notation:
    """Read a notation that comes with the program.

    Raises
    ------
    InputError
        There is none of that name, or its file is wrong: names the line and the key.
    """
    if name not in SHIPPED:
        raise InputError(f"notation {name!r} is not known; known are {', '.join(SHIPPED)}, and files ending in .toml")
    path = resource("notations", f"{name}.toml")
    found = parse_notation(path.read_text(encoding="utf-8"), name, f"notation {name}")
    return TUTORIAL if name == TUTORIAL.name else found


def parse_notation(text: str, name: str, where: str = "") -> Notation:
    """Read a notation from the text of its file.

    Parameters
    ----------
    text : str
        The file's text.
    name : str
        What the notation is called.
    where : str
        The file's path, which begins every sentence; default: the name.

    Raises
    ------
    InputError
        Not TOML (names line and column), or a key missing, unknown or of the wrong kind (names line and key).
    """
    return _File(text, where or f"notation {name}").notation(name)


class _File:
    def __init__(self, text: str, where: str) -> None:
        self._text, self._where = text, where
        self._table: dict[str, Any] = strict_toml(text, where, f"the notation file {where}")

    def notation(self, name: str) -> Notation:
        table = self._table
        if table.get("kind") != "notation":
            raise InputError(f'{self._where}: the first key has to be kind = "notation"')
        for key in table:
            if key not in KEYS:
                raise self._wrong(key, f"not known; known are {', '.join(KEYS)}")
        for key in ("title", "source"):
            if not isinstance(table.get(key), str) or not table[key].strip():
                raise self._wrong(key, "a text is wanted")
        words = {key: self._choice(key, allowed) for key, allowed in _CHOICES.items()}
        transposed = table.get("transposed", False)
        if not isinstance(transposed, bool):
            raise self._wrong("transposed", f"true or false is wanted, got {shown(transposed)}")
        cells = table.get("cells", {})
        if not isinstance(cells, dict):
            raise self._wrong("cells", "tables such as [cells.lstm] are wanted")
        return Notation(
            name, table["title"], table["source"], self._symbols("symbols", table.get("symbols", {})),
            MappingProxyType({cell: self._symbols(f"cells.{cell}", symbols) for cell, symbols in cells.items()}),
            words["vectors"], transposed, words["time"], words["product"], words["elementwise"], self._dialects(),
        )  # fmt: skip

    def _choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._table.get(key, allowed[0])
        if value not in allowed:
            raise self._wrong(key, f"one of {', '.join(repr(word) for word in allowed)} is wanted, got {shown(value)}")
        return str(value)

    def _dialects(self) -> frozenset[str]:
        value = self._table.get("dialects", [])
        if not isinstance(value, list) or not set(map(str, value)) <= set(DIALECTS):
            raise self._wrong("dialects", f"a list of {', '.join(DIALECTS)} is wanted, got {shown(value)}")
        return frozenset(value)

    def _symbols(self, table_name: str, table: Any) -> Mapping[str, str]:
        if not isinstance(table, dict):
            raise self._wrong(table_name, f"a table [{table_name}] of symbols is wanted")
        for ours, theirs in table.items():
            if not _OURS.fullmatch(ours):
                raise self._wrong(ours, 'a symbol of the tutorial such as s, W_f or "W_*" is wanted', table_name)
            if not isinstance(theirs, str) or not _THEIRS.fullmatch(theirs):
                like = r'a symbol such as "h", "W_{xh}" or "\\kernel"'
                raise self._wrong(ours, f"{like} is wanted, got {shown(theirs)}", table_name)
            if "*" in theirs and not ours.endswith("*"):
                raise self._wrong(ours, f"* stands for a name where the key ends in _*, got {theirs!r}", table_name)
        return MappingProxyType(dict(table))

    def _wrong(self, key: str, sentence: str, table: str = "") -> InputError:
        before, text = 0, self._text
        if table:  # the same key may stand in several tables
            before = (key_line(text, table) or 1) - 1
            text = "\n".join(text.split("\n")[before:])
        line = before + (key_line(text, key) or 1)
        full = f"{table}.{key}" if table else key
        return InputError(f"{self._where}, line {line}, key {full}: {sentence}")
