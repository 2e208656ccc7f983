import numpy as np
import pytest

from rnnstudio.files.theme import load_theme
from rnnstudio.paint.colours import argb, contrast, ink, mixed, pack, rgb, symbol_argb, value_colours, value_map

THEMES = ("light", "dark", "projector")


@pytest.mark.parametrize("name", THEMES)
def test_the_value_map_runs_from_neg_over_zero_to_pos(name):
    theme = load_theme(name)
    ends = value_colours(theme, [-1.0, 0.0, 1.0])
    assert ends.tolist() == [list(rgb(theme, token)) for token in ("neg", "zero", "pos")]


def test_half_way_in_the_light_theme():
    """e = 0.5^0.85 = 0.55478; zero #F4F2EC to pos #E8A100, by hand."""
    e = 0.55478
    by_hand = [244 + (232 - 244) * e, 242 + (161 - 242) * e, 236 + (0 - 236) * e]
    assert value_colours(load_theme("light"), 0.5) == pytest.approx(by_hand, abs=0.5)


def test_the_dark_theme_goes_through_its_middle_colours():
    """e = ½ at |t| = ½^(1/0.85) = 0.44243."""
    theme = load_theme("dark")
    assert value_colours(theme, [0.44243, -0.44243]) == pytest.approx(
        np.array([rgb(theme, "posmid"), rgb(theme, "negmid")]), abs=1.0
    )


def test_values_beyond_the_scale_keep_the_end_colour_and_the_scale_counts():
    theme = load_theme("light")
    assert value_colours(theme, 7.0).tolist() == value_colours(theme, 1.0).tolist()
    assert value_colours(theme, 1.25, 2.5).tolist() == value_colours(theme, 0.5).tolist()


def test_what_is_no_number_gets_the_ground_of_an_invalid_cell():
    theme = load_theme("light")
    for value in (np.nan, np.inf, -np.inf):
        assert value_colours(theme, value).tolist() == list(rgb(theme, "raised"))


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("level", [1.0, 0.75, 0.55, 0.35])
def test_numbers_are_readable_on_every_value_at_every_level(name, level):
    """Worst case of the specification: 4.6 undimmed; the ink is chosen after dimming, so 4.5 holds dimmed too."""
    theme = load_theme(name)
    grounds = mixed(rgb(theme, "canvas"), value_map(theme), level)
    inks = np.where(ink(grounds)[:, None], 0.0, 255.0) * np.ones(3)
    assert contrast(inks, grounds).min() >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_role_symbols_are_readable_on_the_band_of_the_playhead(name):
    theme = load_theme(name)
    band = mixed(rgb(theme, "canvas"), rgb(theme, "activeglow"), theme.band)
    for role in ("x", "y", "s", "c", "W", "U", "V", "op", "text", "text2"):
        assert contrast(rgb(theme, role), band) >= 4.45, role


@pytest.mark.parametrize("name", THEMES)
def test_a_dimmed_symbol_keeps_the_contrast_that_its_colour_has(name):
    theme = load_theme(name)
    for role in ("x", "s", "op", "text3"):
        full = float(contrast(rgb(theme, role), rgb(theme, "canvas")))
        dimmed = symbol_argb(theme, role, 0.42)
        colour = [(dimmed >> shift) & 255 for shift in (16, 8, 0)]
        assert float(contrast(colour, rgb(theme, "canvas"))) >= min(full, 5.0) - 0.1


def test_colours_are_packed_as_qt_reads_them():
    assert int(pack([1, 2, 3], 1.0)) == 0xFF010203
    assert int(pack([255, 0, 0], 0.5)) == 0x80FF0000
    assert argb(load_theme("light"), "x") == 0xFF1A6FD4
    assert argb(load_theme("light"), "x", 0.0) == 0xFFFBFAF7
