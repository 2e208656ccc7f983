"""Letters that announce what follows them: "ba", "dii", "guuu"."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.tasks.task import Batch, check_size, generator

#: The features of a letter's sound: consonant, vowel, interrupted, high, back, voiced.
FEATURES = {
    "b": (1, 0, 1, 0, 0, 1),
    "d": (1, 0, 1, 1, 0, 1),
    "g": (1, 0, 1, 0, 1, 1),
    "a": (0, 1, 0, 0, 1, 1),
    "i": (0, 1, 0, 1, 0, 1),
    "u": (0, 1, 0, 1, 1, 1),
}
SYLLABLES = ("ba", "dii", "guuu")


def letter_stream(random: np.random.Generator, count: int) -> str:
    """`count` letters of syllables drawn at random, each of the three as likely."""
    drawn = random.integers(0, len(SYLLABLES), count // 2 + 1)
    return "".join(SYLLABLES[k] for k in drawn)[:count]


def letters(seed: int, steps: int, sequences: int) -> Batch:
    """The features of the next letter: (T, N, 6) → (T, N, 6).

    Which vowel follows a consonant, and how often, is certain; which consonant comes next is drawn. Of its six
    features two are uncertain (high, back: one in three), so that no guess is better on average than a mean squared
    error of 2 · (2/9) / 6 = 2/27.

    Source: Elman 1990, "Finding structure in time": 1,000 consonants at random, replaced by ba, dii, guuu.
    """
    check_size("letters", steps, sequences)
    random = generator(seed)
    streams = [letter_stream(random, steps + 1) for _ in range(sequences)]
    values = np.array([[FEATURES[letter] for letter in stream] for stream in streams], dtype=np.float64)
    values = np.ascontiguousarray(values.transpose(1, 0, 2))
    return Batch(values[:-1], values[1:], None, "mse", "every")
