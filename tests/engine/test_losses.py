from pathlib import Path

import numpy as np
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss, Objective, loss_and_gradient

with np.load(Path(__file__).parent / "references" / "losses.npz") as stored:
    REFERENCES = dict(stored)
CASES = sorted(name.removesuffix("/y") for name in REFERENCES if name.endswith("/y"))


def reference(case):
    """(y, loss, value, gradient) of a stored case, NaN written where lengths leave steps out."""
    kind, at, *_ = case.split("/")
    loss = Loss(kind, REFERENCES[f"{case}/targets"], at, REFERENCES.get(f"{case}/lengths"))
    return REFERENCES[f"{case}/y"], loss, REFERENCES[f"{case}/loss"], REFERENCES[f"{case}/gradient"]


def test_every_kind_place_and_shape_is_among_the_references():
    assert len(CASES) == 2 * 2 * 2 * 2


@pytest.mark.parametrize("case", CASES)
def test_value_and_gradient_equal_the_reference(case):
    y, loss, value, gradient = reference(case)
    found, slope = loss_and_gradient(y, loss)
    assert found == pytest.approx(float(value), rel=1e-14)
    assert np.abs(slope - gradient).max() <= 1e-15 + 1e-13 * np.abs(gradient).max()
    assert (slope[gradient == 0] == 0).all()


@pytest.mark.parametrize("case", CASES)
def test_a_prepared_objective_gives_the_same_bits_again_and_again(case):
    y, loss, _, _ = reference(case)
    value, gradient = loss_and_gradient(y, loss)
    objective = Objective(loss, len(y), y.shape[1] if y.ndim == 3 else None, y.shape[-1])
    out = np.full(y.shape, 7.0)
    objective.value_and_gradient(y + 1.0, out)
    assert objective.value_and_gradient(y, out) == value == objective.value(y)
    assert np.array_equal(out, gradient)
    transposed = np.empty(y.shape[::-1]).T
    assert objective.value_and_gradient(y, transposed) == value
    assert np.array_equal(transposed, gradient)


@pytest.mark.parametrize("case", [case for case in CASES if "masked" in case])
def test_what_lies_beyond_the_lengths_changes_nothing(case):
    y, loss, value, gradient = reference(case)
    lengths = np.atleast_1d(loss.lengths)
    beyond = np.arange(len(y))[:, np.newaxis] >= lengths
    wild = y.copy()
    wild[beyond[:, 0] if y.ndim == 2 else beyond] = np.nan
    found, slope = loss_and_gradient(wild, loss)
    assert found == pytest.approx(float(value), rel=1e-14)
    assert np.abs(slope - gradient).max() < 1e-13


def test_targets_beyond_the_lengths_may_be_no_classes():
    targets = np.array([[0, 1], [1, -1], [0, 99]])
    value, _ = loss_and_gradient(np.zeros((3, 2, 2)), Loss("cross-entropy", targets, lengths=[3, 1]))
    assert value == pytest.approx(np.log(2.0))


def test_cross_entropy_of_huge_outputs_is_exact_and_quiet():
    y = np.array([[1e4, 0.0, -1e4], [1e308, 1e308, 0.0]])
    value, gradient = loss_and_gradient(y, Loss("cross-entropy", [1, 0]))
    assert value == pytest.approx((1e4 + np.log(2.0)) / 2)
    assert gradient == pytest.approx(np.array([[0.5, -0.5, 0.0], [-0.25, 0.25, 0.0]]))


@pytest.mark.parametrize("kind", ["mse", "cross-entropy"])
def test_outputs_that_are_not_finite_give_a_loss_that_is_not_and_no_warning(kind):
    y = np.array([[1e200, np.inf], [np.nan, 0.0]])
    value, gradient = loss_and_gradient(y, Loss(kind, np.zeros((2, 2)) if kind == "mse" else [0, 0]))
    assert not np.isfinite(value)
    assert not np.isfinite(gradient).all()


def test_class_numbers_may_be_whole_floats_as_a_table_gives_them():
    y = np.array([[0.5, 1.5], [2.0, -1.0]])
    whole, floats = (loss_and_gradient(y, Loss("cross-entropy", classes)) for classes in ([1, 0], [1.0, 0.0]))
    assert whole[0] == floats[0]


@pytest.mark.parametrize(
    ("loss", "shape", "words"),
    [
        (Loss("mse", np.zeros((3, 2))), (3, 4), r"shape \(3, 2\).*\(T, O\) = \(3, 4\)"),
        (Loss("mse", np.zeros((3, 2)), "last"), (3, 2), r"the last step alone.*\(O\) = \(2,\)"),
        (Loss("mse", np.zeros((5, 2)), "last"), (3, 4, 2), r"\(N, O\) = \(4, 2\)"),
        (Loss("cross-entropy", [0, 1]), (3, 2), r"class numbers of shape \(T\) = \(3,\)"),
        (Loss("cross-entropy", [0, 2, 1]), (3, 2), r"2 \(number 2 in their order\) is no class.*0 to 1"),
        (Loss("cross-entropy", [0, -1, 1]), (3, 2), "−1 .* is no class"),
        (Loss("cross-entropy", [0, 0.5, 1]), (3, 2), "0.5 .* is no class"),
        (Loss("cross-entropy", [0, np.nan, 1]), (3, 2), "not finite .* is no class"),
        (Loss("cross-entropy", ["a", "b", "c"]), (3, 2), "no class numbers"),
        (Loss("cross-entropy", 3, "last"), (3, 2), "is no class"),
        (Loss("mse", np.zeros((3, 2, 1)), lengths=[3, 4]), (3, 2, 1), "lengths: 4 is none of 1 to 3"),
        (Loss("mse", np.zeros((3, 2, 1)), lengths=[3, 0]), (3, 2, 1), "lengths: 0 is none of 1 to 3"),
        (Loss("mse", np.zeros((3, 2, 1)), lengths=[3]), (3, 2, 1), r"lengths: .*shape \(2,\)"),
        (Loss("mse", np.zeros((3, 2, 1)), lengths=[1.0, 2.0]), (3, 2, 1), "lengths: float64.*whole numbers"),
        (Loss("mse", np.zeros(3)), (3,), r"outputs: the shape \(3,\)"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(loss, shape, words):
    with pytest.raises(InputError, match=words):
        loss_and_gradient(np.zeros(shape), loss)


def test_unknown_kinds_and_places_are_refused():
    with pytest.raises(InputError, match="'mae' is unknown; mse and cross-entropy"):
        Loss("mae", [0.0])
    with pytest.raises(InputError, match="'first' is unknown; every and last"):
        Loss("mse", [0.0], "first")
