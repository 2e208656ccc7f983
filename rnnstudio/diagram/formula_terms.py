"""Equations with numbers in: bracketed vectors and matrices, or the scalar sum of one row."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.diagram.block_form import BlockForm
from rnnstudio.diagram.formula import Piece
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import MINUS, fmt
from rnnstudio.diagram.rounding import NUMBERED_CELLS, decimals_of, differs, recomputed
from rnnstudio.diagram.symbols import MATRIX, PRODUCT, SIGN, SUM, Writing, coloured, mark_role, product_sign
from rnnstudio.engine.ops import Op, Program
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.engine.shapes import length

#: Terms of a row's sum that are written out; of more, the largest, and "… (n terms)" for the others.
MOST_TERMS = 4
Line = list[Piece]


def written(text: str) -> Piece:
    """A stretch of mathematics."""
    return Piece("math", text)


@dataclass(frozen=True, eq=False)
class Sheet:
    """What the numbers of a page are taken from: one layer at one sample.

    ``known`` tells of a name whether its numbers may be shown, ``fresh`` whether they are new in the sub-step at hand;
    ``timed`` says that the marks of the picture carry t, ``exact`` that a matrix of weights is written with the fewest
    decimals that show all of it. ``second`` is the layer in a run that is compared with this one, ``old`` whether that
    is the one before an edit.
    """

    trace: LayerTrace
    writing: Writing
    t: int
    decimals: int
    vmax: float
    known: Callable[[str], bool]
    fresh: Callable[[str], bool]
    unit: int = 0
    timed: bool = False
    layer: int | None = None
    exact: bool = True
    second: LayerTrace | None = None
    old: bool = False

    @property
    def program(self) -> Program:
        """The op table of the computation."""
        return self.trace.program

    def size(self, name: str) -> int:
        """The length of a vector."""
        op = self.program.producer(name)
        if name in self.program.parameters:
            letter = self.program.parameters[name][0]
        else:
            letter = op.size if op is not None else self.program.sizes[name.removesuffix("_prev")]
        return length(letter, self.trace.layer.sizes)

    def value(self, name: str) -> Floats | None:
        """The numbers of a name, None where they may not be shown."""
        if not self.known(name):
            return None
        if name in self.program.parameters:
            return np.asarray(self.trace.parameter(name, min(max(self.t, 1), self.trace.T)))
        return np.asarray(self.trace.value(name, self.t))

    def places(self, matrix: Floats) -> int:
        """With how many decimals a parameter is written."""
        return decimals_of(matrix, self.decimals) if self.exact else self.decimals

    def key(self, name: str) -> Key | None:
        """The mark of the picture that shows a name."""
        if ":" in name:
            return None
        name = self.program.alias.get(name, name)
        if not self.timed:
            return Key(name, layer=self.layer)
        state = name.removesuffix("_prev")
        return Key(state, self.t - self.writing.way if state != name else self.t, layer=self.layer)

    def vector(self, name: str) -> Piece:
        """A name's numbers in brackets."""
        value, role = self.value(name), mark_role(self.program, name)
        if name in self.writing.renamed:
            role = self.writing.renamed[name][0]
        weights = name in self.program.parameters or self.program.weighted(name)
        across = self.writing.notation.rows
        if value is not None and value.ndim == 2:
            value = value.T if across else value
            return Piece("matrix", values=value, rows=value.shape[0], role=role, vmax=self.vmax,
                         decimals=self.places(value), key=self.key(name))  # fmt: skip
        column = None if value is None else value[:, np.newaxis]
        return Piece("vector", values=column, rows=self.size(name), role=role, known=value is not None,
                     vmax=self.vmax if weights else 1.0, decimals=self.decimals, key=self.key(name),
                     ghost=self.ghost(name, value), old=self.old, across=across)  # fmt: skip

    def ghost(self, name: str, value: Floats | None) -> Floats | None:
        """The numbers of a name in the second run, where they are others; None as long as these are not known."""
        if self.second is None or value is None or name in self.program.parameters:
            return None
        other = np.asarray(self.second.value(name, self.t))
        return None if np.array_equal(other, value, equal_nan=True) else other

    def number(self, name: str, unit: int, factor: bool = False) -> str:
        """One value of a vector as markup; a negative factor stands in parentheses."""
        value = self.value(name)
        return self._written(mark_role(self.program, name), None if value is None else float(value[unit]), factor)

    def _written(self, role: str, value: float | None, factor: bool, decimals: int | None = None) -> str:
        text = "?" if value is None else fmt(value, self.decimals if decimals is None else decimals)
        return coloured(role, f"({text})" if factor and text.startswith(MINUS) else text)

    def row_product(self, op: Op, unit: int) -> str:
        """The terms W_ij·x_j of one row, added up; the largest of many, in their order."""
        weights, vector = self.value(op.args[0]), self.value(op.args[1])
        if weights is None:
            return f"{coloured(mark_role(self.program, op.args[0]), '?')} + …"
        row, places = weights[unit], self.places(weights)
        roles = mark_role(self.program, op.args[0]), mark_role(self.program, op.args[1])
        if op.args[1] in self.writing.renamed:
            roles = roles[0], self.writing.renamed[op.args[1]][0]
        count = len(row)
        chosen = np.arange(count)
        if count > MOST_TERMS:
            sizes = np.abs(row if vector is None else row * vector)
            most = min(MOST_TERMS - 1, max(int(np.count_nonzero(sizes)), 1))  # of a word, the one term that is not 0
            chosen = np.sort(np.argsort(-np.nan_to_num(sizes, nan=np.inf), kind="stable")[:most])
        terms = []
        for j in chosen:
            weight = self._written(roles[0], float(row[j]), True, places)
            other = self._written(roles[1], None if vector is None else float(vector[j]), True)
            terms.append(f"{other}·{weight}" if self.writing.notation.rows else f"{weight}·{other}")
        if count > len(chosen):
            terms.insert(len(terms) - 1, f"… ({count - len(chosen)} \\terms)")
        return " + ".join(terms)

    def rounds(self, name: str, unit: int | None, expand: Collection[str]) -> bool:
        """Whether a result needs the note beside operands that are shown down to ``expand``."""
        if not self.known(name) or not 1 <= self.t <= self.trace.T:
            return False
        sizes = self.trace.layer.sizes
        if unit is None and sizes["H"] * max(sizes.values()) > NUMBERED_CELLS:
            return False
        ours = np.asarray(self.trace.value(name, self.t))
        theirs = recomputed(self.trace, name, self.t, self.decimals, unit, expand)
        return differs(theirs, ours if unit is None else ours[unit : unit + 1], self.decimals)


