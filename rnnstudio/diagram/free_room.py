"""Which places of a layout are free: what is added to it may stand on nothing."""

import numpy as np

from rnnstudio.diagram.formula_sizes import math_width
from rnnstudio.diagram.layout import Floats, Layout

#: Grounds and ornaments, on which anything may stand.
_GROUNDS = frozenset({"shell", "band", "tint", "none", "chosen", "trail"})
#: What is kept clear of the frame: at the sides, at the top (the head), at the foot.
SIDE, HEAD, WIDE_HEAD, FOOT = 6.0, 56.0, 54.0, 4.0
#: How near two things may come, and how near to a wire.
NEAR, WIRE = 2.0, 4.0
#: Points between two corners of a wire that are looked at.
BETWEEN = 4
_ALIGN = {"l": 0.5, "c": 0.0, "r": -0.5}


class Room:
    """The rectangles and wires of a layout, and what has been added since."""

    def __init__(self, layout: Layout) -> None:
        self._frame = layout.frame
        plates, labels, wires = layout.plates, layout.labels, layout.wires
        solid = [k for k, kind in enumerate(plates.kind) if kind not in _GROUNDS and plates.alpha[k] > 0.05]
        self._rects: Floats = np.concatenate([plates.rect[solid], layout.tiles.rect])
        self._texts: Floats = np.asarray(
            [_text_rect(layout, k) for k in range(len(labels.keys))], dtype=np.float64
        ).reshape(-1, 4)
        drawn = [k for k, style in enumerate(wires.style) if wires.alpha[k] > 0.05 and style not in ("axis", "tie")]
        self._points: Floats = _dense(wires.points[drawn]) if drawn else np.empty((0, 2))

    def free(self, cx: float, cy: float, w: float, h: float) -> bool:
        """Whether a rectangle, given by centre and size, lies in the frame and on nothing but a ground."""
        frame = self._frame
        if cx - w / 2 < SIDE or cx + w / 2 > frame.width - SIDE:
            return False
        if cy - h / 2 < (WIDE_HEAD if frame.wide else HEAD) or cy + h / 2 > frame.height - FOOT:
            return False
        if _hit(self._rects, cx, cy, w, h) or _hit(self._texts, cx, cy, w, h):
            return False
        near = np.abs(self._points - (cx, cy)) < (w / 2 + WIRE, h / 2 + WIRE)
        return not bool(near.all(axis=1).any())

    def take(self, cx: float, cy: float, w: float, h: float) -> None:
        """Something stands there now."""
        self._rects = np.concatenate([self._rects, [[cx, cy, w, h]]])

    def drop(self, x: float, y: float) -> None:
        """The text at a point has gone."""
        self._texts = self._texts[np.hypot(self._texts[:, 0] - x, self._texts[:, 1] - y) > 1]


def _hit(rects: Floats, cx: float, cy: float, w: float, h: float) -> bool:
    apart = np.abs(rects[:, :2] - (cx, cy)) >= (rects[:, 2:] + (w, h)) / 2 + NEAR
    return not bool(apart.any(axis=1).all())


def _text_rect(layout: Layout, k: int) -> tuple[float, float, float, float]:
    labels = layout.labels
    x, y, px = float(labels.at[k, 0]), float(labels.at[k, 1]), float(labels.px[k])
    w = math_width(labels.text[k], px) if not labels.values[k] else 3.0 * px
    return x + _ALIGN[labels.align[k]] * w, y, w, px


def _dense(points: Floats) -> Floats:
    """Points along the wires, a few px apart."""
    share = np.linspace(0.0, 1.0, BETWEEN, endpoint=False)[:, np.newaxis]
    start, step = points[:, :-1, np.newaxis], np.diff(points, axis=1)[:, :, np.newaxis]
    return np.asarray((start + share * step).reshape(-1, 2))
