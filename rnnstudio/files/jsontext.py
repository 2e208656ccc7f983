"""JSON without its traps: no NaN, no key twice, no nesting without end."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from rnnstudio.engine.limits import MB, InputError

JSON_BYTES = 4 * MB


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:20]} is too large a number")
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {twice[:40]!a} is there twice")
    return found


def strict_json(data: bytes, where: str, limit: int = JSON_BYTES) -> Any:
    """The value of a JSON text.

    Raises
    ------
    InputError
        The text is over `limit` bytes, not UTF-8, not JSON, or uses what JSON leaves open: NaN and infinite numbers,
        a key twice, half a surrogate pair.
    """
    if len(data) > limit:
        raise InputError(f"{where}: {len(data):,} bytes of JSON are over the limit; {limit:,} fit")
    try:
        found = json.loads(
            data.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_pairs
        )
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # a lone surrogate ends here, not in the next save
    except json.JSONDecodeError as error:
        raise InputError(f"{where}, line {error.lineno}, column {error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{where}: lists within lists beyond all measure; at most 32 levels are wanted") from None
    except UnicodeError:
        raise InputError(f"{where}: holds signs that are no text; UTF-8 is wanted") from None
    except (ValueError, MemoryError) as error:
        raise InputError(f"{where}: not JSON as it should be: {str(error)[:120]}") from None
    return found
