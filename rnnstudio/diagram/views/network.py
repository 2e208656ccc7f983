"""View 1, Network: all layers from the data to the prediction, the chosen one in a band (DESIGN §6.1)."""

from dataclasses import dataclass
from itertools import pairwise

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.traditional import (
    Traditional,
    across,
    caption,
    drawn_units,
    input_matrix,
    layer_name,
    lit_input,
    quoted,
    symbol,
    traditional,
)

#: So many nodes of a layer are drawn in full (DESIGN §6.1).
NODES_UP_TO = 8
#: Where the weight's own mark lies on its edge, as in the Layer view: what is a cell of W later starts here.
ALONG_EDGE = 0.36
#: Edges of the chosen bundle and of the others: px at w = 0, px more at |w| = vmax, opacity (DESIGN §5, vmax 2.5).
CHOSEN_EDGE, OTHER_EDGE = (1.2, 5.0, 0.9), (1.2, 3.25, 0.38)
#: Bundles with more edges than this are drawn thinner.
MANY_EDGES = 32


@dataclass(frozen=True)
class Geometry:
    """Where things are, in one of the two frames."""

    four: tuple[float, float, float, float]  # the columns of a network of four layers
    middle: float
    pitch: float
    span: float  # from the first node's centre to the last one's, at most
    radius: float
    number: float
    band: tuple[float, float, float]  # width, top, bottom
    chip: tuple[float, float, float]  # y, height, size of its text
    chip_width: float
    names: tuple[float, float, float]  # y, size, size of the chosen one's
    counts: tuple[float, float]  # y, size
    weights: tuple[float, float]  # y, size of W
    arrow: tuple[float, float]  # length of an arrow outside, its gap to the nodes
    small: float
    target: tuple[float, float, float]  # x, width and height of a target
    floor: float  # texts under this size are left out


