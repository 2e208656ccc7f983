"""The spectral radius of a square matrix: how much a recurrent product keeps of a state, step after step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.limits import InputError

Array = NDArray[np.float64]

#: A matrix that would have to grow more than this to reach a radius has none but rounding.
MOST_GROWTH = 1e6


def spectral_radius(matrix: Array) -> float:
    """ρ(A) = max over i of |λ_i|, with λ_i the eigenvalues of A.

    Where f is linear, s_t = A s_{t−1}: what is left of a state dies out for ρ < 1 and can grow for ρ > 1.

    Parameters
    ----------
    matrix : array, shape (H, H)
        Finite numbers.

    Returns
    -------
    float
        Never negative; without a unit.

    Raises
    ------
    InputError
        The matrix is not square, or a number is not finite.

    Notes
    -----
    R. A. Horn, C. R. Johnson: Matrix Analysis, 2nd ed., Cambridge University Press 2013, definition 1.2.9. Echo state
    networks begin with a scaled ρ: H. Jaeger, GMD Report 148, 2001.
    """
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        shape = " \N{MULTIPLICATION SIGN} ".join(map(str, matrix.shape))
        raise InputError(f"a spectral radius is wanted of {shape} numbers; a square matrix has one")
    if not np.isfinite(matrix).all():
        raise InputError("a spectral radius is wanted of numbers that are not finite; finite ones have one")
    return float(np.abs(np.linalg.eigvals(matrix)).max(initial=0.0))


def scaled_to_radius(matrix: Array, radius: float) -> Array:
    """A · ρ* / ρ(A), whose spectral radius is ρ*.

    Parameters
    ----------
    matrix : array, shape (H, H)
    radius : float
        ρ*, not negative.

    Raises
    ------
    InputError
        ρ* is negative or not finite; or ρ(A) is 0, as of a matrix of zeros or a nilpotent one, or too near to it.
    """
    if not np.isfinite(radius) or radius < 0:
        raise InputError(f"{radius:g} is no spectral radius; a number from 0 on is")
    now = spectral_radius(matrix)
    if radius > 0 and now * MOST_GROWTH <= max(radius, float(np.abs(matrix).max(initial=0.0))):
        raise InputError("the spectral radius is 0 and stays so whatever the factor; draw the matrix at random first")
    return np.asarray(matrix * (radius / now if radius else 0.0), np.float64)
