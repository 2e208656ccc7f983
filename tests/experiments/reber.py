"""Reber's grammar, by itself and embedded: Cleeremans et al. 1989, Hochreiter and Schmidhuber 1997."""

import numpy as np

from rnnstudio.engine.tasks import TASKS
from rnnstudio.engine.tasks.grammar import embedded_legal_next, legal_next
from rnnstudio.engine.trace import run
from tests.experiments.learning import Found, learn, network_for

AT_ONCE, STRINGS = 20, 60_000
LEGAL = {"reber": legal_next, "embedded-reber": embedded_legal_next}


def known(network, name, seed, count=2000):
    """Share of new strings that are predicted throughout.

    At every step the k likeliest symbols have to be the k that may follow.
    """
    batch = TASKS[name].make(seed, 40, count)
    order = np.argsort(-run(network, batch.x).y, axis=-1)
    right = 0
    for n, length in enumerate(batch.lengths):
        shown = [batch.tokens[k] for k in batch.x[:length, n].argmax(axis=1)]
        string = "".join([*shown, batch.tokens[batch.targets[length - 1, n]]])
        right += all(
            {batch.tokens[k] for k in order[t, n, : len(legal)]} == legal for t, legal in enumerate(LEGAL[name](string))
        )
    return right / count


def _shown(name, seed):
    """Strings to learn from, without the steps that none of them has."""
    batch = TASKS[name].make(seed, 40, AT_ONCE)
    longest = int(batch.lengths.max())
    return batch._replace(x=batch.x[:longest], targets=batch.targets[:longest])


def _learnt(name, cell, updates, seed, truncation=None):
    """(share of known strings, strings that were shown)."""
    network, used = learn(
        network_for(cell, 7, 8, 7, seed),
        lambda number: _shown(name, number),
        0.03,
        updates,
        lambda network: truncation is None and known(network, name, 5, 500) == 1.0,
        seed=seed,
        truncation=truncation,
    )
    return known(network, name, 99), used * AT_ONCE


def reber(short=False):
    share, strings = _learnt("reber", "elman", 400, 1)
    return Found(f"{100 * share:.1f} % of 2,000 new strings, after {strings:,} strings", share == 1.0)


def embedded_reber(short=False):
    share, strings = _learnt("embedded-reber", "lstm", 1200, 3)
    words = f"LSTM-8 {100 * share:.1f} % of 2,000 new strings, after {strings:,}"
    if short:
        return Found(words, share == 1.0 and strings <= STRINGS)
    cut, shown = _learnt("embedded-reber", "lstm", STRINGS // AT_ONCE, 3, truncation=1)
    words += f"; with the gradient cut after one step {100 * cut:.1f} %, after {shown:,}"
    return Found(words, share == 1.0 and strings <= STRINGS and cut < 0.9)
