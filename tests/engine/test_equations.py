import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import rnnstudio.engine
from rnnstudio.engine import compile as compiler
from rnnstudio.engine.cells import parse_cell
from rnnstudio.engine.equations import Binary, Call, EquationError, Name, Negative, Number, parse_equations
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import Network, new_layer
from rnnstudio.engine.rewriting import text_of
from rnnstudio.engine.shapes import infer_shapes
from rnnstudio.engine.trace import run


def tree(text):
    return parse_equations(f"y = {text}")[0].expression


def test_precedence_and_order():
    assert tree("a + b * c") == Binary("+", Name("a"), Binary("*", Name("b"), Name("c")))
    assert tree("a - b + c") == Binary("+", Binary("-", Name("a"), Name("b")), Name("c"))
    assert tree("W @ x * r") == Binary("*", Binary("@", Name("W"), Name("x")), Name("r"))
    assert tree("(1 - z) * n") == Binary("*", Binary("-", Number(1.0), Name("z")), Name("n"))
    assert tree("-z * 2") == Binary("*", Negative(Name("z")), Number(2.0))
    assert tree("-1.5e-3 * z") == Binary("*", Number(-0.0015), Name("z"))


def test_name_in_call_position_is_a_function_elsewhere_a_value():
    assert tree("f(f)") == Call("f", (Name("f"),))


def test_typographic_minus_is_a_minus():
    assert tree("1 \u2212 z") == tree("1 - z")


def test_several_lines_keep_their_places():
    found = parse_equations("\n  a = W @ x\n\ny = f(a)")
    assert [(e.name, e.line, e.column) for e in found] == [("a", 2, 3), ("y", 4, 1)]


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("a = W @ x +", 1, 12, "a name, a number or ("),
        ("a = W @ x\ny = f(a", 2, 8, ") or one of @ * + -"),
        ("y f(a)", 1, 3, "= after the name"),
        ("= a", 1, 1, "the name of a value and ="),
        ("y = a b", 1, 7, "one of @ * + - or the end of the line"),
        ("y = 2x", 1, 6, "one of @ * + - or the end of the line"),
        ("y = a / b", 1, 7, "names, numbers, ( ) and @ * + -"),
        ("y = a[0]", 1, 6, "names, numbers, ( ) and @ * + -"),
        ("y = f()", 1, 7, "a name, a number or ("),
        ("a = x\na = x", 2, 1, "another name"),
        ("x = y", 1, 1, "the name of a value that is computed"),
        ("s_prev = y", 1, 1, "the name of a value that is computed"),
        ("y = 1e999 * x", 1, 5, "a finite number"),
    ],
)
def test_errors_say_place_and_what_was_expected(text, line, column, expected):
    with pytest.raises(EquationError) as caught:
        parse_equations(text)
    assert (caught.value.line, caught.value.column, caught.value.expected) == (line, column, expected)
    assert f"line {line}, column {column}: " in str(caught.value)
    assert expected in str(caught.value)


@pytest.mark.parametrize("text", ["(" * 500 + "x", "y = " + "(" * 31 + "x" + ")" * 31, "y = " + "-" * 5000 + "x"])
def test_depth_is_bounded(text):
    with pytest.raises(EquationError):
        parse_equations(text)


def test_length_is_bounded():
    parse_equations("y = x" + " + x" * 150)
    with pytest.raises(EquationError, match="more than 400 names and signs"):
        parse_equations("y = x" + " + x" * 1000)
    with pytest.raises(EquationError, match="more than 200 equations"):
        parse_equations("\n".join(f"a{i} = x" for i in range(201)))


pieces = st.sampled_from(
    [
        "x",
        "y",
        "s_prev",
        "W",
        "f",
        "tanh",
        "=",
        "@",
        "*",
        "+",
        "-",
        "(",
        ")",
        ",",
        "1",
        ".5",
        "1e9",
        " ",
        "\n",
        "\u2212",
        "é",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=40).map("".join)))
@example("y = __import__('os').system('true')")
@example("y = (lambda: 0)()")
@example("y\x00= x")
@example("y = \ud800")
def test_any_text_gives_equations_or_an_input_error(text):
    try:
        found = parse_equations(text)
    except InputError as error:
        assert str(error)
    else:
        assert len({e.name for e in found}) == len(found)


