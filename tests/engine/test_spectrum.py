"""The spectral radius: of matrices whose eigenvalues one knows, and by a way that needs no eigenvalues."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.spectrum import scaled_to_radius, spectral_radius


def rotation(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


@pytest.mark.parametrize(
    ("matrix", "radius"),
    [
        (np.eye(5), 1.0),
        (np.zeros((3, 3)), 0.0),
        (np.diag([0.5, -2.0, 1.5]), 2.0),
        (0.9 * rotation(0.7), 0.9),  # two complex eigenvalues, 0.9 e^(±0.7 i)
        (np.array([[1.0, 7.0], [0.0, -3.0]]), 3.0),  # of a triangle they stand on the diagonal
        (np.array([[0.0, 5.0, 1.0], [0.0, 0.0, 2.0], [0.0, 0.0, 0.0]]), 0.0),  # nilpotent, though not small
        (np.full((4, 4), 0.25), 1.0),  # rows that add up to 1
        (np.array([[1.0, 1.0], [1.0, 0.0]]), (1 + 5**0.5) / 2),  # Fibonacci's
        (np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), 1.0),  # a round of three
        (np.outer([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]), 32.0),  # of u vᵀ it is |u · v|
    ],
)
def test_known_matrices(matrix, radius):
    assert spectral_radius(matrix) == pytest.approx(radius, abs=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3, 8, 32, 100])
def test_it_is_the_growth_of_high_powers(size):
    matrix = np.random.default_rng(size).normal(size=(size, size))
    power, logarithm, k = matrix, 0.0, 1
    for _ in range(40):  # ρ = lim ‖A^k‖^(1/k), with k doubled each time and the norm taken out
        norm = float(np.linalg.norm(power))
        power, logarithm = power / norm, logarithm + np.log(norm)
        grown = logarithm / k
        power, logarithm, k = power @ power, 2 * logarithm, 2 * k
    assert spectral_radius(matrix) == pytest.approx(float(np.exp(grown)), rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(arrays(np.float64, (4, 4), elements=st.floats(-3, 3)), st.floats(0.01, 2.0))
def test_a_scaled_matrix_has_the_radius_that_was_asked_for(matrix, radius):
    matrix = matrix + matrix.T  # double eigenvalues of others are found to half the digits alone
    if spectral_radius(matrix) > 1e-3:
        scaled = scaled_to_radius(matrix, radius)
        assert spectral_radius(scaled) == pytest.approx(radius, rel=1e-9)


def test_what_has_no_radius_or_cannot_reach_one_says_so():
    with pytest.raises(InputError, match=r"3 × 4.*square"):
        spectral_radius(np.zeros((3, 4)))
    with pytest.raises(InputError, match="finite"):
        spectral_radius(np.array([[np.nan]]))
    for matrix in (np.zeros((2, 2)), np.array([[0.0, 1.0], [0.0, 0.0]])):
        with pytest.raises(InputError, match="radius is 0"):
            scaled_to_radius(matrix, 0.9)
    with pytest.raises(InputError, match="no spectral radius"):
        scaled_to_radius(np.eye(2), -1.0)
    np.testing.assert_array_equal(scaled_to_radius(np.eye(2), 0.0), np.zeros((2, 2)))
