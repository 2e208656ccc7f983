"""A draft of a cell while it is written: its lines, sizes and shapes, and what one real step of it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.layer import Layer
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network
from rnnstudio.engine.recording import Trace
from rnnstudio.engine.rewriting import names_in
from rnnstudio.engine.shapes import Shape, length
from rnnstudio.engine.trace import run
from rnnstudio.state.draft_cell import cell_of, equations_text, shown_text
from rnnstudio.state.draft_fixes import Fix, fix_of
from rnnstudio.state.draft_lines import Fault, Read, in_numbers, read_lines
from rnnstudio.state.model import Document, Floats
from rnnstudio.state.runs import traces
from rnnstudio.state.written_cell import bound_outputs, written_document, written_layer

#: What a written cell is called until it has a name.
UNNAMED = "Own cell"


@dataclass(frozen=True)
class Draft:
    """What is written, and the sizes that go with it.

    Attributes
    ----------
    text : str
        One equation a line.
    size : int
        H, the values of each state.
    outputs : int or None
        O, where y has a number of values of its own.
    name : str
        What the cell is to be called; empty until one says it.
    base : Cell or None
        The cell that one started from.
    """

    text: str
    size: int
    outputs: int | None = None
    name: str = ""
    base: Cell | None = None

    @property
    def title(self) -> str:
        """What the cell is called: as one says, as the one that it still is, else an own cell."""
        if self.name.strip():
            return self.name.strip()
        if self.base is None:
            return UNNAMED
        own = {shown_text(self.base, bias).strip() for bias in (True, False)}
        return self.base.title if self.text.strip() in own else UNNAMED


@dataclass(frozen=True, eq=False)
class Ground:
    """What the open study gives: the sample x (I,), of which step, the states before it, and the study itself."""

    document: Document
    x: Floats
    step: int
    first: Mapping[str, Floats]

    @property
    def layer(self) -> Layer:
        """The chosen layer as it is."""
        return self.document.network.layers[self.document.network.chosen]


@dataclass(frozen=True)
class Row:
    """What one line has made.

    Attributes
    ----------
    line : int
        Its number, from 1.
    name : str
        The value that it gives.
    role : str
        The value's colour.
    status : str
        ``"known"``, ``"error"``, or ``"waits"`` for a line that is at fault.
    weights : tuple of (str, tuple of int)
        Parameters that it is the first to name, with their shapes.
    """

    line: int
    name: str
    role: str
    status: str
    weights: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def count(self) -> int:
        """How many numbers its weights are."""
        return sum(int(np.prod(shape)) for _, shape in self.weights)


@dataclass(frozen=True, eq=False)
class Reading:
    """A draft as far as it can be read.

    Attributes
    ----------
    draft, ground, read : Draft, Ground, Read
        What was read, over what.
    faults : tuple of Fault
        With sizes in numbers, in the order of the lines; none where the cell can be used.
    cell : Cell or None
        The cell; while there are faults that of the lines that stand, None where they make none.
    layer : Layer or None
        It with parameters, alone: no readout, forward.
    trace : Trace or None
        Its one step.
    document : Document or None
        The study as it would be with the cell; None while there are faults.
    """

    draft: Draft
    ground: Ground
    read: Read
    faults: tuple[Fault, ...]
    cell: Cell | None = None
    layer: Layer | None = None
    trace: Trace | None = None
    document: Document | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the cell can be used."""
        return not self.faults and self.document is not None

    @property
    def bias(self) -> bool:
        """Whether the cell is to have its biases: what is written is what is computed."""
        base = self.draft.base
        return self.cell is None or self.cell != base or tuple(self.read.good) == tuple(self.cell.equations)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The lines, in their order."""
        known = {equation.line for equation in self.read.good}
        wrong = {fault.line for fault in self.faults if fault.of_line}
        found, named = [], set[str]()
        for line, name in self.read.names.items():
            status = "error" if line in wrong else "known" if line in known else "waits"
            weights = self._weights(line, named) if status == "known" else ()
            found.append(Row(line, name, self._role(name), status, weights))
        return tuple(found)

    def _weights(self, line: int, named: set[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        equation = next(e for e in self.read.good if e.line == line)
        out = []
        for name in names_in(equation.expression):
            shape = self.read.parameters.get(name.name)
            if shape is not None and name.name not in named:
                named.add(name.name)
                out.append((name.name, self.numbers(shape)))
        return tuple(out)

    def _role(self, name: str) -> str:
        if name in self.read.states:
            return "c" if name == "c" or (name != "s" and name != self.read.states[0]) else "s"
        return "y" if name == "y" else "op"

    def numbers(self, shape: Shape) -> tuple[int, ...]:
        """A shape in letters as numbers."""
        return tuple(length(size, self.sizes) for size in shape)

    def value(self, name: str) -> Floats | None:
        """What a value is after the step; None where it is not known."""
        row = next((row for row in self.rows if row.name == name), None)
        if row is None or row.status != "known" or self.trace is None:
            return None
        return np.asarray(self.trace.layers[0].value(name, 1))

    def width(self, name: str) -> int:
        """How many values a named one has, or would have."""
        shape = self.read.values.get(name)
        return self.numbers(shape)[0] if shape else self.draft.size

    @property
    def total(self) -> int:
        """How many numbers all lines that stand are made of."""
        return sum(row.count for row in self.rows)

    @property
    def kept(self) -> tuple[str, ...]:
        """Parameters whose values are those of the study's layer."""
        if self.layer is None:
            return ()
        old = {id(array) for array in self.ground.layer.parameters.values()}
        return tuple(name for name, array in self.layer.parameters.items() if id(array) in old)

    @property
    def open_outputs(self) -> bool:
        """Whether one can choose how many outputs there are."""
        return self.read.y_free and bound_outputs(self.ground.document) is None and bool(self.read.states)

    @cached_property
    def fixes(self) -> Mapping[int, Fix]:
        """Number of a line → what would mend its first fault."""
        found: dict[int, Fix] = {}
        tried = set[int]()
        for fault in self.read.faults:
            if fault.line not in tried:
                tried.add(fault.line)
                fix = fix_of(self.draft.text, self.read, fault)
                if fix is not None:
                    found[fault.line] = fix
        return MappingProxyType(found)


