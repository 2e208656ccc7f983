"""The rows of the menu Model for cells that one writes."""

from rnnstudio.ui.command import Command


def rows() -> tuple[Command, ...]:
    """The equation editor, and a cell file in it."""
    return (
        Command("write_cell", "Write R()…", "write_cell", ("Ctrl+E",), "Model", "Views: write the cell", gap=True),
        Command("open_cell_file", "Open a cell file…", "open_cell_file", (), "Model"),
    )
