"""Unrolled: a copy of the cell for each sample around the playhead, the states between them (DESIGN §6.5, 6.6)."""

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import saying
from rnnstudio.diagram.views.columns import (
    Column,
    Drawn,
    count,
    draw_column,
    is_text,
    sample,
    state_phase,
)
from rnnstudio.diagram.views.unrolled_copy import Copy, draw_copy
from rnnstudio.diagram.views.unrolled_style import (
    CLOSEST,
    GROWTH,
    NARROW_NOW,
    NARROW_PITCH,
    NARROW_UNDER,
    PITCH,
    WIDE_CLOSEST,
    WIDE_PITCH,
    WORDS_PITCH,
    Lane,
    Style,
    style,
)
from rnnstudio.diagram.views.unrolled_updates import draw_updates

TITLE = "Unrolled in time"
BACKWARDS = "From the last sample to the first"
_TWICE = "R hands the same vector out twice"
#: Room beside the outer boxes where the whole sequence is drawn: the first state on the left, the last on the right.
_LEFT, _RIGHT, _RIGHT_WORDS = 204.0, 172.0, 166.0


def lay_out(subject: Subject) -> Layout:
    """The layout of the Unrolled view; no copy of a sample that does not exist."""
    b = Builder("unrolled", subject.frame, subject.notation)
    pitch, places = _places(subject)
    g = style(subject, pitch)
    b.title, b.caption = "One copy of the cell" if subject.focus else TITLE, saying(subject.changed)
    if subject.reverse:
        b.caption = f"{BACKWARDS}. {b.caption}"
    elif not subject.focus and not subject.frame.wide and _same_twice(subject):
        b.caption = f"{_TWICE}. {b.caption}" if subject.learns else f"{b.caption}; {_TWICE}"
    if not subject.focus:
        _axis(b, subject, g, places)
    copies = [draw_copy(b, subject, g, t, cx) for t, cx in places.items()]
    for copy in copies if not subject.focus else ():
        draw_updates(b, subject, g, copy)
    for lane, at in zip(g.lanes, g.state_at, strict=True):
        _lane(b, subject, g, lane, subject.way * at, copies[:: subject.way])
    return b.layout()


def _same_twice(subject: Subject) -> bool:
    """Whether y and a state are the same vector."""
    copies = [op for op in subject.program.ops if op.kind == "copy"]
    return any({op.value, op.args[0]} in ({"y", state} for state in subject.program.states) for op in copies)


def _narrow(subject: Subject) -> bool:
    """Whether the picture is drawn for a room in a frame that has no room for three copies."""
    return subject.frame.wide and subject.frame.width < NARROW_UNDER and not subject.focus


def _places(subject: Subject) -> tuple[float, dict[int, float]]:
    """Distance of the copies, and sample → middle of its copy, for the copies that are drawn."""
    frame, last, now = subject.frame, subject.steps, subject.now
    middle = frame.width / 2
    if subject.focus:
        return PITCH, {now: middle}
    if _narrow(subject):
        # beside the options of a question: this copy and the one before it, with the state between and after them
        pitch, way = NARROW_PITCH * frame.width, subject.way
        here = NARROW_NOW * frame.width if way > 0 else (1 - NARROW_NOW) * frame.width
        return pitch, {t: here + (t - now) * pitch for t in sorted((now - way, now)) if 1 <= t <= last}
    if frame.wide:
        pitch, left, right, closest = WIDE_PITCH * frame.width / 1920, 400.0, 400.0, WIDE_CLOSEST
    else:
        pitch, left, right, closest = PITCH * (1 + GROWTH * (frame.width / 1280 - 1)), _LEFT, _RIGHT, CLOSEST
    if subject.reverse:
        left, right = right, left
    spread = (frame.width - left - right) / max(1, last - 1)
    if min(spread, pitch) >= closest or last == 1:
        # all of them: where they stand close, the first state needs more room on the left than the last on the right
        pitch = min(spread, pitch)
        first = middle - pitch * (last - 1) / 2
        first += max(0.0, left - first) if pitch == spread else 0.0
        return pitch, {t: first + (t - 1) * pitch for t in range(1, last + 1)}
    before = 1
    if is_text(subject) and not frame.wide:
        before, pitch = 2, WORDS_PITCH * (1 + GROWTH * (frame.width / 1280 - 1))
        middle += pitch / 2
        if now - before <= 1:
            pitch = min(pitch, (frame.width - _LEFT - _RIGHT_WORDS) / 3)
            middle = _LEFT + 2 * pitch
    window = range(now - before, now + 2)
    return pitch, {t: middle + (t - now) * pitch for t in window if 1 <= t <= last}


