"""Everything one can do, as one table: menus, shortcuts and the key sheet are made of it."""

from rnnstudio.state.model import State
from rnnstudio.state.store import Action
from rnnstudio.ui.command import Command
from rnnstudio.ui.rows import (
    asking,
    cells,
    editing,
    files,
    lessons,
    looking,
    matrices,
    model,
    notation,
    playback,
    presenting,
    selecting,
    sequence,
    structure,
    training,
    what_if,
)


def _help() -> tuple[Command, ...]:
    return (
        Command("palette", "All commands", "palette", ("Ctrl+K", "Ctrl+Shift+P"), "Help", "Selection: all commands"),
        Command("keys", "Keys", "keys", ("?", "F1"), "Help", "Selection: this sheet"),
        Command("whats_this", "What is this: what is selected, or has the focus", "whats_this:focus", ("Shift+F1",),
                "Help", "Selection: what is this", gap=True),
        Command("whats_this_click", "What is this: a click says what is meant", "whats_this:click", (), "Help"),
    )


#: In the order of the menus and of the key sheet.
COMMANDS: tuple[Command, ...] = (
    *files.rows(), *editing.rows(), *matrices.rows(), *model.rows(), *structure.rows(), *cells.rows(), *what_if.rows(),
    *sequence.rows(), *looking.rows(), *playback.rows(), *training.rows(), *lessons.rows(), *presenting.rows(),
    *asking.rows(), *selecting.rows(), *notation.rows(), *_help(),
)  # fmt: skip

#: The menus, in their order.
MENUS = ("File", "Edit", "Model", "Sequence", "View", "Playback", "Training", "Lesson", "Help")


def action_of(command: Command, state: State) -> Action | None:
    """What a command dispatches now; None where it is the window's."""
    if isinstance(command.action, str):
        return None
    return command.action if hasattr(command.action, "apply") else command.action(state)
