"""Documents for what is not a study: a network that fits the data, with drawn weights, and a drawn sequence."""

from __future__ import annotations

import numpy as np

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import CROSS_ENTROPY, EVERY, LAST, MSE
from rnnstudio.engine.network import new_network
from rnnstudio.engine.training import Settings
from rnnstudio.files.describing import counted, described
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.texts import kind_of
from rnnstudio.state.model import Document, Sequence

#: Sizes that neither the data nor the user give: of numbers, and of a text.
STATE_SIZE, TEXT_STATE_SIZE, INPUTS, STEPS = 3, 40, 4, 8


def drawn_sequence(inputs: int, seed: int) -> Sequence:
    """A sequence for a model that comes without one: from −1 to 1, at two decimals."""
    random = np.random.Generator(np.random.PCG64(seed))
    x = np.round(random.uniform(-1.0, 1.0, (STEPS, inputs)), 2)
    x.setflags(write=False)
    return Sequence(x=x)


def drawn_note(sequence: Sequence, seed: int) -> str:
    """The sentence that says so."""
    return f"A sequence of {sequence.steps} steps from −1 to 1 was drawn with seed {seed}."


def settings_for(sequence: Sequence) -> Settings:
    """Settings of training that fit the targets of a sequence."""
    return Settings(loss=CROSS_ENTROPY if sequence.classes else MSE, at=LAST if sequence.at_last else EVERY)


def built_document(cell: Cell, name: str, options: ModelOptions, sequence: Sequence, said: list[str]) -> Document:
    """A network of the cell that fits the sequence; `said` are sentences to go with it.

    Raises
    ------
    InputError
        A size that the user gives does not fit the sequence, or is over its limit.
    """
    if options.inputs is not None and options.inputs != sequence.inputs:
        raise InputError(f"--inputs {options.inputs}: the sequence has {sequence.inputs} inputs; leave --inputs away")
    size, outputs = _sizes(cell, options, sequence)
    network = new_network(
        cell, sequence.inputs, size, outputs, options.activation, options.bias, options.seed, options.layers,
        "both" if options.bidirectional else "forward",
    )  # fmt: skip
    if _target_size(sequence) > network.outputs:
        raise InputError(
            f"the targets want {_target_size(sequence)} outputs, the network has {network.outputs}; "
            "leave --outputs away"
        )
    if sequence.tokens is not None:
        tokens = counted(len(sequence.vocabulary), "different token")
        said = [f"Text read by {kind_of(sequence)}: {tokens}.", *said]
    said = [f"{described(network)}, weights drawn with seed {options.seed}.", *said]
    return Document(name, network, sequence, settings=settings_for(sequence), seed=options.seed, about=" ".join(said))


def _target_size(sequence: Sequence) -> int:
    targets = sequence.all_targets
    if targets is None:
        return 0
    if not sequence.classes:
        return int(targets.shape[-1])
    return len(sequence.vocabulary) if sequence.tokens is not None else int(targets.max()) + 1


def _sizes(cell: Cell, options: ModelOptions, sequence: Sequence) -> tuple[int, int | None]:
    """H, and O where there is a readout; without a state the one size is that of the outputs."""
    wanted = options.outputs
    if wanted is None:
        wanted = _target_size(sequence) or (len(sequence.vocabulary) or None)
    if not cell.states and not cell.own_outputs:
        if options.state_size not in (None, wanted) and wanted is not None:
            raise InputError(f"the cell {cell.name} has no state; --outputs alone gives its size")
        return wanted or options.state_size or STATE_SIZE, None
    default = TEXT_STATE_SIZE if sequence.tokens is not None else STATE_SIZE
    return (default if options.state_size is None else options.state_size), wanted
