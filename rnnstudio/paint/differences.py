"""Where two display lists differ, and what of one has to be painted there: an edit changes few of many marks."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.layout import Floats
from rnnstudio.paint.lexicon import LEXICON
from rnnstudio.paint.primitives import Display, Lines, Numbers, Path, Picture, Primitive, Rects, Shape, Soft, Text

#: Left, top, right, bottom.
Box = tuple[float, float, float, float]
Bools = NDArray[np.bool_]
#: What is drawn may reach so many px of the surface beyond its geometry: smooth edges, sprites on whole px.
ROOM = 3.0
#: A mitre reaches so many widths beyond its corner.
MITRE = 2.5


def differences(old: Sequence[Primitive], new: Sequence[Primitive]) -> Floats:
    """Boxes (n, 4), without their `ROOM`, outside of which two lists of primitives look the same.

    Parameters
    ----------
    old, new : sequence of primitives
        In the order of painting.
    """
    if len(old) != len(new):
        start = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if not _same(a, b)), None)
        start = min(len(old), len(new)) if start is None else start
        rest = min(len(old), len(new)) - start
        ends = (k for k in range(rest) if not _same(old[-1 - k], new[-1 - k]))
        end = next(ends, rest)
        old, new = old[start : len(old) - end], new[start : len(new) - end]
        found = [box for item in (*old, *new) for box in _boxes(item)]
    else:
        found = [box for a, b in zip(old, new, strict=True) if a is not b for box in _between(a, b)]
    return np.array(found, dtype=np.float64).reshape(-1, 4)


def within(display: Display, boxes: Floats, room: float = 0.0) -> tuple[Primitive, ...]:
    """The items of a display list that reach into one of the boxes or nearer to it than ``room``, in their order."""
    items, boxes = display.items, boxes + np.array([-room, -room, room, room])
    single = [k for k, item in enumerate(items) if not isinstance(item, _ROWS)]
    reached = dict(zip(single, _touch(np.array([_box(items[k]) for k in single]).reshape(-1, 4), boxes).tolist(),
                       strict=True))  # fmt: skip
    kept: list[Primitive] = []
    for k, item in enumerate(items):
        if isinstance(item, _ROWS):
            rows = _touch(_row_boxes(item), boxes)
            if rows.any():
                kept.append(_rows_of(item, rows))
        elif reached[k]:
            kept.append(item)
    return tuple(kept)


_ROWS = (Rects, Lines, Numbers)


def _touch(boxes: Floats, others: Floats) -> Bools:
    """Which boxes have something in common with one of the others."""
    a, b = boxes[:, None, :], others[None, :, :]
    apart = (a[..., 0] >= b[..., 2]) | (b[..., 0] >= a[..., 2]) | (a[..., 1] >= b[..., 3]) | (b[..., 1] >= a[..., 3])
    return np.asarray((~apart).any(axis=1))


def _rows_of(item: Primitive, rows: Bools) -> Primitive:
    if isinstance(item, Rects):
        return Rects(item.rect[rows], item.colour[rows])
    if isinstance(item, Lines):
        return Lines(item.ends[rows], item.width[rows], item.colour[rows])
    assert isinstance(item, Numbers)
    return Numbers(item.codes[rows], item.at[rows], item.px[rows], item.colour[rows], item.weight)


def _between(old: Primitive, new: Primitive) -> list[Box]:
    """The boxes of what differs between two primitives in the same place of the order."""
    if type(old) is type(new) and isinstance(old, _ROWS):
        assert isinstance(new, _ROWS)
        rows = _other_rows(old, new)
        if rows is not None:
            return [*_row_boxes(old)[rows].tolist(), *_row_boxes(new)[rows].tolist()] if rows.any() else []
    elif _same(old, new):
        return []
    return [*_boxes(old), *_boxes(new)]


def _other_rows(old: Primitive, new: Primitive) -> Bools | None:
    """The rows in which two batches differ; None where they cannot be compared row by row."""
    rows: Bools | None = None
    for a, b in zip(old, new, strict=True):
        if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
            if a != b:
                return None
            continue
        if a.shape != b.shape:
            return None
        other = a != b
        other = other.any(axis=1) if other.ndim == 2 else other
        rows = other if rows is None else rows | other
    return rows


def _same(old: Primitive, new: Primitive) -> bool:
    if old is new:
        return True
    if type(old) is not type(new):
        return False
    if isinstance(old, Path) and isinstance(new, Path):
        return old[1:] == new[1:] and (old.points is new.points or np.array_equal(old.points, new.points))
    if isinstance(old, Picture) and isinstance(new, Picture):
        return old.rect == new.rect and np.array_equal(old.pixels, new.pixels)
    if isinstance(old, _ROWS):
        rows = _other_rows(old, new)
        return rows is not None and not rows.any()
    return bool(old == new)


# ------------------------------------------------------------------------------ how far a primitive reaches


def _boxes(item: Primitive) -> list[Box]:
    """Boxes around all that a primitive paints: one, or of a batch one for each row."""
    return _row_boxes(item).tolist() if isinstance(item, _ROWS) else [_box(item)]


def _row_boxes(item: Rects | Lines | Numbers) -> Floats:
    """Boxes (n, 4) around the rows of a batch."""
    if isinstance(item, Rects):
        low = item.rect[:, :2]
        return np.hstack([low, low + item.rect[:, 2:]])
    if isinstance(item, Lines):
        reach = (item.width / 2)[:, None]
        low, high = np.minimum(item.ends[:, :2], item.ends[:, 2:]), np.maximum(item.ends[:, :2], item.ends[:, 2:])
        return np.hstack([low - reach, high + reach])
    across = LEXICON.advances(item.codes, item.weight) * item.px / 2
    half = np.column_stack([across, 0.8 * item.px])
    return np.hstack([item.at - half, item.at + half])


def _box(item: Primitive) -> Box:
    return _REACH[type(item)](item)


def _around(rect: tuple[float, float, float, float], reach: float) -> Box:
    x, y, w, h = rect
    return x - reach, y - reach, x + w + reach, y + h + reach


def _of_soft(item: Soft) -> Box:
    return _around(item.rect, item.spread + abs(item.drop))


def _of_shape(item: Shape) -> Box:
    return _around(item.rect, item.width)


def _of_path(item: Path) -> Box:
    reach = MITRE * item.width
    (left, top), (right, bottom) = item.points.min(axis=0).tolist(), item.points.max(axis=0).tolist()
    return left - reach, top - reach, right + reach, bottom + reach


def _of_text(item: Text) -> Box:
    (x, y), px = item.at, max(g.px for g in item.glyphs)
    return x - 0.5 * px, y - 1.6 * px, x + item.width + 0.5 * px, y + px


def _of_picture(item: Picture) -> Box:
    return _around(item.rect, 0.0)


_REACH: dict[type, Callable[..., Box]] = {
    Soft: _of_soft, Shape: _of_shape, Path: _of_path, Text: _of_text, Picture: _of_picture,
}  # fmt: skip
