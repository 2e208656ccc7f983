"""How names and equations are written as mathematics: markup coloured by role (see `Piece`)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rnnstudio.diagram.block_form import BlockForm, written_in_blocks
from rnnstudio.diagram.notation import TUTORIAL, Notation
from rnnstudio.engine.ops import Op, Program

#: Functions that have a sign or a written name of their own; any other is written as a letter.
FUNCTION_SIGNS = {
    "sigmoid": "σ", "tanh": "\\tanh", "relu": "\\ReLU", "identity": "\\id", "exp": "\\exp", "softmax": "\\softmax",
}  # fmt: skip
#: How tightly a form binds: a sum, a product of two vectors, a matrix on a vector, a single sign.
SUM, PRODUCT, MATRIX, SIGN = range(4)
_NAME = re.compile(r"([A-Za-z])_?(.*)\Z")
#: A name that is a word (new, reset) is written as one; without a vowel (rsn) it is a letter with its index.
_WORD = re.compile(r"(?=[a-z]*[aeiou])[a-z]{3,}\Z")


def coloured(role: str, text: str) -> str:
    """Text in a role's colour."""
    return f"<{role}|{text}>"


def time_index(lag: int) -> str:
    """The index of a sample seen from the playhead's: ``t``, ``t-1``, ``t+2``."""
    return "t" if lag == 0 else f"t{lag:+d}"


def subscript(*parts: str) -> str:
    """``_{a,b}`` of the parts that are not empty; nothing of none."""
    kept = ",".join(part for part in parts if part)
    return f"_{{{kept}}}" if kept else ""


