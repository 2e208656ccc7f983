"""What follows from the state: traces, the subject of the picture, layouts. Pure; cached by identity.

What only turns need is imported when there is one: the window opens sooner.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rnnstudio.diagram.layout import Frame, Layout
from rnnstudio.diagram.notation import Notation
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS, Subject
from rnnstudio.diagram.view_form import laid_out
from rnnstudio.diagram.view_table import views_on, why_off
from rnnstudio.engine.cells import Cell
from rnnstudio.engine.trace import Trace
from rnnstudio.playback.playhead import LAYER_PHASES, Playhead, Track, layer_phase
from rnnstudio.state.comparison import comparison
from rnnstudio.state.model import INSTANT, Document, Session, State, Turn
from rnnstudio.state.notation import notation
from rnnstudio.state.runs import change_range, changes, computed, directed, side, vmax
from rnnstudio.state.text_study import untrained_caption
from rnnstudio.state.what_if import what_if_of

if TYPE_CHECKING:
    from rnnstudio.diagram.beside import Marking
    from rnnstudio.diagram.morph import Backwards, Morph
    from rnnstudio.diagram.timing import Script

#: The theme that is drawn in the wide geometry (DESIGN §6.6: the theme chooses wide, never the aspect).
WIDE_THEME = "projector"
WIDE_FRAME = (1920.0, 698.0)
#: Turns to another form of the network.
REFORMED = ("change", "rewire")


def off_reason(view: str, document: Document) -> str:
    """Why the chosen layer has no such view (MODEL §1, 3); empty where it has one."""
    return why_off(view, document.network.layers[document.network.chosen])


def fitting_view(wanted: str, document: Document) -> str:
    """The wanted view, or the nearest one that the chosen layer has."""
    at = VIEWS.index(wanted) if wanted in VIEWS else 0
    there = views_on(document.network.layers[document.network.chosen])
    return min(there, key=lambda view: abs(VIEWS.index(view) - at), default=VIEWS[0])


@lru_cache(maxsize=4)
def trace(state: State) -> Trace:
    """The computation that the digits on the screen are of, in the direction that is shown."""
    shown, _ = side(state.document, shown_view(state) in LAYER_VIEWS, what_if_of(state))
    return directed(shown, direction(state))


def direction(state: State) -> str:
    """In which order the chosen layer goes through the samples: "forward" or "reverse"; of both, the chosen one."""
    own = state.document.network.layers[state.document.network.chosen].direction
    return state.session.direction if own == "both" else own


def phases(document: Document) -> int:
    """P, the sub-steps of the chosen layer's cell."""
    return len(document.network.layers[document.network.chosen].program.phases)


def track(state: State) -> Track:
    """The positions of the sequence, as the view counts them."""
    backwards = direction(state) == "reverse"
    return Track(state.document.sequence.steps, phases(state.document), state.session.view in LAYER_VIEWS, backwards)


def visible(state: State) -> Playhead:
    """What may be shown: the position that a step under way comes from, until its tokens have arrived."""
    session = state.session
    if session.progress < 1 and session.came_from is not None:
        return session.came_from
    return session.playhead


def substep(state: State) -> tuple[int, int]:
    """(done, of how many) sub-steps of this sample, in the computation that the view shows."""
    head, count = state.session.playhead, phases(state.document)
    if state.session.view in LAYER_VIEWS:
        return layer_phase(head.phase, count), LAYER_PHASES
    return head.phase, count


def legal(head: Playhead, document: Document, before: int | None = None, shown: str = "forward") -> Playhead:
    """The position nearest to ``head`` that the document has; ``before`` is the old number of phases.

    What was complete stays complete, whatever the number of phases has become. ``shown`` is the pass that is shown of
    a layer that makes two; the first state of one is on the other side of the sequence than that of the other.
    """
    count, steps = phases(document), document.sequence.steps
    own = document.network.layers[document.network.chosen].direction
    backwards = (shown if own == "both" else own) == "reverse"
    t = min(max(head.t, 1), steps + 1) if backwards else min(max(head.t, 0), steps)
    if backwards and head.t <= 0:
        t = steps + 1
    complete = head.phase >= (count if before is None else before)
    phase = count if complete or t == (steps + 1 if backwards else 0) else min(max(head.phase, 1), count)
    return head if (t, phase) == (head.t, head.phase) and before is None else Playhead(t, phase)


def cell_word(cell: Cell) -> str:
    """The cell's short name: the first word of its title."""
    return cell.title.split()[0] if cell.title else cell.name


def summary(document: Document) -> str:
    """``Simple 4 → 3  ·  T = 8``: what the window's title says of the model."""
    layer = document.network.layers[document.network.chosen]
    sizes = [layer.inputs, layer.size, *([layer.width] if layer.readout else [])]
    chain = " \N{RIGHTWARDS ARROW} ".join(str(size) for size in sizes)
    return f"{cell_word(layer.cell)} {chain}  \N{MIDDLE DOT}  T = {document.sequence.steps}"


def is_wide(session: Session) -> bool:
    """Whether the picture is drawn for a room: with the projector's theme, and while one presents."""
    return session.presenting or session.theme == WIDE_THEME


def frame(session: Session) -> Frame:
    """The logical drawing area that the canvas has reported."""
    width, height = session.canvas
    return Frame(width, height, is_wide(session), session.formula_width)


@lru_cache(maxsize=8)
def _tokens(document: Document) -> tuple[int, ...]:
    tokens = document.sequence.tokens
    return () if tokens is None else tuple(int(index) for index in tokens)


