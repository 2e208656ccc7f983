"""The rows of the menu Playback: stepping through the sequence."""

from collections.abc import Callable

from rnnstudio.lessons.tour import NextStop, PreviousStop
from rnnstudio.playback.playhead import Playhead, Track
from rnnstudio.state.actions import stepping
from rnnstudio.state.actions.questions import NextPhase, PreviousPhase
from rnnstudio.state.derived import moving, track
from rnnstudio.state.model import INSTANT, SPEEDS, State
from rnnstudio.state.question import ASKED, EXPLAIN
from rnnstudio.state.store import Action
from rnnstudio.ui.command import Command, Test
from rnnstudio.ui.rows.asking import is_open
from rnnstudio.ui.rows.lessons import has_before, has_next, in_lesson
from rnnstudio.ui.rows.presenting import unblanked


def _can(step: Callable[[Track, Playhead], Playhead]) -> Test:
    return lambda state: step(track(state), state.session.playhead) != state.session.playhead


def _can_step(forward: bool) -> Test:
    def test(state: State) -> bool:
        by_sample = state.session.grain == "sample"
        if forward:
            return _can(Track.sample_forward if by_sample else Track.forward)(state)
        return _can(Track.sample_back if by_sample else Track.back)(state)

    return test


def _can_go(end: Callable[[Track], Playhead]) -> Test:
    return lambda state: end(track(state)) != state.session.playhead or moving(state)


def _onward(state: State) -> Action:
    """What → does: while the class is asked its next state, in a lesson the next stop, else the next step."""
    if is_open(state):
        return unblanked(state, _past_question(state))
    return unblanked(state, NextStop() if in_lesson(state) else stepping.StepForward())


def _past_question(state: State) -> Action:
    """The question's next state; after its last one what → does without it."""
    asked = state.session.question
    if asked is not None and asked.phase == EXPLAIN and in_lesson(state):
        return NextStop()
    return NextPhase()


def _before_question(state: State) -> Action:
    """The question's state before; before its first one what ← does without it."""
    asked = state.session.question
    if asked is not None and asked.phase == ASKED and in_lesson(state):
        return PreviousStop()
    return PreviousPhase()


def _backward(state: State) -> Action:
    if is_open(state):
        return unblanked(state, _before_question(state))
    return unblanked(state, PreviousStop() if in_lesson(state) else stepping.StepBack())


def _can_step_on(state: State) -> bool:
    return bool(state.session.blank) or _can_step(True)(state)


def _can_step_back(state: State) -> bool:
    return bool(state.session.blank) or _can_step(False)(state)


def _steps(action: Action) -> Callable[[State], Action]:
    return lambda state: unblanked(state, action)


def _can_go_on(state: State) -> bool:
    open_now = bool(state.session.blank) or is_open(state)
    return open_now or (has_next(state) if in_lesson(state) else _can_step(True)(state))


def _can_go_back(state: State) -> bool:
    open_now = bool(state.session.blank) or is_open(state)
    return open_now or (has_before(state) if in_lesson(state) else _can_step(False)(state))


def rows() -> tuple[Command, ...]:
    """Steps, ends, speed."""
    return (
        Command("play", lambda s: "Pause" if s.session.playing else "Play", stepping.TogglePlay(), ("Space",),
                "Playback", "Stepping: play, pause"),
        Command("next", "Next step", _steps(stepping.StepForward()), ("N",), "Playback", "Stepping: next", _can_step_on,
                gap=True),
        Command("back", "Step back", _steps(stepping.StepBack()), ("P",), "Playback", "Stepping: back",
                _can_step_back),
        # the arrows and a clicker's keys step too, but in a lesson they go from stop to stop
        Command("onward", "Next step, in a lesson next stop", _onward, ("Right", "PgDown"), "",
                "Stepping: next", _can_go_on),
        Command("backward", "Step back, in a lesson stop before", _backward, ("Left", "PgUp", "Backspace"), "",
                "Stepping: back", _can_go_back),
        Command("sample_back", "One sample back", stepping.SampleBack(), ("Shift+Left",), "Playback",
                "Stepping: one sample", _can(Track.sample_back)),
        Command("sample_forward", "One sample on", stepping.SampleForward(), ("Shift+Right",), "Playback",
                "Stepping: one sample", _can(Track.sample_forward)),
        Command("first", "First state", stepping.First(), ("Home",), "Playback", "Stepping: first, last",
                _can_go(Track.first)),
        Command("last", "Last sample", stepping.Last(), ("End",), "Playback", "Stepping: first, last",
                _can_go(Track.last)),
        Command("go_to", "Go to a sample", "go_to", ("G",), "Playback", "Stepping: jump to a sample"),
        Command("slower", "Slower", stepping.Slower(), ("[", "<"), "Playback", "Stepping: slower, faster",
                lambda s: s.session.speed > SPEEDS[0], gap=True),
        Command("faster", "Faster", stepping.Faster(), ("]", ">"), "Playback", "Stepping: slower, faster",
                lambda s: s.session.speed != INSTANT),
        Command("grain", "Step by sub-steps", stepping.ToggleGrain(), ("O",), "Playback",
                "Stepping: sub-steps or samples", checked=lambda s: s.session.grain == "substep"),
    )  # fmt: skip
