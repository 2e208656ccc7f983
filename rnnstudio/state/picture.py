"""What the state shows: the scene, the pages of the formula bar, what the inspector says. Pure; cached by identity."""

from dataclasses import fields, replace
from functools import lru_cache

import numpy as np

from rnnstudio.diagram.beside import EDIT, Beside
from rnnstudio.diagram.dress import block_numbers, dress
from rnnstudio.diagram.explain import pages as explain_pages
from rnnstudio.diagram.formula import Inspection, Page
from rnnstudio.diagram.inspect import inspect
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge, knowledge_of
from rnnstudio.diagram.layout import Floats, Layout
from rnnstudio.diagram.moment import Moment
from rnnstudio.diagram.scene import Scene
from rnnstudio.diagram.spotlight import spotlit
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.diagram.tokens import tokens
from rnnstudio.diagram.veils import Asked, veiled
from rnnstudio.diagram.versions import version
from rnnstudio.engine.network import Network
from rnnstudio.engine.program import Program
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.playback.playhead import Playhead
from rnnstudio.sentence import sentence
from rnnstudio.state.comparison import comparison
from rnnstudio.state.derived import direction, layout, shown_view, subject, trace, track, visible
from rnnstudio.state.model import Document, State
from rnnstudio.state.picking import marks_of, related, thing
from rnnstudio.state.runs import changes, computed, directed, side, vmax
from rnnstudio.state.text_study import says_next_word
from rnnstudio.state.what_if import what_if_of

#: Numbers that a tooltip lists.
TOOLTIP_VALUES = 7


def knowledge(state: State) -> Knowledge:
    """What may be shown now, of the computation that the digits are of."""
    return _knowledge(computed(state.document), visible(state), shown_view(state) in LAYER_VIEWS, direction(state))


@lru_cache(maxsize=8)
def _knowledge(document: Document, head: Playhead, of_layer: bool, way: str) -> Knowledge:
    changed = changes(document, of_layer)[1]
    return knowledge_of(document.network, head, of_layer, changed, way == "reverse", document.sequence.steps)


@lru_cache(maxsize=2)
def moment(state: State) -> Moment:
    """What the picture is made of, at the playhead."""
    session, document, of_layer = state.session, state.document, shown_view(state) in LAYER_VIEWS
    way, where, pointed = direction(state), layout(state), session.hovered
    what_if = what_if_of(state)
    _, after = side(document, of_layer, what_if)
    beside, other_after = side(document, not of_layer, what_if)
    shown, other = trace(state), directed(beside, way)
    return Moment(
        subject=subject(state),
        trace=shown,
        knowledge=knowledge(state),
        other=None if other is shown else other,
        other_knowledge=None if other is shown else _knowledge(computed(document), visible(state), not of_layer, way),
        head=visible(state),
        target=session.playhead,
        travel=session.progress,
        of_layer=of_layer,
        selected=marks_of(session.selection, where, session.playhead.t),
        hovered=frozenset() if pointed is None else related(pointed, where, session.playhead.t, shown.chosen),
        reduced=session.reduced_motion,
        after=after,
        other_after=other_after,
        beside=_beside(state),
    )


@lru_cache(maxsize=4)
def _dressed(where: Layout, moment: tuple[object, ...], lit: tuple[str, ...], asked: Asked | None) -> Scene:
    made = Moment(*moment)  # type: ignore[arg-type]
    return veiled(spotlit(replace(dress(where, made), tokens=()), lit, made.target.t), asked, made.target.t)


def still(state: State) -> Scene:
    """The picture without what travels; the same object as long as nothing else in it changes."""
    return _still(layout(state), moment(state), state)


def _still(where: Layout, moment: Moment, state: State) -> Scene:
    resting, session = replace(moment, travel=1.0), state.session
    asked = None if session.question is None else session.question.asked
    return _dressed(where, tuple(getattr(resting, field.name) for field in fields(Moment)), session.spotlight, asked)


@lru_cache(maxsize=2)
def scene(state: State) -> Scene:
    """The picture: where everything is, with its numbers, and the values that are on their way."""
    where, now = layout(state), moment(state)
    under_way = tokens(where, now, block_numbers(where, now))
    return replace(_still(where, now, state), tokens=under_way)


@lru_cache(maxsize=4)
def _pages(*asked: object) -> tuple[Page, ...]:
    return explain_pages(*asked)  # type: ignore[arg-type]


