"""The chances that a text study gives to each word, and how sure it is."""

from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.engine.functions import softmax
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import shown_view, trace
from rnnstudio.state.model import State
from rnnstudio.state.picture import knowledge
from rnnstudio.state.text_study import says_next_word

#: Words that are read out.
MOST_SPOKEN = 5


@dataclass(frozen=True, eq=False)
class NextWord:
    """The chances of each word to be the next one after sample ``t``, the likeliest first.

    ``chances`` is softmax(y), in the order of ``words``; None while y is not computed yet. ``bits`` is the entropy
    H = −Σ p·log₂ p, and ``most_bits`` = log₂ of the number of words what it would be if all were equally likely.
    """

    t: int
    words: tuple[str, ...]
    chances: Floats | None
    bits: float
    most_bits: float


def spoken_words(said: NextWord) -> str:
    """The likeliest words for those who hear the picture."""
    if said.chances is None:
        return sentence("next word, t = {t}, not computed yet", t=said.t)
    likeliest = ", ".join(
        f"{word} {100 * chance:.1f} %" for word, chance in zip(said.words, said.chances[:MOST_SPOKEN], strict=False)
    )
    return sentence(
        "next word, t = {t}, {likeliest}; uncertainty {bits:.2f} of {most_bits:.2f} bits",
        t=said.t,
        likeliest=likeliest,
        bits=said.bits,
        most_bits=said.most_bits,
    )


def next_word(state: State) -> NextWord | None:
    """What is said of the next word where y, or nothing, is selected; None where the picture says no words."""
    selection = state.session.selection
    if not says_next_word(state.document, shown_view(state)):
        return None
    if selection is not None and (selection.what != "y" or selection.layer is not None):
        return None
    t = state.session.playhead.t if selection is None or selection.t is None else selection.t
    words = state.document.sequence.vocabulary
    most = float(np.log2(len(words)))
    if not 1 <= t <= state.document.sequence.steps or not knowledge(state).known("y", t):
        return NextWord(t, words, None, most, most)
    chances = softmax(np.asarray(trace(state).layers[state.document.network.chosen].value("y", t)))
    order = np.argsort(-chances, kind="stable")
    there = chances[chances > 0]
    bits = float(np.sum(there * -np.log2(there)))
    return NextWord(t, tuple(words[k] for k in order), chances[order], bits, most)
