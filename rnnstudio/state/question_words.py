"""What a question says: its sentence, the name of its state, what to do now."""

from __future__ import annotations

from rnnstudio.diagram.symbols import Writing
from rnnstudio.sentence import Sentence, sentence
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

ORDINALS = (
    sentence("first"), sentence("second"), sentence("third"), sentence("fourth"), sentence("fifth"),
    sentence("sixth"), sentence("seventh"), sentence("eighth"), sentence("ninth"), sentence("tenth"),
)  # fmt: skip
#: The short names of the states, at the right end of the title.
STAGES = {
    ASKED: sentence("question"), THINK: sentence("think"), VOTE: sentence("vote 1"), DISCUSS: sentence("discuss"),
    REVOTE: sentence("vote 2"), REVEAL: sentence("reveal"), EXPLAIN: sentence("explain"),
}  # fmt: skip
#: What the class does in each of them.
HINTS = {
    ASKED: sentence("What will come out?"),
    THINK: sentence("Think for yourself first."),
    VOTE: sentence("Vote now: A, B, C or D."),
    DISCUSS: sentence("Talk with your neighbour, then vote again."),
    REVOTE: sentence("Vote again."),
    REVEAL: sentence("Watch the step."),
    EXPLAIN: sentence("Why is it so?"),
}


def question_sentence(state: State, asked: Question) -> Sentence:
    """The question as markup, its symbols in the letters that are chosen."""
    program = trace(state).layer(state.document.network.chosen).program
    symbol = written(state, Writing(program, known_later(asked, state)).symbol(asked.name))
    if asked.kind == GATE:
        return sentence("Which gate will be closed most?")
    if asked.kind == WEIGHT:
        return sentence("Which weight of ${symbol}$ will change most?", symbol=symbol)
    if asked.kind == WORD:
        return sentence("Which word does the net expect next?")
    if asked.unit >= len(ORDINALS):
        if asked.kind == SIGN:
            return sentence("Which sign will value {number} of ${symbol}$ have?", number=asked.unit + 1, symbol=symbol)
        return sentence("Which number will be value {number} of ${symbol}$?", number=asked.unit + 1, symbol=symbol)
    nth = ORDINALS[asked.unit]
    if asked.kind == SIGN:
        return sentence("Which sign will the {nth} value of ${symbol}$ have?", nth=nth, symbol=symbol)
    return sentence("What will the {nth} value of ${symbol}$ be?", nth=nth, symbol=symbol)
