"""The step in words: true numbers, nothing early, for every view, cell and sub-step; and as files."""

import csv
import io
from itertools import islice

import numpy as np
import pytest

from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.plain_math import plain_math
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.cells import library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.words_file import markdown, table, write_words
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import Select, SetView
from rnnstudio.state.derived import off_reason, trace
from rnnstudio.state.in_words import MOST_STEPS, RESULT, in_words, walk
from rnnstudio.state.model import Session
from rnnstudio.state.things import things


def shown(view="unrolled", t=3, op=None, cell=None, study="tutorial"):
    state = opened(bundled_study(study), Session(view=view))
    if cell is not None:
        state = SetCell(cell).apply(state).see(turn=None)
        state = state if off_reason(view, state.document) else SetView(view).apply(state).see(turn=None)
    return GoTo(t, op).apply(state)


def row(said, symbol):
    return next(row for row in said.rows if row.symbol == symbol)


def test_a_complete_sample_reads_as_one_would_say_it():
    said = in_words(shown())
    assert said.where == "Unrolled in time: sample 3 of 8, sub-step 4 of 4"
    assert said.sentences[0] == "Cell R: (y_t, s_t) = R(x_t, W_t, s_(t−1), U_t). It hands out s_t = 0.08, 0.37, 0.88."
    assert said.sentences[1] == "State: s_t = f(W_t x_t + U_t s_(t−1)), y_t = s_t. It is 0.08, 0.37, 0.88."
    assert row(said, "s_t").part == RESULT and row(said, "x_t").values == ("0.33", "0.30", "0.76", "0.68")
    assert row(said, "W_(t+1)").place == "used by sample 4"


def test_before_the_first_sample_the_state_is_given():
    assert in_words(shown(t=0)).sentences == ("State s_0 is given: 0.00, 0.00, 0.00.",)


def test_what_is_selected_changes_nothing():
    state = shown()
    other = Select(things(state)[0].key).apply(state)
    assert in_words(other) == in_words(state)


@pytest.mark.parametrize("cell", sorted(library_cells()))
def test_no_number_is_said_before_it_is_computed(cell):
    for view in VIEWS:
        first = shown(view, cell=cell)
        for state in islice(walk(first), 1, 8):  # the first sample, and more
            t, said = state.session.playhead.t, in_words(state)
            assert said.sentences and said.rows
            known = {thing.symbol: thing.values is not None for thing in things(state) if thing.key.t in (None, t)}
            for one in said.rows:
                assert bool(one.values) == bool(one.exact)
                if not one.values and one.part == RESULT:
                    assert any("not computed yet" in words or "What enters" in words for words in said.sentences)
            for symbol, there in known.items():
                match = [one for one in said.rows if one.symbol == plain_math(symbol)]
                assert all(bool(one.values) == there for one in match)


def test_numbers_are_those_of_the_run():
    state = shown(study="words", t=5)
    run, said = trace(state).layers[state.document.network.chosen], in_words(state)
    for symbol, name in (("s_t", "s"), ("y_t", "y")):
        values = np.asarray(run.value(name, 5))
        assert row(said, symbol).values == tuple(fmt(float(value)) for value in values)


@pytest.mark.parametrize(
    ("markup", "text"),
    [("<s|s_{t-1}>", "s_(t−1)"), ("<W|W_{t}><x|x_{t}>", "W_t x_t"), ("\\tanh(<c|c_{t}>)", "tanh(c_t)"),
     ("<y|y^{(3)}>", "y^(3)"), ("<W|ΔW_{g,t}>", "ΔW_(g,t)"), ("<op|f>(<x|<W|a>>)", "f(a)")],
)  # fmt: skip
def test_mathematics_as_plain_text(markup, text):
    assert plain_math(markup) == text


def test_every_sub_step_of_the_sequence_is_walked():
    places = [state.session.playhead for state in walk(shown())]
    assert len(places) == len(set(places)) == 1 + 8 * 4
    assert len(list(walk(shown(view="network")))) == 1 + 8 * 3


def test_a_long_sequence_is_refused_with_the_way_out():
    state = shown(study="words", view="cell")
    assert state.document.sequence.steps * 5 <= MOST_STEPS
    many = opened(bundled_study("sunspots"), Session(view="unrolled"))
    if many.document.sequence.steps * 4 > MOST_STEPS:
        with pytest.raises(InputError, match="rnnstudio trace"):
            next(walk(many))


def test_markdown_has_a_table_with_every_row():
    said = in_words(shown())
    text = markdown([said])
    assert text.startswith(f"## {said.where}\n\n{said.sentences[0]}\n")
    assert sum(line.startswith("|") for line in text.splitlines()) == len(said.rows) + 2
    assert "| result | State | s_t | t = 3, leaving R | 0.08, 0.37, 0.88 |" in text


def test_a_csv_has_a_line_for_each_number():
    said = in_words(shown(op=1))
    rows = list(csv.DictReader(io.StringIO(table([said]))))
    assert len(rows) == sum(max(len(one.exact), 1) for one in said.rows)
    weights = [float(line["value"]) for line in rows if line["symbol"] == "W_t"]
    state = shown(op=1)
    assert np.allclose(weights, trace(state).layers[1].parameter("W", 3).ravel(), rtol=1e-5)
    assert [line["value"] for line in rows if line["symbol"] == "s_t"] == [""]


def test_files_are_written_whole_or_not_at_all(tmp_path):
    said = in_words(shown())
    write_words(tmp_path / "a.md", [said])
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == markdown([said])
    with pytest.raises(InputError, match=r"neither \.md nor \.csv"):
        write_words(tmp_path / "a.txt", [said])
    with pytest.raises(InputError):
        write_words(tmp_path / "none" / "a.csv", [said])
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