def called(program: Program, op: Op) -> str:
    """What an op's result is called: by the name of the value that it delivers, else by its id."""
    return op.value if program.producer(op.value) is op else op.id


def inner(program: Program, name: str, expand: Collection[str]) -> dict[str, Op]:
    """The ops beneath a value whose operands are written out: those of its own equation, and of ``expand``.

    Vectors below each other are one operand: a matrix is multiplied with the whole column.
    """
    found: dict[str, Op] = {}
    root = program.producer(name)
    todo = [root] if root is not None else []
    while todo:
        for arg in todo.pop().args:
            op = program.producer(arg)
            written_out = op is not None and op.kind != "concat" and (":" in arg or arg in expand)
            if op is not None and written_out and called(program, op) not in found:
                found[called(program, op)] = op
                todo.append(op)
    return found


def stages(program: Program, name: str, expand: Collection[str]) -> list[frozenset[str]]:
    """The chain from the operands to the result: which inner results are shown as numbers, link by link.

    The first link shows the operands alone; in each next one, every op whose operands are numbers has become one, and
    a value in ``expand``, computed before, has become one as a whole.
    """
    beneath = inner(program, name, expand)
    root = program.producer(name)
    links = [frozenset[str]()]
    if root is None:
        return links

    def are_numbers(op: Op, shown: Collection[str]) -> bool:
        producers = [(arg, program.producer(arg)) for arg in op.args]
        names = [called(program, made) if made is not None else arg for arg, made in producers]
        return all(each in shown or each not in beneath for each in names)

    while not are_numbers(root, links[-1]):
        shown = links[-1]
        ready = {each for each in beneath if each in expand}
        ready |= {each for each, op in beneath.items() if op.value == root.value and are_numbers(op, shown)}
        if ready <= shown:
            break
        links.append(shown | ready)
    return links


