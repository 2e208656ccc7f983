from pathlib import Path

import numpy as np
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.optimisers import clip_by_norm, new_optimiser

with np.load(Path(__file__).parent / "references" / "losses.npz") as stored:
    REFERENCES = {name.removeprefix("optimiser/"): array for name, array in stored.items() if "optimiser" in name}

SETTINGS = {
    "sgd": ("sgd", 0.1, 0.0, None),
    "momentum": ("sgd", 0.05, 0.9, None),
    "adam": ("adam", 0.1, 0.0, None),
    "clipped": ("sgd", 0.3, 0.0, 0.5),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_trajectory_equals_the_reference_at_every_update(case):
    name, rate, momentum, clip = SETTINGS[case]
    parameters = REFERENCES["start"].copy()
    optimiser = new_optimiser(name, len(parameters), rate, momentum)
    for wanted, norm in zip(REFERENCES[f"{case}/path"], REFERENCES[f"{case}/norms"], strict=True):
        gradient = REFERENCES["curve"] * (parameters - REFERENCES["centre"]) ** 3
        assert clip_by_norm(gradient, clip) == pytest.approx(float(norm), rel=1e-12)
        optimiser.update(parameters, gradient)
        assert np.abs(parameters - wanted).max() <= 1e-12


def test_some_stored_gradients_are_clipped_and_some_are_not():
    norms = REFERENCES["clipped/norms"]
    assert (norms > 0.5).any()
    assert (norms < 0.5).any()


@pytest.mark.parametrize("case", ["sgd", "momentum", "adam"])
def test_the_gradient_is_read_only_and_the_buffer_changed_in_place(case):
    name, rate, momentum, _ = SETTINGS[case]
    parameters, gradient = np.ones(3), np.array([1.0, -2.0, 0.0])
    gradient.setflags(write=False)
    new_optimiser(name, 3, rate, momentum).update(parameters, gradient)
    assert parameters[0] < 1.0 < parameters[1]
    assert parameters[2] == 1.0


def test_clipping_leaves_small_gradients_their_bits_and_measures_without_a_limit():
    gradient = np.array([0.3, 0.4])
    assert clip_by_norm(gradient, 1.0) == pytest.approx(0.5)
    assert gradient.tolist() == [0.3, 0.4]
    assert clip_by_norm(gradient * 10, None) == pytest.approx(5.0)
    clip_by_norm(gradient, 0.05)
    assert np.linalg.norm(gradient) == pytest.approx(0.05, rel=1e-4)


def test_a_norm_that_is_not_finite_is_returned():
    assert np.isinf(clip_by_norm(np.array([1.0, np.inf]), None))
    assert np.isnan(clip_by_norm(np.array([1.0, np.nan]), 1.0))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("rmsprop", 3, 0.1), "'rmsprop' is unknown; sgd and adam"),
        (("sgd", 3, -0.1), "learning rate: -0.1"),
        (("sgd", 3, float("nan")), "learning rate: nan"),
        (("sgd", 3, 0.1, 1.0), "momentum: 1.0"),
        (("adam", 3, 0.1, 0.9), "adam has its own"),
    ],
)
def test_settings_out_of_range_are_refused(given, words):
    with pytest.raises(InputError, match=words):
        new_optimiser(*given)
