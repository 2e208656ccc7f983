"""Changes of structure: what they keep, what follows them, what they refuse, and the picture on its way."""

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS
from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import run as engine_run
from rnnstudio.files.demonstration import bundled_study, demonstration
from rnnstudio.files.fitting import check_document
from rnnstudio.state.actions.editing import ChooseLayer, Redo, SetBias, SetCell, Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo, SetSpeed, Tick
from rnnstudio.state.actions.structure import MakeRecurrent, NewWeights, SetReading, SetReadout, SetSize
from rnnstudio.state.actions.viewing import ToggleReducedMotion
from rnnstudio.state.derived import direction, layout, target_layout, trace
from rnnstudio.state.model import INSTANT, Document, Sequence, Session, State
from rnnstudio.state.picture import scene
from rnnstudio.state.runs import directed, traces
from rnnstudio.state.structure import INPUTS, LAYERS, OUTPUTS, STEPS, UNITS, size_of, why_fixed


def study(cell: str, targets: bool = False, outputs: int | None = None) -> Document:
    """One layer 3 → 2 (and a readout) over five drawn samples."""
    network = new_network(library_cell(cell), 3, 2, outputs, seed=7)
    random = np.random.default_rng(3)
    wanted = random.normal(size=(5, network.outputs)) if targets else None
    return Document("own", network, Sequence(random.normal(size=(5, 3)), targets=wanted), seed=7)


def run(state: State, *actions) -> State:
    for action in actions:
        state = action.apply(state)
    return state


def start(document: Document, view: str = "unrolled") -> State:
    return opened(document, Session(view=view, speed=INSTANT))


CHANGES = (
    SetSize(INPUTS, 4), SetSize(INPUTS, 1), SetSize(UNITS, 4), SetSize(UNITS, 1), SetSize(OUTPUTS, 3),
    SetSize(STEPS, 7), SetSize(STEPS, 2), SetSize(LAYERS, 3), SetReadout(True), SetReadout(False),
    SetReading("reverse"), SetReading("both"), SetBias(False), MakeRecurrent(), SetCell("gru"), SetCell("elman"),
)  # fmt: skip


@pytest.mark.parametrize("cell", library_cells())
@pytest.mark.parametrize("targets", [False, True])
def test_every_change_gives_a_study_that_can_be_saved_and_is_undone_to_the_byte(cell, targets):
    for outputs in (None, 3) if library_cell(cell).states else (None,):
        before = start(study(cell, targets, outputs))
        for change in CHANGES:
            try:
                after = change.apply(before)
            except InputError as error:
                assert str(error)
                continue
            check_document(after.document)
            shown, _ = traces(after.document)
            fresh = engine_run(after.document.network, after.document.sequence.samples, after.document.first)
            k = after.document.network.chosen
            assert np.array_equal(shown.layer(k).series(shown.layer(k).program.handed),
                                  fresh.layer(k).series(fresh.layer(k).program.handed))  # fmt: skip
            if after is not before:
                back = Undo().apply(after)
                assert back.document is before.document
                assert Redo().apply(back).document is after.document


def test_changes_are_named():
    state = start(study("simple", outputs=2))
    done = run(state, SetSize(UNITS, 3), SetSize(UNITS, 2), SetSize(INPUTS, 5), SetSize(STEPS, 6), SetSize(LAYERS, 2),
               SetReadout(False), SetReading("both"), NewWeights(), NewWeights(12))  # fmt: skip
    assert [change.name for change in done.undo] == [
        "Add a unit", "Remove a unit", "Set the inputs to 5", "Add a step", "Add a layer", "Remove the readout",
        "Read the sequence both ways", "Draw new weights from seed 8", "Draw new weights from seed 12",
    ]  # fmt: skip


def test_sizes_that_are_turned_in_one_go_are_one_change_from_what_was_there():
    state = start(study("lstm", targets=True))
    down = run(state, SetSize(STEPS, 4), SetSize(STEPS, 3, joined=True), SetSize(STEPS, 2, joined=True))
    assert [change.name for change in down.undo] == ["Set the steps to 2"]
    up = run(down, SetSize(STEPS, 4, joined=True))
    assert np.array_equal(up.document.sequence.x, state.document.sequence.x[:4])  # what went came back
    there = run(up, SetSize(STEPS, 5, joined=True))
    assert there.document is state.document
    assert there.undo == ()


