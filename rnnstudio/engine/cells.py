"""Cells: recurrent units and layers as text files of equations, and the library of those that come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Any

from rnnstudio.engine.cell_file import CellFile
from rnnstudio.engine.equations import Equation, EquationError, parse_equations
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.rewriting import names_in, without_bias
from rnnstudio.engine.shapes import CONCAT, Shape, infer_shapes, parts_of
from rnnstudio.resources import resource

ROLES = ("x", "y", "s", "c", "W", "U", "V", "op")
#: The names that a readout adds: what the cell hands out, the weights on it, their bias.
HANDED, READOUT, READOUT_BIAS = "h", "V", "by"
_DEFAULT_ROLES = {"x": "x", "y": "y", "s": "s", "c": "c", HANDED: "y", READOUT: "V", READOUT_BIAS: "op"}


@dataclass(frozen=True)
class TraditionalLayer:
    """The traditional layer of a cell: y = f(W·x + b) under the cell's own names.

    Attributes
    ----------
    cell : str
        The library's cell that computes it.
    W, b : str
        The cell's names for weights and bias; `b` is empty where it has none.
    f : str
        The name of an activation of the cell, or a function.
    """

    cell: str
    W: str
    b: str
    f: str


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell, read from its text; two cells are equal when their texts are.

    Attributes
    ----------
    name, title, source, caption, text : str
        What the file says, and the file itself.
    sizes : mapping
        Letters (I, H, O) that the file gives.
    activations : mapping
        Name in call position → functions to choose from, the first by default; at most one name.
    bias : tuple of str
        Parameters that go when the bias is switched off.
    phases : tuple of tuple of str
        The sub-steps; the first holds x and the states before the step.
    inline : frozenset of str
        Values written as their right-hand side in formulas.
    layer : TraditionalLayer or None
        The traditional layer, where there is one.
    roles : mapping
        Name or glob → role.
    pytorch, place : mapping
        The layer of PyTorch that computes the same; positions in the drawing of 1280 × 760.
    states : tuple of str
        Names with a ``NAME_prev``, in the order of `sizes`.
    readout : bool
        Whether the cell is meant with a readout.
    equations : tuple of Equation
        Parsed, with biases.
    parameters, values : mapping
        Name → shape in letters, in the order of the equations.
    """

    name: str
    title: str
    source: str
    caption: str
    text: str
    sizes: Mapping[str, str]
    activations: Mapping[str, tuple[str, ...]]
    bias: tuple[str, ...]
    phases: tuple[tuple[str, ...], ...]
    inline: frozenset[str]
    layer: TraditionalLayer | None
    roles: Mapping[str, str]
    pytorch: Mapping[str, Any]
    place: Mapping[str, tuple[Any, ...]]
    states: tuple[str, ...]
    readout: bool
    equations: tuple[Equation, ...]
    parameters: Mapping[str, Shape]
    values: Mapping[str, Shape]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cell) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def own_outputs(self) -> bool:
        """Whether the equations themselves go from a state of H to outputs of O values."""
        shapes = (*self.values.values(), *self.parameters.values())
        letters = {letter for shape in shapes for size in shape for letter in parts_of(size)}
        return {"H", "O"} <= letters

    def role(self, name: str) -> str:
        """Colour role of a value, parameter, state before the step, or op id (that of its value)."""
        name = name.partition(":")[0].removesuffix("_prev")
        if name in self.roles:
            return self.roles[name]
        for glob, role in self.roles.items():
            if fnmatchcase(name, glob):
                return role
        return _DEFAULT_ROLES.get(name, "op")


def _checked_sizes(file: CellFile) -> dict[str, str]:
    sizes = file.words("sizes", needed=True)
    if sizes.get("x") != "I" or sizes.get("y") not in ("H", "O"):
        raise file.wrong("sizes", 'x = "I" and y = "H" or "O" are wanted')
    for name, letter in sizes.items():
        if letter not in ("H", "O", "I"):
            raise file.wrong("sizes", f"{name} = {letter!r} is no size; I, H and O are")
    return sizes


