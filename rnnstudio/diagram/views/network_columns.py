"""What the Network view draws of a network: its columns of nodes and the matrices between them, and where."""

from dataclasses import dataclass
from itertools import pairwise

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.traditional import Traditional, across, drawn_units, input_matrix, lit_input
from rnnstudio.engine.shapes import length

#: So many nodes of a layer are drawn in full (DESIGN §6.1).
NODES_UP_TO = 8
#: So many of each pass of a layer that makes two; and the pitches from the last node of one to the first of the other.
LANE_UP_TO, LANE_GAP = 4, 1.9


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
    chip=(90, 34, 15), chip_width=188, names=(665, 18, 21), counts=(691, 14), weights=(662, 30), arrow=(110, 6),
    small=15, target=(1243, 54, 30), floor=12,
)  # fmt: skip
WIDE = Geometry(
    four=(250, 680, 1150, 1570), middle=352, pitch=126, span=384, radius=48, number=28, band=(250, 114, 590),
    chip=(84, 46, 28), chip_width=330, names=(626, 28, 32), counts=(666, 28), weights=(622, 46), arrow=(150, 8),
    small=28, target=(1862, 92, 42), floor=28,
)  # fmt: skip


@dataclass(frozen=True)
class Lane:
    """The nodes of one pass of a layer; a layer that makes one pass has one lane."""

    way: str  # "forward" or "reverse" where there are two, else ""
    name: str  # the block's name
    layer: int | None  # the block's layer
    what: Key  # of its nodes, without index
    first: int  # unit of the column with which it begins
    n: int
    shift: int = 0  # what is taken off a unit's number in its key

    def key(self, unit: int) -> Key:
        """The key of a unit's node."""
        return self.what._replace(i=unit - self.shift)


@dataclass(frozen=True)
class Column:
    """A layer of nodes: the input (layer −1), what a cell hands out, or what its readout makes of it."""

    layer: int
    readout: bool
    what: Key  # of its nodes, without index
    n: int
    x: float
    slots: tuple[int | None, ...]
    offsets: tuple[float, ...]
    pitch: float
    radius: float
    middle: float
    lanes: tuple[Lane, ...]

    def y(self, slot: int) -> float:
        """Centre of a slot."""
        return self.middle + (self.offsets[slot] - self.offsets[-1] / 2) * self.pitch

    @property
    def units(self) -> list[tuple[int, float]]:
        """Unit and centre of each node that is drawn."""
        return [(i, self.y(slot)) for slot, i in enumerate(self.slots) if i is not None]

    def units_of(self, lane: Lane) -> list[tuple[int, float]]:
        """Those of a lane."""
        return [(i, y) for i, y in self.units if lane.first <= i < lane.first + lane.n]

    def key(self, unit: int) -> Key:
        """The key of a unit's node."""
        return next(lane for lane in self.lanes if unit < lane.first + lane.n).key(unit)


@dataclass(frozen=True)
class Bundle:
    """A matrix between two columns."""

    matrix: str
    bias: str
    layer: int
    source: Column
    target: Column


@dataclass(frozen=True)
class _Entry:
    """A column before it has a place."""

    layer: int
    readout: bool
    what: Key
    n: int
    lanes: tuple[Lane, ...]


def _entry(layer: int, readout: bool, name: str, what: Key, n: int, of_block: int | None) -> _Entry:
    return _Entry(layer, readout, what, n, (Lane("", name, of_block, what, 0, n),))


def columns_of(subject: Subject, g: Geometry, layer: Traditional) -> list[Column]:
    """All columns from the input to the output, readouts included."""
    network = subject.network
    first = Key("x") if network.chosen == 0 else Key("node", layer=-1)
    found = [_entry(-1, False, "x", first, network.inputs, None if network.chosen == 0 else -1)]
    for k in range(len(network.layers)):
        found += _entries(subject, k, layer)
    xs = _xs(subject, g, len(found))
    gap = min((right - left for left, right in pairwise(xs)), default=1e9)
    return [_column(subject, g, entry, x, gap) for entry, x in zip(found, xs, strict=True)]


