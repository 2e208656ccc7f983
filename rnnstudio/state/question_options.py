"""The four options of a question and the right one among them, computed from the run as it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.notation import Notation
from rnnstudio.diagram.numbers import fmt, shown
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.versions import DELTA, version
from rnnstudio.engine.functions import softmax
from rnnstudio.engine.held_gates import gates
from rnnstudio.engine.network import Network
from rnnstudio.engine.trace import Trace
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import shown_view, trace
from rnnstudio.state.model import Document, State
from rnnstudio.state.notation import cell_notation
from rnnstudio.state.question import GATE, SIGN, VALUE, WEIGHT, WORD, Question, known_later
from rnnstudio.state.question_values import mistakes, right_value
from rnnstudio.state.runs import side
from rnnstudio.state.what_if import what_if_of


@dataclass(frozen=True)
class _Symbols:
    """The symbols of a program in the letters that are chosen."""

    writing: Writing
    notation: Notation

    def symbol(self, name: str, *index: int) -> str:
        """Of a value, a parameter or x."""
        return self.notation.write(self.writing.symbol(name, *index))

    def later_input(self) -> str:
        """Of the input that comes after the sample that is asked about."""
        return self.notation.write(replace(self.writing, lag=(self.writing.lag or 0) + self.writing.way).symbol("x"))


@dataclass(frozen=True)
class Options:
    """Four options as markup, the number of the right one, and what the network says itself."""

    texts: tuple[str, str, str, str]
    right: int
    outcome: str
    #: The value that stands behind it, for its colour; None where it is none.
    value: float | None = None


def options(state: State, asked: Question) -> Options:
    """The options of a question; letters and order hang on nothing but the run."""
    shown_run = trace(state)
    _, after = side(state.document, shown_view(state) in LAYER_VIEWS, what_if_of(state))
    lag = known_later(asked, state)
    return _options(state.document, shown_run, after, asked.kind, asked.name, asked.unit, asked.t, lag,
                    state.session.decimals, cell_notation(state))  # fmt: skip


@lru_cache(maxsize=16)
def _options(
    document: Document, run: Trace, after: Network | None, kind: str, name: str, unit: int, t: int, lag: int,
    decimals: int, notation: Notation,
) -> Options:  # fmt: skip
    writing = _Symbols(Writing(run.layer(run.chosen).program, lag), notation)
    if kind == WEIGHT:
        return _of_weight(run, after, writing, name, t, decimals)
    if kind == GATE:
        return _of_gate(run, writing, t, decimals)
    if kind == WORD:
        return _of_word(document, run, t)
    right = right_value(run, name, unit, t)
    if kind == SIGN:
        later = sentence("needs ${later}$", later=writing.later_input())
        texts = (sentence("positive"), sentence("negative"), sentence("exactly zero"), later)
        return Options(texts, 0 if right > 0 else 1 if right < 0 else 2, fmt(right, decimals), right)
    assert kind == VALUE
    return _of_value(right, mistakes(document, run, name, unit, t), decimals)


def _of_value(right: float, wrong: tuple[float, ...], decimals: int) -> Options:
    """Four numbers that are written differently, from the smallest to the largest."""
    chosen = {fmt(right, decimals): right}
    for value in wrong:
        chosen.setdefault(fmt(value, decimals), value)
        if len(chosen) == 4:
            break
    step = 1.0
    while len(chosen) < 4:  # of numbers that are written with powers of ten the steps may all look the same
        chosen.setdefault(fmt(right + step * max(1.0, abs(right)), decimals), right + step * max(1.0, abs(right)))
        step += 1.0
    ordered = sorted(chosen, key=lambda text: shown(chosen[text], decimals))
    a, b, c, d = ordered
    return Options((a, b, c, d), ordered.index(fmt(right, decimals)), fmt(right, decimals), right)


def _of_gate(run: Trace, writing: _Symbols, t: int, decimals: int) -> Options:
    """Which gate lets the least through: the mean of its units."""
    layer = run.layer(run.chosen)
    named = gates(layer.program)[:3]
    means = [float(np.mean(layer.value(name, t))) for name in named]
    texts: list[str] = [f"${writing.symbol(name)}$" for name in named]
    least = int(np.argmin(means))
    same = sum(fmt(mean, decimals) == fmt(means[least], decimals) for mean in means) > 1
    if len(texts) < 3:
        texts.append(sentence("both alike"))
        least = len(texts) - 1 if same else least
    texts.append(sentence("none under 0.5"))
    if min(means) >= 0.5:
        least = 3
    a, b, c, d = texts
    return Options((a, b, c, d), least, f"{texts[int(np.argmin(means))]} {fmt(min(means), decimals)}")


def _of_weight(run: Trace, after: Network | None, writing: _Symbols, name: str, t: int, decimals: int) -> Options:
    """Which weight the update after sample ``t`` changes most, of four."""
    change = np.abs(version(run, after, run.chosen, DELTA + name, t))
    weights = np.abs(version(run, after, run.chosen, name, t))
    columns = change.shape[1]
    best = int(np.argmax(change))
    ranked = [
        best, int(np.argmax(weights)), int(np.argmin(change)), int(np.argmin(weights)),
        *np.argsort(-weights, axis=None, kind="stable").tolist(),
    ]  # fmt: skip
    four = sorted(list(dict.fromkeys(ranked))[:4])
    texts = [f"${writing.symbol(name, k // columns, k % columns)}$" for k in four]
    a, b, c, d = texts
    by = fmt(float(version(run, after, run.chosen, DELTA + name, t).reshape(-1)[best]), max(decimals, 3))
    return Options((a, b, c, d), four.index(best), f"{texts[four.index(best)]} {by}")


def _of_word(document: Document, run: Trace, t: int) -> Options:
    """Which word the network finds likeliest, of the four likeliest; the true next word is among them."""
    words = document.sequence.vocabulary
    chances: Floats = softmax(np.asarray(run.layer(run.chosen).value("y", t)))
    ranked = np.argsort(-chances, kind="stable").tolist()
    targets = document.sequence.targets
    true = [int(targets[t - 1])] if targets is not None and targets.ndim == 1 and targets.dtype.kind in "iu" else []
    four = sorted(list(dict.fromkeys([ranked[0], *true, *ranked[1:]]))[:4])
    a, b, c, d = (f"\N{LEFT DOUBLE QUOTATION MARK}{words[k]}\N{RIGHT DOUBLE QUOTATION MARK}" for k in four)
    right = four.index(ranked[0])
    return Options((a, b, c, d), right, f"{(a, b, c, d)[right]} {100 * float(chances[ranked[0]]):.0f} %")
