"""Network: where layers, nodes, edges, names and targets stand (numbers of DESIGN §6.1)."""

import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.views.network import lay_out
from tests.diagram.views.drawings import FRAMES, SIZES, at, check, deep, one, rect, smallest_text, subject, text, words
from tests.diagram.views.drawings import tutorial as make_tutorial


def test_four_layers_stand_where_the_specification_puts_them():
    layout = lay_out(subject(make_tutorial()))
    assert rect(layout, Key("node", i=0, layer=-1)) == (190, 228, 68, 68)
    assert [rect(layout, Key("x", i=i))[:2] for i in range(4)] == [(480, 162), (480, 294), (480, 426), (480, 558)]
    assert [rect(layout, Key("y", i=i))[:2] for i in range(3)] == [(790, 228), (790, 360), (790, 492)]
    assert [rect(layout, Key("node", i=i, layer=2))[:2] for i in range(2)] == [(1070, 294), (1070, 426)]
    assert rect(layout, Key("cell")) == (790, 368, 184, 500)
    assert [at(layout, Key("W", part="symbol", layer=k)) for k in (0, None, 2)] == [(335, 662), (635, 662), (930, 662)]
    assert text(layout, Key("W", part="symbol")) == "<W|W_{2}>"
    assert text(layout, Key("W", part="count")) == "3 × 4 weights"


def test_every_weight_is_an_edge_and_the_chosen_bundle_is_the_strongest():
    edges = lay_out(subject(make_tutorial())).edges
    assert len(edges.keys) == 3 * 4 + 4 * 3 + 3 * 2
    chosen = [k for k, key in enumerate(edges.keys) if key.layer is None]
    others = [k for k, key in enumerate(edges.keys) if key.layer is not None]
    assert len(chosen) == 12
    # DESIGN §5 at |w| = 1 of vmax 2.5: 1.2 + 2.0 and 1.2 + 1.3
    assert {tuple(edges.width[k]) for k in chosen} == {(1.2, 5.0)}
    assert {tuple(edges.width[k]) for k in others} == {(1.2, 3.25)}
    assert {edges.alpha[k] for k in chosen} == {0.9} and {edges.alpha[k] for k in others} == {0.38}


def test_an_edge_of_the_chosen_bundle_goes_through_the_place_of_its_weight():
    layout = lay_out(subject(make_tutorial()))
    x, y = rect(layout, Key("W", i=2, j=0))[:2]
    source, target = rect(layout, Key("x", i=0)), rect(layout, Key("y", i=2))
    assert (x - source[0]) / (target[0] - source[0]) == pytest.approx(0.36)
    assert (y - source[1]) / (target[1] - source[1]) == pytest.approx(0.36)
    assert layout.tiles.alpha[layout.tiles.keys.index(Key("W", i=2, j=0))] == 0


def test_another_chosen_layer_takes_the_band_and_the_names_x_and_y_with_it():
    layout = lay_out(subject(make_tutorial(chosen=2)))
    assert rect(layout, Key("y", i=1))[:2] == (1070, 426)
    assert rect(layout, Key("x", i=0))[0] == 790
    assert rect(layout, Key("cell"))[0] == 1070
    first = lay_out(subject(make_tutorial(chosen=0)))
    assert rect(first, Key("x", i=0))[0] == 190 and rect(first, Key("y", i=0))[0] == 480


def test_targets_stand_hollow_beside_the_outputs_and_only_where_there_are_some():
    layout = lay_out(subject(make_tutorial()))
    x, y, w, _ = rect(layout, Key("target", i=1, part="frame"))
    assert y == 426 and x - w / 2 > 1070 + 34
    assert text(layout, Key("target", part="name")) == "target"
    assert not any(key.what == "target" for key in layout.tiles.keys), "a filled tile would be a computed value"
    for bare in (subject(make_tutorial(), targets=False), subject(make_tutorial(), t=0)):
        assert not any(key.what == "target" for key in lay_out(bare).labels.keys)


def test_one_layer_has_an_input_a_hidden_and_an_output_column():
    layout = lay_out(subject(one(4, 3, 2)))
    names = [words for key, words in zip(layout.labels.keys, layout.labels.text, strict=True) if key.part == "name"]
    assert names == ["input layer", "hidden layer 1", "output layer", "target"]
    assert [rect(layout, Key(what, i=0))[0] for what in ("x", "h", "y")] == [190, 630, 1070]
    assert text(layout, Key("V", part="symbol")).startswith("<V|V>")


def test_nine_nodes_are_drawn_as_three_dots_two_and_eight_in_full():
    assert sum(key.what == "x" for key in lay_out(subject(one(8, 3, bias=False))).tiles.keys) == 8
    layout = lay_out(subject(one(9, 3, bias=False)))
    assert [key.i for key in layout.tiles.keys if key.what == "x"] == [0, 1, 2, 7, 8]
    assert layout.plates.kind.count("dots-v") == 1
    assert text(layout, Key("layer", part="count", layer=-1)) == "9 nodes"
    assert {key.j for key in layout.edges.keys} == {0, 1, 2, 7, 8}


def test_a_bias_is_written_and_drawn_and_gone_when_it_is_off():
    on, off = lay_out(subject(one(4, 3, 2))), lay_out(subject(one(4, 3, 2, bias=False)))
    assert sum(key.what == "b" for key in on.tiles.keys) == 3
    assert sum(key.what == "by" for key in on.tiles.keys) == 2
    assert "+ <W|b>" in text(on, Key("W", part="symbol"))
    assert not any(key.what in ("b", "by") for key in off.tiles.keys)
    assert "b" not in text(off, Key("W", part="symbol"))


def test_the_word_that_is_lit_is_among_the_nodes_and_says_what_comes_in():
    layout = lay_out(words(t=4))  # word 20 of 40
    assert [key.i for key in layout.tiles.keys if key.what == "x"] == [0, 1, 20, 38, 39]
    assert text(layout, Key("data", part="symbol")) == "“word20”"
    assert layout.wires.points[layout.wires.keys.index(Key("wire:data")), 0, 1] == rect(layout, Key("x", i=20))[1]
    assert text(layout, Key("target", part="word")) == "“word1”"
    assert text(lay_out(words(t=0)), Key("data", part="symbol")) == "data in"


@pytest.mark.parametrize("frame", FRAMES, ids=("normal", "wide"))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_overlaps_or_leaves_the_frame(size, frame):
    for bias in (True, False):
        check(lay_out(subject(one(*size, bias=bias), frame=frame)))


@pytest.mark.parametrize("count", [2, 5, 8])
def test_deep_networks_fit(count):
    check(lay_out(subject(deep(count))))


def test_the_wide_form_writes_nothing_small():
    layout = lay_out(subject(make_tutorial(), frame=FRAMES[1]))
    check(layout)
    assert smallest_text(layout) >= 28
    assert all(px >= 28 for key, px in zip(layout.tiles.keys, layout.tiles.px, strict=True) if key.what != "W")
