"""View 4, Samples: the element turned upright, one copy a sample, no arrow between copies (DESIGN §6.4)."""

from dataclasses import dataclass

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import saying
from rnnstudio.diagram.views.columns import Column, Drawn, count, draw_input, sample
from rnnstudio.diagram.views.samples_element import ELEMENT, WIDE_ELEMENT, Element, Ports, draw_element
from rnnstudio.diagram.views.samples_links import LINK, WIDE_LINK, Link, after_the_last, tie, update
from rnnstudio.diagram.views.traditional import Traditional, caption, traditional, words_come_in

#: Beside the playhead's sample, one before it and one after it.
BEFORE, AFTER = 1, 1


@dataclass(frozen=True)
class Geometry:
    """Where things are, in one of the two frames; y of the axis and below count from the frame's bottom."""

    distance: float
    y: float
    x: float
    columns: tuple[Column, Column, Column]  # of y, of x, of a word
    element: Element
    band: tuple[float, float, float, float]  # width, top, bottom, radius
    axis: tuple[float, float, float]  # y, start, distance of its end from the right
    ticks: tuple[float, float]  # diameter, the current one's
    times: tuple[float, float, float]  # below the axis, size, the current one's
    word: tuple[float, float]  # "time": distance, size
    dots: tuple[float, float, float]  # beside the outer copy, width, height
    link: Link
    wire: tuple[float, float]  # width, head


NORMAL = Geometry(
    distance=378, y=130, x=612,
    columns=(Column(tallest=116), Column(tallest=140), Column(tallest=112)),
    element=ELEMENT, band=(300, 68, 690, 18), axis=(706, 60, 80), ticks=(9, 14), times=(24, 20, 23), word=(8, 16),
    dots=(200, 48, 10), link=LINK, wire=(3.2, 13),
)  # fmt: skip
WIDE = Geometry(
    distance=560, y=116, x=550,
    columns=(Column(w=92, h=42, px=28, symbol=46, tallest=136, stroke=3.4, gap=16, small=28, word=28),
             Column(w=92, h=42, px=28, symbol=46, tallest=168, stroke=3.4, gap=16, small=28, word=28),
             Column(w=92, h=42, px=28, symbol=46, tallest=112, stroke=3.4, gap=16, small=28, word=28)),
    element=WIDE_ELEMENT, band=(510, 50, 636, 22), axis=(648, 60, 130), ticks=(12, 18), times=(32, 32, 34),
    word=(12, 28), dots=(290, 60, 13), link=WIDE_LINK, wire=(4.2, 19),
)  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """One sample and where it stands."""

    t: int
    cx: float


def lay_out(subject: Subject) -> Layout:
    """Lay out the samples around the playhead that exist; before the first one, the first stands in the middle."""
    g = WIDE if subject.frame.wide else NORMAL
    layer = traditional(subject)
    b = Builder("samples", subject.frame, subject.notation)
    b.title = "Samples in order"
    b.caption = _caption(subject)
    copies = _copies(subject, g)
    _band(b, subject, g)
    ports = [_copy(b, subject, g, layer, copy) for copy in copies]
    _links(b, subject, g, layer, copies, ports)
    _dots(b, subject, g, copies)
    _axis(b, subject, g, copies)
    return b.layout()


def _caption(subject: Subject) -> str:
    """What happens to W from sample to sample; a gated cell's line also says whose W it is."""
    said = saying(subject.changed)
    whose = caption(subject, "")
    return f"{said}. {whose}" if whose else said


def _copies(subject: Subject, g: Geometry) -> list[Copy]:
    middle = subject.now
    m, d = subject.frame.width / 2, _distance(subject, g)
    wanted = range(middle - BEFORE, middle + AFTER + 1)
    return [Copy(t, m + (t - middle) * d) for t in wanted if 1 <= t <= subject.steps]


def _distance(subject: Subject, g: Geometry) -> float:
    """A wider canvas draws the copies apart, a narrower one together (DESIGN §6.5)."""
    base = 1920.0 if subject.frame.wide else 1280.0
    return g.distance * (1 + (subject.frame.width / base - 1) * 0.92)


def _band(b: Builder, subject: Subject, g: Geometry) -> None:
    if not subject.started:
        return
    width, top, bottom, radius = g.band
    b.plate(Key("band"), "band", subject.frame.width / 2, (top + bottom) / 2, width, bottom - top, role="active",
            fill="activeglow", stroke=1.5, radius=radius, z=0)  # fmt: skip


