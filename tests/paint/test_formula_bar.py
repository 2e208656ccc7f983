import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from rnnstudio.diagram.keys import Key
from rnnstudio.files.theme import load_theme
from rnnstudio.paint.formula_bar import COMPACT, NORMAL, WIDE, paint_formula_bar
from tests.diagram.formula_studies import pages_at, trace_of, tutorial


def painted(page, theme="light", width=1240, height=138, **options):
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0xFF00FF00)
    with QPainter(image) as painter:
        areas = paint_formula_bar(painter, QRectF(0, 0, width, height), page, load_theme(theme), **options)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4).copy()
    return pixels[..., 2::-1], areas


def page_of(view, phase, wide=False):
    network = tutorial()
    return pages_at(network, trace_of(network, view), view, 4, phase, wide=wide)[0]


@pytest.mark.parametrize(("theme", "wide", "size"), [("light", False, (1240, 138)), ("dark", False, (1240, 138)),
                                                     ("projector", True, (1920, 198))])  # fmt: skip
def test_ground_band_and_values_have_the_colours_of_the_theme(qapp, theme, wide, size):
    page = page_of("condensed", 4, wide)
    pixels, areas = painted(page, theme, *size)
    colours = load_theme(theme).colours
    panel = [int(colours["panel"][k : k + 2], 16) for k in (1, 3, 5)]
    assert pixels[size[1] - 2, 2].tolist() == panel, "the whole bar is painted"
    lit = pixels[size[1] - 12, size[0] - 40].tolist()
    assert lit != panel, "the result computed now stands in the lime band"
    assert {key for _, key in areas} == {Key("W"), Key("x"), Key("a"), Key("y")}


def test_areas_are_inside_the_bar_and_apart(qapp):
    _, areas = painted(page_of("unrolled", 4))
    boxes = [area for area, _ in areas]
    for k, box in enumerate(boxes):
        assert QRectF(0, 0, 1240, 138).contains(box)
        assert not any(box.intersects(other) for other in boxes[k + 1 :])
    assert {key.what for _, key in areas} == {"W", "x", "U", "s"}
    assert {key.t for _, key in areas if key.what == "s"} == {3, 4}


def test_unknown_cells_are_hollow(qapp):
    known, areas = painted(page_of("unrolled", 4))
    hollow, same = painted(page_of("unrolled", 2))
    result = next(area for area, key in areas if key == Key("s", 4))
    there = next(area for area, key in same if key == Key("s", 4))

    def spread(pixels, area):
        x, y = int(area.left()) + 9, int(area.center().y())
        return np.ptp(pixels[y, x : int(area.right()) - 9].astype(int), axis=0).max(), pixels[y - 2, x + 3]

    assert not np.array_equal(spread(known, result)[1], spread(hollow, there)[1])


def test_page_dots_only_where_there_are_pages(qapp):
    one, _ = painted(page_of("cell", 3))
    two, _ = painted(page_of("cell", 3), page_index=1, page_count=2)
    other, _ = painted(page_of("cell", 3), page_index=0, page_count=2)
    assert not np.array_equal(one, two) and not np.array_equal(two, other)
    assert np.array_equal(one[40:], two[40:]), "dots stand in the line of captions"


def test_sizes_of_the_lecture_hall_keep_their_floor():
    assert WIDE.number >= 28 and WIDE.note >= 28 and 0.88 * WIDE.math >= 28 and WIDE.caption >= 18
    assert WIDE.least == WIDE.number, "numbers never shrink there"
    assert NORMAL.least >= 12 and COMPACT.least >= 10


@pytest.mark.parametrize("view", ["layer", "unrolled", "cell"])
def test_a_small_window_has_room_for_all(qapp, view):
    _, areas = painted(page_of(view, 4), width=948, height=112, compact=True)
    assert all(QRectF(0, 0, 948, 112).contains(area) for area, _ in areas)
