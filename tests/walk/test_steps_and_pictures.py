"""Steps and turns lead back to where they came from, and no digit is shown that is neither old nor new."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.diagram.numbers import fmt
from rnnstudio.playback.playhead import Track
from rnnstudio.state import picture
from rnnstudio.state.actions.stepping import SampleBack, SampleForward, StepBack, StepForward, Tick, ToggleGrain
from rnnstudio.state.actions.viewing import Select, SetView
from rnnstudio.state.derived import layout, moving
from rnnstudio.state.picture import activation_points, inspection, pages, scene
from rnnstudio.state.runs import traces
from tests.walk.oracle import differences
from tests.walk.studies import CELL_BY_VIEW, CELL_VIEWS, CELLS, LAYER_VIEWS, VIEWS, at, heads, study

LONG = 30.0
few = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def settled(state):
    """Let everything that moves come to its end."""
    while moving(state):
        state = Tick(LONG).apply(state)
    return state


def place(state):
    head = state.session.playhead
    return head.t, head.phase


def same(a, b):
    return not (differences(scene(a), scene(b)) or differences(pages(a), pages(b)))


# ------------------------------------------------------------------- steps


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
@few
@given(data=st.data())
def test_k_forward_and_k_back(cell, view, data):
    document = study(cell)
    t, phase = data.draw(st.sampled_from(heads(document, range(7))))
    grain = data.draw(st.sampled_from(["substep", "sample"]))
    start = at(document, view, t, phase, grain=grain)
    room = document.sequence.steps - t if grain == "sample" else 7
    k = data.draw(st.integers(1, max(room, 1)))
    if grain == "sample" and t == 0:
        k = min(k, document.sequence.steps)
    state = start
    for _ in range(k):
        state = StepForward().apply(state)
        if data.draw(st.booleans()):
            state = Tick(data.draw(st.sampled_from([0.1, LONG]))).apply(state)
    for _ in range(k):
        state = StepBack().apply(state)
    state = settled(state)
    assert place(state) == place(start)
    assert same(state, start)


@pytest.mark.parametrize("cell", CELLS)
def test_forward_from_the_first_state_to_the_end_and_back(cell):
    """Every position is passed, each once, in order; and the same on the way back."""
    document = study(cell)
    for view in ("samples", "cell") if cell != "dense" else ("samples",):
        state = at(document, view, 0)
        there = [place(state)]
        while True:
            state = settled(StepForward().apply(state))
            if place(state) == there[-1]:
                break
            there.append(place(state))
        count = 3 if view in LAYER_VIEWS else len(document.network.layers[1].program.phases)
        assert len(there) == 1 + count * document.sequence.steps
        back = [place(state)]
        while back[-1][0] > 0:
            state = StepBack().apply(state)
            back.append(place(state))
        assert back[::-1] == there


def test_the_walk_sees_a_step_back_that_goes_too_far(monkeypatch):
    start = at(study("gru"), "cell", 3, 3)
    monkeypatch.setattr(Track, "back", lambda self, head: self.sample_back(head))
    assert place(StepBack().apply(settled(StepForward().apply(start)))) != place(start)


# ------------------------------------------------------------------- views


@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
def test_a_round_trip_of_the_views_comes_back_to_the_same_picture(cell):
    document = study(cell)
    for t, phase in heads(document, (0, 1, 4)):
        start = at(document, "network", t, phase)
        state = start
        for view in (*VIEWS[1:], *VIEWS[::-1]):
            state = settled(SetView(view).apply(state))
            assert place(state) == place(start)
        assert same(state, start)


@few
@given(st.lists(st.sampled_from(VIEWS), min_size=1, max_size=6), st.sampled_from(["simple", "gru"]), st.data())
def test_any_order_of_views_comes_back(order, cell, data):
    document = study(cell)
    t, phase = data.draw(st.sampled_from(heads(document, (0, 2, 8))))
    start = at(document, order[0], t, phase)
    state = start
    for view in (*order[1:], order[0]):
        state = SetView(view).apply(state)
        state = Tick(data.draw(st.sampled_from([0.0, 0.3, LONG]))).apply(state)
    state = settled(state)
    assert state.session.view == order[0] and place(state) == place(start)
    assert same(state, start)


def digits(state):
    """What stands in each tile of x, y and s at the sample of the playhead, by thing and index."""
    shown, t = scene(state), state.session.playhead.t
    found = {}
    for key, text, block in zip(shown.layout.tiles.keys, shown.tile_text, shown.layout.tiles.block, strict=True):
        if key.layer is None and key.what in ("x", "y", "s") and key.t in (None, t) and text:
            name = shown.layout.blocks[block].name
            if name in ("x", "y", "s", "h"):
                found.setdefault((key.what, key.i), set()).add(text)
    return found


TURNS = [(a, b) for a in VIEWS for b in VIEWS if a != b]
PARTS = (0.1, 0.5, 0.84, 0.88, 0.98)


@pytest.mark.parametrize(
    ("origin", "target", "cell"), [(*turn, "lstm" if k % 3 == 0 else "simple") for k, turn in enumerate(TURNS)]
)
def test_digits_in_a_turn_are_old_then_new(origin, target, cell):
    document = study(cell)
    for phase in (1, None):
        start = at(document, origin, 3, phase)
        old, new = digits(start), digits(settled(SetView(target).apply(start)))
        crossing = (origin in CELL_VIEWS) != (target in CELL_VIEWS)
        for thing in old.keys() & new.keys() if not crossing else ():
            assert old[thing] == new[thing], f"{thing} differs between {origin} and {target}"
        turning = SetView(target).apply(start)
        length, seen_new = turning.session.turn.duration_s, False
        for part in PARTS:
            now = digits(Tick(part * length).apply(turning))
            for thing, texts in now.items():
                assert len(texts) == 1, f"{thing} stands there as {texts} at {part}"
                allowed = [found[thing] for found in (old, new) if thing in found]
                assert not allowed or texts in allowed, f"{thing}: {texts} at {part}, never in between {allowed}"
            both = [thing for thing in now if thing in old and thing in new and old[thing] != new[thing]]
            if both:
                is_new = {now[thing] == new[thing] for thing in both}
                assert len(is_new) == 1, f"some digits old, some new at {part}"
                assert is_new == {True} or not seen_new, "once new, always new"
                seen_new = seen_new or is_new == {True}


def test_the_swap_is_the_last_stage_forwards():
    """The shapes move with the old digits; the change is a stage of its own."""
    start = at(study("simple"), "samples", 3)
    turning = SetView("unrolled").apply(start)
    length = turning.session.turn.duration_s
    old, new = digits(start), digits(settled(turning))
    assert old[("y", 0)] != new[("y", 0)]
    assert digits(Tick(0.8 * length).apply(turning))[("y", 0)] == old[("y", 0)]
    assert digits(Tick(0.95 * length).apply(turning))[("y", 0)] == new[("y", 0)]
    layer = traces(start.document)[1].layer(1).value("y", 3)
    assert old[("y", 0)] == {f"{layer[0]:.2f}"}


def test_a_number_in_between_is_found(monkeypatch):
    """A turn whose digits count from old to new would not pass."""

    def counting(state):
        shown = picture.scene(state)
        if state.session.turn is None:
            return shown
        tiles = zip(shown.tile_value, shown.tile_text, strict=True)
        return replace(shown, tile_text=tuple(fmt(0.9 * value) if text else "" for value, text in tiles))

    monkeypatch.setitem(digits.__globals__, "scene", counting)
    with pytest.raises(AssertionError, match="never in between"):
        test_digits_in_a_turn_are_old_then_new("network", "condensed", "gru")


@pytest.mark.parametrize(("cell", "origin"), CELL_BY_VIEW)
def test_whatever_is_selected_outlives_every_change_of_view(cell, origin):
    """A click on any mark, then another view, in the turn and after it: panels find something to say."""
    document = study(cell)
    start = at(document, origin, 3, 2)
    where = layout(start)
    marks = {*where.plates.keys, *where.tiles.keys, *where.wires.keys}
    clicked = [Select(key).apply(start) for key in marks if key.i in (None, 1) and key.j in (None, 0)]
    for selected in {state.session.selection: state for state in clicked}.values():
        for target in ("network", "layer", "unrolled", "cell"):
            if target == origin or (cell == "dense" and target in CELL_VIEWS):
                continue
            turned = SetView(target).apply(selected)
            for state in (turned, turned.see(turn=None)):
                said = inspection(state)
                assert said.symbol and said.accessible and len(said.texts) == min(said.size, 4096)
            assert pages(turned.see(turn=None))
            activation_points(turned)


ACTS = {
    **{f"view {view}": SetView(view) for view in VIEWS},
    "step": StepForward(), "back": StepBack(), "sample": SampleForward(), "sample back": SampleBack(),
    "grain": ToggleGrain(),
}  # fmt: skip


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.sampled_from(["simple", "lstm"]), st.sampled_from(VIEWS),
    st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.floats(0, 1.2)), min_size=1, max_size=7),
)  # fmt: skip
def test_turns_that_are_interrupted_settle_on_the_wanted_view(cell, view, acts):
    state = at(study(cell), view, 2, 2)
    wanted, direct = view, state
    for name, dt in acts:
        state = Tick(dt).apply(ACTS[name].apply(state))
        direct = settled(ACTS[name].apply(direct))
        wanted = name.removeprefix("view ") if name.startswith("view ") else wanted
        assert state.session.view == wanted
        scene(state)
    state = settled(state)
    assert state.session.view == wanted and state.session.turn is None
    assert place(state) == place(direct)
    assert same(state, direct)
