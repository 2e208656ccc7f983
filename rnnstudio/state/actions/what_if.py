"""The toggles of what-if: they belong to the session, so they are neither saved nor undone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.what_if import AS_IT_IS, WhatIf
from rnnstudio.state.model import State
from rnnstudio.state.runs import side
from rnnstudio.state.what_if import CLAMP, CUT, FREEZE, SILENCE, clamps, on, what_if_of, why_off


def _with(state: State, what_if: WhatIf) -> State:
    """The state with another run; it is run first, so that one that cannot run changes nothing."""
    side(state.document, False, what_if)
    return state.see(what_if=what_if, what_if_bar=True, page=0)


def pointed_sample(state: State) -> int:
    """The sample that a toggle means: that of the selected input, else the playhead's."""
    chosen, head = state.session.selection, state.session.playhead.t
    given = chosen is not None and chosen.what == "x" and chosen.layer is None and chosen.t is not None
    t = chosen.t if given and chosen is not None and chosen.t is not None else head
    return min(max(t, 1), max(state.document.sequence.steps, 1))


@dataclass(frozen=True)
class ToggleWhatIf:
    """Turn a toggle on, at the sample where one is, or off.

    Raises
    ------
    InputError
        The cell or the sequence has nothing for it to change.
    """

    toggle: str

    def apply(self, state: State) -> State:
        """See the class."""
        now = what_if_of(state)
        if on(now, self.toggle):
            off = {CUT: {"cut": False}, FREEZE: {"frozen": None}, SILENCE: {"silent": None}, CLAMP: {"gate": ""}}
            return _with(state, replace(now, **off[self.toggle]))  # type: ignore[arg-type]
        reason = why_off(self.toggle, state.document)
        if reason:
            raise InputError(reason)
        if self.toggle == CLAMP:
            gate, level, _ = clamps(state.document)[0]
            return Clamp(gate, level).apply(state)
        t = pointed_sample(state)
        head = state.session.playhead.t
        new = {
            CUT: replace(now, cut=True), FREEZE: replace(now, frozen=head), SILENCE: replace(now, silent=t),
        }[self.toggle]  # fmt: skip
        return _with(state, new)


@dataclass(frozen=True)
class Clamp:
    """Hold a gate at 0 or 1; the one that is held so already is let go."""

    gate: str
    level: float

    def apply(self, state: State) -> State:
        """See the class."""
        now = what_if_of(state)
        held = (now.gate, now.level) == (self.gate, self.level)
        gate, level = ("", AS_IT_IS.level) if held else (self.gate, self.level)
        return _with(state, replace(now, gate=gate, level=level))


@dataclass(frozen=True)
class ClampNumber:
    """Hold a gate in the ``number``-th way (from 0) that the cell has; where there are fewer, nothing happens."""

    number: int

    def apply(self, state: State) -> State:
        """See the class."""
        ways = clamps(state.document)
        return Clamp(*ways[self.number][:2]).apply(state) if self.number < len(ways) else state


@dataclass(frozen=True)
class ClearWhatIf:
    """The run as it is; the bar goes with it."""

    def apply(self, state: State) -> State:
        """See the class."""
        if not state.session.what_if_bar and not state.session.what_if.on:
            return state
        return state.see(what_if=AS_IT_IS, what_if_bar=False, page=0)


@dataclass(frozen=True)
class ShowWhatIf:
    """Show the toggles, or put them away and with them all that they have changed."""

    def apply(self, state: State) -> State:
        """See the class."""
        return ClearWhatIf().apply(state) if state.session.what_if_bar else state.see(what_if_bar=True)
