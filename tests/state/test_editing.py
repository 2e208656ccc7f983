import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import new_network
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.editing import ChooseLayer, Redo, SetActivation, SetBias, SetCell, Undo
from rnnstudio.state.actions.files import OpenDocument, Saved, opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.training_settings import SetMode
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import summary
from rnnstudio.state.model import Document, Sequence, Session
from rnnstudio.state.runs import traces


def run(state, *actions):
    for action in actions:
        state = action.apply(state)
    return state


@pytest.fixture
def state():
    return opened(demonstration(), Session(view="unrolled"))


def test_edits_are_undone_and_redone_by_name(state):
    first = state.document
    done = run(state, SetCell("lstm"), SetBias(True), ChooseLayer(2))
    assert [change.name for change in done.undo] == ["Change the cell to LSTM", "Add the bias", "Choose layer 3"]
    back = run(done, Undo(), Undo(), Undo())
    assert back.document is first
    assert [change.name for change in back.redo] == ["Choose layer 3", "Add the bias", "Change the cell to LSTM"]
    again = run(back, Redo(), Redo(), Redo())
    assert again.document is done.document
    assert again.redo == ()


def test_a_new_edit_ends_redoing(state):
    edited = run(state, SetBias(True), Undo(), SetActivation("tanh"))
    assert edited.redo == () and [change.name for change in edited.undo] == ["Change the activation to tanh"]


def test_undo_with_nothing_to_undo_changes_nothing(state):
    assert Undo().apply(state) is state and Redo().apply(state) is state


def test_what_is_so_already_is_no_edit(state):
    assert SetCell("simple").apply(state) is state
    assert SetActivation("sigmoid").apply(state) is state
    assert SetBias(False).apply(state) is state
    assert ChooseLayer(1).apply(state) is state


def test_w_keeps_its_meaning_through_cells(state):
    w = state.document.network.layers[1].parameters["W"]
    no_presets = state.document.__class__(**{**state.document.__dict__, "presets": {}})
    plain = opened(no_presets, Session(view="unrolled"))
    lstm = SetCell("lstm").apply(plain).document.network.layers[1]
    np.testing.assert_array_equal(lstm.parameters["Wg"], w)
    gru = run(plain, SetCell("lstm"), SetCell("gru")).document.network.layers[1]
    np.testing.assert_array_equal(gru.parameters["Wn"], w)


def test_the_tutorial_opens_gated_cells_with_their_own_weights(state):
    for cell in ("lstm", "gru"):
        layer = SetCell(cell).apply(state).document.network.layers[1]
        for name, values in state.document.presets[cell].items():
            np.testing.assert_array_equal(layer.parameters[name], values)


@pytest.mark.parametrize("cell", ["elman", "lstm", "gru", "dense"])
def test_a_complete_sample_stays_complete_whatever_the_phases(state, cell):
    there = run(state, GoTo(4), SetCell(cell))
    assert there.session.playhead.t == 4
    assert there.session.playhead.phase == len(there.document.network.layers[1].program.phases)


def test_a_layer_without_a_state_leaves_unrolled_and_says_so(state):
    there = ChooseLayer(0).apply(state)
    assert there.session.view == "samples"
    assert "has no state" in there.session.message and "Samples is shown" in there.session.message
    refused = SetView("cell").apply(there)
    assert refused.session.view == "samples" and "no state" in refused.session.message
    assert SetView("network").apply(there).session.view == "network"


def test_both_computations_share_x_and_weights(state):
    frozen = SetMode("frozen").apply(state)
    of_cell, of_layer = traces(frozen.document)
    np.testing.assert_array_equal(of_cell.layer(1).series("x"), of_layer.layer(1).series("x"))
    assert not np.array_equal(of_cell.layer(1).series("y"), of_layer.layer(1).series("y"))
    assert traces(frozen.document)[0] is of_cell


def test_opening_starts_at_sample_one_complete_with_nothing_to_undo(state):
    edited = run(state, SetBias(True), GoTo(5))
    there = OpenDocument(bundled_study("sunspots"), "a/b.rnnstudio").apply(edited)
    assert (there.undo, there.redo) == ((), ())
    assert there.session.playhead.t == 1 and there.session.path == "a/b.rnnstudio"
    assert there.document is there.session.saved


def test_saving_marks_the_document(state):
    edited = SetBias(True).apply(state)
    assert edited.document is not edited.session.saved
    saved = Saved("x.rnnstudio").apply(edited)
    assert saved.document is saved.session.saved and saved.session.path == "x.rnnstudio"


def test_summary_names_cell_sizes_and_length(state):
    assert summary(state.document) == "Simple 4 \u2192 3  \u00b7  T = 8"
    assert summary(SetCell("lstm").apply(state).document).startswith("LSTM 4 \u2192 3")


@pytest.mark.parametrize("cell", ["dense", "simple", "gru", "elman"])
def test_another_cell_hands_out_what_the_targets_are_of(cell):
    """A network of both directions hands out 2 H values; a cell without a state would hand out H."""
    network = new_network(library_cell("lstm"), 2, 3, direction="both")
    x = np.zeros((4, 2))
    there = opened(Document("both", network, Sequence(x=x, targets=np.zeros((4, 6)))))
    after = SetCell(cell).apply(there)
    assert after.document.network.outputs == 6
    assert read_study(write_study(after.document)).network.outputs == 6
