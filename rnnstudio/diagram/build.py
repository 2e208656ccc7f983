"""The builder with which a view is written: vectors, matrices, wires, labels in; arrays out."""

from typing import Any

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import (
    Anchor,
    Block,
    Edges,
    Floats,
    Frame,
    Ints,
    Labels,
    Layout,
    Plates,
    Tiles,
    Wires,
    rounded_path,
)
from rnnstudio.diagram.notation import TUTORIAL, Notation

#: Level of detail of a vector (DESIGN §11): numbers, a colour column, a block grid, a histogram.
NUMBERS_UP_TO, COLUMN_UP_TO, GRID_UP_TO = 12, 64, 256
GRID_COLUMNS = 4
#: A matrix with more cells than this is one heat image.
HEAT_FROM = 400
#: Numbers under this size are not drawn.
SMALLEST_PX = 10.0

Row = dict[str, Any]


class Builder:
    """Collects the marks of one layout; its texts are the tutorial's letters, and come out in those of a notation."""

    def __init__(self, view: str, frame: Frame, notation: Notation = TUTORIAL) -> None:
        self.view = view
        self.frame = frame
        self.notation = notation
        self.title = ""
        self.caption = ""
        self._plates: list[Row] = []
        self._tiles: list[Row] = []
        self._edges: list[Row] = []
        self._wires: list[Row] = []
        self._labels: list[Row] = []
        self._blocks: list[Block] = []

    def adopt(self, blocks: tuple[Block, ...]) -> None:
        """Begin with the blocks of another layout, for marks that are added to it."""
        self._blocks = list(blocks)

    def block(self, name: str, rows: int, cols: int = 1, **more: Any) -> int:
        """Register the numbers of a vector or matrix; returns the index that marks carry."""
        self._blocks.append(Block(name, (rows, cols), **more))
        return len(self._blocks) - 1

    def plate(
        self,
        key: Key,
        kind: str,
        cx: float,
        cy: float,
        w: float,
        h: float,
        *,
        role: str = "op",
        fill: str = "boxfill",
        stroke: float = 2.6,
        radius: float = 0.0,
        alpha: float = 1.0,
        z: int = 2,
        block: int = -1,
    ) -> None:
        """Add a box, frame, band, operator, curve, … centred on (cx, cy)."""
        self._plates.append(
            dict(key=key, kind=kind, role=role, fill=fill, rect=(cx, cy, w, h), radius=radius, stroke=stroke,
                 alpha=alpha, z=z, block=block)
        )  # fmt: skip

    def tile(
        self,
        key: Key,
        cx: float,
        cy: float,
        w: float,
        h: float,
        block: int,
        cell: int,
        *,
        role: str = "op",
        radius: float = 0.0,
        stroke: float = 0.0,
        alpha: float = 1.0,
        z: int = 5,
        px: float = 17.0,
    ) -> None:
        """Add one value: a node, a pill, a cell."""
        self._tiles.append(
            dict(key=key, role=role, rect=(cx, cy, w, h), radius=radius, stroke=stroke, alpha=alpha, z=z,
                 px=px if px >= SMALLEST_PX else 0.0, ink=1.0, block=block, cell=cell)
        )  # fmt: skip

    def vector(
        self,
        key: Key,
        block: int,
        cx: float,
        cy: float,
        *,
        role: str,
        w: float = 64.0,
        h: float = 32.0,
        px: float | None = None,
        stroke: float = 2.6,
        tallest: float = 240.0,
        z: int = 5,
        horizontal: bool = False,
    ) -> tuple[float, float]:
        """Add a vector as a column (or row) of tiles in a frame, at the level of detail its size allows.

        Returns the width and height it takes. The tiles' keys are ``key`` with ``i``, the frame's has part "frame".
        """
        n = self._blocks[block].shape[0]
        if horizontal:
            return self._row(key, block, cx, cy, role, w, h, px, stroke, z)
        if n > GRID_UP_TO:
            width, height = max(w, 124.0) if tallest >= 140 else max(w, 84.0), min(tallest, 150.0)
            self._frame(key, cx, cy, width, height, role, stroke, z, "histogram", block)
            return width, height
        cols = GRID_COLUMNS if n > COLUMN_UP_TO else 1
        rows = -(-n // cols)
        if n <= NUMBERS_UP_TO and min(h, tallest / n) >= 15:
            height, width, size = min(h, tallest / n), w, px if px is not None else 0.52 * h
            size = min(size, 0.7 * height)
            size = max(size, SMALLEST_PX)
        else:
            width, size = (40.0 if cols == 1 else 50.0), 0.0
            width = min(width, w)
            height = min(h, tallest / rows)
        x0, y0 = cx - width / 2, cy - rows * height / 2
        for k in range(n):
            col, row = divmod(k, rows)
            self.tile(key._replace(i=k), x0 + (col + 0.5) * width / cols, y0 + (row + 0.5) * height, width / cols,
                      height, block, k, role=role, z=z, px=size)  # fmt: skip
        self._frame(key, cx, cy, width, rows * height, role, stroke, z, "frame", block)
        return width, rows * height

    def _row(
        self, key: Key, block: int, cx: float, cy: float, role: str, w: float, h: float, px: float | None,
        stroke: float, z: int,
    ) -> tuple[float, float]:  # fmt: skip
        n = self._blocks[block].shape[0]
        for k in range(n):
            self.tile(key._replace(i=k), cx + (k - (n - 1) / 2) * w, cy, w, h, block, k, role=role, z=z,
                      px=px if px is not None else 0.52 * h)  # fmt: skip
        self._frame(key, cx, cy, n * w, h, role, stroke, z, "frame", block)
        return n * w, h

    def _frame(
        self, key: Key, cx: float, cy: float, w: float, h: float, role: str, stroke: float, z: int, kind: str,
        block: int,
    ) -> None:  # fmt: skip
        self.plate(key._replace(part="frame"), kind, cx, cy, w, h, role=role, fill="canvas", stroke=stroke, radius=5.0,
                   z=z, block=block)  # fmt: skip

    def matrix(
        self,
        key: Key,
        block: int,
        cx: float,
        cy: float,
        *,
        role: str,
        w: float,
        h: float,
        px: float = 0.0,
        stroke: float = 2.0,
        z: int = 5,
        alpha: float = 1.0,
    ) -> None:
        """Add a matrix of tiles (or one heat image) that fills ``w`` × ``h``; numbers where ``px`` is not 0.

        The tiles' keys are ``key`` with ``i`` (row) and ``j`` (column), the frame's has part "frame".
        """
        rows, cols = self._blocks[block].shape
        cw, ch = w / cols, h / rows
        if rows * cols > HEAT_FROM:
            self.plate(key._replace(part="frame"), "heat", cx, cy, w + 3, h + 3, role=role, fill="canvas",
                       stroke=stroke, radius=4.0, z=z, block=block, alpha=alpha)  # fmt: skip
            return
        size = px if cw >= 24 and ch >= 14 and px >= SMALLEST_PX else 0.0
        for i in range(rows):
            for j in range(cols):
                self.tile(key._replace(i=i, j=j), cx + (j - (cols - 1) / 2) * cw, cy + (i - (rows - 1) / 2) * ch, cw,
                          ch, block, i * cols + j, role=role, z=z, px=size, alpha=alpha)  # fmt: skip
        self.plate(key._replace(part="frame"), "frame", cx, cy, w + 3, h + 3, role=role, fill="canvas", stroke=stroke,
                   radius=4.0, z=z, block=block, alpha=alpha)  # fmt: skip

    def edge(
        self, key: Key, source: Key, via: Key | None, target: Key, block: int, cell: int, *, thin: float = 1.5,
        per_weight: float = 6.0, alpha: float = 1.0, z: int = 1,
    ) -> None:  # fmt: skip
        """Add a weight as a line between two nodes; its width is ``thin + per_weight·|w|/vmax``."""
        self._edges.append(
            dict(key=key, ends=(source, via, target), width=(thin, per_weight), alpha=alpha, z=z, block=block,
                 cell=cell)
        )  # fmt: skip

    def wire(
        self,
        key: Key,
        points: list[tuple[float, float]] | Floats,
        *,
        role: str,
        width: float,
        head: float = 0.0,
        style: str = "wire",
        alpha: float = 1.0,
        z: int = 3,
        block: int = -1,
        phase: int = 0,
        token: str = "",
        park: tuple[float, float, float] = (1.0, 0.0, 0.0),
        start: Anchor | None = None,
        end: Anchor | None = None,
        fade: str = "",
        halo: bool = False,
        corner: float = 14.0,
    ) -> None:
        """Add a path from the first point to the last (the tip of the head, where it has one)."""
        path = points if isinstance(points, np.ndarray) else rounded_path(points, corner)
        self._wires.append(
            dict(key=key, role=role, style=style, points=path, width=width, head=head, alpha=alpha, z=z, block=block,
                 phase=phase, token=token, park=park, start=start, end=end, fade=fade, halo=halo)
        )  # fmt: skip

    def label(
        self,
        key: Key,
        text: str,
        x: float,
        y: float,
        px: float,
        *,
        role: str = "text",
        align: str = "c",
        font: str = "math",
        weight: int = 400,
        alpha: float = 1.0,
        z: int = 7,
        values: tuple[tuple[int, int], ...] = (),
        when: str = "",
    ) -> None:
        """Add a symbol (math markup) or words; ``values`` are (block, cell) pairs for its placeholders."""
        text = self.notation.write(text, self.view == "network") if font == "math" else text
        self._labels.append(
            dict(key=key, text=text, font=font, role=role, align=align, at=(x, y), px=px, weight=weight, alpha=alpha,
                 z=z, values=values, when=when)
        )  # fmt: skip

    def layout(self) -> Layout:
        """Freeze what was collected."""
        tiles = _tiles(self._tiles)
        plates = _plates(self._plates)
        return Layout(self.view, self.frame, plates, tiles, _edges(self._edges, tiles), _wires(self._wires),
                      _labels(self._labels), tuple(self._blocks), self.notation.words(self.title),
                      self.notation.words(self.caption),
                      _content(plates, tiles))  # fmt: skip


def _floats(rows: list[Row], name: str, width: int = 0) -> Floats:
    array = np.asarray([row[name] for row in rows], dtype=np.float64)
    return array if rows else np.empty((0, width) if width else 0)


def _ints(rows: list[Row], name: str) -> Ints:
    return np.asarray([row[name] for row in rows], dtype=np.int64)


def _plates(rows: list[Row]) -> Plates:
    return Plates(tuple(r["key"] for r in rows), tuple(r["kind"] for r in rows), tuple(r["role"] for r in rows),
                  tuple(r["fill"] for r in rows), _floats(rows, "rect", 4), _floats(rows, "radius"),
                  _floats(rows, "stroke"), _floats(rows, "alpha"), _ints(rows, "z"),
                  _ints(rows, "block"))  # fmt: skip


def _tiles(rows: list[Row]) -> Tiles:
    return Tiles(tuple(r["key"] for r in rows), tuple(r["role"] for r in rows), _floats(rows, "rect", 4),
                 _floats(rows, "radius"), _floats(rows, "stroke"), _floats(rows, "alpha"), _ints(rows, "z"),
                 _floats(rows, "px"), _floats(rows, "ink"), _ints(rows, "block"), _ints(rows, "cell"))  # fmt: skip


def _edges(rows: list[Row], tiles: Tiles) -> Edges:
    index = {key: k for k, key in enumerate(tiles.keys)}
    ends = np.asarray([[-1 if key is None else index[key] for key in r["ends"]] for r in rows], dtype=np.int64)
    return Edges(tuple(r["key"] for r in rows), ends.reshape(-1, 3), _floats(rows, "width", 2), _floats(rows, "alpha"),
                 _ints(rows, "z"), _ints(rows, "block"), _ints(rows, "cell"))  # fmt: skip


def _wires(rows: list[Row]) -> Wires:
    points = np.asarray([r["points"] for r in rows], dtype=np.float64)
    return Wires(tuple(r["key"] for r in rows), tuple(r["role"] for r in rows), tuple(r["style"] for r in rows),
                 points if rows else np.empty((0, 0, 2)), _floats(rows, "width"), _floats(rows, "head"),
                 _floats(rows, "alpha"), _ints(rows, "z"), _ints(rows, "block"), _ints(rows, "phase"),
                 tuple(r["token"] for r in rows), _floats(rows, "park", 3), tuple(r["start"] for r in rows),
                 tuple(r["end"] for r in rows), tuple(r["fade"] for r in rows),
                 tuple(r["halo"] for r in rows))  # fmt: skip


def _labels(rows: list[Row]) -> Labels:
    return Labels(tuple(r["key"] for r in rows), tuple(r["text"] for r in rows), tuple(r["font"] for r in rows),
                  tuple(r["role"] for r in rows), tuple(r["align"] for r in rows), _floats(rows, "at", 2),
                  _floats(rows, "px"), _ints(rows, "weight"), _floats(rows, "alpha"), _ints(rows, "z"),
                  tuple(r["values"] for r in rows), tuple(r["when"] for r in rows))  # fmt: skip


def _content(plates: Plates, tiles: Tiles) -> tuple[float, float, float, float]:
    rect = np.concatenate([plates.rect, tiles.rect])
    if not len(rect):
        return (0.0, 0.0, 0.0, 0.0)
    low = (rect[:, :2] - rect[:, 2:] / 2).min(axis=0)
    high = (rect[:, :2] + rect[:, 2:] / 2).max(axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