def _axis(b: Builder, subject: Subject, g: Style, places: dict[int, float]) -> None:
    width = subject.frame.width
    now = subject.t if subject.t in places else 0
    if now:
        band, top, bottom = g.band
        b.plate(Key("band"), "band", places[now], (top + bottom) / 2, band, bottom - top, role="active",
                fill="activeglow", stroke=1.5, radius=18.0, z=0)  # fmt: skip
    end = width - (130 if subject.frame.wide else 80)
    b.wire(Key("axis"), [(60, g.axis_y), (end, g.axis_y)], role="text3", width=1.6, head=10.0, style="axis", z=1)
    b.label(Key("axis", part="label"), "time", end + (12 if subject.frame.wide else 8), g.axis_y, g.time_px, align="l",
            font="ui", role="text3", weight=500)  # fmt: skip
    for t, cx in places.items():
        current = t == now
        r = g.tick_r[0 if current else 1]
        b.plate(Key("axis", t, part="tick"), "tick", cx, g.axis_y, 2 * r, 2 * r, role="text" if current else "text3",
                fill="active" if current else "canvas", stroke=2.0, radius=r, z=4)  # fmt: skip
        b.label(Key("axis", t, part="label"), sample(subject, t), cx, g.axis_y + g.tick_label,
                g.axis_px[0 if current else 1], role="text" if current else "text2",
                weight=700 if current else 400)  # fmt: skip


def _lane(b: Builder, subject: Subject, g: Style, lane: Lane, at: float, copies: list[Copy]) -> None:
    """One state through time: what comes in, the columns between the copies, what goes on.

    ``copies`` are in the order in which they are computed; ``at`` is how far from R its state stands.
    """
    first, last, way = copies[0], copies[-1], subject.way
    drawn: list[Drawn] = []
    given = first.t - way == subject.start
    if given or subject.focus:
        before = _column(b, subject, g, lane, first.t - way, _before(g, first, at, subject))
        drawn.append(before)
        _onward(b, subject, g, lane, before, first)
    else:
        _from_outside(b, subject, g, lane, first)
    for copy, following in zip(copies, [*copies[1:], None], strict=True):
        if following is not None or copy.t == subject.end or subject.focus or _narrow(subject):
            column = _column(b, subject, g, lane, copy.t, copy.cx + at)
            drawn.append(column)
            _out(b, subject, g, lane, copy, column)
            if following is not None:
                _onward(b, subject, g, lane, column, following)
    if last.t != subject.end and _narrow(subject):
        _beyond(b, subject, g, lane, drawn[-1], last)
    elif last.t != subject.end and not subject.focus:
        _to_outside(b, subject, g, lane, last)
    _remarks(b, g, lane, drawn[0] if drawn else None, given=given)


def _before(g: Style, first: Copy, at: float, subject: Subject) -> float:
    """Middle of the column of the state before the first copy."""
    if subject.focus:
        return first.cx - at
    half, way = g.state.w / 2 if _has_numbers(subject) else 20.0, subject.way
    near = way * min(g.state_at)
    x, edge = first.cx - way * g.pitch + near, 16.0 + half
    return (max(x, edge) if way > 0 else min(x, subject.frame.width - edge)) + at - near


def _has_numbers(subject: Subject) -> bool:
    return subject.layer.size <= 12


