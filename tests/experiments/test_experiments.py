import numpy as np
import pytest

from rnnstudio.engine.tasks import TASKS
from tests.experiments.elman import bits_right, letter_errors
from tests.experiments.learning import Found, Learner, network_for
from tests.experiments.memory import adding_error, parity_mistakes
from tests.experiments.reber import known
from tests.experiments.table import EXPERIMENTS, HEADER, performed, row


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_published_experiment_reproduces_in_its_short_form(name):
    found, _ = performed(name, short=True)
    assert found.passed, found.words


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["embedded-reber", "adding"])
def test_a_published_experiment_reproduces_with_what_fails(name):
    found, _ = performed(name)
    assert found.passed, found.words


def test_a_network_that_has_not_learnt_passes_no_test():
    assert bits_right(network_for("elman", 1, 8, 1, 1), 77)[0] < 0.8
    assert letter_errors(network_for("elman", 6, 20, 6, 1), 77)[2] > 0.2
    assert known(network_for("elman", 7, 8, 7, 1), "reber", 99, 50) == 0.0
    assert known(network_for("lstm", 7, 8, 7, 1), "embedded-reber", 99, 50) == 0.0
    assert adding_error(network_for("gru", 2, 8, 1, 1), 99, 50) > 0.1
    assert parity_mistakes(network_for("elman", 1, 8, 2, 1), 99, 50) > 1000


def test_learning_twice_gives_the_same_bits():
    both = []
    for _ in range(2):
        learner = Learner(network_for("lstm", 7, 8, 7, 1))
        losses = [learner.update(TASKS["embedded-reber"].make(seed, 20, 4), 0.01) for seed in range(3)]
        both.append((losses, learner.flat.copy()))
    assert both[0][0] == both[1][0]
    assert np.array_equal(both[0][1], both[1][1])


def test_a_row_has_as_many_cells_as_the_header_and_says_what_is_not_reproduced():
    good, bad = row("parity", Found("0 mistakes", True), 1.25), row("parity", Found("9 mistakes", False), 1.25)
    assert good.count("|") == HEADER.splitlines()[0].count("|") == bad.count("|")
    assert "not reproduced" not in good
    assert "**not reproduced:** 9 mistakes" in bad
