"""Going through a lesson: every stop is a picture of its own, whichever way one comes to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from rnnstudio.engine.limits import InputError
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.questions import LeaveQuestion
from rnnstudio.state.actions.stepping import TogglePlay, still
from rnnstudio.state.derived import moving, target_layout, track, turned
from rnnstudio.state.lesson import Lesson, Tour
from rnnstudio.state.model import Session, State
from rnnstudio.state.store import Action
from rnnstudio.state.written_lesson import same_study

#: What belongs to the one who looks, not to the lesson: it stays from stop to stop and after it.
_OWN = (
    "theme", "text_size", "autosave", "decimals", "speed", "reduced_motion", "canvas", "formula_width", "grain",
    "lesson_folded",
    "presenting", "panel_before", "blank", "recent", "in_words", "notation", "language", "think_s", "discuss_s",
)  # fmt: skip
#: A playback that belongs to a stop has at most so many sub-steps; what is further off is jumped to.
MOST_PLAYED = 12


def _at_rest(state: State) -> State:
    return replace(state, undo=(), redo=()).see(
        turn=None, progress=1.0, came_from=None, hold_s=0.0, playing=False, edit=None, hovered=None,
        saved=state.document,
    )  # fmt: skip


def _after(state: State, actions: tuple[Action, ...]) -> State:
    for action in actions:
        state = _at_rest(action.apply(state))
    return state


@lru_cache(maxsize=64)
def _stop(lesson: Lesson, at: int, own: tuple[object, ...]) -> State:
    if at < 0:
        session = replace(Session(), **dict(zip(_OWN, own, strict=True)))  # type: ignore[arg-type]
        return _at_rest(opened(lesson.study, session))
    before = LeaveQuestion().apply(_stop(lesson, at - 1, own))
    before = before.see(spotlight=(), lesson_notation=None, theme=own[_OWN.index("theme")])
    if at >= len(lesson.stops):
        return before
    return _after(before.see(message="", notice=""), lesson.stops[at].actions)


def stop_state(lesson: Lesson, at: int, session: Session) -> State:
    """The picture of a stop, at rest, as it is seen with the settings of a session."""
    return _stop(lesson, at, tuple(_own(session).values()))


def _own(session: Session) -> dict[str, object]:
    """What belongs to the one who looks; the theme that a stop has put over theirs does not."""
    found: dict[str, object] = {name: getattr(session, name) for name in _OWN}
    if session.tour is not None:
        found["theme"] = session.tour.own_theme(session.theme)
    return found


def try_out(lesson: Lesson, at: int) -> None:
    """Make the picture of a stop.

    Raises
    ------
    InputError
        One of its actions is refused.
    """
    state = stop_state(lesson, at, Session())
    if state.session.message:
        raise InputError(state.session.message)


@dataclass(frozen=True, eq=False)
class StartLesson:
    """The first stop of a lesson, or another; what is open comes back when the lesson is left."""

    lesson: Lesson
    at: int = 0
    own: bool = False  # whether the open study carries it

    def apply(self, state: State) -> State:
        """See the class."""
        before = LeaveLesson().apply(state)
        begun = before.see(tour=Tour(self.lesson, 0, before, before.document, own=self.own), lesson_folded=False)
        return _shown(begun, self.at, motion=False)


@dataclass(frozen=True)
class GoToStop:
    """A stop of the lesson by its number, from 0; the next one comes with its motion, any other with a turn."""

    at: int

    def apply(self, state: State) -> State:
        """See the class."""
        return state if state.session.tour is None else _shown(state, self.at, motion=True)


@dataclass(frozen=True)
class NextStop:
    """Let what moves come to its end; where nothing does, the next stop."""

    def apply(self, state: State) -> State:
        """See the class."""
        tour = state.session.tour
        if tour is None:
            return state
        if moving(state):
            return _finished(state, tour)
        return _shown(state, tour.at + 1, motion=True)


@dataclass(frozen=True)
class PreviousStop:
    """The stop before."""

    def apply(self, state: State) -> State:
        """See the class."""
        tour = state.session.tour
        return state if tour is None else _shown(state, tour.at - 1, motion=True)


@dataclass(frozen=True)
class LeaveLesson:
    """Back to what was open before the lesson, as it was."""

    def apply(self, state: State) -> State:
        """See the class."""
        session, tour = state.session, state.session.tour
        if tour is None:
            return state
        own: dict[str, object] = {**_own(session), "desk": session.desk}
        if session.presenting:
            own |= {"inspector": False, "over": False}
        return tour.before.see(**own, turn=None, progress=1.0, came_from=None, playing=False, tour=None)


@dataclass(frozen=True, eq=False)
class Retell:
    """The lesson that is being gone through with other words, those of another language: the picture stays."""

    lesson: Lesson

    def apply(self, state: State) -> State:
        """See the class."""
        tour = state.session.tour
        if tour is None or tour.lesson is self.lesson or tour.lesson.name != self.lesson.name:
            return state
        return state.see(tour=replace(tour, lesson=self.lesson))


@dataclass(frozen=True)
class FoldLesson:
    """The panel of the lesson with its words, or the numbers of its stops alone."""

    def apply(self, state: State) -> State:
        """See the class."""
        return state.see(lesson_folded=not state.session.lesson_folded)


def _finished(state: State, tour: Tour) -> State:
    """What moved, at its end."""
    state = state.see(turn=None, progress=1.0, came_from=None, hold_s=0.0, playing=False)
    if tour.until is None:
        return state
    return state.see(playhead=tour.until, tour=replace(tour, until=None))


def _shown(state: State, at: int, motion: bool) -> State:
    tour = state.session.tour
    assert tour is not None
    here, at = tour.at, min(max(at, 0), tour.lesson.cards - 1)
    target = stop_state(tour.lesson, at, state.session)
    mine = tour.own_theme(state.session.theme)
    themes = None if target.session.theme == mine else (mine, target.session.theme)
    tour = replace(tour, at=at, began=target.document, until=None, themes=themes)
    after = target.see(tour=tour, desk=state.session.desk)
    if not after.session.training:
        # the panel at the side stands as it stood before the lesson
        panel = tour.before.session
        shown = not state.session.presenting
        after = after.see(inspector=panel.inspector and shown, over=panel.over and shown)
    if not motion:
        return after
    if at == here + 1 and _only_later(state, target) and not still(state.session):
        return _played(state, after)
    if target_layout(state) is target_layout(after):
        return after
    same = state.session.view == after.session.view
    return turned(state, after, "interrupted" if same else "turn")


def _only_later(state: State, target: State) -> bool:
    """Whether the target is the same picture a little later, so that the way to it can be seen."""
    here, there = state.session, target.session
    if here.question is not None or there.question is not None:
        return False  # what is asked for is not played past
    if not same_study(state.document, target.document) or (here.view, here.focus, here.what_if, here.turn) != (
        there.view, there.focus, there.what_if, None,
    ):  # fmt: skip
        return False
    along, head = track(state), here.playhead
    for _ in range(MOST_PLAYED):
        head = along.forward(head)
        if head == there.playhead:
            return here.playhead != there.playhead
    return False


def _played(state: State, after: State) -> State:
    """The stop, playing from where the one before stood to its own position."""
    tour, until = after.session.tour, after.session.playhead
    assert tour is not None
    begun = after.see(playhead=state.session.playhead, tour=replace(tour, until=until))
    return TogglePlay().apply(begun)
