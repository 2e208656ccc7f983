"""How one looks: view, selection, zoom, theme. Nothing here is saved or undone."""

from dataclasses import dataclass

from rnnstudio.diagram.keys import Key
from rnnstudio.state.actions.presenting import ClearDesk, StopPresenting, Unblank
from rnnstudio.state.derived import WIDE_THEME, layout, off_reason, target_layout, track, turned, units
from rnnstudio.state.model import State
from rnnstudio.state.picking import beside, in_time, thing

ZOOM_RANGE = (0.5, 4.0)
DECIMALS_RANGE = (1, 4)
THEMES = ("light", "dark", "projector")


@dataclass(frozen=True)
class SetView:
    """Turn to another view; the one that is turned to already is completed. Time, selection and unit stay."""

    view: str

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        reason = off_reason(self.view, state.document)
        if reason:
            return state.see(message=reason)
        if self.view == session.view:
            return state if session.turn is None else state.see(turn=None)
        before = session.view if self.view == "cell" else session.view_before_cell
        after = state.see(view=self.view, view_before_cell=before, focus=False, page=0, hovered=None)
        return turned(state, after)


@dataclass(frozen=True)
class Escape:
    """One layer out: what is said, a selected block, the blank screen, a drawing, the focus, the Cell view.

    It never quits and asks nothing.
    """

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        if session.message or session.notice:
            return Dismiss().apply(state)
        if session.area is not None:
            return state.see(area=None)
        if session.question is not None:
            from rnnstudio.state.actions.questions import LeaveQuestion

            return LeaveQuestion().apply(state)
        if session.blank:
            return Unblank().apply(state)
        if session.desk.cleared != session.desk:
            return ClearDesk().apply(state)
        if session.focus:
            return ToggleFocus().apply(state)
        if session.view == "cell":
            return SetView(session.view_before_cell).apply(state)
        if session.selection is not None:
            return state.see(selection=None)
        return StopPresenting().apply(state)


@dataclass(frozen=True)
class ToggleFocus:
    """Unrolled: one copy alone with its six names, and back. Elsewhere it turns to Unrolled first."""

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        reason = off_reason("unrolled", state.document)
        if reason:
            return state.see(message=reason)
        if session.view != "unrolled":
            return turned(state, state.see(view="unrolled", focus=True, page=0, hovered=None))
        return turned(state, state.see(focus=not session.focus), "focus")


@dataclass(frozen=True)
class Select:
    """Select a mark's thing (None: nothing)."""

    key: Key | None

    def apply(self, state: State) -> State:
        """See the class."""
        if self.key is None:
            return state if state.session.selection is None else state.see(selection=None)
        chosen = thing(self.key, layout(state), state.session.playhead.t)
        unit = _unit_of(self.key)
        if unit is not None and 0 <= unit < units(state):
            state = SetUnit(unit).apply(state)
        if state.session.view == "layer" and chosen.what == "y" and chosen.i is None and unit is not None:
            chosen = chosen._replace(i=unit)
        return state.see(selection=chosen, page=0)


def _unit_of(key: Key) -> int | None:
    """The unit that a mark belongs to: of a value its index, of a weight its row; x has none."""
    return None if key.what == "x" or (key.layer is not None and key.what != "y") else key.i


@dataclass(frozen=True)
class MoveSelection:
    """Up (+1) and down (−1) along x, R, y; in Layer the unit that is looked into. ``along`` "all": Tab's order."""

    by: int
    along: str = "sample"

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        if session.view == "layer" and self.along == "sample":
            # units are numbered from the top, so that up is the one before
            unit = min(max(session.unit - self.by, 0), units(state) - 1)
            return state.see(unit=unit, selection=Key("y", session.playhead.t or None, unit), page=0)
        chosen = beside(target_layout(state), session.selection, session.playhead.t, self.by, self.along == "all")
        if chosen is None:
            return state
        row = _unit_of(chosen)
        return state.see(selection=chosen, page=0, unit=session.unit if row is None else row)


@dataclass(frozen=True)
class SelectInTime:
    """The same thing at the sample after (+1) or before (−1)."""

    by: int

    def apply(self, state: State) -> State:
        """See the class."""
        chosen = in_time(state.session.selection, state.session.playhead.t, self.by, state.document.sequence.steps)
        return state if chosen == state.session.selection else state.see(selection=chosen)


@dataclass(frozen=True)
class SetUnit:
    """The unit that Layer looks into and that the formula bar falls back to."""

    unit: int

    def apply(self, state: State) -> State:
        """See the class."""
        unit = min(max(self.unit, 0), max(units(state) - 1, 0))
        return state if unit == state.session.unit else state.see(unit=unit)


@dataclass(frozen=True)
class Hover:
    """The pointer is over a mark, or over none."""

    key: Key | None

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.key == state.session.hovered else state.see(hovered=self.key)


