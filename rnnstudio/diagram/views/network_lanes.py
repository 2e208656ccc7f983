"""The view Network's marks of recurrence: a tint and a loop at each pass that keeps a state, its way in words."""

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, arc_path
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.network_columns import Column, Geometry, Lane

#: Around the nodes: px at the sides and at the ends of a tint; its corners.
SIDE, END, CORNER = 14.0, 20.0, 18.0
#: The loop: its radius and where it begins and ends (degrees, counter-clockwise from the right), its width and head.
RADIUS, FROM, TO, WIDTH, HEAD = 15.0, 140.0, -110.0, 3.0, 11.0
#: So far from the tint's upper corner the loop's middle lies.
OUT, DOWN = 9.0, 9.0
#: Room that a bias takes over its node; larger letters than half of this are too many for the gap between two passes.
BIAS, LETTERS = 18.0, 40.0
ARROWS = {"forward": "\N{RIGHTWARDS ARROW}", "reverse": "\N{LEFTWARDS ARROW}"}
WAYS = {"forward": "forward \N{RIGHTWARDS ARROW}", "reverse": "\N{LEFTWARDS ARROW} reverse"}


def keeps_state(subject: Subject, column: Column) -> bool:
    """Whether the nodes of a column are computed with a state: those of the chosen layer are shown without."""
    if column.layer < 0 or column.readout or column.layer == subject.network.chosen:
        return False
    return subject.network.layers[column.layer].recurrent


def draw_state(b: Builder, subject: Subject, g: Geometry, column: Column) -> None:
    """Mark a column's passes."""
    state = keeps_state(subject, column)
    for lane in column.lanes:
        ys = [y for _, y in column.units_of(lane)]
        if state:
            _tint(b, column, lane, ys, g)
    if len(column.lanes) == 2:
        _ways(b, g, column)


def _tint(b: Builder, column: Column, lane: Lane, ys: list[float], g: Geometry) -> None:
    k = g.radius / 34
    width = 2 * column.radius + 2 * SIDE * min(1.0, column.radius / 24)
    top, bottom = ys[0] - column.radius - END, ys[-1] + column.radius + END / 2
    key = Key("layer", part=f"state-{lane.way}", layer=column.layer)
    b.plate(key, "tint", column.x, (top + bottom) / 2, width, bottom - top, role="s", stroke=0.0, radius=CORNER,
            z=0)  # fmt: skip
    back = lane.way == "reverse"
    side = -1.0 if back else 1.0
    x, y, r = column.x + side * (width / 2 - OUT * k + 6 * k), top + DOWN * k, RADIUS * k
    points = arc_path(x, y, r, 180 - FROM, 180 - TO) if back else arc_path(x, y, r, FROM, TO)

    def anchor(point: tuple[float, float]) -> Anchor:
        return Anchor(key, side, -1.0, point[0] - (column.x + side * width / 2), point[1] - top)

    b.wire(Key("wire:state", i=int(back), layer=column.layer), points, role="s", width=WIDTH * k, head=HEAD * k, z=3,
           start=anchor((float(points[0][0]), float(points[0][1]))),
           end=anchor((float(points[-1][0]), float(points[-1][1]))))  # fmt: skip


def _ways(b: Builder, g: Geometry, column: Column) -> None:
    """The way of each of two passes, in the gap between them: where the letters have to be large, an arrow."""
    upper, lower = ([y for _, y in column.units_of(lane)] for lane in column.lanes)
    middle, px = (upper[-1] + lower[0]) / 2 - BIAS / 2, g.counts[1]
    words = ARROWS if 2 * px > LETTERS else WAYS
    for lane, y in zip(column.lanes, (middle - 0.58 * px, middle + 0.58 * px), strict=True):
        b.label(Key("layer", part=f"way-{lane.way}", layer=column.layer), words[lane.way], column.x, y, px,
                role="text2", font="ui", weight=500)  # fmt: skip
