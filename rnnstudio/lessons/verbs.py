"""What a stop may do to the picture: each key of its table is one of the actions that buttons send too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.cells import library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.state.actions.editing import ChooseLayer, SetActivation, SetCell
from rnnstudio.state.actions.sequence import ChangeRows
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.training import ToggleTraining
from rnnstudio.state.actions.training_settings import SetMode
from rnnstudio.state.actions.values import SetValue
from rnnstudio.state.actions.viewing import Select, SetUnit, SetView, ToggleFocus
from rnnstudio.state.actions.what_if import Clamp, ClearWhatIf, ToggleWhatIf
from rnnstudio.state.model import MODES, State
from rnnstudio.state.places import FIRST, PARAMETER, TOKEN, WANTED, Place, X
from rnnstudio.state.sequence_changes import Shuffle
from rnnstudio.state.store import Action
from rnnstudio.state.what_if import CUT, FREEZE, SILENCE, clamps, what_if_of


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
    """Exactly these toggles of what-if are on."""

    on: tuple[str, ...]

    def apply(self, state: State) -> State:
        """See the class."""
        state = ClearWhatIf().apply(state)
        for toggle in self.on:
            state = ToggleWhatIf(toggle).apply(state)
        return state


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
                known = f"; its words are {', '.join(vocabulary)}" if vocabulary else ", which is no text"
                raise InputError(f"{self.to!r} is no word of this study{known}")
            return SetValue(Place(TOKEN, "x", index), float(vocabulary.index(self.to))).apply(state)
        kind = X if self.name == "x" else WANTED if self.name == "target" else FIRST
        if self.name in layer.parameters:
            kind = PARAMETER
        elif kind == FIRST and self.name not in layer.program.states:
            raise InputError(f"{self.name} is no given value of the cell {layer.cell.name}")
        return SetValue(Place(kind, self.name, index, 0 if kind == X else k), self.to).apply(state)


def _choice(words: tuple[str, ...], make: Callable[[str], Action]) -> Callable[[Any], Action]:
    def read(value: Any) -> Action:
        if value not in words:
            raise InputError(f"one of {', '.join(words)} is wanted, got {value!r}")
        return make(value)

    return read


def _whole(low: int, make: Callable[[int], Action]) -> Callable[[Any], Action]:
    def read(value: Any) -> Action:
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            raise InputError(f"a whole number from {low} is wanted, got {value!r}")
        return make(value)

    return read


def _words(value: Any, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise InputError(f'a list of words such as ["x", "s"] is wanted, got {value!r}')
    for word in value:
        if known and word not in known:
            raise InputError(f"{word!r} is not known; known are {', '.join(known)}")
    return tuple(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"true or false is wanted, got {value!r}")
    return value


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"a text is wanted, got {value!r}")
    return value


def _position(value: Any) -> Action:
    """``at = 3``: sample 3, complete; ``at = [3, 1]``: of it one sub-step."""
    parts = value if isinstance(value, list) else [value]
    if not 1 <= len(parts) <= 2 or any(isinstance(p, bool) or not isinstance(p, int) or p < 0 for p in parts):
        raise InputError(f"a sample such as 3, or sample and sub-steps such as [3, 1], is wanted, got {value!r}")
    return GoTo(*parts)


def _held(value: Any) -> Action:
    """``clamp = "f = 0"``."""
    gate, sign, level = (part.strip() for part in _word(value).partition("="))
    if not gate or not sign or level not in ("0", "1"):
        raise InputError(f'a gate and its level such as "f = 0" is wanted, got {value!r}')
    return Hold(gate, float(level))


def _shuffled(value: Any) -> Action:
    """``shuffle = [1, 4, 2]``: samples 1 to 4 in an order drawn from seed 2."""
    whole = isinstance(value, list) and all(isinstance(v, int) and not isinstance(v, bool) for v in value)
    if not whole or len(value) != 3:
        raise InputError(f"first sample, last sample and seed such as [1, 4, 2] are wanted, got {value!r}")
    return ChangeRows(Shuffle(value[0] - 1, value[1] - 1, value[2]))


def _given(value: Any) -> Action:
    """``give = { of = "x", at = [3, 2], to = 0.5 }``."""
    if not isinstance(value, dict) or set(value) != {"of", "at", "to"}:
        raise InputError(f'a table such as {{ of = "x", at = [3, 2], to = 0.5 }} is wanted, got {value!r}')
    at, to = value["at"], value["to"]
    at = at if isinstance(at, list) else [at]
    if not at or len(at) > 2 or any(isinstance(i, bool) or not isinstance(i, int) or i < 1 for i in at):
        raise InputError(f"the key at of give: one or two whole numbers from 1 are wanted, got {value['at']!r}")
    if isinstance(to, bool) or not isinstance(to, int | float | str):
        raise InputError(f"the key to of give: a number or a word is wanted, got {to!r}")
    return Give(_word(value["of"]), tuple(at), to if isinstance(to, str) else float(to))


#: The keys in the order in which they act, whatever the order in the file.
VERBS: Mapping[str, Callable[[Any], Action]] = MappingProxyType({
    "layer": _whole(1, lambda number: ChooseLayer(number - 1)),
    "cell": _choice(library_cells(), SetCell),
    "activation": _choice(("sigmoid", "tanh", "relu", "identity"), SetActivation),
    "weights": _choice(MODES, SetMode),
    "shuffle": _shuffled,
    "give": _given,
    "what_if": lambda value: WhatIfs(_words(value, (CUT, FREEZE, SILENCE))),
    "clamp": _held,
    "view": _choice(VIEWS, SetView),
    "training": lambda value: Training(_yes_or_no(value)),
    "focus": lambda value: Focus(_yes_or_no(value)),
    "unit": _whole(1, lambda number: SetUnit(number - 1)),
    "at": _position,
    "select": lambda value: SelectThing(_word(value)),
    "lit": lambda value: Spotlight(_words(value)),
})  # fmt: skip
