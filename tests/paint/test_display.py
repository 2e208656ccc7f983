import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.scene import Token
from rnnstudio.files.theme import load_theme
from rnnstudio.paint.display import compile
from rnnstudio.paint.primitives import Lines, Numbers, Path, Rects, Shape, Soft, Text
from tests.paint.pictures import builder, scene

LIGHT = load_theme("light")


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def _of(display, kind):
    return [item for item in display.items if isinstance(item, kind)]


def _column(n=3, known=True):
    b = builder()
    b.vector(Key("x", 1), b.block("x", n), 200, 150, role="x")
    return scene(b, np.linspace(-1, 1, n), tile_known=np.full(n, known), plate_known=np.full(1, known))


def test_a_known_column_has_fills_numbers_an_outline_and_a_shadow():
    display = compile(_column(), LIGHT)
    assert len(_of(display, Rects)[0].rect) == 3
    assert _of(display, Numbers)[0].texts == ("−1.00", "0.00", "1.00")
    assert [shape.stroke for shape in _of(display, Shape) if shape.stroke] == [0xFF1A6FD4]
    assert not [shape for shape in _of(display, Shape) if shape.dash]
    assert len(_of(display, Soft)) == 1


def test_what_is_not_known_is_hollow_and_dashed_and_shows_no_number():
    display = compile(_column(known=False), LIGHT)
    assert not _of(display, Rects)
    assert not _of(display, Numbers)
    assert [shape.dash for shape in _of(display, Shape)] == [(5.0, 4.0)]


def test_numbers_are_black_or_white_by_their_ground_after_dimming():
    """#5A45B8 has luminance 0.095, #E8A100 0.431: white and black; a third of violet over the canvas is light."""
    b = builder()
    b.vector(Key("x", 1), b.block("x", 2), 200, 150, role="x")
    of = scene(b, [-1.0, 1.0])
    assert _of(compile(of, LIGHT), Numbers)[0].colour.tolist() == [0xFFFFFFFF, 0xFF000000]
    dimmed = scene(b, [-1.0, 1.0], tile_level=np.full(2, 0.35))
    assert _of(compile(dimmed, LIGHT), Numbers)[0].colour.tolist() == [0xFF000000, 0xFF000000]


def test_things_come_in_the_order_of_their_heights():
    b = builder()
    b.label(Key("l"), "x", 10, 10, 20, z=7)
    b.plate(Key("a"), "box", 100, 100, 50, 50, z=2)
    b.plate(Key("band"), "band", 100, 100, 90, 90, z=0)
    b.wire(Key("w"), [(10, 10), (90, 10)], role="x", width=3, z=3)
    kinds = [type(item) for item in compile(scene(b), LIGHT).items if not isinstance(item, Soft)]
    assert kinds == [Shape, Shape, Path, Text]


def _label_sizes(px, theme=LIGHT, fit=1.0, zoom=1.0):
    b = builder()
    b.label(Key("l"), "x", 10, 10, px)
    return [item.px for item in _of(compile(scene(b), theme, fit, zoom), Text)]


def test_a_text_stops_shrinking_with_the_window_and_is_dropped_by_zoom():
    assert _label_sizes(9.5) == []
    assert _label_sizes(12, fit=0.5) == [20.0]
    assert _label_sizes(12, zoom=0.5) == []
    assert _label_sizes(12, zoom=4.0) == [12.0]


def test_the_projector_drops_what_is_far_under_28():
    projector = load_theme("projector")
    assert _label_sizes(20, projector) == []
    assert _label_sizes(26, projector) == [28.0]
    assert _label_sizes(46, projector) == [46.0]


def _wire(known, head=13.0, **more):
    b = builder()
    b.wire(Key("w"), [(50, 100), (150, 100)], role="x", width=3.2, head=head, **more)
    return _of(compile(scene(b, wire_known=np.array([known])), LIGHT), Path)


def test_a_known_wire_ends_in_a_filled_notched_head():
    shaft, head = _wire(known=True)
    assert shaft.points[-1] == pytest.approx([150 - 0.7 * 13, 100])
    assert shaft.dash is None
    assert (head.fill, head.stroke) == (0xFF1A6FD4, 0)
    assert head.points == pytest.approx(
        np.array([[150, 100], [137, 105.98], [150 - 0.78 * 13, 100], [137, 94.02]])
    )


def test_an_unknown_wire_is_dashed_and_ends_in_a_hollow_triangle():
    shaft, head = _wire(known=False)
    assert shaft.dash == (7.0, 5.0)
    assert shaft.width == pytest.approx(0.62 * 3.2)
    assert shaft.points[-1] == pytest.approx([137, 100])
    assert (head.fill, head.stroke, head.width, len(head.points)) == (0, 0xFF1A6FD4, 1.6, 3)


def test_a_thin_unknown_wire_is_still_1_8_wide():
    b = builder()
    b.wire(Key("w"), [(50, 100), (150, 100)], role="op", width=2.6)
    assert _of(compile(scene(b, wire_known=np.array([False])), LIGHT), Path)[0].width == pytest.approx(1.8)


def test_a_rail_is_wide_and_faint_and_a_fading_wire_fades_over_56():
    assert _wire(known=True, head=0.0, style="rail")[0].width == 15.0
    assert _wire(known=True, head=0.0, fade="left")[0].fade == pytest.approx((50, 106))
    assert _wire(known=True, head=0.0, fade="right")[0].fade == pytest.approx((150, 76))


