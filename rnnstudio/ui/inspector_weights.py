"""The weights that the inspector shows: the matrices of the selected value, or the first ones of the cell."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import fmt, matrix_decimals
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.versions import DELTA
from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.colours import ink, value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import joined
from rnnstudio.state.derived import subject, trace
from rnnstudio.state.model import State
from rnnstudio.state.picture import inspection, reads, weights_at
from rnnstudio.state.runs import vmax
from rnnstudio.ui.style import colour

#: A tile lower than this has no number, and a matrix of more rows is one image.
ROW, LOWEST, MOST_ROWS = 29.0, 24.0, 4
IMAGE = 104.0
NUMBER = 12.5
SYMBOL = 26.0
#: Room for the numbers of rows and columns, which a matrix by itself has.
HEADS = 16.0
#: Above this a matrix is averaged down to it.
POOLED = 64


@dataclass(frozen=True, eq=False)
class WeightsPart:
    """Up to two matrices side by side: (markup of the symbol, numbers), the one on the state first."""

    matrices: tuple[tuple[str, str, Floats], ...]
    note: str
    most: float = 1.0  # range of their colours
    names: tuple[str, ...] = ()

    @property
    def sizes(self) -> str:
        """``3 × 3   and   3 × 4``."""
        shapes = (f"{m.shape[0]} \N{MULTIPLICATION SIGN} {m.shape[1]}" for _, _, m in self.matrices)
        return joined("   and   ", shapes)

    @property
    def height(self) -> float:
        """Height of the drawing."""
        return self.heads + self.tall

    @property
    def tall(self) -> float:
        """Height of the tiles alone."""
        rows = max((m.shape[0] for _, _, m in self.matrices), default=0)
        return rows * ROW if rows <= MOST_ROWS else IMAGE

    @property
    def heads(self) -> float:
        """Room over the tiles, and before them, for the numbers of columns and rows."""
        return HEADS if len(self.matrices) == 1 else 0.0

    def written(self, name: str, width: float) -> bool:
        """Whether the tiles of a matrix have their numbers in them, in a panel of this width."""
        tile, _ = _columns(self, 0.0, width)
        return any(n == name and _written_out(m, tile) for n, (_, _, m) in zip(self.names, self.matrices, strict=True))


def weights_of(state: State) -> WeightsPart:
    """The matrices of the selected gate or weight; without such a selection, the first on s and on x.

    They are those that the sample of the playhead, or of the selected weights, uses; or the selected change of some.
    """
    program = trace(state).layers[state.document.network.chosen].program
    names = [name for name, letters in program.parameters.items() if len(letters) == 2]
    selected = state.session.selection
    wanted = selected.what.partition(":")[0] if selected else ""
    if selected is not None and wanted.removeprefix(DELTA) in names:
        said = inspection(state)
        if said.values is not None and np.shape(said.values) == np.shape(weights_at(state, wanted)):
            most = vmax(state.document) if wanted in names else subject(state).change_range
            return WeightsPart(((said.symbol, said.role, np.asarray(said.values)),), "", most, (wanted,))
    own = [wanted] if wanted in names else [name for name in reads(program, wanted) if name in names]
    chosen: list[str] = []
    for role in ("U", "W"):
        chosen += [name for name in own or names if program.role(name) == role][:1]
    if not chosen:
        chosen = (own or names)[:1]
    gate = chosen[0][1:] if chosen and len(chosen[0]) > 1 else ""
    timed = subject(state).learns and subject(state).started
    writing = Writing(program, lag=0 if timed else None, timed=timed)
    symbols = [subject(state).notation.write(writing.symbol(name)) for name in chosen]
    matrices = tuple(
        (symbol, program.role(name), weights_at(state, name)) for symbol, name in zip(symbols, chosen, strict=True)
    )
    note = f"  \N{MIDDLE DOT}  {gate}" if gate else ""
    return WeightsPart(matrices, note, vmax(state.document), tuple(chosen))


def _columns(part: WeightsPart, x: float, width: float) -> tuple[float, list[float]]:
    """Width of a tile, and where the tiles of each matrix begin."""
    columns = sum(m.shape[1] for _, _, m in part.matrices)
    rooms = [max(SYMBOL, mathtext.measure(markup, 22) + 7) + 1.4 * part.heads for markup, _, _ in part.matrices]
    free = width - sum(rooms) - (len(part.matrices) - 1) * 14
    tile, starts = min(free / max(columns, 1), 46.0), []
    for room, (_, _, numbers) in zip(rooms, part.matrices, strict=True):
        x += room
        starts.append(x)
        x += tile * numbers.shape[1] + 14
    return tile, starts


def _written_out(numbers: Floats, tile: float) -> bool:
    """Whether the tiles have their numbers in them."""
    return tile >= LOWEST and numbers.shape[0] <= MOST_ROWS


def weight_boxes(part: WeightsPart, x: float, y: float, width: float) -> Iterator[tuple[str, tuple[int, int], QRectF]]:
    """Each number that is drawn: its matrix, its row and column, where its tile is."""
    tile, starts = _columns(part, x, width)
    y += part.heads
    for name, left, (_, _, numbers) in zip(part.names, starts, part.matrices, strict=True):
        for i, j in np.ndindex(*numbers.shape) if _written_out(numbers, tile) else ():
            yield name, (i, j), QRectF(left + j * tile, y + i * ROW, tile, ROW)


def matrix_boxes(part: WeightsPart, x: float, y: float, width: float) -> Iterator[tuple[str, tuple[int, int], QRectF]]:
    """Each matrix that is drawn: its name, rows and columns, and where it is."""
    tile, starts = _columns(part, x, width)
    for name, left, (_, _, numbers) in zip(part.names, starts, part.matrices, strict=True):
        rows, columns = (int(n) for n in numbers.shape)
        high = rows * ROW if _written_out(numbers, tile) else part.tall
        yield name, (rows, columns), QRectF(left, y + part.heads, tile * columns, high)


def draw_weights(painter: QPainter, theme: Theme, part: WeightsPart, x: float, y: float, width: float) -> None:
    """Draw the matrices side by side, their tiles of one width."""
    tile, starts = _columns(part, x, width)
    y += part.heads
    for left, (markup, role, numbers) in zip(starts, part.matrices, strict=True):
        room = max(SYMBOL, mathtext.measure(markup, 22) + 7) + 1.4 * part.heads
        mathtext.draw(painter, left - room, y + part.tall / 2, markup, 22, theme, role=role, ground="panel")
        if part.heads:
            _heads(painter, theme, numbers, left, y, tile, part.tall)
        if _written_out(numbers, tile):
            _tiles(painter, theme, numbers, left, y, tile, part.most)
        else:
            _image(painter, theme, numbers, QRectF(left, y, tile * numbers.shape[1], part.tall), part.most)


def _heads(painter: QPainter, theme: Theme, numbers: Floats, x: float, y: float, tile: float, tall: float) -> None:
    """The numbers of rows and columns; where they are too close, every so manyth."""
    rows, columns = numbers.shape
    high, quiet = (ROW if _written_out(numbers, tile) else tall / rows), colour(theme, "text3")
    for j in range(0, columns, max(math.ceil(18 / tile), 1)):
        middle = x + (j + 0.5) * tile
        write(painter, middle, y - HEADS / 2, str(j + 1), 11.5, quiet, align="c", kind="number", weight=550)
    for i in range(0, rows, max(math.ceil(14 / high), 1)):
        write(painter, x - 5, y + (i + 0.5) * high, str(i + 1), 11.5, quiet, align="r", kind="number", weight=550)


def _tiles(painter: QPainter, theme: Theme, numbers: Floats, x: float, y: float, tile: float, vmax: float) -> None:
    decimals = matrix_decimals(numbers, 1 if tile < 34 else 2)
    widest = max(text_width(fmt(float(value), decimals), NUMBER, 550, "number") for value in numbers.flat)
    if widest > tile - 5 and decimals > 1:
        decimals, widest = 1, widest * 0.75  # too narrow for both: the second decimal goes before the size does
    px = min(NUMBER, max(NUMBER * (tile - 5) / widest, 10.0))
    colours = value_colours(theme, numbers, vmax)
    for i, row in enumerate(numbers):
        for j, value in enumerate(row):
            box = QRectF(x + j * tile + 0.5, y + i * ROW + 0.5, tile - 1, ROW - 1)
            painter.fillRect(box, QColor(*(round(float(part)) for part in colours[i, j])))
            on = QColor("#000000") if bool(ink(colours[i, j])) else QColor("#FFFFFF")
            where = box.center()
            write(
                painter,
                where.x(),
                where.y(),
                fmt(float(value), decimals),
                px,
                on,
                align="c",
                kind="number",
                weight=550,
            )


def _image(painter: QPainter, theme: Theme, numbers: Floats, box: QRectF, vmax: float) -> None:
    small = _pooled(numbers)
    rgb = np.ascontiguousarray(np.rint(value_colours(theme, small, vmax)), np.uint8)
    image = QImage(rgb.data, rgb.shape[1], rgb.shape[0], rgb.strides[0], QImage.Format.Format_RGB888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    painter.setPen(Qt.PenStyle.NoPen)


def _pooled(numbers: Floats) -> Floats:
    """The matrix, averaged to at most 64 × 64."""
    for axis, size in enumerate(numbers.shape):
        if size > POOLED:
            starts = np.linspace(0, size, POOLED, endpoint=False).astype(int)
            counts = np.diff([*starts, size])
            numbers = np.add.reduceat(numbers, starts, axis=axis) / np.expand_dims(counts, 1 - axis)
    return numbers
