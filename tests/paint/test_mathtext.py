import pytest

from rnnstudio.paint import mathtext


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def _texts(markup, bold=False):
    return [run.text for run in mathtext.typeset(markup, bold).runs]


def test_letters_are_mathematical_italics_and_functions_upright():
    assert _texts("x") == ["\N{MATHEMATICAL ITALIC SMALL X}"]
    assert _texts("W") == ["\N{MATHEMATICAL ITALIC CAPITAL W}"]
    assert _texts("h") == ["\N{PLANCK CONSTANT}"]
    assert _texts("\\tanh") == ["tanh"]
    assert _texts("σΣ∂") == ["σΣ∂"]


def test_bold_letters_have_their_own_alphabet():
    assert _texts("t", bold=True) == ["\N{MATHEMATICAL BOLD ITALIC SMALL T}"]
    assert _texts("h", bold=True) == ["\N{MATHEMATICAL BOLD ITALIC SMALL H}"]


def test_the_minus_is_a_minus():
    assert "-" not in "".join(_texts("a-b_{t-1}"))
    assert "".join(_texts("a-b_{t-1}")).count("\N{MINUS SIGN}") == 2


def test_digits_of_a_number_are_one_run():
    assert _texts("0.72") == ["0.72"]


def test_scripts_are_smaller_lower_and_higher():
    base, sub, sup = mathtext.typeset("x_{t}^{2}").runs
    assert (sub.size, sub.y) == (0.68, 0.22)
    assert (sup.size, sup.y) == (0.68, -0.40)
    assert sub.x == pytest.approx(sup.x)
    assert sub.x > base.x


def test_roles_colour_what_is_inside_and_nest():
    runs = mathtext.typeset("<x|x_{t}> + <s|s<U|U>>").runs
    assert [run.role for run in runs] == ["x", "x", "", "s", "U"]


def test_an_operation_makes_room_and_a_sign_does_not():
    def minus_room(markup):
        runs = mathtext.typeset(markup).runs
        k = next(k for k, run in enumerate(runs) if run.text.startswith("\N{MINUS SIGN}"))
        return runs[k].x - (runs[k - 1].x + mathtext.fonts.advance(runs[k - 1].text, "math") if k else 0.0)

    assert minus_room("a-b") == pytest.approx(0.22)
    assert minus_room("-b") == 0.0
    assert _texts("(-2)") == ["(\N{MINUS SIGN}2)"]
    assert _texts("f = -2")[-1] == "\N{MINUS SIGN}2"
    assert "\N{MINUS SIGN}" in _texts("f - 2")


def test_width_grows_linearly_and_equals_what_is_drawn():
    assert mathtext.measure("<s|s_{t-1}>", 62) == pytest.approx(2 * mathtext.measure("s_{t-1}", 31))


@pytest.mark.parametrize("markup", ["", "<", "x_", "_{", "x^{2", "<x|", ">", "\\", "a|b", "{0}"])
def test_broken_markup_is_set_somehow(markup):
    assert mathtext.typeset(markup).width >= 0
