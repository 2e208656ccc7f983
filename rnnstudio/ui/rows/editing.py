"""The rows of the menu Edit."""

from rnnstudio.sentence import sentence
from rnnstudio.state.actions import editing
from rnnstudio.ui.command import Command, live


def rows() -> tuple[Command, ...]:
    """Take back, make again, go to any change."""
    return (
        Command("undo", lambda s: sentence("Undo: {name}", name=s.undo[-1].name) if s.undo else "Undo", editing.Undo(),
                ("Ctrl+Z",),
                "Edit", "Selection: undo", lambda s: bool(s.undo) or live(s)),
        Command("redo", lambda s: sentence("Redo: {name}", name=s.redo[-1].name) if s.redo else "Redo", editing.Redo(),
                ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", "Selection: redo", lambda s: bool(s.redo)),
        Command("history", "History", "history", ("Ctrl+H",), "Edit", "Selection: history"),
        Command("edit", "Edit the selected value", "edit", ("F2",), "Edit", "Selection: open the cell, edit",
                lambda s: s.session.selection is not None, gap=True),
        Command("preferences", "Preferences…", "preferences", ("Ctrl+,",), "Edit", "Files: preferences", gap=True),
    )  # fmt: skip
