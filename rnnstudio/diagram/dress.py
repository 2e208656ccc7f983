"""What a layout shows at a moment: numbers from the traces, levels, lights, tokens."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from rnnstudio.diagram.kept import Kept
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.layout import Block, Floats, Ints, Layout
from rnnstudio.diagram.numbers import fmt, matrix_decimals
from rnnstudio.diagram.rounding import rounded
from rnnstudio.diagram.scene import Bools, Scene
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.tile_texts import Numbers, TileTexts
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


class _Shown(NamedTuple):
    """What a layout shows at a moment, wherever its marks are on their way."""

    numbers: Numbers
    fresh: Bools  # by block; a last one for none
    texts: TileTexts
    fields: dict[str, Any]  # of the scene


#: The last dressings: in a turn only the places change from frame to frame.
_SHOWN: Kept[_Shown] = Kept()
_NUMBERS: Kept[Numbers] = Kept()


def dress(layout: Layout, moment: Moment) -> Scene:
    """Put the moment's numbers on a layout."""
    tiles, plates, edges, wires, labels = layout.tiles, layout.plates, layout.edges, layout.wires, layout.labels
    shown = _SHOWN.get(
        (
            tiles.keys, tiles.block, tiles.cell, plates.keys, plates.kind, plates.block, edges.block, edges.cell,
            wires.keys, wires.block, labels.keys, labels.text, labels.values, labels.when, layout.blocks,
            *_sources(moment),
        ),
        lambda: _shown(layout, moment),
        (layout.view, moment.head, moment.target, moment.of_layer),
    )  # fmt: skip
    return Scene(
        layout=layout,
        tile_text=shown.texts.at(tiles),
        tile_lit=shown.fresh[tiles.block] & (tiles.stroke > 0),
        tokens=tokens(layout, moment, shown.numbers),
        title=layout.title,
        caption=layout.caption,
        selected=moment.selected,
        hovered=moment.hovered,
        keyboard=moment.keyboard,
        **shown.fields,
    )


def _sources(moment: Moment) -> tuple[object, ...]:
    """What the numbers of blocks depend on, beside the position."""
    return (moment.subject, moment.trace, moment.knowledge, moment.other, moment.other_knowledge)


def block_numbers(layout: Layout, moment: Moment) -> Numbers:
    """The numbers of each block of a layout; None where they are not known."""
    source = Source(moment)
    return _NUMBERS.get(
        (layout.blocks, *_sources(moment)), lambda: [source.numbers(block) for block in layout.blocks],
        (moment.head,),
    )  # fmt: skip


def _shown(layout: Layout, moment: Moment) -> _Shown:
    source, numbers = Source(moment), block_numbers(layout, moment)
    fresh = [values is not None and source.fresh(block) for block, values in zip(layout.blocks, numbers, strict=True)]
    vmax = np.asarray([moment.subject.vmax if b.scale == "weight" else 1.0 for b in layout.blocks] or [1.0])
    if layout.view in QUIET_WHEN_DONE and moment.phase(moment.head) == LAYER_PHASES:
        fresh = [False] * len(fresh)
    tiles, edges, labels = layout.tiles, layout.edges, layout.labels
    known = np.asarray([*(values is not None for values in numbers), True])  # the last stands for block −1, none
    decimals = moment.subject.decimals
    level = _levels(source)
    fields: dict[str, Any] = {
        "tile_value": _values(tiles.block, tiles.cell, numbers),
        "tile_vmax": vmax[tiles.block],
        "tile_known": known[tiles.block] & (tiles.block >= 0),
        "tile_level": level(tiles.keys),
        "plate_known": known[layout.plates.block],
        "plate_level": level(layout.plates.keys),
        "plate_lit": _plates_lit(layout, fresh, source),
        "plate_data": _plate_data(layout, numbers, source),
        "edge_value": _values(edges.block, edges.cell, numbers),
        "edge_vmax": vmax[edges.block],
        "edge_level": np.ones(len(edges.keys)),
        "wire_known": known[layout.wires.block],
        "wire_level": level(layout.wires.keys),
        "label_text": tuple(_label_text(layout, k, numbers, decimals) for k in range(len(labels.keys))),
        "label_shown": np.asarray([_label_shown(when, source) for when in labels.when], dtype=bool),
        "label_level": np.asarray([LATER_SYMBOL if source.later(key) else 1.0 for key in labels.keys]),
        "weight_range": moment.subject.vmax,
        "cell_state": "c" in moment.subject.program.states and not moment.of_layer,
    }
    lit = np.asarray([*fresh, False], dtype=bool)
    return _Shown(numbers, lit, TileTexts(layout, numbers, fields["tile_value"], decimals), fields)


def _levels(source: Source) -> Callable[[tuple[Key, ...]], Floats]:
    """How much of their colour marks keep: those of later samples are mixed with the canvas, inputs less."""
    now = max(source.moment.target.t, source.moment.head.t)

    def levels(keys: tuple[Key, ...]) -> Floats:
        later = [0.0 if key[1] is None else key[1] for key in keys]
        out = np.where(np.asarray(later) > now, LATER, 1.0)
        for k in np.flatnonzero(out < 1).tolist():
            if keys[k].what in ("x", "wire:y"):
                out[k] = LATER_X
        return out

    return levels


def _values(blocks: Ints, cells: Ints, numbers: Numbers) -> Floats:
    """The number of each mark; 0 where it is not known."""
    out = np.zeros(len(blocks))
    for b in sorted(set(blocks.tolist())):
        values = numbers[b] if b >= 0 else None
        if values is not None:
            index = blocks == b
            out[index] = values[cells[index]]
    return out


def _plates_lit(layout: Layout, fresh: list[bool], source: Source) -> Bools:
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


def _plate_data(layout: Layout, numbers: Numbers, source: Source) -> dict[int, object]:
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


def _label_text(layout: Layout, k: int, numbers: Numbers, decimals: int) -> str:
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