def pages(state: State) -> tuple[Page, ...]:
    """The pages of the formula bar: an equation each."""
    session, view = state.session, shown_view(state)
    kind = "layer" if view in LAYER_VIEWS else "cell"
    return _pages(
        subject(state), trace(state), kind, view, session.playhead, session.unit, session.selection, knowledge(state),
        session.decimals, vmax(state.document), _after(state), _beside(state),
    )  # fmt: skip


def _after(state: State) -> Network | None:
    """The network after the run that is shown, where there is one."""
    return side(state.document, shown_view(state) in LAYER_VIEWS, what_if_of(state))[1]


def _beside(state: State) -> Beside | None:
    compared = comparison(state)
    return None if compared is None else compared.beside


def page_at(state: State) -> int:
    """The page that is turned to, within those that there are."""
    return min(max(state.session.page, 0), max(len(pages(state)) - 1, 0))


def inspection(state: State) -> Inspection:
    """What the inspector says of the selection; with none, of R at the playhead, or of the word that comes next."""
    whole = "y" if says_next_word(state.document, shown_view(state)) else "cell"
    key = state.session.selection or Key(whole, state.session.playhead.t)
    return inspected(state, key)


def inspected(state: State, key: Key) -> Inspection:
    """What is to be said of a thing, as far as it may be known."""
    return inspect(
        key, subject(state), trace(state), knowledge(state), state.session.decimals, _after(state), _beside(state)
    )


def weights_at(state: State, name: str) -> Floats:
    """A parameter of the chosen layer, in the version that the sample shown uses; with ``Δ``, its change there."""
    shown = trace(state)
    return version(shown, _after(state), shown.chosen, name, visible(state).t)


def tooltip(state: State, key: Key) -> str:
    """What the pointer says of a mark: its thing, with six digits each."""
    said = inspected(state, thing(key, layout(state), state.session.playhead.t))
    numbers = ", ".join(said.texts[:TOOLTIP_VALUES])
    more = sentence(", \N{HORIZONTAL ELLIPSIS} ({size} values)", size=said.size) if said.size > TOOLTIP_VALUES else ""
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
    """The last row of the history that is known; −1 where not even the first state is."""
    head, known, along = visible(state), knowledge(state), track(state)
    row = along.order(head.t)
    if known.known(name, head.t):
        return row
    return row - 1 if row > 1 or known.known(name, along.start) else -1


def history(state: State) -> tuple[Floats, int]:
    """(values in the order in which they are computed, the last row that is known).

    Row 0 is the first state, zeros where the vector has none; `history_samples` says which samples the rows are.
    """
    values, name = _chosen(state), history_name(state)
    return _stacked(values, name, knowledge(state).reverse), _known_until(state, name)


@lru_cache(maxsize=8)
def _stacked(values: LayerTrace, name: str, reverse: bool) -> Floats:
    """First state and series in one array."""
    series = values.series(name)[:: -1 if reverse else 1]
    first = values.first[name] if name in values.program.states else np.zeros(series.shape[1])
    return np.concatenate([first[np.newaxis], series])


def history_samples(state: State) -> range:
    """The samples of the rows of the history: 0…T, or T + 1…1."""
    along = track(state)
    return range(along.start, along.start + along.way * (along.steps + 1), along.way)


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
    for t in (head.t, head.t - known.way):
        if 1 <= t <= values.T and known.known(op.value, t):
            return op.value, str(op.function), t, np.asarray(values.value(op.args[0], t))
    return op.value, str(op.function), 0, np.empty(0)


def other_history(state: State) -> Floats | None:
    """The history of the second run, as far as the first one's is known; None where there is none beside it."""
    compared = comparison(state)
    if compared is None:
        return None
    name, (_, known) = history_name(state), history(state)
    values = compared.ghost.layers[state.document.network.chosen]
    return _stacked(values, name, knowledge(state).reverse)[: known + 1]


def how_far_apart(state: State) -> Floats | None:
    """‖live − ghost‖ of that vector in every row of the history that is known; None where nothing is compared."""
    other = other_history(state)
    if other is None:
        return None
    values, known = history(state)
    return np.asarray(np.linalg.norm(values[: known + 1] - other, axis=1))


def changed_rows(state: State) -> frozenset[int]:
    """The known rows of the history in which an edit has changed the vector."""
    compared, other = comparison(state), other_history(state)
    if compared is None or other is None or compared.kind != EDIT:
        return frozenset()
    apart = (history(state)[0][: len(other)] != other).any(axis=1)
    return frozenset(np.flatnonzero(apart).tolist())
