"""All that stands in the picture, as one would name it: each thing once, with its symbol, its place and its numbers."""

from __future__ import annotations

from functools import lru_cache

from rnnstudio.diagram.formula import Inspection
from rnnstudio.diagram.keys import Key
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.state.picking import selectable
from rnnstudio.state.picture import inspected


@lru_cache(maxsize=2)
def things(state: State) -> tuple[Inspection, ...]:
    """What can be selected in the view that is turned to, in the order of Tab; of what says the same, one.

    A number that is not to be seen yet is in none of them: all they say comes through what may be known.
    """
    found: dict[str, Inspection] = {}
    for key in keys_of(state):
        said = inspected(state, key)
        if said.accessible not in found or ":" in found[said.accessible].key.what:
            found[said.accessible] = said  # an operation and the value that it makes are one thing to the ear
    return tuple(found.values())


def keys_of(state: State) -> tuple[Key, ...]:
    """The things of the view that is turned to, in the order of Tab."""
    return selectable(target_layout(state), state.session.playhead.t, everything=True)
