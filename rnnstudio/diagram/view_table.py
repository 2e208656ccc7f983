"""The seven views: which computation each shows of which cell, and who lays it out."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import numpy as np

from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEW_NAMES, VIEWS, Subject
from rnnstudio.engine.network import Layer
from rnnstudio.sentence import sentence


def _layer_out(view: str) -> Callable[[Subject], Layout]:
    """Who lays a view out. Its module is imported when the view is first shown: seven of them would delay the start."""
    made: Callable[[Subject], Layout] = import_module(f"rnnstudio.diagram.views.{view}").lay_out
    return made


#: The wide geometry is drawn for this height; the views that do not use more stand in the middle of what there is.
_WIDE_HEIGHT, _FILLS_HEIGHT = 698.0, frozenset({"unrolled", "compact"})


def lay_out(view: str, subject: Subject) -> Layout:
    """The layout of a view of the subject."""
    layout = _layer_out(view)(subject)
    if subject.beside is not None:
        layout = import_module("rnnstudio.diagram.ghosts").with_ghosts(layout, subject, subject.beside)
    layout = replace(layout, now=min(max(1, subject.t), max(1, subject.steps)), way=subject.way)
    if subject.reverse and view == "cell":
        layout = _after(layout)
    spare = subject.frame.height - _WIDE_HEIGHT
    if subject.frame.wide and spare > 0 and view not in _FILLS_HEIGHT:
        return lowered(layout, spare / 2)
    return layout


def _after(layout: Layout) -> Layout:
    """The same layout with the state before the step as that of the sample after."""
    texts = tuple(text.replace("t-1}", "t+1}").replace("(t-1)", "(t+1)") for text in layout.labels.text)
    return replace(layout, labels=replace(layout.labels, text=texts))


def lowered(layout: Layout, by: float) -> Layout:
    """The same layout, ``by`` further down."""
    down, park = np.array([0.0, by]), np.array([0.0, 0.0, by])
    rect = np.array([0.0, by, 0.0, 0.0])
    left, top, right, bottom = layout.content
    return replace(
        layout,
        plates=replace(layout.plates, rect=layout.plates.rect + rect),
        tiles=replace(layout.tiles, rect=layout.tiles.rect + rect),
        wires=replace(layout.wires, points=layout.wires.points + down, park=layout.wires.park + park),
        labels=replace(layout.labels, at=layout.labels.at + down),
        content=(left, top + by, right, bottom + by),
    )


def why_off(view: str, layer: Layer) -> str:
    """The reason why a view is off for a layer; empty where it is on."""
    if view in LAYER_VIEWS:
        if layer.layer_program is None:
            return sentence(
                "{view} shows a traditional layer y = f(W·x), and the cell {title} names none; "
                "the views 5 to 7 show it.", view=VIEW_NAMES[view], title=layer.cell.title,
            )  # fmt: skip
    elif not layer.program.states:
        return sentence(
            "{view} shows a recurrent cell, and {title} has no state.", view=VIEW_NAMES[view], title=layer.cell.title
        )
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
        named, weights = layer.cell.layer, next(iter(program.parameters))
        bias = f" + {named.b}" if named is not None and named.b in program.parameters else ""
        function = next(op.function for op in program.ops if op.kind == "function")
        return f"layer: y = {function}({weights}·x{bias})"
    states = ", ".join(program_state + "_t" for program_state in layer.program.states)
    return f"cell: (y_t, {states}) = R(x_t, {', '.join(state + '_{t−1}' for state in layer.program.states)})"
