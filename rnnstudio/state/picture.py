"""What the state shows: the scene, the pages of the formula bar, what the inspector says. Pure; cached by identity."""

from dataclasses import fields, replace
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.dress import Moment, block_numbers, dress
from rnnstudio.diagram.explain import pages as explain_pages
from rnnstudio.diagram.formula import Inspection, Page
from rnnstudio.diagram.inspect import inspect
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge, knowledge_of
from rnnstudio.diagram.layout import Floats, Layout
from rnnstudio.diagram.scene import Scene
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.diagram.tokens import tokens
from rnnstudio.engine.network import Network
from rnnstudio.engine.program import Program
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.derived import layout, shown_view, subject, trace, traces, visible, vmax
from rnnstudio.state.model import State
from rnnstudio.state.picking import marks_of, related, thing
from rnnstudio.state.text_study import says_next_word

#: Numbers that a tooltip lists.
TOOLTIP_VALUES = 7


def knowledge(state: State) -> Knowledge:
    """What may be shown now, of the computation that the digits are of."""
    return _knowledge(state.document.network, visible(state), shown_view(state) in LAYER_VIEWS)


@lru_cache(maxsize=8)
def _knowledge(network: Network, head: Playhead, of_layer: bool) -> Knowledge:
    return knowledge_of(network, head, of_layer)


@lru_cache(maxsize=2)
def _moment(state: State) -> Moment:
    session, of_layer = state.session, shown_view(state) in LAYER_VIEWS
    shown = trace(state)
    of_cell, of_layers = traces(state.document)
    other = of_cell if shown is of_layers else of_layers
    where, network = layout(state), state.document.network
    pointed = session.hovered
    return Moment(
        subject=subject(state),
        trace=shown,
        knowledge=knowledge(state),
        other=other,
        other_knowledge=None if other is None else _knowledge(network, visible(state), not of_layer),
        head=visible(state),
        target=session.playhead,
        travel=session.progress,
        of_layer=of_layer,
        selected=marks_of(session.selection, where, session.playhead.t),
        hovered=frozenset() if pointed is None else related(pointed, where, session.playhead.t, network.chosen),
        reduced=session.reduced_motion,
    )


@lru_cache(maxsize=4)
def _dressed(where: Layout, moment: tuple[object, ...]) -> Scene:
    return replace(dress(where, Moment(*moment)), tokens=())  # type: ignore[arg-type]


def still(state: State) -> Scene:
    """The picture without what travels; the same object as long as nothing else in it changes."""
    return _still(layout(state), _moment(state))


def _still(where: Layout, moment: Moment) -> Scene:
    resting = replace(moment, travel=1.0)
    return _dressed(where, tuple(getattr(resting, field.name) for field in fields(Moment)))


@lru_cache(maxsize=2)
def scene(state: State) -> Scene:
    """The picture: where everything is, with its numbers, and the values that are on their way."""
    where, moment = layout(state), _moment(state)
    under_way = tokens(where, moment, block_numbers(where, moment))
    return replace(_still(where, moment), tokens=under_way)


@lru_cache(maxsize=4)
def _pages(*asked: object) -> tuple[Page, ...]:
    return explain_pages(*asked)  # type: ignore[arg-type]


def pages(state: State) -> tuple[Page, ...]:
    """The pages of the formula bar: an equation each."""
    session, view = state.session, shown_view(state)
    kind = "layer" if view in LAYER_VIEWS else "cell"
    return _pages(
        subject(state), trace(state), kind, view, session.playhead, session.unit, session.selection, knowledge(state),
        session.decimals, vmax(state.document),
    )  # fmt: skip


def page_at(state: State) -> int:
    """The page that is turned to, within those that there are."""
    return min(max(state.session.page, 0), max(len(pages(state)) - 1, 0))


