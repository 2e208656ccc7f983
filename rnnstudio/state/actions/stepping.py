"""Moving in time: steps, jumps, playback, and the tick that is all that time is."""

from dataclasses import dataclass, replace
from math import inf

from rnnstudio.diagram.keys import Key
from rnnstudio.playback.playhead import Playhead, Track
from rnnstudio.state.derived import target_layout, track, turned
from rnnstudio.state.model import INSTANT, SPEEDS, Session, State, Turn

#: One sub-step at speed 1 (DESIGN §7): travel, then hold.
TRAVEL_S, HOLD_S = 0.45, 0.15
#: One whole sample, where sub-steps are off.
SAMPLE_TRAVEL_S = 0.75
#: Pause of playback without motion, so that nothing flashes more than three times a second (LECTURE A17).
INSTANT_HOLD_S = 0.4
#: Views whose columns slide one slot when t moves on (MODEL §4).
SLIDING = ("samples", "unrolled")
#: Larger pictures step without the slide: planning it would take longer than the slide itself.
SLIDING_MARKS = 2500


def travel_s(session: Session) -> float:
    """Length of the running motion at speed 1."""
    return SAMPLE_TRAVEL_S if session.grain == "sample" else TRAVEL_S


def still(session: Session) -> bool:
    """Whether a step shows its end at once: at speed *instant*, or with reduced motion."""
    return session.speed == INSTANT or session.reduced_motion


def begun(state: State, head: Playhead) -> State:
    """A step forward to ``head`` begins; a running one counts as done."""
    session = state.session
    if head == session.playhead:
        return state.see(progress=1.0, came_from=None, hold_s=0.0, playing=False)
    progress = 1.0 if still(session) else 0.0
    after = state.see(
        playhead=head, came_from=session.playhead, progress=progress, hold_s=0.0, page=0,
        selection=_following(session, head),
    )  # fmt: skip
    if head.t != session.playhead.t and session.view in SLIDING and not session.reduced_motion:
        running = session.turn
        if (running is None or running.kind == "slide") and target_layout(state).marks <= SLIDING_MARKS:
            return turned(state, after, "slide")
    return after


def _jumped(state: State, head: Playhead) -> State:
    """The playhead is elsewhere at once; a jump and a step back never replay anything."""
    turn = state.session.turn
    kept: Turn | None = None if turn is not None and turn.kind == "slide" else turn
    if head == state.session.playhead and state.session.progress >= 1 and kept is turn:
        return state
    return state.see(
        playhead=head, came_from=None, progress=1.0, hold_s=0.0, turn=kept, page=0,
        selection=_following(state.session, head),
    )  # fmt: skip


def _following(session: Session, head: Playhead) -> Key | None:
    """What is selected then: where time has no axis, x stands for the x of now, and goes with the playhead."""
    selected = session.selection
    if selected is None or selected.t is None or session.view in SLIDING:
        return selected
    return selected._replace(t=max(selected.t + head.t - session.playhead.t, 0))


def _next(state: State, along: Track) -> Playhead:
    head = state.session.playhead
    return along.sample_forward(head) if state.session.grain == "sample" else along.forward(head)


@dataclass(frozen=True)
class StepForward:
    """The next step of the chosen grain; the running one is completed, a running turn goes on."""

    def apply(self, state: State) -> State:
        """See the class."""
        return begun(state, _next(state, track(state)))


@dataclass(frozen=True)
class StepBack:
    """One step of the chosen grain back, without motion."""

    def apply(self, state: State) -> State:
        """See the class."""
        along, head = track(state), state.session.playhead
        return _jumped(state, along.sample_back(head) if state.session.grain == "sample" else along.back(head))


@dataclass(frozen=True)
class SampleForward:
    """The same phase of the next sample, whatever the grain."""

    def apply(self, state: State) -> State:
        """See the class."""
        return begun(state, track(state).sample_forward(state.session.playhead))


@dataclass(frozen=True)
class SampleBack:
    """The same phase of the sample before."""

    def apply(self, state: State) -> State:
        """See the class."""
        return _jumped(state, track(state).sample_back(state.session.playhead))


@dataclass(frozen=True)
class First:
    """To the first state, before any sample."""

    def apply(self, state: State) -> State:
        """See the class."""
        return _jumped(state, track(state).first())


@dataclass(frozen=True)
class Last:
    """To the last sample, complete."""

    def apply(self, state: State) -> State:
        """See the class."""
        return _jumped(state, track(state).last())


