"""Weights that are updated on the way: each sample is shown with its own version, and none before it has been made."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.versions import SAYINGS
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state import runs
from rnnstudio.state.actions.stepping import StepForward, Tick
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import layout, subject
from rnnstudio.state.picture import inspection, pages, scene
from rnnstudio.state.runs import afterwards, traces
from tests.walk.oracle import Oracle
from tests.walk.studies import CELL_BY_VIEW, LAYER_VIEWS, VIEWS, at, heads, study
from tests.walk.test_edges import check_samples
from tests.walk.test_nothing_early import leaks

LEARNING = ("sample", "sequence")
SOME_CELLS = [(cell, view) for cell, view in CELL_BY_VIEW if cell in ("simple", "gru")]


def version_of(document, view, t):
    """The network whose weights sample t uses in a view, from the engine's versions themselves."""
    of_layer = view in LAYER_VIEWS
    after = afterwards(document)[of_layer]
    run = traces(document)[of_layer]
    if document.mode == "sample":
        return run.versions[max(t, 1) - 1]
    return after if t > document.sequence.steps else document.network


# ------------------------------------------------------------------- the law of the tutorial


def test_w_follows_by_its_change_in_every_sample_of_the_tutorial():
    for run in traces(study("simple", mode="sample")):
        layer = run.layer(1)
        for name in layer.program.parameters:
            for t in range(1, run.T + 1):
                step = run.versions[t].layers[1].parameters[name] - run.versions[t - 1].layers[1].parameters[name]
                after = layer.parameter(name, t + 1)
                np.testing.assert_allclose(after, layer.parameter(name, t) + step, rtol=0, atol=1e-12)
                np.testing.assert_allclose(after, run.versions[t].layers[1].parameters[name], rtol=0, atol=0)


@pytest.mark.parametrize("of_layer", [False, True])
def test_neighbours_differ_where_one_can_see_it(of_layer):
    run = traces(study("simple", mode="sample"))[of_layer]
    for t in range(1, run.T):
        one, other = (run.layer(1).parameter("W", at) for at in (t, t + 1))
        differing = sum(fmt(float(a)) != fmt(float(b)) for a, b in zip(one.flat, other.flat, strict=True))
        assert differing >= 3, f"W at samples {t} and {t + 1}"


def test_frozen_shares_one_array():
    for run in traces(study("simple")):
        for name in run.layer(1).program.parameters:
            assert len({id(run.layer(1).parameter(name, t)) for t in range(1, run.T + 1)}) == 1
        assert run.versions == ()


# ------------------------------------------------------------------- nothing early


@pytest.mark.parametrize("mode", LEARNING)
@pytest.mark.parametrize(("cell", "view"), SOME_CELLS)
def test_nothing_is_early(cell, view, mode):
    document = study(cell, mode=mode, steps=4)
    for t, phase in (*heads(document, (0, 2)), *heads(document, (4,))[-2:]):
        state = at(document, view, t, phase)
        found = leaks(state, state.session.playhead, selections=t == 2 and phase % 2 == 0, pointed=t == 2)
        assert not found, f"t = {t}, phase {phase}: {found}"


@pytest.mark.parametrize("view", ["samples", "unrolled", "cell"])
def test_nothing_is_early_while_a_step_is_under_way(view):
    document = study("simple", mode="sample")
    for t, phase in heads(document, (0, 2)):
        state = Tick(0.2).apply(StepForward().apply(at(document, view, t, phase)))
        found = leaks(state, Playhead(t, phase), selections=False)
        assert not found, f"from t = {t}, phase {phase}: {found}"


def test_nothing_is_early_in_a_turn_and_in_the_wide_geometry():
    document = study("simple", mode="sample")
    for phase in (2, 4):
        start = at(document, "samples", 2, phase, theme="projector", canvas=(1920.0, 698.0))
        turning = SetView("unrolled").apply(start)
        for part in (0.0, 0.5, 0.9, 1.0):
            state = Tick(part * turning.session.turn.duration_s).apply(turning)
            assert not leaks(state, state.session.playhead, selections=False), f"phase {phase}, {part}"


