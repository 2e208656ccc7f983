"""Unrolled: copies around the playhead, states between them (numbers of DESIGN §6.5 and 6.6, MODEL §1)."""

from itertools import combinations

import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.views.unrolled import lay_out
from tests.diagram.views.drawings import (
    FRAMES,
    SIZES,
    at,
    check,
    one,
    overlap,
    rect,
    smallest_text,
    subject,
    text,
    tutorial,
    wire_ends,
    words,
)


def copies(layout):
    return sorted({key.t for key, kind in zip(layout.plates.keys, layout.plates.kind, strict=True) if kind == "box"})


def states(layout, name="s"):
    return sorted({key.t for key in layout.plates.keys if key.what == name and key.part in ("frame", "histogram")})


def path(layout, key):
    points = layout.wires.points[layout.wires.keys.index(key)]
    return tuple(points[0]), tuple(points[-1])


def test_boxes_columns_and_band_stand_where_the_specification_puts_them():
    layout = lay_out(subject(tutorial(), t=4))
    assert [rect(layout, Key("cell", t)) for t in (3, 4, 5)] == [(x, 372, 156, 140) for x in (262, 640, 1018)]
    assert rect(layout, Key("y", 4, part="frame")) == (640, 154, 64, 96)
    assert rect(layout, Key("x", 5, part="frame")) == (1018, 604, 64, 128)
    assert rect(layout, Key("s", 3, part="frame")) == (262 + 132, 372, 64, 96)
    assert rect(layout, Key("band")) == (640, 379, 352, 622)
    assert at(layout, Key("s", 3, part="symbol")) == (394, 372 - 76)
    assert at(layout, Key("x", 4, part="symbol")) == (640 - 32 - 12, 604)
    assert [rect(layout, Key("dots", part=part))[:2] for part in ("left", "right")] == [(26, 372), (1254, 372)]
    assert rect(layout, Key("axis", 4, part="tick"))[:2] == (640, 706)


def test_tokens_park_where_the_picture_shows_them():
    layout = lay_out(subject(tutorial(), t=4))
    k = layout.wires.keys.index(Key("wire:s", 3))
    (x0, _), (x1, _) = path(layout, Key("wire:s", 3))
    part, x, y = layout.wires.park[k]
    assert x0 + part * (x1 - x0) == pytest.approx(640 - 144) and (x, y) == (640 - 96, 490)
    k = layout.wires.keys.index(Key("wire:x", 4))
    (_, y0), (_, y1) = path(layout, Key("wire:x", 4))
    assert y0 + layout.wires.park[k, 0] * (y1 - y0) == pytest.approx(504)


def test_w_and_u_sit_on_the_edges_and_say_their_sample():
    layout = lay_out(subject(tutorial(), t=4))
    assert rect(layout, Key("W", 3, part="tab"))[:2] == (262, 442)
    assert rect(layout, Key("U", 3, part="tab"))[:2] == (262 - 78, 372)
    assert [text(layout, Key("U", t, part="symbol")) for t in (3, 4, 5)] == ["<U|U_{t-1}>", "<U|U_{t}>", "<U|U_{t+1}>"]
    assert {key for key in layout.tiles.keys if key.what == "W" and key.t == 4} == {
        Key("W", 4, i, j) for i in range(3) for j in range(4)
    }


def test_a_wider_canvas_moves_the_copies_apart():
    layout = lay_out(subject(tutorial(), t=4, frame=Frame(1600.0, 760.0)))
    distance = rect(layout, Key("cell", 5))[0] - rect(layout, Key("cell", 4))[0]
    assert distance == pytest.approx(378 * (1 + 0.92 * 0.25))
    assert rect(layout, Key("cell", 4))[0] == 800


