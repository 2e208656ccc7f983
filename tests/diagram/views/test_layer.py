"""Layer: nodes, weights, products and the card of the node looked into (numbers of DESIGN §6.2)."""

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.views.layer import lay_out
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
    tiles,
    tutorial,
    words,
)


def test_nodes_stand_where_the_specification_puts_them():
    layout = lay_out(subject(tutorial(), active=1))
    assert [rect(layout, Key("x", i=j))[:3] for j in range(4)] == [(300, 120 + 172 * j, 80) for j in range(4)]
    assert [rect(layout, Key("y", i=i))[:3] for i in range(3)] == [(800, 206 + 172 * i, 92) for i in range(3)]
    assert rect(layout, Key("f")) == (962 + 135, 378, 270, 272)
    assert text(layout, Key("x", i=0, part="symbol")) == "<x|x_{1}>"
    assert text(layout, Key("W", i=1, j=0, part="symbol")) == "<W|W_{2,1}>"


def test_each_weight_lies_on_its_edge_and_each_product_further_on():
    layout = lay_out(subject(tutorial(), active=2))
    for j in range(4):
        x, y, *_ = rect(layout, Key("W", i=2, j=j))
        assert (x, y) == pytest.approx((300 + 0.36 * 500, 120 + 172 * j + 0.36 * (550 - 120 - 172 * j)))
        x, y, *_ = rect(layout, Key("product", i=2, j=j))
        assert (x, y) == pytest.approx((300 + 0.755 * 500, 120 + 172 * j + 0.755 * (550 - 120 - 172 * j)))
    block = layout.blocks[layout.tiles.block[layout.tiles.keys.index(Key("product", i=2, j=0))]]
    assert (block.name, block.row, block.scale, block.shape) == ("product", 2, "weight", (4, 1))


def test_only_the_active_node_shows_weights_the_others_keep_theirs_in_hiding():
    layout = lay_out(subject(tutorial(), active=1))
    hidden = {key for key, a in zip(layout.tiles.keys, layout.tiles.alpha, strict=True) if a == 0}
    assert hidden == {Key("W", i=i, j=j) for i in (0, 2) for j in range(4)}
    edges = layout.edges
    lit = [k for k, key in enumerate(edges.keys) if key.i == 1]
    assert len(edges.keys) == 12 and {tuple(edges.width[k]) for k in lit} == {(2.0, 9.0)}
    assert {edges.alpha[k] for k in range(12) if k not in lit} == {0.22}
    none = lay_out(subject(tutorial(), active=-1))
    assert set(none.edges.alpha) == {0.9}
    assert Key("f") not in none.plates.keys and not any(key.what == "product" for key in none.tiles.keys)


def test_the_card_shows_sum_point_and_result_of_its_node_and_stays_inside():
    for active in range(3):
        layout = lay_out(subject(tutorial(), active=active))
        _, y, _, h = rect(layout, Key("f"))
        assert y - h / 2 >= 64 and y + h / 2 <= 700
        assert text(layout, Key("rowsum", i=active)) == f"Σ_{{j}} <W|W_{{{active + 1},j}}> <x|x_{{j}}> = {{0}}"
        curve = layout.plates.keys.index(Key("f", part="curve"))
        block = layout.blocks[layout.plates.block[curve]]
        assert layout.plates.kind[curve] == "curve:sigmoid" and (block.name, block.row) == ("rowsum", active)
        for what in ("rowsum", "product"):
            k = layout.labels.keys.index(Key(what, part="rounded"))
            assert layout.labels.when[k] == f"rounded:{what}:{active}"


def test_a_bias_is_one_more_term_of_the_sum():
    layout = lay_out(subject(one(4, 3), active=1))
    assert "+ <W|b_{2}> = {0}" in text(layout, Key("rowsum", i=1))
    assert text(layout, Key("b", i=1, part="symbol")) == "+ <W|b_{2}>"
    assert Key("b", i=1) in dict(tiles(layout)) and Key("b", i=0) not in dict(tiles(layout))
    assert not any(key.what == "b" for key in lay_out(subject(one(4, 3, bias=False), active=1)).tiles.keys)


def test_a_gated_cell_shows_its_candidate_and_says_so():
    layout = lay_out(subject(one(4, 3, cell="lstm"), active=0))
    assert layout.caption == "The candidate of the LSTM: g = tanh(W_g x + b_g)"
    assert text(layout, Key("W", i=0, j=1, part="symbol")) == "<W|W_{g,1,2}>"
    assert text(layout, Key("f", part="result")).startswith(r"\tanh(")
    names = {layout.blocks[b].name for b in layout.tiles.block}
    assert {"Wg", "bg", "product", "x", "y"} == names


def test_more_than_eight_by_eight_shows_the_edges_of_the_active_node_alone():
    assert len(lay_out(subject(one(8, 8), active=3)).edges.keys) == 64
    edges = lay_out(subject(one(9, 8), active=3)).edges
    assert [key.i for key in edges.keys] == [3] * 9


def test_more_than_thirty_two_inputs_show_the_six_strongest():
    assert sum(key.what == "x" for key in lay_out(subject(one(32, 3), active=0)).tiles.keys) == 32
    network = one(33, 3)
    weights = np.zeros((3, 33))
    weights[1, [4, 9, 12, 20, 28, 31]] = (-3, 2, 1, -1, 2.5, 0.5)
    layout = lay_out(subject(network.with_parameters(0, {"W": weights}), active=1))
    assert [key.i for key in layout.tiles.keys if key.what == "x"] == [4, 9, 12, 20, 28, 31]
    assert text(layout, Key("x", part="more")) == "27 more"


def test_the_word_that_is_lit_is_among_the_inputs():
    layout = lay_out(words(t=4, active=2))
    assert 20 in [key.i for key in layout.tiles.keys if key.what == "x"]
    assert text(layout, Key("x", part="word")) == "“word20”"
    assert at(layout, Key("x", part="word"))[1] == rect(layout, Key("x", i=20))[1]


def test_more_than_twelve_nodes_are_first_and_last_with_the_active_one():
    layout = lay_out(subject(one(4, 20), active=9))
    assert [key.i for key in layout.tiles.keys if key.what == "y"] == [0, 1, 9, 18, 19]
    assert layout.plates.kind.count("dots-v") == 2


@pytest.mark.parametrize("frame", FRAMES, ids=("normal", "wide"))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_overlaps_or_leaves_the_frame(size, frame):
    for bias in (True, False):
        for active in {-1, 0, size[1] // 2, size[1] - 1}:
            layout = lay_out(subject(one(*size, bias=bias), frame=frame, active=active))
            check(layout)
            assert frame.wide is False or smallest_text(layout) >= 28


def test_the_wide_form_shows_every_operand_large():
    layout = lay_out(subject(one(4, 4, bias=True), frame=FRAMES[1], active=3))
    shown = {key: layout.tiles.px[layout.tiles.keys.index(key)] for key, _ in tiles(layout)}
    wanted = {Key("W", i=3, j=j) for j in range(4)} | {Key("product", i=3, j=j) for j in range(4)} | {Key("b", i=3)}
    assert all(shown[key] >= 28 for key in wanted)
    assert all(shown[Key("x", i=j)] >= 28 and shown[Key("y", i=j)] >= 28 for j in range(4))