def _checked_activations(file: CellFile) -> dict[str, tuple[str, ...]]:
    found = {name: file.names("activation", value) for name, value in file.mapping("activation").items()}
    if len(found) > 1:
        raise file.wrong("activation", f"one name can be chosen for, not {len(found)}: {', '.join(found)}")
    for name, functions in found.items():
        if name in FUNCTIONS or name == CONCAT:
            raise file.wrong("activation", f"{name} is itself a function; another name is wanted, for example f")
        for function in functions or ("nothing",):
            if function not in FUNCTIONS:
                raise file.wrong("activation", f"{name}: {function} is not known; {', '.join(FUNCTIONS)} are")
    return found


def _checked_phases(file: CellFile, equations: tuple[Equation, ...], given: tuple[str, ...]) -> None:
    phase_of: dict[str, int] = {}
    values = [equation.name for equation in equations]
    for number, phase in enumerate(file.phases(), start=1):
        for name in phase:
            if name not in values and name not in given:
                known = ", ".join((*given, *values))
                raise file.wrong("phases", f"phase {number} names {name}, which no equation gives; known are {known}")
            if name in phase_of:
                raise file.wrong("phases", f"{name} is in phase {phase_of[name]} and again in phase {number}")
            phase_of[name] = number
    for name in (*given, *values):
        if name not in phase_of:
            raise file.wrong("phases", f"{name} is in no phase; every value is in one")
    for name in given:
        if phase_of[name] != 1:
            raise file.wrong("phases", f"{name} is given and so in phase 1, not {phase_of[name]}")
    for equation in equations:
        for operand in names_in(equation.expression):
            if phase_of.get(operand.name, 0) > phase_of[equation.name]:
                raise file.wrong("phases", f"{equation.name} comes before {operand.name}, which it is computed from")


def _checked_layer(
    file: CellFile, parameters: Mapping[str, Shape], bias: tuple[str, ...], activations: Mapping[str, tuple[str, ...]]
) -> TraditionalLayer | None:
    entry = file.words("layer")
    if not entry:
        return None
    for key in entry:
        if key not in ("cell", "W", "b", "f"):
            raise file.wrong("layer", f"there is no {key} in it; cell, W, b and f are")
    layer = TraditionalLayer(entry.get("cell", ""), entry.get("W", ""), entry.get("b", ""), entry.get("f", ""))
    if layer.cell not in library_cells():
        raise file.wrong("layer", f"cell = {layer.cell!r} is not in the library; {', '.join(library_cells())} are")
    if parameters.get(layer.W, ())[1:] != ("I",):
        raise file.wrong("layer", f"W = {layer.W!r} does not name a matrix that is multiplied with x")
    if layer.b and layer.b not in bias:
        raise file.wrong("layer", f"b = {layer.b!r} is not among bias")
    if layer.f not in activations and layer.f not in FUNCTIONS:
        known = ", ".join((*activations, *FUNCTIONS))
        raise file.wrong("layer", f"f = {layer.f!r} is not known; {known} are")
    return layer