@pytest.mark.parametrize(
    ("steps", "t", "there", "with_states"),
    [
        (8, 0, [1, 2], [0, 1]),
        (8, 1, [1, 2], [0, 1]),
        (8, 2, [1, 2, 3], [0, 1, 2]),
        (8, 4, [3, 4, 5], [3, 4]),
        (8, 7, [6, 7, 8], [6, 7, 8]),
        (8, 8, [7, 8], [7, 8]),
        (1, 0, [1], [0, 1]),
        (1, 1, [1], [0, 1]),
        (3, 2, [1, 2, 3], [0, 1, 2, 3]),
        (4, 1, [1, 2, 3, 4], [0, 1, 2, 3, 4]),
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_no_copy_shows_a_sample_that_does_not_exist(steps, t, there, with_states, wide):
    layout = lay_out(subject(tutorial(), t=t, steps=steps, frame=FRAMES[wide]))
    if wide and steps == 4:
        there, with_states = [1, 2], [0, 1]
    assert copies(layout) == there and states(layout) == with_states
    pairs = zip(layout.plates.keys, layout.plates.kind, strict=True)
    dots = {key.part for key, kind in pairs if kind == "dots-h"}
    assert dots == {side for side, goes_on in (("left", there[0] > 1), ("right", there[-1] < steps)) if goes_on}
    assert (Key("band") in layout.plates.keys) == (t > 0)
    shown = {key.t for key in (*layout.tiles.keys, *layout.plates.keys, *layout.wires.keys) if key.t is not None}
    assert shown <= set(range(steps + 1))


def test_the_first_state_is_drawn_as_given():
    layout = lay_out(subject(tutorial(), t=1))
    assert text(layout, Key("s", 0, part="symbol")) == "<s|s_{0}>"
    assert text(layout, Key("s", 0, part="given")) == "given"
    assert rect(layout, Key("s", 0, part="frame"))[0] == 394, "where the state before the playhead always stands"
    assert Key("wire:s", 0) in layout.wires.keys


def test_before_the_first_sample_the_copies_have_numbers_for_names():
    layout = lay_out(subject(tutorial(), t=0))
    assert text(layout, Key("x", 1, part="symbol")) == "<x|x_{1}>"
    assert rect(layout, Key("cell", 1))[0] == 640


@pytest.mark.parametrize("frame", FRAMES)
def test_the_cell_state_has_its_own_lane_and_does_not_run_through_a_column(frame):
    layout = lay_out(subject(one(4, 3, cell="lstm"), t=4, frame=frame))
    assert rect(layout, Key("c", 3, part="frame"))[1] < rect(layout, Key("s", 3, part="frame"))[1]
    k = layout.wires.keys.index(Key("rail:c", 3))
    assert layout.wires.style[k] == "rail" and layout.wires.width[k] == 15
    for key in (Key("wire:s", 3), Key("wire:c", 3), Key("wire:s", 4, part="out")):
        (x0, y), (x1, _) = path(layout, key)
        for other in ("s", "c"):
            for t in (3, 4):
                cx, cy, w, h = rect(layout, Key(other, t, part="frame"))
                inside = x0 < cx + w / 2 - 1 and x1 > cx - w / 2 + 1 and abs(cy - y) < h / 2
                assert not inside, (key, other, t)


def test_the_tabs_of_a_gated_cell_stand_for_all_its_matrices():
    layout = lay_out(subject(one(4, 3, cell="gru"), t=4))
    drawn = {key.what for key in layout.tiles.keys if key.t == 4}
    assert {"Wr", "Wz", "W", "Ur", "Uz", "Un", "br", "bz", "b", "dn"} <= drawn  # Wn, bn are the layer's W, b
    plain = lay_out(subject(one(4, 3, cell="lstm", bias=False), t=4))
    assert text(plain, Key("W", 4, part="symbol")) == "<W|W_{t}>"
    biased = lay_out(subject(one(4, 3, cell="lstm"), t=4))
    assert text(biased, Key("W", 4, part="symbol")) == "<W|W_{t}>, <op|b_{t}>"


def test_a_readout_is_a_tab_inside_r_and_its_phase_the_last():
    of = subject(one(4, 3, 5, cell="elman"), t=4)
    layout = lay_out(of)
    assert rect(layout, Key("V", 4, part="tab"))[:2] == (640, 302)
    assert layout.wires.phase[layout.wires.keys.index(Key("wire:y", 4))] == len(of.program.phases)
    assert layout.wires.phase[layout.wires.keys.index(Key("wire:s", 4, part="out"))] == len(of.program.phases) - 1
    assert layout.wires.phase[layout.wires.keys.index(Key("wire:x", 4))] == 2


def test_words_stand_in_four_copies_with_their_cards():
    layout = lay_out(words(4))
    assert copies(layout) == [2, 3, 4, 5]
    assert rect(layout, Key("cell", 4))[2:] == (132, 120) and rect(layout, Key("cell", 4))[1] == 384
    assert rect(layout, Key("cell", 4))[0] - rect(layout, Key("cell", 3))[0] == 316
    assert rect(layout, Key("y", 4, part="frame"))[2:] == (246, 149)
    assert rect(layout, Key("x", 4, part="frame"))[2] == 26
    assert text(layout, Key("x", 4, part="word")) == "“word20”" and text(layout, Key("x", 4, part="count")) == "21"


def test_one_copy_alone_has_its_six_names():
    layout = lay_out(subject(tutorial(), t=4, focus=True))
    assert copies(layout) == [4] and states(layout) == [3, 4]
    names = {key.what: layout.labels.text[k] for k, key in enumerate(layout.labels.keys) if key.part == "symbol"
             and key.t == 4}  # fmt: skip
    assert names["x"] == "<x|x_{t}>" and names["U"] == "<U|U_{t}>" and names["s"] == "<s|s_{t}>"
    assert text(layout, Key("s", 3, part="symbol")) == "<s|s_{t-1}>"


def test_the_target_stands_beside_y_only_where_y_is_the_networks_output():
    assert Key("target", 4, 0) in lay_out(subject(one(4, 3, 2), t=4)).labels.keys
    assert not any(key.what == "target" for key in lay_out(subject(tutorial(), t=4)).labels.keys)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
@pytest.mark.parametrize("t", [0, 1, 4, 8])
def test_nothing_overlaps_and_wires_end_on_what_they_name(frame, cell, t):
    for bias in (False, True):
        layout = lay_out(subject(one(4, 3, 3 if cell == "elman" else None, cell, bias), t=t, frame=frame))
        check(layout)
        parts = [
            (key, (x - w / 2, y - h / 2, x + w / 2, y + h / 2))
            for key, kind, (x, y, w, h) in zip(layout.plates.keys, layout.plates.kind, layout.plates.rect, strict=True)
            if kind == "tab" or (kind == "frame" and key.what in ("x", "y", "s", "c"))
        ]
        for (a, first), (b, second) in combinations(parts, 2):
            assert not overlap(first, second), (a, b)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("size", SIZES)
def test_all_sizes_are_drawn_with_few_marks(frame, size):
    layout = lay_out(subject(one(*size), t=4, frame=frame))
    wire_ends(layout)
    assert layout.marks < 5000
    columns = [rect_ for key, rect_ in zip(layout.plates.keys, layout.plates.rect, strict=True)
               if key.what in ("x", "s", "y") and key.part == "frame"]  # fmt: skip
    assert all(r[3] <= 180.001 for r in columns)


def test_the_projectors_texts_can_be_read_at_the_back():
    for cell in ("simple", "elman", "lstm", "gru"):
        assert smallest_text(lay_out(subject(one(4, 3, cell=cell), t=4, frame=FRAMES[1]))) >= 28
    layout = lay_out(subject(tutorial(), t=4, frame=FRAMES[1]))
    assert rect(layout, Key("cell", 4)) == pytest.approx((960, rect(layout, Key("cell", 4))[1], 212, 134))
    assert rect(layout, Key("cell", 5))[0] - 960 == 560
    assert rect(layout, Key("x", 4, 0))[2:] == (92, 42)
    number = layout.tiles.px[layout.tiles.keys.index(Key("x", 4, 0))]
    assert number >= 28


def test_a_long_sequence_costs_no_more_than_a_short_one():
    short = lay_out(subject(one(4, 3), t=5, steps=10))
    assert lay_out(subject(one(4, 3), t=5000, steps=10_000)).marks == short.marks


@pytest.mark.parametrize("t", [0, 2, 4, 8])
@pytest.mark.parametrize("cell", ["simple", "lstm", "gru"])
def test_words_and_many_states_keep_clear_of_the_tabs(cell, t):
    tokens, vocabulary = (0, 39, 17, 20, 1, 38, 5, 2), tuple(f"word{k}" for k in range(40))
    layout = lay_out(subject(one(40, 70, 40, cell), t=t, tokens=tokens, vocabulary=vocabulary))
    check(layout)
    for key, kind, r in zip(layout.plates.keys, layout.plates.kind, layout.plates.rect, strict=True):
        for name, state in zip(layout.plates.keys, layout.plates.rect, strict=True):
            if kind == "tab" and name.what in ("s", "c") and name.part == "frame":
                assert abs(r[0] - state[0]) > (r[2] + state[2]) / 2 or abs(r[1] - state[1]) > (r[3] + state[3]) / 2, key
