"""What a layout shows at a moment: numbers from the traces, levels, lights, tokens."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from rnnstudio.diagram.kept import Kept
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import FILLED, Floats, Ints, Layout
from rnnstudio.diagram.moment import MADE_OF, Moment, Source, latest
from rnnstudio.diagram.numbers import fmt, matrix_decimals
from rnnstudio.diagram.rounding import rounded
from rnnstudio.diagram.scene import Bools, Scene
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.tile_texts import Numbers, TileTexts
from rnnstudio.diagram.tokens import tokens
from rnnstudio.diagram.versions import DELTA
from rnnstudio.playback.playhead import LAYER_PHASES

#: What comes after the playhead is mixed with the canvas; inputs, which are given, less (DESIGN §7).
LATER, LATER_X, LATER_SYMBOL = 0.55, 0.75, 0.8
LIKELIEST = 5
#: Views that show one finished sample at rest: no lime there, it would only mean "all of it".
QUIET_WHEN_DONE = frozenset({"network", "condensed"})


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
    return (
        moment.subject, moment.trace, moment.knowledge, moment.other, moment.other_knowledge, moment.after,
        moment.other_after, moment.beside,
    )  # fmt: skip


def block_numbers(layout: Layout, moment: Moment) -> Numbers:
    """The numbers of each block of a layout; None where they are not known."""
    source = Source(moment)
    return _NUMBERS.get(
        (layout.blocks, *_sources(moment)),
        lambda: [source.numbers(b) if b.shown is None else b.shown.numbers for b in layout.blocks],
        (moment.head,),
    )  # fmt: skip


def scale_ranges(moment: Moment) -> dict[str, float]:
    """The range of the colours of each scale that does not go from −1 to 1."""
    return {"weight": moment.subject.vmax, "change": moment.subject.change_range}


def quiet(layout: Layout, moment: Moment) -> bool:
    """Whether nothing is lit, since the whole sample is done."""
    return layout.view in QUIET_WHEN_DONE and moment.phase(moment.head) == LAYER_PHASES


def _shown(layout: Layout, moment: Moment) -> _Shown:
    source, numbers = Source(moment), block_numbers(layout, moment)
    fresh = [
        values is not None and (source.fresh(block) if block.shown is None else block.shown.fresh)
        for block, values in zip(layout.blocks, numbers, strict=True)
    ]
    scales = scale_ranges(moment)
    vmax = np.asarray([scales.get(b.scale, 1.0) if b.shown is None else b.shown.range for b in layout.blocks] or [1.0])
    if quiet(layout, moment):
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
        "label_text": tuple(_label_text(layout, k, numbers, moment.subject) for k in range(len(labels.keys))),
        "label_shown": np.asarray(
            [
                _filled(values, numbers) if when == FILLED else _label_shown(when, source)
                for when, values in zip(labels.when, labels.values, strict=True)
            ],
            dtype=bool,
        ),
        "label_level": np.asarray([LATER_SYMBOL if source.later(key) else 1.0 for key in labels.keys]),
        "weight_range": moment.subject.vmax,
        "change_range": moment.subject.change_range if any(b.scale == "change" for b in layout.blocks) else 0.0,
        "notation": moment.subject.notation,
        "cell_state": "c" in moment.subject.program.states and not moment.of_layer,
    }
    lit = np.asarray([*fresh, False], dtype=bool)
    texts = TileTexts(layout, numbers, fields["tile_value"], decimals, exact=not moment.subject.learns)
    return _Shown(numbers, lit, texts, fields)


def _levels(source: Source) -> Callable[[tuple[Key, ...]], Floats]:
    """How much of their colour marks keep: those of later samples are mixed with the canvas, inputs less."""
    now, way = latest(source.moment), source.subject.way

    def levels(keys: tuple[Key, ...]) -> Floats:
        later = [now if key[1] is None else key[1] for key in keys]
        out = np.where((np.asarray(later) - now) * way > 0, LATER, 1.0)
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
    busy = moment.phase(moment.head) >= 2 and 1 <= now <= moment.subject.steps and not done
    parking = not moment.of_layer and moment.phase(moment.head) == 2 and phases > 2
    out = np.zeros(len(layout.plates.keys), dtype=bool)
    for k, (key, kind, b) in enumerate(zip(layout.plates.keys, layout.plates.kind, layout.plates.block, strict=True)):
        here = key.t is None or key.t == now
        if b >= 0 and kind in ("frame", "histogram", "heat", "onehot", "likely"):
            out[k] = fresh[b] or (parking and here and key.what == "x")
        elif key.what == "cell" and kind == "box" and key.part == "":
            out[k] = busy and here
        elif kind == "tab":
            changes = key.what.startswith(DELTA)
            out[k] = fresh[b] if changes else busy and here and moment.phase(moment.head) < phases
        elif kind.startswith(("op:", "gate")) and b >= 0:
            out[k] = fresh[b]
    return out


def _plate_data(layout: Layout, numbers: Numbers, source: Source) -> dict[int, object]:
    data: dict[int, object] = {}
    for k, (kind, b) in enumerate(zip(layout.plates.kind, layout.plates.block, strict=True)):
        values = numbers[b] if b >= 0 else None
        if values is None:
            continue
        kept = layout.blocks[b].shown
        if kind.startswith("curve") and not (source.result_known(layout.blocks[b]) if kept is None else kept.result):
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


def _filled(values: tuple[tuple[int, int], ...], numbers: Numbers) -> bool:
    """Whether all numbers of a label are known."""
    return all(numbers[block] is not None for block, _ in values)


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
    if kind != "rounded" or not knowledge.known(name, t) or not 1 <= t <= moment.subject.steps:
        return False
    chosen = moment.subject.network.chosen
    return rounded(what, trace, chosen, t, int(row) if row else None, moment.subject.decimals)


def _label_text(layout: Layout, k: int, numbers: Numbers, subject: Subject) -> str:
    text, wanted = layout.labels.text[k], layout.labels.values[k]
    if not wanted:
        return text
    filled = []
    for block, cell in wanted:
        values = numbers[block]
        places = subject.decimals
        weights = layout.blocks[block].scale == "weight" and layout.blocks[block].shape[1] > 1
        if values is not None and weights and not subject.learns:
            places = matrix_decimals(values, places)
        filled.append("?" if values is None else fmt(float(values[cell]), places))
    for place, word in enumerate(filled):
        text = text.replace("{" + str(place) + "}", word)
    return text
