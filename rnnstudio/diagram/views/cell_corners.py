"""The corners of wires: without what is not one, square where a wire branches, and where that is."""

from __future__ import annotations

import math
from itertools import pairwise

from rnnstudio.diagram.views.cell_plan import Point


def clean(points: list[Point]) -> list[Point]:
    """Without repetitions and points in the middle of a straight line."""
    out: list[Point] = []
    for p in points:
        if out and abs(p[0] - out[-1][0]) < 0.01 and abs(p[1] - out[-1][1]) < 0.01:
            continue
        if len(out) > 1 and any(abs(out[-2][i] - out[-1][i]) < 0.01 and abs(out[-1][i] - p[i]) < 0.01 for i in (0, 1)):
            out[-1] = p
            continue
        out.append(p)
    return out


def branches(lines: list[list[Point]]) -> list[Point]:
    """Where wires of one source part: three or more directions at one point."""
    corners = {(round(x, 1), round(y, 1)) for line in lines for x, y in line}
    found = []
    for x, y in sorted(corners):
        ways: set[tuple[int, int]] = set()
        for line in lines:
            for (ax, ay), (bx, by) in pairwise(line):
                if abs(ax - bx) < 0.1 and abs(ax - x) < 0.1:
                    low, high = min(ay, by), max(ay, by)
                    ways |= {(0, -1)} if low + 0.2 < y <= high + 0.1 else set()
                    ways |= {(0, 1)} if low - 0.1 <= y < high - 0.2 else set()
                elif abs(ay - by) < 0.1 and abs(ay - y) < 0.1:
                    low, high = min(ax, bx), max(ax, bx)
                    ways |= {(-1, 0)} if low + 0.2 < x <= high + 0.1 else set()
                    ways |= {(1, 0)} if low - 0.1 <= x < high - 0.2 else set()
        if len(ways) > 2:
            found.append((x, y))
    return found


def square(line: list[Point], forks: list[Point]) -> list[Point]:
    """The line with square corners where it branches: a point right beside a corner keeps it from being rounded."""
    out = line[:1]
    for before, at, after in zip(line, line[1:], line[2:], strict=False):
        if any(abs(at[0] - x) < 0.1 and abs(at[1] - y) < 0.1 for x, y in forks):
            reach = math.hypot(at[0] - before[0], at[1] - before[1])
            turns = abs(before[0] - after[0]) > 0.1 and abs(before[1] - after[1]) > 0.1
            if turns and reach > 1:
                part = 1 - 0.4 / reach
                out.append((before[0] + part * (at[0] - before[0]), before[1] + part * (at[1] - before[1])))
        out.append(at)
    return [*out, *line[-1:]] if len(line) > 1 else out