class Numbers:
    """Writes a value's equation with numbers: as vectors, or the row ``unit`` alone."""

    def __init__(self, sheet: Sheet, name: str, expand: Collection[str], unit: int | None = None) -> None:
        self.sheet, self.program, self.unit = sheet, sheet.program, unit
        self.name = name
        self.expand = frozenset(expand)
        self.beneath: Mapping[str, Op] = inner(self.program, name, expand)

    def link(self, shown: Collection[str], new: Collection[str] = ()) -> Line:
        """One link of the chain; the pieces of ``new`` results carry the note where they need it."""
        root = self.program.producer(self.name)
        if root is None:
            return [self.sheet.vector(self.name)]
        return _joined(self._op(root, shown, new)[0])

    def _term(self, arg: str, shown: Collection[str], new: Collection[str], factor: bool) -> tuple[Line, int]:
        op = self.program.producer(arg)
        name = arg if op is None else called(self.program, op)
        if op is not None and name in self.beneath and name not in shown:
            return self._op(op, shown, new)
        if op is None and self._is_constant(arg):
            return [written(arg)], SIGN
        note = name in new and self.sheet.rounds(name, self.unit, self._below(name))
        if self.unit is None:
            return [replace(self.sheet.vector(name), rounded=note)], SIGN
        return [replace(written(self.sheet.number(name, self.unit, factor)), rounded=note)], SIGN

    def _below(self, name: str) -> frozenset[str]:
        """What a result just shown was computed from in the link before: of an expanded value, all beneath it."""
        return frozenset(self.beneath) if name in self.expand or self.unit is not None else frozenset()

    def _is_constant(self, arg: str) -> bool:
        known = arg in self.program.parameters or arg.removesuffix("_prev") in self.program.sizes
        return not known

    def _op(self, op: Op, shown: Collection[str], new: Collection[str]) -> tuple[Line, int]:
        def term(arg: str, factor: bool = False) -> tuple[Line, int]:
            return self._term(arg, shown, new, factor)

        if op.kind in ("copy", "constant"):
            return term(op.args[0])
        if op.kind == "function":
            sign = self.sheet.writing.function(op)
            others = ", …" if op.function == "softmax" and self.unit is not None else ""
            return [written(f"{sign}("), *term(op.args[0])[0], written(f"{others})")], SIGN
        if op.kind == "concat":
            return self._concat(op, shown, new)
        if op.kind == "matmul":
            return self._product(op, shown, new)
        if op.kind == "mul":
            left, right = (_in_parentheses(*term(arg, True)) for arg in op.args)
            return [*left, written(product_sign(op)), *right], PRODUCT
        form = self.sheet.writing.blocks.get(op.id)
        if op.kind == "add" and form is not None and not form.names <= set(shown):
            line = self._block(form)
            for arg in form.others:
                line += [written("+"), *term(arg, True)[0]]
            return line, SUM
        line = []
        if op.kind in ("negate", "sub"):
            right = _at_least(*term(op.args[-1], True), PRODUCT)
            line = [] if op.kind == "negate" else term(op.args[0])[0]
            return [*line, written("-"), *right], SUM
        for arg in op.args:
            line += [*([written("+")] if line else []), *term(arg, bool(line))[0]]
        return line, SUM

    def _concat(self, op: Op, shown: Collection[str], new: Collection[str]) -> tuple[Line, int]:
        """Vectors below each other in one bracket; of a row, the value of the vector that it falls into."""
        row = self.unit
        line: Line = []
        for arg in op.args:
            if row is None:
                line += [written(", " if line else "["), *self._term(arg, shown, new, False)[0]]
                continue
            size = self.sheet.size(arg)
            if row < size:
                return Numbers(self.sheet, self.name, self.expand, row)._term(arg, shown, new, False)
            row -= size
        return [*line, written("]")], SIGN

    def _product(self, op: Op, shown: Collection[str], new: Collection[str]) -> tuple[Line, int]:
        matrix, vector = op.args
        made = self.program.producer(vector)
        if made is not None and called(self.program, made) in self.beneath:  # a vector that is itself written out
            right = _in_parentheses(*self._term(vector, shown, new, False), wanted=SIGN)
            return self._ordered(matrix, right), MATRIX
        if self.unit is not None:
            return [written(self.sheet.row_product(op, self.unit))], SUM
        return self._ordered(matrix, [self.sheet.vector(vector)]), MATRIX

    def _block(self, form: BlockForm) -> Line:
        """One matrix on one column, in brackets around those of its parts; of a row all products, added up."""
        if self.unit is not None:
            return [written(" + ".join(self.sheet.row_product(op, self.unit) for op in form.products))]
        first, second = form.products
        matrices = [self.sheet.vector(first.args[0]), self.sheet.vector(second.args[0])]
        vectors = [self.sheet.vector(first.args[1]), self.sheet.vector(second.args[1])]
        rows = self.sheet.writing.notation.rows
        one = [written("["), matrices[0], *([written(";")] if rows else []), matrices[1], written("]")]
        other = [written("["), vectors[0], written("," if rows else ";"), vectors[1], written("]")]
        return [*other, written("·"), *one] if rows else [*one, written("·"), *other]

    def _ordered(self, matrix: str, vector: Line) -> Line:
        """Matrix and vector as the notation has them, one after the other."""
        writing = self.sheet.writing
        dot = [written("·")] if writing.dot or writing.notation.product else []
        own = [self.sheet.vector(matrix)]
        return [*vector, *dot, *own] if writing.notation.rows else [*own, *dot, *vector]


def _at_least(line: Line, binding: int, wanted: int) -> Line:
    return line if binding >= wanted else [written("("), *line, written(")")]


def _in_parentheses(line: Line, binding: int, wanted: int = PRODUCT) -> Line:
    """A factor: what does not bind by itself stands in parentheses."""
    binds = binding >= wanted and not (wanted == PRODUCT and binding == MATRIX)
    return line if binds else [written("("), *line, written(")")]


def _joined(line: Line) -> Line:
    """Neighbouring stretches of mathematics made one, so that signs keep their spaces."""
    out: Line = []
    for piece in line:
        if out and piece.kind == "math" == out[-1].kind and not out[-1].rounded:
            out[-1] = replace(piece, text=spaced(out[-1].text, piece.text))
        else:
            out.append(piece)
    return out


def spaced(left: str, right: str) -> str:
    """Two stretches of mathematics one after the other, with a blank beside an operator."""
    space = " " if right[:1] in ("+", "-", "·", "⊙") or left[-1:] in ("+", "-", "·", "⊙", "=") else ""
    return left + space + right
