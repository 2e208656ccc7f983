"""Runs of updates as state: what is told of them, what they make of the document, what their panel shows."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.status import Kind, Status
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.editing import Redo, SetBias, Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.training import (
    BOTH,
    ONE,
    TRAIN,
    Begin,
    EndTraining,
    ForgetFault,
    Hear,
    ResetWeights,
    StopTraining,
    ToggleTraining,
    UpdateBack,
    can_update_back,
    updates_made,
)
from rnnstudio.state.actions.training_settings import (
    NextMode,
    SetMode,
    SetTraining,
    optimiser_of,
    place_of,
    values_of,
    words_of,
)
from rnnstudio.state.fault_place import fault_sentence
from rnnstudio.state.learning import (
    count_text,
    decades,
    duel_words,
    learning,
    loss_words,
    nice_top,
    norm_words,
    power_text,
    spread,
    whole_ticks,
)
from rnnstudio.state.model import Document, Sequence, Session, Settings
from rnnstudio.state.store import Store
from rnnstudio.state.training_data import loss_now, right_share, training_data
from rnnstudio.state.training_run import MOST_POINTS, Curve, Fault, Told, loss_text, norm_text, right_answers
from rnnstudio.state.update_stream import UpdateStream


@pytest.fixture
def state():
    return opened(demonstration(), Session(view="unrolled"))


def run(state, *actions):
    for action in actions:
        state = action.apply(state)
    return state


def told(state, losses, ended=False, **more):
    network = state.document.network
    layer = network.layers[1]
    changed = network.with_parameters(1, {"W": layer.parameters["W"] + 0.01 * len(losses)})
    document = replace(state.document, network=changed) if ended else None
    return Told(np.array(losses), np.array(losses) / 2, changed, ended, document, **more)


def trained(state, number, losses, kind=TRAIN, **more):
    state = Begin(kind, number).apply(state)
    return Hear(number, told(state, losses, True, **more)).apply(state)


# ------------------------------------------------------------------ runs


def test_a_run_changes_the_document_once_when_it_ends(state):
    begun = run(state, Begin(TRAIN, 1))
    assert begun.session.run.live and begun.document is state.document and begun.undo == ()
    heard = Hear(1, told(begun, [0.5, 0.4])).apply(begun)
    assert heard.document is state.document and heard.undo == () and updates_made(heard) == 2
    ended = Hear(1, told(heard, [0.3], True)).apply(heard)
    assert [change.name for change in ended.undo] == ["Train (3 updates)"] and ended.undo[-1].updates == 3
    assert list(ended.session.run.curve.loss) == [0.5, 0.4, 0.3] and list(ended.session.run.curve.at) == [0, 1, 2]
    assert ended.document is not state.document and Undo().apply(ended).document is state.document


def test_nothing_is_heard_of_another_run_or_of_one_that_is_over(state):
    begun = run(state, Begin(TRAIN, 4))
    assert Hear(3, told(begun, [0.5])).apply(begun) is begun
    ended = EndTraining().apply(Hear(4, told(begun, [0.5])).apply(begun))
    assert [change.name for change in ended.undo] == ["Train (1 update)"]
    assert Hear(4, told(begun, [0.5])).apply(ended) is ended


def test_a_run_that_made_nothing_is_no_change(state):
    ended = run(state, Begin(TRAIN, 1), EndTraining())
    assert ended.document is state.document and ended.undo == () and not ended.session.run.live


def test_a_second_run_does_not_begin_while_one_is_live(state):
    begun = run(state, Begin(TRAIN, 1))
    assert Begin(ONE, 2).apply(begun) is begun
    assert StopTraining().apply(begun).session.run.stage == "stopping"


def test_the_count_goes_on_and_back_with_the_history(state):
    one = trained(state, 1, [0.5], ONE)
    two = trained(one, 2, [0.4, 0.3])
    assert [change.name for change in two.undo] == ["One update", "Train (2 updates)"]
    assert (updates_made(one), updates_made(two)) == (1, 3)
    assert list(two.session.run.curve.at) == [0, 1, 2]
    back = UpdateBack().apply(two)
    assert back.document is one.document and updates_made(back) == 1 and can_update_back(back)
    assert list(learning(back).loss[:1]) == [0.5] and len(learning(back).loss) == 2
    again = Redo().apply(back)
    assert again.document is two.document and updates_made(again) == 3 and again.redo == ()
    branched = trained(back, 3, [0.35])
    assert list(branched.session.run.curve.loss) == [0.5, 0.35] and updates_made(branched) == 2


def test_only_updates_are_gone_back_from(state):
    edited = run(state, SetBias(True))
    assert not can_update_back(edited) and UpdateBack().apply(edited) is edited


def test_a_setting_keeps_the_curve_and_another_loss_begins_a_new_one(state):
    one = trained(state, 1, [0.5, 0.4])
    faster = SetTraining("rate", 2.0).apply(one)
    assert updates_made(faster) == 2
    assert updates_made(Begin(TRAIN, 2).apply(faster)) == 2
    last = SetTraining("at", "last").apply(one)
    assert Begin(TRAIN, 2).apply(last).session.run.before == 0


def test_reset_goes_to_the_weights_before_the_first_update(state):
    assert ResetWeights().apply(state) is state
    both = trained(trained(state, 1, [0.5]), 2, [0.4])
    reset = ResetWeights().apply(both)
    assert reset.document.network.layers is state.document.network.layers
    assert reset.undo[-1].name == "Reset to the first weights" and updates_made(reset) == 0


def test_an_edit_while_training_acts_on_what_training_has_made(state):
    store = Store(state)
    store.dispatch(Begin(TRAIN, 1))
    store.dispatch(Hear(1, told(store.state, [0.5])))
    made = store.state.session.run.network
    store.dispatch(SetBias(True))
    assert [change.name for change in store.state.undo] == ["Train (1 update)", "Add the bias"]
    kept = store.state.document.network.layers[1].parameters["W"]
    assert np.array_equal(kept, made.layers[1].parameters["W"]) and not store.state.session.run.live


def test_undo_while_training_takes_the_whole_run_back(state):
    store = Store(state)
    store.dispatch(Begin(TRAIN, 1))
    store.dispatch(Hear(1, told(store.state, [0.5])))
    store.dispatch(Undo())
    assert store.state.document is state.document and store.state.redo[-1].name == "Train (1 update)"


def test_what_is_refused_while_training_leaves_it_alone(state):
    store = Store(state)
    store.dispatch(Begin(TRAIN, 1))
    store.dispatch(SetTraining("nothing", 1))
    assert store.state.session.run.live and "no setting" in store.state.session.message


def test_leaving_the_mode_ends_the_run(state):
    begun = run(state, ToggleTraining(), Begin(TRAIN, 1), ToggleTraining())
    assert begun.session.run.stage == "stopping" and not begun.session.training


def test_a_fault_keeps_the_values_and_is_forgotten(state):
    ended = trained(state, 1, [0.5], fault=Fault("y is not finite from step 3 on"))
    assert ended.session.message == ended.session.run.fault.sentence and ended.undo[-1].updates == 1
    calm = ForgetFault().apply(ended)
    assert calm.session.run.fault is None and calm.session.message == ""


def test_without_targets_nothing_begins(state):
    bare = replace(state, document=replace(state.document, sequence=state.document.sequence.with_targets(None)))
    for action in (Begin(TRAIN, 1), ToggleTraining()):
        with pytest.raises(InputError, match="targets"):
            action.apply(bare)


# ------------------------------------------------------------------ curves


def test_a_long_curve_keeps_computed_points_evenly():
    curve = Curve()
    for start in range(0, 20_000, 500):
        at = np.arange(start, start + 500, dtype=float)
        curve = curve.extended(at, at * 2, at * 3)
    assert len(curve.at) <= MOST_POINTS and curve.at[0] == 0 and curve.at[-1] > 19_900
    assert np.array_equal(curve.loss, 2 * curve.at) and np.array_equal(curve.norm, 3 * curve.at)
    assert len(set(np.diff(curve.at))) == 1


def test_numbers_are_written_as_the_design_says():
    assert [loss_text(v) for v in (0.06654, 12.345, 123456.0, 0.000012)] == ["0.0665", "12.3", "1.23e5", "1.2e−5"]
    assert [norm_text(v) for v in (1.234, 0.0384, 0.000012, 0.0)] == ["1.23", "0.038", "1.2e−5", "0.000"]
    assert [count_text(n) for n in (0, 500, 1500, 20_000)] == ["0", "500", "1500", "20k"]
    assert [power_text(n) for n in (-5, -2, 0, 3)] == ["1e−5", "0.01", "1", "1000"]


@pytest.mark.parametrize(("largest", "top"), [(0.0665, 0.07), (1.0, 1.0), (1.01, 1.5), (734.0, 1000.0), (0.0, 1.0)])
def test_the_loss_axis_ends_at_a_round_number(largest, top):
    assert nice_top(largest) == pytest.approx(top)


def test_axes_have_a_few_whole_ticks():
    assert whole_ticks(80) == [0, 20, 40, 60, 80] and whole_ticks(10) == [0, 2, 4, 6, 8, 10]
    assert decades(np.array([0.28, 0.038])) == (-2.0, 0.0) and decades(np.empty(0)) == (-2.0, 0.0)
    assert decades(np.array([1e-7, 30.0])) == (-7.0, 2.0)
    assert len(spread(-7, 2)) <= 4 and spread(-7, 2)[-1] == 2


def test_the_panel_begins_with_the_loss_of_the_weights_as_they_are(state):
    shown = learning(state)
    assert list(shown.at) == [0] and shown.loss[0] == loss_now(state.document)
    assert loss_words(state).startswith("before update 1") and norm_words(state) == "log scale"
    parts = SetTraining("update_every", 2).apply(state)
    assert not len(learning(parts).at), "of parts of the sequence each has its own loss"


def test_the_loss_of_the_weights_is_the_first_of_their_updates(state):
    stream = UpdateStream(training_data(state.document), False)
    assert stream.advance() is None
    assert stream.told()[0] == [pytest.approx(loss_now(state.document), rel=1e-14)]


def test_both_layers_are_told_with_their_shares(state):
    begun = Begin(BOTH, 1).apply(state)
    heard = Hear(1, replace(told(begun, [0.5, 0.25]), rival=np.array([0.5, 0.45]), right=(1.0, 0.5))).apply(begun)
    assert duel_words(heard) == (
        "with state  0.25  \N{MIDDLE DOT}  100 %", "without state  0.45  \N{MIDDLE DOT}  50 %",
    )  # fmt: skip
    assert duel_words(trained(state, 2, [0.5])) is None


def test_right_answers_are_classes_or_the_nearest_of_few_values():
    y = np.array([[0.1, 0.9], [2.0, -1.0]])
    assert right_answers(y, np.array([1, 1])) == 0.5
    assert right_answers(np.array([[0.2], [-3.0], [0.6]]), np.array([[1.0], [-1.0], [-1.0]])) == pytest.approx(2 / 3)
    assert right_answers(np.zeros((5, 1)), np.arange(5.0)[:, None]) is None


def test_the_share_counts_valid_steps_alone():
    network = new_network(library_cell("simple"), 1, 1)
    x = np.where(np.arange(8).reshape(4, 2, 1) % 3 == 0, 1.0, -1.0)
    targets = x.copy()
    targets[2:, 0] = -x[2:, 0]  # beyond the end of the first sequence
    sequence = Sequence(batch=x, lengths=np.array([2, 4]), batch_targets=targets)
    data = training_data(Document("batch", network, sequence))
    w = {"W": [[3.0]], "U": [[0.0]], "b": [0.0]}
    assert right_share(data, network.with_parameters(0, w), False) == 1.0


# ------------------------------------------------------------------ settings


def test_every_value_of_a_slider_can_be_chosen_and_undone(state):
    for field in ("rate", "update_every", "clip", "updates"):
        for place, value in enumerate(values_of(field, state.document)):
            chosen = SetTraining(field, value).apply(state)
            assert place_of(field, chosen.document) == place and words_of(field, chosen.document)
            if value != getattr(state.document.settings, field):
                assert Undo().apply(chosen).document is state.document


def test_a_value_between_two_stops_stands_at_the_next(state):
    odd = SetTraining("rate", 0.0042).apply(state)
    assert values_of("rate", odd.document)[place_of("rate", odd.document)] == 0.005
    assert words_of("rate", odd.document) == "0.0042"


def test_sliding_is_one_entry_of_the_history(state):
    slid = run(state, SetTraining("rate", 0.1), SetTraining("rate", 0.2), SetTraining("clip", 1.0))
    assert [change.name for change in slid.undo] == ["Change the learning rate", "Change the clipping"]
    assert run(slid, Undo(), Undo()).document is state.document


def test_optimisers_have_three_names(state):
    for name in ("adam", "momentum", "sgd"):
        chosen = SetTraining("optimizer", name).apply(state)
        assert optimiser_of(chosen.document.settings) == name
    with pytest.raises(InputError):
        SetTraining("updates", -1).apply(state)


def test_a_loss_at_the_last_step_wants_whole_sequences(state):
    parts = run(state, SetTraining("update_every", 2), SetTraining("at", "last"))
    assert parts.document.settings.update_every == "sequence"
    with pytest.raises(InputError, match="whole sequences"):
        SetTraining("update_every", 2).apply(parts)
    assert training_data(parts.document).targets.shape == (2,)
    assert np.isfinite(loss_now(parts.document))


def test_modes_go_round_and_leave_out_what_cannot_be(state):
    seen = []
    for _ in range(3):
        state = NextMode().apply(state)
        seen.append(state.document.mode)
    assert seen == ["frozen", "sequence", "sample"]
    last = run(state, SetTraining("at", "last"), SetMode("frozen"), NextMode(), NextMode())
    assert last.document.mode == "frozen"
    with pytest.raises(InputError, match="last step"):
        SetMode("sample").apply(last)
    with pytest.raises(InputError, match="are the ways"):
        SetMode("often").apply(state)


# ------------------------------------------------------------------ faults


def steep(rate, activation="relu"):
    network = new_network(library_cell("elman"), 3, 8, 2, activation=activation)
    sequence = Sequence(x=np.ones((20, 3)), targets=np.ones((20, 2)))
    return Document("steep", network, sequence, settings=Settings(rate=rate))


@pytest.mark.parametrize("rate", [10.0, 1e6, 1e100])
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_a_fault_names_what_broke_and_where_and_keeps_finite_weights(rate, activation):
    stream = UpdateStream(training_data(steep(rate, activation)), False)
    fault = next(found for found in (stream.advance() for _ in range(400)) if found is not None)
    assert "not finite" in fault.sentence and "step" in fault.sentence
    layer = stream.settle().layers[0]
    assert stream.faulty and all(np.isfinite(array).all() for array in layer.parameters.values())


def test_a_gradient_that_breaks_first_is_named(state):
    document = steep(0.1)
    layer = document.network.layers[0]
    large = {name: np.full_like(value, 1e8 if name == "U" else 1e-200) for name, value in layer.parameters.items()}
    large["V"] = np.full_like(layer.parameters["V"], 1e160)
    broken = document.network.with_parameters(0, large)
    said = fault_sentence(training_data(document), broken, False, Status(Kind.NONFINITE, "the gradient is not finite"))
    assert said.startswith("The gradient") and "not finite" in said
