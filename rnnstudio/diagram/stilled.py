"""A layout that keeps what it shows: for the turn that follows when the network itself becomes another.

In any other turn the marks that leave show numbers of the run that goes on. Here that run is over: a unit that is taken
away has no number any more. So its marks take along what was on the screen when the turn began.
"""

from dataclasses import replace

import numpy as np

from rnnstudio.diagram.dress import block_numbers, dress, quiet, scale_ranges
from rnnstudio.diagram.layout import Block, Floats, Layout, Shown
from rnnstudio.diagram.moment import Moment, Source


def stilled(layout: Layout, moment: Moment) -> Layout:
    """The same layout, whose blocks and labels have their numbers in themselves, as they are at a moment."""
    source, scene, ranges = Source(moment), dress(layout, moment), scale_ranges(moment)
    curves = {int(b) for kind, b in zip(layout.plates.kind, layout.plates.block, strict=True) if kind[:5] == "curve"}
    rests = quiet(layout, moment)

    def kept(k: int, block: Block, numbers: Floats | None) -> Block:
        if block.shown is not None:
            return block
        known = numbers is not None
        fresh, result = known and not rests and source.fresh(block), known and k in curves
        return replace(block, shown=Shown(numbers, ranges.get(block.scale, 1.0), fresh,
                                          result and source.result_known(block)))  # fmt: skip

    pairs = zip(layout.blocks, block_numbers(layout, moment), strict=True)
    blocks = tuple(kept(k, block, numbers) for k, (block, numbers) in enumerate(pairs))
    n = len(layout.labels.keys)
    labels = replace(
        layout.labels, text=scene.label_text, values=((),) * n, when=("",) * n,
        alpha=np.where(scene.label_shown, layout.labels.alpha, 0.0),
    )  # fmt: skip
    wires = replace(layout.wires, token=("",) * len(layout.wires.keys))
    return replace(layout, blocks=blocks, labels=labels, wires=wires)
