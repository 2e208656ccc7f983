"""Drafts of cells: what is read in a text, what is said of its faults, what one step of it gives."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.trace import run
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.cells import UseCell
from rnnstudio.state.actions.editing import Redo, Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.draft_cell import cell_text, equations_text, shown_text
from rnnstudio.state.draft_fixes import fix_of
from rnnstudio.state.draft_lines import read_lines
from rnnstudio.state.equation_draft import Draft, draft_of, ground_of, read_draft, started_from
from rnnstudio.state.runs import traces
from rnnstudio.state.store import Store

NO_OUTPUT_GATE = """i = sigmoid(Wi @ x + Ui @ s_prev + bi)
f = sigmoid(Wf @ x + Uf @ s_prev + bf)
new = tanh(Wc @ x + Uc @ s_prev + bc)
c = f * c_prev + i * new
s = tanh(c)
y = s"""
TWICE = NO_OUTPUT_GATE.replace("Uc @ s_prev", "Wc @ s_prev")
FAULTY = NO_OUTPUT_GATE.replace("Wc @ x", "Uc @ x")


@pytest.fixture(scope="module")
def ground():
    return ground_of(demonstration())


@pytest.mark.parametrize("name", library_cells())
def test_a_shipped_cell_comes_out_of_the_draft_as_it_went_in(name, ground):
    cell = library_cell(name)
    reading = read_draft(started_from(cell, draft_of(ground.document)), ground)
    assert reading.whole
    assert reading.cell == cell  # the very file, with its positions
    assert reading.draft.title == cell.title


@pytest.mark.parametrize("name", library_cells())
def test_what_a_shipped_file_says_besides_its_equations_is_derived(name):
    cell = library_cell(name)
    read = read_lines(shown_text(cell))
    made = parse_cell(cell_text(read, shown_text(cell), "derived", None))
    assert made.equations == cell.equations
    assert (dict(made.parameters), dict(made.values)) == (dict(cell.parameters), dict(cell.values))
    assert (made.states, set(made.bias), made.layer) == (cell.states, set(cell.bias), cell.layer)
    assert {n: made.role(n) for n in cell.states} == {n: cell.role(n) for n in cell.states}
    values = [n for phase in made.phases for n in phase]
    assert sorted(values) == sorted(n for phase in cell.phases for n in phase)


@pytest.mark.parametrize("name", library_cells())
def test_equations_written_again_are_the_same(name):
    cell = library_cell(name)
    assert read_lines(equations_text(cell.equations)).good == cell.equations


def test_parentheses_are_kept_where_they_say_something():
    text = "s = -(W @ x + b) * (1 - (a - (b2 - c))) + U @ (s_prev * (V @ s_prev))\ny = s"
    good = read_lines(text).good
    assert read_lines(equations_text(good)).good == good


@pytest.mark.parametrize(
    ("text", "line", "column", "said", "fixed"),
    [
        (TWICE, 3, 26, "s_prev has 3 values (units), but a row of Wc has 4 values (inputs)", NO_OUTPUT_GATE),
        ("y = sigmod(W @ x)", 1, 5, "there is no function sigmod", "y = sigmoid(W @ x)"),
        ("y = tanh(W @ x", 1, 15, "found the end of the line", "y = tanh(W @ x)"),
        ("y = tanh(W @ x))", 1, 16, "found ')'", "y = tanh(W @ x)"),
        ("y = tanh(W x)", 1, 12, "found 'x'", "y = tanh(W @ x)"),
        ("y = tanh(W * x)", 1, 5, "tanh(W * x) has 4 values", "y = tanh(W @ x)"),
        ("y = tanh(x @ W)", 1, 12, "the left side of @", "y = tanh(W @ x)"),
        ("y = tanh(a)\na = W @ x", 1, 10, "a is used before", "a = W @ x\ny = tanh(a)"),
        ("s = tanh(W @ x + U @ s_prev)", 1, 29, "no line gives y", "s = tanh(W @ x + U @ s_prev)\ny = s"),
        ("y = tanh(W @ x + U @ s_prev)", 1, 22, "no line gives s", "y = tanh(W @ x + U @ s_prev)\ns = y"),
        ("y = tanh(W @ x + U @ s_prv)\ns = y * s_prev", 1, 18, "the size of U", "y = tanh(W @ x + U @ s_prev)\n"
         "s = y * s_prev"),
        ("y = σ(W @ x)", 1, 5, "'σ' has no meaning", "y = sigmoid(W @ x)"),
        ("", 1, 1, "nothing is written yet", "s = tanh(W @ x + U @ s_prev + b)\ny = s"),
        ("a = W @ x\na = a\ny = a", 2, 1, "a already has an equation above", None),
        ("x = W @ x\ny = x", 1, 1, "x is given from outside", None),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_a_sentence_and_often_a_mend(text, line, column, said, fixed, ground):
    reading = read_draft(Draft(text, 3), ground)
    fault = reading.faults[0]
    assert (fault.line, fault.column) == (line, column)
    assert said in fault.sentence
    assert fault.sentence.startswith(f"line {line}, column {column}: ")
    assert not reading.whole
    assert reading.document is None
    fix = reading.fixes.get(line)
    assert (fix.text if fix else None) == fixed
    if fixed:
        assert not read_lines(fixed).faults


def test_a_mend_that_mends_nothing_is_not_proposed():
    text = "y = tanh(W @ x +)"
    read = read_lines(text)
    assert fix_of(text, read, read.faults[0]) is None


def test_what_does_not_hang_on_the_faulty_line_is_there_and_the_rest_waits(ground):
    reading = read_draft(Draft(FAULTY, 3), ground)
    assert [(row.name, row.status) for row in reading.rows] == [
        ("i", "known"), ("f", "known"), ("new", "error"), ("c", "waits"), ("s", "waits"), ("y", "waits"),
    ]  # fmt: skip
    assert [row.count for row in reading.rows[:2]] == [24, 24]
    whole = read_draft(Draft(NO_OUTPUT_GATE, 3), ground)
    assert np.shape(reading.value("i")) == (3,)
    np.testing.assert_allclose(reading.value("f"), whole.value("f"), rtol=1e-13)
    assert reading.value("new") is None
    assert reading.total == 48
    assert whole.total == 72


@pytest.mark.parametrize("text", [NO_OUTPUT_GATE, *(shown_text(library_cell(name)) for name in ("gru", "mgu"))])
def test_first_values_are_those_of_the_run_after_it_was_used(text, ground):
    reading = read_draft(Draft(text, 3), ground)
    trace = traces(reading.document)[0]
    k = reading.document.network.chosen
    for row in reading.rows:
        # one step alone: its matrix products may sum in another order than those of all steps together
        np.testing.assert_allclose(reading.value(row.name), trace.layers[k].value(row.name, 1), rtol=1e-13)
    fresh = run(reading.document.network, reading.document.sequence.samples)
    np.testing.assert_allclose(fresh.layers[k].value("s", 1), reading.value("s"), rtol=1e-13)


def test_first_values_start_from_the_first_state_of_the_study(ground):
    document = replace(ground.document, first={ground.document.network.chosen: {"s": np.array([0.5, -0.5, 0.25])}})
    there = ground_of(document)
    reading = read_draft(draft_of(document), there)
    assert np.array_equal(reading.trace.layers[0].first["s"], [0.5, -0.5, 0.25])
    expected = traces(document)[0].layers[document.network.chosen].value("s", 1)
    assert np.array_equal(reading.value("s"), expected)


def test_using_it_is_one_entry_that_undo_takes_back_and_a_saved_study_keeps_it(ground):
    store = Store(opened(ground.document))
    before = store.state.document
    reading = read_draft(Draft(NO_OUTPUT_GATE, 3, name="no way out"), ground)
    store.dispatch(UseCell(reading.cell, 3))
    assert store.state.session.message == ""
    assert [change.name for change in store.state.undo] == ["Write the cell No way out"]
    layer = store.state.document.network.layers[store.state.document.network.chosen]
    assert layer.cell.name == "no-way-out"
    assert {name: layer.parameters[name].tobytes() for name in layer.parameters} == {
        name: array.tobytes() for name, array in reading.layer.parameters.items()
    }
    # the candidate takes the place of the traditional layer, so the weights on x stay
    old = before.network.layers[before.network.chosen]
    assert np.array_equal(layer.parameters["Wc"], old.parameters["W"])
    saved = write_study(store.state.document)
    again = read_study(saved)
    assert again.network.layers[again.network.chosen].cell == layer.cell
    assert write_study(again) == saved
    store.dispatch(Undo())
    assert store.state.document is before
    store.dispatch(Redo())
    assert store.state.document.network.layers[again.network.chosen].cell == layer.cell


def test_a_cell_that_is_used_as_it_was_changes_nothing(ground):
    store = Store(opened(ground.document))
    reading = read_draft(draft_of(ground.document), ground)
    assert reading.whole
    assert not reading.bias  # the tutorial has none, and the lines say so
    store.dispatch(UseCell(reading.cell, reading.draft.size, None, reading.bias))
    assert store.state.document is ground.document
    assert not store.state.undo


def test_another_state_size_is_drawn_anew_and_what_leaves_still_fits(ground):
    words = bundled_study("words")
    reading = read_draft(Draft(NO_OUTPUT_GATE, 7), ground_of(words))
    layer = reading.document.network.layers[-1]
    assert (layer.size, layer.width) == (7, words.network.outputs)  # the readout is there still, its targets too
    assert write_study(reading.document)


def test_a_cell_with_outputs_of_its_own_makes_as_many_as_the_targets_want():
    words = bundled_study("words")
    text = "s = tanh(W @ x + U @ s_prev + b)\ny = V @ s + by"
    reading = read_draft(Draft(text, 7), ground_of(words))
    assert reading.whole
    assert not reading.open_outputs
    assert reading.document.network.layers[-1].width == words.network.outputs
    assert write_study(reading.document)


def test_sizes_that_no_program_can_have_are_a_fault_and_no_crash(ground):
    reading = read_draft(Draft(NO_OUTPUT_GATE, 100_000), ground)
    assert "over the limit" in reading.faults[0].sentence
    assert not reading.whole


def test_a_layer_without_a_state_can_be_written(ground):
    reading = read_draft(Draft("z = tanh(W @ x + b)\ny = sigmoid(V @ z + bv)", 3), ground)
    assert reading.whole
    assert reading.value("y").shape == (reading.width("y"),)