NORMAL = Geometry(
    four=(190, 480, 790, 1070), middle=360, pitch=132, span=434, radius=34, number=17, band=(184, 118, 618),
    chip=(90, 34, 15), chip_width=174, names=(665, 18, 21), counts=(691, 14), weights=(662, 30), arrow=(110, 6),
    small=15, target=(1243, 54, 30), floor=12,
)  # fmt: skip
WIDE = Geometry(
    four=(250, 690, 1190, 1640), middle=352, pitch=126, span=384, radius=46, number=28, band=(250, 114, 590),
    chip=(84, 46, 28), chip_width=330, names=(626, 28, 32), counts=(666, 28), weights=(622, 46), arrow=(150, 8),
    small=28, target=(1862, 92, 42), floor=28,
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A layer of nodes: the input (layer −1), what a cell hands out, or what its readout makes of it."""

    layer: int
    readout: bool
    name: str  # the block
    what: Key  # of its nodes, without index
    n: int
    x: float
    slots: tuple[int | None, ...]
    pitch: float
    radius: float
    middle: float

    def y(self, slot: int) -> float:
        """Centre of a slot."""
        return self.middle + (slot - (len(self.slots) - 1) / 2) * self.pitch

    @property
    def units(self) -> list[tuple[int, float]]:
        """Unit and centre of each node that is drawn."""
        return [(i, self.y(slot)) for slot, i in enumerate(self.slots) if i is not None]


@dataclass(frozen=True)
class Bundle:
    """A matrix between two columns."""

    matrix: str
    bias: str
    layer: int
    source: Column
    target: Column


def lay_out(subject: Subject) -> Layout:
    """Lay out the network at the sample of the playhead."""
    g = WIDE if subject.frame.wide else NORMAL
    b = Builder("network", subject.frame)
    b.title = "A traditional network"
    b.caption = caption(subject, "One sample runs from left to right. Every node is computed.")
    layer = traditional(subject)
    columns = _columns(subject, g, layer)
    bundles = _bundles(subject, columns, layer)
    chosen = next(column for column in columns if column.what.layer is None and column.what.what == layer.handed)
    _band(b, g, columns, chosen)
    for column in columns:
        _nodes(b, subject, g, column)
    for bundle in bundles:
        _edges(b, subject, bundle)
    _names(b, subject, g, columns, chosen)
    _bundle_names(b, g, bundles, columns)
    _outside(b, subject, g, columns)
    return b.layout()


def _columns(subject: Subject, g: Geometry, layer: Traditional) -> list[Column]:
    network = subject.network
    found: list[tuple[int, bool, str, Key, int]] = []
    first_is_chosen = network.chosen == 0
    found.append((-1, False, "x", Key("x") if first_is_chosen else Key("node", layer=-1), network.inputs))
    for k, record in enumerate(network.layers):
        mine = k == network.chosen
        program = record.program
        handed = layer.handed if mine else program.handed
        size = layer.size if mine else record.sizes[program.sizes[program.handed]]
        # what goes into the chosen layer is its x, whoever made it
        feeds = k + 1 == network.chosen
        own = Key("x") if feeds and not record.readout else Key("node", layer=k)
        found.append((k, False, handed, Key(handed) if mine else own, size))
        if record.readout:
            key = Key("x") if feeds else Key("y") if mine else Key("readout", layer=k)
            found.append((k, True, "y", key, record.width))
    xs = _xs(subject, g, len(found))
    gap = min((right - left for left, right in pairwise(xs)), default=1e9)
    return [_column(subject, g, entry, x, gap) for entry, x in zip(found, xs, strict=True)]


def _xs(subject: Subject, g: Geometry, count: int) -> list[float]:
    place = across(subject.frame)
    left, right = g.four[0], g.four[-1]
    if count == 4:
        return [place(x) for x in g.four]
    return [place(left + (right - left) * k / (count - 1)) for k in range(count)]


def _column(subject: Subject, g: Geometry, entry: tuple[int, bool, str, Key, int], x: float, gap: float) -> Column:
    layer, readout, name, key, n = entry
    slots = drawn_units(n, NODES_UP_TO, lit_input(subject) if layer < 0 else -1)
    pitch = min(g.pitch, g.span / max(1, len(slots) - 1))
    room = 18 if _has_bias(subject, layer, readout) else 8
    radius = min(g.radius, (pitch - room) / 2, gap * 0.3)
    return Column(layer, readout, name, key, n, x, slots, pitch, radius, g.middle)


def _has_bias(subject: Subject, layer: int, readout: bool) -> bool:
    return layer >= 0 and bool(_bias_name(subject, layer, readout))


def _bias_name(subject: Subject, layer: int, readout: bool) -> str:
    record = subject.network.layers[layer]
    name = "by" if readout else (record.cell.layer.b or "" if record.cell.layer is not None else "")
    return name if name in record.parameters else ""


def _bundles(subject: Subject, columns: list[Column], layer: Traditional) -> list[Bundle]:
    bundles = []
    for source, target in pairwise(columns):
        record = subject.network.layers[target.layer]
        mine = target.layer == subject.network.chosen
        matrix = "V" if target.readout else layer.W if mine else input_matrix(record)
        if matrix in record.parameters:
            bias = _bias_name(subject, target.layer, target.readout)
            bundles.append(Bundle(matrix, bias, target.layer, source, target))
    return bundles


def _of(bundle: Bundle, subject: Subject) -> tuple[str, int | None]:
    """What a bundle's marks are called: the chosen layer's W is W, the others carry their layer."""
    mine = bundle.layer == subject.network.chosen
    return "V" if bundle.target.readout else "W", None if mine else bundle.layer


def _block_of(b: Builder, subject: Subject, column: Column) -> int:
    """The block behind a column; the chosen layer's x and y are blocks of the chosen layer."""
    if column.what.layer is None:
        return b.block("x" if column.what.what == "x" else column.name, column.n)
    return b.block(column.name, column.n, layer=column.layer)


def _role(column: Column) -> str:
    return {"x": "x", "y": "y", "h": "y"}.get(column.what.what, "op")


def _nodes(b: Builder, subject: Subject, g: Geometry, column: Column) -> None:
    block = _block_of(b, subject, column)
    mine = column.what.layer is None
    # at the smallest radius a number would not fit: then the colour alone speaks
    px = g.number * column.radius / g.radius if not subject.frame.wide else g.number
    fits = 2 * column.radius >= 2.9 * px
    for i, y in column.units:
        b.tile(column.what._replace(i=i), column.x, y, 2 * column.radius, 2 * column.radius, block, i,
               role=_role(column), radius=column.radius, stroke=3.0 if mine else 2.2, z=4,
               px=px if fits else 0.0)  # fmt: skip
    for slot, i in enumerate(column.slots):
        if i is None:
            b.plate(Key("dots", i=slot, part=f"{column.what.what}{'y' if column.readout else ''}", layer=column.layer),
                    "dots-v", column.x, column.y(slot), 10, 40, role="text3", fill="text3", stroke=0.0,
                    z=4)  # fmt: skip
    bias = _bias_name(subject, column.layer, column.readout) if column.layer >= 0 else ""
    if bias:
        chosen = column.layer == subject.network.chosen
        values = b.block(bias, column.n, layer=None if chosen else column.layer, scale="weight")
        key = Key("by" if column.readout else "b", layer=None if chosen else column.layer)
        width = min(26.0, column.radius)
        for i, y in column.units:
            b.tile(key._replace(i=i), column.x, y - column.radius - 8, width, 9, values, i,
                   role="V" if column.readout else "W", radius=4.5, stroke=1.2, z=4, px=0.0)  # fmt: skip


def _edges(b: Builder, subject: Subject, bundle: Bundle) -> None:
    what, layer = _of(bundle, subject)
    rows, cols = bundle.target.n, bundle.source.n
    block = b.block(bundle.matrix, rows, cols, layer=layer, scale="weight")
    chosen = layer is None and what == "W"
    thin, per_weight, alpha = CHOSEN_EDGE if chosen else OTHER_EDGE
    if len(bundle.source.units) * len(bundle.target.units) > MANY_EDGES:
        thin, per_weight = thin * 0.7, per_weight * 0.6
    for i, y in bundle.target.units:
        for j, y0 in bundle.source.units:
            via = None
            if chosen:
                via = Key("W", i=i, j=j)
                b.tile(via, bundle.source.x + ALONG_EDGE * (bundle.target.x - bundle.source.x),
                       y0 + ALONG_EDGE * (y - y0), 20, 12, block, i * cols + j, role="W", alpha=0.0, px=0.0,
                       z=1)  # fmt: skip
            b.edge(Key(what, i=i, j=j, part="edge", layer=layer), bundle.source.what._replace(i=j), via,
                   bundle.target.what._replace(i=i), block, i * cols + j, thin=thin, per_weight=per_weight, alpha=alpha,
                   z=1)  # fmt: skip


def _band(b: Builder, g: Geometry, columns: list[Column], chosen: Column) -> None:
    width, top, bottom = g.band
    gap = min(abs(column.x - chosen.x) for column in columns if column is not chosen)
    width = min(width, gap - 2 * chosen.radius - 12)
    b.plate(Key("cell"), "chosen", chosen.x, (top + bottom) / 2, width, bottom - top, role="accent", fill="accentfill",
            stroke=2.0, radius=26.0, alpha=0.75, z=0)  # fmt: skip
    y, height, px = g.chip
    # the chip may be wider than the outermost band; it stays inside the frame
    x = min(max(chosen.x, g.chip_width / 2 + 24), b.frame.width - g.chip_width / 2 - 24)
    b.plate(Key("cell", part="chip"), "chip-accent", x, y, g.chip_width, height, role="accent", fill="accentfill",
            stroke=1.0, radius=height / 2, z=6)  # fmt: skip
    b.label(Key("cell", part="chip"), "zoom into this layer", x, y, px, role="accent", font="ui", weight=600)


def _fitting(texts: tuple[str, ...], px: float, width: float) -> str:
    """The first of some texts that fits a width, else nothing."""
    return next((text for text in texts if 0.56 * px * len(text) <= width), "")


def _names(b: Builder, subject: Subject, g: Geometry, columns: list[Column], chosen: Column) -> None:
    gap = min(right.x - left.x for left, right in pairwise(columns))
    y, px, chosen_px = g.names
    for column in columns:
        on = column is chosen
        last = column is columns[-1]
        full = "output layer" if last else f"readout {column.layer + 1}" if column.readout else ""
        full = full or layer_name(subject.network, column.layer)
        short = full.removesuffix(" layer").removeprefix("hidden ")
        size = chosen_px if on else px
        text = _fitting((full, short, f"{column.layer + 1}"), size, gap - (g.weights[1] if gap < 200 else 70))
        key = Key("readout" if column.readout else "layer", part="name", layer=None if on else column.layer)
        b.label(key, text, column.x, y, size, role="text" if on else "text2", font="ui", weight=650 if on else 500)
        count = "1 node" if column.n == 1 else f"{column.n} nodes"
        counted = _fitting((count, str(column.n)), g.counts[1], gap * 0.52)
        b.label(key._replace(part="count"), counted, column.x, g.counts[0], g.counts[1], role="text3", font="ui")


def _bundle_names(b: Builder, g: Geometry, bundles: list[Bundle], columns: list[Column]) -> None:
    gap = min(right.x - left.x for left, right in pairwise(columns))
    y, px = g.weights
    matrices = [bundle for bundle in bundles if not bundle.target.readout]
    for bundle in bundles:
        x = (bundle.source.x + bundle.target.x) / 2
        number = matrices.index(bundle) + 1 if bundle in matrices and len(matrices) > 1 else ""
        readout = bundle.target.readout
        role, letter = ("V", "V") if readout else ("W", "W")
        text = f"<{role}|{letter}_{{{number}}}>" if number else f"<{role}|{letter}>"
        if bundle.bias and gap > 3.2 * px + 60:
            text += f" + {symbol(bundle.bias, role=role)}" if readout else f" + <W|b_{{{number}}}>"
            text = text.replace("_{}", "")
        what = "V" if readout else "W"
        mine = bundle.target.what.layer is None
        key = Key(what, part="symbol", layer=None if mine else bundle.layer)
        b.label(key, text, x, y, px if gap >= 150 else max(g.floor, px * 0.6))
        rows, cols = bundle.target.n, bundle.source.n
        size = _fitting((f"{rows} × {cols} weights", f"{rows} × {cols}"), g.counts[1], gap * 0.48)
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
    b.plate(Key("data", part="from"), "none", tip - length, y, 0, 0, alpha=0.0, z=0)
    height = first.y(len(first.slots) - 1) - g.middle + first.radius
    b.wire(Key("wire:data"), [(tip - length, y), (tip, y)], role="text3", width=2.2, head=9.24,
           start=Anchor(Key("data", part="from"), 0, 0),
           end=Anchor(Key("data"), -1, (y - g.middle) / height, -gap))  # fmt: skip
    said = "data in" if word is None else quoted(word, 12)
    b.label(Key("data", part="symbol"), said, tip - length, y - 22 * g.small / 15, g.small, role="text3", align="l",
            font="ui", weight=500)  # fmt: skip
    _prediction(b, subject, g, last)


def _prediction(b: Builder, subject: Subject, g: Geometry, last: Column) -> None:
    targets = subject.targets and subject.t >= 1
    length, gap = g.arrow
    start = last.x + last.radius + gap
    place = across(subject.frame)
    tx, tw, th = place(g.target[0]), g.target[1], g.target[2]
    tip = min(start + length + 2, tx - tw / 2 - gap - 2) if targets else start + length + 2
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
        word = subject.token(subject.t + 1)
        text = "" if word is None else quoted(word, 12)
        b.label(Key("target", part="word"), text, tip, g.middle + 22 * g.small / 15, g.small, role="y", align="r",
                font="ui", weight=600)  # fmt: skip
        b.label(Key("target", part="symbol"), "target", tip, g.middle + 46 * g.small / 15, g.small, role="text3",
                align="r", font="ui", weight=500)  # fmt: skip
        return
    block = b.block("target", last.n)
    for i, y in last.units:
        b.plate(Key("target", i=i, part="frame"), "frame", tx, y, tw, th, role="y", fill="canvas", stroke=2.2,
                radius=5.0, z=5, block=block)  # fmt: skip
        b.label(Key("target", i=i), "{0}", tx, y, min(g.number, th * 0.55) if g.floor < 28 else 28, role="y", font="ui",
                weight=600, values=((block, i),))  # fmt: skip
    b.label(Key("target", part="name"), "target", tx, g.names[0], g.names[1], role="y", font="ui", weight=500)
