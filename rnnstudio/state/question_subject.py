"""What a question is about: what is selected, else what suits the view."""

from __future__ import annotations

import numpy as np

from rnnstudio.diagram.inspect import named
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.diagram.versions import DELTA, version
from rnnstudio.engine.held_gates import gates
from rnnstudio.engine.limits import InputError
from rnnstudio.state.derived import shown_view, subject, trace, track
from rnnstudio.state.model import State
from rnnstudio.state.picture import knowledge
from rnnstudio.state.question import GATE, KINDS, SIGN, VALUE, WEIGHT, WORD
from rnnstudio.state.question_values import can_be_negative, most_telling_unit
from rnnstudio.state.runs import side
from rnnstudio.state.text_study import says_next_word
from rnnstudio.state.what_if import what_if_of


def subject_of(state: State, kind: str, name: str, unit: int) -> tuple[str, str, int, int]:
    """(kind, name, unit, sample) of a question: as wanted, of what is selected, else one that suits the view."""
    run = trace(state)
    program = run.layer(run.chosen).program
    t = _next_sample(state)
    selected = _selected(state)
    if not name and selected is not None and kind in ("", SIGN, VALUE):
        name, chosen, t = selected
        unit = chosen if unit < 0 else unit
    if name and name not in program.values:
        raise InputError(f"{name} is no value that this picture computes; it computes {', '.join(program.values)}")
    kind = kind or (_kind_of(state, name) if name else _suited(state))
    if kind not in KINDS:
        raise InputError(f"a question may be one of {', '.join(KINDS)}, got {kind!r}")
    name = name or _name_for(state, kind, t)
    if kind not in (SIGN, VALUE):
        return kind, name, 0, t
    size = len(np.asarray(run.layer(run.chosen).value(name, t)).reshape(-1))
    if unit >= size:
        raise InputError(f"{name} has {size} values, there is none of number {unit + 1}")
    return kind, name, unit if unit >= 0 else most_telling_unit(state.document, run, name, t), t


def _next_sample(state: State) -> int:
    """The sample whose result is not there yet; at the end of the sequence the last one, which is gone back to."""
    along, head = track(state), state.session.playhead
    done = along.order(head.t) if head.phase >= along.phases or head.t == along.start else along.order(head.t) - 1
    return along.sample(min(done + 1, along.steps))


def _selected(state: State) -> tuple[str, int, int] | None:
    """(name, unit, sample) of a selected value that is computed; of a whole vector the unit that was touched last."""
    key = state.session.selection
    if key is None or key.what in ("cell", "layer", "network", "axis"):
        return None
    run = trace(state)
    name, layer, t = named(key, subject(state), run, knowledge(state))
    name = name.partition(":")[0]
    values = run.layer(run.chosen).program.values
    passed = knowledge(state).before(t) > 0  # asked for is what comes, not what one has left behind
    if layer != run.chosen or name not in values or not 1 <= t <= run.T or passed:
        return None
    unit, size = state.session.unit if key.i is None else key.i, np.asarray(run.layer(run.chosen).value(name, t)).size
    return name, unit if unit < size else -1, t


def _kind_of(state: State, name: str) -> str:
    if says_next_word(state.document, shown_view(state)) and name == "y":
        return WORD
    return SIGN if can_be_negative(trace(state), name) else VALUE


def _suited(state: State) -> str:
    """A kind of question that suits the view."""
    view = shown_view(state)
    program = trace(state).layer(state.document.network.chosen).program
    if says_next_word(state.document, view):
        return WORD
    if view == "samples" and _changes(state, _weights(state), _next_sample(state)):
        return WEIGHT
    if view == "cell" and len(gates(program)) > 1:
        return GATE
    return _kind_of(state, _result(state))


def _result(state: State) -> str:
    """The next state, where the picture has one; else what the layer hands out."""
    program = trace(state).layer(state.document.network.chosen).program
    shown = [name for name in program.states if program.role(name) == "s"] or list(program.states)
    return shown[0] if shown else program.handed


def _weights(state: State) -> str:
    """The weights of the input."""
    program = trace(state).layer(state.document.network.chosen).program
    return next((name for name in program.parameters if program.role(name) == "W"), "")


def _changes(state: State, name: str, t: int) -> bool:
    run = trace(state)
    if not name:
        return False
    _, after = side(state.document, shown_view(state) in LAYER_VIEWS, what_if_of(state))
    return bool(np.any(version(run, after, run.chosen, DELTA + name, t)))


def _name_for(state: State, kind: str, t: int) -> str:
    """What a question of a kind is about where nothing is named.

    Raises
    ------
    InputError
        The picture has nothing of that kind.
    """
    program = trace(state).layer(state.document.network.chosen).program
    if kind == GATE:
        if len(gates(program)) < 2:
            raise InputError("This picture has no two gates to compare; the LSTM and the GRU have, in views 5 to 7")
        return gates(program)[0]
    if kind == WORD:
        if not says_next_word(state.document, shown_view(state)):
            raise InputError("This picture says no next word; the study Words does, in views 5 to 7")
        return "y"
    if kind == WEIGHT:
        if not _changes(state, _weights(state), t):
            raise InputError("No weight changes after this sample; the Training mode says when weights are updated")
        return _weights(state)
    return _result(state)