def expressions():
    leaf = st.one_of(st.sampled_from(["x", "b", "s_prev"]).map(Name), st.integers(0, 9).map(lambda n: Number(float(n))))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(Binary, st.sampled_from("@*+-"), inner, inner),
            st.builds(lambda a: Call("tanh", (a,)), inner),
        ),
        max_leaves=8,
    )


def written(node):
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Call):
        return f"{node.function}({written(node.arguments[0])})"
    return f"({written(node.left)}) {node.operator} ({written(node.right)})"


@given(expressions())
def test_reading_what_was_written_gives_the_same_tree(node):
    assert tree(written(node)) == node


#: The one file of the room that makes functions from text that it has written itself.
COMPILER = "compile.py"


def test_nothing_in_the_room_executes_text():
    for path in Path(rnnstudio.engine.__file__).parent.rglob("*.py"):
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        allowed = {"exec", "compile"} if path.name == COMPILER else set()
        assert not called & {"eval", "exec", "compile", "__import__"} - allowed, path.name


def test_no_word_of_a_cell_gets_into_the_compiled_text(monkeypatch):
    texts = []

    def watched(text, *rest):
        texts.append(text)
        return compile(text, *rest)

    monkeypatch.setattr(compiler, "compile", watched, raising=False)
    cell = parse_cell(
        'kind = "cell"\nversion = 1\nname = "hostile"\nsizes = { x = "I", s = "H", y = "H" }\n'
        "equations = '''\n__import__ = System @ x + __builtins__\nlambda = tanh(__import__ + exit * s_prev)\n"
        "s = lambda\ny = s'''\n"
        'phases = [["x", "s_prev"], ["__import__"], ["lambda"], ["s", "y"]]\n'
    )
    trace = run(Network((new_layer(cell, 2, 3),)), np.ones((4, 2)))
    assert np.isfinite(trace.y).all() and texts
    for word in ("__import__", "System", "__builtins__", "lambda", "exit", "hostile"):
        assert not any(word in text for text in texts), word


