from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.equations import EquationError
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import lower, traditional
from rnnstudio.engine.trace import run

SIMPLE = library_cell("simple").text
LSTM = library_cell("lstm").text


def test_library_holds_the_ten():
    assert set(library_cells()) == {
        "dense", "elman", "gru", "gru-v1", "jordan", "lstm", "lstm-coupled", "lstm-peephole", "mgu", "simple",
    }  # fmt: skip
    with pytest.raises(InputError, match=r"no cell 'lstn'.*gru, gru-v1, jordan, lstm"):
        library_cell("lstn")


@pytest.mark.parametrize(
    ("name", "states", "shapes"),
    [
        ("dense", (), {"W": ("O", "I"), "b": ("O",)}),
        ("simple", ("s",), {"W": ("H", "I"), "U": ("H", "H"), "b": ("H",)}),
        ("lstm", ("s", "c"), {"Wi": ("H", "I"), "Ui": ("H", "H"), "bo": ("H",)}),
        ("gru", ("s",), {"Wr": ("H", "I"), "Un": ("H", "H"), "dn": ("H",)}),
        ("jordan", ("s",), {"W": ("H", "I"), "U": ("H", "H"), "Vz": ("H", "H"), "bv": ("H",)}),
        ("lstm-peephole", ("s", "c"), {"Wi": ("H", "I"), "pi": ("H",), "po": ("H",)}),
        ("lstm-coupled", ("s", "c"), {"Wf": ("H", "I"), "Ug": ("H", "H")}),
        ("gru-v1", ("s",), {"Wr": ("H", "I"), "Un": ("H", "H"), "bn": ("H",)}),
        ("mgu", ("s",), {"Wf": ("H", "I"), "Un": ("H", "H"), "bn": ("H",)}),
    ],
)
def test_states_and_inferred_shapes(name, states, shapes):
    cell = library_cell(name)
    assert cell.states == states
    assert shapes.items() <= dict(cell.parameters).items()


def test_same_as_takes_the_equations_and_adds_the_readout():
    elman, simple = library_cell("elman"), library_cell("simple")
    assert elman.readout and not simple.readout
    assert elman.equations == simple.equations
    assert elman.title != simple.title and elman != simple


