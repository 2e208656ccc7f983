"""Samples: copies of the upright element without arrows between them (numbers of DESIGN §6.4, MODEL §1, 5 and 7)."""

import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.views.samples import lay_out
from tests.diagram.views.drawings import (
    FRAMES,
    SIZES,
    at,
    check,
    one,
    rect,
    smallest_text,
    subject,
    text,
    tutorial,
    words,
)


def samples_in(layout):
    return sorted({key.t for key in layout.plates.keys if key.what == "cell"})


def dots_in(layout):
    return {key.part for key in layout.plates.keys if key.what == "dots"}


def test_copies_stand_where_the_specification_puts_them():
    layout = lay_out(subject(tutorial(), t=4))
    assert [rect(layout, Key("cell", t)) for t in (3, 4, 5)] == [(x, 360, 240, 284) for x in (262, 640, 1018)]
    assert rect(layout, Key("f", 4)) == (640, 280, 112, 92)  # 16 under the element's top edge
    assert rect(layout, Key("W", 3, 0, 0)) == pytest.approx((262 - 72, 446 - 26, 48, 26))
    assert rect(layout, Key("W", 4, part="tint")) == pytest.approx((640, 446, 210, 96))
    assert rect(layout, Key("x", 5, 0)) == (1018, 612 - 48, 64, 32)
    assert rect(layout, Key("y", 4, 1)) == (640, 130, 64, 32)
    assert rect(layout, Key("band")) == (640, 379, 300, 622)
    assert at(layout, Key("W", 4, part="symbol")) == (640 - 97, 383)
    assert [rect(layout, Key("dots", part=part))[0] for part in ("left", "right")] == [62, 1218]
    assert rect(layout, Key("axis", 4, part="tick"))[1] == 706


def test_every_symbol_says_its_sample_and_only_now_is_bold():
    layout = lay_out(subject(tutorial(), t=4))
    assert [text(layout, Key("W", t, part="symbol")) for t in (3, 4, 5)] == ["<W|W_{t-1}>", "<W|W_{t}>", "<W|W_{t+1}>"]
    weights = {key.t: int(layout.labels.weight[k]) for k, key in enumerate(layout.labels.keys)
               if key.what == "axis" and key.t is not None}  # fmt: skip
    assert weights == {3: 400, 4: 700, 5: 400}


def test_w_is_honest_the_copies_are_tied_and_the_caption_says_it():
    layout = lay_out(subject(tutorial(), t=4))
    assert layout.caption == "Frozen: the same W at every sample"
    assert rect(layout, Key("tie", 3)) == (451, 446, 34, 34) and rect(layout, Key("tie", 4))[0] == 829
    assert not any(key.what == "wire:s" for key in layout.wires.keys), "samples do not influence each other"
    gated = lay_out(subject(one(4, 3, cell="lstm"))).caption
    assert gated.startswith("Frozen: the same W at every sample. ")
    assert gated.endswith("The candidate of the LSTM: g = tanh(W_g x + b_g)")


@pytest.mark.parametrize(
    ("steps", "t", "copies", "dots"),
    [
        (8, 4, [3, 4, 5], {"left", "right"}), (8, 0, [1, 2], {"right"}), (8, 1, [1, 2], {"right"}),
        (8, 2, [1, 2, 3], {"right"}), (8, 7, [6, 7, 8], {"left"}), (8, 8, [7, 8], {"left"}), (3, 2, [1, 2, 3], set()),
        (2, 1, [1, 2], set()), (1, 1, [1], set()), (1, 0, [1], set()),
    ],
)  # fmt: skip
def test_no_copy_shows_a_sample_that_does_not_exist(steps, t, copies, dots):
    layout = lay_out(subject(tutorial(), t=t, steps=steps))
    assert samples_in(layout) == copies and dots_in(layout) == dots
    for group in (layout.tiles, layout.labels, layout.wires):
        assert {key.t for key in group.keys if key.t} <= set(copies)
    assert sum(key.what == "tie" for key in layout.plates.keys) == len(copies) - 1
    check(layout)


def test_before_the_first_sample_nothing_is_lit():
    layout = lay_out(subject(tutorial(), t=0))
    assert rect(layout, Key("cell", 1))[0] == 640
    assert Key("band") not in layout.plates.keys
    assert all(layout.labels.weight[k] < 700 for k, key in enumerate(layout.labels.keys) if key.what == "axis")


def test_a_wider_canvas_draws_the_copies_apart():
    layout = lay_out(subject(tutorial(), t=4, frame=Frame(1600.0, 760.0)))
    # 378 × (1 + 0.92 × (1600 / 1280 − 1)) = 464.94
    assert rect(layout, Key("cell", 4))[0] == 800
    assert rect(layout, Key("cell", 5))[0] == pytest.approx(800 + 464.94)


def test_x_enters_at_w_from_below_and_y_leaves_at_f_above():
    layout = lay_out(subject(tutorial(), t=4))
    x = layout.wires.points[layout.wires.keys.index(Key("wire:x", 4))]
    y = layout.wires.points[layout.wires.keys.index(Key("wire:y", 4))]
    assert x[0, 1] == 548 and x[-1, 1] < 502 and y[0, 1] < 280 and y[-1, 1] == pytest.approx(182)
    assert x[0, 0] == x[-1, 0] == y[0, 0] == y[-1, 0] == 640
    assert layout.wires.phase[layout.wires.keys.index(Key("wire:x", 4))] == 2
    assert layout.wires.phase[layout.wires.keys.index(Key("wire:y", 4))] == 3


def test_a_bias_joins_under_f_in_every_copy():
    layout = lay_out(subject(one(4, 3), t=4))
    for t in (3, 4, 5):
        plus, element = rect(layout, Key("+", t)), rect(layout, Key("cell", t))
        assert rect(layout, Key("f", t))[1] < plus[1] < rect(layout, Key("W", t, part="frame"))[1]
        b = rect(layout, Key("b", t, part="frame"))
        assert plus[0] < b[0] < element[0] + element[2] / 2


def test_words_stand_in_quotes_under_a_list_with_one_lit_tile():
    layout = lay_out(words(t=4))
    assert [text(layout, Key("x", t, part="word")) for t in (3, 4, 5)] == ["“word17”", "“word20”", "“word1”"]
    k = layout.plates.keys.index(Key("x", 4, part="frame"))
    assert layout.plates.kind[k] == "onehot" and layout.plates.rect[k, 2] == 26
    check(layout)


@pytest.mark.parametrize("frame", FRAMES, ids=("normal", "wide"))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_overlaps_or_leaves_the_frame(size, frame):
    for bias in (True, False):
        layout = lay_out(subject(one(*size, bias=bias), frame=frame))
        check(layout)
        assert frame.wide is False or smallest_text(layout) >= 28


def test_the_wide_form_shows_weights_large():
    layout = lay_out(subject(one(4, 3), frame=FRAMES[1]))
    assert all(px >= 28 for key, px in zip(layout.tiles.keys, layout.tiles.px, strict=True) if key.what == "W")
    assert rect(layout, Key("cell", 4))[0] == 960 and rect(layout, Key("cell", 5))[0] == 1520
