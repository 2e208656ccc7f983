"""What the inspector says of two runs: their values in a table, and as bars how far apart they are at every sample."""

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from rnnstudio.diagram.formula import Inspection
from rnnstudio.diagram.numbers import fmt
from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.model import State
from rnnstudio.state.picture import history_role, history_samples, how_far_apart
from rnnstudio.ui.inspector_values import MOST_ROWS, ROW, draw_tile
from rnnstudio.ui.style import colour

#: Left edges of the two columns of tiles, and their size.
LIVE, GHOST, WIDTH, HEIGHT = 22.0, 128.0, 62.0, 26.0
#: The words over the columns stand so far above the first row.
HEADER = 14.0
#: Bars that carry their number, at most; a bar takes this part of its slot.
NUMBERED, PART = 10, 0.62
AXIS, TOP = 20.0, 22.0


def compares(said: Inspection) -> bool:
    """Whether the values of two runs are shown beside each other: of what is computed, where they differ."""
    return said.ghost is not None and said.values is not None and said.ghost.ndim == 1 and said.note != "given"


def draw_compared(painter: QPainter, theme: Theme, said: Inspection, box: QRectF, state: State) -> None:
    """A row for each value: in the run shown, in the other one, and the difference."""
    assert said.values is not None and said.ghost is not None
    quiet, y0 = colour(theme, "text3"), box.top() - HEADER
    live, ghost = box.left() + LIVE + WIDTH / 2, box.left() + GHOST + WIDTH / 2
    write(painter, live, y0, said.runs[0], 12.5, colour(theme, "text"), align="c", weight=650)
    write(painter, ghost, y0, said.runs[1], 12.5, quiet, align="c", weight=450)
    write(painter, box.right(), y0, "difference", 12.5, quiet, align="r", weight=450)
    values, others = said.values.reshape(-1), said.ghost.reshape(-1)
    rows = min(len(values), MOST_ROWS)
    for i in range(rows):
        y = box.top() + i * ROW
        last = len(values) > MOST_ROWS and i == rows - 1
        label = sentence("\N{HORIZONTAL ELLIPSIS} {count} more", count=len(values) - rows + 1) if last else str(i + 1)
        write(painter, box.left() + 4, y + 13, label, 12.5, quiet, kind="number", weight=500)
        if last:
            return
        tile = QRectF(box.left() + LIVE, y, WIDTH, HEIGHT)
        draw_tile(painter, theme, tile, float(values[i]), 1.0, said.role, state.session.decimals)
        painter.setPen(QPen(colour(theme, said.role, 0.6), 1.2))
        painter.setBrush(colour(theme, "canvas"))
        painter.drawRoundedRect(QRectF(box.left() + GHOST, y, WIDTH, HEIGHT), 5, 5)
        text = fmt(float(others[i]), state.session.decimals)
        write(painter, ghost, y + 13, text, 13, quiet, align="c", kind="number", weight=450)
        apart = fmt(float(values[i] - others[i]), state.session.decimals)
        write(painter, box.right() - 4, y + 13, apart, 13.5, colour(theme, "text"), align="r", kind="number",
              weight=500)  # fmt: skip


def draw_apart(painter: QPainter, theme: Theme, box: QRectF, state: State) -> None:
    """‖live − ghost‖ of the state as a bar for each sample that is known; those to come have none."""
    distances, samples = how_far_apart(state), history_samples(state)
    if distances is None:
        return
    left, slot = box.left() + 4, (box.width() - 8) / max(len(samples), 1)
    low, floor = min(samples), box.bottom() - AXIS
    most = float(np.max(distances[np.isfinite(distances)], initial=0.0))
    tall, now = max(floor - box.top() - TOP, 1.0), state.session.playhead.t
    px, role = min(12.0, max(slot * 0.5, 9.0)), history_role(state)

    def middle(t: int) -> float:
        return left + (t - low + 0.5) * slot

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme, "activeglow", 0.8))
    wide = max(slot * PART, 3.0)
    painter.drawRect(QRectF(middle(now) - wide / 2, box.top(), wide, floor - box.top()))
    for row, value in enumerate(distances.tolist()):
        t, high = samples[row], tall * (value / most if most and np.isfinite(value) else 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, role))
        painter.drawRect(QRectF(middle(t) - wide / 2, floor - max(high, 1.0), wide, max(high, 1.0)))
        if len(samples) <= NUMBERED:
            write(painter, middle(t), floor - high - 9, fmt(float(value), state.session.decimals), px,
                  colour(theme, "text"), align="c", kind="number", weight=650 if t == now else 500)  # fmt: skip
    painter.setPen(QPen(colour(theme, "text3"), 1.2))
    painter.drawLine(QLineF(box.left(), floor, box.right(), floor))
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 20000)
                 if n * slot >= text_width("00", px, 500, "number") + 8)  # fmt: skip
    for t in range(low, low + len(samples)):
        if t % every == 0 or t == now:
            near = t != now and abs(t - now) < every and every > 1
            if not near:
                write(painter, middle(t), floor + 12, str(t), px, colour(theme, "text" if t == now else "text3"),
                      align="c", kind="number", weight=650 if t == now else 450)  # fmt: skip
