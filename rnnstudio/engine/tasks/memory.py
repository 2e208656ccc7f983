"""Tasks of remembering: echo, running sum, adding problem, copy."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.tasks.task import Batch, check_size, generator, one_hot


def echo(seed: int, steps: int, sequences: int, lag: int = 1) -> Batch:
    """target_t = x_(t−lag), 0 for t ≤ lag; x is 1 or −1, each as likely: (T, N, 1) → (T, N, 1).

    The present input says nothing about the target: its best guess is 0, at a mean squared error of 1 (after the
    first `lag` steps).

    Source: the delay line of short-term memory, Jaeger 2001, "Short term memory in echo state networks", GMD
    report 152.
    """
    check_size("echo", steps, sequences, lag + 1)
    if lag < 1:
        raise InputError(f"echo: a lag of {lag} does not fit; 1 or more steps do")
    x = np.where(generator(seed).integers(0, 2, (steps, sequences, 1)) == 1, 1.0, -1.0)
    targets = np.zeros_like(x)
    targets[lag:] = x[:-lag]
    return Batch(x, targets, None, "mse", "every")


def running_sum(seed: int, steps: int, sequences: int) -> Batch:
    """target_t = x_1 + … + x_t, with x uniform in (−0.5, 0.5): (T, N, 1) → (T, N, 1).

    Source: the integrator of the oculomotor system, which holds the sum of the velocities it was told: Cannon,
    Robinson and Shamma 1983; Seung 1996.
    """
    check_size("running sum", steps, sequences)
    x = generator(seed).random((steps, sequences, 1)) - 0.5
    return Batch(x, np.cumsum(x, axis=0), None, "mse", "every")


def adding(seed: int, steps: int, sequences: int) -> Batch:
    """The sum of the two marked values, asked after the last step: (T, N, 2) → (N, 1).

    Input 1 is uniform in (0, 1), input 2 marks one step of the first half and one of the second with 1, the others
    with 0. The best guess without memory is 1, at a mean squared error of 1/6.

    Source: Hochreiter and Schmidhuber 1997, experiment 4, in the form of Le, Jaitly and Hinton 2015.
    """
    check_size("adding problem", steps, sequences, 2)
    random = generator(seed)
    x = np.zeros((steps, sequences, 2))
    x[..., 0] = random.random((steps, sequences))
    half, everyone = steps // 2, np.arange(sequences)
    marked = random.integers(0, half, sequences), random.integers(half, steps, sequences)
    for places in marked:
        x[places, everyone, 1] = 1.0
    return Batch(x, (x[marked[0], everyone, :1] + x[marked[1], everyone, :1]), None, "mse", "last")


def copy(seed: int, steps: int, sequences: int, symbols: int = 3, alphabet: int = 4) -> Batch:
    """Symbols, a pause, a sign, and then the same symbols again: (T, N, alphabet + 2) → classes (T, N).

    Steps 1 … K show K symbols, then comes the blank; at step T − K the sign to begin; the targets of the last K steps
    are the symbols in their order, of all others the blank. Classes: 0 … alphabet − 1 the symbols, alphabet the
    blank; the inputs have one more, the sign.

    Source: Hochreiter and Schmidhuber 1997; as Arjovsky, Shah and Bengio 2016.
    """
    check_size("copy", steps, sequences, 2 * symbols + 1)
    if symbols < 1 or alphabet < 2:
        raise InputError(f"copy: {symbols} symbols of {alphabet} do not fit; at least 1 of at least 2 do")
    blank, sign = alphabet, alphabet + 1
    shown = np.full((steps, sequences), blank, dtype=np.int64)
    targets = shown.copy()
    shown[:symbols] = generator(seed).integers(0, alphabet, (symbols, sequences))
    shown[steps - symbols - 1] = sign
    targets[-symbols:] = shown[:symbols]
    tokens = (*(chr(ord("a") + k) for k in range(alphabet)), "–", "!")
    return Batch(one_hot(shown, alphabet + 2), targets, None, "cross-entropy", "every", tokens)
