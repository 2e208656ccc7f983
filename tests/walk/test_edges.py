"""No copy, label, tick, token or formula shows a sample that does not exist; the edges of the sequence."""

import re
from dataclasses import replace

import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.state.actions.stepping import First, Last, StepBack, StepForward, Tick
from rnnstudio.state.actions.viewing import Select, SelectInTime, ToggleFocus
from rnnstudio.state.derived import layout
from rnnstudio.state.picking import selectable
from rnnstudio.state.picture import activation_points, history, inspection, pages, scene, tooltip
from rnnstudio.state.runs import traces
from tests.walk.studies import CELL_BY_VIEW, at, stacked, study

STATES = ("s", "c")
WEIGHTS = ("W", "U", "V", "b")
#: t+1, t−1, t, or a number, as the index of a symbol.
INDEX = re.compile(r"([xyshc])(?:>|\\\w+)?_\{(t|\d+)(?:\s*([-+−])\s*(\d+))?\}")


def samples_of(layout):
    """Every sample that a mark of the layout belongs to, with the mark."""
    groups = (layout.plates, layout.tiles, layout.wires, layout.labels)
    for group in groups:
        for k, key in enumerate(group.keys):
            if key.t is not None and group.alpha[k] > 0:
                yield key.t, key


def written(state):
    """Texts of the picture and of all pages, each with where it stands."""
    shown = scene(state)
    for key, text, visible in zip(shown.layout.labels.keys, shown.label_text, shown.label_shown, strict=True):
        if visible:
            yield key, text
    yield "title", shown.title
    yield "caption", shown.caption
    for page in pages(state):
        for zone in page.zones:
            for line in zone.lines:
                yield from (("formula", piece.text) for piece in line if piece.text)


def check_samples(state):
    steps, t = state.document.sequence.steps, state.session.playhead.t
    where = layout(state)
    gated = state.document.network.layers[state.document.network.chosen].cell.name in ("lstm", "gru")
    for sample, key in samples_of(where):
        least = 0 if key.what in (*STATES, "axis", "band") or key.what.startswith(("wire:", "rail:")) else 1
        most = steps + (key.what == "after" or key.what[0] in WEIGHTS)  # what the last sample leaves behind
        assert least <= sample <= most, f"{key} at sample {sample} of {steps}"
    told = 0
    for place, text in written(state):
        for name, index, sign, by in INDEX.findall(text):
            base = t if index == "t" else int(index)
            if index != "t" and (gated or state.session.view in ("network", "layer", "condensed", "compact", "cell")):
                continue  # a unit's number
            sample = base + (int(by) if by else 0) * (1 if sign == "+" else -1)
            least = 0 if name in STATES else 1
            if t > 0 and index == "t":
                told += 1
                assert least <= sample <= steps, f"{place}: {text} tells of sample {sample} of {steps}"
    marks = {key._replace(i=None, j=None, part="") for _, key in samples_of(where)}
    for key in marks | set(selectable(where, t, everything=True)):
        tooltip(state, key)
        inspection(state.see(selection=key))
    activation_points(state)
    values, known = history(state)
    assert values.shape[0] == steps + 1 and known <= t
    for token in scene(state).tokens:
        if token.key.t is not None:
            assert 0 <= token.key.t <= steps
    if t > 0 and state.session.view in ("samples", "unrolled"):
        assert told > 2, "symbols carry their sample"


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
@pytest.mark.parametrize("steps", [1, 3])
def test_no_sample_that_does_not_exist(cell, view, steps):
    document = study(cell, steps)
    count = len(document.network.layers[1].program.phases)
    for t in sorted({0, 1, steps}):
        for phase in (1, count) if t else (count,):
            for wide in ("light", "projector") if phase == count else ("light",):
                canvas = (1920.0, 698.0) if wide == "projector" else (1280.0, 760.0)
                state = at(document, view, t, phase, theme=wide, canvas=canvas)
                check_samples(state)
                if view == "unrolled" and phase == count:
                    check_samples(ToggleFocus().apply(state).see(turn=None))


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
@pytest.mark.parametrize("steps", [1, 8])
def test_steps_at_the_ends_stay(cell, view, steps):
    state = at(study(cell, steps), view, steps)
    for act in (StepForward(), Last()):
        after = Tick(9.0).apply(Tick(0.1).apply(act.apply(state)))
        assert after.session.playhead.t == steps and not after.session.playing
        check_samples(after)
    first = First().apply(state)
    assert first.session.playhead.t == 0
    assert StepBack().apply(first).session.playhead == first.session.playhead
    on_the_way = Tick(0.1).apply(StepForward().apply(first))
    check_samples(on_the_way)
    check_samples(Tick(9.0).apply(on_the_way))