@pytest.mark.parametrize("fault", ["version_known", "_is_known_input"])
def test_weights_that_come_early_are_found(monkeypatch, fault):
    monkeypatch.setattr(Knowledge, fault, lambda self, *args: True)
    fresh = at(study("simple", mode="sample"), "samples", 3, 2, decimals=3)
    assert leaks(fresh, fresh.session.playhead, selections=False, pointed=False)


# ------------------------------------------------------------------- the right version


@pytest.mark.parametrize("mode", LEARNING)
@pytest.mark.parametrize("view", VIEWS)
def test_every_weight_in_the_picture_is_of_its_sample(view, mode):
    document = study("simple", mode=mode)
    seen = 0
    for t, phase in heads(document, (0, 1, 4, 8)):
        state = at(document, view, t, phase)
        shown, oracle = scene(state), Oracle(document.network, t, phase, mode, 8)
        tiles = shown.layout.tiles
        for k, (block_index, cell) in enumerate(zip(tiles.block, tiles.cell, strict=True)):
            block = shown.layout.blocks[block_index]
            name, is_change = block.name.removeprefix("Δ"), block.name.startswith("Δ")
            layer = 1 if block.layer is None else block.layer
            if not 0 <= layer <= 2 or name not in document.network.layers[layer].parameters:
                continue
            when = max(t if block.t is None else block.t, 1)
            known = oracle.allows_version(when + is_change)
            assert shown.tile_known[k] == known, f"{tiles.keys[k]} at t = {t}, phase {phase}"
            if not known:
                assert shown.tile_text[k] == "" and shown.tile_value[k] == 0
                continue
            wanted = version_of(document, view, when).layers[layer].parameters[name]
            if is_change:
                wanted = version_of(document, view, when + 1).layers[layer].parameters[name] - wanted
            assert shown.tile_value[k] == wanted.flat[cell]
            assert shown.tile_text[k] in ("", *(fmt(float(wanted.flat[cell]), n) for n in range(3)))
            seen += 1
    assert seen > 10 or view == "compact"


@pytest.mark.parametrize("view", ["samples", "unrolled", "cell", "layer", "condensed"])
def test_formulas_and_the_inspector_speak_of_the_same_version(view):
    document = study("simple", mode="sample")
    state = at(document, view, 4)
    W = version_of(document, view, 4).layers[1].parameters["W"]
    stated = [piece for page in pages(state) for zone in page.zones for line in zone.lines for piece in line
              if piece.kind == "matrix" and piece.key is not None and piece.key.what == "W"]  # fmt: skip
    if view != "layer":
        assert any(np.array_equal(piece.values, W) for piece in stated)
    assert all(piece.decimals == 2 for piece in stated)
    np.testing.assert_array_equal(inspection(state.see(selection=Key("W"))).values, W)


def test_the_page_of_the_update_adds_up():
    document = study("simple", mode="sample")
    state = at(document, "unrolled", 4)
    found = {page.value: page for page in pages(state)}
    for name in ("W", "U"):
        old, new = (version_of(document, "unrolled", t).layers[1].parameters[name] for t in (4, 5))
        page = found[f"Δ{name}"]
        pieces = [piece for zone in page.zones for line in zone.lines for piece in line]
        matrices = [piece.values for piece in pieces if piece.kind == "matrix"]
        np.testing.assert_array_equal(matrices[0], old)
        np.testing.assert_array_equal(matrices[1], new - old)
        np.testing.assert_array_equal(matrices[2], new)
        assert f"{name}_{{t+1}}> = <{name}|{name}_{{t}}> + <{name}|Δ{name}_{{t}}>" in page.zones[0].lines[0][0].text
    assert not any(page.value.startswith("Δ") for page in pages(at(document, "unrolled", 4, 3)))
    assert not any(page.value.startswith("Δ") for page in pages(at(study("simple"), "unrolled", 4)))


