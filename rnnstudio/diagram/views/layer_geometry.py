"""Where things are in the Layer view."""

from dataclasses import dataclass

from rnnstudio.diagram.views.layer_detail import Detail

#: Where the weight stands on its edge, and where the product does when there is room.
AT_WEIGHT, AT_PRODUCT = 0.36, 0.755


@dataclass(frozen=True)
class Geometry:
    """Where things are, in one of the two frames."""

    x: float  # the inputs' column
    y: float  # the nodes' column
    middle: float
    pitch: float
    span: float  # from the first centre to the last one, at most
    input_radius: float
    node_radius: float
    input_px: float
    node_px: float
    symbol: float
    symbol_gap: float
    pill: tuple[float, float, float]  # height, size of its label, size of its number
    product: tuple[float, float, float]  # width, height, size of its number
    product_pitch: float  # the least distance of two products that can be read
    names: tuple[float, float]  # y, size
    small: float
    floor: float
    detail: Detail


NORMAL = Geometry(
    x=300, y=800, middle=378, pitch=172, span=516, input_radius=40, node_radius=46, input_px=19, node_px=22, symbol=32,
    symbol_gap=22, pill=(34, 20, 16), product=(58, 30, 15), product_pitch=18, names=(716, 17), small=12.5, floor=10,
    detail=Detail(x=962, w=270, h=272, top=70, bottom=696),
)  # fmt: skip
WIDE = Geometry(
    x=330, y=1060, middle=345, pitch=144, span=432, input_radius=46, node_radius=50, input_px=28, node_px=30, symbol=46,
    symbol_gap=18, pill=(46, 32, 28), product=(94, 42, 28), product_pitch=46, names=(668, 28), small=28, floor=28,
    detail=Detail(x=1300, w=580, h=430, top=76, bottom=628, title=28, sum=38, result=42, name=28, curve=(170, 150),
                  rows=(36, 92, 138, 380), inset=26),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A column of nodes that stand for a vector."""

    x: float
    slots: tuple[int | None, ...]
    pitch: float
    radius: float
    middle: float

    def y(self, slot: int) -> float:
        """Centre of a slot."""
        return self.middle + (slot - (len(self.slots) - 1) / 2) * self.pitch

    @property
    def at(self) -> dict[int, float]:
        """Centre of each unit that is drawn."""
        return {i: self.y(slot) for slot, i in enumerate(self.slots) if i is not None}
