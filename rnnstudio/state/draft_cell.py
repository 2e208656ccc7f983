"""A cell out of typed equations: what a cell file says besides them is derived."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence

from rnnstudio.engine.cells import Cell, library_cell, library_cells, parse_cell
from rnnstudio.engine.equations import Binary, Call, Equation, EquationError, Expression, Name, Negative, Number
from rnnstudio.engine.rewriting import names_in, without_bias
from rnnstudio.engine.shapes import CONCAT, Shape, parts_of
from rnnstudio.state.draft_lines import ACTIVATION, Read

#: What the activation f can be, where the cell that one started from does not say it.
OFFERED = ("tanh", "sigmoid", "relu")
_GATES = ("sigmoid",)


def biases_of(equations: Sequence[Equation], parameters: Mapping[str, Shape]) -> tuple[str, ...]:
    """The vectors of parameters that stand only in sums with something else: those that can be left out."""
    found: tuple[str, ...] = ()
    for name, shape in parameters.items():
        if len(shape) != 1:
            continue
        try:
            without_bias(equations, (*found, name))
        except EquationError:
            continue
        found = (*found, name)
    return found


def _depths(equations: Sequence[Equation], inline: frozenset[str]) -> dict[str, int]:
    """How many named values are computed before each; a copy, and an inline value, adds none."""
    depth: dict[str, int] = {}
    for equation in equations:
        before = max((depth.get(name.name, 1) for name in names_in(equation.expression)), default=1)
        copied = isinstance(equation.expression, Name) and equation.expression.name in depth
        depth[equation.name] = before if copied or equation.name in inline else before + 1
    return depth


def phases_of(
    equations: Sequence[Equation], states: Sequence[str], inline: frozenset[str] = frozenset()
) -> tuple[tuple[str, ...], ...]:
    """The sub-steps: what is given; then, together, all values that hang on those before; inline ones where used."""
    depth = _depths(equations, inline)
    users: dict[str, list[str]] = {}
    for equation in equations:
        for name in names_in(equation.expression):
            users.setdefault(name.name, []).append(equation.name)
    for equation in reversed(equations):
        if equation.name in inline and equation.name in users:
            depth[equation.name] = min(depth[user] for user in users[equation.name])
    numbers = sorted({max(number, 2) for number in depth.values()})
    later = tuple(tuple(name for name, number in depth.items() if max(number, 2) == at) for at in numbers)
    return (("x", *(f"{state}_prev" for state in states)), *later)


def roles_of(read: Read) -> dict[str, str]:
    """Colours: W what x is multiplied with, U what the states are, V what makes other numbers of outputs."""
    roles: dict[str, str] = {}
    for name, shape in read.parameters.items():
        if len(shape) == 1:
            roles[name] = "op"
        elif "I" in parts_of(shape[1]):
            roles[name] = "W"
        else:
            roles[name] = "V" if name.startswith("V") or shape[0] == "O" else "U"
    for name in read.values:
        if name in read.states:
            roles[name] = "s" if name == "s" or (name != "c" and name == read.states[0]) else "c"
        else:
            roles[name] = "y" if name == "y" else "op"
    return roles


def _calls(node: Expression) -> Iterator[Call]:
    if isinstance(node, Call):
        if node.function != CONCAT:
            yield node
        for argument in node.arguments:
            yield from _calls(argument)
    elif isinstance(node, Negative):
        yield from _calls(node.operand)
    elif isinstance(node, Binary):
        yield from _calls(node.left)
        yield from _calls(node.right)


def _terms(node: Expression, linear: Mapping[str, Expression]) -> Iterator[Expression]:
    """The terms of a sum, values that are sums and products themselves taken apart too."""
    if isinstance(node, Binary) and node.operator in "+-":
        yield from _terms(node.left, linear)
        yield from _terms(node.right, linear)
    elif isinstance(node, Name) and node.name in linear:
        yield from _terms(linear[node.name], linear)
    else:
        yield node


def layer_of(read: Read, bias: Sequence[str]) -> dict[str, str]:
    """The traditional layer y = f(W x + b): the first value, no gate if there is another, that x goes into by W.

    Empty where no matrix is multiplied with x alone.
    """
    equations = read.good
    linear = {e.name: e.expression for e in equations if not any(_calls(e.expression))}
    choices: list[tuple[bool, dict[str, str]]] = []
    for equation in equations:
        for call in _calls(equation.expression):
            terms = list(_terms(call.arguments[0], linear))
            for weights in _weights_on_x(terms):
                added = [term.name for term in terms if isinstance(term, Name) and term.name in bias]
                found = {"cell": "dense", "W": weights, "b": added[0] if added else "", "f": call.function}
                choices.append((call.function in _GATES, found))
    if not choices:
        inner = [w for e in equations for w in _weights_on_x(list(_products(e.expression)))]
        return {"cell": "dense", "W": inner[0], "b": "", "f": "identity"} if inner else {}
    return min(choices, key=lambda choice: choice[0])[1]


def _weights_on_x(terms: Sequence[Expression]) -> Iterator[str]:
    for term in terms:
        product = term if isinstance(term, Binary) and term.operator == "@" else None
        if product and isinstance(product.left, Name) and product.right == Name("x"):
            yield product.left.name


def _products(node: Expression) -> Iterator[Expression]:
    if isinstance(node, Binary):
        if node.operator == "@":
            yield node
        yield from _products(node.left)
        yield from _products(node.right)
    elif isinstance(node, Negative):
        yield from _products(node.operand)
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from _products(argument)


def equations_text(equations: Sequence[Equation]) -> str:
    """Equations as one writes them, one a line; read again they are the same."""
    return "\n".join(f"{equation.name} = {_written(equation.expression)}" for equation in equations)


def _written(node: Expression) -> str:
    if isinstance(node, Number):
        return repr(node.value).removesuffix(".0")
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Negative):
        return f"-{_inside(node.operand, 'sum', 'product')}"
    if isinstance(node, Call):
        return f"{node.function}({', '.join(map(_written, node.arguments))})"
    if node.operator in "+-":
        return f"{_written(node.left)} {node.operator} {_inside(node.right, 'sum')}"
    return f"{_inside(node.left, 'sum')} {node.operator} {_inside(node.right, 'sum', 'product')}"


def _inside(node: Expression, *loose: str) -> str:
    """An operand, in parentheses where it binds as loosely as this."""
    kind = ("sum" if node.operator in "+-" else "product") if isinstance(node, Binary) else ""
    return f"({_written(node)})" if kind in loose else _written(node)


def shown_text(cell: Cell, bias: bool = True) -> str:
    """The equations of a cell as its file has them; without biases where these are off."""
    if not bias and cell.bias:
        return equations_text(without_bias(cell.equations, cell.bias))
    table = tomllib.loads(cell.text)
    if "equations" not in table and "same_as" in table:
        return shown_text(library_cell(table["same_as"]))
    return str(table["equations"]).strip("\n")


def file_name(name: str) -> str:
    """The name of a cell for files and menus, out of the words that it is called: none of the library's."""
    plain = "-".join("".join(ch if ch.isalnum() else " " for ch in name.lower()).split()) or "own-cell"
    return f"{plain}-own" if plain in library_cells() else plain


