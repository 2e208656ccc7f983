"""What the Network view draws of a network: its columns of nodes and the matrices between them, and where."""

from dataclasses import dataclass
from itertools import pairwise

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.traditional import Traditional, across, drawn_units, input_matrix, lit_input

#: So many nodes of a layer are drawn in full (DESIGN §6.1).
NODES_UP_TO = 8


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


def columns_of(subject: Subject, g: Geometry, layer: Traditional) -> list[Column]:
    """All columns from the input to the output, readouts included."""
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
    room = 18 if has_bias(subject, layer, readout) else 8
    radius = min(g.radius, (pitch - room) / 2, gap * 0.3)
    return Column(layer, readout, name, key, n, x, slots, pitch, radius, g.middle)


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