@pytest.mark.parametrize(
    ("cell", "name", "role"),
    [
        ("simple", "x", "x"), ("simple", "s_prev", "s"), ("simple", "W", "W"), ("simple", "wx:@", "W"),
        ("simple", "us", "U"), ("lstm", "Wf", "W"), ("lstm", "Uo", "U"), ("lstm", "bi", "op"), ("lstm", "f", "op"),
        ("lstm", "c_prev", "c"), ("lstm", "c", "c"), ("gru", "dn", "op"), ("gru", "zs", "s"), ("gru", "y", "y"),
    ],
)  # fmt: skip
def test_roles(cell, name, role):
    assert library_cell(cell).role(name) == role


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "cell"', 'kind = "lesson"', 1, "kind"),
        ("version = 1", "version = 2", 2, "version = 1 is"),
        ('name = "simple"', "", None, "name: missing"),
        ('name = "simple"', "name = 3", 3, "a text in quotes"),
        ('title = "Simple cell"', 'heading = "Simple cell"', 4, "heading: there is no such key"),
        (
            'sizes = { x = "I", s = "H", y = "H" }',
            'sizes = { x = "I", y = "H" }',
            6,
            "the state s of s_prev is missing",
        ),
        ('s = "H", y', 's = "K", y', 6, "s = 'K' is no size"),
        ('["tanh", "sigmoid", "relu"]', '["tanh", "swish"]', 7, "swish is not known"),
        ('activation = { f = ["tanh", "sigmoid", "relu"] }', "activation = { f = [] }", 7, "activation"),
        ('bias = ["b"]', 'bias = ["W"]', 8, "W is no vector"),
        ('bias = ["b"]', 'bias = "b"', 8, "a list of names"),
        ('["wx", "us"], ["a"]', '["wx", "uz"], ["a"]', 15, "phase 2 names uz"),
        ('["wx", "us"], ["a"]', '["wx"], ["a"]', 15, "us is in no phase"),
        ('["wx", "us"], ["a"]', '["wx", "us", "a"], ["a"]', 15, "a is in phase 2 and again in phase 3"),
        ('[["x", "s_prev"]', '[["x"], ["s_prev"]', 15, "s_prev is given and so in phase 1"),
        ('["wx", "us"], ["a"]', '["a"], ["wx", "us"]', 15, "a comes before wx"),
        ('inline = ["wx", "us"]', 'inline = ["W"]', 16, "W is no value"),
        ('cell = "dense"', 'cell = "danse"', 17, "'danse' is not in the library"),
        ('W = "W", b = "b"', 'W = "U", b = "b"', 17, "does not name a matrix that is multiplied with x"),
        ('b = "b", f = "f"', 'b = "b", f = "g"', 17, "f = 'g' is not known"),
        ('us = "U", a = "op"', 'us = "U", a = "red"', 19, "'red' is no role"),
        ('weight_hh = ["U"]', 'weight_hh = ["V"]', 20, "V is no parameter"),
        ("s_prev = [86, 322]", "s_prev = [86]", 21, "s_prev wants"),
        ("s_prev = [86, 322]", "t_prev = [86, 322]", 21, "t_prev belongs to no name"),
    ],
)  # fmt: skip
def test_wrong_keys_are_named_with_their_line(old, new, line, words):
    with pytest.raises(InputError) as caught:
        parse_cell(changed(SIMPLE, old, new), "mine.toml")
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.startswith("mine.toml, line " + str(line) if line else "mine.toml, name")


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("a = wx + us + b", "a = wx + us + ", 12, 15, "a name, a number or ("),
        ("y = f(a)", "y = g(a)", 13, 5, "there is no function g; expected one of concat, exp, f, identity, relu, s"),
        ("wx = W @ x", "wx = W * x @ x", 10, 12, "the left side of @ is not a matrix"),
        ("wx = W @ x", "wx = us @ x", 10, 9, "the left side of @ is not a matrix"),
        ("us = U @ s_prev", "us = U @ y", 11, 10, "y is used before its own equation"),
        ("us = U @ s_prev", "us = U @ q_prev", 11, 10, "q_prev needs a value q"),
        ("a = wx + us + b", "a = wx + us + x", 13, 5, "f(a) has the shape (I); expected (H), the shape of y"),
        ("us = U @ s_prev", "us = W @ s_prev", 11, 10, "s_prev has the shape (H); expected (I), the shape of a row"),
        ("us = U @ s_prev", "us = U @ (s_prev + x)", 11, 20, "x has the shape (I); expected (H), the shape of s_prev"),
        ("us = U @ s_prev", "us = concat(s_prev)", 11, 6, "concat has one argument; expected two vectors or more"),
        ("us = U @ s_prev", "us = U @ concat(s_prev, 1)", 11, 25, "a number in concat; expected a vector"),
        ("y = f(a)", "y = f(a + concat(a, x))", 13, 11, "concat(a, x) has the shape (H+I); expected (H)"),
        ("us = U @ s_prev", "us = U @ concat(s_prev, p)", 11, 25, "the size of p does not follow"),
        ("us = U @ s_prev", "us = U @ x_prev", 11, 10, "x is no state"),
        ("a = wx + us + b", "a = wx + us + W", 12, 15, "W has the shape of a matrix"),
        ("a = wx + us + b", "a = wx + us * b", 12, 15, "b is a bias and cannot be taken out here"),
        ("y = f(a)", "y = f(a, a)", 13, 5, "f has 2 arguments"),
        ("wx = W @ x", "wx = W @ (P @ (Q @ x))", 10, 6, "the size of W does not follow"),
        ("y = f(a)", "y = 1 + 2", 13, 7, "only numbers on both sides"),
    ],
)  # fmt: skip
def test_wrong_equations_are_named_with_line_and_column_of_the_file(old, new, line, column, words):
    with pytest.raises(EquationError) as caught:
        parse_cell(changed(SIMPLE, old, new), "mine.toml")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(caught.value).startswith(f"mine.toml, line {line}, column {column}: ")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", "kind =", "a = " + "[" * 100_000, f"a = {'9' * 5000}", "\x00", 'kind = "cell"\nversion = true', "x" * 70_000],
)
def test_what_is_no_cell_file_gives_a_sentence(text):
    with pytest.raises(InputError, match=r"mine\.toml"):
        parse_cell(text, "mine.toml")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_cell_file_never_raises_anything_else(data):
    text = data.draw(st.sampled_from([SIMPLE, LSTM]))
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 12))
    put = data.draw(st.one_of(st.text(max_size=6), st.sampled_from(["@", "]", "{", "'''", "_prev", "[]", "= 1"])))
    try:
        cell = parse_cell(text[:at] + put + text[at + length :])
        for bias in (True, False):
            lower(cell, bias=bias)
            traditional(cell, bias=bias)
    except InputError:
        pass


