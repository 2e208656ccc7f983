"""Elman 1990, "Finding structure in time": temporal XOR, and letters."""

import numpy as np

from rnnstudio.engine.tasks import TASKS
from rnnstudio.engine.trace import run
from tests.experiments.learning import Found, learn, network_for

CHANCE = 0.05  # of 1,000 drawn bits, 0.5 ± 0.05 is three standard deviations


def bits_right(network, seed):
    """Share of right bits in a stream of 3,000: at the XOR of two, at the first and at the second of the next pair."""
    batch = TASKS["temporal-xor"].make(seed, 3000, 1)
    right = ((run(network, batch.x).y > 0.5) == (batch.targets > 0.5))[:, 0, 0]
    return right[1::3].mean(), right[2::3].mean(), right[0::3].mean()


def temporal_xor(short=False):
    make = TASKS["temporal-xor"].make
    network, updates = learn(
        network_for("elman", 1, 8, 1, 1), lambda seed: make(seed, 30, 16), 0.02, 600, lambda network: False
    )
    xor, first, second = bits_right(network, 77)
    words = (
        f"after {updates * 16 * 30:,} bits XOR {100 * xor:.1f} %, the others {100 * first:.1f} and {100 * second:.1f} %"
    )
    return Found(words, xor == 1.0 and max(abs(first - 0.5), abs(second - 0.5)) <= CHANCE)


def letter_errors(network, seed):
    """Root mean squared errors of the next letter in a stream of 3,000: consonants, their floor, vowels, worst vowel.

    The floor is the error of whoever knows everything but which consonant was drawn.
    """
    batch = TASKS["letters"].make(seed, 3000, 1)
    targets = batch.targets[:, 0]
    errors = ((run(network, batch.x).y[:, 0] - targets) ** 2).mean(axis=1)
    consonant = targets[:, 0] == 1
    best = np.array([1.0, 0.0, 1.0, 1.0 / 3.0, 1.0 / 3.0, 1.0])
    floor = ((best - targets[consonant]) ** 2).mean()
    return np.sqrt([errors[consonant].mean(), floor, errors[~consonant].mean(), errors[~consonant].max()])


def letters(short=False):
    make = TASKS["letters"].make
    network, updates = learn(
        network_for("elman", 6, 20, 6, 1), lambda seed: make(seed, 40, 8), 0.02, 400, lambda network: False
    )
    consonants, floor, vowels, worst = letter_errors(network, 77)
    words = (
        f"after {updates * 8 * 40:,} letters consonants {consonants:.3f} (floor {floor:.3f}), "
        f"vowels {vowels:.3f} (the worst of them {worst:.3f})"
    )
    return Found(words, abs(consonants / floor - 1.0) <= 0.01 and worst <= 0.05)