def _column(b: Builder, subject: Subject, g: Style, lane: Lane, t: int, cx: float) -> Drawn:
    column = draw_column(b, subject, lane.state, t, cx, lane.y, g.state)
    y = column.bottom + g.symbol_off if lane.below else column.top - g.symbol_off
    _symbol(b, subject, lane, t, cx, y, g.state.symbol)
    return column


def _symbol(b: Builder, subject: Subject, lane: Lane, t: int, x: float, y: float, px: float) -> None:
    at = str(t) if t == subject.start else sample(subject, t)
    b.label(Key(lane.state, t, part="symbol"), f"<{lane.state}|{lane.state}_{{{at}}}>", x, y, px)


def _entry(lane: Lane, copy: Copy, g: Style, way: int) -> tuple[float, Anchor]:
    """Where a state enters a copy: s at the tab of U, any other at the edge of R."""
    if lane.state == "s":
        fy = 0.0 if copy.entry.part == "tab" else (lane.y - g.cy) / (g.box[1] / 2)
        return copy.enters - 3 * way, Anchor(copy.entry, -way, fy, dx=-3 * way)
    rim = Anchor(Key("cell", copy.t), -way, (lane.y - g.cy) / (g.box[1] / 2), dx=-3 * way)
    return copy.cx - way * (g.box[0] / 2 + 3), rim


def _wire(
    b: Builder, g: Style, lane: Lane, key: Key, x0: float, x1: float, start: Anchor, end: Anchor, *, block: int,
    phase: int, head: float = 0.0, fade: str = "", token: str = "", park: tuple[float, float, float] = (1.0, 0.0, 0.0),
) -> None:  # fmt: skip
    """A level wire of a state; the cell state's lies on a broad band, by which it differs from s in every eye.

    What comes out of R begins under its rim.
    """
    points, z = [(x0, lane.y), (x1, lane.y)], 1 if key.part == "out" else 3
    if lane.state != "s":
        b.wire(Key(f"rail:{lane.state}", key.t, part=key.part), points, role=lane.state, width=15.0, style="rail", z=1,
               fade=fade, start=start, end=end)  # fmt: skip
    b.wire(key, points, role=lane.state, width=g.wire[2], head=head, block=block, phase=phase, token=token, park=park,
           start=start, end=end, fade=fade, z=z)  # fmt: skip


def _leaving(g: Style, lane: Lane, copy: Copy, way: int) -> Anchor:
    return Anchor(Key("cell", copy.t), way, (lane.y - g.cy) / (g.box[1] / 2))


def _onward(b: Builder, subject: Subject, g: Style, lane: Lane, column: Drawn, copy: Copy) -> None:
    """From the column of a state into the next copy."""
    way = subject.way
    x, end = _entry(lane, copy, g, way)
    dot, pill, pill_y = g.token
    start = column.right if way > 0 else column.left
    parked = (copy.cx - way * dot - start) / (way * max(1.0, way * (x - start)))
    at = min(max(parked, 0.2), 0.92)  # the pill goes with the dot
    _wire(b, g, lane, Key(f"wire:{lane.state}", copy.t - way), start, x, Anchor(column.key, way, 0), end,
          block=column.block, phase=state_phase(subject.program, lane.state), head=g.wire[3],
          token="pill" if lane.state == "s" else "dot",
          park=(at, start + at * (x - start) + way * (dot - pill), pill_y))  # fmt: skip


def _out(b: Builder, subject: Subject, g: Style, lane: Lane, copy: Copy, column: Drawn) -> None:
    way = subject.way
    end = column.left if way > 0 else column.right
    _wire(b, g, lane, Key(f"wire:{lane.state}", copy.t, part="out"), copy.leaves, end, _leaving(g, lane, copy, way),
          Anchor(column.key, -way, 0), block=column.block, phase=subject.program.phase_of(lane.state),
          token="dot")  # fmt: skip


