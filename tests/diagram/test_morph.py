"""The laws of a turn, for every ordered pair of views and every cell that has both."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from rnnstudio.diagram.dress import dress
from rnnstudio.diagram.join import Places, join
from rnnstudio.diagram.keys import Key, ancestors
from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.morph import Backwards, Morph
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS
from rnnstudio.diagram.timing import EASINGS
from rnnstudio.diagram.turns import backwards, crosses, interrupted, script, slide
from rnnstudio.diagram.view_table import lay_out, views_on
from rnnstudio.playback.playhead import Playhead
from tests.diagram.studies import CELLS, moment, subject

PAIRS = list(permutations(VIEWS, 2))
NEIGHBOURS = list(pairwise(VIEWS))


def both(cell: str, a: str, b: str) -> tuple[Layout, Layout] | None:
    there = views_on(subject(cell).layer)
    return (lay_out(a, subject(cell)), lay_out(b, subject(cell))) if a in there and b in there else None


def turn(a: Layout, b: Layout) -> Morph | Backwards:
    plan = script(a.view, b.view, 3)
    return Backwards(Morph(b, a, plan)) if backwards(a.view, b.view) else Morph(a, b, plan)


@pytest.mark.parametrize("cell", CELLS)
def test_keys_are_unique_in_every_group(cell):
    for view in views_on(subject(cell).layer):
        for wide in (False, True):
            layout = lay_out(view, subject(cell, wide=wide, active=1 if view == "layer" else -1))
            for name in ("plates", "tiles", "edges", "wires", "labels"):
                keys = getattr(layout, name).keys
                assert len(set(keys)) == len(keys), (view, name, [k for k in keys if keys.count(k) > 1])


@pytest.mark.parametrize("cell", CELLS)
def test_the_start_is_a_and_the_end_is_b(cell):
    for a_view, b_view in PAIRS:
        pair = both(cell, a_view, b_view)
        if pair is None:
            continue
        a, b = pair
        morph = turn(a, b)
        assert morph.at(0.0) is a
        assert morph.at(1.0) is b
        for u, end in ((1e-6, a), (1 - 1e-6, b)):
            near = morph.at(u)
            tiles = zip(near.tiles.keys, near.tiles.rect, near.tiles.alpha, strict=True)
            shown = {key: rect for key, rect, alpha in tiles if alpha > 0.01}
            for key, rect in shown.items():
                twin = next((t for t in (key, key._replace(t=None), key._replace(t=3)) if t in end.tiles.keys), None)
                if twin is not None:
                    there = end.tiles.rect[end.tiles.keys.index(twin)]
                    assert np.allclose(rect, there, atol=0.01), (a_view, b_view, key)


@pytest.mark.parametrize(("a_view", "b_view"), PAIRS)
def test_a_mark_that_both_views_have_moves_and_is_never_lost(a_view, b_view):
    """U3: identities are kept for every ordered pair of views."""
    pair = both("simple", a_view, b_view)
    assert pair is not None
    a, b = pair
    morph = turn(a, b)

    def plain(layout: Layout) -> set[Key]:
        keys = zip(layout.tiles.keys, layout.tiles.alpha, strict=True)
        return {k._replace(t=None) if k.t == 3 else k for k, alpha in keys if alpha > 0}

    common = plain(a) & plain(b)
    assert any(k.what == "x" for k in common)
    for u in np.linspace(0.05, 0.95, 10):
        blended = morph.at(float(u))
        alpha = {(k._replace(t=None) if k.t == 3 else k): o
                 for k, o in zip(blended.tiles.keys, blended.tiles.alpha, strict=True)}  # fmt: skip
        for key in common:
            if key.what in ("x", "y"):
                assert alpha[key] > 0.99, (key, u)


@pytest.mark.parametrize(("a_view", "b_view"), PAIRS)
def test_what_one_view_lacks_flies_out_of_its_nearest_ancestor(a_view, b_view):
    pair = both("lstm", a_view, b_view)
    assert pair is not None
    a, b = pair
    places = Places(a)
    morph = Morph(a, b, script(a_view, b_view, 3)) if not backwards(a_view, b_view) else None
    if morph is None:
        return
    near = morph.at(1e-6)
    in_a = {twin for k in a.tiles.keys for twin in (k, k._replace(t=3), k._replace(t=None) if k.t == 3 else k)}
    slides = morph.script.timing
    for key, rect in zip(near.tiles.keys, near.tiles.rect, strict=True):
        found = places.find(key)
        if key in in_a or found is None or slides("tiles", key, "copy").arc or key.what in ("s", "c"):
            continue
        assert np.hypot(*(rect[:2] - found[1][:2])) < 1.0, (key, found)


def test_ancestors_lead_from_the_weight_of_a_sample_to_the_network():
    line = list(ancestors(Key("W", 4, 1, 2)))
    order = [Key("W", None, 1, 2), Key("W", 4), Key("W"), Key("cell", 4), Key("cell"), Key("layer"), Key("network")]
    assert [k for k in line if k in order] == order


def test_an_interrupted_turn_goes_on_from_where_it_is():
    a, b = both("simple", "layer", "condensed") or pytest.fail("both are on")
    half = turn(a, b).at(0.6)
    for target in VIEWS:
        c = lay_out(target, subject("simple"))
        on = Morph(half, c, interrupted("layer", target))
        assert on.at(0.0) is half
        assert on.at(1.0) is c
        first = on.at(1e-6)
        where = dict(zip(half.tiles.keys, half.tiles.rect, strict=True))
        for key, rect in zip(first.tiles.keys, first.tiles.rect, strict=True):
            if key in where:
                assert np.allclose(rect, where[key], atol=0.01), key


@pytest.mark.parametrize("cell", CELLS)
def test_values_shown_in_mid_turn_are_the_traces_own(cell):
    for a_view, b_view in PAIRS:
        pair = both(cell, a_view, b_view)
        if pair is None:
            continue
        morph = turn(*pair)
        sub = subject(cell)
        for side in {a_view, b_view} if crosses(a_view, b_view) else {b_view}:
            now = moment(sub, side, Playhead(3, len(sub.program.phases)))
            scene = dress(morph.at(0.5), now)
            layout = scene.layout
            for k, key in enumerate(layout.tiles.keys):
                plain = key.what in ("x", "y") and key.i is not None and key.part == "" and not key.layer
                if plain and scene.tile_known[k]:
                    t = 3 if key.t is None else key.t
                    own = now.trace.layer(1).value(key.what, t)
                    block = layout.blocks[layout.tiles.block[k]]
                    if block.name == key.what and block.layer is None:
                        assert scene.tile_value[k] == own[layout.tiles.cell[k]], (a_view, b_view, key)


@pytest.mark.parametrize(("a_view", "b_view"), PAIRS)
def test_the_plan_keeps_to_the_rules_of_motion(a_view, b_view):
    """U3: stages, time, easing and no stagger, from the plan of every ordered pair of views."""
    plan = script(a_view, b_view, 3)
    assert 0.8 <= plan.duration_s <= 2.0
    assert plan.stages <= 3
    assert (plan.swap is not None) == crosses(a_view, b_view)
    a, b = both("simple", a_view, b_view) or pytest.fail("both are on")
    first, second = (b, a) if backwards(a_view, b_view) else (a, b)
    for name in ("plates", "tiles", "labels", "edges"):
        marks = join(getattr(first, name).keys, getattr(second, name).keys, 3, 3, Places(first).rects)
        for key, status in zip(marks.keys, marks.status, strict=True):
            timing = plan.timing(name, key, status)
            assert timing == plan.timing(name, key._replace(i=None, j=None), status), "a thing moves as one"
            for span in (timing.move, timing.fade, timing.ink):
                assert 0 <= span.start <= span.end <= 1
                assert span.ease in EASINGS
            assert timing.move.ease != "linear", key


@pytest.mark.parametrize(("a_view", "b_view"), NEIGHBOURS)
def test_at_most_four_groups_move_at_once(a_view, b_view):
    """U3: what moves at once, by role and rule."""
    a, b = both("simple", a_view, b_view) or pytest.fail("both are on")
    morph = turn(a, b)
    for u in np.linspace(0.0, 0.98, 50):
        one, two = morph.at(max(float(u), 1e-6)), morph.at(min(float(u) + 0.01, 1 - 1e-6))
        moved = set()
        where = dict(zip(two.tiles.keys, two.tiles.rect, strict=True))
        for key, rect, alpha in zip(one.tiles.keys, one.tiles.rect, one.tiles.alpha, strict=True):
            if alpha > 0.3 and np.abs(where[key][:2] - rect[:2]).max() > 0.5:
                # A copy that slides moves as one body, else by the rule of its role; a row of W folds as one.
                slides = key.t not in (None, 3) and {a_view, b_view} != {"samples", "unrolled"}
                copies = f"copy {key.t}" if slides else ""
                rows = key.what == "W" and b_view == "condensed"
                moved.add(copies or (f"W row {key.i}" if rows else key.what))
        assert len(moved) <= 4, (round(float(u), 2), moved)


@pytest.mark.parametrize(("a_view", "b_view"), [p for p in PAIRS if abs(VIEWS.index(p[0]) - VIEWS.index(p[1])) == 1])
def test_wire_ends_stay_on_their_ports(a_view, b_view):
    """Within 2 px of the port, or of the way from the old port to the new one where a wire changes its holder."""
    a, b = both("simple", a_view, b_view) or pytest.fail("both are on")
    morph = turn(a, b)
    for u in np.linspace(0.1, 0.9, 9):
        layout = morph.at(float(u))
        rects = {**dict(zip(layout.tiles.keys, layout.tiles.rect, strict=True)),
                 **dict(zip(layout.plates.keys, layout.plates.rect, strict=True))}  # fmt: skip

        def port(anchor, rects=rects):
            keys = (anchor.key, anchor.key._replace(t=3), anchor.key._replace(t=None))
            rect = next(rects[key] for key in keys if key in rects)
            return rect, rect[:2] + np.array([anchor.fx, anchor.fy]) * rect[2:] / 2 + np.array([anchor.dx, anchor.dy])

        wires = layout.wires
        for k, key in enumerate(wires.keys):
            if wires.alpha[k] < 0.05 or wires.style[k] == "axis":
                continue
            twins = [
                ends
                for side in (a.wires, b.wires)
                for q, *ends in zip(side.keys, side.start, side.end, strict=True)
                if q == key or (key.t in (None, 3) and q.t in (None, 3) and q._replace(t=None) == key._replace(t=None))
            ]
            for which, point in ((0, wires.points[k, 0]), (1, wires.points[k, -1])):
                if which == 1 and key.what in ("wire:s", "wire:c"):
                    continue  # state arrows and the loop grow: their tip has no port before it arrives
                anchors = [w[which] for w in twins]
                if None in anchors:
                    continue
                places = [port(anchor) for anchor in anchors]
                (first_rect, first), (_, last) = places[0], places[-1]
                way = last - first
                along = np.clip(np.dot(point - first, way) / max(np.dot(way, way), 1e-9), 0, 1)
                off = np.hypot(*(first + along * way - point))
                rim = np.hypot(*np.maximum(np.abs(point - first_rect[:2]) - first_rect[2:] / 2, 0))
                gap = max(float(np.hypot(x.dx, x.dy)) for x in anchors)
                assert min(off, max(rim - gap, 0)) <= 2.0, (round(float(u), 1), key, anchors, off)


def test_a_slide_moves_every_copy_by_one_slot():
    a, b = (lay_out("unrolled", subject("simple", t=t)) for t in (3, 4))
    morph = Morph(a, b, slide())
    half = morph.at(0.5)
    x = {k: r[0] for k, r in zip(half.tiles.keys, half.tiles.rect, strict=True)}
    at_a = {k: r[0] for k, r in zip(a.tiles.keys, a.tiles.rect, strict=True)}
    at_b = {k: r[0] for k, r in zip(b.tiles.keys, b.tiles.rect, strict=True)}
    for key in set(at_a) & set(at_b):
        assert x[key] == pytest.approx((at_a[key] + at_b[key]) / 2, abs=0.5)
    assert {"network", "layer", "condensed", "samples"} == LAYER_VIEWS
