"""The rows of the menu View for notations: whose letters are written, and how other books draw."""

from rnnstudio.diagram.notation import BLOCK, CONCAT, DELAY
from rnnstudio.diagram.notation_file import SHIPPED, shipped_notation
from rnnstudio.state.actions.notation import SetNotation, ToggleDialect
from rnnstudio.state.notation import notation
from rnnstudio.ui.command import Command

#: What the menu and the preferences call the notations; their files say the same.
TITLES = dict(zip(SHIPPED, ("This tutorial", "W_xh, W_hh, h", "U, W, V, h, o", "PyTorch", "Keras"), strict=True))
_DRAWINGS = (
    (BLOCK, "Block form [W U]"), (CONCAT, "Gates fed from one column"), (DELAY, "Delay in the loop"),
)  # fmt: skip


def rows() -> tuple[Command, ...]:
    """The notations by name, one from a file, the drawings of other books."""
    letters = tuple(
        Command(f"notation_{name}", title, lambda s, name=name: SetNotation(shipped_notation(name)), (),  # type: ignore[misc]
                "View/Notation", checked=lambda s, name=name: notation(s).name == name, exclusive=True)  # type: ignore[misc]
        for name, title in TITLES.items()
    )  # fmt: skip
    drawings = tuple(
        Command(f"drawing_{dialect}", title, ToggleDialect(dialect), (), "View/Notation",
                checked=lambda s, dialect=dialect: dialect in notation(s).dialects, gap=at == 0)  # type: ignore[misc]
        for at, (dialect, title) in enumerate(_DRAWINGS)
    )  # fmt: skip
    return (
        *letters,
        Command("open_notation", "From a file…", "open_notation", (), "View/Notation"),
        *drawings,
    )
