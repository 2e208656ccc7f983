"""The acceptance rules of a lecture that need no window: U1, U6, U7, U9, U12. README says where the others are."""

import hashlib
import random

import numpy as np
import pytest

from rnnstudio.diagram.formula_sizes import bar_of, texts_of, zone_width
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.theme import for_a_room, load_theme
from rnnstudio.lessons.shelf import SHELF, shelf_lesson
from rnnstudio.lessons.tour import GoToStop, StartLesson
from rnnstudio.paint.display import compile as drawn
from rnnstudio.paint.fit import fit
from rnnstudio.paint.fonts import register
from rnnstudio.paint.formula_bar import BETWEEN, MARGIN, WIDE
from rnnstudio.paint.primitives import Numbers, Text
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.presenting import Present
from rnnstudio.state.actions.stepping import (
    GoTo,
    SampleBack,
    SampleForward,
    StepBack,
    StepForward,
    Tick,
    TogglePlay,
)
from rnnstudio.state.actions.structure import NewWeights
from rnnstudio.state.actions.viewing import Resize, SetView
from rnnstudio.state.derived import moving, phases, subject, trace
from rnnstudio.state.model import Session
from rnnstudio.state.picture import pages, scene
from tests.paint.text_boxes import overlaps, text_boxes

SIZES = ((1920, 1080), (1280, 720), (1024, 768))
#: Lines of 1080 that the picture has while one presents.
LINES = 784


@pytest.fixture(autouse=True)
def _fonts(qapp):
    register()


def settled(state):
    while moving(state):
        state = Tick(30.0).apply(state)
    return state


def presented(name, size):
    """The lesson at its first stop, on a screen of that size; the scale of its picture."""
    unit = size[1] / 1080
    frame, scale, _, _ = fit(size[0], LINES * unit, wide=True, unit=unit)
    state = StartLesson(shelf_lesson(name, bundled_study)).apply(opened(bundled_study("tutorial"), Session()))
    state = Resize(frame.width, frame.height, min(1920.0, size[0] / unit)).apply(Present().apply(state))
    return settled(state), scale


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", SHELF)
def test_at_every_stop_what_a_room_reads_is_large_enough_and_lies_apart(name, size):
    """U1: all texts have 28 px of 1080 lines, on a narrower screen 28 px of 1920 in width; none lies on another one."""
    state, scale = presented(name, size)
    theme = for_a_room(load_theme("light"))
    least = 28 * min(size[1] / 1080, size[0] / 1920)
    for at in range(state.session.tour.lesson.cards):
        state = settled(GoToStop(at).apply(state))
        shown = scene(state)
        assert not overlaps(text_boxes(shown)), (at, [(a.text, b.text) for a, b in overlaps(text_boxes(shown))])
        for item in drawn(shown, theme, scale).items:
            if isinstance(item, Text):
                assert item.px * scale >= least - 0.01, (at, item)
            elif isinstance(item, Numbers):
                assert item.px.min() * scale >= least - 0.01, (at, item.texts)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", SHELF)
def test_at_every_stop_the_formula_fits_its_bar(name, size):
    """U1: no page of the formula is wider than the bar, whose numbers have 28 px of 1080 lines and never shrink."""
    assert WIDE.number >= 28 and WIDE.least == WIDE.number
    state, _ = presented(name, size)
    for at in range(state.session.tour.lesson.cards):
        state = settled(GoToStop(at).apply(state))
        bar = bar_of(subject(state).frame)
        most = bar.width - 2 * MARGIN - 2 * BETWEEN
        for page in pages(state):
            assert sum(zone_width(zone, bar) for zone in page.zones) <= most, (at, page.value)


def _written(state):
    """All numbers that stand in the picture or on a page of the formula bar, as one text."""
    pieces = [piece for page in pages(state) for zone in page.zones for line in zone.lines for piece in line]
    of_pages = [piece.text if piece.kind == "math" else " ".join(texts_of(piece)) for piece in pieces]
    return " ".join((*scene(state).tile_text, *scene(state).label_text, *of_pages))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", SHELF)
def test_every_operand_and_result_of_the_sub_step_is_there_to_be_read(name, size):
    """U1: counted against the operations of the sub-step, in the picture and on the formula's pages together."""
    state, _ = presented(name, size)
    for at in range(state.session.tour.lesson.cards):
        state = settled(GoToStop(at).apply(state))
        head, whole = state.session.playhead, trace(state)
        run = whole.layer(whole.chosen)
        if head.t < 1 or head.phase > len(run.program.phases) or subject(state).notation.dialects:
            continue  # a book's block [W U] has no products of its own
        told = _written(state)
        for result in run.program.phases[head.phase - 1]:
            if result not in run.program.values:
                continue
            operands = [arg for op in run.program.ops_of(result) for arg in op.args if arg in run.program.values]
            for value in (result, *operands):
                numbers = np.asarray(run.value(value, head.t)).ravel()
                for number in numbers if len(numbers) <= 4 else ():
                    assert any(fmt(float(number), d) in told for d in (1, 2)), (at, value, float(number))