def test_two_sizes_and_two_goes_are_two_changes():
    state = start(study("lstm"))
    assert len(run(state, SetSize(UNITS, 3), SetSize(INPUTS, 4, joined=True)).undo) == 2
    assert len(run(state, SetSize(UNITS, 3), SetSize(UNITS, 4)).undo) == 2


def test_inputs_more_are_zeros_and_less_are_the_last_ones():
    document = study("gru")
    x = document.sequence.x
    more = run(start(document), SetSize(INPUTS, 5)).document
    assert np.array_equal(more.sequence.x[:, :3], x)
    assert not more.sequence.x[:, 3:].any()
    less = run(start(document), SetSize(INPUTS, 1)).document
    assert np.array_equal(less.sequence.x, x[:, :1])
    assert np.array_equal(less.network.layers[0].parameters["Wr"], document.network.layers[0].parameters["Wr"][:, :1])


def test_targets_follow_the_outputs():
    document = study("simple", targets=True, outputs=2)
    more = run(start(document), SetSize(OUTPUTS, 4)).document.sequence.targets
    assert np.array_equal(more[:, :2], document.sequence.targets)
    assert not more[:, 2:].any()
    assert run(start(document), SetSize(OUTPUTS, 1)).document.sequence.targets.shape == (5, 1)


def test_classes_need_their_outputs():
    document = study("simple", outputs=3)
    classes = Sequence(document.sequence.x, targets=np.array([0, 2, 1, 0, 2]))
    state = start(Document("classes", document.network, classes, seed=7))
    with pytest.raises(InputError, match="the targets are 3 classes, and 2 values would leave the network"):
        SetSize(OUTPUTS, 2).apply(state)
    with pytest.raises(InputError, match="at least 3 outputs fit"):
        SetReadout(False).apply(state)
    assert SetSize(OUTPUTS, 5).apply(state).document.network.outputs == 5


def test_both_passes_get_a_readout_where_the_targets_want_as_many_values_as_before():
    both = run(start(study("gru", targets=True)), SetReading("both")).document
    assert (both.network.outputs, both.sequence.targets.shape) == (2, (5, 2))
    assert both.network.layers[0].parameters["V"].shape == (2, 4)
    assert run(start(study("gru")), SetReading("both")).document.network.outputs == 4


def test_steps_less_cut_and_steps_more_are_silence():
    document = study("simple", targets=True)
    more = run(start(document), SetSize(STEPS, 7)).document.sequence
    assert np.array_equal(more.x[:5], document.sequence.x)
    assert not more.x[5:].any()
    assert np.array_equal(more.targets[:5], document.sequence.targets)
    less = run(start(document), SetSize(STEPS, 2)).document.sequence
    assert np.array_equal(less.x, document.sequence.x[:2])
    assert less.targets.shape == (2, 2)


def test_a_step_more_of_what_is_predicted_is_what_the_last_target_says():
    sunspots = bundled_study("sunspots")
    more = run(start(sunspots), SetSize(STEPS, sunspots.sequence.steps + 2)).document.sequence
    assert np.array_equal(more.x[sunspots.sequence.steps], sunspots.sequence.targets[-1])
    assert more.x[-1] == 0
    words = bundled_study("words")
    longer = run(start(words), SetSize(STEPS, words.sequence.steps + 1)).document.sequence
    assert longer.tokens[-1] == words.sequence.targets[-1]
    check_document(run(start(words), SetSize(STEPS, 5)).document)


