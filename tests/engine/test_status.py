import numpy as np
import pytest

from rnnstudio.engine.status import (
    OK,
    Kind,
    first_nonfinite,
    gradient_over_time,
    gradient_status,
    nonfinite,
    saturation,
)


@pytest.mark.parametrize(
    ("values", "function", "kind"),
    [
        ([0.9991, -0.9995, 0.2], "tanh", Kind.SATURATED),
        ([0.9991, -0.9995, 0.2, 0.1], "tanh", Kind.OK),  # half is not more than half
        ([0.998, -0.998, 0.998], "tanh", Kind.OK),
        ([0.0005, 0.9995, 0.5], "sigmoid", Kind.SATURATED),
        ([0.0005, 0.002, 0.5], "sigmoid", Kind.OK),
        ([0.0, 0.0, 5.0], "relu", Kind.OK),
        ([np.nan, np.nan, 1.0], "tanh", Kind.OK),
        ([], "tanh", Kind.OK),
    ],
)
def test_saturation(values, function, kind):
    assert saturation("f", values, function).kind is kind


def test_saturation_says_which_gate_and_how_much_of_it():
    status = saturation("f", np.array([[1.0, 0.0], [1.0, 0.5]]), "sigmoid")
    assert status.numbers == {"share": 0.75}
    assert (
        status.sentence == "f is saturated: 75 % of its values are within 0.001 of 0 or 1, where its slope is almost 0"
    )


@pytest.mark.parametrize(
    ("norm", "before", "kind"),
    [
        (1.0, None, Kind.OK),
        (None, 1.0, Kind.OK),
        (999.0, 998.0, Kind.OK),
        (1001.0, 1000.0, Kind.EXPLODING),
        (5.1, 0.5, Kind.EXPLODING),
        (5.0, 0.5, Kind.OK),
        (1e-6, 1e-9, Kind.OK),  # growing out of nothing is no explosion
        (9e-8, 1.0, Kind.VANISHING),
        (0.0, None, Kind.VANISHING),
        (float("inf"), 1.0, Kind.NONFINITE),
        (float("nan"), None, Kind.NONFINITE),
    ],
)
def test_one_gradient(norm, before, kind):
    status = gradient_status(norm, before)
    assert status.kind is kind
    assert (status.kind is Kind.OK) == (not status.sentence)


def test_a_gradient_that_vanishes_over_time_is_located():
    status = gradient_over_time(0.1 ** np.arange(11, -1, -1.0))
    assert status.kind is Kind.VANISHING
    assert status.numbers["step"] == 4  # 0.1^8 is the first below 1e−7, eight steps before step 12
    assert status.sentence.endswith("from step 12 back to step 4 its norm falls from 1 to 1e−08")


def test_a_gradient_that_explodes_over_time_is_located():
    status = gradient_over_time(4.0 ** np.arange(9, -1, -1.0))
    assert (status.kind, status.numbers["step"]) == (Kind.EXPLODING, 5)  # 4^5 is above 1000
    assert gradient_over_time([1.0, 30.0, 2.0, 2.0]).sentence.endswith(
        "at step 2 its norm is 30, 15 times that of the step after"
    )


def test_steps_that_the_loss_does_not_reach_are_passed_over():
    assert gradient_over_time([0.5, 0.7, 0.9, 0.0, 0.0]) is OK
    assert gradient_over_time([0.0, 0.0]) is OK


def test_a_gradient_that_is_not_finite_is_located_where_it_arises():
    assert gradient_over_time([np.nan, np.inf, 3.0, 1.0]).numbers == {"step": 2}


def test_the_first_number_that_is_not_finite_is_found_by_step_then_by_op():
    clean = np.ones((4, 2))
    late, early, also = clean.copy(), clean.copy(), clean.copy()
    late[3, 0], early[1, 1], also[1, 0] = np.nan, np.inf, np.nan
    assert first_nonfinite([("a", clean), ("b", late), ("c", early), ("d", also)]) == ("c", 2)
    assert first_nonfinite([("a", clean)]) is None
    assert nonfinite(1, "c", 2).sentence == "c of layer 1 is not finite from step 2 on"
    assert nonfinite(None, "c", 2).numbers == {"step": 2}
