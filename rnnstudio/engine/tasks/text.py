"""The next character of a text."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.limits import InputError, check_words
from rnnstudio.engine.tasks.task import Batch, check_size, generator, one_hot

#: Written for this program: few letters, and words that come again.
RHYME = (
    "one hen in the pen, two hens in the pen, then ten hens in the pen. "
    "the ten hens sit in the tent. the tent is thin, the wind is in. "
    "one hen, then two, then ten went to the inn. "
)


def next_character(seed: int, steps: int, sequences: int, text: str = RHYME) -> Batch:
    """The next character of pieces of a text: (T, N, I) → classes (T, N), I the number of different characters.

    Each piece begins at a place drawn at random; characters are numbered in the order of their first appearance.

    Source: Sutskever, Martens and Hinton 2011, "Generating text with recurrent neural networks"; Karpathy 2015.
    """
    check_size("next character", steps, sequences)
    if len(text) <= steps:
        raise InputError(f"next character: a text of {len(text)} characters is too short; {steps + 1} are needed")
    tokens = tuple(dict.fromkeys(text))
    check_words(len(tokens))
    number = {token: k for k, token in enumerate(tokens)}
    codes = np.array([number[character] for character in text], dtype=np.int64)
    starts = generator(seed).integers(0, len(text) - steps, sequences)
    symbols = codes[starts + np.arange(steps + 1)[:, np.newaxis]]
    return Batch(one_hot(symbols[:-1], len(tokens)), symbols[1:], None, "cross-entropy", "every", tokens)
