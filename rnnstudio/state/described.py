"""The picture as one would describe it: its things in groups, the arrows between them, the weights that are lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rnnstudio.diagram.formula import Inspection
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.plain_math import plain_math
from rnnstudio.diagram.spotlight import is_lit
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.state.derived import substep, target_layout, track
from rnnstudio.state.model import State
from rnnstudio.state.picking import thing
from rnnstudio.state.picture import inspected
from rnnstudio.state.things import things

#: Lines of weights that are told one by one.
MOST_LINES = 200
_SIZES = re.compile(r"(\d+) → (\d+)")
#: The arrows from the weights of a sample to those of the next.
UPDATE = "arrows of the update: what a sample changes is added to the weights of the next one"
#: What kind of mark an item is.
VALUES, WEIGHTS, BOX, FUNCTION, ARROW, LINE = "values", "weights", "box", "function", "arrow", "line"


@dataclass(frozen=True, eq=False)
class Item:
    """One mark: ``name`` with its numbers, ``about`` what else is to be said of it, its key and its kind."""

    key: Key
    kind: str
    name: str
    about: str = ""
    given: bool = False


@dataclass(frozen=True, eq=False)
class Group:
    """Marks that one would name together."""

    name: str
    items: tuple[Item, ...]


def headline(state: State) -> str:
    """What the picture is, where in the sequence it is, and what its caption says."""
    t, steps, (k, count), where = (
        state.session.playhead.t, state.document.sequence.steps, substep(state), target_layout(state),
    )  # fmt: skip
    at = f"before the first of {steps} samples" if t == track(state).start else (
        f"sample {t} of {steps}, sub-step {k} of {count}"
    )  # fmt: skip
    caption = plain_math(where.caption).replace(" \N{MINUS SIGN} ", " - ") if where.caption else ""
    return f"{where.title}, {at}. {caption}".strip()


@lru_cache(maxsize=2)
def described(state: State) -> tuple[Group, ...]:
    """The marks of the view that is turned to, in groups, in the order in which one goes through them."""
    groups: dict[str, list[Item]] = {}
    for said in things(state):
        groups.setdefault(_group(state, said), []).append(_item(state, said))
    made = [Group(name, tuple(items)) for name, items in groups.items()]
    arrows, lines = _arrows(state), _lines(state)
    if arrows:
        made.append(Group("arrows", arrows))
    return tuple(made if not lines else [*made, lines])


def _item(state: State, said: Inspection) -> Item:
    parts = [part.strip() for part in said.context.split("\N{MIDDLE DOT}")]
    about = [part for part in parts if part and "value" not in part and not part.startswith("t = ")]
    about = [_SIZES.sub(r"\1 inputs, \2 units", part) for part in about]
    if said.note == "given":
        about.append("given")
    if state.session.spotlight and is_lit(said.key, state.session.spotlight, state.session.playhead.t):
        about.append("the lesson points at it")
    return Item(said.key, _kind(said), said.accessible, ", ".join(dict.fromkeys(about)), said.note == "given")


def _kind(said: Inspection) -> str:
    if said.key.what in ("cell", "layer", "network", "after"):
        return BOX
    if said.key.what == "f" and said.name == "Activation":
        return FUNCTION
    return WEIGHTS if said.name in ("Weights", "Weight", "Change of the weights") else VALUES


def _group(state: State, said: Inspection) -> str:
    """Where a thing belongs: to a sample, to a layer, into R or before or behind it."""
    key, view, now = said.key, state.session.view, state.session.playhead.t
    if key.what == "target":
        return "targets"
    if view in ("samples", "unrolled"):
        if key.t is None:
            return "at every sample"
        return f"sample {key.t}, now" if key.t == now else f"sample {key.t}"
    chosen = state.document.network.chosen
    if view == "network":
        layer = key.layer if key.layer is not None else chosen if key.what != "x" else chosen - 1
        mine = ", the one that is looked at" if layer == chosen else ""
        return "input of the network" if layer < 0 else f"layer {layer + 1}{mine}"
    box = "the layer" if view in LAYER_VIEWS else "R"
    place = next((word for word in ("entering", "leaving", "inside") if word in said.context), "inside")
    # the box itself and the weights in it are inside
    return f"{'inside' if _kind(said) != VALUES else place} {box}"


def _arrows(state: State) -> tuple[Item, ...]:
    """Each arrow once, by what it leads from and to."""
    wires, found = target_layout(state).wires, dict[str, Item]()
    for at, key in enumerate(wires.keys):
        start, end = wires.start[at], wires.end[at]
        if wires.style[at] in ("axis", "tie", "leader") or wires.alpha[at] <= 0.05 or start is None or end is None:
            continue
        if key.what == "wire:update":
            found.setdefault(UPDATE, Item(key, ARROW, UPDATE))
            continue
        one, other = (_short(state, anchor.key, key) for anchor in (start, end))
        if not one or not other:
            continue
        if one == other and key.part != "loop":
            continue  # from an operation to the value that it makes: the same to the ear
        back = f"arrow from {one} back to it: the state, for the next sample"
        name = back if one == other else f"arrow from {one} to {other}"
        found.setdefault(name, Item(key, ARROW, name))
    return tuple(found.values())


def _short(state: State, key: Key, wire: Key) -> str:
    """What stands at the end of an arrow, in few words; empty where only a corner does."""
    if key.what == "dots":
        return "the samples before" if key.part == "left" else "the samples after"
    if key.what in ("data", "prediction"):
        return {"from": "the data", "to": "the prediction"}.get(key.part, "the network")
    of = key._replace(what=key.what.removeprefix("branch:"), part="", i=None, j=None)
    if wire.what.startswith("bridge:"):
        return ""
    said = inspected(state, thing(of, target_layout(state), state.session.playhead.t))
    letters = plain_math(said.symbol)
    name = said.name if said.name.endswith(letters) else f"{said.name} {letters}"
    return name if name[1:2].isupper() or " R" in name else name[0].lower() + name[1:]


def _lines(state: State) -> Group | None:
    """The weights that are drawn as lines from unit to unit."""
    edges = target_layout(state).edges
    keys = [key for at, key in enumerate(edges.keys) if edges.alpha[at] > 0.05]
    if not keys:
        return None
    more = len(keys) - MOST_LINES
    name = f"{len(keys)} weights, drawn as lines" + (f", the first {MOST_LINES} of them" if more > 0 else "")
    t = state.session.playhead.t
    return Group(name, tuple(_line_items(state, keys[:MOST_LINES], t)))


def _line_items(state: State, keys: Iterable[Key], t: int) -> Iterable[Item]:
    for key in keys:
        said = inspected(state, thing(key, target_layout(state), t))
        yield Item(key, LINE, said.accessible, given=said.note == "given")

