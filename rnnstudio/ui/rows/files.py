"""The rows of the menu File."""

from rnnstudio.files.demonstration import BUNDLED
from rnnstudio.ui.command import Command


def rows() -> tuple[Command, ...]:
    """Documents in and out."""
    bundled = tuple(
        Command(f"bundled_{name}", name.capitalize(), f"open_bundled:{name}", (), "File/Open bundled study")
        for name in BUNDLED
    )
    return (
        Command("open", "Open…", "open", ("Ctrl+O",), "File", "Files: open"),
        *bundled,
        Command("save", "Save", "save", ("Ctrl+S",), "File", "Files: save",
                lambda s: s.document is not s.session.saved or not s.session.path, gap=True),
        Command("save_as", "Save as…", "save_as", ("Ctrl+Shift+S",), "File", "Files: save as"),
        Command("quit", "Quit", "close", ("Ctrl+Q",), "File", "Files: quit", gap=True),
    )  # fmt: skip
