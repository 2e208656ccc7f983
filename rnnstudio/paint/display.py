"""Compiles a scene into a display list: every colour, size and position resolved, in the order of painting."""

import numpy as np

from rnnstudio.diagram.kept import Kept
from rnnstudio.diagram.layout import Ints, Layout
from rnnstudio.diagram.scene import Scene
from rnnstudio.files.theme import Theme
from rnnstudio.paint import outlines, plates, tiles, veils, wires
from rnnstudio.paint.pens import Pens
from rnnstudio.paint.plate import Plate
from rnnstudio.paint.primitives import Display, Primitive, Text
from rnnstudio.paint.token_marks import DOT, pill_rect, token_marks


def compile(scene: Scene, theme: Theme, fit: float = 1.0, zoom: float = 1.0) -> Display:
    """The display list of a scene.

    Parameters
    ----------
    scene : Scene
        A dressed layout.
    theme : Theme
        Its colours, strokes and text floor.
    fit, zoom : float
        Scale of the frame in its window and the user's zoom on top: texts that would fall under their floor are
        held at it (fit) or dropped (zoom).
    """
    pens = Pens(theme, fit, zoom)
    layout = scene.layout
    tops, strokes = tiles.Tops(scene, pens), wires.Strokes(scene, pens)
    plated, lettered = _plates(scene), _labels(scene, pens)
    items: list[Primitive] = []
    for at_plates, at_edges, at_wires, at_tiles, at_labels in _by_height(layout):
        here = [plated[k] for k in at_plates.tolist()]
        for plate in here:
            items += plates.under(plate, pens)
        if len(at_edges):
            items += tiles.edge_lines(scene, at_edges, theme, pens)
        items += strokes.of(at_wires.tolist())
        if len(at_tiles):
            items += tops.fills(at_tiles)
        for plate in here:
            items += plates.over(plate, pens)
        if len(at_tiles):
            items += tops.numbers(at_tiles)
        items += [text for k in at_labels.tolist() if (text := lettered[k]) is not None]
    if len(scene.veiled) or len(scene.asked):
        items += veils.veils(scene, pens)
    frame = layout.frame
    return Display(
        items=tuple(items),
        tokens=tuple(mark for token in scene.tokens for mark in token_marks(token, pens)),
        marks=tuple(outlines.outlines(scene, pens)),
        ground=pens.colour("canvas"),
        width=frame.width,
        height=frame.height,
        token_area=_token_area(scene, pens),
    )


def compile_tokens(scene: Scene, theme: Theme, fit: float = 1.0, zoom: float = 1.0) -> Display:
    """Only what moves while a sub-step runs; the rest of the scene is painted from a cache."""
    pens = Pens(theme, fit, zoom)
    marks = tuple(mark for token in scene.tokens for mark in token_marks(token, pens))
    frame = scene.layout.frame
    return Display((), marks, (), pens.colour("canvas"), frame.width, frame.height, _token_area(scene, pens))


#: In a turn nothing changes its height.
_HEIGHTS: Kept[list[tuple[Ints, ...]]] = Kept()


def _by_height(layout: Layout) -> list[tuple[Ints, ...]]:
    """For each height from the lowest: the plates, edges, wires, tiles and labels there, each in their order."""
    groups = (layout.plates.z, layout.edges.z, layout.wires.z, layout.tiles.z, layout.labels.z)
    return _HEIGHTS.get(groups, lambda: _sorted(groups))


def _sorted(groups: tuple[Ints, ...]) -> list[tuple[Ints, ...]]:
    heights = sorted(set().union(*(group.tolist() for group in groups)))
    columns = []
    for group in groups:
        order = np.argsort(group, kind="stable")
        columns.append(np.split(order, np.searchsorted(group[order], heights[1:])) if heights else [])
    return list(zip(*columns, strict=True))


def _plates(scene: Scene) -> list[Plate]:
    p, layout = scene.layout.plates, scene.layout
    ranges = {"weight": scene.weight_range, "change": scene.change_range}
    blocks = [(b.shape, ranges.get(b.scale, 1.0) if b.shown is None else b.shown.range) for b in layout.blocks]
    blocks.append(((0, 0), 1.0))  # for block −1, none
    rows = zip(p.kind, p.role, p.fill, p.rect, p.radius.tolist(), p.stroke.tolist(), p.alpha.tolist(),
               scene.plate_level.tolist(), np.asarray(scene.plate_known).tolist(), np.asarray(scene.plate_lit).tolist(),
               p.block.tolist(), strict=True)  # fmt: skip
    return [
        Plate(kind, role, fill, rect, radius, stroke, alpha, level, known, lit, scene.plate_data.get(k),
              blocks[block][0], blocks[block][1], layout.view)
        for k, (kind, role, fill, rect, radius, stroke, alpha, level, known, lit, block) in enumerate(rows)
    ]  # fmt: skip


def _labels(scene: Scene, pens: Pens) -> list[Text | None]:
    g = scene.layout.labels
    rows = zip(np.asarray(scene.label_shown).tolist(), g.alpha.tolist(), g.font, scene.label_text, g.at.tolist(),
               g.px.tolist(), g.role, g.align, g.weight.tolist(), scene.label_level.tolist(), strict=True)  # fmt: skip
    out: list[Text | None] = []
    for shown, alpha, font, text, (x, y), px, role, align, weight, level in rows:
        if not shown or alpha <= 0.01:
            out.append(None)
            continue
        write = pens.maths if font == "math" else pens.words
        out.append(write(text, x, y, px, role=role, align=align, weight=weight, level=level, alpha=alpha))
    return out


def _token_area(scene: Scene, pens: Pens) -> tuple[tuple[float, float, float, float], ...]:
    """Rectangles (left, top, width, height) outside of which no token paints."""
    out = []
    for token in scene.tokens:
        reach = 4.5 * DOT
        out.append((token.at[0] - reach, token.at[1] - reach, 2 * reach, 2 * reach))
        if token.pill is not None and token.texts:
            x, y, w, h = pill_rect(token, pens)
            x0, y0 = min(x - 16, token.at[0]), min(y - 16, token.at[1])
            x1, y1 = max(x + w + 16, token.at[0]), max(y + h + 16, token.at[1])
            out.append((x0, y0, x1 - x0, y1 - y0))
    return tuple(out)
