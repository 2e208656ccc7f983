"""The rows of the menu Lesson: the lessons that come along, and the way through one."""

from rnnstudio.lessons import at_hand, shelf, tour
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


def _written(state: State) -> bool:
    """Whether a stop of a lesson that is being written is at hand."""
    return at_hand.has_stop(state) and not in_lesson(state)


def _carries(state: State) -> bool:
    """Whether the study carries a lesson that can be gone through."""
    return state.document.lesson is not None and bool(state.document.lesson.stops) and not in_lesson(state)


def _write_words(state: State) -> str:
    if state.session.tour is not None:
        return "Edit this lesson" if at_hand.tours_own(state) else "Edit a copy of this lesson"
    return "New lesson" if state.document.lesson is None else "Edit the lesson of the study"


def _writing_rows() -> tuple[Command, ...]:
    """What one does to write a lesson."""
    return (
        Command("write_lesson", _write_words, "write_lesson", ("Ctrl+Shift+L",), "Lesson", "Lessons: write one, end",
                checked=lambda s: s.session.authoring is not None and not in_lesson(s), gap=True),
        Command("record_stop", "Record this picture as a stop", "record_stop", ("Ctrl+Shift+R",), "Lesson",
                "Lessons: record the picture", enabled=lambda s: not in_lesson(s)),
        Command("take_picture", "Take this picture for the stop", "edit_stop:take", ("Ctrl+Shift+T",), "Lesson",
                "Lessons: take it for the stop", enabled=_written),
        Command("write_on", "Write on at the next stop", "walk:on", ("Ctrl+PgDown",), "Lesson",
                "Lessons: stop after, before", enabled=_written, gap=True),
        Command("write_before", "Write on at the stop before", "walk:back", ("Ctrl+PgUp",), "Lesson",
                "Lessons: stop after, before", enabled=_written),
        Command("stop_up", "Stop up", "edit_stop:up", ("Alt+Up",), "Lesson", "Lessons: stop up, down",
                enabled=lambda s: _written(s) and at_hand.stop_at_hand(s) > 0),
        Command("stop_down", "Stop down", "edit_stop:down", ("Alt+Down",), "Lesson", "Lessons: stop up, down",
                enabled=lambda s: _written(s) and at_hand.stop_at_hand(s) < len(_stops(s)) - 1),
        Command("duplicate_stop", "Duplicate the stop", "edit_stop:copy", ("Ctrl+Shift+D",), "Lesson",
                "Lessons: duplicate the stop", enabled=_written),
        Command("delete_stop", "Delete the stop", "edit_stop:delete", ("Ctrl+Shift+Del",), "Lesson",
                "Lessons: delete the stop", enabled=_written),
        Command("run_lesson", "Run from this stop", "run_lesson", ("Ctrl+Return",), "Lesson", "Lessons: run from here",
                enabled=_written, gap=True),
        Command("run_own", "Run the lesson of the study", "run_lesson:start", (), "Lesson", enabled=_carries),
        Command("save_lesson", "Save the lesson as a file…", "save_lesson", (), "Lesson", enabled=_carries),
    )  # fmt: skip


def _stops(state: State) -> tuple[object, ...]:
    return () if state.document.lesson is None else state.document.lesson.stops


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
        *_writing_rows(),
    )  # fmt: skip
