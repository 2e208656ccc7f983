import pytest

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.equations import Binary, Name
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.ops import lower, traditional


def table(program):
    return [(op.id, op.args) for op in program.ops]


def own_cell(equations, phases, sizes='{ x = "I", s = "H", y = "H" }', bias="[]", extra=""):
    return parse_cell(
        f'kind = "cell"\nversion = 1\nname = "own"\nsizes = {sizes}\nbias = {bias}\n'
        f"equations = '''\n{equations}'''\nphases = {phases}\n{extra}"
    )


def test_simple_with_bias_is_these_five_ops():
    program = lower(library_cell("simple"), "relu")
    assert table(program) == [
        ("wx:@", ("W", "x")),
        ("us:@", ("U", "s_prev")),
        ("a:+", ("wx", "us", "b")),
        ("y:f", ("a",)),
        ("s:=", ("y",)),
    ]
    assert (program.op("y:f").function, program.op("y:f").symbol, program.op("y:f").kind) == ("relu", "f", "function")
    assert list(program.parameters) == ["W", "U", "b"]
    assert {op.size for op in program.ops} == {"H"}


def test_without_bias_the_name_and_its_plus_are_gone():
    assert table(lower(library_cell("simple"), None, False))[2] == ("a:+", ("wx", "us"))
    dense = lower(library_cell("dense"), None, False)
    assert table(dense) == [("a:@", ("W", "x")), ("y:f", ("a",))]
    assert dense.expression("a") == Binary("@", Name("W"), Name("x"))
    gru = lower(library_cell("gru"), None, False)
    assert [op.id for op in gru.ops_of("sn")] == ["sn:@"]
    assert not [name for name in gru.parameters if name in library_cell("gru").bias]


def test_gru_mixing_and_second_ops_have_their_ids():
    program = lower(library_cell("gru"))
    assert [(op.id, op.args) for op in program.ops_of("zn")] == [("zn:1-", ("1", "z")), ("zn:*", ("zn:1-", "n"))]
    assert [op.id for op in program.ops_of("r")] == ["r:@", "r:@2", "r:+", "r:sigmoid"]
    assert program.op("zn:1-").symbol == "1-"


def test_lstm_value_f_and_function_names_do_not_get_mixed_up():
    program = lower(library_cell("lstm"))
    assert program.activation is None
    assert program.op("fc:*").args == ("f", "c_prev")
    assert program.op("s:*").args == ("o", "s:tanh")
    assert program.states == ("s", "c")


@pytest.mark.parametrize(("name", "last"), [("simple", "s:="), ("lstm", "h:="), ("gru", "h:=")])
def test_readout_takes_y_and_renames_what_the_cell_hands_out(name, last):
    program = lower(library_cell(name), None, True, True)
    assert program.handed == "h" and program.alias == {"h": "s"}
    assert [op.id for op in program.ops][-3:] == [last, "y:@", "y:+"]
    assert program.op("y:@").args == ("V", "h")
    assert list(program.parameters)[-2:] == ["V", "by"]
    assert dict(program.parameters)["V"] == ("O", "H")
    assert program.phases[-1] == ("y",) and "h" in program.phases[-2]
    assert program.phase_of("y") == len(program.phases)
    assert (program.role("V"), program.role("h"), program.role("by")) == ("V", "y", "op")
    assert not any(key.partition(":")[0] == "y" for key in program.place)


def test_readout_without_bias_has_none():
    assert list(lower(library_cell("simple"), None, False, True).parameters) == ["W", "U", "V"]


@pytest.mark.parametrize(
    ("name", "weights", "bias", "function"),
    [
        ("dense", "W", "b", "sigmoid"),
        ("simple", "W", "b", "sigmoid"),
        ("elman", "W", "b", "sigmoid"),
        ("lstm", "Wg", "bg", "tanh"),
        ("gru", "Wn", "bn", "tanh"),
        ("jordan", "W", "b", "sigmoid"),
        ("lstm-peephole", "Wg", "bg", "tanh"),
        ("lstm-coupled", "Wg", "bg", "tanh"),
        ("gru-v1", "Wn", "bn", "tanh"),
        ("mgu", "Wn", "bn", "tanh"),
    ],
)
def test_traditional_layer_has_the_cells_names(name, weights, bias, function):
    cell = library_cell(name)
    program = traditional(cell, "sigmoid" if cell.activations else None)
    assert [(op.args, op.function) for op in program.ops] == [
        ((weights, "x"), None), (("a:@", bias), None), (("a",), function),
    ]  # fmt: skip
    assert list(program.parameters.items()) == [(n, cell.parameters[n]) for n in (weights, bias)]
    assert program.values == ("a", "y") and program.states == ()
    assert program.phases == (("x",), ("a",), ("y",))
    assert program.role(weights) == "W"


def test_traditional_layer_with_a_readout_has_three_phases_still():
    program = traditional(library_cell("lstm"), None, True, True)
    assert program.values == ("a", "h", "y")
    assert program.phases == (("x",), ("a",), ("h", "y"))


