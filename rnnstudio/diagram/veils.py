"""What is hidden while a class is asked: the tiles that are veiled, and the one with the question mark."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.diagram.layout import Ints
from rnnstudio.diagram.scene import Scene


@dataclass(frozen=True)
class Asked:
    """What a question is about, as a picture has it.

    ``hides`` are the values that are veiled with the one that is asked for; ``unit`` is the number of the latter from
    0, −1 for all of them.
    """

    name: str
    hides: frozenset[str]
    unit: int
    t: int


def veiled(scene: Scene, asked: Asked | None, now: int) -> Scene:
    """A scene with the veils of a question; without one, as it is. ``now``: the sample at the playhead."""
    if asked is None:
        return scene
    layout = scene.layout
    tiles = layout.tiles
    about = [
        block.layer is None and block.name in asked.hides and asked.t == (now if block.t is None else block.t)
        for block in layout.blocks
    ]
    here = np.asarray([*about, False], dtype=bool)[tiles.block] & (tiles.alpha > 0)
    names = np.asarray([*(block.name == asked.name for block in layout.blocks), False], dtype=bool)[tiles.block]
    meant = here & names & ((tiles.cell == asked.unit) if asked.unit >= 0 else False)
    return replace(scene, veiled=_indices(here & ~np.asarray(scene.tile_known)), asked=_indices(meant))


def _indices(which: np.ndarray) -> Ints:
    return np.flatnonzero(which).astype(np.int64)
