"""Opening anything: a study, weights, a sequence, a cell; and saying in a line what a file holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from rnnstudio.engine.cells import Cell, library_cell, library_cells, parse_cell
from rnnstudio.engine.limits import LIMITS, InputError, check_features
from rnnstudio.files import sequences
from rnnstudio.files.arrays import read_npz
from rnnstudio.files.building import INPUTS, built_document, drawn_note, drawn_sequence, settings_for
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.describing import described, described_sequence
from rnnstudio.files.fitting import check_document, check_outputs
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.sequences import array_sequence, read_sequence
from rnnstudio.files.study import read_study
from rnnstudio.files.tensors import read_metadata, read_tensors
from rnnstudio.files.texts import with_next
from rnnstudio.files.weights import foreign
from rnnstudio.files.weights.reader import Weights, holds_parameters, read_weights
from rnnstudio.state.model import Document, Sequence

STUDY, WEIGHTS, CELL = ".rnnstudio", ".safetensors", ".toml"
ENDINGS = (STUDY, WEIGHTS, *sequences.ENDINGS, CELL)
Aim = Callable[[Sequence], Sequence]
_NO_OPTIONS = ModelOptions()


def open_any(
    path: str | Path | None, options: ModelOptions = _NO_OPTIONS, data: Sequence | None = None, aim: Aim | None = None
) -> Document:
    """The document of a file, of a library cell's name, or, without one, of the demonstration.

    Parameters
    ----------
    path : str, Path or None
        A study, weights, a sequence, a cell file, or the name of a cell.
    options : ModelOptions
        What the file leaves open.
    data : Sequence, optional
        The sequence to run; sizes that are not given follow it. By default the file's own, else one that is drawn.
    aim : callable, optional
        What makes of that sequence the one with the targets that are wanted.

    Raises
    ------
    InputError
        One sentence: the file, the place, what is wrong, what would be right.
    """
    if path is None or Path(path).suffix.lower() == STUDY:
        _refuse_options(options, "a study" if path else "the demonstration")
        document = demonstration() if path is None else read_study(path)
        return _with_data(document, data, aim, str(path or "the demonstration"))
    document = _opened(path, options, data, aim)
    check_document(document)
    return document


def _opened(path: str | Path, options: ModelOptions, data: Sequence | None, aim: Aim | None) -> Document:
    where, ending = str(path), Path(path).suffix.lower()
    if where in library_cells():
        return _cell_document(library_cell(where), where, options, data, aim)
    if ending == CELL:
        return _cell_document(cell_file(path), Path(path).stem, options, data, aim)
    found = _contents(path, options)
    if isinstance(found, Weights):
        return _weights_document(found, path, options, data, aim)
    if data is not None:
        raise InputError(f"{where}: this is a sequence itself, and another is given; a model is wanted here")
    if aim is not None:
        found = aim(found)
    elif found.tokens is not None:
        found = with_next(found)
    cell = named_cell(options.cell) or library_cell("simple")
    return built_document(cell, Path(path).stem, options, found, [])


def _weights_document(
    weights: Weights, path: str | Path, options: ModelOptions, data: Sequence | None, aim: Aim | None
) -> Document:
    if replace(options, cell=None, activation=None, seed=1, columns=None, tokens=None) != _NO_OPTIONS:
        raise InputError(f"{path}: weights have their sizes and biases already; leave --inputs and the like away")
    inputs, about = weights.network.inputs, weights.note
    sequence = data or weights.sequence
    if sequence is None:
        sequence = drawn_sequence(inputs, options.seed)
        about = f"{about} {drawn_note(sequence, options.seed)}"
    if sequence.inputs != inputs:
        raise InputError(
            f"{path}: its weights take {inputs} inputs, the sequence has {sequence.inputs}; equal ones fit"
        )
    document = Document(Path(path).stem, weights.network, sequence, seed=options.seed, about=about)
    return _fitted(document, aim(sequence) if aim else sequence)


def _fitted(document: Document, sequence: Sequence) -> Document:
    """The document with another sequence; its targets have to be such as the network's outputs can be."""
    if sequence.all_targets is not None:
        check_outputs(sequence.all_targets, document.network)
    of_targets = settings_for(sequence)
    at = of_targets.at if sequence.at_last else document.settings.at
    settings = replace(document.settings, loss=of_targets.loss, at=at)
    return replace(document, sequence=sequence, settings=settings)


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
    said = read_metadata(data, where) if ending == WEIGHTS else {}
    return read_weights(arrays, where, named_cell(options.cell), options.activation, said)


def cell_file(path: str | Path) -> Cell:
    """The cell of a ``.toml`` file."""
    return parse_cell(decoded(read_bytes(path, LIMITS.text_bytes), str(path)), str(path))


def named_cell(name: str | None) -> Cell | None:
    """The cell that an option names: of the library, or a cell file."""
    if name is None:
        return None
    return cell_file(name) if name.lower().endswith(CELL) else library_cell(name)


def _refuse_options(options: ModelOptions, what: str) -> None:
    if replace(options, seed=1, columns=None, tokens=None) != _NO_OPTIONS:
        raise InputError(f"{what} has its cell and sizes already; --inputs, --activation and the like are for cells")


def _cell_document(cell: Cell, name: str, options: ModelOptions, data: Sequence | None, aim: Aim | None) -> Document:
    said = []
    if data is None:
        inputs = INPUTS if options.inputs is None else options.inputs
        check_features(inputs, "inputs")
        data = drawn_sequence(inputs, options.seed)
        said = [drawn_note(data, options.seed)]
    return built_document(cell, name, options, aim(data) if aim else data, said)


def _with_data(document: Document, data: Sequence | None, aim: Aim | None, where: str) -> Document:
    """The study run over another sequence: its sizes have to fit, and a text is read with the study's vocabulary."""
    if data is None:
        return document if aim is None else _fitted(document, aim(document.sequence))
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
    return _fitted(document, aim(data) if aim else data)


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
        lesson = document.lesson
        carried = "" if lesson is None else f"; the lesson “{lesson.title}”, stops: {len(lesson.stops)}"
        held = f"{described(document.network)}; {described_sequence(document.sequence)}"
        return f"study “{document.name}”: {held}{carried}"
    if ending == CELL or str(path) in library_cells():
        cell = cell_file(path) if ending == CELL else library_cell(str(path))
        return (
            f"cell “{cell.name}” ({cell.title}): {len(cell.equations)} equations, {len(cell.phases)} sub-steps, "
            f"parameters {', '.join(cell.parameters)}"
        )
    found = _contents(path, options)
    if isinstance(found, Sequence):
        return f"sequence: {described_sequence(found)}"
    own = f"; {described_sequence(found.sequence)}" if found.sequence else ""
    return f"weights: {described(found.network)}{own}. {found.note}"
