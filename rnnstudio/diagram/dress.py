"""What a layout shows at a moment: numbers from the traces, levels, lights, tokens."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.layout import Block, Floats, Layout
from rnnstudio.diagram.numbers import fmt, matrix_decimals
from rnnstudio.diagram.rounding import rounded
from rnnstudio.diagram.scene import Scene
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.tokens import tokens
from rnnstudio.engine.functions import softmax
from rnnstudio.engine.trace import Trace
from rnnstudio.playback.playhead import LAYER_PHASES, Playhead, layer_phase

#: What comes after the playhead is mixed with the canvas; inputs, which are given, less (DESIGN §7).
LATER, LATER_X, LATER_SYMBOL = 0.55, 0.75, 0.8
LIKELIEST = 5
TARGET = "target"
#: Quantities that are derived here, and the value that they become known with.
MADE_OF = {"onehot": "x", "likely": "y", "product": "a", "rowsum": "a"}
#: Views that show one finished sample at rest: no lime there, it would only mean "all of it".
QUIET_WHEN_DONE = frozenset({"network", "condensed"})


@dataclass(frozen=True, eq=False)
class Moment:
    """What is shown: one of the two computations (the other stands by for marks that fly out of it) at a playhead.

    ``head`` is what may be seen, ``target`` where the step under way leads (the same at rest), ``travel`` the
    progress of its tokens from 0 to 1.
    """

    subject: Subject
    trace: Trace
    knowledge: Knowledge
    other: Trace | None
    other_knowledge: Knowledge | None
    head: Playhead
    target: Playhead
    travel: float = 1.0
    of_layer: bool = False
    selected: frozenset[Key] = frozenset()
    hovered: frozenset[Key] = frozenset()
    keyboard: bool = False
    reduced: bool = False

    def phase(self, head: Playhead) -> int:
        """The sub-step of the computation shown that a position has done last; 0 before the first sample."""
        if head.t == 0:
            return 0
        return layer_phase(head.phase, len(self.subject.program.phases)) if self.of_layer else head.phase


class Source:
    """The numbers behind blocks, at one moment."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.subject = moment.subject
        self._chosen = moment.subject.network.chosen

    def sample(self, block: Block) -> int:
        """The absolute sample that a block shows."""
        return self.moment.head.t if block.t is None else block.t

    def side(self, name: str) -> tuple[Trace, Knowledge]:
        """The computation that has a value of this name: the one shown, else the other."""
        m, name = self.moment, MADE_OF.get(name, name)
        foreign = m.other is not None and not _has(m.trace, self._chosen, name) and _has(m.other, self._chosen, name)
        if foreign and m.other is not None and m.other_knowledge is not None:
            return m.other, m.other_knowledge
        return m.trace, m.knowledge

    def parameter(self, block: Block) -> Floats | None:
        """A weight matrix or bias by its name in the equations."""
        layer = self.subject.network.layers[self._chosen if block.layer is None else max(block.layer, 0)]
        found = layer.parameters.get(block.name)
        return None if found is None else np.asarray(found)

    def known(self, block: Block) -> bool:
        """May the block be shown yet?"""
        if block.layer != -1 and self.parameter(block) is not None:
            return True
        t = self.sample(block)
        if not (0 <= t <= self.subject.steps) or (t == 0 and block.name not in self.subject.program.states):
            return False
        if block.name == TARGET:
            return self.subject.target_values is not None and t >= 1
        _, knowledge = self.side(block.name)
        if block.layer is not None:
            return knowledge.known("x", t) if block.layer < 0 else knowledge.known(block.name, t, block.layer)
        name = MADE_OF.get(block.name, block.name)
        return knowledge.known(name, t)

    def result_known(self, block: Block) -> bool:
        """Is what the activation makes of a block known too?"""
        trace, knowledge = self.side(block.name)
        return knowledge.known(trace.layer(self._chosen).program.handed, self.sample(block))

    def fresh(self, block: Block) -> bool:
        """Is the block computed in the sub-step at hand (the lime "now")?"""
        if block.layer is not None or block.name == TARGET or self.parameter(block) is not None:
            return False
        _, knowledge = self.side(block.name)
        t = self.sample(block)
        name = MADE_OF.get(block.name, block.name)
        return t >= 1 and knowledge.fresh(name, t)

    def numbers(self, block: Block) -> Floats | None:
        """The block's numbers, flat, row by row; None where they are not known."""
        if not self.known(block):
            return None
        parameter = None if block.layer == -1 else self.parameter(block)
        if parameter is not None:
            return parameter.reshape(-1)
        trace, _ = self.side(block.name)
        t = self.sample(block)
        if block.name == TARGET:
            return self._target(t, block)
        if block.layer == -1:
            return np.asarray(trace.layer(0).value("x", t)).reshape(-1)
        values = trace.layer(self._chosen if block.layer is None else block.layer)
        if block.name == "product":
            weights = self.parameter(Block(self._input_weights(), (0, 0)))
            assert weights is not None and block.row is not None
            return np.asarray(weights[block.row] * values.value("x", t))
        if block.name == "rowsum":
            return np.asarray(values.value("a", t))
        if block.name == "onehot":
            return np.asarray(values.value("x", t))
        if block.name == "likely":
            return np.asarray(softmax(values.value("y", t)))
        return np.asarray(values.value(block.name, t)).reshape(-1)

    def _target(self, t: int, block: Block) -> Floats:
        """The target of sample t; a class number as one-hot."""
        assert self.subject.target_values is not None
        row = self.subject.target_values[t - 1]
        if np.ndim(row):
            return np.asarray(row, dtype=np.float64)
        return np.asarray(np.arange(block.shape[0] * block.shape[1]) == row, dtype=np.float64)

    def _input_weights(self) -> str:
        layer = self.subject.layer.cell.layer
        return layer.W if layer is not None else "W"

    @cached_property
    def later(self) -> Callable[[Key], bool]:
        """Does a mark belong to a sample after the playhead?"""
        t = max(self.moment.target.t, self.moment.head.t)
        return lambda key: key.t is not None and key.t > t


