import pytest

from rnnstudio.diagram.inspect import accessible, inspect
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.subject import Subject
from tests.diagram.formula_studies import knowledge_at, trace_of, tutorial


def look(key, cell="simple", view="unrolled", t=4, phase=2):
    network = tutorial(cell)
    trace = trace_of(network, view)
    return inspect(key, Subject(network, 8, t, Frame()), trace, knowledge_at(network, view, t, phase), 2)


def test_the_state_that_enters():
    found = look(Key("s", 3, part="frame"))
    assert (found.symbol, found.name, found.role) == ("<s|s_{t-1}>", "State", "s")
    assert found.context == "t = 3  ·  3 values  ·  entering R"
    assert found.accessible == "state s, t = 3, values 0.08, 0.37, 0.88"
    assert found.note == "computed, read only"
    assert [round(float(text), 2) for text in found.texts] == [0.08, 0.37, 0.88]


def test_what_is_not_computed_is_nowhere_in_the_texts():
    found = look(Key("s", 4))
    assert found.values is None and found.texts == ("?", "?", "?")
    assert found.accessible == "state s, t = 4, not computed yet"


def test_the_cell_stands_for_its_state():
    before, after = look(Key("cell", 4)), look(Key("cell", 4), phase=4)
    assert before.name == "Cell R" and before.values is None and after.values is not None
    assert before.symbol == "<op|R>" and "4 → 3" in before.context


def test_weights_and_one_weight():
    found = look(Key("W", 4, part="tab"))
    assert found.symbol == "<W|W>" and found.size == 12 and found.texts[:2] == ("−1.5", "−1.3")
    one = look(Key("W", None, 1, 3))
    assert one.texts == ("−1.5",) and one.symbol == "<W|W_{2,4}>" and one.name == "Weight"
    assert one.accessible == "weight W 2 4, value −1.50"


@pytest.mark.parametrize(
    ("name", "title"), [("f", "Forget gate"), ("g", "Candidate"), ("o", "Output gate"), ("c", "Cell state")]
)
def test_names_come_from_the_cell_file(name, title):
    assert look(Key(name), "lstm", "cell", phase=6).name == title


def test_first_state_inputs_and_other_layers():
    assert look(Key("s", 0)).context == "t = 0  ·  3 values  ·  the first state"
    assert look(Key("x", 5)).values is not None, "later inputs are known where all below is stateless"
    output = look(Key("node", i=1, layer=2), view="network")
    assert output.values is None and output.context.endswith("layer 3")
    assert look(Key("node", i=1, layer=2), view="network", phase=4).values is not None


def test_accessible_is_the_spoken_name():
    network = tutorial()
    trace, subject = trace_of(network, "condensed"), Subject(network, 8, 4, Frame())
    assert accessible(Key("y"), subject, trace, knowledge_at(network, "condensed", 4, 4), 2) == (
        "output y, t = 4, values 0.12, 0.90, 0.68"
    )


@pytest.mark.parametrize(("mark", "symbol"), [("f", "f"), ("f:sigmoid", "f"), ("i:sigmoid", "i"), ("g:tanh", "g")])
def test_a_gate_is_what_it_makes_and_no_card_of_the_activation(mark, symbol):
    found = look(Key(mark), cell="lstm", view="cell", phase=6)
    assert found.symbol.endswith(f"{symbol}_{{t}}>") and found.name in ("Forget gate", "Input gate", "Candidate")
    assert list(found.values) == list(look(Key(symbol), cell="lstm", view="cell", phase=6).values)


def test_the_traditional_layer_is_not_called_r():
    found = look(Key("cell"), view="condensed")
    assert found.name == "Layer" and found.symbol == "<op|f>(<W|W> · <x|x>)"
    assert look(Key("cell"), cell="gru", view="condensed").symbol.startswith("<op|\\tanh>(<W|W_{n}>")