@lru_cache(maxsize=32)
def _subject(
    document: Document, t: int, area: Frame, active: int, focus: bool, decimals: int, of_layer: bool, way: str,
    marking: Marking | None, written: Notation,
) -> Subject:  # fmt: skip
    return Subject(
        network=document.network,
        steps=document.sequence.steps,
        t=t,
        frame=area,
        active=active,
        focus=focus,
        vocabulary=document.sequence.vocabulary,
        tokens=_tokens(document),
        targets=document.sequence.targets is not None,
        target_values=document.sequence.targets,
        vmax=vmax(document),
        decimals=decimals,
        changed=changes(document, of_layer)[0],
        change_range=change_range(document, of_layer),
        direction=way,
        beside=marking,
        written=written,
    )


@lru_cache(maxsize=4)
def subject(state: State) -> Subject:
    """What the picture is of."""
    session, compared = state.session, comparison(state)
    rows = units(state)
    active = min(max(session.unit, 0), rows - 1) if session.view == "layer" and rows else -1
    return _subject(
        computed(state.document), session.playhead.t, frame(session), active,
        session.focus and session.view == "unrolled",
        session.decimals, session.view in LAYER_VIEWS, direction(state),
        None if compared is None else compared.beside.marking, notation(state),
    )  # fmt: skip


def units(state: State) -> int:
    """Number of units of the chosen layer in the computation that the view shows."""
    layer = state.document.network.layers[state.document.network.chosen]
    program = layer.layer_program if state.session.view in LAYER_VIEWS else None
    return layer.width if program is None and not layer.recurrent else layer.size


@lru_cache(maxsize=32)
def _laid_out(view: str, of: Subject, caption: str) -> Layout:
    made = laid_out(view, of)
    return replace(made, caption=f"{made.caption}. {caption}") if caption else made


@lru_cache(maxsize=4)
def target_layout(state: State) -> Layout:
    """Where everything is once no turn is running."""
    session = state.session
    return _laid_out(session.view, subject(state), untrained_caption(state.document, session.view, session.focus))


def plan(turn: Turn) -> Script:
    """The script of a turn."""
    from rnnstudio.diagram.turns import changed, interrupted, script, slide

    if turn.kind == "slide":
        return slide()
    if turn.kind in REFORMED:
        return changed(
            turn.origin_view, turn.target_view, turn.origin.now, turn.origin.way, rewired=turn.kind == "rewire"
        )
    if turn.kind in ("interrupted", "focus"):
        return interrupted(turn.origin_view, turn.target_view)
    return script(turn.origin_view, turn.target_view, turn.origin.now, turn.origin.way)


def _mirrored(turn: Turn) -> bool:
    from rnnstudio.diagram.turns import backwards

    return turn.kind in ("turn", *REFORMED) and backwards(turn.origin_view, turn.target_view)


@lru_cache(maxsize=4)
def _morph(origin: Layout, target: Layout, by: str, origin_view: str, target_view: str) -> Morph | Backwards:
    from rnnstudio.diagram.morph import Backwards, Morph

    turn = Turn(origin, origin_view, target_view, 1.0, kind=by)
    if _mirrored(turn):
        return Backwards(Morph(target, origin, plan(turn)))
    return Morph(origin, target, plan(turn))


@lru_cache(maxsize=2)
def _on_the_way(turn: Turn, target: Layout) -> Layout:
    return _morph(turn.origin, target, turn.kind, turn.origin_view, turn.target_view).at(turn.progress)


def layout(state: State) -> Layout:
    """Where everything is now: the target, or on the way to it. A fade moves nothing."""
    turn, target = state.session.turn, target_layout(state)
    if turn is None or turn.kind == "fade" or turn.progress >= 1:
        return target
    return _on_the_way(turn, target)


def grasped(state: State) -> Layout:
    """Where the pointer meets marks: while the network becomes another one, only what that has can be touched."""
    turn = state.session.turn
    return target_layout(state) if turn is not None and turn.kind in REFORMED else layout(state)


def shown_view(state: State) -> str:
    """The view whose computation the digits on the screen are of: in a turn that changes them, the old one's first."""
    turn = state.session.turn
    if turn is None or turn.kind in ("fade", "slide", "focus", *REFORMED):
        return state.session.view
    swap = plan(turn).swap
    if swap is None:
        return state.session.view
    return turn.origin_view if turn.progress < (1 - swap if _mirrored(turn) else swap) else turn.target_view


def moving(state: State) -> bool:
    """Whether time has anything to do: a turn, a sub-step under way, or playback."""
    session = state.session
    return session.turn is not None or session.progress < 1 or session.playing


#: What changes from frame to frame while something moves.
_MOTION = ("progress", "hold_s", "turn", "came_from", "hovered")
_AT_REST = tuple(field.name for field in fields(Session) if field.name not in _MOTION)


def same_but_motion(old: State, new: State) -> bool:
    """Whether two states differ only in how far a motion has got, so that only what moves needs painting."""
    if old.document is not new.document or old.undo is not new.undo or moving(old) != moving(new):
        return False
    if visible(old) != visible(new) or shown_view(old) != shown_view(new):
        return False
    return all(getattr(old.session, name) == getattr(new.session, name) for name in _AT_REST)


def turned(state: State, after: State, kind: str = "turn") -> State:
    """``after``, with a turn that starts from the layout that ``state`` has on the screen."""
    session, running = after.session, state.session.turn
    if session.speed == INSTANT:
        return after.see(turn=None)
    if session.reduced_motion:
        from rnnstudio.diagram.turns import REDUCED_S

        return after.see(turn=Turn(target_layout(state), state.session.view, session.view, REDUCED_S, kind="fade"))
    if kind == "turn" and running is not None and running.kind != "slide":
        kind = "interrupted"
    turn = Turn(layout(state), shown_view(state), session.view, 1.0, kind=kind)
    return after.see(turn=replace(turn, duration_s=plan(turn).duration_s))