def _has(trace: Trace, layer: int, name: str) -> bool:
    program = trace.layer(layer).program
    return name == "x" or program.producer(name) is not None or name.removesuffix("_prev") in program.states


def dress(layout: Layout, moment: Moment) -> Scene:
    """Put the moment's numbers on a layout."""
    source = Source(moment)
    numbers = [source.numbers(block) for block in layout.blocks]
    fresh = [values is not None and source.fresh(block) for block, values in zip(layout.blocks, numbers, strict=True)]
    vmax = np.asarray([moment.subject.vmax if b.scale == "weight" else 1.0 for b in layout.blocks] or [1.0])
    tile_value, tile_known, tile_text = _tiles(layout, numbers, moment.subject.decimals)
    blocks = layout.tiles.block
    if layout.view in QUIET_WHEN_DONE and moment.phase(moment.head) == LAYER_PHASES:
        fresh = [False] * len(fresh)
    lit = np.asarray(fresh, dtype=bool) if fresh else np.zeros(1, dtype=bool)
    edges = layout.edges
    shown = [_label_shown(when, source) for when in layout.labels.when]
    texts = tuple(_label_text(layout, k, numbers, moment.subject.decimals) for k in range(len(layout.labels.keys)))
    return Scene(
        layout=layout,
        tile_value=tile_value,
        tile_vmax=vmax[blocks] if len(blocks) else np.empty(0),
        tile_text=tile_text,
        tile_known=tile_known,
        tile_level=np.asarray([_level(key, source) for key in layout.tiles.keys]),
        tile_lit=lit[blocks] & (layout.tiles.stroke > 0) if len(blocks) else np.empty(0, dtype=bool),
        plate_known=np.asarray(
            [b < 0 or numbers[b] is not None for b in layout.plates.block], dtype=bool
        ),
        plate_level=np.asarray([_level(key, source) for key in layout.plates.keys]),
        plate_lit=_plates_lit(layout, fresh, source),
        plate_data=_plate_data(layout, numbers, source),
        edge_value=_edge_values(layout, numbers),
        edge_vmax=vmax[edges.block] if len(edges.keys) else np.empty(0),
        edge_level=np.ones(len(edges.keys)),
        wire_known=np.asarray([b < 0 or numbers[b] is not None for b in layout.wires.block], dtype=bool),
        wire_level=np.asarray([_level(key, source) for key in layout.wires.keys]),
        label_text=texts,
        label_shown=np.asarray(shown, dtype=bool),
        label_level=np.asarray([LATER_SYMBOL if source.later(key) else 1.0 for key in layout.labels.keys]),
        tokens=tokens(layout, moment, numbers),
        title=layout.title,
        caption=layout.caption,
        selected=moment.selected,
        hovered=moment.hovered,
        keyboard=moment.keyboard,
        weight_range=moment.subject.vmax,
        cell_state="c" in moment.subject.program.states and not moment.of_layer,
    )


def _level(key: Key, source: Source) -> float:
    if not source.later(key):
        return 1.0
    return LATER_X if key.what in ("x", "wire:y") else LATER


