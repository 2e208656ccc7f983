"""Compact: one R with a loop on its right (numbers of DESIGN §6.7, D4)."""

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.views.compact import lay_out
from tests.diagram.views.drawings import (
    FRAMES,
    SIZES,
    at,
    check,
    one,
    rect,
    smallest_text,
    subject,
    tutorial,
    wire_ends,
    words,
)


def test_r_and_its_columns_stand_where_the_specification_puts_them():
    layout = lay_out(subject(tutorial()))
    assert rect(layout, Key("cell")) == (600, 372, 230, 200)
    assert rect(layout, Key("x", part="frame"))[:2] == (600, 629)
    assert rect(layout, Key("y", part="frame"))[:2] == (600, 140)
    assert at(layout, Key("cell", part="count")) == (600 - 115 - 34, 372)


def test_the_loop_is_a_circle_right_of_the_edge_run_through_clockwise():
    layout = lay_out(subject(tutorial()))
    loop = layout.wires.points[layout.wires.keys.index(Key("wire:s", part="loop"))]
    centre = np.array([600 + 115 + 62, 372])
    assert np.hypot(*(loop - centre).T) == pytest.approx(98)
    angle = np.degrees(np.unwrap(np.arctan2(*(loop - centre).T[::-1])))
    assert np.all(np.diff(angle) > 0), "clockwise on the screen, where y grows downwards"
    assert angle[0] == pytest.approx(-129.2, abs=1) and angle[-1] == pytest.approx(129, abs=3)
    assert loop[0, 0] == pytest.approx(715) and 715 < loop[-1, 0] <= 719


@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
@pytest.mark.parametrize("frame", FRAMES)
def test_neither_s_nor_c_is_drawn_and_nothing_lies_on_the_loop(cell, frame):
    layout = lay_out(subject(one(4, 3, cell=cell), frame=frame))
    check(layout)
    assert {key.what for key in layout.tiles.keys} <= {"x", "y", "target"}
    loop = layout.wires.points[layout.wires.keys.index(Key("wire:s", part="loop"))]
    right = rect(layout, Key("cell"))[0] + rect(layout, Key("cell"))[2] / 2
    for x, y, w, h in (*layout.tiles.rect, *layout.plates.rect):
        if x == rect(layout, Key("cell"))[0] and w > 200:
            continue
        hits = (abs(loop[:, 0] - x) < w / 2) & (abs(loop[:, 1] - y) < h / 2) & (loop[:, 0] > right)
        assert not hits.any()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("frame", FRAMES)
def test_all_sizes(size, frame):
    wire_ends(lay_out(subject(one(*size), frame=frame)))


def test_before_the_first_sample_it_is_the_same_picture_without_numbers():
    at_start, later = lay_out(subject(tutorial(), t=0)), lay_out(subject(tutorial(), t=3))
    assert at_start.plates.keys == later.plates.keys and np.array_equal(at_start.plates.rect, later.plates.rect)


def test_the_words_and_the_projector():
    layout = lay_out(words(4))
    assert rect(layout, Key("y", part="frame"))[2:] == (246, 149)
    assert smallest_text(lay_out(subject(tutorial(), frame=FRAMES[1]))) >= 28
