"""Shapes of all names of a cell, inferred from its equations and the few sizes that its file gives.

A size is a letter (I, H, O) or, where vectors were put one below the other, a sum of them: ``H+I``, ``2H+I``. Equal
sums are written alike, whatever the order of what was put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rnnstudio.engine.equations import Binary, Call, Equation, EquationError, Expression, Name, Negative, Number
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.rewriting import start_of, text_of

Shape = tuple[str, ...]
CONCAT = "concat"  # the one function of several arguments; its result is as long as all of them together
MOST_PARTS = 64  # vectors that stand below each other in one, those inside its parts counted


def parts_of(letter: str) -> Counter[str]:
    """A size as letters and how often each is in it: ``2H+I`` is H twice and I once."""
    found: Counter[str] = Counter()
    for part in letter.split("+"):
        found[part[-1:]] += int(part[:-1] or 1)
    return found


def _written(parts: Mapping[str, int]) -> str:
    return "+".join(f"{count if count > 1 else ''}{letter}" for letter, count in sorted(parts.items()))


def sum_of(letters: Iterable[str]) -> str:
    """The size of vectors below each other: ``H+I`` of H and I in either order, ``2H`` of H and H."""
    total: Counter[str] = Counter()
    for letter in letters:
        total.update(parts_of(letter))
    return _written(total)


def relettered(letter: str, letters: Mapping[str, str]) -> str:
    """A size with other letters for some of its own: ``H+I`` with H → O is ``I+O``."""
    return sum_of(letters.get(own, own) for own, count in parts_of(letter).items() for _ in range(count))


def length(letter: str, sizes: Mapping[str, int]) -> int:
    """How many values a size stands for: of ``2H+I``, 2·H + I.

    Parameters
    ----------
    letter : str
        A letter, or a sum of letters with counts.
    sizes : mapping
        Letter → number.
    """
    if letter in sizes:
        return sizes[letter]
    return sum(count * sizes[own] for own, count in parts_of(letter).items())


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
        self.open: list[tuple[str, tuple[str, ...], Call]] = []  # concats some of whose parts have no letter yet
        for name, letter in sizes.items():
            self.letters[self.root(name)] = letter

    def root(self, variable: str) -> str:
        self.parent.setdefault(variable, variable)
        while self.parent[variable] != variable:
            variable = self.parent[variable]
        return variable

    def unite(self, wanted: str, found: str, term: Expression, whose: str) -> None:
        """Two sizes are one: that of `term` is the one wanted, `whose` says by what."""
        first, second = self.root(wanted), self.root(found)
        if first == second:
            return
        mine, theirs = self.letters.get(first), self.letters.get(second)
        if mine and theirs and mine != theirs:
            raise EquationError(
                f"{text_of(term)} has the shape ({theirs})", *start_of(term), f"({mine}), the shape of {whose}"
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
            self.unite(left, right, node.right, text_of(node.left))
        return left if left is not None else right

    def vector(self, node: Name) -> str:
        name = node.name
        state = name.removesuffix("_prev")
        if state != name:
            if state == "x":
                raise EquationError("x is no state and has no value before the step", node.line, node.column, "x")
            if state not in self.values:
                raise EquationError(
                    f"{name} needs a value {state}", node.line, node.column, f"an equation {state} = … as well"
                )
            return state
        if name in self.values and name not in self.computed:
            raise EquationError(f"{name} is used before its own equation", node.line, node.column, "a value above")
        if name in self.matrices:
            raise EquationError(
                f"{name} has the shape of a matrix, as it stands before @ above",
                node.line,
                node.column,
                f"a vector, as in {name} @ x",
            )
        if name not in self.values and name != "x":
            self.vectors.setdefault(name, node)
            self.order.setdefault(name, node)
        return name

    def concat(self, node: Call) -> str:
        if len(node.arguments) < 2:
            raise EquationError(f"{CONCAT} has one argument", node.line, node.column, "two vectors or more")
        parts = [self.size(argument) for argument in node.arguments]
        vectors = tuple(part for part in parts if part is not None)
        if len(vectors) < len(parts):
            place = node.arguments[parts.index(None)]
            raise EquationError(f"a number in {CONCAT}", place.line, place.column, "a vector")
        variable = f"{CONCAT} at {node.line}, {node.column}"
        self.open.append((variable, vectors, node))
        self.settle()
        return variable

    def settle(self) -> None:
        """Give their letter to the concats all of whose parts have one by now."""
        waiting = []
        for variable, vectors, node in self.open:
            letters = [self.letters.get(self.root(vector)) for vector in vectors]
            known = [letter for letter in letters if letter]
            if len(known) < len(letters):
                waiting.append((variable, vectors, node))
                continue
            total = sum_of(known)
            if parts_of(total).total() > MOST_PARTS:
                raise EquationError(
                    f"more than {MOST_PARTS} vectors in one {CONCAT}", node.line, node.column, "fewer of them"
                )
            root = self.root(variable)
            if self.letters.setdefault(root, total) != total:
                wanted = self.letters[root]
                raise EquationError(f"{text_of(node)} has the shape ({total})", node.line, node.column, f"({wanted})")
        self.open = waiting

    def refuse_open(self) -> None:
        """Say of the first concat that is still open which of its parts has no size."""
        for _, vectors, node in self.open:
            for vector, argument in zip(vectors, node.arguments, strict=True):
                if self.root(vector) not in self.letters:
                    raise EquationError(
                        f"the size of {text_of(argument)} does not follow from the equations", *start_of(argument),
                        "a vector of known size",
                    )  # fmt: skip

    def call(self, node: Call) -> str:
        if node.function == CONCAT:
            return self.concat(node)
        if node.function not in self.calls:
            known = ", ".join(sorted({CONCAT, *self.calls}))
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
                f"{name} has the shape of a vector, as it stands above", matrix.line, matrix.column, "a matrix before @"
            )
        self.matrices.setdefault(name, matrix)
        self.order.setdefault(name, matrix)
        size = self.size(node.right)
        if size is None:
            raise EquationError("a matrix times a number", node.line, node.column, "a vector on the right of @")
        self.unite(f"{name} columns", size, node.right, f"a row of {name}")
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
        Names that may be called besides the functions of ``FUNCTIONS`` and ``concat``.

    Returns
    -------
    parameters, values : dict of str to tuple of str
        In the order of the equations; ``("H", "I")`` for a matrix of H rows and I columns, ``("H",)`` for a vector,
        ``("H", "H+I")`` for a matrix that is multiplied with a concat of both.

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
            inference.unite(equation.name, size, equation.expression, equation.name)
    before = -1
    while inference.open and len(inference.open) != before:  # one concat may wait for another
        before = len(inference.open)
        inference.settle()
    inference.refuse_open()
    values: dict[str, Shape] = {e.name: (inference.letter(e.name, e.name, e),) for e in equations}
    parameters: dict[str, Shape] = {}
    for name, place in inference.order.items():
        variables = [f"{name} rows", f"{name} columns"] if name in inference.matrices else [name]
        parameters[name] = tuple(inference.letter(variable, name, place) for variable in variables)
    return parameters, values
