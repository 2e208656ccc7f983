"""TOML without its traps: no nesting without end, no key of thousands of parts."""

from __future__ import annotations

import tomllib
from typing import Any

from rnnstudio.engine.limits import InputError, check_text_bytes

#: Points in a line. The time for a key of n parts grows with n^2: 20,000 parts, which fit a small file, take minutes.
_POINTS = 200


def strict_toml(text: str, where: str, what: str) -> dict[str, Any]:
    """The table of a TOML text.

    Parameters
    ----------
    text : str
        All of it.
    where : str
        Its path, or another name for the place that begins every sentence.
    what : str
        What its size is of, for the sentence when it is too long.

    Raises
    ------
    InputError
        It is too long, is not TOML (names line and column), or holds a number, a nesting or a key out of all measure.
    """
    check_text_bytes(len(text.encode("utf-8", "replace")), what)
    for number, line in enumerate(text.split("\n"), start=1):
        points = line.count(".")
        if points > _POINTS:
            raise InputError(f"{where}, line {number}: {points:,} points are too many; {_POINTS} in a line fit")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: this is not TOML: {str(error)[:200]}") from None
    except (ValueError, RecursionError):
        raise InputError(f"{where}: this TOML holds a number or a nesting that is out of all measure") from None
    large = _beyond_64_bits(table)
    if large:
        raise InputError(f"{where}, {large}: this whole number is out of all measure; TOML's have 64 bits")
    return table


def _beyond_64_bits(table: dict[str, Any]) -> str:
    """The key whose whole number TOML does not have, though the reader takes it; empty where there is none."""
    waiting: list[tuple[str, Any]] = list(table.items())
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            return key
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(key, part) for part in value]
    return ""
