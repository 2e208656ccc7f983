"""What things show: a layout with its numbers, levels and lights. Plain comparable data, no colours."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats, Ints, Layout
from rnnstudio.diagram.notation import TUTORIAL, Notation

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Token:
    """A value on its way along a wire: a dot at ``at`` and, parked beside it, a pill with the numbers."""

    key: Key
    role: str
    at: tuple[float, float]
    direction: tuple[float, float]
    pill: tuple[float, float] | None
    values: tuple[float, ...]
    texts: tuple[str, ...]
    moving: bool


@dataclass(frozen=True, eq=False)
class Scene:
    """A dressed layout; arrays run parallel to the layout's groups.

    ``level`` is 1 for full colour, less for a mix with the canvas (0.55: later copies); ``known`` False draws hollow
    and dashed; ``lit`` is the lime "now". ``plate_data`` holds, by plate index, the values of plates that draw
    several (operating points of a curve, a heat image, a histogram, the likeliest tokens).
    """

    layout: Layout
    tile_value: Floats
    tile_vmax: Floats
    tile_text: tuple[str, ...]
    tile_known: Bools
    tile_level: Floats
    tile_lit: Bools
    plate_known: Bools
    plate_level: Floats
    plate_lit: Bools
    plate_data: Mapping[int, object]
    edge_value: Floats
    edge_vmax: Floats
    edge_level: Floats
    wire_known: Bools
    wire_level: Floats
    label_text: tuple[str, ...]
    label_shown: Bools
    label_level: Floats
    tokens: tuple[Token, ...] = ()
    title: str = ""
    caption: str = ""
    selected: frozenset[Key] = field(default_factory=frozenset)
    hovered: frozenset[Key] = field(default_factory=frozenset)
    keyboard: bool = False
    weight_range: float = 1.0
    change_range: float = 0.0  # of the colours of ΔW; 0 where none is drawn
    cell_state: bool = False  # the legend names c
    veiled: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # tiles that a question hides
    asked: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # the tile that it asks for
    notation: Notation = TUTORIAL  # whose letters the legend has
