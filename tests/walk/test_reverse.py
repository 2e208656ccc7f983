"""A layer that takes the samples from the last to the first: states come from the right, and nothing is early."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer
from rnnstudio.playback.playhead import Playhead, Track
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import First, GoTo, Last, SampleForward, StepBack, StepForward, Tick
from rnnstudio.state.actions.viewing import SetDirection, SetView
from rnnstudio.state.derived import layout, moving, phases, trace
from rnnstudio.state.model import Document, Sequence, Session
from rnnstudio.state.picture import history, history_samples, inspection, pages, scene
from rnnstudio.state.runs import traces
from tests.walk.studies import CELL_BY_VIEW, CELL_VIEWS, VIEWS, study
from tests.walk.test_nothing_early import leaks

T = 8


def there(view, t, op=None, cell="simple", **session):
    """The study, its layer reversed, at rest with ``op`` sub-steps of sample t done."""
    document = study(cell, direction="reverse")
    return GoTo(t, op).apply(opened(document, Session(view=view, **session))).see(came_from=None, progress=1.0)


def both(cell="simple"):
    """A layer of both directions between two that are not."""
    below = new_layer(library_cell("dense"), 3, 4, seed=1)
    chosen = new_layer(library_cell(cell), 4, 3, seed=2, direction="both")
    above = new_layer(library_cell("dense"), chosen.width, 2, seed=3)
    x = np.random.default_rng(5).normal(size=(5, 3))
    return Document("both", Network((below, chosen, above), 1), Sequence(x=x))


def settled(state):
    while moving(state):
        state = Tick(30.0).apply(state)
    return state


def place(state):
    return state.session.playhead.t, state.session.playhead.phase


# ------------------------------------------------------------------- steps


@given(st.integers(0, 40), st.integers(1, 40), st.booleans(), st.integers(2, 6))
@settings(max_examples=60, deadline=None)
def test_k_forward_and_k_back(start, k, of_layer, phases):
    along = Track(5, phases, of_layer, reverse=True)
    head = along.first()
    for _ in range(start):
        head = along.forward(head)
    origin, done = head, 0
    for _ in range(k):
        ahead = along.forward(head)
        assert ahead == head or along.index(ahead) > along.index(head)
        done += ahead != head
        head = ahead
    for _ in range(done):
        head = along.back(head)
    assert (head.t, head.phase) == (origin.t, origin.phase)


def test_the_way_goes_from_the_last_sample_to_the_first():
    state, passed = settled(First().apply(there("unrolled", 4))), []
    assert place(state) == (T + 1, 4)
    while not passed or place(state) != passed[-1]:
        passed.append(place(state))
        state = settled(StepForward().apply(state))
    assert passed == [(T + 1, 4), *((t, phase) for t in range(T, 0, -1) for phase in range(1, 5))]
    back = [place(state)]
    while back[-1][0] <= T:
        state = StepBack().apply(state)
        back.append(place(state))
    assert back[::-1] == passed
    assert place(settled(Last().apply(state))) == (1, 4)
    assert place(SampleForward().apply(there("unrolled", 5, 2))) == (4, 2)


def test_a_study_opens_where_its_layer_begins():
    state = opened(study("simple", direction="reverse"), Session(view="network"))
    assert place(state) == (T, 4)


# ------------------------------------------------------------------- numbers


@pytest.mark.parametrize("cell", ["simple", "lstm"])
def test_states_come_from_the_sample_after_and_none_is_early(cell):
    run = traces(study(cell, direction="reverse"))[0].layer(1)
    count = len(run.program.phases)
    for t, phase in [(T + 1, count), *((t, phase) for t in (T, 4, 1) for phase in range(1, count + 1))]:
        shown = scene(there("unrolled", t, phase, cell=cell))
        tiles = shown.layout.tiles
        for k, key in enumerate(tiles.keys):
            if key.what in run.program.states:
                known = key.t > t or (key.t == t and run.program.phase_of(key.what) <= phase)
                assert shown.tile_known[k] == known, f"{key} at t = {t}, phase {phase}"
                assert shown.tile_value[k] == (run.value(key.what, key.t)[key.i] if known else 0.0)
    np.testing.assert_array_equal(run.value("s_prev", 4), run.value("s", 5))


@pytest.mark.parametrize("mode", ["frozen", "sequence"])
@pytest.mark.parametrize(("cell", "view"), [(cell, view) for cell, view in CELL_BY_VIEW if cell in ("simple", "lstm")])
def test_nothing_is_early(cell, view, mode):
    document = study(cell, 4, mode=mode, direction="reverse")
    count = phases(document)
    middle = [(t, phase) for t in (4, 2) for phase in range(1, count + 1)]
    for t, phase in [(5, count), *middle, (1, count - 1), (1, count)]:
        state = opened(document, Session(view=view)).see(playhead=Playhead(t, phase))
        found = leaks(state, state.session.playhead, selections=t == 2 and phase == 2, pointed=t == 2)
        assert not found, f"t = {t}, phase {phase}: {found}"
    moved = Tick(0.2).apply(StepForward().apply(opened(document, Session(view=view)).see(playhead=Playhead(3, 2))))
    assert not leaks(moved, Playhead(3, 2), selections=False)


def test_a_sample_that_comes_early_is_found(monkeypatch):
    monkeypatch.setattr(Knowledge, "before", lambda self, t: self.playhead.t - t)
    state = opened(study("simple", 4, direction="reverse"), Session(view="unrolled", decimals=3))
    state = state.see(playhead=Playhead(3, 2))
    assert leaks(state, state.session.playhead, selections=False, pointed=False)


def test_the_history_is_filled_from_the_end():
    values, known = history(there("unrolled", 6))
    rows = history_samples(there("unrolled", 6))
    run = traces(study("simple", direction="reverse"))[0].layer(1)
    assert list(rows) == list(range(T + 1, 0, -1)) and rows[known] == 6
    for row in range(1, T + 1):
        np.testing.assert_array_equal(values[row], run.value("s", rows[row]))
    assert rows[history(there("unrolled", 6, 3))[1]] == 7


# ------------------------------------------------------------------- the picture


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("cell", ["simple", "lstm"])
@pytest.mark.parametrize("t", [T + 1, T, 4, 1])
def test_state_arrows_go_to_the_left(cell, t, theme):
    canvas = (1920.0, 698.0) if theme == "projector" else (1280.0, 760.0)
    where = layout(there("unrolled", t, cell=cell, theme=theme, canvas=canvas))
    ways = {key: points for key, points in zip(where.wires.keys, where.wires.points, strict=True)
            if key.what in ("wire:s", "wire:c")}  # fmt: skip
    assert ways and all(points[-1, 0] < points[0, 0] for points in ways.values())
    box = {key.t: where.plates.rect[k] for k, key in enumerate(where.plates.keys)
           if key.what == "cell" and not key.part}  # fmt: skip
    tabs = {key.t: where.plates.rect[k, 0] for k, key in enumerate(where.plates.keys)
            if key == Key("U", key.t, part="tab")}  # fmt: skip
    assert all(tabs[at] > box[at][0] for at in box), "U stands where the state comes in"
    for rect in where.plates.rect[where.plates.alpha > 0]:
        assert rect[0] - rect[2] / 2 > -1 and rect[0] + rect[2] / 2 < where.frame.width + 1


def test_copies_stand_in_the_order_of_time():
    where = layout(there("unrolled", 4))
    at = {key.t: where.plates.rect[k, 0] for k, key in enumerate(where.plates.keys)
          if key.what == "cell" and not key.part}  # fmt: skip
    assert at[3] < at[4] < at[5]
    states = {key.t: where.tiles.rect[k, 0] for k, key in enumerate(where.tiles.keys) if key.what == "s"}
    assert at[3] < states[4] < at[4] < states[5] < at[5]


def test_symbols_speak_of_the_sample_after():
    for view in CELL_VIEWS:
        state = there(view, 4, 2)
        said = " ".join([*scene(state).label_text, *(piece.text for page in pages(state) for zone in page.zones
                                                     for line in zone.lines for piece in line)])  # fmt: skip
        assert "s_{t+1}" in said and "s_{t-1}" not in said.replace("<s|s_{t-1}>", "", 1 if view == "unrolled" else 0)
    first = scene(there("unrolled", T + 1))
    assert "<s|s_{9}>" in first.label_text
    assert inspection(there("unrolled", 4).see(selection=Key("s", 5))).context.endswith("entering R")
    assert inspection(there("unrolled", T).see(selection=Key("s", T + 1))).context.endswith("the first state")


def test_the_loop_of_compact_is_on_the_left():
    where = layout(there("compact", 4))
    points = where.wires.points[[key.what for key in where.wires.keys].index("wire:s")]
    box = where.plates.rect[where.plates.keys.index(Key("cell"))]
    assert points[:, 0].max() < box[0]


def test_tokens_travel_from_the_sample_after():
    state = Tick(0.1).apply(StepForward().apply(there("unrolled", 4, 1)))
    keys = {token.key for token in scene(state).tokens}
    assert Key("wire:s", 5) in keys and Key("wire:x", 4) in keys


def test_turns_come_back():
    start = there("samples", 4, 2)
    state = start
    for view in ("unrolled", "compact", "cell", "unrolled", "samples"):
        turning = SetView(view).apply(state)
        scene(Tick(0.5).apply(turning))
        state = settled(turning)
    assert place(state) == place(start)
    np.testing.assert_array_equal(scene(state).tile_value, scene(start).tile_value)


# ------------------------------------------------------------------- both directions


@pytest.mark.parametrize("cell", ["simple", "lstm", "gru"])
@pytest.mark.parametrize("way", ["forward", "reverse"])
def test_of_two_directions_the_chosen_one_is_shown(cell, way):
    document = both(cell)
    state = SetDirection(way).apply(opened(document, Session(view="unrolled")))
    state = GoTo(3).apply(state)
    run = traces(document)[0].layer(1)
    run = run.reverse if way == "reverse" else run
    assert trace(state).layer(1).reversed_time == (way == "reverse")
    assert trace(state).layer(1).reverse.reversed_time == (way == "forward"), "the other one stands by"
    shown = scene(state)
    for view in VIEWS:
        scene(state.see(view=view))
        pages(state.see(view=view))
    for k, key in enumerate(shown.layout.tiles.keys):
        if key.what == "s" and shown.tile_known[k]:
            assert shown.tile_value[k] == run.value("s", key.t)[key.i]
        if key.what == "U" and key.t == 3:
            assert shown.tile_value[k] == run.parameter("U", 3)[key.i, key.j]


def test_another_direction_begins_on_the_other_side():
    state = First().apply(opened(both(), Session(view="unrolled")))
    assert place(state) == (0, 4)
    turned = SetDirection("reverse").apply(state)
    assert place(turned) == (6, 4) and scene(turned) is not None
    assert place(SetDirection("forward").apply(turned)) == (0, 4)
    middle = GoTo(3, 2).apply(opened(both(), Session(view="unrolled")))
    assert place(SetDirection("reverse").apply(middle)) == (3, 2)


def test_legal_positions_end_at_both_ends():
    along = Track(8, 4, reverse=True)
    assert along.at(-3) == Playhead(1, 4) and along.at(20) == Playhead(9, 4)
    assert along.at(0) == along.first(), "0 is the first state, wherever that stands"
    assert along.first() == Playhead(9, 4) and along.last() == Playhead(1, 4)
    assert [along.index(head) for head in (along.first(), Playhead(8, 1), along.last())] == [0, 1, 32]
