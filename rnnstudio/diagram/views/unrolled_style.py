"""The lengths of the Unrolled view: as a rule, with smaller boxes, for the projector, and for one copy alone."""

from dataclasses import dataclass, field, replace

from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.columns import Column, column_height, is_text, says_words

#: Column distance on a canvas of 1280 (DESIGN §6.5), how it grows, and under which the whole sequence is not drawn.
#: For a room, frames under this width draw two copies: shares of the width between them and up to the one of now.
NARROW_UNDER, NARROW_PITCH, NARROW_NOW = 1500.0, 0.41, 0.68
PITCH, GROWTH, CLOSEST, ROOMY = 378.0, 0.92, 300.0, 360.0
WIDE_PITCH, WIDE_CLOSEST = 560.0, 480.0
WORDS_PITCH = 316.0


@dataclass(frozen=True)
class Lane:
    """The way of one state through time: its height, and whether its symbol stands above or below the column."""

    state: str
    y: float
    below: bool = False


@dataclass(frozen=True)
class Style:
    """All lengths, in logical px."""

    pitch: float
    box: tuple[float, float]
    cy: float
    x_y: float
    y_y: float
    x: Column
    y: Column
    state: Column
    state_at: tuple[float, ...]  # from the middle of R, by lane
    lanes: tuple[Lane, ...]
    letter: float
    tab_px: tuple[float, float]  # at the playhead, elsewhere
    tab_cell: tuple[float, float]
    symbol_off: float
    band: tuple[float, float, float]  # width, top, bottom
    axis_y: float
    axis_px: tuple[float, float]
    time_px: float
    tick_r: tuple[float, float]
    tick_label: float
    wire: tuple[float, float, float, float] = (3.2, 13.0, 4.4, 18.0)  # x and y: width, head; s: width, head
    dots: tuple[float, float, float] = (26.0, 4.0, 14.0)  # inset, radius, gap
    edge: tuple[float, float] = (52.0, 56.0)  # where the wires at both ends begin and end
    token: tuple[float, float, float] = (144.0, 96.0, 490.0)  # dot and pill left of R's middle, pill's y
    x_token: float = 504.0
    small: float = 13.0
    left: float = 262.0
    copies: tuple[int, int] = field(default=(1, 1))  # before and after the playhead
    change: tuple[float, float] = (0.0, 0.0)  # left edge of ΔW from the middle of R, upper edge of the first


def _lanes(states: tuple[str, ...], cy: float, apart: float) -> tuple[Lane, ...]:
    """S below, what else there is above it; the outer symbols stand outside."""
    order = tuple(reversed(states))
    top = cy - apart * (len(order) - 1) / 2
    last = len(order) - 1
    return tuple(Lane(state, top + apart * k, below=last > 0 and k == last) for k, state in enumerate(order))


def style(subject: Subject, pitch: float) -> Style:
    """The lengths for this subject; ``pitch`` is the distance of the copies."""
    if subject.focus:
        return _focus(subject)
    return _wide(subject, pitch) if subject.frame.wide else _normal(subject, pitch)


def _normal(subject: Subject, pitch: float) -> Style:
    states = subject.program.states
    small, words = pitch < ROOMY, is_text(subject)
    several, card = len(states) > 1, says_words(subject)
    apart = 96.0 if card else 112.0
    height = apart * (len(states) - 1) + 100.0 if several else (120.0 if small else 140.0)
    cy = 372.0 if not (words or card) or (several and not card) else 384.0
    tallest = 150.0 if several else 180.0
    x, y = Column(tallest=tallest), Column(tallest=tallest)
    state = Column(tallest=apart - 14 if several else 180.0, stroke=3.0)
    y_height = y.card[1] if card else column_height(subject.layer.width, y)
    return Style(
        pitch=pitch, box=(132.0 if small else 156.0, height), cy=cy,
        x_y=(606.0 if several else 598.0) if words else min(604.0, 686.0 - column_height(subject.layer.inputs, x) / 2),
        y_y=149.0 if card else max(154.0, 74.0 + y_height / 2),
        x=x, y=y, state=state, state_at=(132.0,) * len(states), lanes=_lanes(states, cy, apart),
        letter=50.0 if small else 58.0, tab_px=(19.0, 17.0), tab_cell=(7.0, 6.0),symbol_off=28.0,
        band=(298.0 if small else 352.0, 68.0, 690.0), axis_y=706.0, axis_px=(23.0, 20.0), time_px=16.0,
        tick_r=(7.0, 4.5), tick_label=24.0,
        token=(144.0, 132.0, cy + 146.0) if several else (144.0, 96.0, cy + 118.0),
        change=(50.0, cy + (174.0 if several else 146.0)),
    )  # fmt: skip