@dataclass(frozen=True)
class Zoom:
    """Scale the picture around a point of the canvas (pixels from its corner)."""

    factor: float
    at: tuple[float, float]

    def apply(self, state: State) -> State:
        """See the class."""
        session = state.session
        zoom = min(max(session.zoom * self.factor, ZOOM_RANGE[0]), ZOOM_RANGE[1])
        ratio = zoom / session.zoom
        (px, py), (ax, ay) = session.pan, self.at
        return state if ratio == 1 else state.see(zoom=zoom, pan=(ax - (ax - px) * ratio, ay - (ay - py) * ratio))


@dataclass(frozen=True)
class Pan:
    """Shift the picture by so many pixels."""

    dx: float
    dy: float

    def apply(self, state: State) -> State:
        """See the class."""
        x, y = state.session.pan
        return state.see(pan=(x + self.dx, y + self.dy))


@dataclass(frozen=True)
class Fit:
    """The whole picture, as large as the canvas lets it be."""

    def apply(self, state: State) -> State:
        """See the class."""
        fits = (state.session.zoom, state.session.pan) == (1.0, (0.0, 0.0))
        return state if fits else state.see(zoom=1.0, pan=(0.0, 0.0))


@dataclass(frozen=True)
class Resize:
    """The canvas has another logical size, a room's formula bar another width."""

    width: float
    height: float
    formula: float = 1920.0

    def apply(self, state: State) -> State:
        """See the class."""
        size, was = (self.width, self.height, self.formula), (*state.session.canvas, state.session.formula_width)
        # a turn's origin was laid out for the old size: what is left of the turn would start in the wrong place
        return state if size == was else state.see(canvas=size[:2], formula_width=self.formula, turn=None)


@dataclass(frozen=True)
class SetTheme:
    """Another theme; the projector's is drawn in the wide geometry."""

    theme: str

    def apply(self, state: State) -> State:
        """See the class."""
        if self.theme == state.session.theme:
            return state
        wide_changes = WIDE_THEME in (self.theme, state.session.theme)
        after = state.see(theme=self.theme)
        if not wide_changes or state.session.presenting:
            return after
        # in front of a room the panels stay out of the picture until they are asked for
        return after.see(turn=None, zoom=1.0, pan=(0.0, 0.0), inspector=self.theme != WIDE_THEME)


@dataclass(frozen=True)
class NextTheme:
    """Light, dark, projector, and round again."""

    def apply(self, state: State) -> State:
        """See the class."""
        at = THEMES.index(state.session.theme) if state.session.theme in THEMES else -1
        return SetTheme(THEMES[(at + 1) % len(THEMES)]).apply(state)


@dataclass(frozen=True)
class SetDecimals:
    """Decimals of shown values, 1 to 4."""

    decimals: int

    def apply(self, state: State) -> State:
        """See the class."""
        decimals = min(max(self.decimals, DECIMALS_RANGE[0]), DECIMALS_RANGE[1])
        return state if decimals == state.session.decimals else state.see(decimals=decimals)


@dataclass(frozen=True)
class ToggleInspector:
    """Show or fold the inspector, or what stands in its place."""

    def apply(self, state: State) -> State:
        """See the class."""
        return ShowInspector(not state.session.inspector).apply(state)


@dataclass(frozen=True)
class ShowInspector:
    """Show the inspector, or what stands in its place, over the picture too where there is no room beside it."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        if (state.session.inspector, state.session.over) == (self.on, self.on):
            return state
        return state.see(inspector=self.on, over=self.on)


@dataclass(frozen=True)
class ShowInWords:
    """The sub-step as sentences and a table beside the picture, or not."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.on == state.session.in_words else state.see(in_words=self.on)


@dataclass(frozen=True)
class SetDirection:
    """Of a layer that reads both ways, the pass that views 2 to 7 show: "forward" or "reverse"."""

    direction: str

    def apply(self, state: State) -> State:
        """See the class."""
        if self.direction not in ("forward", "reverse") or self.direction == state.session.direction:
            return state
        after = state.see(direction=self.direction, turn=None, page=0, hovered=None, came_from=None, progress=1.0)
        if state.session.playhead == track(state).first():
            return after.see(playhead=track(after).first())
        return after


@dataclass(frozen=True)
class ToggleReducedMotion:
    """Cross-fades instead of motion, or motion again."""

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(reduced_motion=not state.session.reduced_motion, turn=None, progress=1.0)


@dataclass(frozen=True)
class Page:
    """Turn to a page of the formula bar; who shows it knows how many there are."""

    page: int

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.page == state.session.page else state.see(page=max(self.page, 0))


@dataclass(frozen=True)
class Message:
    """One sentence for the banner."""

    text: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.text == state.session.message else state.see(message=self.text)


@dataclass(frozen=True)
class Dismiss:
    """Put the banner away; under a message the notice comes to light."""

    def apply(self, state: State) -> State:
        """See the class."""
        if state.session.message:
            return state.see(message="")
        return state.see(notice="") if state.session.notice else state
