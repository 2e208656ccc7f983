"""The turn from the picture of a network to that of another form of it."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.deeper import rekeyed
from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.stilled import stilled
from rnnstudio.state.derived import layout, plan, target_layout
from rnnstudio.state.model import INSTANT, Document, State, Turn
from rnnstudio.state.picture import moment

#: Larger pictures fade into each other: planning their turn would take longer than the turn itself.
MOST_MARKS = 2500


def form(document: Document) -> tuple[object, ...]:
    """What the picture's marks hang on: layers, sizes, cells, steps; everything but numbers."""
    layers = tuple(
        (layer.cell.text, layer.inputs, layer.size, layer.outputs, layer.bias, layer.activation, layer.direction)
        for layer in document.network.layers
    )
    sequence = document.sequence
    return layers, document.network.chosen, sequence.most_steps, sequence.shown, sequence.vocabulary, document.mode


def reformed(old: State, new: State) -> State:
    """``new``, with the turn that leads there from what ``old`` has on the screen.

    Marks of the same things move, new ones come, others go. Where another layer or sequence is looked at, nothing is
    the same thing: then there is no turn. The pictures of networks of different depth turn into each other where all
    layers are seen, elsewhere they fade.
    """
    session = new.session
    new = new.see(turn=None)
    if session.speed == INSTANT or not _comparable(old.document, new.document):
        return new
    from rnnstudio.diagram.turns import OTHER_S, REDUCED_S

    before, after = target_layout(old), target_layout(new)
    origin = _named(old, new)
    if session.reduced_motion or origin is None or max(before.marks, after.marks) > MOST_MARKS:
        length = REDUCED_S if session.reduced_motion else OTHER_S
        return new.see(turn=Turn(before, old.session.view, session.view, length, kind="fade"))
    running = old.session.turn
    # a picture in mid-turn is of no view: from there marks go straight to where they belong
    midway = running is not None and running.kind not in ("fade", "slide")
    view = session.view if midway else old.session.view
    was, now = (each.document.network.layers[each.document.network.chosen].program for each in (old, new))
    kind = "change" if was.equations == now.equations else "rewire"
    turn = Turn(stilled(origin, moment(old)), view, session.view, 1.0, kind=kind)
    return new.see(turn=replace(turn, duration_s=plan(turn).duration_s))


def _named(old: State, new: State) -> Layout | None:
    """What is on the screen, its marks named as in the new picture; None where another layer is looked at then."""
    was, now = old.document.network, new.document.network
    if len(was.layers) == len(now.layers):
        return layout(old)
    return rekeyed(layout(old), was, now) if old.session.view == new.session.view == "network" else None


def _comparable(old: Document, new: Document) -> bool:
    """Whether two documents differ in form, and are looked at from the same side."""
    if form(old) == form(new) or not old.sequence.steps or not new.sequence.steps:
        return False
    same_side = (old.sequence.shown, old.sequence.vocabulary) == (new.sequence.shown, new.sequence.vocabulary)
    deep = len(old.network.layers) != len(new.network.layers)
    return same_side and (deep or old.network.chosen == new.network.chosen)