def _checked_pytorch(file: CellFile, parameters: Mapping[str, Shape]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in file.mapping("pytorch").items():
        if key == "type":
            if value not in ("RNN", "LSTM", "GRU", "Linear"):
                raise file.wrong("pytorch", f"type = {value!r} is not known; RNN, LSTM, GRU and Linear are")
            table[key] = value
            continue
        if key not in ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias"):
            raise file.wrong("pytorch", f"{key} is no parameter there; weight_ih, weight_hh, bias_ih and bias_hh are")
        table[key] = file.names("pytorch", value)
        for name in table[key]:
            if name not in parameters:
                raise file.wrong("pytorch", f"{key}: {name} is no parameter; {', '.join(parameters)} are")
    return table


def _checked_names(file: CellFile, parameters: Mapping[str, Shape], values: Mapping[str, Shape]) -> None:
    """Names in inline, roles and place have to be names of the equations."""
    for name in file.names("inline"):
        if name not in values:
            raise file.wrong("inline", f"{name} is no value; {', '.join(values)} are")
    for name, role in file.words("roles").items():
        if role not in ROLES:
            raise file.wrong("roles", f"{name} = {role!r} is no role; {', '.join(ROLES)} are")
    known = {"x", *parameters, *values, *(f"{name}_prev" for name in values)}
    for name in file.places():
        if name.partition(":")[0] not in known:
            raise file.wrong("place", f"{name} belongs to no name of the equations")


def _checked_equations(
    file: CellFile, sizes: Mapping[str, str], activations: frozenset[str]
) -> tuple[tuple[Equation, ...], dict[str, Shape], dict[str, Shape]]:
    text = file.word("equations")
    try:
        equations = parse_equations(text)
        names = {equation.name for equation in equations}
        parameters, values = infer_shapes(equations, sizes, activations)
        for name in file.names("bias"):
            if len(parameters.get(name, ())) != 1:
                raise file.wrong("bias", f"{name} is no vector among the parameters {', '.join(parameters)}")
        without_bias(equations, file.names("bias"))
    except EquationError as error:
        line = error.line + file.first_equation_line()
        located = EquationError(error.reason, line, error.column, error.expected)
        located.args = (f"{file.where}, {located}",)
        raise located from None
    for name in sizes:
        if name != "x" and name not in names:
            raise file.wrong("sizes", f"{name} is not computed by any equation")
    return equations, parameters, values


def parse_cell(text: str, where: str = "cell file") -> Cell:
    """Read a cell from the text of its file.

    Parameters
    ----------
    text : str
        TOML; the README describes the keys.
    where : str
        The file's path, for sentences about what is wrong.

    Raises
    ------
    InputError
        With line and key where something is wrong; `EquationError`, with line and column, where an equation is.
    """
    file = CellFile(text, where)
    name = file.word("name")
    if "same_as" in file.table:
        file.over(CellFile(library_cell(file.word("same_as")).text, file.word("same_as")).table)
    sizes = _checked_sizes(file)
    activations = _checked_activations(file)
    equations, parameters, values = _checked_equations(file, sizes, frozenset(activations))
    used = {operand.name for equation in equations for operand in names_in(equation.expression)}
    unlisted = sorted(n for n in used if n.endswith("_prev") and n.removesuffix("_prev") not in sizes)
    if unlisted:
        raise file.wrong("sizes", f"the state {unlisted[0].removesuffix('_prev')} of {unlisted[0]} is missing")
    states = tuple(state for state in sizes if f"{state}_prev" in used)
    for state in states:
        if values[state] != ("H",):
            raise file.wrong("sizes", f'the state {state} wants the size "H"')
    _checked_phases(file, equations, ("x", *(f"{state}_prev" for state in states)))
    _checked_names(file, parameters, values)
    cell = Cell(
        name=name, title=file.word("title", name), source=file.word("source", ""), caption=file.word("caption", ""),
        text=text, sizes=MappingProxyType(dict(sizes)), activations=MappingProxyType(activations),
        bias=file.names("bias"), phases=file.phases(), inline=frozenset(file.names("inline")),
        layer=_checked_layer(file, parameters, file.names("bias"), activations),
        roles=MappingProxyType(dict(file.words("roles"))),
        pytorch=MappingProxyType(_checked_pytorch(file, parameters)), place=MappingProxyType(file.places()),
        states=states, readout=file.flag("readout"), equations=equations,
        parameters=MappingProxyType(parameters), values=MappingProxyType(values),
    )  # fmt: skip
    if cell.readout and cell.own_outputs:
        raise file.wrong("readout", "the equations have outputs O of their own already")
    return cell


@cache
def library_cells() -> tuple[str, ...]:
    """Names of the cells that come along, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource("cells").glob("*.toml")))


@cache
def library_cell(name: str) -> Cell:
    """A cell of the library by its name.

    Raises
    ------
    InputError
        There is none of this name; the sentence lists those that there are.
    """
    if name not in library_cells():
        raise InputError(f"there is no cell {name!r} in the library; {', '.join(library_cells())} are")
    return parse_cell(resource("cells", f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")