def _wide(subject: Subject, pitch: float) -> Style:
    height = subject.frame.height
    states = subject.program.states
    several, words = len(states) > 1, says_words(subject)
    axis = height - 56
    cell = Column(92.0, 42.0, 28.0, 46.0, 168.0, 3.4, 16.0, 28.0, (400.0, 190.0), 34.0)
    box_h = 104.0 * (len(states) - 1) + 40.0 if several else 120.0 if words else 134.0
    x_height = 168.0 if is_text(subject) else column_height(subject.layer.inputs, cell)
    y_height = cell.card[1] if words else column_height(subject.layer.width, cell)
    x_y, top = axis - 20 - x_height / 2, 58.0 if words else 68.0
    room = (x_y - x_height / 2) - (top + y_height) - box_h - 22
    gap = room / 2
    cy = top + y_height + gap - (6 if gap < 60 else 0) + box_h / 2
    pill = cy + box_h / 2 + (80 if several else 56)  # clear of the tab W
    # beside the card of words there is no room for a symbol over the state's column
    lanes = (Lane(states[0], cy, below=True),) if words and not several else _lanes(states, cy, 104.0)
    return Style(
        pitch=pitch, box=(248.0 if several else 212.0, box_h), cy=cy, x_y=x_y, y_y=top + y_height / 2, x=cell, y=cell,
        state=replace(cell, stroke=4.0, tallest=140.0 if words else 168.0),
        state_at=(298.0, 190.0) if len(states) == 2 else (186.0,) * len(states),
        lanes=lanes, letter=76.0, tab_px=(30.0, 30.0), tab_cell=(9.0, 8.0),
        symbol_off=39.0, band=(min(616.0, 1.1 * pitch), 54.0, axis - 14),
        axis_y=axis, axis_px=(34.0, 32.0), time_px=28.0, tick_r=(9.0, 6.0), tick_label=35.0, dots=(44.0, 6.0, 20.0),
        edge=(84.0, 88.0), token=(214.0, 180.0, pill), x_token=(x_y - x_height / 2 + cy + box_h / 2 + 28) / 2 + 8,
        small=28.0, left=400.0, wire=(3.2, 19.0, 4.4, 22.0), change=(62.0, pill + 34),
    )  # fmt: skip


def _focus(subject: Subject) -> Style:
    wide, height = subject.frame.wide, subject.frame.height
    states = subject.program.states
    several = len(states) > 1
    if wide:
        base = _wide(subject, WIDE_PITCH)
        at = (480.0, 372.0) if len(states) == 2 else (360.0,) * len(states)
        return replace(base, box=(300.0, base.box[1]), state_at=at, letter=84.0)
    cell = Column(92.0, 36.0, 20.0, 46.0, 140.0 if several else 170.0, 3.0, 14.0, 14.0, (300.0, 160.0), 24.0)
    cy = 372.0
    x_height = column_height(subject.layer.inputs, cell)
    box_h = 124.0 * (len(states) - 1) + 104.0 if several else 190.0
    y_height = cell.card[1] if says_words(subject) else column_height(subject.layer.width, cell)
    return Style(
        pitch=PITCH, box=(300.0, box_h), cy=cy, x_y=height - 74 - x_height / 2, y_y=74 + y_height / 2, x=cell, y=cell,
        state=replace(cell, tallest=108.0 if several else 170.0, stroke=3.4), state_at=(330.0,) * len(states),
        lanes=_lanes(states, cy, 124.0), letter=84.0, tab_px=(30.0, 30.0), tab_cell=(11.0, 11.0),
        symbol_off=38.0, band=(0.0, 0.0, 0.0), axis_y=0.0, axis_px=(23.0, 20.0), time_px=16.0, tick_r=(7.0, 4.5),
        tick_label=24.0, token=(250.0, 216.0, cy + 134.0), x_token=(height - 74 - x_height + cy + box_h / 2 + 30) / 2,
        small=14.0,
    )  # fmt: skip
