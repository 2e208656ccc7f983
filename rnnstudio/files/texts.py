"""Texts as sequences of tokens: characters, or words with punctuation as tokens of its own."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from rnnstudio.engine.limits import LIMITS, InputError
from rnnstudio.state.model import Sequence

TOKENS = ("chars", "words")
_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
#: A text is read by words where it has so many of them, of a mean length within these bounds.
_PROSE_WORDS, _PROSE_LENGTH = 12, (2.0, 12.0)
_SAMPLE = 20_000
#: Signs of a text that are looked at; of more, only that there are more is said.
COUNTED = 4_000_000


def prose(text: str) -> bool:
    """Whether a text looks like sentences, to be read by words."""
    words = text[:_SAMPLE].split()
    if len(words) < _PROSE_WORDS:
        return False
    letters = sum(len(word) for word in words) / len(words)
    return _PROSE_LENGTH[0] <= letters <= _PROSE_LENGTH[1]


def tokenise(text: str, tokens: str) -> list[str]:
    """The tokens of a text: its characters, or its words in lower case and its punctuation marks."""
    return list(text) if tokens == "chars" else _WORD.findall(text.lower())


def text_sequence(text: str, where: str, tokens: str | None = None) -> Sequence:
    """The tokens of a text as indices into its vocabulary, which stands in the order of first appearance.

    Parameters
    ----------
    text : str
        The text; what does not fit ``LIMITS.steps`` and ``LIMITS.words`` is left off at its end, and the note says so.
    where : str
        Its path, for sentences.
    tokens : {"chars", "words"}, optional
        By default words where the text looks like prose, else characters.

    Raises
    ------
    InputError
        The text has no token, or `tokens` is something else.
    """
    if tokens is not None and tokens not in TOKENS:
        raise InputError(f"--tokens {tokens}: {' or '.join(TOKENS)} is wanted")
    more = "more than " if len(text) > COUNTED else ""
    text = text[:COUNTED]
    chosen = tokens or ("words" if prose(text) else "chars")
    found = tokenise(text.rstrip("\n") if chosen == "chars" else text, chosen)
    if not found:
        raise InputError(f"{where}: there is no {chosen[:-1]} in it, so no step; a text with some is wanted")
    index: dict[str, int] = {}
    indices: list[int] = []
    for token in found[: LIMITS.steps]:
        at = index.setdefault(token, len(index))
        if at >= LIMITS.words:
            del index[token]
            break
        indices.append(at)
    note = ""
    if len(indices) < len(found):
        note = (
            f"The text has {more}{len(found):,} {_plural(chosen)} ({more}{len(set(found)):,} different); shown are the "
            f"first {len(indices):,} ({len(index):,} different), as up to {LIMITS.steps:,} steps of up to "
            f"{LIMITS.words:,} different tokens fit."
        )
    return Sequence(tokens=np.array(indices, dtype=np.int64), vocabulary=tuple(index), note=note)


def _plural(tokens: str) -> str:
    return "characters" if tokens == "chars" else "words and marks"


def kind_of(sequence: Sequence) -> str:
    """Which tokens a text was read by, as a word of a sentence."""
    return "characters" if all(len(token) == 1 for token in sequence.vocabulary) else "words"


def with_next(sequence: Sequence) -> Sequence:
    """The sequence with the next sample as the target of each: the last one is a target only, so T is less by one.

    A sequence of one step stays as it is, without target.
    """
    if sequence.steps < 2:
        return sequence
    if sequence.tokens is not None:
        return replace(sequence, tokens=sequence.tokens[:-1], targets=sequence.tokens[1:])
    if sequence.x is None:
        return sequence
    return replace(sequence, x=sequence.x[:-1], targets=sequence.x[1:])
