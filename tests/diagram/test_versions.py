"""What the index of W_t means is found by comparing the matrices, and said in a line."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import (
    FROZEN,
    SAMPLE,
    SAYINGS,
    SEQUENCE,
    SOME,
    changed,
    largest,
    largest_change,
    learning,
    same_until,
    saying,
    version,
)
from rnnstudio.diagram.view_table import lay_out
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Settings
from rnnstudio.engine.versions import run_updating
from tests.diagram.formula_studies import INPUTS, tutorial

TARGETS = np.linspace(0, 1, 16).reshape(8, 2)
ONE = range(1, 2)


class Told(LayerTrace):
    """A run whose weights are said to be others at some samples."""

    def parameter(self, name, t):
        return self.__dict__["told"](super().parameter(name, t), t)


def telling(trace, told):
    """The same run, with weights that ``told(true, t)`` makes of the true ones."""
    layers = []
    for layer in trace.layers:
        copy = object.__new__(Told)
        copy.__dict__.update({**layer.__dict__, "told": told})
        layers.append(copy)
    return replace(trace, layers=tuple(layers), versions=(trace.network,) * (trace.T + 1))


@pytest.fixture(scope="module")
def frozen():
    return run(tutorial(), INPUTS)


@pytest.fixture(scope="module")
def updated():
    return run_updating(tutorial(), INPUTS, TARGETS, Settings(rate=1.0, update_every=1))


def test_frozen_is_one_array_and_no_change(frozen):
    assert changed(frozen, None, ONE) == ()
    assert all(version(frozen, None, 1, "W", t) is version(frozen, None, 1, "W", 1) for t in range(10))
    assert not np.any(version(frozen, None, 1, "ΔW", 3))


def test_after_every_sample_all_neighbours_differ(updated):
    changes = changed(updated, None, ONE)
    assert changes == (True,) * 8 and learning(changes) == SAMPLE
    for t in range(1, 9):
        W, step, following = (version(updated, None, 1, name, at) for name, at in (("W", t), ("ΔW", t), ("W", t + 1)))
        np.testing.assert_allclose(following, W + step, rtol=0, atol=1e-12)
        assert W is updated.layer(1).parameter("W", t)
    assert np.array_equal(version(updated, None, 1, "W", 9), updated.versions[-1].layers[1].parameters["W"])
    assert largest_change(updated, None) == pytest.approx(
        max(np.abs(version(updated, None, 1, name, t)).max() for name in ("ΔW", "ΔU") for t in range(1, 9))
    )
    assert largest(updated, None) == max(
        np.abs(array).max() for net in updated.versions for layer in net.layers for array in layer.parameters.values()
    )


def test_one_update_after_the_sequence(frozen):
    after = frozen.network.with_parameters(1, {"W": frozen.network.layers[1].parameters["W"] + 0.5})
    changes = changed(frozen, after, ONE)
    assert changes == (False,) * 7 + (True,) and learning(changes) == SEQUENCE
    assert np.array_equal(version(frozen, after, 1, "W", 9), after.layers[1].parameters["W"])
    assert version(frozen, after, 1, "W", 8) is frozen.layer(1).parameter("W", 8)
    assert changed(frozen, after, range(0, 1)) == (), "another layer's weights stayed"


def caption_of(trace, after=None, view="samples"):
    subject = Subject(trace.network, trace.T, 4, Frame(), changed=changed(trace, after, ONE))
    return lay_out(view, subject).caption


@pytest.mark.parametrize("view", ["samples", "unrolled"])
def test_the_caption_believes_the_matrices_and_no_claim(frozen, updated, view):
    """A run that claims versions, but has the same matrices throughout, is called frozen; and the other way round."""
    assert SAYINGS[FROZEN] in caption_of(frozen, view=view)
    assert SAYINGS[SAMPLE] in caption_of(updated, view=view)
    claims = telling(frozen, lambda true, t: np.array(true))  # equal, though not the same object
    assert claims.versions and SAYINGS[FROZEN] in caption_of(claims, view=view)
    drifts = telling(frozen, lambda true, t: true + 1e-9 * t)
    assert SAYINGS[SAMPLE] in caption_of(drifts, view=view)
    stays = telling(updated, lambda true, t: updated.network.layers[1].parameters["W"] if true.shape == (3, 4) else 0.0)
    assert SAYINGS[SAMPLE] not in caption_of(stays, view=view)


def test_versions_that_differ_here_and_there_are_called_neither(frozen):
    now_and_then = telling(frozen, lambda true, t: true + (t > 3))
    changes = changed(now_and_then, None, ONE)
    assert changes[2] and learning(changes) == SOME
    assert saying(changes) == f"Weights updated after {sum(changes)} of 8 samples, the same W elsewhere"
    assert saying(()) == SAYINGS[FROZEN]


def test_what_is_the_same_is_known_beforehand():
    changes = (False, False, True, False)
    assert same_until(changes, 1, 3) and not same_until(changes, 1, 4)
    assert same_until(changes, 4, 5) and same_until((), 0, 9)