@dataclass(frozen=True)
class Writing:
    """How the names of one program are written in one picture.

    Attributes
    ----------
    program : Program
        Whose names they are.
    lag : int or None
        The sample seen from the playhead's: 0 writes y_t, −1 y_{t−1}; None writes y.
    moment : int or None
        An absolute sample to be written instead, as in s_0.
    dot : bool
        Whether W · x stands for W x.
    timed : bool
        Whether parameters carry the sample too: W_t.
    renamed : mapping
        Name → (role, letter, subscript, superscript), for the layers around the chosen one.
    way : int
        1, or −1 where the state before a step is that of the sample after.
    nought : frozenset of str
        Parameters that are 0 and written so.
    stays : int or None
        The sample whose states stand for those before the step.
    notation : Notation
        In which order the factors of a product stand, and with which sign; the letters are the tutorial's here.
    """

    program: Program
    lag: int | None = 0
    moment: int | None = None
    dot: bool = False
    timed: bool = False
    renamed: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    way: int = 1
    nought: frozenset[str] = frozenset()
    stays: int | None = None
    notation: Notation = TUTORIAL

    def _time(self, shift: int = 0) -> str:
        if self.moment is not None:
            return str(self.moment + shift)
        if self.lag is None:
            return time_index(shift) if shift else ""
        return time_index(self.lag + shift)

    def symbol(self, name: str, *index: int) -> str:
        """The symbol of a value, parameter, x, or state before the step; ``index`` counts from 0.

        ``Wf`` → W_f, ``a`` → a_t, ``s_prev`` → s_{t−1}, ``h`` → s_t where it is the state; an inline value or an op
        is written as what it is computed from.
        """
        program = self.program
        if self.is_written_out(name):
            inner = self.formula(name)
            return f"({inner}){subscript(*(str(i + 1) for i in index))}" if index else inner
        places = [str(i + 1) for i in index]
        if name in self.nought:
            return "0"
        if name in program.parameters:
            return self._sign(name, self._time() if self.timed else "", places)
        shift = -self.way if name.endswith("_prev") else 0
        time = str(self.stays) if shift and self.stays is not None else self._time(shift)
        name = name.removesuffix("_prev")
        name = program.alias.get(name, name)
        return self._sign(name, time, places)

    def _sign(self, name: str, time: str, places: list[str]) -> str:
        if name in self.renamed:
            role, letter, rest, above = self.renamed[name]
            return coloured(role, letter + subscript(rest, time, *places) + (f"^{{{above}}}" if above else ""))
        match = _NAME.match(name)
        letter, rest = match.groups() if match else (name, "")
        if _WORD.match(name):
            letter, rest = f"\\{name}", ""
        return coloured(self.program.role(name), letter + subscript(rest.replace("_", ""), time, *places))

    def is_written_out(self, name: str) -> bool:
        """Whether a name has no symbol of its own, but is written as its right-hand side."""
        return name in self.program.inline or ":" in name

    def function(self, op: Op) -> str:
        """The sign of the function that an op applies."""
        return FUNCTION_SIGNS.get(op.symbol) or coloured("op", op.symbol)

    def formula(self, name: str, expand: Collection[str] = ()) -> str:
        """The right-hand side of a value or op; names in ``expand`` are written out, as inline ones are."""
        op = self.program.producer(name)
        if op is None:
            return self.symbol(name)
        return self._op(op, expand)[0]

    def _term(self, arg: str, expand: Collection[str]) -> tuple[str, int]:
        op = self.program.producer(arg)
        if op is not None and (arg in expand or self.is_written_out(arg)):
            return self._op(op, expand)
        known = arg in self.program.sizes or arg in self.program.parameters or arg.endswith("_prev")
        return (self.symbol(arg) if known else arg), SIGN

    def _at_least(self, arg: str, wanted: int, expand: Collection[str]) -> str:
        text, binding = self._term(arg, expand)
        return text if binding >= wanted else f"({text})"

    def _op(self, op: Op, expand: Collection[str]) -> tuple[str, int]:
        if op.kind in ("copy", "constant"):
            return self._term(op.args[0], expand)
        if op.kind == "function":
            inside = ", ".join(self._term(arg, expand)[0] for arg in op.args)
            return f"{self.function(op)}({inside})", SIGN
        if op.kind == "concat":
            return f"[{', '.join(self._term(arg, expand)[0] for arg in op.args)}]", SIGN
        if op.kind == "matmul":
            left, right = (self._at_least(arg, SIGN, expand) for arg in op.args)
            dot = self.dot or left == "0"
            if self.notation.rows and op.args[0] in self.program.parameters:
                left, right = right, left + ("^{T}" if self.notation.transposed and left != "0" else "")
            return f"{left} · {right}" if dot or self.notation.product else left + right, MATRIX
        if op.kind == "mul":
            parts = [self._factor(arg, expand) for arg in op.args]
            return f" {product_sign(op)} ".join(parts), PRODUCT
        if op.kind in ("negate", "sub"):
            left = "-" if op.kind == "negate" else f"{self._term(op.args[0], expand)[0]} - "
            return left + self._at_least(op.args[-1], PRODUCT, expand), SUM
        form = self.blocks.get(op.id)
        if form is not None:
            return " + ".join([self._block(form), *(self._term(arg, expand)[0] for arg in form.others)]), SUM
        return " + ".join(self._term(arg, expand)[0] for arg in op.args), SUM

    @property
    def blocks(self) -> Mapping[str, BlockForm]:
        """The sums that are written in blocks; none where a matrix is 0."""
        return {} if self.nought else written_in_blocks(self.program, self.notation)

    def _block(self, form: BlockForm) -> str:
        """``[W U] · [x; s]``; of rows ``[x, s] · [W; U]``."""
        matrices, vectors = ([self.symbol(op.args[k]) for op in form.products] for k in (0, 1))
        if self.notation.rows:
            turn = "^{T}" if self.notation.transposed else ""
            return f"[{', '.join(vectors)}] · [{f'{turn};  '.join(matrices)}{turn}]"
        return f"[{'  '.join(matrices)}] · [{';  '.join(vectors)}]"

    def _factor(self, arg: str, expand: Collection[str]) -> str:
        """An operand of ⊙: a matrix product stands in parentheses there."""
        text, binding = self._term(arg, expand)
        return text if binding in (PRODUCT, SIGN) else f"({text})"


def is_number(name: str) -> bool:
    """Whether an argument of an op is a constant."""
    try:
        float(name)
    except ValueError:
        return False
    return True


def product_sign(op: Op) -> str:
    """⊙ between vectors, · where one factor is a number."""
    return "·" if any(is_number(arg) for arg in op.args) else "⊙"


def mark_role(program: Program, name: str) -> str:
    """The colour of a vector's brackets: its own role; of a bare product, that of the matrix."""
    if ":" in name:
        op = program.op(name)
        return program.role(op.args[0]) if op.kind == "matmul" else "op"
    name = name.removesuffix("_prev")
    return program.role(program.alias.get(name, name))
