"""Where the letters of points on a curve stand: beside their point, clear of each other, of the lines and the rim."""

from collections.abc import Callable, Sequence
from math import hypot

Box = tuple[float, float, float, float]  # middle, width and height
#: Ways from a point to its letter, the wanted ones first; in sizes of the letter's box.
_WAYS = ((-0.85, -0.7), (0.85, 0.6), (0.85, -0.6), (-0.85, 0.6), (0.0, -1.1), (0.0, 1.1), (-1.25, 0.0), (1.25, 0.0))
#: From near to far, and what each thing in the way costs; a step further out costs less than any of them.
_REACHES = (1.0, 1.5, 2.0, 2.6)
_OUTSIDE, _ON_LETTER, _ON_POINT, _ON_LINE, _ON_CURVE, _FARTHER = 100.0, 50.0, 20.0, 10.0, 6.0, 2.0


def label_places(
    points: Sequence[tuple[float, float]],
    box: tuple[float, float],
    area: tuple[float, float],
    curve: Callable[[float], float],
    ground: float,
    dot: float,
) -> list[tuple[float, float]]:
    """The middles of the letters.

    Parameters
    ----------
    points : sequence of (x, y)
        In px from the upper left corner of the area.
    box : (width, height)
        Of a letter, in px.
    area : (width, height)
        Of the plot, in px; no letter leaves it where that can be helped.
    curve : callable
        From x to y, both in px.
    ground : float
        The y of the axis, to which a line drops from every point.
    dot : float
        Radius of a point.
    """
    placed: list[Box] = []
    for point in points:
        found: list[tuple[float, int, Box]] = []
        for far, reach in enumerate(_REACHES):
            for order, (dx, dy) in enumerate(_WAYS):
                spot = (point[0] + dx * reach * box[0], point[1] + dy * reach * box[1], *box)
                cost = far * _FARTHER + _cost(spot, placed, points, area, curve, ground, dot)
                found.append((cost, order, spot))
        placed.append(min(found)[2])
    return [(x, y) for x, y, _, _ in placed]


def _cost(
    spot: Box, placed: Sequence[Box], points: Sequence[tuple[float, float]], area: tuple[float, float],
    curve: Callable[[float], float], ground: float, dot: float,
) -> float:  # fmt: skip
    x, y, width, height = spot
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    cost = 0.0 if left >= 0 and right <= area[0] and top >= 0 and bottom <= area[1] else _OUTSIDE
    cost += _ON_LETTER * sum(abs(x - a) < width and abs(y - b) < height for a, b, _, _ in placed)
    for a, b in points:
        near = hypot(max(left - a, 0.0, a - right), max(top - b, 0.0, b - bottom))
        cost += _ON_POINT * (near < dot + 1)
        cost += _ON_LINE * (left - 1 < a < right + 1 and top < max(b, ground) and bottom > min(b, ground))
    heights = [curve(left + k * width / 4) for k in range(5)]
    return cost + _ON_CURVE * (max(heights) > top - 1 and min(heights) < bottom + 1)
