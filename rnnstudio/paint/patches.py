"""Which parts of a surface are painted anew, in whole cells of a grid: few rectangles, with edges on whole px."""

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.layout import Floats

#: Side of a cell (px).
CELL = 32
#: Beyond this share of the surface it is painted whole: a clip costs more than it saves.
MOST = 0.5


def patches(boxes: Floats, width: int, height: int) -> Floats | None:
    """Rectangles (left, top, right, bottom) of whole cells that cover some boxes.

    Parameters
    ----------
    boxes : array, shape (n, 4)
        Left, top, right, bottom, in px of the surface.
    width, height : int
        Of the surface.

    Returns
    -------
    array of shape (m, 4), or None
        None where too much of the surface would be covered. What lies outside of it is left out.
    """
    across, down = -(-width // CELL), -(-height // CELL)
    cells = np.zeros((down, across), dtype=np.bool_)
    ends = boxes / CELL
    low, high = np.floor(ends[:, :2]), np.ceil(ends[:, 2:])
    spans = np.hstack([low, high]).clip(0, (across, down, across, down)).astype(int)
    for left, top, right, bottom in set(map(tuple, spans.tolist())):
        cells[top:bottom, left:right] = True
    if not cells.any():
        return np.empty((0, 4))
    if cells.mean() > MOST:
        return None
    # Qt cuts a line where the whole of a clip ends, and rounds it anew there: the clip reaches from corner to corner
    cells[0, 0] = cells[-1, -1] = True
    return _rectangles(cells) * float(CELL)


def _rectangles(cells: NDArray[np.bool_]) -> Floats:
    """The cells as rectangles: runs of each row, those of equal rows joined."""
    edges = np.diff(np.pad(cells, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, lefts = np.nonzero(edges > 0)
    runs: dict[int, list[tuple[int, int]]] = {}
    for row, left, right in zip(rows.tolist(), lefts.tolist(), np.nonzero(edges < 0)[1].tolist(), strict=True):
        runs.setdefault(row, []).append((left, right))
    found: list[tuple[int, int, int, int]] = []
    for row, here in runs.items():
        if here == runs.get(row - 1):
            found[-len(here) :] = [(left, top, right, row + 1) for left, top, right, _ in found[-len(here) :]]
        else:
            found += [(left, row, right, row + 1) for left, right in here]
    return np.array(found, dtype=np.float64)