def ground_of(document: Document) -> Ground:
    """What an open study gives a draft: x of its first step, the states before it, 0 where nothing is given."""
    layer, k = document.network.layers[document.network.chosen], document.network.chosen
    step, steps = 1, document.sequence.steps
    if layer.direction == "reverse":
        step = max(steps, 1)
    x = np.asarray(traces(document)[0].layer(k).value("x", step)) if steps else np.zeros(layer.inputs)
    shown = document.sequence.shown
    given = document.first.get(k, {})
    first = {name: value if np.ndim(value) == 1 else value[shown] for name, value in given.items()}
    return Ground(document, x, step, first)


def draft_of(document: Document) -> Draft:
    """The cell of a study's chosen layer, as a draft."""
    layer = document.network.layers[document.network.chosen]
    outputs = layer.sizes["O"] if layer.cell.own_outputs else None
    return Draft(shown_text(layer.cell, layer.bias), layer.size, outputs, "", layer.cell)


def started_from(cell: Cell | None, before: Draft) -> Draft:
    """A draft of another cell in the sizes of the one before; None: nothing is written yet."""
    if cell is None:
        return Draft("", before.size, before.outputs)
    return Draft(shown_text(cell), before.size, before.outputs, "", cell)


def read_draft(draft: Draft, ground: Ground) -> Reading:
    """Read a draft, draw what it needs, and compute one step of it.

    Parameters
    ----------
    draft : Draft
        What is written.
    ground : Ground
        The study that it is for.

    Returns
    -------
    Reading
        Its faults, and all that does not hang on them.
    """
    read = read_lines(draft.text)
    sizes = {"I": ground.layer.inputs, "H": draft.size, "O": _outputs(draft, ground, read)}
    faults = tuple(in_numbers(fault, sizes) for fault in read.faults)
    plain = Reading(draft, ground, read, faults, sizes=sizes)
    try:
        cell = _cell(draft, read)
        if cell is None:
            return plain
        of_cell = replace(plain, cell=cell)
        written = written_layer(ground.document, cell, draft.size, sizes["O"], of_cell.bias)
        document = None if faults else written_document(ground.document, written)
        layer = _alone(written)
        trace = _stepped(layer, ground)
    except InputError as error:
        if faults:
            return plain
        return replace(plain, faults=(Fault(1, 1, 0, str(error), of_line=False),))
    return replace(of_cell, layer=layer, trace=trace, document=document, sizes=dict(layer.sizes))


def _outputs(draft: Draft, ground: Ground, read: Read) -> int:
    bound = bound_outputs(ground.document)
    if read.y_free and bound is not None:
        return bound
    return draft.outputs if draft.outputs is not None and read.states else draft.size


def _cell(draft: Draft, read: Read) -> Cell | None:
    """The cell of the lines, or of those that stand."""
    if not read.faults:
        text = "\n".join(line.rstrip() for line in draft.text.strip("\n").split("\n"))
        return cell_of(read, text, draft.title, draft.base)
    if not read.good or not read.values:
        return None
    return cell_of(read, equations_text((*read.good, *read.stand_ins)), draft.title, draft.base)


def _alone(layer: Layer) -> Layer:
    """The layer as its equations have it: forward, without a readout."""
    if layer.direction == "forward" and not layer.readout:
        return layer
    names = layer.cell.parameters
    own = {name: array for name, array in layer.parameters.items() if name in names}
    outputs = layer.outputs if layer.cell.own_outputs else None
    return Layer(layer.cell, layer.inputs, layer.size, layer.activation, layer.bias, "forward", outputs, own)


def _stepped(layer: Layer, ground: Ground) -> Trace:
    first = {
        state: ground.first[state]
        for state in layer.program.states
        if state in ground.first and np.shape(ground.first[state]) == (layer.size,)
    }
    return run(Network((layer,)), ground.x[np.newaxis], {0: first} if first else None)


def first_is_zero(reading: Reading) -> bool:
    """Whether the step starts from states that are all 0."""
    if reading.trace is None:
        return True
    return not any(np.any(vector) for vector in reading.trace.layers[0].first.values())