#: Texts that are wrong, each in its own way, for a cell with x of I values and a state s of H.
BROKEN = (
    # left sides
    "=", "= x", "s", "s x", "s == x", "1 = x", "(s) = x", "s, y = x", "s + 1 = x", "s() = x", "-s = x", "@ = x",
    "x = s_prev", "s_prev = x", "x_prev = s", "q_prev = x", "s = y_prev\ny = W @ x\ny = s", "import os", "def s(): x",
    "s := x", "s.a = x", "s[0] = x", "return x", "'s' = x", "# s = x", "s; y = x", "s = ", "s =", "s = \t",
    # the grammar of the right side
    "s = W @", "s = @ x", "s = W @ @ x", "s = W x", "s = W @ x +", "s = + x", "s = * x", "s = W @ x y",
    "s = (W @ x", "s = W @ x)", "s = ()", "s = tanh(", "s = tanh()", "s = tanh)", "s = tanh(W @ x", "s = tanh(,)",
    "s = tanh(W @ x,)", "s = tanh(, W @ x)", "s = 2x", "s = 1..2 * x", "s = 1e * x", "s = 0x10 * x", "s = 1_000 * x",
    "s = W / x", "s = W @ x ^ 2", "s = W @ x ** 2", "s = W @ x // 2", "s = W @ x % 2", "s = x if x else x",
    "s = W @ x!", "s = W @ x;", "s = W @ x = 1", "s = !x", "s = ~x", "s = W & x", "s = W | x", "s = x < 1",
    "s = x ? x : x",
    # Python that is none of ours
    "s = __import__('os').system('true')", "s = x.__class__", "s = x.T", "s = (lambda: 0)()", "s = [x for x in x]",
    "s = eval('x')", 's = "x"', "s = f'{x}'", "s = {x}", "s = x[0]", "s = x[:, 0]", "s = open(x)", "s = exec(x)",
    "s = getattr(x, y)", "s = print(x)", "s = np.tanh(W @ x)", "s = W @ x @ __builtins__", "s = \\x41", "s = $x",
    # signs that nobody can type
    "s = W @ x\u2028", "s = W \u00d7 x", "s = W\u22c5x", "s = \u03c3(W @ x)", "\ufeffs = x", "s = W @ x\x00",
    "s = \ud800", "s = W\u00a0@ x", "s = \uff57 @ x",
    # numbers, names and functions
    "s = 1e999 * (W @ x)", "s = 1 + 2", "s = 2 * 3", "s = tanh(1)", "s = tanh(W @ x, W @ x)", "s = sin(W @ x)",
    "s = Tanh(W @ x)", "s = W(x)", "s = concat(x)", "s = concat()", "s = concat(x, 1)",
    "s = concat(x, q)",
    "s = softmax(1)", "s = exp()",
    # shapes
    "s = x + s_prev", "s = s_prev * x", "s = x - s_prev", "s = W @ x + x", "s = U @ s_prev + U @ x", "s = x @ x",
    "s = s_prev @ x", "s = 2 @ x", "s = (W @ V) @ x", "s = W @ 2", "s = W + W @ x", "s = W @ x + W", "s = b + b @ x",
    "s = tanh(x) + s_prev", "s = concat(x, s_prev)", "s = concat(s_prev, s_prev)", "s = U @ concat(x, s_prev) + U @ x",
    "s = W @ (V @ (U @ x))", "s = W @ x + x_prev", "s = W @ x + q_prev", "a = p * 2\ns = W @ x",
    "s = q\nq = W @ x", "s = W @ x + y\ny = s", "s = s", "s = W @ x\ns = W @ x", "-W @ x = s", "s = -W @ x + W",
    # too much
    "s = " + "(" * 31 + "x" + ")" * 31, "s = " + "-" * 500 + "x", "s = x" + " + x" * 200, "s = " + "a" * 41,
    "s = 0." + "0" * 60 + "1 * x", "s = " + "tanh(" * 40 + "x" + ")" * 40, "s" * 50_000 + " = x",
    "\n".join(f"a{n} = W @ x" for n in range(201)), "s = x\n" + " " * 70_000,
)  # fmt: skip


def read_whole(text):
    """What a cell file does with its equations."""
    equations = parse_equations(text)
    infer_shapes(equations, {"x": "I", "s": "H"}, frozenset())
    return equations


def said_well(error, text):
    sentence = str(error)
    assert sentence.startswith(f"line {error.line}, column {error.column}: ")
    assert len(sentence) <= 240 and sentence.isprintable()
    assert 1 <= error.line <= text.count("\n") + 1
    assert 1 <= error.column <= len(text.split("\n")[error.line - 1]) + 1


def test_there_are_a_hundred_broken_texts_and_no_two_are_alike():
    assert len(set(BROKEN)) == len(BROKEN) >= 100


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: repr(text[:40]))
def test_a_broken_text_gives_one_sentence_with_line_and_column(text):
    with pytest.raises(EquationError) as caught:
        read_whole(text)
    said_well(caught.value, text)


#: Texts that are right; the fuzz below breaks them.
RIGHT = (
    "a = W @ x + U @ s_prev + b\ns = tanh(a)",
    "r = sigmoid(Wr @ concat(s_prev, x))\nn = tanh(Wn @ concat(r * s_prev, x))\ns = (1 - r) * s_prev + r * n",
    "p = softmax(-(W @ x) + q * s_prev)\ns = p * exp(0.5 * s_prev) - 1e-3 * p",
)


@pytest.mark.parametrize("text", RIGHT)
def test_the_right_texts_are_right(text):
    assert read_whole(text)


@given(st.data())
def test_a_text_with_something_put_in_or_taken_out_is_read_or_refused_well(data):
    text = data.draw(st.sampled_from(RIGHT))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.one_of(pieces, st.text(max_size=3))) + text[at + data.draw(st.integers(0, 6)) :]
    try:
        read_whole(text)
    except EquationError as error:
        said_well(error, text)


@given(expressions())
def test_an_expression_is_written_as_text_that_reads_the_same(node):
    assert tree(text_of(node, most=10_000)) == node