def test_a_selected_weight_says_which_update_made_it():
    state = at(study("simple", mode="sample"), "samples", 4)
    made = pages(state.see(selection=Key("W", 3)))
    assert len(made) == 1 and "W_{t-1}> = <W|W_{t-2}> + <W|ΔW_{t-2}>" in made[0].zones[0].lines[0][0].text
    said = inspection(state.see(selection=Key("ΔW", 4)))
    assert (said.name, said.context) == ("Change of the weights", "3 × 4 values  ·  made by sample 4")
    assert inspection(state.see(selection=Key("W", 3))).context == "3 × 4 values  ·  used by sample 3"
    early = inspection(at(study("simple", mode="sample"), "samples", 4, 2).see(selection=Key("W", 5)))
    assert early.values is None and set(early.texts) == {"?"} and early.size == 12


def test_after_the_sequence_the_one_update_is_shown():
    document = study("simple", mode="sequence")
    done, before = at(document, "samples", 8), at(document, "samples", 8, 3)
    W = afterwards(document)[1].layers[1].parameters["W"]
    for state, known in ((done, True), (before, False)):
        shown = scene(state)
        k = shown.layout.tiles.keys.index(Key("W", 9, 2, 3))
        assert shown.tile_known[k] == known
        assert shown.tile_value[k] == (W[2, 3] if known else 0.0)
    assert pages(done)[-1].value == "ΔW" and pages(before)[-1].value != "ΔW"
    assert {key.t for key in layout(at(document, "samples", 4)).plates.keys if key.what == "tie"} == {3, 4}
    assert {key.t for key in layout(done).plates.keys if key.what == "tie"} == {7}


@pytest.mark.parametrize("mode", LEARNING)
@pytest.mark.parametrize("steps", [1, 2, 8])
@pytest.mark.parametrize("view", ["samples", "unrolled"])
def test_after_the_last_sample_stand_weights_alone(view, steps, mode):
    document = study("lstm", steps, mode=mode)
    for t in sorted({0, 1, steps}):
        for theme, canvas in (("light", (1280.0, 760.0)), ("projector", (1920.0, 698.0))):
            check_samples(at(document, view, t, theme=theme, canvas=canvas))


# ------------------------------------------------------------------- what is said


@pytest.mark.parametrize("mode", ["frozen", "sample", "sequence"])
@pytest.mark.parametrize("view", ["samples", "unrolled"])
def test_the_caption_and_the_links_say_the_same(view, mode):
    state = at(study("simple", mode=mode), view, 4)
    assert SAYINGS[mode] in scene(state).caption
    keys = layout(state).plates.keys
    changes = {key.t for key in keys if key.what == "ΔW"}
    assert bool(changes) == (mode == "sample")
    assert any(key.what == "tie" for key in keys) == (view == "samples" and mode != "sample")


def test_a_claim_without_changes_is_not_believed():
    """A rate of 0 is no training, whatever the document says; and frozen runs with other matrices are not frozen."""
    document = study("simple", mode="sample")
    still = replace(document, settings=replace(document.settings, rate=1e-300))
    assert SAYINGS["frozen"] in scene(at(still, "samples", 4)).caption
    assert SAYINGS["sample"] in scene(at(document, "samples", 4)).caption


def test_the_colours_have_one_range_in_all_of_it():
    document = study("simple", mode="sample")
    ranges = {(subject(at(document, view, t)).vmax, subject(at(document, view, t)).change_range)
              for view in ("samples", "condensed") for t in range(9)}  # fmt: skip
    assert len(ranges) == 1
    layers = [layer for run in traces(document) for net in run.versions for layer in net.layers]
    largest = max(np.abs(array).max() for layer in layers for array in layer.parameters.values())
    assert ranges.pop()[0] == largest > 2.5


def test_where_there_is_no_target_nothing_is_learnt():
    document = study("simple", mode="sample")
    without = replace(document, sequence=replace(document.sequence, targets=None))
    assert runs.mode(without) == "frozen" and runs.mode(document) == "sample"
    last = replace(document, settings=replace(document.settings, at="last"))
    assert runs.mode(last) == "frozen" and runs.mode(replace(last, mode="sequence")) == "sequence"