def _table(pairs: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {json.dumps(value)}" for key, value in pairs.items()) + " }"


def cell_text(read: Read, text: str, name: str, base: Cell | None) -> str:
    """The text of the cell file for lines without a fault.

    Parameters
    ----------
    read : Read
        What was read in them; stand-ins count as lines.
    text : str
        The equations as they are to stand in the file.
    name : str
        What the cell is called.
    base : Cell or None
        The cell that one started from: its activations, and which of its values are written out, still hold.
    """
    equations = (*read.good, *read.stand_ins)
    same = {e.name: e.expression for e in base.equations} if base is not None else {}
    inline = frozenset(
        e.name for e in equations if base is not None and e.name in base.inline and same.get(e.name) == e.expression
    )
    bias = biases_of(equations, read.parameters)
    called = any(call.function == ACTIVATION for e in equations for call in _calls(e.expression))
    offered = base.activations.get(ACTIVATION, OFFERED) if base is not None else OFFERED
    roles = roles_of(read)
    if base is not None:
        kept = {**base.values, **base.parameters}
        roles |= {n: base.role(n) for n, s in {**read.values, **read.parameters}.items() if kept.get(n) == s}
    # lines that wait may hold the one that takes the layer's place: then there is none yet
    layer = layer_of(read, bias) if read.whole else {}
    title = name[:1].upper() + name[1:]
    lines = [
        'kind = "cell"', "version = 1", f"name = {json.dumps(file_name(name))}", f"title = {json.dumps(title)}",
        'source = "written in RNN Studio"', f"sizes = {_table(read.sizes)}",
        *([f"activation = {{ {ACTIVATION} = {json.dumps(list(offered))} }}"] if called else []),
        f"bias = {json.dumps(list(bias))}", f"equations = '''\n{text}'''",
        f"phases = {json.dumps([list(phase) for phase in phases_of(equations, read.states, inline)])}",
        f"inline = {json.dumps(sorted(inline))}",
        *([f"layer = {_table(layer)}"] if layer else []),
        f"caption = {json.dumps(f'{title}: drawn from its equations.')}", f"roles = {_table(roles)}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def cell_of(read: Read, text: str, name: str, base: Cell | None) -> Cell:
    """The cell of lines without a fault; the one that one started from where they still say the same.

    Raises
    ------
    InputError
        Something about the whole is not as a cell has it.
    """
    if base is not None and read.whole and same_equations(read.good, base):
        return base
    return parse_cell(cell_text(read, text, name, base), "the equations")


def same_equations(equations: Sequence[Equation], base: Cell) -> bool:
    """Whether lines say what a cell says, with its biases or without all of them."""
    return tuple(equations) in (tuple(base.equations), tuple(without_bias(base.equations, base.bias)))