@pytest.mark.parametrize(("cell", "view"), [pair for pair in CELL_BY_VIEW if pair[1] in ("samples", "unrolled")])
@pytest.mark.parametrize("steps", [1, 2, 8])
def test_dots_stand_only_where_the_sequence_goes_on(cell, view, steps):
    for t in range(1, steps + 1):
        where = layout(at(study(cell, steps), view, t))
        drawn = [key for k, key in enumerate(where.plates.keys) if where.plates.alpha[k] > 0.5]
        copies = [key.t for key in drawn if key.what == "cell" and key.part == "" and key.t is not None]
        drawn += [key for k, key in enumerate(where.labels.keys) if where.labels.alpha[k] > 0]
        dots = {key.part for key in drawn if key.what == "dots"}
        assert copies and t in copies
        assert ("right" in dots) == (max(copies) < steps), f"t = {t} of {steps}: {copies}, {dots}"
        assert ("left" in dots) == (min(copies) > 1), f"t = {t} of {steps}: {copies}, {dots}"


@pytest.mark.parametrize("view", ["samples", "unrolled"])
@pytest.mark.parametrize("upper", ["simple", "lstm"])
def test_the_next_input_above_a_state_is_hollow(view, upper):
    def inputs(document, t, phase):
        shown = scene(at(document, view, t, phase))
        keys = shown.layout.tiles.keys
        return {
            sample: {bool(shown.tile_known[k]) for k, key in enumerate(keys) if key.what == "x" and key.t == sample}
            for sample in {key.t for key in keys if key.what == "x"}
        }

    for phase in (1, 2, None):
        recurrent, stateless = inputs(stacked(upper), 2, phase), inputs(study(upper, 4), 2, phase)
        assert recurrent[2] == {True} and recurrent[3] == {False}
        assert stateless[2] == {True} and stateless[3] == {True}


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_the_first_state_is_drawn_as_given(cell, view):
    document = study(cell)
    state = at(document, view, 0)
    shown = scene(state)
    computed = [
        k for k, key in enumerate(shown.layout.tiles.keys)
        if key.what in ("y", "a", "s", "c", "node") and (key.t is None or key.t >= 1) and shown.tile_known[k]
        and shown.layout.blocks[shown.layout.tiles.block[k]].name not in ("s_prev", "c_prev")
        and not (key.t is None and shown.layout.blocks[shown.layout.tiles.block[k]].name in STATES)
        and shown.layout.blocks[shown.layout.tiles.block[k]].layer != -1
    ]  # fmt: skip
    assert not computed, [shown.layout.tiles.keys[k] for k in computed]
    if view == "unrolled":
        given = [k for k, key in enumerate(shown.layout.tiles.keys) if key.what == "s" and key.t == 0]
        first = traces(document)[0].layer(1).value("s", 0)
        assert [shown.tile_value[k] for k in given] == list(first)
        assert all(shown.tile_known[k] for k in given)


@pytest.mark.parametrize("cell", ["simple", "lstm"])
def test_the_selection_stays_within_the_sequence(cell):
    for view in ("samples", "unrolled", "cell"):
        state = at(study(cell, 1), view, 1)
        for key in selectable(layout(state), 1, everything=True):
            for by in (-1, 1, -1, -1, 1, 1, 1):
                state = SelectInTime(by).apply(state if state.session.selection else Select(key).apply(state))
                sample = state.session.selection.t
                assert sample is None or 0 <= sample <= 1
                assert inspection(state).texts is not None
                pages(state)
            state = Select(None).apply(state)


def test_a_copy_after_the_end_is_found(monkeypatch):
    """Faulty columns that go on after the last sample are seen."""
    from rnnstudio.state import derived

    state = at(study("simple", 2), "unrolled", 2)
    real = derived.target_layout(state)
    moved = (*real.tiles.keys[:-1], Key("y", 3, 0))
    monkeypatch.setattr(
        "tests.walk.test_edges.layout", lambda state: replace(real, tiles=replace(real.tiles, keys=moved))
    )
    with pytest.raises(AssertionError, match="sample 3 of 2"):
        check_samples(state)