def _copy(b: Builder, subject: Subject, g: Geometry, layer: Traditional, copy: Copy) -> Ports:
    """One sample: x below, the element, y above, and the wires between them."""
    t, cx = copy.t, copy.cx
    time = sample(subject, t)
    ports = draw_element(b, g.element, layer, t, cx, time, tint=_is_shared(subject, t))
    x = draw_input(b, subject, t, cx, g.x, g.columns[2 if words_come_in(subject) else 1])
    y = _output(b, g, layer, t, cx, time)
    width, head = g.wire
    b.wire(Key("wire:x", t), [(cx, x.top), (cx, ports.bottom + 4)], role="x", width=width, head=head, block=x.block,
           phase=2, token="dot", start=Anchor(x.key, 0, -1), end=Anchor(ports.W, 0, 1, 0, 4))  # fmt: skip
    b.wire(Key("wire:y", t), [(cx, ports.top), (cx, y.bottom + 4)], role="y", width=width, head=head, block=y.block,
           phase=3, token="dot", start=Anchor(ports.f, 0, -1), end=Anchor(y.key, 0, 1, 0, 4))  # fmt: skip
    return ports


def _output(b: Builder, g: Geometry, layer: Traditional, t: int, cx: float, time: str) -> Drawn:
    style = g.columns[0]
    block = b.block(layer.handed, layer.size, t=t)
    key = Key(layer.handed, t)
    w, h = b.vector(key, block, cx, g.y, role="y", w=style.w, h=style.h, px=style.px, stroke=style.stroke,
                    tallest=style.tallest)  # fmt: skip
    column = Drawn(key._replace(part="frame"), block, cx, g.y, w, h, layer.size)
    b.label(key._replace(part="symbol"), layer.output(time), column.left - style.gap, g.y, style.symbol, align="r")
    count(b, column, column.right + style.gap, g.y, style)
    return column


def _links(
    b: Builder, subject: Subject, g: Geometry, layer: Traditional, copies: list[Copy], ports: list[Ports]
) -> None:
    """Between neighbouring copies: that they share W, or what is added to it; after the last, what it comes to."""
    ends = [(copy.cx, port) for copy, port in zip(copies[1:], ports[1:], strict=True)]
    last = copies[-1] if copies else None
    if last is not None and _shows_the_end(subject, last):
        cx = last.cx + _distance(subject, g)
        ends.append((cx, after_the_last(b, subject, g.link, g.element, layer, cx)))
    for copy, port, (cx, following) in zip(copies, ports, ends, strict=False):
        if _changes(subject, copy.t):
            update(b, subject, g.link, layer, (copy.t, copy.cx), port, cx, following)
        else:
            tie(b, g.link, (copy.t, copy.cx), port, cx, following)


def _is_shared(subject: Subject, t: int) -> bool:
    """Whether a neighbouring sample uses the same W: then it stands on a ground of its own."""
    if not subject.learns:
        return True
    return (t > 1 and not _changes(subject, t - 1)) or (t < subject.steps and not _changes(subject, t))


def _changes(subject: Subject, t: int) -> bool:
    return subject.learns and subject.changed[t - 1]


def _shows_the_end(subject: Subject, last: Copy) -> bool:
    """Whether the last sample is drawn and leaves other weights behind; at it, there is room beside."""
    return not subject.reverse and last.t == subject.steps == subject.t and _changes(subject, last.t)


def _dots(b: Builder, subject: Subject, g: Geometry, copies: list[Copy]) -> None:
    """Dots where the sequence goes on beyond the copies."""
    beside, w, h = g.dots
    for part, x, more in (
        ("left", copies[0].cx - beside if copies else 0.0, bool(copies) and copies[0].t > 1),
        ("right", copies[-1].cx + beside if copies else 0.0, bool(copies) and copies[-1].t < subject.steps),
    ):
        if more:
            b.plate(Key("dots", part=part), "dots-h", x, g.element.middle, w, h, role="text3", fill="text3", stroke=0.0,
                    z=3)  # fmt: skip


def _axis(b: Builder, subject: Subject, g: Geometry, copies: list[Copy]) -> None:
    y, start, from_right = g.axis
    end = subject.frame.width - from_right
    b.wire(Key("axis"), [(start, y), (end, y)], role="text3", width=1.6, head=10.0, style="axis", alpha=0.8, z=2)
    b.label(Key("axis", part="label"), "time", end + g.word[0], y, g.word[1], role="text3", align="l", font="ui",
            weight=500)  # fmt: skip
    below, px, now_px = g.times
    for copy in copies:
        now = copy.t == subject.t
        size = g.ticks[1] if now else g.ticks[0]
        b.plate(Key("axis", copy.t, part="tick"), "tick", copy.cx, y, size, size, role="text" if now else "text3",
                fill="active" if now else "canvas", stroke=2.0, radius=size / 2, z=4)  # fmt: skip
        b.label(Key("axis", copy.t, part="label"), sample(subject, copy.t), copy.cx, y + below, now_px if now else px,
                role="text" if now else "text2", weight=700 if now else 400)  # fmt: skip
