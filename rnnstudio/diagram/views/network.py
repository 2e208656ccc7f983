"""View 1, Network: all layers from the data to the prediction, the chosen one in a band (DESIGN §6.1)."""

from itertools import pairwise

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.network_columns import (
    NORMAL,
    WIDE,
    Bundle,
    Column,
    Geometry,
    Lane,
    bias_name,
    bundles_of,
    columns_of,
    has_bias,
)
from rnnstudio.diagram.views.network_lanes import draw_state, keeps_state
from rnnstudio.diagram.views.traditional import across, caption, layer_name, lit_input, quoted, symbol, traditional
from rnnstudio.sentence import sentence

#: Where the weight's own mark lies on its edge, as in the Layer view: what is a cell of W later starts here.
ALONG_EDGE = 0.36
#: Edges of the chosen bundle and of the others: px at w = 0, px more at |w| = vmax, opacity (DESIGN §5, vmax 2.5).
CHOSEN_EDGE, OTHER_EDGE = (1.2, 5.0, 0.9), (1.2, 3.25, 0.38)
#: Width of an average letter of the interface's face, in em.
LETTER = 0.53
_STATELESS = "One sample runs from left to right. Every node but the inputs is computed."
_STATED = "One sample runs from left to right. Layers with a loop keep a state; the chosen one is shown without."
#: Bundles with more edges than this are drawn thinner.
MANY_EDGES = 32


def lay_out(subject: Subject) -> Layout:
    """Lay out the network at the sample of the playhead."""
    g = WIDE if subject.frame.wide else NORMAL
    b = Builder("network", subject.frame, subject.notation)
    b.title = "A traditional network"
    layer = traditional(subject)
    columns = columns_of(subject, g, layer)
    stated = any(keeps_state(subject, column) for column in columns)
    b.caption = caption(subject, _STATED if stated else _STATELESS)
    bundles = bundles_of(subject, columns, layer)
    chosen = next(column for column in columns if column.what.layer is None and column.what.what == layer.handed)
    _band(b, g, columns, chosen)
    for column in columns:
        draw_state(b, subject, g, column)
        _nodes(b, subject, g, column)
    for bundle in bundles:
        _edges(b, subject, bundle)
    _names(b, subject, g, columns, chosen)
    _bundle_names(b, subject, g, bundles, columns)
    _outside(b, subject, g, columns)
    return b.layout()


def _of(bundle: Bundle, subject: Subject) -> tuple[str, int | None]:
    """What a bundle's marks are called: the chosen layer's W is W, the others carry their layer."""
    mine = bundle.layer == subject.network.chosen
    return "V" if bundle.target.readout else "W", None if mine else bundle.layer


def _nodes(b: Builder, subject: Subject, g: Geometry, column: Column) -> None:
    # at the smallest radius a number would not fit: then the colour alone speaks
    px = g.number * column.radius / g.radius if not subject.frame.wide else g.number
    fits = 2 * column.radius >= 2.9 * px
    for lane in column.lanes:
        block = b.block(lane.name, lane.n, layer=lane.layer)
        mine = lane.what.layer is None
        role = {"x": "x", "y": "y", "h": "y"}.get(lane.what.what, "op")
        for i, y in column.units_of(lane):
            b.tile(lane.key(i), column.x, y, 2 * column.radius, 2 * column.radius, block, i - lane.first,
                   role=role, radius=column.radius, stroke=3.0 if mine else 2.2, z=4,
                   px=px if fits else 0.0)  # fmt: skip
        _biases(b, subject, column, lane)
    for slot, unit in enumerate(column.slots):
        if unit is None:
            b.plate(Key("dots", i=slot, part=f"{column.what.what}{'y' if column.readout else ''}", layer=column.layer),
                    "dots-v", column.x, column.y(slot), 10, 40 if len(column.lanes) == 1 else 28, role="text3",
                    fill="text3", stroke=0.0, z=4)  # fmt: skip


def _biases(b: Builder, subject: Subject, column: Column, lane: Lane) -> None:
    """The bias of each node, over it."""
    bias = bias_name(subject, column.layer, column.readout) if column.layer >= 0 else ""
    if not bias:
        return
    chosen = column.layer == subject.network.chosen and lane.layer is None
    name = f"{lane.way}.{bias}" if lane.way and not chosen else bias
    layer = None if chosen else column.layer
    values = b.block(name, lane.n, layer=layer, scale="weight")
    key = Key("by" if column.readout else "b", layer=layer)
    width = min(26.0, column.radius)
    for i, y in column.units_of(lane):
        b.tile(key._replace(i=i - lane.shift), column.x, y - column.radius - 8, width, 9, values, i - lane.first,
               role="V" if column.readout else "W", radius=4.5, stroke=1.2, z=4, px=0.0)  # fmt: skip


def _edges(b: Builder, subject: Subject, bundle: Bundle) -> None:
    for lane in bundle.target.lanes:
        _lane_edges(b, subject, bundle, lane)


