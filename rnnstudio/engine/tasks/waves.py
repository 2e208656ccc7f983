"""A wave in noise."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.tasks.task import Batch, check_size, generator


def noisy_sine(seed: int, steps: int, sequences: int, period: float = 16.0, noise: float = 0.2) -> Batch:
    """The clean next value of a sine seen through noise: (T, N, 1) → (T, N, 1).

    x_t = sin(2π·t/period + φ) + noise·ε_t, target_t = sin(2π·(t+1)/period + φ); φ is drawn for each sequence, ε_t
    uniform in (−√3, √3), which has variance 1. The last input alone leaves an error; the past averages the noise out.

    Source: prediction and smoothing of a signal in noise, Wiener 1949, *Extrapolation, Interpolation, and Smoothing
    of Stationary Time Series*.
    """
    check_size("noisy sine", steps, sequences)
    if not (period > 0.0 and noise >= 0.0):
        raise InputError(f"noisy sine: period {period} and noise {noise} do not fit; above 0 and from 0 on do")
    random = generator(seed)
    phase = 2.0 * np.pi * random.random(sequences)
    clean = np.sin(2.0 * np.pi * np.arange(1, steps + 2)[:, np.newaxis] / period + phase)[..., np.newaxis]
    drawn = np.sqrt(3.0) * (2.0 * random.random((steps, sequences, 1)) - 1.0)
    return Batch(clean[:-1] + noise * drawn, clean[1:], None, "mse", "every")
