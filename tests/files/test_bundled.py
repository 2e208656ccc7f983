"""The bundled studies: made from their sources byte for byte, and what they are meant to be."""

import json

import numpy as np
import pytest

from rnnstudio.engine.trace import run
from rnnstudio.engine.whole import OneHot
from rnnstudio.files.bundled import bundled_bytes
from rnnstudio.files.demonstration import BUNDLED, bundled_study, demonstration
from rnnstudio.files.study import write_study
from rnnstudio.resources import resource


@pytest.mark.parametrize("name", BUNDLED)
def test_they_are_what_their_sources_give(name):
    stored = resource("studies", f"{name}.rnnstudio").read_bytes()
    assert stored == bundled_bytes(name)
    assert stored == write_study(bundled_study(name))


def test_the_tutorial_computes_the_numbers_of_its_source():
    expected = json.loads(resource("studies", "sources", "tutorial.json").read_text())["expected"]
    document = demonstration()
    cell = run(document.network, document.sequence.x, document.first)
    layer = run(document.network, document.sequence.x, document.first, stateless=True)
    for found, name in [
        (cell.layer(0).series("y"), "hidden_1 (x_t)"),
        (layer.layer(1).series("y"), "layer: y_t = f(W x_t)"),
        (layer.y, "layer: output"),
        (cell.layer(1).series("s"), "recurrent: s_t = y_t = f(W x_t + U s_{t-1})"),
        (cell.y, "recurrent: output"),
    ]:
        assert np.abs(found - expected[name]).max() < 1e-12


def test_in_the_text_of_words_an_early_word_decides_a_late_one():
    verbs = {"cat": "sleeps", "cats": "sleep", "dog": "waits", "dogs": "wait"}
    lines = [line.split() for line in resource("studies", "sources", "words.txt").read_text().splitlines()]
    for the, subject, that, _, the_other, _, verb in lines:
        assert (the, that, the_other, verb) == ("the", "that", "the", f"{verbs[subject]}.")
    # every sentence once: the word before the verb says nothing about it
    assert len({tuple(line) for line in lines}) == len(lines) == 4 * 4 * 2
    assert [" ".join(line) for line in lines[:2]] == [
        "the cat that chased the dogs sleeps.", "the cats that chased the dog sleep.",
    ]  # fmt: skip


def test_words_runs_over_its_vocabulary():
    document = bundled_study("words")
    sequence = document.sequence
    assert sequence.targets[:-1].tolist() == sequence.tokens[1:].tolist()
    trace = run(document.network, OneHot(sequence.tokens, sequence.inputs))
    assert trace.y.shape == (sequence.steps, len(sequence.vocabulary))


def test_sunspots_are_the_yearly_numbers():
    document = bundled_study("sunspots")
    x, targets = document.sequence.x, document.sequence.targets
    years = range(1700, 2008)
    assert len(x) == len(years)
    assert x[years.index(1957)] * 200 == pytest.approx([190.2])  # the highest of them, in the year of Sputnik
    assert targets[-1] * 200 == pytest.approx([2.9])
    assert np.array_equal(targets[:-1], x[1:])
    assert x.max() < 1
