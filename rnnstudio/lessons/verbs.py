"""What a stop may do to the picture: each key of its table is one of the actions that buttons send too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Any

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.notation import DIALECTS
from rnnstudio.diagram.notation_file import SHIPPED
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.cells import library_cells
from rnnstudio.engine.limits import InputError, shown
from rnnstudio.lessons.stop_actions import (
    Camera,
    Drawings,
    Focus,
    Give,
    Hold,
    SelectMark,
    SelectThing,
    ShowNotation,
    ShownSequence,
    Spotlight,
    Theme,
    Training,
    WhatIfs,
)
from rnnstudio.state.actions.editing import ChooseLayer, SetActivation, SetCell
from rnnstudio.state.actions.questions import Ask
from rnnstudio.state.actions.sequence import ChangeRows
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.training_settings import SetMode
from rnnstudio.state.actions.viewing import ZOOM_RANGE, Page, SetDirection, SetUnit, SetView
from rnnstudio.state.model import MODES
from rnnstudio.state.question import ASKED, KINDS
from rnnstudio.state.sequence_changes import Shuffle
from rnnstudio.state.store import Action
from rnnstudio.state.what_if import CUT, FREEZE, SILENCE

#: Themes that a stop may be drawn in, whatever the one who looks has chosen.
PUT_THEMES = ("light", "dark")
#: The middle of a picture lies no further off than so many drawing areas.
MOST_SHARE = 10.0
_SAMPLE = re.compile(r"\d{1,9}", re.ASCII)


def _choice(words: tuple[str, ...], make: Callable[[str], Action]) -> Callable[[Any], Action]:
    def read(value: Any) -> Action:
        if value not in words:
            raise InputError(f"one of {', '.join(words)} is wanted, got {shown(value)}")
        return make(value)

    return read


def _whole(low: int, make: Callable[[int], Action]) -> Callable[[Any], Action]:
    def read(value: Any) -> Action:
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            raise InputError(f"a whole number from {low} is wanted, got {shown(value)}")
        return make(value)

    return read


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise InputError(f'a list of words such as ["x", "s"] is wanted, got {shown(value)}')
    return tuple(value)


def _toggles(value: Any) -> Action:
    """``what_if = ["cut", "silence 3"]``: behind a toggle its sample, where it is not the one where one is."""
    found = []
    for word in _words(value):
        toggle, _, sample = word.partition(" ")
        if toggle not in (CUT, FREEZE, SILENCE):
            raise InputError(f"{toggle!r} is not known; known are {CUT}, {FREEZE}, {SILENCE}")
        if sample and not _SAMPLE.fullmatch(sample):
            raise InputError(f'a toggle and its sample such as "silence 3" is wanted, got {word!r}')
        found.append((toggle, int(sample) if sample else None))
    return WhatIfs(tuple(found))


def _drawings(value: Any) -> Action:
    """``drawing = ["delay"]``."""
    for word in _words(value):
        if word not in DIALECTS:
            raise InputError(f"{word!r} is not known; known are {', '.join(DIALECTS)}")
    return Drawings(tuple(value))


def _numbers(value: Any, count: int, like: str) -> tuple[float, ...]:
    good = isinstance(value, list) and len(value) == count
    if not good or any(isinstance(v, bool) or not isinstance(v, int | float) or not isfinite(v) for v in value):
        raise InputError(f"{like} is wanted, got {shown(value)}")
    return tuple(float(v) for v in value)


def _camera(value: Any) -> Action:
    """``camera = [2, 0.5, 0.3]``: twice as large, and the point at these shares of the drawing area in its middle."""
    like = "size and middle such as [2, 0.5, 0.3], in shares of the drawing area,"
    zoom, x, y = _numbers(value, 3, like)
    low, high = ZOOM_RANGE
    if not low <= zoom <= high or not (abs(x) <= MOST_SHARE and abs(y) <= MOST_SHARE):
        raise InputError(f"a size from {low:g} to {high:g} and a middle in the picture are wanted, got {shown(value)}")
    return Camera(zoom, x, y)


def _selected(value: Any) -> Action:
    """``select = "s"``, or a table with the parts of a mark's name; indices and layers count from 1, inputs are 0."""
    if isinstance(value, str):
        return SelectThing(value)
    if not isinstance(value, dict) or not set(value) <= {"of", "t", "i", "j", "part", "layer"} or "of" not in value:
        like = 'a name such as "s" or a table such as { of = "W", i = 1, j = 2 }'
        raise InputError(f"{like} is wanted, got {shown(value)}")
    for name in ("t", "i", "j", "layer"):
        number, least = value.get(name, 1), 0 if name in ("t", "layer") else 1
        if isinstance(number, bool) or not isinstance(number, int) or number < least:
            raise InputError(f"the key {name} of select: a whole number from {least} is wanted, got {shown(number)}")
    from_1 = {name: value[name] - 1 for name in ("i", "j", "layer") if name in value}
    return SelectMark(Key(_word(value["of"]), value.get("t"), part=_word(value.get("part", "")), **from_1))


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"true or false is wanted, got {shown(value)}")
    return value


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"a text is wanted, got {shown(value)}")
    return value


