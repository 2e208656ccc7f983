"""Nineteen classes of bad files (18 of bytes here, the last of places in `places`), by the form that they damage."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.files.bad import bytewise, forms, numbers
from tests.files.bad.bytewise import Damage
from tests.files.bad.parts import Part, parts
from tests.files.bad.samples import Whole

Damages = dict[str, tuple[Callable[[bytes, Random], Damage], ...]]

_ALL = ("zip", "json", "tensors", "npy", "table", "text", "cell", "theme", "lesson")


def _for(names: tuple[str, ...], *ways: Callable[[bytes, Random], Damage]) -> Damages:
    return dict.fromkeys(names, ways)


_TOML = ("cell", "theme", "lesson")
#: Class → kind of part → the ways in which it is damaged.
CLASSES: dict[int, Damages] = {
    1: _for(_ALL, bytewise.empty),
    2: _for(_ALL, bytewise.one_byte),
    3: _for(_ALL, bytewise.cut_short),
    4: _for(_ALL, bytewise.flipped),
    5: _for(_ALL, bytewise.shifted),
    6: {"zip": (numbers.zip_field,), "tensors": (numbers.tensor_field,), "npy": (numbers.npy_field,),
        **_for(("json", "table", *_TOML), numbers.text_field)},
    7: {"zip": (numbers.zip_more,), "tensors": (numbers.tensor_more,), "npy": (numbers.npy_more,)},
    8: {"tensors": (numbers.tensor_overflow,), "npy": (numbers.npy_overflow,)},
    9: {"zip": (numbers.zip_offsets,), "tensors": (numbers.tensor_offsets,)},
    10: {"json": (forms.json_deep,), "tensors": (forms.tensor_deep,), "npy": (forms.npy_deep,),
         **_for(_TOML, forms.toml_deep)},
    11: {"zip": (numbers.zip_many, numbers.zip_deflated), "tensors": (numbers.tensor_many,),
         "json": (numbers.json_many,), "table": (numbers.table_many,), "text": (numbers.text_many,),
         **_for(_TOML, numbers.toml_many)},
    12: {"tensors": (numbers.tensor_huge,), "npy": (numbers.npy_huge,),
         **_for(("json", "table", *_TOML), numbers.text_huge)},
    13: {"tensors": (numbers.tensor_value,), "npy": (numbers.npy_value,), "table": (numbers.table_value,),
         **_for(("json", *_TOML), numbers.text_value)},
    14: {"tensors": (numbers.tensor_type,), "npy": (numbers.npy_type,)},
    15: {"npz": (forms.npz_architecture,), "tensors": (forms.tensor_architecture,), "json": (forms.json_architecture,)},
    16: _for(bytewise.TEXTS, bytewise.text_trap),
    17: {"zip": (forms.zip_names,), "tensors": (forms.tensor_names,), "json": (forms.json_names,),
         "table": (forms.table_names,), **_for(_TOML, forms.toml_names)},
    18: {"zip": (forms.nested,), **_for(_ALL[1:], forms.other_form)},
}  # fmt: skip
#: One in so many of the texts of class 16 is ten megabytes long.
LONG_LINES = 100
PLACES = 19
#: What takes the longest is made in one of so many turns.
SELDOM = {11: 4, 12: 2}


@dataclass(frozen=True)
class Mutant:
    """A bad file.

    Attributes
    ----------
    number : int
        Its class.
    whole : Whole
        Of what.
    data : bytes
        The file.
    refused : bool or None
        Whether it has to be refused; None where it may open.
    """

    number: int
    whole: Whole
    data: bytes
    refused: bool | None


def _parts(whole: Whole, number: int, kept: dict[str, list[Part]]) -> list[Part]:
    """The pieces of a file that a class can damage."""
    if whole.name not in kept:
        kept[whole.name] = [*parts(whole), Part(whole.kind, whole.data, lambda changed: changed)]
    there = kept[whole.name]
    return [part for part in there if part.kind in CLASSES[number] and (number != 15 or whole.name != "trace")]


def mutants(wholes: tuple[Whole, ...], seed: int, count: int) -> Iterator[Mutant]:
    """So many bad files, class by class and form by form; one seed gives one series."""
    pick, kept = Random(seed), dict[str, list[Part]]()
    made = 0
    for turn in itertools.count():
        for number in CLASSES:
            if number in SELDOM and turn % SELDOM[number]:
                continue
            for whole in wholes:
                possible = _parts(whole, number, kept)
                if not possible:
                    continue
                if made == count:
                    return
                part = pick.choice(possible)
                way = pick.choice(CLASSES[number][part.kind])
                if number == 16 and pick.randrange(LONG_LINES) == 0:
                    way = bytewise.long_line
                data, refused = way(part.data, pick)
                # an array that a trace derives, or the text beside it, may be one that nobody reads
                yield Mutant(number, whole, part.put(data), refused)
                made += 1