def _tiles(
    layout: Layout, numbers: list[Floats | None], decimals: int
) -> tuple[Floats, "np.ndarray[tuple[int], np.dtype[np.bool_]]", tuple[str, ...]]:
    tiles = layout.tiles
    n = len(tiles.keys)
    value, known, text = np.zeros(n), np.zeros(n, dtype=bool), [""] * n
    for b in np.unique(tiles.block):
        values = numbers[b] if b >= 0 else None
        if values is None:
            continue
        index = np.flatnonzero(tiles.block == b)
        value[index] = values[tiles.cell[index]]
        known[index] = True
        drawn = index[(tiles.px[index] > 0) & (tiles.ink[index] > 0)]
        if len(drawn):
            parameter = layout.blocks[b].scale == "weight" and layout.blocks[b].shape[1] > 1
            places = matrix_decimals(values, decimals) if parameter else decimals
            written = _written(value[drawn], places, float(np.min(tiles.rect[drawn, 2] / tiles.px[drawn])))
            for k, words in zip(drawn, written, strict=True):
                text[k] = words
    return value, known, tuple(text)


def _written(values: Floats, decimals: int, width_em: float) -> list[str]:
    """The numbers of one block, all with the same decimals: fewer where the widest would not fit its tile."""
    texts = [fmt(v, decimals) for v in values]
    while decimals > 0 and max(map(len, texts)) * 0.6 - 0.1 > width_em:
        decimals -= 1
        texts = [fmt(v, decimals) for v in values]
    return texts


def _plates_lit(layout: Layout, fresh: list[bool], source: Source) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    moment = source.moment
    now = moment.target.t
    phases = LAYER_PHASES if moment.of_layer else len(moment.subject.program.phases)
    done = layout.view in QUIET_WHEN_DONE and moment.phase(moment.head) == phases
    busy = moment.phase(moment.head) >= 2 and now >= 1 and not done
    parking = not moment.of_layer and moment.phase(moment.head) == 2 and phases > 2
    out = np.zeros(len(layout.plates.keys), dtype=bool)
    for k, (key, kind, b) in enumerate(zip(layout.plates.keys, layout.plates.kind, layout.plates.block, strict=True)):
        here = key.t is None or key.t == now
        if b >= 0 and kind in ("frame", "histogram", "heat", "onehot", "likely"):
            out[k] = fresh[b] or (parking and here and key.what == "x")
        elif key.what == "cell" and kind == "box" and key.part == "":
            out[k] = busy and here
        elif kind == "tab":
            out[k] = busy and here and moment.phase(moment.head) < phases
        elif kind.startswith(("op:", "gate")) and b >= 0:
            out[k] = fresh[b]
    return out


def _plate_data(layout: Layout, numbers: list[Floats | None], source: Source) -> dict[int, object]:
    data: dict[int, object] = {}
    for k, (kind, b) in enumerate(zip(layout.plates.kind, layout.plates.block, strict=True)):
        values = numbers[b] if b >= 0 else None
        if values is None:
            continue
        if kind.startswith("curve") and not source.result_known(layout.blocks[b]):
            continue  # a point on the curve would give its result away
        if kind.startswith("curve") or kind == "histogram":
            row = layout.blocks[b].row
            data[k] = values if row is None else values[row : row + 1]
        elif kind == "heat":
            data[k] = values.reshape(layout.blocks[b].shape)
        elif kind == "onehot":
            data[k] = (int(np.argmax(values)), len(values))
        elif kind == "likely":
            order = np.argsort(-values, kind="stable")[:LIKELIEST]
            words = source.subject.vocabulary
            data[k] = [(words[i] if i < len(words) else str(i + 1), float(values[i])) for i in order]
    return data


def _edge_values(layout: Layout, numbers: list[Floats | None]) -> Floats:
    edges = layout.edges
    out = np.zeros(len(edges.keys))
    for b in np.unique(edges.block):
        values = numbers[b]
        if values is not None:
            index = edges.block == b
            out[index] = values[edges.cell[index]]
    return out


def _label_shown(when: str, source: Source) -> bool:
    if not when:
        return True
    kind, _, rest = when.partition(":")
    moment = source.moment
    what, _, row = rest.partition(":")
    t = moment.head.t
    name = MADE_OF.get(what, what)
    trace, knowledge = source.side(name)
    if kind == "known":
        return knowledge.known(name, t)
    if kind != "rounded" or not knowledge.known(name, t) or t < 1:
        return False
    chosen = moment.subject.network.chosen
    return rounded(what, trace, chosen, t, int(row) if row else None, moment.subject.decimals)


def _label_text(layout: Layout, k: int, numbers: list[Floats | None], decimals: int) -> str:
    text, wanted = layout.labels.text[k], layout.labels.values[k]
    if not wanted:
        return text
    filled = []
    for block, cell in wanted:
        values = numbers[block]
        places = decimals
        if values is not None and layout.blocks[block].scale == "weight" and layout.blocks[block].shape[1] > 1:
            places = matrix_decimals(values, decimals)
        filled.append("?" if values is None else fmt(float(values[cell]), places))
    for place, word in enumerate(filled):
        text = text.replace("{" + str(place) + "}", word)
    return text
