"""Classes 1 to 5 and 16: damage that needs no knowledge of the form, and traps that lie in texts."""

from __future__ import annotations

import re
from random import Random

#: The bytes, and whether they have to be refused (True), have to open (False), or may do either (None).
Damage = tuple[bytes, bool | None]
TEXTS = ("table", "text", "cell", "theme", "lesson", "json")


def empty(data: bytes, pick: Random) -> Damage:
    """1: nothing at all."""
    return b"", True


def one_byte(data: bytes, pick: Random) -> Damage:
    """2: a single byte."""
    return bytes([pick.randrange(256)]), None


_BOUNDARIES = re.compile(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06|\n|[{}\[\],]")


def cut_short(data: bytes, pick: Random) -> Damage:
    """3: cut off where a piece of it ends, or anywhere."""
    places = [match.start() for match in _BOUNDARIES.finditer(data, 0, 200_000)]
    at = pick.choice(places) if places and pick.random() < 0.5 else pick.randrange(len(data))
    return data[:at], None


def flipped(data: bytes, pick: Random) -> Damage:
    """4: one to eight bits."""
    changed = bytearray(data)
    for _ in range(pick.randint(1, 8)):
        changed[pick.randrange(len(changed))] ^= 1 << pick.randrange(8)
    return bytes(changed), None


def shifted(data: bytes, pick: Random) -> Damage:
    """5: bytes more, bytes less, a block twice."""
    at, count = pick.randrange(len(data)), pick.randint(1, 200)
    more = {"more": pick.randbytes(count), "less": b"", "twice": 2 * data[at : at + count]}[
        way := pick.choice(("more", "less", "twice"))
    ]
    return data[:at] + more + data[at + (0 if way == "more" else count) :], None


def _inserted(data: bytes, pick: Random, what: bytes) -> bytes:
    at = pick.randrange(len(data) + 1)
    return data[:at] + what + data[at:]


def text_trap(data: bytes, pick: Random) -> Damage:
    """16: what editors and old systems leave in a text, and what makes it look like another."""
    way = pick.randrange(9)
    if way == 0:
        return b"\xef\xbb\xbf" + data, None
    if way == 1:
        return data.decode("utf-8").encode("utf-16"), True
    if way == 2:
        return _inserted(data, pick, b"\0"), True
    if way == 3:
        return _inserted(data, pick, b"\xed\xa0\x80"), True  # half of a pair
    if way == 4:
        return _inserted(data, pick, "\u202egnp.".encode()), None
    if way == 5:
        return _inserted(data, pick, "\u0301\u200b\u2028".encode()), None
    if way == 6:
        line = pick.choice((b"1,", b"a", b"[", b"x.", b"'", b'"', b" ", b"7"))
        return _inserted(data, pick, line * (pick.choice((2_000, 20_000, 200_000)) // len(line))), None
    if way == 7:
        return data.replace(b"\n", pick.choice((b"\r\n", b"\r"))), None
    ends = (b"\r\n", b"\n", b"\r")
    return b"".join(line + pick.choice(ends) for line in data.split(b"\n")), None


def long_line(data: bytes, pick: Random) -> Damage:
    """16: ten million signs in one line."""
    return pick.choice((b"1,", b"ab,", b"word ", b"a", b"7", b'"')) * 5_000_000, None
