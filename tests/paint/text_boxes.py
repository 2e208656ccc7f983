"""Boxes of the texts that a reader can see in a scene, measured with the program's own fonts."""

from typing import NamedTuple

from rnnstudio.diagram.scene import Scene
from rnnstudio.paint import fonts, mathtext

#: A text fainter than this is on its way out or in, and is not read.
READ_FROM = 0.35


class TextBox(NamedTuple):
    """What is written, where (left, top, right, bottom), and its size in logical px."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    px: float


def text_boxes(scene: Scene) -> list[TextBox]:
    """All texts of a scene that can be read: numbers on tiles, symbols and words, pills of tokens."""
    out = []
    tiles, labels = scene.layout.tiles, scene.layout.labels
    for k, text in enumerate(scene.tile_text):
        if text and tiles.px[k] > 0 and tiles.alpha[k] * tiles.ink[k] > READ_FROM:
            width = fonts.text_width(text, float(tiles.px[k]), 500)
            out.append(_box(text, *tiles.rect[k, :2], width, float(tiles.px[k]), "c"))
    for k, text in enumerate(scene.label_text):
        if not text.strip() or not scene.label_shown[k] or labels.alpha[k] <= READ_FROM:
            continue
        px, weight = float(labels.px[k]), int(labels.weight[k])
        math = labels.font[k] == "math"
        width = mathtext.measure(text, px, weight) if math else fonts.text_width(text, px, weight)
        out.append(_box(text, *labels.at[k], width, px, labels.align[k]))
    return out


def _box(text: str, x: float, y: float, width: float, px: float, align: str) -> TextBox:
    left = x - (width / 2 if align == "c" else width if align == "r" else 0.0)
    # Cap height is 0.72 em; what hangs below the baseline of a symbol's index is counted half.
    return TextBox(text, left, y - 0.36 * px, left + width, y + 0.36 * px, px)


def overlaps(boxes: list[TextBox], least: float = 1.5) -> list[tuple[TextBox, TextBox]]:
    """Pairs of texts that lie on each other by more than ``least`` px both ways."""
    found = []
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            wide = min(a.right, b.right) - max(a.left, b.left)
            high = min(a.bottom, b.bottom) - max(a.top, b.top)
            if wide > least and high > least:
                found.append((a, b))
    return found
