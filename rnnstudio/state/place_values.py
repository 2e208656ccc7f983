"""The values at given places: read, and set in a new document that shares all else with the old one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.numbers import MINUS
from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import InputError
from rnnstudio.state.model import Document, Sequence
from rnnstudio.state.place_words import words
from rnnstudio.state.places import CHOSEN, CLASS, FIRST, PARAMETER, TOKEN, WANTED, Place, X
from rnnstudio.state.runs import traces

Floats = NDArray[np.float64]

#: So many letters of a number the field over a value shows.
SHORT = 7


def value_at(document: Document, place: Place) -> float:
    """The number that stands at a place: of a word or class its index.

    Raises
    ------
    InputError
        The document has no such place.
    """
    try:
        return float(_array(document, place)[place.at])
    except (IndexError, KeyError):
        raise InputError(f"there is no {place.name} at {place.at} in this study; a value that is shown fits") from None


def _array(document: Document, place: Place) -> NDArray[np.float64] | NDArray[np.int64]:
    sequence, layer = document.sequence, document.network.layers[place.layer]
    if place.kind == PARAMETER:
        return layer.parameters[place.name]
    if place.kind == FIRST:
        states = document.first.get(place.layer, {})
        found = states.get(place.name)
        if found is None:
            return np.zeros(_state_size(document, place))
        return found if found.ndim == 1 else found[sequence.shown]
    found_in = {X: sequence.x, TOKEN: sequence.tokens, WANTED: sequence.targets, CLASS: sequence.targets}[place.kind]
    if found_in is None:
        raise KeyError(place.kind)
    return found_in


def _state_size(document: Document, place: Place) -> int:
    shown, _ = traces(document)
    run = shown.layer(place.layer)
    if place.name.startswith(REVERSE) and run.reverse is not None:
        run = run.reverse
    return int(run.first[place.name.removeprefix(REVERSE)].shape[-1])


def with_value(document: Document, place: Place, value: float) -> Document:
    """The document with another number at a place; what it does not concern is shared with the old one.

    Raises
    ------
    InputError
        The value is not finite, or is no word or class of the study; or there is no such place.
    """
    value_at(document, place)
    if not np.isfinite(value):
        raise InputError(f"{value} is no finite number; {words(document, place)} keeps its value")
    if place.kind in CHOSEN:
        count = _classes(document, place)
        if value != int(value) or not 0 <= value < count:
            raise InputError(f"there is no class {value:g}; 0 to {count - 1} are")
    if place.kind == PARAMETER:
        changed = _set(document.network.layers[place.layer].parameters[place.name], place.at, value)
        return replace(document, network=document.network.with_parameters(place.layer, {place.name: changed}))
    if place.kind == FIRST:
        return _with_first(document, place, value)
    return replace(document, sequence=_with_sample(document.sequence, place, value))


def _set(array: Floats, index: tuple[int, ...], value: float) -> Floats:
    changed = np.array(array)
    changed[index] = value
    changed.setflags(write=False)
    return changed


def _with_first(document: Document, place: Place, value: float) -> Document:
    states = dict(document.first.get(place.layer, {}))
    held = states.get(place.name)
    if held is None:
        held = np.zeros(_state_size(document, place))
    where = place.at if held.ndim == 1 else (document.sequence.shown, *place.at)
    states[place.name] = _set(held, where, value)
    return replace(document, first={**document.first, place.layer: states})


def _with_sample(sequence: Sequence, place: Place, value: float) -> Sequence:
    if sequence.batch is not None:
        if place.kind == X:
            t, i = place.at
            return replace(sequence, batch=_set(sequence.batch, (t, sequence.shown, i), value))
        assert sequence.batch_targets is not None
        every = sequence.batch_every
        at = (place.at[0], sequence.shown, *place.at[1:]) if every else (sequence.shown, *place.at)
        return replace(sequence, batch_targets=_set(sequence.batch_targets, at, value))  # type: ignore[arg-type]
    if place.kind == X:
        assert sequence.x is not None
        return replace(sequence, x=_set(sequence.x, place.at, value))
    if place.kind == TOKEN:
        assert sequence.tokens is not None
        return replace(sequence, tokens=_set(sequence.tokens, place.at, value))  # type: ignore[arg-type]
    assert sequence.targets is not None
    return replace(sequence, targets=_set(sequence.targets, place.at, value))  # type: ignore[arg-type]


def _classes(document: Document, place: Place) -> int:
    return len(document.sequence.vocabulary) if place.kind == TOKEN else document.network.outputs


def written(document: Document, place: Place) -> str:
    """The value as it stands in the editor: a number that was typed in full, a drawn one as far as the field shows it.

    Left as it is, such a text changes nothing: only what is typed is read.
    """
    value = value_at(document, place)
    vocabulary = document.sequence.vocabulary
    if place.kind in CHOSEN:
        return vocabulary[int(value)] if int(value) < len(vocabulary) else str(int(value))
    whole = repr(round(value, 12) + 0.0).removesuffix(".0")
    return (whole if len(whole) <= SHORT else f"{value:.4g}").replace("-", MINUS)


def read_value(document: Document, place: Place, text: str) -> float:
    """The number that was typed, or the index of the word.

    Raises
    ------
    InputError
        The text is neither: what would be right.
    """
    plain = text.strip()
    if place.kind in CHOSEN:
        vocabulary = document.sequence.vocabulary
        if plain in vocabulary:
            return float(vocabulary.index(plain))
        if vocabulary:
            raise InputError(
                f"“{plain}” is no word of this text; its {len(vocabulary)} words are, “{vocabulary[0]}” is one"
            )
    try:
        value = float(plain.replace(MINUS, "-").replace(",", "."))
    except ValueError:
        raise InputError(f"“{plain}” is no number for {words(document, place)}; such as 0.5 or {MINUS}1.2 is") from None
    if not np.isfinite(value):
        raise InputError(f"“{plain}” is not finite; a finite number is wanted for {words(document, place)}")
    return value