STEPS = (StepForward(), StepForward(), StepBack(), SampleForward(), SampleBack())


@pytest.mark.parametrize("cell", ["simple", "lstm"])
def test_a_thousand_steps_and_jumps_lead_where_a_fresh_run_does(cell):
    """U6: the picture and the formula are those of a run that went straight there."""
    first = SetCell(cell).apply(opened(bundled_study("tutorial"), Session(view="unrolled", reduced_motion=True)))
    state, rng = first, random.Random(6)
    count, steps = phases(first.document), first.document.sequence.steps
    for k in range(1000):
        jump = GoTo(rng.randint(1, steps), rng.randint(1, count))
        state = rng.choice((*STEPS, jump)).apply(state)
        if k % 20 == 0:
            state = settled(state)
            head = state.session.playhead
            fresh = settled(GoTo(head.t, head.phase).apply(first))
            assert _written(fresh) == _written(state), k
            assert scene(fresh).tile_text == scene(state).tile_text
            assert np.array_equal(scene(fresh).tile_known, scene(state).tile_known)


@pytest.mark.parametrize("seed", range(40))
def test_a_key_in_the_middle_of_what_moves_is_obeyed_at_once(seed):
    """U7: the state is the key's at once, what runs is completed or retargeted, and nothing waits behind it."""
    rng = random.Random(seed)
    state = GoTo(3).apply(opened(bundled_study("tutorial"), Session(view="unrolled")))
    state = rng.choice((StepForward(), SampleForward(), SetView("compact"), SetView("layer"))).apply(settled(state))
    state = Tick(rng.uniform(0.02, 0.4)).apply(state)
    head = state.session.playhead
    stepped = StepForward().apply(state)
    assert stepped.session.playhead != head and stepped.session.progress == 0 and stepped.session.came_from == head
    assert GoTo(6).apply(state).session.playhead.t == 6 and GoTo(6).apply(state).session.progress == 1
    turned = SetView("cell").apply(state)
    assert turned.session.view == "cell" and turned.session.turn is not None
    assert SetView("cell").apply(turned).session.turn is None, "the same key again completes it"
    stopped = settled(TogglePlay().apply(TogglePlay().apply(state)))
    assert not stopped.session.playing and not moving(Tick(5.0).apply(stopped))


def _hash(state):
    run = trace(state)
    digest = hashlib.sha256()
    for layer in run.layers:
        for name in sorted(layer.program.values):
            for t in range(1, run.T + 1):
                digest.update(np.asarray(layer.value(name, t)).tobytes())
    return digest.hexdigest()


def test_a_seed_gives_the_same_numbers_each_time():
    """U9: 20 runs from one seed are the same to the bit."""
    first = opened(bundled_study("tutorial"), Session(view="unrolled"))
    assert len({_hash(NewWeights(7).apply(first)) for _ in range(20)}) == 1
    assert _hash(NewWeights(8).apply(first)) != _hash(NewWeights(7).apply(first))


def places(state):
    """Where everything that is seen is: marks by their keys, and what travels."""
    made = scene(state)
    layout = made.layout
    rows = {
        (kind, key): tuple(np.round(row, 6))
        for kind, marks in (("tile", layout.tiles), ("plate", layout.plates))
        for key, row in zip(marks.keys, marks.rect, strict=True)
    }
    return rows | {("token", k): token.at for k, token in enumerate(made.tokens)}


def jumps(state):
    """In how many frames of 60 a second something that is seen in both stands elsewhere than in the one before."""
    count, before = 0, places(state)
    for _ in range(400):
        if not moving(state):
            return count
        state = Tick(1 / 60).apply(state)
        now = places(state)
        count += any(now[key] != before[key] for key in now.keys() & before.keys())
        before = now
    raise AssertionError("it never comes to rest")


@pytest.mark.parametrize("reduced", [True, False], ids=["reduced", "as delivered"])
@pytest.mark.parametrize("origin", VIEWS)
def test_with_reduced_motion_nothing_changes_its_place_over_more_than_one_frame(origin, reduced):
    """U12; and with motion the same count finds it."""
    first = settled(opened(bundled_study("tutorial"), Session(view=origin, reduced_motion=reduced)))
    first = settled(GoTo(3).apply(first))
    turned = [jumps(SetView(view).apply(first)) for view in VIEWS if view != origin]
    stepped = [jumps(StepForward().apply(GoTo(3, 0).apply(first))), jumps(SampleForward().apply(first))]
    assert (max(turned + stepped) <= 1) == reduced, (turned, stepped)
