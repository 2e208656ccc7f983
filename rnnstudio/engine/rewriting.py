"""Changes of equations as wholes: names exchanged, biases taken out; and expressions written as text again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rnnstudio.engine.equations import Binary, Call, Equation, EquationError, Expression, Name, Negative, Number


def names_in(node: Expression) -> Iterator[Name]:
    """Every name of an expression that stands for a value, from left to right; functions are none."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Negative):
        yield from names_in(node.operand)
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from names_in(argument)
    elif isinstance(node, Binary):
        yield from names_in(node.left)
        yield from names_in(node.right)


def start_of(node: Expression) -> tuple[int, int]:
    """Line and column at which an expression begins."""
    while isinstance(node, Binary):
        node = node.left
    return node.line, node.column


def text_of(node: Expression, most: int = 40) -> str:
    """An expression as text, cut off where it is long."""
    text = _text(node)
    return text if len(text) <= most else f"{text[: most - 2]} …"


def _text(node: Expression) -> str:
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Negative):
        return f"-{_bracketed(node.operand, '')}"
    if isinstance(node, Call):
        return f"{node.function}({', '.join(map(_text, node.arguments))})"
    return f"{_bracketed(node.left, node.operator)} {node.operator} {_bracketed(node.right, node.operator + 'r')}"


def _bracketed(node: Expression, around: str) -> str:
    """An operand, in parentheses where the operator around it (``r``: on its right) would take it apart."""
    loose = isinstance(node, Binary) and (around not in ("+", "-") and (around == "" or around[-1] == "r" or
                                                                        node.operator in "+-"))  # fmt: skip
    return f"({_text(node)})" if loose else _text(node)


def _renamed(node: Expression, names: Mapping[str, str], functions: Mapping[str, str]) -> Expression:
    if isinstance(node, Name):
        return replace(node, name=names.get(node.name, node.name))
    if isinstance(node, Negative):
        return replace(node, operand=_renamed(node.operand, names, functions))
    if isinstance(node, Call):
        arguments = tuple(_renamed(argument, names, functions) for argument in node.arguments)
        return replace(node, function=functions.get(node.function, node.function), arguments=arguments)
    if isinstance(node, Binary):
        return replace(node, left=_renamed(node.left, names, functions), right=_renamed(node.right, names, functions))
    return node


def renamed(
    equations: Sequence[Equation], names: Mapping[str, str], functions: Mapping[str, str] | None = None
) -> tuple[Equation, ...]:
    """The equations with other names for values and parameters, and for functions in call position."""
    return tuple(
        replace(
            equation,
            name=names.get(equation.name, equation.name),
            expression=_renamed(equation.expression, names, functions or {}),
        )
        for equation in equations
    )


def _without(node: Expression, bias: frozenset[str]) -> Expression | None:
    """The expression without the bias terms of its sums; None where nothing is left."""
    if isinstance(node, Name | Number):
        return None if isinstance(node, Name) and node.name in bias else node
    if isinstance(node, Negative):
        return replace(node, operand=_kept(node.operand, bias))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(_kept(argument, bias) for argument in node.arguments))
    if node.operator != "+":
        return replace(node, left=_kept(node.left, bias), right=_kept(node.right, bias))
    left, right = _without(node.left, bias), _without(node.right, bias)
    if left is None or right is None:
        return left if right is None else right
    return replace(node, left=left, right=right)


def _kept(node: Expression, bias: frozenset[str]) -> Expression:
    rest = _without(node, bias)
    if rest is None:
        name = next(names_in(node))
        raise EquationError(
            f"{name.name} is a bias and cannot be taken out here", name.line, name.column, "it in a sum, as in a + b"
        )
    return rest


def without_bias(equations: Sequence[Equation], bias: Sequence[str]) -> tuple[Equation, ...]:
    """The equations without the named biases and their "+".

    Raises
    ------
    EquationError
        Where a bias stands anywhere but in a sum with something else.
    """
    names = frozenset(bias)
    return tuple(replace(equation, expression=_kept(equation.expression, names)) for equation in equations)
