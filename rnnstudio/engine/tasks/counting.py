"""Tasks of counting: aⁿbⁿ and the depth of brackets."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.tasks.task import Batch, check_size, generator, next_symbols, one_hot

COUNT_TOKENS = ("|", "a", "b")
BRACKETS = ("(", ")")


def anbn(seed: int, steps: int, sequences: int) -> Batch:
    """The next symbol of |aⁿbⁿ|: (T, N, 3) → classes (T, N), with lengths.

    n is drawn from 1 … (T − 1) / 2, each as likely. From the first b on everything is certain: as many b as there
    were a, then the end.

    Source: Gers and Schmidhuber 2001, "LSTM recurrent networks learn simple context-free and context-sensitive
    languages"; Rodriguez, Wiles and Elman 1999.
    """
    check_size("aⁿbⁿ", steps, sequences, 3)
    drawn = generator(seed).integers(1, (steps - 1) // 2 + 1, sequences)
    strings = ["|" + "a" * int(n) + "b" * int(n) + "|" for n in drawn]
    x, classes, lengths = next_symbols(strings, COUNT_TOKENS, steps)
    return Batch(x, classes, lengths, "cross-entropy", "every", COUNT_TOKENS)


def bracket_depth(seed: int, steps: int, sequences: int, deepest: int = 5) -> Batch:
    """How many brackets are open after each: (T, N, 2) → (T, N, 1).

    An opening and a closing bracket are as likely, except that at depth 0 the next one opens and at depth `deepest` it
    closes.

    Source: the counter that recognises the language of brackets (Dyck 1): Gers and Schmidhuber 2001; Suzgun,
    Gehrmann, Belinkov and Shieber 2019.
    """
    check_size("bracket depth", steps, sequences)
    if deepest < 1:
        raise InputError(f"bracket depth: a deepest of {deepest} does not fit; 1 or more does")
    opens = generator(seed).integers(0, 2, (steps, sequences))
    depth = np.zeros(sequences, dtype=np.int64)
    shown, depths = np.empty((steps, sequences), dtype=np.int64), np.empty((steps, sequences, 1))
    for t in range(steps):
        opening = ((opens[t] == 1) | (depth == 0)) & (depth < deepest)
        depth = depth + np.where(opening, 1, -1)
        shown[t], depths[t, :, 0] = np.where(opening, 0, 1), depth
    return Batch(one_hot(shown, 2), depths, None, "mse", "every", BRACKETS)
