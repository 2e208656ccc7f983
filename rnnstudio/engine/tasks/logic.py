"""Tasks of bits: parity and temporal XOR."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.tasks.task import Batch, check_size, generator


def parity(seed: int, steps: int, sequences: int) -> Batch:
    """Class 1 where the number of ones among x_1 … x_t is odd, else 0: (T, N, 1) → classes (T, N).

    Every bit counts for ever: one mistake, and all that follows is wrong.

    Source: Minsky and Papert 1969, *Perceptrons*; read bit by bit it is a state machine of two states.
    """
    check_size("parity", steps, sequences)
    bits = generator(seed).integers(0, 2, (steps, sequences))
    targets = np.bitwise_xor.accumulate(bits, axis=0)
    return Batch(bits[..., np.newaxis].astype(np.float64), targets, None, "cross-entropy", "every")


def temporal_xor(seed: int, steps: int, sequences: int) -> Batch:
    """The next bit of a stream whose every third bit is the XOR of the two before it: (T, N, 1) → (T, N, 1).

    target_t = x_(t+1). From step 2 on, every third target (t = 2, 5, 8, …) can be known; the others are drawn, and no
    guess of them beats 0.5, at a mean squared error of 1/4.

    Source: Elman 1990, "Finding structure in time": a stream of 3,000 bits.
    """
    check_size("temporal XOR", steps, sequences)
    triples = steps // 3 + 1
    bits = generator(seed).integers(0, 2, (triples, 3, sequences))
    bits[:, 2] = bits[:, 0] ^ bits[:, 1]
    stream = bits.reshape(3 * triples, sequences, 1)[: steps + 1].astype(np.float64)
    return Batch(stream[:-1], stream[1:], None, "mse", "every")