def _lane_edges(b: Builder, subject: Subject, bundle: Bundle, lane: Lane) -> None:
    what, layer = _of(bundle, subject)
    name = bundle.matrix
    if lane.way and (lane.what.layer is not None or layer is not None):
        # the pass that no other view shows now, or one of a layer that is not chosen
        layer, name = bundle.layer, f"{lane.way}.{name}"
    cols = bundle.source.n
    block = b.block(name, lane.n, cols, layer=layer, scale="weight")
    chosen = layer is None and what == "W"
    thin, per_weight, alpha = CHOSEN_EDGE if chosen else OTHER_EDGE
    if len(bundle.source.units) * len(bundle.target.units) > MANY_EDGES:
        thin, per_weight = thin * 0.7, per_weight * 0.6
    for unit, y in bundle.target.units_of(lane):
        i, row = unit - lane.shift, unit - lane.first
        for j, y0 in bundle.source.units:
            via = None
            if chosen:
                via = Key("W", i=i, j=j)
                b.tile(via, bundle.source.x + ALONG_EDGE * (bundle.target.x - bundle.source.x),
                       y0 + ALONG_EDGE * (y - y0), 20, 12, block, row * cols + j, role="W", alpha=0.0, px=0.0,
                       z=1)  # fmt: skip
            b.edge(Key(what, i=i, j=j, part="edge", layer=layer), bundle.source.key(j), via,
                   lane.key(unit), block, row * cols + j, thin=thin, per_weight=per_weight, alpha=alpha,
                   z=1)  # fmt: skip


def _band(b: Builder, g: Geometry, columns: list[Column], chosen: Column) -> None:
    width, top, bottom = g.band
    gap = min(abs(column.x - chosen.x) for column in columns if column is not chosen)
    # beside the outermost column an arrow leaves, with its word
    width = min(width, 2 * (gap - chosen.radius - 6), 2 * chosen.radius + 36 if chosen is columns[-1] else width)
    b.plate(Key("cell"), "chosen", chosen.x, (top + bottom) / 2, width, bottom - top, role="accent", fill="accentfill",
            stroke=2.0, radius=26.0, alpha=0.75, z=0)  # fmt: skip
    y, height, px = g.chip
    # the chip may be wider than the outermost band; it stays inside the frame
    x = min(max(chosen.x, g.chip_width / 2 + 24), b.frame.width - g.chip_width / 2 - 24)
    b.plate(Key("cell", part="chip"), "chip-accent", x, y, g.chip_width, height, role="accent", fill="accentfill",
            stroke=1.0, radius=height / 2, z=6)  # fmt: skip
    b.label(Key("cell", part="chip"), "zoom into this layer", x, y, px, role="accent", font="ui", weight=600)


def _matrix_width(g: Geometry, gap: float, bias: bool) -> float:
    """Room for the letter of a matrix, with its bias where the columns stand far apart."""
    px = g.weights[1]
    return 3.9 * px if bias and gap >= 8 * px else 1.4 * px if gap >= 5 * px else 0.9 * px


def _fitting(texts: tuple[str, ...], px: float, width: float) -> str:
    """The first of some texts that fits a width, else nothing."""
    return next((text for text in texts if LETTER * px * len(text) <= width), "")


