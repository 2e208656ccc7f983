import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage

from rnnstudio.diagram.keys import Key
from rnnstudio.engine.limits import InputError
from rnnstudio.export.still import encode_picture, plan, render_picture, write_picture
from rnnstudio.files.theme import load_theme
from tests.paint.pictures import builder, scene

LIGHT = load_theme("light")


@pytest.fixture(autouse=True)
def _application(qapp):
    return qapp


def _scene():
    b = builder(1280, 760)
    b.vector(Key("x", 1), b.block("x", 4), 640, 380, role="x")
    b.plate(Key("cell", 1), "box", 300, 380, 156, 140, radius=16)
    b.label(Key("l"), "<x|x_t>", 500, 380, 31)
    return scene(b, [0.1, -0.4, 0.7, 1.0], title="A picture")


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (801, 603), (64, 64)])
def test_a_png_has_exactly_the_size_that_was_asked(size, tmp_path):
    path = tmp_path / "a.png"
    write_picture(path, _scene(), None, LIGHT, *size)
    image = QImage(str(path))
    assert (image.width(), image.height()) == size
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


def test_a_picture_is_the_same_every_time():
    one, other = (encode_picture(".png", _scene(), None, LIGHT, 640, 360) for _ in range(2))
    assert one == other


def test_the_canvas_alone_has_no_ground():
    image = render_picture(_scene(), None, LIGHT, 960, 540, transparent=True)
    assert image.pixelColor(2, 2).alpha() == 0
    places = plan(960, 540, LIGHT, transparent=True)
    x, y = 640 * places.scale + places.dx, 380 * places.scale + places.dy
    assert image.pixelColor(round(x), round(y)).alpha() == 255
    assert render_picture(_scene(), None, LIGHT, 960, 540).pixelColor(2, 2).name().upper() == "#FBFAF7"


def test_an_svg_is_small_made_of_vectors_and_needs_no_font():
    data = encode_picture(".svg", _scene(), None, LIGHT, 1920, 1080)
    root = ElementTree.fromstring(data)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("1920", "1080", "0 0 1920 1080")
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert not tags & {"image", "text"}
    assert len(data) < 300_000


def test_a_pdf_has_the_size_in_points():
    data = encode_picture(".pdf", _scene(), None, LIGHT, 1920, 1080)
    assert data.startswith(b"%PDF")
    box = re.search(rb"MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert [float(v) for v in box.groups()] == pytest.approx([1440, 810], abs=1)
    assert len(data) < 300_000


@pytest.mark.parametrize(
    ("size", "said"),
    [((63, 500), "width"), ((500, 63), "height"), ((16_385, 100), "16384"), ((16_384, 16_384), "256 million")],
)
def test_sizes_out_of_bounds_are_refused_by_name(size, said):
    with pytest.raises(InputError, match=said):
        plan(*size, LIGHT)


def test_an_unknown_ending_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(InputError, match=r"\.png, \.svg, \.pdf"):
        write_picture(tmp_path / "a.bmp", _scene(), None, LIGHT)
    assert not list(tmp_path.iterdir())


def test_the_formula_bar_takes_138_of_1080_lines_and_198_in_the_lecture_hall():
    assert plan(1920, 1080, LIGHT).canvas == 942
    assert plan(1280, 720, LIGHT).canvas == pytest.approx(628)
    assert plan(1920, 1080, load_theme("projector")).canvas == 882
    assert plan(1920, 1080, LIGHT, transparent=True).canvas == 1080


def test_half_the_size_is_the_same_picture_smaller():
    large = plan(1920, 1080, LIGHT)
    small = plan(960, 540, LIGHT)
    assert small.frame == large.frame
    assert np.array([small.scale, small.dy]) * 2 == pytest.approx([large.scale, large.dy])
