"""The seven views: which computation each shows of which cell, and who lays it out."""

from collections.abc import Callable
from dataclasses import replace

from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEW_NAMES, VIEWS, Subject
from rnnstudio.diagram.views import cell, compact, condensed, layer, network, samples, unrolled
from rnnstudio.engine.network import Layer

_LAY_OUT: dict[str, Callable[[Subject], Layout]] = {
    "network": network.lay_out,
    "layer": layer.lay_out,
    "condensed": condensed.lay_out,
    "samples": samples.lay_out,
    "unrolled": unrolled.lay_out,
    "compact": compact.lay_out,
    "cell": cell.lay_out,
}


def lay_out(view: str, subject: Subject) -> Layout:
    """The layout of a view of the subject."""
    return replace(_LAY_OUT[view](subject), now=max(1, subject.t))


def why_off(view: str, layer: Layer) -> str:
    """The reason why a view is off for a layer; empty where it is on."""
    if view in LAYER_VIEWS:
        if layer.layer_program is None:
            return (
                f"{VIEW_NAMES[view]} shows a traditional layer y = f(W·x), "
                f"and the cell {layer.cell.title} names none; the views 5 to 7 show it."
            )
    elif not layer.program.states:
        return f"{VIEW_NAMES[view]} shows a recurrent cell, and {layer.cell.title} has no state."
    return ""


def views_on(layer: Layer) -> tuple[str, ...]:
    """The views that are on for a layer."""
    return tuple(view for view in VIEWS if not why_off(view, layer))


def computation(view: str, layer: Layer) -> str:
    """What a view shows of a layer, in one line: its equation, or why it is off."""
    off = why_off(view, layer)
    if off:
        return f"off: {off}"
    if view in LAYER_VIEWS:
        program = layer.layer_program
        assert program is not None
        weights = next(iter(program.parameters))
        bias = f" + {list(program.parameters)[1]}" if len(program.parameters) > 1 else ""
        return f"layer: y = {program.activation}({weights}·x{bias})"
    states = ", ".join(program_state + "_t" for program_state in layer.program.states)
    return f"cell: (y_t, {states}) = R(x_t, {', '.join(state + '_{t−1}' for state in layer.program.states)})"
