import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.paint.fit import fit

SIZES = st.floats(200, 8000)


def test_the_canvas_of_the_mock_up():
    """1560 × 750: the frame is 742/760 as large and ends 4 px above the bottom."""
    frame, scale, _, dy = fit(1560, 750, wide=False)
    assert scale == pytest.approx(742 / 760)
    assert frame.width == pytest.approx(1560 * 760 / 742)
    assert dy + 760 * scale == pytest.approx(746)


def test_the_projector_s_canvas():
    frame, scale, dx, dy = fit(1920, 698, wide=True)
    assert (frame.width, frame.height, frame.wide) == (1920, 698, True)
    assert (scale, dx, dy) == (1.0, 0.0, 0.0)


def test_on_a_screen_of_4_to_3_the_picture_begins_under_the_head():
    """1024 × 768 while one presents: bars and head have 768/1080 of their size, the picture 1024/1920 of its."""
    unit = 768 / 1080
    frame, scale, _, dy = fit(1024, 784 * unit, wide=True, unit=unit)
    assert scale == pytest.approx(1024 / 1920) and frame.width == pytest.approx(1920)
    assert dy == pytest.approx(54 * (unit - scale))
    assert dy + scale * frame.height == pytest.approx(784 * unit)


@given(SIZES, SIZES, st.booleans())
def test_the_frame_lies_on_the_canvas(width, height, wide):
    frame, scale, dx, dy = fit(width, height, wide)
    assert dx >= -0.01
    assert dx + scale * frame.width <= width + 0.01
    assert dy >= -0.01
    assert dy + scale * frame.height <= height + 0.01
    assert frame.width >= (1920 if wide else 1280) - 1e-6


@given(SIZES)
def test_a_wider_canvas_widens_the_frame_not_the_scale(height):
    wide, wider = fit(height * 2, height, wide=False), fit(height * 3, height, wide=False)
    assert wide[1] == wider[1]
    assert wider[0].width == pytest.approx(1.5 * wide[0].width)
