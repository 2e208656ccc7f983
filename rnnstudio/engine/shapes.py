"""Shapes of all names of a cell, inferred from its equations and the few sizes that its file gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnnstudio.engine.equations import Binary, Call, Equation, EquationError, Expression, Name, Negative, Number
from rnnstudio.engine.functions import FUNCTIONS

Shape = tuple[str, ...]


class _Inference:
    """Union of size variables: a vector has one, named like itself, a matrix two (``W rows``, ``W columns``)."""

    def __init__(self, equations: Sequence[Equation], sizes: Mapping[str, str], calls: frozenset[str]) -> None:
        self.values = {equation.name for equation in equations}
        self.calls = calls
        self.computed: set[str] = set()
        self.vectors: dict[str, Name] = {}
        self.matrices: dict[str, Name] = {}
        self.order: dict[str, Name] = {}  # parameters as they first appear
        self.parent: dict[str, str] = {}
        self.letters: dict[str, str] = {}
        for name, letter in sizes.items():
            self.letters[self.root(name)] = letter

    def root(self, variable: str) -> str:
        self.parent.setdefault(variable, variable)
        while self.parent[variable] != variable:
            variable = self.parent[variable]
        return variable

    def unite(self, one: str, other: str, place: Expression | Equation) -> None:
        first, second = self.root(one), self.root(other)
        if first == second:
            return
        mine, theirs = self.letters.get(first), self.letters.get(second)
        if mine and theirs and mine != theirs:
            raise EquationError(
                f"sizes do not fit: {one} has {mine} values, {other} has {theirs}",
                place.line,
                place.column,
                "equal sizes",
            )
        self.parent[second] = first
        if theirs:
            self.letters[first] = theirs

    def size(self, node: Expression) -> str | None:
        """Size variable of an expression; None for a number."""
        if isinstance(node, Number):
            return None
        if isinstance(node, Name):
            return self.vector(node)
        if isinstance(node, Negative):
            return self.size(node.operand)
        if isinstance(node, Call):
            return self.call(node)
        if node.operator == "@":
            return self.product(node)
        left, right = self.size(node.left), self.size(node.right)
        if left is None and right is None:
            raise EquationError("only numbers on both sides", node.line, node.column, "the result, written as a number")
        if left is not None and right is not None:
            self.unite(left, right, node)
        return left if left is not None else right

    def vector(self, node: Name) -> str:
        name = node.name
        state = name.removesuffix("_prev")
        if state != name:
            if state not in self.values:
                raise EquationError(
                    f"{name} needs a value {state}", node.line, node.column, f"an equation {state} = … as well"
                )
            return state
        if name in self.values and name not in self.computed:
            raise EquationError(f"{name} is used before its own equation", node.line, node.column, "a value above")
        if name in self.matrices:
            raise EquationError(
                f"{name} is a matrix and stands here like a vector", node.line, node.column, f"{name} @ a vector"
            )
        if name not in self.values and name != "x":
            self.vectors.setdefault(name, node)
            self.order.setdefault(name, node)
        return name

    def call(self, node: Call) -> str:
        if node.function not in self.calls:
            known = ", ".join(sorted(self.calls))
            raise EquationError(f"there is no function {node.function}", node.line, node.column, f"one of {known}")
        if len(node.arguments) != 1:
            raise EquationError(
                f"{node.function} has {len(node.arguments)} arguments", node.line, node.column, "one argument"
            )
        size = self.size(node.arguments[0])
        if size is None:
            raise EquationError(f"{node.function} of a number alone", node.line, node.column, "a vector in it")
        return size

    def product(self, node: Binary) -> str:
        matrix = node.left
        if (
            not isinstance(matrix, Name)
            or matrix.name in self.values
            or matrix.name == "x"
            or matrix.name.endswith("_prev")
        ):
            raise EquationError(
                "the left side of @ is not a matrix of weights",
                node.line,
                node.column,
                "the name of a parameter, and parentheses around what it multiplies",
            )
        name = matrix.name
        if name in self.vectors:
            raise EquationError(
                f"{name} is a vector above and stands here like a matrix", node.line, node.column, "another name"
            )
        self.matrices.setdefault(name, matrix)
        self.order.setdefault(name, matrix)
        size = self.size(node.right)
        if size is None:
            raise EquationError("a matrix times a number", node.line, node.column, "a vector on the right of @")
        self.unite(f"{name} columns", size, node)
        return f"{name} rows"

    def letter(self, variable: str, name: str, place: Name | Equation) -> str:
        letter = self.letters.get(self.root(variable))
        if letter is None:
            raise EquationError(
                f"the size of {name} does not follow from the equations",
                place.line,
                place.column,
                f'its letter under sizes, for example {name} = "H"' if variable == name else "a value of known size",
            )
        return letter


def infer_shapes(
    equations: Sequence[Equation], sizes: Mapping[str, str], activations: frozenset[str]
) -> tuple[dict[str, Shape], dict[str, Shape]]:
    """Shapes in letters of every parameter and of every value.

    Parameters
    ----------
    equations : sequence of Equation
        In the order in which they are computed.
    sizes : mapping
        Letters known beforehand, at least x's.
    activations : frozenset of str
        Names that may be called besides the functions of ``FUNCTIONS``.

    Returns
    -------
    parameters, values : dict of str to tuple of str
        In the order of the equations; ``("H", "I")`` for a matrix of H rows and I columns, ``("H",)`` for a vector.

    Raises
    ------
    EquationError
        Where sizes do not fit, a value is used before it is computed, a matrix stands for a vector, a function is
        unknown, or a size follows from nothing.
    """
    inference = _Inference(equations, sizes, activations | frozenset(FUNCTIONS))
    for equation in equations:
        size = inference.size(equation.expression)
        inference.computed.add(equation.name)
        if size is not None:
            inference.unite(equation.name, size, equation)
    values: dict[str, Shape] = {e.name: (inference.letter(e.name, e.name, e),) for e in equations}
    parameters: dict[str, Shape] = {}
    for name, place in inference.order.items():
        variables = [f"{name} rows", f"{name} columns"] if name in inference.matrices else [name]
        parameters[name] = tuple(inference.letter(variable, name, place) for variable in variables)
    return parameters, values