def test_equality_goes_by_the_text():
    assert parse_cell(SIMPLE) == library_cell("simple")
    assert hash(parse_cell(SIMPLE)) == hash(library_cell("simple"))
    assert parse_cell(SIMPLE.replace("Simple cell", "Other")) != library_cell("simple")


@pytest.mark.parametrize("name", ["jordan", "gru-v1", "mgu", "lstm-coupled", "lstm-peephole"])
def test_cells_of_papers_give_what_their_formulas_give(name):
    """The values come from ``references/make_cell_references.py``, which knows nothing of the program."""
    with np.load(Path(__file__).with_name("references") / "cells.npz") as file:
        values = {key.partition("/")[2]: file[key] for key in file.files if key.startswith(f"{name}/")}
    cell = library_cell(name)
    layer = Layer(cell, 5, 7, "tanh", True, "forward", None, {each: values[each] for each in cell.parameters})
    trace = run(Network((layer,)), values["x"], {state: values[f"{state}0"] for state in cell.states})
    for value in cell.values:
        ours, theirs = trace.layers[0].series(value), values[value]
        assert ours.shape == theirs.shape == (23, 7)
        assert np.abs(ours - theirs).max() <= 1e-12 + 1e-10 * np.abs(theirs).max(), value


@pytest.mark.parametrize("name", library_cells())
def test_every_cell_of_the_library_says_where_it_is_from_and_what_it_does(name):
    cell = library_cell(name)
    assert cell.title and cell.source and cell.caption
    assert any(year in cell.source for year in map(str, range(1980, 2020)))
    assert cell.layer is not None and (not cell.states or cell.place)


def test_concat_is_no_name_for_an_activation():
    with pytest.raises(InputError, match="concat is itself a function"):
        parse_cell(changed(SIMPLE, "{ f = [", "{ concat = ["), "mine.toml")


def test_a_concat_that_doubles_again_and_again_is_refused():
    lines = ["k0 = concat(x, x)", *(f"k{n} = concat(k{n - 1}, k{n - 1})" for n in range(1, 40))]
    text = changed(SIMPLE, "us = U @ s_prev", "us = U @ s_prev\n" + "\n".join(lines))
    with pytest.raises(EquationError, match="more than 64 vectors in one concat; expected fewer of them"):
        parse_cell(text, "mine.toml")


OWN = """
kind = "cell"
version = 1
name = "own"
sizes = { x = "I", s = "H", y = "H" }
bias = ["b"]
equations = '''
k = concat(s_prev, x)
p = softmax(W @ k + b)
e = exp(-p * q)
s = (1 - e) * s_prev + identity(2 * e)
y = s'''
phases = [["x", "s_prev"], ["k"], ["p", "e"], ["s", "y"]]
"""


@pytest.mark.parametrize("steps", [1, 40])
def test_concat_softmax_and_exp_are_computed_as_written(steps):
    random = np.random.default_rng(4)
    W, b, q, x = (random.standard_normal(shape) for shape in ((3, 5), 3, 3, (steps, 2)))
    layer = Layer(parse_cell(OWN), 2, 3, None, True, "forward", None, {"W": W, "b": b, "q": q})
    trace = run(Network((layer,)), x).layers[0]
    s = np.zeros(3)
    for t in range(1, steps + 1):
        a = W[:, :3] @ s + W[:, 3:] @ x[t - 1] + b
        p = np.exp(a) / np.exp(a).sum()
        e = np.exp(-p * q)
        s = (1 - e) * s + 2 * e
        for name, theirs in (("p", p), ("e", e), ("s", s), ("y", s)):
            assert np.abs(trace.value(name, t) - theirs).max() < 1e-12, (name, t)
        assert trace.value("k", t).shape == (5,)