def _entries(subject: Subject, k: int, layer: Traditional) -> list[_Entry]:
    """What a layer hands out, and what its readout makes of that."""
    network, record = subject.network, subject.network.layers[k]
    mine = k == network.chosen
    handed = layer.handed if mine else record.program.handed
    size = layer.size if mine else length(record.program.sizes[record.program.handed], record.sizes)
    # what goes into the chosen layer is its x, whoever made it
    feeds = k + 1 == network.chosen
    own = Key("x") if feeds and not record.readout else Key("node", layer=k)
    if record.direction == "both":
        lanes = tuple(_lane(subject, k, way, handed, own, size) for way in ("forward", "reverse"))
        found = [_Entry(k, False, Key(handed) if mine else own, 2 * size, lanes)]
    else:
        of_block = None if mine or (feeds and not record.readout) else k
        name = "x" if feeds and not record.readout else handed
        found = [_entry(k, False, name, Key(handed) if mine else own, size, of_block)]
    if record.readout:
        joined = record.direction == "both"
        key = Key("x") if feeds else Key("readout", layer=k) if joined or not mine else Key("y")
        name = "x" if feeds else "joined.y" if joined else "y"
        of_block = None if feeds or (mine and not joined) else k
        found.append(_entry(k, True, name, key, record.width, of_block))
    return found


def _lane(subject: Subject, k: int, way: str, handed: str, own: Key, size: int) -> Lane:
    """One of two passes: of the chosen layer the shown one has the names that the other views know."""
    first = size if way == "reverse" else 0
    if k == subject.network.chosen and way == subject.direction:
        return Lane(way, handed, None, Key(handed), first, size, first)
    return Lane(way, f"{way}.{handed}", k, Key("node", layer=k) if k == subject.network.chosen else own, first, size)


def _xs(subject: Subject, g: Geometry, count: int) -> list[float]:
    place = across(subject.frame)
    left, right = g.four[0], g.four[-1]
    if count == 4:
        return [place(x) for x in g.four]
    return [place(left + (right - left) * k / (count - 1)) for k in range(count)]


def _column(subject: Subject, g: Geometry, entry: _Entry, x: float, gap: float) -> Column:
    slots: list[int | None] = []
    offsets: list[float] = []
    for lane in entry.lanes:
        if len(entry.lanes) == 1:
            own = drawn_units(lane.n, NODES_UP_TO, lit_input(subject) if entry.layer < 0 else -1)
        else:
            own = tuple(range(lane.n)) if lane.n <= LANE_UP_TO else (0, 1, None, lane.n - 1)
        begin = offsets[-1] + LANE_GAP if offsets else 0.0
        slots += [None if i is None else lane.first + i for i in own]
        offsets += [begin + n for n in range(len(own))]
    pitch = min(g.pitch, g.span / max(1.0, offsets[-1]))
    room = 18 if has_bias(subject, entry.layer, entry.readout) else 8
    radius = min(g.radius, (pitch - room) / 2, gap * 0.3)
    return Column(
        entry.layer, entry.readout, entry.what, entry.n, x, tuple(slots), tuple(offsets), pitch, radius, g.middle,
        entry.lanes,
    )  # fmt: skip


def has_bias(subject: Subject, layer: int, readout: bool) -> bool:
    """Whether a bias joins the sums of a column's nodes."""
    return layer >= 0 and bool(bias_name(subject, layer, readout))


def bias_name(subject: Subject, layer: int, readout: bool) -> str:
    """Name of the bias of a layer or of its readout, empty where there is none."""
    record = subject.network.layers[layer]
    name = "by" if readout else (record.cell.layer.b or "" if record.cell.layer is not None else "")
    return name if name in record.parameters else ""


def bundles_of(subject: Subject, columns: list[Column], layer: Traditional) -> list[Bundle]:
    """The matrices between neighbouring columns, from left to right."""
    bundles = []
    for source, target in pairwise(columns):
        record = subject.network.layers[target.layer]
        mine = target.layer == subject.network.chosen
        matrix = "V" if target.readout else layer.W if mine else input_matrix(record)
        if matrix in record.parameters:
            bias = bias_name(subject, target.layer, target.readout)
            bundles.append(Bundle(matrix, bias, target.layer, source, target))
    return bundles