def test_a_text_keeps_its_inputs_and_outputs():
    words = bundled_study("words")
    n = len(words.sequence.vocabulary)
    assert why_fixed(words, INPUTS) == f"This text has {n} different tokens, and an input for each."
    for what in (INPUTS, OUTPUTS):
        with pytest.raises(InputError):
            SetSize(what, 3).apply(start(words))
    assert size_of(run(start(words), SetSize(UNITS, 7)).document, UNITS) == 7


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (SetSize(UNITS, 1_025), "state size: 1,025 is over the limit of 1,024"),
        (SetSize(INPUTS, 4_097), "inputs: 4,097"),
        (SetSize(INPUTS, 0), "inputs: 0 is too few"),
        (SetSize(OUTPUTS, 4_097), "outputs: 4,097"),
        (SetSize(STEPS, 20_001), "steps of the sequence: 20,001"),
        (SetSize(STEPS, 0), "steps of the sequence: 0 is too few"),
        (SetSize(LAYERS, 9), "layers of the network: 9"),
        (SetSize(LAYERS, 0), "layers of the network: 0 is too few"),
    ],
)
def test_limits_are_refused_in_a_sentence(change, words):
    with pytest.raises(InputError, match=words):
        change.apply(start(study("simple", outputs=2)))


def test_a_layer_more_and_less_is_the_study_that_was():
    for targets in (False, True):
        before = start(study("elman", targets))
        more = SetSize(LAYERS, 3).apply(before)
        assert more.document.network.chosen == 2
        less = SetSize(LAYERS, 1).apply(more)
        old, new = before.document.network.layers[0], less.document.network.layers[0]
        assert (old.cell, old.outputs, list(old.parameters)) == (new.cell, new.outputs, list(new.parameters))
        assert all(np.array_equal(old.parameters[name], new.parameters[name]) for name in old.parameters)


def test_what_the_targets_want_still_leaves_the_network_when_its_last_layer_goes():
    state = run(start(demonstration()), ChooseLayer(2), SetSize(LAYERS, 2))
    assert state.document.network.outputs == 2
    check_document(state.document)


# ---------------------------------------------------------------- a state for a layer that has none


def dense_study(activation: str = "sigmoid") -> Document:
    network = new_network(library_cell("dense"), 3, 2, activation=activation, seed=7)
    return Document("layer", network, Sequence(np.random.default_rng(3).normal(size=(5, 3))), seed=7)


def test_a_layer_becomes_recurrent_and_keeps_its_weights():
    before = opened(dense_study(), Session(view="samples"))
    after = MakeRecurrent().apply(before)
    old, new = before.document.network.layers[0], after.document.network.layers[0]
    assert after.undo[-1].name == "Make it recurrent"
    assert (new.cell.name, new.activation, new.parameters["U"].shape) == ("simple", "sigmoid", (2, 2))
    assert all(np.array_equal(new.parameters[name], old.parameters[name]) for name in ("W", "b"))
    assert (after.session.view, after.session.turn.kind) == ("unrolled", "rewire")
    assert MakeRecurrent().apply(after) is after
    back = Undo().apply(after)
    assert back.session.view == "samples"


def test_a_function_that_the_cell_does_not_have_is_said():
    after = MakeRecurrent().apply(opened(dense_study("identity"), Session(view="samples")))
    assert after.session.notice == "The cell Simple cell has no identity; tanh stands in its place."


# ---------------------------------------------------------------- weights


def test_new_weights_are_those_of_the_next_seed_and_redo_gives_the_same():
    before = start(study("lstm", outputs=2))
    after = NewWeights().apply(before)
    assert after.document.seed == 8
    fresh = new_network(library_cell("lstm"), 3, 2, 2, seed=8).layers[0]
    drawn = after.document.network.layers[0].parameters
    assert all(np.array_equal(drawn[name], fresh.parameters[name]) for name in fresh.shapes)
    assert Redo().apply(Undo().apply(after)).document is after.document
    again = NewWeights(7).apply(after).document
    assert all(np.array_equal(again.network.layers[0].parameters[n], a)
               for n, a in before.document.network.layers[0].parameters.items())  # fmt: skip
    assert NewWeights(7).apply(before) is before
    with pytest.raises(InputError, match="the seed -1"):
        NewWeights(-1).apply(before)


# ---------------------------------------------------------------- the picture on its way

TURNS = (SetSize(UNITS, 4), SetSize(UNITS, 1), SetSize(INPUTS, 4), SetSize(STEPS, 2), SetReadout(True), SetCell("lstm"),
         SetReading("both"), SetBias(False))  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("change", TURNS, ids=str)