def test_a_cell_that_names_no_traditional_layer_has_none():
    cell = own_cell("s = tanh(W @ x + U @ s_prev)\ny = s", '[["x", "s_prev"], ["s", "y"]]')
    assert traditional(cell) is None


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("readout", [True, False])
def test_every_program_is_in_order_and_complete(name, bias, readout):
    program = lower(library_cell(name), None, bias, readout)
    given = {"x", *program.parameters, *(f"{state}_prev" for state in program.states)}
    known = set(given)
    for op in program.ops:
        for arg in op.args:
            assert arg in known or float(arg) == float(arg)
        known |= {op.id} | ({op.value} if program.producer(op.value) is op else set())
    assert {op.value for op in program.ops} == set(program.values)
    assert sorted(name for phase in program.phases for name in phase) == sorted(
        [*program.values, *(g for g in given if g == "x" or g.endswith("_prev"))]
    )
    used = {arg for op in program.ops for arg in op.args}
    assert set(program.parameters) <= used
    assert not bias or set(library_cell(name).bias) <= used


def test_weighted_are_products_and_sums_that_hold_one():
    program = lower(library_cell("gru"))
    assert all(program.weighted(name) for name in ("xn", "sn", "n:+", "r:@2", "z:+"))
    assert not any(program.weighted(name) for name in ("rsn", "zn", "zs", "s", "n", "r"))


def test_phase_of_given_values_and_ops():
    program = lower(library_cell("lstm"))
    assert (program.phase_of("x"), program.phase_of("c_prev"), program.phase_of("f:+")) == (1, 1, 2)
    assert (program.phase_of("ig"), program.phase_of("s:tanh")) == (4, 6)
    with pytest.raises(ValueError, match="'q' is in no phase"):
        program.phase_of("q")


def test_concat_is_one_op_of_all_its_vectors():
    cell = own_cell(
        "k = concat(s_prev, x)\na = W @ k + V1 @ concat(x, 2 * s_prev, x)\ns = tanh(a)\ny = s",
        '[["x", "s_prev"], ["k"], ["a"], ["s", "y"]]',
    )
    program = lower(cell)
    first, second = program.op("k:concat"), program.op("a:concat")
    assert (first.kind, first.symbol, first.args, first.size) == ("concat", "concat", ("s_prev", "x"), "H+I")
    assert (second.args, second.size) == (("x", "a:*", "x"), "H+2I")
    assert dict(program.parameters) == {"W": ("H", "H+I"), "V1": ("H", "H+2I")}
    assert program.sizes["k"] == "H+I" and program.sizes["a"] == "H"


def test_concat_keeps_its_size_where_a_layer_of_outputs_gets_a_readout():
    cell = own_cell("k = concat(x, x)\ny = W @ concat(k, x)", '[["x"], ["k"], ["y"]]', '{ x = "I", y = "O" }')
    assert dict(cell.parameters) == {"W": ("O", "3I")}
    assert dict(lower(cell, None, True, True).parameters) == {"W": ("H", "3I"), "V": ("O", "H"), "by": ("O",)}


def test_peepholes_are_products_with_a_parameter_and_no_biases():
    program = lower(library_cell("lstm-peephole"))
    assert [(op.id, op.args) for op in program.ops_of("o")] == [
        ("o:@", ("Wo", "x")), ("o:@2", ("Uo", "s_prev")), ("o:*", ("po", "c")), ("o:+", ("o:@", "o:@2", "o:*", "bo")),
        ("o:sigmoid", ("o:+",)),
    ]  # fmt: skip
    assert program.biases == ("bi", "bf", "bg", "bo")
    without = lower(library_cell("lstm-peephole"), None, False)
    assert without.biases == () and {"pi", "pf", "po"} <= set(without.parameters)
    assert lower(library_cell("lstm-peephole"), None, True, True).biases[-1] == "by"


def test_unknown_names_are_refused():
    program = lower(library_cell("simple"))
    with pytest.raises(ValueError, match="no op 'a:-'"):
        program.op("a:-")
    with pytest.raises(ValueError, match="no equation for 'q'"):
        program.expression("q")
    with pytest.raises(InputError, match="tanh, sigmoid, relu are"):
        lower(library_cell("simple"), "identity")
    with pytest.raises(InputError, match="no choice"):
        lower(library_cell("lstm"), "relu")


def test_a_cell_that_uses_the_readouts_names_cannot_have_one():
    cell = own_cell("h = tanh(W @ x + U @ s_prev)\ns = h\ny = h", '[["x", "s_prev"], ["h", "s", "y"]]')
    lower(cell)
    with pytest.raises(InputError, match="it uses the name h itself"):
        lower(cell, None, True, True)


def test_sums_in_parentheses_and_negatives_are_ops_of_their_own():
    cell = own_cell(
        "p = W @ x - (U @ s_prev + b + 0.5)\ns = -tanh(p)\ny = 2 * s",
        '[["x", "s_prev"], ["p"], ["s", "y"]]',
        bias='["b"]',
    )
    assert table(lower(cell)) == [
        ("p:@", ("W", "x")),
        ("p:@2", ("U", "s_prev")),
        ("p:+", ("p:@2", "b", "0.5")),
        ("p:-", ("p:@", "p:+")),
        ("s:tanh", ("p",)),
        ("s:-", ("s:tanh",)),
        ("y:*", ("2", "s")),
    ]
