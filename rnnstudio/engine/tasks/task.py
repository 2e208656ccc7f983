"""What a task is: a generator of sequences with targets, and settings that learn it in seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError, check_steps
from rnnstudio.engine.network import Network, new_network
from rnnstudio.engine.training import Settings

Array = NDArray[np.float64]
Integers = NDArray[np.int64]


class Batch(NamedTuple):
    """N sequences of a task.

    Attributes
    ----------
    x : array, shape (T, N, I)
        Inputs; zeros beyond a sequence's length.
    targets : array
        Values (T, N, O) for ``loss="mse"``, class numbers (T, N) for ``"cross-entropy"``; with ``at="last"`` without
        the T.
    lengths : array of int, shape (N,), or None
        Valid steps of each sequence; None: all T.
    loss, at : str
        The loss and the place that the task is measured by.
    tokens : tuple of str
        What each input stands for, where inputs are symbols; else empty.
    """

    x: Array
    targets: Array | Integers
    lengths: Integers | None
    loss: str
    at: str
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preset:
    """Settings that learn a task in seconds and leave states worth looking at.

    Attributes
    ----------
    cell : str
        A cell of the library.
    size : int
        H.
    steps, sequences : int
        T and N of the batch that is learnt.
    rate : float
        Learning rate.
    updates : int
        How many updates; with `update_every` a number, how many of those.
    optimizer : str
        ``"adam"`` or ``"sgd"``.
    update_every : str or int
        ``"sequence"``, or every so many samples, with the state carried over.
    clip : float or None
        Largest norm of the gradient.
    activation : str or None
        Of the cell; None: the first that it offers.
    seed : int
        For the weights.
    """

    cell: str
    size: int
    steps: int
    sequences: int
    rate: float
    updates: int
    optimizer: str = "adam"
    update_every: str | int = "sequence"
    clip: float | None = 1.0
    activation: str | None = None
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Task:
    """One task.

    Attributes
    ----------
    name : str
        On the command line.
    title : str
        In the window.
    source : str
        Where it was published.
    make : callable
        ``make(seed, T, N, …) → Batch``: the same seed gives the same bits on every machine.
    outputs : int
        O of a readout that learns it; 0 where it depends on the tokens (then as many as there are inputs).
    preset : Preset
        Settings that learn it.
    """

    name: str
    title: str
    source: str
    make: Callable[..., Batch]
    outputs: int
    preset: Preset

    def batch(self, seed: int = 1, **given: Any) -> Batch:
        """The preset's batch."""
        return self.make(seed, self.preset.steps, self.preset.sequences, **given)

    def network(self, batch: Batch) -> Network:
        """The preset's network for a batch, not yet trained: one layer with a readout."""
        preset, inputs = self.preset, batch.x.shape[-1]
        cell = library_cell(preset.cell)
        return new_network(cell, inputs, preset.size, self.outputs or inputs, preset.activation, seed=preset.seed)

    def settings(self, batch: Batch) -> Settings:
        """The preset's settings for training on a batch."""
        preset = self.preset
        return Settings(
            batch.loss, batch.at, preset.optimizer, preset.rate,
            clip=preset.clip, update_every=preset.update_every, updates=preset.updates,
        )  # fmt: skip


def generator(seed: int) -> np.random.Generator:
    """PCG64 from a seed, the same bits everywhere."""
    return np.random.Generator(np.random.PCG64(seed))


def check_size(task: str, steps: int, sequences: int, least: int = 1) -> None:
    """Refuse a batch of fewer steps than a task needs, or of no sequences.

    Raises
    ------
    InputError
        T is below `least` or above the limit, or N below 1.
    """
    check_steps(steps)
    if steps < least:
        raise InputError(f"{task}: {steps} steps are too few; at least {least} are needed")
    if sequences < 1:
        raise InputError(f"{task}: {sequences} sequences are too few; at least 1 is needed")


def one_hot(symbols: Integers, count: int) -> Array:
    """Vectors with a single 1 at each symbol's place, for symbols of any shape (…): (…, count); −1 gives zeros."""
    vectors = np.zeros((*symbols.shape, count))
    places = np.nonzero(symbols >= 0)
    vectors[(*places, symbols[places])] = 1.0
    return vectors


def next_symbols(strings: list[str], tokens: tuple[str, ...], steps: int) -> tuple[Array, Integers, Integers]:
    """Inputs (T, N, I), classes of the symbols that come next (T, N), and lengths (N,) of strings.

    A string of n symbols gives n − 1 steps; T = `steps` is at least the longest of those.
    """
    number = {token: k for k, token in enumerate(tokens)}
    symbols = np.full((steps + 1, len(strings)), -1, dtype=np.int64)
    for n, string in enumerate(strings):
        symbols[: len(string), n] = [number[symbol] for symbol in string]
    classes = np.maximum(symbols[1:], 0)
    lengths = np.array([len(string) - 1 for string in strings], dtype=np.int64)
    shown = np.where(np.arange(steps)[:, np.newaxis] < lengths, symbols[:-1], -1)
    return one_hot(shown, len(tokens)), classes, lengths
