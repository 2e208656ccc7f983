"""Opening anything: a study, weights, a sequence, a cell; and saying in a line what a file holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from rnnstudio.engine.cells import Cell, library_cell, library_cells, parse_cell
from rnnstudio.engine.limits import InputError, check_features
from rnnstudio.engine.network import Layer, Network, new_network
from rnnstudio.files import sequences
from rnnstudio.files.arrays import read_npz
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.fitting import check_document
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.sequences import array_sequence, read_sequence
from rnnstudio.files.study import read_study
from rnnstudio.files.tensors import read_tensors
from rnnstudio.files.texts import kind_of, with_next
from rnnstudio.files.weights import foreign
from rnnstudio.files.weights.reader import Weights, holds_parameters, read_weights
from rnnstudio.state.model import Document, Sequence

STUDY, WEIGHTS, CELL = ".rnnstudio", ".safetensors", ".toml"
ENDINGS = (STUDY, WEIGHTS, *sequences.ENDINGS, CELL)
#: Sizes that neither the data nor the user give: of numbers, and of a text.
STATE_SIZE, TEXT_STATE_SIZE, INPUTS, STEPS = 3, 40, 4, 8

_NO_OPTIONS = ModelOptions()


def open_any(path: str | Path | None, options: ModelOptions = _NO_OPTIONS, data: Sequence | None = None) -> Document:
    """The document of a file, of a library cell's name, or, without one, of the demonstration.

    Parameters
    ----------
    path : str, Path or None
        A study, weights, a sequence, a cell file, or the name of a cell.
    options : ModelOptions
        What the file leaves open.
    data : Sequence, optional
        The sequence to run; sizes that are not given follow it. By default the file's own, else one that is drawn.

    Raises
    ------
    InputError
        One sentence: the file, the place, what is wrong, what would be right.
    """
    document = demonstration() if path is None else _opened(path, options, data)
    if path is None or Path(path).suffix.lower() == STUDY:
        _refuse_options(options, "a study" if path else "the demonstration")
        return document if data is None else _with_data(document, data, str(path or "the demonstration"))
    check_document(document)
    return document


def _opened(path: str | Path, options: ModelOptions, data: Sequence | None) -> Document:
    where, ending = str(path), Path(path).suffix.lower()
    if where in library_cells():
        return _cell_document(library_cell(where), where, options, data)
    if ending == STUDY:
        return read_study(path)
    if ending == CELL:
        return _cell_document(cell_file(path), Path(path).stem, options, data)
    found = _contents(path, options)
    if isinstance(found, Weights):
        return _weights_document(found, path, options, data)
    if data is not None:
        raise InputError(f"{where}: this is a sequence itself, and another is given; a model is wanted here")
    return _sequence_document(found, Path(path).stem, options)


def _weights_document(weights: Weights, path: str | Path, options: ModelOptions, data: Sequence | None) -> Document:
    if (options.inputs, options.state_size, options.outputs, options.bias) != (None, None, None, True):
        raise InputError(f"{path}: weights have their sizes and biases already; leave --inputs and the like away")
    inputs, about = weights.network.inputs, weights.note
    sequence = data or weights.sequence
    if sequence is None:
        sequence = _drawn(inputs, options.seed)
        about = f"{about} {_drawn_note(sequence, options.seed)}"
    if sequence.inputs != inputs:
        raise InputError(
            f"{path}: its weights take {inputs} inputs, the sequence has {sequence.inputs}; equal ones fit"
        )
    sequence = replace(sequence, targets=None)
    return Document(Path(path).stem, weights.network, sequence, seed=options.seed, about=about)


def _contents(path: str | Path, options: ModelOptions) -> Weights | Sequence:
    """Weights or a sequence, whichever the file holds."""
    where, ending = str(path), Path(path).suffix.lower()
    if ending in foreign.ENDINGS:
        read_bytes(path)  # a file that is not there is not to be converted
        raise foreign.refused(path)
    if ending not in ENDINGS:
        reason = "" if Path(path).exists() else "there is no such file, nor a cell of this name; "
        raise InputError(
            f"{where}: {reason}a file that ends in {', '.join(ENDINGS)} is wanted, or one of the cells "
            f"{', '.join(library_cells())}"
        )
    if ending not in (WEIGHTS, ".npz"):
        return read_sequence(path, options.columns, options.tokens)
    data = read_bytes(path)
    arrays = read_tensors(data, where) if ending == WEIGHTS else read_npz(data, where)
    if ending == ".npz" and not holds_parameters(arrays):
        return array_sequence(arrays, where)
    return read_weights(arrays, where, named_cell(options.cell), options.activation)


def cell_file(path: str | Path) -> Cell:
    """The cell of a ``.toml`` file."""
    return parse_cell(decoded(read_bytes(path), str(path)), str(path))


def named_cell(name: str | None) -> Cell | None:
    """The cell that an option names: of the library, or a cell file."""
    if name is None:
        return None
    return cell_file(name) if name.lower().endswith(CELL) else library_cell(name)


def _refuse_options(options: ModelOptions, what: str) -> None:
    if replace(options, seed=1, columns=None, tokens=None) != _NO_OPTIONS:
        raise InputError(f"{what} has its cell and sizes already; --inputs, --activation and the like are for cells")


def _sequence_document(sequence: Sequence, name: str, options: ModelOptions) -> Document:
    """One layer that fits; a text gets the next token as its target, and so a readout."""
    cell = named_cell(options.cell) or library_cell("simple")
    if sequence.tokens is not None:
        sequence = with_next(sequence)
    return _built(cell, name, options, sequence, [])


def _cell_document(cell: Cell, name: str, options: ModelOptions, data: Sequence | None) -> Document:
    if data is not None:
        return _built(cell, name, options, data, [])
    inputs = INPUTS if options.inputs is None else options.inputs
    check_features(inputs, "inputs")
    sequence = _drawn(inputs, options.seed)
    return _built(cell, name, options, sequence, [_drawn_note(sequence, options.seed)])


def _drawn(inputs: int, seed: int) -> Sequence:
    """A sequence for a model that comes without one: from −1 to 1, at two decimals."""
    random = np.random.Generator(np.random.PCG64(seed))
    x = np.round(random.uniform(-1.0, 1.0, (STEPS, inputs)), 2)
    x.setflags(write=False)
    return Sequence(x=x)


def _drawn_note(sequence: Sequence, seed: int) -> str:
    return f"A sequence of {sequence.steps} steps from −1 to 1 was drawn with seed {seed}."


def _built(cell: Cell, name: str, options: ModelOptions, sequence: Sequence, said: list[str]) -> Document:
    if options.inputs is not None and options.inputs != sequence.inputs:
        raise InputError(f"--inputs {options.inputs}: the sequence has {sequence.inputs} inputs; leave --inputs away")
    text = sequence.tokens is not None
    size, outputs = _sizes(cell, options, sequence)
    network = new_network(cell, sequence.inputs, size, outputs, options.activation, options.bias, options.seed)
    if sequence.targets is not None and _target_size(sequence) > network.outputs:
        raise InputError(
            f"the targets want {_target_size(sequence)} outputs, the network has {network.outputs}; "
            "leave --outputs away"
        )
    if text:
        tokens = counted(len(sequence.vocabulary), "different token")
        said = [f"Text read by {kind_of(sequence)}: {tokens}.", *said]
    said = [f"{described(network)}, weights drawn with seed {options.seed}.", *said]
    loss = "cross-entropy" if sequence.targets is not None and sequence.targets.ndim == 1 else "mse"
    return Document(name, network, sequence, loss=loss, seed=options.seed, about=" ".join(said))


def _target_size(sequence: Sequence) -> int:
    targets = sequence.targets
    if targets is None:
        return 0
    if targets.ndim == 2:
        return int(targets.shape[1])
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


def _with_data(document: Document, data: Sequence, where: str) -> Document:
    """The study run over another sequence: its sizes have to fit, and a text is read with the study's vocabulary."""
    vocabulary = document.sequence.vocabulary
    if data.tokens is not None and vocabulary:
        index = {token: at for at, token in enumerate(vocabulary)}
        unknown = [token for token in data.vocabulary if token not in index]
        if unknown:
            raise InputError(
                f"{where}: the text has {unknown[0][:40]!r}, which is not among the study's {len(vocabulary)} tokens; "
                "a text of these is wanted"
            )
        translation = np.array([index[token] for token in data.vocabulary], dtype=np.int64)
        data = replace(data, tokens=translation[data.tokens], vocabulary=vocabulary)
    if data.inputs != document.network.inputs:
        raise InputError(
            f"{where}: the study takes {document.network.inputs} inputs, the sequence has {data.inputs}; equal ones fit"
        )
    return replace(document, sequence=replace(data, targets=None))


