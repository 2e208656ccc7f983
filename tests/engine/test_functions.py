import numpy as np
import pytest

from rnnstudio.engine.functions import FUNCTIONS, relu, sigmoid, softmax, tanh


def test_values_from_a_table():
    # Abramowitz and Stegun style values, worked out with 20 digits elsewhere
    assert sigmoid(np.array([0.0, 1.0, -2.0])) == pytest.approx(
        [0.5, 0.73105857863000487925, 0.11920292202211755594], abs=1e-15
    )
    assert tanh(np.array([0.5])) == pytest.approx([0.46211715726000975850], abs=1e-15)
    assert relu(np.array([-1.5, 0.0, 2.5])).tolist() == [0.0, 0.0, 2.5]
    assert softmax(np.array([0.0, np.log(3.0)])) == pytest.approx([0.25, 0.75], abs=1e-15)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in ("exp", "softmax")])
def test_extremes_raise_no_warning_and_nan_stays(name):
    found = FUNCTIONS[name](np.array([-1e308, -800.0, 800.0, np.nan]))
    assert np.isfinite(found[:3]).all()
    assert np.isnan(found[3])


def test_sigmoid_is_accurate_far_out():
    assert sigmoid(np.array([-700.0, -1000.0, 1000.0, -np.inf, np.inf])) == pytest.approx(
        [np.exp(-700.0), 0.0, 1.0, 0.0, 1.0], rel=1e-14
    )


def test_exp_and_softmax_of_extremes_are_what_they_should_be_without_a_warning():
    assert FUNCTIONS["exp"](np.array([-1e308, 0.0, 710.0, np.inf])).tolist() == [0.0, 1.0, np.inf, np.inf]
    assert np.isnan(FUNCTIONS["exp"](np.array([np.nan])))[0]
    assert softmax(np.array([-1e308, 1e308, 0.0])).tolist() == [0.0, 1.0, 0.0]
    for one in (np.nan, np.inf):
        assert np.isnan(softmax(np.array([one, 0.0]))).all()


def test_softmax_may_write_over_its_argument():
    a = np.array([[1.0, 2.0, 3.0], [-5.0, 0.0, 5.0]])
    wanted = softmax(a)
    assert softmax(a, a) is a and np.array_equal(a, wanted)


def test_softmax_of_large_numbers_is_a_distribution():
    assert softmax(np.array([[1e4, 1e4 - 1.0], [-1e4, -1e4]])).sum(axis=1) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_out_is_filled_and_argument_kept(name):
    a, out = np.array([-0.5, 0.25]), np.zeros(2)
    assert FUNCTIONS[name](a, out) is out
    assert out == pytest.approx(FUNCTIONS[name](a))
    assert a.tolist() == [-0.5, 0.25]
