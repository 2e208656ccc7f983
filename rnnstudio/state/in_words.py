"""The sub-step in words: a sentence for each equation, and a table of what is read and what comes out of it.

It says what the formula bar says, out of the same pages, and knows no more than these: a number that may not be seen
yet is said to be not computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.formula import Inspection, Page, Piece
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.numbers import exact, fmt
from rnnstudio.diagram.plain_math import plain_math
from rnnstudio.diagram.versions import DELTA
from rnnstudio.engine.limits import InputError
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.derived import substep, target_layout, trace, track
from rnnstudio.state.model import State
from rnnstudio.state.picture import inspected, knowledge, pages, reads

OPERAND, RESULT = "read", "result"
#: Numbers of one thing that a sentence reads out; of more, how many there are.
MOST_SAID = 12
#: Of a whole sequence so many sub-steps are written out at most.
MOST_STEPS = 2000


@dataclass(frozen=True)
class Row:
    """One row of the table: ``values`` are the numbers as they are shown, none while they are not known.

    ``exact`` are the same with six significant digits, ``shape`` how they stand: (rows,) or (rows, columns).
    """

    part: str
    name: str
    symbol: str
    place: str
    values: tuple[str, ...]
    exact: tuple[str, ...]
    shape: tuple[int, ...]


@dataclass(frozen=True)
class InWords:
    """A sub-step: where it is, its sentences, its table."""

    where: str
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]


@lru_cache(maxsize=2)
def in_words(state: State) -> InWords:
    """The sub-step at the playhead, whatever is selected."""
    state = state if state.session.selection is None else state.see(selection=None)
    sentences: list[str] = []
    rows: dict[tuple[str, str, str], Row] = {}
    for of_one in _pages(state):
        operands, results = _things(state, of_one)
        sentences.append(_sentence(state, of_one[-1], results))
        for part, said in (*((OPERAND, one) for one in operands), *((RESULT, one) for one in results)):
            row = _row(state, part, said)
            rows.setdefault((part, row.symbol, row.place), row)
    # what one equation makes and the next one reads is a result
    made = {(symbol, place) for part, symbol, place in rows if part == RESULT}
    kept = (row for row in rows.values() if row.part == RESULT or (row.symbol, row.place) not in made)
    return InWords(where(state), tuple(dict.fromkeys(sentences)), tuple(kept))


def page_in_words(state: State, page: Page) -> str:
    """A page of the formula bar as a sentence."""
    return _sentence(state, page, _things(state, [page])[1])


def where(state: State) -> str:
    """The picture, the sample and the sub-step."""
    t, steps, (k, count) = state.session.playhead.t, state.document.sequence.steps, substep(state)
    title = target_layout(state).title
    if t == track(state).start:
        return sentence("{title}: before the first of {steps} samples", title=title, steps=steps)
    return sentence(
        "{title}: sample {t} of {steps}, sub-step {k} of {count}", title=title, t=t, steps=steps, k=k, count=count
    )


def walk(state: State) -> Iterator[State]:
    """The first state, and every sub-step of every sample when it is done, in the order in which they are computed.

    Raises
    ------
    InputError
        There are more than `MOST_STEPS`.
    """
    along, (_, count) = track(state), substep(state)
    if along.steps * count > MOST_STEPS:
        raise InputError(
            f"{along.steps} samples of {count} sub-steps are more than the {MOST_STEPS} sub-steps that are written out "
            "as text; export single steps, or the numbers with `rnnstudio trace`"
        )
    yield GoTo(along.start).apply(state)
    for order in range(1, along.steps + 1):
        for k in range(1, count + 1):
            yield GoTo(along.sample(order), k).apply(state)


def _pages(state: State) -> list[list[Page]]:
    """The pages of each value: its products and its sum, the one with its equation last."""
    found: dict[tuple[str, int | None], list[Page]] = {}
    for page in pages(state):
        key = next((piece.key for zone in page.zones for line in zone.lines for piece in line if piece.key), None)
        found.setdefault((page.value, None if key is None else key.layer), []).append(page)
    return list(found.values())


def _things(state: State, of_one: list[Page]) -> tuple[list[Inspection], list[Inspection]]:
    """(what the pages of a value read, what comes out of them)."""
    value, t = of_one[-1].value, state.session.playhead.t
    operands = [key for page in of_one for key in _keys(page, 1)]
    results = _keys(of_one[-1], 2)
    program, way = trace(state).layer(trace(state).chosen).program, knowledge(state).way
    if value.startswith(DELTA):
        results = [key._replace(t=key.t or t) for key in operands if key.what == value]
        results = [key._replace(what=value.removeprefix(DELTA), t=(key.t or t) + 1) for key in results]
    elif value == "cell" and not results:
        results = [Key(name, t) for name in dict.fromkeys((*program.states, "y"))]
        operands = [Key("x", t), *(Key(name, t - way) for name in program.states)]
    elif value in program.values and not results:
        # a page of one unit's terms has no vectors: the equation's own names
        results = [Key(value, t)]
        operands = [Key(name, t) for name in reads(program, value)]
    return _inspected(state, operands), _inspected(state, results)


def _inspected(state: State, keys: list[Key]) -> list[Inspection]:
    return [inspected(state, key) for key in dict.fromkeys(keys)]


def _keys(page: Page, zone: int) -> list[Key]:
    found = [piece.key for line in page.zones[zone].lines for piece in line if piece.key and piece.kind != "math"]
    return list(dict.fromkeys(found))


def _sentence(state: State, page: Page, results: list[Inspection]) -> str:
    """What a page computes, by which formula, and what it comes to."""
    formula = " ".join(_plain(line) for line in page.zones[0].lines)
    if not results:
        return f"{formula}: {'; '.join(_plain(line) for line in page.zones[2].lines)}."
    said = results[0]
    if page.value == "cell":
        if said.values is None:
            return sentence("Cell R: {formula}. What it hands out is not computed yet.", formula=formula)
        return sentence("Cell R: {formula}. It hands out {of_all}.", formula=formula, of_all=_of_all(state, results))
    if said.key.t is not None and said.key.t == knowledge(state).start:
        return sentence(
            "{name} {formula} is given: {numbers}.", name=said.name, formula=formula, numbers=_numbers(state, said)
        )
    if "=" not in formula and said.values is None:
        return sentence("What enters is there: {formula}.", formula=formula)
    if said.values is None:
        return sentence("{name}: {formula}. It is not computed yet.", name=said.name, formula=formula)
    return sentence(
        "{name}: {formula}. It is {numbers}.", name=said.name, formula=formula, numbers=_numbers(state, said)
    )


def _plain(line: tuple[Piece, ...]) -> str:
    return plain_math(" ".join(piece.text for piece in line if piece.kind == "math"))


def _of_all(state: State, results: list[Inspection]) -> str:
    return "; ".join(f"{plain_math(said.symbol)} = {_numbers(state, said)}" for said in results)


def _numbers(state: State, said: Inspection) -> str:
    """The numbers of a thing as a sentence has them."""
    if said.values is None:
        return "not computed yet"
    values = np.asarray(said.values, dtype=np.float64)
    if values.ndim == 2 and values.shape[1] > 1:
        return sentence("a matrix of {shape} × {shape2} numbers", shape=values.shape[0], shape2=values.shape[1])
    numbers = [fmt(float(value), state.session.decimals) for value in values.ravel()[:MOST_SAID]]
    more = [sentence("and {size} more", size=values.size - MOST_SAID)] if values.size > MOST_SAID else []
    return ", ".join([*numbers, *more])


def _row(state: State, part: str, said: Inspection) -> Row:
    context = [piece.strip() for piece in said.context.split("\N{MIDDLE DOT}")]
    place = ", ".join(piece for piece in context if piece and "value" not in piece)
    if said.values is None:
        return Row(part, said.name, plain_math(said.symbol), place, (), (), ())
    values = np.asarray(said.values, dtype=np.float64)
    flat = [float(value) for value in values.ravel()]
    shape = values.shape if values.ndim == 2 and values.shape[1] > 1 else (values.size,)
    return Row(
        part, said.name, plain_math(said.symbol), place, tuple(fmt(value, state.session.decimals) for value in flat),
        tuple(exact(value) for value in flat), shape,
    )  # fmt: skip
