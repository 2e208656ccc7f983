"""What a stop does to the picture beyond the actions that buttons send: to a wanted state, from whatever there is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.notation_file import shipped_notation
from rnnstudio.engine.limits import InputError
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import ShowSequence
from rnnstudio.state.actions.training import ToggleTraining
from rnnstudio.state.actions.values import SetValue
from rnnstudio.state.actions.viewing import Select, ToggleFocus
from rnnstudio.state.actions.what_if import Clamp, ClearWhatIf, ToggleWhatIf
from rnnstudio.state.derived import WIDE_THEME
from rnnstudio.state.model import State
from rnnstudio.state.notation import notation
from rnnstudio.state.places import FIRST, PARAMETER, TOKEN, WANTED, Place, X
from rnnstudio.state.what_if import clamps, what_if_of


@dataclass(frozen=True)
class Spotlight:
    """The things that are lit while the rest of the picture is dimmed; none: all of it is lit."""

    lit: tuple[str, ...]

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.lit == state.session.spotlight else state.see(spotlight=self.lit)


@dataclass(frozen=True)
class Focus:
    """Unrolled: one copy alone, or all of them."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return state if state.session.focus == self.on else ToggleFocus().apply(state)


@dataclass(frozen=True)
class Training:
    """Into the Training mode, or out of it."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return state if state.session.training == self.on else ToggleTraining().apply(state)


@dataclass(frozen=True)
class WhatIfs:
    """Exactly these toggles of what-if are on, each at its sample; None: where one is."""

    on: tuple[tuple[str, int | None], ...]

    def apply(self, state: State) -> State:
        """See the class."""
        state = ClearWhatIf().apply(state)
        here, selected = state.session.playhead, state.session.selection
        for toggle, t in self.on:
            if t is None:
                state = ToggleWhatIf(toggle).apply(state)
                continue
            there = state.see(playhead=replace(here, t=t), selection=None)
            state = ToggleWhatIf(toggle).apply(there).see(playhead=here, selection=selected)
        return state


@dataclass(frozen=True)
class ShownSequence:
    """Of several sequences the one that is shown, from 0."""

    index: int

    def apply(self, state: State) -> State:
        """See the class."""
        count = state.document.sequence.sequences or 1
        if self.index >= count:
            raise InputError(f"there is no sequence {self.index + 1}; the study has {count}")
        return ShowSequence(self.index).apply(state)


@dataclass(frozen=True)
class Camera:
    """How large the picture is, and which point of it stands in the middle, as shares of the drawing area."""

    zoom: float
    x: float
    y: float

    def apply(self, state: State) -> State:
        """See the class."""
        width, height = state.session.canvas
        pan = (width * (0.5 - self.x * self.zoom), height * (0.5 - self.y * self.zoom))
        return state.see(zoom=self.zoom, pan=(0.0, 0.0) if self == FITTING else pan)


#: The whole picture, in the middle.
FITTING = Camera(1.0, 0.5, 0.5)


@dataclass(frozen=True)
class Theme:
    """The stop is drawn in this theme; in a lit room, where the projector's is chosen, that stays."""

    theme: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state if state.session.theme == WIDE_THEME else state.see(theme=self.theme)


@dataclass(frozen=True)
class SelectMark:
    """Select exactly this thing of the picture."""

    key: Key

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(selection=self.key, page=0)


@dataclass(frozen=True)
class Hold:
    """A gate is held at 0 or 1."""

    gate: str
    level: float

    def apply(self, state: State) -> State:
        """See the class."""
        ways = [way[:2] for way in clamps(state.document)]
        if (self.gate, self.level) not in ways:
            can = ", ".join(f"{gate} = {level:g}" for gate, level in ways) or "none"
            raise InputError(f"{self.gate} = {self.level:g} cannot be held in this cell; what can: {can}")
        now = what_if_of(state)
        return state if (now.gate, now.level) == (self.gate, self.level) else Clamp(self.gate, self.level).apply(state)


@dataclass(frozen=True)
class SelectThing:
    """Select a thing of the picture by its letter, at the playhead's sample; "" for none."""

    what: str

    def apply(self, state: State) -> State:
        """See the class."""
        if not self.what:
            return Select(None).apply(state)
        return state.see(selection=Key(self.what, state.session.playhead.t or None), page=0)


@dataclass(frozen=True)
class ShowNotation:
    """The stop is written in the letters of a book, whatever one has chosen; the next stop is not."""

    name: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(lesson_notation=shipped_notation(self.name).drawn(notation(state).dialects))


@dataclass(frozen=True)
class Drawings:
    """The stop is drawn as other books draw it; the next stop is not."""

    dialects: tuple[str, ...]

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(lesson_notation=notation(state).drawn(frozenset(self.dialects)))


@dataclass(frozen=True)
class Give:
    """A given number; where it stands counts from 1.

    Of x and of a target ``at`` is ``(t, i)``, of a first state ``(i,)``, of a weight ``(i, j)``, of a word of a text
    ``(t,)``, and ``to`` the word.
    """

    name: str
    at: tuple[int, ...]
    to: float | str

    def apply(self, state: State) -> State:
        """See the class."""
        k = state.document.network.chosen
        index = tuple(i - 1 for i in self.at)
        layer = state.document.network.layers[k]
        if isinstance(self.to, str) or self.name == "word":
            vocabulary = state.document.sequence.vocabulary
            if self.name != "word" or self.to not in vocabulary:
                known = (
                    sentence("; its words are {names}", names=", ".join(vocabulary))
                    if vocabulary
                    else ", which is no text"
                )
                raise InputError(f"{self.to!r} is no word of this study{known}")
            return SetValue(Place(TOKEN, "x", index), float(vocabulary.index(self.to))).apply(state)
        kind = X if self.name == "x" else WANTED if self.name == "target" else FIRST
        if self.name in layer.parameters:
            kind = PARAMETER
        elif kind == FIRST and self.name not in layer.program.states:
            raise InputError(f"{self.name} is no given value of the cell {layer.cell.name}")
        return SetValue(Place(kind, self.name, index, 0 if kind == X else k), self.to).apply(state)
