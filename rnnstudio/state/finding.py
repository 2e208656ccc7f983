"""Finding by a few letters: which names hold them in their order, and how well each of them fits."""

from __future__ import annotations

from collections.abc import Sequence as Items
from dataclasses import dataclass
from itertools import pairwise

#: What a fit is worth: letters that begin a name, that begin one of its words, that stand together in a word, that are
#: scattered from the beginning of a word on; and what a letter that is left out in between takes off.
BEGINS, BEGINS_WORD, TOGETHER, SCATTERED, GAP = 100.0, 80.0, 50.0, 40.0, 2.0
#: Letters that are scattered over more than so many times their number are no fit.
WIDEST = 6
#: Letters that are found only in what else a thing is called are worth so much of those in its name.
ALSO = 0.6


@dataclass(frozen=True)
class Fit:
    """How well a name fits what is looked for, and which of its letters did."""

    worth: float
    letters: tuple[int, ...]


def fit(wanted: str, name: str, also: str = "") -> Fit | None:
    """How a name fits the letters that are looked for; None where it does not.

    Every word of ``wanted`` has to be found, in any order: at the beginning of a word of the name, within one, or with
    its letters scattered in their order, from the beginning of a word on.

    Parameters
    ----------
    wanted : str
        What was typed.
    name : str
        The name whose letters are marked.
    also : str
        What else the thing is called; what is found there is worth less and marks nothing.
    """
    worth, letters = 0.0, set[int]()
    low, rest = _folded(name), _folded(also)
    for word in _folded(wanted).split():
        found, elsewhere = _word(word, low), _word(word, rest)
        if found is not None and (elsewhere is None or found.worth >= ALSO * elsewhere.worth):
            worth += found.worth
            letters.update(found.letters)
        elif elsewhere is not None:
            worth += ALSO * elsewhere.worth
        else:
            return None
    return Fit(worth, tuple(sorted(letters)))


def _folded(text: str) -> str:
    """Small letters, one for one, so that places stay those of the text."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _word(word: str, name: str) -> Fit | None:
    """The best place of a word in a name."""
    at = name.find(word)
    within = at
    while at >= 0:
        if _begins(name, at):
            # the less of the name is left over the better
            worth = (BEGINS if at == 0 else BEGINS_WORD) - min(len(name) - len(word), 40) / 40
            return Fit(worth, tuple(range(at, at + len(word))))
        at = name.find(word, at + 1)
    if within >= 0 and len(word) > 1:
        return Fit(TOGETHER, tuple(range(within, within + len(word))))
    return _scattered(word, name) if len(word) > 1 else None


def _begins(name: str, at: int) -> bool:
    """Whether a word begins there."""
    return at == 0 or not name[at - 1].isalnum()


def _scattered(word: str, name: str) -> Fit | None:
    """The letters in their order, the first at the beginning of a word, as near together as they come."""
    best: Fit | None = None
    for start in range(len(name)):
        if name[start] != word[0] or not _begins(name, start):
            continue
        places = [start]
        for letter in word[1:]:
            at = _next(name, letter, places[-1] + 1)
            if at < 0:
                break
            places.append(at)
        else:
            spread = places[-1] - places[0] + 1
            jumps = sum(b > a + 1 and not _begins(name, b) for a, b in pairwise(places))
            if spread <= WIDEST * len(word):
                worth = SCATTERED - GAP * jumps - spread / len(word)
                if best is None or worth > best.worth:
                    best = Fit(worth, tuple(places))
    return best


def _next(name: str, letter: str, start: int) -> int:
    """Where a letter comes next: right there, at the beginning of a word, or at all; −1 where it does not."""
    if name[start : start + 1] == letter:
        return start
    at = name.find(letter, start)
    any_place = at
    while at >= 0:
        if _begins(name, at):
            return at
        at = name.find(letter, at + 1)
    return any_place


def ranked(wanted: str, names: Items[tuple[str, str]]) -> list[tuple[int, Fit]]:
    """(number, fit) of the names that fit, the best first; those that fit alike keep their order.

    Parameters
    ----------
    wanted : str
        What was typed; nothing finds everything.
    names : sequence of (str, str)
        Name, and what else the thing is called.
    """
    found = [(k, made) for k, (name, also) in enumerate(names) if (made := fit(wanted, name, also)) is not None]
    return sorted(found, key=lambda entry: -round(entry[1].worth, 3))
