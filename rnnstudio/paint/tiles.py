"""Tiles and weight edges, as arrays: thousands of them become a few primitives."""

from typing import NamedTuple

import numpy as np

from rnnstudio.diagram.kept import Kept
from rnnstudio.diagram.layout import Floats, Ints
from rnnstudio.diagram.scene import Bools, Scene
from rnnstudio.files.theme import Theme
from rnnstudio.paint.colours import Colours, ink, mixed, pack, rgb, value_colours
from rnnstudio.paint.lexicon import LEXICON
from rnnstudio.paint.pens import UNKNOWN_DASH, Pens
from rnnstudio.paint.primitives import Lines, Numbers, Primitive, Rects, Shape

BLACK, WHITE = np.uint32(0xFF000000), np.uint32(0xFFFFFFFF)
#: Seam between the tiles of a column, and between the small tiles of a heat map (each side takes half).
SEAM, FINE_SEAM = 1.2, 0.8
#: Step of line widths that are painted together.
WIDTH_STEP = 0.25


class _Looks(NamedTuple):
    """What the tiles' values look like: colours, inks on them, and which are numbers at all."""

    colour: Floats
    ink: Colours
    valid: Bools


#: In a turn values and texts are the same objects from frame to frame, and so are their colours and codes.
_LOOKS: Kept[_Looks] = Kept()
_CODES: Kept[Ints] = Kept()


def _looks(scene: Scene, theme: Theme) -> _Looks:
    colour = value_colours(theme, scene.tile_value, scene.tile_vmax)
    colour = mixed(rgb(theme, "canvas"), colour, scene.tile_level)
    return _Looks(colour, np.where(ink(colour), BLACK, WHITE), np.isfinite(scene.tile_value))


class Tops:
    """The tiles of a scene: colours of all of them at once, then the primitives of those at one height."""

    def __init__(self, scene: Scene, pens: Pens) -> None:
        self._scene, self._pens, self._tiles = scene, pens, scene.layout.tiles
        made_of = (scene.tile_value, scene.tile_vmax, scene.tile_level, pens.theme)
        self._colour, self._ink, self._valid = _LOOKS.get(made_of, lambda: _looks(scene, pens.theme))
        self._codes = _CODES.get((scene.tile_text,), lambda: LEXICON.codes(scene.tile_text))

    def fills(self, at: Ints) -> list[Primitive]:
        """The coloured rectangles, circles and pills (hollow where the value is not known)."""
        tiles = self._tiles
        at = at[tiles.alpha[at] > 0.004]
        cells = at[(tiles.stroke[at] <= 0) & (tiles.radius[at] <= 0) & self._scene.tile_known[at]]
        out: list[Primitive] = []
        if len(cells):
            out.append(Rects(_inset(tiles.rect[cells]), pack(self._colour[cells], tiles.alpha[cells])))
            out += [self._invalid(int(k)) for k in cells[~self._valid[cells]]]
        for k in at[(tiles.stroke[at] > 0) | (tiles.radius[at] > 0)]:
            out += self._node(int(k))
        return out

    def numbers(self, at: Ints) -> list[Primitive]:
        """The numbers on the tiles, black or white by their colour."""
        tiles, scene = self._tiles, self._scene
        opacity = tiles.alpha[at] * tiles.ink[at]
        at = at[(tiles.px[at] > 0) & scene.tile_known[at] & (opacity > 0.01)]
        out: list[Primitive] = []
        for weight, chosen in ((500, tiles.stroke[at] <= 0), (600, tiles.stroke[at] > 0)):
            group = at[chosen]
            if not len(group):
                continue
            px = self._pens.sizes(tiles.px[group])
            if not px.all():
                group, px = group[px > 0], px[px > 0]
            codes = self._codes[group]
            px = _fitting(codes, px, tiles.rect[group, 2], tiles.block[group], weight)
            alpha = np.rint(255 * np.clip(tiles.alpha[group] * tiles.ink[group], 0, 1)).astype(np.uint32)
            inks = self._ink[group]
            inks = np.where(self._valid[group], inks, np.uint32(self._pens.colour("error")))
            colour = (inks & np.uint32(0x00FFFFFF)) | (alpha << 24)
            out.append(Numbers(codes, tiles.rect[group, :2], px, colour.astype(np.uint32), weight))
        return out

    def _invalid(self, k: int) -> Shape:
        """A value that is no number: a white cell with a dashed outline."""
        cx, cy, w, h = self._tiles.rect[k]
        return Shape((cx - w / 2 + 1, cy - h / 2 + 1, w - 2, h - 2), 0.0, self._pens.colour("raised"),
                     self._pens.colour("error"), 1.6, (4.0, 3.0))  # fmt: skip

    def _node(self, k: int) -> list[Primitive]:
        tiles, scene, pens = self._tiles, self._scene, self._pens
        cx, cy, w, h = (float(v) for v in tiles.rect[k])
        alpha, role, stroke = float(tiles.alpha[k]), tiles.role[k], float(tiles.stroke[k])
        radius, level = min(float(tiles.radius[k]), w / 2, h / 2), float(scene.tile_level[k])
        box = (cx - w / 2, cy - h / 2, w, h)
        if not scene.tile_known[k]:
            big = min(w, h) >= 60
            return [Shape(box, radius, pens.colour("canvas", 1.0, alpha), pens.colour(role, 0.75 * level, alpha),
                          2.0 if big else 1.6, (6.0, 5.0) if big else UNKNOWN_DASH)]  # fmt: skip
        out: list[Primitive] = []
        if stroke > 0 and min(w, h) >= 40 and alpha >= 0.5:
            if scene.tile_lit[k]:
                out.append(pens.glow(tiles.rect[k], radius, 18, 0.6, alpha))
            elif level > 0.9:
                out.append(pens.shadow(tiles.rect[k], radius, 9, 0.10, alpha=alpha))
        fill = int(pack(self._colour[k], alpha))
        out.append(Shape(box, radius, fill, pens.colour(role, level, alpha) if stroke > 0 else 0,
                         pens.stroke(stroke)))  # fmt: skip
        return out


