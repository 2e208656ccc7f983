"""Scenes for the painter's tests, built by hand, and the pixels they give."""

import numpy as np
from PySide6.QtGui import QImage, QPainter

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.scene import Scene
from rnnstudio.paint import vector
from rnnstudio.paint.display import compile
from rnnstudio.paint.qtsafe import rgb
from rnnstudio.paint.raster import Quality, Raster


def builder(width=400.0, height=300.0, view="unrolled"):
    """A builder for a small frame."""
    return Builder(view, Frame(width, height))


def scene(b, values=0.5, **changes):
    """What was built, dressed: everything known, at full level, every tile showing ``values``."""
    of = b.layout()
    plates, tiles, edges, wires, labels = (
        len(g.keys) for g in (of.plates, of.tiles, of.edges, of.wires, of.labels)
    )
    value = np.broadcast_to(np.asarray(values, dtype=np.float64), (tiles,)).copy()
    fields = dict(
        layout=of, tile_value=value, tile_vmax=np.ones(tiles), tile_text=tuple(fmt(v) for v in value),
        tile_known=np.ones(tiles, bool), tile_level=np.ones(tiles), tile_lit=np.zeros(tiles, bool),
        plate_known=np.ones(plates, bool), plate_level=np.ones(plates), plate_lit=np.zeros(plates, bool),
        plate_data={}, edge_value=np.full(edges, 0.5), edge_vmax=np.ones(edges), edge_level=np.ones(edges),
        wire_known=np.ones(wires, bool), wire_level=np.ones(wires), label_text=of.labels.text,
        label_shown=np.ones(labels, bool), label_level=np.ones(labels),
    )  # fmt: skip
    return Scene(**{**fields, **changes})


def pixels(of, theme, scale=1.0, raster=None, quality=Quality.STILL, vectors=False):
    """The scene painted on the canvas' colour, (height, width, 3)."""
    display = compile(of, theme, scale)
    image = QImage(round(display.width * scale), round(display.height * scale), QImage.Format.Format_RGB32)
    image.fill(rgb(display.ground))
    with QPainter(image) as painter:
        if vectors:
            vector.paint(painter, display, scale)
        else:
            (raster or Raster()).paint(painter, display, scale, quality=quality)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., 2::-1].astype(int)