def test_the_picture_turns_from_what_was_seen_to_what_is(view, change):
    before = GoTo(3).apply(opened(study("simple"), Session(view=view)))
    after = change.apply(before)
    turn = after.session.turn
    assert turn.kind == ("rewire" if isinstance(change, SetCell | SetReadout | SetBias) else "change")
    shown, first = scene(before), scene(after)
    assert np.array_equal(layout(after).tiles.rect, layout(before).tiles.rect)
    assert np.array_equal(first.tile_value, shown.tile_value)
    assert np.array_equal(first.tile_vmax, shown.tile_vmax)
    assert first.tile_text == shown.tile_text
    assert np.array_equal(first.tile_lit, shown.tile_lit)
    if after.session.playhead == before.session.playhead:
        assert np.array_equal(first.plate_lit, shown.plate_lit)
    seen = [text for text, on in zip(shown.label_text, shown.label_shown, strict=True) if on]
    still = zip(first.label_text, layout(after).labels.alpha, strict=True)
    assert [text for text, alpha in still if alpha > 0] == [
        text for text, alpha in zip(seen, layout(before).labels.alpha[shown.label_shown], strict=True) if alpha > 0
    ]
    done = Tick(turn.duration_s + 0.01).apply(after)
    assert done.session.turn is None
    assert layout(done) is target_layout(done)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("change", TURNS, ids=str)
def test_nothing_jumps_on_the_way(view, change):
    state = change.apply(GoTo(3).apply(opened(study("simple"), Session(view=view))))
    length = state.session.turn.duration_s
    places: dict = {}
    for _ in range(101):
        where = layout(state)
        now = {}
        for key, rect, alpha in zip(where.tiles.keys, where.tiles.rect, where.tiles.alpha, strict=True):
            now[key] = (rect[:2], alpha)
        for key, (point, alpha) in now.items():
            if key in places and min(alpha, places[key][1]) > 0.05:
                assert np.hypot(*(point - places[key][0])) < 60, (key, view)  # a hundredth of the way at most
                assert abs(alpha - places[key][1]) < 0.25, (key, view)
        places = now
        scene(state)
        state = Tick(length / 100).apply(state)


def test_a_change_in_mid_turn_goes_on_from_what_is_on_the_screen():
    state = run(opened(study("simple"), Session(view="unrolled")), SetSize(UNITS, 4), Tick(0.5))
    half = layout(state)
    on = SetSize(UNITS, 5).apply(state)
    assert np.array_equal(layout(on).tiles.rect, half.tiles.rect)
    assert np.array_equal(scene(on).tile_value, scene(state).tile_value)
    back = run(on, Tick(0.4), Undo(), Tick(0.3), Undo(), Tick(5.0))
    assert back.session.turn is None and len(back.undo) == 0


def test_digits_on_the_way_are_those_before_or_those_after():
    before = GoTo(3).apply(opened(study("simple"), Session(view="unrolled")))
    state = SetSize(UNITS, 4).apply(before)
    old, new = trace(before).layer(0).value("y", 3), trace(state).layer(0).value("y", 3)
    for _ in range(20):
        here = scene(state)
        for k, key in enumerate(here.layout.tiles.keys):
            if key.what == "y" and key.t == 3 and key.i is not None and key.part == "":
                assert here.tile_value[k] in {*(old[key.i : key.i + 1]), new[key.i]}
        state = Tick(0.05).apply(state)


def test_without_motion_there_is_none():
    state = opened(study("simple"), Session(view="unrolled"))
    assert run(state, SetSpeed(INSTANT), SetSize(UNITS, 4)).session.turn is None
    reduced = run(state, ToggleReducedMotion(), SetSize(UNITS, 4))
    assert reduced.session.turn.kind == "fade" and reduced.session.turn.duration_s <= 0.15
    assert layout(reduced) is target_layout(reduced)


