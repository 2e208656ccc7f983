"""The Reber grammar, and the Reber grammar embedded in itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.tasks.task import Batch, check_size, generator, next_symbols

TOKENS = ("B", "T", "S", "X", "P", "V", "E")

#: The graph: node → (symbol, node after it), each branch as likely. It begins at 0 and ends at END.
END = 7
GRAPH: dict[int, tuple[tuple[str, int], ...]] = {
    0: (("B", 1),),
    1: (("T", 2), ("P", 3)),
    2: (("S", 2), ("X", 4)),
    3: (("T", 3), ("V", 5)),
    4: (("X", 3), ("S", 6)),
    5: (("P", 4), ("V", 6)),
    6: (("E", END),),
}


def reber_string(random: np.random.Generator) -> str:
    """One string of the Reber grammar, from B to E."""
    node, string = 0, ""
    while node != END:
        branches = GRAPH[node]
        symbol, node = branches[int(random.integers(len(branches)))]
        string += symbol
    return string


def embedded_string(random: np.random.Generator) -> str:
    """B, then T or P, a string of the Reber grammar, the same T or P again, E."""
    symbol = "TP"[int(random.integers(2))]
    return f"B{symbol}{reber_string(random)}{symbol}E"


def legal_next(string: str) -> list[set[str]]:
    """The symbols that may follow each of the symbols of a Reber string but its last."""
    node, legal = 0, []
    for symbol in string[:-1]:
        node = dict(GRAPH[node])[symbol]
        legal.append({follower for follower, _ in GRAPH[node]})
    return legal


def embedded_legal_next(string: str) -> list[set[str]]:
    """The symbols that may follow each of the symbols of an embedded Reber string but its last."""
    return [{"T", "P"}, {"B"}, *legal_next(string[2:-2]), {string[1]}, {"E"}]


def reber(seed: int, steps: int, sequences: int) -> Batch:
    """The next symbol of strings of the Reber grammar: (T, N, 7) → classes (T, N), with lengths.

    Strings of up to T + 1 symbols (T from 4 on); longer ones are drawn again. Where two symbols may follow, the one
    that does is the target: a network that knows the grammar gives both about 1/2.

    Source: Reber 1967; its prediction by a simple recurrent network: Cleeremans, Servan-Schreiber and McClelland 1989.
    """
    check_size("Reber grammar", steps, sequences, 4)
    return _batch(reber_string, seed, steps, sequences)


def embedded_reber(seed: int, steps: int, sequences: int) -> Batch:
    """The next symbol of strings of the embedded Reber grammar: (T, N, 7) → classes (T, N), with lengths.

    The last symbol but one repeats the second, whatever the string between them was. Strings of up to T + 1 symbols
    (T from 8 on); longer ones are drawn again.

    Source: Cleeremans, Servan-Schreiber and McClelland 1989; Hochreiter and Schmidhuber 1997, experiment 1.
    """
    check_size("embedded Reber grammar", steps, sequences, 8)
    return _batch(embedded_string, seed, steps, sequences)


def _batch(draw: Callable[[np.random.Generator], str], seed: int, steps: int, sequences: int) -> Batch:
    random, strings = generator(seed), list[str]()
    attempts = 0
    while len(strings) < sequences:
        attempts += 1
        if attempts > 1000 * sequences:
            raise InputError(f"Reber grammar: strings of at most {steps + 1} symbols are too rare; give more steps")
        string = draw(random)
        if len(string) <= steps + 1:
            strings.append(string)
    x, classes, lengths = next_symbols(strings, TOKENS, steps)
    return Batch(x, classes, lengths, "cross-entropy", "every", TOKENS)
