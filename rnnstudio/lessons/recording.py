"""The picture that is on the screen as the keys of a stop: all of them, so that nothing hangs on the stop before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.notation_file import SHIPPED
from rnnstudio.lessons.verbs import MOST_SHARE, PUT_THEMES
from rnnstudio.state.derived import substep, track
from rnnstudio.state.model import Document, State
from rnnstudio.state.question import SIGN, VALUE
from rnnstudio.state.what_if import CUT, FREEZE, SILENCE, what_if_of
from rnnstudio.state.written_lesson import WrittenStop, bare, same_material

#: Digits of a camera's shares: a hundredth of a pixel of the largest picture.
_DIGITS = 6


def recorded(state: State, study: Document, theme: str) -> dict[str, Any]:
    """The keys that make the picture of a state.

    Parameters
    ----------
    state : State
        What is seen, at rest.
    study : Document
        The study that the stop names: what the state's differs in from it (chosen layer, way of updating, sequence
        shown) is said.
    theme : str
        The theme of the one who writes: another one belongs to the picture.
    """
    session, document = state.session, state.document
    keys: dict[str, Any] = {}
    if document.network.chosen != study.network.chosen:
        keys["layer"] = document.network.chosen + 1
    if document.sequence.shown != study.sequence.shown:
        keys["sequence"] = document.sequence.shown + 1
    if document.mode != study.mode:
        keys["weights"] = document.mode
    keys |= _changed(state)
    book = session.lesson_notation
    if book is not None:  # that of the one who looks belongs to them
        keys |= {"notation": book.name} if book.name != session.notation.name and book.name in SHIPPED else {}
        keys["drawing"] = sorted(book.dialects)
    keys |= {"training": session.training, "view": session.view, "focus": session.focus, "unit": session.unit + 1}
    if document.network.layers[document.network.chosen].direction == "both":
        keys["direction"] = session.direction
    keys["at"] = _position(state)
    keys["select"] = _selection(session.selection, session.playhead.t)
    asked = session.question
    if asked is not None:
        about = {"of": asked.name, "unit": asked.unit + 1} if asked.kind in (SIGN, VALUE) else {}
        keys["question"] = {"kind": asked.kind, **about}
    keys["page"] = session.page + 1
    if session.spotlight:
        keys["lit"] = list(session.spotlight)
    keys["camera"] = _camera(state)
    if session.theme != theme and session.theme in PUT_THEMES:
        keys["theme"] = session.theme
    return keys


def _changed(state: State) -> dict[str, Any]:
    """What-if: the toggles with their samples, and the gate that is held."""
    now = what_if_of(state)
    toggles = [CUT] if now.cut else []
    toggles += [f"{FREEZE} {now.frozen}"] if now.frozen is not None else []
    toggles += [f"{SILENCE} {now.silent}"] if now.silent is not None else []
    found: dict[str, Any] = {"what_if": toggles}
    return found | ({"clamp": f"{now.gate} = {now.level:g}"} if now.gate else {})


def _position(state: State) -> int | list[int]:
    """The sample, and its sub-steps where it is not complete."""
    head, (done, of) = state.session.playhead, substep(state)
    if head.t == track(state).start:
        return 0
    return head.t if done >= of else [head.t, done]


def _selection(key: Key | None, t: int) -> str | dict[str, Any]:
    """A thing at the playhead's sample by its name, any other mark with what tells it from the rest."""
    if key is None or key == Key(key.what, t or None):
        return "" if key is None else key.what
    table: dict[str, Any] = {"of": key.what}
    if key.t is not None:
        table["t"] = key.t
    table |= {name: getattr(key, name) + 1 for name in ("i", "j", "layer") if getattr(key, name) is not None}
    return table | ({"part": key.part} if key.part else {})


def _camera(state: State) -> list[float]:
    """How large, and what stands in the middle of the drawing area, in shares of it."""
    session = state.session
    zoom = round(session.zoom, _DIGITS)
    middle = []
    for pan, size in zip(session.pan, session.canvas, strict=True):
        share = (0.5 - pan / size) / session.zoom if size > 0 else 0.5
        middle.append(round(min(max(share, -MOST_SHARE), MOST_SHARE), _DIGITS))
    return [zoom, *middle]


def recorded_stop(state: State, known: Iterable[Document], theme: str) -> WrittenStop:
    """A stop without words, of what is seen; one of the studies ``known`` is named where it is of the same material."""
    study = next((one for one in known if same_material(one, state.document)), None)
    study = bare(state.document) if study is None else study
    return WrittenStop(study, recorded(state, study, theme))


def retaken(stop: WrittenStop, state: State, known: Iterable[Document], theme: str) -> WrittenStop:
    """The stop with another picture, and its words as they were."""
    taken = recorded_stop(state, known, theme)
    return replace(stop, study=taken.study, keys=taken.keys)
