import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.files.theme import load_theme
from rnnstudio.paint import sprites
from rnnstudio.paint.lexicon import Lexicon
from rnnstudio.paint.raster import Quality, Raster
from tests.paint.pictures import builder, pixels, scene

LIGHT = load_theme("light")


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def _boxes(alpha=1.0, lit=False):
    """Plates of many sizes on whole pixels, all with rounded corners."""
    b = builder()
    for k, (w, h) in enumerate([(60, 46), (96, 40), (150, 90), (30, 30), (48, 200), (81, 53)]):
        b.plate(Key("p", i=k), "box", 60 + 140 * (k % 3), 80 + 140 * (k // 3), w + w % 2, h + h % 2, radius=8,
                alpha=alpha)  # fmt: skip
    b.plate(Key("op"), "op:+", 60, 300, 40, 40)
    return scene(b, plate_lit=np.full(7, lit))


@pytest.mark.parametrize("lit", [False, True])
@pytest.mark.parametrize("alpha", [1.0, 0.7])
def test_a_box_put_together_from_corners_looks_like_the_box(alpha, lit):
    still, moving = (pixels(_boxes(alpha, lit), LIGHT, quality=quality) for quality in Quality)
    apart = np.abs(still - moving).max(axis=-1)
    assert apart.mean() < 1.5
    assert (apart > 40).mean() < 0.004


def test_sprites_of_boxes_survive_a_full_atlas(monkeypatch):
    large = pixels(_boxes(), LIGHT, quality=Quality.MOVING)
    monkeypatch.setattr(sprites, "ATLAS_WIDTH", 340)
    monkeypatch.setattr(sprites, "ATLAS_HEIGHT", 340)
    kept = Raster()
    for _ in range(2):
        assert np.abs(pixels(_boxes(), LIGHT, quality=Quality.MOVING, raster=kept) - large).max() == 0


def test_a_text_keeps_its_code():
    words = Lexicon()
    assert words.codes(["0.10", "−0.40", "0.10"]).tolist() == [0, 1, 0]
    assert words.codes(["1.00", "−0.40"]).tolist() == [2, 1]
    assert words.texts(words.codes(["−0.40", "1.00"])) == ("−0.40", "1.00")
    assert words.lengths(np.array([1, 0])).tolist() == [5, 4]
    wide, narrow = words.advances(words.codes(["8888", "8"]), 500)
    assert wide == pytest.approx(4 * narrow, rel=0.01)