def _names(b: Builder, subject: Subject, g: Geometry, columns: list[Column], chosen: Column) -> None:
    gap = min(right.x - left.x for left, right in pairwise(columns))
    y, px, chosen_px = g.names
    bias = any(has_bias(subject, column.layer, column.readout) for column in columns)
    for column in columns:
        on = column is chosen
        last = column is columns[-1]
        full = "output layer" if last else f"readout {column.layer + 1}" if column.readout else ""
        full = full or layer_name(subject.network, column.layer)
        short = full.removesuffix(" layer").removeprefix("hidden ")
        room = gap - _matrix_width(g, gap, bias) - 16
        text = _fitting((full, short, f"{column.layer + 1}"), px, room)
        size = min(chosen_px, room / (LETTER * max(1, len(text)))) if on else px
        key = Key("readout" if column.readout else "layer", part="name", layer=None if on else column.layer)
        b.label(key, text, column.x, y, size, role="text" if on else "text2", font="ui", weight=650 if on else 500)
        lanes = len(column.lanes)
        count = (
            "1 node"
            if column.n == 1
            else sentence("{n} nodes", n=column.n)
            if lanes == 1
            else sentence("2 × {n} nodes", n=column.n // 2)
        )
        counted = _fitting((count, str(column.n)), g.counts[1], gap * 0.52)
        b.label(key._replace(part="count"), counted, column.x, g.counts[0], g.counts[1], role="text3", font="ui")


def _bundle_names(b: Builder, subject: Subject, g: Geometry, bundles: list[Bundle], columns: list[Column]) -> None:
    gap = min(right.x - left.x for left, right in pairwise(columns))
    y, px = g.weights
    matrices = [bundle for bundle in bundles if not bundle.target.readout]
    for bundle in bundles:
        x = (bundle.source.x + bundle.target.x) / 2
        number = matrices.index(bundle) + 1 if bundle in matrices and len(matrices) > 1 else ""
        readout = bundle.target.readout
        role, letter = ("V", "V") if readout else ("W", "W")
        text = f"<{role}|{letter}_{{{number}}}>" if number else f"<{role}|{letter}>"
        if bundle.bias and gap >= 8 * px:
            text += f" + {symbol(bundle.bias, role=role)}" if readout else f" + <W|b_{{{number}}}>"
            text = text.replace("_{}", "")
        what, k = _of(bundle, subject)
        key = Key(what, part="symbol", layer=k)
        b.label(key, text, x, y, px if gap >= 5 * px else max(g.floor, px * 0.6))
        rows, cols = bundle.target.n, bundle.source.n
        size = _fitting(
            (sentence("{rows} × {cols} weights", rows=rows, cols=cols), f"{rows} × {cols}"), g.counts[1], gap * 0.48
        )
        b.label(key._replace(part="count"), size, x, g.counts[0], g.counts[1], role="text3", font="ui")


def _outside(b: Builder, subject: Subject, g: Geometry, columns: list[Column]) -> None:
    """What comes in from the left and goes out to the right."""
    first, last = columns[0], columns[-1]
    word = subject.token(subject.t) if subject.t else None
    y = g.middle if word is None else dict(first.units)[lit_input(subject)]
    length, gap = g.arrow
    tip = first.x - first.radius - gap
    b.plate(Key("data"), "none", first.x, g.middle, 2 * first.radius, 2 * (first.y(len(first.slots) - 1) - g.middle)
            + 2 * first.radius, alpha=0.0, z=0)  # fmt: skip
    start = first.x - g.radius - gap - length
    b.plate(Key("data", part="from"), "none", start, y, 0, 0, alpha=0.0, z=0)
    height = first.y(len(first.slots) - 1) - g.middle + first.radius
    b.wire(Key("wire:data"), [(start, y), (tip, y)], role="text3", width=2.2, head=9.24,
           start=Anchor(Key("data", part="from"), 0, 0),
           end=Anchor(Key("data"), -1, (y - g.middle) / height, -gap))  # fmt: skip
    said = "data in" if word is None else quoted(word, 12)
    b.label(Key("data", part="symbol"), said, start, y - 22 * g.small / 15, g.small, role="text3", align="l",
            font="ui", weight=500)  # fmt: skip
    _prediction(b, subject, g, last)


def _next_word(subject: Subject) -> str | None:
    """The word that should come out: the target of the sample, where targets are words."""
    values = subject.target_values
    if values is not None and values.ndim == 1 and subject.t <= len(values):
        return subject.vocabulary[int(values[subject.t - 1])]
    return subject.token(subject.t + 1)


def _prediction(b: Builder, subject: Subject, g: Geometry, last: Column) -> None:
    targets = subject.targets and subject.t >= 1
    length, gap = g.arrow
    start = last.x + last.radius + gap
    place = across(subject.frame)
    tx, tw, th = place(g.target[0]), g.target[1], g.target[2]
    tip = last.x + g.radius + gap + length + 2
    tip = min(tip, tx - tw / 2 - gap - 2) if targets and not subject.tokens else tip
    height = last.y(len(last.slots) - 1) - g.middle + last.radius
    b.plate(Key("prediction"), "none", last.x, g.middle, 2 * last.radius, 2 * height, alpha=0.0, z=0)
    b.plate(Key("prediction", part="to"), "none", tip, g.middle, 0, 0, alpha=0.0, z=0)
    b.wire(Key("wire:prediction"), [(start, g.middle), (tip, g.middle)], role="text3", width=2.2, head=9.24,
           start=Anchor(Key("prediction"), 1, 0, gap), end=Anchor(Key("prediction", part="to"), 0, 0))  # fmt: skip
    b.label(Key("prediction", part="symbol"), "prediction", tip, g.middle - 22 * g.small / 15, g.small, role="text3",
            align="r", font="ui", weight=500)  # fmt: skip
    if not targets:
        return
    if subject.tokens:
        word = _next_word(subject)
        text = "" if word is None else quoted(word, 12)
        b.label(Key("target", part="word"), text, tip, g.middle + 22 * g.small / 15, g.small, role="y", align="r",
                font="ui", weight=600)  # fmt: skip
        b.label(Key("target", part="symbol"), "target", tip, g.middle + 46 * g.small / 15, g.small, role="text3",
                align="r", font="ui", weight=500)  # fmt: skip
        return
    block = b.block("target", last.n)
    for i, y in last.units:
        b.plate(Key("target", i=i, part="frame"), "frame", tx, y, tw, min(th, last.pitch - 4), role="y", fill="canvas",
                stroke=2.2, radius=5.0, z=5, block=block)  # fmt: skip
        b.label(Key("target", i=i), "{0}", tx, y, max(g.floor, min(g.number, th * 0.5)), role="y", font="ui",
                weight=600, values=((block, i),))  # fmt: skip
    b.label(Key("target", part="name"), "target", tx, g.names[0], g.names[1], role="y", font="ui", weight=500)
