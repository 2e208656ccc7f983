import numpy as np
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files.theme import TOKENS, load_theme, parse_theme, theme_names
from rnnstudio.resources import resource


def _light() -> str:
    return resource("themes", "light.toml").read_text(encoding="utf-8")


def test_the_three_themes_come_in_the_order_of_the_menu():
    assert theme_names()[:3] == ("light", "dark", "projector")


@pytest.mark.parametrize(
    ("name", "token", "colour"),
    [
        ("light", "x", "#1A6FD4"),
        ("dark", "s", "#F58A2E"),
        ("projector", "pos", "#FFB000"),
        ("dark", "posmid", "#A06C12"),
    ],
)
def test_colours_are_the_specification_s(name, token, colour):
    assert load_theme(name).colour(token) == colour


def test_the_projector_alone_is_wide_with_heavier_strokes_and_a_floor_of_28():
    wide = load_theme("projector")
    assert (wide.wide, wide.stroke, wide.text_floor) == (True, 1.4, 28.0)
    assert not load_theme("light").wide
    assert load_theme("dark").stroke == 1.0


def test_an_unknown_theme_lists_the_known_ones():
    with pytest.raises(InputError, match="light, dark, projector"):
        load_theme("sepia")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "theme"', 'kind = "cell"', "kind"),
        ('title = "Light"', "title = 3", "title"),
        ("stroke = 1.0", "stroke = true", "stroke"),
        ("wide = false", 'wide = "no"', "wide"),
        ('canvas = "#FBFAF7"', 'canvas = "white"', "colours.canvas"),
        ('canvas = "#FBFAF7"', "", "colours.canvas"),
        ('canvas = "#FBFAF7"', 'canvas = "#FBFAF7"\nskin = "#000000"', "colours.skin"),
        ("[colours]", "glitter = 1\n[colours]", "glitter"),
        ("[colours]", "[colours", "line 9"),
        ('neg = "#5A45B8"', 'neg = "#5A45B8"\nnegmid = "#5A45B8"', "posmid"),
    ],
)
def test_a_wrong_file_is_refused_naming_line_or_key(old, new, said):
    text = _light()
    assert old in text
    with pytest.raises(InputError, match=said):
        parse_theme(text.replace(old, new), "mine")


def _linear(hex_colour: str) -> list[float]:
    parts = [int(hex_colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def _contrast(one: str, other: str) -> float:
    a, z = sorted(float(np.dot(_linear(c), (0.2126, 0.7152, 0.0722))) for c in (one, other))
    return (z + 0.05) / (a + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_texts_symbols_and_edges_stand_out(name):
    """U2: the contrast audit of the lecture guide."""
    theme = load_theme(name)
    strict = name == "projector"
    for token in ("text", "text2", "text3"):
        assert _contrast(theme.colour(token), theme.colour("canvas")) >= (7.0 if strict else 4.5), token
    for token in ("x", "y", "s", "c", "W", "U", "V", "op", "grad"):
        assert _contrast(theme.colour(token), theme.colour("canvas")) >= 4.5, token
    for token in ("posline", "negline"):
        assert _contrast(theme.colour(token), theme.colour("canvas")) >= (4.3 if strict else 3.4), token


#: Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
_VISIONS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def _lab(linear: np.ndarray) -> np.ndarray:
    xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                    [0.0193339, 0.1191920, 0.9503041]]) @ linear / np.array([0.95047, 1.0, 1.08883])  # fmt: skip
    f = np.where(xyz > 216 / 24389, np.cbrt(np.maximum(xyz, 0)), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 after Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    dh = (h2 - h1 + 180) % 360 - 180
    big_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = (h1 + dh / 2) % 360
    t = (1 - 0.17 * np.cos(np.radians(mean_h - 30)) + 0.24 * np.cos(np.radians(2 * mean_h))
         + 0.32 * np.cos(np.radians(3 * mean_h + 6)) - 0.20 * np.cos(np.radians(4 * mean_h - 63)))  # fmt: skip
    sl = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    sc, sh = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    rt = (-2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7))
          * np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2)))))  # fmt: skip
    x, y, z = (l2 - l1) / sl, (c2 - c1) / sc, big_h / sh
    return float(np.sqrt(x * x + y * y + z * z + rt * y * z))


def test_the_measure_of_colour_difference_is_right():
    """Pairs 1 and 25 of the published test data."""
    assert _ciede2000(np.array([50, 2.6772, -79.7751]), np.array([50, 0, -82.7485])) == pytest.approx(2.0425, abs=1e-4)
    one, other = np.array([60.2574, -34.0099, 36.2677]), np.array([60.4626, -34.1751, 39.4387])
    assert _ciede2000(one, other) == pytest.approx(1.2644, abs=1e-4)


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
@pytest.mark.parametrize("vision", list(_VISIONS))
def test_the_ends_of_the_value_map_stay_apart_for_every_eye(name, vision):
    theme = load_theme(name)
    seen = [
        _lab(np.clip(np.array(_VISIONS[vision]) @ np.array(_linear(theme.colour(token))), 0, 1))
        for token in ("neg", "pos")
    ]
    assert _ciede2000(*seen) >= 34


def test_every_theme_has_every_token():
    for name in theme_names():
        assert set(TOKENS) <= set(load_theme(name).colours)