@pytest.mark.parametrize("outputs", [None, 2])
def test_layers_come_and_go_in_the_view_that_shows_them_all(outputs):
    def nodes(where) -> dict:
        return {tuple(round(float(part), 3) for part in rect[:2]): value
                for rect, value, alpha in zip(where.layout.tiles.rect, where.tile_value, where.layout.tiles.alpha,
                                              strict=True) if alpha > 0}  # fmt: skip

    for document in (study("simple", outputs=outputs), demonstration()):
        before = opened(document, Session(view="network"))
        after = SetSize(LAYERS, size_of(document, LAYERS) + 1).apply(before)
        back = Undo().apply(after.see(turn=None))
        for old, new in ((before, after), (after.see(turn=None), back)):
            assert new.session.turn.kind == "change"
            assert nodes(scene(old)) == nodes(scene(new))
            keys = set(layout(new).tiles.keys)
            stay = keys & set(target_layout(new).tiles.keys)
            assert sum(key.what in ("x", "node", "readout", "y", "h") for key in stay) >= 3
            middle = Tick(0.5 * new.session.turn.duration_s).apply(new)
            ends = layout(middle).edges.ends
            assert (ends[:, [0, 2]] >= 0).all()
            scene(middle)


def test_what_is_y_becomes_x_of_the_layer_on_top():
    before = opened(study("simple"), Session(view="network"))
    after = SetSize(LAYERS, 2).apply(before)
    old = dict(zip(layout(before).tiles.keys, layout(before).tiles.rect, strict=True))
    new = dict(zip(layout(after).tiles.keys, layout(after).tiles.rect, strict=True))
    for i in range(2):
        assert np.array_equal(new[Key("x", i=i)], old[Key("y", i=i)])
    for i in range(3):
        assert np.array_equal(new[Key("node", i=i, layer=-1)], old[Key("x", i=i)])


def test_elsewhere_networks_of_other_depth_fade_into_each_other():
    state = opened(study("simple"), Session(view="unrolled"))
    assert SetSize(LAYERS, 2).apply(state).session.turn.kind == "fade"
    assert ChooseLayer(0).apply(opened(demonstration(), Session())).session.turn is None


def test_a_change_of_numbers_alone_turns_nothing():
    state = opened(demonstration(), Session(view="samples"))
    assert run(state, NewWeights()).session.turn is None


# ---------------------------------------------------------------- every change, every cell, every view


def shows_what_a_fresh_run_gives(state: State, change) -> None:
    """The picture after a change, on the way and at rest, without an error and with the numbers of a run of its own."""
    try:
        after = change.apply(state)
    except InputError:
        return
    if after is state:
        return
    for _ in range(4):
        scene(after)
        after = Tick(0.4).apply(after)
    here, document = scene(after.see(turn=None)), after.document
    assert np.isfinite(here.tile_value).all()
    stateless = after.session.view in LAYER_VIEWS
    fresh = engine_run(document.network, document.sequence.x, document.first, stateless=stateless)
    values = directed(fresh, direction(after)).layer(document.network.chosen)
    for k, key in enumerate(here.layout.tiles.keys):
        block = here.layout.blocks[here.layout.tiles.block[k]]
        plain = key.what in ("x", "y") and key.part == "" and block.layer is None and block.name == key.what
        if plain and here.tile_known[k]:
            own = values.value(key.what, after.session.playhead.t if key.t is None else key.t)
            assert here.tile_value[k] == own[here.layout.tiles.cell[k]]


@pytest.mark.parametrize("at", range(len(library_cells())))
def test_a_change_of_every_cell_is_drawn_in_a_view(at):
    cell = library_cells()[at]
    for k, change in enumerate(CHANGES):
        state = opened(study(cell), Session(view=VIEWS[(at + k) % len(VIEWS)]))
        shows_what_a_fresh_run_gives(GoTo(2).apply(state), change)


@pytest.mark.heavy
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("cell", library_cells())
def test_every_change_of_every_cell_is_drawn_in_every_view(cell, view):
    for targets, outputs in ((False, None), (True, None), (True, 3)):
        if outputs is not None and not library_cell(cell).states:
            continue
        for change in CHANGES:
            state = opened(study(cell, targets, outputs), Session(view=view))
            for at in (0, 2):
                shows_what_a_fresh_run_gives(GoTo(at).apply(state), change)
