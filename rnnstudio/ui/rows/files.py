"""The rows of the menu File."""

from rnnstudio.files.demonstration import BUNDLED
from rnnstudio.files.recent import KEPT, shown_path
from rnnstudio.state.model import State
from rnnstudio.ui.command import Command


def rows() -> tuple[Command, ...]:
    """Documents in and out."""
    bundled = tuple(
        Command(f"bundled_{name}", name.capitalize(), f"open_bundled:{name}", (), "File/Open bundled study")
        for name in BUNDLED
    )
    return (
        Command("new", "New", "new", ("Ctrl+N",), "File", "Files: new study"),
        Command("new_window", "New window", "new_window", ("Ctrl+Shift+N",), "File", "Files: new window"),
        Command("open", "Open…", "open", ("Ctrl+O",), "File", "Files: open", gap=True),
        *(_recent(place) for place in range(KEPT)),
        Command("clear_recent", "Clear this list", "clear_recent", (), "File/Open recent", gap=True,
                visible=lambda s: bool(s.session.recent)),
        *bundled,
        Command("save", "Save", "save", ("Ctrl+S",), "File", "Files: save",
                lambda s: s.document is not s.session.saved or not s.session.path, gap=True),
        Command("save_as", "Save as…", "save_as", ("Ctrl+Shift+S",), "File", "Files: save as"),
        Command("save_copy", "Save a copy…", "save_copy", (), "File"),
        Command("revert", "Revert", "revert", (), "File", enabled=lambda s: s.document is not s.session.saved),
        Command("export_words", "Export this step in words…", "export_words", (), "File", gap=True),
        Command("export_all_words", "Export all steps in words…", "export_words:all", (), "File"),
        Command("close", "Close window", "close", ("Ctrl+W",), "File", "Files: close the window", gap=True),
        Command("quit", "Quit", "quit", ("Ctrl+Q",), "File", "Files: quit"),
    )  # fmt: skip


def _recent(place: int) -> Command:
    """The row of a file of the list; one that is not there says so and cannot be chosen."""

    def words(state: State) -> str:
        files = state.session.recent
        if place >= len(files):
            return "No file yet"
        name = shown_path(files[place].path).replace("&", "&&")
        return f"{name}  ({files[place].trouble})" if files[place].trouble else name

    return Command(
        f"recent_{place}", words, f"open_recent:{place}", (), "File/Open recent",
        enabled=lambda s: place < len(s.session.recent) and not s.session.recent[place].trouble,
        visible=lambda s: place < max(1, len(s.session.recent)),
    )  # fmt: skip
