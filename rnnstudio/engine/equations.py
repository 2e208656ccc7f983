"""The grammar of cell equations: text in, syntax trees out, nothing of it ever executed.

::

    equation   = NAME "=" sum
    sum        = product { ("+" | "-") product }
    product    = signed { ("@" | "*") signed }
    signed     = "-" signed | atom
    atom       = NUMBER | NAME | NAME "(" sum { "," sum } ")" | "(" sum ")"

One equation a line. ``@`` (matrix times vector) and ``*`` (element by element) bind alike, from left to right, as in
NumPy. A name followed by ``(`` is a function, any other name a value: the two do not get in each other's way.
Texts, equations, names and nesting beyond the limits below are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from rnnstudio.engine.limits import InputError

MOST_EQUATIONS = 200
MOST_TOKENS = 400  # of one equation; also bounds how deep a tree can get
MOST_NESTING = 30
MOST_LETTERS = 40  # of a name, and of a number
MOST_CHARACTERS = 65_536  # of all equations together


class EquationError(InputError):
    """An equation is wrong, at a known place.

    Attributes
    ----------
    line, column : int
        The place in the text, counted from 1.
    reason : str
        What is wrong there.
    expected : str
        What would be right there; empty where the reason says it.
    """

    def __init__(self, reason: str, line: int, column: int, expected: str = "") -> None:
        self.line = line
        self.column = column
        self.reason = reason
        self.expected = expected
        wanted = f"; expected {expected}" if expected else ""
        super().__init__(f"line {line}, column {column}: {reason}{wanted}")


@dataclass(frozen=True)
class Number:
    """A numeric constant."""

    value: float
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Name:
    """A value, a parameter, x, or a state before the step (``s_prev``)."""

    name: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A function of its arguments; `function` as written, so it may be the name of an activation."""

    function: str
    arguments: tuple[Expression, ...]
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binary:
    """Two operands around one of ``@ * + -``."""

    operator: str
    left: Expression
    right: Expression
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Negative:
    """The operand with its sign changed."""

    operand: Expression
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


Expression: TypeAlias = Number | Name | Call | Binary | Negative


@dataclass(frozen=True)
class Equation:
    """``name = expression``, and where its name stands."""

    name: str
    expression: Expression
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class _Token:
    kind: str  # "name", "number", "end", or the character itself
    text: str
    column: int


_TOKEN = re.compile(
    r"(?P<space>[ \t]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<sign>[@+*(),=\-\u2212])"
)


def _tokens(text: str, line: int) -> list[_Token]:
    found = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise EquationError(
                f"{text[at]!r} has no meaning in an equation", line, at + 1, "names, numbers, ( ) and @ * + -"
            )
        if match.lastgroup != "space":
            word = match.group().replace("\u2212", "-")
            kind = word if match.lastgroup == "sign" else str(match.lastgroup)
            if len(word) > MOST_LETTERS:
                raise EquationError(f"a {kind} of more than {MOST_LETTERS} signs", line, at + 1, "a shorter one")
            found.append(_Token(kind, word, at + 1))
        at = match.end()
        if len(found) > MOST_TOKENS:
            raise EquationError(f"more than {MOST_TOKENS} names and signs in one equation", line, at, "a shorter one")
    found.append(_Token("end", "the end of the line", len(text) + 1))
    return found


class _Parser:
    """Recursive descent over the tokens of one equation."""

    def __init__(self, text: str, line: int) -> None:
        self.line = line
        self.tokens = _tokens(text, line)
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self, kind: str, expected: str) -> _Token:
        if self.token.kind != kind:
            raise self.wrong(expected)
        self.at += 1
        return self.tokens[self.at - 1]

    def wrong(self, expected: str) -> EquationError:
        found = self.token.text if self.token.kind == "end" else repr(self.token.text)
        return EquationError(f"found {found}", self.line, self.token.column, expected)

    def equation(self) -> Equation:
        name = self.take("name", "the name of a value and =")
        self.take("=", "= after the name")
        expression = self.sum()
        if self.token.kind != "end":
            raise self.wrong("one of @ * + - or the end of the line")
        return Equation(name.text, expression, self.line, name.column)

    def sum(self) -> Expression:
        left = self.product()
        while self.token.kind in "+-":
            sign = self.take(self.token.kind, "")
            left = Binary(sign.kind, left, self.product(), self.line, sign.column)
        return left

    def product(self) -> Expression:
        left = self.signed()
        while self.token.kind in "@*":
            sign = self.take(self.token.kind, "")
            left = Binary(sign.kind, left, self.signed(), self.line, sign.column)
        return left

    def signed(self) -> Expression:
        if self.token.kind != "-":
            return self.atom()
        sign = self.take("-", "")
        operand = self.nested(self.signed)
        if isinstance(operand, Number):
            return Number(-operand.value, self.line, sign.column)
        return Negative(operand, self.line, sign.column)

    def atom(self) -> Expression:
        token = self.token
        if token.kind == "number":
            self.at += 1
            value = float(token.text)
            if value == float("inf"):
                raise EquationError(f"{token.text} is too large", self.line, token.column, "a finite number")
            return Number(value, self.line, token.column)
        if token.kind == "name":
            self.at += 1
            if self.token.kind == "(":
                return Call(token.text, self.arguments(), self.line, token.column)
            return Name(token.text, self.line, token.column)
        if token.kind == "(":
            self.at += 1
            inner = self.nested(self.sum)
            self.take(")", ") or one of @ * + -")
            return inner
        raise self.wrong("a name, a number or (")

    def arguments(self) -> tuple[Expression, ...]:
        self.take("(", "")
        found = [self.nested(self.sum)]
        while self.token.kind == ",":
            self.take(",", "")
            found.append(self.nested(self.sum))
        self.take(")", ") or one of @ * + -")
        return tuple(found)

    def nested(self, rule: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > MOST_NESTING:
            raise EquationError(
                f"more than {MOST_NESTING} levels of parentheses and signs",
                self.line,
                self.token.column,
                "an equation of its own for the inner part",
            )
        inner = rule()
        self.depth -= 1
        return inner


def parse_equations(text: str) -> tuple[Equation, ...]:
    r"""Read equations, one a line; blank lines count as lines but hold nothing.

    Parameters
    ----------
    text : str
        For example ``"a = W @ x + b\ny = f(a)"``.

    Returns
    -------
    tuple of Equation
        In the order of the text.

    Raises
    ------
    EquationError
        Where the text leaves the grammar, where a name is given a value twice, and where x or a ``NAME_prev`` is.

    Examples
    --------
    >>> [equation.name for equation in parse_equations("a = W @ x + b\ny = f(a)")]
    ['a', 'y']
    """
    found: dict[str, Equation] = {}
    if len(text) > MOST_CHARACTERS:
        raise EquationError(f"more than {MOST_CHARACTERS:,} characters of equations", 1, 1, "a shorter text")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        equation = _Parser(line.rstrip("\r"), number).equation()
        name, at = equation.name, (equation.line, equation.column)
        if name in found:
            raise EquationError(f"{name} already has an equation above", *at, "another name")
        if name == "x" or name.endswith("_prev"):
            raise EquationError(f"{name} is given from outside", *at, "the name of a value that is computed")
        found[name] = equation
        if len(found) > MOST_EQUATIONS:
            raise EquationError(f"more than {MOST_EQUATIONS} equations", *at, "fewer")
    return tuple(found.values())