def counted(count: int, thing: str) -> str:
    """A number and its thing, in the plural where there are several."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def described(network: Network) -> str:
    """The network in words: cells, activations, sizes."""
    return ", then ".join(_described_layer(layer) for layer in network.layers)


def _described_layer(layer: Layer) -> str:
    function = f" ({layer.program.activation})" if layer.program.activation else ""
    bias = "" if layer.bias else ", without bias"
    if not layer.recurrent:
        return f"{layer.cell.name}{function} {layer.inputs} → {layer.width}{bias}"
    readout = f", {counted(layer.width, 'output')}" if layer.readout else ""
    inputs = counted(layer.inputs, "input")
    return f"{layer.cell.name}{function}: {inputs}, state of {layer.size:,}{readout}{bias}"


def describe(path: str | Path, options: ModelOptions = _NO_OPTIONS) -> str:
    """What a file holds, in a line.

    Raises
    ------
    InputError
        What is wrong with it.
    """
    ending = Path(path).suffix.lower()
    if ending == STUDY:
        document = read_study(path)
        return f"study “{document.name}”: {described(document.network)}; {_described_sequence(document.sequence)}"
    if ending == CELL or str(path) in library_cells():
        cell = cell_file(path) if ending == CELL else library_cell(str(path))
        return (
            f"cell “{cell.name}” ({cell.title}): {len(cell.equations)} equations, {len(cell.phases)} sub-steps, "
            f"parameters {', '.join(cell.parameters)}"
        )
    found = _contents(path, options)
    if isinstance(found, Sequence):
        return f"sequence: {_described_sequence(found)}"
    own = f"; {_described_sequence(found.sequence)}" if found.sequence else ""
    return f"weights: {described(found.network)}{own}. {found.note}"


def _described_sequence(sequence: Sequence) -> str:
    steps = counted(sequence.steps, "step")
    note = f" ({sequence.note})" if sequence.note else ""
    if sequence.tokens is not None:
        tokens = counted(len(sequence.vocabulary), "different token")
        return f"text read by {kind_of(sequence)}, {steps}, {tokens}{note}"
    targets = "" if sequence.targets is None else ", with targets"
    return f"{steps} of {counted(sequence.inputs, 'input')}{targets}{note}"
