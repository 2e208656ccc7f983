"""What is said of the things of the picture: a meaning for each, its own equation, a stop that there is."""

import pytest

from rnnstudio.diagram.inspect_derived import derived
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.meanings import MEANINGS
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.cells import library_cells
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.lessons.shelf import SHELF, stop_titles
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.asking import answer
from rnnstudio.state.derived import off_reason, subject, trace
from rnnstudio.state.model import Session
from rnnstudio.state.picture import knowledge
from rnnstudio.state.things import things


def shown(study="tutorial", view="unrolled", cell=None, t=3, op=None):
    state = opened(bundled_study(study), Session(view=view))
    if cell is not None:
        state = SetCell(cell).apply(state)
        if not off_reason(view, state.document):
            state = SetView(view).apply(state)
    return GoTo(t, op).apply(state.see(turn=None))


def said(state, what, t=None, **more):
    return answer(state, Key(what, t, **more))


@pytest.mark.parametrize("cell", sorted(library_cells()))
def test_every_thing_of_every_view_has_a_meaning(cell):
    for view in VIEWS:
        state = shown(view=view, cell=cell)
        for thing in things(state):
            found = answer(state, thing.key)
            assert found.words in {meaning.words for meaning in MEANINGS.values()}
            assert found.title and found.symbol


def test_where_one_reads_on_there_is_a_stop():
    for meaning in MEANINGS.values():
        lesson, stop = meaning.reading
        assert lesson in SHELF and 1 <= stop <= len(stop_titles(lesson))


def test_a_state_has_its_equation_and_whose_it_is():
    found = said(shown(), "s", 3)
    assert "hands on to the next sample" in found.words
    assert found.formula[0].startswith("<s|s_{t}> = ") and found.source.startswith("Simple cell: Elman 1990")
    assert said(shown(t=0), "s", 0).words == MEANINGS["first"].words


def test_what_is_given_has_no_equation():
    for what in ("x", "target"):
        assert said(shown(view="network"), what, 3).formula == ()
    assert said(shown(study="words", view="unrolled"), "x", 3).words == MEANINGS["word"].words


@pytest.mark.parametrize(
    ("cell", "name", "kind"),
    [("lstm", "f", "forget"), ("lstm", "i", "input"), ("lstm", "o", "output"), ("lstm", "g", "candidate"),
     ("lstm", "c", "c"), ("gru", "r", "reset"), ("gru", "z", "update"), ("lstm", "Wf", "W"), ("lstm", "Uf", "U")],
)  # fmt: skip
def test_gates_and_weights_are_told_apart(cell, name, kind):
    state = shown(view="cell", cell=cell)
    found = said(state, name)
    assert found.words == MEANINGS[kind].words
    if kind not in ("W", "U"):
        assert " = " in found.formula[0]


def test_the_weights_of_the_picture_are_those_of_the_cell():
    # the LSTM's own layer is drawn as W, and is W_g
    state = shown(view="condensed", cell="lstm")
    assert [thing.symbol for thing in things(state) if thing.key.what == "W"] == ["<W|W_{g}>"]


def test_a_unit_has_its_own_line():
    found = said(shown(view="layer"), "y", 3, i=1)
    assert found.formula == ("<y|y_{2}> = <op|f>(Σ_j <W|W_{2,j}> <x|x_j>)",)


def test_a_target_is_no_output_and_a_product_is_one():
    state = shown(view="network")
    targets = [thing for thing in things(state) if thing.key.what == "target"]
    wanted = state.document.sequence.targets[2]
    assert {thing.name for thing in targets} == {"Target"}
    assert sorted(float(thing.values[0]) for thing in targets) == sorted(wanted.tolist())
    state = shown(view="layer")
    for thing in things(state):
        if thing.key.what == "product":
            i, j = thing.key.i, thing.key.j
            run = trace(state).layer(trace(state).chosen)
            assert thing.values[0] == run.parameter("W", 3)[i, j] * run.value("x", 3)[j]


def test_a_product_that_is_not_computed_yet_tells_nothing():
    state = shown(view="layer", t=3, op=1)
    hidden = derived(Key("product", 5, 0, 0), subject(state), trace(state), knowledge(state), 2, None)
    assert hidden.values is None and hidden.texts == ("?",) and "not computed yet" in hidden.accessible
