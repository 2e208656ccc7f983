"""What makes a sequence out of a few numbers: the engine's tasks with their sizes, and words as short vectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import LIMITS, InputError, check_features, check_run_bytes
from rnnstudio.engine.tasks import TASKS
from rnnstudio.engine.tasks.task import Batch, generator
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_rows import Draft, draft_of


@dataclass(frozen=True)
class Option:
    """A number that one may choose: its name, its words, its bounds, its decimals, and what it is at first."""

    key: str
    words: str
    least: float
    most: float
    begin: float
    decimals: int = 0


#: What tasks have besides steps, sequences and seed.
_OWN: Mapping[str, tuple[Option, ...]] = MappingProxyType({
    "echo": (Option("lag", "Lag", 1, 999, 1),),
    "copy": (Option("symbols", "Symbols", 1, 999, 3), Option("alphabet", "Alphabet", 2, 26, 4)),
    "bracket-depth": (Option("deepest", "Deepest", 1, 99, 5),),
    "noisy-sine": (Option("period", "Period", 1, 999, 16, 1), Option("noise", "Noise", 0, 9, 0.2, 2)),
})  # fmt: skip
#: Sequences that are made at most at once.
MOST_SEQUENCES = 1_024


def options(task: str) -> tuple[Option, ...]:
    """The numbers of a task: steps and sequences (one, which is shown), its own, the seed."""
    preset = TASKS[task].preset
    return (
        Option("steps", "Steps", 1, LIMITS.steps, preset.steps), Option("sequences", "Sequences", 1, MOST_SEQUENCES, 1),
        *_OWN.get(task, ()), Option("seed", "Seed", 0, 999_999, 1),
    )  # fmt: skip


def source(task: str) -> str:
    """Where a task was published, and what learns it."""
    found = TASKS[task]
    preset = found.preset
    several = sentence("{sequences} sequences", sequences=preset.sequences) if preset.sequences > 1 else "one sequence"
    return sentence(
        "{value}. {title} with {size} units learns it from {several}.",
        value=found.source,
        title=library_cell(preset.cell).title,
        size=preset.size,
        several=several,
    )


def generated(task: str, chosen: Mapping[str, float]) -> Draft:
    """The sequence, or the sequences, of a task.

    Parameters
    ----------
    task : str
        A name in `TASKS`.
    chosen : mapping
        Values of `options` that are other than at first.

    Returns
    -------
    Draft
        Of one sequence x (T, I), or tokens (T,) where its inputs are symbols, as long as it is; of several a batch
        (T, N, I) with their lengths. The targets are the task's.

    Raises
    ------
    InputError
        A number is out of its range, or the task needs more steps.
    """
    known = {option.key: option for option in options(task)}
    values: dict[str, Any] = {key: option.begin for key, option in known.items()} | dict(chosen)
    for key, value in values.items():
        option = known[key]
        if not option.least <= value <= option.most:
            raise InputError(
                f"{option.words.lower()} {value:g} of {TASKS[task].title}: {option.least:g} to {option.most:,g} fit"
            )
    values = {key: float(value) if known[key].decimals else int(value) for key, value in values.items()}
    steps, count, seed = values.pop("steps"), values.pop("sequences"), values.pop("seed")
    check_run_bytes(8 * steps * count * 64, steps)  # before anything of that size is made
    found = TASKS[task]
    batch = found.make(seed, steps, count, **values)
    sequence = _one(batch) if count == 1 else _several(batch)
    outputs = found.outputs or batch.x.shape[-1]
    if task == "copy":
        outputs = values["alphabet"] + 1  # the symbols and the blank
    return replace(draft_of(sequence), outputs=outputs if sequence.classes else None)


def _one(batch: Batch) -> Sequence:
    length = len(batch.x) if batch.lengths is None else int(batch.lengths[0])
    x = _frozen(batch.x[:length, 0])
    targets = np.asarray(batch.targets)
    targets = _frozen(targets[0] if batch.at == "last" else targets[:length, 0])
    if not batch.tokens:
        return Sequence(x=x, targets=targets)
    return Sequence(tokens=_frozen(np.argmax(x, axis=1)), vocabulary=batch.tokens, targets=targets)


def _several(batch: Batch) -> Sequence:
    longest = len(batch.x) if batch.lengths is None else int(batch.lengths.max())
    lengths = None if batch.lengths is None or bool((batch.lengths == longest).all()) else _frozen(batch.lengths)
    targets = np.asarray(batch.targets)
    return Sequence(
        batch=_frozen(batch.x[:longest]), lengths=lengths, vocabulary=batch.tokens,
        batch_targets=_frozen(targets if batch.at == "last" else targets[:longest]),
    )  # fmt: skip


def _frozen(array: Any) -> Any:
    array = np.array(array)
    array.setflags(write=False)
    return array


def embedded(draft: Draft, size: int, seed: int) -> Draft:
    """The words of a text as vectors of a few numbers instead of one tile each.

    Word k of the vocabulary is row k of a table (V, size) of numbers from U(−1, 1), rounded to two decimals, drawn
    with PCG64 from the seed; the same word is the same vector wherever it stands. Targets stay words.

    Raises
    ------
    InputError
        The sequence is no text, or the size is over its limit.
    """
    sequence = draft.sequence
    if sequence.tokens is None:
        raise InputError("words alone can become short vectors; this sequence is numbers already")
    check_features(size)
    table = np.round(2.0 * generator(seed).random((len(sequence.vocabulary), size)) - 1.0, 2) + 0.0
    vectors = Sequence(x=_frozen(table[sequence.tokens]), vocabulary=sequence.vocabulary, targets=sequence.targets)
    outputs = len(sequence.vocabulary) if sequence.targets is not None else None
    return Draft(vectors, False, outputs, sequence.tokens)
