"""Compact: one R, the state a loop on its right (DESIGN §6.7)."""

import math
from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout, arc_path
from rnnstudio.diagram.notation import DELAY
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.columns import (
    Column,
    draw_input,
    draw_output,
    input_phase,
    says_words,
    state_phase,
    symbol_below,
)

TITLE = "Compact"
CAPTION = "The state s leaves the cell and enters it again with the next sample."
_CAPTION_TWO = "The states s and c leave the cell and enter it again with the next sample."
_DELAYED = "The state s leaves the cell, waits in the delay for one step and enters it again with the next sample."
_DELAYED_TWO = "The states s and c leave the cell, wait in the delay for one step and enter it with the next sample."


@dataclass(frozen=True)
class _Geometry:
    """Lengths in logical px; ``left`` is how far R stands left of the middle."""

    left: float
    cy: float
    box: tuple[float, float]
    radius: float
    stroke: float
    letter: float
    loop: tuple[float, float]  # radius, centre right of the edge
    loop_width: float
    delay: tuple[float, float]  # side of the square in the loop, size of its letter
    loop_head: float
    x: Column
    y: Column
    x_y: float
    y_y: float
    wire: float
    head: float
    words: float
    words_gap: float


_NORMAL = _Geometry(
    40, 372, (230, 200), 24, 3.2, 92, (98, 62), 6, (62, 30), 27, Column(76, 34, 18, 40, tallest=140, stroke=3),
    Column(76, 35, 19, 40, tallest=130, stroke=3), 629, 140, 4, 17, 26, 34,
)  # fmt: skip


def _wide(height: float) -> _Geometry:
    column = Column(92, 42, 28, 46, tallest=168, stroke=3.4, small=28, word=34, card=(420, 168))
    # the texts keep their size, so only what lies between the columns can give way to a lower canvas
    return _Geometry(
        60, height / 2 + 14, (300, 184), 24, 3.2, 100, (98, 62), 6, (84, 40), 27, column, column, height - 98, 140, 4.2,
        17, 34, 34,
    )  # fmt: skip


def lay_out(subject: Subject) -> Layout:
    """The layout of the Compact view: neither s nor c has numbers here, and nothing stands on the loop."""
    frame = subject.frame
    g = _wide(frame.height) if frame.wide else _NORMAL
    b = Builder("compact", frame, subject.notation)
    b.title = TITLE
    two, delayed = len(subject.program.states) > 1, DELAY in subject.notation.dialects
    b.caption = (_DELAYED_TWO if two else _DELAYED) if delayed else _CAPTION_TWO if two else CAPTION
    if subject.reverse:
        b.caption = b.caption.replace("the next sample", "the sample before")
    way = subject.way
    cx, cy = frame.width / 2 - way * g.left, g.cy
    box = Key("cell")
    b.plate(box, "box", cx, cy, *g.box, role="op", stroke=g.stroke, radius=g.radius)
    b.label(Key("cell", part="symbol"), "<op|R>", cx, cy - 6, g.letter)
    b.label(Key("cell", part="count"), "RNN cell", cx - way * (g.box[0] / 2 + g.words_gap), cy, g.words,
            align="r" if way > 0 else "l", font="ui", weight=650)  # fmt: skip
    _loop(b, subject, g, cx, cy)
    top, bottom = cy - g.box[1] / 2, cy + g.box[1] / 2
    x = draw_input(b, subject, None, cx, g.x_y, g.x)
    b.wire(Key("wire:x"), [(cx, x.top), (cx, bottom + 5)], role="x", width=g.wire, head=g.head, block=x.block,
           phase=input_phase(subject.program), token="dot", start=Anchor(x.key, 0, -1),
           end=Anchor(box, 0, 1, dy=5))  # fmt: skip
    y = draw_output(b, subject, None, cx, g.y_y, g.y)
    b.wire(Key("wire:y"), [(cx, top - 2), (cx, y.bottom + 4)], role="y", width=g.wire, head=g.head,
           block=y.block, phase=subject.program.phase_of("y"), token="dot", start=Anchor(box, 0, -1, dy=-2),
           end=Anchor(y.key, 0, 1, dy=4))  # fmt: skip
    if says_words(subject):
        symbol_below(b, subject, y, None, g.y, (top + y.bottom) / 2)
    return b.layout()


def _loop(b: Builder, subject: Subject, g: _Geometry, cx: float, cy: float) -> None:
    """The state, round on the right; on the left where it comes from the sample after."""
    way = subject.way
    radius, out = g.loop
    right = cx + g.box[0] / 2
    reach = math.degrees(math.acos(-out / radius))
    # the tip stops 3 px before the edge
    tip = math.degrees(math.acos((3.0 - out) / radius))
    path = arc_path(right + out, cy, radius, reach, -tip)
    gap = float(path[-1, 0]) - right
    if way < 0:
        path = np.column_stack([2 * cx - path[:, 0], path[:, 1]])
    half_h = g.box[1] / 2
    state = subject.program.states[0]
    # what runs round is what the sample before has left
    block = b.block(f"{state}_prev", subject.layer.size)
    b.wire(Key(f"wire:{state}", part="loop"), path, role="s", width=g.loop_width, head=g.loop_head, block=block,
           phase=state_phase(subject.program, state), token="dot", z=1,
           start=Anchor(Key("cell"), way, (float(path[0, 1]) - cy) / half_h),
           end=Anchor(Key("cell"), way, (float(path[-1, 1]) - cy) / half_h, way * gap))  # fmt: skip
    if DELAY in subject.notation.dialects:
        side, px = g.delay
        x = cx + way * (g.box[0] / 2 + out + radius)
        key = Key("cell", part="delay")
        b.plate(key, "box", x, cy, side, side, role="s", stroke=g.stroke, radius=6.0, z=4)
        b.label(Key("cell", part="delay-symbol"), "<s|z^{-1}>", x, cy - 1, px)
