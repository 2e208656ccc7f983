"""What a drawing of boxes and wires has to keep, read off the layout: level and upright wires, nothing on anything."""

from itertools import combinations, pairwise

from rnnstudio.diagram.views.cell_symbols import math_width, words_width
from tests.diagram.views.drawings import overlap

#: A slanted piece is the rounding of a corner while it stays within this many px.
CORNER = 14.5
BOXES = ("gate", "card", "tab", "op:+", "op:*", "op:-", "op:1-", "frame", "histogram", "heat", "onehot", "likely")
ROUND = ("op:+", "op:*", "op:-")


def unit(layout):
    """How large a px of the ordinary drawing is drawn."""
    circles = [
        float(row[3]) for kind, row in zip(layout.plates.kind, layout.plates.rect, strict=True)
        if kind in ("op:+", "op:*", "op:-")
    ]  # fmt: skip
    return min(1.0, circles[0] / 46) if circles else 1.0


def box(row):
    x, y, w, h = (float(v) for v in row)
    return (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def boxes(layout):
    """Everything with an outline, but matrices in what has one: key → left, top, right, bottom."""
    plates = layout.plates
    return {
        key: box(row)
        for key, kind, row, alpha in zip(plates.keys, plates.kind, plates.rect, plates.alpha, strict=True)
        if kind in BOXES and alpha > 0 and (key.part == "tab" or key._replace(part="tab") not in plates.keys)
    }


def texts(layout):
    """Symbols and words that are always shown: key → left, top, right, bottom of what is inked."""
    labels, found = layout.labels, {}
    for k, key in enumerate(labels.keys):
        if labels.when[k] or not labels.text[k]:
            continue
        px, (x, y) = float(labels.px[k]), (float(v) for v in labels.at[k])
        wide = words_width if labels.font[k] == "ui" else math_width
        w = wide(labels.text[k], px)
        left = x - w / 2 if labels.align[k] == "c" else x - w if labels.align[k] == "r" else x
        found[key] = (left + 2, y - 0.33 * px, left + w - 2, y + 0.33 * px)
    return found


def pieces(layout, k):
    """The level and upright pieces of a wire, corners squared; an error where it is slanted."""
    points = [(float(x), float(y)) for x, y in layout.wires.points[k]]
    runs, slanted = [], []
    for a, b in pairwise(points):
        aside, along = sorted((abs(a[0] - b[0]), abs(a[1] - b[1])))
        if aside < 0.02 or (aside < 0.6 and along > 3):  # a wire of many corners is sampled beside them
            runs.append((a, b))
            slanted = []
            continue
        slanted += [a, b]  # or a step that is too short to say
        for axis in (0, 1):
            reach = [p[axis] for p in slanted]
            assert max(reach) - min(reach) <= CORNER, (layout.wires.keys[k], slanted)
    return runs


def nets(layout):
    """Level and upright pieces by the vector that they carry: block → (left, top, right, bottom), as lines."""
    found = {}
    for k, style in enumerate(layout.wires.style):
        if style != "wire" or layout.wires.keys[k].what.startswith("bridge"):
            continue
        for (ax, ay), (bx, by) in pieces(layout, k):
            piece = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            found.setdefault(layout.blocks[int(layout.wires.block[k])].name, set()).add(piece)
    return found


def merged(lines):
    """Pieces that lie in one line and touch, as one: (level?, height, from, to)."""
    tracks = {}
    for left, top, right, bottom in lines:
        level = bottom - top < 0.01
        tracks.setdefault((level, round(top if level else left, 1)), []).append(
            (left, right) if level else (top, bottom)
        )
    out = []
    for (level, at), spans in tracks.items():
        spans.sort()
        start, end = spans[0]
        for a, b in spans[1:]:
            if a > end + 16:  # a corner's rounding is missing between two pieces
                out.append((level, at, start, end))
                start, end = a, b
            end = max(end, b)
        out.append((level, at, start, end))
    return out


def crossings(layout):
    """How often wires of different vectors cross."""
    lines = [(name, line) for name, of in nets(layout).items() for line in merged(of)]
    level = [(name, line) for name, line in lines if line[0]]
    return sum(
        left + 1 < x < right - 1 and top + 1 < y < bottom - 1
        for name, (_, y, left, right) in level
        for other, (is_level, x, top, bottom) in lines
        if not is_level and other != name
    )


def check_wires(layout):
    """No wire is slanted, none lies on another vector's, none runs through a box or a text."""
    found, things, words, small = nets(layout), boxes(layout), texts(layout), unit(layout)
    kinds = dict(zip(layout.plates.keys, layout.plates.kind, strict=True))
    for (name, lines), (other, others) in combinations(found.items(), 2):
        for level, at, start, end in merged(lines):
            for again, place, a, b in merged(others):
                together = min(end, b) - max(start, a)
                assert level != again or abs(at - place) >= 3 * small or together < 2, (name, other, level, at, place)
    for name, lines in found.items():
        for line in lines:
            for key, (left, top, right, bottom) in things.items():
                # a wire begins at the rim of what it comes from and ends at that of what it goes to
                rim = 2 * small + (0.15 * (right - left) if kinds[key] in ROUND else 0)
                deep = line[2] - rim > left and line[0] + rim < right and line[3] - rim > top and line[1] + rim < bottom
                assert not deep, (name, line, key, (left, top, right, bottom))
            for key, word in words.items():
                assert not overlap((line[0] - 1, line[1] - 1, line[2] + 1, line[3] + 1), word, 0.5), (name, line, key)


def check_boxes(layout):
    """No box and no text lies on another, but tabs on what they belong to."""
    things = boxes(layout)
    kinds = dict(zip(layout.plates.keys, layout.plates.kind, strict=True))
    for (a, first), (b, second) in combinations(things.items(), 2):
        tab = "tab" in (kinds[a], kinds[b]) and {kinds[a], kinds[b]} & {"gate", "card"}
        inside = {kinds[a], kinds[b]} & {"heat"}
        assert tab or inside or not overlap(first, second), (a, b, first, second)
    words = texts(layout)
    for (a, first), (b, second) in combinations(words.items(), 2):
        assert not overlap(first, second, 1), (a, b)
