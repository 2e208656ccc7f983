"""Values under way: a dot with its trail on the wire, and the pill with the numbers parked beside it."""

import math

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.scene import Token
from rnnstudio.paint import fonts
from rnnstudio.paint.colours import ink, pack, value_colours
from rnnstudio.paint.lexicon import LEXICON
from rnnstudio.paint.pens import Pens
from rnnstudio.paint.primitives import Numbers, Path, Primitive, Shape

DOT, TRAIL, TRAIL_ALPHA = 10.0, (9.0, 18.0, 27.0), (0.37, 0.24, 0.11)
#: A cell of the pill: width, height, size of its number; normal and wide.
CELL, WIDE_CELL = (41.0, 25.0, 14.0), (74.0, 40.0, 28.0)
BLACK, WHITE = 0xFF000000, 0xFFFFFFFF


def token_marks(token: Token, pens: Pens) -> list[Primitive]:
    """The primitives of one token, the dot above its trail, the pill above its leader."""
    wide = pens.theme.wide
    r = DOT * (1.25 if wide else 1.0)
    x, y = token.at
    out: list[Primitive] = []
    if token.pill is not None and token.texts:
        out += _pill(token, pens)
    steps = TRAIL if token.moving else TRAIL[:2]
    for k, (back, alpha) in enumerate(zip(steps, TRAIL_ALPHA, strict=False)):
        cx, cy = x - token.direction[0] * back * r / DOT, y - token.direction[1] * back * r / DOT
        small = r - 1.0 - 1.6 * (k + 1)
        out.append(Shape((cx - small, cy - small, 2 * small, 2 * small), small, pens.colour("active", 1.0, alpha)))
    out.append(Shape((x - r, y - r, 2 * r, 2 * r), r, pens.colour("active"), pens.colour(token.role),
                     pens.stroke(3.0) ** (1.0 if not wide else 0.95)))  # fmt: skip
    return out


def pill_rect(token: Token, pens: Pens) -> tuple[float, float, float, float]:
    """Left, top, width and height of the pill."""
    assert token.pill is not None
    cell, tall, px = WIDE_CELL if pens.theme.wide else CELL
    size = pens.size(px) or px
    widest = max((fonts.advance(t, "number", 600) * size for t in token.texts), default=0.0)
    cell = max(cell, widest + 6)
    width, height = len(token.texts) * cell + 12, tall + 8
    return token.pill[0] - width / 2, token.pill[1] - height / 2, width, height


def _pill(token: Token, pens: Pens) -> list[Primitive]:
    x, y, w, h = pill_rect(token, pens)
    px = (WIDE_CELL if pens.theme.wide else CELL)[2]
    n, cell = len(token.texts), (w - 12) / len(token.texts)
    cx, cy = x + w / 2, y + h / 2
    rect = np.array([cx, cy, w, h])
    out: list[Primitive] = []
    leader = _leader(token, (x, y, w, h))
    if leader is not None:
        out.append(Path(leader, pens.colour(token.role, 0.8), 1.6, dash=(3.0, 3.0), round_caps=False))
    out.append(pens.glow(rect, h / 2, 12, 0.55))
    out.append(Shape((x, y, w, h), h / 2, pens.colour("raised"), pens.colour(token.role), pens.stroke(2.6)))
    colours = value_colours(pens.theme, np.asarray(token.values))
    left = x + 6 + cell * np.arange(n)
    radius = (h - 10) / 2 if n == 1 else 8.0
    for k, fill in enumerate(pack(colours)):
        out.append(Shape((float(left[k]) + 1, y + 5, cell - 2, h - 10), radius, int(fill)))
    size = pens.size(px)
    if size:
        at = np.column_stack([left + cell / 2, np.full(n, cy)])
        inks = np.where(ink(colours), np.uint32(BLACK), np.uint32(WHITE))
        out.append(Numbers(LEXICON.codes(token.texts), at, np.full(n, size), inks.astype(np.uint32), 600))
    return out


def _leader(token: Token, pill: tuple[float, float, float, float]) -> Floats | None:
    """A dotted line from the dot towards the pill, straight down or across where it can be."""
    x, y = token.at
    left, top, w, h = pill
    to_x = min(max(x, left + 8), left + w - 8)
    to_y = min(max(y, top), top + h)
    length = math.hypot(to_x - x, to_y - y)
    if length < 24:
        return None
    ux, uy = (to_x - x) / length, (to_y - y) / length
    return np.array([[x + 10 * ux, y + 10 * uy], [to_x - 4 * ux, to_y - 4 * uy]])
