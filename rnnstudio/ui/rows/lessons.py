"""The rows of the menu Lesson: the lessons that come along, and the way through one."""

from rnnstudio.lessons import shelf, tour
from rnnstudio.state.derived import moving
from rnnstudio.state.model import State
from rnnstudio.ui.command import Command


def in_lesson(state: State) -> bool:
    """Whether a lesson is being gone through."""
    return state.session.tour is not None


def has_next(state: State) -> bool:
    """Whether the lesson has a stop after this one, or something still moves."""
    found = state.session.tour
    return found is not None and (found.at < found.lesson.cards - 1 or moving(state))


def has_before(state: State) -> bool:
    """Whether the lesson has a stop before this one."""
    found = state.session.tour
    return found is not None and found.at > 0


def _is_open(state: State, name: str) -> bool:
    return state.session.tour is not None and state.session.tour.lesson.name == name


def rows() -> tuple[Command, ...]:
    """All lessons first, then what one does in one."""
    lessons = tuple(
        Command(f"lesson_{name}", title, f"start_lesson:{name}", (), "Lesson", gap=k == 0,
                checked=lambda s, name=name: _is_open(s, name))  # type: ignore[misc]
        for k, (name, title) in enumerate(shelf.SHELF.items())
    )  # fmt: skip
    return (
        Command("lessons", "All lessons", "lessons", ("Ctrl+L",), "Lesson", "Files: lessons"),
        *lessons,
        Command("next_stop", "Next stop", tour.NextStop(), (), "Lesson", enabled=has_next, gap=True),
        Command("stop_before", "Stop before", tour.PreviousStop(), (), "Lesson", enabled=has_before),
        Command("fold_lesson", "Numbers of the stops alone", tour.FoldLesson(), (), "Lesson", enabled=in_lesson,
                checked=lambda s: s.session.lesson_folded),
        Command("leave_lesson", "Leave the lesson", tour.LeaveLesson(), (), "Lesson", enabled=in_lesson),
    )  # fmt: skip
