"""The table of ops: a cell's equations taken apart into single operations, in the order of computation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from rnnstudio.engine.cells import HANDED, READOUT, READOUT_BIAS, Cell, library_cell
from rnnstudio.engine.equations import Binary, Call, Equation, Expression, Name, Negative, Number
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.program import Op, Program
from rnnstudio.engine.rewriting import renamed, without_bias
from rnnstudio.engine.shapes import CONCAT, Shape, relettered, sum_of

__all__ = ["Op", "Program", "lower", "number_text", "traditional"]


def number_text(value: float) -> str:
    """A constant as an op's argument: ``1`` rather than ``1.0``; ``float`` of it is the constant again."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


class _Lowering:
    """Takes equations apart; ops come out in the order in which Python would compute them."""

    def __init__(self, functions: Mapping[str, str], shapes: Mapping[str, Shape]) -> None:
        self.functions = functions
        self.shapes = shapes
        self.ops: dict[str, Op] = {}

    def emit(self, value: str, kind: str, symbol: str, args: tuple[str, ...], function: str | None = None) -> str:
        same = sum(1 for op in self.ops.values() if op.value == value and op.symbol == symbol)
        op_id = f"{value}:{symbol}{same + 1 if same else ''}"
        self.ops[op_id] = Op(op_id, value, kind, symbol, args, function, self.size(value, kind, args))
        return op_id

    def size(self, value: str, kind: str, args: tuple[str, ...]) -> str:
        if kind == "matmul":
            return self.shapes[args[0]][0]
        sizes = [size for arg in args if (size := self.size_of(arg))]
        if kind == "concat":
            return sum_of(sizes)
        return sizes[0] if sizes else self.shapes[value][0]

    def size_of(self, arg: str) -> str | None:
        """Letter of an argument's size; None for a number."""
        if arg in self.ops:
            return self.ops[arg].size
        shape = self.shapes.get(arg.removesuffix("_prev"))
        return shape[0] if shape else None

    def lower(self, node: Expression, value: str) -> str:
        """Emit the ops of an expression; the result is how its value is called in ``args``."""
        if isinstance(node, Number | Name):
            return number_text(node.value) if isinstance(node, Number) else node.name
        if isinstance(node, Negative):
            return self.emit(value, "negate", "-", (self.lower(node.operand, value),))
        if isinstance(node, Call):
            args = tuple(self.lower(argument, value) for argument in node.arguments)
            if node.function == CONCAT:
                return self.emit(value, "concat", CONCAT, args)
            return self.emit(value, "function", node.function, args, self.functions[node.function])
        if node.operator == "+":
            terms = tuple(self.lower(term, value) for term in _terms(node))
            return self.emit(value, "add", "+", terms)
        left, right = self.lower(node.left, value), self.lower(node.right, value)
        if node.operator == "-":
            symbol = f"{left}-" if isinstance(node.left, Number) else "-"
            return self.emit(value, "sub", symbol, (left, right))
        return self.emit(value, "matmul" if node.operator == "@" else "mul", node.operator, (left, right))

    def equation(self, equation: Equation) -> None:
        before = len(self.ops)
        result = self.lower(equation.expression, equation.name)
        if len(self.ops) == before:
            kind = "constant" if isinstance(equation.expression, Number) else "copy"
            self.emit(equation.name, kind, "=", (result,))


def _terms(node: Expression) -> list[Expression]:
    """The terms of a sum: `a + b + c` is one sum of three, a sum in parentheses a term of its own to the right."""
    if isinstance(node, Binary) and node.operator == "+":
        return [*_terms(node.left), node.right]
    return [node]


def _chosen_activation(cell: Cell, activation: str | None) -> str | None:
    offered = next(iter(cell.activations.values()), ())
    if activation is None:
        return offered[0] if offered else None
    if activation not in offered:
        choice = f"{', '.join(offered)} are" if offered else "there is no choice: its functions are fixed"
        raise InputError(f"the cell {cell.name} cannot have the activation {activation!r}; {choice}")
    return activation


def _with_readout(cell: Cell, bias: bool) -> Cell:
    """The cell with y renamed to h, and y = V @ h + by after it."""
    taken = {HANDED, READOUT, READOUT_BIAS} & {*cell.values, *cell.parameters}
    if taken or cell.own_outputs:
        reason = f"it uses the name {min(taken)} itself" if taken else "it has outputs O of its own"
        raise InputError(f"the cell {cell.name} cannot have a readout y = V @ h + by: {reason}")
    names = {"y": HANDED}
    product = Binary("@", Name(READOUT), Name(HANDED))
    readout = Equation("y", Binary("+", product, Name(READOUT_BIAS)) if bias else product)
    state_size = {"O": "H"}  # of a layer whose only size was that of its outputs

    def shape(letters: Shape) -> Shape:
        return tuple(relettered(letter, state_size) for letter in letters)

    added: dict[str, Shape] = {READOUT: ("O", "H"), READOUT_BIAS: ("O",)}
    phases = tuple(tuple(names.get(name, name) for name in phase) for phase in cell.phases)
    place = {_place_name(name, names): position for name, position in cell.place.items()}
    return replace(
        cell,
        equations=(*renamed(cell.equations, names), readout),
        phases=(*phases, ("y",)),
        inline=frozenset(names.get(name, name) for name in cell.inline),
        roles=MappingProxyType({names.get(name, name): role for name, role in cell.roles.items()}),
        place=MappingProxyType(place),
        parameters=MappingProxyType({**{n: shape(s) for n, s in cell.parameters.items()}, **added}),
        values=MappingProxyType({**{names.get(n, n): shape(s) for n, s in cell.values.items()}, "y": ("O",)}),
        bias=(*cell.bias, READOUT_BIAS),
    )


