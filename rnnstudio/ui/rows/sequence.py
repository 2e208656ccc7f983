"""The rows of the menu Sequence."""

from rnnstudio.engine.tasks import TASKS
from rnnstudio.sentence import sentence
from rnnstudio.state.actions import sequence
from rnnstudio.state.model import State
from rnnstudio.ui.command import Command


def _any(state: State) -> bool:
    return state.document.sequence.steps > 0


def _two(state: State) -> bool:
    return state.document.sequence.steps > 1


def _earlier(state: State) -> bool:
    return _two(state) and state.session.playhead.t > 1


def _later(state: State) -> bool:
    return 1 <= state.session.playhead.t < state.document.sequence.steps


def rows() -> tuple[Command, ...]:
    """The table; then what one may do to the sample at hand, and to all of them."""
    menu = "Sequence"
    made = tuple(
        Command(f"make_{task.name}", f"{task.title}…", f"make_sequence:{task.name}", (), f"{menu}/Generators")
        for task in TASKS.values()
    )
    return (
        Command("edit_sequence", "Edit the sequence…", "edit_sequence", ("Ctrl+Shift+E",), menu,
                "Views: the table of the sequence"),
        *made,
        Command("make_text_letters", "Text by letters…", "make_sequence:chars", (), f"{menu}/Generators", gap=True),
        Command("make_text_words", "Text by words…", "make_sequence:words", (), f"{menu}/Generators"),
        Command("import_sequence", "Import…", "import_sequence", (), menu),
        Command("insert_step", "Insert a step after this one", sequence.insert_here, (), menu, enabled=_any, gap=True),
        Command("delete_step", "Delete this step", sequence.delete_here, (), menu,
                enabled=lambda s: _two(s) and s.session.playhead.t > 0),
        Command("step_earlier", "Put this step earlier", lambda s: sequence.move_here(s, -1), (), menu,
                enabled=_earlier),
        Command("step_later", "Put this step later", lambda s: sequence.move_here(s, 1), (), menu, enabled=_later),
        Command("repeat_step", "Repeat this step", sequence.repeat_here, (), menu,
                enabled=lambda s: s.session.playhead.t > 0),
        Command("repeat_sequence", "The whole sequence twice", sequence.repeat_all, (), menu, enabled=_any, gap=True),
        Command("reverse_sequence", "The steps from behind", sequence.reverse_all, (), menu, enabled=_two),
        Command("shuffle_sequence", lambda s: sentence("Shuffle the steps (seed {seed})", seed=s.document.seed),
                sequence.shuffle_all, (),
                menu, enabled=_two),
    )  # fmt: skip
