"""What a question says: its sentence, the name of its state, what to do now."""

from __future__ import annotations

from rnnstudio.diagram.symbols import Writing
from rnnstudio.state.derived import trace
from rnnstudio.state.model import State
from rnnstudio.state.notation import written
from rnnstudio.state.question import (
    ASKED,
    DISCUSS,
    EXPLAIN,
    GATE,
    REVEAL,
    REVOTE,
    SIGN,
    THINK,
    VOTE,
    WEIGHT,
    WORD,
    Question,
    known_later,
)

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
#: The short names of the states, at the right end of the title.
STAGES = {
    ASKED: "question", THINK: "think", VOTE: "vote 1", DISCUSS: "discuss", REVOTE: "vote 2", REVEAL: "reveal",
    EXPLAIN: "explain",
}  # fmt: skip
#: What the class does in each of them.
HINTS = {
    ASKED: "What will come out?",
    THINK: "Think for yourself first.",
    VOTE: "Vote now: A, B, C or D.",
    DISCUSS: "Talk with your neighbour, then vote again.",
    REVOTE: "Vote again.",
    REVEAL: "Watch the step.",
    EXPLAIN: "Why is it so?",
}


def sentence(state: State, asked: Question) -> str:
    """The question as markup, in the letters that are chosen."""
    return written(state, _sentence(state, asked))


def _sentence(state: State, asked: Question) -> str:
    program = trace(state).layer(state.document.network.chosen).program
    lag = known_later(asked, state)
    if asked.kind == GATE:
        return "Which gate will be closed most?"
    if asked.kind == WEIGHT:
        return f"Which weight of ${Writing(program, lag).symbol(asked.name)}$ will change most?"
    if asked.kind == WORD:
        return "Which word does the net expect next?"
    symbol = Writing(program, lag).symbol(asked.name)
    if asked.unit >= len(ORDINALS):
        if asked.kind == SIGN:
            return f"Which sign will value {asked.unit + 1} of ${symbol}$ have?"
        return f"Which number will be value {asked.unit + 1} of ${symbol}$?"
    if asked.kind == SIGN:
        return f"Which sign will the {ORDINALS[asked.unit]} value of ${symbol}$ have?"
    return f"What will the {ORDINALS[asked.unit]} value of ${symbol}$ be?"
