"""Condensed: x, the element with W left and f right, y (numbers of DESIGN §6.3, D1)."""

import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.views.condensed import lay_out
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


def test_the_element_stands_where_the_specification_puts_it():
    layout = lay_out(subject(tutorial()))
    assert rect(layout, Key("cell")) == (640, 372, 600, 300)
    assert rect(layout, Key("f")) == (814, 394, 184, 148)
    assert rect(layout, Key("W", i=0, j=0)) == pytest.approx((502 - 96, 394 - 48, 64, 48))
    assert rect(layout, Key("W", i=2, j=3)) == pytest.approx((502 + 96, 394 + 48, 64, 48))
    assert rect(layout, Key("x", i=3)) == (140, 394 + 78, 100, 52)
    assert rect(layout, Key("y", i=1)) == (1140, 394, 100, 52)
    assert at(layout, Key("W", part="symbol")) == (502, 286) and at(layout, Key("f", part="symbol")) == (814, 286)
    assert text(layout, Key("x", part="count")) == "4 numbers"
    assert text(layout, Key("W", part="count")) == "3 × 4 weights"


def test_the_caption_names_what_leaves():
    assert lay_out(subject(tutorial())).caption == "x enters at W, the sum goes through f, y leaves."
    with_readout = lay_out(subject(one(4, 3, 2)))
    assert with_readout.caption == "x enters at W, b joins, the sum goes through f, h leaves for the readout."
    assert text(with_readout, Key("h", part="symbol")) == "<y|h>"


def test_data_pass_w_before_f_on_one_line():
    layout = lay_out(subject(tutorial()))
    order = [Key("wire:x"), Key("wire:Wf"), Key("wire:y")]
    points = [layout.wires.points[layout.wires.keys.index(key)] for key in order]
    assert all((p[:, 1] == 394).all() for p in points)
    ends = [value for p in points for value in (p[0, 0], p[-1, 0])]
    assert ends == sorted(ends)
    assert [layout.wires.phase[layout.wires.keys.index(key)] for key in (order[0], order[2])] == [2, 3]


def test_a_bias_joins_between_w_and_f():
    layout = lay_out(subject(one(4, 3)))
    plus, W, f = rect(layout, Key("+")), rect(layout, Key("W", part="frame")), rect(layout, Key("f"))
    assert W[0] + W[2] / 2 < plus[0] - plus[2] / 2 and plus[0] + plus[2] / 2 < f[0] - f[2] / 2
    assert sum(key.what == "b" and key.part == "" for key in layout.tiles.keys) == 3
    element = rect(layout, Key("cell"))
    assert element[0] - element[2] / 2 < W[0] - W[2] / 2 and f[0] + f[2] / 2 < element[0] + element[2] / 2
    assert Key("+") not in lay_out(subject(one(4, 3, bias=False))).plates.keys


def test_the_curve_is_the_layers_function_with_a_point_for_each_unit():
    layout = lay_out(subject(one(4, 3, cell="gru")))
    k = layout.plates.keys.index(Key("f", part="curve"))
    assert layout.plates.kind[k] == "curve:tanh"
    block = layout.blocks[layout.plates.block[k]]
    assert (block.name, block.shape, block.row) == ("rowsum", (3, 1), None)
    assert text(layout, Key("f", part="symbol")) == r"<op|\tanh>"
    assert text(layout, Key("W", part="symbol")) == "<W|W_{n}>"


def test_level_of_detail_follows_the_size():
    px = lay_out(subject(one(12, 12))).tiles
    assert all(size >= 10 for key, size in zip(px.keys, px.px, strict=True) if key.what in ("x", "y"))
    strip = lay_out(subject(one(13, 12))).tiles
    assert {size for key, size in zip(strip.keys, strip.px, strict=True) if key.what == "x"} == {0}
    kinds = {size: dict(zip(k.keys, k.kind, strict=True)) for size in (256, 257)
             for k in [lay_out(subject(one(size, 2))).plates]}  # fmt: skip
    assert kinds[256][Key("x", part="frame")] == "frame" and kinds[257][Key("x", part="frame")] == "histogram"
    assert kinds[256][Key("W", part="frame")] == "heat"


def test_a_word_is_one_lit_tile_of_a_list():
    layout = lay_out(words(t=4))
    assert layout.plates.kind[layout.plates.keys.index(Key("x", part="frame"))] == "onehot"
    assert text(layout, Key("x", part="index")) == "21" and text(layout, Key("x", part="word")) == "“word20”"
    assert Key("x", part="index") not in lay_out(words(t=0)).labels.keys


@pytest.mark.parametrize("frame", FRAMES, ids=("normal", "wide"))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_overlaps_or_leaves_the_frame(size, frame):
    for bias in (True, False):
        layout = lay_out(subject(one(*size, bias=bias), frame=frame))
        check(layout)
        assert frame.wide is False or smallest_text(layout) >= 28
