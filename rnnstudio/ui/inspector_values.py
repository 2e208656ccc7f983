"""The inspector's rows of values: number, tile, bar; what is not known yet is a dashed tile with a question mark."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from rnnstudio.diagram.formula import Inspection
from rnnstudio.diagram.numbers import fmt
from rnnstudio.files.theme import Theme
from rnnstudio.paint.colours import ink, value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.qtsafe import f
from rnnstudio.sentence import sentence
from rnnstudio.state.model import State
from rnnstudio.state.runs import vmax
from rnnstudio.ui.style import colour

#: Rows of values that are written out; of longer vectors the first, and how many more there are.
MOST_ROWS = 6
ROW = 34.0
#: Where the rows begin; in a row the tile, and where its bar begins.
TOP, TILE, BAR = 112.0, QRectF(22, 0, 62, 26), 98.0


def rows_of(said: Inspection) -> int:
    """Rows that are drawn; none for a matrix, which stands among the weights."""
    if said.values is not None and np.ndim(said.values) == 2 and np.shape(said.values)[1] > 1:
        return 0
    return min(max(said.size, 1), MOST_ROWS)


def draw_values(painter: QPainter, theme: Theme, said: Inspection, box: QRectF, state: State) -> None:
    """Draw the rows from the top of ``box``."""
    quiet = colour(theme, "text3")
    if not said.size:
        write(painter, box.left() + 4, box.top() + 13, "no values of its own", 13, quiet, weight=450)
    values = None if said.values is None else np.asarray(said.values, dtype=np.float64).reshape(-1)
    weights = said.role in ("W", "U", "V")
    most = vmax(state.document) if weights else 1.0
    least = -most if values is None or bool(np.any(values < 0)) else 0.0
    rows = min(said.size, MOST_ROWS)
    for i in range(rows):
        y = box.top() + i * ROW
        last = said.size > MOST_ROWS and i == rows - 1
        label = sentence("\N{HORIZONTAL ELLIPSIS} {size} more", size=said.size - rows + 1) if last else str(i + 1)
        write(painter, box.left() + 4, y + 13, label, 12.5, quiet, kind="number", weight=500)
        if last:
            return
        tile = TILE.translated(box.left(), y)
        if values is None:
            draw_unknown(painter, theme, tile, said.role)
            continue
        draw_tile(painter, theme, tile, float(values[i]), most, said.role, state.session.decimals)
        bar = QRectF(box.left() + BAR, y, box.width() - BAR, TILE.height())
        _bar(painter, theme, bar, float(values[i]), (least, most))


def draw_unknown(painter: QPainter, theme: Theme, tile: QRectF, role: str) -> None:
    """The dashed place of a value that is not known yet."""
    pen = QPen(colour(theme, role, 0.75), 1.6)
    pen.setDashPattern([5 / 1.6, 4 / 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(tile, 5, 5)
    where = tile.center()
    write(painter, where.x(), where.y(), "?", 14, colour(theme, "text2"), align="c", weight=600)


def draw_tile(
    painter: QPainter, theme: Theme, tile: QRectF, value: float, most: float, role: str, decimals: int
) -> None:
    """A value in its colour, with its number."""
    fill = value_colours(theme, np.array([value]), most)[0]
    painter.setPen(QPen(colour(theme, role), 1.4))
    painter.setBrush(QColor(*(round(float(part)) for part in fill)))
    painter.drawRoundedRect(tile, 5, 5)
    on = QColor("#000000") if bool(ink(fill)) else QColor("#FFFFFF")
    text, where = fmt(value, decimals), tile.center()
    px = 14.0 if text_width(text, 14, 600, "number") < 56 else 11.0
    write(painter, where.x(), where.y(), text, px, on, align="c", kind="number", weight=600)


def _bar(painter: QPainter, theme: Theme, box: QRectF, value: float, span: tuple[float, float]) -> None:
    least, most = span
    per = box.width() / (most - least)
    zero = box.left() - least * per
    end = box.left() + (min(max(f(value), least), most) - least) * per
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme, "divider"))
    painter.drawRoundedRect(QRectF(box.left(), box.top() + 11, box.width(), 4), 2, 2)
    painter.setBrush(colour(theme, "pos" if value > 0 else "neg"))
    painter.drawRoundedRect(QRectF(min(zero, end), box.top() + 8, max(2.0, abs(end - zero)), 10), 3, 3)
    painter.setPen(QPen(colour(theme, "text3"), 1.4))
    painter.drawLine(round(zero), round(box.top() + 3), round(zero), round(box.top() + 23))
