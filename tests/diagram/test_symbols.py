import re

import pytest

from rnnstudio.diagram.symbols import Writing, mark_role
from rnnstudio.engine.cells import library_cell, parse_cell
from tests.diagram.formula_studies import tutorial


def program(cell, bias=False):
    network = tutorial(cell, bias)
    return network.layers[network.chosen].program


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("Wf", "<W|W_{f}>"),
        ("f", "<op|f_{t}>"),
        ("c_prev", "<c|c_{t-1}>"),
        ("x", "<x|x_{t}>"),
        ("bi", "<op|b_{i}>"),
        ("fc", "<op|f_{t}> ⊙ <c|c_{t-1}>"),
    ],
)
def test_symbols_follow_from_names(name, markup):
    assert Writing(program("lstm", True)).symbol(name) == markup


def test_samples_and_indices():
    writing = Writing(program("simple"))
    assert writing.symbol("s", 1) == "<s|s_{t,2}>"
    assert Writing(program("simple"), -1).symbol("s_prev") == "<s|s_{t-2}>"
    assert Writing(program("simple"), 1).symbol("y") == "<y|y_{t+1}>"
    assert Writing(program("simple"), None).symbol("y", 1) == "<y|y_{2}>"
    assert Writing(program("simple"), None).symbol("W", 1, 0) == "<W|W_{2,1}>"
    assert Writing(program("simple"), 0, 0).symbol("s") == "<s|s_{0}>"


def test_what_the_cell_hands_to_a_readout_is_written_as_the_state():
    writing = Writing(program("elman", True))
    assert writing.symbol("h") == "<s|s_{t}>"
    assert writing.formula("y") == "<V|V><s|s_{t}> + <op|b_{y}>"


@pytest.mark.parametrize(
    ("cell", "name", "markup"),
    [
        ("gru", "s", "(1 - <op|z_{t}>) ⊙ <op|n_{t}> + <op|z_{t}> ⊙ <s|s_{t-1}>"),
        ("gru", "n", "\\tanh(<W|W_{n}><x|x_{t}> + <op|r_{t}> ⊙ (<U|U_{n}><s|s_{t-1}>))"),
        ("lstm", "c", "<op|f_{t}> ⊙ <c|c_{t-1}> + <op|i_{t}> ⊙ <op|g_{t}>"),
        ("lstm", "o", "σ(<W|W_{o}><x|x_{t}> + <U|U_{o}><s|s_{t-1}>)"),
        ("simple", "a", "<W|W><x|x_{t}> + <U|U><s|s_{t-1}>"),
    ],
)
def test_inline_values_are_written_out(cell, name, markup):
    assert Writing(program(cell)).formula(name) == markup


def test_a_dot_and_an_expansion():
    writing = Writing(program("dense"), None, dot=True)
    assert writing.formula("y", {"a"}) == "<op|f>(<W|W> · <x|x>)"


def test_brackets_have_the_colour_of_the_product():
    gated = program("lstm")
    assert [mark_role(gated, op) for op in ("i:@", "i:@2", "i:+", "s:tanh")] == ["W", "U", "op", "op"]
    assert mark_role(gated, "c_prev") == "c" and mark_role(program("elman"), "h") == "s"


def test_a_name_that_is_a_word_is_written_as_one():
    text = library_cell("simple").text.replace("a = wx + us + b", "new = wx + us + b").replace("f(a)", "f(new)")
    text = text.replace('["a"]', '["new"]').replace('a = "op"', 'new = "op"').replace('name = "simple"', 'name = "own"')
    cell = parse_cell(re.sub(r"^\[?place.*", "", text, flags=re.MULTILINE | re.DOTALL))
    network = tutorial("simple")
    own = network.with_cell(network.chosen, cell, 1).layers[network.chosen].program
    assert Writing(own).symbol("new") == "<op|\\new_{t}>"
    assert Writing(own).symbol("us") == Writing(program("simple")).symbol("us")