def _edges(values, via=None, radius=34.0):
    b = builder(1000, 400)
    block = b.block("x", 3)
    for i, x in enumerate((100, 300)):
        b.tile(Key("x", i=i), x, 200, 68, 68, block, i, role="x", radius=radius, stroke=3)
    if via is not None:
        b.tile(Key("W"), via[0], via[1], 20, 20, block, 2)
    b.edge(Key("e"), Key("x", i=0), None if via is None else Key("W"), Key("x", i=1), block, 0, thin=2, per_weight=9)
    return _of(compile(scene(b, edge_value=np.array(values), edge_vmax=np.array([2.5])), LIGHT), Lines)[0]


def test_an_edge_runs_from_rim_to_rim_as_wide_as_its_weight():
    """2 + 9·1.25/2.5 = 6.5; the sign is the colour."""
    line = _edges([1.25])
    assert line.ends == pytest.approx(np.array([[134, 200, 266, 200]]))
    assert line.width == pytest.approx([6.5])
    assert line.colour.tolist() == [0xFFB97A00]
    assert _edges([-1.25]).colour.tolist() == [0xFF5A45B8]


def test_an_edge_bends_through_its_weight_where_that_has_left_the_line():
    line = _edges([1.0], via=(200, 300))
    assert len(line.ends) == 2
    assert line.ends[0, 2:] == pytest.approx([200, 300])
    assert line.ends[1, :2] == pytest.approx([200, 300])
    start = line.ends[0, :2]
    assert np.hypot(*(start - [100, 200])) == pytest.approx(34)
    assert len(_edges([1.0], via=(210, 200)).ends) == 1


def test_the_projector_s_strokes_are_1_4_times_as_wide():
    b = builder()
    b.wire(Key("w"), [(50, 100), (150, 100)], role="x", width=3.0)
    b.plate(Key("a"), "box", 200, 200, 50, 50, stroke=2.6)
    display = compile(scene(b), load_theme("projector"))
    assert _of(display, Path)[0].width == pytest.approx(4.2)
    assert max(shape.width for shape in _of(display, Shape)) == pytest.approx(3.64)


def test_outlines_of_selection_focus_and_hover():
    b = builder()
    b.vector(Key("s", 3), b.block("s", 3), 200, 150, role="s")
    key = frozenset({Key("s", 3)})
    (selected,) = compile(scene(b, selected=key), LIGHT).marks
    assert selected.rect == pytest.approx((160, 94, 80, 112))
    assert (selected.stroke, selected.width, selected.dash) == (0xFF0A5FE0, 3.0, None)
    (focused,) = compile(scene(b, selected=key, keyboard=True), LIGHT).marks
    assert (focused.width, focused.dash) == (2.4, (5.0, 4.0))
    (hovered,) = compile(scene(b, hovered=key), LIGHT).marks
    assert hovered.rect == pytest.approx((162, 96, 76, 108))
    assert hovered.width == 1.6


def test_a_value_that_is_no_number_is_marked():
    b = builder()
    b.vector(Key("s", 3), b.block("s", 2), 200, 150, role="s")
    display = compile(scene(b, [np.nan, 0.5]), LIGHT)
    assert _of(display, Numbers)[0].texts == ("NaN", "0.50")
    assert _of(display, Numbers)[0].colour[0] == 0xFFB3261E
    assert [shape.stroke for shape in _of(display, Shape) if shape.dash] == [0xFFB3261E]


def test_a_token_is_a_dot_with_a_trail_and_a_pill_with_its_numbers():
    token = Token(Key("wire:s", 3), "s", (100, 100), (1.0, 0.0), (140, 200), (0.1, -0.4), ("0.10", "−0.40"),
                  moving=True)  # fmt: skip
    display = compile(scene(builder(), tokens=(token,)), LIGHT)
    dots = [m for m in display.tokens if isinstance(m, Shape) and m.fill & 0xFFFFFF == 0xC9DC00]
    assert [dot.rect[0] + dot.rect[2] / 2 for dot in dots] == pytest.approx([91, 82, 73, 100])
    assert dots[-1].rect[2] == 20
    assert [m.texts for m in display.tokens if isinstance(m, Numbers)] == [("0.10", "−0.40")]
    for mark in display.tokens:
        if isinstance(mark, Shape):
            x, y, w, h = mark.rect
            assert any(a <= x and b <= y and x + w <= a + c and y + h <= b + d for a, b, c, d in display.token_area)


@pytest.mark.parametrize("token", ["a", "sleeps", "incomprehensibilities"])
@pytest.mark.parametrize("width", [180, 246, 400])
def test_the_likeliest_tokens_stay_inside_their_card_and_apart(token, width):
    b = builder(600)
    b.plate(Key("y", 1), "likely", 300, 150, width, 149, role="y", block=b.block("likely", 12))
    of = scene(b, plate_data={0: [(token, 1.0), (token, 0.0)]})
    texts = _of(compile(of, LIGHT), Text)
    for word, percent in zip(texts[::2], texts[1::2], strict=True):
        assert word.at[0] >= 300 - width / 2 + 4
        assert percent.at[0] + percent.width <= 300 + width / 2 - 4
        assert word.at[0] + word.width < percent.at[0]