def inspection(state: State) -> Inspection:
    """What the inspector says of the selection; with none, of R at the playhead, or of the word that comes next."""
    whole = "y" if says_next_word(state.document, shown_view(state)) else "cell"
    key = state.session.selection or Key(whole, state.session.playhead.t)
    return inspect(key, subject(state), trace(state), knowledge(state), state.session.decimals)


def tooltip(state: State, key: Key) -> str:
    """What the pointer says of a mark: its thing, with six digits each."""
    said = inspect(
        thing(key, layout(state), state.session.playhead.t), subject(state), trace(state), knowledge(state),
        state.session.decimals,
    )  # fmt: skip
    numbers = ", ".join(said.texts[:TOOLTIP_VALUES])
    more = f", \N{HORIZONTAL ELLIPSIS} ({said.size} values)" if said.size > TOOLTIP_VALUES else ""
    known = f"{numbers}{more}" if said.values is not None else "not computed yet" if said.size else ""
    return f"{said.name}  \N{MIDDLE DOT}  {said.context}" + (f"\n{known}" if known else "")


def history_name(state: State) -> str:
    """The vector that the scrubber and the state history follow: the state, or y where the picture has none."""
    values = _chosen(state)
    return values.program.states[0] if values.program.states else values.program.handed


def history_role(state: State) -> str:
    """The role of that vector."""
    return _chosen(state).program.role(history_name(state))


def _chosen(state: State) -> LayerTrace:
    return trace(state).layers[state.document.network.chosen]


def _known_until(state: State, name: str) -> int:
    """The last sample at which a vector is known; −1 where not even sample 0 is."""
    head: Playhead = visible(state)
    known = knowledge(state)
    if known.known(name, head.t):
        return head.t
    return head.t - 1 if head.t > 1 or known.known(name, 0) else -1


def history(state: State) -> tuple[Floats, int]:
    """(values of samples 0…T, the last of them that is known). Row 0 is zeros where the vector has no first state."""
    values, name = _chosen(state), history_name(state)
    return _stacked(values, name), _known_until(state, name)


@lru_cache(maxsize=4)
def _stacked(values: LayerTrace, name: str) -> Floats:
    """First state and series in one array."""
    series = values.series(name)
    first = values.first[name] if name in values.program.states else np.zeros(series.shape[1])
    return np.concatenate([first[np.newaxis], series])


def has_first(state: State) -> bool:
    """Whether sample 0 has a value of the vector that the scrubber follows."""
    return bool(_chosen(state).program.states)


def reads(program: Program, value: str) -> list[str]:
    """What is read in a value's equation and in those of the inline values in it: parameters, values, x, states."""
    found: list[str] = []
    for op in program.ops_of(value):
        for arg in op.args:
            found += reads(program, arg) if arg in program.inline else [arg]
    return found


def activation_points(state: State) -> tuple[str, str, int, Floats] | None:
    """(value, function, sample, arguments) of the activation, at the last sample at which it is known.

    The activation is the one that was chosen; in a cell without a choice that of the selected value, or of the one
    that takes the place of the traditional layer. Sample 0 and no points where nothing of it is known yet.
    """
    values, known = _chosen(state), knowledge(state)
    program = values.program
    layer = state.document.network.layers[state.document.network.chosen].cell.layer
    wanted = state.session.selection.what.partition(":")[0] if state.session.selection else ""
    ops = [op for op in program.ops if op.kind == "function" and op.function]
    ranked = [
        *(op for op in ops if op.value == wanted),
        *(op for op in ops if program.activation is not None and op.function == program.activation),
        *(op for op in ops if layer is not None and layer.W in reads(program, op.value)),
        *ops,
    ]
    if not ranked:
        return None
    op, head = ranked[0], visible(state)
    for t in (head.t, head.t - 1):
        if t >= 1 and known.known(op.value, t):
            return op.value, str(op.function), t, np.asarray(values.value(op.args[0], t))
    return op.value, str(op.function), 0, np.empty(0)
