import pytest

from rnnstudio.files.theme import load_theme
from rnnstudio.paint.canvas_head import head
from rnnstudio.paint.primitives import Rects, Text
from tests.paint.pictures import builder, scene

LIGHT = load_theme("light")


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def _words(display):
    return ["".join(g.text for g in item.glyphs) for item in display.items if isinstance(item, Text)]


def _scene(view="unrolled", **more):
    return scene(builder(view=view), title="Unrolled in time", **{"caption": "The same W", "weight_range": 2.5, **more})


def test_the_title_stands_at_24_28_with_the_caption_24_below():
    title, caption = [item for item in head(_scene(), LIGHT, 1560).items if isinstance(item, Text)][:2]
    assert title.at[0] == caption.at[0] == 24
    assert title.px == 19
    assert title.at[1] == pytest.approx(28 + 19 * 0.727 / 2, abs=0.2)  # Inter's capitals are 0.727 em high
    assert caption.at[1] - title.at[1] == pytest.approx(24 - (19 - 14.5) * 0.727 / 2, abs=0.2)


def test_legend_and_scale_name_what_the_picture_has():
    words = _words(head(_scene(cell_state=True), LIGHT, 1560))
    assert words[2:] == ["input x", "state s", "output y", "cell state c", "weights W", "weights U", "−1", "0", "+1",
                         "W, U: ±2.5"]  # fmt: skip


def test_a_traditional_layer_has_no_state_to_explain():
    words = _words(head(_scene("condensed"), LIGHT, 1560))
    assert "state s" not in words
    assert "weights U" not in words
    assert "W: ±2.5" in words


def test_everything_ends_inside_and_what_does_not_fit_is_left_out():
    for width in (400, 700, 900, 1240, 1560):
        display = head(_scene(), LIGHT, width)
        for item in display.items:
            if isinstance(item, Text) and item.at[0] > 24:
                assert item.at[0] + item.width <= width
    assert not [item for item in head(_scene(), LIGHT, 700).items if isinstance(item, Rects)]
    assert _words(head(_scene(), LIGHT, 400)) == ["Unrolled in time", "The same W"]


def test_the_wide_head_is_its_caption_at_28():
    (caption,) = head(_scene(), load_theme("projector"), 1920).items
    assert caption.px == 28


def test_formulas_in_a_caption_are_set_as_mathematics():
    words = _words(head(_scene(caption="The candidate of the LSTM: g = tanh(W_g x)"), LIGHT, 1560))
    assert words[1] == "The candidate of the LSTM: "
    assert words[2].startswith("\N{MATHEMATICAL ITALIC SMALL G}=tanh(\N{MATHEMATICAL ITALIC CAPITAL W}")
    plain = _words(head(_scene(caption="Frozen: the same W at every sample"), LIGHT, 1560))
    assert plain[1] == "Frozen: the same W at every sample"
