"""What the places of a view's marks hang on. Hardly ever a number: while one is edited, the layout stays as it is."""

from __future__ import annotations

import numpy as np

from rnnstudio.diagram.kept import Kept
from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.view_table import lay_out

_LAYOUTS: Kept[Layout] = Kept(16)


def laid_out(view: str, subject: Subject) -> Layout:
    """What `lay_out` gives: the one that was made last where nothing has changed that it hangs on."""
    layers = subject.network.layers
    made_of = (
        subject.vocabulary, subject.beside, subject.written,
        *(part for layer in layers for part in (layer.cell, layer.program, layer.layer_program)),
    )  # fmt: skip
    sizes = tuple((layer.inputs, layer.size, layer.outputs, layer.direction, layer.bias) for layer in layers)
    like = (
        view, sizes, subject.network.chosen, subject.steps, subject.t, subject.frame, subject.active, subject.focus,
        subject.tokens, subject.targets, subject.decimals, subject.changed, subject.direction,
        _numbers(view, subject),
    )  # fmt: skip
    return _LAYOUTS.get(made_of, lambda: lay_out(view, subject), like)


def _numbers(view: str, subject: Subject) -> tuple[object, ...]:
    """The numbers that a layout hangs on: a word's, how many digits the weights need, which of them are strong."""
    if view == "network":
        wanted = subject.target_values
        if wanted is None or wanted.ndim != 1 or not 1 <= subject.t <= len(wanted):
            return ()
        return (int(wanted[subject.t - 1]),)
    if view not in ("layer", "condensed", "samples"):
        return ()
    from rnnstudio.diagram.views.traditional import traditional

    layer = traditional(subject)
    if view != "layer":
        return (layer.decimals,)
    from rnnstudio.diagram.views.layer import shown_inputs

    weights = np.asarray(subject.layer.parameters[layer.W])
    return layer.decimals, shown_inputs(subject, layer), (weights > 0).tobytes()
