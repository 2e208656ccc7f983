"""Veils over what a class is to predict: stripes within the outline, and the asked cell with its question mark."""

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.scene import Scene
from rnnstudio.paint.pens import Pens, corner
from rnnstudio.paint.primitives import Lines, Primitive, Shape

#: Stripes at 45°: their distance, width, opacity; the outline of the asked cell and how far it stands off (DESIGN §16).
PITCH, STRIPE, OPACITY = 11.0, 3.0, 0.34
RING, OFF, SEAM = 4.0, 2.0, 1.5
#: Cells that are rounder than this are nodes: they keep their own outline.
ROUND = 6.0


def veils(scene: Scene, pens: Pens) -> list[Primitive]:
    """The veils of a scene, and the ring around what is asked for; nothing where no class is asked."""
    tiles = scene.layout.tiles
    out: list[Primitive] = []
    striped = [k for k in scene.veiled.tolist() if tiles.radius[k] <= ROUND]
    for block in sorted({int(tiles.block[k]) for k in striped}):
        here = [k for k in striped if tiles.block[k] == block]
        rects = tiles.rect[here]
        x0, y0 = (rects[:, :2] - rects[:, 2:] / 2).min(axis=0)
        x1, y1 = (rects[:, :2] + rects[:, 2:] / 2).max(axis=0)
        out.append(Shape((x0, y0, x1 - x0, y1 - y0), 3.0, pens.colour("canvas")))
        ends = np.concatenate([stripes(rect) for rect in rects])
        width = np.full(len(ends), STRIPE)
        colour = np.full(len(ends), pens.colour("text3", 1.0, OPACITY), dtype=np.uint32)
        out.append(Lines(ends, width, colour))
        role = scene.layout.tiles.role[here[0]]
        out.append(Shape((x0, y0, x1 - x0, y1 - y0), 3.0, 0, pens.colour(role), pens.stroke(2.6)))
    unknown = set(scene.veiled.tolist())
    for k in scene.asked.tolist():
        x, y, w, h = corner(tiles.rect[k])
        box = (x - OFF, y - OFF, w + 2 * OFF, h + 2 * OFF)
        radius = min(float(tiles.radius[k]) + 4.0, box[2] / 2, box[3] / 2)
        hidden = k in unknown
        out.append(Shape(box, radius, pens.colour("canvas") if hidden else 0, pens.colour("accent"), RING))
        mark = pens.words("?", x + w / 2, y + h / 2, max(0.6 * h, 14.0), role="accent", align="c", weight=700)
        if hidden and mark is not None:
            out.append(mark)
    return out


def stripes(rect: Floats) -> Floats:
    """The stripes x + y = const within a rectangle given by centre and size, (n, 4) ends of lines.

    They lie on lines that all rectangles share, so that those of neighbours go through.
    """
    x, y, w, h = corner(rect)
    x0, y0, x1, y1 = x + SEAM, y + SEAM, x + w - SEAM, y + h - SEAM
    at = np.arange(np.ceil((x0 + y0) / PITCH), np.floor((x1 + y1) / PITCH) + 1) * PITCH
    left = np.maximum(x0, at - y1)
    right = np.minimum(x1, at - y0)
    return np.column_stack([left, at - left, right, at - right])[right > left]
