import numpy as np
import pytest

from rnnstudio.diagram.numbers import matrix_decimals, shown
from rnnstudio.diagram.rounding import differs, recomputed, rounded, rounds, shown_values
from tests.diagram.formula_studies import trace_of, tutorial


@pytest.mark.parametrize("view", ["samples", "unrolled"])
def test_y_s_and_outputs_of_the_tutorial_need_no_note(view):
    trace = trace_of(tutorial(), view)
    for t in range(1, 9):
        for name in ("y", "s") if view == "unrolled" else ("y",):
            assert not rounded(name, trace, 1, t, None, 2), (name, t)
            assert not any(rounded(name, trace, 1, t, unit, 2) for unit in range(3))
        assert not rounded("y", trace, 2, t, None, 2)
        whole = {"wx", "us", "a"} if view == "unrolled" else {"a"}
        for layer, expand in ((1, whole), (2, {"a"})):
            run = trace.layer(layer)
            assert not rounds(run.program, run, "y", t, None, 2, expand), "from the given operands too"


def test_a_sum_that_its_terms_miss_has_the_note():
    trace = trace_of(tutorial(), "unrolled")
    run = trace.layer(1)
    # at t = 4 the shown −2.02 and −0.71 add up to −2.73, while the sum is −2.74
    assert run.value("wx", 4).round(2).tolist()[0] == -2.02
    assert run.value("us", 4).round(2).tolist()[0] == -0.71
    assert run.value("a", 4).round(2).tolist()[0] == -2.74
    assert rounds(run.program, run, "a", 4, None, 2)
    assert rounds(run.program, run, "a", 4, 0, 2)
    assert not rounds(run.program, run, "a", 4, 0, 12), "all digits shown give the sum"


def test_row_products_and_their_sum():
    trace = trace_of(tutorial(), "layer")
    x = [round(float(v), 2) for v in trace.layer(1).value("x", 4)]
    products = [round(w * v, 2) for w, v in zip((1.9, 1.1, 1.2, -1.5), trace.layer(1).value("x", 4), strict=True)]
    by_hand = [round(w * v + 1e-9, 2) for w, v in zip((1.9, 1.1, 1.2, -1.5), x, strict=True)]
    assert rounded("product", trace, 1, 4, 1, 2) == (by_hand != products)
    total = round(sum(products), 2)
    assert rounded("rowsum", trace, 1, 4, 1, 2) == (total != round(float(trace.layer(1).value("a", 4)[1]), 2))


def test_one_row_is_the_row_of_the_whole():
    trace = trace_of(tutorial("gru", True), "cell")
    run = trace.layer(1)
    for name in run.program.values:
        whole = recomputed(run, name, 5, 2, expand={op.id for op in run.program.ops})
        for unit in range(3):
            one = recomputed(run, name, 5, 2, unit, {op.id for op in run.program.ops})
            assert np.allclose(one, whole[unit], atol=1e-12)


def test_a_reader_rounds_a_half_up():
    assert differs(np.array([2.175]), np.array([2.1749]), 2)
    assert not differs(np.array([2.175]), np.array([2.1751]), 2)
    assert not differs(np.array([np.nan]), np.array([np.nan]), 2)


def test_what_is_not_computed_is_an_error():
    run = trace_of(tutorial(), "cell").layer(1)
    with pytest.raises(ValueError, match="not computed"):
        recomputed(run, "x", 1, 2)


@pytest.mark.parametrize("decimals", [0, 1, 2, 3, 4])
def test_the_shown_numbers_of_an_array_are_those_of_its_texts(decimals):
    random = np.random.Generator(np.random.PCG64(1))
    values = np.concatenate([
        random.normal(size=4000) * 10 ** random.uniform(-6, 6, 4000),
        random.integers(-20_000, 20_000, 4000) / 10 ** (decimals + 1),  # many in the middle between two decimals
        [0.0, -0.0, np.nan, np.inf, -np.inf, 99.995, 99.999, -0.004, 9999.5, 1e4, -1e300, 100.0, -100.5, 2.5, 1e-320],
    ])  # fmt: skip
    one_by_one = np.array([shown(float(value), decimals) for value in values])
    found = shown_values(values, decimals)
    assert np.array_equal(found, one_by_one, equal_nan=True)
    assert np.array_equal(np.signbit(found), np.signbit(one_by_one))


def test_numbers_near_the_largest_one_are_no_reason_to_warn():
    assert matrix_decimals([[1.7e308, -1.7e307]]) == 2
    assert matrix_decimals([[0.5, -1.0]]) == 1