def _from_outside(b: Builder, subject: Subject, g: Style, lane: Lane, copy: Copy) -> None:
    """A state from a copy that is not drawn: a wire out of the canvas, and three dots where there is room."""
    way, width = subject.way, subject.frame.width
    x, end = _entry(lane, copy, g, way)
    t, side = copy.t - way, "left" if way > 0 else "right"
    roomy = (x if way > 0 else width - x) - g.edge[0] >= 60
    inset = g.edge[0] if roomy else 10.0
    start, dots = (inset, g.dots[0]) if way > 0 else (width - inset, width - g.dots[0])
    block = b.block(lane.state, subject.layer.size, t=t)
    _wire(b, g, lane, Key(f"wire:{lane.state}", t), start, x, _dots(b, g, lane, side, dots, start, roomy), end,
          block=block, phase=state_phase(subject.program, lane.state), head=g.wire[3], fade=side)  # fmt: skip
    if roomy:
        _symbol(b, subject, lane, t, (start + x) / 2 - 10 * way, _beside(g, lane), round(0.9 * g.state.symbol))


def _beyond(b: Builder, subject: Subject, g: Style, lane: Lane, column: Drawn, copy: Copy) -> None:
    """From the last column on to a copy that is not drawn."""
    way = subject.way
    start, end = (column.right, subject.frame.width) if way > 0 else (column.left, 0.0)
    side = "right" if way > 0 else "left"
    _wire(b, g, lane, Key(f"wire:{lane.state}", copy.t), start, end, Anchor(column.key, way, 0),
          _dots(b, g, lane, side, end, end, roomy=False), block=column.block,
          phase=state_phase(subject.program, lane.state), fade=side)  # fmt: skip


def _to_outside(b: Builder, subject: Subject, g: Style, lane: Lane, copy: Copy) -> None:
    way, width = subject.way, subject.frame.width
    side = "right" if way > 0 else "left"
    roomy = (width - copy.leaves if way > 0 else copy.leaves) - g.edge[1] >= 60
    inset = g.edge[1] if roomy else 10.0
    end, dots = (width - inset, width - g.dots[0]) if way > 0 else (inset, g.dots[0])
    block = b.block(lane.state, subject.layer.size, t=copy.t)
    _wire(b, g, lane, Key(f"wire:{lane.state}", copy.t, part="out"), copy.leaves, end,
          _leaving(g, lane, copy, way), _dots(b, g, lane, side, dots, end, roomy), block=block,
          phase=subject.program.phase_of(lane.state), fade=side)  # fmt: skip
    if roomy:
        _symbol(b, subject, lane, copy.t, (copy.leaves + end) / 2, _beside(g, lane), round(0.9 * g.state.symbol))


def _beside(g: Style, lane: Lane) -> float:
    """Height of the symbol of a wire that has no column."""
    return lane.y + (g.state.symbol + 5) * (1 if lane.below else -1)


def _dots(b: Builder, g: Style, lane: Lane, side: str, x: float, wire: float, roomy: bool) -> Anchor:
    """The sequence goes on: three dots where there is room, and in any case something for the wire to hold on to."""
    _, r, gap = g.dots
    key = Key("dots" if lane.state == "s" else f"dots:{lane.state}", part=side)
    if not roomy:
        b.plate(key, "none", wire, lane.y, 0, 0, alpha=0.0, z=0)
        return Anchor(key, 0, 0)
    b.plate(key, "dots-h", x, lane.y, 2 * (gap + r), 2 * r, role=lane.state, stroke=0.0, z=4)
    return Anchor(key, 0, 0, dx=wire - x)


def _remarks(b: Builder, g: Style, lane: Lane, column: Drawn | None, *, given: bool) -> None:
    """Under the first column: that it is given, and how many values there are where none is written out."""
    if column is None or lane is not g.lanes[-1]:
        return
    y = column.bottom + (2 * g.symbol_off if lane.below else g.small + 2)
    style_: Column = g.state
    if given:
        b.label(column.key._replace(part="given"), "given", column.cx, y, g.small, role="text3", font="ui", weight=500)
        y += 1.4 * g.small
    count(b, column, column.cx, y, style_, align="c")
