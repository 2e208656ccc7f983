from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.files.theme import load_theme
from rnnstudio.paint import sprites
from rnnstudio.paint.colours import rgb
from rnnstudio.paint.plates import KINDS
from rnnstudio.paint.raster import Quality, Raster
from tests.paint.pictures import builder, pixels, scene

LIGHT = load_theme("light")
SPECIAL = ["op:+", "op:-", "op:*", "op:1-", "curve:sigmoid", "curve:tanh", "curve:relu", "curve:identity"]
DATA = {
    "histogram": np.linspace(-1, 1, 300), "heat": np.linspace(-1, 1, 6400).reshape(80, 80), "onehot": (3, 12),
    "likely": [("sleeps", 0.61), ("sleep", 0.22), (".", 0.03)],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def _plate(kind, known=True, lit=False):
    b = builder()
    block = b.block("y", 12)
    b.plate(Key("p"), kind, 200, 150, 240, 140, role="y", radius=8, block=block)
    data = DATA.get(kind, np.array([-1.0, 0.5]) if kind.startswith("curve") else None)
    return scene(b, plate_data={} if data is None or not known else {0: data}, plate_known=np.array([known]),
                 plate_lit=np.array([lit]))  # fmt: skip


@pytest.mark.parametrize("vectors", [False, True])
@pytest.mark.parametrize("kind", [*sorted(KINDS), *SPECIAL])
def test_every_kind_of_plate_paints_something_in_every_state(kind, vectors):
    canvas = np.array(rgb(LIGHT, "canvas"))
    for known in (True, False):
        for lit in (True, False):
            changed = np.abs(pixels(_plate(kind, known, lit), LIGHT, vectors=vectors) - canvas).max() > 8
            hidden = kind == "none" or (kind in ("ghost", "bar") and not known)  # of a second run nothing is early
            assert changed == (not hidden), (known, lit)


def _tiles(n=4, level=1.0):
    b = builder()
    b.vector(Key("x", 1), b.block("x", n), 200, 150, role="x", px=0.0)
    return scene(b, np.linspace(-1, 1, n), tile_level=np.full(n, level))


@pytest.mark.parametrize("quality", list(Quality))
def test_a_tile_has_exactly_the_colour_of_its_value(quality):
    """The middle of the lowest of four cells of 64 × 32 around (200, 150): +1, amber."""
    image = pixels(_tiles(), LIGHT, quality=quality)
    assert image[198, 180].tolist() == [0xE8, 0xA1, 0x00]
    assert image[102, 180].tolist() == [0x5A, 0x45, 0xB8]


def test_a_dimmed_tile_is_mixed_with_the_canvas():
    """0.55 of #E8A100 over #FBFAF7: 0.55·232 + 0.45·251 = 240.55, 201.05, 111.15."""
    assert pixels(_tiles(level=0.55), LIGHT)[198, 180] == pytest.approx([240.55, 201.05, 111.15], abs=1)


def test_the_outline_is_the_role_and_the_seam_the_canvas():
    image = pixels(_tiles(), LIGHT)
    assert image[150, 168].tolist() == [0x1A, 0x6F, 0xD4]
    assert image[118, 180] == pytest.approx(rgb(LIGHT, "canvas"), abs=70)


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
@pytest.mark.parametrize("scale", [1.0, 1.37])
def test_both_painters_draw_the_same(name, scale):
    theme = load_theme(name)
    b = builder()
    b.vector(Key("x", 1), b.block("x", 3), 80, 150, role="x", px=28)
    b.plate(Key("cell", 1), "box", 200, 150, 90, 80, radius=16)
    b.plate(Key("op"), "op:*", 340, 60, 46, 46)
    b.label(Key("l"), "<s|s_{t-1}>", 200, 150, 31)
    b.wire(Key("w"), [(245, 150), (340, 150), (340, 250)], role="s", width=4.4, head=18)
    of = scene(b, [-0.8, 0.1, 0.9], plate_lit=np.array([False, True, False]))
    one, other = pixels(of, theme, scale), pixels(of, theme, scale, vectors=True)
    apart = np.abs(one - other).max(axis=-1)
    assert apart.mean() < 1.5
    assert (apart > 96).mean() < 0.004


def test_a_full_atlas_starts_anew_and_the_picture_stays_right(monkeypatch):
    monkeypatch.setattr(sprites, "ATLAS_WIDTH", 160)
    monkeypatch.setattr(sprites, "ATLAS_HEIGHT", 64)
    b = builder()
    block = b.block("x", 12)
    for k in range(12):
        b.tile(Key("x", i=k), 40 + 80 * (k % 4), 60 + 60 * (k // 4), 64, 32, block, k)
    of = scene(b, np.linspace(-0.99, 0.99, 12))
    kept = Raster()
    small = [pixels(of, LIGHT, raster=kept) for _ in range(2)]
    monkeypatch.undo()
    large = pixels(of, LIGHT)
    assert np.abs(small[0] - large).max() == 0
    assert np.abs(small[1] - large).max() == 0


def test_nothing_of_a_frame_stays_in_the_painter_s_caches():
    """Another scene in between does not change what is painted."""
    kept = Raster()
    first = pixels(_tiles(), LIGHT, raster=kept)
    pixels(_plate("likely", lit=True), load_theme("dark"), raster=kept)
    assert np.abs(pixels(_tiles(), LIGHT, raster=kept) - first).max() == 0


def test_a_translucent_mark_lets_the_ground_through():
    b = builder()
    b.plate(Key("p"), "pill", 200, 150, 100, 60, role="text", fill="text", stroke=0, alpha=0.5)
    middle = pixels(scene(b), LIGHT)[150, 200]
    assert middle == pytest.approx([(0x1B + 0xFB) / 2, (0x21 + 0xFA) / 2, (0x29 + 0xF7) / 2], abs=1.5)


def test_invisible_marks_paint_nothing():
    of = _tiles()
    hidden = replace(of, layout=replace(of.layout, tiles=replace(of.layout.tiles, alpha=np.zeros(4)),
                                        plates=replace(of.layout.plates, alpha=np.zeros(1))))  # fmt: skip
    assert np.abs(pixels(hidden, LIGHT) - np.array(rgb(LIGHT, "canvas"))).max() == 0


def test_a_heat_image_is_averaged_down():
    from rnnstudio.paint.plots import pooled

    values = np.arange(130.0 * 3).reshape(130, 3)
    small = pooled(values)
    assert small.shape == (64, 3)
    counts = np.diff(np.linspace(0, 130, 65).astype(int))
    assert (small * counts[:, None]).sum() == pytest.approx(values.sum())


@pytest.mark.parametrize("size", [(90, 64), (20, 10)])
def test_texts_that_no_atlas_holds_are_drawn_all_the_same(monkeypatch, size):
    """One number at a time, or none at all."""
    b = builder()
    block = b.block("x", 4)
    for k in range(4):
        b.tile(Key("x", i=k), 60 + 80 * k, 60, 64, 32, block, k)
    b.label(Key("l"), "<s|s_{t-1}>", 200, 200, 31)
    of = scene(b, np.linspace(-0.99, 0.99, 4))
    large = pixels(of, LIGHT)
    monkeypatch.setattr(sprites, "ATLAS_WIDTH", size[0])
    monkeypatch.setattr(sprites, "ATLAS_HEIGHT", size[1])
    small = pixels(of, LIGHT)
    apart = np.abs(small - large).max(axis=-1)
    assert (apart > 96).mean() < 0.004