def _place_name(name: str, names: Mapping[str, str]) -> str:
    value, colon, rest = name.partition(":")
    return names.get(value, value) + colon + rest


def _alias(equations: tuple[Equation, ...], states: tuple[str, ...]) -> dict[str, str]:
    for equation in equations:
        if isinstance(equation.expression, Name):
            pair = (equation.name, equation.expression.name)
            for one, other in (pair, pair[::-1]):
                if one == HANDED and other in states:
                    return {HANDED: other}
    return {}


def _program(cell: Cell, form: Cell, activation: str | None, bias: bool, readout: bool) -> Program:
    """The op table of `form`, the equations of `cell` as they are to be computed."""
    equations = form.equations if bias else without_bias(form.equations, form.bias)
    chosen = _chosen_activation(form, activation)
    functions = {name: name for name in FUNCTIONS} | {name: str(chosen) for name in form.activations}
    lowering = _Lowering(functions, {"x": ("I",), **form.values, **form.parameters})
    for equation in equations:
        lowering.equation(equation)
    dropped = () if bias else form.bias
    return Program(
        cell=cell,
        activation=chosen,
        bias=bias,
        readout=readout,
        ops=tuple(lowering.ops.values()),
        parameters=MappingProxyType({n: s for n, s in form.parameters.items() if n not in dropped}),
        values=tuple(equation.name for equation in equations),
        states=form.states,
        phases=form.phases,
        inline=form.inline,
        alias=MappingProxyType(_alias(equations, form.states) if readout else {}),
        biases=form.bias if bias else (),
        handed=HANDED if readout else "y",
        roles=form.roles,
        place=form.place,
        sizes=MappingProxyType({"x": "I", **{name: shape[0] for name, shape in form.values.items()}}),
        equations=equations,
    )


@lru_cache(maxsize=256)
def lower(cell: Cell, activation: str | None = None, bias: bool = True, readout: bool = False) -> Program:
    """The program of a cell.

    Parameters
    ----------
    cell : Cell
        Its equations.
    activation : str, optional
        The function for the name that the cell leaves open; by default the first that it offers.
    bias : bool
        False takes the biases and their "+" out.
    readout : bool
        True adds y = V·h + b_y, V of shape (O, H), where h is what the cell hands out.

    Raises
    ------
    InputError
        The cell does not offer the activation, or cannot have a readout.
    """
    return _program(cell, _with_readout(cell, bias) if readout else cell, activation, bias, readout)


@lru_cache(maxsize=256)
def traditional(cell: Cell, activation: str | None = None, bias: bool = True, readout: bool = False) -> Program | None:
    """The program of a cell's traditional layer, y = f(W·x [+ b]); None where it names none.

    Its parameters have the cell's names (the LSTM's W is ``Wg``), its values are ``a`` and ``y``; with a readout
    ``a``, ``h``, ``y``, of which h and y come in the same, third, phase.
    """
    layer = cell.layer
    if layer is None:
        return None
    dense = library_cell(layer.cell)
    if dense.layer is None or dense.states:
        raise InputError(f"the traditional layer of {cell.name} cannot be {dense.name}: it is none itself")
    own = dense.layer
    names = {own.W: layer.W, own.b: layer.b or own.b}
    letters = {dense.parameters[own.W][0]: cell.parameters[layer.W][0]}
    form = replace(
        dense,
        equations=renamed(dense.equations, names, {own.f: layer.f}),
        activations=cell.activations if layer.f in cell.activations else MappingProxyType({}),
        bias=tuple(names.get(name, name) for name in dense.bias),
        roles=MappingProxyType({names.get(name, name): role for name, role in dense.roles.items()}),
        parameters=_relettered(dense.parameters, names, letters),
        values=_relettered(dense.values, {}, letters),
    )
    if readout:
        with_readout = _with_readout(form, bias)
        form = replace(with_readout, phases=(*form.phases[:-1], (*with_readout.phases[-2], "y")))
    has_bias = bias and bool(layer.b)
    return _program(dense, form, activation if form.activations else None, has_bias, readout)


def _relettered(
    shapes: Mapping[str, Shape], names: Mapping[str, str], letters: Mapping[str, str]
) -> Mapping[str, Shape]:
    return MappingProxyType(
        {names.get(name, name): tuple(relettered(at, letters) for at in shape) for name, shape in shapes.items()}
    )
