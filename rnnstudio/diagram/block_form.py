"""The block form: W x + U s as one matrix [W U] on one column [x; s], the same numbers in the same sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rnnstudio.diagram.notation import BLOCK, CONCAT, Notation
from rnnstudio.engine.ops import Op, Program


@dataclass(frozen=True)
class BlockForm:
    """A sum in which a matrix on x and one on a state before the step come together.

    ``products`` are the two ops, the one on x first; ``names`` what they are called in links of numbers, and ``others``
    the remaining terms of the sum.
    """

    products: tuple[Op, Op]
    names: frozenset[str]
    others: tuple[str, ...]


@lru_cache(maxsize=64)
def block_forms(program: Program) -> Mapping[str, BlockForm]:
    """The block forms of a program by the ids of their sums."""
    found = {}
    for op in program.ops:
        if op.kind != "add":
            continue
        made = {arg: program.producer(arg) for arg in op.args}
        products = {
            arg: each for arg, each in made.items()
            if each is not None and each.kind == "matmul" and each.args[0] in program.parameters
        }  # fmt: skip
        of_x = [arg for arg, each in products.items() if each.args[1] == "x"]
        of_s = [arg for arg, each in products.items() if each.args[1].endswith("_prev")]
        if len(of_x) == len(of_s) == 1:
            pair = (of_x[0], of_s[0])
            others = tuple(arg for arg in op.args if arg not in pair)
            found[op.id] = BlockForm((products[pair[0]], products[pair[1]]), frozenset(pair), others)
    return MappingProxyType(found)


def written_in_blocks(program: Program, notation: Notation) -> Mapping[str, BlockForm]:
    """The sums that a notation writes in blocks: all, or where gates are fed from one column, those of gates."""
    forms = block_forms(program)
    gated = CONCAT in notation.dialects and len(forms) > 1
    return forms if BLOCK in notation.dialects or gated else MappingProxyType({})