@dataclass(frozen=True)
class GoTo:
    """Jump to sample ``t`` with ``op`` sub-steps done, counted as the view counts (default: complete)."""

    t: int
    op: int | None = None

    def apply(self, state: State) -> State:
        """See the class."""
        return _jumped(state, track(state).at(self.t, self.op))


@dataclass(frozen=True)
class TogglePlay:
    """Play or pause. Pausing lets the running sub-step come to its end; playing from the end begins at the start."""

    def apply(self, state: State) -> State:
        """See the class."""
        if state.session.playing:
            return state.see(playing=False)
        along = track(state)
        start = state if _next(state, along) != state.session.playhead else _jumped(state, along.first())
        if start.session.progress < 1:
            return start.see(playing=True)
        return begun(start.see(playing=True), _next(start, along))


@dataclass(frozen=True)
class Pause:
    """Stop playing; what moves comes to its end."""

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(playing=False) if state.session.playing else state


@dataclass(frozen=True)
class SetSpeed:
    """Speed of all motion: 0.25 to 4, or instant."""

    speed: float

    def apply(self, state: State) -> State:
        """See the class."""
        speed = INSTANT if self.speed == INSTANT else min(max(self.speed, SPEEDS[0]), SPEEDS[-1])
        return state if speed == state.session.speed else state.see(speed=speed)


@dataclass(frozen=True)
class Slower:
    """The next slower of the set speeds."""

    def apply(self, state: State) -> State:
        """See the class."""
        return SetSpeed(max((v for v in SPEEDS if v < state.session.speed), default=SPEEDS[0])).apply(state)


@dataclass(frozen=True)
class Faster:
    """The next faster of the set speeds, after the last of them instant."""

    def apply(self, state: State) -> State:
        """See the class."""
        return SetSpeed(min((v for v in SPEEDS if v > state.session.speed), default=INSTANT)).apply(state)


@dataclass(frozen=True)
class ToggleGrain:
    """Step by sub-steps, or by whole samples."""

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(grain="sample" if state.session.grain == "substep" else "substep")


@dataclass(frozen=True)
class Tick:
    """Time passes: ``dt_s`` seconds of it. However long, at most one step begins (RELIABILITY R27)."""

    dt_s: float

    def apply(self, state: State) -> State:
        """See the class."""
        dt_s = max(0.0, self.dt_s)
        return _moved(_turn_on(state, dt_s), dt_s)


def _turn_on(state: State, dt_s: float) -> State:
    session = state.session
    turn = session.turn
    if turn is None:
        return state
    elapsed = turn.elapsed_s + dt_s * (1.0 if turn.kind == "fade" else session.speed) if dt_s else turn.elapsed_s
    if session.speed == inf or elapsed >= turn.duration_s:
        return state.see(turn=None)
    return state.see(turn=Turn(turn.origin, turn.origin_view, turn.target_view, turn.duration_s, elapsed, turn.kind))


def _moved(state: State, dt_s: float) -> State:
    session = state.session
    if session.progress >= 1 and not session.playing:
        return state if session.came_from is None else state.see(came_from=None, hold_s=0.0)
    left = dt_s * (1.0 if session.speed == INSTANT else session.speed)
    if session.progress < 1:
        needed = (1.0 - session.progress) * travel_s(session)
        if session.speed != INSTANT and left < needed:
            return state.see(progress=session.progress + left / travel_s(session))
        left = max(0.0, left - needed)
        if not session.playing:
            return state.see(progress=1.0, came_from=None, hold_s=0.0)
        state = state.see(progress=1.0, hold_s=0.0)
    tour = session.tour
    if tour is not None and tour.until == session.playhead:
        # the playback of a lesson's stop ends where the stop stands
        return state.see(came_from=None, hold_s=0.0, playing=False, tour=replace(tour, until=None))
    asked = session.question
    if asked is not None and not asked.hidden and asked.target == session.playhead:
        return state.see(came_from=None, hold_s=0.0, playing=False)  # what was asked for has been shown
    held = state.session.hold_s + left
    if held < _pause_s(session):
        return state.see(hold_s=held)
    return begun(state, _next(state, track(state)))


def _pause_s(session: Session) -> float:
    if session.speed == INSTANT:
        return INSTANT_HOLD_S
    return travel_s(session) + HOLD_S if session.reduced_motion else HOLD_S
