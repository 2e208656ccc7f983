"""The spotlight: the things that are spoken of keep their colours, all else is mixed with the canvas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.scene import Scene

#: What is not part of what is said keeps this share of its colour (LECTURE A11).
DIMMED = 0.35
#: Ground and axis are never dimmed: without them the rest stands nowhere.
_GROUND = frozenset({"axis", "band", "layer"})


def spotlit(scene: Scene, lit: tuple[str, ...], now: int) -> Scene:
    """A scene in which only these things are lit; with none, as it is.

    Parameters
    ----------
    scene : Scene
        The picture.
    lit : tuple of str
        Letters or names of things ("x", "W", "cell"); with a blank and a sample behind it, "s t" or "s t-1", the one
        of that sample alone. A thing's wires are lit with it.
    now : int
        t, the sample at the playhead.
    """
    if not lit:
        return scene
    wanted = _wanted(lit, now)
    layout = scene.layout

    def level(keys: Iterable[Key], was: Floats) -> Floats:
        keep = np.fromiter((_is_lit(key, wanted) for key in keys), dtype=bool, count=len(was))
        return np.where(keep, was, np.minimum(was, DIMMED))

    return replace(
        scene,
        tile_level=level(layout.tiles.keys, scene.tile_level),
        plate_level=level(layout.plates.keys, scene.plate_level),
        edge_level=level(layout.edges.keys, scene.edge_level),
        wire_level=level(layout.wires.keys, scene.wire_level),
        label_level=level(layout.labels.keys, scene.label_level),
    )


def is_lit(key: Key, lit: tuple[str, ...], now: int) -> bool:
    """Whether a thing is among those that are lit, as `spotlit` names them; ground never is."""
    return key.what not in _GROUND and _is_lit(key, _wanted(lit, now))


@lru_cache(maxsize=64)
def _wanted(lit: tuple[str, ...], now: int) -> frozenset[tuple[str, int | None]]:
    """(thing, sample or None for all of them)."""
    found = []
    for name in lit:
        what, _, when = name.partition(" ")
        found.append((what, now + int(when[1:] or 0) if when.startswith("t") else None))
    return frozenset(found)


def _is_lit(key: Key, wanted: frozenset[tuple[str, int | None]]) -> bool:
    what = key.what.removeprefix("wire:").removeprefix("branch:").partition(":")[0].removesuffix("_prev")
    if what in _GROUND or (what, None) in wanted:
        return True
    return any(name == what and when is not None and key.t in (None, when) for name, when in wanted)