def _inset(rect: Floats) -> Floats:
    """Left, top, width, height of tiles with their seams taken off; thin strips overlap a little instead."""
    w, h = rect[:, 2], rect[:, 3]
    small = np.minimum(w, h)
    strip = (h < 10) & (w > 2.5 * h)
    half = np.where(small >= 15, SEAM / 2, np.where(small >= 4, FINE_SEAM / 2, 0.0))
    across = np.where(strip, 0.0, half)
    down = np.where(strip, -0.15, half)
    return np.column_stack(
        [rect[:, 0] - w / 2 + across, rect[:, 1] - h / 2 + down, w - 2 * across, h - 2 * down]
    )


def _fitting(codes: Ints, px: Floats, width: Floats, block: Ints, weight: int) -> Floats:
    """Sizes at which the longest numbers stay inside their tiles; the numbers of one block shrink together."""
    need = LEXICON.advances(codes, weight)
    large = (LEXICON.lengths(codes) * 0.6 * px > width) & (need * px > width - 2)
    if not large.any():
        return px
    share = np.where(large, np.maximum((width - 2) / np.maximum(need, 1e-9), 1.0) / px, 1.0)
    least = np.ones(int(block.max()) + 2)  # the last: of tiles that belong to no block, and stand alone
    np.minimum.at(least, block, share)
    return np.asarray(px * np.where(block >= 0, least[block], share))


def edge_lines(scene: Scene, at: Ints, theme: Theme, pens: Pens) -> list[Primitive]:
    """Weights as lines from rim to rim, through the weight's own tile where that has left the straight line."""
    edges, tiles = scene.layout.edges, scene.layout.tiles
    at = at[edges.alpha[at] > 0]
    if not len(at):
        return []
    value, vmax = scene.edge_value[at], np.maximum(scene.edge_vmax[at], 1e-300)
    share = np.clip(np.abs(np.where(np.isfinite(value), value, 0.0)) / vmax, 0.0, 1.0)
    width = (edges.width[at, 0] + edges.width[at, 1] * share) * theme.stroke
    positive, negative = rgb(theme, "posline"), rgb(theme, "negline")
    colour = np.where((value >= 0)[:, None], positive, negative)
    level = np.clip(edges.alpha[at], 0, 1) * scene.edge_level[at]
    packed = pack(mixed(rgb(theme, "canvas"), colour, level))
    source, via, target = edges.ends[at].T
    a, b = tiles.rect[source], tiles.rect[target]
    through = np.where((via >= 0)[:, None], tiles.rect[np.maximum(via, 0), :2], (a[:, :2] + b[:, :2]) / 2)
    start, end = _rim(a, through, tiles.radius[source]), _rim(b, through, tiles.radius[target])
    straight = _bend(start, through, end) < 0.5
    ends = np.concatenate([
        np.hstack([start, end])[straight],
        np.hstack([start, through])[~straight],
        np.hstack([through, end])[~straight],
    ])  # fmt: skip
    widths = np.concatenate([width[straight], width[~straight], width[~straight]])
    colours = np.concatenate([packed[straight], packed[~straight], packed[~straight]])
    quantised = np.maximum(np.rint(widths / WIDTH_STEP) * WIDTH_STEP, WIDTH_STEP)
    return [Lines(ends, quantised, colours.astype(np.uint32))]


def _rim(rect: Floats, towards: Floats, radius: Floats) -> Floats:
    """Where the line from a tile's centre leaves it: on the circle of a node, on the side of a rectangle."""
    way = towards - rect[:, :2]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    unit = way / length[:, None]
    half = rect[:, 2:] / 2
    side = np.min(half / np.maximum(np.abs(unit), 1e-9), axis=1)
    roundness = np.clip(radius / np.maximum(half.min(axis=1), 1e-9), 0.0, 1.0)
    reach = np.minimum(side + (half.min(axis=1) - side) * roundness, length)
    return np.asarray(rect[:, :2] + unit * reach[:, None])


def _bend(start: Floats, through: Floats, end: Floats) -> Floats:
    """Distance of the middle point from the straight line."""
    way = end - start
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    off = through - start
    return np.abs(way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0]) / length