def _position(value: Any) -> Action:
    """``at = 3``: sample 3, complete; ``at = [3, 1]``: of it one sub-step."""
    parts = value if isinstance(value, list) else [value]
    if not 1 <= len(parts) <= 2 or any(isinstance(p, bool) or not isinstance(p, int) or p < 0 for p in parts):
        raise InputError(f"a sample such as 3, or sample and sub-steps such as [3, 1], is wanted, got {shown(value)}")
    return GoTo(*parts)


def _held(value: Any) -> Action:
    """``clamp = "f = 0"``."""
    gate, sign, level = (part.strip() for part in _word(value).partition("="))
    if not gate or not sign or level not in ("0", "1"):
        raise InputError(f'a gate and its level such as "f = 0" is wanted, got {shown(value)}')
    return Hold(gate, float(level))


def _shuffled(value: Any) -> Action:
    """``shuffle = [1, 4, 2]``: samples 1 to 4 in an order drawn from seed 2."""
    whole = isinstance(value, list) and all(isinstance(v, int) and not isinstance(v, bool) for v in value)
    if not whole or len(value) != 3:
        raise InputError(f"first sample, last sample and seed such as [1, 4, 2] are wanted, got {shown(value)}")
    return ChangeRows(Shuffle(value[0] - 1, value[1] - 1, value[2]))


def _given(value: Any) -> Action:
    """``give = { of = "x", at = [3, 2], to = 0.5 }``."""
    if not isinstance(value, dict) or set(value) != {"of", "at", "to"}:
        raise InputError(f'a table such as {{ of = "x", at = [3, 2], to = 0.5 }} is wanted, got {shown(value)}')
    at, to = value["at"], value["to"]
    at = at if isinstance(at, list) else [at]
    if not at or len(at) > 2 or any(isinstance(i, bool) or not isinstance(i, int) or i < 1 for i in at):
        raise InputError(f"the key at of give: one or two whole numbers from 1 are wanted, got {shown(value['at'])}")
    if isinstance(to, bool) or not isinstance(to, int | float | str):
        raise InputError(f"the key to of give: a number or a word is wanted, got {shown(to)}")
    return Give(_word(value["of"]), tuple(at), to if isinstance(to, str) else float(to))


def _question(value: Any) -> Action:
    """``question = {}``, or ``{ kind = "sign", of = "s", unit = 2 }``: what the class is asked; it begins unasked."""
    if not isinstance(value, dict) or not set(value) <= {"kind", "of", "unit"}:
        raise InputError(f'a table such as {{ kind = "sign", of = "s", unit = 2 }} is wanted, got {value!r}')
    kind, unit = value.get("kind", ""), value.get("unit", 0)
    if kind not in ("", *KINDS):
        raise InputError(f"the key kind of question: one of {', '.join(KINDS)} is wanted, got {kind!r}")
    if isinstance(unit, bool) or not isinstance(unit, int) or (unit < 1 and "unit" in value):
        raise InputError(f"the key unit of question: a whole number from 1 is wanted, got {unit!r}")
    return Ask(kind, _word(value.get("of", "")), unit - 1, ASKED)


#: The keys in the order in which they act, whatever the order in the file.
VERBS: Mapping[str, Callable[[Any], Action]] = MappingProxyType({
    "layer": _whole(1, lambda number: ChooseLayer(number - 1)),
    "sequence": _whole(1, lambda number: ShownSequence(number - 1)),
    "cell": _choice(library_cells(), SetCell),
    "activation": _choice(("sigmoid", "tanh", "relu", "identity"), SetActivation),
    "weights": _choice(MODES, SetMode),
    "shuffle": _shuffled,
    "give": _given,
    "what_if": _toggles,
    "clamp": _held,
    "notation": _choice(SHIPPED, ShowNotation),
    "drawing": _drawings,
    "training": lambda value: Training(_yes_or_no(value)),
    "view": _choice(VIEWS, SetView),
    "focus": lambda value: Focus(_yes_or_no(value)),
    "unit": _whole(1, lambda number: SetUnit(number - 1)),
    "direction": _choice(("forward", "reverse"), SetDirection),
    "at": _position,
    "select": _selected,
    "question": _question,
    "page": _whole(1, lambda number: Page(number - 1)),
    "lit": lambda value: Spotlight(_words(value)),
    "camera": _camera,
    "theme": _choice(PUT_THEMES, Theme),
})  # fmt: skip


def actions_of(keys: Mapping[str, Any], wrong: Callable[[str, str], InputError]) -> tuple[Action, ...]:
    """The actions of a stop's keys, in the order in which they act; keys that are no verbs are not looked at.

    Parameters
    ----------
    keys : mapping
        Key → its value, as the file has it.
    wrong : callable
        Makes the error for a key and a sentence.
    """
    found: list[Action] = []
    for key, read in VERBS.items():
        values = keys.get(key)
        if values is None:
            continue
        # several numbers may be given at one stop
        for value in values if key == "give" and isinstance(values, list) else [values]:
            try:
                found.append(read(value))
            except InputError as error:
                raise wrong(key, str(error)) from error
    return tuple(found)
